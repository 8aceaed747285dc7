//! Other files of the same model: pictures, drawings, words, and a copy to be edited.

use std::io::Read;
use std::path::Path;

use crate::support::{Dossier, Run, jibao, root};

fn build(dossier: &Path, arguments: &[&str]) -> Run {
    jibao().arg("build").arg(dossier).args(arguments).output().unwrap().into()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.retain(|name| name != ".jibao");
    names.sort();
    names
}

fn part(docx: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn all_that_is_asked_for_stands_beside_the_pdf_and_is_made_again_when_it_is_gone() {
    let out = tempfile::tempdir().unwrap();
    let path = out.path().to_str().unwrap();
    let demo = root().join("samples/demo/2023");
    let formats = ["-o", path, "--format", "pdf,docx,txt,png,svg", "--ppi", "36"];
    let run = build(&demo, &formats);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("；另有 docx、txt、png（12 个）、svg（12 个）"), "{}", run.stdout);
    let first = names(out.path());
    assert_eq!(first.len(), 3 + 2 * 12, "{first:?}");
    assert!(first[0].ends_with("-01.png") && first[1].ends_with("-01.svg"), "{first:?}");
    let whole = |name: &str| std::fs::read(out.path().join(name)).unwrap();
    let bytes: Vec<Vec<u8>> = first.iter().map(|name| whole(name)).collect();

    assert!(build(&demo, &formats).stdout.contains("没有变化"));
    let svg = first.iter().find(|name| name.ends_with("-07.svg")).unwrap();
    std::fs::remove_file(out.path().join(svg)).unwrap();
    std::fs::remove_file(out.path().join(first.last().unwrap())).unwrap();
    let again = build(&demo, &formats);
    assert!(!again.stdout.contains("没有变化"), "{}", again.stdout);
    assert_eq!(names(out.path()), first);
    for (name, bytes) in first.iter().zip(bytes) {
        assert!(whole(name) == bytes, "{name} differs from the first run");
    }
    // Less is asked for: it is all there, and nothing is taken away.
    assert!(build(&demo, &["-o", path, "--format", "txt"]).stdout.contains("没有变化"));
    assert!(build(&demo, &["-o", path]).stdout.contains("没有变化"));
    assert_eq!(names(out.path()), first);
    // Pictures of another size are other pictures.
    let larger = build(&demo, &["-o", path, "--format", "png", "--ppi", "72"]);
    assert!(!larger.stdout.contains("没有变化"), "{}", larger.stdout);
}

#[test]
fn pages_of_a_report_that_became_shorter_go_and_foreign_files_stay() {
    let dossier = Dossier::copy_of("samples/demo");
    let out = tempfile::tempdir().unwrap();
    let path = out.path().to_str().unwrap();
    let formats = ["-o", path, "--format", "svg"];
    let year = dossier.path().join("2023");
    assert_eq!(build(&year, &formats).code, 0);
    let before = names(out.path());
    let foreign = before.last().unwrap().replace("-12.svg", "-13.svg");
    std::fs::write(out.path().join(&foreign), "mine").unwrap();
    let dossier = dossier.replace("unit.yaml", "双面: true", "双面: false");
    let year = dossier.path().join("2023");
    let run = build(&year, &formats);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let after = names(out.path());
    // Without a back, the cover has no blank page behind it.
    assert!(after.len() == before.len() && after.contains(&foreign), "{after:?}");
    assert!(!after.contains(before.last().unwrap()), "{after:?}");
}

#[test]
fn one_file_takes_its_kind_from_its_name() {
    let out = tempfile::tempdir().unwrap();
    let demo = root().join("samples/demo/2023");
    let file = |name: &str| out.path().join(name).to_str().unwrap().to_owned();
    assert_eq!(build(&demo, &["-o", &file("a.txt")]).code, 0);
    let text = std::fs::read_to_string(out.path().join("a.txt")).unwrap();
    assert!(text.starts_with("\u{FEFF}云岭县农业农村局2023年度部门整体支出绩效自评报告\r\n"), "{text}");
    assert_eq!(build(&demo, &["-o", &file("a.docx")]).code, 0);
    assert!(std::fs::read(out.path().join("a.docx")).unwrap().starts_with(b"PK"));
    for (arguments, said) in [
        (vec!["-o", "x.txt", "--format", "pdf"], "-o 的文件名却以 .txt 结尾"),
        (vec!["-o", "x.pdf", "--format", "pdf,txt"], "要做几种时，-o 要写一个文件夹"),
        (vec!["-o", "-", "--format", "png"], "png 一页一张图，-o 要写一个文件夹"),
        (vec!["-o", "x", "--format", "typ,pdf"], "要单独用 --format typ"),
        (vec!["-o", "x", "--format", "png", "--ppi", "601"], "601"),
    ] {
        let run = build(&demo, &arguments);
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.stderr.contains(said), "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn a_table_pastes_as_cells_and_a_paragraph_is_a_line() {
    let demo = root().join("samples/demo/2023");
    let text = build(&demo, &["-o", "-", "--format", "txt"]).stdout;
    let lines: Vec<&str> = text.trim_start_matches('\u{FEFF}').split("\r\n").collect();
    let start = lines.iter().position(|line| line.starts_with("收入项目\t")).unwrap();
    let cells = |line: &str| line.matches('\t').count();
    assert!(lines[start..start + 8].iter().all(|line| cells(line) == cells(lines[start])), "{:?}", &lines[start..]);
    assert!(lines.iter().any(|line| line.starts_with("\u{3000}\u{3000}一、")), "{text}");
    assert!(!text.replace("\r\n", "").contains(['\n', '\r']));
}

#[test]
fn the_copy_has_styles_levels_sections_and_repeated_heads() {
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("a.docx");
    let demo = root().join("samples/demo/2023");
    assert_eq!(build(&demo, &["-o", file.to_str().unwrap()]).code, 0);
    let docx = std::fs::read(&file).unwrap();
    let document = part(&docx, "word/document.xml");
    for wanted in [
        r#"<w:pStyle w:val="Title" />"#,
        r#"<w:pStyle w:val="Heading1" />"#,
        r#"<w:pStyle w:val="Heading2" />"#,
        "<w:tblHeader />",
        r#"<w:vMerge w:val="restart" />"#,
        r#"<w:vMerge w:val="continue" />"#,
        r#"<w:jc w:val="right" />"#,
        r#"w:orient="landscape""#,
        r#"<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587""#,
        r#"<w:docGrid w:type="lines" w:linePitch="579"/>"#,
        r#"<w:pgNumType w:start="1"/>"#,
    ] {
        assert!(document.contains(wanted), "no {wanted}");
    }
    assert!(document.split("<w:tbl>").skip(1).all(|table| table.contains("<w:tblHeader />")));
    // Every paragraph's properties begin with its style, where it has one, and end with those of the section.
    for properties in document.split("<w:pPr>").skip(1) {
        let properties = properties.split("</w:pPr>").next().unwrap();
        assert!(properties.find("<w:pStyle").is_none_or(|at| at == 0), "{properties}");
        assert!(properties.find("<w:sectPr>").is_none_or(|at| at > properties.find("<w:rPr").unwrap()), "{properties}");
    }
    assert!(!document.contains("paraId"));
    let settings = part(&docx, "word/settings.xml");
    assert!(settings.contains("<w:mirrorMargins/>") && settings.contains("<w:evenAndOddHeaders/>"));
    let core = part(&docx, "docProps/core.xml");
    assert!(core.contains("<dc:title>云岭县农业农村局2023年度部门整体支出绩效自评报告</dc:title>"), "{core}");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&docx)).unwrap();
    for i in 0..zip.len() {
        let file = zip.by_index(i).unwrap();
        assert_eq!(file.last_modified(), Some(zip::DateTime::default()), "{}", file.name());
    }
}

#[test]
fn the_copy_shows_charts_and_says_what_they_show() {
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("a.docx");
    let run = build(&root().join("samples/county/water/2023"), &["-o", file.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let docx = std::fs::read(&file).unwrap();
    let document = part(&docx, "word/document.xml");
    for (number, said) in [(1, "柱形图："), (2, "构成图："), (3, "折线图：")] {
        let picture = format!(r#"<wp:docPr id="{number}" name="图{number}" descr="{said}"#);
        assert!(document.contains(&picture), "no {picture}");
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&docx)).unwrap();
        assert!(zip.by_name(&format!("word/media/rIdChart{number}.png")).is_ok());
    }
}

#[test]
fn what_is_special_to_xml_stays_text() {
    let dossier = Dossier::copy_of("samples/demo").replace("2023/report.yaml", "标题: ", "标题: A&B<C>\"");
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("a.docx");
    let run = build(&dossier.path().join("2023"), &["--draft", "-o", file.to_str().unwrap()]);
    let docx = std::fs::read(&file).unwrap_or_else(|_| panic!("{}", run.stderr));
    assert!(part(&docx, "word/document.xml").contains("A&amp;B&lt;C&gt;"));
    assert!(part(&docx, "docProps/core.xml").contains("A&amp;B&lt;C&gt;"));
    assert!(part(&docx, "word/header1.xml").contains("草稿"));
    let text = build(&dossier.path().join("2023"), &["--draft", "-o", "-", "--format", "txt"]).stdout;
    assert!(text.starts_with("\u{FEFF}【草稿】\r\n"), "{text}");
}

#[test]
fn red_head_and_imprint_are_in_the_words_and_in_the_copy_in_the_order_of_the_pages() {
    let case = root().join("tests/cases/red-head/2023");
    let text = build(&case, &["-o", "-", "--format", "txt"]).stdout;
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("a.docx");
    assert_eq!(build(&case, &["-o", file.to_str().unwrap()]).code, 0);
    let document = part(&std::fs::read(&file).unwrap(), "word/document.xml");
    for all in [&text, &document] {
        let mut from = 0;
        for wanted in [
            "云岭县农村公路养护中心文件",
            "云路养〔2024〕7号",
            "签发人：",
            "林一舟",
            "2023年度部门整体支出绩效自评报告",
            "云岭县财政局：",
            "2024年4月18日",
            "抄送：云岭县审计局，",
            "县农村公路养护中心各股室。",
            "云岭县农村公路养护中心办公室",
            "2024年4月19日印发",
        ] {
            from += all[from..].find(wanted).unwrap_or_else(|| panic!("no {wanted} behind {from}")) + wanted.len();
        }
    }
    for wanted in [r#"<w:pStyle w:val="Issuer" />"#, r#"<w:w w:val="85" />"#, r#"w:tblpYSpec="bottom""#] {
        assert!(document.contains(wanted), "no {wanted}");
    }
}

#[test]
fn what_cannot_be_seen_in_a_name_is_neither_printed_nor_part_of_a_files_name() {
    let name = "惠东县政务服务数据管理局";
    let hidden = format!("单位名称: \"{name}\\uFEFF\\u202E\"");
    let dossier = Dossier::copy_of("samples/huidong").replace("unit.yaml", &format!("单位名称: {name}"), &hidden);
    let folder = tempfile::tempdir().unwrap();
    let built = build(dossier.path(), &["-o", folder.path().to_str().unwrap()]);
    assert!(built.stderr.contains("JB5004") && built.stderr.contains("unit.yaml:"), "{}", built.stderr);
    assert_eq!(names(folder.path()), [format!("{name}-2021.pdf")], "{}", built.stderr);
    let place = folder.path().join("新");
    let refused: Run = jibao().arg("init").arg(&place).args(["--unit", "某\u{FEFF}局"]).output().unwrap().into();
    assert!(refused.code == 2 && refused.stderr.contains("U+FEFF") && !place.exists(), "{}", refused.stderr);
}
