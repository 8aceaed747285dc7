//! Finding and reading the files of a dossier.

use std::collections::BTreeMap;
use std::path::Path;

use serde::de::DeserializeOwned;

use super::{Report, Scores, Section, Unit};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Dialect, Kind, Node, Place, Reader, Sources, Spanned, decode};

/// The words that are keys in a section file; any other word before a colon is prose.
const SECTION_KEYS: &[&str] = &[
    "标题", "级别", "接排", "正文", "小节", "列表", "样式", "项", "表", "单位", "列", "行", "格", "缩进", "合计",
    "方向", "注", "名称", "宽", "对齐",
];

/// 卷宗: one unit and one of its years, read in full; of the neighbouring years only the figures.
#[derive(Debug)]
pub struct Dossier {
    /// The unit.
    pub unit: Unit,
    /// The year that is reported.
    pub year: Year,
    /// The figures of every year at hand, by year, the reported one among them.
    pub figures: BTreeMap<i32, Node>,
}

/// One year as read.
#[derive(Debug)]
pub struct Year {
    /// 年度.
    pub number: i32,
    /// report.yaml.
    pub report: Report,
    /// The place of report.yaml's beginning, for what concerns the report as a whole.
    pub report_place: Place,
    /// sections/*.yaml in the order of their names.
    pub sections: Vec<Section>,
    /// scores.yaml, where there is one.
    pub scores: Option<Spanned<Scores>>,
}

/// The years of a dossier: its folders that are named by four digits.
pub fn find_years(root: &Path) -> Vec<i32> {
    let Ok(reader) = Reader::new(root) else { return Vec::new() };
    reader.names("", true).iter().filter_map(|name| year_of(name)).collect()
}

fn year_of(name: &str) -> Option<i32> {
    (name.len() == 4).then(|| name.parse().ok()).flatten()
}

/// Reads one year of a dossier. Whatever is wrong goes to `findings`; `None` comes back when it cannot be built.
pub fn load(root: &Path, year: i32, sources: &mut Sources, findings: &mut Vec<Diagnostic>) -> Option<Dossier> {
    let reader = match Reader::new(root) {
        Ok(reader) => reader,
        Err(finding) => {
            findings.push(*finding);
            return None;
        }
    };
    let mut loader = Loader { reader: &reader, sources, findings };
    let unit: Option<Spanned<Unit>> = loader.document("unit.yaml");
    let report: Option<Spanned<Report>> = loader.document(&format!("{year}/report.yaml"));
    let sections = loader.sections(year);
    let scores_path = format!("{year}/scores.yaml");
    let scores = if reader.exists(&scores_path) { Some(loader.document(&scores_path)) } else { None };
    let own = loader.figures(year);
    let mut figures = loader.neighbours(year);
    figures.insert(year, own?);
    let (report, unit) = (report?, unit?);
    let scores = match scores {
        None => None,
        Some(read) => Some(read?),
    };
    let report_place = report.place?;
    let year = Year { number: year, report: report.value, report_place, sections: sections?, scores };
    Some(Dossier { unit: unit.value, year, figures })
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
        let tree = self.tree(path, Dialect::Data)?;
        decode(&tree, self.findings)
    }

    fn sections(&mut self, year: i32) -> Option<Vec<Section>> {
        let folder = format!("{year}/sections");
        let names: Vec<String> = self.reader.names(&folder, false).into_iter().filter(|name| is_yaml(name)).collect();
        if names.is_empty() {
            let path = self.reader.shown(&folder);
            self.findings.push(
                Diagnostic::new(Code::JB1001, format!("{path} 里没有 .yaml 文件，报告没有正文"))
                    .hint("在其中放 01-….yaml、02-….yaml，按文件名的次序排印"),
            );
            return None;
        }
        let read: Vec<Option<Section>> = names
            .iter()
            .map(|name| {
                let tree = self.tree(&format!("{folder}/{name}"), Dialect::Prose(SECTION_KEYS))?;
                decode(&tree, self.findings)
            })
            .collect();
        read.into_iter().collect()
    }

    fn figures(&mut self, year: i32) -> Option<Node> {
        let tree = self.tree(&format!("{year}/figures.yaml"), Dialect::Data)?;
        if matches!(tree.kind, Kind::Map(_)) {
            return Some(tree);
        }
        let text = "figures.yaml 应是一组“名称: 数”";
        self.findings.push(Diagnostic::new(Code::JB1015, text).at(tree.place));
        None
    }

    /// The figures of the other years. What is wrong with them is said when those years are checked.
    fn neighbours(&mut self, year: i32) -> BTreeMap<i32, Node> {
        let years = self.reader.names("", true);
        let mut silent = Vec::new();
        let mut loader = Loader { reader: self.reader, sources: self.sources, findings: &mut silent };
        years
            .iter()
            .filter_map(|name| year_of(name))
            .filter(|&other| other != year && loader.reader.exists(&format!("{other}/figures.yaml")))
            .filter_map(|other| Some((other, loader.figures(other)?)))
            .collect()
    }
}

fn is_yaml(name: &str) -> bool {
    let path = Path::new(name);
    !name.starts_with('.')
        && path.extension().is_some_and(|e| e.eq_ignore_ascii_case("yaml") || e.eq_ignore_ascii_case("yml"))
}
