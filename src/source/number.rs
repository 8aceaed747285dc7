//! Numbers as people write them: plain decimals, exact to the last digit.

use rust_decimal::Decimal;

/// A number together with how it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The exact value.
    pub value: Decimal,
    /// The digits behind the point as written; `2.20` has two.
    pub places: u32,
}

/// Why a text is not a plain decimal, with the text that was probably meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberSlip {
    /// What is wrong, in Chinese.
    pub what: &'static str,
    /// The number that was probably meant.
    pub meant: Option<String>,
}

/// Reads a plain decimal: digits, at most one point, at most one leading minus.
///
/// # Errors
/// Everything else (`1,113.52`, `１２`, `0x10`, `1_000`, `1e3`, `万元` behind the digits, over 28 digits) is refused by name.
pub fn parse_number(text: &str) -> Result<Written, NumberSlip> {
    if is_plain(text) {
        let places = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let value = Decimal::from_str_exact(text).map_err(|_| slip("数字太长（最多 28 位）", None))?;
        return Ok(Written { value, places: u32::try_from(places).unwrap_or(u32::MAX) });
    }
    Err(explain(text))
}

fn is_plain(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && all_digits(fraction)
}

/// Whether all groups behind a separator have three digits.
fn is_grouped(text: &str) -> bool {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let mut groups = whole.split([',', '、', '\'', ' ', '_']);
    let first = groups.next().unwrap_or_default().trim_start_matches('-');
    (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3)
}

fn explain(text: &str) -> NumberSlip {
    let half: String = text.trim().chars().map(half_width).collect();
    let meant = |s: &str| is_plain(s).then(|| s.to_owned());
    if half != text && is_plain(&half) {
        return slip("含全角字符", meant(&half));
    }
    let joined: String = half.chars().filter(|c| !matches!(c, ',' | '、' | '\'' | ' ' | '_')).collect();
    if joined != half && is_plain(&joined) {
        let what = if half.contains('、') { "中间有顿号" } else { "中间有分节符（逗号或空格）" };
        // 206,94 may be 206.94 or 20694: only whole groups of three digits say which.
        return slip(what, meant(&joined).filter(|_| is_grouped(&half)));
    }
    let bare = joined.trim_end_matches(|c: char| !c.is_ascii_digit());
    if bare != joined && is_plain(bare) {
        return slip("后面带了单位或文字", meant(bare));
    }
    if joined.starts_with("0x") || joined.contains(['e', 'E']) && joined.starts_with(|c: char| c.is_ascii_digit()) {
        return slip("用了程序里的写法，要写成普通小数", None);
    }
    slip("不是数字", None)
}

/// The half-width form of a full-width digit, point, comma or minus; other characters stay.
fn half_width(c: char) -> char {
    match c {
        '０'..='９' | '．' | '，' | '－' | '＋' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '。' => '.',
        '−' | '—' => '-',
        other => other,
    }
}

fn slip(what: &'static str, meant: Option<String>) -> NumberSlip {
    NumberSlip { what, meant }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_every_digit() {
        for text in ["9007199254740993.01", "10.10", "0.13", "-5.61", "0", "20"] {
            let number = parse_number(text).unwrap();
            assert_eq!(number.value.to_string(), text);
        }
        assert_eq!(parse_number("2.20").unwrap().places, 2);
    }

    #[test]
    fn names_the_slip_and_what_was_meant() {
        let cases = [
            ("1,113.52", "中间有分节符（逗号或空格）", Some("1113.52")),
            ("1，113.52", "中间有分节符（逗号或空格）", Some("1113.52")),
            ("206,94", "中间有分节符（逗号或空格）", None),
            ("1、113.52", "中间有顿号", Some("1113.52")),
            ("１１１３．５２", "含全角字符", Some("1113.52")),
            ("1113.52万元", "后面带了单位或文字", Some("1113.52")),
            ("1113。52", "含全角字符", Some("1113.52")),
            ("0x10", "用了程序里的写法，要写成普通小数", None),
            ("1_000", "中间有分节符（逗号或空格）", Some("1000")),
            ("1e3", "用了程序里的写法，要写成普通小数", None),
            ("若干", "不是数字", None),
            ("", "不是数字", None),
            (".5", "不是数字", None),
            ("99999999999999999999999999999", "数字太长（最多 28 位）", None),
        ];
        for (text, what, meant) in cases {
            assert_eq!(parse_number(text), Err(slip(what, meant.map(str::to_owned))), "{text}");
        }
    }
}
