//! What a printer is told, put into a finished PDF: which sides to print on, not to scale, and on sheets with crop marks
//! the box of the bleed. Typst cannot say these; the file is as krilla writes it, with a plain table of offsets at its end.

use typst::foundations::{Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

/// The label under which the templates say on how many sides the pages print.
const LABEL: &str = "printing";
/// How far a print shop may bleed over the trimmed sheet: 3 mm, in points.
const BLEED: f64 = 3.0 / 25.4 * 72.0;
/// An entry of the table of offsets.
const ENTRY: usize = 20;

/// Tells a finished PDF how it is to be printed (ISO 32000-1, 12.2 and 14.11.2).
///
/// `None` comes back where the file is not of the form that is expected here.
pub(super) fn tell_printer(pdf: &[u8], document: &PagedDocument) -> Option<Vec<u8>> {
    let file = File::read(pdf)?;
    let sides = if is_duplex(document) { "DuplexFlipLongEdge" } else { "Simplex" };
    let mut additions = vec![file.preferences(sides)?];
    additions.extend(file.objects.iter().filter_map(|object| file.bleed_box(object.at)));
    additions.sort_unstable();
    file.with(&additions)
}

/// Whether the templates laid the pages out for both sides of the paper.
fn is_duplex(document: &PagedDocument) -> bool {
    let Some(label) = Label::new(PicoStr::intern(LABEL)) else { return false };
    let found = document.introspector().query_first(&Selector::Label(label));
    let value = found.and_then(|mark| Some(mark.to_packed::<MetadataElem>()?.value.clone()));
    matches!(value, Some(Value::Str(sides)) if sides.as_str() == "duplex")
}

/// Text to be put in, and before which byte.
type Addition = (usize, String);

/// An object of the file.
struct Object {
    /// Where its entry stands in the table of offsets.
    entry: usize,
    /// Where it begins.
    at: usize,
}

/// A finished PDF and where its parts are.
struct File<'p> {
    bytes: &'p [u8],
    /// Where the table of offsets begins.
    table: usize,
    /// The objects in use.
    objects: Vec<Object>,
    /// Where the catalog begins.
    catalog: usize,
}

impl<'p> File<'p> {
    fn read(bytes: &'p [u8]) -> Option<Self> {
        let table = number(after(bytes, rfind(bytes, b"startxref")?, b"startxref\n")?)?;
        let head = bytes.get(table..)?.strip_prefix(b"xref\n0 ")?;
        let count = number(head)?;
        let first = bytes.len() - head.len() + find(head, b"\n")? + 1;
        let entry_of = |object: usize| first + object * ENTRY;
        let mut objects = Vec::new();
        for object in 0..count {
            let entry = bytes.get(entry_of(object)..entry_of(object + 1))?;
            if entry.get(17) == Some(&b'n') {
                objects.push(Object { entry: entry_of(object), at: number(entry)? });
            }
        }
        let trailer = bytes.get(entry_of(count)..)?;
        let root = number(after(trailer, find(trailer, b"/Root ")?, b"/Root ")?)?;
        let catalog = objects.iter().find(|object| object.entry == entry_of(root))?.at;
        Some(Self { bytes, table, objects, catalog })
    }

    /// The dictionary of the object that begins here, without what follows it.
    fn dictionary(&self, at: usize) -> Option<&'p [u8]> {
        let object = self.bytes.get(at..self.table)?;
        object.get(..find(object, b"endobj")?)
    }

    /// The sides to print on, and that nothing is to be scaled: margins are measured on paper.
    fn preferences(&self, sides: &str) -> Option<Addition> {
        const KEY: &[u8] = b"/ViewerPreferences<<";
        let at = self.catalog + find(self.dictionary(self.catalog)?, KEY)? + KEY.len();
        Some((at, format!("/Duplex/{sides}/PrintScaling/None")))
    }

    /// The box of the bleed, if this is a page that is to be trimmed.
    fn bleed_box(&self, at: usize) -> Option<Addition> {
        let start = find(self.bytes.get(at..at + 24)?, b"<</Type/Page/")?;
        let page = self.dictionary(at + start)?;
        let trim = find(page, b"/TrimBox[")?;
        let inside = page.get(trim..trim + find(page.get(trim..)?, b"]")?)?.strip_prefix(b"/TrimBox[")?;
        let edges: Option<Vec<f64>> =
            std::str::from_utf8(inside).ok()?.split_whitespace().map(|edge| edge.parse().ok()).collect();
        let [left, bottom, right, top] = edges?.try_into().ok()?;
        #[expect(clippy::float_arithmetic, reason = "geometry")]
        let text =
            format!("/BleedBox[{:.5} {:.5} {:.5} {:.5}]", left - BLEED, bottom - BLEED, right + BLEED, top + BLEED);
        Some((at + start + trim, text))
    }

    /// The file with the additions, which are in order, and all offsets put right.
    fn with(&self, additions: &[Addition]) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(self.bytes.len() + additions.len() * 80);
        let mut done = 0;
        for (at, text) in additions {
            out.extend_from_slice(self.bytes.get(done..*at)?);
            out.extend_from_slice(text.as_bytes());
            done = *at;
        }
        out.extend_from_slice(self.bytes.get(done..)?);
        let moved =
            |at: usize| at + additions.iter().take_while(|(here, _)| *here < at).map(|(_, t)| t.len()).sum::<usize>();
        for object in &self.objects {
            let entry = moved(object.entry);
            out.get_mut(entry..entry + 10)?.copy_from_slice(format!("{:010}", moved(object.at)).as_bytes());
        }
        let end = rfind(&out, b"startxref")?;
        out.truncate(end);
        out.extend_from_slice(format!("startxref\n{}\n%%EOF", moved(self.table)).as_bytes());
        Some(out)
    }
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

fn rfind(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).rposition(|window| window == what)
}

/// What follows this word, which stands at this place.
fn after<'t>(text: &'t [u8], at: usize, word: &[u8]) -> Option<&'t [u8]> {
    text.get(at..)?.strip_prefix(word)
}

/// The number that a text begins with.
fn number(text: &[u8]) -> Option<usize> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(text.get(..digits)?).ok()?.parse().ok()
}
