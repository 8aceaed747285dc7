//! What a print shop looks at: the printer's settings, sheets and boxes, colours, blank pages, the red head, the seal.
#![expect(clippy::float_arithmetic, reason = "geometry, measured")]

use std::path::Path;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Name, Rect};
use jibao::export::pdf;
use jibao::typeset::{FontSet, typeset};
use typst_layout::PagedDocument;

use crate::support::{Dossier, root};

mod colours;
mod leads;
mod marks;
mod red_head;
mod seal;
mod tables;

const MM: f64 = 72.0 / 25.4;

/// The case of a document with red head and imprint.
const CASE: &str = "tests/cases/red-head";

/// The samples' reports of a year, one of each profile and some of the county's.
const REPORTS: &[(&str, i32)] = &[
    ("samples/huidong", 2021),
    ("samples/demo", 2022),
    ("samples/demo", 2023),
    ("samples/hunan", 2018),
    ("samples/sichuan", 2022),
    ("samples/national", 2023),
    ("samples/national-project", 2023),
    ("samples/chongqing", 2023),
    ("samples/county/agriculture", 2023),
    ("samples/county/health", 2023),
    ("tests/cases/charts", 2023),
    ("tests/cases/grid", 2023),
];

fn lay_out_as(path: &Path, year: i32, draft: bool) -> PagedDocument {
    let fonts = FontSet::new(&[], false).unwrap();
    let mut view = jibao::examine(path, year).report.expect("a report").view;
    view.draft = draft;
    let mut findings = Vec::new();
    let document = typeset(&view, &fonts, &mut findings).expect("pages");
    assert_eq!(findings, [], "{}", path.display());
    document
}

fn lay_out(path: &Path, year: i32) -> PagedDocument {
    lay_out_as(path, year, false)
}

fn finished(path: &Path, year: i32) -> Vec<u8> {
    pdf(&lay_out(path, year)).expect("a PDF")
}

/// A copy of a dossier with other settings of pages.
fn with_pages(name: &str, pages: &str) -> Dossier {
    let dossier = Dossier::copy_of(name);
    let unit = std::fs::read_to_string(dossier.path().join("unit.yaml")).unwrap();
    let kept = unit.lines().filter(|line| !line.starts_with("页面:"));
    let unit = kept.chain([format!("页面: {pages}").as_str()]).collect::<Vec<_>>().join("\n");
    dossier.write("unit.yaml", unit)
}

fn preference(pdf: &Pdf, key: &str) -> String {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).expect("the catalog");
    let preferences = catalog.get::<Dict<'_>>(b"ViewerPreferences".as_slice()).expect("preferences");
    preferences.get::<Name<'_>>(key.as_bytes()).map(|name| name.as_str().to_owned()).unwrap_or_default()
}

/// Every entry of the table of offsets leads to the object of its number; gives how many there are. Readers mend a wrong
/// table without a word, so it is read here by hand.
fn objects_found(pdf: &[u8]) -> usize {
    let at = |text: &[u8], what: &[u8]| text.windows(what.len()).rposition(|w| w == what).expect("found");
    let number = |text: &[u8]| -> usize {
        let digits: Vec<u8> = text.iter().copied().take_while(u8::is_ascii_digit).collect();
        String::from_utf8(digits).unwrap().parse().expect("a number")
    };
    let table = number(&pdf[at(pdf, b"startxref\n") + 10..]);
    let head = pdf[table..].strip_prefix(b"xref\n0 ").expect("the table where it is said to be");
    let count = number(head);
    let entries = &head[head.iter().position(|b| *b == b'\n').unwrap() + 1..];
    for (i, entry) in entries.chunks(20).take(count).enumerate().skip(1) {
        assert_eq!(&entry[10..18], b" 00000 n");
        assert!(pdf[number(entry)..].starts_with(format!("{i} 0 obj\n").as_bytes()), "object {i}");
    }
    assert!(entries[count * 20..].starts_with(b"trailer"));
    count
}

#[test]
fn the_printer_is_told_the_sides_and_not_to_scale() {
    let cases = [("{双面: true}", "DuplexFlipLongEdge"), ("{双面: false}", "Simplex")];
    for (pages, sides) in cases {
        let data = finished(with_pages("samples/huidong", pages).path(), 2021);
        assert!(objects_found(&data) > 100);
        let pdf = Pdf::new(data).expect("a PDF");
        assert_eq!(preference(&pdf, "Duplex"), sides);
        assert_eq!(preference(&pdf, "PrintScaling"), "None");
    }
}

#[test]
fn with_crop_marks_the_sheet_stays_a4_inside_a_larger_one() {
    let plain = Pdf::new(finished(&root().join("samples/demo"), 2023)).expect("a PDF");
    let marked = finished(with_pages("samples/demo", "{双面: true, 裁切标记: true}").path(), 2023);
    assert!(objects_found(&marked) > 100);
    let marked = Pdf::new(marked).expect("a PDF");
    assert_eq!(plain.pages().len(), marked.pages().len());
    for (before, after) in plain.pages().iter().zip(marked.pages().iter()) {
        let boxed = |key: &str| after.raw().get::<Rect>(key.as_bytes());
        let sheet = before.media_box();
        assert!(before.raw().get::<Rect>(b"TrimBox".as_slice()).is_none());
        let (media, trim) = (after.media_box(), boxed("TrimBox").expect("a trim box"));
        assert!(same(size(trim), size(sheet)), "{trim:?}");
        assert!(same(margins(media, trim), [10.0 * MM; 4]), "{media:?} {trim:?}");
        assert!(same(margins(boxed("BleedBox").expect("a bleed box"), trim), [3.0 * MM; 4]), "{trim:?}");
    }
}

fn size(rect: Rect) -> [f64; 4] {
    [0.0, 0.0, rect.x1 - rect.x0, rect.y1 - rect.y0]
}

/// How far a box reaches beyond another.
fn margins(outer: Rect, inner: Rect) -> [f64; 4] {
    [inner.x0 - outer.x0, inner.y0 - outer.y0, outer.x1 - inner.x1, outer.y1 - inner.y1]
}

fn same(a: [f64; 4], b: [f64; 4]) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() < 0.01)
}
