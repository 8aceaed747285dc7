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
    let read: Vec<_> = examined.sources.files().map(|file| examined.sources.path(file)).collect();
    assert!(read.iter().all(|path| !path.ends_with("2021/scores.yaml")), "{read:?}");
}

#[test]
fn figures_may_not_use_scores_of_any_year() {
    let county = County::new().with_blocks("  - 表: {标题: 甲, 逐年: 2, 行: [[分, =得分], [总分, =总分]]}");
    let county = county.write("2022/figures.yaml", "预算: {总计: 1160.00}\n支出: {合计: 1090.00}\n得分: =总分\n");
    let examined = jibao::examine(county.path(), 2023);
    let said = |f: &jibao::diagnostic::Diagnostic| f.message == "“2022年 得分”的公式：没有“总分”这个数据项";
    assert!(examined.findings.iter().any(said), "{:?}", examined.findings);
}
