//! `jibao figures`: the computed figures, or the score sheet.

use super::Exit;
use super::args::{FiguresArgs, FiguresFormat, FindingFormat, Listed};
use super::check::name_passed_over;
use super::printer::{Printer, Stream};
use crate::batch::{Plan, Selection, plan};
use crate::diagnostic::Diagnostic;
use crate::export::{
    figure_rows, figures_csv, figures_json, figures_table, score_entries, scores_csv, scores_json, scores_table,
};
use crate::{Examination, examine_with};

pub(super) fn run(args: &FiguresArgs, printer: &Printer) -> Result<Exit, String> {
    let mut exit = Exit::Done;
    let mut reports = Vec::new();
    let Plan { targets, passed_over } = plan(&args.paths, &Selection::default()).map_err(|e| e.to_string())?;
    name_passed_over(&passed_over, printer);
    let library = args.profiles.library();
    for target in targets {
        let examined = examine_with(&library, &target.root, target.year);
        let open = examined.findings.iter().filter(|finding| finding.blocks());
        printer.findings(Stream::Err, FindingFormat::Human, open, &examined.sources);
        if examined.findings.iter().any(Diagnostic::blocks) {
            exit = Exit::Findings;
        }
        reports.extend(examined.report);
    }
    printer.result(&match args.what {
        Listed::Figures => figures(&reports, args.format)?,
        Listed::Scores => scores(&reports, args.format)?,
    });
    Ok(exit)
}

fn figures(reports: &[Examination], format: FiguresFormat) -> Result<String, String> {
    let rows = |report: &Examination| figure_rows(report.calculator.book(), report.calculator.printer());
    let rows: Vec<_> = reports.iter().flat_map(rows).collect();
    Ok(match format {
        FiguresFormat::Table => figures_table(&rows),
        FiguresFormat::Json => figures_json(&rows),
        FiguresFormat::Csv => figures_csv(&rows)?,
    })
}

/// A report without a score sheet has no rows.
fn scores(reports: &[Examination], format: FiguresFormat) -> Result<String, String> {
    let scored = reports.iter().filter_map(|report| Some((report.dossier.year.number, report.scorecard.as_ref()?)));
    let entries: Vec<_> = scored.flat_map(|(year, card)| score_entries(year, card)).collect();
    Ok(match format {
        FiguresFormat::Table => scores_table(&entries),
        FiguresFormat::Json => scores_json(&entries),
        FiguresFormat::Csv => scores_csv(&entries)?,
    })
}
