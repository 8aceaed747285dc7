//! 构成: the parts of each whole, one on the other, up to 100 %.

use rust_decimal::Decimal;

use super::axis::Axis;
use super::canvas::{Canvas, DIGITS, WIDTH, WORDS, centred, count, widest};
use super::data::Data;
use super::legend::{Key, Legend, draw_key};
use super::numbers::Numbers;
use super::plot::{Below, Margins, Plot, middle, unit_line};
use super::text::width;
use super::{NOT_GIVEN, Print, Refusal, Scene, Shown};
use crate::compose::view::LabelView;
use crate::figures::{Amount, FigureRef, Unit};

/// The widest column.
const WIDEST: i64 = 46_000;
/// From a column to the number beside it.
const NEAR: i64 = 3_000;
/// The least height of a part that has room for its number.
const ROOMY: i64 = 11_500;

/// The parts of one whole.
#[derive(Debug)]
pub(super) struct Whole {
    /// Of each part: its share in per cent.
    pub(super) shares: Vec<Amount>,
    /// Of each part: how much of the whole, in per cent, stands before it.
    before: Vec<Decimal>,
    reads: Vec<FigureRef>,
}

/// The whole of a category. None where a part has no amount: the shares of the others would be too large.
///
/// # Errors
/// A negative part, or a whole of zero.
fn whole(scene: Scene<'_>, data: &Data, category: usize) -> Result<Option<Whole>, Refusal> {
    let parts = data.series.iter().map(|one| one.points.get(category)?.as_ref());
    let Some(parts) = parts.collect::<Option<Vec<_>>>() else { return Ok(None) };
    if let Some(part) = parts.iter().find(|part| part.amount.value.is_sign_negative() && !part.amount.value.is_zero()) {
        let text = format!("构成图里有负数 {}", scene.filler.calculator.printer().with_unit(&part.amount));
        let finding = *scene.refuse(&text, "有负数的改画 柱形");
        return Err(Box::new(finding.at(part.place.or(scene.place))));
    }
    let too_large = || scene.refuse("数太大，图里画不出", "核对各数；金额写 单位: 万元 或 亿元");
    let zero = Amount::exact(Decimal::ZERO, data.unit.clone());
    let total = parts.iter().try_fold(zero, |sum, part| sum.add(&part.amount)).map_err(|_| too_large())?;
    if total.value.is_zero() {
        let name = data.categories.get(category).map(|name| name.text.as_str()).unwrap_or_default();
        return Err(scene.refuse(&format!("{name}各部分合计是 0，没有构成可画"), "核对各数，或改画 柱形"));
    }
    let shares = parts.iter().map(|part| part.amount.share(&total)).collect::<Result<Vec<_>, _>>();
    let shares = shares.map_err(|_| too_large())?;
    let before = shares.iter().scan(Decimal::ZERO, |sum, share| {
        let before = *sum;
        *sum += share.value;
        Some(before)
    });
    let before = before.collect();
    let reads = parts.iter().flat_map(|part| part.reads.iter().copied()).collect();
    Ok(Some(Whole { shares, before, reads }))
}

/// The shares of every category.
pub(super) fn wholes(scene: Scene<'_>, data: &Data) -> Result<Vec<Option<Whole>>, Refusal> {
    (0..data.categories.len()).map(|category| whole(scene, data, category)).collect()
}

pub(super) fn draw(scene: Scene<'_>, data: &Data) -> Result<Canvas, Refusal> {
    let wholes = wholes(scene, data)?;
    match (data.categories.as_slice(), wholes.as_slice()) {
        ([name], [Some(whole)]) if name.text.is_empty() => strip(scene, data, whole),
        _ => columns(scene, data, &wholes),
    }
}

/// The share of a part as printed.
fn print(scene: Scene<'_>, data: &Data, whole: &Whole, (part, category): (usize, usize)) -> Option<Print> {
    let series = data.series.get(part)?;
    let datum = series.points.get(category)?.as_ref()?;
    let shown = Shown { amount: whole.shares.get(part)?, reads: &whole.reads };
    let name = data.categories.get(category).map(|name| name.text.as_str()).unwrap_or_default();
    Some(scene.print(datum, &shown, (&series.name.text, name)))
}

/// A column a category.
fn columns(scene: Scene<'_>, data: &Data, wholes: &[Option<Whole>]) -> Result<Canvas, Refusal> {
    let print = |part: usize, category: usize| {
        let whole = wholes.get(category)?.as_ref()?;
        print(scene, data, whole, (part, category))
    };
    let row = |part| (0..wholes.len()).map(|category| print(part, category)).collect();
    let prints: Vec<Vec<Option<Print>>> = (0..data.series.len()).map(row).collect();
    let keys = || data.series.iter().enumerate().map(|(i, one)| (Key::Bar(i), one.name.clone()));
    let margins = Margins { head: DIGITS / 2, foot: 0 };
    let number = widest(prints.iter().flatten().flatten().map(|print| print.text.as_str()), DIGITS);
    let below = Below::Legend(Legend::of(scene, keys())?);
    let mut plot = Plot::across(Axis::of_shares(), data.categories.len(), &below);
    let mut canvas = Canvas::default();
    plot.frame(scene, &mut canvas, margins, (&Unit::Percent, &data.categories, &below))?;
    let column = column_width(&plot, number);
    if let Some(labels) = numbers(&plot, wholes, &prints, (column, number)) {
        stack(&mut canvas, &plot, wholes, column);
        canvas.labels.extend(labels);
        return Ok(canvas);
    }
    let below = Below::Numbers(Numbers::of(scene, keys(), prints)?);
    let mut plot = Plot::across(Axis::of_shares(), data.categories.len(), &below);
    let mut canvas = Canvas::default();
    plot.frame(scene, &mut canvas, margins, (&Unit::Percent, &data.categories, &below))?;
    stack(&mut canvas, &plot, wholes, column_width(&plot, number));
    Ok(canvas)
}

fn column_width(plot: &Plot, number: i64) -> i64 {
    (plot.band() / 2).max(number + 2_000).min(WIDEST)
}

/// The columns without their numbers; where a part lacks its amount, a dash.
fn stack(canvas: &mut Canvas, plot: &Plot, wholes: &[Option<Whole>], column: i64) {
    for (category, whole) in wholes.iter().enumerate() {
        let x = plot.centre(category);
        let Some(whole) = whole else {
            canvas.write(centred(x, plot.bottom - NEAR - DIGITS, DIGITS), NOT_GIVEN);
            continue;
        };
        for (pattern, (low, high)) in whole.edges(plot).enumerate() {
            canvas.bar([x - column / 2, high], [column, low - high], pattern);
        }
    }
    canvas.rule([plot.left, plot.bottom], [plot.right, plot.bottom]);
}

impl Whole {
    /// The lower and the upper edge of each part.
    fn edges(&self, plot: &Plot) -> impl Iterator<Item = (i64, i64)> {
        let ends = self.shares.iter().zip(&self.before);
        ends.map(|(share, before)| (plot.y(*before), plot.y(*before + share.value)))
    }
}

/// The numbers in the middle of their parts, those of thin parts beside them; none where there is no room.
fn numbers(
    plot: &Plot,
    wholes: &[Option<Whole>],
    prints: &[Vec<Option<Print>>],
    (column, number): (i64, i64),
) -> Option<Vec<LabelView>> {
    // The last column has no other on its right, but the edge of the type area half a gap away.
    let room_beside = (plot.band() - column) / 2 >= number + NEAR;
    let mut labels = Vec::new();
    for (category, whole) in wholes.iter().enumerate() {
        let x = plot.centre(category);
        let mut lowest = i64::MAX;
        for ((low, high), prints) in whole.iter().flat_map(|whole| whole.edges(plot)).zip(prints) {
            let at = i64::midpoint(low, high);
            let inside = centred(x, at - middle(DIGITS), DIGITS);
            let label = if low - high >= ROOMY {
                LabelView { covers: true, ..inside }
            } else if room_beside && lowest - at >= DIGITS {
                lowest = at;
                LabelView { at: [x + column / 2 + NEAR, inside.at[1]], align: "left", ..inside }
            } else {
                return None;
            };
            labels.push(prints.get(category)?.clone()?.label(label));
        }
    }
    Some(labels)
}

/// The height of the strip.
const STRIP: i64 = 34_000;
/// The height of a row of the list under it.
const ROW: i64 = 17_000;
/// From the key to the name.
const INDENT: i64 = 26_000;
/// From a column of the list to the next.
const GUTTER: i64 = 24_000;

/// One whole, lying, with a list of its parts under it: key, name, amount, share.
fn strip(scene: Scene<'_>, data: &Data, whole: &Whole) -> Result<Canvas, Refusal> {
    let mut canvas = Canvas::default();
    let mut rows = Vec::new();
    for (part, series) in data.series.iter().enumerate() {
        let Some(datum) = series.points.first().and_then(Option::as_ref) else { continue };
        let shown = Shown { amount: &datum.amount, reads: &datum.reads };
        let amount = scene.print(datum, &shown, (&series.name.text, ""));
        let Some(share) = print(scene, data, whole, (part, 0)) else { continue };
        rows.push((&series.name, amount, Print { text: format!("{}%", share.text), ..share }));
    }
    let wide = |texts: &mut dyn Iterator<Item = &str>| texts.map(|text| width(text, WORDS)).max().unwrap_or(0);
    let name = wide(&mut rows.iter().map(|row| row.0.text.as_str()));
    let amount = wide(&mut rows.iter().map(|row| row.1.text.as_str()));
    let share = wide(&mut rows.iter().map(|row| row.2.text.as_str()));
    let list = INDENT + name + GUTTER + amount + GUTTER + share;
    if list > WIDTH {
        return Err(scene.refuse("图例里放不下各部分的名称和数", "名称改短"));
    }
    let top = unit_line(&mut canvas, &data.unit);
    let foot = ROW * count(rows.len());
    let least = top + STRIP + DIGITS + 2 * NEAR + foot;
    // What the grid gives beyond the least is shared by the strip and the white under it.
    let more = (canvas.fit(least) - least) / 2;
    let texts: Vec<String> = rows.iter().map(|row| row.2.text.clone()).collect();
    lying(&mut canvas, whole, &texts, (top, STRIP + more));
    let list_top = least - foot + 2 * more;
    let left = (WIDTH - list) / 2;
    for (i, (part, number, portion)) in rows.into_iter().enumerate() {
        let y = list_top + ROW * count(i);
        draw_key(&mut canvas, Key::Bar(i), left, y + WORDS / 2);
        let at = |x: i64, align: &'static str| LabelView { align, ..centred(x, y, WORDS) };
        canvas.labels.push(part.clone().label(at(left + INDENT, "left")));
        canvas.labels.push(number.label(at(left + INDENT + name + GUTTER + amount, "right")));
        canvas.labels.push(portion.label(at(left + list, "right")));
    }
    Ok(canvas)
}

/// The strip itself, with a scale under it and the shares of its wider parts on them.
fn lying(canvas: &mut Canvas, whole: &Whole, shares: &[String], (top, strip): (i64, i64)) {
    // The numbers at the ends of the scale stand half outside it.
    let (left, right) = (DIGITS, WIDTH - 2 * DIGITS);
    let axis = Axis::of_shares();
    let x = |share: Decimal| left + axis.position(share, right - left).unwrap_or_default();
    for (fill, (share, before)) in whole.shares.iter().zip(&whole.before).enumerate() {
        let (from, to) = (x(*before), x(*before + share.value));
        canvas.bar([from, top], [to - from, strip], fill);
        let Some(text) = shares.get(fill).filter(|text| width(text, DIGITS) + 2 * NEAR <= to - from) else { continue };
        let label = centred(i64::midpoint(from, to), top + strip / 2 - middle(DIGITS), DIGITS);
        canvas.write(LabelView { covers: true, ..label }, text.clone());
    }
    for (tick, text) in axis.ticks() {
        let at = x(tick);
        canvas.rule([at, top + strip], [at, top + strip + NEAR]);
        canvas.write(centred(at, top + strip + NEAR + 1_000, DIGITS), format!("{text}%"));
    }
}
