//! From the paths on the command line to reports.

use std::path::{Path, PathBuf};

use crate::dossier::{find_years, year_of};

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

/// The reports that paths mean.
#[derive(Debug, Default)]
pub struct Plan {
    /// The reports, in order and without repetition.
    pub targets: Vec<Target>,
    /// Folders that hold a report and are not named by a year, so that they are passed over.
    pub passed_over: Vec<PathBuf>,
}

/// The reports that the paths mean. A path is a year, a dossier, or a tree of dossiers.
///
/// # Errors
/// A path that names nothing.
pub fn plan(paths: &[PathBuf]) -> Result<Plan, PlanError> {
    let mut plan = Plan::default();
    for path in paths {
        if !path.exists() {
            return Err(PlanError::Missing(path.clone()));
        }
        if path.is_file() {
            return Err(PlanError::File(path.clone()));
        }
        let before = plan.targets.len();
        find(path, 0, &mut plan);
        if plan.targets.len() == before {
            return Err(PlanError::Nothing(path.clone()));
        }
    }
    plan.targets.sort();
    plan.targets.dedup();
    plan.passed_over.sort();
    plan.passed_over.dedup();
    Ok(plan)
}

fn find(path: &Path, depth: usize, plan: &mut Plan) {
    if let Some(target) = as_year(path) {
        plan.targets.push(target);
        return;
    }
    if path.join("unit.yaml").is_file() {
        plan.targets.extend(find_years(path).into_iter().map(|year| Target { root: path.to_path_buf(), year }));
        let reports = folders(path).into_iter().filter(|folder| folder.join("report.yaml").is_file());
        plan.passed_over.extend(reports.filter(|folder| as_year(folder).is_none()));
        return;
    }
    if depth < DEPTH_LIMIT {
        for folder in folders(path) {
            find(&folder, depth + 1, plan);
        }
    }
}

/// The folders right below one, in order. Links are not followed: they may lead around in a ring.
fn folders(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(path) else { return Vec::new() };
    let entries = entries.filter_map(Result::ok);
    let mut folders: Vec<PathBuf> =
        entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())).map(|entry| entry.path()).collect();
    folders.sort();
    folders
}

/// A folder that is named by a year and stands in a dossier.
fn as_year(path: &Path) -> Option<Target> {
    let named = path.file_name().map_or_else(|| path.canonicalize().ok(), |_| Some(path.to_path_buf()))?;
    let year = year_of(named.file_name()?.to_str()?)?;
    let root = match named.parent() {
        Some(parent) if parent.as_os_str().is_empty() => PathBuf::from("."),
        Some(parent) => parent.to_path_buf(),
        None => return None,
    };
    root.join("unit.yaml").is_file().then_some(Target { root, year })
}
