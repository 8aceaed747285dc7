//! From a `ReportView` to pages, by Typst.

mod chain;
mod charts;
mod coverage;
mod fonts;
mod pages;
mod world;

pub use charts::chart_sheets;
pub use coverage::check_coverage;
pub(crate) use coverage::{drawn_along, is_printable, missing, place_of, substituted, unjoined};
pub use fonts::{Face, FaceOrigin, FaceSum, FontSet, Role, face_index, lacking};
pub use pages::{PageNumber, pages_of_prints};

use typst::diag::{Severity, SourceDiagnostic, Warned};
use typst_layout::PagedDocument;

use crate::compose::{DateView, ReportView};
use crate::diagnostic::{Code, Diagnostic};
use world::ReportWorld;

/// Lays a report out with these faces. Findings go to the list; `None` comes back when Typst gives up.
pub fn typeset(view: &ReportView, fonts: &FontSet, findings: &mut Vec<Diagnostic>) -> Option<PagedDocument> {
    match report_data(view, fonts) {
        Ok(data) => compile(data, fonts, view.meta.date, findings),
        Err(finding) => {
            findings.push(finding);
            None
        }
    }
}

/// What the templates read, as JSON: the view with the faces that print it.
///
/// # Errors
/// A view that is not to be written as JSON; none is known.
#[expect(clippy::result_large_err, reason = "a finding is what callers want, and none is known")]
pub fn report_data(view: &ReportView, fonts: &FontSet) -> Result<Vec<u8>, Diagnostic> {
    let mut view = view.clone();
    view.fonts = fonts.chains();
    view.weights = fonts.weights();
    serde_json::to_vec(&view).map_err(|error| Diagnostic::new(Code::JB6001, format!("排版数据写不成：{error}")))
}

/// Lays out what [`report_data`] gave, with the same faces. Findings go to the list; `None` comes back
/// when Typst gives up.
pub fn compile(
    data: Vec<u8>,
    fonts: &FontSet,
    today: DateView,
    findings: &mut Vec<Diagnostic>,
) -> Option<PagedDocument> {
    let world = ReportWorld::new(data, fonts.store(), today);
    let Warned { output, warnings } = typst::compile::<PagedDocument>(&world);
    let mut said: Vec<Diagnostic> = warnings.iter().map(|warning| finding(warning, &world)).collect();
    // Typst's first word on it tells the whole; the others name what of the templates did not settle.
    let mut settled = true;
    said.retain(|finding| finding.code != Code::JB7009 || std::mem::take(&mut settled));
    findings.extend(said);
    match output {
        Ok(document) => Some(document),
        Err(errors) => {
            findings.extend(errors.iter().map(|error| finding(error, &world)));
            None
        }
    }
}

/// Forgets what Typst remembers of reports laid out before, so that memory stays flat.
pub fn forget() {
    typst::comemo::evict(1);
}

/// Typst's word on a template as a finding. The templates are the program's own: their place goes into the message.
pub(crate) fn finding(diagnostic: &SourceDiagnostic, world: &dyn typst::World) -> Diagnostic {
    use typst::WorldExt;
    let code = match diagnostic.severity {
        Severity::Error => Code::JB6001,
        Severity::Warning if diagnostic.message.contains("did not converge") => {
            let message = format!("排了五遍，页面还没有定下来（{}）", diagnostic.message);
            return Diagnostic::new(Code::JB7009, message).hint("把卷宗和这条消息报给维护的人");
        }
        Severity::Warning => Code::JB6002,
    };
    let place = diagnostic.span.id().map_or_else(String::new, |id| {
        let line = world
            .range(diagnostic.span)
            .and_then(|range| world.source(id).ok()?.lines().byte_to_line(range.start))
            .map_or_else(String::new, |line| format!(":{}", line + 1));
        format!("（模板 {}{line}）", id.vpath().get_without_slash())
    });
    let finding = Diagnostic::new(code, format!("{}{place}", diagnostic.message));
    diagnostic.hints.iter().fold(finding, |finding, hint| finding.hint(hint.v.as_str()))
}

#[cfg(test)]
mod tests {
    use typst::syntax::Span;

    use super::*;

    #[test]
    fn pages_that_did_not_settle_are_an_error_of_their_own() {
        let fonts = FontSet::new(&[], false).unwrap();
        let world = ReportWorld::new(Vec::new(), fonts.store(), DateView { year: 2026, month: 5, day: 31 });
        let of = |text: &str| finding(&SourceDiagnostic::warning(Span::detached(), text), &world);
        let unsettled = of("document did not converge within five attempts");
        assert_eq!((unsettled.code, unsettled.blocks()), (Code::JB7009, true));
        assert_eq!(of("unknown font family: x").code, Code::JB6002);
    }
}
