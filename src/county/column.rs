//! The columns of main figures over units whose profiles may differ.

use std::collections::{BTreeMap, BTreeSet};

use super::row::UnitYear;
use super::{MainFigure, digits, head};
use crate::figures::{Amount, Unit};

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Money, in the summary's unit.
    Money,
    /// The share of one main figure in another, in per cent (占比).
    Share {
        /// The name of the part.
        part: String,
        /// The name of the whole.
        whole: String,
    },
    /// Anything else, in its own unit: 人, %.
    Other(Unit),
}

/// A column of main figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// 名称.
    pub name: String,
    /// The name as printed: longer where several columns have one name and one unit. With the unit it is of one column only.
    pub label: String,
    /// What it holds.
    pub kind: Kind,
    /// The digits behind the point in print.
    pub places: u32,
}

impl Column {
    /// The unit that belongs behind the name; none for money, whose unit stands above the table.
    pub fn unit(&self) -> Option<String> {
        match &self.kind {
            Kind::Money => None,
            Kind::Share { .. } => Some("%".to_owned()),
            Kind::Other(unit) => Some(unit.to_string()).filter(|unit| !unit.is_empty()),
        }
    }

    /// A value as printed.
    pub fn print(&self, value: &Amount) -> String {
        digits(value, self.places)
    }
}

/// The usual digits behind the point, of shares and of money in 元 or 万元.
pub(super) const PLACES: u32 = 2;

/// The columns, in the order in which the units name them. One name that stands for two kinds of figures in two profiles
/// is two columns.
pub(super) fn columns(units: &[UnitYear]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for figure in units.iter().flat_map(|unit| &unit.figures) {
        if let Some(column) = columns.iter_mut().find(|column| is_of(column, figure)) {
            column.places = column.places.max(figure.places);
            continue;
        }
        let (name, label) = (figure.name.clone(), figure.name.clone());
        columns.push(Column { name, label, kind: figure.kind.clone(), places: figure.places });
    }
    tell_apart(&mut columns);
    columns
}

/// Gives columns that would be headed alike labels of their own: a share says what it is of, any other a number.
fn tell_apart(columns: &mut [Column]) {
    let mut heads: BTreeMap<String, usize> = BTreeMap::new();
    for column in columns.iter() {
        *heads.entry(head(column)).or_default() += 1;
    }
    for column in columns.iter_mut().filter(|column| heads.get(&head(column)).is_some_and(|&count| count > 1)) {
        if let Kind::Share { part, whole } = &column.kind {
            column.label = format!("{}：{part}占{whole}", column.name);
        }
    }
    let mut taken = BTreeSet::new();
    for column in columns {
        let label = column.label.clone();
        let mut number = 1;
        while !taken.insert(head(column)) {
            number += 1;
            column.label = format!("{label}〔{number}〕");
        }
    }
}

fn is_of(column: &Column, figure: &MainFigure) -> bool {
    column.name == figure.name && column.kind == figure.kind
}

/// The unit's value in each column.
pub(super) fn values(columns: &[Column], unit: &UnitYear) -> Vec<Option<Amount>> {
    let value = |column: &Column| unit.figures.iter().find(|figure| is_of(column, figure))?.value.clone();
    columns.iter().map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_columns_are_headed_alike() {
        let share = |part: &str, whole: &str| ("率", Kind::Share { part: part.to_owned(), whole: whole.to_owned() });
        let kinds = [
            share("支出", "预算"),
            share("支出", "收入"),
            ("率", Kind::Other(Unit::Percent)),
            ("率（%）", Kind::Money),
            ("率", Kind::Money),
            ("率", Kind::Other(Unit::Plain)),
        ];
        let column = |(name, kind): (&str, Kind)| {
            let (name, label) = (name.to_owned(), name.to_owned());
            Column { name, label, kind, places: 2 }
        };
        let mut columns = kinds.map(column);
        tell_apart(&mut columns);
        let heads = columns.each_ref().map(head);
        let expected = ["率：支出占预算（%）", "率：支出占收入（%）", "率（%）", "率（%）〔2〕", "率", "率〔2〕"];
        assert_eq!(heads, expected);
    }
}
