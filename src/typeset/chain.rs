//! The chain of faces of each role: which are tried for a character, in which order, and which of them prints it.

use std::collections::BTreeMap;

use super::{Face, FaceOrigin, FontSet, Role};
use crate::compose::FontView;

/// What a face in a chain is asked for, where it is not asked for everything (`templates/gbt9704/fonts.typ`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Covers {
    /// All but what Latin and Chinese faces have at different widths.
    LatinInCjk,
    /// Quotes, dashes and round brackets.
    Quotes,
    /// The middle dot.
    Dot,
}

impl Covers {
    /// The name that templates use.
    fn id(self) -> &'static str {
        match self {
            Self::LatinInCjk => "latin-in-cjk",
            Self::Quotes => "quotes",
            Self::Dot => "dot",
        }
    }

    /// Whether a character is asked for.
    fn admits(self, c: char) -> bool {
        match self {
            Self::LatinInCjk => {
                !matches!(c, '·' | '–' | '—' | '‘' | '’' | '“' | '”' | '\u{2025}'..='\u{2027}' | '\u{2E3A}')
            }
            Self::Quotes => "“”‘’…—（）".contains(c),
            Self::Dot => c == '·',
        }
    }
}

/// A face in a chain.
#[derive(Debug, Clone, Copy)]
struct Link<'a> {
    face: &'a Face,
    covers: Option<Covers>,
}

impl Link<'_> {
    fn view(&self) -> FontView {
        FontView { family: self.face.info.family.clone(), covers: self.covers.map(Covers::id) }
    }
}

impl FontSet {
    /// The chains that templates use. Digits and Latin come first; quotes, dashes and the middle dot come from faces that
    /// have them at full width; the last face covers everything, for a chain that ends in a gap loses text.
    pub(super) fn chains(&self) -> BTreeMap<String, Vec<FontView>> {
        let roles = [Role::FangSong, Role::BiaoSong, Role::Hei, Role::Kai, Role::Song];
        let views = |role| self.chain(role).iter().map(Link::view).collect();
        roles.into_iter().map(|role| (role.id().to_owned(), views(role))).collect()
    }

    fn chain(&self, role: Role) -> Vec<Link<'_>> {
        let link = |face, covers| Link { face, covers };
        let own = self.faces(role);
        let bundled_first = own.first().is_some_and(|face| matches!(face.origin, FaceOrigin::Bundled(_)));
        let mut chain: Vec<Link<'_>> = Vec::new();
        // 黑体 has digits of its own weight; those of a book face look pale beside it.
        if role != Role::Hei {
            chain.extend(self.faces(Role::Latin).first().map(|face| link(face, Some(Covers::LatinInCjk))));
        }
        if bundled_first && matches!(role, Role::FangSong | Role::Kai) {
            chain.extend(self.bundled(Role::Song).map(|face| link(face, Some(Covers::Quotes))));
            chain.extend(self.bundled(Role::Hei).map(|face| link(face, Some(Covers::Dot))));
        }
        let fallbacks = [self.bundled(Role::Song), self.bundled_file(Role::Kai, 1)];
        for face in own.iter().chain(fallbacks.into_iter().flatten()) {
            let twice = |link: &Link<'_>| link.covers.is_none() && link.face.info.family == face.info.family;
            if !chain.iter().any(twice) {
                chain.push(link(face, None));
            }
        }
        chain
    }

    /// The faces of a role's chain that are tried for a character, in that order.
    pub(super) fn tried(&self, role: Role, c: char) -> impl Iterator<Item = &Face> {
        let asked = move |link: &Link<'_>| link.covers.is_none_or(|covers| covers.admits(c));
        self.chain(role).into_iter().filter(asked).map(|link| link.face)
    }

    /// The face that prints a character where a role is asked for; none where it would come out as an empty box.
    /// With a mark it prints what the mark is set on; where it lacks that, nothing of it is printed.
    pub(super) fn printing(&self, role: Role, c: char) -> Option<&Face> {
        self.tried(role, c).find(|face| face.info.coverage.contains(u32::from(c)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_face_is_asked_for_what_the_templates_ask_it_for() {
        let all = || ('\0'..=char::MAX).filter(|c| !c.is_control());
        let latin = typst::text::Covers::LatinInCjk;
        assert!(all().all(|c| latin.as_regex().is_match(c.encode_utf8(&mut [0; 4])) == Covers::LatinInCjk.admits(c)));
        let template = include_str!("../../templates/gbt9704/fonts.typ");
        for covers in [Covers::Quotes, Covers::Dot] {
            let (_, asked) = template.split_once(&format!("{}: regex(\"[", covers.id())).unwrap();
            let asked = asked.split_once(']').unwrap().0;
            assert!(all().all(|c| asked.contains(c) == covers.admits(c)), "{asked}");
        }
    }

    #[test]
    fn a_character_is_printed_by_the_first_of_its_chain_that_has_it() {
        let fonts = FontSet::new(&[], false).unwrap();
        let printing = |role, c| fonts.printing(role, c).map(|face| face.info.family.as_str());
        for (role, c, family) in [
            (Role::FangSong, '县', Some("Zhuque Fangsong (technical preview)")),
            (Role::FangSong, '1', Some("Liberation Serif")),
            (Role::FangSong, '“', Some("Noto Serif SC")),
            (Role::FangSong, '㐀', Some("Noto Serif SC")),
            (Role::Kai, '䶮', Some("LXGW WenKai GB Lite")),
            (Role::FangSong, 'א', Some("Liberation Serif")),
            // 黑体 has no Latin face before it, and nothing behind it has Hebrew.
            (Role::Hei, 'א', None),
            (Role::FangSong, '😀', None),
        ] {
            assert_eq!(printing(role, c), family, "{role:?} {c}");
        }
    }
}
