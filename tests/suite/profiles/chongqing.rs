//! The Chongqing form (score = coefficient × weight), and profiles of a dossier's own.

use super::small::{assert_rows, card, codes, small, total};
use crate::support::{Dossier, jibao, printed, root};

#[test]
fn the_sample_scores_as_worked_out_by_hand() {
    let card = card(&Dossier::copy_of("samples/chongqing"));
    assert_rows(
        &card,
        &[
            ("q1", "9"),       // 10 × 1242 ÷ 1380 = 10 × 0.9
            ("q2", "2"),       // 38 ÷ 40 = 95 % ≤ 100 %
            ("q3", "2"),       // (9.00 − 9.60) ÷ 9.60 = −6.25 % ≤ 0
            ("q4", "1"),       // 1 × 100 %
            ("q5", "1.8"),     // 90 % < 100 %: by people, 2 × 90 %
            ("q6", "1.6"),     // (1380 − 1250) ÷ 1250 = 10.4 % > 0: by people, 2 × 80 %
            ("q7", "1.8"),     // 42 ÷ 1380 > 0: by people, 2 × 90 %
            ("q8", "2"),       // 47.40 ÷ 50.00 = 94.8 % ≤ 100 %
            ("q9", "2"),       // 8.10 ÷ 9.00 = 90 % ≤ 100 %
            ("q10", "1.88"),   // 180 ÷ 192 < 100 %: by people, 2 × 93.75 % = 1.875
            ("q11", "3"),      // 3 × 100 %
            ("q12", "4.88"),   // 5 × 97.5 % = 4.875
            ("q13", "1"),      // 1 × 100 %
            ("q14", "1.9"),    // 2 × 95 %
            ("q15", "1.9"),    // 612 ÷ 640 < 100 %: by people, 2 × 95 %
            ("q16-1", "5"),    // 103 ≥ 100, the adjusted target, not 120
            ("q16-2", "8.75"), // 10 × 84 ÷ 96 = 10 × 0.875
            ("q16-3", "4"),    // 5 × 24 ÷ 30
            ("q16-4", "8.1"),  // 10 × 121.5 ÷ 150 = 10 × 0.81
            ("q16-5", "8.5"),  // 10 × 85 %
            ("q16-6", "3.5"),  // 5 × 70 %
            ("q16-7", "4.4"),  // 5 × 264 ÷ 300 = 5 × 0.88
            ("q16-8", "9.5"),  // 10 × 90.25 ÷ 95 = 10 × 0.95
        ],
    );
    // 9 + 2 + 2 + 1 + 1.8 + 1.6 + 1.8 + 2 + 2 + 1.88 + 3 + 4.88 + 1 + 1.9 + 1.9 = 37.76
    // 5 + 8.75 + 4 + 8.1 + 8.5 + 3.5 + 4.4 + 9.5 = 51.75; 37.76 + 51.75 = 89.51, which is not 90
    assert_eq!((total(&card).as_str(), card.grade.as_deref()), ("89.51", Some("良")));
    assert_eq!(card.full.to_string(), "100");
    let core: Vec<&str> = card.rows.iter().filter(|row| row.core).map(|row| row.id.as_str()).collect();
    assert_eq!(core, ["q16-1", "q16-2", "q16-8"]);
}

#[test]
fn the_sample_passes_in_silence_and_says_what_is_not_confirmed() {
    let run = Dossier::copy_of("samples/chongqing").run(&["check", "--deny-warnings"]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""));
    let text = printed(&jibao::examine(&root().join("samples/chongqing"), 2023).report.expect("a report").view);
    for said in ["只有一部分经公开文件证实", "财政供养人员控制率※%≤10095.00100", "示例：单位、自设指标与数据均为虚构"]
    {
        assert!(text.contains(said), "{said}\n{text}");
    }
    // A coefficient is printed as it was given: 93.75, not 1.88 ÷ 2 = 94.
    assert!(text.contains("政府采购执行率※%≥10093.7593.7521.88否"), "{text}");
}

/// The generic rows full but for what a test gives; one indicator of the unit's own.
fn with(figures: &str, given: &str, own: &str) -> Dossier {
    let ids = (2..=15).map(|n| format!("q{n}")).filter(|id| !given.contains(&format!("{id}:")));
    let full = ids.map(|id| format!("  {id}: {{系数: 100, 依据: 台账}}\n")).collect::<Vec<_>>().concat();
    let scores = format!(
        "指标体系: cq-coefficient
评分:
{given}{full}自设指标:
  - {{一级: 自设指标, 二级: 产出, 三级: 甲, 分值: 50, 目标: 1, 实际: 1}}
  - {{一级: 自设指标, 二级: 产出, 三级: 乙, 分值: 10, {own}}}
"
    );
    small("chongqing-coefficient", figures, &scores)
}

fn score(dossier: &Dossier, id: &str) -> String {
    let card = card(dossier);
    card.rows.iter().find(|row| row.id == id).map(|row| row.score.to_string()).unwrap_or_default()
}

#[test]
fn the_execution_rate_of_76_percent_gives_7_6() {
    let dossier = with("预算: {总计: 100}\n支出: {合计: 76}\n", "  q1: {原因: 说明}\n", "目标: 1, 实际: 1");
    // As the filled form of 2021 has it: 10 × 76 % = 7.6, all else full: 97.6 of 100.
    assert_eq!((score(&dossier, "q1").as_str(), total(&card(&dossier)).as_str()), ("7.6", "97.6"));
}

#[test]
fn a_coefficient_is_per_cent_of_the_weight() {
    let full = "预算: {总计: 100}\n支出: {合计: 100}\n";
    let own = "比较: 定性, 目标: 好, 实际: 好, 系数: 97.5, 依据: 抽查";
    assert_eq!(score(&with(full, "", &format!("{own}, 原因: 说明")), "q16-2"), "9.75"); // 10 × 97.5 %
    assert_eq!(codes(&with(full, "", own)), ["JB4008"]);
    let two = "  q4: {系数: 50, 得分: 1, 依据: 台账, 原因: 说明}\n";
    assert!(codes(&with(full, two, "目标: 1, 实际: 1")).contains(&"JB1016".to_owned()));
    let above = "  q4: {系数: 101, 依据: 台账}\n";
    assert_eq!(codes(&with(full, above, "目标: 1, 实际: 1")), ["JB4002"]);
}

#[test]
fn beyond_its_limit_a_rate_is_scored_by_people() {
    let figures = |staff: u32| {
        format!(
            "预算: {{总计: 100}}\n支出: {{合计: 100}}\n人员: {{单位: 人, 编制: {{行政: 40, 合计: 40}}, 实有: {{在职: {staff}}}}}\n"
        )
    };
    let met = "目标: 1, 实际: 1";
    // At the limit the rule gives full marks, and what people gave otherwise is said.
    let at = with(&figures(40), "  q2: {系数: 50, 依据: 台账, 原因: 说明}\n", met);
    assert_eq!(codes(&at), ["JB4005"]);
    let beyond = with(&figures(41), "  q2: {系数: 50, 依据: 台账, 原因: 说明}\n", met);
    assert_eq!(score(&beyond, "q2"), "1"); // 2 × 50 %
    assert!(!codes(&beyond).contains(&"JB4005".to_owned()));
    let unscored = with(&figures(41), "  q2: {实际: 102.5}\n", met);
    let finding = unscored.check().findings().into_iter().find(|f| f["code"] == "JB4004").expect("no score");
    assert!(finding["hints"].to_string().contains("由人评定"), "{finding}");
}

const OWN_PROFILE: &str = "名称: 本县体例\n继承: department-overall\n删去: [gd3-placeholder, form-10-50-30-10]\n";

/// A system with a group whose rows share weights and a pair of which one is chosen: 6 + 5 + 2 + 8 = 21.
const OWN_SYSTEM: &str = "编号: bx
名称: 本县评分表
性质: 已证实
满分: 21
指标:
  - {编号: a1, 一级: 甲, 二级: 子, 三级: 项一, 分值: 6, 不适用: 分摊, 规则: 人工}
  - {编号: a2, 一级: 甲, 二级: 子, 三级: 项二, 分值: 5, 规则: 系数}
  - {编号: a3, 一级: 甲, 二级: 子, 三级: 项三, 分值: 2, 规则: 人工}
  - {编号: b1, 一级: 甲, 二级: 丑, 三级: 甲项, 分值: 8, 择一: 丑, 规则: {比率: 支出.合计 / 预算.总计}}
  - {编号: b2, 一级: 甲, 二级: 丑, 三级: 乙项, 分值: 8, 择一: 丑, 规则: 人工}
";

fn own(profile: &str, system: &str, given: &str) -> Dossier {
    let scores = format!("指标体系: bx\n评分:\n{given}");
    let dossier = small("本县", "预算: {总计: 100}\n支出: {合计: 95}\n", &scores);
    std::fs::create_dir_all(dossier.path().join("体例/本县/indices")).unwrap();
    dossier.write("体例/本县/profile.yaml", profile).write("体例/本县/indices/bx.yaml", system)
}

const A_ROWS: &str = "  a1: {得分: 6, 依据: 有}\n  a2: {系数: 80, 依据: 有}\n  a3: {得分: 2, 依据: 有}\n";

#[test]
fn a_profile_within_the_dossier_works() {
    let dossier = own(OWN_PROFILE, OWN_SYSTEM, &format!("{A_ROWS}  b1: {{依据: 决算}}\n"));
    assert_eq!(codes(&dossier), [""; 0]);
    // 6; 5 × 80 %; 2; 8 × 95 ÷ 100
    assert_rows(&card(&dossier), &[("a1", "6"), ("a2", "4"), ("a3", "2"), ("b1", "7.6")]);
    assert_eq!(dossier.run(&["check"]).code, 0);
}

#[test]
fn of_an_either_or_pair_exactly_one_is_filled_in() {
    for (given, named) in [("", "填了 0 行"), ("  b1: {依据: 决算}\n  b2: {得分: 8, 依据: 有}\n", "填了 2 行")]
    {
        let findings = own(OWN_PROFILE, OWN_SYSTEM, &format!("{A_ROWS}{given}")).check().findings();
        let finding = findings.iter().find(|f| f["code"] == "JB4009").unwrap_or_else(|| panic!("{findings:#?}"));
        assert!(finding["message"].as_str().is_some_and(|text| text.contains(named)), "{finding}");
    }
    let second = own(OWN_PROFILE, OWN_SYSTEM, &format!("{A_ROWS}  b2: {{得分: 7, 依据: 有}}\n"));
    assert_eq!((codes(&second).len(), score(&second, "b2").as_str(), score(&second, "b1").as_str()), (0, "7", ""));
}

#[test]
fn shared_weights_add_up_to_the_whole() {
    let given =
        "  a1: {不适用: true, 依据: 无此业务}\n  a2: {系数: 80, 依据: 有}\n  a3: {扣: 0.5, 依据: 有}\n  b1: {}\n";
    let dossier = own(OWN_PROFILE, OWN_SYSTEM, given);
    assert_eq!(codes(&dossier), [""; 0]);
    let card = card(&dossier);
    // 13 over 5 and 2: 5 × 13 ÷ 7 = 9.2857…, and what is left of 13: 3.71.
    let weights: Vec<String> = card.rows.iter().map(|row| row.weight.to_string()).collect();
    assert_eq!(weights, ["0", "9.29", "3.71", "8"]);
    assert_eq!(card.full.to_string(), "21.00");
    // 9.29 × 80 % = 7.432; 3.71 − 0.5
    assert_rows(&card, &[("a1", "0"), ("a2", "7.43"), ("a3", "3.21"), ("b1", "7.6")]);
    let refused = own(
        OWN_PROFILE,
        OWN_SYSTEM,
        "  a1: {得分: 6, 依据: 有}\n  a2: {系数: 80, 依据: 有}\n  a3: {不适用: true, 依据: 无}\n  b1: {}\n",
    );
    assert!(codes(&refused).contains(&"JB4009".to_owned()));
}

#[test]
fn mistakes_of_a_profile_within_the_dossier_are_reported_at_their_places() {
    let rate = "支出.合计 / 预算.总计";
    let cases = [
        (OWN_PROFILE.to_owned() + "说明白: 什么\n", OWN_SYSTEM.to_owned(), "JB1013", "profile.yaml", 4),
        (OWN_PROFILE.replace("gd3-placeholder", "gd4"), OWN_SYSTEM.to_owned(), "JB1022", "profile.yaml", 3),
        (OWN_PROFILE.to_owned(), OWN_SYSTEM.replace("满分: 21", "满分: 22"), "JB1022", "bx.yaml", 4),
        (OWN_PROFILE.to_owned(), OWN_SYSTEM.replace(rate, "支出.总计 / 预算.总计"), "JB1022", "bx.yaml", 9),
        (OWN_PROFILE.to_owned(), OWN_SYSTEM.replace(rate, "支出.合计 / / 预算.总计"), "JB2003", "bx.yaml", 9),
        (OWN_PROFILE.to_owned(), OWN_SYSTEM.replace("分摊", "分滩"), "JB1016", "bx.yaml", 6),
        (OWN_PROFILE.to_owned(), OWN_SYSTEM.replace("编号: b2", "编号: b1"), "JB1022", "bx.yaml", 10),
    ];
    for (profile, system, code, file, line) in cases {
        let dossier = own(&profile, &system, &format!("{A_ROWS}  b1: {{}}\n"));
        let output =
            jibao().args(["check", "--format", "json"]).arg(dossier.path().join("体例/本县")).output().unwrap();
        let run = crate::support::Run::from(output);
        let found: Vec<_> = run.findings();
        let at = |f: &serde_json::Value| {
            f["code"] == code && f["file"].as_str().is_some_and(|name| name.ends_with(file)) && f["line"] == line
        };
        assert!(run.code == 1 && found.iter().any(at), "{code} {file}:{line}\n{found:#?}");
    }
}

#[test]
fn a_folder_of_profiles_is_searched_beside_a_folder_of_fonts() {
    let dossier = own(OWN_PROFILE, OWN_SYSTEM, &format!("{A_ROWS}  b1: {{}}\n"));
    std::fs::rename(dossier.path().join("体例"), dossier.path().join("shelf")).unwrap();
    let shelf = dossier.path().join("shelf");
    let shelf = shelf.to_str().unwrap();
    assert_eq!(dossier.run(&["check", "--profile-path", shelf]).code, 0);
    assert_eq!(dossier.run(&["check"]).code, 1);
    assert_eq!(dossier.run(&["check", "--font-path", shelf]).code, 1);
}

#[test]
fn what_init_writes_passes() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("x");
    for command in [vec!["init", "--profile", "chongqing-coefficient", "-q"], vec!["check"]] {
        let output = jibao().args(command).arg(&path).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{said}");
        assert!(!said.lines().any(|line| line.starts_with("警告") && !line.contains("JB5010")), "{said}");
    }
}
