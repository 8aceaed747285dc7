//! The form: merged cells as on the page; subtotals, total, coefficients and the grade are formulas.

use std::ops::Range;

use rust_decimal::Decimal;
use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Formula, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::super::{A4, Cell, put};
use super::ScoreBook;
use super::formulas::{look_up, quoted, sum};
use crate::compose::{CellView, RowView, TableView};
use crate::export::walk::spans;
use crate::profile::{SheetColumn, SheetContent};
use crate::scoring::{SCORE_PLACES, ScoreRow};

/// The row of the head, under the title.
const HEAD: u32 = 1;
/// How wide the form is, in digits.
const WIDTH: u32 = 130;
/// The height of a line of text, in points.
const LINE: u32 = 16;

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, book: &ScoreBook<'_>) -> Result<(), XlsxError> {
    let last = u16::try_from(book.card.columns.len().saturating_sub(1)).unwrap_or(0);
    set_up(sheet, &book.card.columns)?;
    let title = Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center);
    span(sheet, 0, 0, last, &book.title, &title)?;
    let first = head(sheet, book.table)?;
    let form = Form { book, first, spans: spans(book.table) };
    form.rows(sheet)?;
    let under = first + rows(book.table.rows.len());
    if let Some(note) = &book.table.note {
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        span(sheet, under, 0, last, note, &wrapped)?;
        let lines = u32::try_from(note.width()).unwrap_or(0).div_ceil(WIDTH).max(1);
        sheet.set_row_height(under, lines * LINE)?;
    }
    Ok(())
}

/// Prints on A4 lying on its side, as wide as a page, with the head on each.
fn set_up(sheet: &mut Worksheet, columns: &[SheetColumn]) -> Result<(), XlsxError> {
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3).set_footer("&C— &P —").set_repeat_rows(HEAD, HEAD)?;
    for (width, at) in widths(columns).into_iter().zip(0..) {
        sheet.set_column_width(at, width)?;
    }
    Ok(())
}

/// How wide each column is, in digits.
fn widths(columns: &[SheetColumn]) -> Vec<u32> {
    let whole = columns.iter().map(|column| column.width.0).fold(Decimal::ZERO, Decimal::saturating_add);
    let width = |column: &SheetColumn| {
        let share = column.width.0.saturating_mul(WIDTH.into()).checked_div(whole);
        share.and_then(|share| u32::try_from(share.round()).ok()).unwrap_or(10).clamp(6, 60)
    };
    columns.iter().map(width).collect()
}

/// The head; returns the row under it.
fn head(sheet: &mut Worksheet, table: &TableView) -> Result<u32, XlsxError> {
    let bold = bordered().set_bold().set_align(FormatAlign::Center).set_text_wrap();
    for (cells, row) in table.header.iter().zip(HEAD..) {
        let mut at = 0;
        for cell in cells {
            at = self::cell(sheet, row, at, cell, &bold)?;
        }
    }
    Ok(HEAD + rows(table.header.len()))
}

/// A text over as many columns as it spans; returns the column behind it.
fn cell(sheet: &mut Worksheet, row: u32, at: u16, cell: &CellView, format: &Format) -> Result<u16, XlsxError> {
    let next = at + u16::try_from(cell.colspan.max(1)).unwrap_or(1);
    span(sheet, row, at, next - 1, &cell.text, format)?;
    Ok(next)
}

fn span(sheet: &mut Worksheet, row: u32, from: u16, to: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    if from < to {
        sheet.merge_range(row, from, row, to, text, format)?;
    } else {
        sheet.write_string_with_format(row, from, text, format)?;
    }
    Ok(())
}

/// What a row of the form is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Line<'a> {
    /// An indicator.
    Indicator(&'a ScoreRow),
    /// The sum of these rows of the form.
    Subtotal(Range<u32>, Decimal, Decimal),
    /// 总分.
    Total,
}

struct Form<'a> {
    book: &'a ScoreBook<'a>,
    /// The row of the first indicator.
    first: u32,
    /// How many rows each cell reaches over.
    spans: Vec<Vec<usize>>,
}

impl Form<'_> {
    fn rows(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let lines = self.lines();
        let widths = widths(&self.book.card.columns);
        for (((view, line), row), i) in self.book.table.rows.iter().zip(&lines).zip(self.first..).zip(0..) {
            self.row(sheet, view, line, &lines, row)?;
            sheet.set_row_height(row, self.height(i, &widths) * LINE)?;
        }
        self.merge_levels(sheet)
    }

    /// How many lines of text a row needs: not every program counts them itself.
    fn height(&self, row: usize, widths: &[u32]) -> u32 {
        let Some(cells) = self.book.table.rows.get(row).filter(|row| !row.total).map(|row| &row.cells) else {
            return 1;
        };
        let lines = |(i, (cell, width)): (usize, (&CellView, &u32))| {
            let lines = u32::try_from(cell.text.width()).unwrap_or(0).div_ceil(width.saturating_sub(1).max(1));
            // A name that stands over several rows has the room of them all.
            let above = self.spans.iter().take(row + 1).rev().filter_map(|row| row.get(i));
            let span = above.copied().find(|&span| span > 0).unwrap_or(1);
            lines.div_ceil(rows(span).max(1))
        };
        cells.iter().zip(widths).enumerate().map(lines).max().unwrap_or(1).max(1)
    }

    /// The rows of the form in print order, as `compose` lays them out.
    fn lines(&self) -> Vec<Line<'_>> {
        let card = self.book.card;
        let mut lines = Vec::new();
        for group in card.rows.chunk_by(|a, b| a.level1 == b.level1) {
            let from = self.first + rows(lines.len());
            lines.extend(group.iter().map(Line::Indicator));
            if card.subtotals {
                let sum = |value: fn(&ScoreRow) -> Decimal| {
                    group.iter().map(value).fold(Decimal::ZERO, Decimal::saturating_add)
                };
                let to = self.first + rows(lines.len());
                lines.push(Line::Subtotal(from..to, sum(|row| row.weight), sum(|row| row.score)));
            }
        }
        lines.push(Line::Total);
        lines
    }

    fn row(
        &self,
        sheet: &mut Worksheet,
        view: &RowView,
        line: &Line<'_>,
        lines: &[Line<'_>],
        row: u32,
    ) -> Result<(), XlsxError> {
        let mut at = 0;
        for shown in &view.cells {
            let format = self.format(at, view.total);
            let next = cell(sheet, row, at, shown, &format)?;
            match self.cell(at, row, line, lines) {
                Some(Cell::Text(_)) | None => self.grade(sheet, row, at, line, shown, &format)?,
                Some(computed) => put(sheet, row, at, &computed, &format)?,
            }
            at = next;
        }
        Ok(())
    }

    /// What stands in a column of numbers, as a number or formula; none where the text stands as it is printed.
    fn cell(&self, at: u16, row: u32, line: &Line<'_>, lines: &[Line<'_>]) -> Option<Cell> {
        let content = self.book.card.columns.get(usize::from(at))?.content;
        match (line, content) {
            (Line::Indicator(score), _) if score.inapplicable => None,
            (Line::Indicator(score), SheetContent::Weight) => Some(Cell::Number(score.weight)),
            (Line::Indicator(score), SheetContent::Score) => Some(Cell::Number(score.score)),
            (Line::Indicator(score), SheetContent::Coefficient) => self.coefficient(score, row),
            (Line::Subtotal(rows, weight, _), SheetContent::Weight) => {
                Some(sum(at, std::slice::from_ref(rows), *weight))
            }
            (Line::Subtotal(rows, _, score), SheetContent::Score) => Some(sum(at, std::slice::from_ref(rows), *score)),
            (Line::Total, SheetContent::Weight) => Some(sum(at, &self.summed(lines), self.book.card.full)),
            (Line::Total, SheetContent::Score) => Some(sum(at, &self.summed(lines), self.book.card.total)),
            _ => None,
        }
    }

    /// The rows that the total adds up: the subtotals, or all indicators where there are none.
    fn summed(&self, lines: &[Line<'_>]) -> Vec<Range<u32>> {
        let indicators = self.first..self.first + rows(lines.len().saturating_sub(1));
        let subtotals: Vec<Range<u32>> = lines
            .iter()
            .zip(self.first..)
            .filter(|(line, _)| matches!(line, Line::Subtotal(..)))
            .map(|(_, row)| row..row + 1)
            .collect();
        if subtotals.is_empty() { vec![indicators] } else { subtotals }
    }

    /// 系数: as people gave it, else the score in per cent of the weight.
    fn coefficient(&self, score: &ScoreRow, row: u32) -> Option<Cell> {
        let value = score.coefficient()?;
        let cell = |content| Some(row_col_to_cell(row, self.column(content)?));
        if score.given_coefficient.is_some() {
            return Some(Cell::Number(value));
        }
        let (weight, scored) = (cell(SheetContent::Weight), cell(SheetContent::Score));
        Some(match weight.zip(scored) {
            Some((weight, scored)) => Cell::Formula(format!("=ROUND({scored}/{weight}*100,{SCORE_PLACES})"), value),
            None => Cell::Number(value),
        })
    }

    fn column(&self, wanted: SheetContent) -> Option<u16> {
        let at = self.book.card.columns.iter().position(|column| column.content == wanted)?;
        u16::try_from(at).ok()
    }

    /// Where the cell of the total's line names the grade: the same text, with the grade looked up.
    fn grade(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        at: u16,
        line: &Line<'_>,
        shown: &CellView,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let (Line::Total, Some(grade), Some(score)) = (line, &self.book.card.grade, self.column(SheetContent::Score))
        else {
            return Ok(());
        };
        let Some((before, after)) = shown.text.split_once(&format!("等级：{grade}")) else { return Ok(()) };
        let Some(found) = look_up(self.book.bands, &row_col_to_cell(row, score)) else { return Ok(()) };
        let after = if after.is_empty() { String::new() } else { format!("&{}", quoted(after)) };
        let formula = format!("={}&{found}{after}", quoted(&format!("{before}等级：")));
        let formula = Formula::new(formula).set_result(shown.text.as_str());
        sheet.write_formula_with_format(row, at, formula, format)?;
        Ok(())
    }

    fn format(&self, at: u16, total: bool) -> Format {
        let aligns = self.book.table.columns.get(usize::from(at)).map(|column| column.align);
        let align = match aligns {
            Some("left") => FormatAlign::Left,
            Some("right" | "decimal") => FormatAlign::Right,
            _ => FormatAlign::Center,
        };
        let format = bordered().set_text_wrap().set_align(align);
        if total { format.set_bold() } else { format }
    }

    /// Merges equal names of levels that stand under each other.
    fn merge_levels(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let table = self.book.table;
        let format = bordered().set_text_wrap().set_align(FormatAlign::Center);
        for (column, at) in (0..table.merge).zip(0u16..) {
            for ((view, spans), row) in table.rows.iter().zip(&self.spans).zip(self.first..) {
                let Some((cell, &span)) = view.cells.get(column).zip(spans.get(column)) else { continue };
                if span > 1 {
                    sheet.merge_range(row, at, row + rows(span) - 1, at, &cell.text, &format)?;
                }
            }
        }
        Ok(())
    }
}

fn rows(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX / 4)
}

fn bordered() -> Format {
    Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter)
}
