//! The summary of a county (汇总): all units of one year, a row each, with ranks, totals and counts of grades.
//!
//! [`UnitYear`] is what is kept of a unit, so that memory does not grow with what its report says; [`summarize`] puts the
//! units in order and adds them up; [`compose`] and [`to_json`] are two of its forms, `export::summary_xlsx` the third.

mod column;
mod gather;
mod json;
mod note;
mod row;
mod total;
mod view;

pub use column::{Column, Kind};
pub use gather::{GatherError, Gathered, UnitFolder, gather};
pub use json::to_json;
pub(crate) use note::count_line;
pub use note::notes;
pub use row::{MainFigure, UnitScore, UnitYear, unit_year};
pub use total::{Totals, shares};
pub use view::{Elsewhere, compose, head, plain_view};

use std::cmp::Reverse;

use rust_decimal::Decimal;

use crate::compose::DateView;
use crate::dossier::MoneyUnit;
use crate::figures::{Amount, Printer};

/// What stands for a value that a unit has not.
pub const NONE: &str = "—";

/// What stands before the figures of a unit with errors.
pub const MARK: &str = "※";

/// A unit that has no report of the year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Absent {
    /// Its name.
    pub name: String,
    /// Its folder, as the user wrote it.
    pub path: String,
    /// The years that it has.
    pub years: Vec<i32>,
}

/// What a summary is about.
#[derive(Debug, Clone)]
pub struct Subject {
    /// 年度.
    pub year: i32,
    /// The title; none for the usual one.
    pub title: Option<String>,
    /// The unit of money.
    pub money: MoneyUnit,
}

impl Subject {
    /// The title: the one that is asked for, or the usual one.
    fn title(&self) -> String {
        let usual = || format!("{}年度部门整体支出绩效自评结果汇总表", self.year);
        self.title.clone().unwrap_or_else(usual)
    }
}

/// 汇总: the units of a county in one year.
#[derive(Debug, Clone)]
pub struct Summary {
    /// 年度.
    pub year: i32,
    /// The title.
    pub title: String,
    /// The unit of its money.
    pub money: MoneyUnit,
    /// The columns of main figures, in the order in which the units' profiles first name them.
    pub columns: Vec<Column>,
    /// The units in print order: ranked ones, those without a score, those with errors.
    pub lines: Vec<Line>,
    /// The units that have no report of the year, by name.
    pub absent: Vec<Absent>,
    /// The sums.
    pub totals: Totals,
    /// How many ranked units have each grade, the best first.
    pub grades: Vec<(String, usize)>,
    /// The latest issue date of the reports; the last day of the year where none could be read.
    pub date: DateView,
}

/// A unit in the summary.
#[derive(Debug, Clone)]
pub struct Line {
    /// 名次; none without a score or with errors. Equal scores share a rank, and the next one counts them all.
    pub rank: Option<usize>,
    /// The unit.
    pub unit: UnitYear,
    /// Its value in each column of the summary.
    pub values: Vec<Option<Amount>>,
}

impl Line {
    /// Whether the unit counts in totals: it has no errors.
    pub fn counts(&self) -> bool {
        !self.unit.faulty
    }
}

impl Summary {
    /// The lines that count in totals. They come first.
    pub fn counted(&self) -> &[Line] {
        let end = self.lines.iter().take_while(|line| line.counts()).count();
        self.lines.get(..end).unwrap_or_default()
    }

    /// The lines with a rank. They come first of all.
    pub fn ranked(&self) -> &[Line] {
        let end = self.lines.iter().take_while(|line| line.rank.is_some()).count();
        self.lines.get(..end).unwrap_or_default()
    }

    /// The lines of units with errors. They come last.
    pub fn faulty(&self) -> &[Line] {
        self.lines.get(self.counted().len()..).unwrap_or_default()
    }
}

/// The summary of these units. It does not depend on the order in which they come.
pub fn summarize(subject: &Subject, mut units: Vec<UnitYear>, mut absent: Vec<Absent>) -> Summary {
    units.sort_by(|a, b| (&a.name, &a.path).cmp(&(&b.name, &b.path)));
    absent.sort();
    let columns = column::columns(&units);
    // The sort is stable: equals stay in the order of their names, and so do those whose score is not to be relied on.
    units.sort_by_key(|unit| {
        let total = unit.score.as_ref().filter(|_| !unit.faulty).map(|score| score.total);
        (unit.faulty, Reverse(total))
    });
    let date = units.iter().filter_map(|unit| unit.date).max_by_key(|date| (date.year, date.month, date.day));
    let ranks = ranks(&units);
    let lines: Vec<Line> = units
        .into_iter()
        .zip(ranks)
        .map(|(unit, rank)| Line { rank, values: column::values(&columns, &unit), unit })
        .collect();
    let totals = total::totals(&columns, &lines);
    Summary {
        year: subject.year,
        title: subject.title(),
        money: subject.money,
        grades: grades(&lines),
        columns,
        lines,
        absent,
        totals,
        date: date.unwrap_or(DateView { year: subject.year, month: 12, day: 31 }),
    }
}

/// The rank of each unit: one more than there are units with a higher score.
fn ranks(units: &[UnitYear]) -> Vec<Option<usize>> {
    let score = |unit: &UnitYear| unit.score.as_ref().filter(|_| !unit.faulty).map(|score| score.total);
    let mut ranks: Vec<Option<usize>> = Vec::new();
    let mut last: Option<(Decimal, usize)> = None;
    for (i, unit) in units.iter().enumerate() {
        let rank = score(unit).map(|total| match last {
            Some((same, rank)) if same == total => rank,
            _ => i + 1,
        });
        last = score(unit).zip(rank);
        ranks.push(rank);
    }
    ranks
}

/// The grades of the ranked units. These come by score, so that the best grade comes first.
fn grades(lines: &[Line]) -> Vec<(String, usize)> {
    let mut grades: Vec<(String, usize)> = Vec::new();
    let ranked = lines.iter().filter(|line| line.rank.is_some());
    for grade in ranked.filter_map(|line| line.unit.score.as_ref()?.grade.as_ref()) {
        match grades.iter_mut().find(|(name, _)| name == grade) {
            Some((_, count)) => *count += 1,
            None => grades.push((grade.clone(), 1)),
        }
    }
    grades
}

/// The digits of an amount, rounded half up.
pub fn digits(amount: &Amount, places: u32) -> String {
    let mut amount = amount.clone();
    amount.display.places = Some(places);
    amount.display.rounding = Some(crate::dossier::Rounding::HalfUp);
    Printer { money: crate::dossier::Money::default() }.number(&amount)
}
