//! The editable copy (DOCX): the same headings, numbers, tables and words as the pages, set by Word.
//!
//! `docx-rs` writes the paragraphs, tables and pictures and the package's parts; what it cannot write — sections, repeated
//! heads, mirrored margins, properties, descriptions of pictures — and the order of elements that the schema asks for
//! (ISO/IEC 29500-1, Annex A) are mended afterwards in [`finish`]. Styles are a file of their own, `styles.xml`: all
//! formatting hangs on them, so that an office changes a face or size in one place.

mod blocks;
mod cells;
mod closing;
mod finish;
mod package;
mod red_head;
mod section;

use docx_rs::{BreakType, Docx, Footer, Header, PageNum, Paragraph, Run};

use crate::compose::ReportView;
use crate::diagnostic::{Code, Diagnostic};
use section::{Kind, Section};

/// A character cell, in twentieths of a point (twips): 156 mm / 28.
const CELL: i32 = 316;
/// A line of the grid: 225 mm / 22. Word counts a line's whole pitch into the type area, the last one too.
const LINE: u16 = 579;

/// The copy of a report; `charts` are its charts as pictures (PNG), in their order.
///
/// # Errors
/// A package that cannot be written; none is known.
#[expect(clippy::result_large_err, reason = "a finding is what callers want, and none is known")]
pub fn docx(view: &ReportView, charts: &[Vec<u8>]) -> Result<Vec<u8>, Diagnostic> {
    let kind = if view.landscape { Kind::Landscape } else { Kind::Portrait };
    let mut body = Body {
        docx: frame(view),
        ended: Vec::new(),
        section: Section { kind, restart: view.cover.is_some(), odd: false },
        recto: view.page.attachments_recto,
        empty: true,
        charts: charts.iter(),
        descriptions: Vec::new(),
    };
    if let Some(cover) = &view.cover {
        body.cover(cover);
    }
    // As on the pages: a report on its side has none.
    if let Some(head) = view.red_head.as_ref().filter(|_| !view.landscape) {
        body.red_head(head);
    }
    body.title(&view.title_lines);
    body.blocks(&view.body, 0);
    body.attachment_note(&view.attachment_note);
    if let Some(signature) = &view.signature {
        body.signature(signature);
    }
    for attachment in &view.attachments {
        body.attachment(attachment);
    }
    if let Some(imprint) = &view.imprint {
        body.turn(Kind::Portrait);
        body.imprint(imprint);
    }
    let Body { docx, mut ended, section, descriptions, .. } = body;
    ended.push(section);
    let mut parts = docx.build();
    parts.document = finish::document(&parts.document, &ended, &descriptions, view.page.duplex);
    for part in parts.headers.iter_mut().chain(&mut parts.footers).chain([&mut parts.numberings]) {
        *part = finish::part(part);
    }
    package::package(parts, &view.meta, view.page.duplex)
        .map_err(|error| Diagnostic::new(Code::JB6001, format!("Word 稿写不成：{error}")))
}

/// A document without text: page numbers at the foot, and the mark of a draft above.
fn frame(view: &ReportView) -> Docx {
    let folio = |style: &str| {
        let page = Paragraph::new().style(style).add_run(run("— ")).add_page_num(PageNum::new()).add_run(run(" —"));
        Footer::new().add_paragraph(page)
    };
    let mut docx = Docx::new().footer(folio("Footer"));
    if view.page.duplex {
        docx = docx.even_footer(folio("EvenFooter"));
    }
    if view.draft {
        let mark = || Header::new().add_paragraph(Paragraph::new().style("Header").add_run(run("草稿")));
        docx = docx.header(mark());
        if view.page.duplex {
            docx = docx.even_header(mark());
        }
    }
    docx
}

/// The body as far as it is written.
struct Body<'a> {
    docx: Docx,
    /// The sections before the present one.
    ended: Vec<Section>,
    section: Section,
    /// Whether attachments begin on odd pages.
    recto: bool,
    /// Whether nothing stands in the present section yet.
    empty: bool,
    charts: std::slice::Iter<'a, Vec<u8>>,
    /// What a reader hears in place of each picture.
    descriptions: Vec<String>,
}

impl Body<'_> {
    /// Adds to the document. The library's way of adding is to give it back.
    fn add(&mut self, add: impl FnOnce(Docx) -> Docx) {
        self.docx = add(std::mem::take(&mut self.docx));
        self.empty = false;
    }

    fn paragraph(&mut self, paragraph: Paragraph) {
        self.add(|docx| docx.add_paragraph(paragraph));
    }

    fn blank(&mut self) {
        self.paragraph(Paragraph::new().keep_next(true));
    }

    /// Goes on with pages of this kind: ends the section where they are others. Word keeps what a section is like at its
    /// end.
    fn turn(&mut self, kind: Kind) {
        if self.section.kind == kind {
            return;
        }
        if !self.empty {
            self.end_section();
        }
        self.section.kind = kind;
    }

    fn end_section(&mut self) {
        self.paragraph(Paragraph::new().style(section::END_STYLE));
        let restart = false;
        let next = Section { kind: self.section.kind, restart, odd: false };
        self.ended.push(std::mem::replace(&mut self.section, next));
        self.empty = true;
    }
}

/// A run of text. Line breaks stay; what XML cannot hold (W3C XML 1.0, 2.2) goes.
fn run(text: &str) -> Run {
    let mut run = Run::new();
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        let line: String = line.chars().filter(|&c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect();
        run = run.add_text(line);
    }
    run
}
