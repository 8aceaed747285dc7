//! The page audit: the finished pages, held against the rules of the page, before they become a file.
//!
//! One walk over the frames that Typst gives collects what the rules ask for (`walk`); each rule is a small function of
//! that. Where a rule is broken, the [`Outline`] of the report says in which line of YAML what stands there is written.

mod area;
mod folio;
mod foot;
mod glyphs;
mod grid;
mod outline;
mod paragraph;
mod scene;
mod sheet;
mod table;
mod title;
mod walk;

pub use outline::Outline;

use typst_layout::PagedDocument;

use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use crate::typeset::FontSet;

/// A rule of the page.
type Rule = fn(&scene::Scene<'_>, &mut Vec<Diagnostic>);

/// The rules, in the order of their codes.
const RULES: &[Rule] = &[
    glyphs::missing,
    glyphs::fallback,
    area::outside,
    table::overflow,
    grid::grid,
    folio::folio,
    table::cut_rows,
    table::heads,
    foot::headings,
    paragraph::lone_characters,
    foot::last_pages,
    foot::signature,
    title::shape,
];

/// Holds the pages of a document against every rule; the sources are those that the outline's places are in. What is
/// broken goes to the list.
pub fn audit(
    document: &PagedDocument,
    outline: &Outline,
    fonts: &FontSet,
    sources: &Sources,
    findings: &mut Vec<Diagnostic>,
) {
    let layout = walk::walk(document);
    let scene = scene::Scene::new(&layout, outline, fonts, sources);
    for rule in RULES {
        rule(&scene, findings);
    }
}
