//! The files of evidence themselves: their sizes, sums and pages, and what is wrong with what is in them.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

use super::Evidence;
use super::nature::Nature;
use crate::diagnostic::{Code, Diagnostic};
use crate::reader::{Limits, ReadError, Reader};

/// The largest file that goes along, in bytes.
const LARGEST: u64 = 256 << 20;
/// The most that all evidence of a report takes, in bytes.
const LARGEST_SUM: u64 = 1 << 30;

/// How long a PDF may take to open. A scan of hundreds of pages takes a second, on a busy machine more; one that takes longer
/// stops the pack, so that no clock decides what is in it.
const OPENING: Duration = Duration::from_mins(1);

/// What is known of a file of evidence once it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Measured {
    pub(super) bytes: u64,
    pub(super) sha256: String,
    /// 页数 of a PDF that can be read.
    pub(super) pages: Option<usize>,
}

/// Reads each file once. Findings go to the list; a file that cannot go along has no measure.
pub(super) fn measure(folder: &Path, items: &[Evidence], findings: &mut Vec<Diagnostic>) -> Vec<Option<Measured>> {
    let mut sum = 0u64;
    let mut all = Vec::with_capacity(items.len());
    for item in items {
        let measured = measure_one(folder, item, findings);
        sum = sum.saturating_add(measured.as_ref().map_or(0, |measured| measured.bytes));
        all.push(measured);
    }
    if sum > LARGEST_SUM {
        let text = format!("佐证材料共 {} MB，超过 {} MB 的上限", sum >> 20, LARGEST_SUM >> 20);
        findings.push(Diagnostic::new(Code::JB8006, text).hint("扫描件降低分辨率，或只报要紧的几页"));
    }
    all
}

fn measure_one(folder: &Path, item: &Evidence, findings: &mut Vec<Diagnostic>) -> Option<Measured> {
    let mut push = |finding: Diagnostic| findings.push(finding.at(item.place));
    let data = match read(&folder.join(&item.file)) {
        Ok(data) => data,
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            let text = format!("佐证“{}”超过 {} MB 的上限", item.file, LARGEST >> 20);
            push(Diagnostic::new(Code::JB8006, text).hint("扫描件降低分辨率，或拆成几个文件"));
            return None;
        }
        Err(error) => {
            let text = format!("佐证“{}”读不到：{error}", item.file);
            push(Diagnostic::new(Code::JB8001, text).hint("核对文件的权限，或重新拷贝一份"));
            return None;
        }
    };
    if data.is_empty() {
        let text = format!("佐证“{}”是空文件（0 字节）", item.file);
        push(Diagnostic::new(Code::JB8005, text).hint("重新拷贝或扫描这个文件"));
        return None;
    }
    let nature = Nature::of(&data, &item.file);
    if let Some(hint) = refused(nature) {
        let text = format!("佐证“{}”的内容是{}，不是文档", item.file, nature.in_words());
        push(Diagnostic::new(Code::JB8003, text).hint(hint));
        return None;
    }
    let (bytes, sha256) = (u64::try_from(data.len()).unwrap_or(u64::MAX), crate::hash::sum_of(&data));
    let fits = nature.fits(&item.file);
    if !fits {
        let text = format!("佐证“{}”的内容与扩展名不符：里面是{}", item.file, nature.in_words());
        push(
            Diagnostic::new(Code::JB8008, text)
                .hint("用相应的程序打开看看：扩展名不对的改正，有密码的去掉密码，损坏的换一份"),
        );
    }
    let pages = match (nature, fits) {
        (Nature::Pdf, true) => page_count(data).map(Some),
        _ => Ok(None),
    };
    let pages = match pages {
        Ok(pages) => pages,
        Err(why) => {
            push(uncounted(&item.file, &why));
            if matches!(why, ReadError::TooSlow(_)) {
                return None;
            }
            None
        }
    };
    Some(Measured { bytes, sha256, pages })
}

/// Why the pages of a PDF are not counted.
fn uncounted(file: &str, why: &ReadError) -> Diagnostic {
    let (code, hint) = match why {
        ReadError::TooSlow(_) => {
            (Code::JB8006, "多半是电脑正忙，过一会儿再打包；总是这样的，用阅读器另存一份，或拆成几个文件")
        }
        ReadError::Encrypted => {
            (Code::JB8008, "阅读器不问密码就能打开的，只是限制了打印或复制，可以照报；要密码才能打开的，去掉密码再放")
        }
        ReadError::TooLarge(_) => (Code::JB8008, "拆成几个文件，或只报要紧的几页"),
        _ => (Code::JB8008, "用阅读器打开看看；损坏的换一份"),
    };
    Diagnostic::new(code, format!("佐证“{file}”读不出页数：{why}")).hint(hint)
}

/// What is to be done about contents that do not go along under any name.
fn refused(nature: Nature) -> Option<&'static str> {
    match nature {
        Nature::Program => Some("换成真正的文件；来历不明的先查毒"),
        Nature::Archive => Some("解开，把里面的文件放进 evidence，逐个点名"),
        Nature::Macros => Some("另存为不带宏的文档，或存成 PDF"),
        _ => None,
    }
}

/// A plain file's contents.
///
/// # Errors
/// Whatever the file system says; `FileTooLarge` over the limit, `InvalidInput` for what is no plain file.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    // Asked before opening: a pipe would wait for somebody who writes.
    let metadata = path.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "不是普通的文件"));
    }
    if metadata.len() > LARGEST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut data = Vec::new();
    File::open(path)?.take(LARGEST).read_to_end(&mut data)?;
    Ok(data)
}

/// The pages of a PDF. Whatever a broken one does to the reader stays here.
fn page_count(data: Vec<u8>) -> Result<usize, ReadError> {
    let reader = Reader::open_with(data, Limits { opening: OPENING, ..Limits::default() })?;
    Some(reader.pages()).filter(|count| *count > 0).ok_or(ReadError::NotPdf)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_pdf_has_no_pages() {
        for data in [&b""[..], b"%PDF-1.7", b"%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 1 0 R>> endobj", b"PK\x03\x04"] {
            assert!(page_count(data.to_vec()).is_err());
        }
    }

    #[test]
    fn a_clock_stops_the_pack_and_only_what_is_in_a_file_leaves_its_pages_out() {
        use crate::diagnostic::Severity;
        let told = |why| uncounted("a.pdf", &why);
        let slow = told(ReadError::TooSlow(60));
        assert_eq!((slow.code, slow.code.severity()), (Code::JB8006, Severity::Error));
        assert_eq!(slow.message, "佐证“a.pdf”读不出页数：打开这个文件超过了 60 秒");
        for why in [ReadError::Encrypted, ReadError::TooLarge("5001页".to_owned()), ReadError::Broken] {
            assert_eq!(told(why).code.severity(), Severity::Warning);
        }
    }
}
