//! What became of the reports of a run, for people and for programs; and the runs of several machines as one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::job::Facts;
use super::shard::MOST as MOST_SHARES;
use super::{Shard, Target};
use crate::diagnostic::{Counts, Diagnostic};
use crate::hash::sum_of;

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
    /// The files beside it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub files: Vec<FileEntry>,
    /// What the PDF carries of the data that it was made from; none where it carries nothing.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub carried: Option<Carried>,
}

impl Entry {
    /// The entry of a report of which nothing is known but how it ended.
    pub(crate) fn new(target: &Target, outcome: Ending) -> Self {
        Self {
            path: target.shown(),
            unit: None,
            year: target.year,
            since: target.since,
            output: None,
            outcome,
            pages: None,
            score: None,
            grade: None,
            errors: 0,
            warnings: 0,
            known: 0,
            millis: 0,
            sha256: None,
            bytes: None,
            files: Vec::new(),
            carried: None,
        }
    }

    /// With what the summary says of the report.
    pub(crate) fn say(&mut self, facts: Facts) {
        (self.unit, self.score, self.grade) = (facts.unit, facts.score, facts.grade);
        self.carried = facts.carried;
    }

    /// With how many findings there are.
    pub(crate) fn count(&mut self, findings: &[Diagnostic]) {
        let counts = Counts::of(findings);
        (self.errors, self.warnings, self.known) = (counts.errors, counts.warnings, counts.known);
    }

    /// The report was not written after all.
    pub(crate) fn fail(&mut self) {
        self.outcome = Ending::Failed;
        (self.output, self.pages, self.bytes, self.sha256, self.carried) = (None, None, None, None, None);
        self.files.clear();
    }

    /// The entry with these files, the first of which stands for the report.
    pub(super) fn with_files(self, files: Vec<FileEntry>) -> Self {
        let mut files = files.into_iter();
        let Some(FileEntry { path, sha256, bytes }) = files.next() else { return self };
        Self { output: Some(path), sha256: Some(sha256), bytes: Some(bytes), files: files.collect(), ..self }
    }
}

/// A file of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// The file: in a manifest as the command line names it, in a record by its name below the record's folder.
    pub path: String,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// Its length in bytes.
    pub bytes: u64,
}

impl FileEntry {
    pub(super) fn of(path: String, data: &[u8]) -> Self {
        Self { path, sha256: sum_of(data), bytes: u64::try_from(data.len()).unwrap_or(u64::MAX) }
    }

    /// The entry with the folder that its file stands below.
    pub(super) fn below(self, base: &Path) -> Self {
        Self { path: base.join(self.path).to_string_lossy().replace('\\', "/"), ..self }
    }
}

/// What a PDF carries of its data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// How many files.
    pub files: usize,
    /// Their length in bytes, all together.
    pub bytes: usize,
    /// Whether the comments in the YAML are kept.
    pub comments: bool,
}

/// A share and the whole that it is a share of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Share {
    /// Which one, from 1.
    pub index: usize,
    /// Of how many.
    pub count: usize,
    /// How many reports the whole has.
    pub reports: usize,
    /// The SHA-256 of the whole's list of reports: shares of different lists do not belong together.
    pub list: String,
}

impl Share {
    /// A share of the reports that were planned.
    pub fn of(shard: Shard, planned: &[&Target]) -> Self {
        let list: String = planned.iter().map(|target| target.shown() + "\n").collect();
        Self { index: shard.index, count: shard.count, reports: planned.len(), list: sum_of(list.as_bytes()) }
    }
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
    pub shard: Option<Share>,
    /// The reports, by path.
    pub reports: Vec<Entry>,
}

impl Manifest {
    /// The manifest of a run of this version.
    pub fn new(shard: Option<Share>, mut reports: Vec<Entry>) -> Self {
        reports.sort_by(|a, b| a.path.cmp(&b.path));
        Self { schema: SCHEMA, version: env!("CARGO_PKG_VERSION").to_owned(), shard, reports }
    }

    /// As JSON, a report a line.
    pub fn to_json(&self) -> String {
        let line = |entry: &Entry| serde_json::to_string(entry).map(|line| format!("    {line}"));
        let lines: Vec<String> = self.reports.iter().filter_map(|entry| line(entry).ok()).collect();
        let shard = self.shard.as_ref().and_then(|shard| serde_json::to_string(shard).ok());
        let shard = shard.map_or_else(String::new, |shard| format!("  \"shard\": {shard},\n"));
        let version = serde_json::Value::from(self.version.as_str());
        format!(
            "{{\n  \"schema\": {},\n  \"version\": {version},\n{shard}  \"reports\": [\n{}\n  ]\n}}\n",
            self.schema,
            lines.join(",\n")
        )
    }

    /// Whether a text is a manifest, of whatever version.
    pub fn is_one(text: &str) -> bool {
        serde_json::from_str::<Self>(text).is_ok()
    }

    /// Reads one.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let wrong = |error: serde_json::Error| format!("不是 build --manifest 写的清单（第 {} 行）", error.line());
        let manifest: Self = serde_json::from_str(text).map_err(wrong)?;
        if manifest.schema != SCHEMA {
            return Err(format!("清单的格式是第 {} 版，本程序读第 {SCHEMA} 版", manifest.schema));
        }
        let sound = |share: &Share| (1..=share.count).contains(&share.index) && share.count <= MOST_SHARES;
        if !manifest.shard.as_ref().is_none_or(sound) {
            return Err("清单的份数不对".to_owned());
        }
        Ok(manifest)
    }

    /// The shares of one run as a whole.
    ///
    /// # Errors
    /// A share that is missing or there twice, shares of different wholes, versions that differ, a report that two have, or
    /// none.
    pub fn merge(parts: Vec<Self>) -> Result<Self, String> {
        let versions: BTreeSet<&str> = parts.iter().map(|part| part.version.as_str()).collect();
        if versions.len() > 1 {
            let versions: Vec<&str> = versions.into_iter().collect();
            return Err(format!("各份出自不同版本的 jibao：{}", versions.join("、")));
        }
        let planned = check_shares(&parts)?;
        let mut reports = BTreeMap::new();
        for entry in parts.into_iter().flat_map(|part| part.reports) {
            let path = entry.path.clone();
            if reports.insert(path.clone(), entry).is_some() {
                return Err(format!("{path} 在两份清单里都有"));
            }
        }
        if planned.is_some_and(|planned| planned != reports.len()) {
            let planned = planned.unwrap_or_default();
            return Err(format!("应有 {planned} 份报告，清单里只有 {} 份", reports.len()));
        }
        Ok(Self::new(None, reports.into_values().collect()))
    }
}

/// How many reports the shares are of. They belong together when they are of one whole and each is there once. Manifests of
/// whole runs, which are no shares, may always be put together.
fn check_shares(parts: &[Manifest]) -> Result<Option<usize>, String> {
    let shares: Vec<&Share> = parts.iter().filter_map(|part| part.shard.as_ref()).collect();
    let Some(first) = shares.first() else { return Ok(None) };
    if shares.len() < parts.len() {
        return Err("有的清单是分出来的一份，有的不是".to_owned());
    }
    if shares.iter().any(|share| share.count != first.count || share.list != first.list) {
        return Err("这些清单分的份数或报告不同，不是同一次的".to_owned());
    }
    let mut there = BTreeSet::new();
    if let Some(twice) = shares.iter().find(|share| !there.insert(share.index)) {
        return Err(format!("第 {} 份的清单有两个", twice.index));
    }
    let absent = (1..=first.count).filter(|index| !there.contains(index));
    let absent: Vec<String> = absent.map(|index| index.to_string()).collect();
    if !absent.is_empty() {
        return Err(format!("分成 {} 份，还缺第 {} 份的清单", first.count, absent.join("、")));
    }
    Ok(Some(first.reports))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str) -> Entry {
        let target = Target { root: "甲".into(), year: 2023, since: None };
        Entry {
            path: path.to_owned(),
            unit: Some("甲".to_owned()),
            pages: Some(3),
            score: Some("90.5".to_owned()),
            warnings: 1,
            known: 2,
            millis: 7,
            bytes: Some(9),
            ..Entry::new(&target, Ending::Built)
        }
    }

    fn part(index: usize, paths: &[&str]) -> Manifest {
        let share = Share { index, count: 2, reports: 3, list: "all".to_owned() };
        Manifest::new(Some(share), paths.iter().map(|path| entry(path)).collect())
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
        let wrong = |parts: Vec<Manifest>| Manifest::merge(parts).unwrap_err();
        assert!(wrong(vec![part(2, &["b"])]).contains("缺第 1 份"));
        assert!(wrong(vec![part(1, &["a"]), part(2, &["a"])]).contains("两份"));
        assert!(wrong(vec![part(1, &["a"]), part(1, &["b"])]).contains("第 1 份的清单有两个"));
        assert!(wrong(vec![part(1, &["a"]), part(2, &["b"])]).contains("应有 3 份报告"));
        assert!(wrong(vec![part(1, &["a"]), Manifest::new(None, vec![entry("b"), entry("c")])]).contains("有的不是"));
        let mut another = part(2, &["b", "c"]);
        another.shard.as_mut().unwrap().list = "others".to_owned();
        assert!(wrong(vec![part(1, &["a"]), another]).contains("不是同一次"));
        let singles = ["a", "b"].map(|path| Manifest::new(None, vec![entry(path)]));
        assert_eq!(Manifest::merge(singles.to_vec()).unwrap().reports.len(), 2);
        let other = Manifest { version: "0".to_owned(), ..part(2, &["b"]) };
        assert!(Manifest::merge(vec![part(1, &["a"]), other]).is_err());
    }
}
