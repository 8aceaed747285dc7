//! A share of the work: the same split on every machine that sees the same tree.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::path::Path;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Target;
use crate::dossier::is_yaml;

/// Share `index` of `count`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shard {
    /// Which one, from 1.
    pub index: usize,
    /// Of how many.
    pub count: usize,
}

/// A share as asked for on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShardRequest {
    /// `2/4`.
    Given(Shard),
    /// `auto`, `auto/4`: the scheduler that started the process has numbered it.
    Scheduled {
        /// Of how many, where the scheduler does not say.
        count: Option<usize>,
    },
}

impl FromStr for ShardRequest {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("“{text}”要写成 2/4（四份里的第二份），或 auto、auto/4");
        let number = |text: &str| text.trim().parse::<usize>().map_err(|_| wrong());
        match text.split_once('/') {
            None if text == "auto" => Ok(Self::Scheduled { count: None }),
            None => Err(wrong()),
            Some(("auto", count)) => Ok(Self::Scheduled { count: Some(number(count)?) }),
            Some((index, count)) => checked(number(index)?, number(count)?).map(Self::Given),
        }
    }
}

impl ShardRequest {
    /// The share that is meant, `variable` giving the value of an environment variable.
    ///
    /// # Errors
    /// A scheduler that has left no number, or a number outside the count.
    pub fn resolve(self, variable: impl Fn(&str) -> Option<String>) -> Result<Shard, String> {
        let count = match self {
            Self::Given(shard) => return Ok(shard),
            Self::Scheduled { count } => count,
        };
        let number = |name: &str| variable(name).and_then(|text| text.trim().parse::<usize>().ok());
        // An Indexed Job counts from 0 (Kubernetes, Job, completionMode), and does not say how far.
        if let Some(index) = number("JOB_COMPLETION_INDEX") {
            let count = count.ok_or("JOB_COMPLETION_INDEX 没有说共有几份，请写成 --shard auto/份数")?;
            return checked(index.saturating_add(1), count);
        }
        // An array counts from whatever --array says (Slurm, sbatch, job arrays).
        if let Some(id) = number("SLURM_ARRAY_TASK_ID") {
            let first = number("SLURM_ARRAY_TASK_MIN").unwrap_or(0);
            let count = count.or_else(|| number("SLURM_ARRAY_TASK_COUNT"));
            let count = count.ok_or("没有 SLURM_ARRAY_TASK_COUNT，请写成 --shard auto/份数")?;
            let step = number("SLURM_ARRAY_TASK_STEP").filter(|&step| step > 0).unwrap_or(1);
            return checked((id.saturating_sub(first) / step).saturating_add(1), count);
        }
        Err("--shard auto 要有环境变量 JOB_COMPLETION_INDEX 或 SLURM_ARRAY_TASK_ID".to_owned())
    }
}

/// The most shares that work is split into.
pub(super) const MOST: usize = 100_000;

fn checked(index: usize, count: usize) -> Result<Shard, String> {
    if count > MOST {
        return Err(format!("最多分成 {MOST} 份"));
    }
    if (1..=count).contains(&index) {
        Ok(Shard { index, count })
    } else {
        Err(format!("分成 {count} 份，没有第 {index} 份；份数从 1 数起"))
    }
}

impl Shard {
    /// The reports of this share, in order. The largest report goes first, each to the share that has least so far, so
    /// that shares are even by size.
    pub fn of(self, targets: Vec<Target>) -> Vec<Target> {
        let mut order: Vec<(Reverse<u64>, usize)> =
            targets.iter().enumerate().map(|(i, target)| (Reverse(size(target)), i)).collect();
        order.sort_unstable();
        // Shares beyond the reports get nothing. Of shares with equal loads the first comes first.
        let mut loads: BTreeSet<(u64, usize)> = (0..self.count.min(targets.len())).map(|share| (0, share)).collect();
        let mut mine = vec![false; targets.len()];
        for (Reverse(size), i) in order {
            let Some((load, least)) = loads.pop_first() else { continue };
            loads.insert((load + size + BASE_COST, least));
            if let Some(flag) = mine.get_mut(i) {
                *flag = least + 1 == self.index;
            }
        }
        targets.into_iter().zip(mine).filter_map(|(target, mine)| mine.then_some(target)).collect()
    }
}

/// What a report costs besides its size, in bytes: it still has a cover, a title and a PDF to write.
const BASE_COST: u64 = 4096;

/// The bytes of a year's YAML.
fn size(target: &Target) -> u64 {
    let year = target.root.join(target.year.to_string());
    files(&year) + files(&year.join("sections"))
}

fn files(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    // Nothing that a share writes may count: the next one would split otherwise.
    let yaml = |entry: &std::fs::DirEntry| entry.file_name().to_str().is_some_and(is_yaml);
    let files = entries.filter_map(Result::ok).filter(yaml).filter_map(|entry| entry.metadata().ok());
    files.filter(std::fs::Metadata::is_file).map(|file| file.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn auto(count: Option<usize>, variables: &[(&str, &str)]) -> Result<Shard, String> {
        let find = |name: &str| variables.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned());
        ShardRequest::Scheduled { count }.resolve(find)
    }

    #[test]
    fn a_share_is_written_from_one() {
        assert_eq!("2/4".parse(), Ok(ShardRequest::Given(Shard { index: 2, count: 4 })));
        assert_eq!("auto/4".parse(), Ok(ShardRequest::Scheduled { count: Some(4) }));
        for wrong in ["0/4", "5/4", "1/0", "4", "", "a/b", "1/18446744073709551615"] {
            assert!(wrong.parse::<ShardRequest>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn schedulers_number_their_tasks_in_their_own_ways() {
        assert_eq!(auto(Some(4), &[("JOB_COMPLETION_INDEX", "0")]), Ok(Shard { index: 1, count: 4 }));
        assert!(auto(None, &[("JOB_COMPLETION_INDEX", "0")]).is_err());
        let slurm = [("SLURM_ARRAY_TASK_ID", "7"), ("SLURM_ARRAY_TASK_MIN", "5"), ("SLURM_ARRAY_TASK_COUNT", "3")];
        assert_eq!(auto(None, &slurm), Ok(Shard { index: 3, count: 3 }));
        assert!(auto(Some(2), &slurm).is_err());
        let stepped = [("SLURM_ARRAY_TASK_ID", "4"), ("SLURM_ARRAY_TASK_STEP", "2"), ("SLURM_ARRAY_TASK_COUNT", "3")];
        assert_eq!(auto(None, &stepped), Ok(Shard { index: 3, count: 3 }));
        assert!(auto(None, &[]).is_err());
    }

    #[test]
    fn shares_are_disjoint_complete_and_in_order() {
        let target = |year| Target { root: "nowhere".into(), year, since: None };
        let all: Vec<Target> = (2000..2011).map(target).collect();
        let shares: Vec<Vec<Target>> = (1..=4).map(|index| Shard { index, count: 4 }.of(all.clone())).collect();
        assert!(shares.iter().all(|share| share.is_sorted() && (2..=3).contains(&share.len())));
        let mut together: Vec<Target> = shares.concat();
        together.sort();
        assert_eq!(together, all);
    }
}
