//! `jibao figures`: the computed figures.

use super::Exit;
use super::args::{FiguresArgs, FiguresFormat, FindingFormat};
use super::check::name_passed_over;
use super::printer::{Printer, Stream};
use crate::batch::{Plan, plan};
use crate::diagnostic::Diagnostic;
use crate::examine_with;
use crate::export::{figure_rows, figures_csv, figures_json, figures_table};

pub(super) fn run(args: &FiguresArgs, printer: &Printer) -> Result<Exit, String> {
    let mut exit = Exit::Done;
    let mut rows = Vec::new();
    let Plan { targets, passed_over } = plan(&args.paths).map_err(|e| e.to_string())?;
    name_passed_over(&passed_over, printer);
    let library = args.profiles.library();
    for target in targets {
        let examined = examine_with(&library, &target.root, target.year);
        let open = examined.findings.iter().filter(|finding| finding.blocks());
        printer.findings(Stream::Err, FindingFormat::Human, open, &examined.sources);
        if examined.findings.iter().any(Diagnostic::blocks) {
            exit = Exit::Findings;
        }
        if let Some(report) = examined.report {
            rows.extend(figure_rows(report.calculator.book(), report.calculator.printer()));
        }
    }
    printer.result(&match args.format {
        FiguresFormat::Table => figures_table(&rows),
        FiguresFormat::Json => figures_json(&rows),
        FiguresFormat::Csv => figures_csv(&rows)?,
    });
    Ok(exit)
}
