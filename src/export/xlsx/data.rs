//! The sheet of exact values: one value a row, as text digit for digit, and as a number to compute with.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::{Cell, finite, plain, put, set_up_list};
use crate::county::{Kind, Line, Summary};
use crate::diagnostic::Counts;

const HEAD: [&str; 7] = ["单位", "年度", "项目", "值（文本，原样）", "值（数）", "计量单位", "计入合计"];
const WIDTHS: [u32; 7] = [28, 8, 20, 34, 20, 10, 10];

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, summary: &Summary) -> Result<(), XlsxError> {
    set_up_list(sheet, &HEAD, &WIDTHS)?;
    let plain = Format::new();
    let year = Cell::text(summary.year.to_string());
    let rows = summary.lines.iter().flat_map(|line| items(summary, line).into_iter().map(move |item| (line, item)));
    for ((line, item), row) in rows.zip(1..) {
        let counts = Cell::text(if line.counts() { "是" } else { "否" });
        let cells = [
            Cell::text(line.unit.name.as_str()),
            year.clone(),
            Cell::Text(item.name),
            Cell::Text(item.text),
            item.number.map_or(Cell::text(""), Cell::Number),
            Cell::Text(item.unit),
            counts,
        ];
        for (cell, at) in cells.iter().zip(0..) {
            put(sheet, row, at, cell, &plain)?;
        }
    }
    Ok(())
}

/// A value of a unit.
struct Item {
    name: String,
    text: String,
    number: Option<Decimal>,
    unit: String,
}

impl Item {
    fn number(name: &str, value: Decimal, unit: &str) -> Self {
        Self { name: name.to_owned(), text: plain(value), number: Some(value), unit: unit.to_owned() }
    }
}

fn items(summary: &Summary, line: &Line) -> Vec<Item> {
    let mut items = Vec::new();
    for (column, value) in summary.columns.iter().zip(&line.values) {
        let Some(value) = value else { continue };
        let money = || summary.money.name().to_owned();
        let unit = if column.kind == Kind::Money { money() } else { column.unit().unwrap_or_default() };
        let exact = Item::number(&column.label, value.value, &unit);
        items.push(Item { number: Some(finite(value)), ..exact });
    }
    if let Some(score) = &line.unit.score {
        items.push(Item::number("得分", score.total, "分"));
        items.push(Item::number("满分", score.full, "分"));
        let grade = score.grade.clone().unwrap_or_default();
        items.push(Item { name: "等级".to_owned(), text: grade, number: None, unit: String::new() });
    }
    let Counts { errors, warnings, known } = line.unit.counts;
    for (name, count) in [("错误", errors), ("警告", warnings), ("已知差异", known)] {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        items.push(Item::number(name, count.into(), "条"));
    }
    items
}
