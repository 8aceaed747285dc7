//! 柱形: bars side by side, each with its number.

use rust_decimal::Decimal;

use super::axis::Axis;
use super::canvas::{Canvas, DIGITS, SMALL_DIGITS, centred, count, widest};
use super::data::{Data, Datum};
use super::legend::{Key, Legend};
use super::numbers::Numbers;
use super::plot::{Below, LEAST_HEIGHT, Margins, Plot, middle};
use super::text::width;
use super::{NOT_GIVEN, Print, Refusal, Scene, Shown};
use crate::compose::view::LabelView;

/// The widest bar.
const WIDEST: i64 = 34_000;
/// The narrowest bar beside another: a number turned on its side stands over it.
const NARROWEST: i64 = 7_000;
/// The part of a category's width that its bars take, in per cent.
const FILLED: i64 = 76;
/// From a bar's end to its number.
const NEAR: i64 = 2_000;
/// The same for a number turned on its side.
const TURNED_NEAR: i64 = 3_000;
/// The longest number turned on its side.
const LONGEST: i64 = 80_000;

/// How numbers stand at the ends of bars.
#[derive(Debug, Clone, Copy)]
struct Style {
    size: i64,
    turned: bool,
}

pub(super) fn draw(scene: Scene<'_>, data: &Data) -> Result<Canvas, Refusal> {
    let (axis, prints) = (axis(scene, data)?, printed(scene, data));
    let keys = || data.series.iter().enumerate().map(|(i, one)| (Key::Bar(i), one.name.clone()));
    let below = Below::Legend(Legend::of(scene, keys())?);
    let mut plot = Plot::across(axis.clone(), data.categories.len(), &below);
    let mut canvas = Canvas::default();
    let Some(style) = style(&prints, bar_width(&plot, data), plot.band()) else {
        let below = Below::Numbers(Numbers::of(scene, keys(), prints)?);
        let mut plot = Plot::across(axis, data.categories.len(), &below);
        plot.frame(scene, &mut canvas, Margins::default(), (&data.unit, &data.categories, &below))?;
        bars(&mut canvas, &plot, data);
        return Ok(canvas);
    };
    let margins = margins(&plot, data, &prints, style);
    plot.frame(scene, &mut canvas, margins, (&data.unit, &data.categories, &below))?;
    bars(&mut canvas, &plot, data);
    numbers(&mut canvas, &plot, data, prints, style);
    Ok(canvas)
}

/// The width of each bar.
fn bar_width(plot: &Plot, data: &Data) -> i64 {
    (plot.band() * FILLED / 100 / count(data.series.len()).max(1)).min(WIDEST)
}

/// The left edge of the bar of a series.
fn left(plot: &Plot, data: &Data, series: usize, category: usize) -> i64 {
    let bar = bar_width(plot, data);
    plot.centre(category) - bar * count(data.series.len()) / 2 + bar * count(series)
}

fn bars(canvas: &mut Canvas, plot: &Plot, data: &Data) {
    let (zero, bar) = (plot.y(Decimal::ZERO), bar_width(plot, data));
    for (i, one) in data.series.iter().enumerate() {
        for (category, datum) in one.points.iter().enumerate().filter_map(|(at, point)| Some((at, point.as_ref()?))) {
            let end = plot.y(datum.amount.value);
            canvas.bar([left(plot, data, i, category), zero.min(end)], [bar, (zero - end).abs()], i);
        }
    }
    // The axis stands in front of the bars that end on it.
    canvas.rule([plot.left, zero], [plot.right, zero]);
}

/// The number of each bar at its end; a dash where there is none.
fn numbers(canvas: &mut Canvas, plot: &Plot, data: &Data, prints: Vec<Vec<Option<Print>>>, style: Style) {
    let bar = bar_width(plot, data);
    for (i, (one, prints)) in data.series.iter().zip(prints).enumerate() {
        for (category, (point, print)) in one.points.iter().zip(prints).enumerate() {
            let x = left(plot, data, i, category) + bar / 2;
            if let (Some(datum), Some(print)) = (point, print) {
                let amount = datum.amount.value;
                canvas.labels.push(print.label(number_label(plot.y(amount), amount, x, style)));
            } else {
                canvas.write(centred(x, plot.y(Decimal::ZERO) - NEAR - DIGITS, DIGITS), NOT_GIVEN);
            }
        }
    }
}

/// The axis on which all amounts of a chart stand.
pub(super) fn axis(scene: Scene<'_>, data: &Data) -> Result<Axis, Refusal> {
    let amounts = data.series.iter().flat_map(|one| one.points.iter().flatten()).map(|datum| datum.amount.value);
    Axis::over(amounts).ok_or_else(|| scene.refuse("数太大或太小，图里画不出", "核对各数；金额写 单位: 万元 或 亿元"))
}

/// Every amount as printed, by series and category.
pub(super) fn printed(scene: Scene<'_>, data: &Data) -> Vec<Vec<Option<Print>>> {
    let print = |name: &str, (point, category): (&Option<Datum>, &Print)| {
        let datum = point.as_ref()?;
        let shown = Shown { amount: &datum.amount, reads: &datum.reads };
        Some(scene.print(datum, &shown, (name, &category.text)))
    };
    let of_series = data.series.iter().map(|one| {
        let points = one.points.iter().zip(&data.categories);
        points.map(|point| print(&one.name.text, point)).collect()
    });
    of_series.collect()
}

/// Upright as long as every number has its room, else on their sides; none where there is no room for that.
fn style(prints: &[Vec<Option<Print>>], bar: i64, band: i64) -> Option<Style> {
    let room = if prints.len() == 1 { band } else { bar };
    let widest = |size: i64| widest(prints.iter().flatten().flatten().map(|print| print.text.as_str()), size);
    if widest(DIGITS) + NEAR <= room {
        return Some(Style { size: DIGITS, turned: false });
    }
    let size = if bar < DIGITS { SMALL_DIGITS } else { DIGITS };
    (bar >= NARROWEST && widest(size) <= LONGEST).then_some(Style { size, turned: true })
}

/// What the numbers need beyond the ends of the axis, on a plot of the least height; on a higher one they need less.
fn margins(plot: &Plot, data: &Data, prints: &[Vec<Option<Print>>], style: Style) -> Margins {
    let mut margins = Margins::default();
    let bars = data
        .series
        .iter()
        .zip(prints)
        .flat_map(|(one, prints)| one.points.iter().flatten().zip(prints.iter().flatten()));
    for (datum, print) in bars {
        let length = if style.turned { width(&print.text, style.size) } else { style.size } + 2 * NEAR;
        let y = plot.y(datum.amount.value);
        if datum.amount.value.is_sign_negative() {
            margins.foot = margins.foot.max(length - (LEAST_HEIGHT - y));
        } else {
            margins.head = margins.head.max(length - y);
        }
    }
    margins
}

/// A number beyond the end of its bar.
fn number_label(end: i64, amount: Decimal, x: i64, Style { size, turned }: Style) -> LabelView {
    let below = amount.is_sign_negative() && !amount.is_zero();
    let label = match (turned, below) {
        // Digits stand on the baseline and leave a fifth of their em box above them.
        (false, false) => centred(x, end - NEAR - size * 88 / 100, size),
        (false, true) => centred(x, end + NEAR - size * 22 / 100, size),
        (true, false) => LabelView { align: "left", ..centred(x - middle(size), end - TURNED_NEAR, size) },
        (true, true) => LabelView { align: "right", ..centred(x - middle(size), end + TURNED_NEAR, size) },
    };
    LabelView { turned, ..label }
}
