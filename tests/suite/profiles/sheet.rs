//! A score sheet as a test compares it.

use jibao::diagnostic::{Code, Severity};
use jibao::scoring::Scorecard;

use crate::support::Dossier;

/// The score sheet of a year.
pub(super) fn card(dossier: &Dossier, year: i32) -> Scorecard {
    let examined = jibao::examine(dossier.path(), year);
    let report = examined.report.unwrap_or_else(|| panic!("{:#?}", examined.findings));
    report.scorecard.expect("scores")
}

/// The score of a row, as printed.
pub(super) fn score(dossier: &Dossier, year: i32, id: &str) -> String {
    let card = card(dossier, year);
    let row = card.rows.iter().find(|row| row.id == id).unwrap_or_else(|| panic!("no row {id}"));
    row.score.to_string()
}

/// The ids and scores of all rows, in order.
pub(super) fn scores(card: &Scorecard) -> Vec<(&str, String)> {
    card.rows.iter().map(|row| (row.id.as_str(), row.score.to_string())).collect()
}

/// What is found, but for hints: code and subject.
pub(super) fn found(dossier: &Dossier, year: i32) -> Vec<(Code, String)> {
    let findings = jibao::examine(dossier.path(), year).findings;
    let findings = findings.into_iter().filter(|finding| finding.severity != Severity::Hint);
    findings.map(|finding| (finding.code, finding.subject.unwrap_or_default())).collect()
}

/// A sample is silent even where warnings count, and a new dossier of its profile too, but for what is to be filled in.
pub(super) fn passes(sample: &str, profile: &str) {
    let run = Dossier::copy_of(sample).run(&["check", "--deny-warnings", "--format", "json"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.findings().iter().all(|finding| finding["severity"] == "hint"), "{}", run.stdout);
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let new = folder.path().join("new");
    let made = crate::support::jibao().args(["init", "--profile", profile]).arg(&new).output().expect("it runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let run: crate::support::Run =
        crate::support::jibao().args(["check", "--format", "json"]).arg(&new).output().expect("it runs").into();
    let other: Vec<_> = run.findings().into_iter().filter(|finding| finding["code"] != "JB5010").collect();
    assert!(other.is_empty() && run.code == 0, "{other:#?}{}", run.stderr);
}
