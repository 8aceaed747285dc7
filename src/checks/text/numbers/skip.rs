//! Why a number in a text is no amount.

use rust_decimal::Decimal;

use super::super::words::{APPROXIMATE_AFTER, APPROXIMATE_BEFORE, TIMES};
use super::{Measure, Number, Skip, is_digit};

/// The first reason why a number is no amount.
pub(super) fn why_skipped(text: &str, number: &Number<'_>) -> Option<Skip> {
    let (before, digits) = (&text[..number.start], &text[number.start..number.end]);
    let after = text[number.end..].trim_start_matches([' ', '\u{3000}']);
    if is_quoted(text, number.start) {
        return Some(Skip::Quoted);
    }
    if before.ends_with(['〔', '［']) || after.starts_with('号') || is_in_square_brackets(before, after) {
        return Some(Skip::DocumentNumber);
    }
    identifier(before, digits, &text[number.end..])
        .or_else(|| joined(text, number))
        .or_else(|| calendar(before, digits, after, number))
        .or_else(|| list_number(before, digits, &text[number.end..]))
        .or_else(|| approximate(before, after, &text[number.unit_end..]))
        .or_else(|| (number.measure == Measure::Nothing).then_some(Skip::NoUnit))
}

fn is_in_square_brackets(before: &str, after: &str) -> bool {
    before.ends_with('[') && after.starts_with(']')
}

/// Part of a name: letters beside it, a leading zero, several points.
fn identifier(before: &str, digits: &str, after: &str) -> Option<Skip> {
    let letter = |c: char| c.is_ascii_alphabetic() || c == '_';
    let joint = |c: char| matches!(c, '-' | '.' | '/');
    let named = before.ends_with(letter)
        || before.ends_with('.')
        || before.trim_end_matches(joint).ends_with(letter) && before.ends_with(joint)
        || before.ends_with(' ') && before.trim_end().ends_with(letter);
    let version = after.strip_prefix('.').is_some_and(|rest| rest.starts_with(is_digit));
    let leading_zero = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    let tail = after.strip_prefix(joint).unwrap_or(after);
    let lettered = after.starts_with(letter) || tail.len() < after.len() && tail.starts_with(letter);
    (named || version || leading_zero || lettered || before.ends_with('#')).then_some(Skip::Identifier)
}

/// One of two numbers that belong together: 7×24, 1/3, 2021—2023, 10万元至20万元.
fn joined(text: &str, number: &Number<'_>) -> Option<Skip> {
    const RATIOS: [char; 8] = ['×', '*', '/', ':', '：', '∶', '÷', '+'];
    const RANGES: [char; 8] = ['—', '–', '-', '~', '～', '－', '至', '到'];
    let (before, after) = (&text[..number.start], &text[number.end..]);
    let ends_in_number = |text: &str| text.ends_with(is_digit);
    let begins_with_number = |text: &str| text.starts_with(is_digit);
    if before.strip_suffix(RATIOS).is_some_and(ends_in_number)
        || after.strip_prefix(RATIOS).is_some_and(begins_with_number)
    {
        return Some(Skip::Ratio);
    }
    let behind = [after, &text[number.unit_end..]];
    let opens = behind.iter().any(|rest| {
        let far = rest.trim_start_matches(RANGES);
        far.len() < rest.len() && begins_with_number(far)
    });
    let near = before.trim_end_matches(RANGES);
    let closes = near.len() < before.len()
        && (ends_in_number(near) || near.ends_with(['元', '%', '％', '人', '个', '项', '年', '月', '日']))
        && near.chars().rev().take(6).any(is_digit);
    let year = is_year(&text[number.start..number.end]);
    (opens || closes).then_some(if year { Skip::Year } else { Skip::Range })
}

/// A year, a date, a time, an ordinal.
fn calendar(before: &str, digits: &str, after: &str, number: &Number<'_>) -> Option<Skip> {
    if is_year(digits) && (after.starts_with('年') || number.measure == Measure::Nothing && before.ends_with("年度"))
    {
        return Some(Skip::Year);
    }
    if TIMES.iter().any(|word| after.starts_with(word)) {
        return Some(if before.ends_with('第') { Skip::Ordinal } else { Skip::Time });
    }
    let whole = number.places == 0;
    let date = (after.starts_with('月') && number.value <= Decimal::from(12))
        || (after.starts_with('日') && number.value <= Decimal::from(31));
    if whole && date {
        return Some(Skip::Date);
    }
    if before.ends_with('第') {
        return Some(Skip::Ordinal);
    }
    let clock = before.ends_with(['时', '点']) && before.trim_end_matches(['时', '点']).ends_with(is_digit);
    (clock && after.starts_with('分')).then_some(Skip::Time)
}

fn list_number(before: &str, digits: &str, after: &str) -> Option<Skip> {
    if digits.contains('.') || digits.chars().count() > 2 {
        return None;
    }
    let bracketed = before.ends_with(['（', '(']) && after.starts_with(['）', ')']);
    let opens = before.trim_end().is_empty() || before.ends_with(['。', '；', '：', '\n']);
    let pointed = after.starts_with(['.', '．', '、', ')', '）']);
    (bracketed || opens && pointed).then_some(Skip::ListNumber)
}

/// About, more than, less than: such a number is no figure's.
fn approximate(before: &str, after: &str, behind_unit: &str) -> Option<Skip> {
    let about = APPROXIMATE_BEFORE.iter().any(|word| before.ends_with(word))
        || ["余", "多", "来万"].iter().any(|word| after.starts_with(word))
        || APPROXIMATE_AFTER.iter().any(|word| behind_unit.starts_with(word));
    about.then_some(Skip::Approximate)
}

/// Whether an offset stands inside 《》, or inside short quotes.
fn is_quoted(text: &str, at: usize) -> bool {
    const QUOTE_LIMIT: usize = 20;
    const TITLE_LIMIT: usize = 600;
    let start = text.ceil_char_boundary(at.saturating_sub(TITLE_LIMIT));
    let open = |marks: (char, char)| {
        let from = start + text[start..at].rfind(marks.0)?;
        (!text[from..at].contains(marks.1)).then_some(from)
    };
    if open(('《', '》')).is_some() {
        return true;
    }
    let Some(from) = open(('“', '”')) else { return false };
    text[from..].find('”').is_some_and(|length| text[from..from + length].chars().count() <= QUOTE_LIMIT)
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && digits.parse::<u16>().is_ok_and(|year| (1900..=2100).contains(&year))
}
