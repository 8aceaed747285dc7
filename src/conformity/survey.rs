//! What the lines of a document are: page numbers, title, headings, body, cells of tables.
#![expect(clippy::float_arithmetic, reason = "geometry of a page, no amounts")]

use std::collections::BTreeMap;

use super::faces;
use super::lines::{
    alone, halves, is_cell, is_folio, is_mark, main_size, notes, printed_bounds, signed, upright_rules,
};
use super::tolerance;
use crate::gbt9704::{BINDING, OUTER};
use crate::reader::{Document, Line, MM, Page, Rect, Run, Shape};
use crate::typeset::Role;

/// A document, looked through once.
pub(super) struct Survey<'d> {
    pub(super) document: &'d Document,
    pub(super) pages: Vec<Leaf<'d>>,
    /// The size of the body in points, by most characters.
    pub(super) body_size: Option<f64>,
    /// Whether the margins are the same on all pages, as for printing on one side; `None` where odd and even pages
    /// cannot be compared.
    pub(super) one_sided: Option<bool>,
}

/// A page with its lines sorted out.
pub(super) struct Leaf<'d> {
    pub(super) page: &'d Page,
    /// Lines of text, without the page number and ornaments.
    pub(super) lines: Vec<Line>,
    /// Which of them stand alone at their height: those that do not are cells of a table.
    pub(super) alone: Vec<bool>,
    /// The line of the page number.
    pub(super) folio: Option<Line>,
}

impl Leaf<'_> {
    pub(super) fn is_landscape(&self) -> bool {
        self.page.width > self.page.height
    }

    /// Lines that stand alone, upright, from the top.
    pub(super) fn single_lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().zip(&self.alone).filter(|(line, alone)| **alone && line.direction == 0).map(|(line, _)| line)
    }

    pub(super) fn is_blank(&self) -> bool {
        self.lines.is_empty() && self.shapes().next().is_none()
    }

    /// What is drawn on the sheet: crop marks stand outside.
    pub(super) fn shapes(&self) -> impl Iterator<Item = &Shape> {
        self.page.shapes.iter().filter(|shape| {
            let at = &shape.bounds;
            at.right > 0.0 && at.left < self.page.width && at.bottom > 0.0 && at.top < self.page.height
        })
    }
}

impl<'d> Survey<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        let pages: Vec<Leaf<'d>> = document.pages.iter().map(leaf).collect();
        let body_size = body_size(&pages);
        let mut survey = Self { document, pages, body_size, one_sided: None };
        survey.one_sided = survey.is_one_sided();
        survey
    }

    /// Lines of the body on a page: alone, and of the size of most text.
    pub(super) fn body<'s>(&'s self, leaf: &'s Leaf<'d>) -> impl Iterator<Item = &'s Line> {
        let size = self.body_size.unwrap_or(0.0);
        leaf.single_lines().filter(move |line| main_size(line).is_some_and(|of| (of - size).abs() <= tolerance::SIZE))
    }

    /// Portrait pages with their lines of the body, of pages that have any.
    pub(super) fn body_pages(&self) -> impl Iterator<Item = (&Leaf<'d>, Vec<&Line>)> {
        let upright = self.pages.iter().filter(|leaf| !leaf.is_landscape());
        upright.map(|leaf| (leaf, self.body(leaf).collect::<Vec<_>>())).filter(|(_, lines)| !lines.is_empty())
    }

    /// Whether the first page is a cover: a few words, no page number, and other pages after it. The standard has none;
    /// reports often do.
    pub(super) fn has_cover(&self) -> bool {
        const FEW: usize = 20;
        const LONG_LINE: usize = 48;
        let cover = self.pages.first().is_some_and(|leaf| {
            leaf.folio.is_none()
                && leaf.lines.len() < FEW
                && self.body(leaf).filter(|line| halves(line) >= LONG_LINE).count() == 0
        });
        cover && self.pages.iter().skip(1).any(|leaf| leaf.folio.is_some())
    }

    /// The first page of the text: behind a cover and its blank back.
    pub(super) fn first_of_text(&self) -> Option<&Leaf<'d>> {
        self.pages.iter().skip(usize::from(self.has_cover())).find(|leaf| !leaf.is_blank())
    }

    /// Lines of the title: larger than the body by some sizes, on the first page after the cover that has any.
    pub(super) fn title(&self) -> Vec<&Line> {
        const LARGER: f64 = 4.0;
        const PAGES: usize = 4;
        let size = self.body_size.unwrap_or(f64::INFINITY);
        let is_large = |line: &&Line| line.main().is_some_and(|run| run.size >= size + LARGER && !run.color.is_red());
        let is_title = |line: &&Line| is_large(line) && !is_mark(line);
        let pages = self.pages.iter().skip(usize::from(self.has_cover())).take(PAGES);
        let mut found = pages.map(|leaf| leaf.single_lines().filter(is_title).collect::<Vec<_>>());
        found.find(|lines| !lines.is_empty()).unwrap_or_default()
    }

    /// The role of a run's face.
    pub(super) fn role(&self, run: &Run) -> Option<Role> {
        faces::role(self.font_name(run))
    }

    /// The face of a run in words.
    pub(super) fn face_name(&self, run: &Run) -> String {
        match self.role(run) {
            // What sets digits beside a Chinese face is a Latin one.
            Some(Role::Latin) => "西文".to_owned(),
            Some(role) => role.name().to_owned(),
            None => format!("{}（认不出）", self.font_name(run)),
        }
    }

    fn font_name(&self, run: &Run) -> &str {
        self.document.fonts.get(run.font).map_or("", |font| &font.name)
    }

    /// Where body lines begin and end on a page, if that can be told: a line goes on at the left edge after one that
    /// is full, or there are many. A page of nothing but one-line paragraphs shows their indent alone.
    pub(super) fn sides(&self, leaf: &Leaf<'_>) -> Option<(f64, f64)> {
        let lines: Vec<Rect> = self.body(leaf).map(printed_bounds).collect();
        let left = lines.iter().map(|line| line.left).reduce(f64::min)?;
        let right = lines.iter().map(|line| line.right).reduce(f64::max)?;
        let size = self.body_size.unwrap_or_default();
        // Two lines of as many characters as the standard has, which are set in by none.
        let full = lines.iter().filter(|line| line.left < left + 1.0 && FULL_LINE.contains(&(line.width() / size)));
        let is_full = full.count() > 1;
        let goes_on = lines.windows(2).any(|pair| match pair {
            [before, line] => line.left < left + 1.0 && before.left > left + size && before.right > right - 2.0 * size,
            _ => false,
        });
        let tells =
            is_full || goes_on && right - left > LONG * size || lines.len() >= MANY && right - left > FULL * size;
        tells.then_some((left, right))
    }

    /// Lines of the body on a page that begin a paragraph: after one that ends short, or set in.
    pub(super) fn paragraphs<'s>(&'s self, leaf: &'s Leaf<'d>) -> Vec<&'s Line> {
        let Some((left, right)) = self.sides(leaf) else { return Vec::new() };
        let size = self.body_size.unwrap_or_default();
        let mut after_short = false;
        let mut begun = Vec::new();
        let lines: Vec<&Line> = self.body(leaf).collect();
        for (line, is_signed) in lines.iter().zip(signed(&lines)) {
            let bounds = printed_bounds(line);
            if !is_signed && (after_short || bounds.left > left + size) {
                begun.push(*line);
            }
            after_short = bounds.right < right - 1.5 * size;
        }
        begun
    }

    /// The distance between lines of the body that most have, of pages with some lines: there may be a space between any
    /// two.
    pub(super) fn pitch(&self) -> Option<f64> {
        const SOME: usize = 5;
        let mut pitches = Vec::new();
        for (_, lines) in self.body_pages().filter(|(_, lines)| lines.len() >= SOME) {
            let mut heights: Vec<f64> = lines.iter().map(|line| line.y()).collect();
            heights.sort_by(f64::total_cmp);
            let pairs = heights.windows(2).filter_map(|pair| match pair {
                [upper, lower] => Some(lower - upper),
                _ => None,
            });
            pitches.extend(pairs.filter(|pitch| *pitch > 4.0));
        }
        median(pitches)
    }

    /// Whether a page ends because it is full: the next one goes on with a line of a paragraph.
    pub(super) fn is_full(&self, leaf: &Leaf<'_>) -> bool {
        let Some(next) = self.pages.iter().find(|next| next.page.number == leaf.page.number + 1) else { return false };
        let first = self.body(next).next().filter(|line| next.lines.iter().all(|other| other.y() >= line.y() - 1.0));
        let size = self.body_size.unwrap_or_default();
        let left = self.sides(next).map(|(left, _)| left);
        first.zip(left).is_some_and(|(line, left)| printed_bounds(line).left < left + size)
    }

    /// The margins that a page may have on the left and right of the upright sheet.
    pub(super) fn margins(&self, leaf: &Leaf<'_>) -> &'static [(f64, f64)] {
        const BOTH: [(f64, f64); 2] = [(BINDING.points(), OUTER.points()), (OUTER.points(), BINDING.points())];
        match (leaf.page.number.is_multiple_of(2), self.one_sided) {
            (false, _) | (true, Some(true)) => &BOTH[..1],
            (true, Some(false)) => &BOTH[1..],
            (true, None) => &BOTH,
        }
    }

    /// Whether a page is one of running text: no cover, and no list of contents.
    pub(super) fn is_text(&self, leaf: &Leaf<'_>) -> bool {
        const LINES: usize = 3;
        let long = |line: &&Line| line.characters >= 24 && !line.text().contains("…") && !line.text().contains("...");
        self.body(leaf).filter(long).count() >= LINES
    }

    fn is_one_sided(&self) -> Option<bool> {
        let left = |even: bool| {
            let pages = self.pages.iter().filter(|leaf| !leaf.is_landscape() && (leaf.page.number % 2 == 0) == even);
            median(pages.filter_map(|leaf| self.sides(leaf)).map(|(left, _)| left).collect())
        };
        left(false).zip(left(true)).map(|(odd, even)| (odd - even).abs() < 1.0 * MM)
    }
}

/// Characters of a line that is no short paragraph.
const LONG: f64 = 16.0;

/// The width of a line of 28 characters, in characters: some faces are a little narrower than their size.
const FULL_LINE: std::ops::Range<f64> = 27.0..28.7;

/// So many lines that some begin at the left edge, if any is longer than a line that is set in can be.
const MANY: usize = 10;

/// Characters of a line that begins at the left edge: one that is set in has 26 of 28.
const FULL: f64 = 26.5;

fn leaf(page: &Page) -> Leaf<'_> {
    let mut lines: Vec<Line> = page.lines();
    lines.retain(|line| !line.runs.iter().all(|run| run.text.trim().is_empty()));
    let number = lines.iter().rposition(|line| is_folio(page, line));
    let folio = number.map(|at| lines.remove(at));
    // Ornaments lie across the text, like a watermark, and are as large.
    lines.retain(|line| line.direction % 90 == 0);
    let mut alone = alone(&lines);
    let rules = upright_rules(page);
    for ((alone, line), is_note) in alone.iter_mut().zip(&lines).zip(notes(&lines)) {
        *alone &= !is_cell(&rules, line) && !is_note;
    }
    Leaf { page, lines, alone, folio }
}

/// The size of most characters in lines that stand alone on upright pages.
fn body_size(pages: &[Leaf<'_>]) -> Option<f64> {
    let mut sizes: BTreeMap<i64, (usize, f64)> = BTreeMap::new();
    for line in pages.iter().filter(|leaf| !leaf.is_landscape()).flat_map(Leaf::single_lines) {
        if let Some(size) = main_size(line) {
            let entry = sizes.entry(rounded(size * 10.0)).or_insert((0, size));
            entry.0 += line.characters;
        }
    }
    sizes.into_values().max_by_key(|(count, _)| *count).map(|(_, size)| size)
}

pub(super) fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    // Of two in the middle the smaller.
    values.get(values.len().saturating_sub(1) / 2).copied()
}

#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "a key to sort by; it saturates")]
pub(super) fn rounded(value: f64) -> i64 {
    value.round() as i64
}

/// Millimetres with one decimal.
pub(super) fn mm(points: f64) -> String {
    format!("{:.1}毫米", points / MM)
}

/// Points without needless decimals.
pub(super) fn pt(points: f64) -> String {
    let text = format!("{points:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned() + "磅"
}
