//! The explanations of the codes: each has its sections, its wrong example gives the code, and its right one gives it no
//! longer and no error at all.
//!
//! A fenced block of an example is the whole of a file of the year, laid over a small dossier that is in order. What no
//! YAML can say is done by [`spoil`].

use std::path::Path;

use jibao::Examined;
use jibao::audit::{Outline, audit};
use jibao::diagnostic::{Code, Diagnostic};
use jibao::source::Sources;
use jibao::typeset::{FontSet, check_coverage, typeset};
use tempfile::TempDir;

const YEAR: &str = "2025";

/// Codes that no dossier is known to give (Typst has no cause to warn about the templates), or none that is short enough
/// to be shown: how pages end depends on all that stands before. The tests of the audit break these rules. Data are
/// carried by `build` alone, where `prove` tests it.
const WITHOUT_EXAMPLE: &[Code] = &[
    Code::JB6002,
    Code::JB6004,
    Code::JB7005,
    Code::JB7006,
    Code::JB7007,
    Code::JB7008,
    Code::JB7009,
    Code::JB7010,
    Code::JB7011,
    Code::JB7012,
    Code::JB7013,
];

/// Codes of findings about a file that is not there or was not read, which has no place.
const WITHOUT_PLACE: &[Code] = &[Code::JB1001, Code::JB1002, Code::JB1020, Code::JB1021, Code::JB6001, Code::JB8007];

/// A small dossier in which nothing is wrong.
const BASE: &[(&str, &str)] = &[
    ("unit.yaml", "单位名称: 云岭县水利局\n"),
    ("report.yaml", "标题: 云岭县水利局2025年度部门整体支出绩效自评报告\n落款: {日期: 2026-05-31}\n"),
    ("figures.yaml", "预算: {总计: 540.00}\n支出: {合计: 535.00}\n"),
    ("sections/01.yaml", "标题: 概况\n正文:\n  - 本单位按规定开展绩效自评。\n"),
];

/// A fenced block: the words behind its backticks, and its text.
struct Fence<'t> {
    info: &'t str,
    text: String,
}

impl<'t> Fence<'t> {
    /// The file that the block is, unless it only shows something.
    fn file(&self) -> Option<&'t str> {
        self.info.strip_prefix("yaml ")
    }
}

/// The part of an explanation under a heading; empty where there is none.
fn section(code: Code, heading: &str) -> String {
    let mut inside = false;
    let mut fenced = false;
    let mut text = String::new();
    for line in code.explanation().lines() {
        fenced ^= line.starts_with("```");
        if line.starts_with("## ") && !fenced {
            inside = line == format!("## {heading}");
        } else if inside {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

fn fences(text: &str) -> Vec<Fence<'_>> {
    let mut fences = Vec::new();
    let mut open: Option<Fence<'_>> = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), open.take()) {
            (Some(info), None) => open = Some(Fence { info, text: String::new() }),
            (Some(_), Some(fence)) => fences.push(fence),
            (None, Some(mut fence)) => {
                fence.text.push_str(line);
                fence.text.push('\n');
                open = Some(fence);
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block without an end");
    fences
}

/// Where a file of an example stands in the dossier: it is of the year, unless it says otherwise.
fn path_of(file: &str) -> String {
    if file == "unit.yaml" || file.starts_with("体例/") {
        return file.to_owned();
    }
    match file.strip_prefix("上年/") {
        Some(rest) => format!("2024/{rest}"),
        None => format!("{YEAR}/{file}"),
    }
}

fn write(root: &Path, file: &str, bytes: impl AsRef<[u8]>) {
    let path = root.join(path_of(file));
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// The base with an example laid over it.
fn dossier(text: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (file, text) in BASE {
        write(folder.path(), file, text);
    }
    for fence in fences(text) {
        if let Some(file) = fence.file() {
            write(folder.path(), file, fence.text);
        }
    }
    folder
}

/// Does to the base what a code's example can only tell.
fn spoil(code: Code, root: &Path) {
    let section = "标题: 支出情况\n正文: [各项支出按批复的预算执行。]\n";
    match code {
        Code::JB1001 => {
            let from = root.join("2025/figures.yaml");
            std::fs::rename(&from, from.with_extension("yaml.txt")).unwrap();
        }
        Code::JB1002 => write(root, "sections/02.yaml", format!("{section}#{}", " ".repeat(1 << 20))),
        Code::JB1003 => write(root, "sections/02.yaml", encoding_rs::GBK.encode(section).0),
        Code::JB1004 => write(root, "sections/02.yaml", format!("\u{FEFF}{section}")),
        Code::JB8006 => {
            write(root, "evidence/验收单.pdf", "");
            let file = std::fs::File::options().write(true).open(root.join("2025/evidence/验收单.pdf")).unwrap();
            file.set_len(257 << 20).unwrap();
        }
        _ => {}
    }
}

/// What `check` finds; for the codes of finished pages what the audit finds besides; and for JB6001 what `build` finds, of
/// a report whose PDF would lack its title.
fn findings(code: Code, root: &Path, wrong: bool) -> (Sources, Vec<Diagnostic>) {
    let fonts = FontSet::new(&[], false).unwrap();
    let Examined { sources, mut findings, report } = jibao::examine(root, YEAR.parse().unwrap());
    let Some(mut report) = report else { return (sources, findings) };
    check_coverage(&report.view, &report.places, &fonts, &sources, &mut findings);
    if code.as_str().starts_with("JB8") {
        // What only `pack` looks for.
        jibao::pack::check_contents(root, &report, &sources, &mut findings);
    }
    if (Code::JB7001..=Code::JB7014).contains(&code) {
        let document = typeset(&report.view, &fonts, &mut findings).unwrap();
        audit(&document, &Outline::of(&report.view, &report.places), &fonts, &sources, &mut findings);
    }
    if code == Code::JB6001 {
        if wrong {
            report.view.meta.title.clear();
        }
        let document = typeset(&report.view, &fonts, &mut findings).unwrap();
        findings.extend(jibao::export::pdf(&document).err().into_iter().flatten());
    }
    (sources, findings)
}

/// The code of an example that failed, and what was found instead.
fn report(code: Code, findings: &[Diagnostic]) -> String {
    let found = findings.iter().map(|finding| format!("{} {}", finding.code.as_str(), finding.message));
    std::iter::once(format!("the example of {} gives:", code.as_str())).chain(found).collect::<Vec<_>>().join("\n  ")
}

/// Whether a finding stands in one of the files that the example writes.
fn stands_in(finding: &Diagnostic, sources: &Sources, example: &str) -> bool {
    let Some(place) = finding.place else { return WITHOUT_PLACE.contains(&finding.code) };
    let fences = fences(example);
    let mut files = fences.iter().filter_map(Fence::file).peekable();
    files.peek().is_none() || files.any(|file| sources.path(place.file).ends_with(&format!("/{}", path_of(file))))
}

fn examples() -> impl Iterator<Item = Code> {
    Code::ALL.iter().copied().filter(|code| !WITHOUT_EXAMPLE.contains(code))
}

#[test]
fn every_explanation_has_its_sections() {
    for &code in Code::ALL {
        let text = code.explanation();
        let title = format!("# {} {}\n\n", code.as_str(), code.title());
        assert!(text.starts_with(&title), "{text}");
        assert!(code.meaning().ends_with('。'), "{}: {}", code.as_str(), code.meaning());
        for heading in ["为什么要改", "错例", "改正"] {
            assert!(!section(code, heading).trim().is_empty(), "{} has no {heading}", code.as_str());
        }
        for heading in ["错例", "改正"] {
            assert!(!fences(&section(code, heading)).is_empty(), "{} shows no {heading}", code.as_str());
        }
        let headings = text.lines().filter_map(|line| line.strip_prefix("## "));
        let known = ["为什么要改", "错例", "改正", "例外", "依据"];
        let order: Vec<_> = headings.map(|heading| known.iter().position(|known| *known == heading)).collect();
        assert!(order.is_sorted() && !order.contains(&None), "{}: {order:?}", code.as_str());
    }
}

#[test]
fn the_base_is_in_order() {
    let folder = dossier("");
    let (_, found) = findings(Code::JB1001, folder.path(), false);
    assert_eq!(found, []);
}

#[test]
fn every_wrong_example_gives_its_code_in_one_of_its_files() {
    let mut failures = Vec::new();
    for code in examples() {
        let text = section(code, "错例");
        let folder = dossier(&text);
        spoil(code, folder.path());
        let (sources, found) = findings(code, folder.path(), true);
        let mut ours = found.iter().filter(|f| f.code == code).peekable();
        if ours.peek().is_none() || !ours.all(|finding| stands_in(finding, &sources, &text)) {
            failures.push(report(code, &found));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_right_example_is_free_of_its_code_and_of_errors() {
    let mut failures = Vec::new();
    for code in examples() {
        let folder = dossier(&section(code, "改正"));
        let (_, found) = findings(code, folder.path(), false);
        if found.iter().any(|f| f.code == code || f.blocks()) {
            failures.push(report(code, &found));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_codes_that_may_be_acknowledged_are_listed() {
    let listed = section(Code::JB9003, "依据");
    for &code in Code::ALL {
        assert_eq!(listed.contains(code.as_str()), code.is_difference(), "{}", code.as_str());
    }
}
