//! Gathering what a PDF carries, out of what was read and computed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::contents::{Contents, FileSum, program_fonts, templates_sum};
use super::{BUNDLED_PROFILES, CONTENTS, FIGURES, OWN_PROFILES, SCORES, check_paths, profiles};
use crate::Examination;
use crate::compose::{CarriedView, DateView};
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{Attach, is_yaml, year_of};
use crate::export::{figure_rows, figures_json, score_entries, scores_json};
use crate::profile::Library;
use crate::source::{Reader, Sources, without_comments};
use crate::typeset::FontSet;

const YAML: &str = "application/yaml";
const JSON: &str = "application/json";

/// A report whose data are to be carried.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The dossier's folder.
    pub root: &'a Path,
    /// Where its profile was looked for.
    pub library: &'a Library,
    /// The faces that print it.
    pub fonts: &'a FontSet,
    /// The text of its files, as it was read.
    pub sources: &'a Sources,
    /// The report.
    pub report: &'a Examination,
    /// What is carried.
    pub attach: Attach,
    /// Whether every page is marked as a draft.
    pub draft: bool,
    /// The date of the PDF's properties, where it is not the issue date.
    pub date: Option<DateView>,
}

/// The files that the PDF of a report carries, in the order of their paths; none where nothing is asked for.
///
/// # Errors
/// A file whose name will not do everywhere, or whose comments cannot be told from its text.
#[expect(clippy::result_large_err, reason = "a finding is what callers want, and few are known")]
pub fn collect(request: Request<'_>) -> Result<Vec<CarriedView>, Diagnostic> {
    if request.attach == Attach::Nothing {
        return Ok(Vec::new());
    }
    let mut files = dossier_files(request);
    let profile = &request.report.dossier.unit.profile.value;
    files.extend(profiles::files(request.library, request.root, profile));
    if request.attach == Attach::WithoutComments {
        strip(&mut files)?;
    }
    check_paths(files.keys().map(String::as_str))
        .map_err(|trouble| trouble_with(&trouble.to_string()).hint("给这个文件改名，或在 unit.yaml 里去掉 附源数据"))?;
    let contents = contents(request, &files)?;
    let mut carried: Vec<CarriedView> = files.into_iter().map(|(path, text)| source(path, text)).collect();
    carried.extend(results(request.report));
    carried.push(CarriedView {
        path: CONTENTS.to_owned(),
        text: contents,
        relationship: "supplement",
        mime: JSON,
        description: "附件清单：程序版本、字体、选项和各文件的校验值".to_owned(),
    });
    carried.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(carried)
}

fn trouble_with(text: &str) -> Diagnostic {
    Diagnostic::new(Code::JB6004, format!("源数据附不进 PDF：{text}"))
}

/// The dossier's files that the pages rest on, as they were read.
fn dossier_files(request: Request<'_>) -> BTreeMap<String, String> {
    let Request { root, sources, report, .. } = request;
    let Ok(reader) = Reader::new(root) else { return BTreeMap::new() };
    let wanted = Wanted::of(report);
    let prefix = reader.shown("");
    let mut files = BTreeMap::new();
    for file in sources.files() {
        let Some(path) = sources.path(file).strip_prefix(&prefix).filter(|path| wanted.takes(path)) else { continue };
        // A file that is read more than once was the same each time, or the first reading is the one that counts.
        files.entry(path.to_owned()).or_insert_with(|| sources.text(file).to_owned());
    }
    // The score sheets of other years are read when an expression asks for them, and leave no text behind.
    for year in report.calculator.score_sheets_read() {
        let path = format!("{year}/scores.yaml");
        if let Some(text) = reader.text(&path) {
            files.entry(path).or_insert_with(|| text.strip_prefix('\u{FEFF}').unwrap_or(&text).to_owned());
        }
    }
    files
}

/// Which files of a dossier the pages of a report rest on.
struct Wanted {
    year: i32,
    /// Whether the sections are the dossier's; those of a report of several years are the profile's.
    sections: bool,
    /// The years whose figures count: those up to its own, and those beyond that were read.
    years: BTreeSet<i32>,
}

impl Wanted {
    fn of(report: &Examination) -> Self {
        let year = &report.dossier.year;
        let mut years = report.calculator.years_read();
        years.extend(report.calculator.book().years_up_to_own());
        Self { year: year.number, sections: year.first.is_none(), years }
    }

    fn takes(&self, path: &str) -> bool {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["unit.yaml"] => true,
            [year, "figures.yaml"] => year_of(year).is_some_and(|year| self.years.contains(&year)),
            [year, "report.yaml" | "scores.yaml"] => year_of(year) == Some(self.year),
            [year, "sections", name] => self.sections && year_of(year) == Some(self.year) && is_yaml(name),
            _ => false,
        }
    }
}

/// Takes the comments out of the user's files. Those of the program's own profiles are no secret.
#[expect(clippy::result_large_err, reason = "a finding is what the caller wants")]
fn strip(files: &mut BTreeMap<String, String>) -> Result<(), Diagnostic> {
    for (path, text) in files.iter_mut().filter(|(path, _)| !path.starts_with(BUNDLED_PROFILES)) {
        *text = without_comments(text).ok_or_else(|| {
            trouble_with(&format!("{path} 的语法有误，分不清哪些是注释")).hint("先照别的提示改好这个文件")
        })?;
    }
    Ok(())
}

#[expect(clippy::result_large_err, reason = "a finding is what the caller wants")]
fn contents(request: Request<'_>, files: &BTreeMap<String, String>) -> Result<String, Diagnostic> {
    let year = &request.report.dossier.year;
    let fonts = program_fonts(request.fonts).map_err(|error| trouble_with(&format!("字体读不出来：{error}")))?;
    let contents = Contents {
        schema: Contents::SCHEMA,
        jibao: env!("CARGO_PKG_VERSION").to_owned(),
        templates: templates_sum().to_owned(),
        year: year.number,
        since: year.first,
        draft: request.draft,
        date: request.date,
        comments: request.attach == Attach::Whole,
        fonts,
        files: files.iter().map(|(path, text)| FileSum::of(path, text.as_bytes())).collect(),
    };
    let text = serde_json::to_string_pretty(&contents).map_err(|error| trouble_with(&error.to_string()))?;
    Ok(text + "\n")
}

/// What was computed. A report of several years has no score sheet of its own.
fn results(report: &Examination) -> Vec<CarriedView> {
    let result = |path: &str, text, description: &str| CarriedView {
        path: path.to_owned(),
        text,
        relationship: "data",
        mime: JSON,
        description: description.to_owned(),
    };
    let rows = figure_rows(report.calculator.book(), report.calculator.printer());
    let mut results = vec![result(FIGURES, figures_json(&rows), "算出的数据项")];
    if let Some(card) = &report.scorecard {
        let entries = score_entries(report.dossier.year.number, card);
        results.push(result(SCORES, scores_json(&entries), "算出的评分"));
    }
    results
}

fn source(path: String, text: String) -> CarriedView {
    let description = describe(&path);
    CarriedView { path, text, relationship: "source", mime: YAML, description }
}

/// What a file of a dossier is, in words.
fn describe(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["unit.yaml"] => "单位和共用的设置".to_owned(),
        [year, "report.yaml"] => format!("{year}年度报告的标题、依据、落款和附件"),
        [year, "figures.yaml"] => format!("{year}年度的数据项"),
        [year, "scores.yaml"] => format!("{year}年度的评分"),
        [year, "sections", _] => format!("{year}年度报告的正文"),
        [OWN_PROFILES, name, "indices", _] => format!("体例 {name} 的指标体系"),
        [OWN_PROFILES, name, ..] => format!("体例 {name}"),
        [_, OWN_PROFILES, name, "indices", _] => format!("程序自带的体例 {name} 的指标体系"),
        [_, OWN_PROFILES, name, ..] => format!("程序自带的体例 {name}"),
        _ => "报告的源数据".to_owned(),
    }
}
