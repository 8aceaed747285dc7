//! Lines on a page and characters on a line (GB/T 9704-2012, 5.2.3).
#![expect(clippy::float_arithmetic, reason = "geometry of a page, no amounts")]

use std::collections::BTreeMap;

use super::lines::{main_size, printed_bounds};
use super::survey::{Survey, pt, rounded};
use super::{Row, Verdict};
use crate::gbt9704;
use crate::reader::Line;

const CLAUSE: &str = "GB/T 9704 5.2.3";
const HEIGHT: f64 = gbt9704::HEIGHT.points();

pub(super) fn rows(survey: &Survey<'_>) -> Vec<Row> {
    vec![lines(survey), characters(survey)]
}

/// Lines on a full page, by the pitch between them.
fn lines(survey: &Survey<'_>) -> Row {
    const EXPECTED: &str = "22行";
    let item = "每面行数";
    let most = survey.body_pages().map(|(_, lines)| lines.len()).max().unwrap_or_default();
    let (Some(pitch), Some(size)) = (survey.pitch(), survey.body_size) else {
        return Row::new(CLAUSE, item, EXPECTED, format!("最满的一面{most}行，太少"), Verdict::Unknown);
    };
    // Half a point for pitches that are rounded.
    let fit = rounded(((HEIGHT - size + 0.5) / pitch + 1.0).floor());
    let found = format!("最满的一面{most}行；行距{}，225毫米可排{fit}行", pt(pitch));
    let (grid, one_more) = (i64::from(gbt9704::LINES), i64::from(gbt9704::LINES) + 1);
    let within = most <= usize::from(gbt9704::LINES);
    let reached = most == usize::from(gbt9704::LINES);
    // Word counts the space below the last line as well, so at its 28 points there are 22 where 23 would fit: a page that
    // is full shows which.
    if within && !reached && fit == one_more && !survey.body_pages().any(|(leaf, _)| survey.is_full(leaf)) {
        return Row::new(CLAUSE, item, EXPECTED, found + "，没有排满的面", Verdict::Unknown);
    }
    let conforms = within && (fit == grid || fit == one_more && reached);
    Row::new(CLAUSE, item, EXPECTED, found, Verdict::of(conforms))
}

/// Characters on lines that are full and hold Han characters alone.
fn characters(survey: &Survey<'_>) -> Row {
    const EXPECTED: &str = "28字";
    let item = "每行字数";
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for (leaf, lines) in survey.body_pages() {
        let Some((left, right)) = survey.sides(leaf) else { continue };
        for line in lines {
            let bounds = printed_bounds(line);
            let size = main_size(line).unwrap_or_default();
            if bounds.left < left + size * 0.5 && bounds.right > right - size * 0.6 && is_han(line) {
                *counts.entry(line.characters).or_default() += 1;
            }
        }
    }
    let usual = counts.iter().max_by_key(|(_, times)| **times).filter(|(_, times)| **times >= ENOUGH);
    if let Some((&count, &times)) = usual {
        return Row::new(
            CLAUSE,
            item,
            EXPECTED,
            format!("{count}字（{times}行如此）"),
            Verdict::of(count == usize::from(gbt9704::CELLS)),
        );
    }
    // Lines with digits and marks do not tell the cells; the measure and the size do.
    let widest = survey.pages.iter().filter(|leaf| !leaf.is_landscape()).filter_map(|leaf| survey.sides(leaf));
    let widest = widest.map(|(left, right)| right - left).reduce(f64::max);
    let Some((width, size)) = widest.zip(survey.body_size) else {
        return Row::new(CLAUSE, item, EXPECTED, "没有成段的正文".to_owned(), Verdict::Unknown);
    };
    let cells = width / size;
    let found = format!("按行宽和字号算，{cells:.1}字");
    Row::new(CLAUSE, item, EXPECTED, found, Verdict::of((cells - f64::from(gbt9704::CELLS)).abs() <= 0.15))
}

/// Lines that tell how many characters there are on one.
const ENOUGH: usize = 4;

/// Whether a line is nothing but Han characters and single marks, which are full cells within a line. At its end a
/// mark may be half a cell.
fn is_han(line: &Line) -> bool {
    let text = line.text();
    let mark = |c: char| matches!(c, '，' | '、' | '。' | '；');
    let pairs = text.chars().zip(text.chars().skip(1)).any(|(a, b)| mark(a) && mark(b));
    !pairs
        && !text.trim_end().ends_with(mark)
        && text.trim().chars().all(|c| mark(c) || matches!(c, '\u{4E00}'..='\u{9FFF}'))
}
