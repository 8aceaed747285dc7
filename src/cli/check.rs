//! `jibao check`: all findings, no PDF.

use std::path::PathBuf;

use super::Exit;
use super::args::{CheckArgs, TargetArgs};
use super::printer::{Printer, Stream};
use crate::batch::{Plan, Target, in_parallel, plan};
use crate::diagnostic::{Diagnostic, Severity, sort};
use crate::typeset::{FontSet, check_coverage};
use crate::{Examined, examine};

pub(super) fn run(args: &CheckArgs, printer: &Printer) -> Result<Exit, String> {
    printer.begin(Stream::Out, args.targets.format);
    let fonts = FontSet::new(&args.fonts.folders, args.fonts.system_fonts)?;
    let Plan { targets, passed_over } = plan(&args.targets.paths).map_err(|e| e.to_string())?;
    name_passed_over(&passed_over, printer);
    let examined = in_parallel(&targets, args.targets.jobs, |target: &Target| {
        let mut examined = examine(&target.root, target.year);
        if let Some(report) = &examined.report {
            check_coverage(&report.view, &fonts, &examined.sources, &mut examined.findings);
        }
        sort(&mut examined.findings);
        examined
    })?;
    let mut exit = Exit::Done;
    for Examined { sources, findings, .. } in &examined {
        printer.findings(Stream::Out, args.targets.format, findings, sources);
        if findings.iter().any(|finding| stops(finding, &args.targets)) {
            exit = Exit::Findings;
        }
    }
    printer.end();
    Ok(exit)
}

/// Names the folders that hold a report and are not named by a year.
pub(super) fn name_passed_over(folders: &[PathBuf], printer: &Printer) {
    for folder in folders {
        let text = format!("略过 {}：年度文件夹要以四位数字命名，如 2023\n", folder.display());
        printer.remark(Stream::Err, &text);
    }
}

/// Whether a finding makes the run fail.
pub(super) fn stops(finding: &Diagnostic, args: &TargetArgs) -> bool {
    finding.blocks() || (args.deny_warnings && finding.severity == Severity::Warning && finding.acknowledged.is_none())
}
