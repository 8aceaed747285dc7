//! Why no file is found for a piece of evidence that is named.

use std::path::Path;

use super::kinds::is_file_name;
use super::naming::{number, split, stem};
use crate::diagnostic::{Code, Diagnostic, some_of};
use crate::dossier::Year;
use crate::source::closest;

/// What a Chinese input method puts between the items of a list, where YAML wants `, `.
const SEPARATORS: [char; 5] = ['、', '，', '；', ';', ','];

/// The files of the folder evidence that a text names: the one of that name, or those of that title.
pub(super) fn files_of<'a>(year: &'a Year, text: &str) -> Vec<&'a str> {
    let all = || year.evidence.iter().map(String::as_str);
    let exact: Vec<&str> = all().filter(|name| *name == text).collect();
    if exact.is_empty() { all().filter(|name| names(text, name)).collect() } else { exact }
}

/// Whether a text names a file: by its name, or by its title.
pub(crate) fn names(text: &str, file: &str) -> bool {
    let by_title = || !text.is_empty() && !is_file_name(text) && (split(file).1 == text || stem(file) == text);
    text == file || by_title()
}

/// Why no file is found; nothing where the text is a title, for a title may stand for what is no file. `evidence`: the
/// folder.
pub(super) fn absence(year: &Year, evidence: &Path, text: &str) -> Option<Diagnostic> {
    if let Some(finding) = folder(evidence, text).or_else(|| several(year, text)) {
        return Some(finding);
    }
    if !is_file_name(text) {
        return None;
    }
    let shown = format!("{}/evidence", year.number);
    if text.contains(['/', '\\']) {
        let finding = Diagnostic::new(Code::JB8004, format!("佐证“{text}”写了文件夹，只收 {shown} 里的文件"));
        return Some(finding.hint("把文件直接放进 evidence，这里只写文件名"));
    }
    let names = || year.evidence.iter().map(String::as_str);
    let finding = Diagnostic::new(Code::JB8001, format!("佐证“{text}”在 {shown} 里没有"));
    if let Some(other) = names().find(|name| name.to_lowercase() == text.to_lowercase()) {
        return Some(finding.hint(format!("文件名的大小写是“{other}”，改成一样的")));
    }
    let finding = finding.suggest(closest(text, names()));
    Some(finding.hint("把文件放进去，或改正这里的名称；不报送文件的只写材料名称，不写扩展名"))
}

/// A folder in the folder evidence, with the files that it has.
fn folder(evidence: &Path, text: &str) -> Option<Diagnostic> {
    let name = text.trim_end_matches(['/', '\\']);
    if name.is_empty() || name.contains(['/', '\\']) || name.starts_with('.') || !evidence.join(name).is_dir() {
        return None;
    }
    let entries = std::fs::read_dir(evidence.join(name)).into_iter().flatten().filter_map(Result::ok);
    let mut files: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    files.retain(|name| !name.starts_with('.'));
    files.sort();
    let has = match files.len() {
        0 => "，是空的".to_owned(),
        _ => format!("，里面有 {}", some_of(&files)),
    };
    let finding = Diagnostic::new(Code::JB8004, format!("佐证“{text}”是文件夹，不是文件{has}"));
    Some(finding.hint("把里面的文件直接放进 evidence，这里一个一个写文件名"))
}

/// Several names in one item, which a comma of ASCII would have set apart.
fn several(year: &Year, text: &str) -> Option<Diagnostic> {
    let parts: Vec<&str> = text.split(SEPARATORS).map(str::trim).filter(|part| !part.is_empty()).collect();
    let meant = |part: &&str| is_file_name(part) || !files_of(year, part).is_empty();
    // 3、合同.pdf is one name with its number.
    let numbered = parts.iter().any(|part| number(part).is_some());
    if parts.len() < 2 || numbered || !parts.iter().any(meant) || text.contains("{{") {
        return None;
    }
    let text = format!("佐证“{text}”写成了一项，evidence 里没有这个文件");
    let finding = Diagnostic::new(Code::JB8001, text);
    Some(finding.hint(format!("各项之间用半角逗号加一个空格：[{}]", parts.join(", "))))
}
