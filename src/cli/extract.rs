//! `jibao extract`: the files that a PDF carries, given back.

use std::io::Read;
use std::path::Path;

use super::Exit;
use super::args::ExtractArgs;
use super::printer::{Printer, Stream};
use crate::attach::{CONTENTS, read_carried, write_carried};
use crate::diagnostic::seen;
use crate::reader::Attachment;

/// The largest PDF that is read, in bytes.
const LARGEST: u64 = 256 << 20;

pub(super) fn run(args: &ExtractArgs, printer: &Printer) -> Result<Exit, String> {
    let named = |error: &dyn std::fmt::Display| format!("{}：{error}", args.file.display());
    let files = read_carried(read_pdf(&args.file)?).map_err(|error| named(&error))?;
    if files.is_empty() {
        return Err(named(&"没有附源数据，也没有别的附件"));
    }
    let Some(folder) = args.output.as_deref().filter(|_| !args.list) else {
        printer.result(&files.iter().map(line).collect::<String>());
        return Ok(Exit::Done);
    };
    let paths = write_carried(&files, folder, args.force).map_err(|error| named(&error))?;
    let lines = paths.iter().map(|path| format!("{}\n", path.display()));
    printer.remark(Stream::Out, &lines.collect::<String>());
    printer.remark(Stream::Err, &format!("取出 {} 个文件，放在 {}\n", paths.len(), folder.display()));
    if files.iter().any(|file| file.name == CONTENTS) {
        let text =
            "年度文件夹可以直接排印（build）；佐证材料不在 PDF 里，要报送（pack），先把它们放回年度文件夹的 evidence\n";
        printer.remark(Stream::Err, text);
    }
    Ok(Exit::Done)
}

/// Path, bytes and description, with tabs between them.
fn line(file: &Attachment) -> String {
    let description = file.description.as_deref().unwrap_or_default();
    format!("{}\t{}\t{}\n", seen(&file.name), file.bytes.len(), seen(description))
}

/// The bytes of a PDF; `-` is standard input.
pub(super) fn read_pdf(path: &Path) -> Result<Vec<u8>, String> {
    let wrong = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => format!("找不到 {}", path.display()),
        _ => format!("{} 读不出来：{error}", path.display()),
    };
    let mut data = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut data).map_err(wrong)?;
    } else {
        if path.is_dir() {
            return Err(format!("{} 是文件夹；请给出 PDF 文件", path.display()));
        }
        std::fs::File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut data)).map_err(wrong)?;
    }
    Ok(data)
}
