//! Amounts that are not zero and would be printed as zero.

use crate::support::Dossier;

/// The message, column and hints of each JB5016 that a section of the sample gets, in the order of lines.
fn told(body: &str) -> Vec<(String, u64, usize)> {
    let section = format!("标题: 其他事项\n正文:\n{body}");
    let run = Dossier::copy_of("samples/demo").write("2023/sections/99-other.yaml", section).check();
    let findings = run.all_findings().into_iter().filter(|finding| finding["code"] == "JB5016");
    let told = findings.map(|finding| {
        assert!(finding["file"].as_str().unwrap().ends_with("99-other.yaml") && finding["severity"] == "warning");
        let hints = finding["hints"].as_array().unwrap().len();
        let label = &finding["labels"][0];
        assert!(label["file"].as_str().unwrap().ends_with("figures.yaml"), "{finding}");
        assert!(label["message"].as_str().unwrap().contains("三公经费.公务接待费"), "{finding}");
        (finding["message"].as_str().unwrap().to_owned(), finding["column"].as_u64().unwrap(), hints)
    });
    told.collect()
}

#[test]
fn an_amount_that_is_printed_as_zero_is_told_at_its_expression() {
    let small = "0.000348亿元 不是 0，印出来成了 0.00".to_owned();
    let text = "  - 接待费{{ 亿元(三公经费.公务接待费) }}亿元。\n";
    let table = "  - 表: {标题: 甲, 单位: 亿元, 列: [项目, 金额], 行: [[接待费, =三公经费.公务接待费]]}\n";
    let chart = "  - 图: {类型: 柱形, 标题: 乙, 单位: 亿元, 项: [{名称: 接待费, 值: =三公经费.公务接待费}, {名称: 支出, 值: =支出.合计}]}\n";
    for (body, expression) in [(text, "亿元("), (table, "三公经费"), (chart, "三公经费")] {
        let column = body.split_once(expression).unwrap().0.chars().count() + 1;
        assert_eq!(told(body), [(small.clone(), u64::try_from(column).unwrap(), 2)], "{body}");
    }
    let years = "  - 表: {标题: 丙, 单位: 亿元, 逐年: 2, 行: [[接待费, =三公经费.公务接待费]]}\n";
    assert_eq!(told(years).len(), 2, "one a year");
    assert_eq!(
        told("  - 占{{ 占比(三公经费.公务接待费, 支出.合计 * 100) }}%。\n")[0].2,
        1,
        "no smaller unit of a share"
    );
}

#[test]
fn zero_itself_and_an_amount_with_digits_enough_are_printed_without_a_word() {
    let body = "  - 接待费{{ 保留(亿元(三公经费.公务接待费), 5) }}亿元，差额{{ 支出.合计 - 支出.合计 }}万元。\n";
    assert_eq!(told(body), []);
}
