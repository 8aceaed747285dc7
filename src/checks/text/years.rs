//! JB5014: the year in the title, the preamble or the conclusion is not the year of the report.

use super::Scene;
use super::passages::{HOLE, Part, Passage, Role, THIS_YEAR};
use super::words::{any_of, sentence_around, years};
use crate::diagnostic::{Code, Diagnostic};

/// What a report is about: a year before these words is the report's.
const SUBJECTS: [&str; 5] = ["部门整体支出", "整体支出", "绩效自评", "预算执行", "决算"];
/// Words of a sentence that speaks of another year on purpose.
const OTHER_YEARS: [&str; 14] =
    ["上年", "去年", "相比", "较", "比20", "同比", "历年", "以来", "已", "结果", "公开", "批复", "应用", "整改"];

pub(super) fn check(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    for passage in &scene.passages {
        match (passage.role, passage.part) {
            (Role::Title, _) => findings.extend(title(scene, passage)),
            (Role::Prose, Part::Preamble | Part::Conclusion) => prose(scene, passage, findings),
            _ => {}
        }
    }
}

/// A title that names years, but not the report's.
fn title(scene: &Scene<'_>, passage: &Passage<'_>) -> Option<Diagnostic> {
    let typed = years(&passage.text);
    let year = scene.inputs.dossier.year.number;
    if passage.text.contains([HOLE, THIS_YEAR]) || typed.iter().any(|&(_, one)| one == year) {
        return None;
    }
    typed.first().map(|&(at, one)| finding(scene, passage, at, one))
}

/// `2021年度部门整体支出…` in the report of 2022. A year outside 年度, inside 《》, or the next year (in which the report
/// is written) is another matter.
fn prose(scene: &Scene<'_>, passage: &Passage<'_>, findings: &mut Vec<Diagnostic>) {
    let year = scene.inputs.dossier.year.number;
    for (at, typed) in years(&passage.text) {
        let behind = &passage.text[at..];
        let about = behind.get("2021年".len()..).and_then(|rest| rest.strip_prefix('度'));
        let about = about.is_some_and(|rest| SUBJECTS.iter().any(|word| rest.starts_with(word)));
        let quoted = passage.text[..at].rfind('《').is_some_and(|open| !passage.text[open..at].contains('》'));
        // A sentence that names the report's own year as well tells the two apart.
        let sentence = sentence_around(&passage.text, at);
        let own = sentence.contains(THIS_YEAR) || years(sentence).iter().any(|&(_, one)| one == year);
        let compared = own || any_of(sentence, &OTHER_YEARS);
        if about && !quoted && !compared && typed != year && typed != year + 1 {
            findings.push(finding(scene, passage, at, typed));
        }
    }
}

fn finding(scene: &Scene<'_>, passage: &Passage<'_>, at: usize, typed: i32) -> Diagnostic {
    let year = scene.inputs.dossier.year.number;
    let place = passage.place(at..at + "2021年".len(), scene.inputs.sources);
    let message = format!("写的是{typed}年，这份报告是{year}年度的");
    Diagnostic::new(Code::JB5014, message).at(place).hint("写成 {{ 年度 }}年，来年不用再改")
}
