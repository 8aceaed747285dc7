//! The summary of a county as a workbook: the table as the form prints it, with live formulas, and the exact values.
//!
//! The library takes binary floats. [`float`] is the only place where a number becomes one, and only where its digits
//! survive it; any other number is written as text, so that no reader is shown digits that nobody reported. The results of
//! formulas are kept with them as the exact decimals that this program computed.

mod data;
mod form;

use rust_decimal::Decimal;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};

use crate::county::{Summary, notes};
use crate::figures::Amount;

/// The sheet as the form prints it.
const FORM: &str = "汇总";
/// The sheet of exact values.
const DATA: &str = "数据";
/// The paper size A4, as the file format counts them.
const A4: u8 = 9;
/// The digits behind the point to which a quotient without an end is given as a number.
const QUOTIENT_PLACES: u32 = 10;
/// The digits that every spreadsheet keeps.
const DIGITS_KEPT: usize = 15;

/// The workbook. It is dated by the summary and not by a clock, so that the same input gives the same bytes.
///
/// # Errors
/// What the library refuses, such as more rows than a sheet holds.
pub fn summary_xlsx(summary: &Summary) -> Result<Vec<u8>, String> {
    workbook(summary).map_err(|error| format!("电子表写不成：{error}"))
}

fn workbook(summary: &Summary) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(summary)?);
    form::write(workbook.add_worksheet().set_name(FORM)?, summary, &notes(summary))?;
    data::write(workbook.add_worksheet().set_name(DATA)?, summary)?;
    workbook.save_to_buffer()
}

fn properties(summary: &Summary) -> Result<DocProperties, XlsxError> {
    // The file format knows no date before 1900.
    let year = u16::try_from(summary.date.year).unwrap_or_default().max(1900);
    let date = ExcelDateTime::from_ymd(year, summary.date.month, summary.date.day)?;
    Ok(DocProperties::new().set_title(summary.title.replace('/', "")).set_creation_datetime(&date))
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
}

/// The binary float of these digits, where it has no other ones.
fn float(value: Decimal) -> Option<f64> {
    let text = plain(value);
    let significant = text.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
    let number: f64 = text.parse().ok()?;
    (significant <= DIGITS_KEPT && number.to_string() == text).then_some(number)
}

/// A value to be put down as a number: a quotient without an end is rounded, for no cell holds it.
fn finite(value: &Amount) -> Decimal {
    if value.endless { value.value.round_dp(QUOTIENT_PLACES) } else { value.value }
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
}
