//! The sheet as the form prints it: title, head, a row a unit, totals, notes. Sums, rates and ranks are formulas.

use rust_xlsxwriter::utility::{column_number_to_name, row_col_to_cell};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::{A4, Cell, finite, float, put};
use crate::county::{Column, Counts, Kind, Line, MARK, NONE, Summary, count_line, head, shares};
use crate::figures::{Amount, Unit};

/// The row of the head, under the title and the line with the counts.
const HEAD: u32 = 2;
/// The row of the first unit.
const FIRST: u32 = HEAD + 1;
/// The columns before the main figures: 名次, 单位.
const BEFORE: u16 = 2;
/// How wide a column of numbers is, in digits.
const NUMBER_WIDTH: u32 = 12;
/// How wide the column of units is at the least and at the most, in digits.
const NAME_WIDTHS: std::ops::RangeInclusive<usize> = 16..=44;
/// The height of a line of text, in points.
const LINE: u32 = 16;

/// Writes the sheet, with these notes under it.
pub(super) fn write(sheet: &mut Worksheet, summary: &Summary, notes: &[String]) -> Result<(), XlsxError> {
    let form = Form::new(summary);
    let last = form.score + 4;
    set_up(sheet, summary, &form)?;
    let plain = Format::new();
    let title = plain.clone().set_bold().set_font_size(16).set_align(FormatAlign::Center);
    sheet.merge_range(0, 0, 0, last, &summary.title.replace('/', ""), &title)?;
    put(sheet, 1, 0, &Cell::text(count_line(summary)), &plain)?;
    let unit = Cell::text(format!("单位：{}", summary.money.name()));
    put(sheet, 1, last, &unit, &plain.clone().set_align(FormatAlign::Right))?;
    form.head(sheet)?;
    for (line, row) in summary.lines.iter().zip(FIRST..) {
        form.line(sheet, line, row)?;
    }
    let under = form.last_lines(sheet)?;
    let wrapped = plain.set_text_wrap().set_align(FormatAlign::Top);
    for (note, row) in notes.iter().zip(under..) {
        sheet.merge_range(row, 0, row, last, note, &wrapped)?;
        let lines = u32::try_from(note.width()).unwrap_or(0).div_ceil(form.width).max(1);
        sheet.set_row_height(row, lines * LINE)?;
    }
    Ok(())
}

/// Prints on A4 lying on its side, as wide as a page, with the head on each.
fn set_up(sheet: &mut Worksheet, summary: &Summary, form: &Form<'_>) -> Result<(), XlsxError> {
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3).set_footer("&C— &P —").set_repeat_rows(HEAD, HEAD)?;
    sheet.set_freeze_panes(FIRST, BEFORE)?;
    let longest = summary.lines.iter().map(|line| line.unit.name.width()).max().unwrap_or(0) + 2;
    let name = u32::try_from(longest.clamp(*NAME_WIDTHS.start(), *NAME_WIDTHS.end())).unwrap_or(NUMBER_WIDTH);
    sheet.set_column_width(0, 6)?.set_column_width(1, name)?;
    if form.score > BEFORE {
        sheet.set_column_range_width(BEFORE, form.score - 1, NUMBER_WIDTH)?;
    }
    sheet.set_column_range_width(form.score, form.score + 4, 8)?;
    Ok(())
}

struct Form<'a> {
    summary: &'a Summary,
    /// The column of scores, behind the main figures; grade and counts follow it.
    score: u16,
    /// How many lines count in totals, and how many are ranked.
    counted: u32,
    ranked: u32,
    /// How many digits the table is wide, more or less.
    width: u32,
}

impl<'a> Form<'a> {
    fn new(summary: &'a Summary) -> Self {
        let figures = u16::try_from(summary.columns.len()).unwrap_or(u16::MAX / 2);
        let count = |lines: &[Line]| u32::try_from(lines.len()).unwrap_or(0);
        Self {
            summary,
            score: BEFORE + figures,
            counted: count(summary.counted()),
            ranked: count(summary.ranked()),
            width: 70 + NUMBER_WIDTH * u32::from(figures),
        }
    }

    fn head(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let bold = bordered().set_bold().set_align(FormatAlign::Center).set_text_wrap();
        let figures = self.summary.columns.iter().map(|column| match column.kind {
            // Its cells say % themselves.
            Kind::Share { .. } => column.name.clone(),
            _ => head(column),
        });
        let first = ["名次", "单位"].map(str::to_owned);
        let last = ["得分", "等级", "错误", "警告", "已知差异"].map(str::to_owned);
        for (name, at) in first.into_iter().chain(figures).chain(last).zip(0..) {
            put(sheet, HEAD, at, &Cell::Text(name), &bold)?;
        }
        Ok(())
    }

    fn line(&self, sheet: &mut Worksheet, line: &Line, row: u32) -> Result<(), XlsxError> {
        let middle = bordered().set_align(FormatAlign::Center);
        let mark = if line.counts() { "" } else { MARK };
        put(sheet, row, 0, &self.rank(line, row), &middle)?;
        put(sheet, row, 1, &Cell::text(line.unit.name.as_str()), &bordered().set_text_wrap())?;
        for ((column, value), at) in self.summary.columns.iter().zip(&line.values).zip(BEFORE..) {
            let cell = value.as_ref().map_or(Cell::text(NONE), |value| self.value(column, value, row));
            put(sheet, row, at, &cell, &number(mark, column))?;
        }
        let score = line.unit.score.as_ref();
        let total = score.map_or(Cell::text(NONE), |score| Cell::Number(score.total));
        put(sheet, row, self.score, &total, &numbers(mark, "0.00"))?;
        let grade = score.and_then(|score| score.grade.as_ref());
        let grade = grade.map_or_else(|| NONE.to_owned(), |grade| format!("{mark}{grade}"));
        put(sheet, row, self.score + 1, &Cell::Text(grade), &middle)?;
        let Counts { errors, warnings, known } = line.unit.counts;
        for (count, at) in [errors, warnings, known].into_iter().zip(self.score + 2..) {
            put(sheet, row, at, &Cell::count(count), &middle)?;
        }
        Ok(())
    }

    fn rank(&self, line: &Line, row: u32) -> Cell {
        let Some(rank) = line.rank.and_then(|rank| u64::try_from(rank).ok()) else { return Cell::text(NONE) };
        let (score, scores) = (row_col_to_cell(row, self.score), range(self.score, self.ranked, true));
        Cell::Formula(format!("=RANK({score},{scores})"), rank.into())
    }

    /// A value; of a share that this sheet can compute, the formula.
    fn value(&self, column: &Column, value: &Amount, row: u32) -> Cell {
        let Some(ratio) = share_of(column, value) else { return Cell::Number(finite(value)) };
        match self.quotient(column, row, true) {
            Some(formula) => Cell::Formula(formula, ratio.value),
            None => Cell::Number(finite(&ratio)),
        }
    }

    /// The formula of a share in a row; none where the cells that it is of hold no numbers.
    fn quotient(&self, share: &Column, row: u32, of_unit: bool) -> Option<String> {
        let (part, whole) = shares(&self.summary.columns, share)?;
        let numeric = |at: usize| {
            let line = self.summary.lines.get(usize::try_from(row.checked_sub(FIRST)?).ok()?);
            let values = if of_unit { &line?.values } else { &self.summary.totals.values };
            float(values.get(at)?.as_ref()?.value)
        };
        numeric(part)?;
        numeric(whole)?;
        let cell = |at: usize| Some(row_col_to_cell(row, BEFORE + u16::try_from(at).ok()?));
        Some(format!("={}/{}", cell(part)?, cell(whole)?))
    }

    /// 合计 and 平均; returns the row under them.
    fn last_lines(&self, sheet: &mut Worksheet) -> Result<u32, XlsxError> {
        let total = FIRST + u32::try_from(self.summary.lines.len()).unwrap_or(0);
        let bold = bordered().set_bold().set_align(FormatAlign::Center);
        for (name, row) in [("合计", total), ("平均", total + 1)] {
            for at in 0..=self.score + 4 {
                sheet.write_blank(row, at, &bordered())?;
            }
            sheet.merge_range(row, 0, row, 1, name, &bold)?;
        }
        for ((column, value), at) in self.summary.columns.iter().zip(&self.summary.totals.values).zip(BEFORE..) {
            let cell = value.as_ref().map_or(Cell::text(NONE), |value| self.total(column, value, at, total));
            put(sheet, total, at, &cell, &number("", column))?;
        }
        if let Some(average) = self.summary.totals.average {
            let formula = format!("=ROUND(AVERAGE({}),2)", range(self.score, self.ranked, false));
            put(sheet, total + 1, self.score, &Cell::Formula(formula, average), &numbers("", "0.00"))?;
        }
        Ok(total + 2)
    }

    fn total(&self, column: &Column, value: &Amount, at: u16, row: u32) -> Cell {
        if let Some(ratio) = share_of(column, value) {
            let formula = self.quotient(column, row, false);
            return formula.map_or(Cell::Number(finite(&ratio)), |formula| Cell::Formula(formula, ratio.value));
        }
        // A sum in the sheet passes over numbers that are text.
        let values =
            self.summary.counted().iter().filter_map(|line| line.values.get(usize::from(at - BEFORE))?.as_ref());
        let numeric = values.chain([value]).all(|value| float(value.value).is_some());
        if !numeric {
            return Cell::Number(value.value);
        }
        Cell::Formula(format!("=SUM({})", range(at, self.counted, false)), value.value)
    }
}

/// The first so many lines of a column.
fn range(column: u16, lines: u32, fixed: bool) -> String {
    let (name, dollar) = (column_number_to_name(column), if fixed { "$" } else { "" });
    // Rows are counted from 0 here and from 1 in a formula.
    let (first, last) = (FIRST + 1, FIRST + lines);
    format!("{name}{dollar}{first}:{name}{dollar}{last}")
}

/// A share as the ratio that a spreadsheet shows in per cent; none for any other column.
fn share_of(column: &Column, value: &Amount) -> Option<Amount> {
    matches!(column.kind, Kind::Share { .. }).then(|| value.converted(&Unit::Ratio)).flatten()
}

fn bordered() -> Format {
    Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter)
}

/// The format of a column of main figures, behind a mark.
fn number(mark: &str, column: &Column) -> Format {
    let places = usize::try_from(column.places).unwrap_or(0);
    let point = if places > 0 { format!(".{}", "0".repeat(places)) } else { String::new() };
    match column.kind {
        Kind::Share { .. } => numbers(mark, &format!("0{point}%")),
        Kind::Money => numbers(mark, &format!("#,##0{point}")),
        Kind::Other(_) => numbers(mark, &format!("0{point}")),
    }
}

/// The mark stands in the format: the cell holds the number.
fn numbers(mark: &str, format: &str) -> Format {
    let format = if mark.is_empty() { format.to_owned() } else { format!("\"{mark}\"{format}") };
    bordered().set_num_format(format).set_align(FormatAlign::Right)
}
