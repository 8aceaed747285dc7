//! What the PDF says of itself: title, dates, language, standards.

use super::difference::quoted;
use super::{Difference, Kind};
use crate::attach::Contents;
use crate::reader::{Document, Raw};

/// The properties of a document, in words.
const PROPERTIES: [(&str, &str); 8] = [
    ("Title", "标题"),
    ("Author", "作者"),
    ("Subject", "主题"),
    ("Keywords", "关键词"),
    ("Creator", "创建程序"),
    ("Producer", "制作程序"),
    ("CreationDate", "创建时间"),
    ("ModDate", "修改时间"),
];

/// Tags of XMP that say how the file was written, not what it is.
const OF_WRITER: [&str; 6] = ["Producer", "NPages", "PDFVersion", "pdfaSchema:", "pdfaProperty:", "xmptk"];

/// What differs in them. Where the program is another, what it says of itself and of its way to write is its own.
pub(super) fn differences(
    (of_pdf, raw): (&Document, &Raw),
    (again, raw_again): (&Document, &Raw),
    contents: &Contents,
    alike: bool,
) -> Vec<Difference> {
    let mut found = properties(raw, raw_again, contents, alike);
    if found.is_empty() {
        found.extend(xmp(raw, raw_again, contents, alike));
    }
    found.extend(catalogue(of_pdf, again, alike));
    found
}

fn properties(raw: &Raw, again: &Raw, contents: &Contents, alike: bool) -> Vec<Difference> {
    let mut found = Vec::new();
    for (key, name) in PROPERTIES.into_iter().filter(|(key, _)| alike || *key != "Producer") {
        let mut meant = again.properties.get(key).cloned();
        if key == "Creator" {
            meant = Some(program(contents));
        }
        let (now, meant) = (raw.properties.get(key).map(String::as_str), meant.as_deref());
        if now != meant {
            let text = format!("文档属性 {name} 是{}，按所附的数据是{}", quoted(now), quoted(meant));
            let difference = Difference { subject: Some(name.to_owned()), ..Difference::new(Kind::Property, text) };
            found.push(difference.sides(now, meant));
        }
    }
    found
}

/// What a program calls itself.
fn program(contents: &Contents) -> String {
    format!("jibao {}", contents.jibao)
}

/// The properties in XMP.
fn xmp(raw: &Raw, again: &Raw, contents: &Contents, alike: bool) -> Option<Difference> {
    let own = concat!("jibao ", env!("CARGO_PKG_VERSION"));
    let meant = again.xmp.replace(own, &program(contents));
    let (mut now, mut meant) = (tags(&raw.xmp), tags(&meant));
    if !alike {
        for tags in [&mut now, &mut meant] {
            tags.retain(|(tag, _)| !OF_WRITER.iter().any(|word| tag.contains(word)));
        }
    }
    if now == meant {
        return attributes(raw, &again.xmp.replace(own, &program(contents)), alike);
    }
    let place = now.iter().zip(&meant).position(|(a, b)| a != b).unwrap_or(now.len().min(meant.len()));
    let side = |tags: &[(String, String)]| tags.get(place).map(|(_, text)| text.clone());
    let (name, _) = now.get(place).or(meant.get(place))?;
    let (now, meant) = (side(&now), side(&meant));
    let text = format!("XMP 属性 {name} 是{}，按所附的数据是{}", quoted(now.as_deref()), quoted(meant.as_deref()));
    let difference = Difference { subject: Some(name.clone()), ..Difference::new(Kind::Property, text) };
    Some(difference.sides(now.as_deref(), meant.as_deref()))
}

/// What stands in the tags of XMP themselves: a property may be written as an attribute.
fn attributes(raw: &Raw, meant: &str, alike: bool) -> Option<Difference> {
    let all = |xmp: &str| -> Vec<String> {
        let parts = xmp.split('<').filter_map(|part| part.split_once('>'));
        parts.map(|(tag, _)| tag.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    };
    let (now, meant) = (all(&raw.xmp), all(meant));
    let odd = now.iter().find(|tag| tag.contains('=') && !tag.starts_with('?') && !meant.contains(tag));
    let odd = odd.or_else(|| now.iter().zip(&meant).find(|(a, b)| alike && a != b).map(|(tag, _)| tag));
    let shown: String = odd?.chars().take(120).collect();
    let text = format!("XMP 里有程序不写的内容：“{shown}”");
    Some(Difference::new(Kind::Property, text).sides(Some(&shown), None))
}

/// The texts of XMP with the tags that they stand in. The numbers that identify a document are made from all of it, and
/// say nothing by themselves.
fn tags(xmp: &str) -> Vec<(String, String)> {
    let parts = xmp.split('<').filter_map(|part| part.split_once('>'));
    let texts = parts.filter(|(tag, text)| !tag.contains("ID") && !text.trim().is_empty());
    texts.map(|(tag, text)| (tag.to_owned(), text.to_owned())).collect()
}

/// Language, standards, settings for showing and printing.
fn catalogue(of_pdf: &Document, again: &Document, alike: bool) -> Vec<Difference> {
    let (a, b) = (&of_pdf.metadata, &again.metadata);
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "（无）".to_owned());
    let viewer = |metadata: &crate::reader::Metadata| {
        let viewer = &metadata.viewer;
        format!("{}，{}", text(&viewer.duplex), text(&viewer.print_scaling))
    };
    let sides = [
        ("语言", text(&a.lang), text(&b.lang)),
        ("PDF/A", text(&a.pdfa), text(&b.pdfa)),
        ("PDF/UA", text(&a.pdfua), text(&b.pdfua)),
        ("PDF 版本", a.version.clone(), b.version.clone()),
        ("打印设置", viewer(a), viewer(b)),
        ("书签数", a.outline.to_string(), b.outline.to_string()),
    ];
    let own = |name: &str| !alike && name == "PDF 版本";
    let differing = sides.into_iter().filter(|(name, now, meant)| now != meant && !own(name));
    differing
        .map(|(name, now, meant)| {
            let text = format!("{name}是 {now}，按所附的数据是 {meant}");
            let difference = Difference { subject: Some(name.to_owned()), ..Difference::new(Kind::Property, text) };
            difference.sides(Some(&now), Some(&meant))
        })
        .collect()
}
