//! How much of a file is read, so that a hostile one ends soon.

use std::time::Duration;

/// What is read at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long the library may take to open it, which it does in one go.
    pub opening: Duration,
    /// Bytes of the file.
    pub file: usize,
    /// Bytes of one part of it, unpacked.
    pub part: usize,
    /// Bytes of all parts together, unpacked.
    pub unpacked: usize,
    /// Numbered objects, and entries of tables for them.
    pub objects: usize,
    /// Pages.
    pub pages: usize,
    /// Glyphs on all pages together.
    pub glyphs: usize,
    /// Lines, fills and pictures on all pages together.
    pub shapes: usize,
    /// Operators on all pages together.
    pub operators: usize,
    /// How deep forms, structure elements and names lie within each other.
    pub depth: usize,
    /// Structure elements.
    pub elements: usize,
    /// Attachments.
    pub attachments: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            opening: Duration::from_secs(10),
            file: 256 << 20,
            part: 128 << 20,
            unpacked: 512 << 20,
            objects: 1_000_000,
            pages: 5000,
            glyphs: 2_000_000,
            shapes: 3_000_000,
            operators: 30_000_000,
            depth: 64,
            elements: 500_000,
            attachments: 2000,
        }
    }
}
