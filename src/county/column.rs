//! The columns of main figures over units whose profiles may differ.

use super::row::UnitYear;
use super::{MainFigure, digits};
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
        columns.push(Column { name: figure.name.clone(), kind: figure.kind.clone(), places: figure.places });
    }
    columns
}

fn is_of(column: &Column, figure: &MainFigure) -> bool {
    column.name == figure.name && column.kind == figure.kind
}

/// The unit's value in each column.
pub(super) fn values(columns: &[Column], unit: &UnitYear) -> Vec<Option<Amount>> {
    let value = |column: &Column| unit.figures.iter().find(|figure| is_of(column, figure))?.value.clone();
    columns.iter().map(value).collect()
}
