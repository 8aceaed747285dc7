//! The room for a seal: a circle of 42 mm, its centre on the upper edge of the unit's line, over the middle of the date
//! (GB/T 9704-2012, 7.3.5.1). Nothing but unit and date may stand in it.

use typst_layout::PagedDocument;

use super::marks::{Mark, texts};
use super::{CASE, MM, REPORTS, lay_out};
use crate::support::{Dossier, root};

const RADIUS: f64 = 21.0 * MM;

/// The texts in a report's seal that are not unit or date; with how far above the seal the text nearest to it ends.
fn intruders(document: &PagedDocument, unit: &str, date: &str) -> (Vec<String>, f64) {
    let texts = texts(document, false);
    let lines = lines(&texts);
    let date = lines.iter().rfind(|line| line.text == date).expect("the date");
    let unit = lines.iter().rfind(|line| line.page == date.page && line.text == unit && line.bottom < date.top);
    let unit = unit.expect("the unit");
    assert!((unit.middle() - date.middle()).abs() < 1.0 || unit.right > date.right, "{unit:?} {date:?}");
    let (x, y) = (date.middle(), unit.top);
    let outside = |mark: &&Mark| mark.page == date.page && mark.text.trim() != "";
    let inside = texts.iter().filter(outside).filter(|mark| {
        let (dx, dy) = (x - x.clamp(mark.left, mark.right), y - y.clamp(mark.top, mark.bottom));
        // Boxes of characters have some air.
        dx.hypot(dy) < RADIUS - 0.5 && !within(mark, unit) && !within(mark, date)
    });
    let above = lines.iter().filter(|line| line.page == date.page && line.bottom < unit.top);
    let nearest = above.map(|line| line.bottom).fold(f64::NEG_INFINITY, f64::max);
    (inside.map(|mark| mark.text.clone()).collect(), y - RADIUS - nearest)
}

fn within(mark: &Mark, line: &Mark) -> bool {
    mark.page == line.page && (mark.top - line.top).abs() < 1.0 && mark.left >= line.left - 1.0
}

/// Texts that stand on one line, joined.
fn lines(texts: &[Mark]) -> Vec<Mark> {
    let mut lines: Vec<Mark> = Vec::new();
    for text in texts {
        match lines.last_mut() {
            Some(line) if line.page == text.page && (line.bottom - text.bottom).abs() < 0.5 => {
                line.right = line.right.max(text.right);
                line.text.push_str(&text.text);
            }
            _ => lines.push(text.clone()),
        }
    }
    lines
}

fn check(name: &str, document: &PagedDocument, unit: &str, date: &str) {
    let (intruders, gap) = intruders(document, unit, date);
    assert!(intruders.is_empty(), "{name}: {intruders:?}");
    // 7.3.5.1: the seal's top is within one line of the text, so some of it is on the same page.
    assert!((0.0..=30.0).contains(&gap), "{name}: {gap}");
}

#[test]
fn no_text_stands_in_the_seal_of_any_report() {
    let mut checked = 0;
    for (name, year) in REPORTS.iter().chain(&[(CASE, 2023)]) {
        let path = root().join(name);
        let view = jibao::examine(&path, *year).report.expect("a report").view;
        if let Some(signature) = view.signature.filter(|signature| signature.sealed) {
            check(name, &lay_out(&path, *year), &signature.unit, &signature.date);
            checked += 1;
        }
    }
    assert!(checked > 5, "{checked}");
}

#[test]
fn nor_behind_whatever_a_report_ends_with() {
    let endings = [
        "  - 短。\n",
        "  - 列表: [第一项, 第二项]\n",
        "  - 表: {标题: 一张表, 列: [甲, 乙], 行: [[一, 二], [三, 四]]}\n",
        "  - 图: {类型: 柱形, 标题: 各项支出, 项: [{逐项: 支出.项目支出.明细}]}\n",
        "  - 小节: {标题: 一个小节, 正文: [小节里的话。]}\n",
    ];
    for ending in endings {
        // Down the page and over its edge, a line at a time.
        for lines in [0, 3, 5, 6, 7, 8, 9] {
            let text = format!("标题: 结尾\n正文:\n{}{ending}", "  - 又一段。\n".repeat(lines));
            let dossier = Dossier::copy_of(CASE).write("2023/sections/04-problems.yaml", text);
            let document = lay_out(dossier.path(), 2023);
            check(&format!("{ending} {lines}"), &document, "云岭县农村公路养护中心", "2024年4月18日");
        }
    }
}
