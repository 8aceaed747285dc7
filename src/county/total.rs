//! The sums of the columns and the average score, over the units without errors.

use rust_decimal::Decimal;

use super::column::PLACES;
use super::{Column, Kind, Line, digits};
use crate::dossier::Rounding;
use crate::figures::{Amount, Unit, round};

/// The sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// Of each column. A share is that of the sums, not an average; none where nothing can be added.
    pub values: Vec<Option<Amount>>,
    /// The average score of the ranked units, rounded half up to two places.
    pub average: Option<Decimal>,
    /// The names of shares that have no total, because some unit has only one of the two figures.
    pub lopsided: Vec<String>,
    /// Whether the sum of some column as printed differs from what its printed rows add up to.
    pub tail: bool,
}

/// Adds up the lines without errors.
pub(super) fn totals(columns: &[Column], lines: &[Line]) -> Totals {
    let counted: Vec<&Line> = lines.iter().filter(|line| line.counts()).collect();
    let sums: Vec<Option<Amount>> =
        columns.iter().enumerate().map(|(i, column)| if adds_up(column) { sum(&counted, i) } else { None }).collect();
    let mut lopsided = Vec::new();
    let mut values = sums.clone();
    for (value, column) in values.iter_mut().zip(columns) {
        let Some((part, whole)) = shares(columns, column) else { continue };
        let value_at = |line: &Line, at: usize| line.values.get(at).is_some_and(Option::is_some);
        if counted.iter().any(|line| value_at(line, part) != value_at(line, whole)) {
            lopsided.push(column.label.clone());
            continue;
        }
        let both = sums.get(part).cloned().flatten().zip(sums.get(whole).cloned().flatten());
        *value = both.and_then(|(part, whole)| part.share(&whole).ok());
    }
    let tail = columns.iter().enumerate().any(|(i, column)| has_tail(column, &counted, i, sums.get(i)));
    Totals { values, average: average(lines), lopsided, tail }
}

/// Whether the values of a column may be added: money and counts, not rates.
fn adds_up(column: &Column) -> bool {
    matches!(column.kind, Kind::Money | Kind::Other(Unit::Count(_)))
}

fn sum(counted: &[&Line], at: usize) -> Option<Amount> {
    let mut values = counted.iter().filter_map(|line| line.values.get(at)?.as_ref());
    let first = values.next()?.clone();
    values.try_fold(first, |sum, value| sum.add(value).ok())
}

/// The numbers of the columns that a share is of; none for any other column.
pub fn shares(columns: &[Column], share: &Column) -> Option<(usize, usize)> {
    let Kind::Share { part, whole } = &share.kind else { return None };
    let find = |name: &String| columns.iter().position(|column| column.name == *name && adds_up(column));
    Some((find(part)?, find(whole)?))
}

fn has_tail(column: &Column, counted: &[&Line], at: usize, sum: Option<&Option<Amount>>) -> bool {
    let rounded = |value: &Amount| round(value.value, column.places, Rounding::HalfUp);
    let Some(Some(sum)) = sum else { return false };
    let rows = counted.iter().filter_map(|line| line.values.get(at)?.as_ref());
    rows.map(rounded).fold(Decimal::ZERO, Decimal::saturating_add) != rounded(sum)
}

fn average(lines: &[Line]) -> Option<Decimal> {
    let ranked = lines.iter().filter(|line| line.rank.is_some());
    let scores: Vec<Decimal> = ranked.filter_map(|line| Some(line.unit.score.as_ref()?.total)).collect();
    let count = Decimal::from(u64::try_from(scores.len()).ok()?);
    let sum = scores.into_iter().fold(Decimal::ZERO, Decimal::saturating_add);
    Some(round(sum.checked_div(count)?, PLACES, Rounding::HalfUp))
}

/// A score as printed among others of so many places.
pub(super) fn score_digits(score: Decimal, places: u32) -> String {
    digits(&Amount::plain(score), places)
}
