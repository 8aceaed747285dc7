//! The numbers typed in a text: value, unit word, and why one is no amount.

mod skip;

use rust_decimal::Decimal;

use super::words::COUNTS;
use crate::dossier::MoneyUnit;
use crate::figures::{MEASURE_WORDS, is_no_measure_word};
use skip::why_skipped;

/// A number as typed. Offsets are bytes of the text that was scanned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number<'t> {
    /// Its first digit or sign.
    pub(super) start: usize,
    /// Behind its last digit.
    pub(super) end: usize,
    /// Behind its unit.
    pub(super) unit_end: usize,
    /// The value as typed, in its unit.
    pub(super) value: Decimal,
    /// The digits behind the point as typed.
    pub(super) places: u32,
    /// What it counts.
    pub(super) measure: Measure<'t>,
    /// Why it is no amount; none for an amount.
    pub(super) skip: Option<Skip>,
}

/// The unit word behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure<'t> {
    /// 元, 万元 or 亿元.
    Money(MoneyUnit),
    /// 万 or 亿 with nothing behind that says of what.
    Bare(MoneyUnit),
    /// %.
    Percent,
    /// 人, 个, 项, 万人 …
    Count(&'t str),
    /// None.
    Nothing,
}

/// Why a number is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Skip {
    /// 2021年, 2021—2023年.
    Year,
    /// 3月19日.
    Date,
    /// 24小时, 3个月, 第3季度.
    Time,
    /// 〔2022〕3号.
    DocumentNumber,
    /// 第3项.
    Ordinal,
    /// IPv6, 5G, 0752-2288123.
    Identifier,
    /// 1. （1）.
    ListNumber,
    /// 3—5个.
    Range,
    /// 7×24, 1/3.
    Ratio,
    /// 约1400万元, 1400余万元.
    Approximate,
    /// 《…2022年…》, “1+3”.
    Quoted,
    /// 12345热线.
    NoUnit,
}

/// The unit words of money, longest first; a few that no figure has are amounts of nothing.
const MONEY: [(&str, Option<MoneyUnit>); 6] = [
    ("千万元", None),
    ("百万元", None),
    ("亿元", Some(MoneyUnit::HundredMillion)),
    ("万元", Some(MoneyUnit::TenThousand)),
    ("千元", None),
    ("元", Some(MoneyUnit::Yuan)),
];

/// All numbers of a text, in order.
pub(super) fn scan(text: &str) -> Vec<Number<'_>> {
    let mut numbers = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(is_digit) {
        let start = at + found;
        let (end, digits) = digits(text, start);
        at = end;
        let Ok(value) = Decimal::from_str_exact(&digits) else { continue };
        let places = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let places = u32::try_from(places).unwrap_or(u32::MAX);
        let (measure, length) = measure(&text[end..]);
        let mut number = Number { start, end, unit_end: end + length, value, places, measure, skip: None };
        if let Some(sign) = sign(&text[..start]) {
            number.start -= sign;
            number.value = -number.value;
        }
        number.skip = why_skipped(text, &number);
        numbers.push(number);
    }
    numbers
}

/// The end of the number that begins at `start`, and its digits without separators and in half width.
fn digits(text: &str, start: usize) -> (usize, String) {
    let mut digits = String::new();
    let mut end = start;
    let (mut fraction, mut grouped) = (false, false);
    let rest = |at: usize| text[at..].chars();
    while let Some(c) = rest(end).next() {
        let next = end + c.len_utf8();
        match c {
            c if is_digit(c) => digits.push(half_width(c)),
            '.' | '．' if !fraction && rest(next).next().is_some_and(is_digit) => {
                fraction = true;
                digits.push('.');
            }
            ',' if !fraction && (grouped || digits.len() <= 3) && is_group(&text[next..]) => grouped = true,
            _ => break,
        }
        end = next;
    }
    (end, digits)
}

/// Whether exactly three digits follow a comma: 1,113.52 but not 3,15.
fn is_group(after: &str) -> bool {
    after.chars().take_while(|&c| is_digit(c)).count() == 3
}

/// The bytes of a minus sign right before a number, where it is a sign and no dash.
fn sign(before: &str) -> Option<usize> {
    let sign = before.chars().next_back().filter(|c| matches!(c, '-' | '－' | '\u{2212}'))?;
    let ahead = before[..before.len() - sign.len_utf8()].chars().next_back();
    let free = ahead.is_none_or(|c| !(c.is_ascii_alphanumeric() || is_digit(c) || c == sign || c == ')' || c == '）'));
    free.then_some(sign.len_utf8())
}

/// The unit word at the beginning of a text, and its bytes.
fn measure(after: &str) -> (Measure<'_>, usize) {
    let blank = after.len() - after.trim_start_matches([' ', '\u{3000}']).len();
    let after = &after[blank..];
    if after.starts_with("元旦") || after.starts_with("元月") {
        return (Measure::Nothing, 0);
    }
    for (word, unit) in MONEY {
        if after.starts_with(word) {
            return (unit.map_or(Measure::Nothing, Measure::Money), blank + word.len());
        }
    }
    if after.starts_with(['%', '％']) {
        return (Measure::Percent, blank + after.chars().next().map_or(0, char::len_utf8));
    }
    for (word, unit) in [("万", MoneyUnit::TenThousand), ("亿", MoneyUnit::HundredMillion)] {
        let Some(rest) = after.strip_prefix(word) else { continue };
        let length = word.len() + count_word(rest).map_or(0, str::len);
        let counted = length > word.len() || rest.starts_with(is_noun_start);
        let measure = if counted { Measure::Count(&after[..length]) } else { Measure::Bare(unit) };
        return (measure, blank + length);
    }
    match count_word(after) {
        Some(word) => (Measure::Count(word), blank + word.len()),
        None => (Measure::Nothing, 0),
    }
}

/// What stands right behind 万 and is neither punctuation nor 元 is what there are ten thousands of; 等 and 余 say nothing.
fn is_noun_start(c: char) -> bool {
    c.is_alphanumeric() && !matches!(c, '等' | '余' | '多' | '用' | '和' | '及' | '与' | '以' | '左')
}

/// The measure word at the beginning of a text.
fn count_word(after: &str) -> Option<&str> {
    if is_no_measure_word(after) {
        return None;
    }
    COUNTS.iter().chain(MEASURE_WORDS).find(|word| after.starts_with(**word)).map(|word| &after[..word.len()])
}

/// A digit, also of full width.
pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    }
}

#[cfg(test)]
mod tests;
