//! One page: its sheet, what is written on it and what is drawn.
#![expect(clippy::float_arithmetic, reason = "geometry of a page, no amounts")]

use std::collections::BTreeMap;

use hayro_syntax::object::Rect as Box;
use hayro_syntax::page::{Page as Raw, Rotation};

use super::ReadError;
use super::color::Color;
use super::content::{Collector, Shown};
use super::geometry::{Matrix, Rect};

/// A page. Places are in points from the top left corner of the finished sheet, downwards.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Its number, from 1.
    pub number: usize,
    /// The width of the finished sheet: of the trim box, or the crop box where there is none.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// The whole sheet before trimming (MediaBox): larger where there are crop marks.
    pub media: Rect,
    /// How it is turned for showing, in degrees clockwise.
    pub turned: u16,
    /// The characters, in the order of the content.
    pub glyphs: Vec<Glyph>,
    /// Lines, areas and pictures, in the order of the content.
    pub shapes: Vec<Shape>,
    /// How often each operator stands in what it shows; with the mode of text, and the keys of a marked content.
    pub operators: BTreeMap<String, usize>,
}

/// A character on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// The text that it stands for: usually one character, none where an earlier one stands for both, and U+FFFD where
    /// the file does not tell.
    pub text: String,
    /// Its font, by its place in [`super::Document::fonts`].
    pub font: usize,
    /// Its size on the page, in points.
    pub size: f64,
    /// Where its baseline begins, from the left.
    pub x: f64,
    /// Where its baseline is, from the top.
    pub y: f64,
    /// How far it moves on along its direction.
    pub width: f64,
    /// The direction of writing, in degrees clockwise from rightwards: 0, or −90 on a sheet read from its right side.
    pub direction: i16,
    /// Its colour.
    pub color: Color,
    /// Whether it is not painted (text rendering mode 3, as under a scan), or lies outside what is not clipped away.
    pub invisible: bool,
    /// What it belongs to.
    pub mark: Mark,
}

/// The marked content that something is in (ISO 32000-1, 14.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    /// Its number in the structure of the page.
    pub mcid: Option<i32>,
    /// The form it lies in, by the form's object number; `None` on the page itself.
    pub form: Option<i32>,
    /// Whether it is an artifact: page number, rule, ornament.
    pub artifact: bool,
}

/// What kind of thing is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShapeKind {
    /// A filled area.
    Fill,
    /// A stroked line.
    Stroke,
    /// A picture.
    Image,
}

/// Something drawn that is no text.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// What kind it is.
    pub kind: ShapeKind,
    /// The rectangle around it, without the width of a stroke.
    pub bounds: Rect,
    /// Its colour; for a picture, its colour space alone.
    pub color: Color,
    /// The width of a stroke in points, 0 otherwise.
    pub stroke: f64,
    /// What it belongs to.
    pub mark: Mark,
}

/// The smallest side of a sheet that is taken for one.
const LEAST: f64 = 1.0;

pub(super) fn read(index: usize, raw: &Raw<'_>, collected: &mut Collector) -> Result<Page, ReadError> {
    let trimmed = raw.raw().get::<Box>("TrimBox").map(|trim| trim.intersect(raw.media_box()));
    let sheet = trimmed.filter(is_sheet).unwrap_or_else(|| raw.intersected_crop_box());
    let sheet = if is_sheet(&sheet) { sheet } else { Box::new(0.0, 0.0, 595.0, 842.0) };
    let (matrix, width, height) = to_sheet(&sheet, raw.rotation());
    let media = raw.media_box();
    let Shown { glyphs, shapes, operators } = collected.page(raw, matrix)?;
    Ok(Page {
        number: index + 1,
        width,
        height,
        media: Rect::around(matrix.apply(media.x0, media.y0), matrix.apply(media.x1, media.y1)),
        turned: match raw.rotation() {
            Rotation::None => 0,
            Rotation::Horizontal => 90,
            Rotation::Flipped => 180,
            Rotation::FlippedHorizontal => 270,
        },
        glyphs,
        shapes,
        operators,
    })
}

fn is_sheet(sheet: &Box) -> bool {
    sheet.width() > LEAST && sheet.height() > LEAST
}

/// The map from a file's units to points from the top left, and the size of the sheet as it is shown.
fn to_sheet(sheet: &Box, rotation: Rotation) -> (Matrix, f64, f64) {
    let (width, height) = (sheet.width(), sheet.height());
    let to_corner = Matrix::shift(-sheet.x0, -sheet.y0);
    match rotation {
        Rotation::None => (to_corner.then(&Matrix([1.0, 0.0, 0.0, -1.0, 0.0, height])), width, height),
        Rotation::Horizontal => (to_corner.then(&Matrix([0.0, 1.0, 1.0, 0.0, 0.0, 0.0])), height, width),
        Rotation::Flipped => (to_corner.then(&Matrix([-1.0, 0.0, 0.0, 1.0, width, 0.0])), width, height),
        Rotation::FlippedHorizontal => (to_corner.then(&Matrix([0.0, -1.0, -1.0, 0.0, height, width])), height, width),
    }
}
