//! Columns, set by what stands in them.

use rust_decimal::Decimal;
use unicode_width::UnicodeWidthStr;

use crate::compose::view::{CellView, ColumnView, RowView};
use crate::dossier::{Align, Column};

/// Columns of figures are aligned on the point; the first column stands left, or in the middle where it only counts the
/// rows; the rest is centred. A column that sets no width gets its share by its longest text.
pub(in crate::compose) fn column_views(
    specs: &[Column],
    header: &[CellView],
    rows: &[RowView],
    numeric: &[bool],
) -> Vec<ColumnView> {
    let column = |i: usize| -> ColumnView {
        let spec = &specs[i];
        let align = match spec.align {
            Some(Align::Left) => "left",
            Some(Align::Right) => "right",
            Some(Align::Decimal) => "decimal",
            None if numeric[i] => "decimal",
            None if i == 0 && header[i].text != "序号" => "left",
            Some(Align::Center) | None => "center",
        };
        let share = spec.width.map_or_else(|| share(i, header, rows).to_string(), |width| width.0.to_string());
        ColumnView { width: format!("{share}fr"), align }
    };
    (0..specs.len()).map(column).collect()
}

/// A column's share by its longest text, within bounds: a long text wraps, a short one keeps room. A share of 1, as 宽
/// counts them, is the room of four hanzi.
fn share(column: usize, header: &[CellView], rows: &[RowView]) -> Decimal {
    let cells = std::iter::once(&header[column]).chain(rows.iter().map(|row| &row.cells[column]));
    let longest = cells.map(|cell| cell.text.width() + 2 * usize::from(cell.indent)).max().unwrap_or(0);
    Decimal::from(longest.clamp(8, 32) + 2) / Decimal::from(8)
}

/// Gives each number what its fraction lacks to the longest of its column, so that the points stand in one line.
pub(in crate::compose) fn pad_fractions(rows: &mut [RowView], columns: &[ColumnView]) {
    for (i, _) in columns.iter().enumerate().filter(|(_, column)| column.align == "decimal") {
        let longest = rows.iter().filter_map(|row| fraction(&row.cells[i].text)).max().unwrap_or(0);
        for row in rows.iter_mut() {
            let cell = &mut row.cells[i];
            cell.pad = padding(&cell.text, longest);
        }
    }
}

/// What a number lacks to a fraction of so many digits; nothing for any other text.
pub(in crate::compose) fn padding(text: &str, longest: usize) -> String {
    match fraction(text) {
        None => String::new(),
        Some(0) if longest > 0 => format!(".{}", "0".repeat(longest)),
        Some(own) => "0".repeat(longest.saturating_sub(own)),
    }
}

/// The digits behind the point of a number; none for any other text.
pub(in crate::compose) fn fraction(text: &str) -> Option<usize> {
    let digits = text.strip_prefix('\u{2212}').unwrap_or(text);
    let number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    number.then(|| digits.split_once('.').map_or(0, |(_, fraction)| fraction.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_padded_to_the_longest() {
        let column = || vec![ColumnView { width: "1fr".into(), align: "decimal" }];
        let row = |text: &str| RowView { cells: vec![CellView::new(text)], total: false, place: None };
        let mut rows = vec![row("539.814"), row("20"), row("4.9"), row("—"), row("\u{2212}5.61")];
        pad_fractions(&mut rows, &column());
        let pads: Vec<&str> = rows.iter().map(|r| r.cells[0].pad.as_str()).collect();
        assert_eq!(pads, ["", ".000", "00", "", "0"]);
    }
}
