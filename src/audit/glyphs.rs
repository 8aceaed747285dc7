//! Characters that no face prints, and characters that another face than the role's prints.

use std::collections::BTreeMap;

use super::scene::Scene;
use super::walk::{At, Kind, Run};
use crate::characters::{is_combining, is_hanzi};
use crate::diagnostic::Diagnostic;
use crate::typeset::{self, FontSet, Role, drawn_along, place_of, substituted, unjoined};

/// Characters that are printed as an empty box. They are also found before layout, in the same words.
pub(super) fn missing(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<char, &Run<'_>> = BTreeMap::new();
    for run in &scene.layout.runs {
        let last_resort = run.item.font.info().is_last_resort();
        for glyph in run.item.glyphs.iter().filter(|glyph| glyph.id == 0 || last_resort) {
            let c = run.item.text.get(glyph.range()).and_then(|text| text.chars().next());
            first.entry(c.unwrap_or('\u{FFFD}')).or_insert(run);
        }
    }
    for (c, run) in first {
        let finding = typeset::missing(c, roles(scene, run), scene.fonts);
        findings.push(finding.at(place_of(c, scene.place(run.element), scene.sources)));
    }
}

/// Hanzi whose face is none of those that the place has. They are also found before layout, in the same words.
pub(super) fn fallback(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<char, &Run<'_>> = BTreeMap::new();
    for run in scene.body() {
        let info = run.item.font.info();
        let own = roles(scene, run).iter().any(|role| has(scene.fonts, *role, &info.family));
        if !own && known(scene.fonts, &info.family) {
            for c in run.item.text.chars().filter(|c| is_hanzi(*c)) {
                first.entry(c).or_insert(run);
            }
        }
    }
    for (c, run) in first {
        let info = run.item.font.info();
        let of_roles = |role: &Role| scene.fonts.role_covers(*role, c);
        let (finding, at) = match mark_on(c, &run.item.text) {
            // The face has the mark alone.
            Some(mark) if !info.coverage.contains(u32::from(c)) => (unjoined(c, mark), mark),
            Some(mark) if roles(scene, run).iter().any(of_roles) => {
                (drawn_along(c, mark, &info.family, scene.fonts), mark)
            }
            _ => (substituted(c, &info.family, roles(scene, run), scene.fonts), c),
        };
        findings.push(finding.at(place_of(at, scene.place(run.element), scene.sources)));
    }
}

/// The mark that is set on a character.
fn mark_on(c: char, text: &str) -> Option<char> {
    let (_, behind) = text.split_once(c)?;
    behind.chars().next().filter(|mark| is_combining(*mark))
}

/// The roles that may stand where a run stands.
fn roles(scene: &Scene<'_>, run: &Run<'_>) -> &'static [Role] {
    match scene.kind(run.element) {
        // A cover has no tags, and its title is 小标宋.
        Some(Kind::Title | Kind::Heading) | None => &[Role::BiaoSong, Role::Hei, Role::Kai, Role::FangSong],
        Some(
            Kind::Cell(At { .. }) | Kind::Paragraph | Kind::Table | Kind::Chart | Kind::Signature | Kind::Artifact,
        ) => &[Role::FangSong, Role::Hei],
    }
}

fn has(fonts: &FontSet, role: Role, family: &str) -> bool {
    fonts.faces(role).iter().any(|face| face.info.family == family)
}

/// Whether the family is one of the run's own: pages of another making have others.
fn known(fonts: &FontSet, family: &str) -> bool {
    Role::ALL.into_iter().any(|role| has(fonts, role, family))
}
