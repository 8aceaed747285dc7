//! Tables: cells filled in, columns aligned, widths set.

mod columns;
mod frame;

use rust_decimal::Decimal;

use super::inline::Filler;
use super::log::{Part, PrintedSubject};
use super::view::{CellView, RowView, TableView};
use super::years;
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{Column, MAIN_FIGURES, Row, TableSpec};
use crate::figures::{Amount, Evaluated, FigureRef, Unit, Value};
use crate::source::{Place, Spanned};

pub(super) use columns::{fraction, padding};
pub(super) use frame::{Frame, Grid};

/// The most columns that a page has room for.
const COLUMN_LIMIT: usize = 24;

/// What stands in a cell of a standard table whose figure is not given.
const NOT_GIVEN: &str = "—";

/// Fills a table in.
pub(super) fn table(filler: &Filler<'_>, spec: &TableSpec, frame: Frame, findings: &mut Vec<Diagnostic>) -> TableView {
    if let Some(most) = &spec.years {
        return years::table(filler, spec, most.value, frame, findings);
    }
    let begun = frame.begin(filler, spec, findings);
    if frame.sound {
        check_columns(spec, frame.place, findings);
    }
    let header: Vec<CellView> =
        spec.columns.iter().map(|column| head_cell(filler, column, &begun.name, findings)).collect();
    let mut rows: Vec<RowView> = Vec::new();
    let mut numeric = vec![false; spec.columns.len()];
    for row in &spec.rows {
        if row.value.main_figures {
            findings.push(only_of_years(row, frame.place));
            continue;
        }
        if row.value.cells.len() != spec.columns.len() {
            findings.push(uneven(row, spec.columns.len(), frame.place));
        }
        let unit = spec.unit.as_deref().map(Unit::parse);
        let lenient = frame.standard || !frame.sound;
        for item in members(filler, row.value.each.as_ref(), lenient, frame.place, findings) {
            filler.item.set(item);
            let at = At { table: &begun.name, row: rows.len() + 1, header: &header };
            let view = fill_row(filler, &row.value, frame, (unit.as_ref(), at), &mut numeric, findings);
            rows.extend(view.map(|view| RowView { place: row.place.or(frame.place), ..view }));
        }
        filler.item.set(None);
    }
    for row in &mut rows {
        row.cells.resize_with(spec.columns.len(), || CellView::new(""));
    }
    begun.end(filler, spec, Grid { columns: &spec.columns, header, rows, numeric: &numeric }, findings)
}

/// What a row stands for: nothing in particular, or each member of the group that a row of 逐项 is repeated for. A group
/// that is not there has none, which is a fault unless `lenient`.
pub(super) fn members(
    filler: &Filler<'_>,
    each: Option<&Spanned<String>>,
    lenient: bool,
    place: Option<Place>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Option<FigureRef>> {
    let Some(each) = each else { return vec![None] };
    let book = filler.calculator.book();
    let found = book.own().and_then(|tree| Some((tree, tree.find(&each.value)?)));
    let members = found.map(|(tree, group)| tree.members(group)).unwrap_or_default();
    if members.is_empty() && !lenient {
        let text = format!("逐项 的“{}”不是一组数据项", each.value);
        let finding = Diagnostic::new(Code::JB2004, text).hint("写 figures.yaml 里一组的全名，如 支出.项目支出.明细");
        findings.push(finding.at(each.place.or(place)));
    }
    let total = |node: usize| found.is_some_and(|(tree, _)| tree.nodes[node].name() == "合计");
    let members = members.iter().filter(|&&node| !total(node));
    members.map(|&node| Some(FigureRef { year: book.year, node })).collect()
}

/// Where a row stands.
#[derive(Debug, Clone, Copy)]
struct At<'a> {
    table: &'a str,
    row: usize,
    header: &'a [CellView],
}

impl At<'_> {
    /// The cell of a column in the row that is called so.
    fn cell(self, column: usize, name: &str) -> Part {
        let head = self.header.get(column).map(|head| head.text.clone()).unwrap_or_default();
        Part::Cell { table: self.table.to_owned(), row: self.row, name: name.to_owned(), column: head }
    }
}

fn head_cell(filler: &Filler<'_>, column: &Column, table: &str, findings: &mut Vec<Diagnostic>) -> CellView {
    filler.log.enter(Part::Head { table: table.to_owned() });
    let first = filler.log.count();
    CellView::new(filler.plain(&column.name, findings)).marked(filler.log.marks_from(first))
}

fn fill_row(
    filler: &Filler<'_>,
    row: &Row,
    frame: Frame,
    (unit, at): (Option<&Unit>, At<'_>),
    numeric: &mut [bool],
    findings: &mut Vec<Diagnostic>,
) -> Option<RowView> {
    let mut any_figure = false;
    let mut any_value = false;
    let before = filler.log.count();
    let mut cells: Vec<CellView> = Vec::new();
    // A row may name several things side by side: a cell belongs to the last name before it.
    let mut name = String::new();
    for (i, cell) in row.cells.iter().enumerate().take(numeric.len()) {
        let text = &cell.0;
        filler.log.enter(at.cell(i, &name));
        let first = filler.log.count();
        let Some(expression) = text.value.strip_prefix('=').or_else(|| text.value.strip_prefix('＝')) else {
            let words = filler.plain(text, findings);
            if !words.trim().is_empty() {
                words.trim().clone_into(&mut name);
            }
            cells.push(CellView::new(words).marked(filler.log.marks_from(first)));
            continue;
        };
        any_figure = true;
        numeric[i] = true;
        let place = expression_place(filler, text, expression).or(frame.place);
        let value =
            filler.value(expression, place, frame.standard, findings).and_then(|Evaluated { value, reads, .. }| {
                let value = in_unit(value, unit).map_err(|own| findings.push(wrong_unit(&own, unit, place))).ok()?;
                Some((value, reads))
            });
        any_value |= value.is_some();
        let text = value.map_or_else(
            || NOT_GIVEN.to_owned(),
            |(value, reads)| {
                let printed = filler.print_at((&value, &reads), place, findings);
                let subject = PrintedSubject::Expression(expression.trim().to_owned());
                filler.log.add(subject, place, reads, Some(value), &printed);
                printed
            },
        );
        cells.push(CellView::new(text).marked(filler.log.marks_from(first)));
    }
    if let Some(first) = cells.first_mut() {
        first.indent = row.indent;
    }
    if frame.standard && any_figure && !any_value {
        filler.log.forget_from(before);
        return None;
    }
    Some(RowView { cells, total: row.total, place: frame.place })
}

pub(super) fn wrong_unit(own: &Unit, unit: Option<&Unit>, place: Option<Place>) -> Diagnostic {
    let above = unit.map(Unit::to_string).unwrap_or_default();
    Diagnostic::new(Code::JB5005, format!("这个数的单位是“{own}”，表的单位写的是“{above}”"))
        .at(place)
        .hint("表的 单位 写 元、万元 或 亿元，金额会自动换算；各列单位不同的，不写 单位")
}

/// Money in the unit that stands above the table.
///
/// # Errors
/// The unit of money that cannot stand under that one.
pub(super) fn in_unit(value: Value, unit: Option<&Unit>) -> Result<Value, Unit> {
    let Some(unit) = unit else { return Ok(value) };
    let convert = |amount: Amount| match amount.unit {
        Unit::Money(_) => amount.converted(unit).ok_or(amount.unit),
        _ => Ok(amount),
    };
    match value {
        Value::Amount(amount) => convert(amount).map(Value::Amount),
        Value::Amounts(amounts) => amounts.into_iter().map(convert).collect::<Result<_, _>>().map(Value::Amounts),
        other => Ok(other),
    }
}

/// Where an expression stands within the text that it is written in.
pub(super) fn expression_place(filler: &Filler<'_>, text: &Spanned<String>, expression: &str) -> Option<Place> {
    let place = text.place?;
    let wanted = expression.trim();
    let offset = filler.sources.slice(place).find(wanted);
    Some(offset.map_or(place, |offset| place.part(offset, wanted.len())))
}

fn check_columns(spec: &TableSpec, place: Option<Place>, findings: &mut Vec<Diagnostic>) {
    let mut say = |text: &str, hint: &str, place: Option<Place>| {
        let finding = Diagnostic::new(Code::JB5002, text).hint(hint);
        findings.push(finding.at(place));
    };
    match spec.columns.len() {
        0 => say("表没有列", "在 列 里写各列的名称", place),
        n if n > COLUMN_LIMIT => say("表的列太多，排不下", "分成几张表，或改用横排", place),
        _ => {}
    }
    let widths = Decimal::ONE..=Decimal::ONE_HUNDRED;
    for column in &spec.columns {
        if column.width.is_some_and(|width| !widths.contains(&width.0)) {
            say("列宽不对", "宽 写 1 到 100 之间的份数，如 2", column.name.place);
        }
    }
}

fn only_of_years(row: &Spanned<Row>, place: Option<Place>) -> Diagnostic {
    let finding = Diagnostic::new(Code::JB5002, format!("“{MAIN_FIGURES}”一行只用在 逐年 的表里"));
    finding.at(row.place.or(place)).hint("表里写 逐年: 5，不写 列；或写标准表的名称 历年主要数据")
}

fn uneven(row: &Spanned<Row>, columns: usize, place: Option<Place>) -> Diagnostic {
    let text = format!("这一行有 {} 格，表有 {columns} 列", row.value.cells.len());
    let finding = Diagnostic::new(Code::JB5002, text)
        .hint("没有内容的格写成空的引号 ''")
        .hint("逗号会分格：数里不要逗号，含逗号的公式用单引号括起来，如 '=占比(甲, 乙)'");
    finding.at(row.place.or(place))
}
