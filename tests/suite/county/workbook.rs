//! What stands in the cells of a workbook, read without the library that wrote it.

use std::collections::BTreeMap;

use hayro_syntax::Pdf;

/// The parts of a workbook, by their names.
pub(super) struct Workbook {
    parts: BTreeMap<String, String>,
}

impl Workbook {
    /// Reads the ZIP file.
    pub(super) fn read(data: &[u8]) -> Self {
        let end = data.windows(4).rposition(|bytes| bytes == b"PK\x05\x06").unwrap();
        let mut parts = BTreeMap::new();
        let mut at = number(data, end + 16, 4);
        for _ in 0..number(data, end + 10, 2) {
            let (packed, name) = (number(data, at + 20, 4), number(data, at + 28, 2));
            let (extra, comment) = (number(data, at + 30, 2), number(data, at + 32, 2));
            let local = number(data, at + 42, 4);
            let start = local + 30 + number(data, local + 26, 2) + number(data, local + 28, 2);
            let path = String::from_utf8(data[at + 46..at + 46 + name].to_vec()).unwrap();
            if path.ends_with("sharedStrings.xml") || path.contains("worksheets/") {
                parts.insert(path, inflated(&data[start..start + packed]));
            }
            at += 46 + name + extra + comment;
        }
        Self { parts }
    }

    /// The cells of a sheet, counted from 1: `text …`, the formula with `=` before it, or the number.
    pub(super) fn cells(&self, sheet: usize) -> BTreeMap<String, String> {
        let strings: Vec<String> = self.parts["xl/sharedStrings.xml"].split("<si>").skip(1).map(text).collect();
        let cell = |cell: &str| {
            let (name, rest) = cell.split_once('"')?;
            let inner = rest.split_once('>')?.1.split("</c>").next()?;
            let value = inner.split("<v>").nth(1).and_then(|value| value.split("</v>").next())?;
            let is_text = rest.split('>').next()?.contains("t=\"s\"");
            let shown = match inner.split_once("<f>") {
                Some((_, formula)) => format!("={}", formula.split("</f>").next()?),
                None if is_text => format!("text {}", strings.get(value.parse::<usize>().ok()?)?),
                None => value.to_owned(),
            };
            Some((name.to_owned(), shown))
        };
        let sheet = &self.parts[&format!("xl/worksheets/sheet{sheet}.xml")];
        sheet.split("<c r=\"").skip(1).filter_map(cell).collect()
    }
}

fn text(item: &str) -> String {
    let text = item.split_once("<t").unwrap().1.split_once('>').unwrap().1;
    text.split("</t>").next().unwrap().to_owned()
}

/// A number of so many bytes, the lowest first.
fn number(data: &[u8], at: usize, bytes: usize) -> usize {
    data[at..at + bytes].iter().rev().fold(0, |number, byte| number * 256 + usize::from(*byte))
}

/// ZIP and PDF compress alike, but for the two bytes before: the reader of PDF files serves for both.
fn inflated(packed: &[u8]) -> String {
    let begin = "%PDF-1.7\n\
        1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n\
        2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n\
        3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>\nendobj\n";
    let stream = format!("4 0 obj\n<</Length {}/Filter/FlateDecode>>\nstream\n", packed.len() + 2);
    let end = b"\nendstream\nendobj\ntrailer\n<</Root 1 0 R/Size 5>>\n%%EOF\n";
    let file = [begin.as_bytes(), stream.as_bytes(), b"\x78\x9c", packed, end].concat();
    let pdf = Pdf::new(file).expect("a PDF");
    String::from_utf8(pdf.pages()[0].page_stream().expect("a stream").to_vec()).unwrap()
}
