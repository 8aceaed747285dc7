//! 报送: a report with all that goes along with it, as one zip: the PDF, the score sheet and the figures as workbooks, the
//! evidence under its numbers, a list for people and one for programs. The same input gives the same bytes.

mod archive;
mod contents;
mod cover;
mod evidence;
mod kinds;
mod manifest;
mod naming;
mod workbooks;

pub use evidence::{Evidence, Inventory, check_evidence, inventory};

use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::batch::{Builder, Ending, Entry, Job, Options, Output, Target, Trouble};
use crate::compose::{Places, ReportView};
use crate::diagnostic::{Code, Counts, Diagnostic, sort};
use crate::export::{pdf, write_with};
use crate::hash::sum_of;
use crate::profile::Library;
use crate::source::{Sources, Spanned};
use crate::typeset::{FontSet, check_coverage, forget, typeset};
use crate::{Examination, examine_with};
use contents::Measured;

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

/// Where a pack goes: the report's name in it, and the zip.
#[derive(Clone, Copy)]
struct Place<'p> {
    name: &'p str,
    zip: &'p Path,
}

/// What the files of a pack are made from.
struct Sheaf<'s> {
    report: &'s Examination,
    sources: &'s Sources,
    /// The report's PDF, and its name without an ending.
    pdf: Vec<u8>,
    name: &'s str,
    inventory: &'s Inventory,
    measured: Vec<Measured>,
}

impl<'a> Packer<'a> {
    /// A packer with these profiles and faces.
    pub fn new(library: &'a Library, fonts: &'a FontSet, options: Options) -> Self {
        Self { library, fonts, builder: Builder::new(library, fonts, options.clone()), options }
    }

    /// Packs a report, called `name` in the pack, into the zip. The PDF is the one that `build` makes. Nothing is written
    /// where findings stop the report.
    pub fn pack(&self, target: &Target, name: &str, zip: &Path) -> Packed {
        let outcome = self.builder.build(&Job { target: target.clone(), output: Some(Output::Handed) });
        let examined = examine_with(self.library, &target.root, target.year);
        let mut packed = Packed {
            entry: outcome.entry,
            sources: examined.sources,
            findings: outcome.findings,
            files: 0,
            evidence: 0,
            left_out: Vec::new(),
            trouble: outcome.trouble,
        };
        if let Some(report) = &examined.report {
            self.fill(report, &target.root, outcome.handed, Place { name, zip }, &mut packed);
        }
        sort(&mut packed.findings);
        let counts = Counts::of(&packed.findings);
        (packed.entry.errors, packed.entry.warnings, packed.entry.known) =
            (counts.errors, counts.warnings, counts.known);
        packed
    }

    fn fill(&self, report: &Examination, root: &Path, pdf: Option<Vec<u8>>, place: Place<'_>, packed: &mut Packed) {
        let Place { name, zip } = place;
        let (inventory, measured) = gather(root, report, &packed.sources, &mut packed.findings);
        let folder = folder_of(root, report);
        let stopped = packed.findings.iter().any(|finding| finding.stops(self.options.deny_warnings));
        let (Some(pdf), Some(measured), false) = (pdf, measured, stopped) else {
            packed.entry.fail();
            return;
        };
        let sheaf = Sheaf { report, sources: &packed.sources, pdf, name, inventory: &inventory, measured };
        match self.write(&sheaf, packed.entry.pages, &folder, zip) {
            Ok(files) => {
                packed.files = files;
                packed.evidence = inventory.items.len();
                packed.left_out = inventory.left_out;
                packed.entry.output = Some(zip.to_string_lossy().replace('\\', "/"));
            }
            Err(Failure::Findings(more)) => {
                packed.findings.extend(more);
                packed.entry.fail();
            }
            Err(Failure::File(error)) => {
                packed.trouble = Some(Trouble::Unwritable(format!("{} 写不进去：{error}", zip.display())));
                packed.entry.fail();
            }
        }
    }

    /// Writes the zip and returns how many files it has.
    fn write(&self, sheaf: &Sheaf<'_>, pages: Option<usize>, folder: &Path, zip: &Path) -> Result<usize, Failure> {
        let date = self.options.date.unwrap_or(sheaf.report.view.meta.date);
        let mut made: Vec<(PackedFile, Option<Vec<u8>>)> = Vec::new();
        let mut add = |path: String, kind, data: Vec<u8>, pages| {
            let bytes = u64::try_from(data.len()).unwrap_or(u64::MAX);
            let file = PackedFile { path, kind, bytes, sha256: sum_of(&data), pages, source: None, uses: Vec::new() };
            made.push((file, Some(data)));
        };
        add(format!("01-{}.pdf", sheaf.name), "report", sheaf.pdf.clone(), pages);
        if let Some(data) = workbooks::scores(sheaf, date).map_err(Failure::of)? {
            add("02-评分表.xlsx".to_owned(), "scores", data, None);
        }
        add("03-数据项.xlsx".to_owned(), "figures", workbooks::figures(sheaf, date).map_err(Failure::of)?, None);
        let items = &sheaf.inventory.items;
        let largest = items.iter().map(|item| item.number).max().unwrap_or(0);
        for (item, measured) in items.iter().zip(&sheaf.measured) {
            let Measured { bytes, sha256, pages } = measured.clone();
            let (source, uses) = (Some(item.file.clone()), item.uses.clone());
            made.push((
                PackedFile { path: item.path(largest), kind: "evidence", bytes, sha256, pages, source, uses },
                None,
            ));
        }
        let mut files: Vec<PackedFile> = made.iter().map(|(file, _)| file.clone()).collect();
        let (cover, cover_pages) = self.print(&cover::compose(sheaf.report, &files, date))?;
        let bytes = u64::try_from(cover.len()).unwrap_or(u64::MAX);
        let (path, sha256) = (COVER.to_owned(), sum_of(&cover));
        let listed =
            PackedFile { path, kind: "cover", bytes, sha256, pages: Some(cover_pages), source: None, uses: Vec::new() };
        files.insert(0, listed.clone());
        made.push((listed, Some(cover)));
        let list = manifest::to_json(sheaf.report, self.fonts, date, &files, &sheaf.inventory.left_out)
            .map_err(Failure::of)?;
        let mut paths: Vec<String> = made.iter().map(|(file, _)| file.path.clone()).collect();
        paths.push(MANIFEST.to_owned());
        write_with(zip, |file| archive::write(file, &paths, date, |number| contents_of(&made, &list, folder, number)))
            .map_err(Failure::File)?;
        Ok(paths.len())
    }

    /// The list for people as a PDF, and its pages.
    fn print(&self, view: &ReportView) -> Result<(Vec<u8>, usize), Failure> {
        let mut findings = Vec::new();
        check_coverage(view, &Places::default(), self.fonts, &Sources::default(), &mut findings);
        if findings.iter().any(Diagnostic::blocks) {
            return Err(Failure::Findings(findings));
        }
        let Some(document) = typeset(view, self.fonts, &mut findings) else { return Err(Failure::Findings(findings)) };
        let bytes = pdf(&document);
        forget();
        bytes.map(|bytes| (bytes, document.pages().len())).map_err(Failure::Findings)
    }
}

/// Why a pack is not written.
enum Failure {
    Findings(Vec<Diagnostic>),
    File(io::Error),
}

impl Failure {
    fn of(text: String) -> Self {
        Self::Findings(vec![Diagnostic::new(Code::JB6001, text)])
    }
}

/// A file of the pack: made here, the list for programs, or one of evidence, which must still be what was measured.
fn contents_of(
    made: &[(PackedFile, Option<Vec<u8>>)],
    list: &[u8],
    folder: &Path,
    number: usize,
) -> io::Result<Vec<u8>> {
    let Some((file, data)) = made.get(number) else { return Ok(list.to_vec()) };
    match (data, &file.source) {
        (Some(data), _) => Ok(data.clone()),
        (None, Some(source)) => {
            let data = contents::read(&folder.join(source))?;
            if sum_of(&data) != file.sha256 {
                return Err(io::Error::other(format!("佐证“{source}”在打包时变了，请再打一次")));
            }
            Ok(data)
        }
        (None, None) => Ok(Vec::new()),
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
    let inventory = inventory(root, &report.dossier, report.scorecard.as_ref(), sources);
    findings.extend(titles_only(&inventory.titles));
    let measured = contents::measure(&folder_of(root, report), &inventory.items, findings);
    (inventory, measured.into_iter().collect())
}

/// The year's folder of evidence.
fn folder_of(root: &Path, report: &Examination) -> PathBuf {
    root.join(report.dossier.year.number.to_string()).join("evidence")
}

/// What is named by a title alone goes along in no file.
fn titles_only(titles: &[Spanned<String>]) -> Option<Diagnostic> {
    let first = titles.first()?;
    let mut names: Vec<&str> = titles.iter().map(|title| title.value.trim()).collect();
    names.sort_unstable();
    names.dedup();
    let shown = names.iter().take(5).map(|name| format!("“{name}”")).collect::<Vec<_>>().join("、");
    let more = if names.len() > 5 { format!(" 等 {} 项", names.len()) } else { String::new() };
    let text = format!("佐证{shown}{more}只有名称，evidence 里没有同名的文件，没有装入");
    let finding = Diagnostic::new(Code::JB8002, text).at(first.place);
    Some(finding.hint("把文件放进 evidence，文件名与这里的名称相同；纸质材料另行报送的不必改"))
}

impl Entry {
    /// The entry of a report that was not written after all.
    fn fail(&mut self) {
        self.outcome = Ending::Failed;
        (self.output, self.pages, self.bytes, self.sha256) = (None, None, None, None);
    }
}
