//! Giving the files that a PDF carries back: into a folder, and nowhere else.

use std::io;
use std::path::{Path, PathBuf};

use super::{PathTrouble, check_paths};
use crate::export::{why, write_atomically};
use crate::reader::{Attachment, Limits, ReadError, Reader};

/// The most bytes that are given back from one PDF. The largest year that is read has 32 MB of figures.
const LARGEST: usize = 64 << 20;

/// Why the files of a PDF are not given back.
#[derive(Debug, thiserror::Error)]
pub enum ExtractError {
    /// The PDF cannot be read.
    #[error("{0}")]
    Unreadable(#[from] ReadError),
    /// A file whose path will not do.
    #[error("附件{0}，没有取出")]
    Path(#[from] PathTrouble),
    /// The files are too large.
    #[error("附件共有 {} MB，超过 {} MB 的上限，没有取出", .0 >> 20, LARGEST >> 20)]
    TooLarge(usize),
    /// A file is there already.
    #[error("{} 已经有了，没有取出；要覆盖，加 --force", .0.display())]
    Exists(PathBuf),
    /// A part of the way is a link, which may lead out of the folder.
    #[error("{} 是链接，会写到文件夹之外，没有取出", .0.display())]
    Link(PathBuf),
    /// The file system's word.
    #[error("{} 写不进去：{}", .0.display(), why(.1))]
    Unwritable(PathBuf, io::Error),
}

/// The files that a PDF carries, all with paths that can be written below a folder.
///
/// # Errors
/// A PDF that cannot be read, and files that are too large or whose paths will not do.
pub fn read_carried(pdf: Vec<u8>) -> Result<Vec<Attachment>, ExtractError> {
    let files = open(pdf)?.attachments()?;
    sound(files)
}

/// Opens a PDF under the limits that hold for files that it carries.
pub(crate) fn open(pdf: Vec<u8>) -> Result<Reader, ReadError> {
    Reader::open_with(pdf, Limits { part: LARGEST, ..Limits::default() })
}

/// The files, if they may be given back.
pub(crate) fn sound(files: Vec<Attachment>) -> Result<Vec<Attachment>, ExtractError> {
    let total = files.iter().map(|file| file.bytes.len()).sum();
    if total > LARGEST {
        return Err(ExtractError::TooLarge(total));
    }
    check_paths(files.iter().map(|file| file.name.as_str()))?;
    Ok(files)
}

/// Writes the files below a folder. Nothing is written unless all can be; one that is there already stays unless `force`
/// says otherwise.
///
/// # Errors
/// A file that is there already, a link on the way, and whatever the file system says.
pub fn write_carried(files: &[Attachment], folder: &Path, force: bool) -> Result<Vec<PathBuf>, ExtractError> {
    let paths: Vec<PathBuf> = files.iter().map(|file| folder.join(&file.name)).collect();
    for path in &paths {
        refuse_links(folder, path)?;
        if path.exists() && (path.is_dir() || !force) {
            return Err(ExtractError::Exists(path.clone()));
        }
    }
    for (file, path) in files.iter().zip(&paths) {
        write_atomically(path, &file.bytes).map_err(|error| ExtractError::Unwritable(path.clone(), error))?;
    }
    Ok(paths)
}

/// Refuses a way below the folder that leads over a link.
fn refuse_links(folder: &Path, path: &Path) -> Result<(), ExtractError> {
    let link = path.ancestors().take_while(|part| *part != folder).find(|part| part.is_symlink());
    link.map_or(Ok(()), |link| Err(ExtractError::Link(link.to_path_buf())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> Attachment {
        Attachment {
            name: name.to_owned(),
            bytes: b"new".to_vec(),
            mime: None,
            relationship: None,
            description: None,
            associated: true,
        }
    }

    #[test]
    fn what_is_there_stays_and_then_nothing_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        std::fs::write(at.join("b.yaml"), "old").unwrap();
        let files = [file("a/a.yaml"), file("b.yaml")];
        assert!(matches!(write_carried(&files, at, false), Err(ExtractError::Exists(_))));
        assert!(!at.join("a").exists());
        assert_eq!(write_carried(&files, at, true).unwrap().len(), 2);
        assert_eq!(std::fs::read(at.join("b.yaml")).unwrap(), b"new");
        assert_eq!(std::fs::read(at.join("a/a.yaml")).unwrap(), b"new");
    }

    #[cfg(unix)]
    #[test]
    fn links_in_the_folder_are_not_followed() {
        let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(outside.path(), folder.path().join("a")).unwrap();
        let written = write_carried(&[file("a/a.yaml")], folder.path(), true);
        assert!(matches!(written, Err(ExtractError::Link(_))), "{written:?}");
        assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 0);
    }

    #[test]
    fn files_that_are_too_large_together_are_refused() {
        let large = Attachment { bytes: vec![0; LARGEST], ..file("a") };
        assert!(matches!(sound(vec![large, file("b")]), Err(ExtractError::TooLarge(_))));
        assert!(matches!(sound(vec![file("../b")]), Err(ExtractError::Path(_))));
    }
}
