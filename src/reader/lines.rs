//! Glyphs → runs, words and lines, in the order of the content: the order in which text is copied out.
#![expect(clippy::float_arithmetic, reason = "geometry of a page, no amounts")]

use super::color::Color;
use super::geometry::Rect;
use super::page::{Glyph, Mark, Page};

/// Characters of one look that follow each other on a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The text.
    pub text: String,
    /// Their font, by its place in [`super::Document::fonts`].
    pub font: usize,
    /// Their size in points.
    pub size: f64,
    /// Their colour.
    pub color: Color,
    /// Where the first begins, from the left.
    pub x: f64,
    /// The baseline, from the top.
    pub y: f64,
    /// How far they reach along the direction of writing.
    pub width: f64,
    /// What they belong to.
    pub mark: Mark,
}

/// Characters of a line without a space between them.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// The text.
    pub text: String,
    /// Where it begins, from the left.
    pub x: f64,
    /// The baseline, from the top.
    pub y: f64,
    /// How far it reaches along the direction of writing.
    pub width: f64,
}

/// A line of text, or the part of it that is written in one go, such as the line of a table's cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its page, from 1.
    pub page: usize,
    /// The direction of writing, in degrees clockwise from rightwards.
    pub direction: i16,
    /// Its runs.
    pub runs: Vec<Run>,
    /// Its words.
    pub words: Vec<Word>,
    /// How many characters it has, without spaces.
    pub characters: usize,
}

impl Line {
    /// The text, with spaces where the page has them.
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// The run with the most characters: what the line looks like.
    pub fn main(&self) -> Option<&Run> {
        // The first of several equal ones.
        self.runs.iter().rev().max_by_key(|run| run.text.trim().chars().count())
    }

    /// The baseline, from the top, of upright text.
    pub fn y(&self) -> f64 {
        self.main().map_or(0.0, |run| run.y)
    }

    /// The boxes of its characters: from 0.88 of the size above the baseline to 0.12 below it, as Chinese faces are
    /// drawn. Spaces at the ends do not count.
    pub fn bounds(&self) -> Rect {
        let size = self.runs.iter().map(|run| run.size).fold(0.0, f64::max);
        let boxes = self.words.iter().map(|word| character_box((word.x, word.y), word.width, size, self.direction));
        boxes.reduce(|all, one| all.union(&one)).unwrap_or_default()
    }

    /// Whether all of it is an artifact: page number, running head.
    pub fn is_artifact(&self) -> bool {
        self.runs.iter().all(|run| run.mark.artifact)
    }
}

/// The box around characters that begin at a point.
fn character_box((x, y): (f64, f64), width: f64, size: f64, direction: i16) -> Rect {
    let (sin, cos) = f64::from(direction).to_radians().sin_cos();
    let place = |along: f64, down: f64| (x + along * cos - down * sin, y + along * sin + down * cos);
    Rect::around(place(0.0, -0.88 * size), place(width, 0.12 * size))
}

impl Page {
    /// Its lines, in the order of the content.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut line: Option<Builder> = None;
        for glyph in self.glyphs.iter().filter(|glyph| !glyph.text.is_empty() || glyph.width > 0.0) {
            match &mut line {
                Some(line) if line.continues(glyph) => line.add(glyph),
                _ => {
                    lines.extend(line.take().and_then(|line| line.finish(self.number)));
                    line = Some(Builder::new(glyph));
                }
            }
        }
        lines.extend(line.and_then(|line| line.finish(self.number)));
        lines
    }
}

struct Builder {
    direction: i16,
    runs: Vec<Run>,
    words: Vec<Word>,
    /// Whether the next character begins a word.
    broken: bool,
    /// Where the next glyph is expected, along the direction and across it.
    next: (f64, f64),
    size: f64,
}

/// What is farther on than this many sizes is another piece of text, such as the next cell.
const FAR: f64 = 3.0;

/// The same between two marked contents, which need not belong together.
const APART: f64 = 0.45;

/// A gap that stands for a space between Latin words, in sizes.
const SPACE: f64 = 0.2;

impl Builder {
    fn new(glyph: &Glyph) -> Self {
        let mut new = Self {
            direction: glyph.direction,
            runs: Vec::new(),
            words: Vec::new(),
            broken: true,
            next: place(glyph, glyph.direction),
            size: glyph.size,
        };
        new.add(glyph);
        new
    }

    fn continues(&self, glyph: &Glyph) -> bool {
        if glyph.direction != self.direction {
            return false;
        }
        let (along, across) = place(glyph, self.direction);
        let size = self.size.max(glyph.size);
        let gap = along - self.next.0;
        let together = self.runs.last().is_some_and(|run| run.mark == glyph.mark);
        let far = if together { FAR } else { APART } * size;
        (across - self.next.1).abs() < 0.5 * size && gap > -0.8 * size && gap < far
    }

    fn add(&mut self, glyph: &Glyph) {
        let (along, across) = place(glyph, self.direction);
        let gap = along - self.next.0;
        let before = self.runs.last().and_then(|run| run.text.chars().last());
        let after = glyph.text.chars().next();
        let spaced = gap > SPACE * glyph.size && before.zip(after).is_some_and(|(a, b)| is_latin(a) && is_latin(b));
        self.add_to_run(glyph, spaced);
        if glyph.text.trim().is_empty() {
            self.broken |= !glyph.text.is_empty();
        } else {
            self.add_to_word(glyph, spaced);
        }
        self.next = (along + glyph.width, across);
        self.size = glyph.size;
    }

    fn add_to_run(&mut self, glyph: &Glyph, spaced: bool) {
        let space = if spaced { " " } else { "" };
        let direction = self.direction;
        if let Some(run) = self.runs.last_mut() {
            let same = run.font == glyph.font && run.mark == glyph.mark && run.color == glyph.color;
            if same && (run.size - glyph.size).abs() < 0.01 {
                run.text.push_str(space);
                run.text.push_str(&glyph.text);
                run.width = place(glyph, direction).0 + glyph.width - place_of(run.x, run.y, direction).0;
                return;
            }
            run.text.push_str(space);
        }
        self.runs.push(Run {
            text: glyph.text.clone(),
            font: glyph.font,
            size: glyph.size,
            color: glyph.color.clone(),
            x: glyph.x,
            y: glyph.y,
            width: glyph.width,
            mark: glyph.mark,
        });
    }

    fn add_to_word(&mut self, glyph: &Glyph, spaced: bool) {
        let direction = self.direction;
        match self.words.last_mut() {
            Some(word) if !self.broken && !spaced => {
                word.text.push_str(&glyph.text);
                word.width = place(glyph, direction).0 + glyph.width - place_of(word.x, word.y, direction).0;
            }
            _ => {
                let Glyph { text, x, y, width, .. } = glyph;
                self.words.push(Word { text: text.clone(), x: *x, y: *y, width: *width });
            }
        }
        self.broken = false;
    }

    /// The line, unless it is blank.
    fn finish(self, page: usize) -> Option<Line> {
        let characters = self.words.iter().map(|word| word.text.chars().count()).sum();
        let Self { direction, runs, words, .. } = self;
        (characters > 0).then_some(Line { page, direction, runs, words, characters })
    }
}

/// A glyph's origin along a direction and across it.
fn place(glyph: &Glyph, direction: i16) -> (f64, f64) {
    place_of(glyph.x, glyph.y, direction)
}

fn place_of(x: f64, y: f64, direction: i16) -> (f64, f64) {
    let (sin, cos) = f64::from(direction).to_radians().sin_cos();
    (x * cos + y * sin, y * cos - x * sin)
}

fn is_latin(character: char) -> bool {
    character.is_ascii_graphic()
}
