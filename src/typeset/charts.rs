//! Charts by themselves, for outputs that are no pages.

use typst::diag::Warned;
use typst_layout::PagedDocument;

use super::world::ReportWorld;
use super::{FontSet, finding, report_data};
use crate::compose::{BlockView, ReportView};
use crate::diagnostic::Diagnostic;

/// The charts of a report, body first, each on a sheet of its own size; none where it has no chart.
///
/// # Errors
/// What Typst says.
pub fn chart_sheets(view: &ReportView, fonts: &FontSet) -> Result<Option<PagedDocument>, Vec<Diagnostic>> {
    let mut blocks = view.body.iter().chain(view.attachments.iter().flat_map(|one| &one.blocks));
    if !blocks.any(|block| matches!(block, BlockView::Chart(_))) {
        return Ok(None);
    }
    let data = report_data(view, fonts).map_err(|one| vec![one])?;
    let world = ReportWorld::new(data, fonts.store(), view.meta.date).of_charts();
    let Warned { output, .. } = typst::compile::<PagedDocument>(&world);
    output.map(Some).map_err(|errors| errors.iter().map(|one| finding(one, &world)).collect())
}
