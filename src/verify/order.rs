//! Whether words are read in the order in which they are written in the file: a digit, a cell or a line may have been moved.
#![expect(clippy::float_arithmetic, reason = "geometry of a page, no amounts")]

use std::collections::BTreeMap;

use super::flow::{Both, Item};
use super::{Difference, Kind};
use crate::reader::Rect;

/// Characters that stand where they cannot in any layout of the data: where the one made again has them in order.
pub(super) fn differences(pairs: &[Both<'_>]) -> Vec<Difference> {
    let chunks: Vec<&[Both<'_>]> =
        pairs.chunk_by(|(_, a), (_, b)| a.page.number == b.page.number && a.glyph.mark == b.glyph.mark).collect();
    let mut moved: BTreeMap<usize, (usize, String)> = BTreeMap::new();
    let mut note = |item: &Item<'_>| {
        let entry = moved.entry(item.page.number).or_default();
        entry.0 += 1;
        if entry.1.is_empty() {
            entry.1.clone_from(&item.glyph.text);
        }
    };
    for chunk in &chunks {
        for ((x, y), (next, next_again)) in chunk.iter().zip(chunk.iter().skip(1)) {
            if follows(y, next_again) && !follows(x, next) {
                note(next);
            }
        }
    }
    let (ours, theirs) = (Side::new(pairs, |(of_pdf, _)| *of_pdf), Side::new(pairs, |(_, again)| *again));
    for (chunk, next) in chunks.iter().zip(chunks.iter().skip(1)) {
        if theirs.comes_after(chunk, next) && !ours.comes_after(chunk, next) {
            next.first().into_iter().for_each(|(item, _)| note(item));
        }
    }
    let told = |(page, (count, first)): (usize, (usize, String))| {
        let what = format!("有 {count} 处文字挪了位置，读的次序与所附的数据不同，第一处是“{first}”");
        Difference::on_page(Kind::Look, page, &what)
    };
    moved.into_iter().map(told).collect()
}

/// Where a character stands along its direction and across it.
fn place(item: &Item<'_>) -> (f64, f64) {
    let glyph = item.glyph;
    let (sin, cos) = f64::from(glyph.direction).to_radians().sin_cos();
    (glyph.x * cos + glyph.y * sin, glyph.y * cos - glyph.x * sin)
}

/// Whether a character is read right after another: next to it, or at the beginning of a line below.
fn follows(one: &Item<'_>, next: &Item<'_>) -> bool {
    if std::ptr::eq(one.glyph, next.glyph) || next.page.number > one.page.number {
        return true;
    }
    if next.page.number < one.page.number || one.glyph.direction != next.glyph.direction {
        return false;
    }
    let (a, b) = (place(one), place(next));
    let (along, across) = (b.0 - a.0, b.1 - a.1);
    let size = one.glyph.size.max(next.glyph.size);
    let room = if squeezed(one.character) && squeezed(next.character) {
        // Both may give up their half.
        -0.05
    } else if squeezed(one.character) || squeezed(next.character) {
        0.45
    } else if one.character.is_ascii_alphabetic() {
        0.75
    } else {
        0.9
    };
    let beside = across.abs() < 0.15 * size && along > room * one.glyph.width && along < one.glyph.width + 3.0 * size;
    beside || (across >= 0.8 * size && along < 0.5 * size)
}

/// Whether it is punctuation of Chinese, which gives up half of its room; letters are kerned, and digits keep theirs.
pub(super) fn squeezed(character: char) -> bool {
    !character.is_ascii() && !character.is_alphanumeric()
}

/// One of both documents.
struct Side<'a> {
    of: fn(&Both<'a>) -> Item<'a>,
    /// The boxes of cells, by their page.
    cells: BTreeMap<(usize, usize), Rect>,
}

impl<'a> Side<'a> {
    fn new(pairs: &[Both<'a>], of: fn(&Both<'a>) -> Item<'a>) -> Self {
        let mut cells: BTreeMap<(usize, usize), Rect> = BTreeMap::new();
        for item in pairs.iter().map(of) {
            let Some(cell) = item.cell else { continue };
            let own = bounds([item].into_iter());
            cells.entry((cell, item.page.number)).and_modify(|all| *all = all.union(&own)).or_insert(own);
        }
        Self { of, cells }
    }

    /// Whether a piece of text is read after another: below it, on its right, or going on in its last line.
    fn comes_after(&self, one: &[Both<'a>], next: &[Both<'a>]) -> bool {
        let ends =
            (one.last().map(self.of), next.first().map(self.of), one.first().map(self.of), next.last().map(self.of));
        let (Some(end), Some(start), Some(first), Some(last)) = ends else { return true };
        if end.page.number != start.page.number {
            return end.page.number < start.page.number;
        }
        // A piece that begins in the middle of a line and goes on in the next lies on the left of the line's end as well.
        if follows(&end, &start) {
            return true;
        }
        // What goes over a page, or is turned, has no one box.
        let apart = first.page.number != end.page.number || last.page.number != start.page.number;
        if apart || first.glyph.direction != start.glyph.direction {
            return true;
        }
        let (a, b) = self.boxes((one, &end), (next, &start));
        let em = end.glyph.size.max(start.glyph.size);
        if b.top > a.bottom - 0.3 * em {
            return true;
        }
        let beside = b.bottom > a.top + 0.3 * em;
        beside && (b.left > a.left - 0.1 * em || (a.height() > 1.5 * em && b.bottom > a.bottom - 0.5 * em))
    }

    /// The boxes of two pieces. A cell of more lines than the one before it begins above that: the whole cell stands beside.
    fn boxes(&self, (one, end): (&[Both<'a>], &Item<'a>), (next, start): (&[Both<'a>], &Item<'a>)) -> (Rect, Rect) {
        let cell = |item: &Item<'_>| item.cell.and_then(|cell| self.cells.get(&(cell, item.page.number)).copied());
        match (cell(end), cell(start)) {
            (Some(a), Some(b)) if end.cell != start.cell => (a, b),
            _ => (bounds(one.iter().map(self.of)), bounds(next.iter().map(self.of))),
        }
    }
}

/// The box around characters, along their direction and across it.
fn bounds<'a>(items: impl Iterator<Item = Item<'a>>) -> Rect {
    let boxes = items.map(|item| {
        let (along, across) = place(&item);
        Rect::around(
            (along, across - 0.8 * item.glyph.size),
            (along + item.glyph.width, across + 0.1 * item.glyph.size),
        )
    });
    boxes.reduce(|all, one| all.union(&one)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::{Color, Glyph, Mark, Page};

    fn item<'a>(page: &'a Page, (cell, glyph): &'a (usize, Glyph)) -> Item<'a> {
        Item { character: glyph.text.chars().next().unwrap(), page, glyph, cell: Some(*cell) }
    }

    #[test]
    fn a_cell_of_more_lines_begins_above_the_one_before_it() {
        let glyph = |text: &str, mcid: i32, x: f64, y: f64| {
            let (text, color) = (text.to_owned(), Color::default());
            let mark = Mark { mcid: Some(mcid), ..Mark::default() };
            Glyph { text, font: 0, size: 10.0, x, y, width: 10.0, direction: 0, color, invisible: false, mark }
        };
        let page = Page { number: 1, width: 595.0, height: 842.0, ..Page::default() };
        let number = (0, glyph("2", 0, 100.0, 100.0));
        let one_line = [number.clone(), (1, glyph("计", 1, 130.0, 100.0)), (1, glyph("算", 2, 140.0, 100.0))];
        let lines =
            |x: f64, top: f64| [number.clone(), (1, glyph("计", 1, x, top)), (1, glyph("算", 2, x, top + 13.0))];
        let found = |now: &[(usize, Glyph)]| {
            let both: Vec<Both<'_>> =
                now.iter().map(|of| item(&page, of)).zip(one_line.iter().map(|of| item(&page, of))).collect();
            differences(&both).len()
        };
        assert_eq!(found(&lines(130.0, 92.0)), 0);
        assert_eq!(found(&lines(130.0, 40.0)), 1);
        assert_eq!(found(&lines(60.0, 92.0)), 1);
    }
}
