//! PDFs that carry what must not be unpacked.

use std::io::Write;

use super::*;

/// A PDF that carries these files, each stream as it is handed over, with what its dictionary says besides.
fn pdf(files: &[(&str, &[u8])], dictionary: &str) -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = Vec::new();
    let names: String = (0..files.len()).map(|i| format!("({i}) {} 0 R ", 4 + 2 * i)).collect::<Vec<_>>().concat();
    objects.push(format!("<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[{names}]>>>>>>").into_bytes());
    objects.push(b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec());
    objects.push(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>".to_vec());
    for (i, (name, data)) in files.iter().enumerate() {
        let name: String = name.encode_utf16().map(|unit| format!("{unit:04X}")).collect::<Vec<_>>().concat();
        objects.push(format!("<</Type/Filespec/UF<FEFF{name}>/EF<</UF {} 0 R>>>>", 5 + 2 * i).into_bytes());
        let mut stream = format!("<</Type/EmbeddedFile/Length {}{dictionary}>>stream\n", data.len()).into_bytes();
        stream.extend_from_slice(data);
        stream.extend_from_slice(b"\nendstream");
        objects.push(stream);
    }
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        writeln!(out, "{} 0 obj", i + 1).unwrap();
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let table = out.len();
    write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(out, "{place:010} 00000 n ").unwrap();
    }
    write!(out, "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).unwrap();
    out
}

/// Runs `extract` and `verify` on a PDF and gives what they said; nothing may have been written.
fn refused(data: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let (file, out) = (folder.path().join("a.pdf"), folder.path().join("in/out"));
    std::fs::write(&file, data).unwrap();
    let extract = run(&["extract", "-o", out.to_str().unwrap()], &file);
    assert_eq!(extract.code, 2, "{}", extract.stdout);
    let verified = run(&["verify"], &file);
    assert_eq!(verified.code, 2, "{}", verified.stdout);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "something was written");
    extract.stderr
}

#[test]
fn paths_that_lead_elsewhere_are_refused() {
    for name in
        ["../a.yaml", "2023/../../a.yaml", "/tmp/a.yaml", "C:\\a.yaml", "a\\..\\..\\b", "NUL", "a:b", "a\u{202E}b"]
    {
        let said = refused(&pdf(&[("unit.yaml", b"a: 1"), (name, b"x")], ""));
        assert!(said.contains("没有取出"), "{name}: {said}");
    }
    let said = refused(&pdf(&[("unit.yaml", b"a: 1"), ("Unit.yaml", b"b: 1")], ""));
    assert!(said.contains("同一个文件"), "{said}");
    let said = refused(&pdf(&[("a", b"1"), ("a/b", b"2")], ""));
    assert!(said.contains("同一个文件"), "{said}");
}

#[test]
fn an_honest_one_of_the_same_make_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let (file, out) = (folder.path().join("a.pdf"), folder.path().join("out"));
    std::fs::write(&file, pdf(&[("说明/a.txt", b"x")], "")).unwrap();
    let extract = run(&["extract", "-o", out.to_str().unwrap()], &file);
    assert_eq!(extract.code, 0, "{}", extract.stderr);
    assert_eq!(std::fs::read(out.join("说明/a.txt")).unwrap(), b"x");
}

/// A list as the program writes it, of these years.
fn list(years: &str) -> String {
    format!(
        r#"{{"schema":1,"jibao":"0.0.9","templates":"",{years},"draft":false,"comments":true,"fonts":[],"files":[]}}"#
    )
}

/// What `verify` says of a PDF with these files.
fn verified(files: &[(&str, &[u8])]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pdf");
    std::fs::write(&file, pdf(files, "")).unwrap();
    let verified = run(&["verify", "--format", "json"], &file);
    assert_eq!(verified.code, 1, "{}{}", verified.stdout, verified.stderr);
    verified.stdout
}

#[test]
fn years_that_no_report_has_are_refused() {
    for years in
        [r#""year":2023,"since":-2000000000"#, r#""year":2023,"since":2024"#, r#""year":2000000000"#, r#""year":-1"#]
    {
        let said = verified(&[("jibao/manifest.json", list(years).as_bytes()), ("unit.yaml", b"a: 1")]);
        assert!(said.contains("里的年度不合理"), "{years}: {said}");
    }
}

#[test]
fn what_is_said_of_data_that_give_nothing_does_not_name_the_temporary_folder() {
    let unit = "单位名称: 甲局\n体例: department-overall\n".as_bytes();
    let broken: [&[(&str, &[u8])]; 6] = [
        &[],
        &[("unit.yaml", b"{{{")],
        &[("unit.yaml", unit)],
        &[("unit.yaml", unit), ("2023/figures.yaml", b"{{{")],
        &[("unit.yaml", "单位名称: 甲局\n体例: 没有\n".as_bytes()), ("2023/figures.yaml", b"a: 1")],
        &[("unit.yaml", unit), ("2023/report.yaml/a.yaml", b"a"), ("2023/figures.yaml", b"a: 1")],
    ];
    for files in broken {
        let list = list(r#""year":2023"#);
        let files: Vec<(&str, &[u8])> =
            [("jibao/manifest.json", list.as_bytes())].into_iter().chain(files.iter().copied()).collect();
        let said = verified(&files);
        assert!(said.contains("按所附的数据排不出报告"), "{said}");
        let shelf = std::env::temp_dir();
        let (_, said) = said.split_once("\"verdict\"").unwrap();
        assert!(!said.contains("jibao-verify") && !said.contains(shelf.to_str().unwrap()), "{said}");
        assert!(!said.contains("dossier/"), "{said}");
    }
}

#[test]
fn what_grows_without_bound_is_refused() {
    // 600 MB of zeros, packed once and, its packing being as even, packed again.
    let bomb = deflated(&vec![0; 600 << 20]);
    assert!(bomb.len() < 1 << 20);
    let said = refused(&pdf(&[("unit.yaml", &bomb)], "/Filter/FlateDecode"));
    assert!(said.contains("太大"), "{said}");
    let twice = deflated(&bomb);
    let said = refused(&pdf(&[("unit.yaml", &twice)], "/Filter[/FlateDecode/FlateDecode]"));
    assert!(said.contains("太大") || said.contains("读不懂"), "{said}");
    let many: Vec<(String, &[u8])> = (0..3000).map(|i| (format!("{i}.yaml"), b"x".as_slice())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, data)| (name.as_str(), *data)).collect();
    let said = refused(&pdf(&many, ""));
    assert!(said.contains("附件超过"), "{said}");
}

#[test]
fn more_than_any_report_has_is_not_laid_out() {
    let unit = "单位名称: 甲局\n体例: department-overall\n";
    let report = "标题: 甲\n落款: {日期: 2024-03-01}\n";
    let row = "        - [a, b, c, d]\n";
    let section =
        format!("标题: 甲\n正文:\n  - 表:\n      标题: 乙\n      列: [a, b, c, d]\n      行:\n{}", row.repeat(10_001));
    let list = list(r#""year":2023"#);
    let names: Vec<String> = (1..=5).map(|number| format!("2023/sections/{number:02}.yaml")).collect();
    let mut files: Vec<(&str, &[u8])> = vec![
        ("jibao/manifest.json", list.as_bytes()),
        ("unit.yaml", unit.as_bytes()),
        ("2023/report.yaml", report.as_bytes()),
        ("2023/figures.yaml", "a: 1".as_bytes()),
    ];
    files.extend(names.iter().map(|name| (name.as_str(), section.as_bytes())));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pdf");
    std::fs::write(&file, pdf(&files, "")).unwrap();
    let verified = run(&["verify"], &file);
    assert_eq!(verified.code, 2, "{}{}", verified.stdout, verified.stderr);
    assert!(verified.stdout.contains("所附的数据太多"), "{}", verified.stdout);
}

/// Packed as PDFs have it (RFC 1950): with the head that names the method, without the sum, which readers pass over.
fn deflated(data: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("a", options).unwrap();
    zip.write_all(data).unwrap();
    let whole = zip.finish().unwrap();
    let mut zip = zip::ZipArchive::new(whole).unwrap();
    let mut packed = vec![0x78, 0x9C];
    std::io::copy(&mut zip.by_index_raw(0).unwrap(), &mut packed).unwrap();
    packed
}
