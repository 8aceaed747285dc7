//! The score sheet of a report as a workbook: the form as it is printed, sums and grade by formulas, and the raw data.

mod data;
mod form;
mod formulas;

use rust_xlsxwriter::{Workbook, XlsxError};

use super::properties;
use crate::compose::{DateView, TableView};
use crate::profile::Band;
use crate::scoring::Scorecard;

/// A score sheet and what is said of it.
#[derive(Debug)]
pub struct ScoreBook<'a> {
    /// The title over the form.
    pub title: String,
    /// The issue date of the report, which dates the workbook.
    pub date: DateView,
    /// The sheet as the report prints it.
    pub table: &'a TableView,
    /// The scores themselves.
    pub card: &'a Scorecard,
    /// The grades, the highest first.
    pub bands: &'a [Band],
    /// The raw data, a row an indicator, in the order of the card's rows.
    pub rows: Vec<ScoreData>,
}

/// What the sheet of raw data says of an indicator besides its numbers. Placeholders are filled in.
#[derive(Debug, Clone, Default)]
pub struct ScoreData {
    /// 规则: how it is scored, with the expression where the score is computed.
    pub rule: String,
    /// 目标值.
    pub target: String,
    /// 调整目标值.
    pub adjusted_target: String,
    /// 实际完成值.
    pub actual: String,
    /// 评分依据.
    pub grounds: String,
    /// 失分原因.
    pub reason: String,
    /// 佐证材料.
    pub evidence: String,
}

/// The workbook. The same input gives the same bytes.
///
/// # Errors
/// What the library refuses, such as more rows than a sheet holds.
pub fn scores_xlsx(book: &ScoreBook<'_>) -> Result<Vec<u8>, String> {
    workbook(book).map_err(|error| format!("电子表写不成：{error}"))
}

fn workbook(book: &ScoreBook<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&book.title, book.date)?);
    form::write(workbook.add_worksheet().set_name("评分表")?, book)?;
    data::write(workbook.add_worksheet().set_name("数据")?, book)?;
    workbook.save_to_buffer()
}
