//! `jibao check`: all findings, no PDF.

use super::Exit;
use super::args::{CheckArgs, TargetArgs};
use super::printer::{Printer, Stream};
use crate::batch::{Target, in_parallel, plan};
use crate::diagnostic::{Diagnostic, Severity, sort};
use crate::typeset::{FontSet, check_coverage};
use crate::{Examined, examine};

pub(super) fn run(args: &CheckArgs, printer: &Printer) -> Result<Exit, String> {
    let fonts = FontSet::new(&args.fonts.folders, args.fonts.system_fonts)?;
    let targets = plan(&args.targets.paths).map_err(|e| e.to_string())?;
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
    Ok(exit)
}

/// Whether a finding makes the run fail.
pub(super) fn stops(finding: &Diagnostic, args: &TargetArgs) -> bool {
    finding.blocks() || (args.deny_warnings && finding.severity == Severity::Warning && finding.acknowledged.is_none())
}
