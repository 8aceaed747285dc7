//! The graphics state, with the parts of it that a reader needs.
#![expect(clippy::float_arithmetic, clippy::many_single_char_names, reason = "geometry of a page, no amounts")]

use hayro_syntax::object::{Array, Object, Rect as Box};

use super::super::color::{Color, ColorSpace};
use super::super::font::Shown;
use super::super::geometry::{Matrix, Rect};
use super::super::page::{Glyph, Mark};
use super::names::Names;

#[derive(Clone)]
pub(super) struct State {
    pub(super) ctm: Matrix,
    pub(super) fill: Color,
    pub(super) stroke: Color,
    pub(super) line_width: f64,
    /// The bounds of the path that is being drawn, on the sheet.
    pub(super) path: Option<Rect>,
    /// Whether the path is to clip what comes behind it.
    clipping: bool,
    /// The bounds of what is not clipped away, on the sheet; all of it at first.
    clip: Option<Rect>,
    pub(super) font: Option<usize>,
    pub(super) size: f64,
    pub(super) char_space: f64,
    pub(super) word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    mode: i64,
    text: Matrix,
    line: Matrix,
}

/// Text that is neither filled nor stroked (ISO 32000-1, 9.3.6).
const INVISIBLE: i64 = 3;

impl State {
    pub(super) fn new(ctm: Matrix) -> Self {
        Self {
            ctm,
            fill: Color::default(),
            stroke: Color::default(),
            line_width: 1.0,
            path: None,
            clipping: false,
            clip: None,
            font: None,
            size: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
        }
    }

    /// Follows an operator that sets the state of text or the matrix; whether it was one.
    pub(super) fn set_text(&mut self, operator: &[u8], operands: &[Object<'_>]) -> bool {
        let numbers = numbers(operands);
        match (operator, numbers.as_slice()) {
            (b"cm", [a, b, c, d, e, f]) => self.ctm = Matrix([*a, *b, *c, *d, *e, *f]).then(&self.ctm),
            (b"BT", _) => {
                self.text = Matrix::IDENTITY;
                self.line = Matrix::IDENTITY;
            }
            (b"Tc", [value]) => self.char_space = *value,
            (b"Tw", [value]) => self.word_space = *value,
            (b"Tz", [value]) => self.stretch = value / 100.0,
            (b"TL", [value]) => self.leading = *value,
            (b"Ts", [value]) => self.rise = *value,
            (b"Tr", [_]) => {
                if let [Object::Number(mode)] = operands {
                    self.mode = mode.as_i64();
                }
            }
            (b"Td", [x, y]) => self.next_line(*x, Some(*y)),
            (b"TD", [x, y]) => {
                self.leading = -y;
                self.next_line(*x, Some(*y));
            }
            (b"T*", _) => self.next_line(0.0, None),
            (b"Tm", [a, b, c, d, e, f]) => {
                self.line = Matrix([*a, *b, *c, *d, *e, *f]);
                self.text = self.line;
            }
            _ => return false,
        }
        true
    }

    /// Follows an operator that builds a path; whether it was one.
    pub(super) fn set_path(&mut self, operator: &[u8], operands: &[Object<'_>]) -> bool {
        let numbers = numbers(operands);
        match (operator, numbers.as_slice()) {
            (b"m" | b"l", [x, y]) => self.reach(*x, *y),
            (b"re", [x, y, width, height]) => {
                self.reach(*x, *y);
                self.reach(x + width, y + height);
                self.reach(x + width, *y);
                self.reach(*x, y + height);
            }
            (b"c", [.., _, _, _, _, _, _]) | (b"v" | b"y", [_, _, _, _]) => {
                for pair in numbers.chunks_exact(2) {
                    if let [x, y] = pair {
                        self.reach(*x, *y);
                    }
                }
            }
            (b"w", [width]) => self.line_width = *width,
            (b"W" | b"W*", _) => self.clipping = true,
            _ => return false,
        }
        true
    }

    pub(super) fn set_color(&mut self, operator: &[u8], operands: &[Object<'_>], names: &mut Names<'_, '_>) {
        let place = match operator {
            b"g" | b"rg" | b"k" | b"cs" | b"sc" | b"scn" => &mut self.fill,
            b"G" | b"RG" | b"K" | b"CS" | b"SC" | b"SCN" => &mut self.stroke,
            _ => return,
        };
        match (operator, operands) {
            (b"g" | b"G", _) => *place = names.of_device(ColorSpace::Gray, numbers(operands)),
            (b"rg" | b"RG", _) => *place = names.of_device(ColorSpace::Rgb, numbers(operands)),
            (b"k" | b"K", _) => *place = names.of_device(ColorSpace::Cmyk, numbers(operands)),
            (b"cs" | b"CS", [Object::Name(name)]) => *place = names.initial(name),
            _ => place.components = numbers(operands),
        }
    }

    /// To the start of the next line: by an offset, or by the leading.
    pub(super) fn next_line(&mut self, x: f64, y: Option<f64>) {
        self.line = Matrix::shift(x, y.unwrap_or(-self.leading)).then(&self.line);
        self.text = self.line;
    }

    pub(super) fn kern(&mut self, back: f64, vertical: bool) {
        let by = -back / 1000.0 * self.size;
        self.advance(if vertical { (0.0, by) } else { (by * self.stretch, 0.0) });
    }

    fn advance(&mut self, (x, y): (f64, f64)) {
        self.text = Matrix::shift(x, y).then(&self.text);
    }

    /// The glyph of a character at this point, which is moved on.
    pub(super) fn glyph(&mut self, font: usize, shown: Shown, vertical: bool, mark: Mark) -> Glyph {
        let matrix = self.text.then(&self.ctm);
        let (x, y) = matrix.apply(0.0, self.rise);
        let space = self.char_space + if shown.is_space { self.word_space } else { 0.0 };
        let along = if vertical { -self.size + space } else { (shown.width * self.size + space) * self.stretch };
        let middle = if vertical { (0.0, 0.5 * along) } else { (0.5 * along, self.rise + 0.35 * self.size) };
        let middle = matrix.apply(middle.0, middle.1);
        let width = if vertical { self.size } else { shown.width * self.size * self.stretch } * matrix.scale_x();
        self.advance(if vertical { (0.0, along) } else { (along, 0.0) });
        Glyph {
            text: shown.text.unwrap_or_else(|| char::REPLACEMENT_CHARACTER.to_string()),
            font,
            size: self.size.abs() * matrix.scale_y(),
            x,
            y,
            width,
            direction: whole_degrees(matrix.direction()),
            color: if self.mode == 1 { self.stroke.clone() } else { self.fill.clone() },
            invisible: self.mode == INVISIBLE || self.clip.is_some_and(|clip| !clip.holds(middle)),
            mark,
        }
    }

    /// Clips what comes by the path that ends here, if it is meant to (8.5.4). What lies in the path's bounds and outside
    /// of it is taken to be seen.
    pub(super) fn clip_to_path(&mut self) {
        if std::mem::take(&mut self.clipping)
            && let Some(path) = self.path
        {
            self.clip = Some(self.clip.map_or(path, |clip| clip.within(&path)));
        }
    }

    /// Clips what comes by a rectangle.
    pub(super) fn clip_to(&mut self, bounds: Box) {
        let corner = |x, y| self.ctm.apply(x, y);
        let bounds = Rect::around(corner(bounds.x0, bounds.y0), corner(bounds.x1, bounds.y1))
            .union(&Rect::around(corner(bounds.x0, bounds.y1), corner(bounds.x1, bounds.y0)));
        self.clip = Some(self.clip.map_or(bounds, |clip| clip.within(&bounds)));
    }

    pub(super) fn stroke_width(&self) -> f64 {
        self.line_width * f64::midpoint(self.ctm.scale_x(), self.ctm.scale_y())
    }

    /// Where a picture goes (8.9.5).
    pub(super) fn unit_square(&self) -> Rect {
        let corner = |x, y| self.ctm.apply(x, y);
        Rect::around(corner(0.0, 0.0), corner(1.0, 1.0)).union(&Rect::around(corner(0.0, 1.0), corner(1.0, 0.0)))
    }

    pub(super) fn path_or_page(&self) -> Rect {
        self.path.unwrap_or_default()
    }

    fn reach(&mut self, x: f64, y: f64) {
        let point = self.ctm.apply(x, y);
        let point = Rect::around(point, point);
        self.path = Some(self.path.map_or(point, |path| path.union(&point)));
    }
}

fn numbers(operands: &[Object<'_>]) -> Vec<f64> {
    let number = |operand: &Object<'_>| match operand {
        Object::Number(number) => Some(number.as_f64()),
        _ => None,
    };
    operands.iter().filter_map(number).collect()
}

#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "an angle is between −180 and 180")]
fn whole_degrees(angle: f64) -> i16 {
    angle.round() as i16
}

/// Six numbers as a matrix.
pub(super) fn matrix_of(array: &Array<'_>) -> Option<Matrix> {
    let numbers: Vec<f64> = array.iter::<f32>().map(f64::from).collect();
    numbers.try_into().ok().map(Matrix)
}

/// The map of an annotation's look into its rectangle (12.5.5).
pub(super) fn fitting(own: Matrix, bounds: Option<Box>, place: Box) -> Matrix {
    let Some(bounds) = bounds else { return Matrix::shift(place.x0, place.y0) };
    let corner = |x, y| own.apply(x, y);
    let turned = Rect::around(corner(bounds.x0, bounds.y0), corner(bounds.x1, bounds.y1))
        .union(&Rect::around(corner(bounds.x0, bounds.y1), corner(bounds.x1, bounds.y0)));
    let ratio = |to: f64, from: f64| if from.abs() < 1e-6 { 1.0 } else { to / from };
    let (x, y) = (ratio(place.width(), turned.width()), ratio(place.height(), turned.height()));
    Matrix([x, 0.0, 0.0, y, place.x0 - turned.left * x, place.y0 - turned.top * y])
}
