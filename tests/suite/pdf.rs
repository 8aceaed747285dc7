//! The finished PDF, read by a reader that did not write it.

use std::collections::BTreeSet;
use std::path::Path;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use crate::support::{jibao, root};

fn build(arguments: &[&str], set: impl FnOnce(&mut std::process::Command)) -> Vec<u8> {
    let mut command = jibao();
    command.args(["build", "-o", "-"]).args(arguments);
    set(&mut command);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn sample() -> Vec<u8> {
    build(&[root().join("samples/huidong").to_str().unwrap()], |_| {})
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let first = sample();
    let second = build(&["huidong/2021", "-j", "7"], |command| {
        command
            .current_dir(root().join("samples"))
            .env("TZ", "Asia/Shanghai")
            .env("LANG", "zh_CN.GB18030")
            .env("LC_ALL", "C");
    });
    assert!(first == second, "{} and {} bytes", first.len(), second.len());
}

#[test]
fn source_date_epoch_dates_the_properties_and_not_the_page() {
    let data = build(&[root().join("samples/huidong").to_str().unwrap()], |command| {
        command.env("SOURCE_DATE_EPOCH", "1700000000");
    });
    let text = String::from_utf8_lossy(&data);
    assert!(text.contains("2023-11-14") && !text.contains("2022-05-31"));
    let mut command = jibao();
    let wrong = command.env("SOURCE_DATE_EPOCH", "昨天").args(["build", "-o", "-"]).arg(root().join("samples/huidong"));
    assert_eq!(wrong.output().unwrap().status.code(), Some(2));
}

#[test]
fn it_is_tagged_archival_and_describes_itself() {
    let data = sample();
    let pdf = Pdf::new(data.clone()).expect("a PDF");
    let root = pdf.xref().root_id();
    let catalog = pdf.xref().get::<Dict<'_>>(root).expect("the catalog");
    assert!(catalog.contains_key(b"StructTreeRoot".as_slice()));
    assert!(catalog.contains_key(b"Outlines".as_slice()));
    let language = catalog.get::<hayro_syntax::object::String<'_>>(b"Lang".as_slice()).expect("a language");
    assert_eq!(language.as_bytes(), b"zh-CN");
    let metadata = catalog.get::<Stream<'_>>(b"Metadata".as_slice()).expect("metadata");
    let xmp = String::from_utf8(metadata.decoded().expect("decoded").to_vec()).expect("XML");
    for part in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "惠东县政务服务数据管理局2021年度部门整体支出绩效自评报告",
        "2022-05-31",
        "绩效自评",
    ] {
        assert!(xmp.contains(part), "{part} not in {xmp}");
    }
}

#[test]
fn every_font_is_embedded_as_a_subset_with_unicode() {
    let data = sample();
    let pdf = Pdf::new(data).expect("a PDF");
    let mut names = BTreeSet::new();
    for object in pdf.objects() {
        let Object::Dict(font) = object else { continue };
        let kind = font.get::<Name<'_>>(b"Type".as_slice());
        let subtype = font.get::<Name<'_>>(b"Subtype".as_slice());
        if kind.as_deref() != Some(b"Font".as_slice()) || subtype.as_deref() != Some(b"Type0".as_slice()) {
            continue;
        }
        let name = font.get::<Name<'_>>(b"BaseFont".as_slice()).expect("a name");
        let name = String::from_utf8(name.to_vec()).unwrap();
        assert_eq!(name.find('+'), Some(6), "{name} is no subset");
        assert!(font.contains_key(b"ToUnicode".as_slice()), "{name} has no ToUnicode");
        let below = font.get::<Array<'_>>(b"DescendantFonts".as_slice()).expect("a descendant");
        let below = below.iter::<Dict<'_>>().next().expect("a descendant");
        let descriptor = below.get::<Dict<'_>>(b"FontDescriptor".as_slice()).expect("a descriptor");
        let embedded =
            descriptor.contains_key(b"FontFile2".as_slice()) || descriptor.contains_key(b"FontFile3".as_slice());
        assert!(embedded, "{name} is not embedded");
        names.insert(name[7..].to_owned());
    }
    for face in ["ZhuqueFangsong", "JibaoBiaoSong", "JibaoHei", "LiberationSerif"] {
        assert!(names.iter().any(|name| name.starts_with(face)), "{face} not in {names:?}");
    }
}

#[test]
fn landscape_attachments_stand_among_portrait_pages() {
    let pdf = Pdf::new(sample()).expect("a PDF");
    let sizes: Vec<(i32, i32)> = pdf
        .pages()
        .iter()
        .map(|page| {
            let (width, height) = page.base_dimensions();
            (rounded(width), rounded(height))
        })
        .collect();
    assert_eq!(sizes.first(), Some(&(595, 842)));
    assert_eq!(sizes.last(), Some(&(842, 595)));
}

fn rounded(length: f32) -> i32 {
    format!("{length:.0}").parse().unwrap()
}

#[test]
fn nothing_is_written_but_pdfs_and_the_record_of_them() {
    let out = tempfile::tempdir().unwrap();
    let status =
        jibao().args(["build", "--quiet", "-o"]).arg(out.path()).arg(root().join("samples/demo")).status().unwrap();
    assert!(status.success());
    let names = |folder: &Path| -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
        let mut names: Vec<String> = entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    let pdfs = ["云岭县农业农村局-2022.pdf", "云岭县农业农村局-2023.pdf"];
    assert_eq!(names(out.path()), [".jibao", pdfs[0], pdfs[1]]);
    assert_eq!(names(&out.path().join(".jibao")), pdfs.map(|pdf| format!("{pdf}.json")));
}
