//! The smallest dossier of a profile, and what a score sheet says.

use jibao::scoring::{Scorecard, print_score};

use crate::support::Dossier;

/// A dossier for 2023 with these figures and scores.
pub(super) fn small(profile: &str, figures: &str, scores: &str) -> Dossier {
    Dossier::copy_of("tests/cases/own-indicators")
        .write("unit.yaml", format!("单位名称: 测试局\n体例: {profile}\n"))
        .write("2023/figures.yaml", figures)
        .write("2023/scores.yaml", scores)
}

/// The score sheet of 2023.
pub(super) fn card(dossier: &Dossier) -> Scorecard {
    let examined = jibao::examine(dossier.path(), 2023);
    let findings = examined.findings;
    examined.report.and_then(|report| report.scorecard).unwrap_or_else(|| panic!("no scores: {findings:#?}"))
}

/// The total as printed.
pub(super) fn total(card: &Scorecard) -> String {
    print_score(card.total)
}

/// What `check` finds, by code.
pub(super) fn codes(dossier: &Dossier) -> Vec<String> {
    dossier.check().findings().iter().map(|f| f["code"].as_str().unwrap_or_default().to_owned()).collect()
}

/// Holds every row of a sheet against the scores worked out by hand.
pub(super) fn assert_rows(card: &Scorecard, expected: &[(&str, &str)]) {
    let found: Vec<(&str, String)> = card.rows.iter().map(|row| (row.id.as_str(), row.score.to_string())).collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(id, score)| (*id, score.as_str())).collect();
    assert_eq!(found, expected);
}
