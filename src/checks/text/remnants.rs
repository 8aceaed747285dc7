//! JB5010: a phrase of the template, or an instruction to the author, that was left in the text.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::passages::{HOLE, Passage, THIS_YEAR};
use super::{LABEL_LIMIT, Scene};
use crate::diagnostic::{Code, Diagnostic, Label};
use crate::source::{FileId, Place, shorten};

/// Each phrase as a pattern; where it has a group, the group is the phrase.
const PHRASES: &str = concat!(
    r"（可根据[^，。；（）]{0,12}(?:添加|增加|增减|调整)[^，。；（）]{0,4}(?:项目|内容|行)）",
    r"|（(?:在这里|在此|请在此)[^）]{0,40}）|（(?:写明|请写明|请填写|请注明)[^）]{0,40}）",
    r"|请(?:在此)?(?:填写|填入)|(?:此处|在此)(?:填写|填入)|(?:^|[（：:。])(待(?:补充|填写|完善))(?:$|[）。])|TODO(?:[:：]|$)|FIXME",
    r"|（如有）|本专项综合评[分价]|可本年度|某某(?:[县市区州]某某)?[县市区州局]?|某财[绩预监函]〔",
    r"|(?:[^A-Za-z0-9]|^)([XxＸ×]{2,}[县市区镇局年月日万元委办中厅单部科股项])",
    r"|(?:[^A-Za-z0-9×]|^)([XＸ×]{2,})(?:[^A-Za-z0-9×+＋]|$)",
    r"|_{3,}|＿{2,}|（[ \u{3000}]*）",
);

/// A whole paragraph that only says what is to stand there.
const WHOLE: &str = r"^（第[一二三四五六七八九十]+[个项条][^（）]{0,20}）$";

static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!("{PHRASES}|{WHOLE}")).ok());

/// One phrase in a text.
struct Remnant {
    phrase: String,
    place: Option<Place>,
}

/// One finding a file: a new dossier is full of such phrases.
pub(super) fn check(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    let mut files: Vec<(Option<FileId>, Vec<Remnant>)> = Vec::new();
    for passage in &scene.passages {
        let file = passage.whole().map(|place| place.file);
        let found = remnants(scene, passage);
        match files.iter_mut().find(|(known, _)| *known == file) {
            Some((_, list)) => list.extend(found),
            None => files.push((file, found)),
        }
    }
    findings.extend(files.iter().filter_map(|(_, list)| finding(list)));
}

fn remnants(scene: &Scene<'_>, passage: &Passage<'_>) -> Vec<Remnant> {
    phrases(&passage.text)
        .into_iter()
        .map(|range| Remnant {
            phrase: passage.text[range.clone()].replace([HOLE, THIS_YEAR], "…"),
            place: passage.place(range, scene.inputs.sources),
        })
        .collect()
}

/// Where the phrases of a text are.
fn phrases(text: &str) -> Vec<Range<usize>> {
    let Some(pattern) = PATTERN.as_ref() else { return Vec::new() };
    let whole = |found: regex::Captures<'_>| {
        let phrase = found.iter().skip(1).flatten().next().or_else(|| found.get(0))?;
        Some(phrase.range())
    };
    pattern.captures_iter(text).filter_map(whole).collect()
}

fn finding(list: &[Remnant]) -> Option<Diagnostic> {
    let (first, others) = list.split_first()?;
    let count = if others.is_empty() { String::new() } else { format!("，这个文件里共 {} 处", list.len()) };
    let message = format!("模板用语“{}”没有改{count}", shorten(&first.phrase));
    let mut finding = Diagnostic::new(Code::JB5010, message).at(first.place).hint("换成本单位的内容，或删去");
    let label = |remnant: &Remnant| Some(Label { place: remnant.place?, message: "这里也没有改".to_owned() });
    finding.labels.extend(others.iter().take(LABEL_LIMIT).filter_map(label));
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_of_templates_are_known_and_ordinary_words_are_not() {
        assert!(PATTERN.is_some());
        for (text, phrase) in [
            ("支出5.33万元（可根据本单位实际添加项目）；", "（可根据本单位实际添加项目）"),
            ("（在这里写部门职能、内设机构。）我单位", "（在这里写部门职能、内设机构。）"),
            ("（写明评分理由和佐证）", "（写明评分理由和佐证）"),
            ("XX县财政局", "XX县"),
            ("按××要求", "××"),
            ("xx年度", "xx年"),
            ("某某县水利局", "某某县"),
            ("某某县某某局", "某某县某某局"),
            ("某财绩〔2026〕1号", "某财绩〔"),
            ("公务用车（如有）", "（如有）"),
            ("本专项综合评分为92分", "本专项综合评分"),
            ("会议费支出情况：可本年度会议费", "可本年度"),
            ("成效：待补充。", "待补充"),
            ("TODO", "TODO"),
            ("（第一项重点工作。）", "（第一项重点工作。）"),
            ("共____万元", "____"),
        ] {
            let found: Vec<&str> = phrases(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, [phrase], "{text}");
        }
        for text in [
            "采用7×24小时值守",
            "规格为20××30XXL",
            "本部门绩效自评（见附件）",
            "可根据预算调整支出结构，请各单位填报数据前核对",
            "写明责任，在此基础上补充完善",
            "第一项重点工作（第二项措施）已完成",
        ] {
            let found: Vec<&str> = phrases(text).into_iter().map(|range| &text[range]).collect();
            assert!(found.is_empty(), "{text}: {found:?}");
        }
    }
}
