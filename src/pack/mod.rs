//! 报送: a report with all that goes along with it, as one zip: the PDF, the score sheet and the figures as workbooks, the
//! evidence under its numbers, a list for people and one for programs. The same input gives the same bytes.

mod absent;
mod archive;
mod contents;
mod cover;
mod evidence;
mod files;
mod kinds;
mod manifest;
mod mention;
mod naming;
mod nature;
mod workbooks;

pub(crate) use absent::names;
pub use evidence::{Evidence, Inventory, check_evidence, inventory};
pub(crate) use mention::{Texts, numbers_in};
pub(crate) use naming::split as number_and_title;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::batch::{Builder, Ending, Entry, Facts, Handed, Options, Target, Trouble};
use crate::characters::character;
use crate::diagnostic::{Code, Diagnostic, some_of, sort};
use crate::dossier::Year;
use crate::export::why;
use crate::profile::Library;
use crate::source::{Sources, Spanned};
use crate::typeset::{FontSet, is_printable};
use crate::{Examination, Examined, examine_with};
use contents::Measured;
use files::{Failure, Sheaf};

/// The list for people.
pub const COVER: &str = "00-送审清单.pdf";
/// The list for programs.
pub const MANIFEST: &str = "清单.json";

/// A file of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackedFile {
    /// Its path in the pack.
    pub path: String,
    /// `report`, `scores`, `figures`, `evidence` or `cover`.
    pub kind: &'static str,
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// 页数, of a PDF.
    pub pages: Option<usize>,
    /// The name that a file of evidence has in the dossier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The indicators that it is evidence of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<String>,
}

/// What became of a pack.
#[derive(Debug)]
pub struct Packed {
    /// The report, as `build` speaks of it; its output is the zip.
    pub entry: Entry,
    /// The text of the files.
    pub sources: Sources,
    /// The findings, open and acknowledged.
    pub findings: Vec<Diagnostic>,
    /// How many files the pack has.
    pub files: usize,
    /// How many of them are evidence.
    pub evidence: usize,
    /// The files of evidence that go along because a text mentions them.
    pub mentioned: Vec<String>,
    /// Evidence in the folder that nothing names, which is not in the pack.
    pub left_out: Vec<String>,
    /// What kept the pack from being written.
    pub trouble: Option<Trouble>,
}

/// Makes packs.
pub struct Packer<'a> {
    library: &'a Library,
    fonts: &'a FontSet,
    options: Options,
    builder: Builder<'a>,
}

impl<'a> Packer<'a> {
    /// A packer with these profiles and faces.
    pub fn new(library: &'a Library, fonts: &'a FontSet, options: Options) -> Self {
        Self { library, fonts, builder: Builder::new(library, fonts, options.clone()), options }
    }

    /// Packs a report, called `name` in the pack, into the zip. The PDF is the one that `build` makes. Nothing is written
    /// where findings stop the report. A fault of the program's stays with the report that it happens on.
    pub fn pack(&self, target: &Target, name: &str, zip: &Path) -> Packed {
        let packed = catch_unwind(AssertUnwindSafe(|| self.attempt(target, name, zip)));
        packed.unwrap_or_else(|_| Packed {
            trouble: Some(Trouble::Panicked),
            ..Packed::of(target, Sources::default(), Vec::new())
        })
    }

    /// The report is examined once: all that is packed is made from the same files.
    fn attempt(&self, target: &Target, name: &str, zip: &Path) -> Packed {
        let Examined { sources, mut findings, report } = examine_with(self.library, &target.root, target.year);
        let Some(mut report) = report else {
            let mut packed = Packed::of(target, sources, findings);
            packed.entry.say(Facts::unread(target));
            return packed.counted();
        };
        let handed = self.builder.hand(target, &mut report, &sources, &mut findings);
        let (inventory, measured) = gather(&target.root, &report, &sources, &mut findings);
        findings.extend(inventory.items.iter().filter_map(|item| unprintable(item, self.fonts)));
        let stopped = findings.iter().any(|finding| finding.stops(self.options.deny_warnings));
        let mut packed = Packed::of(target, sources, findings);
        packed.entry.say(Facts::of(&report));
        let (Some(handed), Some(measured), false) = (handed, measured, stopped) else { return packed.counted() };
        let date = self.options.date.unwrap_or(report.view.meta.date);
        let (folder, sources) = (folder_of(&target.root, &report.dossier.year), &packed.sources);
        let Handed { pdf, pages, carried } = handed;
        let sheaf = Sheaf {
            report: &report,
            sources,
            pdf,
            pages,
            name,
            folder: &folder,
            inventory: &inventory,
            measured,
            date,
        };
        match files::write(sheaf, self.fonts, zip, self.options.force) {
            Ok(count) => {
                (packed.entry.outcome, packed.entry.pages) = (Ending::Built, Some(pages));
                packed.entry.output = Some(zip.to_string_lossy().replace('\\', "/"));
                packed.entry.carried = carried;
                (packed.files, packed.evidence) = (count, inventory.items.len());
                (packed.mentioned, packed.left_out) = (inventory.mentioned, inventory.left_out);
            }
            Err(Failure::Findings(more)) => packed.findings.extend(more),
            Err(Failure::File(error)) => {
                packed.trouble = Some(Trouble::Unwritable(format!("{} 写不进去：{}", zip.display(), why(&error))));
            }
            Err(Failure::Standing(standing)) => packed.trouble = Some(Trouble::Unwritable(standing.refusal())),
        }
        packed.counted()
    }
}

impl Packed {
    /// A report that is not packed.
    fn of(target: &Target, sources: Sources, findings: Vec<Diagnostic>) -> Self {
        let entry = Entry::new(target, Ending::Failed);
        Self {
            entry,
            sources,
            findings,
            files: 0,
            evidence: 0,
            mentioned: Vec::new(),
            left_out: Vec::new(),
            trouble: None,
        }
    }

    /// With its findings in order and counted.
    fn counted(mut self) -> Self {
        sort(&mut self.findings);
        self.entry.count(&self.findings);
        self
    }
}

/// The title of what goes along with a report: 报告 at the end of the report's gives way to this word. `/` breaks lines.
fn title_of(report: &Examination, word: &str) -> String {
    let title = report.view.title_lines.join("/");
    format!("{}{word}", title.strip_suffix("报告").unwrap_or(&title))
}

/// What [`Packer::pack`] finds of a year's evidence and [`check_evidence`] does not: it reads the files.
pub fn check_contents(root: &Path, report: &Examination, sources: &Sources, findings: &mut Vec<Diagnostic>) {
    gather(root, report, sources, findings);
}

/// The evidence that goes along, and what its files are; none where one of them cannot.
fn gather(
    root: &Path,
    report: &Examination,
    sources: &Sources,
    findings: &mut Vec<Diagnostic>,
) -> (Inventory, Option<Vec<Measured>>) {
    let mut inventory = inventory(root, &report.dossier, report.scorecard.as_ref(), sources);
    findings.append(&mut inventory.findings);
    findings.extend(titles_only(&inventory.titles));
    let measured = contents::measure(&folder_of(root, &report.dossier.year), &inventory.items, findings);
    (inventory, measured.into_iter().collect())
}

/// The year's folder of evidence.
fn folder_of(root: &Path, year: &Year) -> PathBuf {
    root.join(year.number.to_string()).join("evidence")
}

/// A file whose name has a character that the list for people cannot print.
fn unprintable(item: &Evidence, fonts: &FontSet) -> Option<Diagnostic> {
    let c = item.path(0).chars().find(|&c| !is_printable(c, fonts))?;
    let text = format!("佐证“{}”的文件名里，{}没有字体可以印，送审清单印不出来", item.file, character(c));
    Some(Diagnostic::new(Code::JB7001, text).at(item.place).hint("改文件名，去掉这个字；点名的地方一起改"))
}

/// What is named by a title alone goes along in no file.
fn titles_only(titles: &[Spanned<String>]) -> Option<Diagnostic> {
    let first = titles.first()?;
    let mut names: Vec<&str> = titles.iter().map(|title| title.value.trim()).collect();
    names.sort_unstable();
    names.dedup();
    let shown = some_of(&names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>());
    let text = format!("佐证{shown}只有名称，evidence 里没有同名的文件，没有装入");
    let finding = Diagnostic::new(Code::JB8002, text).at(first.place);
    Some(finding.hint("把文件放进 evidence，文件名与这里的名称相同；纸质材料另行报送的不必改"))
}
