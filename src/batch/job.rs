//! A report to be made and what became of it.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::Target;
use super::manifest::{Carried, Entry, FileEntry};
use super::product::{Product, Products, Ready};
use crate::Examination;
use crate::compose::DateView;
use crate::diagnostic::Diagnostic;
use crate::dossier::Attach;
use crate::export::why;
use crate::hash::sum_of;
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
    /// Build also what is unchanged, and write over files that were not written here or were changed since.
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
    /// This file, whose record is kept as well; the first product alone is made.
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

    /// The folder that the files whose record is kept stand below; none where no record is kept.
    pub(super) fn base(&self) -> Option<&Path> {
        match self {
            Self::Kept { base, .. } => Some(base),
            Self::File(path) => path.parent(),
            Self::Typ { .. } | Self::Handed => None,
        }
    }

    /// The name, below the folder, of a product's file, or of that of a page (from 1) among so many.
    pub(super) fn file_name(&self, product: Product, page: usize, among: usize) -> String {
        match self {
            Self::Kept { stem, .. } => product.name(stem, page, among),
            Self::File(path) => text(path.file_name()).into_owned(),
            Self::Typ { .. } | Self::Handed => String::new(),
        }
    }

    /// The name under which what is known of the files is kept: one for all that share a stem, however they are asked for.
    pub(super) fn record_name(&self) -> String {
        let stem = match self {
            // An ending in capitals makes a file of its own.
            Self::File(path)
                if path.extension().is_some_and(|ending| ending != ending.to_ascii_lowercase().as_os_str()) =>
            {
                return text(path.file_name()).into_owned();
            }
            Self::File(path) => text(path.file_stem()),
            Self::Kept { stem, .. } => stem.into(),
            Self::Typ { .. } | Self::Handed => Cow::default(),
        };
        Product::Pdf.name(&stem, 1, 1)
    }
}

fn text(name: Option<&std::ffi::OsStr>) -> Cow<'_, str> {
    name.unwrap_or_default().to_string_lossy()
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
    /// Files of the report that stand beside the ones made now and say something else: they were made from older data.
    pub stale: Vec<String>,
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
        Self { entry, sources, findings, handed: None, trouble: None, stale: Vec::new() }
    }

    /// The same outcome over files that were there already.
    pub(super) fn with_files_of(self, there: Self) -> Self {
        let Entry { output, pages, sha256, bytes, files, .. } = there.entry;
        Self { entry: Entry { output, pages, sha256, bytes, files, ..self.entry }, stale: there.stale, ..self }
    }

    /// Puts the first of these files into the caller's hands.
    pub(super) fn hand(&mut self, files: Vec<Ready>) {
        let Some(first) = files.into_iter().next() else { return };
        self.entry.sha256 = Some(sum_of(&first.bytes));
        self.entry.bytes = u64::try_from(first.bytes.len()).ok();
        self.handed = Some(first.bytes);
    }

    /// Says which files were written.
    pub(super) fn say_files(&mut self, files: Vec<FileEntry>) {
        self.entry = self.entry.clone().with_files(files);
    }

    /// Nothing that counts was written: this file could not be.
    pub(super) fn fail_to_write(&mut self, path: &Path, error: &std::io::Error) {
        let path = path.to_string_lossy().replace('\\', "/");
        self.refuse(format!("{path} 写不进去：{}", why(error)));
    }

    /// Nothing was written; why.
    pub(super) fn refuse(&mut self, why: String) {
        self.trouble = Some(Trouble::Unwritable(why));
        self.entry.fail();
    }
}

/// What the summary says of a report.
pub(crate) struct Facts {
    pub(super) unit: Option<String>,
    pub(super) score: Option<String>,
    pub(super) grade: Option<String>,
    pub(super) carried: Option<Carried>,
}

impl Facts {
    pub(crate) fn of(report: &Examination) -> Self {
        let card = report.scorecard.as_ref();
        Self {
            unit: Some(report.dossier.unit.name.value.clone()),
            score: card.map(|card| print_score(card.total)),
            grade: card.and_then(|card| card.grade.clone()),
            carried: None,
        }
    }

    pub(crate) fn unread(target: &Target) -> Self {
        Self { unit: crate::dossier::unit_name(&target.root), score: None, grade: None, carried: None }
    }
}
