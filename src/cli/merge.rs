//! `jibao merge`: the manifests of several shares → one.

use std::path::{Path, PathBuf};

use super::Exit;
use super::args::MergeArgs;
use super::build::{summary, tally};
use super::printer::{Printer, Stream};
use crate::batch::{Ending, Manifest};
use crate::export::{why, write_atomically};
use crate::hash::contents;

pub(super) fn run(args: &MergeArgs, printer: &Printer) -> Result<Exit, String> {
    let parts = args.manifests.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let whole = Manifest::merge(parts)?;
    match args.output.as_deref().filter(|path| *path != Path::new("-")) {
        Some(path) => write(path, &whole)?,
        None => printer.result(&whole.to_json()),
    }
    printer.remark(Stream::Err, &format!("{}{}", summary(&whole.reports), tally(&whole.reports, None)));
    let failed = whole.reports.iter().any(|entry| matches!(entry.outcome, Ending::Failed | Ending::Skipped));
    Ok(if failed { Exit::Findings } else { Exit::Done })
}

fn read(path: &PathBuf) -> Result<Manifest, String> {
    let text = std::fs::read_to_string(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => format!("找不到 {}", path.display()),
        _ => format!("{} 读不出来：{error}", path.display()),
    })?;
    Manifest::from_json(&text).map_err(|error| format!("{}：{error}", path.display()))
}

/// A file that stands where a manifest is to be written must be one itself, or empty: by a slip it is the office's data.
pub(super) fn check_replaceable(path: &Path) -> Result<(), String> {
    // A folder cannot be written over, which is said then; of a pipe nothing is read, it would wait for somebody who writes.
    if path.symlink_metadata().is_ok_and(|metadata| !metadata.is_dir()) {
        let text = contents(path).and_then(|data| String::from_utf8(data).ok());
        if !text.is_some_and(|text| text.is_empty() || Manifest::is_one(&text)) {
            let path = path.display();
            return Err(format!("{path} 已经有了，不是 jibao 写的清单，没有覆盖\n换一个文件名；不要它的，先删去"));
        }
    }
    Ok(())
}

pub(super) fn write(path: &Path, manifest: &Manifest) -> Result<(), String> {
    check_replaceable(path)?;
    write_atomically(path, manifest.to_json().as_bytes())
        .map_err(|error| format!("{} 写不进去：{}", path.display(), why(&error)))
}
