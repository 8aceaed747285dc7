//! Amounts that are not zero and would be printed as zero.

use crate::support::Dossier;

/// The message, column and hints of each JB5016 that a section of the sample gets, in the order of lines.
fn told(body: &str) -> Vec<(String, u64, Vec<String>)> {
    let section = format!("标题: 其他事项\n正文:\n{body}");
    let run = Dossier::copy_of("samples/demo").write("2023/sections/99-other.yaml", section).check();
    let findings = run.all_findings().into_iter().filter(|finding| finding["code"] == "JB5016");
    let told = findings.map(|finding| {
        assert!(finding["file"].as_str().unwrap().ends_with("99-other.yaml") && finding["severity"] == "warning");
        let hints: Vec<String> =
            finding["hints"].as_array().unwrap().iter().map(|hint| hint.as_str().unwrap().to_owned()).collect();
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
    let hints = vec![smaller("万元"), more(4)];
    let text = "  - 接待费{{ 亿元(三公经费.公务接待费) }}亿元。\n";
    let table = "  - 表: {标题: 甲, 单位: 亿元, 列: [项目, 金额], 行: [[接待费, =三公经费.公务接待费]]}\n";
    let chart = "  - 图: {类型: 柱形, 标题: 乙, 单位: 亿元, 项: [{名称: 接待费, 值: =三公经费.公务接待费}, {名称: 支出, 值: =支出.合计}]}\n";
    for (body, expression) in [(text, "亿元("), (table, "三公经费"), (chart, "三公经费")] {
        let column = body.split_once(expression).unwrap().0.chars().count() + 1;
        assert_eq!(told(body), [(small.clone(), u64::try_from(column).unwrap(), hints.clone())], "{body}");
    }
    let years = "  - 表: {标题: 丙, 单位: 亿元, 逐年: 2, 行: [[接待费, =三公经费.公务接待费]]}\n";
    assert_eq!(told(years).len(), 2, "one a year");
}

#[test]
fn what_is_advised_shows_a_digit() {
    let advice = |expression: &str| {
        let told = told(&format!("  - 接待费{{{{ {expression} }}}}。\n"));
        told.into_iter().map(|(.., hints)| hints).next().unwrap_or_default()
    };
    assert_eq!(advice("占比(三公经费.公务接待费, 支出.合计 * 100)"), [more(3)], "no smaller unit of a share");
    assert_eq!(advice("万元(三公经费.公务接待费) / 1000"), [smaller("元"), more(3)]);
    assert_eq!(advice("亿元(三公经费.公务接待费) / 100"), [smaller("万元"), more(6)]);
    assert_eq!(advice("元(三公经费.公务接待费) / 10000000"), [more(3)], "nothing is smaller than a yuan");
    // 0.00348万元 is printed as zero as well, and seven digits cannot be asked for.
    assert_eq!(advice("亿元(三公经费.公务接待费) / 1000"), [smaller("元")]);
}

fn smaller(unit: &str) -> String {
    format!("改用小的单位：文中写 {{{{ {unit}(名称) }}}}，表和图写 单位: {unit}")
}

fn more(places: u32) -> String {
    format!("多印几位小数：保留(名称, {places})")
}

#[test]
fn zero_itself_and_an_amount_with_digits_enough_are_printed_without_a_word() {
    let body = "  - 接待费{{ 保留(亿元(三公经费.公务接待费), 5) }}亿元，差额{{ 支出.合计 - 支出.合计 }}万元。\n";
    assert_eq!(told(body), []);
}
