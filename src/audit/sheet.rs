//! A page, and where the type area lies on it (GB/T 9704-2012, 5.2).

use typst::layout::{Abs, Point, Rect};
use typst_layout::Page;

use crate::gbt9704::{self, Millimetres};

fn abs(length: Millimetres) -> Abs {
    Abs::mm(length.mm())
}
/// Width and height of the type area.
pub(super) fn type_area() -> Point {
    Point::new(abs(gbt9704::WIDTH), abs(gbt9704::HEIGHT))
}
/// The cell of the grid: so many fill a line (5.2.3).
pub(super) fn cell() -> Abs {
    type_area().x / f64::from(gbt9704::CELLS)
}

/// A page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet {
    /// Which one, from 0.
    index: usize,
    /// Its size as it is read.
    size: Point,
    /// The page number, where it bears one.
    pub(super) number: Option<u64>,
}

impl Sheet {
    pub(super) fn of(index: usize, page: &Page) -> Self {
        let number = page.numbering.as_ref().map(|_| page.number);
        Self { index, size: page.frame.size().to_point(), number }
    }

    /// Whether it is read with its long side across.
    pub(super) fn landscape(self) -> bool {
        self.size.x > self.size.y
    }

    /// Whether the page lies on the right where both sides are printed; single sheets all do.
    pub(super) fn recto(self, duplex: bool) -> bool {
        !duplex || self.index.is_multiple_of(2)
    }

    /// The type area on the upright sheet.
    pub(super) fn upright_area(self, duplex: bool) -> Rect {
        let left = abs(if self.recto(duplex) { gbt9704::BINDING } else { gbt9704::OUTER });
        let min = self.edge() + Point::new(left, abs(gbt9704::TOP));
        Rect::new(min, min + type_area())
    }

    /// The type area as the page is read. The top of a landscape page is the left edge of the sheet.
    pub(super) fn area(self, duplex: bool) -> Rect {
        let area = self.upright_area(duplex);
        if !self.landscape() {
            return area;
        }
        let min = Point::new(self.size.x - area.max.y, area.min.x);
        Rect::new(min, min + Point::new(type_area().y, type_area().x))
    }

    /// An area of the page as it lies on the upright sheet.
    pub(super) fn upright(self, area: Rect) -> Rect {
        if !self.landscape() {
            return area;
        }
        Rect::new(Point::new(area.min.y, self.size.x - area.max.x), Point::new(area.max.y, self.size.x - area.min.x))
    }

    /// Where A4 begins on the sheet, which is larger where it has marks for cutting.
    fn edge(self) -> Point {
        let (short, long) = (self.size.x.min(self.size.y), self.size.x.max(self.size.y));
        Point::new((short - abs(gbt9704::SHEET_WIDTH)) / 2.0, (long - abs(gbt9704::SHEET_HEIGHT)) / 2.0)
    }

    /// How a reader finds it: 第3页, or the sheet where it bears no number.
    pub(super) fn name(self) -> String {
        match self.number {
            Some(number) => format!("第{number}页"),
            None => format!("没有页码的一页（第{}张）", self.index + 1),
        }
    }
}
