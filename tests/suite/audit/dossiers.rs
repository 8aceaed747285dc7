//! Rules that a text or a table breaks.

use jibao::diagnostic::Code;

use super::{find, paragraphs};

/// A paragraph with a word that is wider than the page.
pub(super) const TOO_WIDE: &str = "标题: 公开情况
正文:
  - 本单位按规定开展绩效自评。
  - 证书编号 ABCDEFGHIJABCDEFGHIJABCDEFGHIJABCDEFGHIJABCDEFGHIJABCDEFGHIJ 号，已经向社会公开。
";

/// A title of two lines of the same length.
pub(super) const BLOCK: &str = "标题: 云岭县水利局二〇二五年度/部门整体支出绩效自评报告\n";

fn one_section(text: &str) -> Vec<(Code, String)> {
    find(&[("sections/01.yaml", text)]).audited()
}

fn at(code: Code, place: &str) -> Vec<(Code, String)> {
    vec![(code, place.to_owned())]
}

#[test]
fn a_dossier_in_order_has_no_finding() {
    assert_eq!(one_section(&paragraphs(5)), []);
}

#[test]
fn a_text_that_reaches_out_of_the_type_area() {
    let found = find(&[("sections/01.yaml", TOO_WIDE)]);
    assert_eq!(found.audited(), at(Code::JB7003, "sections/01.yaml:4"));
    let message = &found.audited[0].message;
    assert!(message.contains("超出版心的右边") && message.contains("第1页"), "{message}");
}

#[test]
fn a_cell_whose_text_reaches_over_its_rule() {
    let table = |number: &str| {
        format!(
            "标题: 资产\n正文:\n  - 表:\n      标题: 资产表\n      列: [名称, 编号, 数量, 单价, 金额, 备注]\n      行:\n        \
             - [打印机, A1, 1, 0.20, 0.20, 在用]\n        - [服务器, '{number}', 1, 3.20, 3.20, 在用]\n"
        )
    };
    let found = find(&[("sections/01.yaml", &table("SN20250000123400005678000091234567"))]);
    assert_eq!(found.audited(), at(Code::JB7004, "sections/01.yaml:8"));
    assert!(found.audited[0].message.contains("SN2025"), "{}", found.audited[0].message);
    assert_eq!(one_section(&table("SN2025 0123")), []);
    // A long text with places to break wraps in its cell.
    assert_eq!(one_section(&table("二〇二五年购置的第一台机架式服务器")), []);
}

#[test]
fn a_row_that_is_higher_than_a_page() {
    let table = |count: usize| {
        let text = "完成各项任务，".repeat(count);
        format!(
            "标题: 任务\n正文:\n  - 表:\n      标题: 任务表\n      列: [{{名称: 任务, 宽: 1}}, {{名称: 完成情况, 宽: 1}}]\n      行:\n        \
             - [防汛, 完成]\n        - [抗旱, '{text}']\n"
        )
    };
    assert_eq!(one_section(&table(200)), at(Code::JB7007, "sections/01.yaml:8"));
    assert_eq!(one_section(&table(50)), []);
}

#[test]
fn a_character_that_nothing_can_print() {
    let text = "标题: 概况\n正文:\n  - 本单位按规定开展绩效自评。\n  - 各项支出按批复的预算执行😀。\n";
    let found = find(&[("sections/01.yaml", text)]);
    assert_eq!(found.audited(), at(Code::JB7001, "sections/01.yaml:4"));
    let [finding] = found.audited.as_slice() else { panic!() };
    assert_eq!(finding.message, "“😀”（U+1F600，GRINNING FACE，表情和图形符号）没有字体可以印");
    assert!(finding.hints.iter().any(|hint| hint.starts_with("仿宋依次试过：")), "{:?}", finding.hints);
}

#[test]
fn titles_of_bad_shape() {
    let title = |title: &str| {
        let report = format!("标题: {title}\n");
        find(&[("report.yaml", &report), ("sections/01.yaml", &paragraphs(2))])
    };
    for (lines, fault) in [
        ("云岭县水利局二〇二五年度/部门整体支出绩效自评报告", "方块"),
        ("云岭县水利局二〇二五年度部门/整体支出/绩效自评报告及有关情况说明", "沙漏形"),
        ("云岭县水利局关于二〇二五年度部门整体支出/绩效自评报告", "占满"),
        ("云岭县水利局关于二〇二五年度部门整体支出绩效自评情况/报告", "自动折了行"),
    ] {
        let found = title(lines);
        assert_eq!(found.audited(), at(Code::JB7014, "report.yaml:1"), "{lines}");
        assert!(found.audited[0].message.contains(fault), "{}", found.audited[0].message);
    }
    for lines in ["云岭县水利局/2025年度部门整体支出绩效自评报告", "云岭县水利局关于2025年度部门/整体支出绩效自评/报告"]
    {
        assert_eq!(title(lines).audited(), [], "{lines}");
    }
}

#[test]
fn a_title_that_is_too_long_for_the_cover_alone() {
    // 18 characters fit a line of 二号, and not one of the cover's larger type.
    let report = "标题: 云岭县水利局二〇二五年度部门整体支出/绩效自评报告\n封面: {填报日期: 2026-05-31}\n";
    let section = paragraphs(2);
    assert_eq!(
        find(&[("report.yaml", report), ("sections/01.yaml", &section)]).audited(),
        at(Code::JB7014, "report.yaml:1")
    );
    let without = report.split_once("封面").unwrap().0;
    assert_eq!(find(&[("report.yaml", without), ("sections/01.yaml", &section)]).audited(), []);
}

#[test]
fn the_title_of_an_attachment_has_its_own_place() {
    let report = "标题: 云岭县水利局2025年度自评报告\n附件:\n  - {标题: 任务表, 正文: [见正文。]}\n  - 标题: 二〇二五年度重点任务/完成情况和有关的说明\n    正文: [见正文。]\n";
    let found = find(&[("report.yaml", report), ("sections/01.yaml", &paragraphs(2))]);
    assert_eq!(found.audited(), at(Code::JB7014, "report.yaml:4"));
}

#[test]
fn a_single_character_on_the_last_line() {
    // The word leaves no place to break but the one before the last character.
    let section = |word: usize| format!("标题: 公开\n正文:\n  - 见上。\n  - '{} 文。'\n", "a".repeat(word));
    let lone: Vec<usize> = (50..60).filter(|n| !one_section(&section(*n)).is_empty()).collect();
    let [first, ..] = lone.as_slice() else { panic!("no length leaves one alone") };
    assert_eq!(one_section(&section(*first)), at(Code::JB7011, "sections/01.yaml:4"));
}
