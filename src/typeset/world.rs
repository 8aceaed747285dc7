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
static MAIN_ID: LazyLock<FileId> = LazyLock::new(|| file_id("report.typ"));
/// The template that draws a report's charts alone, each on a sheet of its own.
static CHARTS_ID: LazyLock<FileId> = LazyLock::new(|| file_id("charts/charts.typ"));
/// What templates read the report from.
static DATA_ID: LazyLock<FileId> = LazyLock::new(|| file_id("report.json"));

fn file_id(path: &'static str) -> FileId {
    #[expect(clippy::expect_used, reason = "a constant that escapes no root")]
    let path = VirtualPath::new(path).expect("the path is a constant");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// The templates, which every report is laid out by: read and parsed once in the life of the process.
static TEMPLATES: LazyLock<FileStore<Templates>> = LazyLock::new(|| FileStore::new(Templates));

struct Templates;

impl FileLoader for Templates {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        if !matches!(id.root(), VirtualRoot::Project) {
            return Err(FileError::AccessDenied);
        }
        let path = id.vpath().get_without_slash();
        template(path).map(Bytes::new).ok_or_else(|| FileError::NotFound(path.into()))
    }
}

/// The world of one report.
pub(super) struct ReportWorld {
    main: FileId,
    data: Bytes,
    fonts: Arc<FontStore>,
    today: Option<Datetime>,
}

impl ReportWorld {
    /// A world with this data, in which today is the report's date.
    pub(super) fn new(data: Vec<u8>, fonts: Arc<FontStore>, issued: DateView) -> Self {
        let today = Datetime::from_ymd(issued.year, issued.month, issued.day);
        Self { main: *MAIN_ID, data: Bytes::new(data), fonts, today }
    }

    /// The same world, in which the charts alone are drawn.
    pub(super) fn of_charts(self) -> Self {
        Self { main: *CHARTS_ID, ..self }
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
        TEMPLATES.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *DATA_ID {
            return Ok(self.data.clone());
        }
        TEMPLATES.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}
