//! Which files of the folder evidence go along, under which numbers and names; and what is wrong with their names.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::absent::{absence, files_of};
use super::folder_of;
use super::kinds::{TAKEN_IN_WORDS, is_taken};
use super::mention::Texts;
use super::naming::{safe, split};
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{Dossier, Year};
use crate::scoring::Scorecard;
use crate::source::{Place, Sources, Spanned};

/// The longest title of a file in the pack, in characters: a path on Windows has 260 in all.
const LONGEST_TITLE: usize = 60;

/// A piece of evidence (佐证材料) that goes along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The file's name in the folder evidence.
    pub file: String,
    /// The number that it has in the pack: the one its name begins with, or the next that is free.
    pub number: usize,
    /// Its name without number and ending.
    pub title: String,
    /// The indicators that it is evidence of, by name.
    pub uses: Vec<String>,
    /// Where it is named or mentioned; none where a text mentions its number alone.
    pub place: Option<Place>,
}

impl Evidence {
    /// Its path in the pack: `佐证材料/01-合同.pdf`, with as many digits as the largest number has, two at the least.
    pub fn path(&self, largest: usize) -> String {
        let digits = largest.to_string().len().max(2);
        let title: String = safe(&self.title).chars().take(LONGEST_TITLE).collect();
        let ending = super::kinds::ending(&self.file).map_or_else(String::new, |ending| format!(".{ending}"));
        format!("佐证材料/{:0digits$}-{title}{ending}", self.number)
    }
}

/// The evidence of a year.
#[derive(Debug, Clone, Default)]
pub struct Inventory {
    /// What goes along, by number.
    pub items: Vec<Evidence>,
    /// What is named by a title alone that no file bears.
    pub titles: Vec<Spanned<String>>,
    /// What goes along because a text mentions it.
    pub mentioned: Vec<String>,
    /// What is wrong with the names of what a text mentions.
    pub findings: Vec<Diagnostic>,
    /// What nothing names, folders with `/` behind their names: it stays where it is.
    pub left_out: Vec<String>,
}

/// Checks the evidence that a year names against its folder: by names alone, so that a look at the folder is enough to
/// know that nothing has changed.
pub fn check_evidence(root: &Path, dossier: &Dossier, scorecard: Option<&Scorecard>, findings: &mut Vec<Diagnostic>) {
    let mut finder = Finder::new(root, &dossier.year);
    finder.find(scorecard);
    findings.append(&mut finder.findings);
    findings.extend(same_but_for_case(&dossier.year.evidence, &finder.found));
    findings.extend(same_numbers(&finder.found).into_iter().map(|(_, finding)| finding));
}

/// What goes along with a year's report. Findings about what is named are [`check_evidence`]'s.
pub fn inventory(root: &Path, dossier: &Dossier, scorecard: Option<&Scorecard>, sources: &Sources) -> Inventory {
    let year = &dossier.year;
    let mut finder = Finder::new(root, year);
    finder.find(scorecard);
    let (named, said) = (finder.found.len(), finder.findings.len());
    let texts = Texts::of(year, sources);
    let mut left_out = Vec::new();
    for file in &year.evidence {
        if finder.found.iter().any(|item| item.file == *file) {
            continue;
        }
        // A file of a kind that does not go along stays behind where only a text mentions it.
        let may_go = is_taken(file) && !finder.refused.contains(file);
        if let Some(place) = texts.as_ref().filter(|_| may_go).and_then(|texts| texts.mention(file)) {
            finder.add(file, Some(place), None);
        }
        if !finder.found.iter().any(|item| item.file == *file) {
            left_out.push(file.clone());
        }
    }
    left_out.extend(unread(&finder.folder()));
    let mentioned = finder.found.iter().skip(named).map(|item| item.file.clone()).collect();
    let twice = same_numbers(&finder.found).into_iter().filter(|(at, _)| *at >= named).map(|(_, finding)| finding);
    let findings = finder.findings.split_off(said).into_iter().chain(twice).collect();
    Inventory { items: numbered(finder.found), titles: finder.titles, mentioned, findings, left_out }
}

/// What is in the folder and can be named nowhere: folders, and files whose names are no text.
fn unread(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let shown = |entry: std::fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            return Some(name + "/");
        }
        entry.file_name().to_str().is_none().then_some(name)
    };
    let mut names: Vec<String> = entries.filter_map(shown).filter(|name| !name.starts_with('.')).collect();
    names.sort();
    names
}

/// Puts what is named beside what is there.
struct Finder<'a> {
    root: PathBuf,
    year: &'a Year,
    found: Vec<Evidence>,
    titles: Vec<Spanned<String>>,
    /// Files that may not go along.
    refused: BTreeSet<String>,
    findings: Vec<Diagnostic>,
}

impl<'a> Finder<'a> {
    fn new(root: &Path, year: &'a Year) -> Self {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        Self { root, year, found: Vec::new(), titles: Vec::new(), refused: BTreeSet::new(), findings: Vec::new() }
    }

    /// First the list of report.yaml, then the rows of the score sheet in print order.
    fn find(&mut self, scorecard: Option<&Scorecard>) {
        for named in &self.year.report.evidence {
            self.name(named, None);
        }
        for row in scorecard.iter().flat_map(|card| &card.rows) {
            let used = [&row.name, &row.level2, &row.level1].into_iter().find(|name| !name.is_empty());
            for named in &row.evidence {
                self.name(named, used.map(String::as_str));
            }
        }
    }

    fn name(&mut self, named: &Spanned<String>, used: Option<&str>) {
        let text = named.value.trim();
        let files = files_of(self.year, text);
        if files.is_empty() {
            match absence(self.year, &self.folder(), text) {
                Some(finding) => self.findings.push(finding.at(named.place)),
                None if text.is_empty() || text.contains("{{") => {}
                None => self.titles.push(named.clone()),
            }
        }
        for file in files {
            self.add(file, named.place, used);
        }
    }

    /// Adds a file that is there, once, with what it is used for.
    fn add(&mut self, file: &str, place: Option<Place>, used: Option<&str>) {
        if let Some(item) = self.found.iter_mut().find(|item| item.file == file) {
            if let Some(used) = used.filter(|used| !item.uses.iter().any(|one| one == used)) {
                item.uses.push(used.to_owned());
            }
            return;
        }
        if self.refused.contains(file) {
            return;
        }
        if let Some(finding) = self.unfit(file) {
            self.refused.insert(file.to_owned());
            self.findings.push(finding.at(place));
            return;
        }
        let (number, title) = split(file);
        self.found.push(Evidence {
            file: file.to_owned(),
            number,
            title: title.to_owned(),
            uses: used.map(str::to_owned).into_iter().collect(),
            place,
        });
    }

    /// The year's folder of evidence.
    fn folder(&self) -> PathBuf {
        folder_of(&self.root, self.year)
    }

    /// Why a file that is there may not go along.
    fn unfit(&self, file: &str) -> Option<Diagnostic> {
        if !is_taken(file) {
            let finding = Diagnostic::new(Code::JB8003, format!("佐证“{file}”是不收的文件类型"));
            return Some(finding.hint(format!("换成 {TAKEN_IN_WORDS}；压缩包解开再放")));
        }
        match self.folder().join(file).canonicalize() {
            Ok(real) if real.starts_with(&self.root) => None,
            Ok(_) => {
                let finding = Diagnostic::new(Code::JB8004, format!("佐证“{file}”是链接，指到了卷宗文件夹之外"));
                Some(finding.hint("把文件本身放进 evidence，不要用链接"))
            }
            Err(_) => {
                let finding = Diagnostic::new(Code::JB8001, format!("佐证“{file}”是链接，指到的文件不在"));
                Some(finding.hint("把文件本身放进 evidence，不要用链接"))
            }
        }
    }
}

/// A number for each: its own where no other has it, else the next that is free.
fn numbered(mut items: Vec<Evidence>) -> Vec<Evidence> {
    let mut taken = BTreeSet::new();
    for item in &mut items {
        if item.number > 0 && !taken.insert(item.number) {
            item.number = 0;
        }
    }
    let mut next = 1;
    for item in items.iter_mut().filter(|item| item.number == 0) {
        while !taken.insert(next) {
            next += 1;
        }
        item.number = next;
    }
    items.sort_by_key(|item| item.number);
    items
}

/// Files that claim a number which another has already, with where they stand in the list.
fn same_numbers(found: &[Evidence]) -> Vec<(usize, Diagnostic)> {
    let mut first: BTreeMap<usize, &str> = BTreeMap::new();
    let mut findings = Vec::new();
    for (at, item) in found.iter().enumerate().filter(|(_, item)| item.number > 0) {
        if let Some(other) = first.get(&item.number) {
            let text = format!("佐证“{}”与“{other}”都编号为 {}，打包时它要另编一个号", item.file, item.number);
            let finding = Diagnostic::new(Code::JB8007, text).at(item.place);
            findings.push((at, finding.hint("改一个文件名的编号；点名的地方一起改")));
        } else {
            first.insert(item.number, &item.file);
        }
    }
    findings
}

/// Files whose names Windows takes for one.
fn same_but_for_case(files: &[String], found: &[Evidence]) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut findings = Vec::new();
    for file in files {
        if let Some(other) = seen.insert(file.to_lowercase(), file) {
            let text = format!("evidence 里的 {other} 与 {file} 只差大小写，Windows 上是同一个文件");
            let place = found.iter().find(|item| item.file == *file || item.file == other).and_then(|item| item.place);
            findings.push(Diagnostic::new(Code::JB8007, text).at(place).hint("改成不同的名称，或移走一个"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_names_stay_and_the_others_fill_the_gaps() {
        let item = |file: &str| {
            let (number, title) = split(file);
            Evidence { file: file.to_owned(), number, title: title.to_owned(), uses: Vec::new(), place: None }
        };
        let files = ["合同.pdf", "02-甲.pdf", "乙.jpg", "02-丙.PDF"];
        let paths: Vec<String> = numbered(files.map(item).to_vec()).iter().map(|item| item.path(4)).collect();
        assert_eq!(paths, ["佐证材料/01-合同.pdf", "佐证材料/02-甲.pdf", "佐证材料/03-乙.jpg", "佐证材料/04-丙.pdf"]);
        assert_eq!(item("合同.pdf").path(120), "佐证材料/000-合同.pdf");
    }
}
