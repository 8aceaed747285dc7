//! `jibao check`: all findings, no PDF; and the table for a PDF that is there already.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::Exit;
use super::args::CheckArgs;
use super::printer::{Printer, Stream};
use crate::batch::{Plan, Target, files_named, plan, stream};
use crate::diagnostic::sort;
use crate::dossier::year_of;
use crate::profile::Library;
use crate::source::{Sources, Spanned};
use crate::typeset::{FontSet, check_coverage};
use crate::{Examined, examine_with};

pub(super) fn run(args: &CheckArgs, printer: &Printer) -> Result<Exit, String> {
    let (finished, paths): (Vec<_>, Vec<_>) = args.targets.paths.iter().cloned().partition(|path| is_pdf(path));
    let finished: Vec<PathBuf> = finished.iter().flat_map(|path| files_named(path)).collect();
    let mut exit = super::conformity::run(&finished, args.format, printer)?;
    if paths.is_empty() {
        return Ok(exit);
    }
    printer.begin(Stream::Out, args.format);
    let fonts = FontSet::new(&args.fonts.folders, args.fonts.system_fonts)?;
    let library = args.profiles.library();
    let (profiles, paths): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| is_profile(path));
    for folder in &profiles {
        exit = exit.max(check_profile(folder, &library, args, printer));
    }
    if paths.is_empty() {
        printer.end();
        return Ok(exit);
    }
    let Plan { targets, passed_over } =
        plan(&paths, &args.targets.selection()).map_err(|e| e.to_string())?.of_reports(&paths);
    name_passed_over(&passed_over, printer);
    let examine = |target: &Target| {
        let Examined { sources, mut findings, report } = examine_with(&library, &target.root, target.year);
        if let Some(report) = &report {
            check_coverage(&report.view, &report.places, &fonts, &sources, &mut findings);
        }
        sort(&mut findings);
        (sources, findings)
    };
    stream(&targets, args.targets.parallel.jobs, &AtomicBool::new(false), examine, |_, (sources, findings)| {
        printer.findings(Stream::Out, args.format, &findings, &sources);
        if findings.iter().any(|finding| finding.stops(args.targets.deny_warnings)) {
            exit = Exit::Findings;
        }
    })?;
    printer.end();
    Ok(exit)
}

/// Whether a path is a finished PDF.
fn is_pdf(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf")) && !path.is_dir()
}

/// Whether a path is a profile's folder.
fn is_profile(path: &Path) -> bool {
    path.join("profile.yaml").is_file()
}

/// Checks a profile in itself: its files, with those of the profiles beside it that it may extend.
fn check_profile(folder: &Path, library: &Library, args: &CheckArgs, printer: &Printer) -> Exit {
    let (mut sources, mut findings) = (Sources::default(), Vec::new());
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    let name = real.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let shelf = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
    let shelf = shelf.map_or_else(|| real.parent().unwrap_or(&real).to_path_buf(), Path::to_path_buf);
    library.with_folder(shelf).find(&Spanned::from(name), &mut sources, &mut findings);
    sort(&mut findings);
    printer.findings(Stream::Out, args.format, &findings, &sources);
    if findings.iter().any(|finding| finding.stops(args.targets.deny_warnings)) { Exit::Findings } else { Exit::Done }
}

/// Names the folders that hold a report and are not named by a year, and those that hold figures alone.
pub(super) fn name_passed_over(folders: &[PathBuf], printer: &Printer) {
    for folder in folders {
        let is_year = folder.file_name().and_then(|name| year_of(name.to_str()?)).is_some();
        let why = if is_year {
            "只有数据，没有报告，供后面的年度引用"
        } else if !folder.join("report.yaml").is_file() {
            "里面没有卷宗"
        } else {
            "年度文件夹要以四位数字命名，如 2023"
        };
        let text = format!("略过 {}：{why}\n", folder.display());
        printer.remark(Stream::Err, &text);
    }
}
