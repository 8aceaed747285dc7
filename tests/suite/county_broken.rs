//! The demo county with a few reports broken: those fail, each with its own code, and all others are printed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Dossier, jibao};

/// What is broken: the folder, the PDF that must not be there, and the code that must say so.
const BROKEN: [(&str, &str, &str); 4] = [
    ("education/2023", "青岚县教育局-2023.pdf", "JB2001"),
    ("finance/2023", "青岚县财政局-2023.pdf", "JB1001"),
    ("health/2023", "青岚县卫生健康局-2023.pdf", "JB1003"),
    ("water/2023", "青岚县水利局-2023.pdf", "JB1006"),
];

/// The reports of the whole county: five departments, five years.
const REPORTS: usize = 25;

/// A sum that is off by 3, a file that is missing, one in GBK, one with a full-width colon.
fn broken_county() -> Dossier {
    let county = Dossier::copy_of("samples/county");
    let figures = std::fs::read_to_string(county.path().join("education/2023/figures.yaml")).unwrap();
    let line = figures.lines().find(|line| line.starts_with("  合计:") && line.contains("其他支出.合计")).unwrap();
    let (_, stated) = line.split_once("填报: ").unwrap();
    let (stated, _) = stated.split_once(',').unwrap();
    let (whole, cents) = stated.split_once('.').unwrap();
    let wrong = format!("{}.{cents}", whole.parse::<u64>().unwrap() + 3);
    std::fs::remove_file(county.path().join("finance/2023/figures.yaml")).unwrap();
    county
        .replace("education/2023/figures.yaml", line, &line.replace(stated, &wrong))
        .replace("water/2023/figures.yaml", "培训费: ", "培训费：")
        // 标题: 情况, as an editor set to GBK saves it.
        .write("health/2023/sections/04-evaluation.yaml", b"\xb1\xea\xcc\xe2: \xc7\xe9\xbf\xf6\n")
}

/// The codes of the errors of each report, by its folder.
fn errors(county: &Dossier) -> BTreeMap<String, BTreeSet<String>> {
    let run = county.check();
    assert_eq!(run.code, 1, "{}", run.stderr);
    let mut codes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for finding in run.findings().iter().filter(|finding| finding["severity"] == "error") {
        let file = finding["file"].as_str().or_else(|| finding["message"].as_str()).unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        codes.entry(report_of(file)).or_default().insert(text(&finding["code"]));
    }
    codes
}

/// `…/water/2023/figures.yaml` → `water/2023`.
fn report_of(file: &str) -> String {
    let parts: Vec<&str> = file.split(['/', '\\']).collect();
    let year = parts.iter().rposition(|part| *part == "2023");
    year.map_or_else(|| file.to_owned(), |at| parts[at - 1..=at].join("/"))
}

#[test]
fn each_broken_report_is_named_with_its_code_and_no_other() {
    let found = errors(&broken_county());
    let expected: BTreeSet<&str> = BROKEN.iter().map(|(folder, _, _)| *folder).collect();
    assert_eq!(found.keys().map(String::as_str).collect::<BTreeSet<_>>(), expected, "{found:#?}");
    for (folder, _, code) in BROKEN {
        assert!(found[folder].contains(code), "{folder}: {:?}", found[folder]);
    }
}

#[test]
fn the_sound_reports_are_printed_and_the_broken_ones_are_not() {
    let county = broken_county();
    let out = TempDir::new().unwrap();
    let run = jibao().args(["build", "-o"]).arg(out.path()).arg(county.path()).output().unwrap();
    assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
    let printed: BTreeSet<String> = std::fs::read_dir(out.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| Path::new(name).extension().is_some_and(|ending| ending == "pdf"))
        .collect();
    assert_eq!(printed.len(), REPORTS - BROKEN.len(), "{printed:#?}");
    for (folder, pdf, _) in BROKEN {
        assert!(!printed.contains(pdf), "{folder} is broken and was printed");
    }
}
