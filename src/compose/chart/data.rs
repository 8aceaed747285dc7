//! The amounts of a chart, in one unit, by series and category.

use std::collections::BTreeMap;

use super::super::log::Part;
use super::super::table::{expression_place, members};
use super::{CATEGORY_LIMIT, Print, Scene};
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{ChartContent, ChartKind, ChartSpec, ItemSpec};
use crate::figures::{Amount, Evaluated, FigureRef, Unit, Value};
use crate::source::{Place, Spanned};

/// What a chart shows.
#[derive(Debug)]
pub(super) struct Data {
    /// The unit of all its amounts.
    pub(super) unit: Unit,
    /// What stands side by side, with its name; one without a name where a whole is shown once.
    pub(super) categories: Vec<Print>,
    /// What is told apart by patterns.
    pub(super) series: Vec<Series>,
}

/// A series, or a part of a whole.
#[derive(Debug)]
pub(super) struct Series {
    /// Its name; empty where there is only one.
    pub(super) name: Print,
    /// Its amounts, one a category; none where a year has none.
    pub(super) points: Vec<Option<Datum>>,
}

/// An amount and where it comes from.
#[derive(Debug)]
pub(super) struct Datum {
    /// The amount, in the unit of the chart.
    pub(super) amount: Amount,
    /// The expression as written.
    pub(super) expression: String,
    /// Where that stands.
    pub(super) place: Option<Place>,
    /// The figures that it reads.
    pub(super) reads: Vec<FigureRef>,
}

/// Computes what a chart shows; none, and findings, where something is wrong with it.
pub(super) fn gather(scene: Scene<'_>, spec: &ChartSpec, findings: &mut Vec<Diagnostic>) -> Option<Data> {
    let before = findings.len();
    let (categories, series) = match &spec.content {
        ChartContent::Data(data) => by_year(scene, &[(None, data)], findings),
        ChartContent::Series(all) => {
            let all: Vec<_> = all.iter().map(|one| (Some(&one.name), &one.data)).collect();
            by_year(scene, &all, findings)
        }
        ChartContent::Items(items) => by_item(scene, items, spec.kind == ChartKind::Shares, findings),
    };
    if findings[before..].iter().any(Diagnostic::blocks) || series.iter().all(|one| one.points.is_empty()) {
        return None;
    }
    in_one_unit(scene, spec, categories, series, findings)
}

/// Series of years. A year between two others has its room, whether or not it has an amount.
fn by_year(
    scene: Scene<'_>,
    all: &[(Option<&Spanned<String>>, &Spanned<String>)],
    findings: &mut Vec<Diagnostic>,
) -> (Vec<Print>, Vec<Series>) {
    let mut runs = Vec::new();
    for (name, data) in all {
        let name = name.map(|name| words(scene, name, findings)).unwrap_or_default();
        runs.push((name, years(scene, data, findings)));
    }
    let found = || runs.iter().flat_map(|(_, points)| points.keys().copied());
    let (Some(first), Some(last)) = (found().min(), found().max()) else { return Default::default() };
    // Too many are refused when they are drawn.
    let years: Vec<i32> = (first..=last).take(CATEGORY_LIMIT + 1).collect();
    let categories = years.iter().map(|year| Print { text: format!("{year}年"), marks: Vec::new() }).collect();
    let series = runs.into_iter().map(|(name, mut points)| {
        let points = years.iter().map(|year| points.remove(year)).collect();
        Series { name, points }
    });
    (categories, series.collect())
}

/// The amounts of an expression by their years.
fn years(scene: Scene<'_>, data: &Spanned<String>, findings: &mut Vec<Diagnostic>) -> BTreeMap<i32, Datum> {
    let (expression, place) = expression(scene, data);
    let Some(Evaluated { value, .. }) = scene.filler.value(&expression, place, false, findings) else {
        return BTreeMap::new();
    };
    let Value::Amounts(amounts) = value else {
        let finding = Diagnostic::new(Code::JB5015, format!("“{expression}”不是几年的数")).at(place);
        findings.push(finding.hint("写成 历年(数据项)，如 历年(支出.合计)；不是各年的数，改写 项"));
        return BTreeMap::new();
    };
    if amounts.is_empty() {
        let finding = Diagnostic::new(Code::JB5015, format!("“{expression}”没有一年有数")).at(place);
        findings.push(finding.hint("核对数据项的名称，在 figures.yaml 里填上数"));
    }
    let dated = amounts.into_iter().filter_map(|amount| {
        let source = amount.source?;
        let datum = Datum { amount, expression: expression.clone(), place, reads: vec![source] };
        Some((year_of(scene, source)?, datum))
    });
    dated.collect()
}

/// The year that a figure tells of: what stands in the block 上年 is the year before's.
fn year_of(scene: Scene<'_>, figure: FigureRef) -> Option<i32> {
    let node = scene.filler.calculator.book().node(figure)?;
    Some(if node.path.starts_with("上年.") { figure.year - 1 } else { figure.year })
}

/// Items: each a category, or a part of the one whole.
fn by_item(
    scene: Scene<'_>,
    items: &[Spanned<ItemSpec>],
    parts: bool,
    findings: &mut Vec<Diagnostic>,
) -> (Vec<Print>, Vec<Series>) {
    let (mut names, mut points) = (Vec::new(), Vec::new());
    for item in items {
        let ItemSpec { name, value, each } = &item.value;
        let place = item.place.or(scene.place);
        let lenient = !scene.sound;
        for member in members(scene.filler, each.as_ref(), lenient, place, findings) {
            scene.filler.item.set(member);
            names.push(words(scene, name, findings));
            points.push(amount(scene, value, place, findings));
        }
        scene.filler.item.set(None);
    }
    if !parts {
        return (names, vec![Series { name: Print::default(), points }]);
    }
    let part = |(name, point)| Series { name, points: vec![point] };
    (vec![Print::default()], names.into_iter().zip(points).map(part).collect())
}

fn amount(
    scene: Scene<'_>,
    value: &Spanned<String>,
    place: Option<Place>,
    findings: &mut Vec<Diagnostic>,
) -> Option<Datum> {
    let (expression, own) = expression(scene, value);
    let place = own.or(place);
    let Evaluated { value, reads, .. } = scene.filler.value(&expression, place, false, findings)?;
    if let Value::Amount(amount) = value {
        return Some(Datum { amount, expression, place, reads });
    }
    let finding = Diagnostic::new(Code::JB5015, format!("“{expression}”不是一个数")).at(place);
    findings.push(finding.hint("值 写一个数的公式，如 =支出.合计；几年的数写在 数据 或 系列 里"));
    None
}

/// An expression without the sign that begins it, and its place.
fn expression(scene: Scene<'_>, text: &Spanned<String>) -> (String, Option<Place>) {
    let written = text.value.trim();
    let bare = written.strip_prefix(['=', '＝']).unwrap_or(written).trim();
    (bare.to_owned(), expression_place(scene.filler, text, bare))
}

/// A name in the legend or under the axis.
fn words(scene: Scene<'_>, name: &Spanned<String>, findings: &mut Vec<Diagnostic>) -> Print {
    let log = &scene.filler.log;
    log.enter(Part::ChartWords { chart: scene.caption.to_owned() });
    let first = log.count();
    let text = scene.filler.plain(name, findings).trim().to_owned();
    if text.is_empty() && scene.sound {
        let finding = Diagnostic::new(Code::JB1016, "“名称”是空的").hint("填上名称");
        findings.push(finding.at(name.place.or(scene.place)));
    }
    Print { text, marks: log.marks_from(first) }
}

/// All amounts in the unit that is asked for, or in that of the first.
fn in_one_unit(
    scene: Scene<'_>,
    spec: &ChartSpec,
    categories: Vec<Print>,
    mut series: Vec<Series>,
    findings: &mut Vec<Diagnostic>,
) -> Option<Data> {
    let own = |series: &[Series]| {
        let mut units = series.iter().flat_map(|one| one.points.iter().flatten()).map(|datum| &datum.amount.unit);
        units.find(|&unit| *unit != Unit::Plain).cloned().unwrap_or(Unit::Plain)
    };
    let unit = spec.unit.as_ref().map_or_else(|| own(&series), |unit| Unit::parse(&unit.value));
    // Of several wholes the shares alone are printed.
    let printed = spec.kind != ChartKind::Shares || matches!(spec.content, ChartContent::Items(_));
    let mut refused: Vec<Option<Place>> = Vec::new();
    for datum in series.iter_mut().flat_map(|one| one.points.iter_mut().flatten()) {
        if let Some(amount) = datum.amount.converted(&unit) {
            let place = datum.place.or(scene.place);
            findings.extend(
                scene.filler.vanished(&amount, &datum.reads).filter(|_| printed).map(|finding| finding.at(place)),
            );
            datum.amount = amount;
        } else {
            // One expression gives many amounts: once is enough.
            let place = datum.place.or(scene.place);
            if !refused.contains(&place) {
                findings.push(other_unit(&datum.amount.unit, &unit, place));
                refused.push(place);
            }
        }
    }
    refused.is_empty().then_some(Data { unit, categories, series })
}

fn other_unit(own: &Unit, unit: &Unit, place: Option<Place>) -> Diagnostic {
    let own = if *own == Unit::Ratio { "比率".to_owned() } else { own.to_string() };
    Diagnostic::new(Code::JB5005, format!("这个数的单位是“{own}”，图的单位是“{unit}”"))
        .at(place)
        .hint("一幅图里只有一种单位：金额的单位会自动换算，百分数用 占比( )，其余的分成几幅图")
}
