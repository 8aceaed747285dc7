//! `jibao build`: reports → PDFs.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::Exit;
use super::args::BuildArgs;
use super::check::{name_passed_over, stops};
use super::printer::{Printer, Stream};
use crate::batch::{Plan, Target, in_parallel, plan};
use crate::compose::DateView;
use crate::diagnostic::{Diagnostic, Severity, sort};
use crate::export::{pdf, write_atomically};
use crate::profile::Library;
use crate::scoring::{Scorecard, print_score};
use crate::source::Sources;
use crate::typeset::{FontSet, check_coverage, forget, typeset};
use crate::{Examined, examine_with};

/// Where PDFs go.
enum Destination {
    /// Each into its dossier.
    Beside,
    /// All into a folder.
    Folder(PathBuf),
    /// The only one to this file.
    File(PathBuf),
    /// The only one to standard output.
    Stdout,
}

/// What became of one report.
struct Outcome {
    sources: Sources,
    findings: Vec<Diagnostic>,
    built: Option<Built>,
    time: Duration,
}

/// A finished report.
struct Built {
    name: String,
    pages: usize,
    score: Option<String>,
    pdf: Vec<u8>,
}

pub(super) fn run(args: &BuildArgs, printer: &Printer) -> Result<Exit, String> {
    printer.begin(Stream::Err, args.targets.format);
    let fonts = FontSet::new(&args.fonts.folders, args.fonts.system_fonts)?;
    let Plan { targets, passed_over } = plan(&args.targets.paths).map_err(|e| e.to_string())?;
    name_passed_over(&passed_over, printer);
    let destination = destination(args.output.as_deref(), targets.len())?;
    let date = source_date()?;
    let library = args.profiles.library();
    let outcomes = in_parallel(&targets, args.targets.jobs, |target: &Target| {
        let start = Instant::now();
        let mut outcome = build(target, &library, &fonts, date, args);
        forget();
        outcome.time = start.elapsed();
        outcome
    })?;
    check_names(&targets, &outcomes, &destination)?;
    let mut exit = Exit::Done;
    for (target, outcome) in targets.iter().zip(&outcomes) {
        // One PDF that cannot be written does not keep the findings of the others from being shown.
        match deliver(target, outcome, &destination, args, printer) {
            Ok(true) => {}
            Ok(false) => exit = exit.max(Exit::Findings),
            Err(message) => {
                Printer::complain(&message);
                exit = Exit::Usage;
            }
        }
    }
    printer.end();
    Ok(exit)
}

fn destination(output: Option<&Path>, reports: usize) -> Result<Destination, String> {
    let Some(path) = output else { return Ok(Destination::Beside) };
    let stdout = path == Path::new("-");
    let file = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("pdf"));
    if !stdout && !file && !path.is_dir() && path.extension().is_some() {
        return Err(format!("-o 写一个文件夹，或以 .pdf 结尾的文件名：{}", path.display()));
    }
    if (stdout || file) && reports > 1 {
        return Err(format!("共有 {reports} 份报告，-o 要写一个文件夹"));
    }
    Ok(match (stdout, file) {
        (true, _) => Destination::Stdout,
        (_, true) => Destination::File(path.to_path_buf()),
        _ => Destination::Folder(path.to_path_buf()),
    })
}

/// The date that `SOURCE_DATE_EPOCH` (seconds since 1970, <https://reproducible-builds.org>) sets for the PDF's properties
/// in place of the issue date. What is printed on the page is not touched.
fn source_date() -> Result<Option<DateView>, String> {
    let Some(value) = std::env::var_os("SOURCE_DATE_EPOCH").filter(|value| !value.is_empty()) else { return Ok(None) };
    let seconds = value.to_str().and_then(|text| text.parse::<i64>().ok());
    let date = seconds.and_then(|seconds| time::OffsetDateTime::from_unix_timestamp(seconds).ok());
    let date = date.ok_or("环境变量 SOURCE_DATE_EPOCH 不是秒数")?;
    Ok(Some(DateView { year: date.year(), month: date.month().into(), day: date.day() }))
}

fn build(target: &Target, library: &Library, fonts: &FontSet, date: Option<DateView>, args: &BuildArgs) -> Outcome {
    let Examined { sources, mut findings, report } = examine_with(library, &target.root, target.year);
    let built = report.and_then(|mut report| {
        check_coverage(&report.view, fonts, &sources, &mut findings);
        let blocked = findings.iter().any(|finding| stops(finding, &args.targets));
        if blocked && !args.draft {
            return None;
        }
        report.view.draft = args.draft;
        report.view.meta.date = date.unwrap_or(report.view.meta.date);
        let document = typeset(&report.view, fonts, &mut findings)?;
        let pdf = pdf(&document).map_err(|more| findings.extend(more)).ok()?;
        let score = report.scorecard.as_ref().map(describe_score);
        let draft = if args.draft { "-草稿" } else { "" };
        let name = format!("{}-{}{draft}.pdf", report.dossier.unit.name.value, target.year);
        Some(Built { name: file_name(&name), pages: document.pages().len(), score, pdf })
    });
    sort(&mut findings);
    Outcome { sources, findings, built, time: Duration::ZERO }
}

fn describe_score(card: &Scorecard) -> String {
    let grade = card.grade.as_ref().map_or_else(String::new, |grade| format!("（{grade}）"));
    format!("{}分{grade}", print_score(card.total))
}

/// A name that every file system takes: no separators, no characters that Windows refuses.
fn file_name(name: &str) -> String {
    name.chars().map(|c| if c.is_control() || r#"\/:*?"<>|"#.contains(c) { '_' } else { c }).collect()
}

fn path_of(target: &Target, built: &Built, destination: &Destination) -> Option<PathBuf> {
    match destination {
        Destination::Beside => Some(target.root.join(&built.name)),
        Destination::Folder(folder) => Some(folder.join(&built.name)),
        Destination::File(path) => Some(path.clone()),
        Destination::Stdout => None,
    }
}

/// Two reports of one name would overwrite each other: said before anything is written.
fn check_names(targets: &[Target], outcomes: &[Outcome], destination: &Destination) -> Result<(), String> {
    let mut seen = std::collections::BTreeMap::new();
    for (target, outcome) in targets.iter().zip(outcomes) {
        let Some(path) = outcome.built.as_ref().and_then(|built| path_of(target, built, destination)) else { continue };
        if let Some(other) = seen.insert(path.clone(), target) {
            return Err(format!(
                "{} 和 {} 的报告都要写成 {}",
                other.root.display(),
                target.root.display(),
                path.display()
            ));
        }
    }
    Ok(())
}

/// Writes one report and says so. False when it failed.
fn deliver(
    target: &Target,
    outcome: &Outcome,
    destination: &Destination,
    args: &BuildArgs,
    printer: &Printer,
) -> Result<bool, String> {
    let open = outcome.findings.iter().filter(|finding| finding.acknowledged.is_none());
    printer.findings(Stream::Err, args.targets.format, open, &outcome.sources);
    let summary = summary(&outcome.findings);
    let place = format!("{}/{}", target.root.display(), target.year);
    let Some(built) = &outcome.built else {
        let line = format!("{place}：没有排印（先前的 PDF 未动）；{summary}；{}\n", seconds(outcome.time));
        printer.remark(Stream::Err, &line);
        return Ok(false);
    };
    let stream = if let Some(path) = path_of(target, built, destination) {
        write_atomically(&path, &built.pdf).map_err(|e| format!("{} 写不进去：{e}", path.display()))?;
        printer.remark(Stream::Out, &path.display().to_string());
        Stream::Out
    } else {
        printer.bytes(&built.pdf);
        printer.remark(Stream::Err, &place);
        Stream::Err
    };
    let score = built.score.as_ref().map_or_else(String::new, |score| format!("；{score}"));
    let draft = if args.draft { "；草稿" } else { "" };
    let line = format!("：{}页{score}；{summary}；{}{draft}\n", built.pages, seconds(outcome.time));
    printer.remark(stream, &line);
    Ok(!outcome.findings.iter().any(|finding| stops(finding, &args.targets)))
}

/// `0 个错误，0 个警告，已知差异 6 条`.
fn summary(findings: &[Diagnostic]) -> String {
    let count = |severity| findings.iter().filter(|f| f.acknowledged.is_none() && f.severity == severity).count();
    let known = findings.iter().filter(|f| f.acknowledged.is_some()).count();
    let text = format!("{}个错误，{}个警告", count(Severity::Error), count(Severity::Warning));
    if known > 0 { format!("{text}，已知差异{known}条") } else { text }
}

fn seconds(time: Duration) -> String {
    let millis = time.as_millis();
    format!("{}.{:02}秒", millis / 1000, millis % 1000 / 10)
}
