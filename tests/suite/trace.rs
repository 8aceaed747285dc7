//! Where a number comes from: inputs, formulas, rounding, and the place on the page.

use std::collections::BTreeMap;

use jibao::diagnostic::Diagnostic;
use jibao::typeset::{FontSet, PageNumber, pages_of_prints, typeset};
use serde_json::Value;
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

use crate::support::{Dossier, Run, jibao, root};

fn explain(path: &str, name: &str, more: &[&str]) -> Run {
    jibao().current_dir(root()).args(["explain", path, name]).args(more).output().unwrap().into()
}

fn json(path: &str, name: &str) -> Value {
    let run = explain(path, name, &["--format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    serde_json::from_str(&run.stdout).expect("one line of JSON")
}

/// The line of a file on which a text stands; it stands there once.
fn line_of(file: &str, text: &str) -> usize {
    let content = std::fs::read_to_string(root().join(file)).unwrap();
    let mut lines = content.lines().enumerate().filter(|(_, line)| line.contains(text));
    let (line, _) = lines.next().unwrap_or_else(|| panic!("{file} has no {text:?}"));
    assert!(lines.next().is_none(), "{text:?} stands twice");
    line + 1
}

#[test]
fn a_stated_total_is_followed_to_the_lines_of_its_inputs() {
    let trace = json("samples/huidong/2021", "支出.合计");
    let figure = &trace["subject"];
    assert_eq!((&trace["schema"], &figure["kind"], &figure["origin"]), (&1.into(), &"figure".into(), &"stated".into()));
    assert_eq!((&figure["value"]["exact"], &figure["check"]["verdict"]), (&"1406.80".into(), &"相符".into()));
    assert_eq!((&figure["basis"], &figure["value"]["slack"]), (&"决算数".into(), &"0.005".into()));
    let file = "samples/huidong/2021/figures.yaml";
    assert_eq!(figure["at"]["file"], file);
    assert_eq!(figure["at"]["line"], line_of(file, "填报: 1406.80"));
    let inputs = figure["formula"]["inputs"].as_array().unwrap();
    let names: Vec<&str> = inputs.iter().map(|input| input["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["支出.基本支出.合计", "支出.项目支出.合计", "支出.其他支出.合计"]);
    assert_eq!(inputs[1]["at"]["line"], line_of(file, "财政拨款项目支出}"));
    // The published fault: the filled-in 352.02 against 421.43 by its parts, acknowledged with a reason.
    let basic = &inputs[0];
    assert_eq!((&basic["value"]["exact"], &basic["check"]["verdict"]), (&"352.02".into(), &"不符".into()));
    assert_eq!(
        (&basic["formula"]["value"]["exact"], &basic["check"]["difference"]),
        (&"421.43".into(), &"-69.41".into())
    );
    assert!(basic["check"]["acknowledged"].as_str().is_some_and(|reason| reason.contains("69.41")));
    let parts: Vec<&Value> =
        basic["formula"]["inputs"].as_array().unwrap().iter().map(|part| &part["at"]["line"]).collect();
    assert_eq!(
        parts,
        [&line_of(file, "人员经费: 309.83"), &line_of(file, "补助: 69.41"), &line_of(file, "公用经费: 42.19")]
    );
}

#[test]
fn a_figure_is_found_in_text_table_and_score_sheet_with_its_page() {
    let trace = json("samples/huidong/2021", "支出.合计");
    let places = trace["printed"].as_array().unwrap();
    let kinds: Vec<&str> = places.iter().map(|place| place["spot"]["part"]["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["paragraph", "paragraph", "cell", "cell"]);
    assert!(places.iter().all(|place| place["page"]["printed"].as_u64().is_some_and(|page| page > 1)));
    let table = &places[2]["spot"]["part"];
    assert!(table["table"].as_str().unwrap().starts_with("表2"), "{table}");
    assert_eq!((&table["row"], &table["name"], &table["column"]), (&7.into(), &"总计".into(), &"金额".into()));
    assert_eq!((&places[3]["expression"], &places[3]["text"]), (&"zj1".into(), &"5.34".into()));
    let skipped = explain("samples/huidong/2021", "支出.合计", &["--no-pages", "--format", "json"]);
    let skipped: Value = serde_json::from_str(&skipped.stdout).unwrap();
    assert_eq!((&skipped["pages"], &skipped["printed"][0]["page"]), (&"skipped".into(), &Value::Null));
}

#[test]
fn the_tree_reads_well_on_a_terminal() {
    let run = explain("samples/huidong/2021", "支出.合计", &[]);
    let at =
        format!("samples/huidong/2021/figures.yaml:{}:12", line_of("samples/huidong/2021/figures.yaml", "1406.80"));
    for part in [
        format!("支出.合计 = 1406.80万元  填报 1406.80  {at}\n").as_str(),
        "│  公式 基本支出.合计 + 项目支出.合计 + 其他支出.合计 = 1406.80万元，相符",
        "├─ 支出.基本支出.合计 = 352.02万元  填报 352.02",
        "└─ 支出.其他支出.合计 = 5.33万元",
        "   └─ 支出.其他支出.党组织活动经费 = 0.24万元",
        "2位（照填报的位数），四舍五入（unit.yaml）；舍入误差至多 0.005",
        "表2　2021年度收支总表 第7行“总计”“金额”列  第",
    ] {
        assert!(run.stdout.contains(part), "{part} not in\n{}", run.stdout);
    }
    let coloured = explain("samples/huidong/2021", "支出.合计", &["--no-pages", "--color", "always"]);
    assert!(coloured.stdout.contains(&format!("\u{1b}[2m{at}\u{1b}[0m")), "{}", coloured.stdout);
}

#[test]
fn last_year_is_followed_into_its_own_folder() {
    let trace = json("samples/demo/2023", "结转结余.年初.调整前");
    let before = &trace["subject"]["formula"]["inputs"][0];
    assert_eq!((&before["name"], &before["year"]), (&"2022年 结转结余.年末".into(), &2022.into()));
    assert_eq!(before["at"]["file"], "samples/demo/2022/figures.yaml");
    let names: Vec<&str> =
        before["formula"]["inputs"].as_array().unwrap().iter().map(|input| input["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["2022年 收入.合计", "2022年 结转结余.年初.合计", "2022年 支出.合计"]);
    assert_eq!(json("samples/demo/2023", "上年.结转结余.年末")["subject"]["at"], before["at"]);
}

#[test]
fn a_dossier_answers_for_each_of_its_years() {
    let run = explain("samples/demo", "支出.合计", &["--format", "json", "--no-pages"]);
    let years: Vec<Value> =
        run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["year"].clone()).collect();
    assert_eq!(years, [2022, 2023]);
}

#[test]
fn identities_are_shown_with_both_sides_and_what_follows() {
    let holds = json("samples/huidong/2021", "总支出构成")["subject"].clone();
    assert_eq!(
        (&holds["verdict"], &holds["difference"], &holds["number"]),
        (&"holds".into(), &"0".into(), &"I2".into())
    );
    assert_eq!(
        (&holds["left"]["value"]["exact"], &holds["right"]["value"]["exact"]),
        (&"1406.80".into(), &"1406.80".into())
    );
    let several = json("samples/huidong/2021", "i1")["subject"].clone();
    assert_eq!(several["identities"].as_array().map(Vec::len), Some(2));
    let verdict = |from: &str, to: &str| {
        let dossier = Dossier::init().replace("2025/figures.yaml", from, to);
        let run = dossier_explain(&dossier, "总支出构成");
        let trace: Value = serde_json::from_str(&run.stdout).unwrap();
        (trace["subject"]["verdict"].clone(), trace["subject"]["reason"].clone(), trace["pages"].clone())
    };
    assert_eq!(verdict("填报: 535.00", "填报: 535.01").0, "tail");
    assert_eq!(verdict("填报: 535.00", "填报: 536.00"), ("fails".into(), Value::Null, "blocked".into()));
    let (unjudged, why, _) = verdict("合计: {填报: 535.00, 公式: =基本支出.合计 + 项目支出.合计}", "合计: ~");
    assert_eq!(unjudged, "unjudged");
    assert!(why.as_str().is_some_and(|why| why.contains("支出.合计”未填")), "{why}");
}

fn dossier_explain(dossier: &Dossier, name: &str) -> Run {
    jibao().args(["explain", "--format", "json"]).arg(dossier.path()).arg(name).output().unwrap().into()
}

#[test]
fn scores_show_rule_arithmetic_and_grounds() {
    let run = explain("samples/huidong/2021", "zj1", &[]);
    for part in [
        "部门预算资金支出率 = 5.34分（分值 6）",
        "规则 比率",
        "计算 6 × 1406.80 ÷ 1580.13 = 5.341838… → 5.34（四舍五入，2位）",
        "依据 按全年总支出与预算收入总计之比计算。  samples/huidong/2021/scores.yaml:",
        "├─ 支出.合计 = 1406.80万元",
        "└─ 预算.总计 = 1580.13万元",
    ] {
        assert!(run.stdout.contains(part), "{part} not in\n{}", run.stdout);
    }
    let bands = explain("samples/huidong/2021", "结转结余率", &["--no-pages"]).stdout;
    assert!(bands.contains("≤ 0.1 得 3  ← 0 在这一档"), "{bands}");
    let by_hand = explain("samples/huidong/2021", "bz1", &["--no-pages"]).stdout;
    assert!(by_hand.contains("填报 扣 1  samples/huidong/2021/scores.yaml:9:"), "{by_hand}");
    let own = explain("tests/cases/own-indicators", &own_id(), &["--no-pages"]).stdout;
    assert!(own.contains("15 × 9 ÷ 10 = 13.5"), "{own}");
    let total = json("samples/huidong/2021", "总分");
    let rows = total["subject"]["rows"].as_array().unwrap();
    let sum: rust_decimal::Decimal =
        rows.iter().map(|row| row["score"].as_str().unwrap().parse::<rust_decimal::Decimal>().unwrap()).sum();
    assert_eq!((sum.normalize().to_string().as_str(), rows.len()), ("92", 24));
    assert_eq!(total["printed"].as_array().map(Vec::len), Some(2), "in the text and on the sheet");
    let grade = json("samples/huidong/2021", "等级");
    assert_eq!(
        (&grade["subject"]["bands"][0]["name"], &grade["subject"]["bands"][0]["reached"]),
        (&"优".into(), &true.into())
    );
}

/// A year of one indicator system of its own, whose rows share weights, with sheet columns of its own heads.
fn shared_weights() -> Dossier {
    let system = "编号: bx
名称: 本县评分表
性质: 已证实
满分: 21
表列: [{内容: 三级, 宽: 3}, {内容: 分值, 宽: 1}, {内容: 得分, 名称: 自评得分, 宽: 1}, {内容: 依据, 名称: 说明, 宽: 3}]
指标:
  - {编号: a1, 一级: 甲, 二级: 子, 三级: 项一, 分值: 6, 不适用: 分摊, 规则: {比率: 支出.合计 / 预算.总计}}
  - {编号: a2, 一级: 甲, 二级: 子, 三级: 项二, 分值: 7, 规则: {比率: 支出.合计 / 预算.总计}}
  - {编号: a3, 一级: 甲, 二级: 丑, 三级: 项三, 分值: 8, 不适用: 满分, 规则: {比率: 支出.合计 / 预算.总计}}
";
    let dossier = Dossier::copy_of("tests/cases/own-indicators");
    std::fs::create_dir_all(dossier.path().join("体例/本县/indices")).unwrap();
    dossier
        .write("unit.yaml", "单位名称: 测试局\n体例: 本县\n")
        .write("体例/本县/profile.yaml", "名称: 本县体例\n继承: department-overall\n删去: [gd3-placeholder, form-10-50-30-10]\n")
        .write("体例/本县/indices/bx.yaml", system)
        .write("2023/figures.yaml", "预算: {总计: 100}\n支出: {合计: 95}\n")
        .write("2023/scores.yaml", "指标体系: bx\n评分:\n  a1: {不适用: true, 依据: 无此业务}\n  a2: {}\n  a3: {不适用: true, 依据: 无此业务}\n")
}

/// What `explain` says of a name.
fn told(dossier: &Dossier, id: &str) -> Value {
    let run = dossier_explain(dossier, id);
    serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{} {}", run.stdout, run.stderr))
}

#[test]
fn scores_of_shared_weights_and_of_rows_that_do_not_apply_are_those_of_the_sheet() {
    let dossier = shared_weights();
    let shared = told(&dossier, "a2")["subject"].clone();
    assert_eq!((&shared["weight"], &shared["score"]), (&"13".into(), &"12.35".into()));
    assert_eq!(
        shared["arithmetic"],
        serde_json::json!(["7 × 95 ÷ 100 = 6.65", "分摊后分值 13：6.65 × 13 ÷ 7 = 12.35"])
    );
    for (id, words) in [("a1", "不适用，分值由同组分摊"), ("a3", "不适用，按满分计")] {
        let row = told(&dossier, id)["subject"].clone();
        assert_eq!((&row["arithmetic"], &row["needs"]), (&serde_json::json!([words]), &serde_json::json!([])));
    }
}

#[test]
fn total_and_grade_are_found_under_the_heads_of_the_sheet() {
    let dossier = shared_weights();
    for (name, head) in [("总分", "自评得分"), ("等级", "说明")] {
        let trace = told(&dossier, name);
        let places = trace["printed"].as_array().unwrap();
        assert!(places.iter().any(|place| place["spot"]["part"]["column"] == head), "{name}: {places:#?}");
    }
}

#[test]
fn own_indicators_are_compared_in_one_unit_with_the_target_that_counts() {
    let own = |indicator: &str, figures: &str| {
        let dossier = Dossier::copy_of("tests/cases/own-indicators").replace(
            "2023/scores.yaml",
            "目标: 10, 实际: 9, 单位: 个",
            indicator,
        );
        let path = dossier.path().join("2023/figures.yaml");
        let before = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("{before}\n{figures}\n")).unwrap();
        dossier
    };
    let id = own_id();
    let cases = [
        (
            "目标: 95, 实际: =达标率",
            "达标率: {值: 93.1, 单位: '%'}",
            "14.7",
            ["目标 ≥ 95%，实际 93.1%", "15 × 93.1 ÷ 95 = 14.7"],
        ),
        (
            "目标: =计划额, 实际: =完成额",
            "计划额: {值: 1, 单位: 万元}\n完成额: {值: 9000, 单位: 元}",
            "13.5",
            ["目标 ≥ 10000元，实际 9000元", "15 × 9000 ÷ 10000 = 13.5"],
        ),
        (
            "目标: =原数, 调整目标: =调整数, 实际: 9",
            "原数: 100\n调整数: 10",
            "13.5",
            ["目标 ≥ 10万元，实际 9万元", "15 × 9 ÷ 10 = 13.5"],
        ),
    ];
    for (indicator, figures, score, steps) in cases {
        let row = told(&own(indicator, figures), &id)["subject"].clone();
        assert_eq!((&row["score"], &row["arithmetic"]), (&score.into(), &serde_json::json!(steps)), "{indicator}");
    }
    let adjusted = own("目标: =原数, 调整目标: =调整数, 实际: 9", "原数: 100\n调整数: 10");
    let on_sheet = |name: &str| {
        let trace = told(&adjusted, name);
        trace["printed"].as_array().unwrap().iter().any(|place| place["expression"] == id.as_str())
    };
    assert_eq!((on_sheet("调整数"), on_sheet("原数")), (true, false));
    assert_eq!(told(&adjusted, &id)["subject"]["needs"][0]["name"], "调整目标");
    let by_coefficient = own("比较: 定性, 目标: 好, 系数: 90, 依据: 有", "");
    assert_eq!(told(&by_coefficient, &id)["subject"]["given"]["text"], "系数 90");
}

#[test]
fn an_identity_that_check_passes_over_does_not_hold() {
    let judged = |figures: &str, identity: &str| {
        let dossier = Dossier::copy_of("tests/cases/own-indicators");
        let path = dossier.path().join("2023/figures.yaml");
        let before = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("{before}\n{figures}\n")).unwrap();
        let path = dossier.path().join("2023/report.yaml");
        let before = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("{before}\n勾稽关系: [{{名称: 试核, {identity}}}]\n")).unwrap();
        told(&dossier, "试核")["subject"].clone()
    };
    let groups = "甲组: {一: {数: 5, 和: 5}, 二: {数: 6, 和: 7}, 三: {数: 1, 和: 9}}";
    let outside = "和: 8\n甲组: {一: {数: 5}, 二: {数: 6, 和: 6}}";
    let cases = [
        (
            "清单: {列举: 其中, 甲: 1, 乙: 2}\n总: 5",
            "左: 合计(清单), 右: 总",
            ("unjudged", "-2", Some("只列了其中一部分"), None),
        ),
        (
            "率: 5\n限: {值: 3, 说明: 上级另有规定}",
            "种类: 合理性, 左: 率, 关系: 不大于, 右: 限",
            ("explained", "2", Some("上级另有规定"), None),
        ),
        (
            "率: {值: 5, 口径: 决算数}\n限: {值: 3, 口径: 预算数}",
            "同口径: true, 左: 率, 右: 限",
            ("unjudged", "2", Some("决算数、预算数"), None),
        ),
        (groups, "逐组: 甲组, 左: 数, 右: 和", ("fails", "-1", None, Some("甲组.二"))),
        (outside, "逐组: 甲组, 左: 数, 右: 和", ("unjudged", "-3", Some("这一组以外"), Some("甲组.一"))),
        ("甲组: {一: {数: 5, 和: 5}}", "逐组: 甲组, 左: 数, 右: 和", ("holds", "0", None, Some("甲组.一"))),
    ];
    for (figures, identity, (verdict, difference, reason, member)) in cases {
        let found = judged(figures, identity);
        assert_eq!(
            (&found["verdict"], &found["difference"], found["member"].as_str()),
            (&verdict.into(), &difference.into(), member),
            "{identity}: {found:#}"
        );
        assert_eq!(found["reason"].as_str().is_some(), reason.is_some(), "{found:#}");
        assert!(found["reason"].as_str().unwrap_or_default().contains(reason.unwrap_or_default()), "{found:#}");
    }
}

/// The 编号 of the own indicator that reached 9 of 10.
fn own_id() -> String {
    let card = jibao::examine(&root().join("tests/cases/own-indicators"), 2023).report.unwrap().scorecard.unwrap();
    card.rows.into_iter().find(|row| row.score.to_string() == "13.5").unwrap().id
}

#[test]
fn any_expression_can_be_asked_for() {
    let trace = json("samples/huidong/2021", "=合计(会议费、培训费)");
    assert_eq!(
        (&trace["subject"]["kind"], &trace["subject"]["value"]["exact"]),
        (&"expression".into(), &"4.11".into())
    );
    let kept = json("samples/huidong/2021", "保留(占比(支出.合计, 预算.总计), 1)");
    let rounding = &kept["subject"]["value"]["rounding"];
    assert_eq!(
        (&rounding["places"], &rounding["places_by"], &rounding["mode_by"]),
        (&1.into(), &"expression".into(), &"unit".into())
    );
    // The same expression stands in the demo's text.
    let printed = json("samples/demo/2023", "占比(支出.基本支出.合计,支出.合计)");
    assert_eq!(printed["printed"].as_array().map(Vec::len), Some(1));
    let words = json("samples/demo/2023", "同比(支出.合计, 上年.支出.合计)");
    assert!(words["subject"]["words"].as_str().is_some_and(|words| words.contains("万元，")));
}

#[test]
fn a_name_that_nothing_has_ends_with_2_and_the_nearest() {
    for (name, said) in [
        ("支出.合汁", "是不是想写“支出.合计”？"),
        ("总支出构城", "“总支出构成”"),
        ("zj9", "想写“zj"),
        ("支出", "是一组数据项，写到具体的一项，如 支出.一般公共预算"),
        ("支出.合计 + 人员.行政编制", "算不出来：单位不一致"),
    ] {
        let run = explain("samples/huidong/2021", name, &["--no-pages"]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""));
        assert!(run.stderr.contains(said), "{name}: {}", run.stderr);
    }
    let one: Run = jibao().args(["explain", "samples"]).output().unwrap().into();
    assert_eq!(one.code, 2);
}

#[test]
fn shared_inputs_come_once_and_deep_chains_end() {
    let links: Vec<String> = (1..200).map(|i| format!("链{i}: =链{} + 链{}", i - 1, i - 1)).collect();
    let dossier = Dossier::init();
    let path = dossier.path().join("2025/figures.yaml");
    let own = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("{own}\n链0: 0\n{}\n双: =链3 + 链4\n", links.join("\n"))).unwrap();
    let deep: Run = dossier_explain(&dossier, "链199");
    assert_eq!(deep.code, 0, "{}", deep.stderr);
    assert_eq!(deep.stdout.matches("\"left_out\":true").count(), 1);
    let shared = dossier_explain(&dossier, "双");
    assert_eq!(shared.stdout.matches("\"name\":\"链3\"").count(), 2);
    assert_eq!(shared.stdout.matches("\"shown_above\":true").count(), 1, "{}", shared.stdout);
}

/// The text of each page, without white space.
fn page_texts(document: &PagedDocument) -> Vec<String> {
    fn collect(frame: &Frame, into: &mut String) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => collect(&group.frame, into),
                FrameItem::Text(text) => into.push_str(&text.text),
                _ => {}
            }
        }
    }
    let text = |frame: &Frame| {
        let mut text = String::new();
        collect(frame, &mut text);
        text.chars().filter(|c| !c.is_whitespace()).collect::<String>()
    };
    document.pages().iter().map(|page| text(&page.frame)).collect()
}

/// Every report that can be laid out: its prints and pages, and the texts of the latter with and without marks.
fn laid_out(path: &str, year: i32) -> (jibao::Examined, BTreeMap<usize, PageNumber>, Vec<String>, Vec<String>) {
    let examined = jibao::examine(&root().join(path), year);
    assert!(!examined.findings.iter().any(Diagnostic::blocks), "{path}");
    let report = examined.report.as_ref().expect("a report");
    let fonts = FontSet::new(&[], false).unwrap();
    let plain = typeset(&report.view, &fonts, &mut Vec::new()).expect("pages");
    let marked = typeset(&report.marked_view(&examined.sources), &fonts, &mut Vec::new()).expect("pages");
    let pages = pages_of_prints(&marked);
    let texts = (page_texts(&plain), page_texts(&marked));
    (examined, pages, texts.0, texts.1)
}

/// A page's text without its number, `—12—`, which stands last.
fn without_folio(page: &str) -> &str {
    let inside = page.strip_suffix('—').map(|rest| rest.trim_end_matches(|c: char| c.is_ascii_digit()));
    inside.and_then(|rest| rest.strip_suffix('—')).unwrap_or(page)
}

const REPORTS: [(&str, i32); 4] =
    [("samples/huidong", 2021), ("samples/demo", 2022), ("samples/demo", 2023), ("tests/cases/own-indicators", 2023)];

#[test]
fn every_print_stands_on_the_page_that_is_named_and_marks_move_nothing() {
    for (path, year) in REPORTS {
        let (examined, pages, plain, marked) = laid_out(path, year);
        assert_eq!(plain.len(), marked.len());
        for (plain, marked) in plain.iter().zip(&marked) {
            // A mark may shift the break of its line by a character, which shows where that line is a page's last.
            assert!(plain.chars().count().abs_diff(marked.chars().count()) <= 1, "{path}: {plain} {marked}");
        }
        let whole = |pages: &[String]| pages.iter().map(|page| without_folio(page)).collect::<String>();
        assert_eq!(whole(&plain), whole(&marked), "{path}");
        for (number, print) in examined.report.unwrap().prints.iter().enumerate() {
            let page = pages.get(&number).unwrap_or_else(|| panic!("{path}: no page for {print:?}"));
            // What begins at the foot of a page may end on the next, with the folio between.
            let digits = |c: char| !c.is_ascii_digit() && c != '.';
            let mut numbers = print.text.split(digits).filter(|number| !number.is_empty());
            let first = numbers.next().unwrap_or(&print.text);
            let here = without_folio(&plain[page.sheet - 1]);
            let next = plain.get(page.sheet).map_or("", String::as_str);
            // A number may be parted where the page ends.
            let parted = (1..first.len()).filter(|at| first.is_char_boundary(*at)).any(|at| {
                let (foot, top) = first.split_at(at);
                here.ends_with(foot) && next.starts_with(top)
            });
            assert!(here.contains(first) || parted, "{path}: {first} is not on {page:?}: {print:?}");
            assert!(
                numbers.all(|number| here.contains(number) || next.contains(number)),
                "{path}: {page:?}: {print:?}"
            );
        }
    }
}

#[test]
fn every_placeholder_of_every_sample_is_found_on_a_page() {
    let mut counted = 0;
    for (path, year) in REPORTS {
        let (examined, pages, ..) = laid_out(path, year);
        let report = examined.report.unwrap();
        for file in examined.sources.files() {
            let text = examined.sources.text(file);
            let written = text.match_indices("{{").map(|(at, _)| at);
            let line = |at: usize| &text[text[..at].rfind('\n').map_or(0, |newline| newline + 1)..at];
            for at in written.filter(|&at| !line(at).trim_start().starts_with('#')) {
                let end = at + text[at..].find("}}").expect("an end");
                let mut prints = report.prints.iter().enumerate();
                let found = prints.any(|(number, print)| {
                    let place = print.place.filter(|place| place.file == file && (at..end).contains(&place.start));
                    place.is_some() && pages.contains_key(&number)
                });
                assert!(found, "{}: {}", examined.sources.path(file), &text[at..end]);
                counted += 1;
            }
        }
    }
    assert!(counted > 100, "{counted}");
}

#[test]
fn a_cover_shifts_printed_numbers_against_sheets() {
    // The demo's cover and its blank back come before page 1.
    let trace = json("samples/demo/2023", "采购.执行率");
    let page = &trace["printed"][0]["page"];
    assert_eq!(page["sheet"].as_u64().unwrap() - page["printed"].as_u64().unwrap(), 2);
    let run = explain("samples/demo/2023", "采购.执行率", &[]);
    assert!(run.stdout.contains("（PDF 的第"), "{}", run.stdout);
}
