//! What people wrote and nobody may pass over: found by those who tried to break the program or used it for the first time.

use serde_json::Value;

use crate::support::{Dossier, jibao, printed};

const FIGURES: &str = "2025/figures.yaml";
const SCORES: &str = "2025/scores.yaml";
const TEXT: &str = "2025/sections/02-overview.yaml";

fn codes(dossier: &Dossier) -> Vec<String> {
    dossier.check().findings().iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
}

fn figures(from: &str, to: &str) -> Vec<String> {
    codes(&Dossier::init().replace(FIGURES, from, to))
}

/// A dossier with a profile of its own, whose one index system has these rows.
fn with_rows(rows: &str, scores: &str) -> Dossier {
    let dossier = Dossier::init().replace("unit.yaml", "体例: department-overall", "体例: 自定");
    let folder = dossier.path().join("体例/自定");
    std::fs::create_dir_all(folder.join("indices")).unwrap();
    std::fs::write(folder.join("profile.yaml"), "名称: 自定\n继承: department-overall\n").unwrap();
    let system = format!("编号: s\n名称: 系\n性质: 已证实\n满分: 100\n指标:\n{rows}");
    std::fs::write(folder.join("indices/s.yaml"), system).unwrap();
    dossier.write(SCORES, format!("指标体系: s\n{scores}"))
}

fn row_scores(dossier: &Dossier) -> Vec<String> {
    let examined = jibao::examine(dossier.path(), 2025);
    let card = examined.report.expect("a report").scorecard.expect("scores");
    card.rows.iter().map(|row| row.score.to_string()).collect()
}

#[test]
fn amounts_below_zero_and_parts_of_people_are_asked_about() {
    assert_eq!(figures("行政实有: 19", "行政实有: 19.5"), ["JB3005"]);
    assert!(figures("公务接待费: 0.80", "公务接待费: -0.80").contains(&"JB3005".to_owned()));
    assert_eq!(figures("行政实有: 19", "行政实有: {值: 19.5, 说明: 折算}"), Vec::<String>::new());
}

#[test]
fn last_year_s_block_must_add_up_too() {
    let dossier = Dossier::init().replace(FIGURES, "公务接待费: 0.90, 合计: 4.10", "公务接待费: 0.90, 合计: 5.10");
    let findings = dossier.check().findings();
    let found: Vec<_> =
        findings.iter().map(|f| (f["code"].as_str().unwrap(), f["subject"].as_str().unwrap())).collect();
    assert_eq!(found, [("JB3001", "三公经费构成：上年")]);
}

#[test]
fn a_direction_is_not_said_twice_nor_turned_around() {
    let text =
        |words: &str| codes(&Dossier::init().write(TEXT, format!("标题: 概况\n正文:\n  - 培训费比上年{words}。\n")));
    assert_eq!(text("增加{{ 增减(培训费, 上年.培训费) }}"), ["JB5012"]);
    assert_eq!(text("减少{{ 培训费 - 上年.培训费 }}万元"), ["JB5012"]);
    assert_eq!(text("{{ 增减(培训费, 上年.培训费) }}"), Vec::<String>::new());
    assert_eq!(text("减少{{ 绝对值(培训费 - 上年.培训费) }}万元"), Vec::<String>::new());
}

#[test]
fn a_sum_over_groups_within_a_group_takes_their_totals_or_says_so() {
    let text = |path: &str| format!("标题: 概况\n正文:\n  - 共{{{{ 汇总(支出, \"{path}\") }}}}万元。\n");
    let group = Dossier::init().write(TEXT, text("明细"));
    assert_eq!(codes(&group), ["JB2003"], "a hole in the text is no way out");
    assert!(
        printed(&jibao::examine(Dossier::init().write(TEXT, text("合计")).path(), 2025).report.unwrap().view)
            .contains("共535.00万元")
    );
}

#[test]
fn another_year_is_written_in_the_dossier_s_own_profile_and_without_last_year_s_samples() {
    let dossier = Dossier::init().replace("unit.yaml", "体例: department-overall", "体例: hunan-10-60-30");
    let run = jibao().args(["init", "--unit", "某某县某某局", "--year", "2026"]).arg(dossier.path()).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let read = |file: &str| std::fs::read_to_string(dossier.path().join(file)).unwrap();
    assert!(read("2026/scores.yaml").contains("指标体系: hn-10-60-30"));
    assert!(!read("2026/figures.yaml").contains("\n上年:"), "the year before is at hand");
    assert!(read("2025/figures.yaml").contains("\n上年:"));
}

#[test]
fn a_profile_without_a_skeleton_of_its_own_is_named_in_the_new_unit_yaml() {
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::create_dir_all(folder.path().join("体例/某县")).unwrap();
    std::fs::write(folder.path().join("体例/某县/profile.yaml"), "名称: 某县\n继承: department-overall\n").unwrap();
    let init = |profile: &str, shelf: &str, into: &str| {
        let mut command = jibao();
        command.args(["init", "--profile", profile, "--profile-path"]).arg(folder.path().join(shelf));
        command.arg(folder.path().join(into)).output().unwrap()
    };
    let run = init("某县", "体例", "新");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let unit = std::fs::read_to_string(folder.path().join("新/unit.yaml")).unwrap();
    assert!(unit.contains("\n体例: 某县"), "{unit}");
    assert!(!init("../某县", "体例/某县", "别").status.success());
    assert!(!folder.path().join("别").exists());
}

const SLOTS: &str = "  - {编号: a, 一级: 产出, 二级: 数量, 分值: 60, 规则: 自设}\n  - {编号: b, 一级: 产出, 二级: 质量, 分值: 40, 规则: 自设}\n";

#[test]
fn two_slots_of_one_first_level_are_told_apart_by_the_second() {
    let own = "自设指标:\n  - {一级: 产出, 二级: 数量, 三级: 甲, 分值: 60, 目标: 1, 实际: 1}\n  - {一级: 产出, 二级: 质量, 三级: 乙, 分值: 40, 目标: 2, 实际: 1}\n";
    let dossier = with_rows(SLOTS, own);
    assert_eq!(row_scores(&dossier), ["60", "20"]);
    let misplaced = with_rows(SLOTS, &own.replace("二级: 质量", "二级: 时效"));
    assert!(codes(&misplaced).contains(&"JB1016".to_owned()));
    let elsewhere = with_rows(SLOTS, &format!("{own}评分:\n  a: {{得分: 3, 依据: 无}}\n"));
    assert_eq!(codes(&elsewhere), ["JB1016"], "what is written where nobody reads it");
}

#[test]
fn figures_of_own_indicators_are_in_the_unit_that_is_printed() {
    let row = "  - {编号: a, 一级: 产出, 分值: 100, 规则: 自设}\n";
    let own =
        |text: &str| with_rows(row, &format!("自设指标:\n  - {{一级: 产出, 二级: 甲, 三级: 乙, 分值: 100, {text}}}\n"));
    assert_eq!(row_scores(&own("目标: 10000, 实际: =培训费, 单位: 元")), ["100"]);
    assert_eq!(row_scores(&own("目标: 20000, 实际: =培训费, 单位: 元")), ["80"]);
    assert_eq!(row_scores(&own("目标: 100, 实际: =支出.合计 / 预算.总计, 单位: '%'")), ["99.07"]);
    assert!(codes(&own("目标: 20, 实际: =人员.行政实有, 单位: 万元")).contains(&"JB2006".to_owned()));
    assert!(codes(&own("比较: 定性, 系数: 0.95, 依据: 无")).contains(&"JB4002".to_owned()));
}

#[test]
fn a_row_that_does_not_apply_has_no_score_of_its_own() {
    let rows = "  - {编号: a, 一级: 甲, 二级: 乙, 三级: 丙, 分值: 40, 规则: 人工, 不适用: 满分}\n  - {编号: b, 一级: 甲, 二级: 乙, 三级: 丁, 分值: 60, 规则: 人工}\n";
    let scores =
        |a: &str| with_rows(rows, &format!("评分:\n  a: {{不适用: true, 依据: 无{a}}}\n  b: {{得分: 60, 依据: 无}}\n"));
    assert_eq!(codes(&scores("")), Vec::<String>::new());
    assert_eq!(codes(&scores(", 得分: 3")), ["JB1016"]);
}

#[test]
fn quotients_without_an_end_cost_no_step() {
    let rows = "  - 编号: a\n    一级: 甲\n    二级: 乙\n    三级: 丙\n    分值: 100\n    规则:\n      分档:\n        值: 人员.行政实有 / 57 + 人员.行政实有 / 57 + 人员.行政实有 / 57\n        档: [{至少: 1, 得: 100}, {得: 0}]\n";
    assert_eq!(row_scores(&with_rows(rows, "评分: {}\n")), ["100"]);
}

#[test]
fn two_identities_of_one_name_would_be_acknowledged_as_one() {
    let own = |name: &str| {
        let dossier = Dossier::init();
        let text = std::fs::read_to_string(dossier.path().join("unit.yaml")).unwrap();
        codes(&dossier.write("unit.yaml", format!("{text}勾稽关系:\n  - {{名称: {name}, 左: 会议费, 右: 会议费}}\n")))
    };
    assert_eq!(own("总支出构成"), ["JB1012"]);
    assert_eq!(own("会议"), Vec::<String>::new());
}

#[test]
fn a_profile_that_extends_nothing_of_its_own_name_is_not_passed_over() {
    let dossier = Dossier::init().replace("unit.yaml", "体例: department-overall", "体例: 甲");
    std::fs::create_dir_all(dossier.path().join("体例/甲")).unwrap();
    std::fs::write(dossier.path().join("体例/甲/profile.yaml"), "名称: 甲\n继承: 甲\n").unwrap();
    let run = dossier.check();
    assert_eq!((run.code, run.findings()[0]["code"].as_str()), (1, Some("JB1016")));
}

#[test]
fn one_finding_is_one_line_whatever_a_name_holds() {
    let dossier = Dossier::init();
    let text = std::fs::read_to_string(dossier.path().join("unit.yaml")).unwrap();
    let rule = "勾稽关系:\n  - {名称: \"甲\\n::warning::乙\", 左: 会议费, 右: 培训费}\n";
    let run = dossier.write("unit.yaml", text + rule).run(&["check", "--format", "short"]);
    let lines: Vec<&str> = run.stdout.lines().filter(|line| !line.contains("JB5010")).collect();
    assert!(matches!(lines.as_slice(), [one] if one.contains("JB3001")), "{lines:?}");
}

#[test]
fn percentages_may_be_held_against_numbers() {
    let dossier = Dossier::init();
    let text = std::fs::read_to_string(dossier.path().join("unit.yaml")).unwrap();
    let rule =
        |least: &str| format!("{text}勾稽关系:\n  - {{名称: 甲, 左: 绩效.满意度, 关系: 不小于, 右: '{least}'}}\n");
    let found = |least: &str| -> Vec<Value> { Dossier::init().write("unit.yaml", rule(least)).check().findings() };
    assert_eq!(found("90"), Vec::<Value>::new());
    assert_eq!(found("97").len(), 1);
}

/// The JB5004 of a section with these paragraphs: message, line and column.
fn unseen(paragraphs: &str) -> Vec<(String, u64, u64)> {
    let run = Dossier::init().write(TEXT, format!("标题: 概况\n正文:\n{paragraphs}")).check();
    let findings = run.findings();
    assert!(findings.iter().all(|finding| finding["code"] == "JB5004"), "{findings:#?}");
    let at = |finding: &Value, key: &str| finding[key].as_u64().unwrap();
    let told = findings.iter();
    told.map(|one| (one["message"].as_str().unwrap().to_owned(), at(one, "line"), at(one, "column"))).collect()
}

#[test]
fn each_kind_of_character_that_nobody_sees_is_counted_and_shown_where_the_first_stands() {
    let said = "文字里有看不见的字符，已略去：U+00AD（SOFT HYPHEN）2个、U+2066（LEFT-TO-RIGHT ISOLATE）1个";
    assert_eq!(unseen("  - 甲。\n  - 甲\u{AD}乙\u{2066}丙\u{AD}。\n"), [(said.to_owned(), 4, 6)]);
    for c in ["\u{200B}", "\u{200F}", "\u{202A}", "\u{202E}", "\u{2060}", "\u{2064}", "\u{2069}"] {
        assert_eq!(unseen(&format!("  - 甲乙{c}。\n")).iter().map(|one| (one.1, one.2)).collect::<Vec<_>>(), [(3, 7)]);
    }
}

#[test]
fn a_byte_order_mark_in_a_text_hides_no_other_finding_and_moves_no_place() {
    let said = "文字里有看不见的字符，已略去：U+FEFF（ZERO WIDTH NO-BREAK SPACE）1个".to_owned();
    assert_eq!(unseen("  - 甲\u{FEFF}乙。\n"), [(said.clone(), 3, 6)]);
    assert_eq!(unseen("  - |\n    甲\u{FEFF}乙。\n"), [(said, 4, 6)]);
    let both = Dossier::init().write(TEXT, "标题: 概况\n正文:\n  - {\u{FEFF}文: 甲}\n").check().findings();
    let told: Vec<_> =
        both.iter().map(|one| (one["code"].as_str().unwrap(), one["column"].as_u64().unwrap())).collect();
    assert_eq!(told[0], ("JB5004", 6));
    assert!(told.len() == 2 && told[1].1 == 7, "{both:#?}");
    let figures = Dossier::init().replace(FIGURES, "行政实有: 19", "行政\u{FEFF}实有: 19").check().findings();
    assert_eq!(figures.iter().map(|one| one["code"].as_str().unwrap()).collect::<Vec<_>>(), ["JB5004"]);
}
