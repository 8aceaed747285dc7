//! The shape of titles of several lines: 梯形 or 菱形 (GB/T 9704-2012, 7.3.1).

use std::collections::BTreeMap;

use typst::layout::Abs;
use typst::visualize::{Color, Paint};

use super::scene::{Line, Scene, lines, quote};
use super::walk::{Kind, Run};
use crate::diagnostic::{Code, Diagnostic};

/// The least size of a title: 二号.
fn least_size() -> Abs {
    Abs::pt(21.0)
}

/// Titles that broke by themselves, fill a line from edge to edge, or are an hourglass or a block.
pub(super) fn shape(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    let mut titles: BTreeMap<Option<usize>, Vec<&Run<'_>>> = BTreeMap::new();
    // 发文机关标志 is red, fills its line on purpose, and is no title (7.2.4).
    let black = |run: &&Run<'_>| run.item.fill == Paint::Solid(Color::BLACK);
    for run in scene.body().filter(|run| run.item.size >= least_size()).filter(black) {
        // What has no element is the cover's title.
        if matches!(scene.kind(run.element), None | Some(Kind::Title | Kind::Heading)) {
            titles.entry(scene.top(run.element)).or_default().push(run);
        }
    }
    for (element, runs) in titles {
        let lines = lines(runs.into_iter());
        let Some(first) = lines.first() else { continue };
        let known = scene.anchor(element).or_else(|| scene.outline.anchors.first().filter(|_| element.is_none()));
        let Some(fault) = fault(scene, &lines, known.map(|anchor| anchor.title_lines)) else { continue };
        let page = scene.page_name(first.page);
        let text = format!("题目{}{fault}（{page}）", quote(&first.text));
        let finding = Diagnostic::new(Code::JB7014, text).at(known.and_then(|anchor| anchor.place));
        findings.push(finding.hint("在 标题 里用 / 指定断行，各行长短相间，排成梯形或菱形"));
    }
}

fn fault(scene: &Scene<'_>, lines: &[Line], given: Option<usize>) -> Option<&'static str> {
    let first = lines.first()?;
    let room = scene.sheet(first.page)?.area(scene.outline.duplex).size().x;
    if given.is_some_and(|given| given > 0 && lines.len() > given) {
        return Some("有一行排不下，自动折了行");
    }
    let widths: Vec<Abs> = lines.iter().map(|line| line.right - line.left).collect();
    let cell = first.size;
    if widths.iter().any(|width| *width > room - cell) {
        return Some("有一行占满了版心的宽度");
    }
    let clearly = cell / 2.0;
    if widths.windows(3).any(|w| matches!(w, [a, b, c] if *b + clearly < *a && *b + clearly < *c)) {
        return Some("的中间一行最短，成了沙漏形");
    }
    let even = widths.windows(2).all(|w| matches!(w, [a, b] if (*a - *b).abs() < Abs::pt(1.0)));
    (widths.len() > 1 && even).then_some("的各行一样长，成了方块")
}
