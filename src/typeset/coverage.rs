//! Characters that no face has, found before anything is laid out.

use std::collections::BTreeSet;

use super::{FontSet, Role};
use crate::compose::ReportView;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Place, Sources};

/// Reports every character of the report that none of the faces has, at its first place in the files.
pub fn check_coverage(view: &ReportView, fonts: &FontSet, sources: &Sources, findings: &mut Vec<Diagnostic>) {
    let Ok(mut printed) = serde_json::to_value(view) else { return };
    // The PDF's properties need no face.
    printed["meta"].take();
    let used: BTreeSet<char> = printed.to_string().chars().filter(|c| !c.is_ascii() && !c.is_control()).collect();
    let faces: Vec<_> = Role::ALL.into_iter().flat_map(|role| fonts.faces(role)).collect();
    for c in used {
        if faces.iter().any(|face| face.info.coverage.contains(u32::from(c))) {
            continue;
        }
        let tried: BTreeSet<&str> = faces.iter().map(|face| face.info.family.as_str()).collect();
        let mut finding = Diagnostic::new(Code::JB6003, format!("“{c}”（U+{:04X}）没有字体可以印", u32::from(c)))
            .hint("换用通行的写法，或用 --font-path 指定有这个字的字体所在的文件夹")
            .hint(format!("试过：{}", tried.into_iter().collect::<Vec<_>>().join("、")));
        if let Some(place) = first_place(c, sources) {
            finding = finding.at(place);
        }
        findings.push(finding);
    }
}

/// The first place of a character that is not in a comment.
fn first_place(c: char, sources: &Sources) -> Option<Place> {
    sources.files().find_map(|file: FileId| {
        let text = sources.text(file);
        let in_comment = |at: usize| {
            let line = &text[text[..at].rfind('\n').map_or(0, |newline| newline + 1)..at];
            line.trim_start().starts_with('#') || line.contains(" #")
        };
        let (start, _) = text.match_indices(c).find(|&(at, _)| !in_comment(at))?;
        Some(Place { file, start, end: start + c.len_utf8() })
    })
}
