//! What a screen reader reads in place of a chart: every series and amount, in sentences.

use super::data::{Data, Datum, Series};
use super::shares::Whole;
use crate::dossier::ChartKind;
use crate::figures::{Amount, Printer};

/// The words for a chart with this title.
pub(super) fn of(kind: ChartKind, title: &str, data: &Data, wholes: &[Option<Whole>], printer: Printer) -> String {
    let name = match kind {
        ChartKind::Bars => "柱形图",
        ChartKind::Lines => "折线图",
        ChartKind::Shares => "构成图",
    };
    let sentences: Vec<String> = match kind {
        ChartKind::Bars | ChartKind::Lines => data.series.iter().map(|one| series(data, one, printer)).collect(),
        ChartKind::Shares => (0..data.categories.len()).map(|at| parts(data, wholes, at, printer)).collect(),
    };
    format!("{name}：{title}。{}。", sentences.join("。"))
}

/// 项目支出：2021年200.00万元，2022年没有数
fn series(data: &Data, one: &Series, printer: Printer) -> String {
    let points = data.categories.iter().zip(&one.points).map(|(name, point)| {
        let amount = point.as_ref().map_or_else(|| "没有数".to_owned(), |datum| said(&datum.amount, printer));
        format!("{}{amount}", name.text)
    });
    led(&one.name.text, &points.collect::<Vec<_>>())
}

/// 2021年：基本支出280.00万元，占58.33%；项目支出200.00万元，占41.67%
fn parts(data: &Data, wholes: &[Option<Whole>], category: usize, printer: Printer) -> String {
    let whole = wholes.get(category).and_then(Option::as_ref);
    let part = |(i, one): (usize, &Series)| {
        let datum: Option<&Datum> = one.points.get(category).and_then(Option::as_ref);
        let amount = datum.map_or_else(|| "没有数".to_owned(), |datum| said(&datum.amount, printer));
        let share = whole.and_then(|whole| whole.shares.get(i)).map(|share| format!("，占{}", said(share, printer)));
        format!("{}{amount}{}", one.name.text, share.unwrap_or_default())
    };
    let parts: Vec<String> = data.series.iter().enumerate().map(part).collect();
    let name = data.categories.get(category).map(|name| name.text.as_str()).unwrap_or_default();
    let lead = if name.is_empty() { String::new() } else { format!("{name}：") };
    format!("{lead}{}", parts.join("；"))
}

fn led(name: &str, points: &[String]) -> String {
    let points = points.join("，");
    if name.is_empty() { points } else { format!("{name}：{points}") }
}

/// An amount as it is read out; a minus sign is often passed over.
fn said(amount: &Amount, printer: Printer) -> String {
    let text = printer.with_unit(amount);
    match text.strip_prefix('\u{2212}') {
        Some(rest) => format!("负{rest}"),
        None => text,
    }
}
