//! What a template sees: strings in the order of print. `templates/report.typ` reads it as JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::source::Place;

/// A report, ready to be laid out.
#[derive(Debug, Clone, Serialize)]
pub struct ReportView {
    /// For the PDF's properties.
    pub meta: Meta,
    /// How pages are set.
    pub page: PageView,
    /// Whether title and body lie on their side: a report that is one wide table.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub landscape: bool,
    /// The faces of each role, in the order in which they are tried.
    pub fonts: BTreeMap<String, Vec<FontView>>,
    /// The weight of each role's faces.
    pub weights: BTreeMap<String, u16>,
    /// Whether every page is marked as a draft.
    pub draft: bool,
    /// The cover page.
    pub cover: Option<CoverView>,
    /// 红头; none on a plain report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub red_head: Option<RedHeadView>,
    /// The title, a line each.
    pub title_lines: Vec<String>,
    /// The prints in the title.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<usize>,
    /// The text.
    pub body: Vec<BlockView>,
    /// 附件说明; empty for none.
    pub attachment_note: Vec<NoteView>,
    /// The signature.
    pub signature: Option<SignatureView>,
    /// The attachments.
    pub attachments: Vec<AttachmentView>,
    /// 版记; none on a plain report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub imprint: Option<ImprintView>,
    /// The files that the PDF carries. Nothing of them is printed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub carried: Vec<CarriedView>,
}

/// A file that the PDF carries.
#[derive(Debug, Clone, Serialize)]
pub struct CarriedView {
    /// Its path, with `/` between the parts.
    pub path: String,
    /// What it holds.
    pub text: String,
    /// `source`, `data` or `supplement` (ISO 19005-3, annex E).
    pub relationship: &'static str,
    /// Its MIME type.
    pub mime: &'static str,
    /// What it is, in words.
    pub description: String,
}

/// For the PDF's properties.
#[derive(Debug, Clone, Serialize)]
pub struct Meta {
    /// Title.
    pub title: String,
    /// Author: the unit.
    pub author: String,
    /// Subject.
    pub subject: String,
    /// Keywords.
    pub keywords: Vec<String>,
    /// The issue date.
    pub date: DateView,
}

/// A date in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateView {
    /// Year.
    pub year: i32,
    /// Month, from 1.
    pub month: u8,
    /// Day, from 1.
    pub day: u8,
}

/// How pages are set.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct PageView {
    /// Mirrored margins and page numbers.
    pub duplex: bool,
    /// Whether each attachment begins on an odd page.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub attachments_recto: bool,
    /// Whether crop marks stand outside the sheet.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub crop_marks: bool,
}

/// A face in a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FontView {
    /// The family as Typst knows it.
    pub family: String,
    /// What it covers: `latin-in-cjk`, `quotes`, `dot`, or everything.
    pub covers: Option<&'static str>,
}

/// The cover page.
#[derive(Debug, Clone, Serialize)]
pub struct CoverView {
    /// The title, a line each.
    pub title_lines: Vec<String>,
    /// What is filled in under it.
    pub rows: Vec<CoverRow>,
}

/// A line of the cover page.
#[derive(Debug, Clone, Serialize)]
pub struct CoverRow {
    /// 评价年度, 单位（公章）, 填报日期.
    pub label: &'static str,
    /// What is filled in.
    pub value: String,
}

/// 红头: the head of a document.
#[derive(Debug, Clone, Serialize)]
pub struct RedHeadView {
    /// 发文机关标志.
    pub mark: String,
    /// 发文字号.
    pub number: String,
    /// 签发人; empty for none.
    pub signers: Vec<String>,
}

/// 版记: the imprint of a document.
#[derive(Debug, Clone, Serialize)]
pub struct ImprintView {
    /// Who gets a copy, with the full stop.
    pub copies: Option<String>,
    /// 印发机关.
    pub office: String,
    /// `2024年4月18日印发`.
    pub date: Option<String>,
}

/// A line of the attachment note.
#[derive(Debug, Clone, Serialize)]
pub struct NoteView {
    /// `1.`, where there are several.
    pub number: Option<String>,
    /// The attachment's title.
    pub name: String,
}

/// The signature.
#[derive(Debug, Clone, Serialize)]
pub struct SignatureView {
    /// Who signs.
    pub unit: String,
    /// The issue date.
    pub date: String,
    /// Whether space is left for a seal.
    pub sealed: bool,
}

/// An attachment.
#[derive(Debug, Clone, Serialize)]
pub struct AttachmentView {
    /// `附件1`.
    pub label: String,
    /// Its title, a line each.
    pub title_lines: Vec<String>,
    /// The prints in its title.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<usize>,
    /// Whether it lies on its side.
    pub landscape: bool,
    /// Its contents.
    pub blocks: Vec<BlockView>,
}

/// A block of the text.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum BlockView {
    /// A heading; the paragraph `rest` may run in behind it.
    Heading {
        /// 1–4.
        level: u8,
        /// `一、`.
        number: String,
        /// The heading.
        text: Vec<Inline>,
        /// Whether `rest` follows on the same line.
        run_in: bool,
        /// The paragraph that runs in.
        rest: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        text: Vec<Inline>,
        /// Whether its first line is indented.
        indent: bool,
    },
    /// A numbered item.
    Item {
        /// `（1）`.
        number: String,
        /// Its text.
        text: Vec<Inline>,
    },
    /// A table.
    Table(TableView),
    /// A chart.
    Chart(ChartView),
}

/// A stretch of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "t", content = "v", rename_all = "lowercase")]
pub enum Inline {
    /// As it is.
    Text(String),
    /// Emphasised.
    Strong(String),
    /// Nothing: a print's number, by which it is found on the pages.
    Mark(usize),
}

impl Inline {
    /// What it prints.
    pub fn words(&self) -> &str {
        match self {
            Self::Text(text) | Self::Strong(text) => text,
            Self::Mark(_) => "",
        }
    }
}

/// A table.
#[derive(Debug, Clone, Serialize)]
pub struct TableView {
    /// A name that no other table of the report has.
    pub id: String,
    /// The caption with its number.
    pub caption: Option<String>,
    /// The prints in the caption.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<usize>,
    /// `单位：万元`.
    pub unit: Option<String>,
    /// `normal` or `small` type.
    pub size: &'static str,
    /// Whether it stands on a landscape page of its own.
    pub landscape: bool,
    /// The columns.
    pub columns: Vec<ColumnView>,
    /// The head, row by row.
    pub header: Vec<Vec<CellView>>,
    /// The rows.
    pub rows: Vec<RowView>,
    /// How many columns from the left merge equal names.
    pub merge: usize,
    /// A note under the table.
    pub note: Option<String>,
    /// The prints in the note.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub note_marks: Vec<usize>,
}

/// A column.
#[derive(Debug, Clone, Serialize)]
pub struct ColumnView {
    /// Its width as Typst writes it.
    pub width: String,
    /// `left`, `center`, `right` or `decimal`.
    pub align: &'static str,
}

/// A row.
#[derive(Debug, Clone, Serialize)]
pub struct RowView {
    /// The cells.
    pub cells: Vec<CellView>,
    /// Whether it is a total.
    pub total: bool,
    /// Where it is written; templates do not see it.
    #[serde(skip)]
    pub place: Option<Place>,
}

/// A cell.
#[derive(Debug, Clone, Serialize)]
pub struct CellView {
    /// The text.
    pub text: String,
    /// Characters of indent.
    pub indent: u8,
    /// What a number lacks to the longest fraction of its column.
    pub pad: String,
    /// Columns spanned.
    pub colspan: usize,
    /// The prints in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<usize>,
}

impl CellView {
    /// A plain cell.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), indent: 0, pad: String::new(), colspan: 1, marks: Vec::new() }
    }

    /// The cell with the prints in it.
    pub(super) fn marked(self, marks: Vec<usize>) -> Self {
        Self { marks, ..self }
    }
}

/// A chart. All lengths are thousandths of a point, from the upper left corner of the drawing, which is as wide as the
/// portrait type area.
#[derive(Debug, Clone, Serialize)]
pub struct ChartView {
    /// The caption with its number.
    pub caption: String,
    /// The prints in the caption.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<usize>,
    /// What a screen reader reads in place of the drawing.
    pub alt: String,
    /// How many lines of the page's grid the drawing fills.
    pub lines: i64,
    /// Bars, lines and markers, those in front last.
    pub shapes: Vec<ShapeView>,
    /// Texts, in front of all shapes.
    pub labels: Vec<LabelView>,
    /// A note under the caption.
    pub note: Option<String>,
    /// The prints in the note.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub note_marks: Vec<usize>,
}

/// Something that is drawn in a chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum ShapeView {
    /// A thin straight line: an axis, a tick.
    Rule {
        /// One end.
        from: [i64; 2],
        /// The other end.
        to: [i64; 2],
    },
    /// A bar, or a part of one.
    Bar {
        /// Its upper left corner.
        at: [i64; 2],
        /// Its width and height.
        size: [i64; 2],
        /// Whether it is black; else it is white.
        black: bool,
    },
    /// The pattern of a bar.
    Hatch {
        /// Lines, each from one end to the other: x, y, x, y.
        lines: Vec<[i64; 4]>,
        /// Whether they are rows of dots, the first of each on its beginning.
        dots: bool,
    },
    /// The line of a series.
    Path {
        /// The points that it joins.
        points: Vec<[i64; 2]>,
        /// The number of its dashes.
        dash: usize,
    },
    /// The mark of a point on a line.
    Marker {
        /// Its middle.
        at: [i64; 2],
        /// The number of its shape.
        shape: usize,
    },
}

/// A text in a chart, on one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LabelView {
    /// Where it is anchored: the upper edge of its em box, or the left one where it is turned; `align` says which point
    /// of that edge.
    pub at: [i64; 2],
    /// `left`, `center` or `right`: which point of it stands on `at`; turned, it runs upwards from its left end.
    pub align: &'static str,
    /// Its size.
    pub size: i64,
    /// Whether it is turned on its side, to be read upwards.
    pub turned: bool,
    /// Whether it is white behind the text, which may stand on a pattern or a line.
    pub covers: bool,
    /// The text.
    pub text: String,
    /// The prints in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<usize>,
}
