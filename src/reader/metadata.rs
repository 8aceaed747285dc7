//! What a PDF says of itself: title, language, standards, how to show and print it.

use hayro_syntax::object::{Array, Dict, Stream};
use hayro_syntax::{Pdf, PdfVersion};

use super::color::ColorSpace;
use super::packed::Budget;
use super::{ReadError, text, xmp};

/// What a PDF says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The version of PDF, such as `1.7`.
    pub version: String,
    /// The title: of the XMP metadata, else of the information dictionary.
    pub title: Option<String>,
    /// The language of the whole, such as `zh-CN`.
    pub lang: Option<String>,
    /// The program that the document was written with.
    pub creator: Option<String>,
    /// The program that made the PDF.
    pub producer: Option<String>,
    /// The part and level of PDF/A that it claims, such as `2A`.
    pub pdfa: Option<String>,
    /// The part of PDF/UA that it claims, such as `1`.
    pub pdfua: Option<String>,
    /// How to show and print it.
    pub viewer: ViewerPreferences,
    /// The condition that its colours are meant for, such as `sRGB`.
    pub output_intent: Option<String>,
    /// The colour space of the output intent's profile.
    pub output_space: Option<ColorSpace>,
    /// The names of the files embedded in it.
    pub attachments: Vec<String>,
    /// How many entries its outline (bookmarks) has at the top.
    pub outline: usize,
}

/// How to show and print a document (ISO 32000-1, 12.2).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ViewerPreferences {
    /// Whether the window shows the title instead of the file's name.
    pub display_title: bool,
    /// On which sides to print, such as `DuplexFlipLongEdge`.
    pub duplex: Option<String>,
    /// How to fit the paper: `None` or `AppDefault`.
    pub print_scaling: Option<String>,
}

pub(super) fn read(pdf: &Pdf, catalog: &Dict<'_>, budget: &mut Budget) -> Result<Metadata, ReadError> {
    let xmp = catalog.get::<Stream<'_>>("Metadata").map(|stream| budget.unpack(&stream)).transpose()?.flatten();
    let xmp = xmp.map(|bytes| xmp::read(&bytes)).unwrap_or_default();
    let info = pdf.metadata();
    let of_info = |bytes: &Option<Vec<u8>>| bytes.as_deref().map(text::decode).filter(|text| !text.trim().is_empty());
    let viewer = catalog.get::<Dict<'_>>("ViewerPreferences").unwrap_or_default();
    let intent = catalog.get::<Array<'_>>("OutputIntents").and_then(|intents| intents.iter::<Dict<'_>>().next());
    Ok(Metadata {
        version: version(pdf.version()).to_owned(),
        title: xmp.title.or_else(|| of_info(&info.title)),
        lang: text::string(catalog, "Lang").filter(|lang| !lang.is_empty()),
        creator: of_info(&info.creator),
        producer: of_info(&info.producer),
        pdfa: xmp.pdfa,
        pdfua: xmp.pdfua,
        viewer: ViewerPreferences {
            display_title: text::flag(&viewer, "DisplayDocTitle"),
            duplex: text::name(&viewer, "Duplex"),
            print_scaling: text::name(&viewer, "PrintScaling"),
        },
        output_intent: intent.as_ref().and_then(|intent| text::string(intent, "OutputConditionIdentifier")),
        output_space: intent.as_ref().and_then(profile_space),
        attachments: Vec::new(),
        outline: catalog.get::<Dict<'_>>("Outlines").map_or(0, |outline| top_entries(&outline)),
    })
}

fn version(version: PdfVersion) -> &'static str {
    match version {
        PdfVersion::Pdf10 => "1.0",
        PdfVersion::Pdf11 => "1.1",
        PdfVersion::Pdf12 => "1.2",
        PdfVersion::Pdf13 => "1.3",
        PdfVersion::Pdf14 => "1.4",
        PdfVersion::Pdf15 => "1.5",
        PdfVersion::Pdf16 => "1.6",
        PdfVersion::Pdf17 => "1.7",
        PdfVersion::Pdf20 => "2.0",
    }
}

fn profile_space(intent: &Dict<'_>) -> Option<ColorSpace> {
    let profile = intent.get::<Stream<'_>>("DestOutputProfile")?;
    profile.dict().get::<i32>("N").map(ColorSpace::by_components)
}

fn top_entries(outline: &Dict<'_>) -> usize {
    const MOST: usize = 10_000;
    let first = outline.get::<Dict<'_>>("First");
    std::iter::successors(first, |entry| entry.get::<Dict<'_>>("Next")).take(MOST).count()
}
