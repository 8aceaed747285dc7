//! XMP metadata: the few properties that say which standards a file claims, and its title.
//!
//! They are looked for by name in the text rather than by an XML parser: the forms that writers use are an element or an
//! attribute, and a claim in any other form is one that no validator finds either.

/// What is read of XMP metadata.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Xmp {
    pub(super) title: Option<String>,
    pub(super) pdfa: Option<String>,
    pub(super) pdfua: Option<String>,
}

pub(super) fn read(bytes: &[u8]) -> Xmp {
    let text = String::from_utf8_lossy(bytes);
    let pdfa = property(&text, "pdfaid:part")
        .map(|part| part + property(&text, "pdfaid:conformance").unwrap_or_default().as_str());
    let title = between(&text, "<dc:title", "</dc:title>").and_then(|title| {
        let item = between(title, "<rdf:li", "</rdf:li>")?;
        let (_, title) = item.split_once('>')?;
        Some(unescape(title.trim())).filter(|title| !title.is_empty())
    });
    Xmp { title, pdfa, pdfua: property(&text, "pdfuaid:part") }
}

/// `<name>value</name>` or `name="value"`.
fn property(text: &str, name: &str) -> Option<String> {
    let element = between(text, &format!("<{name}>"), "<");
    let attribute = || {
        let (_, rest) = text.split_once(&format!("{name}="))?;
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        rest.get(1..)?.split(quote).next()
    };
    let value = element.or_else(attribute)?.trim();
    (!value.is_empty()).then(|| unescape(value))
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}

fn unescape(text: &str) -> String {
    let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
    plain.replace("&amp;", "&")
}
