//! How much a carried report may hold: what anybody can put into a PDF must not take all of a machine's memory.

use crate::compose::{BlockView, ReportView};

/// Cells of all tables. A report of a thousand pages of tables has fewer.
const CELLS: usize = 200_000;

/// Bytes of all that is laid out, with what says how.
const BYTES: usize = 24_000_000;

/// Whether a report is more than is laid out to compare it.
pub(super) fn is_too_much(view: &ReportView) -> bool {
    let blocks = view.body.iter().chain(view.attachments.iter().flat_map(|attachment| &attachment.blocks));
    cells(blocks) > CELLS || bytes(view) > BYTES
}

fn cells<'v>(blocks: impl Iterator<Item = &'v BlockView>) -> usize {
    let of = |block: &BlockView| match block {
        BlockView::Table(table) => table.rows.iter().map(|row| row.cells.len()).sum(),
        _ => 0,
    };
    blocks.map(of).sum()
}

/// The size of the data that templates read; all there are where they cannot be written.
fn bytes(view: &ReportView) -> usize {
    serde_json::to_vec(view).map_or(usize::MAX, |data| data.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::{CellView, Inline, RowView};

    fn table(rows: usize, columns: usize) -> BlockView {
        let row = || RowView { cells: vec![CellView::new("1"); columns], total: false, place: None };
        BlockView::Table(crate::compose::TableView {
            id: String::new(),
            caption: None,
            marks: Vec::new(),
            unit: None,
            size: "normal",
            landscape: false,
            columns: Vec::new(),
            header: Vec::new(),
            rows: std::iter::repeat_with(row).take(rows).collect(),
            merge: 0,
            note: None,
            note_marks: Vec::new(),
        })
    }

    #[test]
    fn the_cells_of_all_tables_count() {
        let text = BlockView::Paragraph { text: vec![Inline::Text("甲".to_owned())], indent: true };
        let blocks = [table(3, 4), text, table(2, 5)];
        assert_eq!(cells(blocks.iter()), 22);
    }
}
