//! `jibao check FILE.pdf`: finished PDFs, ours or another program's, against GB/T 9704.

use std::path::PathBuf;

use super::Exit;
use super::args::FindingFormat;
use super::printer::{Printer, Stream};
use crate::conformity::{self, Verdict};
use crate::reader::Reader;

/// Writes the table of each file. What deviates ends the run with 1.
///
/// # Errors
/// If a file cannot be read, after the others were looked at.
pub(super) fn run(files: &[PathBuf], format: FindingFormat, printer: &Printer) -> Result<Exit, String> {
    let mut exit = Exit::Done;
    let mut failures = Vec::new();
    if !files.is_empty() && matches!(format, FindingFormat::Github | FindingFormat::Sarif) {
        return Err("PDF 的对照表只能写成 human、short 或 json".to_owned());
    }
    for (at, path) in files.iter().enumerate() {
        let name = path.display().to_string();
        let read = std::fs::read(path).map_err(|error| why(&error));
        let document = read.and_then(|bytes| {
            Reader::open(bytes).and_then(|reader| reader.document()).map_err(|error| error.to_string())
        });
        let rows = match document {
            Ok(document) => conformity::examine(&document),
            Err(error) => {
                failures.push(format!("{name}：{error}"));
                continue;
            }
        };
        let deviates = rows.iter().any(|row| row.verdict == Verdict::Deviates);
        exit = exit.max(if deviates { Exit::Findings } else { Exit::Done });
        let text = match format {
            FindingFormat::Json => conformity::json(&name, &rows),
            FindingFormat::Short => {
                let rows: Vec<_> = rows.into_iter().filter(|row| row.verdict == Verdict::Deviates).collect();
                conformity::human(&name, &rows)
            }
            _ => conformity::human(&name, &rows),
        };
        if at > 0 && format == FindingFormat::Human {
            printer.remark(Stream::Out, "\n");
        }
        printer.result(&text);
    }
    if failures.is_empty() { Ok(exit) } else { Err(failures.join("\n")) }
}

fn why(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "找不到".to_owned(),
        std::io::ErrorKind::PermissionDenied => "没有权限读取".to_owned(),
        _ => format!("读取失败（{error}）"),
    }
}
