//! The legend: keys with their names, in rows, each in the middle.

use super::canvas::{Canvas, WIDTH, WORDS, centred, count};
use super::text::width;
use super::{Print, Refusal, Scene};
use crate::compose::view::{LabelView, ShapeView};

/// The width and height of a key.
pub(super) const KEY: [i64; 2] = [20_000, 8_000];
/// From a key to its name.
const NEAR: i64 = 4_000;
/// From a name to the next key.
const APART: i64 = 20_000;
/// The height of a row.
const ROW: i64 = 16_000;
/// What is left white above the rows.
const ABOVE: i64 = 7_000;

/// How a series is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) enum Key {
    /// Bars with this pattern.
    Bar(usize),
    /// A line with these dashes and markers.
    Line(usize),
}

/// The rows of a legend.
#[derive(Debug, Default)]
pub(super) struct Legend {
    rows: Vec<Vec<(Key, Print)>>,
}

impl Legend {
    /// The legend of named series; nothing where there are no names.
    pub(super) fn of(scene: Scene<'_>, entries: impl Iterator<Item = (Key, Print)>) -> Result<Self, Refusal> {
        let mut rows: Vec<Vec<(Key, Print)>> = Vec::new();
        for entry in entries.filter(|(_, name)| !name.text.is_empty()) {
            if entry_width(&entry.1) > WIDTH {
                return Err(scene.refuse(&format!("图例里放不下“{}”", entry.1.text), "名称改短"));
            }
            match rows.last_mut().filter(|row| row_width(row) + APART + entry_width(&entry.1) <= WIDTH) {
                Some(row) => row.push(entry),
                None => rows.push(vec![entry]),
            }
        }
        Ok(Self { rows })
    }

    /// The height of all rows and of what is left white above them.
    pub(super) fn height(&self) -> i64 {
        if self.rows.is_empty() { 0 } else { ABOVE + count(self.rows.len()) * ROW }
    }

    /// Draws the rows from a height on.
    pub(super) fn draw(&self, canvas: &mut Canvas, top: i64) {
        for (i, row) in self.rows.iter().enumerate() {
            let top = top + ABOVE + count(i) * ROW;
            let mut left = (WIDTH - row_width(row)) / 2;
            for (key, name) in row {
                draw_key(canvas, *key, left, top + WORDS / 2);
                let label = LabelView { align: "left", ..centred(left + KEY[0] + NEAR, top, WORDS) };
                canvas.labels.push(name.clone().label(label));
                left += entry_width(name) + APART;
            }
        }
    }
}

fn entry_width(name: &Print) -> i64 {
    KEY[0] + NEAR + width(&name.text, WORDS)
}

fn row_width(row: &[(Key, Print)]) -> i64 {
    row.iter().map(|(_, name)| entry_width(name)).sum::<i64>() + APART * (count(row.len()) - 1)
}

/// A key, by its left edge and the height of its middle.
pub(super) fn draw_key(canvas: &mut Canvas, key: Key, left: i64, middle: i64) {
    match key {
        Key::Bar(pattern) => canvas.bar([left, middle - KEY[1] / 2], KEY, pattern),
        Key::Line(style) => {
            canvas.shapes.push(ShapeView::Path { points: vec![[left, middle], [left + KEY[0], middle]], dash: style });
            canvas.shapes.push(ShapeView::Marker { at: [left + KEY[0] / 2, middle], shape: style });
        }
    }
}
