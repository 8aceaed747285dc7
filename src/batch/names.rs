//! Names of the files that reports are written to, known before work starts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::Target;
use crate::diagnostic::is_unseen;
use crate::dossier::{unit_name, year_of};

/// The pattern where none is asked for.
pub const DEFAULT_PATTERN: &str = "{单位}-{年度}.pdf";

/// A pattern of names, with `/` between folders: `{年度}/{单位}.pdf`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// 单位名称.
    Unit,
    /// The year, or `2019-2023` of a report over several.
    Period,
    /// The name of the dossier's folder.
    Folder,
}

impl FromStr for Pattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (word, behind) = after.split_once('}').ok_or("“{”后面没有“}”")?;
            pieces.push(Piece::Text(before.to_owned()));
            pieces.push(match word.trim() {
                "单位" => Piece::Unit,
                "年度" => Piece::Period,
                "卷宗" => Piece::Folder,
                other => return Err(format!("没有“{{{other}}}”；可用 {{单位}}、{{年度}}、{{卷宗}}")),
            });
            rest = behind;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        let parts: Vec<&str> = text.split(['/', '\\']).collect();
        if parts.iter().any(|part| part.trim().is_empty() || *part == "." || *part == "..") {
            return Err("文件名不能是空的，也不能以 / 开头或含有 . 和 .. 两种文件夹".to_owned());
        }
        Ok(Self(pieces))
    }
}

impl Pattern {
    /// The name for a target, without an ending, `mark` behind it. `None` where the unit's name cannot be read, so that
    /// there will be no report.
    fn name(&self, target: &Target, unit: Option<&str>, mark: &str) -> Option<String> {
        let mut name = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => name.extend(text.replace('\\', "/").chars().filter(|&c| !is_unseen(c))),
                Piece::Unit => name.push_str(&plain(unit?)),
                Piece::Period => name.push_str(&target.period()),
                Piece::Folder => {
                    let root = target.root.canonicalize().ok()?;
                    name.push_str(&plain(&root.file_name()?.to_string_lossy()));
                }
            }
        }
        let is_ending = |ending: &str| ["pdf", "docx", "txt"].iter().any(|known| ending.eq_ignore_ascii_case(known));
        let stem = match name.rsplit_once('.') {
            Some((stem, ending)) if is_ending(ending) => stem,
            _ => &name,
        };
        Some(format!("{stem}{mark}"))
    }
}

/// A name that every file system takes and that reads as it is: no separators, no characters that Windows refuses, none
/// that cannot be seen or turn the direction of writing.
pub(crate) fn plain(name: &str) -> String {
    let plain: String = name
        .chars()
        .filter(|&c| c.is_control() || !is_unseen(c))
        .map(|c| if c.is_control() || r#"\/:*?"<>|"#.contains(c) { '_' } else { c })
        .collect();
    // Neither nothing nor dots alone: such names are ways to other folders. Windows drops dots and spaces at the end.
    match plain.trim_end_matches(['.', ' ']) {
        "" => "_".to_owned(),
        kept => kept.to_owned(),
    }
}

/// The names of the targets' files, without an ending, in their order; `mark` stands behind each.
pub fn names(targets: &[Target], pattern: &Pattern, mark: &str) -> Vec<Option<String>> {
    let mut units: BTreeMap<&Path, Option<String>> = BTreeMap::new();
    targets
        .iter()
        .map(|target| {
            let unit = units.entry(&target.root).or_insert_with(|| unit_name(&target.root));
            pattern.name(target, unit.as_deref(), mark)
        })
        .collect()
}

/// Two reports of one file would overwrite each other.
///
/// # Errors
/// The first two, and the file.
pub fn check_apart(targets: &[Target], files: &[Option<PathBuf>]) -> Result<(), String> {
    let mut seen: BTreeMap<String, &Target> = BTreeMap::new();
    for (target, file) in targets.iter().zip(files) {
        let Some(file) = file else { continue };
        // Windows and macOS take names that differ in case only for one.
        let key = file.to_string_lossy().to_lowercase();
        if let Some(other) = seen.insert(key, target) {
            return Err(format!(
                "{} 和 {} 的报告都要写成 {}\n改 unit.yaml 的 单位名称，或用 --name 写上 {{卷宗}}、{{年度}}",
                other.shown(),
                target.shown(),
                file.display()
            ));
        }
    }
    Ok(())
}

/// A file that is written into a year's folder of its own dossier would be taken for what the next report is made of.
/// In evidence it would even be submitted with it.
///
/// # Errors
/// The first such file.
pub fn check_outside_years(targets: &[Target], files: &[Option<PathBuf>]) -> Result<(), String> {
    for (target, file) in targets.iter().zip(files) {
        let Some(file) = file else { continue };
        let (root, file) = (real(&target.root), real(file));
        let mut below = file.strip_prefix(&root).into_iter().flat_map(Path::components);
        let year = below.next().and_then(|name| name.as_os_str().to_str()).and_then(year_of);
        let Some(year) = year else { continue };
        if below.next().is_some_and(|name| name.as_os_str() == "evidence") {
            return Err(format!(
                "-o 是 {} 的佐证材料文件夹（evidence）：写进去的会被当作佐证；换一个文件夹",
                target.shown()
            ));
        }
        return Err(format!(
            "-o 在 {} 的 {year} 文件夹里：那里只放编报告用的文件；换一个文件夹",
            target.root.display()
        ));
    }
    Ok(())
}

/// A path without links, as far as it is there.
fn real(path: &Path) -> PathBuf {
    let there = path.ancestors().find_map(|above| {
        let above = if above.as_os_str().is_empty() { Path::new(".") } else { above };
        Some((above.canonicalize().ok()?, path.strip_prefix(above).unwrap_or(path)))
    });
    there.map_or_else(|| path.to_path_buf(), |(real, rest)| real.join(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_names_files_and_folders() {
        let target = Target { root: "x".into(), year: 2023, since: None };
        let name = |pattern: &str| pattern.parse::<Pattern>().unwrap().name(&target, Some("甲/乙局"), "");
        assert_eq!(name(DEFAULT_PATTERN).as_deref(), Some("甲_乙局-2023"));
        assert_eq!(name("{年度}/{单位}").as_deref(), Some("2023/甲_乙局"));
        let odd = "{单位}".parse::<Pattern>().unwrap().name(&target, Some("甲\u{202E}fdp\u{FEFF}局"), "");
        assert_eq!(odd.as_deref(), Some("甲fdp局"));
        for odd in ["..", ".", "", " . "] {
            let pattern: Pattern = "{单位}/{年度}".parse().unwrap();
            assert!(pattern.name(&target, Some(odd), "").is_some_and(|name| name == "_/2023"), "{odd:?}");
        }
        let over = Target { since: Some(2019), ..target.clone() };
        let pattern: Pattern = DEFAULT_PATTERN.parse().unwrap();
        assert_eq!(pattern.name(&over, Some("甲"), "-草稿").as_deref(), Some("甲-2019-2023-草稿"));
        assert_eq!(pattern.name(&over, None, ""), None);
        for wrong in ["", "/x.pdf", "../x.pdf", "a//b", "{名}.pdf", "{单位.pdf"] {
            assert!(wrong.parse::<Pattern>().is_err(), "{wrong}");
        }
    }
}
