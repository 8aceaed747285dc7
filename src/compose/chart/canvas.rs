//! What a drawing consists of. All lengths are thousandths of a point, from the upper left corner to the right and down.

use super::super::view::{LabelView, ShapeView};
use super::hatch;
use super::text::width;

/// The width of a drawing: that of the type area, 156 mm.
pub(super) const WIDTH: i64 = 442_205;
/// From one line of the page's grid to the next: (225 mm − 156 mm ÷ 28) ÷ 21.
const PITCH: i64 = 29_619;
/// What is left white between the drawing and its caption.
const FOOT: i64 = 9_000;
/// What is left white above the drawing.
pub(super) const TOP: i64 = 3_000;

/// The size of names, units and keys: 五号.
pub(super) const WORDS: i64 = 10_500;
/// The size of numbers: 小五.
pub(super) const DIGITS: i64 = 9_000;
/// The size of numbers that have little room: 六号.
pub(super) const SMALL_DIGITS: i64 = 7_500;

/// A drawing.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    /// Bars, lines and markers, those in front last.
    pub(super) shapes: Vec<ShapeView>,
    /// Texts, in front of all shapes.
    pub(super) labels: Vec<LabelView>,
    /// How many lines of the page's grid it fills.
    pub(super) lines: i64,
}

impl Canvas {
    /// A straight line.
    pub(super) fn rule(&mut self, from: [i64; 2], to: [i64; 2]) {
        self.shapes.push(ShapeView::Rule { from, to });
    }

    /// A bar with the pattern of a series.
    pub(super) fn bar(&mut self, at: [i64; 2], size: [i64; 2], pattern: usize) {
        hatch::bar(at, size, pattern, &mut self.shapes);
    }

    /// A label whose text has no figure in it.
    pub(super) fn write(&mut self, label: LabelView, text: impl Into<String>) {
        self.labels.push(LabelView { text: text.into(), ..label });
    }

    /// Fills so many whole lines of the grid that at least this height fits, and gives the height that they have.
    pub(super) fn fit(&mut self, least: i64) -> i64 {
        self.lines = (least + FOOT + PITCH - 1) / PITCH;
        self.lines * PITCH - FOOT
    }
}

/// A label of numbers, centred on a place, its em box hanging down from it.
pub(super) fn centred(x: i64, top: i64, size: i64) -> LabelView {
    LabelView {
        at: [x, top],
        align: "center",
        size,
        turned: false,
        covers: false,
        text: String::new(),
        marks: Vec::new(),
    }
}

/// How many of something there are, as a length is counted.
pub(super) fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The width of the widest of texts.
pub(super) fn widest<'t>(texts: impl Iterator<Item = &'t str>, size: i64) -> i64 {
    texts.map(|text| width(text, size)).max().unwrap_or(0)
}
