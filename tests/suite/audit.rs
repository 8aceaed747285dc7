//! The page audit: each rule broken, by a dossier where one can and else by a template that was changed, and found at its
//! place; and all samples without a finding.

use jibao::audit::{Outline, audit};
use jibao::diagnostic::{Code, Diagnostic, Severity};
use jibao::source::{Position, Sources};
use jibao::typeset::{FontSet, check_coverage, typeset};
use jibao::{Examination, Examined};
use tempfile::TempDir;

use crate::support::{jibao, root};

mod dossiers;
mod ends;
mod rare;
mod templates;

const YEAR: i32 = 2025;

/// A small dossier with these files of the year laid over it.
fn dossier(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let base = [
        ("figures.yaml", "预算: {总计: 540.00}\n支出: {合计: 535.00}\n"),
        ("report.yaml", "标题: 云岭县水利局2025年度自评报告\n"),
    ];
    std::fs::create_dir_all(folder.path().join("2025/sections")).unwrap();
    std::fs::write(folder.path().join("unit.yaml"), "单位名称: 云岭县水利局\n").unwrap();
    for (file, text) in base.iter().chain(files) {
        let path = match *file {
            "unit.yaml" => folder.path().join(file),
            _ => folder.path().join("2025").join(file),
        };
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// What is found of a dossier when it is examined, and when its pages are audited.
struct Found {
    sources: Sources,
    examined: Vec<Diagnostic>,
    audited: Vec<Diagnostic>,
}

impl Found {
    /// The code, file and line of each finding of the audit.
    fn audited(&self) -> Vec<(Code, String)> {
        self.audited.iter().map(|finding| (finding.code, self.place(finding))).collect()
    }

    /// `sections/01.yaml:3`; empty where there is no place.
    fn place(&self, finding: &Diagnostic) -> String {
        let position = self.position(finding);
        position.rsplit_once(':').map_or(String::new(), |(line, _)| line.to_owned())
    }

    /// `sections/01.yaml:3:5`; empty where there is no place.
    fn position(&self, finding: &Diagnostic) -> String {
        let Some(place) = finding.place else { return String::new() };
        let path = self.sources.path(place.file);
        let path = path.split_once("/2025/").map_or(path, |(_, path)| path);
        let Position { line, column } = self.sources.position(place.file, place.start);
        format!("{path}:{line}:{column}")
    }
}

fn examined(folder: &TempDir) -> (Sources, Vec<Diagnostic>, Examination) {
    let Examined { sources, findings, report } = jibao::examine(folder.path(), YEAR);
    let report = report.unwrap_or_else(|| panic!("{findings:?}"));
    (sources, findings, report)
}

fn find(files: &[(&str, &str)]) -> Found {
    let folder = dossier(files);
    let (sources, mut examined, report) = examined(&folder);
    let fonts = FontSet::new(&[], false).unwrap();
    check_coverage(&report.view, &report.places, &fonts, &sources, &mut examined);
    let mut audited = Vec::new();
    let document = typeset(&report.view, &fonts, &mut audited).unwrap();
    assert_eq!(audited, []);
    audit(&document, &Outline::of(&report.view, &report.places), &fonts, &sources, &mut audited);
    Found { sources, examined, audited }
}

/// A section of paragraphs of one line each.
fn paragraphs(count: usize) -> String {
    format!("标题: 概况\n正文:\n{}", "  - 本单位按规定开展绩效自评。\n".repeat(count))
}

#[test]
fn no_sample_has_a_finding() {
    let samples = root().join("samples");
    let mut folders: Vec<_> = [samples.clone(), samples.join("county")]
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("unit.yaml").is_file())
        .collect();
    folders.sort();
    let fonts = FontSet::new(&[], false).unwrap();
    let mut audited = 0;
    for folder in folders {
        for year in jibao::dossier::find_years(&folder) {
            let Examined { sources, report, .. } = jibao::examine(&folder, year);
            let report = report.unwrap();
            let mut findings = Vec::new();
            check_coverage(&report.view, &report.places, &fonts, &sources, &mut findings);
            let document = typeset(&report.view, &fonts, &mut findings).unwrap();
            audit(&document, &Outline::of(&report.view, &report.places), &fonts, &sources, &mut findings);
            jibao::typeset::forget();
            assert_eq!(findings, [], "{} {year}", folder.display());
            audited += 1;
        }
    }
    assert_eq!(audited, 33);
}

#[test]
fn a_summary_is_audited_and_has_no_finding() {
    let out = TempDir::new().unwrap();
    let mut command = jibao();
    command.args(["summary", "--year", "2023", "-o"]).arg(out.path()).arg(root().join("samples/county"));
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn a_serious_fault_of_the_page_stops_the_report_and_a_hint_does_not() {
    let build = |files: &[(&str, &str)]| {
        let folder = dossier(files);
        let pdf = folder.path().join("out.pdf");
        let mut command = jibao();
        command.args(["build", "--deny-warnings", "--findings", "json", "-o"]).arg(&pdf).arg(folder.path());
        let output = command.output().unwrap();
        (output.status.code(), pdf.is_file(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, written, said) = build(&[("sections/01.yaml", dossiers::TOO_WIDE)]);
    assert_eq!((code, written), (Some(1), false), "{said}");
    assert!(said.contains("\"code\":\"JB7003\"") && said.contains("\"line\":4"), "{said}");
    let (code, written, said) = build(&[("report.yaml", dossiers::BLOCK), ("sections/01.yaml", &paragraphs(2))]);
    assert_eq!((code, written), (Some(0), true), "{said}");
    assert!(said.contains("\"code\":\"JB7014\""), "{said}");
}

#[test]
fn matters_of_taste_are_hints() {
    for code in [Code::JB7002, Code::JB7010, Code::JB7011, Code::JB7012, Code::JB7014] {
        assert_eq!(code.severity(), Severity::Hint, "{code:?}");
    }
}
