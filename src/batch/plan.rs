//! From the paths on the command line to reports.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::select::{Only, Years};
use crate::diagnostic::some_of;
use crate::dossier::{find_years, unit_name, year_of};

/// How deep a tree of dossiers is searched.
const DEPTH_LIMIT: usize = 8;

/// A report: a year of a dossier, or several years in one report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// The dossier's folder.
    pub root: PathBuf,
    /// 年度; of a report over several years the last.
    pub year: i32,
    /// The first year of a report over several.
    pub since: Option<i32>,
}

impl Target {
    /// The folder of its year.
    fn folder(&self) -> PathBuf {
        self.root.join(self.year.to_string())
    }

    /// Whether anything of a report is there, besides figures and scores.
    fn has_report(&self) -> bool {
        ["report.yaml", "sections"].iter().any(|name| self.folder().join(name).exists())
    }

    /// The path by which people know it, with `/` between its parts.
    pub fn shown(&self) -> String {
        let root = self.root.to_string_lossy().replace('\\', "/");
        format!("{}/{}", root.trim_end_matches('/'), self.period())
    }

    /// `2023`, or `2019-2023`.
    pub fn period(&self) -> String {
        match self.since {
            Some(first) => format!("{first}-{}", self.year),
            None => self.year.to_string(),
        }
    }
}

/// Why the paths mean no reports.
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
    /// `--years` and `--only` leave nothing.
    #[error("没有符合 --years、--only 的报告；有的年度是 {years}，有的单位是 {units}")]
    NoneLeft {
        /// The years at hand.
        years: String,
        /// The units at hand, the first of them.
        units: String,
    },
}

/// What is asked for besides paths.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// The years; all where nothing is said.
    pub years: Option<Years>,
    /// The units; all where nothing is said.
    pub only: Vec<Only>,
}

impl Selection {
    fn takes(&self, target: &Target) -> bool {
        self.years.as_ref().is_none_or(|years| years.contain(target.year)) && self.takes_unit(&target.root)
    }

    fn takes_unit(&self, root: &Path) -> bool {
        if self.only.is_empty() {
            return true;
        }
        let folder = root.file_name().map(|name| name.to_string_lossy().into_owned());
        let names: Vec<String> = folder.into_iter().chain(unit_name(root)).collect();
        self.only.iter().any(|only| names.iter().any(|name| only.fits(name)))
    }
}

/// The reports that paths mean.
#[derive(Debug, Default)]
pub struct Plan {
    /// The reports, in order and without repetition.
    pub targets: Vec<Target>,
    /// Folders that are passed over: such as hold a report and are not named by a year, such as hold figures alone, and
    /// such as a pattern takes in and hold no dossier.
    pub passed_over: Vec<PathBuf>,
}

impl Plan {
    /// Without the years before a dossier's last report that have figures alone, as in a folder that a PDF was unpacked
    /// to: reports read them, and none is made of them. A year that one of the paths names stays.
    #[must_use]
    pub fn of_reports(self, paths: &[PathBuf]) -> Self {
        // However the way to it is written.
        let same = |target: &Target| (target.root.canonicalize().unwrap_or(target.root.clone()), target.year);
        let named: BTreeSet<(PathBuf, i32)> =
            paths.iter().flat_map(|path| expanded(path)).filter_map(|path| as_year(&path)).map(|t| same(&t)).collect();
        // Also reports that are not meant now come after figures.
        let mut last: BTreeMap<PathBuf, Option<i32>> = BTreeMap::new();
        for Target { root, .. } in &self.targets {
            let target = |year| Target { root: root.clone(), year, since: None };
            let has_report = |year: &i32| target(*year).has_report();
            let of = || find_years(root).into_iter().filter(has_report).max();
            last.entry(root.clone()).or_insert_with(of);
        }
        let alone = |target: &Target| {
            let earlier = last.get(&target.root).is_some_and(|last| last.is_some_and(|last| target.year < last));
            earlier && !target.has_report() && !named.contains(&same(target))
        };
        let (alone, targets): (Vec<Target>, Vec<Target>) = self.targets.into_iter().partition(alone);
        let folders = alone.into_iter().map(|target| target.folder());
        Self { targets, passed_over: self.passed_over.into_iter().chain(folders).collect() }
    }
}

/// The reports that the paths mean and the selection takes. A path is a year, a dossier, a tree of dossiers, or a pattern
/// with `*` and `?` of such: not every shell replaces patterns.
///
/// # Errors
/// A path that names nothing, and a selection that leaves nothing.
pub fn plan(paths: &[PathBuf], selection: &Selection) -> Result<Plan, PlanError> {
    let mut plan = Plan::default();
    for written in paths {
        let before = plan.targets.len();
        let mut nothing = Vec::new();
        for path in expanded(written) {
            if !path.exists() {
                return Err(PlanError::Missing(path));
            }
            if path.is_file() {
                return Err(PlanError::File(path));
            }
            let before = plan.targets.len();
            find(&path, 0, &mut plan);
            if plan.targets.len() == before {
                nothing.push(path);
            }
        }
        if plan.targets.len() == before {
            return Err(PlanError::Nothing(written.clone()));
        }
        // A star takes in folders that lie about as well.
        plan.passed_over.append(&mut nothing);
    }
    let all = without_repetition(std::mem::take(&mut plan.targets));
    plan.passed_over.sort();
    plan.passed_over.dedup();
    let years: BTreeSet<i32> = all.iter().map(|target| target.year).collect();
    plan.targets = all.iter().filter(|target| selection.takes(target)).cloned().collect();
    if plan.targets.is_empty() {
        let years = years.iter().map(|year| format!("{year}年")).collect::<Vec<_>>().join("、");
        return Err(PlanError::NoneLeft { years, units: some_units(&all) });
    }
    Ok(plan)
}

/// One report a dossier over the years of a range that it has, in place of one a year. A dossier that has too few of them
/// stays in the plan: its report says so, and the others are made.
pub fn over_years(plan: Plan, first: i32, last: i32) -> Plan {
    let mut roots: Vec<PathBuf> = plan.targets.into_iter().map(|target| target.root).collect();
    roots.dedup();
    let over = |root: PathBuf| {
        let meant: Vec<i32> = find_years(&root).into_iter().filter(|year| (first..=last).contains(year)).collect();
        match meant.as_slice() {
            [from, .., to] => Target { root, year: *to, since: Some(*from) },
            _ => Target { root, year: last, since: Some(first) },
        }
    };
    Plan { targets: roots.into_iter().map(over).collect(), passed_over: plan.passed_over }
}

/// The names of the first units, and how many there are.
fn some_units(targets: &[Target]) -> String {
    let roots: BTreeSet<&PathBuf> = targets.iter().map(|target| &target.root).collect();
    some_of(&roots.iter().filter_map(|root| unit_name(root)).collect::<Vec<_>>())
}

/// Leaves one of several targets that are the same, however the way to it is written: the one with the shortest way.
fn without_repetition(mut targets: Vec<Target>) -> Vec<Target> {
    targets.sort_by_key(|target| (target.root.as_os_str().len(), target.clone()));
    let mut real: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    targets.retain(|target| {
        let root = real.entry(target.root.clone()).or_insert_with(|| {
            let root = &target.root;
            root.canonicalize().unwrap_or_else(|_| root.clone())
        });
        seen.insert((root.clone(), target.year))
    });
    targets.sort();
    targets
}

/// The paths that a pattern means; what is no pattern, or one that nothing fits, as it is.
fn expanded(path: &Path) -> Vec<PathBuf> {
    // A star takes in files that lie about as well.
    matching(path, Path::is_dir)
}

/// The files that a pattern names; the path itself where it is none, or names none.
pub fn files_named(path: &Path) -> Vec<PathBuf> {
    matching(path, Path::is_file)
}

fn matching(path: &Path, wanted: fn(&Path) -> bool) -> Vec<PathBuf> {
    let as_it_is = || vec![path.to_path_buf()];
    let Some(text) = path.to_str().filter(|text| text.contains(['*', '?', '['])) else { return as_it_is() };
    if path.exists() {
        return as_it_is();
    }
    // Nobody means the hidden folder of what was written there.
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
    let found = glob::glob_with(text, options).into_iter().flatten().filter_map(Result::ok);
    let found: Vec<PathBuf> = found.filter(|path| wanted(path)).collect();
    if found.is_empty() { as_it_is() } else { found }
}

fn find(path: &Path, depth: usize, plan: &mut Plan) {
    if let Some(target) = as_year(path) {
        plan.targets.push(target);
        return;
    }
    if path.join("unit.yaml").is_file() {
        let target = |year| Target { root: path.to_path_buf(), year, since: None };
        plan.targets.extend(find_years(path).into_iter().map(target));
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
    root.join("unit.yaml").is_file().then_some(Target { root, year, since: None })
}
