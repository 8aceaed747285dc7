//! What became of the reports of a run, for people and for programs; and the runs of several machines as one.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Shard;

/// The version of the form that [`Manifest`] writes.
pub const SCHEMA: u32 = 1;

/// How a report ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ending {
    /// Its file was written.
    Built,
    /// Its file was there already, whole and from the same inputs.
    Unchanged,
    /// Findings stopped it; an older file was left as it was.
    Failed,
    /// It was not begun: another one had failed.
    Skipped,
}

/// A report of a run. Numbers of money and scores are strings: no reader may turn them into binary floats unasked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The report as named on the command line, with `/` between the parts: `county/水利局/2023`.
    pub path: String,
    /// 单位名称; none where it could not be read.
    pub unit: Option<String>,
    /// 年度; of a report over several years the last.
    pub year: i32,
    /// The first year of a report over several.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub since: Option<i32>,
    /// The file, as the command line names it; none where there is none.
    pub output: Option<String>,
    /// How it ended.
    pub outcome: Ending,
    /// 页数.
    pub pages: Option<usize>,
    /// 总分.
    pub score: Option<String>,
    /// 等级.
    pub grade: Option<String>,
    /// Findings of level error that are open.
    pub errors: usize,
    /// Warnings that are open.
    pub warnings: usize,
    /// 已知差异: findings that are acknowledged.
    pub known: usize,
    /// The time that it took, in milliseconds. Nothing else here differs between two runs on the same files.
    pub millis: u64,
    /// The file's SHA-256, in hexadecimal.
    pub sha256: Option<String>,
    /// The file's length in bytes.
    pub bytes: Option<u64>,
}

/// All reports of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`SCHEMA`].
    pub schema: u32,
    /// The version of the program.
    pub version: String,
    /// Which share of the work it is, where it is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub shard: Option<Shard>,
    /// The reports, by path.
    pub reports: Vec<Entry>,
}

impl Manifest {
    /// The manifest of a run of this version.
    pub fn new(shard: Option<Shard>, mut reports: Vec<Entry>) -> Self {
        reports.sort_by(|a, b| a.path.cmp(&b.path));
        Self { schema: SCHEMA, version: env!("CARGO_PKG_VERSION").to_owned(), shard, reports }
    }

    /// As JSON, a report a line.
    pub fn to_json(&self) -> String {
        let line = |entry: &Entry| serde_json::to_string(entry).map(|line| format!("    {line}"));
        let lines: Vec<String> = self.reports.iter().filter_map(|entry| line(entry).ok()).collect();
        let shard = self.shard.and_then(|shard| serde_json::to_string(&shard).ok());
        let shard = shard.map_or_else(String::new, |shard| format!("  \"shard\": {shard},\n"));
        let version = serde_json::Value::from(self.version.as_str());
        format!(
            "{{\n  \"schema\": {},\n  \"version\": {version},\n{shard}  \"reports\": [\n{}\n  ]\n}}\n",
            self.schema,
            lines.join(",\n")
        )
    }

    /// Reads one.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let manifest: Self = serde_json::from_str(text).map_err(|error| format!("不是 jibao 的清单：{error}"))?;
        if manifest.schema != SCHEMA {
            return Err(format!("清单的格式是第 {} 版，本程序读第 {SCHEMA} 版", manifest.schema));
        }
        Ok(manifest)
    }

    /// The shares of one run as a whole.
    ///
    /// # Errors
    /// A share that is missing, shares of different splits, versions that differ, a report that two shares have.
    pub fn merge(parts: Vec<Self>) -> Result<Self, String> {
        let versions: BTreeSet<&str> = parts.iter().map(|part| part.version.as_str()).collect();
        if versions.len() > 1 {
            let versions: Vec<&str> = versions.into_iter().collect();
            return Err(format!("各份出自不同版本的 jibao：{}", versions.join("、")));
        }
        check_shards(&parts)?;
        let mut reports = BTreeMap::new();
        for entry in parts.into_iter().flat_map(|part| part.reports) {
            let path = entry.path.clone();
            if reports.insert(path.clone(), entry).is_some() {
                return Err(format!("{path} 在两份清单里都有"));
            }
        }
        Ok(Self::new(None, reports.into_values().collect()))
    }
}

/// Shares belong together when they are of one split and all there.
fn check_shards(parts: &[Manifest]) -> Result<(), String> {
    let shards: Vec<Shard> = parts.iter().filter_map(|part| part.shard).collect();
    let counts: BTreeSet<usize> = shards.iter().map(|shard| shard.count).collect();
    let count = match counts.iter().copied().collect::<Vec<_>>().as_slice() {
        [] => return Ok(()),
        [count] => *count,
        _ => return Err("这些清单分的份数不同，不是同一次的".to_owned()),
    };
    let there: BTreeSet<usize> = shards.iter().map(|shard| shard.index).collect();
    let absent: Vec<String> =
        (1..=count).filter(|index| !there.contains(index)).map(|index| index.to_string()).collect();
    if absent.is_empty() {
        Ok(())
    } else {
        Err(format!("分成 {count} 份，还缺第 {} 份的清单", absent.join("、")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str) -> Entry {
        Entry {
            path: path.to_owned(),
            unit: Some("甲".to_owned()),
            year: 2023,
            since: None,
            output: None,
            outcome: Ending::Built,
            pages: Some(3),
            score: Some("90.5".to_owned()),
            grade: None,
            errors: 0,
            warnings: 1,
            known: 2,
            millis: 7,
            sha256: None,
            bytes: Some(9),
        }
    }

    fn part(index: usize, paths: &[&str]) -> Manifest {
        Manifest::new(Some(Shard { index, count: 2 }), paths.iter().map(|path| entry(path)).collect())
    }

    #[test]
    fn what_is_written_is_read() {
        let manifest = part(1, &["b", "a"]);
        assert_eq!(Manifest::from_json(&manifest.to_json()), Ok(manifest));
        assert!(Manifest::from_json("{}").is_err());
        assert!(Manifest::from_json(&part(1, &[]).to_json().replace("\"schema\": 1", "\"schema\": 2")).is_err());
    }

    #[test]
    fn shares_join_to_the_whole_and_a_missing_one_is_named() {
        let whole = Manifest::merge(vec![part(2, &["b"]), part(1, &["c", "a"])]).unwrap();
        assert_eq!(whole, Manifest::new(None, ["a", "b", "c"].map(entry).to_vec()));
        assert!(Manifest::merge(vec![part(2, &["b"])]).unwrap_err().contains("缺第 1 份"));
        assert!(Manifest::merge(vec![part(1, &["a"]), part(2, &["a"])]).unwrap_err().contains("两份"));
        let other = Manifest { version: "0".to_owned(), ..part(2, &["b"]) };
        assert!(Manifest::merge(vec![part(1, &["a"]), other]).is_err());
    }
}
