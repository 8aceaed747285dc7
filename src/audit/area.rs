//! Nothing of the text stands outside the type area (GB/T 9704-2012, 5.2.2 and 5.2.3).

use std::collections::BTreeMap;

use typst::layout::{Abs, Rect};

use super::scene::{Scene, quote};
use super::walk::Kind;
use crate::diagnostic::{Code, Diagnostic};

/// What rounding and the thickness of rules may take.
fn tolerance() -> Abs {
    Abs::pt(0.6)
}

/// The farthest that something reaches out.
struct Worst {
    by: Abs,
    side: &'static str,
    what: String,
    element: Option<usize>,
}

/// Texts, rules and charts outside the type area, once for each block and page.
pub(super) fn outside(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    let mut worst: BTreeMap<(usize, Option<usize>), Worst> = BTreeMap::new();
    let mut hold = |page: usize, element: Option<usize>, boxes: [&dyn Fn() -> Rect; 2], what: &dyn Fn() -> String| {
        let [em, ink] = boxes;
        let Some(sheet) = scene.sheet(page) else { return };
        let area = sheet.area(scene.outline.duplex);
        let Some((by, side)) = excess(em(), area).and_then(|_| excess(ink(), area)) else { return };
        let key = (page, scene.top(element));
        if worst.get(&key).is_none_or(|other| other.by < by) {
            worst.insert(key, Worst { by, side, what: what(), element });
        }
    };
    for run in scene.body() {
        // The ink is asked for only where the em box reaches out: it takes reading the face.
        hold(run.page, run.element, [&|| run.area, &|| run.ink()], &|| quote(&run.item.text));
    }
    for shape in scene.shapes() {
        let what = if scene.within(shape.element, Kind::Chart) { "图" } else { "表格线" };
        hold(shape.page, shape.element, [&|| shape.area, &|| shape.area], &|| what.to_owned());
    }
    for ((page, _), Worst { by, side, what, element }) in worst {
        let text = format!("{what}超出版心的{side}边 {:.1} mm（{}）", by.to_mm(), scene.page_name(page));
        let hint = match scene.kind(element) {
            Some(Kind::Cell(_) | Kind::Table) => "表太宽或一格里的字太长：分成几张表，写短些，或用 方向: 横",
            _ => "写短些；长的网址、编号中间可以断开的，加一个空格",
        };
        findings.push(scene.finding(Code::JB7003, element, &text).hint(hint));
    }
}

/// How far an area reaches out of another, and on which side the most.
fn excess(area: Rect, of: Rect) -> Option<(Abs, &'static str)> {
    let sides = [
        (of.min.x - area.min.x, "左"),
        (area.max.x - of.max.x, "右"),
        (of.min.y - area.min.y, "上"),
        (area.max.y - of.max.y, "下"),
    ];
    sides.into_iter().filter(|(by, _)| *by > tolerance()).max_by_key(|(by, _)| *by)
}
