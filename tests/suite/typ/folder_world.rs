//! A world that sees a folder of `--format typ` and nothing else.

use std::path::{Path, PathBuf};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_kit::files::{FileLoader, FileStore};
use typst_kit::fonts::FontStore;

/// The files of one report and the faces beside it.
pub(crate) struct FolderWorld {
    library: LazyHash<Library>,
    fonts: FontStore,
    files: FileStore<Folder>,
}

struct Folder(PathBuf);

impl FileLoader for Folder {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        let path = self.0.join(id.vpath().get_without_slash());
        std::fs::read(&path).map(Bytes::new).map_err(|error| FileError::from_io(error, &path))
    }
}

impl FolderWorld {
    pub(crate) fn new(report: &Path, fonts: &Path) -> Self {
        let files = FileStore::new(Folder(report.to_path_buf()));
        Self { library: LazyHash::new(Library::default()), fonts: faces(fonts), files }
    }
}

/// All faces in a folder.
fn faces(folder: &Path) -> FontStore {
    let mut database = fontdb::Database::new();
    database.load_fonts_dir(folder);
    let mut store = FontStore::new();
    for face in database.faces() {
        let fontdb::Source::File(path) = &face.source else { panic!("{face:?} is no file") };
        let font = Font::new(Bytes::new(std::fs::read(path).unwrap()), face.index).unwrap();
        let info = font.info().clone();
        store.push((font, info));
    }
    store
}

impl World for FolderWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        RootedPath::new(VirtualRoot::Project, VirtualPath::new("report.typ").unwrap()).intern()
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
        None
    }
}
