//! The national self-evaluation forms: 执行率 10, 产出 50, 效益 30, 满意度 10.

use super::small::{assert_rows, card, codes, small, total};
use crate::support::{Dossier, jibao, printed, root};

/// A department's form whose first two slots are full; the third is one indicator of 10 as a test wants it.
fn with(own: &str) -> Dossier {
    with_given("", own)
}

fn with_given(given: &str, own: &str) -> Dossier {
    let scores = format!(
        "指标体系: department-10-50-30-10
{given}自设指标:
  - {{一级: 产出指标, 二级: 数量指标, 三级: 甲, 分值: 50, 目标: 1, 实际: 1}}
  - {{一级: 效益指标, 二级: 社会效益指标, 三级: 乙, 分值: 30, 目标: 1, 实际: 1}}
  - {{一级: 满意度指标, 二级: 服务对象满意度指标, 三级: 丙, 分值: 10, {own}}}
"
    );
    small(
        "national-10-50-30-10",
        "预算: {总计: 400}\n支出: {合计: 400}\n绩效: {满意度: {值: 91.2, 单位: '%'}}\n",
        &scores,
    )
}

#[test]
fn the_department_sample_scores_as_worked_out_by_hand() {
    let card = card(&Dossier::copy_of("samples/national"));
    assert_rows(
        &card,
        &[
            ("e0", "9.6"),    // 10 × 1968 ÷ 2050 = 10 × 0.96
            ("e1-1", "12"),   // 84 ≥ 80
            ("e1-2", "8"),    // 8 = 8
            ("e1-3", "7.84"), // 8 × 93.1 ÷ 95 = 7.84
            ("e1-4", "5.63"), // ≤ missed: 6 × 120 ÷ 128 = 5.625
            ("e1-5", "4.8"),  // = missed above: 6 × 4 ÷ 5
            ("e1-6", "10"),   // 1284 ≤ 500 + 372 + 252 + 196 = 1320
            ("e2-1", "6"),    // 30 ≥ 30
            ("e2-2", "8"),    // 3.36 ≥ 3.2
            ("e2-3", "7.5"),  // given, within 8 × 0.8 = 6.4 and 8
            ("e2-4", "6"),    // given, within 8 × 0.5 = 4 and 6.4
            ("e3-1", "10"),   // 91.2 ≥ 90
        ],
    );
    // 9.6 + (12 + 8 + 7.84 + 5.63 + 4.8 + 10 = 48.27) + (6 + 8 + 7.5 + 6 = 27.5) + 10 = 95.37
    assert_eq!((total(&card).as_str(), card.grade.as_deref()), ("95.37", Some("优")));
    assert_eq!(card.full.to_string(), "100");
}

#[test]
fn the_project_sample_scores_as_worked_out_by_hand() {
    let card = card(&Dossier::copy_of("samples/national-project"));
    assert_rows(
        &card,
        &[
            ("e0", "9.26"),   // 10 × 999.60 ÷ 1080 = 9.2555…
            ("e1-1", "11.4"), // 12 × 24.7 ÷ 26 = 12 × 0.95
            ("e1-2", "6"),    // 18 = 18
            ("e1-3", "10"),   // 100 = 100
            ("e1-4", "9.62"), // 10 × 300 ÷ 312 = 9.6153…
            ("e1-5", "12"),   // 999.60 ≤ 1080
            ("e2-1", "7.68"), // 8 × 43.2 ÷ 45 = 8 × 0.96
            ("e2-2", "6"),    // 1562 ≥ 1500
            ("e2-3", "8"),    // 0.56 ≥ 0.55
            ("e2-4", "6.2"),  // given, within 8 × 0.5 = 4 and 8 × 0.8 = 6.4
            ("e3-1", "9.84"), // 10 × 93.5 ÷ 95 = 9.8421…
        ],
    );
    // 9.26 + (11.4 + 6 + 10 + 9.62 + 12 = 49.02) + (7.68 + 6 + 8 + 6.2 = 27.88) + 9.84 = 96
    assert_eq!((total(&card).as_str(), card.grade.as_deref()), ("96", Some("优")));
}

#[test]
fn the_samples_pass_in_silence() {
    for sample in ["samples/national", "samples/national-project"] {
        let run = Dossier::copy_of(sample).run(&["check", "--deny-warnings"]);
        assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""), "{sample}");
    }
}

#[test]
fn targets_print_with_the_sign_and_unit_that_have_no_column() {
    let report = jibao::examine(&root().join("samples/national"), 2023).report.expect("a report");
    let text = printed(&report.view);
    for cell in ["≥80公里", "84公里", "≤120分钟", "=4轮", "≤1320.00万元", "1284.00万元", "≥90%", "91.2%"]
    {
        assert!(text.contains(cell), "{cell}");
    }
    assert!(!text.contains("96.00%%"), "a unit stands once");
}

#[test]
fn quantitative_indicators_score_by_their_distance_from_the_target() {
    let cases = [
        ("比较: ≥, 目标: 90, 实际: 90", "10"),                               // exactly met
        ("比较: ≥, 目标: 90, 实际: 81", "9"),                                // 10 × 81 ÷ 90
        ("比较: ≥, 目标: 90, 实际: 0", "0"),                                 // nothing reached
        ("比较: ≤, 目标: 4, 实际: 4", "10"),                                 // exactly met
        ("比较: ≤, 目标: 4, 实际: 0", "10"),                                 // well below
        ("比较: ≤, 目标: 4, 实际: 5", "8"),                                  // 10 × 4 ÷ 5
        ("比较: ≤, 目标: 3, 实际: 7", "4.29"),                               // 10 × 3 ÷ 7 = 4.2857…
        ("比较: ≤, 目标: 0, 实际: 5", "0"),                                  // 10 × 0 ÷ 5
        ("比较: =, 目标: 4, 实际: 4", "10"),                                 // exactly met
        ("比较: =, 目标: 4, 实际: 5", "8"),                                  // above: 10 × 4 ÷ 5
        ("比较: =, 目标: 4, 实际: 3", "7.5"),                                // below: 10 × 3 ÷ 4
        ("比较: ≥, 目标: 100, 调整目标: 80, 实际: 80", "10"),                // the adjusted target counts
        ("比较: ≥, 目标: 100, 调整目标: 80, 实际: 60", "7.5"),               // 10 × 60 ÷ 80
        ("比较: ≥, 目标: 95, 实际: =绩效.满意度", "9.6"),                    // 10 × 91.2 ÷ 95: a bare 95 is 95 %
        ("比较: ≤, 目标: 0.5, 实际: '=占比(支出.合计, 预算.总计)'", "0.05"), // 10 × 0.5 ÷ 100
    ];
    for (own, expected) in cases {
        let dossier = with(&format!("{own}, 原因: 说明"));
        assert_eq!(card(&dossier).rows.last().map(|row| row.score.to_string()).as_deref(), Some(expected), "{own}");
        assert_eq!(codes(&dossier), [""; 0], "{own}");
    }
}

#[test]
fn a_qualitative_score_lies_within_its_tier() {
    let (top, middle, low) = ("达成预期指标", "部分达成预期指标并具有一定效果", "未达成预期指标且效果较差");
    // Of 10: 8–10, 5–8, 0–5.
    let cases = [
        (top, "得分: 8", None),
        (top, "得分: 7.99", Some("JB4002")),
        (top, "系数: 97.5", None), // 9.75
        (middle, "得分: 8", None),
        (middle, "得分: 8.01", Some("JB4002")),
        (middle, "得分: 5", None),
        (middle, "得分: 4.99", Some("JB4002")),
        (low, "得分: 5", None),
        (low, "系数: 50.1", Some("JB4002")), // 5.01
        ("达成", "得分: 9", Some("JB1016")),
    ];
    for (tier, score, code) in cases {
        let dossier = with(&format!("比较: 定性, 目标: 好, 实际: 好, 档次: {tier}, {score}, 依据: 抽查, 原因: 说明"));
        assert_eq!(codes(&dossier), code.into_iter().collect::<Vec<_>>(), "{tier} {score}");
    }
}

#[test]
fn a_row_below_its_weight_says_why() {
    assert_eq!(codes(&with("目标: 90, 实际: 90")), [""; 0]);
    let findings = with("目标: 90, 实际: 81").check().findings();
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!((findings[0]["code"].as_str(), findings[0]["subject"].as_str()), (Some("JB4008"), Some("e3-1")));
    assert!(findings[0]["message"].as_str().is_some_and(|text| text.contains("失分 1，")), "{findings:?}");
}

#[test]
fn an_override_stands_alone_has_a_reason_and_is_printed() {
    let met = "目标: 1, 实际: 1";
    let both = with_given("评分: {e0: {得分: 10, 改定: 9.5, 理由: 审计调减, 原因: 审计调减}}\n", met);
    assert!(codes(&both).contains(&"JB1016".to_owned()), "{:?}", codes(&both));
    let unfounded = with_given("评分: {e0: {改定: 9.5, 原因: 审计调减}}\n", met);
    assert_eq!(codes(&unfounded), ["JB4006"]);
    let founded = with_given("评分: {e0: {改定: 9.5, 理由: 审计调减, 原因: 审计调减}}\n", met);
    assert_eq!(codes(&founded), ["JB4007"]);
    assert_eq!(total(&card(&founded)), "99.5");
    // The form has no column for grounds: the override is said under the sheet.
    let text = printed(&jibao::examine(founded.path(), 2023).report.expect("a report").view);
    assert!(text.contains("按规则应得10分，改定为9.5分：审计调减"), "{text}");
}

#[test]
fn project_funds_add_up_in_each_column_and_the_stated_rate_follows() {
    let faults = [
        ("年初预算: 900.00", "年初预算: 910.00", "项目资金年初预算构成"),
        ("全年预算: 980.00", "全年预算: 990.00", "项目资金全年预算构成"),
        ("全年执行: 34.20", "全年执行: 33.20", "项目资金全年执行构成"),
        ("填报: 92.56", "填报: 92.96", "项目资金执行率"),
        ("全年执行: 905.40", "全年执行: 985.40", "当年财政拨款执行数不超过预算数"),
    ];
    for (from, to, identity) in faults {
        let run = Dossier::copy_of("samples/national-project").replace("2023/figures.yaml", from, to).check();
        let found = run.findings();
        assert!(found.iter().any(|f| f["subject"] == identity), "{identity}: {found:#?}");
    }
    // 92.6 is 92.5555… to one place: no finding.
    let rounded = Dossier::copy_of("samples/national-project").replace(
        "2023/figures.yaml",
        "    填报: 92.56\n    公式: =占比(年度资金总额.全年执行, 年度资金总额.全年预算)\n",
        "    值: 92.6\n",
    );
    assert_eq!(codes(&rounded), [""; 0]);
}

#[test]
fn the_project_form_needs_no_totals_of_the_department() {
    let funds = "资金:\n  年度资金总额: {全年预算: 200, 全年执行: 190}\n";
    let scores = "指标体系: project-cost-10-20-40-20-10
评分: {e0: {原因: 尾款未付}}
自设指标:
  - {一级: 成本指标, 二级: 经济成本指标, 三级: 甲, 分值: 20, 比较: ≤, 目标: 200, 实际: =资金.年度资金总额.全年执行}
  - {一级: 产出指标, 二级: 数量指标, 三级: 乙, 分值: 40, 目标: 4, 实际: 3, 原因: 少一处}
  - {一级: 效益指标, 二级: 社会效益指标, 三级: 丙, 分值: 20, 目标: 1, 实际: 1}
  - {一级: 满意度指标, 二级: 服务对象满意度指标, 三级: 丁, 分值: 10, 目标: 90, 实际: 72, 原因: 供水不均}
";
    let dossier = small("national-10-50-30-10", funds, scores);
    assert_eq!(codes(&dossier), [""; 0]);
    let card = card(&dossier);
    // 10 × 190 ÷ 200; 190 ≤ 200; 40 × 3 ÷ 4; met; 10 × 72 ÷ 90
    assert_rows(&card, &[("e0", "9.5"), ("e4-1", "20"), ("e1-1", "30"), ("e2-1", "20"), ("e3-1", "8")]);
    assert_eq!((total(&card).as_str(), card.grade.as_deref()), ("87.5", Some("良")));
    assert!(card.notices.iter().any(|notice| notice.contains("未经公开文件证实")), "{:?}", card.notices);
}

#[test]
fn bands_are_reached_and_not_rounded_up_to() {
    // 执行率 10 and 80 are full; the last 10 make the band.
    for (actual, points, grade) in [("0", "90", "优"), ("0.5", "90.5", "优")] {
        let card = card(&with(&format!("目标: 10, 实际: {actual}, 原因: 说明")));
        assert_eq!((total(&card).as_str(), card.grade.as_deref()), (points, Some(grade)));
    }
    let low = with("目标: 10, 实际: 0, 原因: 说明").replace(
        "2023/scores.yaml",
        "目标: 1, 实际: 1",
        "目标: 50, 实际: 49.99, 原因: 说明",
    );
    let card = card(&low);
    assert_eq!((total(&card).as_str(), card.grade.as_deref()), ("89.99", Some("良")));
}

#[test]
fn an_unknown_profile_names_those_there_are() {
    let dossier = with("目标: 1, 实际: 1").replace("unit.yaml", "national-10-50-30-10", "national-10-50-30");
    let findings = dossier.check().findings();
    assert_eq!(findings[0]["code"], "JB1016");
    let hints = findings[0]["hints"].to_string();
    assert!(hints.contains("是不是想写“national-10-50-30-10”") && hints.contains("department-overall"), "{hints}");
}

#[test]
fn what_init_writes_passes() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("x");
    for command in [vec!["init", "--profile", "national-10-50-30-10", "-q"], vec!["check"]] {
        let output = jibao().args(command).arg(&path).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{said}");
        assert!(!said.lines().any(|line| line.starts_with("警告") && !line.contains("JB5010")), "{said}");
    }
}
