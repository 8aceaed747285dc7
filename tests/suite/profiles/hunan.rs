//! `hunan-10-60-30`: the score sheet of `samples/hunan`, worked out by hand, and the edges of its rules.

use jibao::diagnostic::Code;

use super::sheet::{card, found, passes, score, scores};
use crate::support::{Dossier, printed};

const YEAR: i32 = 2018;
const FIGURES: &str = "2018/figures.yaml";
const SCORES: &str = "2018/scores.yaml";

fn sample() -> Dossier {
    Dossier::copy_of("samples/hunan")
}

fn with(from: &str, to: &str) -> Dossier {
    sample().replace(FIGURES, from, to)
}

#[test]
fn the_sample_and_a_new_dossier_pass() {
    passes("samples/hunan", "hunan-10-60-30");
}

#[test]
fn every_row_is_what_is_worked_out_by_hand() {
    let card = card(&sample(), YEAR);
    let expected = [
        ("h1", "5"),     // 97 ÷ 98 = 98.98 %, not above 100 %: full
        ("h2", "5"),     // (30.00 − 31.50) ÷ 31.50 = −4.76 %, not above 0: full
        ("h3", "5"),     // (62.30 + 4986 + 450.70 − 70.85) ÷ 5499.00 = 98.71 %: 1.29 % below, no full 5 %
        ("h4", "4"),     // 450.70 ÷ 4986.00 = 9.04 %: the step up to 10 %
        ("h5", "5"),     // nothing was built: full
        ("h6", "5"),     // nothing was built: full
        ("h7", "8"),     // 204.95 ÷ 206.00 = 99.49 %: full
        ("h8", "7"),     // (0 + 0 + 22.36 + 3.846) ÷ 30.00 = 87.35 %: full
        ("h9", "5"),     // 574 ÷ 612 = 93.79 %: 6.21 % off, one full 5 %, 6 − 2 = 4; people put 5 in its place
        ("h10", "7.5"),  // given
        ("h11", "5"),    // 6 − 1
        ("h12", "5"),    // given
        ("h13", "7.33"), // 8 × 11 ÷ 12 = 7.333…
        ("h14", "9"),    // given
        ("h15", "5.5"),  // given
        ("h16", "6"),    // 92.6 %, at least 90 %
    ];
    let expected: Vec<_> = expected.map(|(id, score)| (id, score.to_owned())).into();
    assert_eq!(scores(&card), expected);
    // 投入 5 + 5 = 10; 过程 5 + 4 + 5 + 5 + 8 + 7 + 5 + 7.5 + 5 + 5 = 56.5; 产出及效率 7.33 + 9 + 5.5 + 6 = 27.83.
    assert_eq!((card.total.to_string().as_str(), card.grade.as_deref()), ("94.33", Some("优")));
    assert_eq!(card.full.to_string(), "100");
}

#[test]
fn only_rows_that_public_text_confirms_go_without_a_mark() {
    let card = card(&sample(), YEAR);
    let confirmed: Vec<&str> = card.rows.iter().filter(|row| !row.unconfirmed).map(|row| row.id.as_str()).collect();
    assert_eq!(confirmed, ["h1", "h2", "h3", "h4", "h5", "h6"]);
    let weights: rust_decimal::Decimal = card.rows.iter().filter(|row| !row.unconfirmed).map(|row| row.weight).sum();
    assert_eq!(weights.to_string(), "30");
    assert!(card.notices.iter().any(|notice| notice.contains('※')), "{:?}", card.notices);
}

#[test]
fn staff_beyond_the_establishment_cost_half_a_point_a_full_point() {
    // 编制 1000 = 926 + 68 + 6; the scores are 5 − 0.5 × full points.
    for (staff, expected) in
        [("1000", "5"), ("1009", "5"), ("1010", "4.5"), ("1019", "4.5"), ("1020", "4"), ("1200", "0")]
    {
        let dossier = with("行政: 24", "行政: 926").replace(FIGURES, "在职: 97", &format!("在职: {staff}"));
        assert_eq!(score(&dossier, YEAR, "h1"), expected, "{staff} of 1000");
    }
}

#[test]
fn the_three_public_rate_is_that_of_the_two_budgets() {
    // 本年 30.00. Last year's final accounts (27.72) would make it +8.23 %: they do not count.
    for (before, expected) in [("30.00", "5"), ("29.71", "5"), ("29.70", "4.5"), ("28.00", "1.5"), ("20.00", "0")] {
        // 30 ÷ 29.71 = 100.98 %; 30 ÷ 29.70 = 101.01 %; 30 ÷ 28 = 107.14 %, 5 − 7 × 0.5; 30 ÷ 20 = 150 %.
        let dossier = with("三公经费: 31.50", &format!("三公经费: {before}"));
        assert_eq!(score(&dossier, YEAR, "h2"), expected, "{before}");
    }
    let text = printed(&jibao::examine(sample().path(), YEAR).report.expect("a report").view);
    assert!(text.contains("预算变动率−4.76%"), "the derived figure has the same base as the row");
}

#[test]
fn each_full_five_per_cent_not_completed_costs_two_points() {
    // (5000 − 年末) ÷ 5000 with 年初 14 + 4986 + 0.
    for (closing, expected) in [("249.99", "5"), ("250", "3"), ("500", "1"), ("750", "0")] {
        let dossier = with("年初: {合计: 62.30}", "年初: {合计: 14}")
            .replace(
                FIGURES,
                "年末: {填报: 70.85, 公式: =收入.合计 + 年初.合计 - 支出.合计}",
                &format!("年末: {closing}"),
            )
            .replace(FIGURES, "人员经费及公用经费: 64.50", "人员经费及公用经费: 0")
            .replace(FIGURES, "项目经费: 386.20", "项目经费: 0");
        assert_eq!(score(&dossier, YEAR, "h3"), expected, "{closing}");
        assert_eq!(score(&dossier, YEAR, "h4"), "5", "no supplement is full");
    }
}

#[test]
fn a_supplement_on_a_bound_belongs_to_the_better_step() {
    // 追加 ÷ 年初 4986: 498.60 is 10 %, 997.20 is 20 %, 1495.80 is 30 %.
    for (supplement, expected) in
        [("498.60", "4"), ("498.61", "3"), ("997.20", "3"), ("997.21", "2"), ("1495.80", "2"), ("1495.81", "0")]
    {
        let dossier = with("人员经费及公用经费: 64.50", "人员经费及公用经费: 0").replace(
            FIGURES,
            "项目经费: 386.20",
            &format!("项目经费: {supplement}"),
        );
        assert_eq!(score(&dossier, YEAR, "h4"), expected, "{supplement}");
    }
}

#[test]
fn what_was_built_is_scored_and_what_was_not_is_full() {
    let built = |area: &str| {
        with("批准面积: {值: ~", "批准面积: {值: 2000")
            .replace(FIGURES, "实际面积: {值: ~", &format!("实际面积: {{值: {area}"))
            .replace(SCORES, "h5: {不适用: true, 依据", "h5: {依据")
    };
    // 2000 × 1.05 = 2100, × 1.10 = 2200.
    for (area, expected) in [("2000", "5"), ("2099", "5"), ("2100", "3"), ("2200", "1"), ("2300", "0")] {
        assert_eq!(score(&built(area), YEAR, "h5"), expected, "{area}");
    }
    let cost = with("批准概算: ~", "批准概算: 400.00").replace(FIGURES, "实际投资: ~", "实际投资: 421.00").replace(
        SCORES,
        "h6: {不适用: true, 依据",
        "h6: {依据",
    );
    // 421 ÷ 400 = 105.25 %: one full 5 %.
    assert_eq!(score(&cost, YEAR, "h6"), "3");
    let undeclared = sample().replace(SCORES, "h5: {不适用: true, 依据", "h5: {依据");
    assert!(found(&undeclared, YEAR).contains(&(Code::JB4004, "h5".to_owned())), "~ is neither 0 nor full");
}

#[test]
fn costs_beyond_their_budget_lose_a_point_a_full_per_cent() {
    // 预算 206.00: 208.05 is 100.995 %, 208.06 is 101 %, 210.13 is 102.005 %.
    for (operating, expected) in [("208.05", "8"), ("208.06", "7"), ("210.13", "6")] {
        let dossier = with("    公用经费: 204.95", &format!("    公用经费: {operating}"));
        assert_eq!(score(&dossier, YEAR, "h7"), expected, "{operating}");
    }
    // 运行维护 + 接待 3.846 over 30.00: 26.454 makes 30.30, 101 %.
    for (vehicles, expected) in [("26.453", "7"), ("26.454", "6")] {
        let dossier = with("{值: 22.36, 属于", &format!("{{值: {vehicles}, 属于"));
        assert_eq!(score(&dossier, YEAR, "h8"), expected, "{vehicles}");
    }
}

#[test]
fn procurement_loses_points_on_both_sides() {
    let ruled = || sample().replace(SCORES, "改定: 5, 理由: 低于预算的部分多为招标节约，财政部门核对后只扣1分, ", "");
    // 612 × 0.95 = 581.40, × 0.90 = 550.80, × 1.05 = 642.60.
    for (amount, expected) in
        [("574.00", "4"), ("581.40", "4"), ("581.41", "6"), ("550.80", "2"), ("642.59", "6"), ("642.60", "4")]
    {
        let dossier = ruled().replace(FIGURES, "实际金额: 574.00", &format!("实际金额: {amount}"));
        assert_eq!(score(&dossier, YEAR, "h9"), expected, "{amount}");
    }
}

#[test]
fn satisfaction_on_a_bound_belongs_to_the_better_step() {
    for (rate, expected) in [("90", "6"), ("89.9", "4"), ("80", "4"), ("79.9", "2"), ("70", "2"), ("69.9", "0")] {
        let dossier = with("满意度: {值: 92.6", &format!("满意度: {{值: {rate}"));
        assert_eq!(score(&dossier, YEAR, "h16"), expected, "{rate}");
    }
}

#[test]
fn units_headcounts_and_projects_must_add_up_on_both_levels() {
    let broken = |from: &str, to: &str| -> Vec<String> {
        found(&with(from, to), YEAR).into_iter().map(|(_, subject)| subject).collect()
    };
    let names = |subjects: Vec<String>, wanted: &str| {
        assert!(subjects.iter().any(|subject| subject.contains(wanted)), "{wanted} not in {subjects:?}");
    };
    names(broken("基本支出: 731.00", "基本支出: 731.01"), "各预算单位基本支出汇总");
    names(broken("年末: 29.45", "年末: 29.46"), "各预算单位收支与结转平衡：预算单位.局机关");
    names(broken("编制: 30, 在职: 30", "编制: 30, 在职: 29"), "各预算单位在职人数汇总");
    names(broken("治超站运行: 98.50", "治超站运行: 89.50"), "各预算单位项目支出汇总");
    names(broken("    公用经费: 198.00\n", "    公用经费: 197.00\n"), "年初批复收支相等");
}
