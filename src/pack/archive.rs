//! The zip: names in UTF-8 and flagged so, in order; every file dated by the report. The same files give the same bytes.

use std::fs::File;
use std::io::{self, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::kinds::is_tight;
use crate::compose::DateView;

/// Writes the files, each under its path, as `contents` hands them over.
///
/// # Errors
/// Whatever the file system, the library or `contents` says.
pub(super) fn write(
    file: &mut File,
    paths: &[String],
    date: DateView,
    mut contents: impl FnMut(usize) -> io::Result<Vec<u8>>,
) -> io::Result<()> {
    let mut zip = ZipWriter::new(file);
    let options =
        SimpleFileOptions::default().last_modified_time(time_of(date)).unix_permissions(0o644).system(System::Unix);
    let mut order: Vec<(usize, &String)> = paths.iter().enumerate().collect();
    order.sort_by_key(|(_, path)| *path);
    for (number, path) in order {
        let method = if is_tight(path) { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(path.as_str(), options.compression_method(method)).map_err(io::Error::other)?;
        zip.write_all(&contents(number)?)?;
    }
    zip.finish().map_err(io::Error::other)?;
    Ok(())
}

/// Midnight of the day; the first day that the format knows for any before it.
fn time_of(date: DateView) -> DateTime {
    let year = u16::try_from(date.year).unwrap_or_default();
    DateTime::from_date_and_time(year, date.month, date.day, 0, 0, 0).unwrap_or_default()
}
