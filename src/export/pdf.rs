//! Pages → PDF/A-2a with PDF/UA-1, or PDF/A-3a where files are carried: archival, tagged, the same bytes on every run.

use typst::foundations::{NativeElement, Smart};
use typst::introspection::Introspector;
use typst::pdf::AttachElem;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::printing::tell_printer;
use crate::diagnostic::{Code, Diagnostic};

/// The PDF. The date comes from the document itself, the identity from its contents.
///
/// # Errors
/// What the standards forbid, such as a character without a glyph.
pub fn pdf(document: &PagedDocument) -> Result<Vec<u8>, Vec<Diagnostic>> {
    // Of the parts that have tags, only the third lets a file of any kind be carried (ISO 19005-3, 6.8).
    let carries = !document.introspector().query(&AttachElem::ELEM.select()).is_empty();
    let archival = if carries { PdfStandard::A_3a } else { PdfStandard::A_2a };
    let standards = PdfStandards::new(&[archival, PdfStandard::Ua_1])
        .map_err(|error| vec![Diagnostic::new(Code::JB6001, error.message().to_string())])?;
    let options = PdfOptions {
        creator: Smart::Custom(Some(format!("jibao {}", env!("CARGO_PKG_VERSION")))),
        standards,
        tagged: true,
        ..PdfOptions::default()
    };
    let refused = |reason: &str| Diagnostic::new(Code::JB6001, format!("PDF 写不成：{reason}"));
    let bytes = typst_pdf::pdf(document, &options)
        .map_err(|errors| errors.iter().map(|error| refused(&error.message)).collect::<Vec<_>>())?;
    tell_printer(&bytes, document).ok_or_else(|| vec![refused("打印设置写不进去")])
}
