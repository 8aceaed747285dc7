//! 柱形: bars side by side, each with its number.

use rust_decimal::Decimal;

use super::axis::Axis;
use super::canvas::{Canvas, DIGITS, SMALL_DIGITS, centred, count};
use super::data::{Data, Datum};
use super::legend::{Key, Legend};
use super::plot::{LEAST_HEIGHT, Margins, Plot, middle};
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
/// The longest number turned on its side.
const LONGEST: i64 = 80_000;

/// How numbers stand at the ends of bars.
#[derive(Debug, Clone, Copy)]
struct Style {
    size: i64,
    turned: bool,
}

pub(super) fn draw(scene: Scene<'_>, data: &Data) -> Result<Canvas, Refusal> {
    let axis = axis(scene, data)?;
    let prints = printed(scene, data);
    let mut plot = Plot::across(axis, data.categories.len());
    let series = count(data.series.len());
    let bar = (plot.band() * FILLED / 100 / series).min(WIDEST);
    let texts = || prints.iter().flatten().flatten().map(|print| print.text.as_str());
    let style = style(scene, texts(), bar, if series == 1 { plot.band() } else { bar })?;
    let keys = data.series.iter().enumerate().map(|(i, one)| (Key::Bar(i), one.name.clone()));
    let legend = Legend::of(scene, keys)?;
    let mut canvas = Canvas::default();
    let margins = margins(&plot, data, &prints, style);
    plot.frame(scene, &mut canvas, margins, (&data.unit, &data.categories, &legend))?;
    for (i, (one, prints)) in data.series.iter().zip(prints).enumerate() {
        for (category, (point, print)) in one.points.iter().zip(prints).enumerate() {
            let left = plot.centre(category) - bar * series / 2 + bar * count(i);
            let middle_x = left + bar / 2;
            let (Some(datum), Some(print)) = (point, print) else {
                let top = plot.y(Decimal::ZERO) - NEAR - DIGITS;
                canvas.write(centred(middle_x, top, DIGITS), NOT_GIVEN);
                continue;
            };
            let amount = datum.amount.value;
            let (zero, end) = (plot.y(Decimal::ZERO), plot.y(amount));
            canvas.bar([left, zero.min(end)], [bar, (zero - end).abs()], i);
            canvas.labels.push(print.label(number_label(plot.y(amount), amount, middle_x, style)));
        }
    }
    // The axis stands in front of the bars that end on it.
    let zero = plot.y(Decimal::ZERO);
    canvas.rule([plot.left, zero], [plot.right, zero]);
    Ok(canvas)
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

/// Upright as long as every number has its room, else on their sides.
fn style<'t>(
    scene: Scene<'_>,
    texts: impl Iterator<Item = &'t str> + Clone,
    bar: i64,
    room: i64,
) -> Result<Style, Refusal> {
    let widest = |size: i64| texts.clone().map(|text| width(text, size)).max().unwrap_or(0);
    if widest(DIGITS) + NEAR <= room {
        return Ok(Style { size: DIGITS, turned: false });
    }
    if bar < NARROWEST {
        return Err(scene.refuse("柱太多，数印不下", "少列几年、几个系列，或分成几幅图"));
    }
    let size = if bar < DIGITS { SMALL_DIGITS } else { DIGITS };
    if widest(size) > LONGEST {
        return Err(super::too_long(scene, texts));
    }
    Ok(Style { size, turned: true })
}

/// What the numbers need beyond the ends of the axis, on a plot of the least height; on a higher one they need less.
fn margins(plot: &Plot, data: &Data, prints: &[Vec<Option<Print>>], style: Style) -> Margins {
    let mut margins = Margins::default();
    let points = data
        .series
        .iter()
        .zip(prints)
        .flat_map(|(one, prints)| one.points.iter().flatten().zip(prints.iter().flatten()));
    for (datum, print) in points {
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
        (true, false) => LabelView { align: "left", ..centred(x - middle(size), end - NEAR, size) },
        (true, true) => LabelView { align: "right", ..centred(x - middle(size), end + NEAR, size) },
    };
    LabelView { turned, ..label }
}
