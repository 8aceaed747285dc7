//! The kinds of files that may go along, by the endings of their names.

/// The endings that are taken: what an office scans, prints and counts with.
const TAKEN: &[&str] = &[
    "pdf", "ofd", "jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "doc", "docx", "wps", "rtf", "xls", "xlsx", "et",
    "ppt", "pptx", "dps", "odt", "ods", "odp", "txt", "csv",
];

/// Other endings of files: a name that has one of them is the name of a file and no title. Programs, archives, documents
/// with macros and pages that run scripts are among them.
const REFUSED: &[&str] = &[
    "exe", "dll", "com", "bat", "cmd", "msi", "scr", "ps1", "vbs", "vbe", "js", "jse", "wsf", "hta", "lnk", "jar",
    "sh", "py", "apk", "iso", "reg", "html", "htm", "mht", "svg", "xml", "yaml", "yml", "json", "docm", "dotm", "xlsm",
    "xltm", "xlsb", "pptm", "zip", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "cab", "mp3", "mp4", "avi", "mov",
    "wav", "ceb", "caj", "dwg", "psd", "md",
];

/// The kinds that are taken, in words.
pub(super) const TAKEN_IN_WORDS: &str =
    "PDF、OFD、图片（jpg、png、tif、bmp、gif）、Word、Excel、PowerPoint 和 WPS 文档、txt、csv";

/// The ending of a name, in small letters; none where it has none.
pub(super) fn ending(name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    let plain = !stem.is_empty() && !ending.is_empty() && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    plain.then(|| ending.to_ascii_lowercase())
}

/// Whether a text is the name of a file and no title: it ends as the names of files do.
pub(super) fn is_file_name(text: &str) -> bool {
    ending(text).is_some_and(|ending| TAKEN.contains(&ending.as_str()) || REFUSED.contains(&ending.as_str()))
}

/// Whether a file of this name may go along.
pub(super) fn is_taken(name: &str) -> bool {
    ending(name).is_some_and(|ending| TAKEN.contains(&ending.as_str()))
}

/// Whether a file of this name is packed tight already, so that packing it again only costs time.
pub(super) fn is_tight(name: &str) -> bool {
    !matches!(
        ending(name).as_deref(),
        Some("txt" | "csv" | "json" | "bmp" | "doc" | "xls" | "ppt" | "rtf" | "wps" | "et")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_decides_whatever_its_case() {
        assert!(is_taken("合同.PDF") && is_taken("a.b.xlsx"));
        for other in ["合同", "合同.", ".pdf", "合同.exe", "合同.pdf.exe", "汇总.xlsm", "材料.zip", "合同.p df"]
        {
            assert!(!is_taken(other), "{other}");
        }
        assert!(is_file_name("材料.rar") && is_file_name("合同.pdf"));
        for title in ["绩效目标申报表", "满意度问卷汇总表（1.5版）", "见附件1.2", "会议记录No.3"]
        {
            assert!(!is_file_name(title), "{title}");
        }
    }
}
