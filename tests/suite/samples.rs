//! The samples: the published report with its six faults, and the demo that has none.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::Value;

use crate::support::{Dossier, printed, root};

/// The faults that the published report has: figure, stated, by its formula (rounded), and the other
/// figures that must be shown with it.
const FAULTS: [(&str, &str, &str, &[&str]); 6] = [
    (
        "变动.一般公共预算降幅",
        "21.99%",
        "22.00%",
        &["变动.一般公共预算减少额 = 219.79万元", "上年.支出.一般公共预算 = 999.11万元"],
    ),
    ("支出.收支结余", "0.00万元", "-5.61万元", &["收入.合计 = 1401.19万元", "支出.合计 = 1406.80万元"]),
    (
        "支出.基本支出.合计",
        "352.02万元",
        "421.43万元",
        &[
            "支出.基本支出.人员经费 = 309.83万元",
            "支出.基本支出.对个人和家庭的补助 = 69.41万元",
            "支出.基本支出.公用经费 = 42.19万元",
        ],
    ),
    (
        "支出.其他支出.合计",
        "5.33万元",
        "5.14万元",
        &["支出.其他支出.疫情防控系统 = 4.9万元", "支出.其他支出.党组织活动经费 = 0.24万元"],
    ),
    ("收入.其他收入.合计", "0.26万元", "0.24万元", &["收入.其他收入.党组织活动经费 = 0.24万元"]),
    ("支出.一般公共预算", "779.32万元", "784.24万元", &["支出.基本支出.合计 = 352.02万元"]),
];

#[test]
fn the_published_faults_are_acknowledged_and_listed() {
    let run = Dossier::copy_of("samples/huidong").check();
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let findings = run.findings();
    assert_eq!(findings.len(), FAULTS.len(), "{}", run.stdout);
    for finding in &findings {
        assert!(finding["acknowledged"].as_str().is_some_and(|reason| reason.chars().count() > 10));
    }
}

#[test]
fn without_acknowledgements_all_six_faults_block_with_both_sides() {
    let run = Dossier::copy_of("samples/huidong").cut_from("2021/report.yaml", "已知差异").check();
    assert_eq!(run.code, 1);
    let findings = run.findings();
    assert_eq!(findings.len(), FAULTS.len(), "{}", run.stdout);
    for (subject, stated, computed, others) in FAULTS {
        let finding = findings.iter().find(|f| f["subject"] == subject).unwrap_or_else(|| panic!("no {subject}"));
        assert_eq!(finding["code"], "JB2001");
        let message = finding["message"].as_str().unwrap();
        assert!(message.contains(&format!("填报 {stated}，按公式是 {computed}")), "{message}");
        assert!(finding["file"].as_str().unwrap().ends_with("figures.yaml"));
        let labels: Vec<&str> =
            finding["labels"].as_array().unwrap().iter().map(|l| l["message"].as_str().unwrap()).collect();
        for other in others {
            assert!(labels.contains(other), "{subject}: {labels:?}");
        }
        assert!(finding["labels"].as_array().unwrap().iter().all(|l| l["line"].as_u64().unwrap() > 0));
    }
}

#[test]
fn the_demo_passes_in_silence() {
    let run = Dossier::copy_of("samples/demo").run(&["check", "--deny-warnings"]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""));
}

#[test]
fn a_new_dossier_has_nothing_wrong_but_the_phrases_to_be_replaced() {
    let run = Dossier::init().check();
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let found = run.all_findings();
    let files: Vec<&str> = found.iter().map(|f| f["file"].as_str().unwrap().rsplit('/').next().unwrap()).collect();
    assert_eq!(files, ["unit.yaml", "report.yaml", "02-overview.yaml", "04-evaluation.yaml", "scores.yaml"]);
    assert!(found.iter().all(|f| f["code"] == "JB5010" && f["severity"] == "warning"), "{}", run.stdout);
}

#[test]
fn numbers_typed_in_place_of_placeholders_are_found_and_none_contradicts() {
    let dossier = Dossier::copy_of("samples/demo");
    let typed =
        dossier.replace("2023/sections/02-overview.yaml", "全年总支出{{ 支出.合计 }}万元", "全年总支出3299.60万元");
    let codes: Vec<Value> = typed.check().findings().iter().map(|f| f["code"].clone()).collect();
    assert_eq!(codes, ["JB5006"]);
    let wrong = typed.replace("2023/sections/02-overview.yaml", "3299.60万元", "3299.06万元");
    let found = wrong.check().findings();
    assert_eq!((found.len(), found[0]["code"].as_str()), (1, Some("JB5007")));
    assert_eq!(found[0]["labels"][0]["message"], "支出.合计 = 3299.60万元");
}

#[test]
fn the_published_facts_are_all_printed() {
    let examined = jibao::examine(&root().join("samples/huidong"), 2021);
    let text = printed(&examined.report.expect("a report").view);
    let facts = std::fs::read_to_string(root().join("tests/seed_facts.txt")).unwrap();
    let mut counted = 0;
    for line in facts.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (fact, times) = match line.rsplit_once(" x") {
            Some((fact, times)) if times.bytes().all(|b| b.is_ascii_digit()) => (fact, times.parse().unwrap()),
            _ => (line, 1),
        };
        let fact: String = fact.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(text.matches(fact.as_str()).count() >= times, "{fact} is not printed {times} times");
        counted += 1;
    }
    assert!(counted > 150, "{counted} facts");
}

#[test]
fn one_hundredth_in_one_figure_changes_text_tables_and_scores_and_names_what_breaks() {
    let before = Dossier::copy_of("samples/huidong");
    let after = Dossier::copy_of("samples/huidong").replace("2021/figures.yaml", "填报: 352.02", "填报: 352.03");
    let findings = after.check().findings();
    let open: Vec<(&str, &str)> = findings
        .iter()
        .filter(|f| f["acknowledged"].is_null())
        .map(|f| (f["code"].as_str().unwrap(), f["subject"].as_str().unwrap_or_default()))
        .collect();
    for broken in [("JB2002", "支出.合计"), ("JB3002", "总支出构成"), ("JB3002", "基本支出构成")] {
        assert!(open.contains(&broken), "{broken:?} not in {open:?}");
    }
    let view = |dossier: &Dossier| printed(&jibao::examine(dossier.path(), 2021).report.expect("a report").view);
    let (old, new) = (view(&before), view(&after));
    let times = old.matches("352.02").count();
    assert!(times >= 3, "printed in text and table");
    assert_eq!((new.matches("352.02").count(), new.matches("352.03").count()), (0, times));
}

#[test]
fn a_score_follows_its_figure() {
    let total = |dossier: &Dossier| {
        let report = jibao::examine(dossier.path(), 2023).report.expect("a report");
        report.scorecard.expect("scores").total
    };
    let full = total(&Dossier::copy_of("samples/demo"));
    let text = std::fs::read_to_string(root().join("samples/demo/2023/figures.yaml")).unwrap();
    let line = text.lines().find(|line| line.contains("实际金额")).expect("procurement");
    let less = Dossier::copy_of("samples/demo").replace("2023/figures.yaml", line, &halve(line));
    assert!(total(&less) < full);
}

/// The line with the amount behind 实际金额 replaced by 1.00.
fn halve(line: &str) -> String {
    let (head, tail) = line.split_once("实际金额:").expect("the key");
    let end = tail.find([',', '}', '#']).unwrap_or(tail.len());
    format!("{head}实际金额: 1.00{}", &tail[end..])
}

#[test]
fn the_score_sheet_adds_up_and_says_that_it_is_illustrative() {
    let report = jibao::examine(&root().join("samples/huidong"), 2021).report.expect("a report");
    let card = report.scorecard.as_ref().expect("scores");
    assert_eq!(card.total, Decimal::from(92));
    assert_eq!(card.rows.iter().map(|row| row.score).sum::<Decimal>(), card.total);
    assert_eq!(card.full, Decimal::ONE_HUNDRED);
    // 6 × 1406.80 ÷ 1580.13 = 5.3418…
    let rate = card.rows.iter().find(|row| row.id == "zj1").expect("the execution rate");
    assert_eq!(rate.score.to_string(), "5.34");
    let text = printed(&report.view);
    assert!(text.contains("占位") && text.contains("示例"), "the sheet says so itself");
}

#[test]
fn figures_are_exported_exactly() {
    let run = Dossier::copy_of("samples/huidong").run(&["figures", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let rows: Vec<Value> = serde_json::from_str(&run.stdout).expect("JSON");
    let values: BTreeMap<&str, &str> =
        rows.iter().filter_map(|row| Some((row["path"].as_str()?, row["value"].as_str()?))).collect();
    assert_eq!(values["优化调整.电子政务云服务"], "539.814");
    assert_eq!(values["结转结余.年末"], "0.00");
    assert_eq!(values["支出.合计"], "1406.80");
}

#[test]
fn own_indicators_fill_the_slots_and_are_scored_by_their_targets() {
    let examined = jibao::examine(&root().join("tests/cases/own-indicators"), 2023);
    assert_eq!(examined.findings, []);
    let card = examined.report.expect("a report").scorecard.expect("scores");
    let scores: Vec<String> = card.rows.iter().map(|row| row.score.to_string()).collect();
    // 执行率 10 × 380 ÷ 400 = 9.5; met 20; 15 × 9 ÷ 10 = 13.5; ≤: 15 × 4 ÷ 5 = 12; by hand 28; 满意度 met 10.
    assert_eq!(scores, ["9.5", "20", "13.5", "12", "28", "10"]);
    assert_eq!((card.total.to_string().as_str(), card.grade.as_deref()), ("93.0", Some("优")));
    let wrong =
        Dossier::copy_of("tests/cases/own-indicators").replace("2023/scores.yaml", "分值: 30", "分值: 31").check();
    assert_eq!(wrong.findings()[0]["code"], "JB4001");
}

#[test]
fn own_indicators_keep_what_people_gave_and_say_the_difference() {
    let cases = [
        ("实际: 9, 单位: 个", "实际: 9, 单位: 个, 得分: 12, 依据: 核定", "JB4005"),
        ("目标: 10, 实际: 9", "目标: '1,000', 实际: 9", "JB1018"),
        ("实际: =培训.实际", "实际: =培训.没有", "JB2004"),
        ("实际: =培训.实际", "实际: =支出.合计", "JB2006"),
    ];
    for (from, to, code) in cases {
        let run = Dossier::copy_of("tests/cases/own-indicators").replace("2023/scores.yaml", from, to).check();
        let codes: Vec<String> =
            run.findings().iter().map(|f| f["code"].as_str().unwrap().to_owned()).filter(|c| c != "JB4003").collect();
        assert_eq!(codes, [code], "{to}");
    }
}

#[test]
fn the_standard_table_adds_up_whatever_is_filled_in() {
    let dossier = Dossier::init()
        .replace("2025/figures.yaml", "  其他收入: {合计: 0}", "  其他收入: {合计: 1}\n  上级补助收入: 20\n  经营收入: 3\n  事业收入: 4\n  附属单位上缴收入: 5")
        .replace("2025/figures.yaml", "合计: =财政拨款.合计 + 其他收入.合计", "合计: =财政拨款.合计 + 其他收入.合计 + 上级补助收入 + 经营收入 + 事业收入 + 附属单位上缴收入")
        .replace("2025/figures.yaml", "  年末: {填报: 5.00, 公式: =收入.合计 + 年初.合计 - 支出.合计}", "  使用非财政拨款结余: 6\n  结余分配: 7\n  年末: =收入.合计 + 年初.合计 + 使用非财政拨款结余 - 支出.合计 - 结余分配");
    assert_eq!(dossier.check().findings(), Vec::<Value>::new());
    let view = jibao::examine(dossier.path(), 2025).report.expect("a report").view;
    let body = serde_json::to_value(&view.body).unwrap();
    let table = body.as_array().unwrap().iter().find(|b| b["kind"] == "table").expect("the table");
    for (name, amount) in [(0, 1), (2, 3)] {
        let mut sum = Decimal::ZERO;
        let mut total = None;
        for row in table["rows"].as_array().unwrap() {
            let cell = |i: usize| row["cells"][i]["text"].as_str().unwrap();
            let (text, number) = (cell(name), cell(amount).parse::<Decimal>().ok());
            let part = row["cells"][name]["indent"] != 0 || text.starts_with('\u{3000}');
            match number {
                Some(number) if row["total"] == true => total = Some(number),
                Some(number) if !part => sum += number,
                _ => {}
            }
        }
        assert_eq!(Some(sum), total);
    }
}

#[test]
fn last_year_s_computed_figures_are_compared_too() {
    let dossier = Dossier::copy_of("samples/demo");
    let before = std::fs::read_to_string(dossier.path().join("2022/figures.yaml")).unwrap();
    // A formula that nothing of 2023 reads before the comparison.
    assert!(before.contains("合计: =因公出国境费 + 公务用车购置费"));
    let path = dossier.path().join("2023/figures.yaml");
    let figures = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, figures + "\n上年:\n  三公经费: {合计: 99.99}\n").unwrap();
    let findings = dossier.check().findings();
    let found: Vec<_> = findings.iter().map(|f| (f["code"].as_str(), f["subject"].as_str())).collect();
    assert_eq!(found, [(Some("JB2009"), Some("上年.三公经费.合计"))]);
}

#[test]
fn rounding_is_set_for_the_dossier_one_figure_or_one_placeholder() {
    let dossier = Dossier::init()
        .replace("unit.yaml", "舍入: 四舍五入", "舍入: 四舍六入五成双")
        .replace("2025/figures.yaml", "会议费: 0.80", "会议费: {值: 0.86, 小数位: 1, 舍入: 截断}\n半分: 2.345")
        .replace(
            "2025/sections/04-evaluation.yaml",
            "- 经自评",
            "- 甲{{ 会议费 }}乙{{ 保留(会议费, 1, \"四舍五入\") }}丙{{ 半分 }}丁{{ 保留(半分, 2, \"四舍五入\") }}戊经自评",
        );
    assert_eq!(dossier.check().findings(), Vec::<Value>::new());
    let text = printed(&jibao::examine(dossier.path(), 2025).report.expect("a report").view);
    assert!(text.contains("甲0.8乙0.9丙2.34丁2.35戊"), "{text}");
}
