//! Scores of other years.

use jibao::Examined;
use jibao::diagnostic::{Code, Severity};

use super::{County, YEARS, table};
use crate::support::printed;

const SCORES: &str = "  - 表: {标题: 历年得分, 逐年: 5, 行: [[总分, =总分], [等级, =等级]]}";

#[test]
fn a_year_scores_in_a_later_report_as_in_its_own() {
    let county = County::new().with_blocks(SCORES);
    let rows = table(&county.clean(2023).view);
    let (totals, grades): (Vec<_>, Vec<_>) = YEARS
        .iter()
        .map(|(year, ..)| {
            let card = county.clean(*year).scorecard.unwrap();
            (card.total.normalize().to_string(), card.grade.unwrap())
        })
        .unzip();
    assert_eq!(rows[1], format!("总分|{}", totals.join("|")));
    assert_eq!(rows[2], format!("等级|{}", grades.join("|")));
    assert_eq!(totals, ["91.4", "96", "88.04", "96.38", "69.04"], "worked out by hand");
}

#[test]
fn a_change_two_years_back_changes_the_score_that_looks_back_to_it() {
    let county = County::new().with_blocks(SCORES);
    // 2021 looks back to 2020: 1064.00 is then more than a tenth above.
    let county = county.write("2020/figures.yaml", "预算: {总计: 1050.00}\n支出: {合计: 960.00}\n");
    let rows = table(&county.clean(2023).view);
    assert_eq!(rows[1], "总分|91.4|94.86|68.04|96.38|69.04");
    assert_eq!(county.clean(2021).scorecard.unwrap().total.to_string(), "68.04");
}

#[test]
fn totals_of_the_years_are_amounts() {
    let text = "  - 历年总分{{ 历年(总分) }}，平均{{ 保留(平均(历年(总分)), 2) }}分。";
    let report = County::new().with_blocks(text).clean(2023);
    assert!(
        printed(&report.view).contains("历年总分91.4、96、88.04、96.38、69.04，平均88.17分。"),
        "{}",
        printed(&report.view)
    );
    assert_eq!(report.calculator.scores_read().into_iter().collect::<Vec<_>>(), [2018, 2019, 2020, 2021, 2022]);
}

#[test]
fn the_report_s_own_total_prints_as_before() {
    let report = County::new().with_blocks("  - 得{{ 总分 }}分，{{ 等级 }}。").clean(2021);
    assert!(printed(&report.view).contains("得88.04分，等级为良"), "{}", printed(&report.view));
}

/// The findings of 2023, each with the file and text of its place.
fn told(examined: &Examined) -> Vec<(Code, String, String)> {
    let place = |finding: &jibao::diagnostic::Diagnostic| finding.place.expect("a place");
    let file = |place: jibao::source::Place| examined.sources.path(place.file).rsplit('/').next().unwrap().to_owned();
    let findings = examined.findings.iter();
    findings.map(|f| (f.code, file(place(f)), examined.sources.slice(place(f)).to_owned())).collect()
}

#[test]
fn a_year_whose_scores_are_wrong_is_left_out_and_said_where_it_is_asked_for() {
    for wrong in [
        "指标体系: county\n评分: {a1: {得分: 九十}}\n",
        "指标体系: 没有\n",
        "指标体系: county\n评分: {a9: {得分: 1}}\n",
        "评分: [\n",
    ] {
        let county = County::new().with_blocks(SCORES).write("2021/scores.yaml", wrong);
        let examined = jibao::examine(county.path(), 2023);
        assert_eq!(told(&examined), [(Code::JB4010, "02.yaml".to_owned(), "总分".to_owned())], "{wrong}");
        assert!(examined.findings[0].message.starts_with("2021年度"), "{:?}", examined.findings);
        assert_eq!(examined.findings[0].severity, Severity::Warning);
        let rows = table(&examined.report.unwrap().view);
        assert_eq!(rows[1], "总分|91.4|96|—|96.38|69.04");
        assert_eq!(rows[2], "等级|优|优|—|优|中");
    }
    let text = "  - 历年总分{{ 历年(总分) }}。";
    let county = County::new().with_blocks(text).write("2021/scores.yaml", "指标体系: 没有\n");
    let examined = jibao::examine(county.path(), 2023);
    assert_eq!(told(&examined), [(Code::JB4010, "02.yaml".to_owned(), "历年(总分)".to_owned())]);
    assert!(printed(&examined.report.unwrap().view).contains("历年总分91.4、96、96.38、69.04。"));
}

#[test]
fn a_row_without_a_score_leaves_the_year_without_a_total() {
    // The first year has nothing to look back to: a2 has no score, which its own report must mend.
    let county = County::new().with_blocks(SCORES).write("2019/scores.yaml", "指标体系: county\n");
    let examined = jibao::examine(county.path(), 2023);
    assert_eq!(told(&examined), [(Code::JB4010, "02.yaml".to_owned(), "总分".to_owned())]);
    assert_eq!(table(&examined.report.unwrap().view)[1], "总分|—|96|88.04|96.38|69.04");
}

#[test]
fn a_difference_that_can_be_acknowledged_does_not_take_the_score_away() {
    let county = County::new().with_blocks(SCORES).write("2021/scores.yaml", "指标体系: county\n总分: 90\n");
    assert_eq!(table(&county.clean(2023).view)[1], "总分|91.4|96|88.04|96.38|69.04");
}

#[test]
fn a_year_without_a_score_sheet_has_a_dash() {
    let county = County::new().with_blocks(SCORES).remove("2021/scores.yaml");
    let rows = table(&county.clean(2023).view);
    assert_eq!((rows[1].as_str(), rows[2].as_str()), ("总分|91.4|96|—|96.38|69.04", "等级|优|优|—|优|中"));
}

#[test]
fn nobody_reads_the_scores_of_another_year_unasked() {
    let county = County::new().write("2021/scores.yaml", "指标体系: 没有\n");
    let examined = jibao::examine(county.path(), 2023);
    assert!(examined.findings.is_empty());
    // The year's own score looks back to 2022 alone.
    assert_eq!(examined.report.unwrap().calculator.scores_read().into_iter().collect::<Vec<_>>(), [2022]);
}

/// The mean of the five years' totals: 88.17.
const MEAN: &str = "{{ 保留(平均(历年(总分)), 2) }}";

#[test]
fn scores_of_other_years_are_there_wherever_they_are_asked_for() {
    let chart = |rest: &str| format!("  - 图: {{类型: 柱形, 标题: 甲, {}}}", rest.replace("MEAN", MEAN));
    for block in [
        chart("数据: 历年(支出.合计)").replace("标题: 甲", &format!("标题: '{MEAN}'")),
        chart("数据: 历年(支出.合计), 注: 'MEAN'"),
        chart("数据: 历年(支出.合计), 替代文字: 'MEAN'"),
        chart("系列: [{名称: 'MEAN', 数据: 历年(支出.合计)}, {名称: 乙, 数据: 历年(预算.总计)}]"),
        chart("项: [{名称: 'MEAN', 值: =支出.合计}]"),
        format!("  - 表: {{标题: 甲, 列: [乙, '{MEAN}'], 行: [[支出, =支出.合计]]}}"),
    ] {
        let report = County::new().with_blocks(&block).clean(2023);
        assert!(serde_json::to_string(&report.view).unwrap().contains("88.17"), "{block}");
    }
    let text = format!("标题: 甲\n落款: {{日期: 2024-05-31}}\n附件: [{{标题: '{MEAN}', 正文: [乙]}}]\n");
    let report = County::new().write("2023/report.yaml", &text).clean(2023);
    assert!(serde_json::to_string(&report.view).unwrap().contains("88.17"));
}

#[test]
fn an_expression_that_is_explained_has_the_scores_of_other_years() {
    let county = County::new();
    let run: crate::support::Run = crate::support::jibao()
        .args(["explain", "--no-pages"])
        .arg(county.path().join("2023"))
        .arg("=保留(平均(历年(总分)), 2)")
        .output()
        .unwrap()
        .into();
    assert!(run.stdout.contains("88.17"), "{}", run.stdout);
}

#[test]
fn the_share_of_the_other_indicators_is_that_of_each_year() {
    let indices = super::INDICES.replace("满分: 100\n", "满分: 100\n执行率指标: a1\n");
    let rows = "  - 表: {标题: 甲, 逐年: 3, 行: [[率, '=保留(指标得分率 * 100, 0)']]}";
    let county = County::new().with_blocks(rows).write("体例/county/indices/county.yaml", &indices);
    assert_eq!(table(&county.clean(2023).view)[1], "率|75|100|25");
}

#[test]
fn main_figures_may_rest_on_the_scores_of_the_years() {
    let main = "主要数据: [{名称: 平均总分, 值: '=保留(平均(历年(总分)), 2)', 单位: 分}]\n";
    let county = County::new().write("体例/county/profile.yaml", &format!("{}{main}", super::PROFILE));
    let county = county.with_blocks("  - 表: {标题: 甲, 逐年: 2, 行: [主要数据]}");
    let rows = table(&county.clean(2023).view);
    assert_eq!(rows.last().unwrap(), "平均总分（分）|92.96|88.17");
    let county = county.write("2021/scores.yaml", "指标体系: 没有\n");
    let found = jibao::examine(county.path(), 2023);
    assert_eq!(found.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::JB4010]);
}

#[test]
fn figures_may_not_use_scores_of_any_year() {
    let county = County::new().with_blocks("  - 表: {标题: 甲, 逐年: 2, 行: [[分, =得分], [总分, =总分]]}");
    let county = county.write("2022/figures.yaml", "预算: {总计: 1160.00}\n支出: {合计: 1090.00}\n得分: =总分\n");
    let examined = jibao::examine(county.path(), 2023);
    let said = |f: &jibao::diagnostic::Diagnostic| f.message == "“2022年 得分”的公式：没有“总分”这个数据项";
    assert!(examined.findings.iter().any(said), "{:?}", examined.findings);
}
