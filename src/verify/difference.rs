//! One thing that differs.

use serde::Serialize;

/// What kind of thing differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A file that the PDF carries.
    Data,
    /// A computed figure or score.
    Figure,
    /// The number of pages.
    Pages,
    /// Words on a page.
    Words,
    /// How a page looks: places, sizes, lines, pictures.
    Look,
    /// A property of the document.
    Property,
    /// The file as such.
    File,
}

/// A side of a difference in a sentence.
pub(super) fn quoted(text: Option<&str>) -> String {
    text.map_or_else(|| "（无）".to_owned(), |text| format!("“{text}”"))
}

/// One thing that differs between a PDF and what its data give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What kind of thing it is.
    pub kind: Kind,
    /// The page of the PDF, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
    /// The file, figure or property.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// What the PDF has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// What its data give.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// All of it as a sentence.
    pub message: String,
}

impl Difference {
    /// A difference that a sentence says in full.
    pub(super) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, page: None, subject: None, found: None, expected: None, message: message.into() }
    }

    /// What is wrong with a file that the PDF carries.
    pub(super) fn of_file(path: &str, what: &str) -> Self {
        Self { subject: Some(path.to_owned()), ..Self::new(Kind::Data, format!("附件 {path} {what}")) }
    }

    /// Something on a page.
    pub(super) fn on_page(kind: Kind, page: usize, what: &str) -> Self {
        Self { page: Some(page), ..Self::new(kind, format!("第{page}页：{what}")) }
    }

    /// With what the PDF has and what its data give.
    pub(super) fn sides(self, found: Option<&str>, expected: Option<&str>) -> Self {
        Self { found: found.map(str::to_owned), expected: expected.map(str::to_owned), ..self }
    }
}
