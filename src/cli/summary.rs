//! `jibao summary`: all units of one year in one table → PDF, xlsx, JSON.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::Exit;
use super::args::{FindingFormat, SummaryArgs, SummaryFormat};
use super::build::source_date;
use super::check::name_passed_over;
use super::printer::{Printer, Stream};
use crate::audit::{Outline, audit};
use crate::batch::{Plan, PlanError, Selection, Unwritten, in_parallel, plan, write_single};
use crate::compose::{Places, ReportView};
use crate::county::{self, Elsewhere, Gathered, Subject, Summary, UnitFolder, UnitYear, gather, summarize, unit_year};
use crate::diagnostic::Diagnostic;
use crate::examine_with;
use crate::export::{pdf, summary_xlsx, why};
use crate::profile::Library;
use crate::source::Sources;
use crate::typeset::{FontSet, check_coverage, forget, typeset};

pub(super) fn run(args: &SummaryArgs, printer: &Printer) -> Result<Exit, String> {
    let formats = formats(args)?;
    let fonts = FontSet::new(&args.fonts.folders, args.fonts.system_fonts)?;
    let date = source_date()?;
    let selection = Selection { years: None, only: args.units.only.clone() };
    let Plan { targets, passed_over } = plan(&args.paths, &selection).map_err(complaint)?;
    name_passed_over(&passed_over, printer);
    let Gathered { present, absent } = gather(&targets, args.year).map_err(|e| e.to_string())?;
    let units = examine_all(&present, args, &fonts)?;
    let subject = Subject { year: args.year, title: args.title.clone(), money: args.unit.into() };
    let mut summary = summarize(&subject, units, absent);
    name_faulty(&summary, printer);
    summary.date = date.unwrap_or(summary.date);
    let mut exit = if summary.faulty().is_empty() { Exit::Done } else { Exit::Findings };
    let elsewhere = if formats.contains(&SummaryFormat::Xlsx) { Elsewhere::Workbook } else { Elsewhere::Nowhere };
    for format in formats {
        match document(&summary, format, elsewhere, &fonts) {
            Ok(document) => deliver(&summary, format, &document, args, printer)?,
            Err(findings) => {
                printer.findings(Stream::Err, FindingFormat::Human, &findings, &Sources::default());
                exit = Exit::Findings;
            }
        }
    }
    Ok(exit)
}

/// No year is left out before the units are known: where nothing is left, `--only` did it.
fn complaint(error: PlanError) -> String {
    match error {
        PlanError::NoneLeft { .. } => "没有符合 --only 的单位".to_owned(),
        other => other.to_string(),
    }
}

/// The formats that are asked for, each once.
fn formats(args: &SummaryArgs) -> Result<Vec<SummaryFormat>, String> {
    let mut formats = args.format.clone();
    formats.sort();
    formats.dedup();
    let output = args.output.as_path();
    if output == Path::new("-") && formats.len() > 1 {
        return Err("-o - 只能输出一种：再写 --format pdf、--format xlsx 或 --format json".to_owned());
    }
    if output.is_file() || (!output.is_dir() && output.extension().is_some() && output != Path::new("-")) {
        return Err(format!("-o 写一个文件夹：{}", output.display()));
    }
    Ok(formats)
}

fn examine_all(present: &[UnitFolder], args: &SummaryArgs, fonts: &FontSet) -> Result<Vec<UnitYear>, String> {
    let library = args.profiles.library();
    in_parallel(present, args.parallel.jobs, |unit: &UnitFolder| examine(unit, args, &library, fonts))
}

/// Examines a unit's year as `check` does, and keeps its row alone.
fn examine(unit: &UnitFolder, args: &SummaryArgs, library: &Library, fonts: &FontSet) -> UnitYear {
    let mut examined = examine_with(library, &unit.root, args.year);
    if let Some(report) = &examined.report {
        check_coverage(&report.view, &report.places, fonts, &examined.sources, &mut examined.findings);
    }
    unit_year(unit.name.clone(), unit.root.display().to_string(), &examined, args.unit.into())
}

/// Says which main figures have no value for a reason that is in no report, which reports have errors, and how to see
/// them.
fn name_faulty(summary: &Summary, printer: &Printer) {
    for unit in summary.lines.iter().map(|line| &line.unit) {
        for trouble in &unit.troubles {
            printer.remark(Stream::Err, &format!("{}：{trouble}\n", unit.name));
        }
    }
    for line in summary.faulty() {
        let folder = Path::new(&line.unit.path).join(summary.year.to_string());
        let (name, errors) = (&line.unit.name, line.unit.counts.errors);
        let text = format!("{name}：{errors}个错误，没有排名；见 jibao check {}\n", folder.display());
        printer.remark(Stream::Err, &text);
    }
}

/// A finished summary.
struct Document {
    bytes: Vec<u8>,
    pages: Option<usize>,
}

fn document(
    summary: &Summary,
    format: SummaryFormat,
    elsewhere: Elsewhere,
    fonts: &FontSet,
) -> Result<Document, Vec<Diagnostic>> {
    let failed = |text: String| vec![Diagnostic::new(crate::diagnostic::Code::JB6001, text)];
    let bytes = match format {
        SummaryFormat::Pdf => return print(&county::compose(summary, elsewhere), fonts),
        SummaryFormat::Xlsx => summary_xlsx(summary).map_err(failed)?,
        SummaryFormat::Json => county::to_json(summary).map_err(failed)?.into_bytes(),
    };
    Ok(Document { bytes, pages: None })
}

fn print(view: &ReportView, fonts: &FontSet) -> Result<Document, Vec<Diagnostic>> {
    let mut findings = Vec::new();
    // The texts are the units' names and the program's own: they are written nowhere.
    let (places, sources) = (Places::default(), Sources::default());
    check_coverage(view, &places, fonts, &sources, &mut findings);
    if findings.iter().any(Diagnostic::blocks) {
        return Err(findings);
    }
    let Some(document) = typeset(view, fonts, &mut findings) else { return Err(findings) };
    audit(&document, &Outline::of(view, &places), fonts, &sources, &mut findings);
    if findings.iter().any(Diagnostic::blocks) {
        forget();
        return Err(findings);
    }
    let bytes = pdf(&document);
    forget();
    bytes.map(|bytes| Document { bytes, pages: Some(document.pages().len()) })
}

fn deliver(
    summary: &Summary,
    format: SummaryFormat,
    document: &Document,
    args: &SummaryArgs,
    printer: &Printer,
) -> Result<(), String> {
    if args.output == Path::new("-") {
        printer.bytes(&document.bytes);
        return Ok(());
    }
    let name = PathBuf::from(format!("{}年度汇总.{}", summary.year, format.extension()));
    let path = if args.output == Path::new(".") { name } else { args.output.join(name) };
    write_single(&path, args.force, |file| file.write_all(&document.bytes)).map_err(|unwritten| match unwritten {
        Unwritten::Standing(standing) => standing.refusal(),
        Unwritten::File(error) => format!("{} 写不进去：{}", path.display(), why(&error)),
    })?;
    let pages = document.pages.map_or_else(String::new, |pages| format!("{pages}页；"));
    let (all, ranked) = (summary.lines.len(), summary.ranked().len());
    let absent = match summary.absent.len() {
        0 => String::new(),
        count => format!("，没有这一年的{count}个"),
    };
    printer.remark(Stream::Out, &format!("{}：{pages}{all}个单位，排名{ranked}个{absent}\n", path.display()));
    Ok(())
}
