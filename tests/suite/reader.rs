//! Finished PDFs read back: text in order and complete, tables by rows with their heads, and the table of
//! `jibao check FILE.pdf`.

use std::fmt::Write as _;
use std::path::PathBuf;

use jibao::reader::{Document, Element, ReadError, Reader};
use serde_json::Value;

use crate::support::{Run, SAMPLES, jibao, root};

mod hostile;
mod inks;
mod pages;
mod rows;

fn folder(name: &str) -> PathBuf {
    root().join("samples").join(name)
}

fn build(name: &str, year: i32) -> Vec<u8> {
    let mut command = jibao();
    command.args(["build", "-o", "-", "--years", &year.to_string()]).arg(folder(name));
    let output = command.output().unwrap();
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn read(bytes: Vec<u8>) -> Document {
    Reader::open(bytes).unwrap().document().unwrap()
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The texts of a view in the order of print: those with Chinese in them, so that no keyword of the template is one.
fn pieces(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.chars().any(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')) => found.push(plain(text)),
        Value::Array(items) => items.iter().for_each(|item| pieces(item, found)),
        Value::Object(map) => map.values().for_each(|item| pieces(item, found)),
        _ => {}
    }
}

fn view_pieces(name: &str, year: i32) -> Vec<String> {
    let report = jibao::examine(&folder(name), year).report.unwrap();
    let view = serde_json::to_value(&report.view).unwrap();
    let mut found = Vec::new();
    for key in ["title_lines", "body", "attachment_note", "signature", "attachments"] {
        pieces(&view[key], &mut found);
    }
    found
}

/// What is copied out, without page numbers and heads that are repeated: those are ornaments to a screen reader.
fn copied(document: &Document) -> String {
    let lines = document.pages.iter().flat_map(jibao::reader::Page::lines);
    plain(&lines.filter(|line| !line.is_artifact()).map(|line| line.text()).collect::<String>())
}

/// Where long pieces are that occur once: in the order of print.
fn places(text: &str, pieces: &[String]) -> Vec<usize> {
    // The note of a table comes before its rows in the JSON, and after them on the page.
    let long = pieces.iter().filter(|piece| piece.chars().count() >= 30 && !piece.starts_with("注："));
    long.filter(|piece| text.matches(piece.as_str()).count() == 1)
        .filter_map(|piece| text.find(piece.as_str()))
        .collect()
}

#[test]
fn what_the_report_says_is_copied_out_in_full_and_in_order() {
    for &(name, year) in SAMPLES {
        let document = read(build(name, year));
        assert_eq!(document.unreadable, 0, "{name}");
        assert!(document.structure.outside.is_empty(), "{name}: {:?}", document.structure.outside);
        let pieces = view_pieces(name, year);
        assert!(pieces.len() > 100, "{name}");
        for text in [copied(&document), plain(&document.structure.text())] {
            let lost: Vec<&String> = pieces.iter().filter(|piece| !text.contains(piece.as_str())).collect();
            assert!(lost.is_empty(), "{name}: {lost:?}");
            let places = places(&text, &pieces);
            assert!(places.len() >= 4, "{name}: {}", places.len());
            assert!(places.is_sorted(), "{name}: {places:?}");
        }
    }
}

#[test]
fn the_structure_reads_tables_row_by_row_with_their_heads() {
    for &(name, year) in SAMPLES {
        let document = read(build(name, year));
        let all = document.structure.all();
        let tables: Vec<&&Element> = all.iter().filter(|element| element.role == "Table").collect();
        assert!(!tables.is_empty(), "{name}");
        for table in tables {
            let rows: Vec<Vec<&Element>> = table.rows().iter().map(|row| row.cells().collect()).collect();
            assert!(rows.len() > 1, "{name}: {}", table.text());
            let first = rows.first().unwrap();
            assert!(!first.is_empty() && first.iter().all(|cell| cell.role == "TH"), "{name}: {}", table.text());
            assert!(first.iter().all(|cell| matches!(cell.scope.as_deref(), Some("Column" | "Both"))), "{name}");
            let is_data = |row: &Vec<&Element>| row.iter().any(|cell| cell.role == "TD");
            let data = rows.iter().position(is_data).unwrap();
            assert!(rows[data..].iter().all(is_data), "{name}: a head after the data in {}", table.text());
        }
    }
}

#[test]
fn a_row_is_spoken_as_it_is_printed() {
    let document = read(build("huidong", 2021));
    let text = document.structure.text();
    let head = text.find("\n项目\t当年追加\t全年支出\n").expect("the head");
    let row = text.find("\n电子政务月租费\t—\t22\n").expect("a row of the second page of the table");
    assert!(head < row);
}

#[test]
fn every_sample_conforms() {
    for &(name, year) in SAMPLES {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("报告.PDF");
        std::fs::write(&path, build(name, year)).unwrap();
        let run = Run::from(jibao().arg("check").arg(&path).output().unwrap());
        assert_eq!(run.code, 0, "{name}: {}", run.stdout);
        assert!(!run.stdout.contains("不合 ") && run.stdout.contains("不合0"), "{name}: {}", run.stdout);
        assert!(run.stdout.contains("看不出0"), "{name}: {}", run.stdout);
    }
}

/// A PDF with these objects, of which the first is the catalogue.
fn assembled(objects: &[String]) -> Vec<u8> {
    let mut pdf = String::from("%PDF-1.7\n");
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        write!(pdf, "{} 0 obj\n{object}\nendobj\n", at + 1).unwrap();
    }
    let start = pdf.len();
    write!(pdf, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(pdf, "{place:010} 00000 n ").unwrap();
    }
    write!(pdf, "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).unwrap();
    pdf.into_bytes()
}

/// A page of one line, at a size, with a colour operator, as a small PDF of another kind: no tags, a font that is not
/// embedded, an encoding by bytes.
fn stranger(width: u32, content: &str) -> Vec<u8> {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    assembled(&objects)
}

fn verdict<'r>(rows: &'r [jibao::conformity::Row], item: &str) -> &'r jibao::conformity::Row {
    rows.iter().find(|row| row.item == item).expect("the row")
}

#[test]
fn a_pdf_of_another_kind_is_read_and_judged() {
    use jibao::conformity::{Verdict, examine};
    let document =
        read(stranger(612, "1 0 0 rg BT /F 16 Tf 100 700 Td (Report) Tj ET 0 g BT /F 9 Tf 300 40 Td (- 1 -) Tj ET"));
    let glyph = &document.pages[0].glyphs[0];
    assert_eq!((glyph.text.as_str(), glyph.size, glyph.x), ("R", 16.0, 100.0));
    assert!((glyph.y - 142.0).abs() < 0.01 && glyph.color.is_red());
    assert_eq!(document.text(), "Report\n- 1 -\n");
    let rows = examine(&document);
    for item in
        ["纸张幅面", "字体嵌入", "结构标签", "文档标题", "文档语言", "长期保存（PDF/A）", "页码写法", "页码字体字号"]
    {
        assert_eq!(verdict(&rows, item).verdict, Verdict::Deviates, "{item}");
    }
    assert_eq!(verdict(&rows, "文字可复制").verdict, Verdict::Conforms);
    assert_eq!(verdict(&rows, "每行字数").verdict, Verdict::Unknown);
    let rows = examine(&read(stranger(595, "BT /F 16 Tf 100 700 Td (Report) Tj ET")));
    assert_eq!(verdict(&rows, "纸张幅面").verdict, Verdict::Conforms);
}

#[test]
fn files_that_cannot_be_read_are_said_to_be_so_and_the_others_are_looked_at() {
    let folder = tempfile::TempDir::new().unwrap();
    let (broken, good) = (folder.path().join("坏.pdf"), folder.path().join("好.pdf"));
    std::fs::write(&broken, b"%PDF-1.7\nnothing").unwrap();
    std::fs::write(&good, stranger(595, "BT /F 16 Tf 100 700 Td (Report) Tj ET")).unwrap();
    let run = Run::from(jibao().args(["check", "--format", "json"]).arg(&broken).arg(&good).output().unwrap());
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("坏.pdf：不是 PDF，或者文件已经损坏"), "{}", run.stderr);
    let rows: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(rows.len() > 20 && rows.iter().all(|row| row["file"].as_str().unwrap().ends_with("好.pdf")));
    assert_eq!(Run::from(jibao().arg("check").arg(&good).output().unwrap()).code, 1);
}

#[test]
fn hostile_files_are_refused_and_not_unpacked() {
    let error = |bytes: Vec<u8>| Reader::open(bytes).and_then(|reader| reader.document()).err();
    // A file that is encrypted.
    let mut encrypted = stranger(595, "");
    let text = String::from_utf8(encrypted).unwrap().replace("/Root 1 0 R", "/Root 1 0 R/Encrypt 9 0 R");
    encrypted = text.into_bytes();
    assert_eq!(error(encrypted), Some(ReadError::Encrypted));
    // Pages that hold themselves: the library finds the page without them.
    let ring = String::from_utf8(stranger(595, "")).unwrap().replace("/Kids[3 0 R]", "/Kids[2 0 R]");
    assert_eq!(error(ring.into_bytes()), None);
    // A part that is larger when unpacked than the limit.
    let limits = jibao::reader::Limits { part: 1000, ..jibao::reader::Limits::default() };
    let report = build("huidong", 2021);
    assert!(matches!(Reader::open_with(report.clone(), limits), Err(ReadError::TooLarge(_))));
    let limits = jibao::reader::Limits { glyphs: 100, ..jibao::reader::Limits::default() };
    let many = Reader::open_with(report, limits).unwrap().document().err();
    assert!(matches!(many, Some(ReadError::TooLarge(_))));
    // Brackets without end, in the content of a page.
    assert_eq!(error(stranger(595, &"[".repeat(1_000_000))), Some(ReadError::Broken));
}

/// A PDF with these objects, of which the first is the catalogue, the second the pages and the third the page.
fn hostile(catalog: &str, resources: &str, content: &str, more: &[String]) -> Vec<u8> {
    let page = format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<{resources}>>>>");
    let mut objects = vec![
        format!("<</Type/Catalog/Pages 2 0 R{catalog}>>"),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        page,
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
    ];
    objects.extend_from_slice(more);
    assembled(&objects)
}

fn opened(bytes: Vec<u8>, limits: jibao::reader::Limits) -> Result<jibao::reader::Document, ReadError> {
    Reader::open_with(bytes, limits)?.document()
}

#[test]
fn brackets_without_end_outside_of_any_content_are_refused() {
    let deep = "[".repeat(200_000) + "]".repeat(200_000).as_str();
    let error = Reader::open(hostile(&format!("/X {deep}"), "", "", &[])).err();
    assert_eq!(error, Some(ReadError::Broken));
    // Behind a string that is none where the object begins.
    let hidden = format!("/X (9 0 obj {deep})");
    assert_eq!(Reader::open(hostile(&hidden, "", "", &[])).err(), Some(ReadError::Broken));
    // In a stream of objects.
    let objects = format!("<</Type/ObjStm/N 1/First 4/Length {}>>stream\n9 0 {deep}\nendstream", deep.len() + 4);
    assert_eq!(Reader::open(hostile("", "", "", &[objects])).err(), Some(ReadError::Broken));
}

#[test]
fn a_form_that_is_shown_again_and_again_is_charged_each_time() {
    let blank = " ".repeat(1000);
    let form = format!("<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Length 1000>>stream\n{blank}\nendstream");
    let shown =
        |times: usize| hostile("", "/XObject<</F 5 0 R>>", &"/F Do ".repeat(times), std::slice::from_ref(&form));
    let limits = jibao::reader::Limits { unpacked: 100_000, ..Default::default() };
    assert!(opened(shown(10), limits).is_ok());
    assert!(matches!(opened(shown(1000), limits), Err(ReadError::TooLarge(_))));
}

#[test]
fn an_element_that_names_a_text_many_times_has_it_once() {
    let content = "/P <</MCID 0>> BDC BT /F 12 Tf 0 0 Td (AAAA) Tj ET EMC";
    let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned();
    let root = "<</Type/StructTreeRoot/K 7 0 R>>".to_owned();
    let element = format!("<</S/P/Pg 3 0 R/K[{}]>>", "0 ".repeat(5000));
    let catalog = "/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R";
    let document = read(hostile(catalog, "/Font<</F 5 0 R>>", content, &[font, root, element]));
    assert_eq!(document.structure.text(), "AAAA");
}

#[test]
fn what_is_packed_in_hexadecimal_around_a_bomb_is_not_unpacked() {
    // 20,000 spaces, deflated.
    let packed = "78daedc13101000000c2a02aeb9fd21a1e4001000000000000000000000000000000000000f060cbbdc488";
    let hex = |filters: &str| {
        let stream = format!("<</Length {}/Filter{filters}>>stream\n{packed}>\nendstream", packed.len() + 1);
        hostile("", "/XObject<</F 5 0 R>>", "/F Do", &[stream.replacen("<<", "<</Subtype/Form/BBox[0 0 1 1]", 1)])
    };
    let small = jibao::reader::Limits { part: 5000, ..Default::default() };
    for filters in ["[/ASCIIHexDecode/FlateDecode]", "[/AHx/Fl]", "[/A#53CIIHexDecode/Flate#44ecode]"] {
        let pdf = hex(filters);
        assert!(matches!(opened(pdf.clone(), small), Err(ReadError::TooLarge(_))), "{filters}");
        assert!(opened(pdf, jibao::reader::Limits::default()).is_ok(), "{filters}");
    }
}

#[test]
fn states_and_shapes_have_an_end() {
    let limits = jibao::reader::Limits { depth: 4, shapes: 10, ..Default::default() };
    assert!(opened(stranger(595, &("q ".repeat(60) + "Q ".repeat(60).as_str())), limits).is_ok());
    assert!(matches!(opened(stranger(595, &"q ".repeat(65)), limits), Err(ReadError::TooLarge(_))));
    assert!(opened(stranger(595, &"0 0 1 1 re f ".repeat(10)), limits).is_ok());
    assert!(matches!(opened(stranger(595, &"0 0 1 1 re f ".repeat(11)), limits), Err(ReadError::TooLarge(_))));
}

#[test]
fn a_signature_of_whole_lines_and_long_notes_are_not_the_text() {
    let name = "某某县水利和移民开发服务中心河道管理与水土保持监测站综合执法大队".repeat(2);
    let note = "很长的注".repeat(60);
    let table = format!("  - 表: {{标题: 表, 列: [甲, 乙], 行: [[a, b]], 注: {note}}}\n");
    let section = format!("标题: 附注\n正文:\n{}", table.repeat(12));
    let dossier = crate::support::Dossier::init().write("2025/sections/20-notes.yaml", section);
    let folder = tempfile::TempDir::new().unwrap();
    let pdf = folder.path().join("a.pdf");
    let unit = std::fs::read_to_string(dossier.path().join("unit.yaml")).unwrap();
    let line = unit.lines().find(|line| line.starts_with("单位名称:")).unwrap();
    let dossier = dossier.replace("unit.yaml", line, &format!("单位名称: {name}"));
    let built = Run::from(jibao().args(["build", "--draft", "-o"]).arg(&pdf).arg(dossier.path()).output().unwrap());
    assert!(pdf.is_file(), "{}{}", built.stdout, built.stderr);
    let rows = jibao::conformity::examine(&read(std::fs::read(&pdf).unwrap()));
    for item in ["段首", "正文字体字号", "每行字数", "首页"] {
        let row = verdict(&rows, item);
        assert_eq!(row.verdict, jibao::conformity::Verdict::Conforms, "{item}: {}", row.found);
    }
}
