//! Making a report again from what its PDF carries.

use std::path::Path;

use super::Unproven;
use super::bulk::is_too_much;
use super::glyphs::Faces;
use super::scratch::{DOSSIER, Scratch};
use crate::across::examine_years;
use crate::attach::{
    self, BUNDLED_PROFILES, CONTENTS, Contents, FIGURES, SCORES, collect, program_fonts, templates_sum, write_carried,
};
use crate::compose::CarriedView;
use crate::diagnostic::{Diagnostic, Severity};
use crate::dossier::Attach;
use crate::export::pdf;
use crate::profile::{Library, bundled_files};
use crate::reader::Attachment;
use crate::typeset::{FontSet, compile, forget, report_data};
use crate::{Examined, examine_with};

/// A report that was made again.
#[derive(Debug)]
pub(super) struct Rebuilt {
    pub(super) pdf: Vec<u8>,
    /// What it carries.
    pub(super) carried: Vec<CarriedView>,
    /// Why it may come out otherwise: the version of the program, faces.
    pub(super) reasons: Vec<String>,
    pub(super) faces: Faces,
}

/// Makes the report again; the inner error says why nothing comes of the data, the outer one why it is not even tried.
pub(super) fn rebuild(
    carried: &[Attachment],
    contents: &Contents,
    fonts: &FontSet,
) -> Result<Result<Rebuilt, String>, Unproven> {
    let folder = Scratch::new()?;
    let (dossier, shelf) = (folder.path().join(DOSSIER), folder.path().join("profiles"));
    let mut reasons = other_program(contents);
    let of_faces = other_faces(contents, fonts)?;
    let others = other_profiles(carried);
    if !others.is_empty() {
        reasons.push(format!("程序自带的体例不同：{}", names_of(&others)));
    }
    // A report of several years begins with the first that has a folder.
    std::fs::create_dir_all(dossier.join(contents.since.unwrap_or(contents.year).to_string()))?;
    unpack(&inputs(carried), &dossier)?;
    unpack(&others, &shelf)?;
    let library = if others.is_empty() { Library::default() } else { Library::new(vec![shelf]) };
    let made = make(&dossier, &library, contents, fonts);
    forget();
    let faces = match (of_faces.is_empty(), reasons.is_empty()) {
        (false, _) => Faces::Others,
        (true, false) => Faces::SameFiles,
        (true, true) => Faces::Alike,
    };
    reasons.extend(of_faces);
    match made {
        Ok((pdf, carried)) => Ok(Ok(Rebuilt { pdf, carried, reasons, faces })),
        Err(Unmade::Useless(why)) => Ok(Err(folder.without_way(&why))),
        Err(Unmade::TooMuch) => Err(Unproven::TooMuch),
    }
}

type Made = (Vec<u8>, Vec<CarriedView>);

/// Why a report is not made.
enum Unmade {
    /// Nothing comes of the data, with the reason.
    Useless(String),
    /// There are too many of them.
    TooMuch,
}

fn make(root: &Path, library: &Library, contents: &Contents, fonts: &FontSet) -> Result<Made, Unmade> {
    let year = contents.year;
    let Examined { sources, findings, report } = match contents.since {
        Some(first) => examine_years(library, root, first..=year),
        None => examine_with(library, root, year),
    };
    // What is wrong with the report stopped it when it was made, or did not: here it is only compared.
    let mut report = report.ok_or_else(|| useless(&findings))?;
    if is_too_much(&report.view) {
        return Err(Unmade::TooMuch);
    }
    report.view.draft = contents.draft;
    report.view.meta.date = contents.date.unwrap_or(report.view.meta.date);
    let attach = if contents.comments { Attach::Whole } else { Attach::WithoutComments };
    let (draft, date) = (contents.draft, contents.date);
    let request = attach::Request { root, library, fonts, sources: &sources, report: &report, attach, draft, date };
    let carried = collect(request).map_err(|finding| useless(&[finding]))?;
    report.view.carried.clone_from(&carried);
    let laid = report_data(&report.view, fonts).map_err(|finding| useless(&[finding]))?;
    let mut findings = Vec::new();
    let document = compile(laid, fonts, report.view.meta.date, &mut findings).ok_or_else(|| useless(&findings))?;
    let bytes = pdf(&document).map_err(|findings| useless(&findings))?;
    Ok((bytes, carried))
}

/// Why nothing comes of the data: the first error among findings.
fn useless(findings: &[Diagnostic]) -> Unmade {
    let error = findings.iter().find(|finding| finding.severity == Severity::Error);
    let why = error.map_or_else(String::new, |error| format!("（{}：{}）", error.code.as_str(), error.message));
    Unmade::Useless(format!("按所附的数据排不出报告{why}"))
}

/// The dossier's files among those that are carried.
fn inputs(carried: &[Attachment]) -> Vec<Attachment> {
    let ours = |name: &str| name == FIGURES || name == SCORES || name == CONTENTS || is_bundled(name);
    carried.iter().filter(|file| !ours(&file.name)).cloned().collect()
}

fn is_bundled(name: &str) -> bool {
    name.strip_prefix(BUNDLED_PROFILES).is_some_and(|rest| rest.starts_with('/'))
}

/// The profiles that came with the program that made the PDF and are not this program's, by their paths on a shelf.
fn other_profiles(carried: &[Attachment]) -> Vec<Attachment> {
    let below = |file: &Attachment| {
        let rest = file.name.strip_prefix(BUNDLED_PROFILES)?.strip_prefix('/')?;
        Some(Attachment { name: rest.to_owned(), ..file.clone() })
    };
    let mut files: Vec<Attachment> = carried.iter().filter_map(below).collect();
    let same = |file: &Attachment| {
        let known = file.name.split_once('/').map(|(name, path)| (bundled_files(name), path));
        known.is_some_and(|(known, path)| {
            known.iter().any(|(own, text)| own == path && text.as_bytes() == file.bytes.as_slice())
        })
    };
    if files.iter().all(same) {
        files.clear();
    }
    files
}

fn names_of(files: &[Attachment]) -> String {
    let mut names: Vec<&str> = files.iter().filter_map(|file| file.name.split('/').next()).collect();
    names.dedup();
    names.join("、")
}

fn unpack(files: &[Attachment], folder: &Path) -> std::io::Result<()> {
    // The paths were checked, and the folder is new.
    write_carried(files, folder, false).map(|_| ()).map_err(std::io::Error::other)
}

/// How the program differs from the one that made the PDF.
fn other_program(contents: &Contents) -> Vec<String> {
    let mut reasons = Vec::new();
    let own = env!("CARGO_PKG_VERSION");
    if contents.jibao != own {
        reasons.push(format!("程序版本不同：PDF 由 jibao {} 排印，这里是 jibao {own}", contents.jibao));
    } else if contents.templates != templates_sum() {
        reasons.push(format!("排版的模板不同，虽然都是 jibao {own}"));
    }
    reasons
}

/// How the faces differ from those of the PDF.
fn other_faces(contents: &Contents, fonts: &FontSet) -> std::io::Result<Vec<String>> {
    let mut reasons = Vec::new();
    let now = program_fonts(fonts)?;
    let mut roles: Vec<&str> = contents.fonts.iter().chain(&now).map(|font| font.role.as_str()).collect();
    roles.sort_unstable();
    roles.dedup();
    for role in roles {
        let of = |fonts: &[attach::FontSum]| -> Vec<(String, String)> {
            let fonts = fonts.iter().filter(|font| font.role == role);
            fonts.map(|font| (font.family.clone(), font.sha256.clone())).collect()
        };
        let (then, now) = (of(&contents.fonts), of(&now));
        if then != now {
            let (then, now) = (families(&then), families(&now));
            let same = if then == now { "（名称相同，文件不同）" } else { "" };
            reasons.push(format!("{role}的字体不同：PDF 用 {then}，这里用 {now}{same}"));
        }
    }
    Ok(reasons)
}

fn families(faces: &[(String, String)]) -> String {
    let names: Vec<&str> = faces.iter().map(|(family, _)| family.as_str()).collect();
    if names.is_empty() { "无".to_owned() } else { names.join("、") }
}
