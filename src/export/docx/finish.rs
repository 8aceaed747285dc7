//! What `docx-rs` does not write, and the order of elements that the schema asks for (ISO/IEC 29500-1, Annex A): it writes
//! them in an order of its own.

use std::fmt::Write;

use super::LINE;
use super::section::{END_STYLE, Section};

/// Elements within which the order matters, with their children in that order.
const ORDERS: [(&str, &[&str]); 4] = [
    (
        "w:pPr",
        &[
            "w:pStyle",
            "w:keepNext",
            "w:keepLines",
            "w:pageBreakBefore",
            "w:tabs",
            "w:snapToGrid",
            "w:spacing",
            "w:ind",
            "w:jc",
            "w:outlineLvl",
            "w:rPr",
            "w:sectPr",
        ],
    ),
    ("w:rPr", &["w:rStyle", "w:w", "w:sz", "w:szCs"]),
    (
        "w:tblPr",
        &["w:tblStyle", "w:tblpPr", "w:tblW", "w:jc", "w:tblInd", "w:tblBorders", "w:tblLayout", "w:tblCellMar"],
    ),
    ("w:tcPr", &["w:tcW", "w:gridSpan", "w:vMerge", "w:tcBorders", "w:shd", "w:tcMar", "w:vAlign"]),
];

/// The document's own part. `sections` in their order, the last one that of the document's end.
pub(super) fn document(xml: &[u8], sections: &[Section], descriptions: &[String], duplex: bool) -> Vec<u8> {
    let xml = mended(xml);
    let xml = with_sections(&xml, sections, duplex);
    let xml = with_descriptions(&xml, descriptions);
    // A row without a height is one of a head.
    let head =
        format!(r#"<w:trPr><w:cantSplit /><w:trHeight w:val="{LINE}" w:hRule="atLeast" /><w:tblHeader /></w:trPr>"#);
    xml.replace("<w:trPr><w:cantSplit /></w:trPr>", &head).into_bytes()
}

/// A header, a footer, or the part of numberings.
pub(super) fn part(xml: &[u8]) -> Vec<u8> {
    mended(xml).into_bytes()
}

fn mended(xml: &[u8]) -> String {
    let xml = String::from_utf8_lossy(xml);
    let xml = without_ids(&xml);
    ORDERS.iter().fold(xml, |xml, (parent, order)| in_order(&xml, parent, order))
}

/// Paragraphs' numbers come from a counter of the process: the same report would have others beside other reports. Nothing
/// refers to them.
fn without_ids(xml: &str) -> String {
    let mut parts = xml.split(" w14:paraId=\"");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(part.split_once('"').map_or(part, |(_, rest)| rest));
    }
    text
}

/// Sorts the children of each element of this name. Children that are not named keep to the end.
fn in_order(xml: &str, parent: &str, order: &[&str]) -> String {
    let (open, close) = (format!("<{parent}>"), format!("</{parent}>"));
    let mut text = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some((before, inside)) = rest.split_once(&open) {
        let Some((content, after)) = inside.split_once(&close) else { break };
        let mut children = children(content);
        let rank = |name: &str| order.iter().position(|known| *known == name).unwrap_or(order.len());
        children.sort_by_key(|(name, _)| rank(name));
        text.extend([before, &open]);
        text.extend(children.iter().map(|(_, child)| *child));
        text.push_str(&close);
        rest = after;
    }
    text + rest
}

/// The elements of a content that has no text between them, each with its name.
fn children(content: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = content;
    while let Some(tag_end) = rest.find('>') {
        let tag = &rest[..=tag_end];
        let name = tag.trim_start_matches('<').split([' ', '/', '>']).next().unwrap_or_default();
        let closing = format!("</{name}>");
        let end = match (tag.ends_with("/>"), rest.find(&closing)) {
            (false, Some(at)) => at + closing.len(),
            _ => tag_end + 1,
        };
        found.push((name, &rest[..end]));
        rest = &rest[end..];
    }
    found
}

/// Puts the properties of sections in place of the paragraphs that end them, and at the end.
fn with_sections(xml: &str, sections: &[Section], duplex: bool) -> String {
    let Some((body, last)) = xml.rsplit_once("<w:sectPr>") else { return xml.to_owned() };
    let Some((properties, end)) = last.split_once("</w:sectPr>") else { return xml.to_owned() };
    let (headers, footers): (Vec<_>, Vec<_>) = children(properties)
        .into_iter()
        .filter(|(name, _)| matches!(*name, "w:headerReference" | "w:footerReference"))
        .partition(|(name, _)| *name == "w:headerReference");
    let references: String = headers.into_iter().chain(footers).map(|(_, reference)| reference).collect();
    let mark = format!(r#"<w:pStyle w:val="{END_STYLE}" />"#);
    let mut sections = sections.iter().map(|section| section.properties(&references, duplex));
    let mut text = String::with_capacity(body.len());
    let mut parts = body.split(&mark);
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        // The mark stands first in the paragraph's properties, sections last.
        let (inside, after) = part.split_once("</w:pPr>").unwrap_or((part, ""));
        let section = sections.next().unwrap_or_default();
        text.extend([&mark, inside, &section, "</w:pPr>", after]);
    }
    text + sections.next().unwrap_or_default().as_str() + end
}

/// Gives each picture a number, and what is read out in its place.
fn with_descriptions(xml: &str, descriptions: &[String]) -> String {
    let mut parts = xml.split(r#"<wp:docPr id="1" name="Figure" />"#);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (i, part) in parts.enumerate() {
        let description = descriptions.get(i).map(|text| escaped(text)).unwrap_or_default();
        let number = i + 1;
        let _ = write!(text, r#"<wp:docPr id="{number}" name="图{number}" descr="{description}" />{part}"#);
    }
    text
}

/// A text as it stands in XML.
pub(super) fn escaped(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::docx::section::Kind;

    #[test]
    fn children_are_put_into_the_order_of_the_schema() {
        let xml = r#"<w:p><w:pPr><w:rPr><w:vanish /></w:rPr><w:ind w:left="1" /><w:pStyle w:val="a" /></w:pPr></w:p>"#;
        let sorted =
            r#"<w:p><w:pPr><w:pStyle w:val="a" /><w:ind w:left="1" /><w:rPr><w:vanish /></w:rPr></w:pPr></w:p>"#;
        let (parent, order) = ORDERS[0];
        assert_eq!(in_order(&format!("{xml}{xml}"), parent, order), sorted.repeat(2));
        assert_eq!(in_order("<w:p></w:p>", parent, order), "<w:p></w:p>");
    }

    #[test]
    fn each_section_ends_with_its_own_properties() {
        let xml = r#"<w:body><w:p><w:pPr><w:pStyle w:val="SectionEnd" /><w:rPr /></w:pPr></w:p><w:p /><w:sectPr><w:pgSz /><w:footerReference w:type="default" /></w:sectPr></w:body>"#;
        let section = |kind| Section { kind, restart: false, odd: false };
        let text = with_sections(xml, &[section(Kind::Landscape), section(Kind::Portrait)], true);
        let (first, last) = text.split_once("<w:p />").unwrap();
        assert!(first.contains(r#"<w:rPr /><w:sectPr><w:footerReference w:type="default" /><w:type"#), "{first}");
        assert!(first.contains("landscape") && !last.contains("landscape"));
        assert!(last.contains(r#"w:h="16838""#) && last.ends_with("</w:sectPr></w:body>"), "{last}");
    }

    #[test]
    fn numbers_of_the_process_leave_no_trace() {
        assert_eq!(without_ids(r#"<w:p w14:paraId="0000001f"><w:p w14:paraId="2">"#), "<w:p><w:p>");
    }
}
