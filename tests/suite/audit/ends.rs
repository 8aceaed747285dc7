//! Rules about how pages end, which depend on how many lines stand before.

use jibao::diagnostic::Code;

use super::{Found, find, paragraphs};

/// What is found for each count of lines that fills a page up to its end and over, where anything is.
fn of_counts(make: impl Fn(usize) -> Found) -> Vec<(usize, Vec<(Code, String)>)> {
    let found = (10..=34).map(|count| (count, make(count).audited()));
    found.filter(|(_, found)| !found.is_empty()).collect()
}

#[test]
fn a_last_page_with_one_or_two_lines() {
    let found = of_counts(|count| find(&[("sections/01.yaml", &paragraphs(count))]));
    let [(one, first), (two, second)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(one + 1, *two);
    // The last line is the last item of the list, which begins in line 3.
    assert_eq!(*first, [(Code::JB7012, format!("sections/01.yaml:{}", one + 2))]);
    assert_eq!(*second, [(Code::JB7012, format!("sections/01.yaml:{}", two + 1))]);
}

#[test]
fn a_heading_at_the_foot_of_a_page() {
    let table = "标题: 收支\n正文:\n  - 表: {标题: 收支表, 方向: 横, 列: [项目, 金额], 行: [[合计, =支出.合计]]}\n  - 以上合计数与决算一致。\n  - 账面与系统一致。\n  - 没有其他情况。\n";
    let found = of_counts(|count| find(&[("sections/01.yaml", &paragraphs(count)), ("sections/02.yaml", table)]));
    assert!(!found.is_empty());
    for (count, found) in &found {
        assert_eq!(*found, [(Code::JB7010, "sections/02.yaml:1".to_owned())], "{count}");
    }
    // Higher up on the page nothing is wrong with it.
    assert!(found.len() <= 4, "{found:?}");
}

#[test]
fn a_signature_without_text_on_its_page() {
    // So many attachments that their list is not kept together with the text.
    let attachment =
        |n: usize| format!("  - {{标题: 第{n}项任务说明, 正文: [见正文。, 已经完成。, 没有其他情况。]}}\n");
    let attachments: String = (1..=9).map(attachment).collect();
    let report = format!("标题: 云岭县水利局2025年度自评报告\n落款: {{日期: 2026-05-31}}\n附件:\n{attachments}");
    let found = of_counts(|count| find(&[("report.yaml", &report), ("sections/01.yaml", &paragraphs(count))]));
    assert!(!found.is_empty());
    for (count, found) in &found {
        assert_eq!(*found, [(Code::JB7013, format!("sections/01.yaml:{}", count + 2))]);
    }
    // With a short list, a line of text goes along.
    let attachments: String = (1..=3).map(attachment).collect();
    let report = format!("标题: 云岭县水利局2025年度自评报告\n落款: {{日期: 2026-05-31}}\n附件:\n{attachments}");
    let found = of_counts(|count| find(&[("report.yaml", &report), ("sections/01.yaml", &paragraphs(count))]));
    assert_eq!(found, []);
}
