//! Rules that the templates keep whatever the dossier says: broken by templates that were changed.

use jibao::audit::{Outline, audit};
use jibao::diagnostic::{Code, Diagnostic};
use jibao::export::TypFolder;
use jibao::typeset::{FontSet, report_data};
use typst_layout::PagedDocument;

use super::{dossier, examined};
use crate::typ::folder_world::FolderWorld;

/// What the audit finds of a sample's report when a text of a template is replaced.
fn with_template(files: &[(&str, &str)], template: &str, from: &str, to: &str) -> Vec<Diagnostic> {
    let dossier = dossier(files);
    let (sources, _, report) = examined(&dossier);
    let fonts = FontSet::new(&[], false).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let typ = TypFolder::create(folder.path(), &fonts).unwrap();
    let data = report_data(&report.view, &fonts).unwrap();
    let place = typ.add("mine", &data).unwrap();
    let path = [place.join(template), folder.path().join(template)].into_iter().find(|path| path.is_file()).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{template} has no {from}");
    std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
    let world = FolderWorld::new(&place, &folder.path().join("fonts"));
    let document = typst::compile::<PagedDocument>(&world).output.unwrap();
    let mut findings = Vec::new();
    audit(&document, &Outline::of(&report.view, &report.places), &fonts, &sources, &mut findings);
    findings
}

/// Pages of text, an upright table over two pages, and a landscape one.
fn long() -> Vec<(&'static str, String)> {
    let rows = "        - [水库, 完成]\n".repeat(30);
    let table = |way: &str| {
        format!("  - 表:\n      标题: 任务表\n      方向: {way}\n      列: [任务, 完成情况]\n      行:\n{rows}")
    };
    let text = format!(
        "标题: 任务\n正文:\n{}{}{}  - 以上任务与年初目标一致。\n  - 账面与系统一致。\n  - 没有其他情况。\n",
        "  - 本单位对照全面实施预算绩效管理的要求以提高财政资金的使用效益为出发点把绩效自评列为重要工作按要求逐项细化办理本单位对照全面实施预算绩效管理的要求以提高财政资金的使用效益为出发点把绩效自评列为重要工作按要求逐项细化办理。\n".repeat(8),
        table("竖"),
        table("横"),
    );
    vec![("sections/01.yaml", text)]
}

fn long_with(template: &str, from: &str, to: &str) -> Vec<Diagnostic> {
    let files = long();
    let files: Vec<_> = files.iter().map(|(file, text)| (*file, text.as_str())).collect();
    with_template(&files, template, from, to)
}

fn codes(findings: &[Diagnostic]) -> Vec<Code> {
    let mut codes: Vec<Code> = findings.iter().map(|finding| finding.code).collect();
    codes.dedup();
    codes
}

#[test]
fn unchanged_templates_break_no_rule() {
    let findings = long_with("gbt9704/page.typ", "7mm +", "7mm +");
    assert_eq!(findings, []);
}

#[test]
fn too_many_lines_or_characters() {
    let lines = long_with("gbt9704/grid.typ", "(225mm - cell) / 21", "(225mm - cell) / 24");
    assert!(
        lines.iter().any(|finding| finding.code == Code::JB7005 && finding.message.contains("国标每面最多 22 行")),
        "{lines:?}"
    );
    let cells = long_with("gbt9704/grid.typ", "156mm / 28", "156mm / 30");
    assert!(
        cells.iter().any(|finding| finding.code == Code::JB7005 && finding.message.contains("30 个字")),
        "{cells:?}"
    );
    let one_more = long_with("gbt9704/grid.typ", "156mm / 28", "156mm / 29");
    assert!(
        one_more.iter().any(|finding| finding.code == Code::JB7005 && finding.message.contains("29 个字")),
        "{one_more:?}"
    );
}

#[test]
fn page_numbers_out_of_place() {
    for (from, to, fault) in [
        ("7mm +", "12mm +", "页码在版心下 12.0 mm，应是 7 mm"),
        ("dx: if right-side { -cell } else { cell },", "", "应空一字"),
        ("if right-side { right } else { left },", "left,", "应空一字"),
        ("footer: portrait-folio,", "footer: none,", "没有印页码"),
        ("counter(page).get().first()) + \" —\"", "counter(page).get().first() + 1) + \" —\"", "印的页码是"),
        ("dx: bleed + bottom-margin - folio-drop(),", "dx: 5mm,", "页码在版心下"),
        ("dy: if low { -1 } else { 1 } * (bleed + outer-margin + cell),", "", "应空一字"),
    ] {
        let findings = long_with("gbt9704/page.typ", from, to);
        assert_eq!(codes(&findings), [Code::JB7006], "{from}: {findings:?}");
        assert!(findings.iter().all(|finding| finding.message.contains(fault)), "{from}: {findings:?}");
    }
}

#[test]
fn a_head_that_is_not_repeated() {
    let findings = long_with("gbt9704/table.typ", "table.header(head-line", "table.header(repeat: false, head-line");
    assert_eq!(codes(&findings), [Code::JB7008]);
    assert!(findings.iter().all(|finding| finding.place.is_some()), "{findings:?}");
}

#[test]
fn rows_that_may_be_cut() {
    let text = "完成各项任务，做好防汛抗旱工作，".repeat(8);
    let rows = format!("        - [水库, '{text}']\n").repeat(12);
    let table =
        format!("标题: 任务\n正文:\n  - 表:\n      标题: 任务表\n      列: [任务, 完成情况]\n      行:\n{rows}");
    let whole = with_template(&[("sections/01.yaml", &table)], "gbt9704/table.typ", "rows: (", "rows: (");
    assert_eq!(whole, []);
    let cut = with_template(
        &[("sections/01.yaml", &table)],
        "gbt9704/table.typ",
        "height > tallest { auto }",
        "true { auto }",
    );
    assert!(cut.iter().any(|finding| finding.code == Code::JB7007 && finding.place.is_some()), "{cut:?}");
}

#[test]
fn a_table_that_is_wider_than_the_page() {
    let findings = long_with("gbt9704/table.typ", "columns: widths,", "columns: widths.map(width => width * 1.2),");
    assert!(
        findings.iter().any(|finding| finding.code == Code::JB7003 && finding.message.contains("表格线")),
        "{findings:?}"
    );
}

#[test]
fn a_face_that_belongs_to_another_role() {
    let findings = long_with("gbt9704/page.typ", "..fangsong,", "..song,");
    assert!(
        findings.iter().any(|finding| finding.code == Code::JB7002 && finding.place.is_some()),
        "{:?}",
        findings.first()
    );
}
