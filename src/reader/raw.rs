//! What a file holds besides what is seen: properties word by word, and its streams by their sums. For comparing two files
//! of which one was made from the other.

use std::collections::{BTreeMap, BTreeSet};

use hayro_syntax::object::DateTime;
use hayro_syntax::object::{Array, Dict, Object, Rect, Stream};
use hayro_syntax::page::Page;

use super::guard::guarded;
use super::packed::Budget;
use super::vocabulary::{self, Vocabulary};
use super::{ReadError, Reader, attachments, outline, text};

/// What a file holds besides what is seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Raw {
    /// The information dictionary (ISO 32000-1, 14.3.3), by its keys.
    pub properties: BTreeMap<&'static str, String>,
    /// The XMP metadata.
    pub xmp: String,
    /// The streams of each kind, unpacked except for pictures, by their SHA-256, sorted.
    pub streams: BTreeMap<StreamKind, Vec<String>>,
    /// How many notes, fields and other annotations the pages have.
    pub annotations: usize,
    /// What its dictionaries have.
    pub vocabulary: Vocabulary,
    /// How the files embedded in it are named.
    pub file_names: Vec<FileName>,
    /// The bookmarks, in order, each before those in it.
    pub bookmarks: Vec<String>,
    /// Where they lead: the page, from 1, and the place on it as it is written.
    pub places: Vec<(Option<usize>, String)>,
    /// The ways in which pages are numbered for showing, as seen from their places.
    pub labels: BTreeSet<String>,
    /// What is said of each page's sheet, by the key that says it.
    pub sheets: Vec<BTreeMap<&'static str, String>>,
}

/// How a file embedded in a PDF is named: the same each time, in an honest one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileName {
    /// In the tree of names.
    pub in_tree: String,
    /// In Unicode (`UF`).
    pub unicode: Option<String>,
    /// For old programs (`F`).
    pub plain: Option<String>,
    /// How many different contents it has.
    pub contents: usize,
}

/// What a stream is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StreamKind {
    /// The file of a font.
    Font,
    /// A picture.
    Image,
    /// Anything else: pages, character maps, colour profiles.
    Other,
}

impl Reader {
    /// What the file holds besides what is seen. Embedded files, metadata and tables of objects are not among its streams.
    ///
    /// # Errors
    /// What the reader cannot deal with, or if there is more of it than is gone through.
    pub fn raw(&self) -> Result<Raw, ReadError> {
        guarded(|| {
            let catalog = self.catalog();
            let mut budget = Budget::new(&self.limits);
            let xmp = catalog.get::<Stream<'_>>("Metadata").map(|stream| budget.unpack(&stream)).transpose()?.flatten();
            let mut streams: BTreeMap<StreamKind, Vec<String>> = BTreeMap::new();
            for object in self.pdf.objects() {
                let Object::Stream(stream) = object else { continue };
                let Some(kind) = kind(&stream) else { continue };
                // A picture is never drawn here, so it is compared as it is packed.
                let unpacked = if kind == StreamKind::Image { None } else { budget.unpack(&stream)? };
                let data = unpacked.unwrap_or_else(|| stream.raw_data().into_owned());
                streams.entry(kind).or_default().push(crate::hash::sum_of(&data));
            }
            for sums in streams.values_mut() {
                sums.sort();
            }
            let mut annotations = 0;
            for page in self.pdf.pages().iter() {
                let Some(all) = page.raw().get::<Array<'_>>("Annots") else { continue };
                // Many pages may share a list that is long.
                budget.spend(all.data().len().saturating_mul(16))?;
                annotations += all.iter::<Object<'_>>().count();
            }
            let xmp = xmp.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
            Ok(Raw {
                properties: self.properties(),
                xmp,
                streams,
                annotations,
                file_names: attachments::file_names(&catalog, &self.limits),
                bookmarks: outline::titles(&catalog, &self.limits)?,
                places: self.places(&catalog)?,
                labels: outline::labels(&catalog, &self.limits)?,
                sheets: self.pdf.pages().iter().map(sheet).collect(),
                vocabulary: vocabulary::read(&self.pdf, catalog, &self.limits)?,
            })
        })
    }

    fn places(&self, catalog: &Dict<'_>) -> Result<Vec<(Option<usize>, String)>, ReadError> {
        let pages = (1..).zip(self.pdf.pages().iter());
        let numbers: BTreeMap<i32, usize> =
            pages.filter_map(|(at, page)| Some((page.raw().obj_id()?.obj_number, at))).collect();
        let places = outline::places(catalog, &self.limits)?.into_iter();
        Ok(places.map(|(page, place)| (numbers.get(&page).copied(), place)).collect())
    }

    fn properties(&self) -> BTreeMap<&'static str, String> {
        let info = self.pdf.metadata();
        let texts = [
            ("Title", &info.title),
            ("Author", &info.author),
            ("Subject", &info.subject),
            ("Keywords", &info.keywords),
            ("Creator", &info.creator),
            ("Producer", &info.producer),
        ];
        let texts = texts.into_iter().filter_map(|(key, bytes)| Some((key, text::decode(bytes.as_deref()?))));
        let dates = [("CreationDate", &info.creation_date), ("ModDate", &info.modification_date)];
        let dates = dates.into_iter().filter_map(|(key, date)| Some((key, written(date.as_ref()?))));
        texts.chain(dates).collect()
    }
}

/// The boxes of a page, inherited ones as well, how it is turned, and how large its unit is.
fn sheet(page: &Page<'_>) -> BTreeMap<&'static str, String> {
    let shown = |area: Rect| format!("{:.2} {:.2} {:.2} {:.2}", area.x0, area.y0, area.x1, area.y1);
    let mut sheet = BTreeMap::new();
    sheet.insert("MediaBox", shown(page.media_box()));
    sheet.insert("CropBox", shown(page.crop_box()));
    for key in ["TrimBox", "BleedBox", "ArtBox"] {
        sheet.extend(page.raw().get::<Rect>(key).map(|area| (key, shown(area))));
    }
    sheet.insert("Rotate", format!("{:?}", page.rotation()));
    sheet.extend(page.raw().get::<f32>("UserUnit").map(|unit| ("UserUnit", unit.to_string())));
    sheet
}

fn written(date: &DateTime) -> String {
    let DateTime { year, month, day, hour, minute, second, .. } = date;
    format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

/// What a stream is for; none for those that are compared elsewhere or differ with every way to write a file.
fn kind(stream: &Stream<'_>) -> Option<StreamKind> {
    let dict = stream.dict();
    let of = |key| text::name(dict, key).unwrap_or_default();
    match (of("Type").as_str(), of("Subtype").as_str()) {
        ("ObjStm" | "XRef" | "EmbeddedFile" | "Metadata", _) | (_, "XML") => None,
        (_, "Image") => Some(StreamKind::Image),
        (_, "CIDFontType0C" | "OpenType" | "Type1C") => Some(StreamKind::Font),
        _ if dict.contains_key("Length1") => Some(StreamKind::Font),
        _ => Some(StreamKind::Other),
    }
}
