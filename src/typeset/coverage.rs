//! Characters that no face prints, and hanzi that another face than the role's prints, found before anything is laid out.

mod roles;

use std::collections::{BTreeMap, BTreeSet};

use typst::text::is_default_ignorable;

use super::{Face, FontSet, Role};
use crate::characters::{character, is_combining, is_hanzi, is_variant_selector, ordinary_hanzi};
use crate::compose::{Places, ReportView};
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

/// Where a character is asked for that a role's own faces lack.
struct Asked {
    roles: BTreeSet<Role>,
    /// What is written there first.
    near: Option<Place>,
}

/// Reports every character of the report that no face prints in its role, and every hanzi that the faces of its role lack,
/// at its first place in print.
pub fn check_coverage(
    view: &ReportView,
    places: &Places,
    fonts: &FontSet,
    sources: &Sources,
    findings: &mut Vec<Diagnostic>,
) {
    let Wanting { characters, unjoined } = wanting(view, places, fonts);
    findings.extend(unjoined.into_iter().map(|((_, mark), (finding, near))| finding.at(place_of(mark, near, sources))));
    for (c, Asked { roles, near }) in characters {
        let lacking: Vec<Role> = roles.iter().copied().filter(|role| fonts.printing(*role, c).is_none()).collect();
        let printing = roles.iter().find_map(|role| fonts.printing(*role, c));
        let finding = match outlook(c, printing.filter(|_| lacking.is_empty())) {
            Outlook::Lost => lost(),
            Outlook::Variant => variant(c),
            Outlook::Printed(_) if let Some(ordinary) = ordinary_hanzi(c) => look_alike(c, ordinary),
            Outlook::Printed(face) if is_hanzi(c) => {
                substituted(c, &face.info.family, &roles.into_iter().collect::<Vec<_>>(), fonts)
            }
            // What else a face lacks, such as ① and ㎡, is 宋体 in any text.
            Outlook::Printed(_) | Outlook::Nothing => continue,
            Outlook::Missing => missing(c, &lacking, fonts),
        };
        findings.push(finding.at(place_of(c, near, sources)));
    }
}

/// What comes of a character in print.
enum Outlook<'f> {
    /// What was meant is gone.
    Lost,
    /// It chooses a variant, which is not to be had.
    Variant,
    /// It prints nothing, and is to print nothing.
    Nothing,
    Printed(&'f Face),
    Missing,
}

fn outlook(c: char, printing: Option<&Face>) -> Outlook<'_> {
    match printing {
        _ if c == LOST => Outlook::Lost,
        _ if is_variant_selector(c) => Outlook::Variant,
        _ if is_default_ignorable(c) => Outlook::Nothing,
        Some(face) => Outlook::Printed(face),
        None => Outlook::Missing,
    }
}

/// Whether the body's faces, or those that stand in for them, have the character, or none is needed.
pub(crate) fn is_printable(c: char, fonts: &FontSet) -> bool {
    let outlook = outlook(c, fonts.printing(Role::FangSong, c));
    c.is_ascii() || c.is_control() || !matches!(outlook, Outlook::Lost | Outlook::Missing)
}

/// What a role's own faces lack.
#[derive(Default)]
struct Wanting {
    characters: BTreeMap<char, Asked>,
    /// Hanzi with a mark that is not printed with them in their own face, and where the first is written.
    unjoined: BTreeMap<(char, char), (Diagnostic, Option<Place>)>,
}

fn wanting(view: &ReportView, places: &Places, fonts: &FontSet) -> Wanting {
    let mut found = Wanting::default();
    roles::texts(view, places, &mut |role, text, near| {
        let mut before = None;
        for c in text.chars() {
            let base = before.replace(c);
            if c.is_ascii() || c.is_control() {
                continue;
            }
            if !fonts.role_covers(role, c) || c == LOST || ordinary_hanzi(c).is_some() {
                let asked = found.characters.entry(c).or_insert_with(|| Asked { roles: BTreeSet::new(), near });
                asked.roles.insert(role);
            }
            let base = base.filter(|&base| is_combining(c) && is_hanzi(base));
            if let Some((base, finding)) = base.and_then(|base| Some((base, marked(role, base, c, fonts)?))) {
                found.unjoined.entry((base, c)).or_insert((finding, near));
            }
        }
    });
    found
}

/// What stands for a character that was lost.
const LOST: char = char::REPLACEMENT_CHARACTER;

/// Many faces have a picture of a lost character; what was meant none has.
fn lost() -> Diagnostic {
    Diagnostic::new(Code::JB7001, format!("原来的字丢了，剩下的是{}", character(LOST)))
        .hint("这是转换编码时丢的；照原来的文件，把这个字重新输入")
}

/// What is said of a hanzi with a mark on it where the face that has the mark is not the hanzi's own.
fn marked(role: Role, base: char, mark: char, fonts: &FontSet) -> Option<Diagnostic> {
    let face = fonts.printing(role, mark)?;
    if !face.info.coverage.contains(u32::from(base)) {
        return Some(unjoined(base, mark));
    }
    let own = fonts.printing(role, base).is_some_and(|own| own.info.family == face.info.family);
    (!own).then(|| drawn_along(base, mark, &face.info.family, fonts))
}

/// A hanzi with a mark on it that no face prints together.
pub(crate) fn unjoined(base: char, mark: char) -> Diagnostic {
    let text = format!("“{base}”的上面加了{}，没有字体可以一起印：会丢掉“{base}”", character(mark));
    Diagnostic::new(Code::JB7001, text).hint("删去这个符号；要注音的，写在后面的括号里")
}

/// A hanzi that is printed by the face of the mark on it.
pub(crate) fn drawn_along(base: char, mark: char, family: &str, fonts: &FontSet) -> Diagnostic {
    let role = role_of(family, fonts);
    let mark = character(mark);
    let text = format!("“{base}”的上面加了{mark}，只好连“{base}”一起由{role}（{family}）代印，字形与旁边的不同");
    Diagnostic::new(Code::JB7002, text).hint("删去这个符号；带圈的数用 ① 这样的一个字")
}

/// A character that only looks like a hanzi.
fn look_alike(c: char, ordinary: char) -> Diagnostic {
    let text = format!("{}只是样子像“{ordinary}”，是另一个字符：查找不到，字形也可能不同", character(c));
    Diagnostic::new(Code::JB7002, text).hint(type_instead(ordinary))
}

fn type_instead(ordinary: char) -> String {
    format!("多半是从 PDF 或网页粘贴来的：删去它，用输入法重新输入“{ordinary}”（U+{:04X}）", u32::from(ordinary))
}

/// A character that no face prints in these roles.
pub(crate) fn missing(c: char, roles: &[Role], fonts: &FontSet) -> Diagnostic {
    let finding = Diagnostic::new(Code::JB7001, format!("{}没有字体可以印", character(c)))
        .hint("换用通行的写法，或用 --font-path 指定有这个字的字体所在的文件夹");
    let finding = ordinary_hanzi(c).map(type_instead).into_iter().fold(finding, Diagnostic::hint);
    tried(finding, c, roles, fonts, None)
}

/// A hanzi that the face of another role prints.
pub(crate) fn substituted(c: char, family: &str, roles: &[Role], fonts: &FontSet) -> Diagnostic {
    if let Some(ordinary) = ordinary_hanzi(c) {
        return look_alike(c, ordinary);
    }
    let role = role_of(family, fonts);
    let text = format!("{}由{role}（{family}）代印，字形与旁边的不同", character(c));
    let finding = Diagnostic::new(Code::JB7002, text).hint("要字形一致，用 --font-path 指定有这个字的字体所在的文件夹");
    tried(finding, c, roles, fonts, Some(family))
}

/// The role that a face is of, in words.
fn role_of(family: &str, fonts: &FontSet) -> &'static str {
    let of = |role: &Role| fonts.faces(*role).iter().any(|face| face.info.family == family);
    Role::ALL.iter().find(|role| of(role)).map_or("别的字体", |role| role.name())
}

/// A selector of a variant that is not to be had: the page shows the character's common form.
fn variant(c: char) -> Diagnostic {
    Diagnostic::new(Code::JB7002, format!("字后面有选字形的符号{}，印的是这个字通行的字形", character(c)))
        .hint("通行的字形就对的，删去这个符号；要另一种字形的，改用那个字形自己的字")
}

/// The finding with the faces that were tried in each role, in that order, up to the one that prints.
fn tried(finding: Diagnostic, c: char, roles: &[Role], fonts: &FontSet, printing: Option<&str>) -> Diagnostic {
    roles.iter().fold(finding, |finding, &role| {
        let families = fonts.tried(role, c).map(|face| face.info.family.as_str());
        let families: Vec<&str> = families.take_while(|family| Some(*family) != printing).collect();
        finding.hint(format!("{}依次试过：{}", role.name(), families.join("、")))
    })
}

/// The place of a character: in what is written at or near a place; else, as where a name is printed that is written
/// elsewhere, the first in the files that is not in a comment; else that place.
pub(crate) fn place_of(c: char, near: Option<Place>, sources: &Sources) -> Option<Place> {
    let there = near.and_then(|near| Some(near.part(sources.slice(near).find(c)?, c.len_utf8())));
    there.or_else(|| first_place(c, sources)).or(near)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_s_name_is_judged_as_the_text_is() {
        let fonts = FontSet::new(&[], false).unwrap();
        let printable = ['甲', 'a', '\u{AD}', '\u{3164}', '\u{FE00}'];
        assert_eq!(printable.map(|c| is_printable(c, &fonts)), [true; 5]);
        assert_eq!(['\u{FFFD}', '😀', '\u{E000}'].map(|c| is_printable(c, &fonts)), [false; 3]);
    }
}
