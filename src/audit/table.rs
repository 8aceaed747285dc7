//! Tables: what does not fit its cell, rows that a page cuts, heads that do not come again.

use std::collections::{BTreeMap, BTreeSet};

use typst::layout::{Abs, Rect};

use super::scene::{Scene, quote};
use super::walk::{Kind, Run};
use crate::diagnostic::{Code, Diagnostic};

/// Texts that reach over a rule of their table, once for each row.
pub(super) fn overflow(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    let mut rules: BTreeMap<(usize, usize), Vec<Rect>> = BTreeMap::new();
    for shape in scene.shapes().filter(|shape| scene.kind(shape.element) == Some(Kind::Table)) {
        if let Some(table) = shape.element {
            rules.entry((table, shape.page)).or_default().push(shape.area);
        }
    }
    let mut told = BTreeSet::new();
    for run in scene.body() {
        let Some((table, at)) = scene.cell(run.element) else { continue };
        let Some(rules) = rules.get(&(table, run.page)) else { continue };
        let crossed = rules.iter().filter_map(|rule| crosses(run, *rule)).max();
        let Some(by) = crossed.filter(|_| told.insert((table, at.row))) else { continue };
        let (what, page) = (quote(&run.item.text), scene.page_name(run.page));
        let text = format!("{what}比它的格子大 {:.1} mm，压过了表格线（{page}）", by.to_mm());
        let hint = "写短些，中间加空格，或给这一列写 宽";
        findings.push(scene.finding(Code::JB7004, run.element, &text).hint(hint));
    }
}

/// How far a run reaches over a rule, if it does.
fn crosses(run: &Run<'_>, rule: Rect) -> Option<Abs> {
    let slack = Abs::pt(1.0);
    let (text, size) = (run.area, rule.size());
    // The ink of a character does not fill its em box.
    let (ink_top, ink_bottom) = (text.min.y + run.item.size * 0.2, text.max.y - run.item.size * 0.2);
    let upright = size.y > size.x;
    if upright {
        let beside = rule.min.y < ink_bottom && rule.max.y > ink_top;
        let inside = rule.min.x > text.min.x + slack && rule.max.x < text.max.x - slack;
        return (beside && inside).then(|| (rule.min.x - text.min.x).min(text.max.x - rule.max.x));
    }
    let above = rule.min.x < text.max.x - slack && rule.max.x > text.min.x + slack;
    let inside = rule.min.y > ink_top && rule.max.y < ink_bottom;
    (above && inside).then(|| (rule.min.y - text.min.y).min(text.max.y - rule.max.y))
}

/// Rows of which a part stands on one page and a part on another.
pub(super) fn cut_rows(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    let mut cells: BTreeMap<usize, (&Run<'_>, usize)> = BTreeMap::new();
    for run in scene.body() {
        let Some(cell) = run.element.filter(|&cell| matches!(scene.kind(Some(cell)), Some(Kind::Cell(_)))) else {
            continue;
        };
        let (_, last) = cells.entry(cell).or_insert((run, run.page));
        *last = run.page.max(*last);
    }
    let mut told = BTreeSet::new();
    for (cell, (run, last)) in cells {
        let Some((table, at)) = scene.cell(Some(cell)) else { continue };
        // Names that are merged over several rows may go on over a page.
        if run.page == last || at.rowspan > 1 || !told.insert((table, at.row)) {
            continue;
        }
        let pages = format!("{}和{}", scene.page_name(run.page), scene.page_name(last));
        let text = format!("{}所在的一行太高，被分到{pages}", quote(&run.item.text));
        let hint = "把这一格的字写短，或移到正文里；自己写的表可以分成几行，或给这一列写 宽";
        findings.push(scene.finding(Code::JB7007, Some(cell), &text).hint(hint));
    }
}

/// Parts of tables on later pages without the head.
pub(super) fn heads(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    // Of each table and page: its first run there, and whether a head stands there.
    let mut parts: BTreeMap<usize, BTreeMap<usize, (&Run<'_>, bool)>> = BTreeMap::new();
    for run in scene.body() {
        let Some((table, at)) = scene.cell(run.element) else { continue };
        let (_, head) = parts.entry(table).or_default().entry(run.page).or_insert((run, false));
        *head |= at.repeated;
    }
    for pages in parts.values() {
        for (page, (run, head)) in pages.iter().skip(1) {
            if *head {
                continue;
            }
            let text = format!("表接到{}，表头没有重印", scene.page_name(*page));
            let finding = scene.finding(Code::JB7008, run.element, &text);
            findings.push(finding.hint("表头太高的，把各列的名称写短；否则把这条消息报给维护的人"));
        }
    }
}
