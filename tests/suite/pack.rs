//! `jibao pack`: what is in the zip, under which names, the same bytes; and what stops it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;
use zip::ZipArchive;

use super::support::{Dossier, Run, jibao};

const PACK: &str = "惠东县政务服务数据管理局-2021-报送.zip";

/// Names and contents.
type Files<'a> = &'a [(&'a str, &'a [u8])];

/// `samples/huidong` with these files of evidence, named in report.yaml.
fn with_evidence(list: &str, files: &[(&str, &[u8])]) -> Dossier {
    let dossier = Dossier::copy_of("samples/huidong");
    std::fs::create_dir_all(dossier.path().join("2021/evidence")).unwrap();
    let dossier =
        files.iter().fold(dossier, |dossier, (name, data)| dossier.write(&format!("2021/evidence/{name}"), data));
    dossier.replace("2021/report.yaml", "\n附件:", &format!("\n佐证材料: {list}\n附件:"))
}

fn pack(dossier: &Dossier, folder: &Path) -> Run {
    let target = dossier.path().join("2021");
    let mut command = jibao();
    command.arg("pack").arg(target).arg("-o").arg(folder).args(["--findings", "json"]);
    command.output().unwrap().into()
}

/// The files of a pack.
fn unpacked(zip: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(File::open(zip).unwrap()).unwrap();
    let mut files = BTreeMap::new();
    for i in 0..archive.len() {
        let mut file = archive.by_index(i).unwrap();
        let mut data = Vec::new();
        file.read_to_end(&mut data).unwrap();
        files.insert(file.name().to_owned(), data);
    }
    files
}

fn codes(run: &Run) -> Vec<String> {
    let blocking = |finding: &Value| finding["code"].as_str().unwrap().starts_with("JB8");
    run.findings().iter().filter(|f| blocking(f)).map(|f| f["code"].as_str().unwrap().to_owned()).collect()
}

/// Whether the findings about evidence are where it is named.
fn are_placed(run: &Run) -> bool {
    let placed = |finding: &Value| finding["file"].is_string() && finding["line"].is_u64();
    let of_evidence = |finding: &&Value| finding["code"].as_str().unwrap().starts_with("JB8");
    run.findings().iter().filter(of_evidence).all(placed)
}

#[test]
fn a_file_that_a_text_alone_mentions_is_found_there() {
    let dossier = with_evidence("[验收单.txt]", &[("验收单.txt", b"a"), ("管护台账.txt", b"")]);
    let dossier = dossier.replace("2021/scores.yaml", "未发现不符情形", "未发现不符情形，见管护台账");
    let folder = TempDir::new().unwrap();
    let run = pack(&dossier, folder.path());
    assert_eq!(codes(&run), ["JB8005"], "{}", run.stderr);
    let finding = run.findings().into_iter().find(|finding| finding["code"] == "JB8005").unwrap();
    assert!(finding["file"].as_str().unwrap().ends_with("2021/scores.yaml"), "{finding}");
}

#[test]
fn a_pack_has_everything_under_the_names_that_the_report_uses() {
    let folder = TempDir::new().unwrap();
    let pdf = std::fs::read(sample_pdf(&folder)).unwrap();
    let files: &[(&str, &[u8])] =
        &[("采购合同.pdf", &pdf), ("01-验收单.TXT", "合格".as_bytes()), ("会议: 纪要.txt", b"a"), ("草稿.txt", b"b")];
    let dossier = with_evidence("[采购合同.pdf, 验收单, '会议: 纪要.txt']", files);
    let run = pack(&dossier, folder.path());
    assert_eq!(run.code, 0, "{}", run.stderr);
    let files = unpacked(&folder.path().join(PACK));
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    let expected = [
        "00-送审清单.pdf",
        "01-惠东县政务服务数据管理局-2021.pdf",
        "02-评分表.xlsx",
        "03-数据项.xlsx",
        "佐证材料/01-验收单.txt",
        "佐证材料/02-采购合同.pdf",
        "佐证材料/03-会议_ 纪要.txt",
        "清单.json",
    ];
    assert_eq!(names, expected);
    let archive = ZipArchive::new(File::open(folder.path().join(PACK)).unwrap()).unwrap();
    assert!(archive.file_names().is_sorted(), "{:?}", archive.file_names().collect::<Vec<_>>());
    assert_eq!(files["佐证材料/01-验收单.txt"], "合格".as_bytes());
    let manifest: Value = serde_json::from_slice(&files["清单.json"]).unwrap();
    assert_eq!((&manifest["score"], &manifest["full"]), (&"92".into(), &"100".into()));
    assert_eq!(manifest["date"], "2022-05-31");
    assert_eq!(manifest["left_out"], serde_json::json!(["草稿.txt"]));
    for entry in manifest["files"].as_array().unwrap() {
        let data = &files[entry["path"].as_str().unwrap()];
        assert_eq!(entry["bytes"], data.len(), "{entry}");
    }
    let contract = manifest["files"].as_array().unwrap().iter().find(|e| e["source"] == "采购合同.pdf").unwrap();
    assert_eq!(contract["pages"], 14, "a PDF is counted");
    assert_eq!(files["01-惠东县政务服务数据管理局-2021.pdf"], pdf, "the same PDF as build makes");
    assert!(run.stderr.contains("evidence 里没有装入的：草稿.txt"), "{}", run.stderr);
}

/// The report as `build` makes it.
fn sample_pdf(folder: &TempDir) -> PathBuf {
    let path = folder.path().join("报告.pdf");
    let sample = super::support::root().join("samples/huidong/2021");
    assert!(jibao().arg("build").arg(sample).arg("-o").arg(&path).output().unwrap().status.success());
    path
}

#[test]
fn the_same_input_gives_the_same_bytes_wherever_it_lies() {
    let (one, two) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let files: &[(&str, &[u8])] = &[("验收单.txt", b"a")];
    for folder in [&one, &two] {
        let dossier = with_evidence("[验收单.txt]", files);
        assert_eq!(pack(&dossier, folder.path()).code, 0);
    }
    assert_eq!(std::fs::read(one.path().join(PACK)).unwrap(), std::fs::read(two.path().join(PACK)).unwrap());
}

#[test]
fn names_are_flagged_as_utf_8_and_dated_by_the_report() {
    let folder = TempDir::new().unwrap();
    let dossier = with_evidence("[验收单.txt]", &[("验收单.txt", b"a")]);
    assert_eq!(pack(&dossier, folder.path()).code, 0);
    let mut archive = ZipArchive::new(File::open(folder.path().join(PACK)).unwrap()).unwrap();
    for i in 0..archive.len() {
        let file = archive.by_index_raw(i).unwrap();
        // A name without the flag would be read as another encoding and not come out as it went in.
        assert!(std::str::from_utf8(file.name_raw()).is_ok_and(|name| name == file.name()));
        let date = file.last_modified().unwrap();
        assert_eq!((date.year(), date.month(), date.day(), date.hour()), (2022, 5, 31, 0), "{}", file.name());
    }
}

#[test]
fn each_fault_of_evidence_is_found_and_nothing_is_written() {
    let good: &[u8] = b"a";
    let cases: &[(&str, Files, &str)] = &[
        ("[验收单.txt]", &[], "JB8001"),
        ("[验收单.txt]", &[("验收单.TXT", good)], "JB8001"),
        ("[验收单.exe]", &[("验收单.exe", good)], "JB8003"),
        ("[验收单]", &[("验收单.rar", good)], "JB8003"),
        ("[验收单.pdf]", &[("验收单.pdf", b"MZ\x90\0")], "JB8003"),
        ("[验收单.txt]", &[("验收单.txt", b"MZ\x90\0")], "JB8003"),
        ("[验收单.jpg]", &[("验收单.jpg", b"Rar!\x1a\x07")], "JB8003"),
        ("[../unit.yaml]", &[], "JB8004"),
        ("[/etc/hosts.txt]", &[], "JB8004"),
        ("[验收单.txt]", &[("验收单.txt", b"")], "JB8005"),
    ];
    for (list, files, code) in cases {
        let folder = TempDir::new().unwrap();
        let run = pack(&with_evidence(list, files), folder.path());
        assert_eq!((run.code, codes(&run)), (1, vec![(*code).to_owned()]), "{list}: {}", run.stderr);
        assert!(are_placed(&run), "{list}: {}", run.stderr);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "{list}");
    }
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let dossier = with_evidence("[验收单.txt]", &[("验收单.txt", b"a")]);
    let file = File::options().write(true).open(dossier.path().join("2021/evidence/验收单.txt")).unwrap();
    file.set_len((256 << 20) + 1).unwrap();
    let folder = TempDir::new().unwrap();
    let run = pack(&dossier, folder.path());
    assert_eq!((run.code, codes(&run)), (1, vec!["JB8006".to_owned()]), "{}", run.stderr);
}

#[test]
fn doubts_about_evidence_are_said_and_the_pack_is_written() {
    let cases: &[(&str, Files, &[&str])] = &[
        ("[验收单]", &[], &["JB8002"]),
        ("[验收单.pdf]", &[("验收单.pdf", b"%PDF-1.7 broken")], &["JB8008"]),
        ("[验收单.jpg]", &[("验收单.jpg", b"%PDF-1.7 ")], &["JB8008"]),
        ("[A.txt, a.txt]", &[("A.txt", b"a"), ("a.txt", b"b")], &["JB8007"]),
        ("[验收单.txt]", &[("验收单.txt", b"MZ begins this text")], &[]),
        ("[验收单.doc]", &[("验收单.doc", b"hi")], &["JB8008"]),
        ("[3-甲.txt, 佐证3.txt]", &[("3-甲.txt", b"a"), ("佐证3.txt", b"b")], &["JB8007"]),
    ];
    for (list, files, expected) in cases {
        let folder = TempDir::new().unwrap();
        let run = pack(&with_evidence(list, files), folder.path());
        assert_eq!(
            (run.code, codes(&run).as_slice()),
            (0, expected.map_strings().as_slice()),
            "{list}: {}",
            run.stderr
        );
        assert!(folder.path().join(PACK).is_file(), "{list}");
        assert!(are_placed(&run), "{list}: {}", run.stderr);
    }
}

#[test]
fn why_pages_are_not_counted_is_said_as_it_is() {
    let many = format!(
        "%PDF-1.7\n1 0 obj<</Type/Pages/Kids[{}]>>endobj\n2 0 obj<</Type/Page>>endobj\n3 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 3 0 R>>",
        "2 0 R ".repeat(10_001)
    );
    let cases =
        [(many.as_bytes(), "超过5000页"), (b"%PDF-1.7\ntrailer<</Encrypt 2 0 R>>", "只是限制了打印或复制，可以照报")];
    for (data, words) in cases {
        let folder = TempDir::new().unwrap();
        let run = pack(&with_evidence("[验收单.pdf]", &[("验收单.pdf", data)]), folder.path());
        assert_eq!((run.code, codes(&run)), (0, vec!["JB8008".to_owned()]), "{}", run.stderr);
        assert!(run.stderr.contains(words) && !run.stderr.contains("已损坏，或设了"), "{}", run.stderr);
    }
}

/// Texts as owned ones, to be compared.
trait MapStrings {
    fn map_strings(&self) -> Vec<String>;
}

impl MapStrings for &[&str] {
    fn map_strings(&self) -> Vec<String> {
        self.iter().map(|text| (*text).to_owned()).collect()
    }
}

#[test]
fn a_pack_is_not_written_among_the_evidence() {
    let dossier = with_evidence("[验收单.txt]", &[("验收单.txt", b"a")]);
    let evidence = dossier.path().join("2021/evidence");
    for folder in [evidence.clone(), evidence.join("新"), dossier.path().join("2021/sections/../evidence")] {
        let run = pack(&dossier, &folder);
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(run.stderr.contains("的佐证材料文件夹（evidence）"), "{}", run.stderr);
    }
    let build = jibao().arg("build").arg(dossier.path()).arg("-o").arg(evidence.join("a.pdf")).output().unwrap();
    assert_eq!(build.status.code(), Some(2));
    assert_eq!(std::fs::read_dir(&evidence).unwrap().count(), 1);
    for place in ["2021/a.pdf", "2021/sections/a.pdf"] {
        let build =
            jibao().arg("build").arg(dossier.path()).arg("-o").arg(dossier.path().join(place)).output().unwrap();
        assert_eq!(build.status.code(), Some(2), "{place}");
        assert!(String::from_utf8_lossy(&build.stderr).contains("的 2021 文件夹里"), "{place}");
        assert!(!dossier.path().join("2021/sections/.jibao").exists());
    }
    assert_eq!(pack(&dossier, &dossier.path().join("evidence")).code, 0, "no year's");
}

#[test]
fn what_is_named_otherwise_than_it_should_is_said_with_the_way_out() {
    let cases: &[(&str, Files, &str, &str, &str)] = &[
        ("[合同😀.txt]", &[("合同😀.txt", b"a")], "JB7001", "“合同😀.txt”的文件名里，“😀”（U+1F600", "改文件名"),
        ("[甲、乙]", &[("甲.txt", b"a"), ("乙.txt", b"b")], "JB8001", "“甲、乙”写成了一项", "[甲, 乙]"),
        ("[甲.txt；丙.pdf]", &[("甲.txt", b"a")], "JB8001", "“甲.txt；丙.pdf”写成了一项", "[甲.txt, 丙.pdf]"),
    ];
    for (list, files, code, message, hint) in cases {
        let folder = TempDir::new().unwrap();
        let run = pack(&with_evidence(list, files), folder.path());
        let found = run.findings();
        let finding = found.iter().find(|finding| finding["code"] == *code);
        let finding = finding.unwrap_or_else(|| panic!("{list}: {}", run.stderr));
        assert!(finding["message"].as_str().unwrap().contains(message), "{finding}");
        assert!(
            finding["file"].as_str().unwrap().ends_with("2021/report.yaml") && finding["line"].is_u64(),
            "{finding}"
        );
        assert!(finding["hints"].to_string().contains(hint), "{finding}");
        assert_eq!((run.code, std::fs::read_dir(folder.path()).unwrap().count()), (1, 0), "{list}");
    }
    // A number is no item of a list.
    let numbered = with_evidence("[3、合同.pdf]", &[("合同.pdf", b"a")]).check();
    let found = numbered.findings().into_iter().find(|finding| finding["code"] == "JB8001").unwrap();
    assert!(found["message"].as_str().unwrap().contains("“3、合同.pdf”在 2021/evidence 里没有"), "{found}");
    // A name may have such a mark in it.
    let folder = TempDir::new().unwrap();
    let run = pack(&with_evidence("[甲、乙]", &[("01-甲、乙.txt", b"a"), ("甲.txt", b"b")]), folder.path());
    assert_eq!((run.code, codes(&run)), (0, Vec::new()), "{}", run.stderr);
}

#[test]
fn a_folder_is_no_file_and_what_it_has_is_named() {
    let dossier = with_evidence("[合同]", &[]);
    std::fs::create_dir_all(dossier.path().join("2021/evidence/合同")).unwrap();
    let dossier = dossier.write("2021/evidence/合同/主合同.pdf", b"a");
    let check = dossier.check();
    let found = check.findings();
    let finding = found.iter().find(|finding| finding["code"] == "JB8004").unwrap();
    let message = finding["message"].as_str().unwrap();
    assert_eq!(message, "佐证“合同”是文件夹，不是文件，里面有 主合同.pdf");
    // A folder that nothing names stays where it is, which is said.
    let unnamed = dossier.replace("2021/report.yaml", "佐证材料: [合同]", "佐证材料: [验收单.txt]");
    let unnamed = unnamed.write("2021/evidence/验收单.txt", b"a");
    let folder = TempDir::new().unwrap();
    let run = pack(&unnamed, folder.path());
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("evidence 里没有装入的：合同/"), "{}", run.stderr);
}

#[test]
fn the_pdf_of_a_pack_carries_its_data_when_asked() {
    let dossier = with_evidence("[验收单.txt]", &[("验收单.txt", b"a")]);
    let folder = TempDir::new().unwrap();
    let target = dossier.path().join("2021");
    let run: Run =
        jibao().arg("pack").arg(target).arg("-o").arg(folder.path()).arg("--attach-data").output().unwrap().into();
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("；附源数据"), "{}", run.stdout);
    let files = unpacked(&folder.path().join(PACK));
    let pdf = folder.path().join("报告.pdf");
    std::fs::write(&pdf, &files["01-惠东县政务服务数据管理局-2021.pdf"]).unwrap();
    let list: Run = jibao().args(["extract", "--list"]).arg(&pdf).output().unwrap().into();
    assert!(list.stdout.contains("2021/figures.yaml"), "{}", list.stdout);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_is_refused() {
    let outside = TempDir::new().unwrap();
    std::fs::write(outside.path().join("x.txt"), "a").unwrap();
    let dossier = with_evidence("[验收单.txt]", &[]);
    std::os::unix::fs::symlink(outside.path().join("x.txt"), dossier.path().join("2021/evidence/验收单.txt")).unwrap();
    let folder = TempDir::new().unwrap();
    let run = pack(&dossier, folder.path());
    assert_eq!((run.code, codes(&run)), (1, vec!["JB8004".to_owned()]), "{}", run.stderr);
}

#[test]
fn check_and_build_find_what_names_alone_show() {
    let dossier = with_evidence("[没有.pdf, 验收单.zip]", &[("验收单.zip", b"PK")]);
    let check = dossier.check();
    let found = check.findings();
    let at = |code: &str| {
        found
            .iter()
            .find(|f| f["code"] == code)
            .map(|f| (f["file"].as_str().unwrap().ends_with("report.yaml"), f["line"].is_u64()))
    };
    assert_eq!(at("JB8001"), Some((true, true)));
    assert_eq!(at("JB8003"), Some((true, true)));
    assert_eq!(check.code, 1);
}

#[test]
fn an_error_of_the_report_stops_its_pack_alone() {
    let folder = TempDir::new().unwrap();
    let broken = Dossier::copy_of("samples/huidong").cut_from("2021/report.yaml", "已知差异:");
    let run = pack(&broken, folder.path());
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("没有打包"), "{}", run.stderr);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn numbers_are_read_however_they_are_written() {
    let files: &[(&str, &[u8])] = &[
        ("（3）合同.txt", b"a"),
        ("佐证材料5.txt", b"a"),
        ("六、台账.txt", b"a"),
        ("7发票.txt", b"a"),
        ("3.5万元发票.txt", b"a"),
    ];
    let dossier = with_evidence("[3.5万元发票.txt, （3）合同.txt, 佐证材料5.txt, 六、台账.txt, 7发票.txt]", files);
    let dossier = dossier.replace("2021/scores.yaml", "未发现不符情形", "未发现不符情形，详见佐证材料7、佐证５");
    let folder = TempDir::new().unwrap();
    let run = pack(&dossier, folder.path());
    assert_eq!((run.code, codes(&run)), (0, Vec::new()), "{}", run.stderr);
    assert!(!run.findings().iter().any(|finding| finding["code"] == "JB5011"), "{}", run.stderr);
    let names = unpacked(&folder.path().join(PACK));
    for name in ["01-3.5万元发票", "03-合同", "05-佐证材料5", "06-台账", "07-发票"] {
        assert!(names.contains_key(&format!("佐证材料/{name}.txt")), "{name}: {:?}", names.keys());
    }
}

#[test]
fn a_short_word_of_the_text_or_a_comment_is_no_mention() {
    let files: &[(&str, &[u8])] = &[
        ("验收单.txt", b"a"),
        ("程序.txt", b""),
        ("合同.txt", b""),
        ("管护台账.txt", b""),
        ("记录.txt", b"a"),
        ("巡查.txt", b"a"),
        ("Thumbs.db", b"a"),
    ];
    let text = "未发现不符情形，编制程序规范，合同齐全，见设备合同.txt、《记录》、巡查.txt";
    let dossier = with_evidence("[验收单.txt]", files).write("2021/evidence/设备合同.txt", b"a");
    let dossier = dossier.replace("2021/scores.yaml", "未发现不符情形", text);
    let dossier = dossier.replace("2021/scores.yaml", "\n评分:", "\n# 见管护台账\n评分:");
    let folder = TempDir::new().unwrap();
    let run = pack(&dossier, folder.path());
    assert_eq!((run.code, codes(&run)), (0, Vec::new()), "{}", run.stderr);
    assert!(run.stderr.contains("因文中提到而装入的佐证：巡查.txt、记录.txt、设备合同.txt"), "{}", run.stderr);
    assert!(run.stderr.contains("没有装入的：Thumbs.db、合同.txt、程序.txt、管护台账.txt"), "{}", run.stderr);
    let check = dossier.check();
    let unnamed = check.findings().into_iter().find(|finding| finding["code"] == "JB5011").unwrap();
    let message = unnamed["message"].as_str().unwrap();
    assert!(message.ends_with("evidence 里的 合同.txt、程序.txt、管护台账.txt 没有一处提到"), "{message}");
    assert!(unnamed["hints"].to_string().contains("report.yaml 的 佐证材料"), "{unnamed}");
}

#[cfg(unix)]
#[test]
fn a_link_that_a_text_alone_mentions_and_that_leads_out_is_refused() {
    let outside = TempDir::new().unwrap();
    std::fs::write(outside.path().join("x.txt"), "a").unwrap();
    let dossier = with_evidence("[验收单.txt]", &[("验收单.txt", b"a")]);
    let dossier = dossier.replace("2021/scores.yaml", "未发现不符情形", "未发现不符情形，见管护台账");
    std::os::unix::fs::symlink(outside.path().join("x.txt"), dossier.path().join("2021/evidence/管护台账.txt"))
        .unwrap();
    let folder = TempDir::new().unwrap();
    let run = pack(&dossier, folder.path());
    assert_eq!((run.code, codes(&run)), (1, vec!["JB8004".to_owned()]), "{}", run.stderr);
    assert!(are_placed(&run), "{}", run.stderr);
}
