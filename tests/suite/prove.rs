//! The data that a PDF carries: given back, and the report made again from them.

use std::path::{Path, PathBuf};

use jibao::batch::{Job, Options, Output, Selection, Target, in_parallel, over_years, plan};
use jibao::compose::DateView;
use jibao::dossier::Attach;
use jibao::profile::Library;
use jibao::typeset::FontSet;
use jibao::verify::{Verdict, verify};

use crate::support::{Dossier, Run, jibao, root};

mod elsewhere;
mod honest;
mod hostile;

/// Runs the command.
fn run(arguments: &[&str], path: &Path) -> Run {
    jibao().args(arguments).arg(path).output().unwrap().into()
}

/// A year of a county's sample with data inside, as a PDF in a folder.
fn carrying(dossier: &Dossier, how: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let pdf = folder.path().join("a.pdf");
    let mut command = jibao();
    let output = command.args(["build", "--years", "2023", how, "-o"]).arg(&pdf).arg(dossier.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    (folder, pdf)
}

#[test]
fn what_is_given_back_makes_the_same_file_again() {
    let dossier = Dossier::copy_of("samples/county/water");
    let (folder, pdf) = carrying(&dossier, "--attach-data");
    let out = folder.path().join("out");
    let given = run(&["extract", "-o", out.to_str().unwrap()], &pdf);
    assert_eq!(given.code, 0, "{}", given.stderr);
    for file in ["unit.yaml", "2023/figures.yaml", "2023/report.yaml", "2023/scores.yaml", "2022/figures.yaml"] {
        assert_eq!(std::fs::read(out.join(file)).unwrap(), std::fs::read(dossier.path().join(file)).unwrap(), "{file}");
    }
    let again = folder.path().join("again.pdf");
    let built = jibao().args(["build", "--attach-data", "-o"]).arg(&again).arg(out.join("2023")).output().unwrap();
    assert!(built.status.success());
    assert!(std::fs::read(&pdf).unwrap() == std::fs::read(&again).unwrap());
    let twice = run(&["extract", "-o", out.to_str().unwrap()], &pdf);
    assert!(twice.code == 2 && twice.stderr.contains("--force"), "{}", twice.stderr);
    assert_eq!(run(&["extract", "--force", "-o", out.to_str().unwrap()], &pdf).code, 0);
    let list = run(&["extract", "--list"], &pdf);
    assert!(list.stdout.contains("2023/figures.yaml\t") && list.stdout.contains("算出的数据项"), "{}", list.stdout);
}

#[test]
fn a_folder_that_was_given_back_is_built_as_a_whole() {
    let dossier = Dossier::copy_of("samples/county/water");
    let (folder, pdf) = carrying(&dossier, "--attach-data");
    let out = folder.path().join("out");
    let given = run(&["extract", "-o", out.to_str().unwrap()], &pdf);
    assert!(given.stderr.contains("佐证材料不在 PDF 里"), "{}", given.stderr);
    let made = folder.path().join("made");
    let built = run(&["build", "--attach-data", "-o", made.to_str().unwrap()], &out);
    assert_eq!(built.code, 0, "{}{}", built.stdout, built.stderr);
    assert!(built.stderr.contains("2022：只有数据，没有报告，供后面的年度引用"), "{}", built.stderr);
    let again = std::fs::read(made.join("青岚县水利局-2023.pdf")).unwrap();
    assert!(again == std::fs::read(&pdf).unwrap());
    assert_eq!(run(&["check"], &out).code, 0);
    // A year that is named, and one that is later than all reports, is no matter of course.
    assert_eq!(run(&["check"], &out.join("2022")).code, 1);
    std::fs::create_dir(out.join("2024")).unwrap();
    std::fs::copy(out.join("2022/figures.yaml"), out.join("2024/figures.yaml")).unwrap();
    assert_eq!(run(&["check"], &out).code, 1);
}

#[test]
fn a_pack_is_no_pdf_and_nothing_is_said_of_it() {
    let dossier = Dossier::copy_of("samples/county/water");
    let (folder, pdf) = carrying(&dossier, "--attach-data");
    let pack = folder.path().join("a.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&pack).unwrap());
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("a.pdf", stored).unwrap();
    std::io::Write::write_all(&mut zip, &std::fs::read(&pdf).unwrap()).unwrap();
    zip.finish().unwrap();
    let verified = run(&["verify"], &pack);
    assert_eq!(verified.code, 2, "{}", verified.stdout);
    assert!(verified.stdout.contains("无从证明：这是压缩包或 Office 文件，不是 PDF"), "{}", verified.stdout);
    // What stands before a PDF's beginning does not matter.
    let late = folder.path().join("late.pdf");
    std::fs::write(&late, [b"\n\n".as_slice(), &std::fs::read(&pdf).unwrap()].concat()).unwrap();
    assert_eq!(run(&["verify"], &late).code, 1);
}

#[test]
fn comments_are_left_out_where_they_are_to_be() {
    let dossier = Dossier::copy_of("samples/county/water");
    let path = dossier.path().join("2023/figures.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    let dossier = dossier.write("2023/figures.yaml", format!("# 内部意见\n{text}"));
    let (_kept, with) = carrying(&dossier, "--attach-data");
    let (folder, without) = carrying(&dossier, "--attach-data=no-comments");
    let figures = |pdf: &Path| {
        let out = tempfile::tempdir_in(folder.path()).unwrap();
        assert_eq!(run(&["extract", "-o", out.path().to_str().unwrap()], pdf).code, 0);
        std::fs::read_to_string(out.path().join("2023/figures.yaml")).unwrap()
    };
    let (with, without) = (figures(&with), figures(&without));
    assert!(with.contains("# 内部意见") && !without.contains("内部意见"));
    assert_eq!(with.lines().count(), without.lines().count(), "every line stays where it is");
}

#[test]
fn the_unit_says_what_is_carried_and_the_run_tells_of_it() {
    let dossier =
        Dossier::copy_of("samples/county/water").replace("unit.yaml", "单位名称", "附源数据: 去注释\n单位名称");
    let out = tempfile::tempdir().unwrap();
    let build = |more: &[&str]| {
        let arguments = ["build", "--years", "2023", "-o", out.path().to_str().unwrap()];
        let arguments: Vec<&str> = arguments.into_iter().chain(more.iter().copied()).collect();
        dossier.run(&arguments)
    };
    let first = build(&[]);
    assert!(first.stdout.contains("附源数据") && first.stdout.contains("已去注释"), "{}{}", first.stdout, first.stderr);
    let second = build(&[]);
    assert!(second.stdout.contains("没有变化") && second.stdout.contains("附源数据"), "{}", second.stdout);
    let third = build(&["--attach-data=no"]);
    assert!(!third.stdout.contains("没有变化") && !third.stdout.contains("附源数据"), "{}", third.stdout);
    let mut pdf = std::fs::read_dir(out.path()).unwrap().filter_map(Result::ok).map(|entry| entry.path());
    let pdf = pdf.find(|path| path.extension().is_some_and(|e| e == "pdf")).unwrap();
    let bare = run(&["verify"], &pdf);
    assert!(bare.code == 2 && bare.stdout.contains("没有附源数据"), "{}", bare.stdout);
    let wrong = Dossier::copy_of("samples/county/water").replace("unit.yaml", "单位名称", "附源数据: 全部\n单位名称");
    assert!(wrong.check().findings().iter().any(|finding| finding["message"].as_str().unwrap().contains("附源数据")));
}

#[test]
fn a_file_that_cannot_be_given_back_everywhere_is_not_carried() {
    let dossier = Dossier::copy_of("samples/county/water");
    let sections = dossier.path().join("2023/sections");
    std::fs::rename(sections.join("05-years.yaml"), sections.join("05-years:定稿.yaml")).unwrap();
    let made = dossier.run(&["build", "--years", "2023", "--attach-data", "--findings", "json", "-o", "-"]);
    assert_eq!(made.code, 1, "{}", made.stderr);
    assert!(made.stderr.contains("JB6004") && made.stderr.contains("05-years:定稿.yaml"), "{}", made.stderr);
}

#[test]
fn no_path_of_the_machine_is_carried() {
    let dossier = Dossier::copy_of("samples/county/water");
    let (folder, pdf) = carrying(&dossier, "--attach-data");
    let out = folder.path().join("out");
    assert_eq!(run(&["extract", "-o", out.to_str().unwrap()], &pdf).code, 0);
    let manifest = std::fs::read_to_string(out.join("jibao/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["jibao"], env!("CARGO_PKG_VERSION"));
    assert!(manifest["fonts"].as_array().unwrap().len() >= 7);
    let machine = dossier.path().to_str().unwrap();
    for file in manifest["files"].as_array().unwrap() {
        let path = out.join(file["path"].as_str().unwrap());
        let text = std::fs::read_to_string(path).unwrap();
        assert!(!text.contains(machine) && text.len() == usize::try_from(file["bytes"].as_u64().unwrap()).unwrap());
    }
}
