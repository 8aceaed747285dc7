//! The numbers of a chart as a table under its axis, where they would stand in each other's way on it.

use super::canvas::{Canvas, DIGITS, SMALL_DIGITS, WIDTH, centred, count, widest};
use super::legend::{KEY, Key, draw_key};
use super::plot::{Plot, middle};
use super::text::{width, wrap};
use super::{NOT_GIVEN, Print, Refusal, Scene};
use crate::compose::view::LabelView;

/// From a key to its name, and from the name to the first number.
const NEAR: i64 = 3_000;
/// The most that a line of a name takes.
const NAME: i64 = 72_000;
/// From one line of a name to the next.
const LEADING: i64 = DIGITS + 1_500;
/// The height of a row besides its name.
const ROOM: i64 = 5_000;
/// What is left white above the table.
const ABOVE: i64 = 3_000;

/// A row a series.
#[derive(Debug)]
pub(super) struct Numbers {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    key: Key,
    name: Vec<String>,
    marks: Vec<usize>,
    numbers: Vec<Option<Print>>,
}

impl Numbers {
    /// The table of these series, with their numbers by category.
    pub(super) fn of(
        scene: Scene<'_>,
        series: impl Iterator<Item = (Key, Print)>,
        prints: Vec<Vec<Option<Print>>>,
    ) -> Result<Self, Refusal> {
        let mut rows = Vec::new();
        for ((key, Print { text, marks }), numbers) in series.zip(prints) {
            let name =
                wrap(&text, DIGITS, NAME).ok_or_else(|| scene.refuse(&format!("图例里放不下“{text}”"), "名称改短"))?;
            rows.push(Row { key, name, marks, numbers });
        }
        Ok(Self { rows })
    }

    /// The width of keys and names.
    pub(super) fn left(&self) -> i64 {
        let names = self.rows.iter().flat_map(|row| row.name.iter().map(String::as_str));
        KEY[0] + NEAR + widest(names, DIGITS) + NEAR
    }

    /// The height of all rows and of what is left white above them.
    pub(super) fn height(&self) -> i64 {
        ABOVE + self.rows.iter().map(Row::height).sum::<i64>()
    }

    /// Draws the table from a height on, each number under its category.
    pub(super) fn draw(&self, scene: Scene<'_>, canvas: &mut Canvas, plot: &Plot, top: i64) -> Result<(), Refusal> {
        let texts = || self.rows.iter().flat_map(|row| row.numbers.iter().flatten()).map(|print| print.text.as_str());
        let fits = |size: &i64| texts().all(|text| width(text, *size) + 2_000 <= plot.band());
        let size = [DIGITS, SMALL_DIGITS].into_iter().find(fits).ok_or_else(|| super::too_long(scene, texts()))?;
        let mut top = top + ABOVE;
        for row in &self.rows {
            canvas.rule([0, top], [WIDTH, top]);
            row.draw(canvas, plot, top, size);
            top += row.height();
        }
        canvas.rule([0, top], [WIDTH, top]);
        Ok(())
    }
}

impl Row {
    fn height(&self) -> i64 {
        count(self.name.len().max(1)) * LEADING + ROOM
    }

    fn draw(&self, canvas: &mut Canvas, plot: &Plot, top: i64, size: i64) {
        let centre = top + self.height() / 2;
        draw_key(canvas, self.key, 0, centre);
        let first = centre - count(self.name.len()) * LEADING / 2 + (LEADING - DIGITS) / 2;
        for (i, line) in self.name.iter().enumerate() {
            let label = centred(KEY[0] + NEAR, first + count(i) * LEADING, DIGITS);
            let marks = if i == 0 { self.marks.clone() } else { Vec::new() };
            canvas.write(LabelView { align: "left", marks, ..label }, line);
        }
        for (category, number) in self.numbers.iter().enumerate() {
            let label = centred(plot.centre(category), centre - middle(size), size);
            match number {
                Some(print) => canvas.labels.push(print.clone().label(label)),
                None => canvas.write(label, NOT_GIVEN),
            }
        }
    }
}
