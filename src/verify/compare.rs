//! The PDF itself against the one that its data give: pages, properties, the file.

use std::collections::BTreeMap;

use super::rebuild::Rebuilt;
use super::{Difference, Kind, Unproven, flow, pages};
use crate::attach::{Contents, open};
use crate::reader::{Document, Raw, Reader, StreamKind};

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

/// What differs, apart from the files that the PDF carries. Where the program or the faces are others, only what must not
/// depend on them counts.
pub(super) fn differences(pdf: &[u8], contents: &Contents, rebuilt: &Rebuilt) -> Result<Vec<Difference>, Unproven> {
    let (of_pdf, again) = (open(pdf.to_vec())?, Reader::open(rebuilt.pdf.clone())?);
    let (left, right) = (of_pdf.document()?, again.document()?);
    let (raw, raw_again) = (of_pdf.raw()?, again.raw()?);
    let alike = rebuilt.reasons.is_empty();
    let mut found = if alike { pages::differences(&left, &right) } else { flow::differences(&left, &right) };
    found.extend(properties(&raw, &raw_again, contents));
    if raw.annotations != raw_again.annotations {
        let text = format!("PDF 有 {} 处批注或表单，按所附的数据是 {} 处", raw.annotations, raw_again.annotations);
        found.push(Difference::new(Kind::Look, text));
    }
    if alike {
        found.extend(xmp(&raw, &raw_again, &found));
        found.extend(structure(&left, &right, &found));
        found.extend(streams(&raw, &raw_again, &found));
        found.extend(catalogue(&left, &right));
    }
    found.extend(appended(pdf, &rebuilt.pdf));
    Ok(found)
}

fn properties(raw: &Raw, again: &Raw, contents: &Contents) -> Vec<Difference> {
    let mut found = Vec::new();
    for (key, name) in PROPERTIES {
        let mut meant = again.properties.get(key).cloned();
        if key == "Creator" {
            meant = Some(format!("jibao {}", contents.jibao));
        }
        let now = raw.properties.get(key);
        if now != meant.as_ref() {
            let side = |text: Option<&String>| text.map_or("（无）".to_owned(), |text| format!("“{text}”"));
            let text = format!("文档属性 {name} 是{}，按所附的数据是{}", side(now), side(meant.as_ref()));
            let difference = Difference { subject: Some(name.to_owned()), ..Difference::new(Kind::Property, text) };
            found.push(difference.sides(now.map(String::as_str), meant.as_deref()));
        }
    }
    found
}

/// The properties in XMP, where nothing else has shown that they differ.
fn xmp(raw: &Raw, again: &Raw, found: &[Difference]) -> Option<Difference> {
    if raw.xmp == again.xmp || found.iter().any(|difference| difference.kind == Kind::Property) {
        return None;
    }
    let (now, meant) = (tags(&raw.xmp), tags(&again.xmp));
    let place = now.iter().zip(&meant).position(|(a, b)| a != b).unwrap_or(now.len().min(meant.len()));
    let side = |tags: &[(String, String)]| tags.get(place).map(|(_, text)| text.clone());
    let (name, _) = now.get(place).or(meant.get(place))?;
    let (now, meant) = (side(&now), side(&meant));
    let shown = |text: &Option<String>| text.as_ref().map_or("（无）".to_owned(), |text| format!("“{text}”"));
    let text = format!("XMP 属性 {name} 是{}，按所附的数据是{}", shown(&now), shown(&meant));
    let difference = Difference { subject: Some(name.clone()), ..Difference::new(Kind::Property, text) };
    Some(difference.sides(now.as_deref(), meant.as_deref()))
}

/// The texts of XMP with the tags that they stand in. The numbers that identify a document are made from all of it, and
/// say nothing by themselves.
fn tags(xmp: &str) -> Vec<(String, String)> {
    let parts = xmp.split('<').filter_map(|part| part.split_once('>'));
    let texts = parts.filter(|(tag, text)| !tag.contains("ID") && !text.trim().is_empty());
    texts.map(|(tag, text)| (tag.to_owned(), text.to_owned())).collect()
}

/// What a screen reader goes by, where the pages have shown nothing.
fn structure(of_pdf: &Document, again: &Document, found: &[Difference]) -> Option<Difference> {
    if found.iter().any(|difference| matches!(difference.kind, Kind::Words | Kind::Pages)) {
        return None;
    }
    let elements = |document: &Document| -> Vec<(String, [Option<String>; 3])> {
        let all = document.structure.all();
        all.iter().map(|e| (e.own_role.clone(), [e.alt.clone(), e.actual.clone(), e.title.clone()])).collect()
    };
    let (a, b) = (elements(of_pdf), elements(again));
    if a == b {
        return None;
    }
    let (now, meant) = a.iter().zip(&b).find(|(x, y)| x != y)?;
    let told = |(role, texts): &(String, [Option<String>; 3])| {
        let text = texts.iter().flatten().next();
        text.map_or_else(|| role.clone(), |text| format!("{role}：{text}"))
    };
    let (now, meant) = (told(now), told(meant));
    let text = format!("读屏用的标签或替代文字不同：“{now}”，按所附的数据是“{meant}”");
    Some(Difference::new(Kind::Look, text).sides(Some(&now), Some(&meant)))
}

/// Fonts, pictures and other contents that are not those of the report.
fn streams(raw: &Raw, again: &Raw, found: &[Difference]) -> Vec<Difference> {
    let seen = found.iter().any(|difference| !matches!(difference.kind, Kind::Property));
    let none = Vec::new();
    let mut more = Vec::new();
    for (kind, name) in [(StreamKind::Font, "字体文件"), (StreamKind::Image, "图片"), (StreamKind::Other, "内容流")]
    {
        let (now, meant) = (raw.streams.get(&kind).unwrap_or(&none), again.streams.get(&kind).unwrap_or(&none));
        let (extra, lost) = (beyond(now, meant), beyond(meant, now));
        // A page that differs has another content, which is told already.
        if extra + lost == 0 || (seen && kind == StreamKind::Other) {
            continue;
        }
        let text = format!("嵌在文件里的{name}不同：有 {extra} 个不是这份报告的，少 {lost} 个");
        more.push(Difference::new(Kind::File, text));
    }
    more
}

/// How many of the sums are not among the others; both are sorted, and a sum may stand there more than once.
fn beyond(sums: &[String], others: &[String]) -> usize {
    let mut left: BTreeMap<&String, usize> = BTreeMap::new();
    for sum in others {
        *left.entry(sum).or_default() += 1;
    }
    let mut beyond = 0;
    for sum in sums {
        match left.get_mut(sum) {
            Some(count) if *count > 0 => *count -= 1,
            _ => beyond += 1,
        }
    }
    beyond
}

/// Language, standards, settings for showing and printing.
fn catalogue(of_pdf: &Document, again: &Document) -> Vec<Difference> {
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
    let differing = sides.into_iter().filter(|(_, now, meant)| now != meant);
    differing
        .map(|(name, now, meant)| {
            let text = format!("{name}是 {now}，按所附的数据是 {meant}");
            let difference = Difference { subject: Some(name.to_owned()), ..Difference::new(Kind::Property, text) };
            difference.sides(Some(&now), Some(&meant))
        })
        .collect()
}

/// What was written behind the end of the file.
fn appended(pdf: &[u8], again: &[u8]) -> Option<Difference> {
    const END: &[u8] = b"%%EOF";
    if let Some(rest) = pdf.strip_prefix(again.trim_ascii_end()) {
        let text = format!("文件末尾追加了 {} 字节（增量更新）；前面与重排的相同", rest.len());
        return Some(Difference::new(Kind::File, text));
    }
    let ends = |data: &[u8]| data.windows(END.len()).filter(|window| *window == END).count();
    let (now, meant) = (ends(pdf), ends(again));
    let text = format!("文件写成之后又追加过 {} 次（增量更新）", now.saturating_sub(meant));
    (now > meant).then(|| Difference::new(Kind::File, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_appended_is_told() {
        let told = |pdf: &[u8]| appended(pdf, b"%PDF a %%EOF\n").map(|difference| difference.message);
        assert_eq!(told(b"%PDF a %%EOF\n"), Some("文件末尾追加了 1 字节（增量更新）；前面与重排的相同".to_owned()));
        assert_eq!(
            told(b"%PDF a %%EOF\nb %%EOF"),
            Some("文件末尾追加了 8 字节（增量更新）；前面与重排的相同".to_owned())
        );
        assert_eq!(told(b"%PDF b %%EOF x %%EOF"), Some("文件写成之后又追加过 1 次（增量更新）".to_owned()));
        assert_eq!(told(b"%PDF b %%EOF"), None);
    }

    #[test]
    fn sums_count_as_often_as_they_stand() {
        let sums = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
        assert_eq!(beyond(&sums("aab"), &sums("ab")), 1);
        assert_eq!(beyond(&sums("ab"), &sums("aab")), 0);
    }
}
