//! No bytes make it panic, and whatever is found has a place inside its file.

use std::path::Path;

use jibao::Examined;
use jibao::diagnostic::{Diagnostic, Renderer, Style, to_json_line};
use proptest::prelude::*;
use tempfile::TempDir;

use super::{YEAR, cases};
use crate::support::Dossier;

/// Every kind of file that a dossier can hold.
const FILES: [&str; 7] = [
    "unit.yaml",
    "2025/report.yaml",
    "2025/figures.yaml",
    "2025/sections/01-text.yaml",
    "2025/scores.yaml",
    "体例/自定/profile.yaml",
    "体例/自定/indices/form.yaml",
];

/// What the files hold where they are not the one that is tried.
const SOUND: [&str; 7] = [
    "单位名称: 某某县水利局\n体例: 自定\n",
    "标题: 报告\n勾稽关系: [{名称: 核对, 左: 支出.合计, 右: 甲 + 乙}]\n附件: [{标题: 评分表, 内容: 评分表}]\n",
    "预算: {总计: 9}\n支出: {合计: {填报: 3, 公式: =甲 + 乙}}\n甲: 1\n乙: 2\n",
    "正文:\n  - 支出{{ 支出.合计 }}万元，{{ 总分 }}分。\n  - 表: {列: [项目, 数], 行: [[甲, =甲]]}\n",
    "指标体系: 甲\n评分: {a1: {得分: 5, 依据: 台账}}\n",
    "名称: 自定\n继承: department-overall\n数据项: {甲: {单位: 万元}, 乙: {单位: 万元}}\n",
    "编号: 甲\n名称: 甲\n性质: 占位\n满分: 10\n指标: [{编号: a1, 一级: 甲, 分值: 5, 规则: 人工}, {编号: a2, 一级: 甲, 分值: 5, 规则: {比率: 甲 / 乙}}]\n",
];

/// Pieces that text of such a file is made of, rightly or wrongly.
const PIECES: &[&str] = &[
    "\n",
    "\n",
    "\n  ",
    "\n    ",
    "\n- ",
    "\n  - ",
    ": ",
    ":",
    "：",
    "，",
    ", ",
    "{",
    "}",
    "[",
    "]",
    "{{ ",
    " }}",
    "|\n",
    ">\n",
    "#",
    "'",
    "\"",
    "~",
    "&a",
    "*a",
    "!!",
    "\t",
    "\u{3000}",
    "---",
    "true",
    "=",
    "=甲 + 乙",
    "=合计(支出)",
    "='",
    "1.00",
    "-5",
    "1,0",
    "９",
    "99999999999999999999999999999",
    "0.00000000000000000000000000001",
    "甲",
    "乙",
    "支出",
    "合计",
    "填报",
    "公式",
    "值",
    "单位",
    "万元",
    "%",
    "名称",
    "单位名称",
    "体例",
    "继承",
    "自定",
    "标题",
    "正文",
    "小节",
    "列表",
    "表",
    "列",
    "行",
    "格",
    "指标体系",
    "评分",
    "得分",
    "扣",
    "系数",
    "改定",
    "理由",
    "自设指标",
    "勾稽关系",
    "左",
    "右",
    "逐组",
    "数据项",
    "派生数据项",
    "指标",
    "编号",
    "分值",
    "规则",
    "比率",
    "分档",
    "档",
    "至多",
    "得",
    "扣分",
    "限",
    "每",
    "列举",
    "属于",
    "上年",
    "已知差异",
    "代码",
    "位置",
    "落款",
    "日期",
    "2025-02-30",
    "附件",
    "页面",
    "金额",
    "小数位",
    "原样",
    "汇总(支出, \"合计\")",
    "占比(甲, 乙)",
    "1/0",
    "**",
    "若有(甲)",
    "历年(甲)",
    "本项",
    "不适用",
];

fn content() -> impl Strategy<Value = Vec<u8>> {
    let pieces =
        prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat().into_bytes());
    let keyed = (0..SOUND.len(), pieces.clone(), any::<prop::sample::Index>()).prop_map(|(file, pieces, at)| {
        let sound = SOUND[file].as_bytes();
        let at = at.index(sound.len());
        [&sound[..at], &pieces, &sound[at..]].concat()
    });
    prop_oneof![
        2 => prop::collection::vec(any::<u8>(), 0..200),
        2 => any::<String>().prop_map(String::into_bytes),
        4 => pieces,
        4 => keyed,
    ]
}

fn write(root: &Path, file: &str, content: &[u8]) {
    let path = root.join(file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, content).unwrap();
}

/// Both forms in which a finding is shown, and every place of it.
fn look_at(examined: &Examined, findings: &[Diagnostic]) -> Result<(), TestCaseError> {
    let sources = &examined.sources;
    for finding in findings {
        for style in [Style::Human, Style::Short] {
            let shown = Renderer { style, color: false }.render(finding, sources);
            prop_assert!(!shown.is_empty());
        }
        prop_assert!(!to_json_line(finding, sources).is_empty());
        for place in finding.place.into_iter().chain(finding.labels.iter().map(|label| label.place)) {
            let text = sources.text(place.file);
            prop_assert!(place.start <= place.end && place.end <= text.len(), "{finding:?}");
            prop_assert!(text.is_char_boundary(place.start) && text.is_char_boundary(place.end), "{finding:?}");
            for offset in [place.start, place.end] {
                let at = sources.position(place.file, offset);
                let line = text.split('\n').nth(at.line - 1);
                prop_assert!(line.is_some_and(|line| at.column <= line.chars().count() + 1), "{at:?} {finding:?}");
            }
        }
    }
    Ok(())
}

/// A change of a sample's text.
#[derive(Debug, Clone)]
enum Change {
    Insert(&'static str),
    Byte(u8),
    Cut(usize),
    DoubleLine,
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => prop::sample::select(PIECES).prop_map(Change::Insert),
        1 => any::<u8>().prop_map(Change::Byte),
        2 => (1_usize..40).prop_map(Change::Cut),
        1 => Just(Change::DoubleLine),
    ]
}

fn changed(text: &[u8], change: &Change, at: usize) -> Vec<u8> {
    let (head, tail) = text.split_at(at);
    let line = || tail.iter().position(|&b| b == b'\n').map_or(tail, |end| &tail[..=end]);
    match change {
        Change::Insert(piece) => [head, piece.as_bytes(), tail].concat(),
        Change::Byte(byte) => [head, &[*byte], &tail[1..]].concat(),
        Change::Cut(length) => [head, &tail[(*length).min(tail.len())..]].concat(),
        Change::DoubleLine => [head, line(), tail].concat(),
    }
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn no_content_of_any_file_makes_it_panic(file in 0..FILES.len(), content in content()) {
        let folder = TempDir::new().unwrap();
        for (name, sound) in FILES.iter().zip(SOUND) {
            write(folder.path(), name, sound.as_bytes());
        }
        write(folder.path(), FILES[file], &content);
        let examined = jibao::examine(folder.path(), YEAR);
        look_at(&examined, &examined.findings)?;
    }
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn findings_in_a_changed_sample_have_places(
        file in prop::sample::select(vec![
            "unit.yaml", "2021/report.yaml", "2021/figures.yaml", "2021/scores.yaml",
            "2021/sections/01-preamble.yaml", "2021/sections/06-expenditure.yaml",
        ]),
        changes in prop::collection::vec((change(), any::<prop::sample::Index>()), 1..4),
    ) {
        let dossier = Dossier::copy_of("samples/huidong");
        let path = dossier.path().join(file);
        let mut text = std::fs::read(&path).unwrap();
        for (change, at) in &changes {
            text = changed(&text, change, at.index(text.len()));
        }
        std::fs::write(path, text).unwrap();
        let examined = jibao::examine(dossier.path(), 2021);
        look_at(&examined, &examined.findings)?;
        for finding in &examined.findings {
            prop_assert!(finding.place.is_some(), "{finding:?}");
        }
    }
}
