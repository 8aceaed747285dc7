//! The report of several years.

use jibao::Examined;
use jibao::across::examine_years;
use jibao::compose::{BlockView, ReportView};
use jibao::diagnostic::Code;
use jibao::profile::Library;
use jibao::typeset::{FontSet, typeset};

use super::{County, table};
use crate::support::{printed, root};

fn examined(county: &County, first: i32, last: i32) -> Examined {
    examine_years(&Library::default(), county.path(), first..=last)
}

/// The report, of which there is nothing to be said.
fn clean(county: &County, first: i32, last: i32) -> ReportView {
    let examined = examined(county, first, last);
    assert!(examined.findings.is_empty(), "{:#?}", examined.findings);
    examined.report.unwrap().view
}

/// The headings with their numbers, the captions of tables and of charts.
fn outline(view: &ReportView) -> Vec<String> {
    let values = view.body.iter().map(|block| serde_json::to_value(block).unwrap());
    let mut outline = Vec::new();
    for value in values {
        match value["kind"].as_str() {
            Some("heading") => {
                outline.push(format!(
                    "{}{}",
                    value["number"].as_str().unwrap(),
                    value["text"][0]["v"].as_str().unwrap()
                ));
            }
            Some("table" | "chart") => outline.push(value["caption"].as_str().unwrap().replace('\u{3000}', " ")),
            _ => {}
        }
    }
    outline
}

fn charts(view: &ReportView) -> Vec<String> {
    let charts = view.body.iter().filter_map(|block| match block {
        BlockView::Chart(chart) => Some(chart.alt.clone()),
        _ => None,
    });
    charts.collect()
}

#[test]
fn it_tells_of_every_year_of_the_range() {
    let county = County::new();
    let view = clean(&county, 2019, 2023);
    assert_eq!(view.title_lines, ["云岭县水利局", "2019—2023年度", "部门整体支出绩效情况报告"]);
    assert_eq!(
        outline(&view),
        [
            "一、主要数据",
            "表1 各年主要数据",
            "二、预算执行和支出",
            "表2 各年支出的构成和增减",
            "图1 各年支出",
            "三、绩效评分",
            "表3 各年总分和等级",
            "图2 各年总分",
        ]
    );
    assert_eq!(table(&view)[0], "项目|2019年|2020年|2021年|2022年|2023年");
    let text = printed(&view);
    assert!(text.contains("2023年度支出1230.00万元，比上年增加140.00万元，增加12.84%。"), "{text}");
    assert!(text.contains("总分91.49688.0496.3869.04等级优优良优中"), "{text}");
    assert!(text.contains("2024年5月31日"), "{text}");
    let charts = charts(&view);
    assert!(charts[0].contains("2019年") && charts[0].contains("940"), "{charts:?}");
    assert!(charts[1].contains("2021年") && charts[1].contains("88.04"), "{charts:?}");
    assert_eq!(
        (view.meta.subject.as_str(), view.meta.keywords[2].as_str()),
        ("2019—2023年度某县部门整体支出绩效自评", "2019—2023年度")
    );
}

#[test]
fn it_begins_with_the_first_year_and_scores_look_back_beyond_it() {
    let view = clean(&County::new(), 2020, 2022);
    assert_eq!(view.title_lines[1], "2020—2022年度");
    assert_eq!(table(&view)[0], "项目|2020年|2021年|2022年");
    assert!(printed(&view).contains("总分9688.0496.38"), "2020 looks back to 2019: {}", printed(&view));
    assert!(charts(&view).iter().all(|alt| !alt.contains("2019年") && alt.contains("2020年")), "{:?}", charts(&view));
}

#[test]
fn a_figure_s_own_formula_looks_back_as_in_its_own_report() {
    let figures = "预算: {总计: 1160.00}\n支出: {合计: 1090.00}\n平均: =平均(历年(支出.合计))\n";
    let profile = "名称: 某县\n继承: department-overall\n数据项: {平均: {单位: 万元}}\n主要数据: [{名称: 历年平均, 值: =平均, 单位: 万元}]\n";
    let county = County::new().write("2022/figures.yaml", figures).write("体例/county/profile.yaml", profile);
    let view = clean(&county, 2021, 2022);
    assert!(table(&view).contains(&"历年平均|—|1018.50".to_owned()), "{:?}", table(&view));
}

#[test]
fn what_no_year_has_falls_away_and_numbers_go_on() {
    let county = County::new();
    let county = [2019, 2020, 2021, 2022, 2023]
        .iter()
        .fold(county, |county, year| county.remove(&format!("{year}/scores.yaml")));
    let profile = "名称: 某县
继承: department-overall
数据项: {甲: {单位: 万元}, 乙: {单位: 万元}}
多年报告:
  标题: 某县
  正文:
    - 有甲{{ 甲 }}万元。
    - 小节: {标题: 没有的, 正文: [{表: {标题: 甲, 逐年: 5, 行: [[甲, =甲]]}}, {图: {类型: 柱形, 标题: 总分, 数据: 历年(总分)}}]}
    - 小节: {标题: 有的, 正文: ['{{ 乙 }}万元。', {图: {类型: 柱形, 标题: 甲, 数据: 历年(甲)}}, {表: {标题: 支出, 逐年: 5, 行: [[支出, =支出.合计], [甲, =甲]]}}, {图: {类型: 柱形, 标题: 支出, 数据: 历年(支出.合计)}}]}
";
    let view = clean(&county.write("体例/county/profile.yaml", profile), 2019, 2023);
    assert_eq!(outline(&view), ["一、有的", "表1 支出", "图1 支出"]);
    assert_eq!(table(&view).len(), 2);
    assert!(!printed(&view).contains('甲'), "{}", printed(&view));
}

#[test]
fn a_run_in_heading_goes_only_with_all_that_it_runs_into() {
    let profile = "名称: 某县
继承: department-overall
数据项: {甲: {单位: 万元}}
多年报告:
  标题: 某县
  正文:
    - 小节: {标题: 其一, 接排: true, 正文: ['{{ 甲 }}万元。']}
    - 小节: {标题: 其二, 接排: true, 正文: [只有这一段。]}
    - 小节: {标题: 其三, 接排: true, 正文: ['{{ 甲 }}万元。', 第二段。]}
    - 小节: {标题: 其四, 接排: true, 正文: ['{{ 甲 }}万元。', {列表: {项: [一项]}}]}
";
    let view = clean(&County::new().write("体例/county/profile.yaml", profile), 2019, 2023);
    assert_eq!(outline(&view), ["一、其二。", "二、其三。", "三、其四"]);
    let text = printed(&view);
    assert!(text.contains("其二。只有这一段。") && text.contains("其三。第二段。") && text.contains("一项"), "{text}");
    assert!(!text.contains("万元"), "{text}");
}

#[test]
fn a_chart_shows_what_other_years_have_though_the_last_lacks_it() {
    let others = |county: County| {
        [2019, 2020, 2021, 2022].iter().fold(county, |county, year| {
            let old = std::fs::read_to_string(county.path().join(format!("{year}/figures.yaml"))).unwrap();
            county.write(&format!("{year}/figures.yaml"), &format!("{old}甲: 1.00\n组: {{乙: 2.00}}\n丙: 3.00\n"))
        })
    };
    let profile = "名称: 某县
继承: department-overall
数据项: {甲: {单位: 万元}, 组.乙: {单位: 万元}, 丙: {单位: 万元}}
多年报告:
  标题: 某县
  正文:
    - 图: {类型: 柱形, 标题: 甲, 数据: 历年(甲)}
    - 图: {类型: 柱形, 标题: 乙, 数据: 历年(组.乙)}
    - 图: {类型: 柱形, 标题: 丙, 数据: 历年(丙)}
    - 图: {类型: 柱形, 标题: 总分, 数据: 历年(总分)}
";
    let county = others(County::new()).write("体例/county/profile.yaml", profile).remove("2023/scores.yaml");
    let county = county.write("2023/figures.yaml", "预算: {总计: 1250.00}\n支出: {合计: 1230.00}\n丙: ~\n");
    assert_eq!(outline(&clean(&county, 2019, 2023)), ["图1 甲", "图2 乙", "图3 丙", "图4 总分"]);
    assert!(charts(&clean(&county, 2020, 2023)).iter().all(|alt| alt.contains("2022年") && !alt.contains("2019年")));
    // Its own report goes on asking for a figure that it lacks.
    let chart = "  - 图: {类型: 柱形, 标题: 丙, 数据: 历年(丙)}\n  - 图: {类型: 柱形, 标题: 甲, 数据: 历年(甲)}";
    let own = jibao::examine(county.with_blocks(chart).path(), 2023);
    let codes: Vec<_> = own.findings.iter().map(|finding| finding.code).collect();
    assert!(codes.contains(&Code::JB2004) && codes.contains(&Code::JB2008), "{:#?}", own.findings);
}

#[test]
fn a_last_year_without_a_score_leaves_the_chart_of_scores() {
    let found = examined(&County::new().write("2023/scores.yaml", "指标体系: 没有\n"), 2019, 2023);
    let view = found.report.unwrap().view;
    assert!(outline(&view).contains(&"图2 各年总分".to_owned()), "{:?} {:?}", outline(&view), found.findings);
    assert_eq!(found.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::JB4010]);
}

#[test]
fn a_year_without_a_score_is_said_and_left_out() {
    let county = County::new().write("2021/scores.yaml", "指标体系: 没有\n");
    let found = examined(&county, 2019, 2023);
    assert_eq!(found.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::JB4010]);
    assert!(printed(&found.report.unwrap().view).contains("总分91.496—96.3869.04"));
}

#[test]
fn what_is_wrong_with_a_year_that_is_read_is_said_at_its_file() {
    let county = County::new().write("2020/figures.yaml", "支出: {合计: 12万元}\n");
    let found = examined(&county, 2019, 2023);
    let errors = found.findings.iter().filter(|finding| finding.code == Code::JB1018);
    let files: Vec<_> = errors.map(|finding| found.sources.path(finding.place.unwrap().file).to_owned()).collect();
    assert!(!files.is_empty() && files.iter().all(|file| file.ends_with("2020/figures.yaml")), "{:?}", found.findings);
}

#[test]
fn the_last_year_s_own_text_is_not_read() {
    let county = County::new().write("2023/sections/01.yaml", "标题: 概况\n正文: [会议费{{ 会议费 }}万元。\n");
    clean(&county, 2019, 2023);
}

#[test]
fn one_year_is_no_report_of_several() {
    let found = examined(&County::new(), 2023, 2030);
    assert!(found.report.is_none());
    assert_eq!(found.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::JB1001]);
    assert!(found.findings[0].message.contains("只有 1 个年度"), "{:?}", found.findings);
}

#[test]
fn a_profile_s_own_text_is_checked_at_its_places() {
    let bare = County::new()
        .write("体例/county/profile.yaml", "名称: 某县\n")
        .write("体例/county/indices/county.yaml", "编号: a\n名称: 甲\n性质: 占位\n满分: 0\n指标: []\n");
    let found = examined(&bare, 2019, 2023);
    assert!(found.report.is_none());
    let place = found.findings[0].place.unwrap();
    assert_eq!((found.findings[0].code, found.sources.slice(place)), (Code::JB1022, "county"));
    for (body, named) in [
        ("'{{ 支出.合几 }}万元。'", "支出.合几"),
        ("{表: {标题: 甲, 逐年: 5, 行: [[甲, =支出.合几]]}}", "支出.合几"),
        ("{图: {类型: 柱形, 标题: 甲, 数据: 历年(支出.合几)}}", "支出.合几"),
        ("{小节: {标题: 甲, 正文: [{表: 没有的表}]}}", "没有的表"),
    ] {
        let profile = format!("{}多年报告: {{标题: 某县, 正文: [{body}]}}\n", super::PROFILE);
        let found = examined(&County::new().write("体例/county/profile.yaml", &profile), 2019, 2023);
        assert_eq!(found.findings[0].code, Code::JB1022, "{body}: {:?}", found.findings);
        assert!(found.findings[0].message.contains(named), "{body}: {:?}", found.findings);
        assert!(found.sources.path(found.findings[0].place.unwrap().file).ends_with("profile.yaml"), "{body}");
    }
}

#[test]
fn it_is_laid_out() {
    let folder = root().join("samples/demo");
    let found = examine_years(&Library::default(), &folder, 2019..=2023);
    assert!(found.findings.is_empty(), "{:#?}", found.findings);
    let report = found.report.unwrap();
    assert_eq!(report.view.title_lines[1], "2022—2023年度");
    let mut findings = Vec::new();
    let pages = typeset(&report.view, &FontSet::new(&[], false).unwrap(), &mut findings);
    assert!(pages.is_some() && findings.is_empty(), "{findings:?}");
    // Marks for the places of prints do not change what is printed.
    assert_eq!(printed(&report.marked_view(&found.sources)), printed(&report.view));
}

#[test]
fn a_year_whose_own_report_has_errors_stops_the_report_of_several() {
    let county = County::new();
    let figures = std::fs::read_to_string(county.path().join("2021/figures.yaml")).unwrap();
    let wrong = figures.replacen("支出:", "凑数: {填报: 9, 公式: =1 + 1}\n支出:", 1);
    assert_ne!(wrong, figures);
    let county = county.write("2021/figures.yaml", &wrong);
    let examined = jibao::across::examine_years(&Library::default(), county.path(), 2019..=2023);
    let blocking: Vec<_> = examined.findings.iter().filter(|finding| finding.blocks()).collect();
    let [finding] = blocking.as_slice() else { panic!("{:#?}", examined.findings) };
    assert_eq!(finding.code, Code::JB2001);
    assert!(examined.sources.path(finding.place.unwrap().file).ends_with("2021/figures.yaml"));
}
