//! Finding and reading the files of a dossier.

use std::collections::BTreeMap;
use std::path::Path;

use serde::de::DeserializeOwned;

use super::{Report, Scores, Section, Unit};
use crate::diagnostic::{Code, Diagnostic, Severity, drop_unseen};
use crate::source::{Dialect, Kind, Node, Reader, Sources, Spanned, blank, decode, parse_file};

/// The words that are keys in a section file; any other word before a colon is prose.
const SECTION_KEYS: &[&str] = &[
    "标题",
    "级别",
    "接排",
    "正文",
    "小节",
    "列表",
    "样式",
    "项",
    "表",
    "单位",
    "列",
    "行",
    "格",
    "缩进",
    "合计",
    "方向",
    "注",
    "名称",
    "宽",
    "对齐",
    "逐项",
    "逐年",
    "编号",
    "成对",
    "问题",
    "措施",
    "图",
    "类型",
    "数据",
    "系列",
    "值",
    "替代文字",
];

/// 卷宗: one unit and one of its years, read in full; of the neighbouring years only the figures.
#[derive(Debug)]
pub struct Dossier {
    /// The unit.
    pub unit: Unit,
    /// The year that is reported.
    pub year: Year,
    /// figures.yaml.
    pub figures: Node,
    /// The other years at hand.
    pub neighbours: BTreeMap<i32, Neighbour>,
    /// Whether every file was read without a mistake. Where not, what could be read is there to be searched for further
    /// mistakes, and nothing in it counts as missing.
    pub complete: bool,
}

/// Another year's figures.
#[derive(Debug)]
pub struct Neighbour {
    /// Its figures.yaml; none where it could not be read.
    pub figures: Option<Node>,
    /// What is wrong with it.
    pub findings: Vec<Diagnostic>,
}

/// The scores.yaml of another year. What is wrong with it is said when that year is checked.
#[derive(Debug)]
pub enum OtherScores {
    /// There is none.
    None,
    /// It could not be read.
    Broken,
    /// It was read.
    Read(Box<Spanned<Scores>>),
}

/// One year as read.
#[derive(Debug)]
pub struct Year {
    /// 年度.
    pub number: i32,
    /// The first year of a report of several years, whose text is the profile's; none for a year's own report.
    pub first: Option<i32>,
    /// report.yaml.
    pub report: Report,
    /// sections/*.yaml in the order of their names.
    pub sections: Vec<Section>,
    /// scores.yaml, where there is one.
    pub scores: Option<Spanned<Scores>>,
    /// The names of the files in its folder evidence (佐证材料), sorted; hidden files are none of them.
    pub evidence: Vec<String>,
}

/// The years of a dossier: its folders that are named by four digits.
pub fn find_years(root: &Path) -> Vec<i32> {
    let Ok(reader) = Reader::new(root) else { return Vec::new() };
    reader.names("", true).iter().filter_map(|name| year_of(name)).collect()
}

/// The year that a folder's name means: four digits.
pub fn year_of(name: &str) -> Option<i32> {
    let digits = name.len() == 4 && name.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| name.parse().ok()).flatten()
}

/// 单位名称 as its unit.yaml has it; none where that file cannot be read.
pub fn unit_name(root: &Path) -> Option<String> {
    let reader = Reader::new(root).ok()?;
    let (mut sources, mut findings) = (Sources::default(), Vec::new());
    let mut loader = Loader { reader: &reader, sources: &mut sources, findings: &mut findings };
    loader.document::<Unit>("unit.yaml").map(|unit| unit.name.value)
}

/// Reads one year of a dossier. Whatever is wrong goes to `findings`; `None` comes back when there are no figures to go on with.
pub fn load(root: &Path, year: i32, sources: &mut Sources, findings: &mut Vec<Diagnostic>) -> Option<Dossier> {
    load_with(root, year, true, sources, findings)
}

/// Reads one year of a dossier without its sections.
pub fn load_frame(root: &Path, year: i32, sources: &mut Sources, findings: &mut Vec<Diagnostic>) -> Option<Dossier> {
    load_with(root, year, false, sources, findings)
}

fn load_with(
    root: &Path,
    year: i32,
    text: bool,
    sources: &mut Sources,
    findings: &mut Vec<Diagnostic>,
) -> Option<Dossier> {
    let reader = match Reader::new(root) {
        Ok(reader) => reader,
        Err(finding) => {
            findings.push(*finding);
            return None;
        }
    };
    let mut loader = Loader { reader: &reader, sources, findings };
    let unit: Option<Unit> = loader.document("unit.yaml");
    let (own, report) = loader.figures_and_report(year);
    let sections = if text { loader.sections(year) } else { Vec::new() };
    let scores_path = format!("{year}/scores.yaml");
    let scores = if reader.exists(&scores_path) { Some(loader.sound_document(&scores_path)) } else { None };
    let neighbours = loader.neighbours(year);
    let figures = own?;
    let complete = !loader.findings.iter().any(|finding| finding.severity == Severity::Error);
    let mut evidence = reader.names(&format!("{year}/evidence"), false);
    evidence.retain(|name| !name.starts_with('.'));
    let (report, scores) = (report.or_else(blank)?, scores.flatten());
    let year = Year { number: year, first: None, report, sections, scores, evidence };
    Some(Dossier { unit: unit.or_else(blank)?, year, figures, neighbours, complete })
}

/// Reads the scores.yaml of another year of a dossier.
pub fn load_other_scores(root: &Path, year: i32) -> OtherScores {
    let Ok(reader) = Reader::new(root) else { return OtherScores::None };
    let path = format!("{year}/scores.yaml");
    if !reader.exists(&path) {
        return OtherScores::None;
    }
    // Nothing of another year's score sheet is printed, and what is wrong with it is said when that year is checked.
    let mut loader = Loader { reader: &reader, sources: &mut Sources::default(), findings: &mut Vec::new() };
    match loader.sound_document(&path) {
        Some(scores) => OtherScores::Read(Box::new(scores)),
        None => OtherScores::Broken,
    }
}

struct Loader<'a> {
    reader: &'a Reader,
    sources: &'a mut Sources,
    findings: &'a mut Vec<Diagnostic>,
}

impl Loader<'_> {
    fn tree(&mut self, path: &str, dialect: Dialect) -> Option<Node> {
        self.reader.read(path, dialect, self.sources, self.findings)
    }

    fn document<T: DeserializeOwned>(&mut self, path: &str) -> Option<T> {
        let mut tree = self.tree(path, Dialect::Data)?;
        clean(&mut tree, self.findings);
        decode(&tree, self.findings)
    }

    /// A document without any mistake. A score sheet that lacks rows for a mistake is not worth scoring.
    fn sound_document<T: DeserializeOwned>(&mut self, path: &str) -> Option<T> {
        let before = self.findings.len();
        let read = self.document(path);
        let mistaken = self.findings[before..].iter().any(|finding| finding.severity == Severity::Error);
        read.filter(|_| !mistaken)
    }

    /// The sections that could be read.
    fn sections(&mut self, year: i32) -> Vec<Section> {
        let folder = format!("{year}/sections");
        let (mut names, others): (Vec<String>, Vec<String>) =
            self.reader.names(&folder, false).into_iter().partition(|name| is_yaml(name));
        names.sort_by_key(|name| (leading_number(name), name.clone()));
        // What is hidden was put there by a program.
        for folder_name in self.reader.names(&folder, true).iter().filter(|name| !name.starts_with('.')) {
            let text = format!("{} 是文件夹，没有读", self.reader.shown(&format!("{folder}/{folder_name}")));
            self.findings.push(Diagnostic::new(Code::JB1020, text).hint("各节的文件直接放在 sections 里"));
        }
        for pair in names.windows(2) {
            if leading_number(&pair[0]) == leading_number(&pair[1]) && leading_number(&pair[0]) != u64::MAX {
                let text = format!("{folder} 里的 {} 与 {} 序号相同，两份都会印", pair[0], pair[1]);
                self.findings.push(Diagnostic::new(Code::JB1021, text).hint("改成不同的序号；多出来的副本移走"));
            }
        }
        for name in others.iter().filter(|name| name.contains(".yaml") || name.contains(".yml")) {
            let text = format!("{} 没有读：文件名要以 .yaml 结尾", self.reader.shown(&format!("{folder}/{name}")));
            self.findings.push(Diagnostic::new(Code::JB1020, text).hint("改好文件名；不要的文件移出 sections 文件夹"));
        }
        if names.is_empty() {
            let path = self.reader.shown(&folder);
            self.findings.push(
                Diagnostic::new(Code::JB1001, format!("{path} 里没有 .yaml 文件，报告没有正文"))
                    .hint("在其中放 01-….yaml、02-….yaml，按文件名的次序排印"),
            );
            return Vec::new();
        }
        let mut sections = Vec::new();
        for name in &names {
            let tree = self.tree(&format!("{folder}/{name}"), Dialect::Prose(SECTION_KEYS));
            sections.extend(tree.and_then(|tree| decode(&tree, self.findings)));
        }
        sections
    }

    /// The two files that grow large, read side by side: what is wrong with the figures still comes first.
    fn figures_and_report(&mut self, year: i32) -> (Option<Node>, Option<Report>) {
        let mut open = |name| self.reader.open(&format!("{year}/{name}"), Dialect::Data, self.sources, self.findings);
        let (figures, report) = (open("figures.yaml"), open("report.yaml"));
        let sources = &*self.sources;
        let ((figures, mut first), (report, mut second)) = rayon::join(
            || {
                let mut findings = Vec::new();
                let tree = figures.and_then(|file| parse_file(sources, file, Dialect::Data, &mut findings));
                (tree.and_then(|tree| group(tree, &mut findings)), findings)
            },
            || {
                let mut findings = Vec::new();
                let tree = report.and_then(|file| parse_file(sources, file, Dialect::Data, &mut findings));
                let cleaned = tree.map(|mut tree| {
                    clean(&mut tree, &mut findings);
                    tree
                });
                (cleaned.and_then(|tree| decode(&tree, &mut findings)), findings)
            },
        );
        self.findings.append(&mut first);
        self.findings.append(&mut second);
        (figures, report)
    }

    fn figures(&mut self, year: i32) -> Option<Node> {
        let tree = self.tree(&format!("{year}/figures.yaml"), Dialect::Data)?;
        group(tree, self.findings)
    }

    /// The figures of the other years, and what is wrong with their files: said when those years are checked, or read.
    fn neighbours(&mut self, year: i32) -> BTreeMap<i32, Neighbour> {
        let years = self.reader.names("", true);
        let years = years.iter().filter_map(|name| year_of(name)).filter(|&other| other != year);
        let mut neighbours = BTreeMap::new();
        for other in years {
            if !self.reader.exists(&format!("{other}/figures.yaml")) {
                continue;
            }
            let mut findings = Vec::new();
            let mut loader = Loader { reader: self.reader, sources: self.sources, findings: &mut findings };
            let figures = loader.figures(other);
            neighbours.insert(other, Neighbour { figures, findings });
        }
        neighbours
    }
}

/// Leaves out of a tree's texts what cannot be seen: names, dates and numbers of documents are printed as they are, and
/// no placeholder is looked for in them.
fn clean(node: &mut Node, findings: &mut Vec<Diagnostic>) {
    match &mut node.kind {
        Kind::Scalar(scalar) => findings.extend(drop_unseen(&mut scalar.text).map(|finding| finding.at(node.place))),
        Kind::List(items) => items.iter_mut().for_each(|item| clean(item, findings)),
        Kind::Map(entries) => entries.iter_mut().for_each(|entry| clean(&mut entry.value, findings)),
    }
}

/// A tree of figures is a group.
fn group(tree: Node, findings: &mut Vec<Diagnostic>) -> Option<Node> {
    if matches!(tree.kind, Kind::Map(_)) {
        return Some(tree);
    }
    let text = "figures.yaml 应是一组“名称: 数”";
    findings.push(Diagnostic::new(Code::JB1015, text).at(tree.place));
    None
}

/// The number that a file's name begins with: 2 comes before 10.
fn leading_number(name: &str) -> u64 {
    let digits = name.find(|c: char| !c.is_ascii_digit()).unwrap_or(name.len());
    name[..digits].parse().unwrap_or(u64::MAX)
}

/// Whether a name is that of a YAML file and not of a hidden one.
pub fn is_yaml(name: &str) -> bool {
    let path = Path::new(name);
    !name.starts_with('.')
        && path.extension().is_some_and(|e| e.eq_ignore_ascii_case("yaml") || e.eq_ignore_ascii_case("yml"))
}
