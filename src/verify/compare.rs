//! The PDF itself against the one that its data give: pages, properties, the file.

use std::collections::BTreeMap;

use super::rebuild::Rebuilt;
use super::{Difference, Kind, Unproven, fixed, flow, glyphs, pages, properties, vocabulary};
use crate::attach::{Contents, open};
use crate::reader::{Raw, ReadError, Reader, StreamKind};

/// What differs, apart from the files that the PDF carries. Where the program or the faces are others, only what must not
/// depend on them counts.
pub(super) fn differences(pdf: &[u8], contents: &Contents, rebuilt: &Rebuilt) -> Result<glyphs::Found, Unproven> {
    let (of_pdf, again) = (open(pdf.to_vec())?, Reader::open(rebuilt.pdf.clone())?);
    let (left, right) = (of_pdf.document()?, again.document()?);
    // There might be anything in what was not read.
    if left.structure.is_cut || right.structure.is_cut {
        return Err(ReadError::TooLarge("读屏用的标签太多".to_owned()).into());
    }
    let (raw, raw_again) = (of_pdf.raw()?, again.raw()?);
    let alike = rebuilt.reasons.is_empty();
    let mut found = if alike { pages::differences(&left, &right) } else { flow::differences(&left, &right) };
    let (now, meant) = ((&left, &raw), (&right, &raw_again));
    found.extend(properties::differences(now, meant, contents, alike));
    if raw.annotations != raw_again.annotations {
        let text = format!("PDF 有 {} 处批注或表单，按所附的数据是 {} 处", raw.annotations, raw_again.annotations);
        found.push(Difference::new(Kind::Look, text));
    }
    found.extend(fixed::differences(now, meant, &found, alike));
    found.extend(vocabulary::differences(now, meant, alike));
    let (drawn, drawn_again) = (of_pdf.outlines(&left)?, again.outlines(&right)?);
    let glyphs = glyphs::compare((&left, &drawn), (&right, &drawn_again), rebuilt.faces);
    found.extend(glyphs.differences);
    if alike {
        found.extend(streams(&raw, &raw_again, &found));
    }
    found.extend(appended(pdf, &rebuilt.pdf));
    Ok(glyphs::Found { differences: found, unproven: glyphs.unproven })
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
