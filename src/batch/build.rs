//! One report of a batch: known to be unchanged, or examined, laid out and written.

mod deliver;
mod hand;

pub(crate) use hand::Handed;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use super::job::{Facts, Job, Options, Outcome, Output, Trouble};
use super::manifest::{Carried, Ending, Entry, FileEntry};
use super::product::{Product, Ready};
use super::ready::{Laid, files};
use super::store::{FileRecord, Record, Store};
use super::{Target, inputs};
use crate::across::examine_years;
use crate::attach::{self, collect};
use crate::audit::{Outline, audit};
use crate::compose::ReportView;
use crate::diagnostic::{Code, Diagnostic, sort};
use crate::dossier::Attach;
use crate::export::TypFolder;
use crate::hash::sum_of;
use crate::profile::Library;
use crate::source::Sources;
use crate::typeset::{FontSet, check_coverage, compile, forget, report_data};
use crate::{Examination, Examined, examine_with};

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

/// A document's files and what is known of it.
struct Made {
    files: Vec<Ready>,
    pages: usize,
}

/// What files are made from: the sums of what the run shares, of the data that are laid out, of what the report says.
#[derive(Clone)]
struct Source {
    run: String,
    data: String,
    words: String,
}

/// The sum of what a report says, whatever its PDF carries and whichever faces print it; empty where it cannot be taken.
fn words(view: &ReportView) -> String {
    serde_json::to_vec(view).map(|data| sum_of(&data)).unwrap_or_default()
}

/// What is known of a report's files before it is made.
struct Slot<'j> {
    store: Arc<Store>,
    output: &'j Output,
    /// The record that counts: made under the same circumstances, the files that are wanted being as they were written.
    record: Option<Record>,
    /// The files that were written before, whatever they were made from, also by a run that was killed.
    before: Vec<FileRecord>,
    /// The sum of the dossier's files.
    inputs: Option<String>,
}

impl Slot<'_> {
    /// The record, if the report need not even be examined.
    fn of_same_inputs(&self) -> Option<&Record> {
        self.record.as_ref().filter(|record| record.clean && record.inputs.is_some() && record.inputs == self.inputs)
    }

    /// The record, if the report need not be laid out.
    fn of_same_data(&self, sum: &str) -> Option<&Record> {
        self.record.as_ref().filter(|record| record.silent && record.data == sum)
    }

    /// A file as the command line names it.
    fn shown(&self, file: FileEntry) -> FileEntry {
        file.below(self.output.base().unwrap_or(Path::new("")))
    }

    /// The files that were made of older data, are still there, and are not made now.
    fn stale(&self, record: &Record) -> Vec<String> {
        let there = record.stale().filter(|file| self.store.file(&file.path).is_file());
        there.map(|file| self.shown(file.clone()).path).collect()
    }
}

/// What is to be said of a report when it ends.
struct Said {
    facts: Facts,
    sources: Sources,
    findings: Vec<Diagnostic>,
}

impl Said {
    fn with(mut self, more: impl IntoIterator<Item = Diagnostic>) -> Self {
        self.findings.extend(more);
        self
    }
}

/// Whether the same was said already, when the report was examined.
fn tells(said: &[Diagnostic], finding: &Diagnostic) -> bool {
    said.iter().any(|said| said.code == finding.code && said.message == finding.message)
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
        let slot = self.slot(job);
        if let Some((slot, record)) = slot.as_ref().and_then(|slot| Some((slot, slot.of_same_inputs()?))) {
            return self.unchanged(job, slot, record);
        }
        let Examined { sources, mut findings, report } = self.examine(&job.target);
        let Some(mut report) = report.filter(|report| self.is_ready(report, &sources, &mut findings)) else {
            let examined = Said { facts: Facts::unread(&job.target), sources, findings };
            return self.finish(job, Ending::Failed, examined);
        };
        self.set_options(&mut report);
        let words = words(&report.view);
        let is_pdf = !matches!(job.output, Some(Output::Typ { .. })) && self.options.products.has(Product::Pdf);
        let carried = if is_pdf { self.carry(&job.target, &mut report, &sources) } else { Ok(None) };
        let said = Said { facts: Facts::of(&report), sources, findings };
        let carried = match carried {
            Ok(carried) => carried,
            Err(finding) => return self.finish(job, Ending::Failed, said.with([finding])),
        };
        let said = Said { facts: Facts { carried, ..said.facts }, ..said };
        match report_data(&report.view, self.fonts) {
            Ok(data) => {
                let issued = report.view.meta.date;
                let outline = Outline::of(&report.view, &report.places);
                // Nothing else that was examined is needed any longer, and pages take room.
                let view = self.options.products.need_view().then_some(report.view);
                self.make(job, slot.as_ref(), Laid { data, words, issued, outline, view }, said)
            }
            Err(finding) => self.finish(job, Ending::Failed, said.with([finding])),
        }
    }

    /// From the data of the pages to the files.
    fn make(&self, job: &Job, slot: Option<&Slot<'_>>, laid: Laid, said: Said) -> Outcome {
        if let Some(Output::Typ { name }) = &job.output {
            return self.add_to_typ_folder(job, name, &laid.data, said);
        }
        let (sum, words) = (sum_of(&laid.data), laid.words.clone());
        if let Some((slot, old)) = slot.and_then(|slot| Some((slot, slot.of_same_data(&sum)?))) {
            let outcome = self.finish(job, Ending::Unchanged, said).with_files_of(self.unchanged(job, slot, old));
            Self::keep(job, slot, Record { data: sum, words, silent: true, ..old.clone() }, &outcome);
            return outcome;
        }
        let mut more = Vec::new();
        let made = self.lay_out(laid, &said.sources, &mut more);
        more.retain(|finding| !tells(&said.findings, finding));
        let silent = more.is_empty();
        let Some(made) = made else { return self.finish(job, Ending::Failed, said.with(more)) };
        let mut outcome = self.finish(job, Ending::Built, said.with(more));
        outcome.entry.pages = Some(made.pages);
        let Some(slot) = slot else {
            outcome.hand(made.files);
            return outcome;
        };
        let from = Source { run: self.run.clone().unwrap_or_default(), data: sum, words };
        if let Some(files) = self.deliver(slot, &made.files, &from, &mut outcome) {
            let (Source { run, data, words }, entry) = (from, outcome.entry.clone());
            let record =
                Record { run, inputs: None, data, words, clean: false, silent, entry, files, coming: Vec::new() };
            outcome.stale = slot.stale(&record);
            Self::keep(job, slot, record, &outcome);
        }
        outcome
    }

    /// What is known of the files that the report is to be written to.
    fn slot<'j>(&self, job: &'j Job) -> Option<Slot<'j>> {
        let output = job.output.as_ref()?;
        let store = self.store(output.base()?);
        let known: Option<Record> = store.known(&output.record_name());
        let before = known.as_ref().map(|record| store.before(record)).unwrap_or_default();
        let run = self.run.as_ref().filter(|_| !self.options.force);
        let record = known.filter(|record| run == Some(&record.run) && store.stand(record, &self.options.products));
        Some(Slot { store, output, record, before, inputs: inputs::of_report(&job.target) })
    }

    fn examine(&self, target: &Target) -> Examined {
        match target.since {
            Some(first) => examine_years(self.library, &target.root, first..=target.year),
            None => examine_with(self.library, &target.root, target.year),
        }
    }

    /// Whether the report can be laid out, and no finding stops it.
    fn is_ready(&self, report: &Examination, sources: &Sources, findings: &mut Vec<Diagnostic>) -> bool {
        check_coverage(&report.view, &report.places, self.fonts, sources, findings);
        self.options.draft || !findings.iter().any(|finding| finding.stops(self.options.deny_warnings))
    }

    /// What the options say of a report.
    fn set_options(&self, report: &mut Examination) {
        report.view.draft = self.options.draft;
        report.view.meta.date = self.options.date.unwrap_or(report.view.meta.date);
    }

    /// Puts into the report what its PDF is to carry, and says how much that is. Only a PDF carries anything; a folder
    /// for the plain Typst command is no copy that has to prove itself.
    #[expect(clippy::result_large_err, reason = "a finding is what the caller wants, and few are known")]
    fn carry(
        &self,
        target: &Target,
        report: &mut Examination,
        sources: &Sources,
    ) -> Result<Option<Carried>, Diagnostic> {
        let attach = match (self.options.attach, report.dossier.unit.attach) {
            // Comments that the unit keeps to itself are not given away by an option.
            (Some(Attach::Whole), Attach::WithoutComments) => Attach::WithoutComments,
            (asked, own) => asked.unwrap_or(own),
        };
        if attach == Attach::Nothing {
            return Ok(None);
        }
        let (root, library, fonts) = (target.root.as_path(), self.library, self.fonts);
        let Options { draft, date, .. } = self.options;
        let carried = collect(attach::Request { root, library, fonts, sources, report, attach, draft, date })?;
        let bytes = carried.iter().map(|file| file.text.len()).sum();
        let said = Carried { files: carried.len(), bytes, comments: attach == Attach::Whole };
        report.view.carried = carried;
        Ok(Some(said))
    }

    /// Lays a report out, audits its pages and makes its files; none where what is found stops it.
    fn lay_out(&self, laid: Laid, sources: &Sources, findings: &mut Vec<Diagnostic>) -> Option<Made> {
        let document = compile(laid.data, self.fonts, laid.issued, findings);
        let made = document.and_then(|document| {
            audit(&document, &laid.outline, self.fonts, sources, findings);
            if !self.options.draft && findings.iter().any(|finding| finding.stops(self.options.deny_warnings)) {
                return None;
            }
            // Not even a draft's PDF may have an empty box: it was said of each character.
            if self.options.products.has(Product::Pdf) && findings.iter().any(|finding| finding.code == Code::JB7001) {
                return None;
            }
            let files = files(&self.options.products, &document, laid.view.as_ref(), self.fonts);
            let files = files.map_err(|more| findings.extend(more)).ok()?;
            Some(Made { files, pages: document.pages().len() })
        });
        forget();
        made
    }

    fn add_to_typ_folder(&self, job: &Job, name: &str, data: &[u8], said: Said) -> Outcome {
        let mut outcome = self.finish(job, Ending::Built, said);
        if let Some((_, folder)) = &self.typ
            && let Err(error) = folder.add(name, data)
        {
            let path = outcome.entry.output.clone().unwrap_or_default();
            outcome.fail_to_write(Path::new(&path), &error);
        }
        outcome
    }

    fn store(&self, base: &Path) -> Arc<Store> {
        let mut stores = self.stores.lock().unwrap_or_else(PoisonError::into_inner);
        stores.entry(base.to_path_buf()).or_insert_with(|| Arc::new(Store::open(base))).clone()
    }

    /// The entry of a report without anything that is known only once it is examined.
    fn entry(&self, job: &Job, outcome: Ending) -> Entry {
        let folder = self.typ.as_ref().map(|(root, _)| root.as_path());
        let output = job.output.as_ref().and_then(|output| output.path(folder, &self.options.products));
        let output = output.map(|path| path.to_string_lossy().replace('\\', "/"));
        Entry { output, ..Entry::new(&job.target, outcome) }
    }

    fn unchanged(&self, job: &Job, slot: &Slot<'_>, record: &Record) -> Outcome {
        let now = self.entry(job, Ending::Unchanged);
        let entry = Entry { path: now.path, output: now.output, outcome: Ending::Unchanged, ..record.entry.clone() };
        let mut outcome = Outcome::of(entry, Sources::default(), Vec::new());
        let files = record.files_of(&self.options.products);
        outcome.say_files(files.into_iter().map(|file| slot.shown(file)).collect());
        outcome.stale = slot.stale(record);
        outcome
    }

    fn finish(&self, job: &Job, ending: Ending, said: Said) -> Outcome {
        let Said { facts, sources, mut findings } = said;
        sort(&mut findings);
        let mut entry = self.entry(job, ending);
        entry.count(&findings);
        entry.say(facts);
        if ending == Ending::Failed {
            entry.fail();
        }
        let open = findings.iter().any(|finding| finding.acknowledged.is_none());
        // Without open findings there is nothing to show from the files.
        let sources = if open { sources } else { Sources::default() };
        Outcome::of(entry, sources, findings)
    }
}
