//! Where a number comes from.

use std::path::PathBuf;

use crate::batch::{Plan, Selection, Target, in_parallel, plan};
use crate::cli::Exit;
use crate::cli::args::{ExplainArgs, ExplainFormat, FindingFormat};
use crate::cli::check::name_passed_over;
use crate::cli::printer::{Printer, Stream};
use crate::diagnostic::Diagnostic;
use crate::profile::Library;
use crate::trace::{self, Pages, Trace, Unknown, to_text};
use crate::typeset::{FontSet, pages_of_prints, typeset};
use crate::{Examination, Examined, examine_with};

/// What one year answers.
enum Answer {
    /// The trace.
    Trace(Box<Trace>),
    /// The name means nothing in this year.
    Unknown(Unknown),
    /// The files of this year cannot be read.
    Unread(Box<Examined>),
}

/// Prints where a figure, expression, identity or score of each year at a path comes from.
pub(super) fn explain(path: &str, name: &str, args: &ExplainArgs, printer: &Printer) -> Result<Exit, String> {
    let fonts = if args.no_pages { None } else { Some(FontSet::new(&args.fonts.folders, args.fonts.system_fonts)?) };
    let library = args.profiles.library();
    let Plan { targets, passed_over } =
        plan(&[PathBuf::from(path)], &Selection::default()).map_err(|e| e.to_string())?;
    name_passed_over(&passed_over, printer);
    let answers = in_parallel(&targets, 0, |target: &Target| answer(target, &library, name, fonts.as_ref()))?;
    let explained = answers.iter().any(|answer| matches!(answer, Answer::Trace(_)));
    let mut exit = Exit::Done;
    let mut before = false;
    for (target, answer) in targets.iter().zip(answers) {
        match answer {
            Answer::Trace(trace) => {
                let gap = if before && args.format == ExplainFormat::Text { "\n" } else { "" };
                printer.result(&format!("{gap}{}", show(&trace, args.format, printer)?));
                before = true;
            }
            // Another year may lack the figure; that is worth a word only where none has it.
            Answer::Unknown(unknown) if !explained => return Err(unknown.to_string()),
            Answer::Unknown(unknown) => {
                let place = target.root.join(target.year.to_string());
                printer.remark(Stream::Err, &format!("{}：{}\n", place.display(), unknown.message));
            }
            Answer::Unread(examined) => {
                let open = examined.findings.iter().filter(|finding| finding.blocks());
                printer.findings(Stream::Err, FindingFormat::Human, open, &examined.sources);
                exit = Exit::Findings;
            }
        }
    }
    Ok(exit)
}

fn answer(target: &Target, library: &Library, name: &str, fonts: Option<&FontSet>) -> Answer {
    let examined = examine_with(library, &target.root, target.year);
    let Some(report) = &examined.report else { return Answer::Unread(Box::new(examined)) };
    let pages = pages(&examined, report, fonts);
    match trace::explain(&examined, report, name, &pages) {
        Ok(trace) => Answer::Trace(Box::new(trace)),
        Err(unknown) => Answer::Unknown(unknown),
    }
}

/// The pages of a report that can be laid out. What is wrong with the layout is for `build` to say.
fn pages(examined: &Examined, report: &Examination, fonts: Option<&FontSet>) -> Pages {
    let Some(fonts) = fonts else { return Pages::Skipped };
    if examined.findings.iter().any(Diagnostic::blocks) {
        return Pages::Blocked;
    }
    let view = report.marked_view(&examined.sources);
    match typeset(&view, fonts, &mut Vec::new()) {
        Some(document) => Pages::Known(pages_of_prints(&document)),
        None => Pages::Blocked,
    }
}

fn show(trace: &Trace, format: ExplainFormat, printer: &Printer) -> Result<String, String> {
    match format {
        ExplainFormat::Text => Ok(to_text(trace, printer.colored(Stream::Out))),
        ExplainFormat::Json => {
            serde_json::to_string(trace).map(|line| line + "\n").map_err(|error| format!("JSON 写不成：{error}"))
        }
    }
}
