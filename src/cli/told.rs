//! What is said of a report that was to be written, the same for every command that writes reports.

use super::Exit;
use super::args::FindingFormat;
use super::printer::{Printer, Stream};
use crate::batch::{Ending, Entry, Trouble};
use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// What became of a report.
pub(super) struct Told<'a> {
    pub(super) entry: &'a Entry,
    pub(super) sources: &'a Sources,
    pub(super) findings: &'a [Diagnostic],
    pub(super) trouble: Option<&'a Trouble>,
}

impl Told<'_> {
    /// Shows the findings that nobody has acknowledged, and says what kept the report from being written.
    pub(super) fn show(&self, format: FindingFormat, printer: &Printer) {
        let open = self.findings.iter().filter(|finding| finding.acknowledged.is_none());
        printer.findings(Stream::Err, format, open, self.sources);
        match self.trouble {
            Some(Trouble::Unwritable(why)) => Printer::complain(why),
            Some(Trouble::Panicked) => {
                let path = &self.entry.path;
                Printer::complain(&format!("{path}：程序自身出错了，这不是卷宗的错；请把上面的话告诉开发者"));
            }
            None => {}
        }
    }

    /// How the run ends because of it.
    pub(super) fn exit(&self, deny_warnings: bool) -> Exit {
        match self.trouble {
            Some(Trouble::Panicked) => Exit::Broken,
            Some(Trouble::Unwritable(_)) => Exit::Usage,
            None if self.entry.outcome == Ending::Failed => Exit::Findings,
            None if self.findings.iter().any(|finding| finding.stops(deny_warnings)) => Exit::Findings,
            None => Exit::Done,
        }
    }
}
