//! 清单.json: what is in the pack, for programs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::PackedFile;
use crate::Examination;
use crate::compose::DateView;
use crate::scoring::print_score;
use crate::typeset::{FontSet, Role};

/// The version of the form that this module writes.
const SCHEMA: u32 = 1;
/// The version of Typst that pages are laid out by. A test holds it against the lock file.
const TYPST: &str = "0.15.1";

/// The manifest of a pack. Numbers of money and scores are strings.
#[derive(Debug, Serialize)]
struct Manifest<'a> {
    schema: u32,
    unit: &'a str,
    year: i32,
    /// The issue date: `2023-04-05`.
    date: String,
    title: &'a str,
    score: Option<String>,
    full: Option<String>,
    grade: Option<&'a str>,
    versions: Versions<'a>,
    files: Vec<&'a PackedFile>,
    /// Evidence in the folder that nothing names, which is not in the pack.
    left_out: &'a [String],
}

#[derive(Debug, Serialize)]
struct Versions<'a> {
    jibao: &'static str,
    typst: &'static str,
    /// 体例.
    profile: &'a str,
    /// 指标体系.
    index_system: Option<&'a str>,
    /// The first face of each role.
    fonts: BTreeMap<String, String>,
}

/// As JSON.
///
/// # Errors
/// None is known; the writer's own word.
pub(super) fn to_json(
    report: &Examination,
    fonts: &FontSet,
    date: DateView,
    files: &[PackedFile],
    left_out: &[String],
) -> Result<Vec<u8>, String> {
    let card = report.scorecard.as_ref();
    let face = |role: Role| Some((role.name().to_owned(), fonts.faces(role).first()?.info.family.clone()));
    let manifest = Manifest {
        schema: SCHEMA,
        unit: &report.dossier.unit.name.value,
        year: report.dossier.year.number,
        date: format!("{:04}-{:02}-{:02}", date.year, date.month, date.day),
        title: &report.view.meta.title,
        score: card.map(|card| print_score(card.total)),
        full: card.map(|card| print_score(card.full)),
        grade: card.and_then(|card| card.grade.as_deref()),
        versions: Versions {
            jibao: env!("CARGO_PKG_VERSION"),
            typst: TYPST,
            profile: &report.dossier.unit.profile.value,
            index_system: card.map(|card| card.system.as_str()),
            fonts: Role::ALL.iter().copied().filter_map(face).collect(),
        },
        files: files.iter().collect(),
        left_out,
    };
    let text = serde_json::to_string_pretty(&manifest).map_err(|error| error.to_string())?;
    Ok((text + "\n").into_bytes())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_version_of_typst_is_the_locked_one() {
        let lock = include_str!("../../Cargo.lock");
        assert!(lock.contains(&format!("name = \"typst\"\nversion = \"{}\"", super::TYPST)));
    }
}
