//! The scores of the other years: each is scored as its own report scores it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::dossier::{Dossier, Neighbour, OtherScores, Scores};
use crate::figures::{Calculator, YearScore};
use crate::profile::Profile;
use crate::scoring::{self, Scorecard};
use crate::source::Spanned;

/// What is known of the scores of the years up to the report's own, by the figures of its calculator. A year without a
/// score sheet is not among them. What is wrong with another year's scores stays with that year.
pub fn year_scores(
    calculator: &Calculator,
    profile: &Profile,
    dossier: &Dossier,
    own: Option<&Scorecard>,
) -> BTreeMap<i32, YearScore> {
    let others = dossier.neighbours.range(..dossier.year.number);
    let mut scores: BTreeMap<i32, YearScore> = others
        .filter_map(|(&year, neighbour)| Some((year, of_neighbour(calculator, profile, dossier, (year, neighbour))?)))
        .collect();
    scores.extend(own.map(|card| (dossier.year.number, known(card, &calculator.years_read()))));
    scores
}

/// What is known of the scores of the years of a report of several: its last year is scored like the others.
pub fn multi_year_scores(calculator: &Calculator, profile: &Profile, dossier: &Dossier) -> BTreeMap<i32, YearScore> {
    let year = dossier.year.number;
    let mut scores = year_scores(calculator, profile, dossier, None);
    if let Some(sheet) = &dossier.year.scores {
        scores.insert(year, of_year(calculator, profile, dossier, year, sheet).unwrap_or(YearScore::Failed));
    }
    scores
}

fn of_neighbour(
    calculator: &Calculator,
    profile: &Profile,
    dossier: &Dossier,
    (year, neighbour): (i32, &Neighbour),
) -> Option<YearScore> {
    let scores = match &neighbour.scores {
        OtherScores::None => return None,
        OtherScores::Broken => return Some(YearScore::Failed),
        OtherScores::Read(scores) => scores,
    };
    if neighbour.figures.is_none() || neighbour.findings.iter().any(is_error) {
        return Some(YearScore::Failed);
    }
    Some(of_year(calculator, profile, dossier, year, scores).unwrap_or(YearScore::Failed))
}

/// Scores a year by a calculator of its own: its formulas may look back to the year before it as they do in its own report.
fn of_year(
    calculator: &Calculator,
    profile: &Profile,
    dossier: &Dossier,
    year: i32,
    scores: &Spanned<Scores>,
) -> Option<YearScore> {
    let own = Calculator::new(Arc::new(calculator.book().for_year(year)));
    crate::define_words(&own, dossier, year);
    let mut findings = Vec::new();
    let card = scoring::score(&own, profile, scores, &mut findings)?;
    findings.extend(own.take_log());
    // A difference can be acknowledged and the report printed; anything else leaves that year without a report.
    let sound = !findings.iter().any(|finding| is_error(finding) && !finding.code.is_difference());
    sound.then(|| known(&card, &own.years_read()))
}

fn known(card: &Scorecard, years: &BTreeSet<i32>) -> YearScore {
    YearScore::Known {
        total: card.total,
        grade: card.grade.clone(),
        others_share: card.others_share,
        years: years.clone(),
    }
}

fn is_error(finding: &Diagnostic) -> bool {
    finding.severity == Severity::Error
}
