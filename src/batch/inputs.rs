//! What a report depends on, summed: the dossier's files, and everything that all reports of a run share.

use std::path::{Path, PathBuf};

use super::Target;
use crate::dossier::{find_years, is_yaml};
use crate::hash::Sum;
use crate::typeset::{FaceOrigin, FontSet, Role};

/// The deepest folder below a profile's.
const DEPTH_LIMIT: usize = 6;

/// The sum of every file of a dossier that one of its reports may read: the unit, the year with its sections and the names
/// of its evidence, the data of the other years, the dossier's own profiles. More than it does read does no harm.
/// `None` where a file cannot be summed; the report is then made anew.
pub(super) fn of_report(target: &Target) -> Option<String> {
    let mut sum = Sum::default();
    sum.add(target.period().as_bytes());
    add_present(&mut sum, &target.root.join("unit.yaml"), "unit.yaml")?;
    for year in find_years(&target.root) {
        let folder = target.root.join(year.to_string());
        sum.add(year.to_string().as_bytes());
        for name in names(&folder)? {
            let path = folder.join(&name);
            if is_yaml(&name) && path.is_file() {
                add_present(&mut sum, &path, &format!("{year}/{name}"))?;
            }
        }
        // A report of several years has the errors of each.
        if year == target.year || target.since.is_some() {
            add_tree(&mut sum, &folder.join("sections"), "sections", 0)?;
            // Evidence is named in the report and not read.
            let evidence = folder.join("evidence");
            for name in names(&evidence)? {
                let kind = if evidence.join(&name).is_file() { "file" } else { "folder" };
                sum.add(format!("evidence/{name} {kind}").as_bytes());
            }
        }
    }
    add_tree(&mut sum, &target.root.join("体例"), "体例", 0)?;
    Some(sum.finish())
}

/// The sum of what all reports of a run share: the program with its templates and profiles, the faces, the folders of
/// profiles, the options that change a page. `None` where something cannot be summed; nothing is then taken for unchanged.
pub(super) fn of_run(fonts: &FontSet, profiles: &[PathBuf], options: &str) -> Option<String> {
    let mut sum = Sum::default();
    sum.add(program()?.as_bytes());
    sum.add(options.as_bytes());
    for role in Role::ALL {
        for face in fonts.faces(role) {
            sum.add(face.info.family.as_bytes());
            if let FaceOrigin::File(path) = &face.origin {
                sum.add_file(path)?;
            }
        }
    }
    for folder in profiles {
        add_tree(&mut sum, folder, "profiles", 0)?;
    }
    Some(sum.finish())
}

/// The program: its version, and its file's size and time, for a version may be built more than once while it is worked on.
fn program() -> Option<String> {
    let metadata = std::env::current_exe().ok()?.metadata().ok()?;
    let time = metadata.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(format!("{} {} {}", env!("CARGO_PKG_VERSION"), metadata.len(), time.as_nanos()))
}

/// A file under a name that tells where it stands: a file that moves is another input.
fn add_present(sum: &mut Sum, path: &Path, name: &str) -> Option<()> {
    sum.add(name.as_bytes());
    sum.add_file(path)
}

/// All files below a folder; nothing where there is none.
fn add_tree(sum: &mut Sum, folder: &Path, shown: &str, depth: usize) -> Option<()> {
    if depth > DEPTH_LIMIT {
        return None;
    }
    for name in names(folder)? {
        let (path, shown) = (folder.join(&name), format!("{shown}/{name}"));
        if path.is_dir() {
            sum.add(shown.as_bytes());
            add_tree(sum, &path, &shown, depth + 1)?;
        } else {
            add_present(sum, &path, &shown)?;
        }
    }
    Some(())
}

/// The names in a folder, sorted; none where there is no folder. `None` where there is a link: whether it may be followed is
/// for the reader to say, and that asks for the report to be read.
fn names(folder: &Path) -> Option<Vec<String>> {
    if folder.is_symlink() {
        return None;
    }
    let Ok(entries) = std::fs::read_dir(folder) else { return Some(Vec::new()) };
    let mut names = Vec::new();
    for entry in entries.filter_map(Result::ok) {
        if entry.file_type().ok()?.is_symlink() {
            return None;
        }
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Some(names)
}
