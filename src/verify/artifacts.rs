//! The words of artifacts, where pages may break elsewhere: page numbers and the heads of tables that go on may come more
//! or less often, all else stands as often as in the report that was made again.

use std::collections::BTreeMap;

use super::flow::on_sheet;
use super::{Difference, Kind};
use crate::reader::{Document, Page};

/// What differs in artifacts.
pub(super) fn differences(of_pdf: &Document, again: &Document) -> Vec<Difference> {
    let (now, meant) = (pieces(of_pdf), pieces(again));
    let heads: Vec<String> = again
        .structure
        .all()
        .into_iter()
        .filter(|element| element.role == "TH")
        .map(|element| plain(&element.text()))
        .collect();
    let numbers: Vec<String> = meant.keys().filter_map(|piece| around_number(piece)).collect();
    let repeated = |piece: &str| {
        let numbered = around_number(piece).is_some_and(|around| numbers.contains(&around));
        let of_digits = piece.chars().all(|c| !c.is_alphabetic());
        numbered || heads.iter().any(|head| head == piece || (!of_digits && head.contains(piece)))
    };
    let free = |piece: &str| !piece.chars().any(|c| c.is_ascii_digit());
    let mut found = off_sheet(of_pdf, again);
    for (piece, pages) in now.iter().filter(|(piece, _)| !repeated(piece)) {
        let meant = meant.get(piece).map_or(0, Vec::len);
        // A running head, or a word such as 续表, stands on as many pages as there are.
        let extra = if free(piece) && meant > 0 { 0 } else { pages.len().saturating_sub(meant) };
        found.extend(
            pages.iter().rev().take(extra).map(|page| {
                Difference::on_page(Kind::Words, *page, &format!("多出“{piece}”")).sides(Some(piece), None)
            }),
        );
    }
    for (piece, pages) in meant.iter().filter(|(piece, _)| !repeated(piece)) {
        let there = now.get(piece).map_or(0, Vec::len);
        let lost = if free(piece) { there == 0 && !piece.contains("续") } else { there < pages.len() };
        if lost {
            let text = format!("少了“{piece}”，按所附的数据在第{}页上下", pages.first().copied().unwrap_or(1));
            found.push(Difference::new(Kind::Words, text).sides(None, Some(piece)));
        }
    }
    found
}

/// Artifacts that were moved off the sheet, such as the watermark of a draft.
fn off_sheet(of_pdf: &Document, again: &Document) -> Vec<Difference> {
    let outside = |page: &Page| -> String {
        let artifacts = page.glyphs.iter().filter(|glyph| glyph.mark.artifact && !on_sheet(page, glyph));
        plain(&artifacts.map(|glyph| glyph.text.as_str()).collect::<String>())
    };
    let meant: Vec<String> = again.pages.iter().map(outside).collect();
    let now = of_pdf.pages.iter().map(|page| (page.number, outside(page)));
    now.filter(|(_, text)| !text.is_empty() && !meant.contains(text))
        .map(|(page, text)| {
            let shown: String = text.chars().take(24).collect();
            Difference::on_page(Kind::Look, page, &format!("“{shown}”移到了纸外")).sides(Some(&text), None)
        })
        .collect()
}

/// The lines of artifacts without spaces, with the pages that they stand on.
fn pieces(document: &Document) -> BTreeMap<String, Vec<usize>> {
    let mut pieces: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for page in &document.pages {
        let glyphs = page.glyphs.iter().filter(|glyph| glyph.mark.artifact).cloned().collect();
        let alone = Page { number: page.number, glyphs, ..Page::default() };
        for line in alone.lines() {
            pieces.entry(plain(&line.text())).or_default().push(page.number);
        }
    }
    pieces
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What stands around a page number, such as the dashes; `None` of another text.
fn around_number(text: &str) -> Option<String> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let around: String = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let dashes = around.chars().all(|c| matches!(c, '—' | '–' | '-' | '－'));
    ((1..=4).contains(&digits) && dashes && text.chars().count() <= 8).then_some(around)
}
