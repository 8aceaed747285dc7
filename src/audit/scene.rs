//! What a rule is judged by: the pages, and which block of the report each of their elements is.

use typst::layout::Abs;

use super::outline::{Anchor, AnchorKind, Outline};
use super::sheet::Sheet;
use super::walk::{At, Kind, Layout, Run, Shape};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Sources, shorten};
use crate::typeset::FontSet;

/// The pages with their meaning.
pub(super) struct Scene<'a> {
    pub(super) layout: &'a Layout<'a>,
    pub(super) outline: &'a Outline,
    pub(super) fonts: &'a FontSet,
    /// The files that the places are in.
    pub(super) sources: &'a Sources,
    /// The outermost element of each that the outline could name: not a page's, and not the report itself.
    tops: Vec<usize>,
    /// Which block each outermost element is.
    anchors: Vec<Option<usize>>,
}

/// A line of text.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) page: usize,
    pub(super) baseline: Abs,
    pub(super) left: Abs,
    pub(super) right: Abs,
    pub(super) text: String,
    /// The largest size in it.
    pub(super) size: Abs,
}

impl<'a> Scene<'a> {
    pub(super) fn new(layout: &'a Layout<'a>, outline: &'a Outline, fonts: &'a FontSet, sources: &'a Sources) -> Self {
        let tops = tops(layout);
        let anchors = anchors(layout, &tops, outline);
        Self { layout, outline, fonts, sources, tops, anchors }
    }

    /// What kind of element a run or shape belongs to most closely.
    pub(super) fn kind(&self, element: Option<usize>) -> Option<Kind> {
        self.layout.elements.get(element?).map(|element| element.kind)
    }

    /// The outermost element around one.
    pub(super) fn top(&self, element: Option<usize>) -> Option<usize> {
        self.tops.get(element?).copied()
    }

    /// The block of the report that an element belongs to.
    pub(super) fn anchor(&self, element: Option<usize>) -> Option<&'a Anchor> {
        let anchor = (*self.anchors.get(self.top(element)?)?)?;
        self.outline.anchors.get(anchor)
    }

    /// Whether an element belongs to the page and not to the text.
    pub(super) fn is_artifact(&self, element: Option<usize>) -> bool {
        self.within(element, Kind::Artifact)
    }

    /// Whether an element is of a kind, or stands in one that is.
    pub(super) fn within(&self, mut element: Option<usize>, kind: Kind) -> bool {
        while let Some(one) = element.and_then(|element| self.layout.elements.get(element)) {
            if one.kind == kind {
                return true;
            }
            element = one.parent;
        }
        false
    }

    /// The cell that an element is or stands in, with the table around it.
    pub(super) fn cell(&self, mut element: Option<usize>) -> Option<(usize, At)> {
        loop {
            let one = self.layout.elements.get(element?)?;
            if let Kind::Cell(at) = one.kind {
                return Some((one.parent?, at));
            }
            element = one.parent;
        }
    }

    /// The runs of the text: all but those of the page itself.
    pub(super) fn body(&self) -> impl Iterator<Item = &'a Run<'a>> {
        self.layout.runs.iter().filter(|run| !self.is_artifact(run.element) && !run.item.text.trim().is_empty())
    }

    /// What is drawn in the text.
    pub(super) fn shapes(&self) -> impl Iterator<Item = &'a Shape> {
        self.layout.shapes.iter().filter(|shape| !self.is_artifact(shape.element))
    }

    /// The page of a run.
    pub(super) fn sheet(&self, page: usize) -> Option<Sheet> {
        self.layout.sheets.get(page).copied()
    }

    /// How a page is called.
    pub(super) fn page_name(&self, page: usize) -> String {
        self.sheet(page).map_or_else(String::new, Sheet::name)
    }

    /// Where what an element prints is written: the row of its table, or its block.
    pub(super) fn place(&self, element: Option<usize>) -> Option<Place> {
        let anchor = self.anchor(element)?;
        let row = self.cell(element).and_then(|(_, at)| row_place(anchor, at));
        row.or(anchor.place)
    }

    /// A finding about an element on a page, at its place.
    pub(super) fn finding(&self, code: Code, element: Option<usize>, text: &str) -> Diagnostic {
        Diagnostic::new(code, text).at(self.place(element))
    }
}

/// Where a row is written. The first row of a table on the page is the line above its head.
fn row_place(anchor: &Anchor, at: At) -> Option<Place> {
    let row = at.row.checked_sub(anchor.heads + 1)?;
    anchor.rows.get(row).copied().flatten()
}

/// The lines that runs stand in, by page and baseline. A line that two faces share a little apart is one.
pub(super) fn lines<'a>(runs: impl Iterator<Item = &'a Run<'a>>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for run in runs {
        let same = |line: &&mut Line| line.page == run.page && (line.baseline - run.origin.y).abs() < Abs::pt(1.0);
        // Runs of a line follow each other.
        match lines.iter_mut().rev().take(4).find(same) {
            Some(line) => {
                line.left = line.left.min(run.area.min.x);
                line.right = line.right.max(run.area.max.x);
                line.size = line.size.max(run.item.size);
                line.text.push_str(&run.item.text);
            }
            None => lines.push(Line {
                page: run.page,
                baseline: run.origin.y,
                left: run.area.min.x,
                right: run.area.max.x,
                text: run.item.text.to_string(),
                size: run.item.size,
            }),
        }
    }
    lines
}

/// How a text is quoted in a message.
pub(super) fn quote(text: &str) -> String {
    format!("“{}”", shorten(text.trim()))
}

fn tops(layout: &Layout<'_>) -> Vec<usize> {
    let mut tops: Vec<usize> = Vec::with_capacity(layout.elements.len());
    for (i, element) in layout.elements.iter().enumerate() {
        // A parent begins before its children.
        let top = element.parent.and_then(|parent| tops.get(parent).copied()).unwrap_or(i);
        tops.push(top);
    }
    tops
}

/// Which block of the outline each outermost element is: both come in the order of print, and a block is known by how it
/// begins. What the outline does not know, such as the note that lists attachments, is none.
fn anchors(layout: &Layout<'_>, tops: &[usize], outline: &Outline) -> Vec<Option<usize>> {
    let mut beginnings: Vec<Vec<&str>> = vec![Vec::new(); layout.elements.len()];
    for run in &layout.runs {
        let top = run.element.and_then(|element| tops.get(element));
        if let Some(texts) = top.and_then(|&top| beginnings.get_mut(top)).filter(|texts| texts.len() < 24) {
            texts.push(&run.item.text);
        }
    }
    let mut next = 0;
    let mut anchors = vec![None; layout.elements.len()];
    for (i, (element, texts)) in layout.elements.iter().zip(beginnings).enumerate() {
        let Some(kind) = anchor_kind(element.kind).filter(|_| element.parent.is_none()) else { continue };
        let beginning = super::outline::beginning(texts.into_iter());
        let is_it = |anchor: &Anchor| {
            let begins =
                beginning.starts_with(&anchor.beginning) && beginning.is_empty() == anchor.beginning.is_empty();
            anchor.kind == kind && (kind == AnchorKind::Chart || begins)
        };
        let found = outline.anchors.iter().skip(next).position(is_it);
        if let (Some(at), Some(slot)) = (found, anchors.get_mut(i)) {
            *slot = Some(next + at);
            next += at + 1;
        }
    }
    anchors
}

fn anchor_kind(kind: Kind) -> Option<AnchorKind> {
    match kind {
        Kind::Title => Some(AnchorKind::Title),
        Kind::Heading => Some(AnchorKind::Heading),
        Kind::Paragraph => Some(AnchorKind::Paragraph),
        Kind::Table => Some(AnchorKind::Table),
        Kind::Chart => Some(AnchorKind::Chart),
        Kind::Cell(_) | Kind::Signature | Kind::Artifact => None,
    }
}
