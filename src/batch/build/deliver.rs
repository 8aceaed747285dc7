//! Writing a report's files, and keeping what is known of them.

use std::io::ErrorKind;

use super::{Builder, Slot, Source};
use crate::batch::inputs;
use crate::batch::job::{Job, Outcome};
use crate::batch::manifest::{Ending, Entry, FileEntry};
use crate::batch::product::Ready;
use crate::batch::standing::refusal;
use crate::batch::store::{FileRecord, Record};
use crate::export::why;

impl Builder<'_> {
    /// Writes the files. What is known of them comes back, with that of files that were written before; nothing where a
    /// file stands in the way, for then none is written.
    pub(super) fn deliver(
        &self,
        slot: &Slot<'_>,
        files: &[Ready],
        from: &Source,
        outcome: &mut Outcome,
    ) -> Option<Vec<FileRecord>> {
        let among = |file: &Ready| files.iter().filter(|other| other.product == file.product).count();
        let name = |file: &Ready| slot.output.file_name(file.product, file.page, among(file));
        let entries: Vec<FileEntry> = files.iter().map(|file| FileEntry::of(name(file), &file.bytes)).collect();
        let standing = if self.options.force { Vec::new() } else { slot.store.standing(&slot.before, &entries) };
        if !standing.is_empty() {
            outcome.refuse(refusal(&standing));
            return None;
        }
        let record = |(file, entry): (&Ready, &FileEntry)| {
            let Source { run, data, words } = from.clone();
            FileRecord { product: file.product, among: among(file), entry: entry.clone(), run, data, words }
        };
        let records: Vec<FileRecord> = files.iter().zip(&entries).map(record).collect();
        // Files without a record would be taken for somebody else's by the next run.
        if let Err(error) = announce(slot, from, &records, outcome)
            && matches!(error.kind(), ErrorKind::AlreadyExists | ErrorKind::IsADirectory)
        {
            let folder = slot.store.file(".jibao");
            outcome.refuse(format!("{} 里写不进记录：{}；把挡路的移开", folder.display(), why(&error)));
            return None;
        }
        if let Err((name, error)) = slot.store.write(files, &entries) {
            outcome.fail_to_write(&slot.store.file(&name), &error);
            return None;
        }
        outcome.say_files(entries.into_iter().map(|entry| slot.shown(entry)).collect());
        Some(with_those_before(slot, records))
    }

    /// A record that cannot be kept costs the next run time, and nothing else.
    pub(super) fn keep(job: &Job, slot: &Slot<'_>, record: Record, outcome: &Outcome) {
        let clean = outcome.findings.iter().all(|finding| finding.acknowledged.is_some());
        // Files that were changed while they were read may be changed back.
        let inputs = slot.inputs.clone().filter(|before| inputs::of_report(&job.target).as_ref() == Some(before));
        // Neither the time, nor the name under which the folder was reached, nor what this run had to do belongs to the
        // report; and its files are in a list of their own.
        let entry = Entry {
            millis: 0,
            path: String::new(),
            output: None,
            outcome: Ending::Built,
            sha256: None,
            bytes: None,
            files: Vec::new(),
            ..outcome.entry.clone()
        };
        let _ = slot.store.keep(&slot.output.record_name(), &Record { inputs, clean, entry, ..record });
    }
}

/// Keeps what is about to be written, so that it is known for ours if the process is killed before the record is kept.
/// Neither clean nor silent, it lets nothing be skipped.
fn announce(slot: &Slot<'_>, from: &Source, records: &[FileRecord], outcome: &Outcome) -> std::io::Result<()> {
    let Source { run, data, words } = from.clone();
    let (files, coming, entry) = (slot.before.clone(), records.to_vec(), outcome.entry.clone());
    let ahead = Record { run, inputs: None, data, words, clean: false, silent: false, entry, files, coming };
    slot.store.keep(&slot.output.record_name(), &ahead)
}

/// What is known of the files of a report: those just written, and those before that are still there. Pages that it no
/// longer has are removed.
fn with_those_before(slot: &Slot<'_>, mut now: Vec<FileRecord>) -> Vec<FileRecord> {
    slot.store.remove_beyond(&slot.before, &now);
    let ending = |file: &FileRecord| file.product.extension();
    let other = |old: &&FileRecord| {
        !now.iter().any(|new| ending(new) == ending(old)) && slot.store.file(&old.entry.path).is_file()
    };
    let before: Vec<FileRecord> = slot.before.iter().filter(other).cloned().collect();
    now.extend(before);
    now
}
