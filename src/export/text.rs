//! The report as words alone, to be pasted into a message, a web form or Word.
//!
//! A paragraph is a line; a row of a table is a line too, its cells parted by tabs, so that it pastes into a spreadsheet as
//! cells and into Word as what `文本转换成表格` takes. Lines end as Windows has it and a byte order mark stands in front: every
//! 记事本 and Word then opens the file without asking.

use unicode_width::UnicodeWidthStr;

use super::walk::{indented, spans, words};
use crate::compose::{
    AttachmentView, BlockView, CellView, ChartView, CoverView, ImprintView, NoteView, RedHeadView, ReportView,
    SignatureView, TableView,
};

/// The width of a line of the page, in half characters.
const LINE: usize = 56;
/// What is left free behind signature and date, in half characters (GB/T 9704-2012, 7.3.5: four characters).
const BEHIND: usize = 8;

/// The words of a report, in the order of the pages.
pub fn text(view: &ReportView) -> String {
    let mut page = Lines::default();
    if view.draft {
        page.line("【草稿】");
    }
    if let Some(cover) = &view.cover {
        page.cover(cover);
    }
    // As on the pages: a report on its side has none.
    if let Some(head) = view.red_head.as_ref().filter(|_| !view.landscape) {
        page.red_head(head);
    }
    page.line(&view.title_lines.concat());
    page.gap();
    page.blocks(&view.body);
    page.note(&view.attachment_note);
    if let Some(signature) = &view.signature {
        page.signature(signature);
    }
    for attachment in &view.attachments {
        page.attachment(attachment);
    }
    if let Some(imprint) = &view.imprint {
        page.imprint(imprint);
    }
    format!("\u{FEFF}{}\r\n", page.0.join("\r\n").trim_end())
}

/// A negative number with the sign that keyboards and spreadsheets have; any other text as it is.
fn typed(text: String) -> String {
    match text.strip_prefix('\u{2212}') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => format!("-{rest}"),
        _ => text,
    }
}

#[derive(Default)]
struct Lines(Vec<String>);

impl Lines {
    fn line(&mut self, text: &str) {
        self.0.push(flat(text));
    }

    /// A blank line, unless there is one.
    fn gap(&mut self) {
        if self.0.last().is_some_and(|last| !last.is_empty()) {
            self.0.push(String::new());
        }
    }

    fn cover(&mut self, cover: &CoverView) {
        self.line(&cover.title_lines.concat());
        self.gap();
        for row in &cover.rows {
            self.line(&format!("{}：{}", row.label, row.value));
        }
        self.gap();
    }

    fn blocks(&mut self, blocks: &[BlockView]) {
        for block in blocks {
            match block {
                BlockView::Heading { number, text, rest, .. } => {
                    self.paragraph(&format!("{number}{}{}", words(text), words(rest)), true);
                }
                BlockView::Paragraph { text, indent } => self.paragraph(&words(text), *indent),
                BlockView::Item { number, text } => self.paragraph(&format!("{number}{}", words(text)), true),
                BlockView::Table(table) => self.table(table),
                BlockView::Chart(chart) => self.chart(chart),
            }
        }
    }

    fn paragraph(&mut self, text: &str, indent: bool) {
        let indent = if indent { "\u{3000}\u{3000}" } else { "" };
        self.line(&format!("{indent}{text}"));
    }

    fn table(&mut self, table: &TableView) {
        self.gap();
        for above in [&table.caption, &table.unit].into_iter().flatten() {
            self.line(above);
        }
        for row in &table.header {
            self.row(row.iter().map(|cell| (cell, 1)));
        }
        for (row, spans) in table.rows.iter().zip(spans(table)) {
            self.row(row.cells.iter().zip(spans));
        }
        if let Some(note) = &table.note {
            self.line(note);
        }
        self.gap();
    }

    /// A row. A name that reaches over several rows stands in the first of them, as on the page; a cell over several
    /// columns is followed by empty ones, so that those behind it stay in their columns.
    fn row<'a>(&mut self, cells: impl Iterator<Item = (&'a CellView, usize)>) {
        let mut texts = Vec::new();
        for (cell, span) in cells {
            texts.push(if span == 0 { String::new() } else { typed(flat(&indented(cell))) });
            texts.extend(std::iter::repeat_n(String::new(), cell.colspan.saturating_sub(1)));
        }
        self.0.push(texts.join("\t"));
    }

    /// A chart as its caption and what it shows, in sentences.
    fn chart(&mut self, chart: &ChartView) {
        self.gap();
        self.line(&chart.caption);
        self.line(&chart.alt);
        if let Some(note) = &chart.note {
            self.line(note);
        }
        self.gap();
    }

    fn note(&mut self, entries: &[NoteView]) {
        if !entries.is_empty() {
            self.gap();
        }
        for (i, entry) in entries.iter().enumerate() {
            let lead = if i == 0 { "附件：" } else { "\u{3000}\u{3000}\u{3000}" };
            let number = entry.number.as_deref().unwrap_or_default();
            self.paragraph(&format!("{lead}{number}{}", entry.name), true);
        }
    }

    fn signature(&mut self, signature: &SignatureView) {
        self.gap();
        for text in [&signature.unit, &signature.date] {
            let before = LINE.saturating_sub(BEHIND).saturating_sub(text.width()) / 2;
            self.line(&format!("{}{text}", "\u{3000}".repeat(before)));
        }
    }

    /// Two names of signers to a line, the number on the last of them.
    fn red_head(&mut self, head: &RedHeadView) {
        self.line(&head.mark);
        self.gap();
        if head.signers.is_empty() {
            self.line(&head.number);
        }
        let lines = head.signers.chunks(2).count();
        for (i, names) in head.signers.chunks(2).enumerate() {
            let number = if i + 1 == lines { head.number.as_str() } else { "" };
            let label = if i == 0 { "签发人：" } else { "\u{3000}\u{3000}\u{3000}\u{3000}" };
            let names = names.join("\u{3000}");
            let room = LINE.saturating_sub(2 + 2 + 8 + 14).saturating_sub(number.width());
            let between = "\u{3000}".repeat((room / 2).max(1));
            self.line(&format!("\u{3000}{number}{between}{label}{names}"));
        }
        self.gap();
    }

    fn imprint(&mut self, imprint: &ImprintView) {
        self.gap();
        if let Some(copies) = &imprint.copies {
            self.line(&format!("抄送：{copies}"));
        }
        let date = imprint.date.as_deref().unwrap_or_default();
        let room = LINE.saturating_sub(imprint.office.width() + date.width());
        self.line(format!("{}{}{date}", imprint.office, "\u{3000}".repeat((room / 2).max(1))).trim_end());
    }

    fn attachment(&mut self, attachment: &AttachmentView) {
        self.gap();
        self.line(&attachment.label);
        self.gap();
        self.line(&attachment.title_lines.concat());
        self.gap();
        self.blocks(&attachment.blocks);
    }
}

/// A text on one line: breaks and tabs would make lines and cells of their own.
fn flat(text: &str) -> String {
    text.replace("\r\n", " ").replace(['\n', '\r', '\t'], " ")
}
