//! Bookmarks (ISO 32000-1, 12.3.3) and the numbers that pages are shown under (12.4.2).

use std::collections::BTreeSet;

use hayro_syntax::object::{Array, Dict, Object};

use super::limits::Limits;
use super::{ReadError, text};

/// The titles of the bookmarks, each before those in it.
pub(super) fn titles(catalog: &Dict<'_>, limits: &Limits) -> Result<Vec<String>, ReadError> {
    let items = items(catalog, limits)?;
    Ok(items.iter().map(|item| text::string(item, "Title").unwrap_or_default()).collect())
}

/// Where the bookmarks lead: the page by its object number, and the place on it as it is written.
pub(super) fn places(catalog: &Dict<'_>, limits: &Limits) -> Result<Vec<(i32, String)>, ReadError> {
    let place = |item: &Dict<'_>| {
        let written = item.get::<Array<'_>>("Dest").map(|dest| String::from_utf8_lossy(dest.data()).into_owned());
        let written = written.unwrap_or_default().replace(['[', ']'], " ").replace('/', " /");
        let mut words = written.split_whitespace();
        let page = words.next().and_then(|number| number.parse().ok()).unwrap_or_default();
        (page, words.skip(2).collect::<Vec<_>>().join(" "))
    };
    Ok(items(catalog, limits)?.iter().map(place).collect())
}

fn items<'a>(catalog: &Dict<'a>, limits: &Limits) -> Result<Vec<Dict<'a>>, ReadError> {
    let mut found = Vec::new();
    let mut todo: Vec<Dict<'_>> = first(catalog.get::<Dict<'_>>("Outlines").as_ref());
    while let Some(item) = todo.pop() {
        if found.len() >= limits.elements {
            return Err(ReadError::TooLarge("书签太多".to_owned()));
        }
        todo.extend(item.get::<Dict<'_>>("Next"));
        todo.extend(first(Some(&item)));
        found.push(item);
    }
    Ok(found)
}

fn first<'a>(of: Option<&Dict<'a>>) -> Vec<Dict<'a>> {
    of.and_then(|dict| dict.get::<Dict<'_>>("First")).into_iter().collect()
}

/// The ways in which pages are numbered: style, what stands before, and how far the number is from the page's place.
pub(super) fn labels(catalog: &Dict<'_>, limits: &Limits) -> Result<BTreeSet<String>, ReadError> {
    let mut found = BTreeSet::new();
    let mut todo: Vec<Dict<'_>> = catalog.get::<Dict<'_>>("PageLabels").into_iter().collect();
    for _ in 0..limits.pages {
        let Some(node) = todo.pop() else { return Ok(found) };
        let labels: Vec<Object<'_>> =
            node.get::<Array<'_>>("Nums").map(|all| all.iter::<Object<'_>>().collect()).unwrap_or_default();
        for pair in labels.chunks_exact(2) {
            let [Object::Number(place), Object::Dict(label)] = pair else { continue };
            let (style, before) = (text::name(label, "S"), text::string(label, "P"));
            let start = i64::from(label.get::<i32>("St").unwrap_or(1));
            let ahead = start.saturating_sub(place.as_i64());
            found.insert(format!("{} {} {ahead}", style.unwrap_or_default(), before.unwrap_or_default()));
        }
        todo.extend(node.get::<Array<'_>>("Kids").into_iter().flat_map(|kids| kids.iter::<Dict<'_>>()));
    }
    if todo.is_empty() { Ok(found) } else { Err(ReadError::TooLarge("页面标签太多".to_owned())) }
}
