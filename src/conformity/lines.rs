//! What a line of a page is: part of the text, a cell of a table, a page number.
#![expect(clippy::float_arithmetic, reason = "geometry of a page, no amounts")]

use std::collections::BTreeMap;

use super::survey::rounded;
use crate::characters::is_hanzi;
use crate::reader::{Line, Page, Rect, Run, ShapeKind};

/// Whether a large line is 发文机关标志, the name of the office over a red head, by how it ends: no title does.
pub(super) fn is_mark(line: &Line) -> bool {
    line.text().trim_end().ends_with("文件")
}

/// Upright rules, as stand between the columns of tables.
pub(super) fn upright_rules(page: &Page) -> Vec<Rect> {
    const THIN: f64 = 3.0;
    const TALL: f64 = 8.0;
    let rules = page.shapes.iter().filter(|shape| shape.kind != ShapeKind::Image).map(|shape| shape.bounds);
    rules.filter(|bounds| bounds.width() <= THIN && bounds.height() >= TALL).collect()
}

/// Whether a line stands in a table of two columns or more: between rules, of which a frame around a page has two.
pub(super) fn is_cell(rules: &[Rect], line: &Line) -> bool {
    let bounds = line.bounds();
    let (x, y) = (f64::midpoint(bounds.left, bounds.right), f64::midpoint(bounds.top, bounds.bottom));
    let mut beside: Vec<i64> =
        rules.iter().filter(|rule| rule.top < y && rule.bottom > y).map(|rule| rounded(rule.left)).collect();
    beside.sort_unstable();
    beside.dedup();
    let left = beside.iter().filter(|at| **at < rounded(x)).count();
    beside.len() > 2 && left > 0 && left < beside.len()
}

/// Whether a line begins the note below a table.
fn is_note(line: &Line) -> bool {
    line.text().trim_start().starts_with("注：")
}

/// Which lines belong to notes below tables: those that begin one, and those in the same small type that it goes on in.
pub(super) fn notes(lines: &[Line]) -> Vec<bool> {
    const SMALL: f64 = 14.0;
    let mut last: Option<&Line> = None;
    let goes_on = |last: &Line, line: &Line| {
        let (Some(size), Some(other)) = (main_size(last), main_size(line)) else { return false };
        let below = line.y() - last.y();
        let left = (printed_bounds(line).left - printed_bounds(last).left).abs();
        size < SMALL && (size - other).abs() < 0.3 && below > 0.0 && below < 2.0 * size && left < size
    };
    let mut found = Vec::with_capacity(lines.len());
    for line in lines {
        last = Some(line).filter(|line| is_note(line) || last.is_some_and(|last| goes_on(last, line)));
        found.push(last.is_some());
    }
    found
}

/// How long a line is in half characters: letters and digits of Latin script take one each.
pub(super) fn halves(line: &Line) -> usize {
    line.text().chars().filter(|c| !c.is_whitespace()).map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// Which lines are of a signature that takes whole lines: a name above the date, neither with a mark of punctuation.
pub(super) fn signed(lines: &[&Line]) -> Vec<bool> {
    const NAME: usize = 3;
    let mut signed = vec![false; lines.len()];
    for (at, _) in lines.iter().enumerate().filter(|(_, line)| is_date(&line.text())) {
        let above = signed.iter_mut().zip(lines).take(at).rev().take(NAME);
        for (signed, _) in above.take_while(|(_, line)| !line.text().contains(['，', '。', '、', '；', '：'])) {
            *signed = true;
        }
    }
    signed
}

/// Whether a text is a date and nothing else.
fn is_date(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let date = text.strip_suffix('日').and_then(|rest| rest.split_once('年'));
    date.and_then(|(year, rest)| Some((year, rest.split_once('月')?)))
        .is_some_and(|(year, (month, day))| [year, month, day].iter().all(|part| part.parse::<u16>().is_ok()))
}

/// Which lines have no other beside them.
pub(super) fn alone(lines: &[Line]) -> Vec<bool> {
    let beside = |a: &Line, b: &Line| a.direction == b.direction && (a.y() - b.y()).abs() < 2.0;
    let mut by_height: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        by_height.entry(rounded(line.y())).or_default().push(at);
    }
    let near = |line: &Line| {
        let height = rounded(line.y());
        by_height.range(height.saturating_sub(3)..=height.saturating_add(3)).flat_map(|(_, all)| all).copied()
    };
    let others = |at: usize, line: &Line| {
        near(line).filter(|other| *other != at).filter_map(|other| lines.get(other)).any(|other| beside(line, other))
    };
    lines.iter().enumerate().map(|(at, line)| !others(at, line)).collect()
}

/// Whether a line is a page number: digits between dashes or bare, or 第n页, at the foot of the sheet.
pub(super) fn is_folio(page: &Page, line: &Line) -> bool {
    let text: String = line.text().chars().filter(|c| !c.is_whitespace()).collect();
    let inner = text.trim_matches(|c| is_dash(c) || matches!(c, '第' | '页' | '·' | '・'));
    let numbers = inner.split(['/', '／', '共']).map(|part| part.trim_matches(['第', '页', '，', ',']));
    let is_number = !inner.is_empty()
        && numbers.into_iter().all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()));
    let bounds = line.bounds();
    let at_foot = match line.direction {
        0 => bounds.top > page.height * 0.85,
        90 => bounds.right < page.width * 0.15,
        -90 => bounds.left > page.width * 0.85,
        _ => false,
    };
    is_number && at_foot && text.chars().count() <= 16
}

pub(super) fn is_dash(character: char) -> bool {
    matches!(character, '—' | '–' | '―' | '-' | '－' | '−' | '─' | '一' | '~' | '～')
}

/// The size of most Han characters of a line, or of most others where it has none: a long name in Latin letters, set
/// smaller, may have more letters than the line has characters beside it.
pub(super) fn main_size(line: &Line) -> Option<f64> {
    let count = |run: &Run| run.text.chars().filter(|c| is_hanzi(*c)).count();
    let han = line.runs.iter().filter(|run| count(run) > 0).max_by_key(|run| count(run));
    han.or_else(|| line.main()).map(|run| run.size)
}

/// The box of a line, without the blank half of a punctuation mark at either end, which may hang out.
pub(super) fn printed_bounds(line: &Line) -> Rect {
    let mut bounds = line.bounds();
    let half = main_size(line).unwrap_or_default() / 2.0;
    let text = line.text();
    if text
        .trim_end()
        .ends_with(['，', '。', '、', '；', '：', '！', '？', '）', '》', '〉', '”', '’', '」', '』', '〕', '】'])
    {
        bounds.right -= half;
    }
    if text.trim_start().starts_with(['（', '《', '〈', '“', '‘', '「', '『', '〔', '【']) {
        bounds.left += half;
    }
    bounds
}
