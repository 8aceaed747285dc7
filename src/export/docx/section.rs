//! Sections: stretches of pages of one kind.

use std::fmt::Write;

use super::LINE;
use crate::gbt9704;

/// The style of the paragraphs that end sections, by which they are found again.
pub(super) const END_STYLE: &str = "SectionEnd";

/// What pages are like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A cover: no page number.
    Cover,
    /// On their feet.
    Portrait,
    /// On their side.
    Landscape,
}

/// A section.
#[derive(Debug, Clone, Copy)]
pub(super) struct Section {
    pub(super) kind: Kind,
    /// Whether pages are counted from 1 in it: the text behind a cover.
    pub(super) restart: bool,
    /// Whether it begins on an odd page: an attachment that does.
    pub(super) odd: bool,
}

// In twips.
const TOP: u32 = gbt9704::TOP.twips();
const BOTTOM: u32 = gbt9704::FOOT.twips();
const BINDING: u32 = gbt9704::BINDING.twips();
const OUTER: u32 = gbt9704::OUTER.twips();
/// From the sheet's edge to the foot of the page number, whose dash stands 7 mm below the type area (7.5).
const FOOTER: u32 = 1304;
const SHORT: u32 = gbt9704::SHEET_WIDTH.twips();
const LONG: u32 = gbt9704::SHEET_HEIGHT.twips();

impl Kind {
    /// The width of the type area in twips.
    pub(super) fn width(self) -> u32 {
        match self {
            Self::Cover | Self::Portrait => SHORT - BINDING - OUTER,
            Self::Landscape => LONG - TOP - BOTTOM,
        }
    }
}

impl Section {
    /// The section's properties in the order of the schema. `references`: the elements that name headers and footers.
    pub(super) fn properties(self, references: &str, duplex: bool) -> String {
        let mut xml = String::from("<w:sectPr>");
        if self.kind != Kind::Cover {
            xml.push_str(references);
        }
        // The text behind a cover starts on a right-hand page, where pages have a back.
        let begins = if self.odd || self.restart && duplex { "oddPage" } else { "nextPage" };
        let _ = write!(xml, r#"<w:type w:val="{begins}"/>"#);
        let sheet = match self.kind {
            Kind::Landscape => format!(
                r#"<w:pgSz w:w="{LONG}" w:h="{SHORT}" w:orient="landscape"/>{}"#,
                margins(if duplex { OUTER } else { BINDING }, TOP, OUTER, BOTTOM)
            ),
            Kind::Cover | Kind::Portrait => {
                format!(r#"<w:pgSz w:w="{SHORT}" w:h="{LONG}"/>{}"#, margins(TOP, OUTER, BOTTOM, BINDING))
            }
        };
        xml.push_str(&sheet);
        if self.restart {
            xml.push_str(r#"<w:pgNumType w:start="1"/>"#);
        }
        xml.push_str(r#"<w:cols w:space="425"/>"#);
        // Lines alone: of a grid of characters LibreOffice makes two cells for each character that is wider than a cell, as
        // 三号 is. The 28 characters to a line come from the spacing in `styles.xml`.
        let grid = format!(r#"<w:docGrid w:type="lines" w:linePitch="{LINE}"/>"#);
        xml + grid.as_str() + "</w:sectPr>"
    }
}

fn margins(top: u32, right: u32, bottom: u32, left: u32) -> String {
    // A landscape page has less room below.
    let footer = if bottom == BOTTOM { FOOTER } else { bottom * 2 / 3 };
    format!(
        r#"<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="850" w:footer="{footer}" w:gutter="0"/>"#
    )
}
