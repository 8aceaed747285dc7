//! `jibao check FILE.pdf`: finished PDFs, ours or another program's, against GB/T 9704.

use std::path::PathBuf;

use super::Exit;
use super::args::FindingFormat;
use super::extract::read_pdf;
use super::printer::{Printer, Stream};
use crate::conformity::{self, Verdict};
use crate::reader::Reader;

/// Writes the table of each file. What deviates ends the run with 1, what cannot be read with 2, after the others were
/// looked at.
///
/// # Errors
/// A format that the table has not.
pub(super) fn run(files: &[PathBuf], format: FindingFormat, printer: &Printer) -> Result<Exit, String> {
    let mut exit = Exit::Done;
    if !files.is_empty() && matches!(format, FindingFormat::Github | FindingFormat::Sarif) {
        return Err("PDF 的对照表只能写成 human、short 或 json".to_owned());
    }
    for (at, path) in files.iter().enumerate() {
        let name = path.display().to_string();
        let document = read_pdf(path).and_then(|bytes| {
            Reader::open(bytes).and_then(|reader| reader.document()).map_err(|error| error.to_string())
        });
        let rows = match document {
            Ok(document) => conformity::examine(&document),
            Err(error) => {
                Printer::complain(&if error.contains(&name) { error } else { format!("{name}：{error}") });
                exit = exit.max(Exit::Usage);
                continue;
            }
        };
        let deviates = rows.iter().any(|row| row.verdict == Verdict::Deviates);
        exit = exit.max(if deviates { Exit::Findings } else { Exit::Done });
        let text = match format {
            FindingFormat::Json => conformity::json(&name, &rows),
            FindingFormat::Short => conformity::short(&name, &rows),
            _ => conformity::human(&name, &rows),
        };
        if at > 0 && format == FindingFormat::Human {
            printer.remark(Stream::Out, "\n");
        }
        printer.result(&text);
    }
    Ok(exit)
}
