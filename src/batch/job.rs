//! A report to be made and what became of it.

use std::path::{Path, PathBuf};

use super::Target;
use super::manifest::{Carried, Ending, Entry, FileEntry};
use super::product::{Product, Products};
use crate::Examination;
use crate::compose::DateView;
use crate::diagnostic::Diagnostic;
use crate::dossier::Attach;
use crate::scoring::print_score;
use crate::source::Sources;

/// What a run makes of every report.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The files that are made of each.
    pub products: Products,
    /// Report also where there are errors, each page marked.
    pub draft: bool,
    /// Whether warnings stop a report as errors do.
    pub deny_warnings: bool,
    /// Build also what is unchanged.
    pub force: bool,
    /// The date of the PDF's properties, in place of the issue date.
    pub date: Option<DateView>,
    /// What the PDFs carry of their data, in place of what each unit says.
    pub attach: Option<Attach>,
}

impl Options {
    /// What of it changes a page.
    pub(super) fn marks(&self) -> String {
        let date = self.date.map(|date| (date.year, date.month, date.day));
        format!("{} {date:?} {:?}", self.draft, self.attach)
    }
}

/// Where a report goes.
#[derive(Debug, Clone)]
pub enum Output {
    /// Files below a folder whose record is kept, so that they need not be written again.
    Kept {
        /// The folder.
        base: PathBuf,
        /// What the names of the files, below the folder, begin with.
        stem: String,
    },
    /// This file; the first product alone is made.
    File(PathBuf),
    /// The caller, who prints it; the first product alone is made.
    Handed,
    /// A folder for the plain Typst command, below [`super::Builder::with_typ_folder`]'s.
    Typ {
        /// The folder's name.
        name: String,
    },
}

impl Output {
    /// The path that the user sees of the file that stands for the report, as far as it is known before the report is
    /// made; none where there is no file.
    pub fn path(&self, typ: Option<&Path>, products: &Products) -> Option<PathBuf> {
        match self {
            Self::Kept { base, stem } => {
                let product = products.iter().next().unwrap_or(Product::Pdf);
                Some(base.join(product.name(stem, 1, 1)))
            }
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
    /// The file, where it is handed to the caller.
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

impl Outcome {
    pub(super) fn of(entry: Entry, sources: Sources, findings: Vec<Diagnostic>) -> Self {
        Self { entry, sources, findings, handed: None, trouble: None }
    }

    /// The same outcome over files that were there already.
    pub(super) fn with_files_of(mut self, entry: &Entry) -> Self {
        self.entry.output.clone_from(&entry.output);
        self.entry.sha256.clone_from(&entry.sha256);
        self.entry.files.clone_from(&entry.files);
        (self.entry.bytes, self.entry.pages) = (entry.bytes, entry.pages);
        self
    }

    /// The same outcome with the files that were written.
    pub(super) fn say_files(&mut self, files: Vec<FileEntry>) {
        self.entry = self.entry.clone().with_files(files);
    }

    pub(super) fn fail_to_write(&mut self, error: &std::io::Error) {
        let path = self.entry.output.take().unwrap_or_default();
        self.trouble = Some(Trouble::Unwritable(format!("{path} 写不进去：{error}")));
        self.entry.outcome = Ending::Failed;
        (self.entry.sha256, self.entry.bytes, self.entry.pages) = (None, None, None);
        self.entry.files.clear();
    }
}

/// What the summary says of a report.
pub(super) struct Facts {
    pub(super) unit: Option<String>,
    pub(super) score: Option<String>,
    pub(super) grade: Option<String>,
    pub(super) carried: Option<Carried>,
}

impl Facts {
    pub(super) fn of(report: &Examination) -> Self {
        let card = report.scorecard.as_ref();
        Self {
            unit: Some(report.dossier.unit.name.value.clone()),
            score: card.map(|card| print_score(card.total)),
            grade: card.and_then(|card| card.grade.clone()),
            carried: None,
        }
    }

    pub(super) fn unread(target: &Target) -> Self {
        Self { unit: crate::dossier::unit_name(&target.root), score: None, grade: None, carried: None }
    }
}
