//! The frame of bars, lines and columns: both axes, the names under them, the legend, the unit.

use rust_decimal::Decimal;

use super::axis::Axis;
use super::canvas::{Canvas, DIGITS, TOP, WIDTH, WORDS, centred, count, widest};
use super::legend::Legend;
use super::numbers::Numbers;
use super::text::wrap;
use super::{Print, Refusal, Scene};
use crate::compose::view::LabelView;
use crate::figures::Unit;

/// The least height between the ends of the axis of amounts.
pub(super) const LEAST_HEIGHT: i64 = 122_000;
/// A tick, outside the axis.
const TICK: i64 = 3_000;
/// From a tick to its number, from the axis to the names.
const NEAR: i64 = 2_500;
/// What a line of names takes besides its size.
const LEADING: i64 = 1_500;
/// What is left white beside each name.
const APART: i64 = 1_500;

/// Where amounts and categories stand.
#[derive(Debug)]
pub(super) struct Plot {
    pub(super) left: i64,
    pub(super) right: i64,
    pub(super) top: i64,
    pub(super) bottom: i64,
    axis: Axis,
    count: i64,
}

/// What labels need above the upper end of the axis and below the lower one.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Margins {
    pub(super) head: i64,
    pub(super) foot: i64,
}

/// What stands under the names of the categories.
#[derive(Debug)]
pub(super) enum Below {
    /// A legend; the numbers stand on the chart.
    Legend(Legend),
    /// A table of the numbers, which is the legend as well.
    Numbers(Numbers),
}

impl Below {
    fn left(&self) -> i64 {
        match self {
            Self::Legend(_) => 0,
            Self::Numbers(numbers) => numbers.left(),
        }
    }

    fn height(&self) -> i64 {
        match self {
            Self::Legend(legend) => legend.height(),
            Self::Numbers(numbers) => numbers.height(),
        }
    }
}

impl Plot {
    /// A plot for so many categories that is as wide as the drawing and not yet placed from top to bottom.
    pub(super) fn across(axis: Axis, categories: usize, below: &Below) -> Self {
        let ticks = axis.ticks();
        let left = widest(ticks.iter().map(|(_, text)| text.as_str()), DIGITS) + NEAR + TICK;
        let left = left.max(below.left());
        Self { left, right: WIDTH, top: 0, bottom: LEAST_HEIGHT, axis, count: count(categories).max(1) }
    }

    /// The width that each category has.
    pub(super) fn band(&self) -> i64 {
        (self.right - self.left) / self.count
    }

    /// The middle of a category.
    pub(super) fn centre(&self, category: usize) -> i64 {
        self.left + (self.right - self.left) * (2 * count(category) + 1) / (2 * self.count)
    }

    /// Where an amount stands.
    pub(super) fn y(&self, amount: Decimal) -> i64 {
        // What stands on the axis was found to fit on it.
        self.bottom - self.axis.position(amount, self.bottom - self.top).unwrap_or_default()
    }

    /// Places the plot between its margins and draws what stands around it.
    pub(super) fn frame(
        &mut self,
        scene: Scene<'_>,
        canvas: &mut Canvas,
        margins: Margins,
        (unit, categories, under): (&Unit, &[Print], &Below),
    ) -> Result<(), Refusal> {
        let names = Names::broken(scene, categories, self.band())?;
        let above = unit_line(canvas, unit) + margins.head;
        let below = margins.foot + NEAR + names.height() + under.height();
        let height = canvas.fit(above + LEAST_HEIGHT + below);
        (self.top, self.bottom) = (above, height - below);
        self.axes(canvas);
        names.write(canvas, self, self.bottom + margins.foot + NEAR);
        let top = height - under.height();
        match under {
            Below::Legend(legend) => legend.draw(canvas, top),
            Below::Numbers(numbers) => numbers.draw(scene, canvas, self, top)?,
        }
        Ok(())
    }

    fn axes(&self, canvas: &mut Canvas) {
        canvas.rule([self.left, self.top], [self.left, self.bottom]);
        let zero = self.y(Decimal::ZERO);
        canvas.rule([self.left, zero], [self.right, zero]);
        for (tick, text) in self.axis.ticks() {
            let y = self.y(tick);
            canvas.rule([self.left - TICK, y], [self.left, y]);
            let label = centred(self.left - TICK - NEAR, y - middle(DIGITS), DIGITS);
            canvas.write(LabelView { align: "right", ..label }, text);
        }
    }
}

/// From the top of a number's em box to the middle of its digits.
pub(super) fn middle(size: i64) -> i64 {
    size * 55 / 100
}

/// Writes the unit at the upper right and gives the height that it takes.
pub(super) fn unit_line(canvas: &mut Canvas, unit: &Unit) -> i64 {
    let name = unit.to_string();
    if name.is_empty() {
        return TOP;
    }
    canvas.write(LabelView { align: "right", ..centred(WIDTH, TOP, WORDS) }, format!("单位：{name}"));
    TOP + WORDS + 2 * NEAR
}

/// The names of the categories, broken into lines.
struct Names<'a> {
    lines: Vec<(&'a Print, Vec<String>)>,
    size: i64,
}

impl<'a> Names<'a> {
    fn broken(scene: Scene<'_>, categories: &'a [Print], band: i64) -> Result<Self, Refusal> {
        let at = |size: i64| {
            let lines = categories.iter().map(|name| Some((name, wrap(&name.text, size, band - 2 * APART)?)));
            lines.collect::<Option<Vec<_>>>().map(|lines| Self { lines, size })
        };
        let short = at(WORDS).filter(|names| names.deepest() <= 2);
        short.or_else(|| at(DIGITS)).ok_or_else(|| {
            let longest = categories.iter().max_by_key(|name| name.text.chars().count());
            let longest = longest.map(|name| name.text.as_str()).unwrap_or_default();
            scene.refuse(&format!("横轴上放不下“{longest}”"), "名称改短，或少列几项，或改用 构成、表")
        })
    }

    fn deepest(&self) -> usize {
        self.lines.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0)
    }

    fn height(&self) -> i64 {
        count(self.deepest()) * (self.size + LEADING)
    }

    fn write(self, canvas: &mut Canvas, plot: &Plot, top: i64) {
        for (category, (name, lines)) in self.lines.into_iter().enumerate() {
            for (i, line) in lines.into_iter().enumerate() {
                let label = centred(plot.centre(category), top + count(i) * (self.size + LEADING), self.size);
                let marks = if i == 0 { name.marks.clone() } else { Vec::new() };
                canvas.write(LabelView { marks, ..label }, line);
            }
        }
    }
}
