//! Characters that no face has, found before anything is laid out.

use std::collections::BTreeSet;

use super::{FontSet, Role};
use crate::compose::ReportView;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Place, Sources};

/// A set of characters, a bit each: asked for every character of every report.
#[derive(Clone, Default)]
pub(super) struct Characters(Vec<u64>);

impl Characters {
    const BITS: u32 = u64::BITS;

    /// Puts a code point in.
    pub(super) fn insert(&mut self, point: u32) {
        let Ok(word) = usize::try_from(point / Self::BITS) else { return };
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        if let Some(word) = self.0.get_mut(word) {
            *word |= 1 << (point % Self::BITS);
        }
    }

    /// Whether the character is in.
    pub(super) fn contains(&self, c: char) -> bool {
        let point = u32::from(c);
        let word = usize::try_from(point / Self::BITS).ok().and_then(|word| self.0.get(word));
        word.is_some_and(|word| word & (1 << (point % Self::BITS)) != 0)
    }
}

/// Reports every character of the report that none of the faces has, at its first place in the files.
pub fn check_coverage(view: &ReportView, fonts: &FontSet, sources: &Sources, findings: &mut Vec<Diagnostic>) {
    let Some(printed) = printed(view) else { return };
    let asked = |c: &char| !c.is_ascii() && !c.is_control() && !fonts.covers(*c);
    let lacking: BTreeSet<char> = printed.chars().filter(asked).collect();
    for c in lacking {
        let faces = Role::ALL.into_iter().flat_map(|role| fonts.faces(role));
        let tried: BTreeSet<&str> = faces.map(|face| face.info.family.as_str()).collect();
        let mut finding = Diagnostic::new(Code::JB6003, format!("“{c}”（U+{:04X}）没有字体可以印", u32::from(c)))
            .hint("换用通行的写法，或用 --font-path 指定有这个字的字体所在的文件夹")
            .hint(format!("试过：{}", tried.into_iter().collect::<Vec<_>>().join("、")));
        if let Some(place) = first_place(c, sources) {
            finding = finding.at(place);
        }
        findings.push(finding);
    }
}

/// All that is printed, in one text. The PDF's properties need no face.
fn printed(view: &ReportView) -> Option<String> {
    let ReportView {
        meta: _,
        page: _,
        fonts: _,
        weights: _,
        draft: _,
        landscape: _,
        cover,
        red_head,
        title_lines,
        marks: _,
        body,
        attachment_note,
        signature,
        attachments,
        imprint,
        carried: _,
    } = view;
    let opening = (cover, red_head, title_lines);
    serde_json::to_string(&(opening, body, attachment_note, signature, attachments, imprint)).ok()
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
