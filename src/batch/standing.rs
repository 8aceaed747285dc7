//! What stands already where a file is to be written. Only what was written here, and is still as it was written, is
//! written over: a copy that the office has worked on, a stamped PDF or somebody else's file is nothing to be made again.

use std::fs::File;
use std::path::Path;

use super::manifest::FileEntry;
use crate::diagnostic::some_of;
use crate::hash::sum_of_file;

/// A file that must not be written over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    /// The file, as the command line names it.
    path: String,
    /// Whether it was written here once, and changed since.
    changed: bool,
}

impl Standing {
    /// The file, if it must stay: `known` is what was written there, as far as is known, `new` the sum of what is to be.
    pub(crate) fn find(path: &Path, known: &[&FileEntry], new: &str) -> Option<Self> {
        // Not even a link that leads nowhere is ours to replace. A folder cannot be written over, which is said then.
        path.symlink_metadata().ok().filter(|metadata| !metadata.is_dir())?;
        let sum = sum_at(path);
        let ours = |sum: &str| sum == new || known.iter().any(|known| known.sha256 == sum);
        if sum.as_deref().is_some_and(ours) {
            return None;
        }
        Some(Self { path: path.to_string_lossy().replace('\\', "/"), changed: !known.is_empty() })
    }
}

/// The sum of a plain file; none where there is none, or it cannot be read.
fn sum_at(path: &Path) -> Option<String> {
    // Asked before opening: a pipe would wait for somebody who writes.
    path.metadata().ok().filter(std::fs::Metadata::is_file)?;
    sum_of_file(&mut File::open(path).ok()?).ok().map(|(_, sum)| sum)
}

/// Why nothing of a report is written where these files stand, and what can be done about it.
pub(crate) fn refusal(standing: &[Standing]) -> String {
    said(standing, "；这份报告这次一个文件也没有写")
}

impl Standing {
    /// Why a file that is no report's is not written.
    pub(crate) fn refusal(self) -> String {
        said(&[self], "")
    }
}

fn said(standing: &[Standing], of_others: &str) -> String {
    let names = |changed: bool| {
        let names: Vec<&str> =
            standing.iter().filter(|one| one.changed == changed).map(|one| one.path.as_str()).collect();
        (!names.is_empty()).then(|| some_of(&names))
    };
    let changed = names(true).map(|names| format!("{names} 写出之后改动过"));
    let foreign = names(false).map(|names| format!("{names} 已经有了，没有由 jibao 写出的记录"));
    let why: Vec<String> = changed.into_iter().chain(foreign).collect();
    format!("{}，没有覆盖{of_others}\n要留着的，移到别处或改名，再做一次；不要的，删去，或加 --force", why.join("；"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::sum_of;

    #[test]
    fn only_what_was_written_here_and_is_as_it_was_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.docx");
        let entry = |text: &str| FileEntry::of("甲.docx".to_owned(), text.as_bytes());
        let new = sum_of(b"new");
        let find = |known: &[&FileEntry]| Standing::find(&path, known, &new).map(|standing| standing.changed);
        assert_eq!(find(&[]), None, "nothing is there");
        std::fs::write(&path, "old").unwrap();
        assert_eq!(find(&[&entry("old")]), None);
        assert_eq!(find(&[&entry("older")]), Some(true));
        assert_eq!(find(&[&entry("older"), &entry("old")]), None);
        assert_eq!(find(&[]), Some(false));
        std::fs::write(&path, "new").unwrap();
        assert_eq!(find(&[]), None, "what is to be written is there already");
    }

    #[test]
    fn many_files_are_not_all_named() {
        let one = |n: usize| Standing { path: format!("{n}.svg"), changed: n > 0 };
        let said = refusal(&(0..8).map(one).collect::<Vec<_>>());
        assert!(said.starts_with("1.svg、2.svg、3.svg、4.svg、5.svg 等 7 个 写出之后改动过；0.svg 已经有了"), "{said}");
    }
}
