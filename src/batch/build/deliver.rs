//! Writing a report's files, and keeping what is known of them.

use super::{Builder, Slot, record_name};
use crate::batch::inputs;
use crate::batch::job::{Job, Outcome, Output};
use crate::batch::manifest::{Ending, Entry, FileEntry};
use crate::batch::product::Ready;
use crate::batch::store::{FileRecord, Record};
use crate::hash::sum_of;

impl Builder<'_> {
    /// Writes the files, or hands the first one to the caller. What is known of them comes back, with that of files that
    /// were written before.
    pub(super) fn deliver(
        &self,
        job: &Job,
        slot: Option<&Slot<'_>>,
        files: Vec<Ready>,
        data: &str,
        outcome: &mut Outcome,
    ) -> Vec<FileRecord> {
        if let (Some(slot), Some(Output::Kept { base, .. })) = (slot, &job.output) {
            match slot.store.write(slot.stem, &files) {
                Ok(written) => {
                    outcome.say_files(written.iter().map(|file| file.clone().below(base)).collect());
                    return self.records(slot, &files, written, data);
                }
                Err(error) => outcome.fail_to_write(&error),
            }
            return Vec::new();
        }
        let Some(first) = files.into_iter().next() else { return Vec::new() };
        let Some(Output::File(path)) = &job.output else {
            outcome.entry.sha256 = Some(sum_of(&first.bytes));
            outcome.entry.bytes = u64::try_from(first.bytes.len()).ok();
            outcome.handed = Some(first.bytes);
            return Vec::new();
        };
        match crate::export::write_atomically(path, &first.bytes) {
            Ok(()) => {
                let name = path.to_string_lossy().replace('\\', "/");
                outcome.say_files(vec![FileEntry::of(name, &first.bytes)]);
            }
            Err(error) => outcome.fail_to_write(&error),
        }
        Vec::new()
    }

    /// What is known of the files of a report: those just written, and those before that are still there. Pages that it no
    /// longer has are removed.
    fn records(&self, slot: &Slot<'_>, files: &[Ready], written: Vec<FileEntry>, data: &str) -> Vec<FileRecord> {
        let run = self.run.clone().unwrap_or_default();
        let among = |file: &Ready| files.iter().filter(|other| other.product == file.product).count();
        let now = files.iter().zip(written).map(|(file, entry)| {
            let (run, data) = (run.clone(), data.to_owned());
            FileRecord { product: file.product, among: among(file), entry, run, data }
        });
        let mut now: Vec<FileRecord> = now.collect();
        slot.store.remove_beyond(&slot.before, &now);
        let other = |old: &&FileRecord| {
            let made_again = files.iter().any(|file| file.product.extension() == old.product.extension());
            !made_again && slot.store.file(&old.entry.path).is_file()
        };
        now.extend(slot.before.iter().filter(other).cloned().collect::<Vec<_>>());
        now
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
        let _ = slot.store.keep(&record_name(slot.stem), &Record { inputs, clean, entry, ..record });
    }
}
