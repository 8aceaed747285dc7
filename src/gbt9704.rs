//! The measures of GB/T 9704-2012, in one place for all that lay pages out or judge them.
#![expect(clippy::float_arithmetic, reason = "lengths on a page, no amounts")]

/// A length in whole millimetres, as the standard gives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Millimetres(u16);

impl Millimetres {
    /// As millimetres.
    #[expect(clippy::as_conversions, reason = "`From` is no const function")]
    pub(crate) const fn mm(self) -> f64 {
        self.0 as f64
    }

    /// In points.
    pub(crate) const fn points(self) -> f64 {
        self.mm() * 72.0 / 25.4
    }

    /// In twentieths of a point, rounded to a whole number, as word processors count.
    #[expect(clippy::as_conversions, reason = "`From` is no const function")]
    pub(crate) const fn twips(self) -> u32 {
        (self.0 as u32 * 14_400 + 127) / 254
    }
}

/// 5.1: the width of the sheet, A4.
pub(crate) const SHEET_WIDTH: Millimetres = Millimetres(210);
/// 5.1: its height.
pub(crate) const SHEET_HEIGHT: Millimetres = Millimetres(297);

/// 5.2.1: 天头, the margin above the type area.
pub(crate) const TOP: Millimetres = Millimetres(37);
/// 5.2.1: 订口, the margin on the side that is bound.
pub(crate) const BINDING: Millimetres = Millimetres(28);
/// 5.2.1: the width of the type area.
pub(crate) const WIDTH: Millimetres = Millimetres(156);
/// 5.2.1: the height of the type area.
pub(crate) const HEIGHT: Millimetres = Millimetres(225);
/// 切口, the margin on the side that is cut: what the binding margin and the type area leave.
pub(crate) const OUTER: Millimetres = Millimetres(SHEET_WIDTH.0 - BINDING.0 - WIDTH.0);
/// 下白边, the margin below the type area: what the top margin and the type area leave.
pub(crate) const FOOT: Millimetres = Millimetres(SHEET_HEIGHT.0 - TOP.0 - HEIGHT.0);
/// The lower edge of the type area from the top of the sheet.
pub(crate) const BOTTOM: Millimetres = Millimetres(TOP.0 + HEIGHT.0);

/// 5.2.3: lines on a page.
pub(crate) const LINES: u16 = 22;
/// 5.2.3: characters on a line.
pub(crate) const CELLS: u16 = 28;

/// 7.5: how far the dashes of the page number lie below the type area.
pub(crate) const FOLIO_DROP: Millimetres = Millimetres(7);

/// 二号, the size of titles (7.3.1), in points.
pub(crate) const ER: f64 = 22.0;
/// 三号, the size of the text (5.2.2), in points.
pub(crate) const SAN: f64 = 16.0;
/// 三号 of metal type, which is what fits the grid.
pub(crate) const SAN_METAL: f64 = 15.75;
/// 四号, the size of page numbers (7.5), in points.
pub(crate) const SI: f64 = 14.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn margins_are_what_the_type_area_leaves() {
        assert_eq!([OUTER, FOOT, BOTTOM], [26, 35, 262].map(Millimetres));
    }

    #[test]
    fn lengths_are_rounded_to_the_nearest_twip() {
        let lengths = [TOP, FOOT, BINDING, OUTER, SHEET_WIDTH, SHEET_HEIGHT];
        assert_eq!(lengths.map(Millimetres::twips), [2098, 1984, 1587, 1474, 11906, 16838]);
        assert!((Millimetres(254).points() - 720.0).abs() < 1e-9);
    }
}
