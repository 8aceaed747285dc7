//! Which units a summary is of.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::Absent;
use super::note::year_list;
use crate::batch::Target;
use crate::dossier::{find_years, unit_name};

/// A unit that has a report of the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitFolder {
    /// 单位名称; the folder's name where unit.yaml does not say it.
    pub name: String,
    /// The dossier's folder.
    pub root: PathBuf,
}

/// The units below some paths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gathered {
    /// Those that have a report of the year, by name and folder.
    pub present: Vec<UnitFolder>,
    /// Those that have none.
    pub absent: Vec<Absent>,
}

/// Why there is nothing to sum up.
#[derive(Debug, thiserror::Error)]
pub enum GatherError {
    /// No unit has the year.
    #[error("没有一个单位有{0}年度的报告；现有的年度：{1}")]
    NoSuchYear(i32, String),
    /// Two dossiers are of one unit.
    #[error("“{name}”{year}年度的卷宗有两个：{one} 和 {other}\n留一个；不是同一个单位的，改 unit.yaml 里的 单位名称")]
    Twice {
        /// The unit.
        name: String,
        /// 年度.
        year: i32,
        /// Its first folder.
        one: String,
        /// Its second folder.
        other: String,
    },
}

/// The units that these targets belong to. Of each the year is taken, whichever of its years a path names.
///
/// # Errors
/// No unit has the year; two dossiers are of one unit in the year.
pub fn gather(targets: &[Target], year: i32) -> Result<Gathered, GatherError> {
    let mut gathered = Gathered::default();
    let mut at_hand = BTreeSet::new();
    for unit in units(targets) {
        let years = find_years(&unit.root);
        if years.contains(&year) {
            gathered.present.push(unit);
        } else {
            at_hand.extend(years.iter().copied());
            gathered.absent.push(Absent { path: unit.root.display().to_string(), name: unit.name, years });
        }
    }
    if gathered.present.is_empty() {
        let years: Vec<i32> = at_hand.into_iter().collect();
        return Err(GatherError::NoSuchYear(year, year_list(&years)));
    }
    only_once(&gathered.present, year)?;
    Ok(gathered)
}

/// The units, by name and folder. A folder that is reached by two paths is one unit, known by the shorter one.
fn units(targets: &[Target]) -> Vec<UnitFolder> {
    let mut roots: BTreeMap<PathBuf, &Path> = BTreeMap::new();
    for Target { root, .. } in targets {
        let real = root.canonicalize().unwrap_or_else(|_| root.clone());
        let kept = roots.entry(real).or_insert(root);
        if root.as_os_str().len() < kept.as_os_str().len() {
            *kept = root;
        }
    }
    let mut units: Vec<UnitFolder> = roots
        .iter()
        .map(|(real, root)| UnitFolder {
            name: unit_name(root).filter(|name| !name.trim().is_empty()).unwrap_or_else(|| folder_name(real)),
            root: root.to_path_buf(),
        })
        .collect();
    units.sort_by(|a, b| (&a.name, &a.root).cmp(&(&b.name, &b.root)));
    units
}

fn folder_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// One unit that is counted twice would make every sum wrong.
fn only_once(units: &[UnitFolder], year: i32) -> Result<(), GatherError> {
    // They are in the order of their names.
    for pair in units.windows(2) {
        if let [one, other] = pair
            && one.name == other.name
        {
            let (one_path, other_path) = (one.root.display().to_string(), other.root.display().to_string());
            return Err(GatherError::Twice { name: one.name.clone(), year, one: one_path, other: other_path });
        }
    }
    Ok(())
}
