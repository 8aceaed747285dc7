//! The temporary folder that a report is made again in. It is held by a lock, so that what a killed run has left is known for
//! what it is, and swept by the next.

use std::fs::File;
use std::io;
use std::path::Path;

use tempfile::TempDir;

/// The folder below it that the dossier is written to.
pub(super) const DOSSIER: &str = "dossier";

const PREFIX: &str = "jibao-verify-";

/// The file in the folder that is locked as long as somebody works there.
const LOCK: &str = "lock";

/// A folder that is gone when it is dropped.
#[derive(Debug)]
pub(super) struct Scratch {
    folder: TempDir,
    _held: Option<File>,
}

impl Scratch {
    /// A new folder. What killed runs have left is swept away.
    pub(super) fn new() -> io::Result<Self> {
        let shelf = std::env::temp_dir();
        sweep(&shelf);
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(shelf)?;
        let lock = held(folder.path(), File::lock)?;
        Ok(Self { folder, _held: lock })
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A text without the way to the folder.
    pub(super) fn without_way(&self, text: &str) -> String {
        let real = self.path().canonicalize().unwrap_or_else(|_| self.path().to_path_buf());
        let mut text = text.to_owned();
        for way in [real.join(DOSSIER), real, self.path().join(DOSSIER), self.path().to_path_buf()] {
            let way = way.to_string_lossy();
            for way in [way.replace('\\', "/"), way.into_owned()] {
                text = text.replace(&format!("{way}/"), "").replace(&way, "");
            }
        }
        text
    }
}

/// Locks a folder. Where the file system knows no locks it has none, and is swept by nobody.
fn held(folder: &Path, lock: impl FnOnce(&File) -> io::Result<()>) -> io::Result<Option<File>> {
    // Another run sees the lock only once it is held.
    let aside = folder.join("lock.new");
    let held = File::create(&aside)?;
    if lock(&held).is_err() {
        drop(held);
        std::fs::remove_file(aside)?;
        return Ok(None);
    }
    std::fs::rename(aside, folder.join(LOCK))?;
    Ok(Some(held))
}

/// Removes the folders that nobody holds. One without a lock is just being made, or is none of ours.
fn sweep(shelf: &Path) {
    for entry in std::fs::read_dir(shelf).into_iter().flatten().filter_map(Result::ok) {
        let ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if !ours || !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        let lock = entry.path().join(LOCK);
        let is_file = lock.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
        if is_file && File::open(&lock).is_ok_and(|lock| lock.try_lock().is_ok()) {
            // Another run may sweep at the same time.
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_run_left_is_swept_and_what_is_in_use_is_not() {
        let shelf = tempfile::tempdir().unwrap();
        let folder = |name: &str, lock: bool| {
            let folder = shelf.path().join(name);
            std::fs::create_dir_all(folder.join("dossier")).unwrap();
            lock.then(|| File::create(folder.join(LOCK)).unwrap())
        };
        drop(folder("jibao-verify-left", true));
        let held = folder("jibao-verify-held", true).unwrap();
        held.lock().unwrap();
        folder("jibao-verify-new", false);
        folder("other-left", true);
        sweep(shelf.path());
        let left = ["jibao-verify-left", "jibao-verify-held", "jibao-verify-new", "other-left"]
            .map(|name| shelf.path().join(name).exists());
        assert_eq!(left, [false, true, true, true]);
    }

    #[test]
    fn a_folder_where_nothing_can_be_locked_is_used_and_swept_by_nobody() {
        let shelf = tempfile::tempdir().unwrap();
        let folder = shelf.path().join("jibao-verify-here");
        std::fs::create_dir(&folder).unwrap();
        let none = held(&folder, |_| Err(io::ErrorKind::Unsupported.into())).unwrap();
        assert!(none.is_none() && std::fs::read_dir(&folder).unwrap().next().is_none());
        sweep(shelf.path());
        assert!(folder.exists());
    }

    #[test]
    fn the_way_to_the_folder_is_not_told() {
        let scratch = Scratch::new().unwrap();
        let way = scratch.path().to_string_lossy().into_owned();
        let told = scratch.without_way(&format!("{way}/dossier/unit.yaml 和 {way} 读不出来"));
        assert_eq!(told, "unit.yaml 和  读不出来");
    }
}
