//! Ways of writing a report that are met in published ones: numbering of its own, skipped levels, problems in pairs, lists
//! that are complete or not, several budget units, rows repeated for each item, the author's own identities.

use jibao::compose::{BlockView, ReportView};
use serde_json::Value;

use crate::support::{Dossier, printed};

const SECTION: &str = "2025/sections/02-overview.yaml";
const FIGURES: &str = "2025/figures.yaml";

fn view(dossier: &Dossier) -> ReportView {
    let examined = jibao::examine(dossier.path(), 2025);
    let open: Vec<_> = examined.findings.iter().filter(|finding| finding.blocks()).collect();
    assert!(open.is_empty(), "{open:#?}");
    examined.report.expect("a report").view
}

/// The numbers of headings and items of the first section with a heading.
fn numbers(view: &ReportView) -> Vec<String> {
    let number = |block: &BlockView| match block {
        BlockView::Heading { number, .. } | BlockView::Item { number, .. } => Some(number.clone()),
        _ => None,
    };
    view.body.iter().filter_map(number).collect()
}

fn codes(dossier: &Dossier) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let findings = dossier.check().findings();
    let open = findings.iter().filter(|finding| finding["code"] != "JB5010");
    open.map(|finding| (text(&finding["code"]), text(&finding["subject"]))).collect()
}

#[test]
fn numbering_is_set_level_by_level_and_a_heading_may_go_without() {
    let dossier = Dossier::init()
        .replace("2025/report.yaml", "封面: true", "编号: [第一部分, 一、, （一）]\n封面: true")
        .write(
            SECTION,
            "标题: 概况\n正文:\n  - 小节: {标题: 甲, 正文: [甲。]}\n  - 小节: {标题: 附记, 编号: false, 正文: [乙。]}\n  - 小节:\n      标题: 丙\n      正文:\n        - 小节: {标题: 丁, 正文: [丁。]}\n",
        );
    let numbers = numbers(&view(&dossier));
    assert_eq!(numbers[..5], ["第一部分\u{3000}", "一、", "", "二、", "（一）"]);
}

#[test]
fn a_level_may_be_skipped_and_not_risen_above() {
    let section = |level| format!("标题: 概况\n正文:\n  - 小节: {{标题: 甲, 级别: {level}, 正文: [甲。]}}\n");
    let skipped = Dossier::init().write(SECTION, section(3));
    assert_eq!(numbers(&view(&skipped))[..2], ["一、", "1."]);
    assert_eq!(codes(&Dossier::init().write(SECTION, section(1)))[0].0, "JB1016");
}

#[test]
fn problems_and_measures_stand_in_pairs() {
    let pairs = "- {问题: 进度偏慢, 措施: 按月调度}\n        - {问题: 目标笼统。, 措施: 逐项量化。}\n";
    let together = Dossier::init().write(SECTION, format!("标题: 问题\n正文:\n  - 成对:\n        {pairs}"));
    let text = printed(&view(&together));
    assert!(text.contains("1.进度偏慢。按月调度。2.目标笼统。逐项量化。"), "{text}");
    let pairs = pairs.replace("        - ", "          - ");
    let apart = Dossier::init()
        .write(SECTION, format!("标题: 问题\n正文:\n  - 成对:\n      样式: 分列\n      项:\n          {pairs}"));
    let text = printed(&view(&apart));
    assert!(text.contains("1.进度偏慢。2.目标笼统。改进措施：1.按月调度。2.逐项量化。"), "{text}");
    let half = Dossier::init().write(SECTION, "标题: 问题\n正文:\n  - 成对:\n      - {问题: 进度偏慢}\n");
    assert_eq!(codes(&half)[0].0, "JB1014");
}

#[test]
fn a_complete_list_must_add_up_and_one_of_some_must_not_exceed() {
    let list = |word: &str, amount: &str| {
        let dossier = Dossier::init().replace(
            FIGURES,
            "会议费: 0.80",
            &format!("会议费: 0.80\n杂项: {{列举: {word}, 甲: {amount}, 乙: 2.00, 其中乙一: {{值: 1.00, 属于: 乙}}, 合计: 5.00}}"),
        );
        codes(&dossier)
    };
    let wrong = |code: &str| vec![(code.to_owned(), "杂项".to_owned())];
    assert_eq!(list("全部", "3.00"), []);
    assert_eq!(list("全部", "3.01"), wrong("JB3002"));
    assert_eq!(list("全部", "2.50"), wrong("JB3001"));
    assert_eq!(list("其中", "2.50"), []);
    assert_eq!(list("其中", "3.50"), wrong("JB3001"));
}

#[test]
fn a_list_of_some_projects_is_held_to_no_more_than_their_total() {
    let listed = |word: &str, amount: &str| {
        let list = format!(
            "    明细:\n      列举: {word}\n      列举总数: =支出.项目支出.合计\n      信息化运行维护: {amount}"
        );
        let dossier = Dossier::init().replace(FIGURES, "    明细:\n      信息化运行维护: 112.50", &list);
        codes(&dossier.replace(FIGURES, "    合计: =合计(明细)", "    合计: 212.50"))
    };
    assert_eq!(listed("其中", "12.50"), []);
    assert_eq!(listed("其中", "113.50"), [("JB3001".to_owned(), "支出.项目支出.明细".to_owned())]);
    assert_eq!(listed("全部", "12.50").len(), 2);
}

#[test]
fn what_is_part_of_a_sibling_does_not_exceed_it() {
    let part = |amount: &str| {
        let text = format!("会议费: 0.80\n杂项: {{甲: 3.00, 甲一: {{值: {amount}, 属于: 甲}}}}");
        codes(&Dossier::init().replace(FIGURES, "会议费: 0.80", &text))
    };
    assert_eq!(part("2.00"), []);
    assert_eq!(part("3.50"), [("JB3001".to_owned(), "杂项.甲".to_owned())]);
    let unknown =
        Dossier::init().replace(FIGURES, "会议费: 0.80", "会议费: 0.80\n杂项: {甲: 3.00, 乙: {值: 1.00, 属于: 丙}}");
    assert_eq!(codes(&unknown)[0].0, "JB2004");
}

const UNITS: &str = "
预算单位:
  局本级: {预算: {总计: 500.00}, 收入: {合计: 500.00}, 支出: {基本支出: 300.00, 项目支出: 200.00, 合计: 500.00}}
  服务中心: {预算: {总计: 40.00}, 收入: {合计: 30.00}, 支出: {基本支出: 22.50, 项目支出: 12.50, 合计: 35.00}}
";

#[test]
fn units_add_up_at_two_levels_and_fill_a_table() {
    let whole = || {
        let path = Dossier::init();
        let text = std::fs::read_to_string(path.path().join(FIGURES)).unwrap();
        path.write(FIGURES, text + UNITS)
            .write(SECTION, "标题: 概况\n正文:\n  - 表: 部门收支分单位表\n  - 表: {列: [单位, 支出], 行: [{逐项: 预算单位, 格: ['{{ 本项名称 }}', =支出.合计]}]}\n")
    };
    assert_eq!(codes(&whole()), []);
    let text = printed(&view(&whole()));
    assert!(text.contains("局本级500.00500.00500.00300.00200.00服务中心40.0030.0035.0022.5012.50"), "{text}");
    assert!(text.contains("单位支出局本级500.00服务中心35.00"), "{text}");
    let off = whole().replace(FIGURES, "项目支出: 12.50, 合计: 35.00", "项目支出: 13.50, 合计: 35.00");
    let expected = [("JB3001", "各预算单位项目支出汇总"), ("JB3001", "预算单位支出构成：预算单位.服务中心")];
    let mut found = codes(&off);
    found.sort();
    assert_eq!(found, expected.map(|(code, subject)| (code.to_owned(), subject.to_owned())));
}

#[test]
fn authors_add_identities_of_their_own() {
    let rule =
        |right: &str| format!("勾稽关系:\n  - {{名称: 会议培训, 左: 会议费 + 培训费, 关系: 不大于, 右: {right}}}\n");
    let with = |file: &str, right: &str| {
        let dossier = Dossier::init();
        let text = std::fs::read_to_string(dossier.path().join(file)).unwrap();
        codes(&dossier.write(file, format!("{text}{}", rule(right))))
    };
    for file in ["unit.yaml", "2025/report.yaml"] {
        assert_eq!(with(file, "'3'"), []);
        assert_eq!(with(file, "'2'"), [("JB3001".to_owned(), "会议培训".to_owned())]);
        assert_eq!(
            with(file, "会议非"),
            [("JB2004".to_owned(), "会议培训".to_owned())],
            "a misspelt name is not passed over"
        );
    }
}

#[test]
fn derived_figures_are_at_hand_and_give_way_to_written_ones() {
    let text = "标题: 概况\n正文:\n  - 执行率{{ 派生.预算执行率 }}%。\n";
    assert!(printed(&view(&Dossier::init().write(SECTION, text))).contains("执行率99.07%"));
    let own = Dossier::init().write(SECTION, text).replace(
        FIGURES,
        "会议费: 0.80",
        "会议费: 0.80\n派生: {预算执行率: {值: 98.00, 单位: '%'}}",
    );
    assert!(printed(&view(&own)).contains("执行率98.00%"));
}

#[test]
fn last_year_s_closing_is_this_year_s_opening() {
    let dossier = Dossier::copy_of("samples/demo").replace("2023/figures.yaml", "填报: 48.60", "填报: 48.70");
    let found: Vec<_> = codes(&dossier).into_iter().filter(|(code, _)| code == "JB3004").collect();
    assert_eq!(found, [("JB3004".to_owned(), "年初结转与上年年末衔接".to_owned())]);
    let findings = dossier.check().findings();
    let finding = findings.iter().find(|finding| finding["code"] == "JB3004").unwrap();
    let files: Vec<_> =
        finding["labels"].as_array().unwrap().iter().map(|label| label["file"].as_str().unwrap()).collect();
    assert!(files.iter().any(|file| file.ends_with("2022/figures.yaml")), "both years are shown: {files:?}");
}

#[test]
fn what_is_possible_but_not_plausible_is_asked_for() {
    let spent = |amount: &str| {
        let dossier = Dossier::init()
            .replace(FIGURES, "合计: {填报: 535.00, 公式: =基本支出.合计 + 项目支出.合计}", &format!("合计: {amount}"))
            .replace(
                FIGURES,
                "年末: {填报: 5.00, 公式: =收入.合计 + 年初.合计 - 支出.合计}",
                "年末: =收入.合计 + 年初.合计 - 支出.合计",
            );
        codes(&dossier).into_iter().filter(|(code, _)| code == "JB3005").map(|(_, subject)| subject).collect::<Vec<_>>()
    };
    assert_eq!(spent("535.00"), Vec::<String>::new());
    let explained = spent("{值: 300.00, 说明: 汛期停工，资金结转下年}");
    assert_eq!(explained, Vec::<String>::new(), "a reason is enough");
    // 440 ÷ 540 = 81.48 %: below what the other indicators score.
    assert_eq!(spent("440.00"), ["指标得分与预算执行率相称"]);
    assert_eq!(spent("300.00").len(), 3);
}
