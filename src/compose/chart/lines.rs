//! 折线: a line a series, each point with its number.

use super::bars::{axis, printed};
use super::canvas::{Canvas, DIGITS, SMALL_DIGITS, centred, widest};
use super::data::{Data, Series};
use super::legend::{Key, Legend};
use super::numbers::Numbers;
use super::plot::{Below, Margins, Plot, middle};
use super::{Print, Refusal, Scene};
use crate::compose::view::{LabelView, ShapeView};

/// From a point to the middle of its number.
const NEAR: i64 = 9_500;
/// From the middle of a number to the next one's, at the least.
const LEADING: i64 = 9_500;
/// How near the middle of a number may come to another point.
const CLEAR: i64 = 7_500;

/// By how much its neighbours must stand above a point, taken together, for its number to stand below it.
const DEEP: i64 = 18_000;

pub(super) fn draw(scene: Scene<'_>, data: &Data) -> Result<Canvas, Refusal> {
    let (axis, prints) = (axis(scene, data)?, printed(scene, data));
    let keys = || data.series.iter().enumerate().map(|(i, one)| (Key::Line(i), one.name.clone()));
    let below = Below::Legend(Legend::of(scene, keys())?);
    let mut plot = Plot::across(axis.clone(), data.categories.len(), &below);
    let mut canvas = Canvas::default();
    let foot = if lowest_is_below_zero(data) { NEAR + DIGITS } else { 0 };
    let margins = Margins { head: NEAR + DIGITS / 2, foot };
    plot.frame(scene, &mut canvas, margins, (&data.unit, &data.categories, &below))?;
    if let Some(labels) = numbers(&plot, data, &prints, foot) {
        paths(&mut canvas, &plot, data);
        canvas.labels.extend(labels);
        return Ok(canvas);
    }
    let below = Below::Numbers(Numbers::of(scene, keys(), prints)?);
    let mut plot = Plot::across(axis, data.categories.len(), &below);
    let mut canvas = Canvas::default();
    let margins = Margins { head: DIGITS / 2, foot: 0 };
    plot.frame(scene, &mut canvas, margins, (&data.unit, &data.categories, &below))?;
    paths(&mut canvas, &plot, data);
    Ok(canvas)
}

fn paths(canvas: &mut Canvas, plot: &Plot, data: &Data) {
    data.series.iter().enumerate().for_each(|(i, one)| path(canvas, plot, one, i));
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

/// The numbers on the points; none where one would stand on another, or on another's point.
fn numbers(plot: &Plot, data: &Data, printed: &[Vec<Option<Print>>], foot: i64) -> Option<Vec<LabelView>> {
    let texts = || printed.iter().flatten().flatten().map(|print| print.text.as_str());
    let size = [DIGITS, SMALL_DIGITS].into_iter().find(|size| widest(texts(), *size) + 1_000 <= plot.band())?;
    let limits = [plot.top - NEAR, plot.bottom + foot - DIGITS * 3 / 4];
    let mut labels = Vec::new();
    for category in 0..data.categories.len() {
        let points = points(plot, data, printed, category);
        let middles = places(&points, limits)?;
        labels.extend(points.into_iter().zip(middles).map(|(point, y)| {
            let label = centred(plot.centre(category), y - middle(size), size);
            point.print.label(LabelView { covers: true, ..label })
        }));
    }
    Some(labels)
}

/// The points of a category, from above.
fn points(plot: &Plot, data: &Data, printed: &[Vec<Option<Print>>], category: usize) -> Vec<Point> {
    let point = |(one, numbers): (&Series, &Vec<Option<Print>>)| {
        let height = |category: usize| {
            let datum = one.points.get(category)?.as_ref()?;
            Some(plot.y(datum.amount.value))
        };
        let y = height(category)?;
        let beside = [category.checked_sub(1), Some(category + 1)].into_iter().flatten().filter_map(height);
        let above: i64 = beside.map(|other| y - other).sum();
        Some(Point { y, valley: above > DEEP, print: numbers.get(category)?.clone()? })
    };
    let mut points: Vec<Point> = data.series.iter().zip(printed).filter_map(point).collect();
    points.sort_by_key(|point| point.y);
    points
}

/// The middles of the numbers of points: each above or below its point, as is best for all; none where none is good.
fn places(points: &[Point], limits: [i64; 2]) -> Option<Vec<i64>> {
    let choices = 1_u32 << points.len().min(super::SERIES_LIMIT);
    let middles = |choice: u32| {
        let sides = (0..).map(move |i| choice >> i & 1 == 1);
        let middles =
            points.iter().zip(sides).map(|(point, below)| if below { point.y + NEAR } else { point.y - NEAR });
        middles.collect::<Vec<_>>()
    };
    let good = (0..choices).map(middles).filter(|middles| are_clear(points, middles, limits));
    let odd =
        |middles: &Vec<i64>| points.iter().zip(middles).filter(|(point, at)| (**at > point.y) != point.valley).count();
    good.min_by_key(odd)
}

/// Whether no number stands on another, on another's point or beyond the limits.
fn are_clear(points: &[Point], middles: &[i64], [top, bottom]: [i64; 2]) -> bool {
    let far = |a: i64, b: i64, least: i64| (a - b).abs() >= least;
    middles.iter().enumerate().all(|(i, &at)| {
        let mut others = points.iter().zip(middles).enumerate().filter(|(j, _)| *j != i);
        (top..=bottom).contains(&at)
            && others.all(|(_, (other, &there))| far(at, other.y, CLEAR) && far(at, there, LEADING))
    })
}
