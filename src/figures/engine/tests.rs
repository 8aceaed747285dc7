use super::*;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Money, MoneyUnit};
use crate::figures::{evaluate, read_figures};
use crate::source::{Sources, parse};

fn calculator(years: &[(i32, &str)]) -> (Calculator, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let mut findings = Vec::new();
    let mut trees = BTreeMap::new();
    for (year, text) in years {
        let file = sources.add("figures.yaml", (*text).to_owned());
        let node = parse(&sources, file, None, &mut findings).expect("yaml");
        trees.insert(*year, read_figures(&node, MoneyUnit::TenThousand, &sources, &mut findings));
    }
    let year = years.last().expect("a year").0;
    let calculator = Calculator::new(Arc::new(Book::new(year, Money::default(), trees, BTreeSet::new())));
    evaluate(&calculator);
    findings.extend(calculator.take_log());
    (calculator, findings)
}

fn show(calculator: &Calculator, text: &str) -> String {
    let expression = match calculator.parse(text) {
        Ok(expression) => expression,
        Err(trouble) => return format!("!{}", trouble.kind.message()),
    };
    match calculator.run(&expression, calculator.root(false)) {
        Ok(Evaluated { value: Value::Amount(amount), .. }) => calculator.printer().with_unit(&amount),
        Ok(Evaluated { value: Value::Text(text), .. }) => text,
        Ok(Evaluated { value, .. }) => format!("{value:?}"),
        Err(trouble) => format!("!{}", trouble.kind.message()),
    }
}

const FIGURES: &str = "
预算: {年初: 1113.52, 追加: 466.61, 总计: =年初 + 追加}
支出: {合计: 1406.80, 空: ~, 元数: {值: 25000, 单位: 元}}
明细: {甲: 1.10, 乙: {合计: 2.20, 丙: 2.00}, 丁: {戊: 3, 己: 4}, 合计: 99}
人员: {单位: 人, 编制: 13, 实有: 12}
上年: {支出: {合计: 0}}
";

#[test]
fn arithmetic_is_exact_and_knows_units() {
    let (calculator, findings) = calculator(&[(2021, FIGURES)]);
    assert_eq!(findings, []);
    let cases = [
        ("1406.80 * 0.95", "1336.46"),
        ("3 / 4", "0.75"),
        ("预算.总计", "1580.13万元"),
        ("占比(支出.合计, 预算.总计)", "89.03%"),
        ("占比(人员.实有， 人员.编制)", "92.31%"),
        ("支出.合计 ＋ 支出.元数", "1409.30万元"),
        ("合计(明细)", "10.30万元"),
        ("平均(1, 2)", "1.50"),
        ("保留(支出.合计, 1)", "1406.8万元"),
        ("亿元(支出.合计)", "0.14亿元"),
        ("增减(支出.合计, 上年.支出.合计)", "增加1406.80万元"),
        ("支出.合计 + 人员.编制", "!单位不一致：“万元”与“人”不能这样算"),
        ("1 / 0", "!除数是 0"),
        ("支出.合汁", "!没有“支出.合汁”这个数据项"),
        ("支出", "!“支出”是一组数据项，不是一个数"),
        ("支出.空", "!数据项“支出.空”未填"),
        ("若有(支出.空) + 若有(没有) + 1", "1.00"),
        ("支出.空 + 支出.没有", "!没有“支出.没有”这个数据项"),
        ("支出.合计 // + 1", "!公式里不能用 // 或 /*；除号只写一个 /"),
        ("支出.合计.没有", "!“支出.合计”是一个数，下面没有“没有”"),
        (
            "总计(1)",
            "!没有“总计”这个函数；可用的函数：合计、平均、占比、增减、增减幅、同比、历年、若有、绝对值、保留、元、万元、亿元、依据、汇总",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(show(&calculator, text), expected, "{text}");
    }
}

#[test]
fn hostile_expressions_end() {
    let (calculator, _) = calculator(&[(2021, "甲: 1")]);
    for text in ["(".repeat(5000), "1+".repeat(20000), "while true {}".into(), "let x = 1; x".into(), "||1".into()] {
        assert!(show(&calculator, &text).starts_with('!'), "{}", text.chars().take(10).collect::<String>());
    }
    assert!(show(&calculator, "79228162514264337593543950335 * 10").starts_with('!'));
}

#[test]
fn last_year_and_series_read_the_folders() {
    let (calculator, findings) = calculator(&[
        (2020, "支出: {合计: =甲 + 乙, 甲: 1, 乙: 2}"),
        (2021, "支出: {合计: 4, 比: =合计 - 上年.支出.合计}"),
    ]);
    assert_eq!(findings, []);
    assert_eq!(show(&calculator, "支出.比"), "1.00万元");
    assert_eq!(show(&calculator, "合计(历年(支出.合计))"), "7.00万元");
}

#[test]
fn rings_are_reported_with_their_path_and_long_chains_do_not_nest() {
    let (_, findings) = calculator(&[(2021, "甲: =乙\n乙: =丙\n丙: =甲\n丁: =甲 + 1")]);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].message, "公式循环引用：甲 → 乙 → 丙 → 甲");
    let links: Vec<String> = (1..20_000).map(|i| format!("n{i}: =n{} + 1", i - 1)).collect();
    let chain = format!("n0: 1\n{}\n末: =n19999", links.join("\n"));
    let (calculator, findings) = calculator(&[(2021, &chain)]);
    assert_eq!(findings, []);
    assert_eq!(show(&calculator, "末"), "20000.00万元");
}
