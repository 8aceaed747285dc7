//! The sheet of raw data: one indicator a row.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::super::{Cell, plain, put, set_up_list};
use super::{ScoreBook, ScoreData};
use crate::scoring::ScoreRow;

const HEAD: [&str; 19] = [
    "编号",
    "一级指标",
    "二级指标",
    "三级指标",
    "分值",
    "得分",
    "得分（文本，原样）",
    "得分系数（%）",
    "评分标准",
    "规则",
    "算法",
    "目标",
    "调整目标",
    "实际",
    "计量单位",
    "依据",
    "原因",
    "佐证",
    "不适用",
];
const WIDTHS: [u32; 19] = [8, 14, 14, 22, 8, 8, 10, 10, 40, 30, 30, 16, 16, 16, 10, 40, 30, 30, 8];

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, book: &ScoreBook<'_>) -> Result<(), XlsxError> {
    set_up_list(sheet, &HEAD, &WIDTHS)?;
    let format = Format::new();
    for ((score, said), row) in book.card.rows.iter().zip(&book.rows).zip(1..) {
        for (cell, at) in cells(score, said).iter().zip(0..) {
            put(sheet, row, at, cell, &format)?;
        }
    }
    Ok(())
}

fn cells(row: &ScoreRow, said: &ScoreData) -> [Cell; 19] {
    let text = |text: &String| Cell::text(text.as_str());
    let number = |number| if row.inapplicable { Cell::text("") } else { Cell::Number(number) };
    [
        text(&row.id),
        text(&row.level1),
        text(&row.level2),
        text(&row.name),
        number(row.weight),
        number(row.score),
        Cell::text(if row.inapplicable { String::new() } else { plain(row.score) }),
        row.coefficient().map_or(Cell::text(""), number),
        text(&row.standard),
        text(&said.rule),
        Cell::text(row.computed.clone().unwrap_or_default()),
        text(&said.target),
        text(&said.adjusted_target),
        text(&said.actual),
        text(&row.unit),
        text(&said.grounds),
        text(&said.reason),
        text(&said.evidence),
        Cell::text(if row.inapplicable { "是" } else { "" }),
    ]
}
