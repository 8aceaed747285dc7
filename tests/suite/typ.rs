//! The folder of `--format typ`: what Typst makes of it alone is the report.

use std::path::{Path, PathBuf};
use std::process::Command;

use hayro_syntax::Pdf;
use jibao::export::{TypFolder, pdf};
use jibao::typeset::{FontSet, report_data, typeset};
use tempfile::TempDir;
use typst_layout::PagedDocument;

use crate::support::root;

pub(crate) mod folder_world;

/// A sample's year as the folder, and as the PDF that the program makes of it.
struct Both {
    folder: TempDir,
    report: PathBuf,
    pdf: Vec<u8>,
}

fn both(sample: &str, year: i32) -> Both {
    let fonts = FontSet::new(&[], false).unwrap();
    let view = jibao::examine(&root().join("samples").join(sample), year).report.unwrap().view;
    let folder = tempfile::tempdir().unwrap();
    let typ = TypFolder::create(folder.path(), &fonts).unwrap();
    let report = typ.add(&format!("{sample}-{year}"), &report_data(&view, &fonts).unwrap()).unwrap();
    let pdf = pdf(&typeset(&view, &fonts, &mut Vec::new()).unwrap()).unwrap();
    Both { folder, report, pdf }
}

#[test]
fn a_world_that_sees_the_folder_alone_gives_the_same_bytes() {
    for (sample, year) in [("huidong", 2021), ("hunan", 2018)] {
        let Both { folder, report, pdf: ours } = both(sample, year);
        let world = folder_world::FolderWorld::new(&report, &folder.path().join("fonts"));
        let document = typst::compile::<PagedDocument>(&world);
        assert_eq!(document.warnings.len(), 0, "{:?}", document.warnings);
        let theirs = pdf(&document.output.unwrap()).unwrap();
        assert!(ours == theirs, "{sample}: {} and {} bytes", ours.len(), theirs.len());
    }
}

#[test]
#[ignore = "needs the Typst command: JIBAO_TYPST"]
fn the_typst_command_draws_the_same_pages() {
    let typst = std::env::var_os("JIBAO_TYPST").expect("JIBAO_TYPST names the Typst command, 0.15.1");
    let version = Command::new(&typst).arg("--version").output().expect("JIBAO_TYPST can be run");
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    // Another version may break lines elsewhere.
    assert!(version.starts_with("typst 0.15.1"), "{version}");
    let Both { folder, report, pdf: ours } = both("demo", 2023);
    let arguments = command_of_the_readme(folder.path(), report.file_name().unwrap().to_str().unwrap());
    let output = Command::new(&typst).args(&arguments).current_dir(folder.path()).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    let theirs = std::fs::read(report.with_extension("pdf")).unwrap();
    assert_eq!(streams(ours), streams(theirs));
}

/// The arguments of the command in README.txt, with a report's name put in.
fn command_of_the_readme(folder: &Path, name: &str) -> Vec<String> {
    let readme = std::fs::read_to_string(folder.join("README.txt")).unwrap();
    let command = readme.lines().find_map(|line| line.trim().strip_prefix("typst compile ")).unwrap();
    let arguments = command.split(' ').map(|word| word.replace("报告名", name));
    ["compile".to_owned()].into_iter().chain(arguments).collect()
}

/// What draws each page.
fn streams(data: Vec<u8>) -> Vec<Vec<u8>> {
    let pdf = Pdf::new(data).expect("a PDF");
    pdf.pages().iter().map(|page| page.page_stream().expect("a stream").to_vec()).collect()
}
