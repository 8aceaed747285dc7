//! From the paths on the command line to reports.

use std::path::{Path, PathBuf};

use crate::dossier::find_years;

/// How deep a tree of dossiers is searched.
const DEPTH_LIMIT: usize = 8;

/// A report: a year of a dossier.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// The dossier's folder.
    pub root: PathBuf,
    /// 年度.
    pub year: i32,
}

/// The folders of a dossier that look like a year and are not named as one, so that they are passed over.
pub fn passed_over(root: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(root) else { return Vec::new() };
    let mut folders: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.is_dir() && path.join("report.yaml").is_file() && as_year(path).is_none())
        .collect();
    folders.sort();
    folders
}

/// Why a path names no report.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// There is nothing at the path.
    #[error("找不到 {}", .0.display())]
    Missing(PathBuf),
    /// The path is a file.
    #[error("{} 是一个文件；请给出年度文件夹或卷宗文件夹", .0.display())]
    File(PathBuf),
    /// Nothing at or below the path is a dossier.
    #[error("{} 里没有卷宗：卷宗文件夹里要有 unit.yaml，以及以年份命名的文件夹，如 2021/", .0.display())]
    Nothing(PathBuf),
}

/// The reports that the paths mean, in order and without repetition. A path is a year, a dossier, or a tree of dossiers.
///
/// # Errors
/// A path that names nothing.
pub fn plan(paths: &[PathBuf]) -> Result<Vec<Target>, PlanError> {
    let mut targets = Vec::new();
    for path in paths {
        if !path.exists() {
            return Err(PlanError::Missing(path.clone()));
        }
        if path.is_file() {
            return Err(PlanError::File(path.clone()));
        }
        let found = find(path, 0);
        if found.is_empty() {
            return Err(PlanError::Nothing(path.clone()));
        }
        targets.extend(found);
    }
    targets.sort();
    targets.dedup();
    Ok(targets)
}

fn find(path: &Path, depth: usize) -> Vec<Target> {
    if let Some(target) = as_year(path) {
        return vec![target];
    }
    if path.join("unit.yaml").is_file() {
        return find_years(path).into_iter().map(|year| Target { root: path.to_path_buf(), year }).collect();
    }
    let Ok(entries) = std::fs::read_dir(path) else { return Vec::new() };
    if depth == DEPTH_LIMIT {
        return Vec::new();
    }
    let mut folders: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|entry| entry.path())
        .collect();
    folders.sort();
    folders.iter().flat_map(|folder| find(folder, depth + 1)).collect()
}

/// A folder that is named by a year and stands in a dossier.
fn as_year(path: &Path) -> Option<Target> {
    let named = path.file_name().map_or_else(|| path.canonicalize().ok(), |_| Some(path.to_path_buf()))?;
    let name = named.file_name()?.to_str()?;
    let year = (name.len() == 4).then(|| name.parse().ok()).flatten()?;
    let root = match named.parent() {
        Some(parent) if parent.as_os_str().is_empty() => PathBuf::from("."),
        Some(parent) => parent.to_path_buf(),
        None => return None,
    };
    root.join("unit.yaml").is_file().then_some(Target { root, year })
}
