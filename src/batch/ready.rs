//! From the pages and the model to the files of each product.

use typst_layout::PagedDocument;

use super::product::{Product, Products, Ready};
use crate::audit::Outline;
use crate::compose::{DateView, ReportView};
use crate::diagnostic::Diagnostic;
use crate::export::{docx, pdf, png, svg, text};
use crate::typeset::{FontSet, chart_sheets};

/// What a report's pages are laid out from.
pub(super) struct Laid {
    /// What templates read.
    pub(super) data: Vec<u8>,
    /// The sum of what the report says.
    pub(super) words: String,
    /// The issue date.
    pub(super) issued: DateView,
    /// Where what is laid out is written.
    pub(super) outline: Outline,
    /// The model, where a product is made from it.
    pub(super) view: Option<ReportView>,
}

/// The files of these products, the weightiest first. The model must be there where a product is made from it.
///
/// # Errors
/// What keeps a file from being made.
pub(super) fn files(
    products: &Products,
    document: &PagedDocument,
    view: Option<&ReportView>,
    fonts: &FontSet,
) -> Result<Vec<Ready>, Vec<Diagnostic>> {
    let mut files = Vec::new();
    for product in products.iter() {
        let mut add = |page: usize, bytes: Vec<u8>| files.push(Ready { product, page, bytes });
        match (product, view) {
            (Product::Pdf, _) => add(1, pdf(document)?),
            (Product::Docx, Some(view)) => add(1, copy(view, fonts)?),
            (Product::Txt, Some(view)) => add(1, text(view).into_bytes()),
            (Product::Docx | Product::Txt, None) => {}
            (Product::Png(ppi), _) => {
                for (i, page) in document.pages().iter().enumerate() {
                    add(i + 1, png(page, ppi).map_err(|one| vec![one])?);
                }
            }
            (Product::Svg, _) => {
                for (i, page) in document.pages().iter().enumerate() {
                    add(i + 1, svg(page).into_bytes());
                }
            }
        }
    }
    Ok(files)
}

/// Pixels to the inch of charts in the copy: what a printer shows of a drawing.
const CHART_PPI: u32 = 300;

fn copy(view: &ReportView, fonts: &FontSet) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let sheets = chart_sheets(view, fonts)?;
    let sheets = sheets.iter().flat_map(PagedDocument::pages);
    let mut charts = Vec::new();
    for sheet in sheets {
        charts.push(png(sheet, CHART_PPI).map_err(|one| vec![one])?);
    }
    docx(view, &charts).map_err(|one| vec![one])
}
