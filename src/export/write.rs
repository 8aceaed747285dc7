//! Writing a file so that it is whole or not there, and an old one is never lost.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// How the names of files begin that are still being written.
pub const ASIDE_PREFIX: &str = ".jibao-";
/// How they end.
pub const ASIDE_SUFFIX: &str = ".tmp";

/// Writes aside, in the same folder, and renames. Folders that are missing are made.
///
/// # Errors
/// Whatever the file system says; the old file is then as it was.
pub fn write_atomically(path: &Path, data: &[u8]) -> io::Result<()> {
    let folder = folder_of(path);
    std::fs::create_dir_all(folder)?;
    write_aside(folder, path, data)
}

/// Writes in the folder `aside`, which must be on the same file system, and renames. While it writes it holds a lock on
/// the file, by which others know that it is no left-over.
///
/// # Errors
/// Whatever the file system says; the old file is then as it was.
pub fn write_aside(aside: &Path, path: &Path, data: &[u8]) -> io::Result<()> {
    std::fs::create_dir_all(folder_of(path))?;
    let whole = |file: &mut File| file.write_all(data);
    let written = attempt(aside, path, whole);
    match written {
        // Between its making and its locking, another run may have taken the file for a left-over.
        Err(error) if error.kind() == io::ErrorKind::NotFound => attempt(aside, path, whole),
        other => other,
    }
}

/// Writes what `fill` puts into the file, aside in the same folder, and renames: for what is too large to be held whole.
///
/// # Errors
/// Whatever the file system or `fill` says; the old file is then as it was.
pub fn write_with(path: &Path, fill: impl FnMut(&mut File) -> io::Result<()>) -> io::Result<()> {
    let folder = folder_of(path);
    std::fs::create_dir_all(folder)?;
    attempt(folder, path, fill)
}

fn attempt(aside: &Path, path: &Path, mut write: impl FnMut(&mut File) -> io::Result<()>) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(ASIDE_PREFIX).suffix(ASIDE_SUFFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file has them: the umask takes away what it must.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(aside)?;
    // Some network file systems know no locks: their left-overs then have to be removed by hand.
    let _ = file.as_file().try_lock();
    write(file.as_file_mut())?;
    file.as_file().sync_all()?;
    let _ = file.as_file().unlock();
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Why a file cannot be written, in words that say what is in the way.
pub fn why(error: &io::Error) -> String {
    let words = match error.kind() {
        io::ErrorKind::PermissionDenied => "没有权限",
        io::ErrorKind::NotFound => "文件夹不在，也建不了",
        io::ErrorKind::NotADirectory => "路径里有一段是文件，不是文件夹",
        io::ErrorKind::AlreadyExists => "那里有一个同名的文件",
        io::ErrorKind::IsADirectory | io::ErrorKind::DirectoryNotEmpty => "那里有一个同名的文件夹",
        io::ErrorKind::InvalidFilename => "文件名太长，或有不许用的字",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "磁盘满了",
        io::ErrorKind::ReadOnlyFilesystem => "那里只能读，不能写",
        io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy => "别的程序正开着它，先关掉",
        _ => return error.to_string(),
    };
    words.to_owned()
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_file_is_replaced_whole_and_nothing_is_left_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("新/a.pdf");
        write_atomically(&path, b"old").unwrap();
        write_atomically(&path, b"new").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }
}
