//! A figure left empty: what is not checked for want of it is said, and findings elsewhere lead to it.

use serde_json::Value;

use crate::support::Dossier;

const FIGURES: &str = "2023/figures.yaml";

fn found<'f>(findings: &'f [Value], code: &str) -> Vec<&'f Value> {
    findings.iter().filter(|finding| finding["code"] == code).collect()
}

/// The line of a text in the demo's figures.
fn line_of(dossier: &Dossier, text: &str) -> u64 {
    let figures = std::fs::read_to_string(dossier.path().join(FIGURES)).unwrap();
    let lines = figures.lines().position(|line| line.contains(text)).unwrap();
    u64::try_from(lines + 1).unwrap()
}

/// The lines of figures.yaml that a finding shows besides its own place.
fn lines_shown(finding: &Value) -> Vec<u64> {
    let labels = finding["labels"].as_array().unwrap().iter();
    let labels = labels.filter(|label| label["file"].as_str().unwrap().ends_with("figures.yaml"));
    labels.map(|label| label["line"].as_u64().unwrap()).collect()
}

#[test]
fn a_stated_total_and_an_equation_that_lack_a_part_say_so_once() {
    let dossier = Dossier::copy_of("samples/demo").replace(FIGURES, "公务接待费: 3.48", "公务接待费: ~");
    let findings = dossier.check().findings();
    let [finding] = found(&findings, "JB2010")[..] else { panic!("{findings:#?}") };
    let message = finding["message"].as_str().unwrap();
    assert!(message.contains("“三公经费.合计”、“三公经费构成”没有核对"), "{message}");
    assert_eq!(finding["line"], line_of(&dossier, "公务接待费: ~"));
    assert_eq!(lines_shown(finding), [line_of(&dossier, "合计: {填报: 18.10")]);
}

#[test]
fn a_list_that_is_complete_says_that_a_part_is_empty() {
    let list = "追加:\n    列举: 全部\n";
    let dossier = Dossier::copy_of("samples/demo")
        .replace(FIGURES, "追加:\n", list)
        .replace(FIGURES, "合计: =人员经费及公用经费 + 项目经费", "合计: 499.00")
        .replace(FIGURES, "项目经费: 412.60", "项目经费: ~");
    let findings = dossier.check().findings();
    let [finding] = found(&findings, "JB2010")[..] else { panic!("{findings:#?}") };
    assert!(finding["message"].as_str().unwrap().contains("“预算.追加”"), "{finding}");
}

#[test]
fn what_is_left_out_or_empty_on_both_sides_is_no_finding() {
    for assets in ["", "  账面: {固定资产: 1426.35, 无形资产: ~}\n  系统: {固定资产: 1426.35, 无形资产: ~}\n"]
    {
        let dossier = Dossier::copy_of("samples/demo");
        let path = dossier.path().join(FIGURES);
        let figures = std::fs::read_to_string(&path).unwrap();
        let (before, rest) = figures.split_once("  账面: {").unwrap();
        let (_, rest) = rest.split_once("  固定资产总额: =账面.固定资产\n").unwrap();
        let total = "  固定资产总额: 1426.35\n";
        std::fs::write(&path, format!("{before}{assets}{total}{rest}")).unwrap();
        assert_eq!(found(&dossier.check().findings(), "JB2010"), Vec::<&Value>::new());
    }
}

#[test]
fn a_number_that_cannot_be_printed_leads_to_the_figure_that_is_empty() {
    let dossier = Dossier::copy_of("samples/demo").replace(FIGURES, "人员经费: 1067.20", "人员经费: ~");
    let findings = dossier.check().findings();
    let line = line_of(&dossier, "人员经费: ~");
    let printed: Vec<_> =
        found(&findings, "JB2008").into_iter().filter(|f| f["subject"] == "支出.基本支出.合计").collect();
    assert!(!printed.is_empty(), "{findings:#?}");
    assert!(printed.iter().all(|finding| lines_shown(finding).contains(&line)), "{printed:#?}");
}

#[test]
fn units_that_do_not_fit_lead_to_the_figures() {
    let dossier = Dossier::copy_of("samples/demo")
        .replace(FIGURES, "按期数: 6", "按期数: {值: 6, 单位: 万元}")
        .replace(FIGURES, "培训费: 8.94", "培训费: {值: 89400, 单位: 元}");
    let findings = dossier.check().findings();
    let overdue = found(&findings, "JB2006").into_iter().find(|f| f["subject"] == "业务.逾期项目").unwrap();
    assert!(lines_shown(overdue).contains(&line_of(&dossier, "按期数:")), "{overdue}");
    let printed = found(&findings, "JB5005");
    let line = line_of(&dossier, "培训费:");
    assert!(printed.iter().any(|finding| lines_shown(finding).contains(&line)), "{printed:#?}");
}
