//! Numbers of headings and items: 一、 （一） 1. （1） (GB/T 9704-2012, 7.3.3).

use std::sync::LazyLock;

use regex::Regex;

/// Counts headings level by level.
#[derive(Debug, Default)]
pub(super) struct Counter {
    counts: [usize; 4],
}

impl Counter {
    /// The number of the next heading of a level (1–4); deeper levels start afresh.
    pub(super) fn next(&mut self, level: u8) -> String {
        let index = usize::from(level.clamp(1, 4)) - 1;
        self.counts[index] += 1;
        self.counts[index + 1..].fill(0);
        number(level, self.counts[index])
    }
}

/// The number as a level writes it. Items below the fourth level of headings are circled.
pub(super) fn number(level: u8, n: usize) -> String {
    match level {
        0 | 1 => format!("{}、", chinese(n)),
        2 => format!("（{}）", chinese(n)),
        3 => format!("{n}."),
        4 => format!("（{n}）"),
        _ => circled(n),
    }
}

/// ① to ⑳; beyond that in brackets.
fn circled(n: usize) -> String {
    let code = u32::try_from(n).ok().filter(|n| (1..=20).contains(n)).map(|n| 0x245F + n);
    code.and_then(char::from_u32).map_or_else(|| format!("（{n}）"), String::from)
}

/// 一, 十, 十一, 二十, 一百零五: the numerals up to 999; beyond that Arabic digits.
pub(super) fn chinese(n: usize) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match n {
        0..10 => DIGITS[n].to_owned(),
        10 => "十".to_owned(),
        11..20 => format!("十{}", DIGITS[n % 10]),
        20..100 if n.is_multiple_of(10) => format!("{}十", DIGITS[n / 10]),
        20..100 => format!("{}十{}", DIGITS[n / 10], DIGITS[n % 10]),
        100..1000 if n.is_multiple_of(100) => format!("{}百", DIGITS[n / 100]),
        100..1000 if n % 100 < 10 => format!("{}百零{}", DIGITS[n / 100], DIGITS[n % 10]),
        100..1000 if n % 100 < 20 => format!("{}百一{}", DIGITS[n / 100], chinese(n % 100)),
        100..1000 => format!("{}百{}", DIGITS[n / 100], chinese(n % 100)),
        _ => n.to_string(),
    }
}

/// The number that someone typed in front of a heading or item, which the program numbers itself.
pub(super) fn typed_number(text: &str) -> Option<&str> {
    static TYPED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?:\D|$))")
            .ok()
    });
    let found = TYPED.as_ref()?.find(text)?;
    Some(found.as_str().trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals() {
        let cases = [
            (1, "一"),
            (10, "十"),
            (11, "十一"),
            (20, "二十"),
            (21, "二十一"),
            (105, "一百零五"),
            (110, "一百一十"),
            (115, "一百一十五"),
            (120, "一百二十"),
        ];
        for (n, expected) in cases {
            assert_eq!(chinese(n), expected);
        }
    }

    #[test]
    fn deeper_levels_start_afresh() {
        let mut counter = Counter::default();
        let numbers: Vec<String> = [1, 2, 3, 4, 4, 2, 3, 1, 2].into_iter().map(|level| counter.next(level)).collect();
        assert_eq!(numbers, ["一、", "（一）", "1.", "（1）", "（2）", "（二）", "1.", "二、", "（一）"]);
    }

    #[test]
    fn a_typed_number_is_seen_and_a_year_is_not() {
        for text in ["一、概况", "（一）职能", "1.预算", "（3）项目", "(2) 项目", "12．其他"] {
            assert!(typed_number(text).is_some(), "{text}");
        }
        for text in ["2021年预算", "一是建成", "12345热线", "1.5万户", "十四五规划"] {
            assert_eq!(typed_number(text), None, "{text}");
        }
    }
}
