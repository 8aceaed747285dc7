//! Tables: cells filled in, columns aligned, widths set.

use super::inline::Filler;
use super::view::{CellView, ColumnView, RowView, TableView};
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{Align, Orientation, Row, TableSpec};
use crate::source::{Place, Spanned};

/// What stands in a cell of a standard table whose figure is not given.
const NOT_GIVEN: &str = "—";

/// How a table is to be filled in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// Its number in the report, from 1.
    pub(super) number: usize,
    /// Whether it is a standard table: rows without any figure fall away, a figure that is not given leaves a dash.
    pub(super) standard: bool,
    /// Where it is asked for, for findings of tables that stand in no file of the user's.
    pub(super) place: Option<Place>,
}

/// Fills a table in.
pub(super) fn table(filler: &Filler<'_>, spec: &TableSpec, frame: Frame, findings: &mut Vec<Diagnostic>) -> TableView {
    let caption =
        spec.caption.as_ref().map(|caption| format!("表{}\u{3000}{}", frame.number, filler.plain(caption, findings)));
    let mut rows: Vec<RowView> = Vec::new();
    let mut numeric = vec![false; spec.columns.len()];
    for row in &spec.rows {
        if row.value.cells.len() != spec.columns.len() {
            findings.push(uneven(row, spec.columns.len(), frame.place));
        }
        rows.extend(fill_row(filler, &row.value, frame, &mut numeric, findings));
    }
    for row in &mut rows {
        row.cells.resize_with(spec.columns.len(), || CellView::new(""));
    }
    let columns = columns(spec, &numeric);
    pad_fractions(&mut rows, &columns);
    TableView {
        id: format!("table-{}", frame.number),
        caption,
        unit: spec.unit.as_ref().map(|unit| format!("单位：{unit}")),
        size: "normal",
        landscape: spec.orientation == Orientation::Landscape,
        columns,
        header: vec![spec.columns.iter().map(|c| CellView::new(filler.plain(&c.name, findings))).collect()],
        rows,
        merge: 0,
        note: spec.note.as_ref().map(|note| format!("注：{}", filler.plain(note, findings))),
    }
}

fn fill_row(
    filler: &Filler<'_>,
    row: &Row,
    frame: Frame,
    numeric: &mut [bool],
    findings: &mut Vec<Diagnostic>,
) -> Option<RowView> {
    let mut any_figure = false;
    let mut any_value = false;
    let mut cells = Vec::new();
    for (i, cell) in row.cells.iter().enumerate().take(numeric.len()) {
        let text = &cell.0;
        let Some(expression) = text.value.strip_prefix('=').or_else(|| text.value.strip_prefix('＝')) else {
            cells.push(CellView::new(filler.plain(text, findings)));
            continue;
        };
        any_figure = true;
        numeric[i] = true;
        let value = filler.evaluate(expression, expression_place(filler, text, expression), frame.standard, findings);
        any_value |= value.is_some();
        cells.push(CellView::new(value.unwrap_or_else(|| NOT_GIVEN.to_owned())));
    }
    if let Some(first) = cells.first_mut() {
        first.indent = row.indent;
    }
    (!frame.standard || !any_figure || any_value).then_some(RowView { cells, total: row.total })
}

fn expression_place(filler: &Filler<'_>, text: &Spanned<String>, expression: &str) -> Option<Place> {
    let place = text.place?;
    let wanted = expression.trim();
    let offset = filler.sources.slice(place).find(wanted);
    Some(offset.map_or(place, |offset| place.part(offset, wanted.len())))
}

fn uneven(row: &Spanned<Row>, columns: usize, place: Option<Place>) -> Diagnostic {
    let text = format!("这一行有 {} 格，表有 {columns} 列", row.value.cells.len());
    let finding = Diagnostic::new(Code::JB5002, text).hint("没有内容的格写成空的引号 ''");
    match row.place.or(place) {
        Some(place) => finding.at(place),
        None => finding,
    }
}

/// Columns of figures are aligned on the point; the first column stands left and is wider; the rest is centred.
fn columns(spec: &TableSpec, numeric: &[bool]) -> Vec<ColumnView> {
    spec.columns
        .iter()
        .enumerate()
        .map(|(i, column)| {
            let align = match column.align {
                Some(Align::Left) => "left",
                Some(Align::Right) => "right",
                Some(Align::Decimal) => "decimal",
                None if numeric[i] => "decimal",
                None if i == 0 => "left",
                Some(Align::Center) | None => "center",
            };
            let share =
                column.width.map_or_else(|| if i == 0 { "2".to_owned() } else { "1".to_owned() }, |w| w.0.to_string());
            ColumnView { width: format!("{share}fr"), align }
        })
        .collect()
}

/// Gives each number what its fraction lacks to the longest of its column, so that the points stand in one line.
fn pad_fractions(rows: &mut [RowView], columns: &[ColumnView]) {
    for (i, _) in columns.iter().enumerate().filter(|(_, column)| column.align == "decimal") {
        let longest = rows.iter().filter_map(|row| fraction(&row.cells[i].text)).max().unwrap_or(0);
        for row in rows.iter_mut() {
            let cell = &mut row.cells[i];
            let Some(own) = fraction(&cell.text) else { continue };
            let point = if own == 0 && longest > 0 { "." } else { "" };
            cell.pad = format!("{point}{}", "0".repeat(longest - own));
        }
    }
}

/// The digits behind the point of a number; none for any other text.
fn fraction(text: &str) -> Option<usize> {
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
        let row = |text: &str| RowView { cells: vec![CellView::new(text)], total: false };
        let mut rows = vec![row("539.814"), row("20"), row("4.9"), row("—"), row("\u{2212}5.61")];
        pad_fractions(&mut rows, &column());
        let pads: Vec<&str> = rows.iter().map(|r| r.cells[0].pad.as_str()).collect();
        assert_eq!(pads, ["", ".000", "00", "", "0"]);
    }
}
