//! The paths of carried files: such as can be written below a folder on any system, and nowhere else.

use crate::diagnostic::{is_unseen, seen};
use std::collections::BTreeMap;

/// The longest part of a path, in bytes: what common file systems take.
const LONGEST_PART: usize = 255;
/// The most parts of a path.
const DEEPEST: usize = 12;

/// Names that Windows keeps for devices, with any extension (Microsoft, Naming Files, Paths, and Namespaces).
const RESERVED: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];
/// Names that Windows keeps for devices where one digit follows.
const NUMBERED: &[&str] = &["com", "lpt"];

/// What is wrong with the path of a carried file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathTrouble {
    /// It would lead out of the folder.
    #[error("“{}”会写到文件夹之外", shown(.0))]
    Outside(String),
    /// Not every system can have a file of this name.
    #[error("“{}”不能作文件名：{}", shown(.0), .1)]
    Unfit(String, &'static str),
    /// Two files that some systems take for one.
    #[error("“{}”和“{}”在有的系统上是同一个文件", shown(.0), shown(.1))]
    Twice(String, String),
}

/// A path for people: control characters would change what a terminal shows.
fn shown(path: &str) -> String {
    let mut text = seen(&path.chars().take(80).collect::<String>());
    if text.len() < path.len() && path.chars().count() > 80 {
        text.push('…');
    }
    text
}

/// Checks the paths of all carried files, each by itself and one beside the other.
///
/// # Errors
/// The first that does not do.
pub fn check_paths<'a>(paths: impl Iterator<Item = &'a str>) -> Result<(), PathTrouble> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for path in paths {
        check(path)?;
        if let Some(other) = seen.insert(folded(path), path) {
            return Err(PathTrouble::Twice(other.to_owned(), path.to_owned()));
        }
    }
    for path in seen.values() {
        // A file where another file needs a folder; folders whose names differ by case alone are one folder, and harmless.
        let mut folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        if let Some(other) = folders.find_map(|folder| seen.get(&folded(folder))) {
            return Err(PathTrouble::Twice((*other).to_owned(), (*path).to_owned()));
        }
    }
    Ok(())
}

fn folded(path: &str) -> String {
    path.to_lowercase()
}

fn check(path: &str) -> Result<(), PathTrouble> {
    let unfit = |why| Err(PathTrouble::Unfit(path.to_owned(), why));
    let drive = path.as_bytes().get(1) == Some(&b':');
    if path.starts_with(['/', '\\']) || drive || path.split(['/', '\\']).any(|part| part == "..") {
        return Err(PathTrouble::Outside(path.to_owned()));
    }
    if path.split('/').count() > DEEPEST {
        return unfit("文件夹套得太深");
    }
    for part in path.split('/') {
        if let Some(why) = unfit_part(part) {
            return unfit(why);
        }
    }
    Ok(())
}

/// Why one part of a path will not do.
fn unfit_part(part: &str) -> Option<&'static str> {
    if part.is_empty() || part == "." {
        return Some("有一段是空的");
    }
    if part.len() > LONGEST_PART {
        return Some("太长");
    }
    if part.chars().any(is_unseen) {
        return Some("有看不见的字符");
    }
    if part.contains(['\\', ':', '*', '?', '"', '<', '>', '|']) {
        return Some("有 \\ : * ? \" < > | 中的一个");
    }
    // Hidden files set up programs: .git/config runs what it names.
    if part.starts_with('.') {
        return Some("以点开头，是隐藏的文件");
    }
    if part.ends_with([' ', '.']) || part.starts_with(' ') {
        return Some("开头是空格，或末尾是空格或点");
    }
    is_reserved(part).then_some("这是 Windows 留给设备的名称")
}

fn is_reserved(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let digit = |c: char| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³');
    let numbered =
        |name: &str| stem.strip_prefix(name).is_some_and(|rest| rest.chars().count() == 1 && rest.chars().all(digit));
    RESERVED.contains(&stem.as_str()) || NUMBERED.iter().any(|name| numbered(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_out_of_the_folder_is_refused() {
        for path in ["../a", "a/../../b", "/a", "\\a", "C:/a", "c:a", "a\\..\\b", ".."] {
            assert!(matches!(check_paths([path].into_iter()), Err(PathTrouble::Outside(_))), "{path}");
        }
    }

    #[test]
    fn what_some_system_cannot_have_is_refused() {
        let long = "长".repeat(86);
        let deep = "a/".repeat(20) + "b";
        let bad = [
            "",
            "a//b",
            "a/",
            "./a",
            "ab:c",
            "NUL",
            "nul.yaml",
            "x/Com1.txt",
            "lpt²",
            "a.",
            "a ",
            "a\u{202E}b",
            "a\n",
            ".git/config",
        ];
        for path in bad.into_iter().chain([long.as_str(), deep.as_str()]) {
            assert!(matches!(check_paths([path].into_iter()), Err(PathTrouble::Unfit(..))), "{path:?}");
        }
        let good =
            ["unit.yaml", "2023/sections/01-概况.yaml", "体例/a b/profile.yaml", "common.yaml", "com.yaml", "com10"];
        assert_eq!(check_paths(good.into_iter()), Ok(()));
    }

    #[test]
    fn two_files_that_are_one_somewhere_are_refused() {
        for pair in [["a.yaml", "A.yaml"], ["Ä", "ä"], ["a", "a/b"], ["A", "a/b"], ["a/b", "a/B"]] {
            assert!(matches!(check_paths(pair.into_iter()), Err(PathTrouble::Twice(..))), "{pair:?}");
        }
        assert_eq!(check_paths(["a/b", "A/c"].into_iter()), Ok(()));
    }
}
