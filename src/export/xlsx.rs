//! Workbooks: the summary of a county, the score sheet of a report, its figures; each as the form prints it, with live
//! formulas, and the exact values.
//!
//! The library takes binary floats. [`float`] is the only place where a number becomes one, and only where its digits
//! survive it; any other number is written as text, so that no reader is shown digits that nobody reported. The results of
//! formulas are kept with them as the exact decimals that this program computed.

mod data;
mod figures;
mod form;
mod scores;
mod sums;

pub use figures::figures_xlsx;
pub use scores::{ScoreBook, ScoreData, scores_xlsx};

use rust_decimal::{Decimal, RoundingStrategy};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};

use crate::compose::DateView;
use crate::county::{Summary, notes};
use crate::figures::Amount;

/// The sheet as the form prints it.
const FORM: &str = "汇总";
/// The sheet of exact values.
const DATA: &str = "数据";
/// The paper size A4, as the file format counts them.
const A4: u8 = 9;
/// The digits that every spreadsheet keeps, counted from the first that is not 0.
const DIGITS_KEPT: u32 = 15;

/// The workbook. It is dated by the summary and not by a clock, so that the same input gives the same bytes.
///
/// # Errors
/// What the library refuses, such as more rows than a sheet holds.
pub fn summary_xlsx(summary: &Summary) -> Result<Vec<u8>, String> {
    workbook(summary).map_err(|error| format!("电子表写不成：{error}"))
}

fn workbook(summary: &Summary) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&summary.title, summary.date)?);
    form::write(workbook.add_worksheet().set_name(FORM)?, summary, &notes(summary))?;
    data::write(workbook.add_worksheet().set_name(DATA)?, summary)?;
    workbook.save_to_buffer()
}

/// The title without its line breaks, and the date: a workbook is dated by its contents and not by a clock.
fn properties(title: &str, date: DateView) -> Result<DocProperties, XlsxError> {
    // The file format knows no date before 1900.
    let year = u16::try_from(date.year).unwrap_or_default().max(1900);
    let date = ExcelDateTime::from_ymd(year, date.month, date.day)?;
    Ok(DocProperties::new().set_title(title.replace('/', "")).set_creation_datetime(&date))
}

/// The head of a sheet that is a plain list, its columns, and how it prints.
fn set_up_list(sheet: &mut Worksheet, head: &[&str], widths: &[u32]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for ((name, width), at) in head.iter().zip(widths).zip(0..) {
        put(sheet, 0, at, &Cell::text(*name), &bold)?;
        sheet.set_column_width(at, *width)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    let sheet = sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_footer("&C— &P —").set_repeat_rows(0, 0)?;
    Ok(())
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Cell {
    Text(String),
    Number(Decimal),
    /// A formula and its exact result.
    Formula(String, Decimal),
}

impl Cell {
    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A count.
    fn count(count: usize) -> Self {
        u64::try_from(count).map_or_else(|_| Self::text(count.to_string()), |count| Self::Number(count.into()))
    }

    /// With a mark that the format of numbers has already: a number that has to be written as text gets none from there.
    fn marked(self, mark: &str) -> Self {
        match self {
            Self::Number(value) if float(value).is_none() => Self::Text(format!("{mark}{}", plain(value))),
            other => other,
        }
    }
}

/// The binary float of these digits, where it has no other ones.
fn float(value: Decimal) -> Option<f64> {
    let text = plain(value);
    let significant = text.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
    let number: f64 = text.parse().ok()?;
    (u32::try_from(significant).is_ok_and(|digits| digits <= DIGITS_KEPT) && number.to_string() == text)
        .then_some(number)
}

/// A value to be put down as a number: a quotient without an end is rounded half up to the digits that a cell holds.
fn finite(value: &Amount) -> Decimal {
    let rounded = || value.value.round_sf_with_strategy(DIGITS_KEPT, RoundingStrategy::MidpointAwayFromZero);
    if value.endless { rounded().unwrap_or(value.value) } else { value.value }
}

/// The digits without trailing zeros.
fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, format: &Format) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => sheet.write_string_with_format(row, column, text, format)?,
        Cell::Number(value) => match float(*value) {
            Some(number) => sheet.write_number_with_format(row, column, number, format)?,
            None => sheet.write_string_with_format(row, column, plain(*value), format)?,
        },
        Cell::Formula(formula, result) => {
            let formula = Formula::new(formula).set_result(plain(*result));
            sheet.write_formula_with_format(row, column, formula, format)?
        }
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_digits_that_survive_become_floats() {
        let kept = |text: &str| float(text.parse().unwrap()).map(|number| number.to_string());
        for text in ["0", "1406.8", "-5.61", "0.000001", "123456789012.345", "1e15"] {
            let value = Decimal::from_scientific(text).unwrap_or_else(|_| text.parse().unwrap());
            assert_eq!(float(value).map(|number| number.to_string()), (text != "1e15").then(|| plain(value)), "{text}");
        }
        assert_eq!(kept("9007199254740993.01"), None);
        assert_eq!(kept("1234567890123.4567"), None);
        assert_eq!(kept("0.3333333333333333333333333333"), None);
        assert_eq!(kept("1406.80"), Some("1406.8".to_owned()));
    }

    #[test]
    fn a_quotient_without_an_end_keeps_as_many_digits_as_a_cell_whatever_its_size() {
        let cases = [
            ("123456.33333333333333333333", "123456.333333333"),
            ("0.0006666666666666666666666667", "0.000666666666666667"),
            ("-0.6666666666666666666666666667", "-0.666666666666667"),
            // Half up, where half to even would give …4.
            ("1.000000000000045", "1.00000000000005"),
            ("-1.000000000000045", "-1.00000000000005"),
            ("0.0000000000000000000000000000", "0"),
        ];
        for (text, expected) in cases {
            let value = Amount { endless: true, ..Amount::plain(text.parse().unwrap()) };
            assert_eq!(plain(finite(&value)), expected, "{text}");
            assert!(float(finite(&value)).is_some(), "{text}");
        }
        let written = Amount::plain("1234567890123.4567".parse().unwrap());
        assert_eq!(finite(&written), written.value, "what somebody wrote is not rounded");
    }

    #[test]
    fn the_mark_stands_before_a_number_that_becomes_text() {
        let marked = |text: &str| Cell::Number(text.parse().unwrap()).marked("※");
        assert_eq!(marked("1234567890123.4567"), Cell::text("※1234567890123.4567"));
        assert_eq!(marked("400"), Cell::Number(Decimal::from(400)));
        assert_eq!(Cell::text("—").marked("※"), Cell::text("—"));
    }
}
