//! `sichuan-25-30-45`: the score sheet of `samples/sichuan`, worked out by hand, and the edges of its rules.

use jibao::diagnostic::Code;

use super::sheet::{card, found, passes, score, scores};
use crate::support::{Dossier, printed};

const YEAR: i32 = 2022;
const FIGURES: &str = "2022/figures.yaml";
const SCORES: &str = "2022/scores.yaml";

fn sample() -> Dossier {
    Dossier::copy_of("samples/sichuan")
}

fn with(from: &str, to: &str) -> Dossier {
    sample().replace(FIGURES, from, to)
}

#[test]
fn the_sample_and_a_new_dossier_pass() {
    passes("samples/sichuan", "sichuan-25-30-45");
}

#[test]
fn every_row_is_what_is_worked_out_by_hand() {
    let card = card(&sample(), YEAR);
    let expected = [
        ("d1", "5"),
        ("d2", "4.5"),
        ("d3", "5"),
        ("d4", "4.5"),
        ("d5", "5"),
        ("d6", "1"),
        ("d7", "0.99"), // 1 × 1881.00 万元 ÷ 0.19 亿元 = 1881 ÷ 1900 = 0.99
        ("d8", "2"),
        ("d9", "1.83"), // 2 × 11 ÷ 12 = 1.8333…
        ("d10", "2.5"),
        ("d11", "0.99"), // 1 × 3826300 ÷ 3864500 = 0.9901…
        ("d12", "1"),    // 3826300 ÷ 3826300
        ("d13", "2"),
        ("d14", "2"),
        ("d15", "1.5"),
        ("d16", "2"),
        ("d17", "2"),
        ("d18", "2"),
        ("d19", "2"),
        ("d20", "2"),
        ("d21", "2.5"),
        ("d22", "15"),
        ("d23", "4.67"), // 5 × 14 ÷ 15 = 4.6666…
        ("d24", "4.5"),
        ("d25", "4"),
        ("d26", "2.8"),
        ("d27", "2.8"),
        ("d28", "3.6"),
    ];
    let expected: Vec<_> = expected.map(|(id, score)| (id, score.to_owned())).into();
    assert_eq!(scores(&card), expected);
    // 部门决策 24; 综合管理 1 + 0.99 + 2 + 1.83 + 2.5 + 0.99 + 1 + 5.5 + 2 + 6 + 4.5 = 28.31;
    // 部门绩效情况 15 + 4.67 + 4.5 + 4 + 2.8 + 2.8 + 3.6 = 37.37.
    assert_eq!((card.total.to_string().as_str(), card.grade.as_deref()), ("89.68", Some("良")));
}

#[test]
fn the_weights_are_25_30_45_and_the_sheet_says_what_is_not_known() {
    let card = card(&sample(), YEAR);
    let of = |level1: &str| -> rust_decimal::Decimal {
        card.rows.iter().filter(|row| row.level1 == level1).map(|row| row.weight).sum()
    };
    assert_eq!(["部门决策", "综合管理", "部门绩效情况"].map(|level1| of(level1).to_string()), ["25", "30", "45"]);
    assert_eq!(card.rows.len(), 28);
    let marked: Vec<&str> = card.rows.iter().filter(|row| row.unconfirmed).map(|row| row.id.as_str()).collect();
    assert_eq!(marked, ["d7", "d9", "d11", "d12", "d23"], "their formulas are the profile's own");
    assert!(card.notices.iter().any(|notice| notice.contains("评分规则未公开")), "{:?}", card.notices);
}

#[test]
fn ratios_stop_at_the_weight_and_at_nothing() {
    // 3864500 and one more than it: full; 0: nothing; 3478050 ÷ 3864500 = 0.9.
    for (collected, expected) in [("3864500.00", "1"), ("3864501.00", "1"), ("0", "0"), ("3478050.00", "0.9")] {
        let dossier = with("实际征收数: 3826300.00", &format!("实际征收数: {collected}"));
        assert_eq!(score(&dossier, YEAR, "d11"), expected, "{collected}");
    }
    // 5 × 15 ÷ 15 and 5 × 1 ÷ 15 = 0.3333…
    for (done, expected) in [("15", "5"), ("1", "0.33")] {
        let dossier = with("总数: 15, 完成数: 14", &format!("总数: 15, 完成数: {done}"));
        assert_eq!(score(&dossier, YEAR, "d23"), expected, "{done}");
    }
}

#[test]
fn one_hundredth_short_of_a_band_is_the_lower_grade() {
    // 89.68 + 0.32 = 90: d22 15 → 15.32; 15.31 leaves 89.99.
    for (given, total, grade) in [("15.31", "89.99", "良"), ("15.32", "90", "优")] {
        let dossier = sample().replace(SCORES, "d22: {得分: 15,", &format!("d22: {{得分: {given},"));
        let card = card(&dossier, YEAR);
        assert_eq!((card.total.normalize().to_string().as_str(), card.grade.as_deref()), (total, Some(grade)));
    }
}

#[test]
fn every_row_that_loses_points_says_why() {
    let silent = sample().replace(SCORES, ", 原因: 渠系改造跨年完工。", "");
    assert_eq!(found(&silent, YEAR), [(Code::JB4008, "d23".to_owned())]);
    let full = with("总数: 15, 完成数: 14", "总数: 15, 完成数: 15").replace(SCORES, ", 原因: 渠系改造跨年完工。", "");
    assert!(found(&full, YEAR).iter().all(|(code, _)| *code != Code::JB4008), "a full row needs no reason");
}

#[test]
fn an_execution_rate_below_ninety_per_cent_must_be_explained() {
    let name = "预算执行率低于90%要说明原因";
    let rate = |total: &str| {
        let dossier = with("{填报: 5740.00, 公式: =年初批复收入 + 追加.合计 - 调减}", total);
        found(&dossier, YEAR)
            .into_iter()
            .filter(|(_, subject)| subject == name)
            .map(|(code, _)| code)
            .collect::<Vec<_>>()
    };
    // 5240.00 ÷ 0.9 = 5822.222…
    assert_eq!(rate("5822.22"), []);
    assert_eq!(rate("5822.23"), [Code::JB3005]);
}

#[test]
fn what_is_handed_over_or_allotted_cannot_exceed_what_there_is() {
    for (from, to, name) in [
        ("上缴数: 3826300.00", "上缴数: 3826300.01", "非税收入上缴数不超过征收数"),
        // 0.19 亿元 is rounded to a million: up to 1950 万元 may be a tail.
        ("合规分配数: 1881.00", "合规分配数: 1950.01", "中央专款合规分配数不超过下达数"),
        ("达标月数: 11", "达标月数: 13", "执行进度达标月数不超过监控月数"),
        ("在职行政: {值: 31", "在职行政: {值: 32", "在职人员按类别"),
        ("中小河流治理: 1126.50", "中小河流治理: 2158.25", "支出.项目支出.明细"),
    ] {
        let found = found(&with(from, to), YEAR);
        let identities: Vec<_> = found.into_iter().filter(|(code, _)| *code != Code::JB4003).collect();
        assert!(identities.contains(&(Code::JB3001, name.to_owned())), "{to}: {identities:?}");
        assert!(identities.len() <= 2, "{to}: {identities:?}");
    }
    // 1126.50 + 1011.75 makes the projects named exactly all there are: 684.20 + 592.75 + 243.60 + 2138.25 = 3658.80.
    assert_eq!(found(&with("中小河流治理: 1126.50", "中小河流治理: 2138.25"), YEAR), []);
}

#[test]
fn amounts_in_yuan_and_in_hundred_millions_are_converted_in_text_and_table() {
    let text = printed(&jibao::examine(sample().path(), YEAR).report.expect("a report").view);
    for words in ["中央专款0.19亿元（1900.00万元）", "利息收入9200.00元（0.92万元）", "预算执行率91.29%"]
    {
        assert!(text.contains(words), "{words}");
    }
}
