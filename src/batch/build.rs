//! One report of a batch: known to be unchanged, or examined, laid out and written.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use super::hash::sum_of;
use super::manifest::{Ending, Entry};
use super::store::{Record, Store};
use super::{Target, inputs};
use crate::across::examine_years;
use crate::compose::DateView;
use crate::diagnostic::{Diagnostic, Severity, sort};
use crate::export::{TypFolder, pdf};
use crate::profile::Library;
use crate::scoring::print_score;
use crate::source::Sources;
use crate::typeset::{FontSet, check_coverage, compile, forget, report_data};
use crate::{Examination, Examined, examine_with};

/// What a run makes of every report.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Report also where there are errors, each page marked.
    pub draft: bool,
    /// Whether warnings stop a report as errors do.
    pub deny_warnings: bool,
    /// Build also what is unchanged.
    pub force: bool,
    /// The date of the PDF's properties, in place of the issue date.
    pub date: Option<DateView>,
}

impl Options {
    /// Whether a finding stops a report.
    pub fn stopped_by(&self, finding: &Diagnostic) -> bool {
        let warning = finding.severity == Severity::Warning && finding.acknowledged.is_none();
        finding.blocks() || (self.deny_warnings && warning)
    }

    /// What of it changes a page.
    fn marks(&self) -> String {
        format!("{} {:?}", self.draft, self.date.map(|date| (date.year, date.month, date.day)))
    }
}

/// Where a report goes.
#[derive(Debug, Clone)]
pub enum Output {
    /// A file below a folder whose record is kept, so that it need not be written again.
    Kept {
        /// The folder.
        base: PathBuf,
        /// The file, below the folder.
        name: String,
    },
    /// This file.
    File(PathBuf),
    /// The caller, who prints it.
    Handed,
    /// A folder for the plain Typst command, below [`Builder::with_typ_folder`]'s.
    Typ {
        /// The folder's name.
        name: String,
    },
}

impl Output {
    /// The path that the user sees; none where there is no file.
    pub fn path(&self, typ: Option<&Path>) -> Option<PathBuf> {
        match self {
            Self::Kept { base, name } => Some(base.join(name)),
            Self::File(path) => Some(path.clone()),
            Self::Typ { name } => typ.map(|folder| folder.join(name)),
            Self::Handed => None,
        }
    }
}

/// A report to be made. Without an output it cannot be named, which its findings explain.
#[derive(Debug, Clone)]
pub struct Job {
    /// The report.
    pub target: Target,
    /// Where it goes.
    pub output: Option<Output>,
}

/// What became of a report.
#[derive(Debug)]
pub struct Outcome {
    /// For the manifest.
    pub entry: Entry,
    /// The text of the files that open findings are in; empty where there are none.
    pub sources: Sources,
    /// The findings, open and acknowledged.
    pub findings: Vec<Diagnostic>,
    /// The PDF, where it is handed to the caller.
    pub handed: Option<Vec<u8>>,
    /// What kept the file from being written, or the program from going on.
    pub trouble: Option<Trouble>,
}

/// What goes wrong without being a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The file cannot be written; why.
    Unwritable(String),
    /// The program has broken down: a fault of ours.
    Panicked,
}

/// Makes the reports of a run, on several threads at once.
pub struct Builder<'a> {
    library: &'a Library,
    fonts: &'a FontSet,
    options: Options,
    /// The sum of what all reports share; none where it could not be taken.
    run: Option<String>,
    stores: Mutex<BTreeMap<PathBuf, Arc<Store>>>,
    typ: Option<(PathBuf, TypFolder)>,
}

/// A document and what is known of it.
struct Made {
    bytes: Vec<u8>,
    pages: usize,
}

impl<'a> Builder<'a> {
    /// A builder with these profiles and faces.
    pub fn new(library: &'a Library, fonts: &'a FontSet, options: Options) -> Self {
        let run = inputs::of_run(fonts, library.folders(), &options.marks());
        Self { library, fonts, options, run, stores: Mutex::default(), typ: None }
    }

    /// With a folder for the plain Typst command.
    ///
    /// # Errors
    /// Whatever the file system says.
    pub fn with_typ_folder(self, root: &Path) -> std::io::Result<Self> {
        let folder = TypFolder::create(root, self.fonts)?;
        Ok(Self { typ: Some((root.to_path_buf(), folder)), ..self })
    }

    /// Makes a report. A fault of the program's stays with the report that it happens on.
    pub fn build(&self, job: &Job) -> Outcome {
        let start = Instant::now();
        let built = catch_unwind(AssertUnwindSafe(|| self.attempt(job)));
        let mut outcome = built.unwrap_or_else(|_| Outcome {
            trouble: Some(Trouble::Panicked),
            ..Outcome::of(self.entry(job, Ending::Failed), Sources::default(), Vec::new())
        });
        outcome.entry.millis = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        outcome
    }

    /// A report that is not begun.
    pub fn skipped(&self, job: &Job) -> Entry {
        Entry { output: None, ..self.entry(job, Ending::Skipped) }
    }

    fn attempt(&self, job: &Job) -> Outcome {
        let kept = match &job.output {
            Some(Output::Kept { base, name }) => Some((self.store(base), name.as_str())),
            _ => None,
        };
        let record = kept.as_ref().and_then(|(store, name)| self.recall(store, name));
        let inputs = kept.as_ref().and_then(|_| inputs::of_report(&job.target));
        if let Some(record) = &record
            && record.clean
            && record.inputs.is_some()
            && record.inputs == inputs
        {
            return Outcome::of(self.unchanged(job, record), Sources::default(), Vec::new());
        }
        let Examined { sources, mut findings, report } = self.examine(&job.target);
        let Some(report) = report.and_then(|report| self.ready(report, &sources, &mut findings)) else {
            return self.finish(job, Ending::Failed, None, sources, findings);
        };
        let facts = Facts::of(&report);
        let data = match report_data(&report.view, self.fonts) {
            Ok(data) => data,
            Err(finding) => {
                findings.push(finding);
                return self.finish(job, Ending::Failed, Some(facts), sources, findings);
            }
        };
        if let Some(Output::Typ { name }) = &job.output {
            return self.add_to_typ_folder(job, name, &data, facts, sources, findings);
        }
        let sum = sum_of(&data);
        let issued = report.view.meta.date;
        // What was examined is not needed any longer, and pages take room.
        drop(report);
        if let (Some(record), Some((store, name))) = (&record, &kept)
            && record.data == sum
            && record.silent
        {
            let entry = self.unchanged(job, record);
            let mut outcome = self.finish(job, Ending::Unchanged, Some(facts), sources, findings);
            outcome.entry = Entry {
                output: entry.output,
                bytes: entry.bytes,
                sha256: entry.sha256,
                pages: entry.pages,
                ..outcome.entry
            };
            self.keep(store, name, inputs, sum, true, &mut outcome);
            return outcome;
        }
        let before = findings.len();
        let made = self.lay_out(data, issued, &mut findings);
        let silent = findings.len() == before;
        let Some(made) = made else { return self.finish(job, Ending::Failed, Some(facts), sources, findings) };
        let mut outcome = self.finish(job, Ending::Built, Some(facts), sources, findings);
        outcome.entry.pages = Some(made.pages);
        outcome.entry.bytes = u64::try_from(made.bytes.len()).ok();
        outcome.entry.sha256 = Some(sum_of(&made.bytes));
        self.deliver(job, made.bytes, &mut outcome);
        if let (Some((store, name)), None) = (&kept, &outcome.trouble) {
            self.keep(store, name, inputs, sum, silent, &mut outcome);
        }
        outcome
    }

    fn examine(&self, target: &Target) -> Examined {
        match target.since {
            Some(first) => examine_years(self.library, &target.root, first..=target.year),
            None => examine_with(self.library, &target.root, target.year),
        }
    }

    /// The report as it is to be laid out; none where findings stop it.
    fn ready(&self, mut report: Examination, sources: &Sources, findings: &mut Vec<Diagnostic>) -> Option<Examination> {
        check_coverage(&report.view, self.fonts, sources, findings);
        let stopped = findings.iter().any(|finding| self.options.stopped_by(finding));
        if stopped && !self.options.draft {
            return None;
        }
        report.view.draft = self.options.draft;
        report.view.meta.date = self.options.date.unwrap_or(report.view.meta.date);
        Some(report)
    }

    fn lay_out(&self, data: Vec<u8>, issued: DateView, findings: &mut Vec<Diagnostic>) -> Option<Made> {
        let document = compile(data, self.fonts, issued, findings);
        let made = document.and_then(|document| {
            let bytes = pdf(&document).map_err(|more| findings.extend(more)).ok()?;
            Some(Made { bytes, pages: document.pages().len() })
        });
        forget();
        made
    }

    fn deliver(&self, job: &Job, bytes: Vec<u8>, outcome: &mut Outcome) {
        let written = match &job.output {
            Some(Output::Kept { base, name }) => self.store(base).write(name, &bytes),
            Some(Output::File(path)) => crate::export::write_atomically(path, &bytes),
            _ => {
                outcome.handed = Some(bytes);
                return;
            }
        };
        if let Err(error) = written {
            outcome.fail_to_write(&error);
        }
    }

    fn add_to_typ_folder(
        &self,
        job: &Job,
        name: &str,
        data: &[u8],
        facts: Facts,
        sources: Sources,
        findings: Vec<Diagnostic>,
    ) -> Outcome {
        let mut outcome = self.finish(job, Ending::Built, Some(facts), sources, findings);
        if let Some((_, folder)) = &self.typ
            && let Err(error) = folder.add(name, data)
        {
            outcome.fail_to_write(&error);
        }
        outcome
    }

    /// The record of a file that was written under the same circumstances and is as it was written.
    fn recall(&self, store: &Store, name: &str) -> Option<Record> {
        let run = self.run.as_ref().filter(|_| !self.options.force)?;
        store.recall(name).filter(|record| record.run == *run)
    }

    /// A record that cannot be kept costs the next run time, and nothing else.
    fn keep(
        &self,
        store: &Store,
        name: &str,
        inputs: Option<String>,
        data: String,
        silent: bool,
        outcome: &mut Outcome,
    ) {
        let Some(run) = self.run.clone() else { return };
        let clean = outcome.findings.iter().all(|finding| finding.acknowledged.is_some());
        // Neither the time nor the name under which the folder was reached belongs to the file.
        let entry = Entry { millis: 0, path: String::new(), output: None, ..outcome.entry.clone() };
        let _ = store.keep(name, &Record { run, inputs, data, clean, silent, entry });
    }

    fn store(&self, base: &Path) -> Arc<Store> {
        let mut stores = self.stores.lock().unwrap_or_else(PoisonError::into_inner);
        stores.entry(base.to_path_buf()).or_insert_with(|| Arc::new(Store::open(base))).clone()
    }

    /// The entry of a report without anything that is known only once it is examined.
    fn entry(&self, job: &Job, outcome: Ending) -> Entry {
        let folder = self.typ.as_ref().map(|(root, _)| root.as_path());
        let output = job.output.as_ref().and_then(|output| output.path(folder));
        Entry {
            path: job.target.shown(),
            unit: None,
            year: job.target.year,
            since: job.target.since,
            output: output.map(|path| path.to_string_lossy().replace('\\', "/")),
            outcome,
            pages: None,
            score: None,
            grade: None,
            errors: 0,
            warnings: 0,
            known: 0,
            millis: 0,
            sha256: None,
            bytes: None,
        }
    }

    fn unchanged(&self, job: &Job, record: &Record) -> Entry {
        let now = self.entry(job, Ending::Unchanged);
        Entry { path: now.path, output: now.output, outcome: Ending::Unchanged, ..record.entry.clone() }
    }

    fn finish(
        &self,
        job: &Job,
        ending: Ending,
        facts: Option<Facts>,
        sources: Sources,
        mut findings: Vec<Diagnostic>,
    ) -> Outcome {
        sort(&mut findings);
        let count = |severity| findings.iter().filter(|f| f.acknowledged.is_none() && f.severity == severity).count();
        let mut entry = self.entry(job, ending);
        if ending == Ending::Failed {
            entry.output = None;
        }
        entry.errors = count(Severity::Error);
        entry.warnings = count(Severity::Warning);
        entry.known = findings.iter().filter(|f| f.acknowledged.is_some()).count();
        let facts = facts.unwrap_or_else(|| Facts::unread(&job.target));
        (entry.unit, entry.score, entry.grade) = (facts.unit, facts.score, facts.grade);
        let open = findings.iter().any(|finding| finding.acknowledged.is_none());
        // Without open findings there is nothing to show from the files.
        let sources = if open { sources } else { Sources::default() };
        Outcome::of(entry, sources, findings)
    }
}

/// What the summary says of a report.
struct Facts {
    unit: Option<String>,
    score: Option<String>,
    grade: Option<String>,
}

impl Facts {
    fn of(report: &Examination) -> Self {
        let card = report.scorecard.as_ref();
        Self {
            unit: Some(report.dossier.unit.name.value.clone()),
            score: card.map(|card| print_score(card.total)),
            grade: card.and_then(|card| card.grade.clone()),
        }
    }

    fn unread(target: &Target) -> Self {
        Self { unit: crate::dossier::unit_name(&target.root), score: None, grade: None }
    }
}

impl Outcome {
    fn of(entry: Entry, sources: Sources, findings: Vec<Diagnostic>) -> Self {
        Self { entry, sources, findings, handed: None, trouble: None }
    }

    fn fail_to_write(&mut self, error: &std::io::Error) {
        let path = self.entry.output.take().unwrap_or_default();
        self.trouble = Some(Trouble::Unwritable(format!("{path} 写不进去：{error}")));
        self.entry.outcome = Ending::Failed;
        (self.entry.sha256, self.entry.bytes, self.entry.pages) = (None, None, None);
    }
}
