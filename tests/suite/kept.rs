//! Files that stand where a report is to be written: only what was written there, and is as it was, is written over.

use std::path::Path;

use crate::support::{Dossier, Run, jibao};

const STEM: &str = "云岭县农业农村局-2023";

fn run(command: &str, dossier: &Dossier, out: &Path, more: &[&str]) -> Run {
    jibao().arg(command).arg(dossier.path().join("2023")).arg("-o").arg(out).args(more).output().unwrap().into()
}

fn other_title(dossier: Dossier) -> Dossier {
    dossier.replace("2023/report.yaml", "标题: ", "标题: 甲乙")
}

#[test]
fn a_copy_that_was_worked_on_is_not_written_over_and_neither_is_what_goes_with_it() {
    let dossier = Dossier::copy_of("samples/demo");
    let out = tempfile::tempdir().unwrap();
    let (pdf, docx) = (out.path().join(format!("{STEM}.pdf")), out.path().join(format!("{STEM}.docx")));
    let formats = ["--format", "pdf,docx"];
    assert_eq!(run("build", &dossier, out.path(), &formats).code, 0);
    let first = std::fs::read(&pdf).unwrap();
    let dossier = other_title(dossier);
    // As it was written: it is made anew.
    assert_eq!(run("build", &dossier, out.path(), &formats).code, 0);
    assert_ne!(std::fs::read(&pdf).unwrap(), first);

    std::fs::write(&docx, "the office's words").unwrap();
    let before = std::fs::read(&pdf).unwrap();
    let dossier = other_title(dossier);
    let refused = run("build", &dossier, out.path(), &formats);
    assert_eq!(refused.code, 2, "{}", refused.stderr);
    assert!(refused.stderr.contains(&format!("{STEM}.docx 写出之后改动过，没有覆盖")), "{}", refused.stderr);
    assert!(refused.stderr.contains("移到别处或改名") && refused.stderr.contains("--force"), "{}", refused.stderr);
    assert_eq!(std::fs::read(&docx).unwrap(), b"the office's words");
    assert_eq!(std::fs::read(&pdf).unwrap(), before, "all of a report or nothing");

    // The PDF alone may be had, and it is said that the copy says something else, also where nothing is to be done.
    for _ in 0..2 {
        let alone = run("build", &dossier, out.path(), &[]);
        assert_eq!(alone.code, 0, "{}", alone.stderr);
        assert!(alone.stderr.contains(&format!("{STEM}.docx 是先前的内容")), "{}", alone.stderr);
    }
    assert_ne!(std::fs::read(&pdf).unwrap(), before);
    assert_eq!(run("build", &dossier, out.path(), &["--format", "pdf,docx", "--force"]).code, 0);
    assert!(std::fs::read(&docx).unwrap().starts_with(b"PK"));
    let again = run("build", &dossier, out.path(), &[]);
    assert!(!again.stderr.contains("先前的内容"), "{}", again.stderr);
}

#[test]
fn a_file_without_a_record_stays_unless_it_is_what_would_be_written() {
    let dossier = Dossier::copy_of("samples/demo");
    let out = tempfile::tempdir().unwrap();
    let pdf = out.path().join(format!("{STEM}.pdf"));
    assert_eq!(run("build", &dossier, out.path(), &[]).code, 0);
    // A folder that was copied without its records.
    std::fs::remove_dir_all(out.path().join(".jibao")).unwrap();
    assert_eq!(run("build", &dossier, out.path(), &[]).code, 0);
    assert!(run("build", &dossier, out.path(), &[]).stdout.contains("没有变化"));

    std::fs::remove_dir_all(out.path().join(".jibao")).unwrap();
    let dossier = other_title(dossier);
    let before = std::fs::read(&pdf).unwrap();
    let refused = run("build", &dossier, out.path(), &[]);
    assert_eq!(refused.code, 2, "{}", refused.stderr);
    assert!(refused.stderr.contains("已经有了，没有由 jibao 写出的记录，没有覆盖"), "{}", refused.stderr);
    assert_eq!(std::fs::read(&pdf).unwrap(), before);
}

#[test]
fn what_a_killed_run_wrote_is_known_for_ours() {
    let dossier = Dossier::copy_of("samples/demo");
    let (out, aside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let pdf = out.path().join(format!("{STEM}.pdf"));
    // A folder in the way stops the run after it has announced the file, and before it keeps that it was written.
    std::fs::create_dir(&pdf).unwrap();
    assert_eq!(run("build", &dossier, out.path(), &["--force"]).code, 2);
    std::fs::remove_dir(&pdf).unwrap();
    assert_eq!(run("build", &dossier, aside.path(), &[]).code, 0);
    std::fs::copy(aside.path().join(format!("{STEM}.pdf")), &pdf).unwrap();
    let dossier = other_title(dossier);
    let again = run("build", &dossier, out.path(), &[]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert_ne!(std::fs::read(&pdf).unwrap(), std::fs::read(aside.path().join(format!("{STEM}.pdf"))).unwrap());
}

#[test]
fn pages_that_a_killed_run_wrote_go_when_the_report_has_fewer() {
    let dossier = Dossier::copy_of("samples/demo");
    let out = tempfile::tempdir().unwrap();
    let svg = ["--format", "svg"];
    let page = |number: usize| out.path().join(format!("{STEM}-{number:02}.svg"));
    assert_eq!(run("build", &dossier, out.path(), &svg).code, 0);
    let short = std::fs::read_dir(out.path()).unwrap().count() - 1;
    // A folder in the way of the first page, which is written last, stops the run when the others stand there.
    std::fs::remove_file(page(1)).unwrap();
    std::fs::create_dir(page(1)).unwrap();
    let section = "2023/sections/04-problems.yaml";
    let text = std::fs::read_to_string(dossier.path().join(section)).unwrap();
    let longer = format!("{text}{}", "      - 要把绩效目标逐条落实到各股室、各单位和各项目。\n".repeat(60));
    let dossier = dossier.write(section, longer.as_bytes());
    for _ in 0..2 {
        assert_eq!(run("build", &dossier, out.path(), &svg).code, 2);
    }
    assert!(page(short + 1).is_file());
    let record = std::fs::read_to_string(out.path().join(format!(".jibao/{STEM}.pdf.json"))).unwrap();
    let record: serde_json::Value = serde_json::from_str(&record).unwrap();
    let pages = std::fs::read_dir(out.path()).unwrap().count() - 1;
    assert_eq!(record["coming"].as_array().unwrap().len(), pages, "once each, however often it failed");
    std::fs::remove_dir(page(1)).unwrap();
    std::fs::write(page(pages), "the office's").unwrap();
    let dossier = dossier.write(section, text.as_bytes());
    let again = run("build", &dossier, out.path(), &svg);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert!(page(short).is_file() && !page(short + 1).exists());
    assert_eq!(std::fs::read(page(pages)).unwrap(), b"the office's", "what was changed stays");
}

#[test]
fn the_file_that_cannot_be_written_is_named() {
    let dossier = Dossier::copy_of("samples/demo");
    let out = tempfile::tempdir().unwrap();
    std::fs::create_dir(out.path().join(format!("{STEM}.docx"))).unwrap();
    let run = run("build", &dossier, out.path(), &["--format", "pdf,docx"]);
    assert!(run.stderr.contains(&format!("{STEM}.docx 写不进去：那里有一个同名的文件夹")), "{}", run.stderr);
}

#[test]
fn a_pack_that_a_killed_run_wrote_is_known_for_ours() {
    let dossier = Dossier::copy_of("samples/demo");
    let (out, aside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let name = format!("{STEM}-报送.zip");
    let zip = out.path().join(&name);
    std::fs::create_dir(&zip).unwrap();
    assert_eq!(run("pack", &dossier, out.path(), &[]).code, 2);
    std::fs::remove_dir(&zip).unwrap();
    assert_eq!(run("pack", &dossier, aside.path(), &[]).code, 0);
    std::fs::copy(aside.path().join(&name), &zip).unwrap();
    let dossier = other_title(dossier);
    let again = run("pack", &dossier, out.path(), &[]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert_ne!(std::fs::read(&zip).unwrap(), std::fs::read(aside.path().join(&name)).unwrap());
}

#[test]
fn a_file_that_is_named_is_treated_like_any_other() {
    let dossier = Dossier::copy_of("samples/demo");
    let out = tempfile::tempdir().unwrap();
    let docx = out.path().join("稿.docx");
    assert_eq!(run("build", &dossier, &docx, &[]).code, 0);
    assert!(run("build", &dossier, &docx, &[]).stdout.contains("没有变化"));
    std::fs::write(&docx, "the office's words").unwrap();
    let refused = run("build", &dossier, &docx, &[]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("稿.docx 写出之后改动过"), "{}", refused.stderr);
    assert_eq!(std::fs::read(&docx).unwrap(), b"the office's words");
    // An ending in capitals is another file.
    let capitals = out.path().join("稿.DOCX");
    assert_eq!(run("build", &dossier, &capitals, &[]).code, 0);
    assert!(capitals.is_file());
    let foreign = out.path().join("表.pdf");
    std::fs::write(&foreign, "somebody's").unwrap();
    assert_eq!(run("build", &dossier, &foreign, &[]).code, 2);
    assert_eq!(std::fs::read(&foreign).unwrap(), b"somebody's");
}

#[test]
fn data_in_the_pdf_alone_make_no_copy_stale() {
    let dossier = Dossier::copy_of("samples/demo");
    let out = tempfile::tempdir().unwrap();
    assert_eq!(run("build", &dossier, out.path(), &["--format", "docx"]).code, 0);
    let carrying = run("build", &dossier, out.path(), &["--attach-data"]);
    assert_eq!((carrying.code, carrying.stderr.as_str()), (0, ""));
    let dossier = other_title(dossier);
    assert!(run("build", &dossier, out.path(), &["--attach-data"]).stderr.contains("docx 是先前的内容"));
}

#[test]
fn a_pack_that_somebody_changed_stays() {
    let dossier = Dossier::copy_of("samples/demo");
    let out = tempfile::tempdir().unwrap();
    let zip = out.path().join(format!("{STEM}-报送.zip"));
    assert_eq!(run("pack", &dossier, out.path(), &[]).code, 0);
    let dossier = other_title(dossier);
    assert_eq!(run("pack", &dossier, out.path(), &[]).code, 0, "it is as it was written");
    let whole = std::fs::read(&zip).unwrap();
    std::fs::write(&zip, "packed again by hand").unwrap();
    let refused = run("pack", &dossier, out.path(), &[]);
    assert_eq!(refused.code, 2, "{}", refused.stderr);
    assert!(refused.stderr.contains("-报送.zip 写出之后改动过，没有覆盖"), "{}", refused.stderr);
    assert_eq!(std::fs::read(&zip).unwrap(), b"packed again by hand");
    assert_eq!(run("pack", &dossier, out.path(), &["--force"]).code, 0);
    assert_eq!(std::fs::read(&zip).unwrap(), whole);
    assert_eq!(std::fs::read_dir(out.path()).unwrap().count(), 2, "the zip and its record, nothing half written");
}

#[test]
fn what_is_in_the_way_of_writing_is_said_in_plain_words() {
    let dossier = Dossier::copy_of("samples/demo");
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("文件");
    std::fs::write(&file, "").unwrap();
    for name in [format!("{STEM}.pdf"), format!("{STEM}-报送.zip")] {
        std::fs::create_dir(out.path().join(name)).unwrap();
    }
    for command in ["build", "pack"] {
        let below_a_file = run(command, &dossier, &file.join("下"), &[]);
        assert_eq!(below_a_file.code, 2);
        assert!(below_a_file.stderr.contains("写不进去：路径里有一段是文件，不是文件夹"), "{}", below_a_file.stderr);
        let folder = run(command, &dossier, out.path(), &[]);
        assert_eq!(folder.code, 2);
        assert!(folder.stderr.contains("写不进去：那里有一个同名的文件夹"), "{}", folder.stderr);
    }
    let pdf = out.path().join("数据.pdf");
    assert_eq!(run("build", &dossier, &pdf, &["--attach-data"]).code, 0);
    let given: Run = jibao().arg("extract").arg(&pdf).arg("-o").arg(&file).output().unwrap().into();
    assert!(given.stderr.contains("写不进去：路径里有一段是文件，不是文件夹"), "{}", given.stderr);
    let long = "云岭县农业农村局".repeat(12);
    let dossier = dossier.replace("unit.yaml", "单位名称: 云岭县农业农村局", &format!("单位名称: {long}"));
    let run = run("build", &dossier, out.path(), &[]);
    assert!(run.stderr.contains("写不进去：文件名太长"), "{}", run.stderr);
}

#[test]
fn a_summary_that_was_worked_on_is_not_written_over() {
    let dossier = Dossier::copy_of("samples/demo");
    let out = tempfile::tempdir().unwrap();
    let summary = |more: &[&str]| -> Run {
        let mut command = jibao();
        command.args(["summary", "--year", "2023", "--format", "xlsx"]).arg(dossier.path()).arg("-o").arg(out.path());
        command.args(more).output().unwrap().into()
    };
    let xlsx = out.path().join("2023年度汇总.xlsx");
    for _ in 0..2 {
        let run = summary(&[]);
        assert_eq!(run.code, 0, "as it was written: {}", run.stderr);
    }
    std::fs::write(&xlsx, "the office's numbers").unwrap();
    let refused = summary(&[]);
    assert_eq!(refused.code, 2, "{}", refused.stderr);
    assert!(refused.stderr.contains("2023年度汇总.xlsx 写出之后改动过，没有覆盖"), "{}", refused.stderr);
    assert_eq!(std::fs::read(&xlsx).unwrap(), b"the office's numbers");
    assert_eq!(summary(&["--force"]).code, 0);
    assert!(std::fs::read(&xlsx).unwrap().starts_with(b"PK"));
}

#[test]
fn a_manifest_replaces_manifests_alone() {
    let dossier = Dossier::copy_of("samples/demo");
    let out = tempfile::tempdir().unwrap();
    let (list, other, pdf) =
        (out.path().join("清单.json"), out.path().join("别的.json"), out.path().join(format!("{STEM}.pdf")));
    std::fs::write(&other, r#"{"schema": 1, "data": []}"#).unwrap();
    let refused = run("build", &dossier, out.path(), &["--manifest", other.to_str().unwrap()]);
    assert_eq!((refused.code, pdf.exists()), (2, false), "before the work: {}", refused.stderr);
    assert!(refused.stderr.contains("别的.json 已经有了，不是 jibao 写的清单，没有覆盖"), "{}", refused.stderr);
    #[cfg(unix)]
    {
        // A pipe that nobody writes into is not waited for.
        let pipe = out.path().join("管道.json");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert_eq!(run("build", &dossier, out.path(), &["--manifest", pipe.to_str().unwrap()]).code, 2);
    }
    for _ in 0..2 {
        let written = run("build", &dossier, out.path(), &["--manifest", list.to_str().unwrap()]);
        assert_eq!(written.code, 0, "{}", written.stderr);
    }
    let merge = |to: &Path| -> Run { jibao().arg("merge").arg(&list).arg("-o").arg(to).output().unwrap().into() };
    assert_eq!((merge(&other).code, merge(&list).code), (2, 0));
    assert_eq!(std::fs::read(&other).unwrap(), br#"{"schema": 1, "data": []}"#);
}

#[test]
fn where_nothing_can_be_kept_nothing_is_written() {
    let dossier = Dossier::copy_of("samples/demo");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(".jibao"), "").unwrap();
    let built = run("build", &dossier, folder.path(), &[]);
    assert!(
        built.code == 2 && built.stderr.contains(".jibao 里写不进记录：路径里有一段是文件，不是文件夹；"),
        "{}",
        built.stderr
    );
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run("build", &dossier, folder.path(), &[]).code, 0);
    let records = std::fs::read_dir(folder.path().join(".jibao")).unwrap();
    let record = records.map(|entry| entry.unwrap().path()).find(|path| path.extension().is_some_and(|e| e == "json"));
    let record = record.unwrap();
    std::fs::remove_file(&record).unwrap();
    std::fs::create_dir(&record).unwrap();
    let built = run("build", &dossier, folder.path(), &[]);
    assert!(built.code == 2 && built.stderr.contains(".jibao 里写不进记录："), "{}", built.stderr);
}
