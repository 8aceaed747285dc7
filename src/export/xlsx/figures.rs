//! The figures of a report as a workbook: every value as text, digit for digit, and as a number where a cell holds its
//! digits. A figure that only adds others up is a formula.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};

use super::properties;
use super::sums::{Sum, sum};
use super::{Cell, finite, float, put, set_up_list};
use crate::compose::DateView;
use crate::export::FigureRow;
use crate::figures::{Amount, Book, Computed, Definition, FigureRef, FigureTree, NodeKind};

const HEAD: [&str; 10] =
    ["数据项", "印出名称", "值（文本，原样）", "值（数）", "计量单位", "印出", "公式", "来源", "口径", "位置"];
const WIDTHS: [u32; 10] = [36, 20, 24, 18, 10, 16, 44, 12, 16, 26];
/// Digits behind the point that a live sum keeps: more than any figure has, fewer than binary floats blur.
const SUM_PLACES: u32 = 8;

/// The column of numbers.
const NUMBER: u16 = 3;

/// The workbook of these figures; `places` says where each is written, by its full name.
///
/// # Errors
/// What the library refuses, such as more rows than a sheet holds.
pub fn figures_xlsx(
    title: &str,
    date: DateView,
    book: &Book,
    rows: &[FigureRow],
    places: &BTreeMap<String, String>,
) -> Result<Vec<u8>, String> {
    workbook(title, date, book, rows, places).map_err(|error| format!("电子表写不成：{error}"))
}

fn workbook(
    title: &str,
    date: DateView,
    book: &Book,
    rows: &[FigureRow],
    places: &BTreeMap<String, String>,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(title, date)?);
    let sheet = workbook.add_worksheet().set_name("数据项")?;
    set_up_list(sheet, &HEAD, &WIDTHS)?;
    let text = Format::new();
    let right = Format::new().set_align(FormatAlign::Right);
    let numbers = Numbers::new(book, rows);
    for (figure, row) in rows.iter().zip(1..) {
        let some = |text: &Option<String>| Cell::text(text.clone().unwrap_or_default());
        let cells = [
            Cell::text(figure.path.as_str()),
            Cell::text(figure.name.as_str()),
            some(&figure.value),
            numbers.cell(&figure.path),
            Cell::text(figure.unit.as_str()),
            some(&figure.printed),
            some(&figure.formula),
            Cell::text(figure.source.name()),
            some(&figure.basis),
            some(&places.get(&figure.path).cloned()),
        ];
        for (cell, at) in cells.iter().zip(0..) {
            let format = match at {
                2 | 5 => &right,
                _ => &text,
            };
            put(sheet, row, at, cell, format)?;
        }
    }
    workbook.save_to_buffer()
}

/// The figures as numbers.
struct Numbers<'a> {
    book: &'a Book,
    tree: Option<&'a FigureTree>,
    /// The row of each figure, by its number in the tree.
    rows: BTreeMap<usize, u32>,
}

impl<'a> Numbers<'a> {
    fn new(book: &'a Book, rows: &[FigureRow]) -> Self {
        let tree = book.own();
        let at = |(figure, row): (&FigureRow, u32)| Some((tree?.find(&figure.path)?, row));
        Self { book, tree, rows: rows.iter().zip(1..).filter_map(at).collect() }
    }

    /// The number of a figure: a formula where it adds others up, empty where it is not known.
    fn cell(&self, path: &str) -> Cell {
        let Some((node, amount)) =
            self.tree.and_then(|tree| tree.find(path)).and_then(|node| Some((node, self.amount(node)?)))
        else {
            return Cell::text("");
        };
        self.formula(node, amount.value).unwrap_or(Cell::Number(finite(&amount)))
    }

    fn amount(&self, node: usize) -> Option<Amount> {
        match self.book.value(FigureRef { year: self.book.year, node }) {
            Some(Computed::Known(amount)) => Some(amount),
            _ => None,
        }
    }

    /// The formula of a figure that adds others up, where it gives just the figure's value and all are numbers in cells. A
    /// stated figure that its formula bears out is one as well.
    fn formula(&self, node: usize, value: Decimal) -> Option<Cell> {
        let tree = self.tree?;
        let figure = tree.nodes.get(node)?;
        let NodeKind::Figure(Definition::Formula(formula) | Definition::Stated(.., formula)) = &figure.kind else {
            return None;
        };
        let Sum { terms } = sum(tree, figure.parent, &formula.text)?;
        let mut added = Decimal::ZERO;
        let mut text = String::new();
        for (term, minus) in &terms {
            let amount = self.amount(*term).filter(|amount| amount.unit == figure.unit && !amount.endless)?;
            float(amount.value)?;
            let cell = row_col_to_cell(*self.rows.get(term)?, NUMBER);
            let sign = if *minus {
                "-"
            } else if text.is_empty() {
                ""
            } else {
                "+"
            };
            text = format!("{text}{sign}{cell}");
            added = if *minus { added.checked_sub(amount.value)? } else { added.checked_add(amount.value)? };
        }
        float(value)?;
        // Binary floats do not add up to the digits they show. Figures may be changed to more digits than they have now.
        (added == value).then(|| Cell::Formula(format!("=ROUND({text},{SUM_PLACES})"), value))
    }
}
