//! The sheet: size, direction, blank pages (GB/T 9704-2012, 5.1).
#![expect(clippy::float_arithmetic, reason = "geometry of a page, no amounts")]

use super::survey::{Leaf, Survey};
use super::{Row, Verdict, tolerance};
use crate::gbt9704::{SHEET_HEIGHT, SHEET_WIDTH};
use crate::reader::MM;

pub(super) fn rows(survey: &Survey<'_>) -> Vec<Row> {
    vec![size(survey), blank(survey)]
}

fn size(survey: &Survey<'_>) -> Row {
    const EXPECTED: &str = "A4，210×297毫米，±2毫米";
    let item = ("GB/T 9704 5.1", "纸张幅面");
    let Some(first) = survey.pages.first() else {
        return Row::new(item.0, item.1, EXPECTED, "一页也没有".to_owned(), Verdict::Deviates);
    };
    let off: Vec<&Leaf<'_>> = survey.pages.iter().filter(|leaf| !is_a4(leaf)).collect();
    let shown = off.first().map_or(first, |leaf| leaf);
    let found = format!("{:.0}×{:.0}毫米，共{}页", shown.page.width / MM, shown.page.height / MM, survey.pages.len());
    Row::on_pages(item.0, item.1, EXPECTED, found, off.iter().map(|leaf| leaf.page.number).collect())
}

fn is_a4(leaf: &Leaf<'_>) -> bool {
    let (short, long) = (leaf.page.width.min(leaf.page.height), leaf.page.width.max(leaf.page.height));
    (short - SHEET_WIDTH.points()).abs() <= tolerance::SHEET && (long - SHEET_HEIGHT.points()).abs() <= tolerance::SHEET
}

/// A blank page is one that an attachment or an imprint that begins on the next sheet may leave (7.5).
fn blank(survey: &Survey<'_>) -> Row {
    let next_begins_afresh = |at: usize| {
        let next = survey.pages.get(at + 1).and_then(|leaf| leaf.lines.first()).map(crate::reader::Line::text);
        next.is_some_and(|text| text.trim_start().starts_with("附件") || text.trim_start().starts_with("抄送"))
    };
    let blank = survey.pages.iter().enumerate().filter(|(_, leaf)| leaf.is_blank());
    let behind_cover = |at: usize| at == 1 && survey.has_cover();
    let (allowed, stray): (Vec<_>, Vec<_>) = blank.partition(|(at, _)| next_begins_afresh(*at) || behind_cover(*at));
    let found = match (allowed.len(), stray.len()) {
        (0, 0) => "没有空白页".to_owned(),
        (allowed, 0) => format!("封面背面或附件、版记前有空白页{allowed}面"),
        (_, stray) => format!("空白页{stray}面"),
    };
    let pages = stray.into_iter().map(|(_, leaf)| leaf.page.number).collect();
    Row::on_pages("GB/T 9704 7.5", "空白页", "没有，或只在封面背面、附件或版记前", found, pages)
}
