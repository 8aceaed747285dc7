//! `jibao figures`: the computed figures.

use super::Exit;
use super::args::{FiguresArgs, FiguresFormat, FindingFormat};
use super::printer::{Printer, Stream};
use crate::batch::plan;
use crate::diagnostic::Diagnostic;
use crate::examine;
use crate::export::{figure_rows, figures_csv, figures_json, figures_table};

pub(super) fn run(args: &FiguresArgs, printer: &Printer) -> Result<Exit, String> {
    let mut exit = Exit::Done;
    for target in plan(&args.paths).map_err(|e| e.to_string())? {
        let examined = examine(&target.root, target.year);
        let open = examined.findings.iter().filter(|finding| finding.blocks());
        printer.findings(Stream::Err, FindingFormat::Human, open, &examined.sources);
        if examined.findings.iter().any(Diagnostic::blocks) {
            exit = Exit::Findings;
        }
        let Some(report) = examined.report else { continue };
        let rows = figure_rows(report.calculator.book(), report.calculator.printer());
        let text = match args.format {
            FiguresFormat::Table => figures_table(&rows),
            FiguresFormat::Json => figures_json(&rows),
            FiguresFormat::Csv => figures_csv(&rows)?,
        };
        printer.result(&text);
    }
    Ok(exit)
}
