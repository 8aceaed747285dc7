//! A place as a line and a column of a file.

use serde::Serialize;

use crate::source::{Place, Sources};

/// A place in a file. Lines and columns count from 1, columns count characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Location {
    /// The file, as the user sees it.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Location {
    /// The beginning of a place.
    pub fn of(place: Place, sources: &Sources) -> Self {
        let at = sources.position(place.file, place.start);
        Self { file: sources.path(place.file).to_owned(), line: at.line, column: at.column }
    }
}

impl std::fmt::Display for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}
