//! The folder `.jibao` beside the files that were written: what is known of each, and where files are written aside.
//!
//! A first record announces the files that are about to be written, a last one, which comes after them, describes them; and
//! a record counts only together with the files that it describes. Whenever the process is killed, then, each file is
//! whole, and what is not known to be done is done again. What a killed run has written is known from what it announced,
//! and is not taken for somebody else's.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::manifest::{Entry, FileEntry};
use super::product::{Product, Products, Ready};
use super::standing::Standing;
use crate::export::{ASIDE_PREFIX, ASIDE_SUFFIX, write_aside, write_with};
use crate::hash::{contents, sum_of};

/// The folder's name.
const FOLDER: &str = ".jibao";

/// What is known of a file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    /// The sum of what all reports of the run shared.
    pub(super) run: String,
    /// The sum of the dossier's files; none where it could not be taken.
    pub(super) inputs: Option<String>,
    /// The sum of the data that were laid out.
    pub(super) data: String,
    /// The sum of what the report says, whatever its PDF carries.
    #[serde(default)]
    pub(super) words: String,
    /// Whether the report has no open finding, so that nobody misses one when it is not examined again.
    pub(super) clean: bool,
    /// Whether layout had nothing to say, so that nobody misses it when the report is not laid out again.
    pub(super) silent: bool,
    /// What is said of it, but for its files.
    pub(super) entry: Entry,
    /// The files that were made of it, by this run and by those before.
    #[serde(default)]
    pub(super) files: Vec<FileRecord>,
    /// The files that were about to be written. Of a run that was killed they may stand there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) coming: Vec<FileRecord>,
}

impl Record {
    /// The files of these products, the weightiest first, as they are said of.
    pub(super) fn files_of(&self, products: &Products) -> Vec<FileEntry> {
        let of = |product: Product| {
            let files = self.files.iter().filter(move |file| file.product == product && file.is_of(self));
            files.map(|file| file.entry.clone())
        };
        products.iter().flat_map(of).collect()
    }

    /// The files that say something else than the report does now.
    pub(super) fn stale(&self) -> impl Iterator<Item = &FileEntry> {
        // Records of older versions of the program do not tell.
        let says = |file: &&FileRecord| !file.words.is_empty() && file.words != self.words;
        self.files.iter().filter(says).map(|file| &file.entry)
    }
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileRecord {
    pub(super) product: Product,
    /// How many files the product has.
    pub(super) among: usize,
    /// Its name below the folder, its length and sum.
    pub(super) entry: FileEntry,
    /// What it was made from: [`Record::run`] and [`Record::data`].
    pub(super) run: String,
    pub(super) data: String,
    /// What it says: [`Record::words`].
    #[serde(default)]
    pub(super) words: String,
}

impl FileRecord {
    /// Whether it was made from what the record describes, and not from something before.
    fn is_of(&self, record: &Record) -> bool {
        self.run == record.run && self.data == record.data
    }
}

/// The records of the files below one folder.
#[derive(Debug)]
pub(crate) struct Store {
    base: PathBuf,
    folder: PathBuf,
}

impl Store {
    /// The store of a folder. What a killed run has left half written is swept away.
    pub(crate) fn open(base: &Path) -> Self {
        let folder = base.join(FOLDER);
        sweep(&folder);
        Self { base: base.to_path_buf(), folder }
    }

    /// The file of a name.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.base.join(name)
    }

    /// The record of a file, whatever has become of the file.
    pub(crate) fn known<R: DeserializeOwned>(&self, name: &str) -> Option<R> {
        serde_json::from_slice(&contents(&self.record_file(name))?).ok()
    }

    /// Whether all files of these products are there as they were written.
    pub(super) fn stand(&self, record: &Record, products: &Products) -> bool {
        let complete = products.iter().all(|product| {
            let files = || record.files.iter().filter(|file| file.product == product && file.is_of(record));
            files().next().is_some_and(|first| files().count() == first.among)
        });
        complete && record.files_of(products).iter().all(|file| self.stands(file))
    }

    pub(super) fn stands(&self, file: &FileEntry) -> bool {
        let path = self.file(&file.path);
        // The cheap question first.
        let long = path.metadata().is_ok_and(|metadata| metadata.len() == file.bytes);
        long && contents(&path).is_some_and(|data| sum_of(&data) == file.sha256)
    }

    /// Writes the files of a report under their names, the weightiest last: it is what people look for, and then the rest
    /// is there.
    ///
    /// # Errors
    /// The name of the file that cannot be written, and the file system's word.
    pub(super) fn write(&self, files: &[Ready], entries: &[FileEntry]) -> Result<(), (String, io::Error)> {
        for (file, entry) in files.iter().zip(entries).rev() {
            let written = std::fs::create_dir_all(&self.folder)
                .and_then(|()| write_aside(&self.folder, &self.file(&entry.path), &file.bytes));
            written.map_err(|error| (entry.path.clone(), error))?;
        }
        Ok(())
    }

    /// Writes what `fill` puts into the file of this name, as a report's files are written.
    pub(super) fn write_with(&self, name: &str, fill: impl FnMut(&mut File) -> io::Result<()>) -> io::Result<()> {
        std::fs::create_dir_all(&self.folder)?;
        write_with(&self.folder, &self.file(name), fill)
    }

    /// The files that were written before: those of the record, and in the place of one of the same name what a run that
    /// was killed announced and wrote.
    pub(super) fn before(&self, record: &Record) -> Vec<FileRecord> {
        let mut files = record.files.clone();
        for come in record.coming.iter().filter(|come| self.stands(&come.entry)) {
            files.retain(|file| file.entry.path != come.entry.path);
            files.push(come.clone());
        }
        files
    }

    /// The files that must stay as they are and stand where these are to be written. `own`: what was written there last.
    pub(super) fn standing(&self, own: &[FileRecord], entries: &[FileEntry]) -> Vec<Standing> {
        let find = |entry: &FileEntry| {
            let known: Vec<&FileEntry> =
                own.iter().map(|known| &known.entry).filter(|known| known.path == entry.path).collect();
            Standing::find(&self.file(&entry.path), &known, &entry.sha256)
        };
        entries.iter().filter_map(find).collect()
    }

    /// Removes pages of a report that has fewer now: files that were written before and are not among those of today,
    /// unless somebody has changed them.
    pub(super) fn remove_beyond(&self, before: &[FileRecord], now: &[FileRecord]) {
        let same = |a: &FileRecord, b: &FileRecord| a.product.extension() == b.product.extension();
        let gone = |old: &&FileRecord| {
            old.product.is_by_page()
                && now.iter().any(|new| same(old, new))
                && !now.iter().any(|new| new.entry.path == old.entry.path)
        };
        for old in before.iter().filter(gone).filter(|old| self.stands(&old.entry)) {
            let _ = std::fs::remove_file(self.file(&old.entry.path));
        }
    }

    /// Keeps what is known of it.
    pub(crate) fn keep(&self, name: &str, record: &impl Serialize) -> io::Result<()> {
        std::fs::create_dir_all(&self.folder)?;
        let text = serde_json::to_vec(record).map_err(io::Error::other)?;
        write_aside(&self.folder, &self.record_file(name), &text)
    }

    fn record_file(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.json"))
    }
}

/// Removes the files that nobody is writing any more: a writer holds a lock on its file, which ends with its process.
fn sweep(folder: &Path) {
    // A link leads to what may be somebody else's.
    if folder.is_symlink() {
        return;
    }
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let aside = |name: &str| name.starts_with(ASIDE_PREFIX) && name.ends_with(ASIDE_SUFFIX);
        // A pipe would wait for somebody who writes.
        if !aside(&name.to_string_lossy()) || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        let path = entry.path();
        // Where locks are not known, it cannot be told whether someone is writing: the file stays.
        if File::open(&path).is_ok_and(|file| file.try_lock().is_ok()) {
            // Another run may sweep at the same time.
            let _ = std::fs::remove_file(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::{Ending, Target};

    fn entry() -> Entry {
        let target = Target { root: "甲".into(), year: 2023, since: None };
        Entry { pages: Some(1), ..Entry::new(&target, Ending::Built) }
    }

    fn ready(product: Product, page: usize, data: &str) -> Ready {
        Ready { product, page, bytes: data.as_bytes().to_vec() }
    }

    /// Writes and gives the record.
    fn written(store: &Store, data: &str, files: &[Ready]) -> Record {
        let among = |file: &Ready| files.iter().filter(|other| other.product == file.product).count();
        let entry_of = |file: &Ready| FileEntry::of(file.product.name("甲", file.page, among(file)), &file.bytes);
        let entries: Vec<FileEntry> = files.iter().map(entry_of).collect();
        store.write(files, &entries).unwrap();
        let (run, data) = (String::new(), data.to_owned());
        let record = |(file, entry): (&Ready, FileEntry)| {
            let (run, words) = (run.clone(), data.clone());
            FileRecord { product: file.product, among: among(file), entry, run, data: data.clone(), words }
        };
        let files = files.iter().zip(entries).map(record).collect();
        let words = data.clone();
        Record {
            run: run.clone(),
            inputs: None,
            data: data.clone(),
            words,
            clean: true,
            silent: true,
            entry: entry(),
            files,
            coming: Vec::new(),
        }
    }

    #[test]
    fn a_record_counts_only_with_the_files_that_it_describes() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path());
        let pdf = Products::default();
        let both: Products = [Product::Pdf, Product::Txt].into_iter().collect();
        assert_eq!(store.known::<Record>("甲.pdf"), None);
        let record = written(&store, "1", &[ready(Product::Pdf, 1, "one")]);
        store.keep("甲.pdf", &record).unwrap();
        assert_eq!(store.known("甲.pdf"), Some(record.clone()));
        assert!(store.stand(&record, &pdf) && !store.stand(&record, &both));
        // A file of older data is none of the record's.
        let newer = Record { data: "2".to_owned(), ..record.clone() };
        assert!(!store.stand(&newer, &pdf));
        std::fs::write(store.file("甲.pdf"), b"two").unwrap();
        assert!(!store.stand(&record, &pdf));
    }

    #[test]
    fn pages_that_a_shorter_report_has_no_more_go_unless_somebody_changed_them() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path());
        let png = Product::Png(144);
        let long = written(&store, "1", &[ready(png, 1, "a"), ready(png, 2, "b"), ready(png, 3, "c")]);
        std::fs::write(store.file("甲-03.png"), "somebody's").unwrap();
        std::fs::write(store.file("甲-04.png"), "foreign").unwrap();
        let short = written(&store, "2", &[ready(png, 1, "d")]);
        store.remove_beyond(&long.files, &short.files);
        let left = ["甲-01.png", "甲-02.png", "甲-03.png", "甲-04.png"].map(|name| store.file(name).exists());
        assert_eq!(left, [true, false, true, true]);
        // A run that makes no pictures leaves those of another alone.
        store.remove_beyond(&short.files, &[]);
        assert!(store.file("甲-01.png").exists());
    }

    #[test]
    fn what_a_killed_run_left_is_swept_and_what_is_being_written_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let aside = folder.path().join(FOLDER);
        std::fs::create_dir(&aside).unwrap();
        let left = aside.join(format!("{ASIDE_PREFIX}a{ASIDE_SUFFIX}"));
        let held = aside.join(format!("{ASIDE_PREFIX}b{ASIDE_SUFFIX}"));
        let foreign = aside.join("notes.tmp");
        std::fs::write(&left, "half").unwrap();
        std::fs::write(&foreign, "").unwrap();
        let writer = File::create(&held).unwrap();
        writer.lock().unwrap();
        Store::open(folder.path());
        assert!(!left.exists() && held.exists() && foreign.exists());
    }
}
