//! Cells of tables that reach over several rows. Where a page breaks within them, their words stand on either page: they come
//! more or less often with other faces, and in the same order all the same.

use std::collections::{BTreeMap, BTreeSet};

use super::difference::quoted;
use super::flow::{Item, text};
use super::{Difference, Kind};
use crate::reader::{Document, Element};

/// The words of such cells. Those that only the PDF says to be such are none if they have digits: a figure that is said to
/// reach over two rows would not be compared.
pub(super) fn names(of_pdf: &Document, again: &Document) -> BTreeSet<String> {
    let merged = |document: &Document| -> Vec<String> {
        let all = document.structure.all().into_iter();
        let merged = all.filter(|element| element.role == "TD" && element.span.1 > 1);
        merged.map(words).collect()
    };
    let own = merged(of_pdf).into_iter().filter(|name| !name.contains(|c: char| c.is_ascii_digit()));
    own.chain(merged(again)).collect()
}

/// The words without those of such cells, and the first of each of these, in order.
pub(super) fn taken_out<'a>(items: &[Item<'a>], names: &BTreeSet<String>) -> (Vec<Item<'a>>, Vec<(String, usize)>) {
    let (mut kept, mut taken): (Vec<Item<'a>>, Vec<(String, usize)>) = (Vec::new(), Vec::new());
    let mut known = BTreeSet::new();
    for cell in items.chunk_by(|a, b| a.cell == b.cell) {
        let words = text(cell);
        match cell.first() {
            Some(first) if first.cell.is_some() && names.contains(&words) => {
                if known.insert(words.clone()) {
                    taken.push((words, first.page.number));
                }
            }
            _ => kept.extend_from_slice(cell),
        }
    }
    (kept, taken)
}

/// The first that differs.
pub(super) fn differences(now: &[(String, usize)], meant: &[(String, usize)]) -> Option<Difference> {
    let words = |list: &[(String, usize)], place: usize| list.get(place).map(|(words, _)| words.clone());
    let place = (0..now.len().max(meant.len())).find(|place| words(now, *place) != words(meant, *place))?;
    let page = now.get(place).or(now.last()).map_or(1, |(_, page)| *page);
    let (now, meant) = (words(now, place), words(meant, place));
    let what = format!("表里合并的格子是{}，按所附的数据是{}", quoted(now.as_deref()), quoted(meant.as_deref()));
    Some(Difference::on_page(Kind::Words, page, &what).sides(now.as_deref(), meant.as_deref()))
}

/// Words that fill more or fewer rows than in the other document: however pages break, the pieces of a cell reach over as
/// many rows as the cell, and a cell that only claims to reach over two adds one.
pub(super) fn rows_differ(of_pdf: &Document, again: &Document, names: &BTreeSet<String>) -> Option<Difference> {
    let (now, meant) = (rows(of_pdf, names), rows(again, names));
    let none = (0, 1);
    let counts = |name: &String| (*now.get(name).unwrap_or(&none), meant.get(name).unwrap_or(&none).0);
    let (name, ((now, page), meant)) = names.iter().map(|name| (name, counts(name))).find(|(_, (a, b))| a.0 != *b)?;
    let what = format!("表里写“{name}”的格子共占 {now} 行，按所附的数据是 {meant} 行");
    Some(Difference::on_page(Kind::Words, page, &what).sides(Some(&now.to_string()), Some(&meant.to_string())))
}

/// How many rows the cells with such words reach over, and the page of the first.
fn rows(document: &Document, names: &BTreeSet<String>) -> BTreeMap<String, (u64, usize)> {
    let mut rows: BTreeMap<String, (u64, usize)> = BTreeMap::new();
    for element in document.structure.all().into_iter().filter(|element| element.role == "TD") {
        let words = words(element);
        if names.contains(&words) {
            let page = element.pages.first().copied().unwrap_or(1);
            rows.entry(words).or_insert((0, page)).0 += u64::from(element.span.1.max(1));
        }
    }
    rows
}

fn words(element: &Element) -> String {
    element.text().chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_are_told_with_both_sides() {
        let list = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), 3)).collect::<Vec<_>>();
        assert_eq!(differences(&list(&["甲", "乙"]), &list(&["甲", "乙"])), None);
        let found = differences(&list(&["甲", "丙"]), &list(&["甲", "乙"])).unwrap();
        assert_eq!(found.message, "第3页：表里合并的格子是“丙”，按所附的数据是“乙”");
        assert!(differences(&list(&["甲"]), &list(&["甲", "乙"])).is_some());
    }
}
