//! A finished PDF against GB/T 9704-2012 and what an archive asks of a file: a table of clause, expected, found and
//! verdict.
//!
//! Each row is a small pure rule over what [`crate::reader`] gives. A rule that cannot tell says so: it guesses
//! neither way.

mod area;
mod faces;
mod file;
mod folio;
mod grid;
mod ink;
mod lettering;
mod lines;
mod sheet;
mod survey;
mod table;
mod tolerance;

use crate::reader::Document;
use survey::Survey;

pub use table::{human, json, short};

/// What a rule comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// 合: as it has to be.
    Conforms,
    /// 不合: not as it has to be.
    Deviates,
    /// 不适用: the document has nothing that the rule is about.
    NotApplicable,
    /// 看不出: the file does not tell.
    Unknown,
}

impl Verdict {
    /// The Chinese word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Conforms => "合",
            Self::Deviates => "不合",
            Self::NotApplicable => "不适用",
            Self::Unknown => "看不出",
        }
    }

    /// The identifier for machines.
    pub fn id(self) -> &'static str {
        match self {
            Self::Conforms => "conforms",
            Self::Deviates => "deviates",
            Self::NotApplicable => "not_applicable",
            Self::Unknown => "unknown",
        }
    }

    fn of(conforms: bool) -> Self {
        if conforms { Self::Conforms } else { Self::Deviates }
    }
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The clause, such as `GB/T 9704 5.2.1`.
    pub clause: &'static str,
    /// What is looked at.
    pub item: &'static str,
    /// What has to be.
    pub expected: String,
    /// What is.
    pub found: String,
    /// What it comes to.
    pub verdict: Verdict,
    /// The pages that deviate, from 1.
    pub pages: Vec<usize>,
}

impl Row {
    fn new(clause: &'static str, item: &'static str, expected: &str, found: String, verdict: Verdict) -> Self {
        Self { clause, item, expected: expected.to_owned(), found, verdict, pages: Vec::new() }
    }

    /// A row about pages: it conforms if none deviates.
    fn on_pages(
        clause: &'static str,
        item: &'static str,
        expected: &str,
        found: String,
        mut pages: Vec<usize>,
    ) -> Self {
        pages.sort_unstable();
        pages.dedup();
        Self { pages: pages.clone(), ..Self::new(clause, item, expected, found, Verdict::of(pages.is_empty())) }
    }
}

/// The table for a document.
pub fn examine(document: &Document) -> Vec<Row> {
    let survey = Survey::new(document);
    let mut rows = sheet::rows(&survey);
    rows.extend(area::rows(&survey));
    rows.extend(grid::rows(&survey));
    rows.extend(lettering::rows(&survey));
    rows.extend(folio::rows(&survey));
    rows.extend(ink::rows(&survey));
    rows.extend(file::rows(document));
    rows
}
