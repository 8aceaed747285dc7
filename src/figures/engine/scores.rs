//! 总分 and 等级 of the years: the words of an expression that come from score sheets and not from figures.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rhai::{Array, Dynamic};
use rust_decimal::Decimal;

use super::{Absent, Calculator, Scope, Shared, TroubleKind, Value, dynamic, missing};
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::{Amount, Book, FigureRef, Unit, print_score};

/// The words of an expression that come from a year's score sheet.
pub(super) const TOTAL: &str = "总分";
const GRADE: &str = "等级";
const OTHERS_SHARE: &str = "指标得分率";
/// All of them.
pub(in crate::figures) const SCORE_WORDS: [&str; 3] = [TOTAL, GRADE, OTHERS_SHARE];

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

/// What is said where the score of a year is asked for whose score sheet gives none.
pub fn unknown_score(year: i32) -> Diagnostic {
    let text = format!("{year}年度的评分有错误，总分和等级算不出来，这里没有印");
    Diagnostic::new(Code::JB4010, text).hint(format!("先核对那一年（jibao check 卷宗/{year}），改好它的评分和数据"))
}

/// Scores another year of a book; none where that year has no score sheet.
type Score = dyn Fn(&Book, i32) -> Option<YearScore> + Send + Sync;

/// How the other years are scored, each when an expression first asks for it.
#[derive(Clone)]
pub struct OtherYears(Arc<Score>);

impl OtherYears {
    /// Scored by this function.
    pub fn new(score: impl Fn(&Book, i32) -> Option<YearScore> + Send + Sync + 'static) -> Self {
        Self(Arc::new(score))
    }
}

impl std::fmt::Debug for OtherYears {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OtherYears")
    }
}

/// What is known of the years' scores.
#[derive(Debug, Default)]
pub(super) struct Scores {
    /// The years that were scored; none for a year without a score sheet.
    by_year: BTreeMap<i32, Option<YearScore>>,
    others: Option<OtherYears>,
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
        print_score(self.total)
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
    /// Sets the score of the report's own year, if it has one, and how those of the years before it are found, for
    /// expressions that use 总分, 等级 and 指标得分率 of the years.
    pub fn set_scores(&self, own: Option<YearScore>, others: OtherYears) {
        let scores = &mut self.shared.frame().scores;
        scores.by_year = BTreeMap::from([(self.shared.book.year, own)]);
        scores.others = Some(others);
    }

    /// The years whose scores the expression evaluated last has asked for, and whose score sheets are there but give none.
    pub fn last_unknown_scores(&self) -> BTreeSet<i32> {
        self.shared.frame().scores.unknown.clone()
    }

    /// The other years on which the scores rest that expressions have read: their own year, and those that it looks back to.
    pub fn scores_read(&self) -> BTreeSet<i32> {
        self.shared.frame().scores.read.clone()
    }

    /// The other years whose score sheets were asked for, and are there.
    pub fn score_sheets_read(&self) -> BTreeSet<i32> {
        let own = self.shared.book.year;
        let scores = &self.shared.frame().scores;
        let there = scores.by_year.iter().filter(|(_, score)| score.is_some());
        there.map(|(&year, _)| year).filter(|&year| year != own).collect()
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
        if !SCORE_WORDS.contains(&name) {
            return None;
        }
        let Scope { group, lenient } = scope?;
        let named = Some((group.year, name.to_owned()));
        let asked = self.frame().asked;
        let own = group.year == self.book.year;
        let of_year = if asked { self.score_of(group.year) } else { None };
        match of_year {
            Some(YearScore::Failed) => {
                self.frame().scores.unknown.insert(group.year);
                let reason = TroubleKind::Failed(name.to_owned());
                Some(Dynamic::from(Absent { reason, lenient, named }))
            }
            Some(YearScore::Known { total, grade, others_share, years }) => {
                self.note_scores(group.year, &years);
                match name {
                    TOTAL => Some(Dynamic::from(Total { year: group.year, total })),
                    GRADE => Some(dynamic(Value::Text(grade.unwrap_or_default()))),
                    _ if own => None,
                    _ => Some(others_share.map_or_else(
                        || missing(name, None, lenient, named),
                        |share| Dynamic::from(Amount::exact(share, Unit::Ratio)),
                    )),
                }
            }
            // The words of the report's own year are defined apart.
            None if own => None,
            None => Some(missing(name, None, lenient, named)),
        }
    }

    /// 历年(总分): the totals of the years up to this one, oldest first. A year without a score sheet has none.
    pub(super) fn totals(&self, last: i32) -> Array {
        let begin = self.begin();
        let mut totals = Array::new();
        for year in self.book.years_up_to_own() {
            if year > last || begin.is_some_and(|begin| year < begin) {
                continue;
            }
            match self.score_of(year) {
                Some(YearScore::Known { total, years, .. }) => {
                    self.note_scores(year, &years);
                    totals.push(Dynamic::from(Total::amount(year, total)));
                }
                Some(YearScore::Failed) => {
                    self.frame().scores.unknown.insert(year);
                }
                None => {}
            }
        }
        totals
    }

    /// What is known of a year's score; another year is scored when it is first asked for.
    fn score_of(&self, year: i32) -> Option<YearScore> {
        let others = {
            let scores = &self.frame().scores;
            if let Some(known) = scores.by_year.get(&year) {
                return known.clone();
            }
            scores.others.clone().filter(|_| year < self.book.year)?
        };
        // The frame is free meanwhile: to score a year is to evaluate expressions.
        let score = (others.0)(&self.book, year);
        self.frame().scores.by_year.insert(year, score.clone());
        score
    }

    fn note_scores(&self, year: i32, years: &BTreeSet<i32>) {
        let own = self.book.year;
        self.frame().scores.read.extend(years.iter().copied().chain([year]).filter(|&year| year != own));
    }
}
