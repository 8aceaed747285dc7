//! The main figures of a year.

use jibao::diagnostic::Code;
use jibao::main_figures::{MainFigure, main_figures};
use jibao::profile::Library;
use jibao::source::{Sources, Spanned};

use crate::support::{Dossier, SAMPLES, root};

fn of_sample(name: &str, year: i32) -> Vec<MainFigure> {
    let examined = jibao::examine(&root().join("samples").join(name), year);
    main_figures(&examined.report.expect("the sample reads"))
}

fn printed(figures: &[MainFigure], name: &str) -> String {
    let figure = figures.iter().find(|figure| figure.name == name).unwrap_or_else(|| panic!("{name}"));
    format!("{}{}", figure.printed, figure.unit)
}

#[test]
fn every_sample_has_its_main_figures() {
    for &(name, year) in SAMPLES {
        let figures = of_sample(name, year);
        let faults: Vec<_> = figures.iter().filter_map(|figure| figure.finding.as_ref()).collect();
        assert!(faults.is_empty(), "{name}: {faults:?}");
        let given = figures.iter().filter(|figure| figure.amount.is_some()).count();
        assert!(given >= if name == "national-project" { 3 } else { 8 }, "{name}: {figures:#?}");
    }
}

#[test]
fn amounts_are_exact_and_shares_are_of_exact_amounts() {
    let figures = of_sample("huidong", 2021);
    assert_eq!(printed(&figures, "支出合计"), "1406.80万元");
    assert_eq!(printed(&figures, "预算执行率"), "89.03%");
    let rate = figures.iter().find(|figure| figure.name == "预算执行率").and_then(|f| f.amount.clone()).unwrap();
    assert_eq!(rate.value.to_string(), "89.03064937694999778499237405");
    let figures = of_sample("sichuan", 2022);
    assert_eq!(printed(&figures, "中央专款"), "1900.00万元", "given in 亿元");
    assert_eq!(printed(&figures, "非税收入"), "382.63万元", "given in 元");
}

#[test]
fn what_a_year_lacks_is_absent_and_no_fault() {
    let figures = of_sample("national-project", 2023);
    assert_eq!(printed(&figures, "支出合计"), "—万元");
    assert_eq!(printed(&figures, "预算执行率"), "—%");
    assert_eq!(printed(&figures, "项目资金执行率"), "92.56%");
}

/// The findings of a profile that says so of its main figures.
fn findings(text: &str) -> Vec<(Code, String, String)> {
    let dossier = Dossier::init();
    std::fs::create_dir_all(dossier.path().join("own/甲")).unwrap();
    std::fs::write(dossier.path().join("own/甲/profile.yaml"), text).unwrap();
    let (mut sources, mut findings) = (Sources::default(), Vec::new());
    let library = Library::new(vec![dossier.path().join("own")]);
    library.find(&Spanned::from("甲".to_owned()), &mut sources, &mut findings);
    let place = |finding: &jibao::diagnostic::Diagnostic| {
        finding.place.map(|place| sources.slice(place).to_owned()).unwrap_or_default()
    };
    findings.iter().map(|finding| (finding.code, finding.message.clone(), place(finding))).collect()
}

#[test]
fn a_profile_s_main_figures_are_checked_at_their_places() {
    let head = "名称: 甲\n继承: department-overall\n主要数据:\n";
    assert_eq!(findings(&format!("{head}  - {{名称: 人均支出, 值: =支出.合计 / 人员.行政实有, 单位: 万元}}\n")), []);
    for (entry, code, message, place) in [
        ("{名称: 乙, 值: =支出.合几, 单位: 万元}", Code::JB1022, "没有“支出.合几”", "=支出.合几"),
        ("{名称: 乙, 值: =支出., 单位: 万元}", Code::JB2003, "少了名称", "=支出."),
        ("{名称: 乙, 占比: [乙, 支出合计]}", Code::JB1022, "要用“乙”，前面没有这一项", "乙"),
        ("{名称: 乙, 占比: [支出合计]}", Code::JB1016, "占比 要写两个名称", ""),
        ("{名称: 乙, 值: =支出.合计}", Code::JB1016, "值 没有写 单位", ""),
        ("{名称: 乙, 单位: 万元}", Code::JB1016, "值 和 占比 一个也没有写", ""),
        ("{名称: 乙, 值: 支出.合计, 单位: 万元}", Code::JB1016, "值 要以 = 开头", ""),
        ("{名称: 乙, 值: =支出.合计, 单位: 万元, 占比: [支出合计, 预算总计]}", Code::JB1016, "又写 值 又写 占比", ""),
    ] {
        let found = findings(&format!("{head}  - {entry}\n"));
        let [(found_code, found_message, found_place)] = found.as_slice() else { panic!("{entry}: {found:?}") };
        assert_eq!(*found_code, code, "{entry}");
        assert!(found_message.contains(message), "{entry}: {found_message}");
        assert!(place.is_empty() || found_place == place, "{entry}: {found_place}");
    }
    let twice = findings(&format!(
        "{head}  - {{名称: 支出合计, 值: =支出.合计, 单位: 元}}\n  - {{名称: 乙, 占比: [支出合计, 预算总计]}}\n"
    ));
    assert_eq!(twice, [], "one of the extended profile's is replaced");
    let twice = findings(
        "名称: 甲\n数据项: {乙: {单位: 元}}\n主要数据: [{名称: 丙, 值: =乙, 单位: 元}, {名称: 丙, 值: =乙, 单位: 元}]\n",
    );
    assert!(twice[0].1.contains("两个主要数据同名“丙”"), "{twice:?}");
    let removed = findings("名称: 甲\n继承: department-overall\n删去: [预算执行率, 支出合计]\n");
    assert_eq!(removed, []);
    let removed = findings("名称: 甲\n继承: department-overall\n删去: [没有的]\n");
    assert!(removed[0].1.contains("没有的"), "{removed:?}");
}
