//! The files of a pack, and the zip that they are written to.

use std::fs::File;
use std::io;
use std::path::Path;

use super::contents::{self, Measured};
use super::evidence::Inventory;
use super::{COVER, MANIFEST, PackedFile, archive, cover, manifest, workbooks};
use crate::Examination;
use crate::batch::{Standing, Unwritten, write_single};
use crate::compose::{DateView, Places, ReportView};
use crate::diagnostic::{Code, Diagnostic};
use crate::export::pdf;
use crate::hash::sum_of;
use crate::source::Sources;
use crate::typeset::{FontSet, check_coverage, forget, typeset};

/// What the files of a pack are made from.
pub(super) struct Sheaf<'s> {
    pub(super) report: &'s Examination,
    pub(super) sources: &'s Sources,
    /// The report's PDF, its pages, and its name without an ending.
    pub(super) pdf: Vec<u8>,
    pub(super) pages: usize,
    pub(super) name: &'s str,
    /// The folder of evidence, and what goes along of it.
    pub(super) folder: &'s Path,
    pub(super) inventory: &'s Inventory,
    pub(super) measured: Vec<Measured>,
    /// The day that files are dated by.
    pub(super) date: DateView,
}

/// Why a pack is not written.
pub(super) enum Failure {
    /// What is found while its files are made.
    Findings(Vec<Diagnostic>),
    /// The file system's word.
    File(io::Error),
    /// A file that stands where the zip is to be written.
    Standing(Standing),
}

impl Failure {
    fn of(text: String) -> Self {
        Self::Findings(vec![Diagnostic::new(Code::JB6001, text)])
    }
}

/// A file of a pack, ready to be written; evidence is read when it is.
struct Made {
    file: PackedFile,
    data: Option<Vec<u8>>,
}

impl Made {
    fn new(path: String, kind: &'static str, data: Vec<u8>, pages: Option<usize>) -> Self {
        let bytes = u64::try_from(data.len()).unwrap_or(u64::MAX);
        let file = PackedFile { path, kind, bytes, sha256: sum_of(&data), pages, source: None, uses: Vec::new() };
        Self { file, data: Some(data) }
    }

    /// What is to be written: what was made, or the evidence, which must still be what was measured.
    fn contents(&self, folder: &Path) -> io::Result<Vec<u8>> {
        match (&self.data, &self.file.source) {
            (Some(data), _) => Ok(data.clone()),
            (None, Some(source)) => {
                let data = contents::read(&folder.join(source))?;
                if sum_of(&data) != self.file.sha256 {
                    return Err(io::Error::other(format!("佐证“{source}”在打包时变了，请再打一次")));
                }
                Ok(data)
            }
            (None, None) => Ok(Vec::new()),
        }
    }
}

/// Writes the zip and returns how many files it has; with `force` also over a file that was not written here.
pub(super) fn write(sheaf: Sheaf<'_>, fonts: &FontSet, zip: &Path, force: bool) -> Result<usize, Failure> {
    let (folder, date) = (sheaf.folder, sheaf.date);
    let made = make(sheaf, fonts)?;
    let paths: Vec<String> = made.iter().map(|made| made.file.path.clone()).collect();
    let fill = |file: &mut File| {
        archive::write(file, &paths, date, |number| made.get(number).map_or(Ok(Vec::new()), |one| one.contents(folder)))
    };
    write_single(zip, force, fill).map_err(|unwritten| match unwritten {
        Unwritten::Standing(standing) => Failure::Standing(standing),
        Unwritten::File(error) => Failure::File(error),
    })?;
    Ok(paths.len())
}

/// The files, those that the cover lists first.
fn make(sheaf: Sheaf<'_>, fonts: &FontSet) -> Result<Vec<Made>, Failure> {
    let Sheaf { report, inventory, date, .. } = sheaf;
    let mut made = Vec::new();
    if let Some(data) = workbooks::scores(&sheaf, date).map_err(Failure::of)? {
        made.push(Made::new("02-评分表.xlsx".to_owned(), "scores", data, None));
    }
    let figures = workbooks::figures(&sheaf, date).map_err(Failure::of)?;
    made.push(Made::new("03-数据项.xlsx".to_owned(), "figures", figures, None));
    made.extend(evidence(inventory, sheaf.measured));
    made.insert(0, Made::new(format!("01-{}.pdf", sheaf.name), "report", sheaf.pdf, Some(sheaf.pages)));
    let listed: Vec<PackedFile> = made.iter().map(|made| made.file.clone()).collect();
    let (pdf, pages) = print(&cover::compose(report, &listed, date), fonts)?;
    made.insert(0, Made::new(COVER.to_owned(), "cover", pdf, Some(pages)));
    let listed: Vec<PackedFile> = made.iter().map(|made| made.file.clone()).collect();
    let list = manifest::to_json(report, fonts, date, &listed, &inventory.left_out).map_err(Failure::of)?;
    made.push(Made::new(MANIFEST.to_owned(), "manifest", list, None));
    Ok(made)
}

fn evidence(inventory: &Inventory, measured: Vec<Measured>) -> impl Iterator<Item = Made> {
    let largest = inventory.items.iter().map(|item| item.number).max().unwrap_or(0);
    inventory.items.iter().zip(measured).map(move |(item, Measured { bytes, sha256, pages })| {
        let (source, uses) = (Some(item.file.clone()), item.uses.clone());
        let file = PackedFile { path: item.path(largest), kind: "evidence", bytes, sha256, pages, source, uses };
        Made { file, data: None }
    })
}

/// The list for people as a PDF, and its pages.
fn print(view: &ReportView, fonts: &FontSet) -> Result<(Vec<u8>, usize), Failure> {
    let mut findings = Vec::new();
    check_coverage(view, &Places::default(), fonts, &Sources::default(), &mut findings);
    if findings.iter().any(Diagnostic::blocks) {
        return Err(Failure::Findings(findings));
    }
    let Some(document) = typeset(view, fonts, &mut findings) else { return Err(Failure::Findings(findings)) };
    let bytes = pdf(&document);
    forget();
    bytes.map(|bytes| (bytes, document.pages().len())).map_err(Failure::Findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_that_changes_while_it_is_packed_stops_the_pack() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("验收单.txt");
        std::fs::write(&path, "合格").unwrap();
        let mut made = Made::new("佐证材料/01-验收单.txt".to_owned(), "evidence", "合格".into(), None);
        (made.data, made.file.source) = (None, Some("验收单.txt".to_owned()));
        assert_eq!(made.contents(folder.path()).unwrap(), "合格".as_bytes());
        std::fs::write(&path, "不合格").unwrap();
        assert!(made.contents(folder.path()).unwrap_err().to_string().contains("“验收单.txt”在打包时变了"));
    }
}
