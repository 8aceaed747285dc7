//! Tables of years.

use jibao::diagnostic::Code;
use jibao::profile::names;

use super::{County, table};
use crate::support::{Dossier, printed};

const OWN: &str = "  - 表: {标题: 近年支出, 单位: 万元, 逐年: 5, 行: [[支出, =支出.合计], [比上年, '=增减幅(支出.合计, 上年.支出.合计)'], ['{{ 年度 }}年为止', =年度]]}";

#[test]
fn each_row_is_evaluated_in_each_year_and_last_year_is_that_year_s() {
    let report = County::new().with_blocks(OWN).clean(2023);
    assert_eq!(
        table(&report.view),
        [
            "项目|2019年|2020年|2021年|2022年|2023年",
            "支出|940.00|980.00|1064.00|1090.00|1230.00",
            "比上年|—|增加4.26%|增加8.57%|增加2.44%|增加12.84%",
            "2023年为止|2019|2020|2021|2022|2023",
        ]
    );
    assert_eq!(report.calculator.years_read().into_iter().collect::<Vec<_>>(), [2018, 2019, 2020, 2021, 2022]);
}

#[test]
fn the_columns_are_the_last_years_up_to_the_report_s_own() {
    let county = County::new().with_blocks(&OWN.replace("逐年: 5", "逐年: 3"));
    assert_eq!(table(&county.clean(2023).view)[0], "项目|2021年|2022年|2023年");
    let county = county.write("2021/sections/02.yaml", &format!("标题: 历年\n正文:\n{OWN}\n"));
    assert_eq!(table(&county.clean(2021).view)[0], "项目|2019年|2020年|2021年");
}

#[test]
fn what_a_year_lacks_is_a_dash_and_what_all_lack_a_fault() {
    let rows = "  - 表: {标题: 甲, 逐年: 3, 行: [[会议费（万元）, =会议费], [占比（%）, '=占比(会议费, 支出.合计)']]}";
    let county = County::new().with_blocks(rows);
    let county = county.write("2022/figures.yaml", "预算: {总计: 1160.00}\n支出: {合计: 1090.00}\n会议费: 2.18\n");
    assert_eq!(
        table(&county.clean(2023).view),
        ["项目|2021年|2022年|2023年", "会议费（万元）|—|2.18|—", "占比（%）|—|0.20|—"]
    );
    let all = jibao::examine(County::new().with_blocks(rows).path(), 2023);
    let codes: Vec<_> = all.findings.iter().map(|finding| (finding.code, finding.message.as_str())).collect();
    assert_eq!(codes, [(Code::JB2004, "没有“会议费”这个数据项"), (Code::JB2004, "没有“会议费”这个数据项")]);
    assert_eq!(all.sources.slice(all.findings[0].place.unwrap()), "会议费");
}

#[test]
fn a_year_that_cannot_be_read_is_said_with_its_own_findings() {
    let county = County::new().with_blocks(OWN).write("2021/figures.yaml", "支出: {合计: 12万元}\n");
    let examined = jibao::examine(county.path(), 2023);
    let paths: Vec<_> = examined.findings.iter().map(|f| examined.sources.path(f.place.unwrap().file)).collect();
    assert!(
        !paths.is_empty() && paths.iter().all(|path| path.ends_with("2021/figures.yaml")),
        "{:?}",
        examined.findings
    );
}

#[test]
fn what_is_wrong_in_a_year_is_told_once_with_the_year() {
    let rows = "  - 表: {标题: 甲, 逐年: 5, 行: [[人均, =支出.合计 + 人数]]}";
    let county = ["2020", "2022"].iter().fold(County::new().with_blocks(rows), |county, year| {
        let figures = std::fs::read_to_string(county.path().join(format!("{year}/figures.yaml"))).unwrap();
        county.write(&format!("{year}/figures.yaml"), &format!("{figures}人数: {{值: 3, 单位: 人}}\n"))
    });
    let examined = jibao::examine(county.path(), 2023);
    let [finding] = examined.findings.as_slice() else { panic!("{:#?}", examined.findings) };
    assert_eq!((finding.code, finding.message.as_str()), (Code::JB2006, "2020年：单位不一致：“万元”与“人”不能这样算"));
    assert_eq!(examined.sources.slice(finding.place.unwrap()), "+");
}

#[test]
fn the_standard_table_has_the_main_figures_and_the_scores() {
    let report = County::new().with_blocks("  - 表: 历年主要数据").clean(2023);
    assert_eq!(
        table(&report.view),
        [
            "项目|2019年|2020年|2021年|2022年|2023年",
            "预算总计|1000.00|1050.00|1100.00|1160.00|1250.00",
            "支出合计|940.00|980.00|1064.00|1090.00|1230.00",
            "预算执行率（%）|94.00|93.33|96.73|93.97|98.40",
            "总分|91.4|96|88.04|96.38|69.04",
            "等级|优|优|良|优|中",
        ]
    );
}

#[test]
fn every_profile_has_the_standard_table() {
    for profile in names() {
        let dossier = Dossier::init();
        let unit = format!("单位名称: 云岭县水利局\n体例: {profile}\n");
        let dossier = dossier.write("unit.yaml", unit).write("2025/scores.yaml", "指标体系: 没有\n");
        let dossier = dossier.write("2025/sections/02-overview.yaml", "标题: 历年\n正文: [{表: 历年主要数据}]\n");
        let examined = jibao::examine(dossier.path(), 2025);
        let view = examined.report.unwrap().view;
        assert!(printed(&view).contains("历年主要数据项目2025年"), "{profile}: {}", printed(&view));
        assert!(printed(&view).contains("预算执行率（%）99.07"), "{profile}: {}", printed(&view));
    }
}

#[test]
fn a_table_of_years_that_is_not_shaped_like_one_is_refused() {
    for (spec, message) in [
        ("{标题: 甲, 逐年: 1, 行: [[乙, =支出.合计]]}", "逐年 的年数不对"),
        ("{标题: 甲, 逐年: 2, 列: [乙], 行: [[乙, =支出.合计]]}", "又写 列 又写 逐年"),
        ("{标题: 甲, 行: []}", "缺少必填的键“列”"),
        ("{标题: 甲, 逐年: 2, 行: [[乙, 支出.合计]]}", "一行写名称和一个公式"),
        ("{标题: 甲, 逐年: 2, 行: [[乙, =支出.合计, =支出.合计]]}", "一行写名称和一个公式"),
        ("{标题: 甲, 逐年: 2, 行: [{逐项: 支出, 格: [乙, =本项]}]}", "一行写名称和一个公式"),
        ("{标题: 甲, 逐年: 2, 行: [主要数]}", "一行写成了文字“主要数”"),
        ("{标题: 甲, 列: [乙, 丙], 行: [主要数据]}", "“主要数据”一行只用在 逐年 的表里"),
    ] {
        let examined = jibao::examine(County::new().with_blocks(&format!("  - 表: {spec}")).path(), 2023);
        let [finding] = examined.findings.as_slice() else { panic!("{spec}: {:#?}", examined.findings) };
        assert!(finding.message.contains(message), "{spec}: {}", finding.message);
        assert!(finding.place.is_some_and(|place| examined.sources.path(place.file).ends_with("02.yaml")), "{spec}");
    }
}

#[test]
fn a_figure_of_another_year_is_explained_from_its_own_folder() {
    let county = County::new().with_blocks(OWN);
    let run: crate::support::Run = crate::support::jibao()
        .args(["explain", "--no-pages"])
        .arg(county.path().join("2023"))
        .arg("支出.合计")
        .output()
        .unwrap()
        .into();
    assert!(run.stdout.contains("“支出”“2023年”列"), "{}", run.stdout);
    assert!(!run.stdout.contains("“支出”“2022年”列"), "that is another figure: {}", run.stdout);
    assert!(run.stdout.contains("1230.00"), "{}", run.stdout);
    assert!(!run.stdout.contains("1090.00"), "{}", run.stdout);
    let run: crate::support::Run = crate::support::jibao()
        .args(["explain", "--no-pages"])
        .arg(county.path().join("2023"))
        .arg("上年.支出.合计")
        .output()
        .unwrap()
        .into();
    assert!(run.stdout.contains("“支出”“2022年”列"), "{}", run.stdout);
    assert!(run.stdout.contains("2022/figures.yaml"), "{}", run.stdout);
}
