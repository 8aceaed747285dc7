//! A finished PDF, ours or another program's → its pages, glyphs, fonts, structure and attachments, as plain values.
//!
//! The syntax is read by `hayro-syntax`, character maps by `hayro-cmap`. The operators of the pages are followed here,
//! because what a check needs (the font's own name, the colour space as written, the number of a marked content, and
//! limits) is not in an interpreter that draws.
//!
//! Nothing in a file makes this panic, hang or fill the memory: see `limits` and `guard`.

pub mod attachments;
mod color;
mod content;
mod font;
mod geometry;
mod glyph_names;
mod guard;
mod inflate;
mod limits;
mod lines;
mod lzw;
mod metadata;
mod nesting;
mod objects;
mod outline;
mod outlines;
mod packed;
mod page;
mod raw;
mod structure;
#[cfg(test)]
mod tests;
mod text;
mod tree;
mod vocabulary;
mod xmp;

use hayro_syntax::object::Dict;
use hayro_syntax::{LoadPdfError, Pdf};

pub use attachments::Attachment;
pub use color::{Color, ColorSpace};
pub use font::{Font, FontKind};
pub use geometry::{MM, Rect};
pub use limits::Limits;
pub use lines::{Line, Run, Word};
pub use metadata::{Metadata, ViewerPreferences};
pub use outlines::Outlines;
pub use page::{Glyph, Mark, Page, Shape, ShapeKind};
pub use raw::{FileName, Raw, StreamKind};
pub use structure::{Content, Element, Structure};
pub use vocabulary::{Entry, Vocabulary};

/// Why a PDF could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It is no PDF, or too broken to be one.
    #[error("不是 PDF，或者文件已经损坏")]
    NotPdf,
    /// It is a zip or a file of Office.
    #[error("这是压缩包或 Office 文件，不是 PDF；报送包请先解开，再看里面的 PDF")]
    Archive,
    /// It is encrypted.
    #[error("PDF 加了密，读不出内容；请先去掉密码和权限限制")]
    Encrypted,
    /// It is larger than is read, or becomes so when unpacked.
    #[error("PDF 太大，不再读下去：{0}")]
    TooLarge(String),
    /// Opening it took longer than so many seconds. It says nothing of the file: another machine may be faster.
    #[error("打开这个文件超过了 {0} 秒")]
    TooSlow(u64),
    /// The reader met what it cannot deal with.
    #[error("PDF 里有读不懂的内容，没有读完")]
    Broken,
}

/// What a PDF holds.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The pages, in order.
    pub pages: Vec<Page>,
    /// The fonts that glyphs refer to.
    pub fonts: Vec<Font>,
    /// The structure tree: empty if the file is untagged.
    pub structure: Structure,
    /// Title, language, standards, settings.
    pub metadata: Metadata,
    /// How many characters could not be turned into text.
    pub unreadable: usize,
}

impl Document {
    /// The text as it is copied out, line by line in the order of the content.
    pub fn text(&self) -> String {
        let lines = self.pages.iter().flat_map(Page::lines);
        lines.map(|line| line.text() + "\n").collect()
    }
}

/// A PDF that is open.
pub struct Reader {
    pdf: Pdf,
    limits: Limits,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("pages", &self.pdf.pages().len()).finish_non_exhaustive()
    }
}

impl Reader {
    /// Opens a file, given its bytes.
    ///
    /// # Errors
    /// If it is no PDF, is encrypted, or is too large.
    pub fn open(bytes: Vec<u8>) -> Result<Self, ReadError> {
        Self::open_with(bytes, Limits::default())
    }

    /// Opens a file with limits of the caller's.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_with(bytes: Vec<u8>, limits: Limits) -> Result<Self, ReadError> {
        let pdf = guard::timed(limits.opening, move || {
            guard::examine(&bytes, &limits)?;
            Pdf::new(bytes).map_err(|error| match error {
                LoadPdfError::Decryption(_) => ReadError::Encrypted,
                LoadPdfError::Invalid => ReadError::NotPdf,
            })
        })?;
        if pdf.pages().len() > limits.pages {
            return Err(ReadError::TooLarge(format!("{}页", pdf.pages().len())));
        }
        Ok(Self { pdf, limits })
    }

    /// How many pages it has.
    pub fn pages(&self) -> usize {
        self.pdf.pages().len()
    }

    /// Everything but the attachments.
    ///
    /// # Errors
    /// If there is too much of it, or what the reader cannot deal with.
    pub fn document(&self) -> Result<Document, ReadError> {
        guard::guarded(|| {
            let mut collected = content::Collector::new(self.limits);
            let mut pages = Vec::new();
            for (index, page) in self.pdf.pages().iter().enumerate() {
                pages.push(page::read(index, page, &mut collected)?);
            }
            let catalog = self.catalog();
            let mut metadata = metadata::read(&self.pdf, &catalog, collected.budget())?;
            metadata.attachments = attachments::names(&catalog, &self.limits);
            let structure = structure::read(&self.pdf, &catalog, &pages, self.limits);
            let unreadable = collected.unreadable;
            Ok(Document { pages, fonts: collected.into_fonts(), structure, metadata, unreadable })
        })
    }

    /// The files embedded in it, unpacked, in the order of their names in the file.
    ///
    /// # Errors
    /// If they are larger than the limits allow.
    pub fn attachments(&self) -> Result<Vec<Attachment>, ReadError> {
        guard::guarded(|| attachments::read(&self.catalog(), &self.limits))
    }

    fn catalog(&self) -> Dict<'_> {
        self.pdf.xref().get(self.pdf.xref().root_id()).unwrap_or_default()
    }
}
