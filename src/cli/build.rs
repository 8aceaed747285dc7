//! `jibao build`: reports → PDFs.

mod destination;
mod progress;
mod summary;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::Exit;
use super::args::BuildArgs;
use super::check::name_passed_over;
use super::merge::{check_replaceable, write};
use super::printer::{Printer, Stream};
use super::told::Told;
use crate::batch::{
    Builder, DEFAULT_PATTERN, Ending, Entry, Job, Manifest, Options, Outcome, Output, Pattern, Plan, Products, Shard,
    Share, Target, check_apart, check_outside_years, names, over_years, plan, stream,
};
use crate::compose::DateView;
use crate::diagnostic::some_of;
use crate::export::why;
use crate::typeset::FontSet;
use destination::{Destination, Wanted, destination};
use progress::Progress;
pub(super) use summary::{line, summary, tally};

pub(super) fn run(args: &BuildArgs, printer: &Printer) -> Result<Exit, String> {
    let start = Instant::now();
    printer.begin(Stream::Err, args.findings.format);
    let targets = targets(args, printer)?;
    let wanted = Wanted::of(args)?;
    let destination = destination(args, &wanted, targets.len())?;
    let options = options(args, &wanted)?;
    let jobs = jobs(args, targets, &destination, &options.products)?;
    let shard = args.shard.map(|request| request.resolve(|name| std::env::var(name).ok())).transpose()?;
    let whole = shard.map(|shard| Share::of(shard, &jobs.iter().map(|job| &job.target).collect::<Vec<_>>()));
    let jobs = share(jobs, shard);
    if args.list {
        printer.result(&jobs.iter().map(|job| job.target.shown() + "\n").collect::<String>());
        return Ok(Exit::Done);
    }
    // Said before the work and not after it.
    if let Some(path) = args.manifest.as_deref().filter(|path| *path != Path::new("-")) {
        check_replaceable(path)?;
    }
    let fonts = FontSet::new(&args.fonts.folders, args.fonts.system_fonts)?;
    let library = args.profiles.library();
    let builder = Builder::new(&library, &fonts, options);
    let builder = match &destination {
        Destination::Typ(folder) => builder
            .with_typ_folder(folder)
            .map_err(|error| format!("{} 写不进去：{}", folder.display(), why(&error)))?,
        _ => builder,
    };
    let (entries, exit) = make(&jobs, &builder, args, printer)?;
    if entries.len() > 1 {
        printer.remark(told(args), &format!("{}{}", summary(&entries), tally(&entries, Some(start.elapsed()))));
    }
    keep_manifest(args, whole, entries, printer)?;
    printer.end();
    Ok(exit)
}

/// Where it is told what became of reports: where the manifest is not.
fn told(args: &BuildArgs) -> Stream {
    if args.manifest.as_deref() == Some(Path::new("-")) { Stream::Err } else { Stream::Out }
}

fn targets(args: &BuildArgs, printer: &Printer) -> Result<Vec<Target>, String> {
    let plan = plan(&args.targets.paths, &args.targets.selection()).map_err(|e| e.to_string())?;
    let Plan { targets, passed_over } = match &args.multi_year {
        Some(years) => {
            let (first, last) = years.range().ok_or("--multi-year 写一个范围，如 2019..2023")?;
            over_years(plan, first, last)
        }
        None => plan.of_reports(&args.targets.paths),
    };
    name_passed_over(&passed_over, printer);
    Ok(targets)
}

/// The reports with the files that they are written to, none of which two share.
fn jobs(
    args: &BuildArgs,
    targets: Vec<Target>,
    destination: &Destination,
    products: &Products,
) -> Result<Vec<Job>, String> {
    let pattern = args.name.clone().map_or_else(|| DEFAULT_PATTERN.parse::<Pattern>(), Ok)?;
    let names = names(&targets, &pattern, if args.draft { "-草稿" } else { "" });
    let output = |target: &Target, name: Option<String>| {
        let name = name?;
        Some(match destination {
            Destination::Beside => Output::Kept { base: target.root.clone(), stem: name },
            Destination::Typ(_) => Output::Typ { name: name.replace('/', "-") },
            Destination::Folder(folder) => Output::Kept { base: folder.clone(), stem: name },
            Destination::File(path) => Output::File(path.clone()),
            Destination::Stdout => Output::Handed,
        })
    };
    let outputs: Vec<Option<Output>> = targets.iter().zip(names).map(|(target, name)| output(target, name)).collect();
    let path = |output: &Option<Output>| output.as_ref().and_then(|output| output.path(Some(Path::new("")), products));
    let paths: Vec<Option<PathBuf>> = outputs.iter().map(path).collect();
    check_apart(&targets, &paths)?;
    check_outside_years(&targets, &paths)?;
    Ok(targets.into_iter().zip(outputs).map(|(target, output)| Job { target, output }).collect())
}

/// The share of the work that is asked for. Names were compared before, over the whole.
fn share(jobs: Vec<Job>, shard: Option<Shard>) -> Vec<Job> {
    let Some(shard) = shard else { return jobs };
    let mine = shard.of(jobs.iter().map(|job| job.target.clone()).collect());
    // Both are in order.
    jobs.into_iter().filter(|job| mine.binary_search(&job.target).is_ok()).collect()
}

fn options(args: &BuildArgs, wanted: &Wanted) -> Result<Options, String> {
    let products = match wanted {
        Wanted::Products(products) => products.clone(),
        Wanted::Typ => Products::default(),
    };
    let deny_warnings = args.targets.deny_warnings;
    let attach = args.attach.asked();
    Ok(Options { products, draft: args.draft, deny_warnings, force: args.force, date: source_date()?, attach })
}

/// The date that `SOURCE_DATE_EPOCH` (seconds since 1970, <https://reproducible-builds.org>) sets for the PDF's properties
/// in place of the issue date. What is printed on the page is not touched.
pub(super) fn source_date() -> Result<Option<DateView>, String> {
    let Some(value) = std::env::var_os("SOURCE_DATE_EPOCH").filter(|value| !value.is_empty()) else { return Ok(None) };
    let seconds = value.to_str().and_then(|text| text.parse::<i64>().ok());
    let date = seconds.and_then(|seconds| time::OffsetDateTime::from_unix_timestamp(seconds).ok());
    let date = date.ok_or("环境变量 SOURCE_DATE_EPOCH 不是秒数")?;
    Ok(Some(DateView { year: date.year(), month: date.month().into(), day: date.day() }))
}

/// Makes the reports and says what became of each, in their order.
fn make(
    jobs: &[Job],
    builder: &Builder<'_>,
    args: &BuildArgs,
    printer: &Printer,
) -> Result<(Vec<Entry>, Exit), String> {
    let progress = Progress::new(jobs.len(), !printer.is_quiet());
    let stop = AtomicBool::new(false);
    let work = |job: &Job| {
        progress.begin(&job.target.shown());
        let outcome = builder.build(job);
        if args.fail_fast && outcome.entry.outcome == Ending::Failed {
            stop.store(true, Ordering::Relaxed);
        }
        outcome
    };
    let mut entries: Vec<Entry> = Vec::with_capacity(jobs.len());
    let mut exit = Exit::Done;
    stream(jobs, args.targets.parallel.jobs, &stop, work, |_, outcome| {
        progress.aside(|| exit = exit.max(tell(&outcome, args, &progress, printer)));
        progress.advance();
        entries.push(outcome.entry);
    })?;
    progress.end();
    let rest = jobs.iter().skip(entries.len()).map(|job| builder.skipped(job));
    entries.extend(rest);
    Ok((entries, exit))
}

/// Says what became of a report.
fn tell(outcome: &Outcome, args: &BuildArgs, progress: &Progress, printer: &Printer) -> Exit {
    let Outcome { entry, sources, findings, .. } = outcome;
    let report = Told { entry, sources, findings, trouble: outcome.trouble.as_ref() };
    report.show(args.findings.format, printer);
    if let Some(file) = &outcome.handed {
        printer.bytes(file);
    }
    let line = summary::line(entry, args.draft);
    match (&entry.output, entry.outcome) {
        (_, Ending::Failed) if outcome.trouble.is_some() => {}
        (_, Ending::Failed) | (None, _) => printer.remark(Stream::Err, &format!("{}：{line}\n", entry.path)),
        // With a bar to look at, the table at the end says the same.
        (Some(_), _) if progress.is_seen() => {}
        (Some(path), _) => printer.remark(told(args), &format!("{path}：{line}\n")),
    }
    if !outcome.stale.is_empty() {
        let names: Vec<&str> = outcome.stale.iter().map(String::as_str).collect();
        let text = format!("{} 是先前的内容，与这次排印的不同；要更新，在 --format 里写上它那一种", some_of(&names));
        let text = format!("{}：{text}\n", entry.path);
        printer.remark(Stream::Err, &text);
    }
    report.exit(args.targets.deny_warnings)
}

fn keep_manifest(args: &BuildArgs, shard: Option<Share>, entries: Vec<Entry>, printer: &Printer) -> Result<(), String> {
    let Some(path) = &args.manifest else { return Ok(()) };
    let manifest = Manifest::new(shard, entries);
    if path == Path::new("-") {
        printer.result(&manifest.to_json());
        return Ok(());
    }
    write(path, &manifest)
}
