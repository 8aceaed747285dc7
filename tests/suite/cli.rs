//! The command as a person runs it: exit codes, streams, files.

use crate::support::{Dossier, Run, jibao, root};

#[test]
fn wrong_usage_ends_with_2_and_says_what_is_wrong() {
    let missing: Run = jibao().args(["check", "没有这个文件夹"]).output().unwrap().into();
    assert_eq!((missing.code, missing.stderr.as_str()), (2, "jibao: 找不到 没有这个文件夹\n"));
    let empty = tempfile::tempdir().unwrap();
    let nothing: Run = jibao().arg("build").arg(empty.path()).output().unwrap().into();
    assert_eq!(nothing.code, 2);
    assert!(nothing.stderr.contains("unit.yaml"), "{}", nothing.stderr);
    let unknown: Run = jibao().arg("bulid").output().unwrap().into();
    assert_eq!(unknown.code, 2);
}

#[test]
fn a_slip_on_the_command_line_is_said_in_plain_words_with_what_is_meant() {
    let formats = "（可选：pdf、docx、txt、png、svg、typ）";
    let cases: &[(&str, &[&str], String)] = &[
        ("build", &["--format", "DOCX"], format!("--format 不能是“DOCX”{formats}；是不是想写 docx？")),
        ("build", &["--format", "pdf，word"], format!("--format 不能是“pdf，word”{formats}；是不是想写 pdf,docx？")),
        ("build", &["--format", "图片"], format!("--format 不能是“图片”{formats}；是不是想写 png？")),
        ("build", &["--format", "xls"], format!("{formats}；评分表和数据项的电子表在报送包里，用 jibao pack")),
        ("build", &["--format", "html"], format!("--format 不能是“html”{formats}\n")),
        ("build", &["--ppi", "1000"], "--ppi 不能是“1000”：写 36 到 600 的整数\n".to_owned()),
        ("build", &["--ppi", "-5"], "--ppi 不能是“-5”：写 36 到 600 的整数\n".to_owned()),
        ("build", &["--ppi", "１４４"], "：写 36 到 600 的整数；是不是想写 144？".to_owned()),
        ("build", &["--ppi", "72", "--ppi", "96"], "--ppi 只能写一次".to_owned()),
        ("build", &["--force=1"], "--force 后面不带值".to_owned()),
        ("build", &["--list", "--multi-year", "2022..2023"], "--list 和 --multi-year 不能一起写".to_owned()),
        ("pack", &["--jobs", "two"], "--jobs 不能是“two”：写整数，如 4".to_owned()),
        ("pack", &["--format", "pdf"], "没有 --format 这个选项\n".to_owned()),
        ("pack", &["--forc"], "没有 --forc 这个选项；是不是想写 --force？".to_owned()),
        ("summary", &["--year", "20"], "--year 不能是“20”：写 1000 到 9999 的整数".to_owned()),
    ];
    for (command, arguments, said) in cases {
        let run: Run = jibao().arg(command).arg("samples/demo").args(*arguments).output().unwrap().into();
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.stderr.contains(said), "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.ends_with(&format!("用法见 jibao {command} --help\n")), "{arguments:?}: {}", run.stderr);
    }
    let none: Run = jibao().arg("build").output().unwrap().into();
    assert_eq!(none.stderr, "jibao: 少写了 <路径>\n用法见 jibao build --help\n");
}

#[test]
fn a_build_says_path_pages_score_findings_and_time_in_one_line() {
    let dossier = Dossier::copy_of("samples/huidong");
    let out = tempfile::tempdir().unwrap();
    let run = dossier.run(&["build", "-o", out.path().to_str().unwrap()]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert_eq!(run.stdout.lines().count(), 1);
    for part in ["惠东县政务服务数据管理局-2021.pdf：", "页；92分（优）；", "0个错误，0个警告，已知差异6条；", "秒"]
    {
        assert!(run.stdout.contains(part), "{part} not in {}", run.stdout);
    }
    assert!(out.path().join("惠东县政务服务数据管理局-2021.pdf").is_file());
}

#[test]
fn errors_stop_the_build_and_the_old_pdf_stays() {
    let dossier = Dossier::copy_of("samples/demo");
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().to_str().unwrap();
    assert_eq!(dossier.run(&["build", "-o", folder]).code, 0);
    let path = out.path().join("云岭县农业农村局-2022.pdf");
    let old = std::fs::read(&path).unwrap();
    let broken = dossier.write("2023/figures.yaml", "合计: 1,2\n").write("2022/figures.yaml", "合计: 1,2\n");
    let run = broken.run(&["build", "-o", folder]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("没有排印"), "{}", run.stderr);
    assert_eq!(std::fs::read(&path).unwrap(), old);
}

#[test]
fn a_draft_is_printed_in_spite_of_errors_and_still_fails() {
    let dossier = Dossier::copy_of("samples/huidong").cut_from("2021/report.yaml", "已知差异");
    let run = dossier.run(&["build", "--draft"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("草稿"), "{}", run.stdout);
    assert!(dossier.path().join("惠东县政务服务数据管理局-2021-草稿.pdf").is_file());
}

#[test]
fn a_dash_sends_the_pdf_to_standard_output() {
    let dossier = Dossier::init();
    let output = jibao().args(["build", "-o", "-"]).arg(dossier.path()).output().unwrap();
    assert!(output.status.success());
    assert!(output.stdout.starts_with(b"%PDF-1.7"));
}

#[test]
fn a_new_dossier_builds_offline_in_an_empty_folder_and_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let run =
        |arguments: &[&str]| -> Run { jibao().current_dir(folder.path()).args(arguments).output().unwrap().into() };
    assert_eq!(run(&["init", "x", "--unit", "某县'档案馆"]).code, 0);
    let built = run(&["build", "x"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    assert!(built.stdout.contains("某县'档案馆-2025.pdf"), "{}", built.stdout);
    let again = run(&["init", "x"]);
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("不会覆盖：卷宗里已有 2025 年度"), "{}", again.stderr);
    let other = run(&["init", "x", "--unit", "某县水利局", "--year", "2026"]);
    assert_eq!(other.code, 2);
    assert!(other.stderr.contains("“某县'档案馆”的卷宗，--unit 写的是“某县水利局”"), "{}", other.stderr);
    assert!(!folder.path().join("x/2026").exists());
}

#[test]
fn warnings_block_only_when_asked() {
    let dossier = Dossier::init().replace("2025/figures.yaml", "行政实有: 19", "行政实有: 21");
    let run = dossier.run(&["check", "--format", "short"]);
    assert_eq!(run.code, 0);
    assert!(
        run.stdout.contains("警告[JB3003]: 实有人数不超过编制（I15）：21人 应不大于 20人，相差 1"),
        "{}",
        run.stdout
    );
    assert_eq!(dossier.run(&["check", "--deny-warnings"]).code, 1);
}

#[test]
fn an_acknowledgement_must_match_and_have_a_reason() {
    let with = |entry: &str| {
        let dossier = Dossier::init();
        let path = dossier.path().join("2025/report.yaml");
        let text = std::fs::read_to_string(&path).unwrap() + "\n已知差异:\n  - " + entry + "\n";
        std::fs::write(path, text).unwrap();
        dossier.check()
    };
    let codes = |run: &Run| run.findings().iter().map(|f| f["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let stray = with("{代码: JB2001, 位置: 支出.合计, 理由: 原件如此}");
    assert_eq!((stray.code, codes(&stray)), (1, vec!["JB9001".to_owned()]));
    let silent = with("{代码: JB2001, 位置: 支出.合计, 理由: ''}");
    assert_eq!((silent.code, codes(&silent)), (1, vec!["JB9002".to_owned()]));
}

#[test]
fn completions_manual_and_fonts_are_printed() {
    for (arguments, part) in [
        (vec!["completions", "bash"], "_jibao"),
        (vec!["completions", "powershell"], "jibao"),
        (vec!["man"], ".TH jibao"),
        (vec!["fonts"], "仿宋  Zhuque Fangsong"),
        (vec!["--version"], env!("CARGO_PKG_VERSION")),
    ] {
        let run: Run = jibao().args(&arguments).output().unwrap().into();
        assert_eq!(run.code, 0);
        assert!(run.stdout.contains(part), "{arguments:?}: {}", run.stdout);
    }
}

/// A face that calls itself by an official name, of the same length as its own.
fn renamed_face(folder: &std::path::Path) {
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let narrow = |name: &str| name.as_bytes().to_vec();
    let (own, official) = ("Liberation Serif", "Times New Roman ");
    let mut data = std::fs::read(root().join("fonts/LiberationSerif-Regular.ttf")).unwrap();
    for (own, official) in [(wide(own), wide(official)), (narrow(own), narrow(official))] {
        let places: Vec<usize> = (0..data.len() - own.len()).filter(|&at| data[at..].starts_with(&own)).collect();
        assert!(!places.is_empty());
        for at in places {
            data[at..at + own.len()].copy_from_slice(&official);
        }
    }
    std::fs::write(folder.join("times.ttf"), data).unwrap();
}

#[test]
fn an_official_face_in_a_named_folder_wins() {
    let folder = tempfile::tempdir().unwrap();
    renamed_face(folder.path());
    let run: Run = jibao().args(["fonts", "--font-path"]).arg(folder.path()).output().unwrap().into();
    let line = run.stdout.lines().find(|line| line.starts_with("数字")).unwrap();
    assert!(line.contains("Times New Roman") && line.contains("times.ttf"), "{line}");
    let pdf = jibao()
        .args(["build", "-o", "-", "--font-path"])
        .arg(folder.path())
        .arg(root().join("samples/demo/2023"))
        .output()
        .unwrap();
    assert!(pdf.status.success(), "{}", String::from_utf8_lossy(&pdf.stderr));
}

#[test]
fn a_face_of_the_user_s_wins_only_if_it_is_official() {
    let fonts = root().join("fonts");
    let run: Run = jibao().args(["fonts", "--font-path"]).arg(&fonts).output().unwrap().into();
    assert_eq!(run.code, 0);
    assert!(run.stdout.contains("仿宋  Zhuque Fangsong (technical preview)  内置"), "{}", run.stdout);
    let none: Run = jibao().args(["fonts", "--font-path", "没有"]).output().unwrap().into();
    assert_eq!(none.code, 2);
}

#[test]
fn the_score_sheet_is_listed_row_by_row_with_its_sum() {
    let dossier = Dossier::copy_of("samples/huidong");
    let json = dossier.run(&["figures", "--what", "scores", "--format", "json"]);
    let entries: Vec<serde_json::Value> = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(entries.len(), 25);
    assert_eq!(
        (&entries[1]["id"], &entries[1]["weight"], &entries[1]["score"]),
        (&"bz2".into(), &"5".into(), &"5".into())
    );
    assert!(entries[4]["computed"].as_str().unwrap().contains("1406.80÷1580.13"), "{}", entries[4]);
    assert_eq!(entries[24], serde_json::json!({"year": 2021, "total": "92", "full": "100", "grade": "优"}));
    let csv = dossier.run(&["figures", "--what", "scores", "--format", "csv"]).stdout;
    assert!(csv.ends_with("\n2021,总分,,,优,100,92,,\n"), "{csv}");
    let table = dossier.run(&["figures", "--what", "scores"]).stdout;
    assert!(table.ends_with("\n总分    92 / 100  优\n"), "{table}");
}

#[test]
fn profiles_of_a_folder_are_found_by_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own");
    std::fs::create_dir(&own).unwrap();
    std::fs::write(own.join("profile.yaml"), "名称: 自己的\n说明: 试\n继承: department-overall\n").unwrap();
    let dossier = Dossier::init().replace("unit.yaml", "体例: department-overall", "体例: own");
    for command in ["check", "build", "figures"] {
        let run = dossier.run(&[command, "--profile-path", folder.path().to_str().unwrap()]);
        assert_eq!(run.code, 0, "{command}: {}{}", run.stdout, run.stderr);
    }
}

#[test]
fn a_code_is_explained_in_its_own_words() {
    let explain = |words: &[&str]| -> Run { jibao().arg("explain").args(words).output().unwrap().into() };
    let run = explain(&["JB2001"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, jibao::diagnostic::Code::JB2001.explanation()));
    assert_eq!(explain(&["jb2001"]).stdout, run.stdout);
    let bold = explain(&["--color", "always", "JB2001"]);
    assert!(bold.stdout.starts_with("\u{1b}[1m# JB2001 填报数与公式不符\u{1b}[0m\n"), "{}", bold.stdout);
    let list = explain(&["--list"]);
    assert_eq!(list.stdout.lines().count(), jibao::diagnostic::Code::ALL.len());
    assert!(list.stdout.contains("JB2002  警告  填报数与公式有尾差\n"));
}

#[test]
fn an_unknown_code_is_wrong_usage() {
    let explain = |words: &[&str]| -> Run { jibao().arg("explain").args(words).output().unwrap().into() };
    let unknown = explain(&["JB200"]);
    assert_eq!((unknown.code, unknown.stdout.as_str()), (2, ""));
    assert!(unknown.stderr.contains("没有“JB200”这个代码；是不是想写 JB2001？"), "{}", unknown.stderr);
    assert!(unknown.stderr.contains("jibao explain --list"), "{}", unknown.stderr);
    for words in [&[][..], &["JB2001", "--list"], &["甲", "乙", "丙"]] {
        assert_eq!(explain(words).code, 2, "{words:?}");
    }
}

#[test]
fn the_explanation_is_named_once_for_each_code() {
    let figures = "甲: {填报: 2, 公式: =1 + 2}\n乙: {填报: 4, 公式: =1 + 2}\n丙: =没有\n";
    let run = Dossier::init().write("2025/figures.yaml", figures).run(&["check"]);
    for code in ["JB2001", "JB2004"] {
        assert_eq!(run.stdout.matches(&format!("说明: jibao explain {code}\n")).count(), 1, "{}", run.stdout);
    }
    assert_eq!(run.stdout.matches("[JB2001]").count(), 2, "{}", run.stdout);
}

#[test]
fn github_gets_one_command_a_finding() {
    let dossier =
        Dossier::copy_of("samples/huidong").replace("2021/figures.yaml", "单位: 万元", "单位: 万元\n错: =甲%");
    let run = dossier.run(&["check", "--format", "github"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.lines().all(|line| line.starts_with("::")), "{}", run.stdout);
    assert_eq!(run.stdout.lines().count(), dossier.check().findings().len());
    for part in ["::notice file=", "::error file=", ",title=JB", "%0A办法: ", "%0A已知差异: "] {
        assert!(run.stdout.contains(part), "{part} not in {}", run.stdout);
    }
}

/// What SARIF 2.1.0 requires of the objects that are used (oasis-tcs/sarif-spec, sarif-schema-2.1.0.json).
fn assert_sarif(log: &serde_json::Value) {
    assert_eq!(log["version"], "2.1.0");
    let runs = log["runs"].as_array().expect("runs");
    assert_eq!(runs.len(), 1);
    let run = &runs[0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let driver = &run["tool"]["driver"];
    assert_eq!((driver["name"].as_str(), driver["version"].as_str()), (Some("jibao"), Some(env!("CARGO_PKG_VERSION"))));
    let rules = driver["rules"].as_array().expect("rules");
    for rule in rules {
        assert!(rule["id"].is_string() && rule["shortDescription"]["text"].is_string());
        assert!(rule["fullDescription"]["text"].is_string() && rule["help"]["text"].is_string());
        assert_level(&rule["defaultConfiguration"]["level"]);
    }
    for result in run["results"].as_array().expect("results") {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert_level(&result["level"]);
        assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
        let locations = result["locations"].as_array().expect("locations");
        locations.iter().chain(result["relatedLocations"].as_array().expect("a list")).for_each(assert_location);
        for suppression in result["suppressions"].as_array().expect("a list") {
            assert_eq!(suppression["kind"], "external");
            assert!(suppression["justification"].is_string());
        }
    }
}

fn assert_level(level: &serde_json::Value) {
    assert!(["error", "warning", "note"].contains(&level.as_str().expect("a level")), "{level}");
}

fn assert_location(location: &serde_json::Value) {
    let physical = &location["physicalLocation"];
    let uri = physical["artifactLocation"]["uri"].as_str().expect("a URI");
    assert!(uri.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~/%:".contains(&b)), "{uri}");
    let number = |key: &str| physical["region"][key].as_u64().expect("a number");
    assert!(number("startLine") >= 1 && number("startColumn") >= 1);
    assert!((number("endLine"), number("endColumn")) >= (number("startLine"), number("startColumn")));
}

#[test]
fn sarif_is_one_document_over_all_years() {
    let dossier = Dossier::copy_of("samples/huidong");
    let broken = Dossier::copy_of("samples/demo").replace("2023/figures.yaml", "单位: 万元", "单位: 万元\n错: =甲");
    let both = |command: &str| -> Run {
        jibao().args([command, "--findings", "sarif"]).args([dossier.path(), broken.path()]).output().unwrap().into()
    };
    let run = both("check");
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    let log = serde_json::from_str(&run.stdout).expect("one document");
    assert_sarif(&log);
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), dossier.check().findings().len() + broken.check().findings().len());
    assert_eq!(results.iter().filter(|r| r["suppressions"] != serde_json::json!([])).count(), 6);
    // What build says otherwise on the stream would spoil the document.
    let built = both("build");
    assert_eq!(built.code, 1);
    assert_sarif(&serde_json::from_str(&built.stderr).expect("one document"));
}

#[test]
fn sarif_of_nothing_is_an_empty_run_and_its_paths_are_relative() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| -> serde_json::Value {
        let output = jibao().current_dir(folder.path()).args(arguments).output().unwrap();
        serde_json::from_slice(&output.stdout).expect("one document")
    };
    let init = jibao().current_dir(folder.path()).args(["init", "我的 卷宗"]).output().unwrap();
    assert!(init.status.success());
    let demo = root().join("samples/demo");
    let empty = run(&["check", "--format", "sarif", demo.to_str().unwrap()]);
    assert_sarif(&empty);
    assert_eq!(empty["runs"][0]["results"], serde_json::json!([]));
    std::fs::write(folder.path().join("我的 卷宗/2025/figures.yaml"), "甲: =没有\n").unwrap();
    let log = run(&["check", "--format", "sarif", "我的 卷宗"]);
    assert_sarif(&log);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let uri = |r: &serde_json::Value| r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].clone();
    let expected = "%E6%88%91%E7%9A%84%20%E5%8D%B7%E5%AE%97/2025/figures.yaml";
    assert!(results.iter().any(|result| uri(result) == expected), "{log:#}");
}
