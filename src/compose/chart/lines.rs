//! 折线: a line a series, each point with its number.

use super::bars::{axis, printed};
use super::canvas::{Canvas, DIGITS, SMALL_DIGITS, centred};
use super::data::{Data, Series};
use super::legend::{Key, Legend};
use super::plot::{Margins, Plot, middle};
use super::text::width;
use super::{Print, Refusal, Scene, too_long};
use crate::compose::view::{LabelView, ShapeView};

/// From a point to the middle of its number.
const NEAR: i64 = 9_500;
/// From the middle of a number to the next one's.
const LEADING: i64 = 9_500;
/// How near the middle of a number may come to another point.
const CLEAR: i64 = 7_500;

/// By how much its neighbours must stand above a point, taken together, for its number to stand below it.
const DEEP: i64 = 18_000;

pub(super) fn draw(scene: Scene<'_>, data: &Data) -> Result<Canvas, Refusal> {
    let prints = printed(scene, data);
    let mut plot = Plot::across(axis(scene, data)?, data.categories.len());
    let texts = || prints.iter().flatten().flatten().map(|print| print.text.as_str());
    let fits = |size: &i64| texts().all(|text| width(text, *size) + 1_000 <= plot.band());
    let size = [DIGITS, SMALL_DIGITS].into_iter().find(fits).ok_or_else(|| too_long(scene, texts()))?;
    let keys = data.series.iter().enumerate().map(|(i, one)| (Key::Line(i), one.name.clone()));
    let legend = Legend::of(scene, keys)?;
    let mut canvas = Canvas::default();
    let foot = if lowest_is_below_zero(data) { NEAR + DIGITS } else { 0 };
    let margins = Margins { head: NEAR + DIGITS / 2, foot };
    plot.frame(scene, &mut canvas, margins, (&data.unit, &data.categories, &legend))?;
    for (i, one) in data.series.iter().enumerate() {
        path(&mut canvas, &plot, one, i);
    }
    for category in 0..data.categories.len() {
        number(&mut canvas, &plot, data, &prints, (category, size, foot));
    }
    Ok(canvas)
}

fn lowest_is_below_zero(data: &Data) -> bool {
    data.series.iter().flat_map(|one| one.points.iter().flatten()).any(|datum| datum.amount.value.is_sign_negative())
}

/// The line of a series, broken where a year has no amount, and its markers.
fn path(canvas: &mut Canvas, plot: &Plot, one: &Series, style: usize) {
    let at = |(category, point): (usize, &Option<super::Datum>)| {
        point.as_ref().map(|datum| [plot.centre(category), plot.y(datum.amount.value)])
    };
    let points: Vec<Option<[i64; 2]>> = one.points.iter().enumerate().map(at).collect();
    for run in points.split(Option::is_none).filter(|run| run.len() > 1) {
        let points = run.iter().copied().flatten().collect();
        canvas.shapes.push(ShapeView::Path { points, dash: style });
    }
    let markers = points.into_iter().flatten().map(|at| ShapeView::Marker { at, shape: style });
    canvas.shapes.extend(markers);
}

/// A point of a category whose number is to be placed.
struct Point {
    y: i64,
    /// Whether the line comes from above and goes on upwards, so that there is room below.
    valley: bool,
    print: Print,
}

/// Writes the numbers of a category, none over another.
fn number(
    canvas: &mut Canvas,
    plot: &Plot,
    data: &Data,
    prints: &[Vec<Option<Print>>],
    (category, size, foot): (usize, i64, i64),
) {
    let point = |(one, prints): (&Series, &Vec<Option<Print>>)| {
        let height = |category: usize| {
            let datum = one.points.get(category)?.as_ref()?;
            Some(plot.y(datum.amount.value))
        };
        let y = height(category)?;
        let beside: Vec<i64> =
            [category.checked_sub(1), Some(category + 1)].into_iter().flatten().filter_map(height).collect();
        let rises: i64 = beside.iter().map(|other| y - other).sum();
        Some(Point { y, valley: rises > DEEP, print: prints.get(category)?.clone()? })
    };
    let mut points: Vec<Point> = data.series.iter().zip(prints).filter_map(point).collect();
    points.sort_by_key(|point| point.y);
    let limits = [plot.top - NEAR, plot.bottom + foot - DIGITS * 3 / 4];
    let middles = places(&points, limits);
    for (point, y) in points.into_iter().zip(middles) {
        let label = centred(plot.centre(category), y - middle(size), size);
        canvas.labels.push(point.print.label(LabelView { covers: true, ..label }));
    }
}

/// The middles of the numbers of points that are sorted from above: each above or below its point, as is best for all.
fn places(points: &[Point], limits: [i64; 2]) -> Vec<i64> {
    let choices = 1_u32 << points.len().min(8);
    let middles = |choice: u32| {
        let sides = (0..).map(move |i| choice >> i & 1 == 1);
        points
            .iter()
            .zip(sides)
            .map(|(point, below)| if below { point.y + NEAR } else { point.y - NEAR })
            .collect::<Vec<_>>()
    };
    let best = (0..choices).map(middles).min_by_key(|middles| cost(points, middles, limits)).unwrap_or_default();
    spread(best, limits)
}

/// How bad it is to place numbers so.
fn cost(points: &[Point], middles: &[i64], [top, bottom]: [i64; 2]) -> i64 {
    let lack = |wanted: i64, distance: i64| (wanted - distance.abs()).max(0);
    let mut cost = 0;
    for (i, (point, &at)) in points.iter().zip(middles).enumerate() {
        cost += 100 * ((top - at).max(0) + (at - bottom).max(0));
        cost += if (at > point.y) == point.valley { 0 } else { 3_000 };
        for (j, (other, &there)) in points.iter().zip(middles).enumerate() {
            if i != j {
                cost += 2 * lack(CLEAR, at - other.y) + 4 * lack(LEADING, at - there);
            }
        }
    }
    cost
}

/// Moves what still stands too near to each other apart, in the order in which it stands.
pub(super) fn spread(mut middles: Vec<i64>, [top, bottom]: [i64; 2]) -> Vec<i64> {
    let mut least = top;
    for at in &mut middles {
        *at = (*at).max(least);
        least = *at + LEADING;
    }
    let mut most = bottom;
    for at in middles.iter_mut().rev() {
        *at = (*at).min(most);
        most = *at - LEADING;
    }
    middles
}
