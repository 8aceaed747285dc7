//! Numbers of headings and items: 一、 （一） 1. （1） (GB/T 9704-2012, 7.3.3), or as the report sets them.

use std::sync::LazyLock;

use regex::Regex;

use crate::dossier::Numbering;

/// The numbering of GB/T 9704-2012, 7.3.3; items below the fourth level are circled.
const STANDARD: [Numbering; 4] =
    [Numbering::Chinese, Numbering::ChineseBrackets, Numbering::Arabic, Numbering::ArabicBrackets];

/// Counts headings level by level.
#[derive(Debug, Clone)]
pub(super) struct Counter {
    styles: [Numbering; 4],
    counts: [usize; 4],
}

impl Counter {
    /// A counter of these styles, from the first level down; levels that name none follow the standard.
    pub(super) fn new(styles: impl IntoIterator<Item = Numbering>) -> Self {
        let mut all = STANDARD;
        for (style, own) in all.iter_mut().zip(styles) {
            *style = own;
        }
        Self { styles: all, counts: [0; 4] }
    }

    /// Starts afresh.
    pub(super) fn reset(&mut self) {
        self.counts = [0; 4];
    }

    /// The number of the next heading of a level (1–4); deeper levels start afresh.
    pub(super) fn next(&mut self, level: u8) -> String {
        let index = self.pass(level);
        self.counts[index] += 1;
        number(self.styles[index], self.counts[index])
    }

    /// Passes a heading without a number; deeper levels start afresh.
    pub(super) fn pass(&mut self, level: u8) -> usize {
        let index = usize::from(level.clamp(1, 4)) - 1;
        self.counts[index + 1..].fill(0);
        index
    }

    /// The number of an item of a list that stands under a heading of the level above.
    pub(super) fn item(&self, level: u8, n: usize) -> String {
        let style = self.styles.get(usize::from(level.max(3)) - 1).copied().unwrap_or(Numbering::Circled);
        number(if style == Numbering::None { Numbering::Circled } else { style }, n)
    }
}

fn number(style: Numbering, n: usize) -> String {
    match style {
        Numbering::Part => format!("第{}部分\u{3000}", chinese(n)),
        Numbering::Chapter => format!("第{}章\u{3000}", chinese(n)),
        Numbering::Chinese => format!("{}、", chinese(n)),
        Numbering::ChineseBrackets => format!("（{}）", chinese(n)),
        Numbering::Arabic => format!("{n}."),
        Numbering::ArabicComma => format!("{n}、"),
        Numbering::ArabicBrackets => format!("（{n}）"),
        Numbering::Circled => circled(n),
        Numbering::None => String::new(),
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
        let mut counter = Counter::new([]);
        let numbers: Vec<String> = [1, 2, 3, 4, 4, 2, 3, 1, 2].into_iter().map(|level| counter.next(level)).collect();
        assert_eq!(numbers, ["一、", "（一）", "1.", "（1）", "（2）", "（二）", "1.", "二、", "（一）"]);
    }

    #[test]
    fn styles_are_set_level_by_level() {
        let mut counter = Counter::new([Numbering::Part, Numbering::Chinese, Numbering::None]);
        let numbers: Vec<String> = [1, 2, 3, 4, 2].into_iter().map(|level| counter.next(level)).collect();
        assert_eq!(numbers, ["第一部分\u{3000}", "一、", "", "（1）", "二、"]);
        assert_eq!(
            (counter.item(3, 2), counter.item(4, 2), counter.item(5, 2)),
            ("②".into(), "（2）".into(), "②".into())
        );
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
