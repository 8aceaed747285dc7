//! What the lines of a document are: page numbers, title, headings, body, cells of tables.
#![expect(clippy::float_arithmetic, reason = "geometry of a page, no amounts")]

use std::collections::BTreeMap;

use super::faces::{self, FaceRole};
use super::tolerance;
use crate::reader::{Document, Line, MM, Page, Rect, Run, Shape};

/// A document, looked through once.
pub(super) struct Survey<'d> {
    pub(super) document: &'d Document,
    pub(super) pages: Vec<Leaf<'d>>,
    /// The size of the body in points, by most characters.
    pub(super) body_size: Option<f64>,
    /// Whether the margins are the same on all pages, as for printing on one side.
    pub(super) one_sided: bool,
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
        // Crop marks stand outside the sheet.
        let on_sheet = |shape: &Shape| {
            let at = &shape.bounds;
            at.right > 0.0 && at.left < self.page.width && at.bottom > 0.0 && at.top < self.page.height
        };
        self.lines.is_empty() && !self.page.shapes.iter().any(on_sheet)
    }
}

impl<'d> Survey<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        let pages: Vec<Leaf<'d>> = document.pages.iter().map(leaf).collect();
        let body_size = body_size(&pages);
        let mut survey = Self { document, pages, body_size, one_sided: false };
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
        let cover = self.pages.first().is_some_and(|leaf| {
            leaf.folio.is_none()
                && leaf.lines.len() < FEW
                && self.body(leaf).filter(|line| line.characters >= 24).count() == 0
        });
        cover && self.pages.iter().skip(1).any(|leaf| leaf.folio.is_some())
    }

    /// Lines of the title: larger than the body by some sizes, on the first page after the cover that has any.
    pub(super) fn title(&self) -> Vec<&Line> {
        const LARGER: f64 = 4.0;
        const PAGES: usize = 4;
        let size = self.body_size.unwrap_or(f64::INFINITY);
        let is_title = |line: &&Line| {
            let run = line.main();
            run.is_some_and(|run| run.size >= size + LARGER && !run.color.is_red())
        };
        let pages = self.pages.iter().skip(usize::from(self.has_cover())).take(PAGES);
        let mut found = pages.map(|leaf| leaf.single_lines().filter(is_title).collect::<Vec<_>>());
        found.find(|lines| !lines.is_empty()).unwrap_or_default()
    }

    /// The role of a run's face.
    pub(super) fn role(&self, run: &Run) -> Option<FaceRole> {
        faces::role(self.font_name(run))
    }

    pub(super) fn font_name(&self, run: &Run) -> &str {
        self.document.fonts.get(run.font).map_or("", |font| &font.name)
    }

    /// Where body lines begin and end on a page, if that can be told: a line goes on at the left edge after one that
    /// is full, or there are many. A page of nothing but one-line paragraphs shows their indent alone.
    pub(super) fn sides(&self, leaf: &Leaf<'_>) -> Option<(f64, f64)> {
        let lines: Vec<Rect> = self.body(leaf).map(printed_bounds).collect();
        let left = lines.iter().map(|line| line.left).reduce(f64::min)?;
        let right = lines.iter().map(|line| line.right).reduce(f64::max)?;
        let size = self.body_size.unwrap_or_default();
        let goes_on = lines.windows(2).any(|pair| match pair {
            [before, line] => line.left < left + 1.0 && before.left > left + size && before.right > right - 2.0 * size,
            _ => false,
        });
        let tells = goes_on && right - left > LONG * size || lines.len() >= MANY && right - left > FULL * size;
        tells.then_some((left, right))
    }

    /// Lines of the body on a page that begin a paragraph: after one that ends short, or set in.
    pub(super) fn paragraphs<'s>(&'s self, leaf: &'s Leaf<'d>) -> Vec<&'s Line> {
        let Some((left, right)) = self.sides(leaf) else { return Vec::new() };
        let size = self.body_size.unwrap_or_default();
        let mut after_short = false;
        let mut begun = Vec::new();
        for line in self.body(leaf) {
            let bounds = printed_bounds(line);
            if after_short || bounds.left > left + size {
                begun.push(line);
            }
            after_short = bounds.right < right - 1.5 * size;
        }
        begun
    }

    fn is_one_sided(&self) -> bool {
        let left = |even: bool| {
            let pages = self.pages.iter().filter(|leaf| !leaf.is_landscape() && (leaf.page.number % 2 == 0) == even);
            median(pages.filter_map(|leaf| self.sides(leaf)).map(|(left, _)| left).collect())
        };
        left(false).zip(left(true)).is_some_and(|(odd, even)| (odd - even).abs() < 1.0 * MM)
    }
}

/// Characters of a line that is no short paragraph.
const LONG: f64 = 16.0;

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
    let alone = alone(&lines);
    Leaf { page, lines, alone, folio }
}

/// Which lines have no other beside them.
fn alone(lines: &[Line]) -> Vec<bool> {
    let beside = |a: &Line, b: &Line| a.direction == b.direction && (a.y() - b.y()).abs() < 2.0;
    let mut by_height: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        by_height.entry(rounded(line.y())).or_default().push(at);
    }
    let near = |line: &Line| {
        let height = rounded(line.y());
        by_height.range(height.saturating_sub(3)..=height.saturating_add(3)).flat_map(|(_, all)| all).copied()
    };
    let others = |at: usize, line: &Line| {
        near(line).filter(|other| *other != at).filter_map(|other| lines.get(other)).any(|other| beside(line, other))
    };
    lines.iter().enumerate().map(|(at, line)| !others(at, line)).collect()
}

/// Whether a line is a page number: digits between dashes or bare, or 第n页, at the foot of the sheet.
fn is_folio(page: &Page, line: &Line) -> bool {
    let text: String = line.text().chars().filter(|c| !c.is_whitespace()).collect();
    let inner = text.trim_matches(|c| is_dash(c) || matches!(c, '第' | '页' | '·' | '・'));
    let numbers = inner.split(['/', '／', '共']).map(|part| part.trim_matches(['第', '页', '，', ',']));
    let is_number = !inner.is_empty()
        && numbers.into_iter().all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()));
    let bounds = line.bounds();
    let at_foot = match line.direction {
        0 => bounds.top > page.height * 0.85,
        90 => bounds.right < page.width * 0.15,
        -90 => bounds.left > page.width * 0.85,
        _ => false,
    };
    is_number && at_foot && text.chars().count() <= 16
}

pub(super) fn is_dash(character: char) -> bool {
    matches!(character, '—' | '–' | '―' | '-' | '－' | '−' | '─' | '一' | '~' | '～')
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

pub(super) fn main_size(line: &Line) -> Option<f64> {
    line.main().map(|run| run.size)
}

/// The box of a line, without the blank half of a punctuation mark at either end, which may hang out.
pub(super) fn printed_bounds(line: &Line) -> Rect {
    let mut bounds = line.bounds();
    let half = line.main().map_or(0.0, |run| run.size / 2.0);
    let text = line.text();
    if text
        .trim_end()
        .ends_with(['，', '。', '、', '；', '：', '！', '？', '）', '》', '〉', '”', '’', '」', '』', '〕', '】'])
    {
        bounds.right -= half;
    }
    if text.trim_start().starts_with(['（', '《', '〈', '“', '‘', '「', '『', '〔', '【']) {
        bounds.left += half;
    }
    bounds
}

pub(super) fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
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
