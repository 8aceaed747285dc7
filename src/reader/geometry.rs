//! Places and sizes on a page.
#![expect(clippy::float_arithmetic, clippy::many_single_char_names, reason = "geometry of a page, no amounts")]

/// Points in a millimetre.
pub const MM: f64 = 72.0 / 25.4;

/// A rectangle in points, from the top left corner of the page, downwards.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// The left edge.
    pub left: f64,
    /// The upper edge.
    pub top: f64,
    /// The right edge.
    pub right: f64,
    /// The lower edge.
    pub bottom: f64,
}

impl Rect {
    /// The rectangle around two corners.
    pub fn around(a: (f64, f64), b: (f64, f64)) -> Self {
        Self { left: a.0.min(b.0), top: a.1.min(b.1), right: a.0.max(b.0), bottom: a.1.max(b.1) }
    }

    /// The width.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// The height.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// What lies in both: of negative width or height where nothing does.
    #[must_use]
    pub fn within(&self, other: &Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    /// Whether a point lies in it.
    pub fn holds(&self, (x, y): (f64, f64)) -> bool {
        self.left <= x && x <= self.right && self.top <= y && y <= self.bottom
    }

    /// The smallest rectangle that holds both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// An affine map, as PDF writes it: `[a b c d e f]` (ISO 32000-1, 8.3.3).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) const fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// The map that does `self` first, then `after`.
    pub(super) fn then(&self, after: &Self) -> Self {
        let Self([a, b, c, d, e, f]) = *self;
        let Self([m, n, o, p, q, r]) = *after;
        Self([a * m + b * o, a * n + b * p, c * m + d * o, c * n + d * p, e * m + f * o + q, e * n + f * p + r])
    }

    pub(super) fn apply(&self, x: f64, y: f64) -> (f64, f64) {
        let Self([a, b, c, d, e, f]) = *self;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// How long a unit along x becomes.
    pub(super) fn scale_x(&self) -> f64 {
        self.0[0].hypot(self.0[1])
    }

    /// How long a unit along y becomes.
    pub(super) fn scale_y(&self) -> f64 {
        self.0[2].hypot(self.0[3])
    }

    /// The direction of x on a page whose y points down, in degrees clockwise from rightwards.
    pub(super) fn direction(&self) -> f64 {
        self.0[1].atan2(self.0[0]).to_degrees()
    }
}
