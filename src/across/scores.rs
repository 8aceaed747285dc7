//! The scores of the other years: each is scored as its own report scores it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::Words;
use crate::diagnostic::{Diagnostic, Severity};
use crate::dossier::{Dossier, Neighbour, OtherScores, Scores, load_other_scores};
use crate::figures::{Book, Calculator, OtherYears, YearScore};
use crate::profile::Profile;
use crate::scoring::{self, Scorecard};
use crate::source::Spanned;

/// How the years before the dossier's own are scored. Their scores.yaml are read when an expression asks for them, and not
/// otherwise. A year without a score sheet has no score; what is wrong with another year's scores stays with that year.
pub fn other_years(root: &Path, profile: &Arc<Profile>, dossier: &Dossier) -> OtherYears {
    let (root, profile, words) = (root.to_owned(), profile.clone(), Words::of(dossier));
    // The neighbours' figures as they were read: what is wrong with them leaves their year without a score.
    let sound = |(&year, neighbour): (&i32, &Neighbour)| {
        (neighbour.figures.is_some() && !neighbour.findings.iter().any(is_error)).then_some(year)
    };
    let sound: BTreeSet<i32> = dossier.neighbours.iter().filter_map(sound).collect();
    OtherYears::new(move |book, year| match load_other_scores(&root, year) {
        OtherScores::None => None,
        OtherScores::Read(scores) if sound.contains(&year) => {
            Some(of_year(book, &profile, &words, year, &scores).unwrap_or(YearScore::Failed))
        }
        OtherScores::Read(_) | OtherScores::Broken => Some(YearScore::Failed),
    })
}

/// The score of a report's own year, which is scored already.
pub fn own_score(calculator: &Calculator, card: &Scorecard) -> YearScore {
    known(card, &calculator.years_read())
}

/// The score of the last year of a report of several: it is scored like the others.
pub fn last_score(calculator: &Calculator, profile: &Profile, dossier: &Dossier) -> Option<YearScore> {
    let (sheet, year) = (dossier.year.scores.as_ref()?, dossier.year.number);
    Some(of_year(calculator.book(), profile, &Words::of(dossier), year, sheet).unwrap_or(YearScore::Failed))
}

/// Scores a year by a calculator of its own: its formulas may look back to the year before it as they do in its own report.
fn of_year(book: &Book, profile: &Profile, words: &Words, year: i32, scores: &Spanned<Scores>) -> Option<YearScore> {
    let own = Calculator::new(Arc::new(book.for_year(year)));
    words.define(&own, year);
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
