//! The page number: 四号, a 一字线 on each side, 7 mm below the type area, on the outer side with one character's space
//! (GB/T 9704-2012, 7.5).

use typst::layout::{Abs, Rect};

use super::scene::Scene;
use super::sheet::{Sheet, cell};
use super::walk::Run;
use crate::diagnostic::{Code, Diagnostic};
use crate::gbt9704;

/// How far the number may be off its place.
fn tolerance() -> Abs {
    Abs::mm(0.6)
}

/// A page number as printed.
struct Printed {
    number: u64,
    /// Where it stands on the upright sheet, from dash to dash; its top is that of the dash.
    area: Rect,
}

/// Page numbers that are missing, out of sequence or out of place.
pub(super) fn folio(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    let mut last: Option<(usize, u64)> = None;
    for (i, sheet) in scene.layout.sheets.iter().enumerate() {
        let Some(expected) = sheet.number else { continue };
        let fault = match printed(scene, i, *sheet) {
            None if !scene.body().any(|run| run.page == i) => continue,
            None => Some("没有印页码".to_owned()),
            Some(printed) => fault(scene, *sheet, expected, last, i, &printed),
        };
        last = Some((i, expected));
        let Some(fault) = fault else { continue };
        let element = scene.body().find(|run| run.page == i).and_then(|run| run.element);
        let text = format!("{}：{fault}", sheet.name());
        findings.push(scene.finding(Code::JB7006, element, &text).hint("把卷宗和这条消息报给维护的人"));
    }
}

fn fault(
    scene: &Scene<'_>,
    sheet: Sheet,
    expected: u64,
    last: Option<(usize, u64)>,
    index: usize,
    printed: &Printed,
) -> Option<String> {
    if printed.number != expected {
        return Some(format!("印的页码是 {}", printed.number));
    }
    if let Some((before, number)) = last {
        let step = u64::try_from(index - before).unwrap_or(0);
        if expected != number + step {
            return Some(format!("页码不连续，前一个是 {number}"));
        }
    }
    let area = sheet.upright_area(scene.outline.duplex);
    let below = printed.area.min.y - area.max.y;
    let drop = gbt9704::FOLIO_DROP.mm();
    if (below - Abs::mm(drop)).abs() > tolerance() {
        return Some(format!("页码在版心下 {:.1} mm，应是 {drop} mm", below.to_mm()));
    }
    let (space, side) = if sheet.recto(scene.outline.duplex) {
        (area.max.x - printed.area.max.x, "右")
    } else {
        (printed.area.min.x - area.min.x, "左")
    };
    if (space - cell()).abs() > tolerance() {
        return Some(format!("页码离版心的{side}边 {:.1} mm，应空一字（{:.1} mm）", space.to_mm(), cell().to_mm()));
    }
    None
}

/// The page number of a page: a number between two dashes, outside the type area.
fn printed(scene: &Scene<'_>, page: usize, sheet: Sheet) -> Option<Printed> {
    let area = sheet.upright_area(scene.outline.duplex);
    let outside = |run: &&Run<'_>| run.page == page && sheet.upright(run.area).max.y > area.max.y + Abs::mm(1.0);
    let runs: Vec<&Run<'_>> = scene.layout.runs.iter().filter(outside).collect();
    let text: String = runs.iter().map(|run| run.item.text.as_str()).collect();
    let number = text.trim().strip_prefix('—')?.strip_suffix('—')?.trim().parse().ok()?;
    let boxes = runs.iter().map(|run| sheet.upright(run.area));
    let all = boxes.reduce(|a, b| Rect::new(a.min.min(b.min), a.max.max(b.max)))?;
    // The ink of the dash, which is what the standard measures.
    let dash = runs.first()?;
    let ink = dash.item.bbox();
    let baseline = if sheet.landscape() { dash_baseline_of_landscape(dash, sheet) } else { dash.origin.y };
    let mut area = all;
    area.min.y = baseline + ink.min.y.min(ink.max.y);
    Some(Printed { number, area })
}

/// The baseline of a number that is turned to be read from the sheet's upright side.
fn dash_baseline_of_landscape(dash: &Run<'_>, sheet: Sheet) -> Abs {
    sheet.upright(Rect::new(dash.origin, dash.origin)).min.y
}
