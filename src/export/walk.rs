//! What every output of the model that is not laid out by the templates has to find out for itself: which cells are
//! merged downwards, and how deep headings stand in the outline. The templates do the same.

use crate::compose::{BlockView, CellView, Inline, RowView, TableView};

/// How many rows each cell of a table's rows reaches over: 1 stands for itself alone, 0 is covered by the one above. Equal
/// neighbouring names of the leftmost columns are one, where the names on their left are; the last column and lines with
/// sums keep apart (`templates/gbt9704/merge.typ`).
pub(super) fn spans(table: &TableView) -> Vec<Vec<usize>> {
    let columns = table.merge.min(table.columns.len().saturating_sub(1));
    let rows = &table.rows;
    let covered = |row: usize, column: usize| {
        let (Some(above), Some(here)) = (row.checked_sub(1).and_then(|above| rows.get(above)), rows.get(row)) else {
            return false;
        };
        column < columns && !above.total && !here.total && (0..=column).all(|column| same(above, here, column))
    };
    let span = |row: usize, column: usize| {
        if covered(row, column) { 0 } else { 1 + (row + 1..rows.len()).take_while(|&row| covered(row, column)).count() }
    };
    (0..rows.len()).map(|row| (0..rows[row].cells.len()).map(|column| span(row, column)).collect()).collect()
}

fn same(above: &RowView, here: &RowView, column: usize) -> bool {
    match (above.cells.get(column), here.cells.get(column)) {
        (Some(a), Some(b)) => a.text == b.text && !a.text.is_empty() && a.colspan == 1 && b.colspan == 1,
        _ => false,
    }
}

/// How deep a heading stands in the outline: none is skipped there, although the standard lets 1. follow 一、.
#[derive(Debug, Clone, Copy)]
pub(super) struct Depth {
    base: u8,
    now: u8,
}

impl Depth {
    /// Under a heading of this depth; 0 for none.
    pub(super) fn under(base: u8) -> Self {
        Self { base, now: base }
    }

    /// The depth of the next heading, of this level.
    pub(super) fn next(&mut self, level: u8) -> u8 {
        self.now = (self.base + level).min(self.now + 1);
        self.now
    }
}

/// The words of a text.
pub(super) fn words(text: &[Inline]) -> String {
    text.iter().map(Inline::words).collect()
}

/// A cell's text with its indent.
pub(super) fn indented(cell: &CellView) -> String {
    format!("{}{}", "\u{3000}".repeat(usize::from(cell.indent)), cell.text)
}

/// Whether any of these blocks is a table that stands on a landscape page of its own.
pub(super) fn turns(block: &BlockView) -> bool {
    matches!(block, BlockView::Table(table) if table.landscape)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::ColumnView;

    fn table(rows: &[(&[&str], bool)], merge: usize) -> TableView {
        let row = |(cells, total): &(&[&str], bool)| RowView {
            cells: cells.iter().map(|text| CellView::new(*text)).collect(),
            total: *total,
            place: None,
        };
        TableView {
            id: String::new(),
            caption: None,
            marks: Vec::new(),
            unit: None,
            size: "normal",
            landscape: false,
            columns: vec![ColumnView { width: "1fr".to_owned(), align: "left" }; 3],
            header: Vec::new(),
            rows: rows.iter().map(row).collect(),
            merge,
            note: None,
            note_marks: Vec::new(),
        }
    }

    #[test]
    fn equal_names_are_one_where_those_on_their_left_are() {
        let rows: &[(&[&str], bool)] = &[
            (&["甲", "一", "x"], false),
            (&["甲", "一", "x"], false),
            (&["乙", "一", "x"], false),
            (&["乙", "二", "x"], false),
            (&["乙", "二", "x"], true),
        ];
        let expected = [[2, 2, 1], [0, 0, 1], [2, 1, 1], [0, 1, 1], [1, 1, 1]];
        assert_eq!(spans(&table(rows, 3)), expected.map(|row| row.to_vec()));
        assert!(spans(&table(rows, 0)).concat().iter().all(|&span| span == 1));
    }

    #[test]
    fn the_outline_skips_no_level() {
        let mut depth = Depth::under(0);
        assert_eq!([1, 3, 4, 2, 1].map(|level| depth.next(level)), [1, 2, 3, 2, 1]);
        let mut below = Depth::under(1);
        assert_eq!([2, 1].map(|level| below.next(level)), [2, 2]);
    }
}
