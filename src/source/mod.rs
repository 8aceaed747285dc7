//! YAML text → values and places.
//!
//! A file is read once into a tree of [`Node`]s: raw scalars, each with its [`Place`]. Figures are read from the tree itself;
//! documents of a known shape are deserialised from it by [`decode()`], which reports every mistake and not only the first.

mod comments;
mod decode;
mod hidden;
mod number;
mod pieces;
mod read;
mod slips;
mod spanned;
mod tree;
mod words;

use crate::characters::BYTE_ORDER_MARK;

pub use comments::without_comments;
pub use decode::{blank, decode};
pub(crate) use hidden::hidden_characters;
pub use number::{NumberSlip, Written, parse_number};
pub(crate) use pieces::{OPEN, Piece, pieces};
pub use read::{Reader, decode_text, parse_file};
pub use slips::Dialect;
pub use spanned::Spanned;
pub use tree::{Entry, Kind, Node, Scalar, parse};
pub use words::{closest, shorten};

/// A file that has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(usize);

/// A stretch of a file, in bytes of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
}

impl Place {
    /// The place of `length` bytes that begins `offset` bytes into this one; it never leaves this one.
    #[must_use]
    pub fn part(self, offset: usize, length: usize) -> Self {
        let start = (self.start + offset).min(self.end);
        Self { file: self.file, start, end: (start + length).min(self.end) }
    }
}

/// A line and a column, both from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

#[derive(Debug)]
struct SourceFile {
    path: String,
    text: String,
    line_starts: Vec<usize>,
}

/// The text of every file that was read, for places.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a file under the path that the user sees, with `/` between its parts.
    pub fn add(&mut self, path: impl Into<String>, text: String) -> FileId {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        self.files.push(SourceFile { path: path.into(), text, line_starts });
        FileId(self.files.len() - 1)
    }

    /// The files, in the order in which they were read.
    pub fn files(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..self.files.len()).map(FileId)
    }

    /// The path that the user sees.
    pub fn path(&self, file: FileId) -> &str {
        &self.files[file.0].path
    }

    /// The whole text.
    pub fn text(&self, file: FileId) -> &str {
        &self.files[file.0].text
    }

    /// The text of a place.
    pub fn slice(&self, place: Place) -> &str {
        self.text(place.file).get(place.start..place.end).unwrap_or_default()
    }

    /// The line and column of an offset.
    pub fn position(&self, file: FileId, offset: usize) -> Position {
        let source = &self.files[file.0];
        let line = source.line_starts.partition_point(|&start| start <= offset);
        let start = source.line_starts[line - 1];
        let column = source.text.get(start..offset.min(source.text.len())).map_or(0, |s| s.chars().count());
        Position { line, column: column + 1 }
    }

    /// The stretch of one whole line, without its break. Lines count from 1; one past the end is the last.
    pub fn line(&self, file: FileId, line: usize) -> Place {
        let source = &self.files[file.0];
        let index = line.clamp(1, source.line_starts.len()) - 1;
        let start = source.line_starts[index];
        let end = source.line_starts.get(index + 1).map_or(source.text.len(), |next| next - 1);
        let end = if source.text[start..end].ends_with('\r') { end - 1 } else { end };
        Place { file, start, end }
    }

    /// The offset of a character of a line: `line` from 1, `column` from 0 in characters, both held inside the file.
    /// Byte order marks do not count: they are left out before a file is parsed.
    pub(crate) fn offset(&self, file: FileId, line: usize, column: usize) -> usize {
        let place = self.line(file, line);
        let text = self.slice(place);
        place.start
            + text.char_indices().filter(|(_, c)| *c != BYTE_ORDER_MARK).nth(column).map_or(text.len(), |(at, _)| at)
    }
}
