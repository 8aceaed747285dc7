//! A file by itself, which is no report's: a pack, a summary. It is written aside, announced, renamed and kept on record as
//! a report's files are, and like them not written over somebody else's.

use std::fs::File;
use std::io;
use std::path::Path;

use super::manifest::FileEntry;
use super::standing::Standing;
use super::store::Store;
use crate::hash::sum_of_file;

/// Why a file is not written.
#[derive(Debug)]
pub(crate) enum Unwritten {
    /// A file stands there that must stay.
    Standing(Standing),
    /// The file system's word.
    File(io::Error),
}

/// Writes what `fill` puts into the file; with `force` also over a file that was not written here.
pub(crate) fn write_single(
    path: &Path,
    force: bool,
    mut fill: impl FnMut(&mut File) -> io::Result<()>,
) -> Result<(), Unwritten> {
    let store = Store::open(path.parent().unwrap_or(Path::new("")));
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    // What was written there, and what a killed run was about to write.
    let known: Vec<FileEntry> = store.known(&name).unwrap_or_default();
    let mut new = Vec::new();
    let mut standing = None;
    let written = store.write_with(&name, |file| {
        fill(file)?;
        let (bytes, sha256) = sum_of_file(file)?;
        standing = Standing::find(path, &known.iter().collect::<Vec<_>>(), &sha256).filter(|_| !force);
        if standing.is_some() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        new = vec![FileEntry { path: name.clone(), bytes, sha256 }];
        let stands = known.iter().filter(|known| store.stands(known));
        // Without a record, the next run does not know the file and leaves it alone.
        let _ = store.keep(&name, &stands.chain(&new).collect::<Vec<_>>());
        Ok(())
    });
    if let Some(standing) = standing {
        return Err(Unwritten::Standing(standing));
    }
    written.map_err(Unwritten::File)?;
    let _ = store.keep(&name, &new);
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn what_is_half_written_lies_where_the_next_run_sweeps() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.zip");
        let count = |folder: &Path| std::fs::read_dir(folder).unwrap().count();
        let mut seen = None;
        write_single(&path, false, |file| {
            seen = Some((count(folder.path()), count(&folder.path().join(".jibao"))));
            file.write_all(b"one")
        })
        .unwrap();
        assert_eq!(seen, Some((1, 1)), "the store's folder, and in it what is being written");
        assert_eq!((std::fs::read(&path).unwrap(), count(folder.path())), (b"one".to_vec(), 2));
    }

    #[test]
    fn however_often_a_run_is_killed_little_is_kept_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.zip");
        let known = || Store::open(folder.path()).known::<Vec<FileEntry>>("甲.zip").unwrap();
        write_single(&path, false, |file| file.write_all(b"zero")).unwrap();
        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir(&path).unwrap();
        for run in 0..3 {
            let failed = write_single(&path, false, |file| write!(file, "{run}"));
            assert!(matches!(failed, Err(Unwritten::File(_))), "{failed:?}");
            assert_eq!(known().len(), 1);
        }
        std::fs::remove_dir(&path).unwrap();
        std::fs::write(&path, "2").unwrap();
        write_single(&path, false, |file| file.write_all(b"three")).unwrap();
        std::fs::write(&path, "the office's").unwrap();
        let refused = write_single(&path, false, |file| file.write_all(b"four"));
        assert!(matches!(refused, Err(Unwritten::Standing(_))), "{refused:?}");
        write_single(&path, true, |file| file.write_all(b"four")).unwrap();
        assert_eq!((std::fs::read(&path).unwrap(), known().len()), (b"four".to_vec(), 1));
    }
}
