//! What Typst may see: the templates, one report's data, the faces. No disk, no network, no clock.

use std::sync::{Arc, LazyLock};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_kit::files::{FileLoader, FileStore};
use typst_kit::fonts::FontStore;

use crate::compose::DateView;
use crate::profile::template;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::builder().build()));

/// The template that lays a report out. One world's file ids are the same as another's: Typst has only 65,535.
static MAIN_ID: LazyLock<FileId> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "a constant that escapes no root")]
    let path = VirtualPath::new("report.typ").expect("the path is a constant");
    RootedPath::new(VirtualRoot::Project, path).intern()
});
/// The name under which templates read the report.
const DATA: &str = "report.json";

/// The world of one report.
pub(super) struct ReportWorld {
    files: FileStore<Loader>,
    main: FileId,
    fonts: Arc<FontStore>,
    date: Option<Datetime>,
}

struct Loader {
    data: Bytes,
}

impl FileLoader for Loader {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        if !matches!(id.root(), VirtualRoot::Project) {
            return Err(FileError::AccessDenied);
        }
        let path = id.vpath().get_without_slash();
        if path == DATA {
            return Ok(self.data.clone());
        }
        template(path).map(Bytes::new).ok_or_else(|| FileError::NotFound(path.into()))
    }
}

impl ReportWorld {
    /// A world with this data, in which today is the report's date.
    pub(super) fn new(data: Vec<u8>, fonts: Arc<FontStore>, issued: DateView) -> Self {
        Self {
            files: FileStore::new(Loader { data: Bytes::new(data) }),
            main: *MAIN_ID,
            fonts,
            date: Datetime::from_ymd(issued.year, issued.month, issued.day),
        }
    }
}

impl World for ReportWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.files.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.date
    }
}
