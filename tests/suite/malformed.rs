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
    let files = ["unit.yaml", "2023/report.yaml", "2023/figures.yaml", "2023/scores.yaml"].map(str::to_owned);
    let lines = |file: &String| std::fs::read_to_string(dossier.path().join(file)).unwrap_or_default().lines().count();
    let total: usize = files.iter().chain(&sections(dossier.path())).map(lines).sum();
    assert!(total >= 200, "{total} lines");
    assert!(expected(dossier.path()).len() >= 50);
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

#[cfg(unix)]
#[test]
fn a_link_out_of_the_dossier_is_not_followed() {
    let outside = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(outside.path(), "标题: 秘密\n正文: [不该读到]\n").unwrap();
    let dossier = Dossier::init();
    std::os::unix::fs::symlink(outside.path(), dossier.path().join("2025/sections/09-link.yaml")).unwrap();
    let run = dossier.check();
    assert_eq!(run.code, 1);
    assert_eq!(run.findings()[0]["code"], "JB1002");
    assert!(!run.stdout.contains("秘密"));
}

/// The codes of a check of a new dossier with one text replaced.
fn codes_after(file: &str, from: &str, to: &str) -> Vec<String> {
    let run = Dossier::init().replace(file, from, to).check();
    run.findings().iter().map(|f| f["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn nothing_wrong_passes_in_silence() {
    let figures = "2025/figures.yaml";
    let text = "2025/sections/03-expenditure.yaml";
    let cases = [
        // A unit that is not the figure's, in text, in a placeholder's own words and in what is added up.
        (text, "预算总计{{ 预算.总计 }}万元", "预算总计{{ 预算.总计 }}元", vec!["JB5005"]),
        (
            text,
            "{{ 增减(三公经费.合计, 上年.三公经费.合计) }}",
            "{{ 增减(三公经费.合计, 上年.三公经费.合计) }}万元",
            vec!["JB5005"],
        ),
        (figures, "行政编制: 20", "行政编制: {值: 20, 单位: 万元}", vec!["JB2006", "JB2011", "JB5005", "JB2003"]),
        (figures, "培训费: 1.60", "培训费: {值: 1.60, 单位: 万}", vec!["JB1016"]),
        // Two values, a formula for a value, a number in two pieces.
        (figures, "行政实有: 19", "行政实有: {值: 19, 填报: 18}", vec!["JB1016"]),
        (figures, "{填报: 5.00, 公式", "{填报: =5 + 0, 公式", vec!["JB1016"]),
        (figures, "年末: {填报: 5.00", "年末: {填报: 1,005.00", vec!["JB1018"]),
        // Braces and marks that would be printed as they stand.
        (text, "{{ 收入.合计 }}", "{ 收入.合计 }", vec!["JB5001"]),
        (text, "{{ 收入.合计 }}", "收入.合计 }}", vec!["JB5001"]),
        (text, "总支出", "**总支出", vec!["JB5001"]),
        (text, "本年总收入", "**本年**总收入", vec!["JB1010"]),
        (text, "{{ 收入.合计 }}万元", "{{ 收入.合计 }} 亿元", vec!["JB5005"]),
        (text, "{{ 占比(支出.合计, 预算.总计) }}%", "{{ 支出.合计 / 预算.总计 }}%", vec!["JB5005"]),
        (text, "{{ 占比(支出.合计, 预算.总计) }}%", "{{ 占比(支出.合计, 预算.总计) }}个百分点", vec![]),
        // Two keys in one item, a level above its section, a heading that runs into nothing.
        (text, "  - 表: 收支总表", "  - 表: 收支总表\n    列表: [甲]", vec!["JB1016"]),
        (text, "  - 表: 收支总表", "  - 小节: {标题: 甲, 级别: 1, 正文: [乙]}", vec!["JB1016"]),
        (text, "  - 表: 收支总表", "  - 小节: {标题: 甲, 接排: true}", vec!["JB1016"]),
        // A table under a unit that money cannot have.
        (text, "  - 表: 收支总表", "  - 表: {单位: 人, 列: [甲, 乙], 行: [[丙, =会议费]]}", vec!["JB5005"]),
        // Words that describe a figure, or that the language has, as names.
        (figures, "会议费: 0.80", "会议费: 0.80\n总分: 77", vec!["JB2007"]),
        (figures, "会议费: 0.80", "会议费: 0.80\n来源: {财政: 1, 自筹: 2}", vec!["JB1015"]),
        // A ratio is no money.
        (figures, "会议费: 0.80", "会议费: 0.80\n率: {单位: 万元, 公式: =支出.合计 / 预算.总计}", vec!["JB2006"]),
        // A cover that nobody dated.
        (
            "2025/report.yaml",
            "落款:\n  日期: 2026-05-31            # 成文日期，也是 PDF 的日期\n  盖章: true                    # 给公章留出位置\n",
            "",
            vec!["JB1014"],
        ),
        // Scores: a rule that cannot be computed, more digits than are printed.
        (figures, "计划金额: 100.00", "计划金额: 0", vec!["JB3005", "JB2003"]),
        ("2025/scores.yaml", "bz1: {得分: 5,", "bz1: {得分: 4.995,", vec!["JB4002"]),
        // Text that YAML takes for a comment.
        (text, "本年总收入", "见 #2 本年总收入", vec!["JB1019"]),
        // A number where a group belongs.
        (text, "{{ 收入.合计 }}", "{{ 会议费.合计 }}", vec!["JB2003"]),
    ];
    for (file, from, to, expected) in cases {
        let mut codes = codes_after(file, from, to);
        codes.dedup();
        assert_eq!(codes, expected, "{to}");
    }
}

#[test]
fn an_empty_file_is_named() {
    for file in ["unit.yaml", "2025/figures.yaml", "2025/scores.yaml", "2025/sections/02-overview.yaml"] {
        let run = Dossier::init().write(file, "# 只有注释\n").check();
        assert_eq!((run.code, run.findings()[0]["message"].as_str()), (1, Some("文件是空的")), "{file}");
    }
}

#[test]
fn files_that_are_passed_over_are_named() {
    let dossier = Dossier::init();
    let sections = dossier.path().join("2025/sections");
    std::fs::rename(sections.join("04-evaluation.yaml"), sections.join("04-evaluation.yaml.txt")).unwrap();
    std::fs::copy(sections.join("02-overview.yaml"), sections.join("02-overview - 副本.yaml")).unwrap();
    let codes: Vec<String> =
        dossier.check().findings().iter().map(|f| f["code"].as_str().unwrap().to_owned()).collect();
    assert_eq!(codes, ["JB1020", "JB1021"]);
}

#[test]
fn what_is_wrong_with_last_year_is_said_when_it_is_read() {
    let dossier = Dossier::copy_of("samples/demo");
    let path = dossier.path().join("2022/figures.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    let line = text.lines().find(|line| line.starts_with("会议费:")).expect("the figure");
    let dossier = dossier.replace("2022/figures.yaml", line, "会议费: 6.10万元");
    let year = dossier.path().join("2023");
    let run: crate::support::Run =
        crate::support::jibao().args(["check", "--format", "json"]).arg(&year).output().unwrap().into();
    assert_eq!(run.code, 1, "{}", run.stdout);
    let finding = &run.findings()[0];
    assert_eq!(finding["code"], "JB1018");
    assert!(finding["file"].as_str().unwrap().ends_with("2022/figures.yaml"));
}

#[test]
fn an_acknowledged_difference_that_drifts_blocks_again() {
    let run = Dossier::copy_of("samples/huidong").replace("2021/figures.yaml", "{填报: 0.26,", "{填报: 0.36,").check();
    let codes: Vec<(String, bool)> = run
        .findings()
        .iter()
        .filter(|f| f["severity"] == "error")
        .map(|f| (f["code"].as_str().unwrap().to_owned(), f["acknowledged"].is_null()))
        .filter(|(_, open)| *open)
        .collect();
    assert!(codes.iter().any(|(code, _)| code == "JB9001"), "{codes:?}");
    assert!(codes.iter().any(|(code, _)| code == "JB2001"), "{codes:?}");
}

#[test]
fn what_is_broken_cannot_be_acknowledged() {
    let dossier =
        Dossier::init().replace("2025/figures.yaml", "总计: =年初批复收入 + 追加.合计", "总计: =年初批复收人");
    let path = dossier.path().join("2025/report.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text + "\n已知差异:\n  - {代码: JB2004, 位置: 预算.总计, 理由: 就这样}\n").unwrap();
    let run = dossier.check();
    let codes: Vec<String> = run.findings().iter().map(|f| f["code"].as_str().unwrap().to_owned()).collect();
    assert_eq!(run.code, 1);
    assert_eq!(codes, ["JB2004", "JB9003"]);
}

#[test]
fn a_character_without_a_face_is_named_at_its_place() {
    let unprinted = Dossier::init().replace("2025/report.yaml", "封面: true", "关键词: [💥]\n封面: true");
    assert_eq!(unprinted.check().findings(), Vec::<serde_json::Value>::new());
    let dossier = Dossier::init()
        .replace("2025/sections/04-evaluation.yaml", "正文:\n", "正文:       # 💥 在注释里\n")
        .replace("2025/sections/04-evaluation.yaml", "- 经自评", "- 局长💥某，经自评");
    let run = dossier.check();
    let findings = run.findings();
    assert_eq!((run.code, findings.len()), (1, 1), "{}", run.stdout);
    assert_eq!((&findings[0]["code"], &findings[0]["line"]), (&"JB7001".into(), &7.into()));
    assert!(findings[0]["message"].as_str().unwrap().contains("U+1F4A5"));
}
