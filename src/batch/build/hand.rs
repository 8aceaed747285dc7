//! The PDF of a report that the caller has examined, for the caller to keep.

use super::{Builder, tells, words};
use crate::Examination;
use crate::audit::Outline;
use crate::batch::manifest::Carried;
use crate::batch::plan::Target;
use crate::batch::ready::Laid;
use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use crate::typeset::report_data;

/// A report's PDF.
pub(crate) struct Handed {
    pub(crate) pdf: Vec<u8>,
    pub(crate) pages: usize,
    /// What it carries of its data.
    pub(crate) carried: Option<Carried>,
}

impl Builder<'_> {
    /// The PDF that [`Builder::build`] makes of a report, from an examination of the caller's; none where findings, which
    /// go to the list, stop it.
    pub(crate) fn hand(
        &self,
        target: &Target,
        report: &mut Examination,
        sources: &Sources,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<Handed> {
        if !self.is_ready(report, sources, findings) {
            return None;
        }
        self.set_options(report);
        let carried = self.carry(target, report, sources).map_err(|finding| findings.push(finding)).ok()?;
        let data = report_data(&report.view, self.fonts).map_err(|finding| findings.push(finding)).ok()?;
        let outline = Outline::of(&report.view, &report.places);
        let laid = Laid { data, words: words(&report.view), issued: report.view.meta.date, outline, view: None };
        let mut more = Vec::new();
        let made = self.lay_out(laid, sources, &mut more);
        more.retain(|finding| !tells(findings, finding));
        findings.extend(more);
        let made = made?;
        let pdf = made.files.into_iter().next()?.bytes;
        Some(Handed { pdf, pages: made.pages, carried })
    }
}
