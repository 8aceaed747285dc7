//! Characters that no face has, and those that only another face than the role's has, found before anything is laid out.

mod roles;

use std::collections::{BTreeMap, BTreeSet};

use super::{FontSet, Role, character};
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

/// Reports every character of the report that none of the faces has, and every hanzi that the face of its role lacks, at
/// its first place in the files.
pub fn check_coverage(view: &ReportView, fonts: &FontSet, sources: &Sources, findings: &mut Vec<Diagnostic>) {
    let Some(printed) = printed(view) else { return };
    let lacking: BTreeSet<char> = printed.chars().filter(|&c| !is_printable(c, fonts)).collect();
    for c in lacking {
        findings.push(nowhere(c, &Role::ALL, fonts).at(first_place(c, sources)));
    }
    for (c, roles) in foreign(view, fonts) {
        let roles: Vec<Role> = roles.into_iter().collect();
        let finding = match fonts.substitute(c) {
            Some(face) => {
                let names: Vec<&str> = roles.iter().map(|role| role.name()).collect();
                substituted(c, &face.info.family, fonts).hint(format!("{}字体里没有这个字", names.join("、")))
            }
            None => nowhere(c, &roles, fonts),
        };
        findings.push(finding.at(first_place(c, sources)));
    }
}

/// Whether some face has the character, or none is needed.
pub(crate) fn is_printable(c: char, fonts: &FontSet) -> bool {
    c.is_ascii() || c.is_control() || fonts.covers(c)
}

/// A character that no face has which may print it.
fn nowhere(c: char, roles: &[Role], fonts: &FontSet) -> Diagnostic {
    let faces = roles.iter().flat_map(|role| fonts.faces(*role));
    let tried: BTreeSet<&str> = faces.map(|face| face.info.family.as_str()).collect();
    Diagnostic::new(Code::JB6003, format!("{}没有字体可以印", character(c)))
        .hint("换用通行的写法，或用 --font-path 指定有这个字的字体所在的文件夹")
        .hint(format!("试过：{}", tried.into_iter().collect::<Vec<_>>().join("、")))
}

/// A hanzi that the face of another role prints.
pub(crate) fn substituted(c: char, family: &str, fonts: &FontSet) -> Diagnostic {
    let of = |role: &Role| fonts.faces(*role).iter().any(|face| face.info.family == family);
    let role = Role::ALL.iter().find(|role| of(role)).map_or("别的字体", |role| role.name());
    Diagnostic::new(Code::JB7002, format!("{}由{role}（{family}）代印，字形与旁边的不同", character(c)))
        .hint("要字形一致，用 --font-path 指定有这个字的字体所在的文件夹")
}

/// The hanzi that some face has and the faces of a role that prints them lack, each with these roles.
fn foreign(view: &ReportView, fonts: &FontSet) -> BTreeMap<char, BTreeSet<Role>> {
    let mut foreign: BTreeMap<char, BTreeSet<Role>> = BTreeMap::new();
    roles::texts(view, &mut |role, text| {
        for c in text.chars().filter(|&c| is_hanzi(c) && !fonts.role_covers(role, c)) {
            if fonts.covers(c) {
                foreign.entry(c).or_default().insert(role);
            }
        }
    });
    foreign
}

/// Whether a character is a hanzi. What else a face lacks, such as ① and ㎡, is 宋体 in any text.
pub(crate) fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
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
