//! Charts: where everything stands on them, what is printed, what is read out, and what cannot be drawn.

use std::collections::BTreeMap;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, String as PdfString};
use jibao::Examined;
use jibao::compose::{BlockView, ChartView, LabelView, Part, ShapeView};
use rust_decimal::Decimal;

use crate::support::{Dossier, jibao, root};

const CASE: &str = "tests/cases/charts";
const SECTION: &str = "2023/sections/01-charts.yaml";
/// The width of a drawing, and from one line of the grid to the next, in thousandths of a point.
const WIDTH: i64 = 442_205;
const PITCH: i64 = 29_619;

/// The case with this chart in place of its own.
fn with_chart(chart: &str) -> Dossier {
    Dossier::copy_of(CASE).write(SECTION, format!("标题: 支出情况\n正文:\n  - 图: {chart}\n"))
}

fn examine(dossier: &Dossier) -> Examined {
    jibao::examine(dossier.path(), 2023)
}

fn charts(examined: &Examined) -> Vec<&ChartView> {
    let blocks = &examined.report.as_ref().expect("a report").view.body;
    let charts = blocks.iter().filter_map(|block| match block {
        BlockView::Chart(chart) => Some(chart),
        _ => None,
    });
    charts.collect()
}

/// The one chart of a dossier without errors.
fn drawn(chart: &str) -> ChartView {
    let examined = examine(&with_chart(chart));
    let errors: Vec<_> = examined.findings.iter().filter(|finding| finding.blocks()).collect();
    assert!(errors.is_empty(), "{chart}: {errors:?}");
    charts(&examined)[0].clone()
}

/// The corners of the bars of a chart, those of the legend left out: from their left, upper, right and lower edges.
fn bars(chart: &ChartView) -> Vec<[i64; 4]> {
    let edges = chart.shapes.iter().filter_map(|shape| match shape {
        ShapeView::Bar { at, size, .. } => Some([at[0], at[1], at[0] + size[0], at[1] + size[1]]),
        _ => None,
    });
    edges.filter(|[.., bottom]| *bottom <= baseline(chart)).collect()
}

/// The lower end of the axis of amounts.
fn baseline(chart: &ChartView) -> i64 {
    let upright = chart.shapes.iter().find_map(|shape| match shape {
        ShapeView::Rule { from, to } if from[0] == to[0] => Some(to[1]),
        _ => None,
    });
    upright.expect("an axis")
}

fn texts(chart: &ChartView) -> Vec<&str> {
    chart.labels.iter().map(|label| label.text.as_str()).collect()
}

/// The width of a text on the page, at the most.
fn width(label: &LabelView) -> i64 {
    let shares = label.text.chars().map(|c| match c {
        '0'..='9' => 500,
        '.' => 250,
        '\u{2212}' => 564,
        '%' => 833,
        c if c.is_ascii() => 560,
        _ => 1000,
    });
    shares.sum::<i64>() * label.size / 1000
}

/// The ink of a label: left, upper, right and lower edge. Digits leave a fifth of their em box empty above them.
fn ink(label: &LabelView) -> [i64; 4] {
    let ([x, y], length, size) = (label.at, width(label), label.size);
    let back = match label.align {
        "left" => 0,
        "center" => length / 2,
        _ => length,
    };
    let (top, bottom) = (size * 22 / 100, size * 88 / 100);
    if label.turned {
        [x + top, y + back - length, x + bottom, y + back]
    } else {
        [x - back, y + top, x - back + length, y + bottom]
    }
}

fn overlap(a: [i64; 4], b: [i64; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

/// Everything stands on the drawing, and no text on another.
fn assert_legible(chart: &ChartView) {
    let drawing = [0, 0, WIDTH, chart.lines * PITCH];
    let inks: Vec<_> = chart.labels.iter().map(|label| (label.text.as_str(), ink(label))).collect();
    for (i, (text, ink)) in inks.iter().enumerate() {
        let inside = ink[0] >= drawing[0] && ink[1] >= drawing[1] && ink[2] <= drawing[2] && ink[3] <= drawing[3];
        assert!(inside, "{}: {text} at {ink:?}", chart.caption);
        for (other, theirs) in &inks[i + 1..] {
            assert!(!overlap(*ink, *theirs), "{}: {text} {ink:?} on {other} {theirs:?}", chart.caption);
        }
    }
    for [left, top, right, bottom] in bars(chart) {
        assert!(left >= 0 && top >= 0 && right <= WIDTH && bottom <= drawing[3], "{}", chart.caption);
    }
}

#[test]
fn every_kind_of_chart_is_drawn_without_a_finding() {
    let examined = jibao::examine(&root().join(CASE), 2023);
    assert_eq!(examined.findings, []);
    let charts = charts(&examined);
    assert_eq!(charts.len(), 7);
    for (number, chart) in (1..).zip(charts) {
        assert!(chart.caption.starts_with(&format!("图{number}\u{3000}")), "{}", chart.caption);
        assert_legible(chart);
    }
}

#[test]
fn bars_are_as_high_as_their_amounts() {
    let chart = drawn("{类型: 柱形, 标题: 甲, 数据: 历年(支出.合计)}");
    let amounts = [44_880, 44_070, 52_285, 53_045, 58_310];
    assert_eq!(&texts(&chart)[..2], ["单位：万元", "0"]);
    let bars = bars(&chart);
    assert_eq!(bars.len(), amounts.len());
    let base = baseline(&chart);
    let unit = (base - bars[0][1], amounts[0]);
    for ([left, top, right, bottom], amount) in bars.iter().zip(amounts) {
        assert_eq!(*bottom, base);
        // To the nearest whole on both sides.
        let (height, expected) = (base - top, Decimal::from(unit.0 * amount) / Decimal::from(unit.1));
        assert!((Decimal::from(height) - expected).abs() <= Decimal::ONE * Decimal::from(2), "{height} for {amount}");
        let number = format!("{}.{:02}", amount / 100, amount % 100);
        let label = chart.labels.iter().find(|label| label.text == number).expect("its number");
        let ink = ink(label);
        assert_eq!((left + right) / 2, label.at[0], "{number} is over its bar");
        assert!((1_000..4_000).contains(&(top - ink[3])), "{number} is near its bar's end");
    }
    assert!(bars.windows(2).all(|pair| pair[0][2] < pair[1][0]));
}

#[test]
fn negative_bars_hang_from_the_axis_of_zero() {
    let chart = drawn("{类型: 柱形, 标题: 甲, 数据: 历年(增减额)}");
    let bars = bars(&chart);
    let (falls, rises) = bars.split_at(2);
    let zero = falls[0][1];
    assert!(falls.iter().all(|bar| bar[1] == zero && bar[3] > zero));
    assert!(rises.iter().all(|bar| bar[3] == zero && bar[1] < zero));
    let fall = chart.labels.iter().find(|label| label.text == "\u{2212}51.40").expect("a number");
    assert!(ink(fall)[1] > falls[1][3], "it stands below its bar");
    assert!(chart.alt.contains("2020年负51.40万元"), "{}", chart.alt);
}

#[test]
fn a_year_without_an_amount_is_a_gap() {
    let lines = "系列: [{名称: 合计, 数据: 历年(三公经费.合计)}, {名称: 接待, 数据: 历年(三公经费.公务接待费)}]";
    let chart = drawn(&format!("{{类型: 折线, 标题: 甲, {lines}}}"));
    let paths: Vec<usize> = chart
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            ShapeView::Path { points, dash: 1 } => Some(points.len()),
            _ => None,
        })
        .collect();
    // Two on each side of 2021; the third is the key of the legend.
    assert_eq!(paths, [2, 2, 2]);
    assert!(chart.alt.contains("接待：2019年2.10万元，2020年2.04万元，2021年没有数，2022年"), "{}", chart.alt);
    let chart = drawn(&format!("{{类型: 柱形, 标题: 甲, {lines}}}"));
    assert_eq!((bars(&chart).len(), texts(&chart).iter().filter(|text| **text == "—").count()), (9, 1));
    let chart = drawn(&format!("{{类型: 构成, 标题: 甲, {lines}}}"));
    assert_eq!((bars(&chart).len(), texts(&chart).iter().filter(|text| **text == "—").count()), (8, 1));
    assert!(chart.alt.contains("2021年：合计7.84万元；接待没有数。"), "{}", chart.alt);
}

#[test]
fn a_year_between_two_others_has_its_room() {
    let dossier = with_chart("{类型: 柱形, 标题: 甲, 数据: 历年(独有)}");
    for (year, text) in [(2020, "独有: 3.00\n"), (2023, "独有: 5.00\n")] {
        let path = dossier.path().join(format!("{year}/figures.yaml"));
        let old = std::fs::read_to_string(&path).unwrap();
        std::fs::write(path, old + text).unwrap();
    }
    let examined = examine(&dossier);
    let chart = charts(&examined)[0];
    assert_eq!(chart.alt, "柱形图：甲。2020年3.00万元，2021年没有数，2022年没有数，2023年5.00万元。");
    assert_eq!(bars(chart).len(), 2);
}

#[test]
fn last_years_block_stands_for_the_year_before() {
    let figures = "预算: {总计: 9.00}\n支出: {合计: 8.00}\n上年: {支出: {合计: 7.00}}\n";
    let dossier = with_chart("{类型: 柱形, 标题: 甲, 数据: 历年(支出.合计)}").write("2023/figures.yaml", figures);
    for year in 2019..2023 {
        std::fs::remove_dir_all(dossier.path().join(year.to_string())).unwrap();
    }
    assert_eq!(charts(&examine(&dossier))[0].alt, "柱形图：甲。2022年7.00万元，2023年8.00万元。");
}

#[test]
fn parts_fill_the_whole_and_say_their_shares() {
    let chart = drawn("{类型: 构成, 标题: 甲, 项: [{逐项: 支出.项目支出.明细}]}");
    assert_eq!(
        chart.alt,
        "构成图：甲。农村饮水安全巩固提升96.20万元，占45.27%；河道清淤（一期）58.30万元，占27.44%；\
         信息化运行维护34.00万元，占16.00%；宣传培训24.00万元，占11.29%。"
    );
    let edges: Vec<[i64; 2]> = chart
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            ShapeView::Bar { at, size, .. } if size[1] > 20_000 => Some([at[0], at[0] + size[0]]),
            _ => None,
        })
        .collect();
    assert_eq!(edges.len(), 4);
    assert!(edges.windows(2).all(|pair| pair[0][1] == pair[1][0]), "{edges:?}");
    assert_legible(&chart);
}

#[test]
fn amounts_are_converted_and_the_unit_is_said() {
    let chart =
        drawn("{类型: 柱形, 标题: 甲, 单位: 元, 项: [{名称: 乙, 值: =支出.合计}, {名称: 丙, 值: =元(支出.合计)}]}");
    assert_eq!(texts(&chart).iter().filter(|text| **text == "5831000.00").count(), 2);
    assert_eq!(chart.alt, "柱形图：甲。乙5831000.00元，丙5831000.00元。");
    let own = drawn("{类型: 柱形, 标题: 甲, 数据: 历年(支出.合计), 替代文字: '支出共{{ 支出.合计 }}万元'}");
    assert_eq!(own.alt, "支出共583.10万元");
}

/// Figures of ten years in four series that cross each other.
fn ten_years() -> Dossier {
    let dossier = with_chart("");
    for year in 2014..=2023 {
        let at = |times: i32| (year * times) % 97 * 17 + 40;
        let figures = format!(
            "预算: {{总计: 1}}\n支出: {{合计: 1}}\n甲: {}.25\n乙: {}.50\n丙: {}\n丁: {}\n小: {}.10\n更小: 0.40\n零: 0\n",
            at(7),
            at(11),
            at(13),
            at(5),
            year - 2010
        );
        std::fs::create_dir_all(dossier.path().join(year.to_string())).unwrap();
        std::fs::write(dossier.path().join(format!("{year}/figures.yaml")), figures).unwrap();
    }
    dossier
}

#[test]
fn ten_years_of_four_series_are_legible() {
    let four = "系列: [{名称: 人员经费, 数据: 历年(甲)}, {名称: 公用经费, 数据: 历年(乙)}, {名称: 其中：公务接待费, 数据: 历年(丙)}, \
                {名称: 项目支出, 数据: 历年(丁)}]";
    let thin = "系列: [{名称: 大, 数据: 历年(甲)}, {名称: 小, 数据: 历年(小)}, {名称: 更小, 数据: 历年(更小)}, {名称: 零, 数据: 历年(零)}]";
    let mut dossier = ten_years();
    for (kind, series) in [("柱形", four), ("折线", four), ("构成", four), ("构成", thin), ("柱形", "数据: 历年(零)")]
    {
        let section = format!("标题: 图\n正文:\n  - 图: {{类型: {kind}, 标题: {kind}, {series}}}\n");
        dossier = dossier.write(SECTION, section);
        let examined = examine(&dossier);
        let chart = charts(&examined)[0];
        assert_legible(chart);
        // Every number that is read out is printed, whether on the chart or in the table under it.
        if kind != "构成" {
            let numbers: Vec<&str> = chart.alt.split(['年', '万']).filter(|text| text.contains('.')).collect();
            assert!(numbers.len() >= 10);
            assert!(numbers.iter().all(|number| texts(chart).contains(number)), "{numbers:?}");
        }
    }
}

#[test]
fn each_number_reads_the_figure_of_its_own_year() {
    let examined = jibao::examine(&root().join(CASE), 2023);
    let report = examined.report.as_ref().expect("a report");
    let book = report.calculator.book();
    let mut points = BTreeMap::new();
    for print in &report.prints {
        let Part::Point { chart, series, category } = &print.spot.part else { continue };
        if !chart.starts_with("图1") && !chart.starts_with("图3") {
            continue;
        }
        let reads: Vec<String> =
            print.reads.iter().map(|&figure| format!("{} {}", figure.year, book.node(figure).unwrap().path)).collect();
        points.insert((series.as_str(), category.as_str()), (print.text.as_str(), reads));
    }
    let read = |figure: &str| vec![figure.to_owned()];
    assert_eq!(points[&("", "2019年")], ("448.80", read("2019 支出.合计")));
    assert_eq!(points[&("", "2023年")], ("583.10", read("2023 支出.合计")));
    assert_eq!(points[&("其中：公务接待费", "2022年")], ("1.84", read("2022 三公经费.公务接待费")));
    assert!(!points.contains_key(&("其中：公务接待费", "2021年")));
}

#[test]
fn explain_knows_the_page_of_a_number_in_a_chart() {
    let output = jibao().args(["explain"]).arg(root().join(CASE).join("2023")).arg("支出.合计").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("图1　近五年支出 “2023年”  第1页：583.10"), "{text}");
}

#[test]
fn what_cannot_be_drawn_is_said_where_it_is_written() {
    let many = |count: usize, name: &str| vec![format!("{{名称: {name}, 值: 1}}"); count].join(", ");
    let cases = [
        ("{类型: 柱形, 标题: 甲, 数据: 支出.合计}".to_owned(), "JB5015", "“支出.合计”不是几年的数", "支出.合计"),
        ("{类型: 柱形, 标题: 甲, 数据: 历年(没有)}".to_owned(), "JB2004", "没有“没有”这个数据项", "没有"),
        ("{类型: 柱形, 标题: 甲, 项: [{名称: 乙, 值: =历年(支出.合计)}]}".to_owned(), "JB5015", "不是一个数", "历年"),
        ("{类型: 柱形, 标题: 甲, 项: [{逐项: 没有}]}".to_owned(), "JB2004", "不是一组数据项", "没有"),
        ("{类型: 柱形, 标题: 甲, 单位: 人, 数据: 历年(支出.合计)}".to_owned(), "JB5005", "图的单位是“人”", "历年"),
        (
            "{类型: 构成, 标题: 甲, 项: [{名称: 乙, 值: 3}, {名称: 丙, 值: -1}]}".to_owned(),
            "JB5015",
            "构成图里有负数",
            "-1",
        ),
        (
            "{类型: 构成, 标题: 甲, 项: [{名称: 乙, 值: 0}, {名称: 丙, 值: 0}]}".to_owned(),
            "JB5015",
            "合计是 0",
            "{类型",
        ),
        (format!("{{类型: 柱形, 标题: 甲, 项: [{}]}}", many(13, "乙")), "JB5015", "并排有 13 项，最多 12 项", "{类型"),
        (format!("{{类型: 构成, 标题: 甲, 项: [{}]}}", many(7, "乙")), "JB5015", "有 7 个部分，最多 6 个", "{类型"),
        (format!("{{类型: 柱形, 标题: 甲, 项: [{}]}}", many(12, &"长".repeat(20))), "JB5015", "横轴上放不下", "{类型"),
        (
            format!("{{类型: 折线, 标题: 甲, 项: [{}]}}", many(12, "乙").replace(": 1", ": 123456789012.25")),
            "JB5015",
            "数太长",
            "{类型",
        ),
        (
            "{类型: 柱形, 标题: 甲, 项: [{名称: 乙, 值: 99999999999999999999999999}]}".to_owned(),
            "JB5015",
            "数太大",
            "{类型",
        ),
        ("{类型: 柱形, 标题: ' ', 数据: 历年(支出.合计)}".to_owned(), "JB1016", "“标题”是空的", "' '"),
        ("{类型: 柱形, 标题: 甲, 项: [{名称: '', 值: 1}]}".to_owned(), "JB1016", "“名称”是空的", "''"),
    ];
    for (chart, code, message, place) in cases {
        let examined = examine(&with_chart(&chart));
        let errors: Vec<_> = examined.findings.iter().filter(|finding| finding.blocks()).collect();
        let [error] = errors.as_slice() else { panic!("{chart}: {errors:?}") };
        assert_eq!(error.code.as_str(), code, "{chart}");
        assert!(error.message.contains(message), "{chart}: {}", error.message);
        let written = examined.sources.slice(error.place.expect("a place"));
        assert!(written.starts_with(place), "{chart}: {written}");
        assert!(!error.hints.is_empty(), "{chart}");
    }
}

#[test]
fn an_amount_that_is_not_given_is_an_error_as_in_a_table() {
    for chart in ["数据: 历年(空)", "项: [{名称: 乙, 值: =空}]"] {
        let dossier = with_chart(&format!("{{类型: 柱形, 标题: 甲, {chart}}}"));
        let figures = "预算: {总计: 9.00}\n支出: {合计: 8.00}\n空: ~\n";
        let examined = examine(&dossier.write("2023/figures.yaml", figures));
        let errors: Vec<&str> = examined.findings.iter().filter(|f| f.blocks()).map(|f| f.code.as_str()).collect();
        assert_eq!(errors, ["JB2008"], "{chart}");
    }
}

/// The text of a string of a PDF.
fn unicode(string: &PdfString<'_>) -> String {
    let bytes = string.as_bytes();
    let Some(wide) = bytes.strip_prefix(&[0xFE, 0xFF]) else { return String::from_utf8_lossy(bytes).into_owned() };
    let units: Vec<u16> = wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).unwrap()
}

#[test]
fn the_pdf_has_each_chart_as_a_figure_whose_alt_text_gives_the_numbers() {
    let output = jibao().args(["build", "-o", "-"]).arg(root().join(CASE).join("2023")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let pdf = Pdf::new(output.stdout).expect("a PDF");
    let mut alts = Vec::new();
    for object in pdf.objects() {
        let Object::Dict(element) = object else { continue };
        if element.get::<Name<'_>>(b"S".as_slice()).as_deref() != Some(b"Figure".as_slice()) {
            continue;
        }
        alts.push(unicode(&element.get::<PdfString<'_>>(b"Alt".as_slice()).expect("an alt text")));
        // What is drawn belongs to the figure as it is, without an element that would be read by itself.
        let kids = element.get::<Array<'_>>(b"K".as_slice()).expect("its content");
        assert!(kids.iter::<Dict<'_>>().all(|kid| !kid.contains_key(b"S".as_slice())));
    }
    let examined = jibao::examine(&root().join(CASE), 2023);
    let mut expected: Vec<String> = charts(&examined).iter().map(|chart| chart.alt.clone()).collect();
    alts.sort();
    expected.sort();
    assert_eq!(alts, expected);
    assert!(
        alts.iter().any(|alt| alt.starts_with("柱形图：近五年支出。2019年448.80万元，2020年440.70万元")),
        "{alts:?}"
    );
}
