//! 总分 and 等级 of the years: the words of an expression that come from score sheets and not from figures.

use std::collections::{BTreeMap, BTreeSet};

use rhai::{Array, Dynamic};
use rust_decimal::Decimal;

use super::{Absent, Calculator, Scope, Shared, TroubleKind, Value, dynamic, missing};
use crate::figures::{Amount, FigureRef, Unit};

/// The unit of scores.
const POINTS: &str = "分";

/// What became of a year's score sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum YearScore {
    /// It was scored.
    Known {
        /// 总分.
        total: Decimal,
        /// 等级; none where the profile has no bands.
        grade: Option<String>,
        /// 指标得分率; none where the index system names no execution rate.
        others_share: Option<Decimal>,
        /// The years whose figures it rests on.
        years: BTreeSet<i32>,
    },
    /// It is there, and something in it or in the figures is wrong.
    Failed,
}

/// What is known of the years' scores.
#[derive(Debug, Default)]
pub(super) struct Scores {
    by_year: BTreeMap<i32, YearScore>,
    /// The years whose scores the last expression asked for in vain.
    pub(super) unknown: BTreeSet<i32>,
    /// The other years on which the scores rest that were asked for.
    read: BTreeSet<i32>,
}

/// 总分 of a year: printed as a text, and known to 历年 as the total of its year.
#[derive(Debug, Clone)]
pub(super) struct Total {
    pub(super) year: i32,
    total: Decimal,
}

impl Total {
    pub(super) fn text(&self) -> String {
        self.total.normalize().to_string()
    }

    /// The total as an amount, which is printed like the text. It comes from no figure: its source is the root of its year,
    /// which says whose it is.
    fn amount(year: i32, total: Decimal) -> Amount {
        let total = total.normalize();
        let mut amount = Amount::exact(total, Unit::Count(POINTS.into()));
        amount.display.written = Some(total.scale());
        amount.source = Some(FigureRef { year, node: 0 });
        amount
    }
}

impl Calculator {
    /// Sets what is known of the years' scores, for expressions that use 总分 and 等级 of other years.
    pub fn set_scores(&self, scores: BTreeMap<i32, YearScore>) {
        self.shared.frame().scores.by_year = scores;
    }

    /// The years whose scores the expression evaluated last has asked for, and whose score sheets are there but give none.
    pub fn last_unknown_scores(&self) -> BTreeSet<i32> {
        self.shared.frame().scores.unknown.clone()
    }

    /// The other years on which the scores rest that expressions have read: their own year, and those that it looks back to.
    pub fn scores_read(&self) -> BTreeSet<i32> {
        self.shared.frame().scores.read.clone()
    }

    /// The years that a table of years shows: those at hand up to the report's own, from where 历年 begins, at most so many.
    pub fn years_shown(&self, most: usize) -> Vec<i32> {
        let begin = self.shared.frame().begin;
        let mut years = self.shared.book.years_up_to_own();
        years.retain(|&year| begin.is_none_or(|begin| year >= begin));
        years.split_off(years.len().saturating_sub(most))
    }

    /// Printed expressions look back to this year and no further with 历年. The figures' own formulas do not change.
    pub fn begin_at(&self, year: i32) {
        self.shared.frame().begin = Some(year);
    }
}

impl Shared {
    /// The first year that 历年 may look back to, where that is set for the expression.
    pub(super) fn begin(&self) -> Option<i32> {
        let frame = self.frame();
        frame.begin.filter(|_| frame.asked)
    }

    /// A word of the score sheet, for the year in which the expression stands; none for any other word, and where that year
    /// has no score sheet. Figures may not use these words.
    pub(super) fn score_word(&self, name: &str, scope: Option<Scope>) -> Option<Dynamic> {
        if !matches!(name, "总分" | "等级" | "指标得分率") {
            return None;
        }
        let Scope { group, lenient } = scope?;
        let of_year = {
            let frame = self.frame();
            frame.scores.by_year.get(&group.year).cloned().filter(|_| frame.asked)
        };
        let own = group.year == self.book.year;
        match of_year {
            Some(YearScore::Failed) => {
                self.frame().scores.unknown.insert(group.year);
                Some(Dynamic::from(Absent { reason: TroubleKind::Failed(name.to_owned()), lenient }))
            }
            Some(YearScore::Known { total, grade, others_share, years }) => {
                self.note_scores(group.year, &years);
                match name {
                    "总分" => Some(Dynamic::from(Total { year: group.year, total })),
                    "等级" => Some(dynamic(Value::Text(grade.unwrap_or_default()))),
                    _ if own => None,
                    _ => Some(others_share.map_or_else(
                        || missing(name, None, lenient),
                        |share| Dynamic::from(Amount::exact(share, Unit::Ratio)),
                    )),
                }
            }
            // The words of the report's own year are defined apart.
            None if own => None,
            None => Some(missing(name, None, lenient)),
        }
    }

    /// 历年(总分): the totals of the years up to this one, oldest first. A year without a score sheet has none.
    pub(super) fn totals(&self, last: i32) -> Array {
        let begin = self.begin();
        let known: Vec<(i32, YearScore)> = {
            let frame = self.frame();
            let years = frame.scores.by_year.range(..=last);
            years.filter(|(year, _)| begin.is_none_or(|begin| **year >= begin)).map(|(y, s)| (*y, s.clone())).collect()
        };
        let mut totals = Array::new();
        for (year, score) in known {
            match score {
                YearScore::Known { total, years, .. } => {
                    self.note_scores(year, &years);
                    totals.push(Dynamic::from(Total::amount(year, total)));
                }
                YearScore::Failed => {
                    self.frame().scores.unknown.insert(year);
                }
            }
        }
        totals
    }

    fn note_scores(&self, year: i32, years: &BTreeSet<i32>) {
        let own = self.book.year;
        self.frame().scores.read.extend(years.iter().copied().chain([year]).filter(|&year| year != own));
    }
}
