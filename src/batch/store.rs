//! The folder `.jibao` beside the files that were written: what is known of each, and where files are written aside.
//!
//! A file is renamed into place before its record is, and a record counts only together with the file that it describes.
//! Whenever the process is killed, then, each file is whole, and what is not known to be done is done again.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::hash::{contents, sum_of};
use super::manifest::Entry;
use crate::export::{ASIDE_PREFIX, ASIDE_SUFFIX, write_aside};

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
    /// Whether the report has no open finding, so that nobody misses one when it is not examined again.
    pub(super) clean: bool,
    /// Whether layout had nothing to say, so that nobody misses it when the report is not laid out again.
    pub(super) silent: bool,
    /// What is said of it.
    pub(super) entry: Entry,
}

/// The records of the files below one folder.
#[derive(Debug)]
pub(super) struct Store {
    base: PathBuf,
    folder: PathBuf,
}

impl Store {
    /// The store of a folder. What a killed run has left half written is swept away.
    pub(super) fn open(base: &Path) -> Self {
        let folder = base.join(FOLDER);
        sweep(&folder);
        Self { base: base.to_path_buf(), folder }
    }

    /// The file of a name.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.base.join(name)
    }

    /// The record of a file, if the file is there as it was written.
    pub(super) fn recall(&self, name: &str) -> Option<Record> {
        let record: Record = serde_json::from_slice(&contents(&self.record_file(name))?).ok()?;
        let entry = &record.entry;
        let file = self.file(name);
        // The cheap question first.
        if Some(file.metadata().ok()?.len()) != entry.bytes {
            return None;
        }
        (entry.sha256 == Some(sum_of(&contents(&file)?))).then_some(record)
    }

    /// Writes a file.
    pub(super) fn write(&self, name: &str, data: &[u8]) -> io::Result<()> {
        std::fs::create_dir_all(&self.folder)?;
        write_aside(&self.folder, &self.file(name), data)
    }

    /// Keeps what is known of it.
    pub(super) fn keep(&self, name: &str, record: &Record) -> io::Result<()> {
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
    use crate::batch::Ending;

    fn record(data: &[u8]) -> Record {
        let entry = Entry {
            path: "甲/2023".to_owned(),
            unit: None,
            year: 2023,
            since: None,
            output: None,
            outcome: Ending::Built,
            pages: Some(1),
            score: None,
            grade: None,
            errors: 0,
            warnings: 0,
            known: 0,
            millis: 0,
            sha256: Some(sum_of(data)),
            bytes: u64::try_from(data.len()).ok(),
            carried: None,
        };
        Record { run: String::new(), inputs: None, data: String::new(), clean: true, silent: true, entry }
    }

    #[test]
    fn a_record_counts_only_with_the_file_that_it_describes() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path());
        assert_eq!(store.recall("2023/甲.pdf"), None);
        store.write("2023/甲.pdf", b"one").unwrap();
        assert_eq!(store.recall("2023/甲.pdf"), None);
        store.keep("2023/甲.pdf", &record(b"one")).unwrap();
        assert_eq!(store.recall("2023/甲.pdf"), Some(record(b"one")));
        std::fs::write(store.file("2023/甲.pdf"), b"two").unwrap();
        assert_eq!(store.recall("2023/甲.pdf"), None);
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
