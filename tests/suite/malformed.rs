//! One mistake of each kind: each is found once, at its line, and nothing else is.
//!
//! The files of `tests/cases/malformed` say themselves what is wrong with them: `# ← JB1006` at the end of a line. A file
//! that GBK or a byte order mark spoils is made here, for editors would mend it.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::Dossier;

type Places = BTreeMap<(String, u64), Vec<String>>;

/// The codes that the files' own marks announce, by file and line.
fn expected(folder: &Path) -> Places {
    let mut places = Places::new();
    for file in ["unit.yaml", "2023/report.yaml", "2023/figures.yaml", "2023/scores.yaml"]
        .into_iter()
        .map(str::to_owned)
        .chain(sections(folder))
    {
        let Ok(text) = std::fs::read_to_string(folder.join(&file)) else { continue };
        for (i, line) in text.lines().enumerate() {
            let Some((_, codes)) = line.split_once("# ← ") else { continue };
            let codes = codes.split_whitespace().map(str::to_owned).collect();
            places.insert((file.clone(), u64::try_from(i).unwrap() + 1), codes);
        }
    }
    places
}

fn sections(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder.join("2023/sections")).unwrap();
    entries.map(|entry| format!("2023/sections/{}", entry.unwrap().file_name().to_string_lossy())).collect()
}

fn found(dossier: &Dossier) -> Places {
    let run = dossier.check();
    assert_eq!(run.code, 1, "{}", run.stderr);
    let root = dossier.path().to_string_lossy().replace('\\', "/") + "/";
    let mut places = Places::new();
    for finding in run.findings() {
        let file = finding["file"].as_str().unwrap_or_else(|| panic!("no place: {finding}"));
        let key = (file.strip_prefix(&root).unwrap().to_owned(), finding["line"].as_u64().unwrap());
        assert!(!finding["hints"].as_array().unwrap().is_empty(), "no way to mend it: {finding}");
        places.entry(key).or_default().push(finding["code"].as_str().unwrap().to_owned());
    }
    for codes in places.values_mut() {
        codes.sort();
    }
    places
}

#[test]
fn every_mistake_is_found_once_and_at_its_line() {
    let dossier = Dossier::copy_of("tests/cases/malformed");
    let lines: usize = ["unit.yaml", "2023/report.yaml", "2023/figures.yaml"]
        .iter()
        .map(|file| std::fs::read_to_string(dossier.path().join(file)).unwrap().lines().count())
        .sum();
    assert!(lines > 40);
    assert_eq!(found(&dossier), expected(dossier.path()));
}

#[test]
fn files_of_other_encodings_are_named() {
    let text = "标题: 用记事本存成的文件\n正文:\n  - 第一段。\n";
    let (gbk, _, failed) = encoding_rs::GBK.encode(text);
    assert!(!failed);
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let mut bom = vec![0xEF, 0xBB, 0xBF];
    bom.extend(text.as_bytes());
    let dossier = Dossier::init()
        .write("2025/sections/05-gbk.yaml", gbk)
        .write("2025/sections/06-utf16.yaml", utf16)
        .write("2025/sections/07-bom.yaml", bom);
    let run = dossier.check();
    let rows: Vec<(String, u64, String)> = run
        .findings()
        .iter()
        .map(|f| {
            let file = f["file"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
            (file, f["line"].as_u64().unwrap(), f["message"].as_str().unwrap().to_owned())
        })
        .collect();
    let expected = [
        ("05-gbk.yaml", 1, "文件是 GBK 编码，jibao 只读 UTF-8"),
        ("06-utf16.yaml", 1, "文件是 UTF-16 编码，jibao 只读 UTF-8"),
        ("07-bom.yaml", 1, "文件开头有 BOM（记事本所加），已略过"),
    ];
    assert_eq!(rows, expected.map(|(file, line, message)| (file.to_owned(), line, message.to_owned())));
}

#[test]
fn a_link_out_of_the_dossier_is_not_followed() {
    #[cfg(unix)]
    {
        let outside = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(outside.path(), "标题: 秘密\n正文: [不该读到]\n").unwrap();
        let dossier = Dossier::init();
        std::os::unix::fs::symlink(outside.path(), dossier.path().join("2025/sections/09-link.yaml")).unwrap();
        let run = dossier.check();
        assert_eq!(run.code, 1);
        assert_eq!(run.findings()[0]["code"], "JB1002");
        assert!(!run.stdout.contains("秘密"));
    }
}
