//! Tables.

use docx_rs::{
    AlignmentType, HeightRule, Paragraph, Table, TableCell, TableCellMargins, TableLayoutType, TableRow, VAlignType,
    VMergeType, WidthType,
};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Body, LINE, run};
use crate::compose::{CellView, ColumnView, RowView, TableView};
use crate::export::walk::spans;

/// What tables of normal and small type are set by.
#[derive(Clone, Copy)]
struct Type {
    cell: &'static str,
    head: &'static str,
    /// An em in twips.
    em: i32,
}

const NORMAL: Type = Type { cell: "Cell", head: "CellHead", em: 240 };
const SMALL: Type = Type { cell: "SmallCell", head: "SmallCellHead", em: 210 };

impl Body<'_> {
    pub(super) fn table(&mut self, table: &TableView) {
        if let Some(caption) = &table.caption {
            self.paragraph(Paragraph::new().style("Caption").add_run(run(caption)));
        }
        if let Some(unit) = &table.unit {
            self.paragraph(Paragraph::new().style("TableUnit").add_run(run(unit)));
        }
        let kind = if table.size == "small" { SMALL } else { NORMAL };
        let widths = widths(&table.columns, self.section.kind.width());
        let mut rows: Vec<TableRow> = table.header.iter().map(|row| head(row, &widths, kind)).collect();
        let spans = spans(table);
        rows.extend(table.rows.iter().zip(&spans).map(|(row, spans)| body_row(row, spans, table, &widths, kind)));
        let inset = usize::try_from(kind.em * 2 / 5).unwrap_or_default();
        let margins = TableCellMargins::new().margin(20, inset, 20, inset);
        let full: usize = widths.iter().sum();
        let whole = Table::new(rows)
            .set_grid(widths)
            .width(full, WidthType::Dxa)
            .layout(TableLayoutType::Fixed)
            .margins(margins);
        self.add(|docx| docx.add_table(whole));
        if let Some(note) = &table.note {
            self.paragraph(Paragraph::new().style("Note").add_run(run(note)));
        }
    }
}

/// The columns' widths in twips. The templates share out what is left of fixed widths; those of reports are all shares.
fn widths(columns: &[ColumnView], full: u32) -> Vec<usize> {
    let share = |column: &ColumnView| {
        let share = column.width.strip_suffix("fr").and_then(|share| share.parse::<Decimal>().ok());
        share.filter(|share| *share > Decimal::ZERO).unwrap_or(Decimal::ONE)
    };
    let all: Decimal = columns.iter().map(share).fold(Decimal::ZERO, Decimal::saturating_add);
    let width = |column: &ColumnView| {
        let width = share(column).checked_mul(Decimal::from(full)).and_then(|width| width.checked_div(all));
        width.and_then(|width| width.trunc().to_usize()).unwrap_or(1)
    };
    columns.iter().map(width).collect()
}

/// A row of the head, which stands again on every page: [`super::finish`] knows it by its having no height.
fn head(row: &[CellView], widths: &[usize], kind: Type) -> TableRow {
    let mut column = 0;
    let cell = |one: &CellView| {
        let paragraph = Paragraph::new().style(kind.head).add_run(run(&one.text));
        place(one, &mut column, widths).add_paragraph(paragraph)
    };
    TableRow::new(row.iter().map(cell).collect()).cant_split()
}

fn body_row(row: &RowView, spans: &[usize], table: &TableView, widths: &[usize], kind: Type) -> TableRow {
    let mut column = 0;
    let mut cells = Vec::new();
    for (one, span) in row.cells.iter().zip(spans) {
        let align = table.columns.get(column).map_or("left", |column| column.align);
        let cell = place(one, &mut column, widths);
        cells.push(match span {
            0 => cell.vertical_merge(VMergeType::Continue).add_paragraph(Paragraph::new().style(kind.cell)),
            1 => cell.add_paragraph(content(one, row.total, align, kind)),
            _ => cell.vertical_merge(VMergeType::Restart).add_paragraph(content(one, row.total, align, kind)),
        });
    }
    TableRow::new(cells).cant_split().row_height(f32::from(LINE)).height_rule(HeightRule::AtLeast)
}

/// A cell at its columns, which are counted on.
fn place(one: &CellView, column: &mut usize, widths: &[usize]) -> TableCell {
    let span = one.colspan.max(1);
    let width: usize = widths.iter().skip(*column).take(span).sum();
    *column += span;
    let cell = TableCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Center);
    if span > 1 { cell.grid_span(span) } else { cell }
}

/// What stands in a cell. Points of numbers line up by a right indent of the digits that a number lacks, half an em each:
/// nothing is in the text that is not on the page.
fn content(one: &CellView, total: bool, align: &str, kind: Type) -> Paragraph {
    let numbers = matches!(align, "decimal" | "right");
    // Names in lines with sums are in the face of heads; numbers keep that of the numbers above them.
    let text = if total && !numbers { run(&one.text).style("Strong") } else { run(&one.text) };
    let paragraph = Paragraph::new().style(kind.cell).add_run(text);
    let paragraph = match align {
        "center" => paragraph.align(AlignmentType::Center),
        "decimal" | "right" => paragraph.align(AlignmentType::Right),
        _ => paragraph,
    };
    let lacking = i32::try_from(one.pad.chars().count()).unwrap_or_default();
    match (i32::from(one.indent) * kind.em, lacking * kind.em / 2) {
        (0, 0) => paragraph,
        (left, right) => paragraph.indent(Some(left), None, Some(right), None),
    }
}
