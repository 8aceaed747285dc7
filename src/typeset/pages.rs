//! On which pages the prints of a marked view stand.

use std::collections::BTreeMap;

use serde::Serialize;
use typst::foundations::{Label, Selector, Value};
use typst::introspection::{Introspector, Location, MetadataElem};
use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

/// The label of marks in running text, in the templates.
const IN_TEXT: &str = "print-in-text";
/// The label of marks in cells, captions and titles.
const IN_BLOCK: &str = "print";

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct PageNumber {
    /// Which sheet of the PDF, from 1.
    pub sheet: usize,
    /// The number printed at its foot; none on a cover.
    pub printed: Option<u64>,
}

/// The page of each print, by its number in [`crate::Examination::prints`]. One that stands on several pages, such as in
/// a head that repeats, has its first.
pub fn pages_of_prints(document: &PagedDocument) -> BTreeMap<usize, PageNumber> {
    let mut pages = BTreeMap::new();
    for label in [IN_BLOCK, IN_TEXT] {
        for (number, location) in marks(document, label) {
            let Some(at) = document.introspector().position(location) else { continue };
            let mut sheet = at.page.get();
            // The mark of what begins a line is left at the end of the line before.
            if label == IN_TEXT && sheet < document.pages().len() && !goes_on(document, sheet, at.point) {
                sheet += 1;
            }
            let page = document.pages().get(sheet - 1);
            let printed = page.filter(|page| page.numbering.is_some()).map(|page| page.number);
            pages.entry(number).or_insert(PageNumber { sheet, printed });
        }
    }
    pages
}

fn marks(document: &PagedDocument, label: &str) -> Vec<(usize, Location)> {
    let Some(label) = Label::new(PicoStr::intern(label)) else { return Vec::new() };
    let found = document.introspector().query(&Selector::Label(label));
    let number = |value: &Value| match value {
        Value::Int(number) => usize::try_from(*number).ok(),
        _ => None,
    };
    found
        .iter()
        .filter_map(|mark| Some((number(&mark.to_packed::<MetadataElem>()?.value)?, mark.location()?)))
        .collect()
}

/// Whether what a mark belongs to stands on the mark's page: right behind it, or at the left edge of the next line.
fn goes_on(document: &PagedDocument, sheet: usize, mark: Point) -> bool {
    let near = |a: Abs, b: Abs| (a - b).abs() <= Abs::pt(0.5);
    // The lines of running text are 29.6 pt apart; the page number is never at the left edge.
    let next_line = |y: Abs| y - mark.y > Abs::pt(15.0) && y - mark.y < Abs::pt(45.0);
    let Some(page) = document.pages().get(sheet - 1) else { return false };
    let mut starts = Vec::new();
    text_starts(&page.frame, Transform::identity(), &mut starts);
    let Some(left) = starts.iter().map(|start| start.x).min() else { return false };
    starts.iter().any(|start| {
        let behind = near(start.x, mark.x) && near(start.y, mark.y);
        behind || (near(start.x, left) && next_line(start.y))
    })
}

/// Where the texts of a frame begin, on their baselines.
fn text_starts(frame: &Frame, outer: Transform, into: &mut Vec<Point>) {
    for (at, item) in frame.items() {
        let here = outer.pre_concat(Transform::translate(at.x, at.y));
        match item {
            FrameItem::Group(group) => text_starts(&group.frame, here.pre_concat(group.transform), into),
            FrameItem::Text(_) => into.push(Point::zero().transform(here)),
            _ => {}
        }
    }
}
