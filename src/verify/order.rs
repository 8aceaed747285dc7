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
    for (chunk, next) in chunks.iter().zip(chunks.iter().skip(1)) {
        if comes_after(chunk, next, |(_, again)| *again) && !comes_after(chunk, next, |(of_pdf, _)| *of_pdf) {
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
    let beside = across.abs() < 0.5 * size && along > 0.2 * one.glyph.width && along < one.glyph.width + 3.0 * size;
    beside || (across >= 0.5 * size && along < 0.5 * size)
}

/// Whether a piece of text is read after another: below it, on its right, or going on in its last line.
fn comes_after<'a>(one: &[Both<'a>], next: &[Both<'a>], side: fn(&Both<'a>) -> Item<'a>) -> bool {
    let ends = (one.last().map(side), next.first().map(side), one.first().map(side), next.last().map(side));
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
    let (a, b) = (bounds(one.iter().map(side)), bounds(next.iter().map(side)));
    let em = end.glyph.size.max(start.glyph.size);
    if b.top > a.bottom - 0.3 * em {
        return true;
    }
    let beside = b.bottom > a.top + 0.3 * em;
    beside && (b.left > a.left - 0.1 * em || (a.height() > 1.5 * em && b.bottom > a.bottom - 0.5 * em))
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
