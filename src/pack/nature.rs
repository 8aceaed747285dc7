//! What a file really is, by what is in it: endings of names may lie.

use std::io::Cursor;

use zip::ZipArchive;

use super::kinds::ending;

/// How programs begin, whatever they are called.
const PROGRAMS: &[&[u8]] = &[b"MZ", b"\x7fELF", b"#!", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"];
/// How archives begin that are no documents of any kind.
const ARCHIVES: &[&[u8]] = &[b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"\xfd7zXZ", b"BZh"];
const IMAGES: &[&[u8]] = &[b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"];
const PDF: &[u8] = b"%PDF-";
/// How far into a file a PDF may begin, in bytes.
const BEFORE_PDF: usize = 1024;
/// A file that says what kind of document a zip is: of Office, of ODF, of OFD.
const DOCUMENT_PARTS: [&str; 3] = ["[Content_Types].xml", "mimetype", "OFD.xml"];

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nature {
    Pdf,
    Image,
    /// A document that is a zip within.
    Document,
    /// The same with macros.
    Macros,
    /// A document of old Office; or a new one behind a password.
    OldDocument,
    Rtf,
    /// A page or another text with marks, as which some programs save tables under the names of old Office.
    Markup,
    Archive,
    Program,
    /// A text, or what is not known here.
    Other,
}

impl Nature {
    /// The nature of a file with these contents. `name`: a text may begin with any letters, but has no zero bytes.
    pub(super) fn of(data: &[u8], name: &str) -> Self {
        let begins = |all: &[&[u8]]| all.iter().any(|start| data.starts_with(start));
        let is_text = matches!(ending(name).as_deref(), Some("txt" | "csv")) && !data.contains(&0);
        match () {
            () if !is_text && begins(PROGRAMS) => Self::Program,
            () if !is_text && is_pdf(data) => Self::Pdf,
            () if !is_text && begins(IMAGES) => Self::Image,
            () if begins(&[b"\xd0\xcf\x11\xe0"]) => Self::OldDocument,
            () if begins(&[b"{\\rtf"]) => Self::Rtf,
            () if begins(&[b"PK\x03\x04"]) => of_zip(data),
            () if begins(ARCHIVES) => Self::Archive,
            () if !is_text && is_markup(data) => Self::Markup,
            () => Self::Other,
        }
    }

    /// In words.
    pub(super) fn in_words(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Image => "图片",
            Self::Document => "新格式的 Office、WPS 或 OFD 文档",
            Self::Macros => "带宏的文档",
            Self::OldDocument => "旧格式的 Office 文档，或设了打开密码的文档",
            Self::Rtf => "RTF 文档",
            Self::Markup => "网页或 XML",
            Self::Archive => "压缩包",
            Self::Program => "程序",
            Self::Other => "认不出的东西，或已损坏",
        }
    }

    /// Whether the ending of a name promises it. An old Office opens whatever it once could, by the names of its own.
    pub(super) fn fits(self, name: &str) -> bool {
        match ending(name).as_deref() {
            Some("pdf") => self == Self::Pdf,
            Some("jpg" | "jpeg" | "png" | "gif" | "bmp" | "tif" | "tiff") => self == Self::Image,
            Some("ofd" | "docx" | "xlsx" | "pptx" | "odt" | "ods" | "odp") => self == Self::Document,
            Some("txt" | "csv") => self == Self::Other,
            _ => !matches!(self, Self::Pdf | Self::Image | Self::Other),
        }
    }
}

/// Readers pass over what stands before a PDF's first words.
fn is_pdf(data: &[u8]) -> bool {
    data.windows(PDF.len()).take(BEFORE_PDF).any(|window| window == PDF)
}

fn is_markup(data: &[u8]) -> bool {
    let data = data.strip_prefix(b"\xef\xbb\xbf").unwrap_or(data);
    data.trim_ascii_start().starts_with(b"<")
}

fn of_zip(data: &[u8]) -> Nature {
    let Ok(zip) = ZipArchive::new(Cursor::new(data)) else { return Nature::Other };
    if zip.file_names().any(|name| name.ends_with("vbaProject.bin")) {
        return Nature::Macros;
    }
    let is_document = zip.file_names().any(|name| DOCUMENT_PARTS.contains(&name));
    if is_document { Nature::Document } else { Nature::Archive }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn zip(names: &[&str]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(b"a").unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_file_is_what_is_in_it() {
        let (office, macros) = (zip(&["[Content_Types].xml"]), zip(&["[Content_Types].xml", "word/vbaProject.bin"]));
        let cases: &[(&[u8], &str, Nature, bool)] = &[
            (b"MZ\x90\0", "合同.pdf", Nature::Program, false),
            (b"MZ is how this text begins", "说明.txt", Nature::Other, true),
            (b"%PDF-1.7", "合同.PDF", Nature::Pdf, true),
            (b"\n\n%PDF-1.7", "合同.pdf", Nature::Pdf, true),
            (b"%PDF-1.7", "照片.jpg", Nature::Pdf, false),
            (b"%PDF- is how this text begins", "说明.txt", Nature::Other, true),
            (b"\xff\xd8\xff\xe0", "照片.png", Nature::Image, true),
            (&zip(&["a.txt"]), "照片.jpg", Nature::Archive, false),
            (&office, "表.xlsx", Nature::Document, true),
            (&office, "表.xls", Nature::Document, true),
            (&macros, "表.xlsx", Nature::Macros, false),
            (b"\xd0\xcf\x11\xe0", "表.docx", Nature::OldDocument, false),
            (b"\xd0\xcf\x11\xe0", "表.wps", Nature::OldDocument, true),
            (b"<html>", "表.xls", Nature::Markup, true),
            (b"<html>", "表.csv", Nature::Other, true),
            (b"hi", "表.xls", Nature::Other, false),
            (b"hi", "说明.doc", Nature::Other, false),
            (b"MZ\x90\0", "说明.txt", Nature::Program, false),
            (b"\x7fELF\x02\0", "表.csv", Nature::Program, false),
            (b"II+\0\x08\0", "照片.tif", Nature::Image, true),
            (b"MM\0+", "照片.tiff", Nature::Image, true),
            (b"PK\x03\x04", "表.xlsx", Nature::Other, false),
        ];
        for (data, name, nature, fits) in cases {
            let found = Nature::of(data, name);
            assert_eq!((found, found.fits(name)), (*nature, *fits), "{name}");
        }
    }
}
