//! 22 lines to a page, 28 characters to a line (GB/T 9704-2012, 5.2.3).

use typst::layout::Abs;

use super::scene::{Line, Scene, lines, quote};
use super::sheet::cell;
use super::walk::Kind;
use crate::characters::is_hanzi;
use crate::diagnostic::{Code, Diagnostic};
use crate::gbt9704::{CELLS, LINES};

/// Pages with more lines, and lines with more characters, than the standard has.
pub(super) fn grid(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    let text = scene.body().filter(|run| {
        let kind = scene.kind(run.element);
        let flows = matches!(kind, None | Some(Kind::Paragraph | Kind::Heading | Kind::Signature));
        flows && run.item.size <= cell() + Abs::pt(0.5) && run.item.size >= Abs::pt(14.5)
    });
    let text: Vec<_> = text.collect();
    // Of each page: its lines, and the first that it has.
    let mut page_lines: Vec<(usize, Line)> = Vec::new();
    for line in lines(text.iter().copied()) {
        match page_lines.last_mut() {
            Some((count, first)) if first.page == line.page => *count += 1,
            _ => page_lines.push((1, line)),
        }
    }
    for (count, first) in page_lines.into_iter().filter(|(count, _)| *count > usize::from(LINES)) {
        let element = text.iter().find(|run| run.page == first.page).and_then(|run| run.element);
        let text = format!("{}有 {count} 行，国标每面最多 {LINES} 行", scene.page_name(first.page));
        findings.push(scene.finding(Code::JB7005, element, &text).hint("把卷宗和这条消息报给维护的人"));
    }
    for line in lines(text.iter().copied().filter(|run| scene.kind(run.element) == Some(Kind::Paragraph))) {
        let count = line.text.chars().filter(|c| is_hanzi(*c)).count();
        let across = scene.sheet(line.page).is_some_and(super::sheet::Sheet::landscape);
        if count <= usize::from(CELLS) || across {
            continue;
        }
        let run = text.iter().find(|run| run.page == line.page && (run.origin.y - line.baseline).abs() < Abs::pt(1.0));
        let page = scene.page_name(line.page);
        let text = format!("{}所在的一行有 {count} 个字，国标每行最多 {CELLS} 个（{page}）", quote(&line.text));
        let finding = scene.finding(Code::JB7005, run.and_then(|run| run.element), &text);
        findings.push(finding.hint("把卷宗和这条消息报给维护的人"));
    }
}
