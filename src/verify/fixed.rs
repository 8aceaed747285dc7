//! What does not depend on the program's version or on faces: sheets, page labels, bookmarks, names of files, and the tags
//! except for those of a table that come and go with the breaks of pages.

use std::collections::{BTreeMap, BTreeSet};

use super::difference::quoted;
use super::{Difference, Kind};
use crate::reader::{Document, Element, Raw};

/// What differs in it, apart from what has been found already.
pub(super) fn differences(
    (of_pdf, raw): (&Document, &Raw),
    (again, raw_again): (&Document, &Raw),
    found: &[Difference],
    alike: bool,
) -> Vec<Difference> {
    let mut more = sheets(raw, raw_again, if alike { found } else { &[] });
    more.extend(labels(raw, raw_again));
    more.extend(file_names(raw));
    // Where words or pages differ, so do the bookmarks and tags that hold them.
    if !found.iter().any(|difference| matches!(difference.kind, Kind::Words | Kind::Pages)) {
        more.extend(bookmarks(raw, raw_again).or_else(|| led_elsewhere((of_pdf, raw), (again, raw_again), alike)));
        more.extend(structure(of_pdf, again, alike).or_else(|| reading(of_pdf, again, alike)));
    }
    more
}

/// Sheets that no page of the report has, where the page is not told to look otherwise.
fn sheets(raw: &Raw, again: &Raw, found: &[Difference]) -> Vec<Difference> {
    let told: BTreeSet<usize> = found.iter().filter(|d| d.kind == Kind::Look).filter_map(|d| d.page).collect();
    let pages = (1..).zip(&raw.sheets).filter(|(page, sheet)| !told.contains(page) && !again.sheets.contains(sheet));
    let told = pages.map(|(page, sheet)| {
        let meant = again.sheets.get(page - 1).or(again.sheets.last());
        let what = match odd_entry(sheet, meant) {
            Some(("UserUnit", unit)) => format!("改了页面的度量单位（UserUnit 是 {unit}），印出来的大小不同"),
            Some((key @ ("CropBox" | "TrimBox" | "BleedBox" | "ArtBox"), _)) => {
                format!("改了页面的裁切范围（{key}），显示、印出的只是一部分")
            }
            _ => "纸张的大小或方向不同".to_owned(),
        };
        Difference::on_page(Kind::Look, page, &what)
    });
    told.collect()
}

/// The entry of a sheet that the other has not.
fn odd_entry<'a>(
    sheet: &'a BTreeMap<&'static str, String>,
    meant: Option<&BTreeMap<&'static str, String>>,
) -> Option<(&'static str, &'a str)> {
    let mut odd = sheet.iter().filter(|(key, value)| meant.and_then(|meant| meant.get(*key)) != Some(value));
    // What the whole sheet is explains what is cut from it.
    let media = sheet.get("MediaBox") != meant.and_then(|meant| meant.get("MediaBox"));
    odd.find(|(key, _)| !media || **key == "MediaBox").map(|(key, value)| (*key, value.as_str()))
}

fn labels(raw: &Raw, again: &Raw) -> Option<Difference> {
    let text = "翻页时显示的页码（页面标签）改过，与印在纸上的页码不一致";
    (raw.labels != again.labels).then(|| Difference::new(Kind::Look, text))
}

fn bookmarks<'a>(raw: &'a Raw, again: &'a Raw) -> Option<Difference> {
    if raw.bookmarks == again.bookmarks {
        return None;
    }
    let place = raw.bookmarks.iter().zip(&again.bookmarks).position(|(a, b)| a != b);
    let place = place.unwrap_or(raw.bookmarks.len().min(again.bookmarks.len()));
    let title = |raw: &'a Raw| raw.bookmarks.get(place).map(String::as_str);
    let (now, meant) = (title(raw), title(again));
    let text = format!("第 {} 个书签是{}，按所附的数据是{}", place + 1, quoted(now), quoted(meant));
    Some(Difference::new(Kind::Look, text).sides(now, meant))
}

/// A bookmark that leads to another place. Where pages may break elsewhere, its title stands on the page all the same.
fn led_elsewhere(
    (of_pdf, raw): (&Document, &Raw),
    (again, raw_again): (&Document, &Raw),
    alike: bool,
) -> Option<Difference> {
    let at = |document: &Document, place: Option<&(Option<usize>, String)>, title: &str| {
        let page = place.and_then(|(page, _)| document.pages.get(page.as_ref()?.checked_sub(1)?));
        let text: String = page.into_iter().flat_map(|page| &page.glyphs).map(|glyph| glyph.text.trim()).collect();
        text.contains(&title.split_whitespace().collect::<String>())
    };
    let other = |(place, title): &(usize, &String)| {
        let (now, meant) = (raw.places.get(*place), raw_again.places.get(*place));
        if alike { !same_place(now, meant) } else { at(again, meant, title) && !at(of_pdf, now, title) }
    };
    let (_, title) = raw.bookmarks.iter().enumerate().find(other)?;
    let text = format!("书签“{title}”点开后到的不是它的位置");
    Some(Difference::new(Kind::Look, text).sides(Some(title), None))
}

/// Whether two places are one, however many decimals a program writes.
#[expect(clippy::float_arithmetic, reason = "places on a page")]
fn same_place(now: Option<&(Option<usize>, String)>, meant: Option<&(Option<usize>, String)>) -> bool {
    let (Some((page, now)), Some((page_meant, meant))) = (now, meant) else { return now == meant };
    let alike = |(a, b): (&str, &str)| match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => (a - b).abs() < 0.05,
        _ => a == b,
    };
    page == page_meant
        && now.split(' ').count() == meant.split(' ').count()
        && now.split(' ').zip(meant.split(' ')).all(alike)
}

/// The order in which a screen reader comes by the words, and the heads that it names with each cell.
fn reading(of_pdf: &Document, again: &Document, alike: bool) -> Option<Difference> {
    let order = |document: &Document| -> Vec<_> {
        document.structure.contents.iter().map(|content| (content.page, content.mcid, content.cell)).collect()
    };
    if !alike {
        return None;
    }
    if order(of_pdf) != order(again) {
        return Some(Difference::new(Kind::Look, "读屏的次序不同：格子或段落调换过".to_owned()));
    }
    let text = "读屏时报出的表头不同：格子所属的表头改过".to_owned();
    (of_pdf.structure.headers != again.structure.headers).then(|| Difference::new(Kind::Look, text))
}

/// Files that one program shows under another name, or with other contents, than the next.
fn file_names(raw: &Raw) -> Vec<Difference> {
    let mut found = Vec::new();
    for file in &raw.file_names {
        let names = [Some(&file.in_tree), file.unicode.as_ref(), file.plain.as_ref()];
        if let Some(other) = names.into_iter().flatten().find(|name| **name != file.in_tree) {
            let what = format!("在 PDF 里还叫“{other}”：不同的阅读程序会看到不同的文件名");
            found.push(Difference::of_file(&file.in_tree, &what));
        }
        if file.contents != 1 {
            let what = format!("在 PDF 里有 {} 份内容：不同的阅读程序会取出不同的文件", file.contents);
            found.push(Difference::of_file(&file.in_tree, &what));
        }
    }
    found
}

/// What a screen reader goes by.
fn structure(of_pdf: &Document, again: &Document, alike: bool) -> Option<Difference> {
    let elements = |document: &Document| -> Vec<(String, [Option<String>; 4])> {
        let all = document.structure.all();
        let told = |e: &&Element| [e.alt.clone(), e.actual.clone(), e.title.clone(), e.lang.clone()];
        // With other faces, cells that reach over several rows come as often as pages break within them, and the rows that
        // are not parted at the end of a table are a foot where a page might break there.
        let by_page = |role: &str| matches!(role, "TD" | "TBody" | "TFoot");
        let counts = |e: &&&Element| alike || !by_page(&e.role) || told(e).iter().any(Option::is_some);
        all.iter().filter(counts).map(|e| (e.own_role.clone(), told(e))).collect()
    };
    let (a, b) = (elements(of_pdf), elements(again));
    if a == b {
        return None;
    }
    let nothing = (String::new(), [const { None }; 4]);
    let place = a.iter().zip(&b).position(|(x, y)| x != y).unwrap_or(a.len().min(b.len()));
    let (now, meant) = (a.get(place).unwrap_or(&nothing), b.get(place).unwrap_or(&nothing));
    let told = |(role, texts): &(String, [Option<String>; 4])| {
        let text = texts.iter().flatten().next();
        text.map_or_else(|| role.clone(), |text| format!("{role}：{text}"))
    };
    let (now, meant) = (told(now), told(meant));
    let text = format!("读屏用的标签或替代文字不同：“{now}”，按所附的数据是“{meant}”");
    Some(Difference::new(Kind::Look, text).sides(Some(&now), Some(&meant)))
}
