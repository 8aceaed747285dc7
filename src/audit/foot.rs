//! The ends of pages: headings left behind, pages with next to nothing on them.

use std::collections::BTreeMap;

use typst::layout::Abs;

use super::outline::AnchorKind;
use super::scene::{Line, Scene, lines, quote};
use super::walk::{Kind, Run};
use crate::diagnostic::{Code, Diagnostic};

/// A last page should have so many lines.
const LEAST_LINES: usize = 3;
/// A heading in so many lines from the foot of a page is at its foot.
const FOOT_LINES: f64 = 3.0;

/// Headings that are the last thing on a page, at its foot, while the text goes on overleaf.
pub(super) fn headings(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    let mut last: BTreeMap<usize, &Run<'_>> = BTreeMap::new();
    for run in scene.body() {
        let lowest = last.entry(run.page).or_insert(run);
        if run.origin.y > lowest.origin.y {
            *lowest = run;
        }
    }
    for (page, run) in &last {
        let heading = run.element.filter(|_| scene.kind(run.element) == Some(Kind::Heading));
        // A run-in heading has its text behind it.
        let alone = heading.filter(|heading| scene.top(Some(*heading)) == Some(*heading));
        let (Some(heading), Some(sheet)) = (alone, scene.sheet(*page)) else { continue };
        let foot = sheet.area(scene.outline.duplex).max.y - Abs::pt(29.6) * FOOT_LINES;
        if run.origin.y < foot || !last.contains_key(&(page + 1)) {
            continue;
        }
        let text = format!("标题{}在{}的末尾，下面没有正文", quote(&run.item.text), scene.page_name(*page));
        findings.push(scene.finding(Code::JB7010, Some(heading), &text).hint("前面的文字增减一两行"));
    }
}

/// The last page of the report's own text, and that of the whole, with under three lines.
pub(super) fn last_pages(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    let all = lines(scene.body());
    let Some(last) = all.last().map(|line| line.page) else { return };
    // Attachments begin on a page of their own.
    let attachment = scene.body().find(|run| opens_attachment(scene, run)).map(|run| run.page);
    let mut ends = vec![last];
    ends.extend(attachment.and_then(|page| page.checked_sub(1)).filter(|page| *page != last));
    for page in ends {
        let lines: Vec<&Line> = all.iter().filter(|line| line.page == page).collect();
        let begins = scene.body().any(|run| run.page == page && begins_something(scene, run));
        // 版记 may have a page of its own (7.4, 7.5); it belongs to no block of the report.
        let of_report = scene.body().any(|run| run.page == page && scene.anchor(run.element).is_some());
        let of_report = of_report || scene.outline.anchors.is_empty();
        if page == 0 || lines.is_empty() || lines.len() >= LEAST_LINES || begins || !of_report {
            continue;
        }
        let element =
            scene.body().filter(|run| run.page == page).find_map(|run| scene.anchor(run.element).and(run.element));
        let text = format!("{}是最后一页，只有 {} 行", scene.page_name(page), lines.len());
        findings.push(scene.finding(Code::JB7012, element, &text).hint("前面的文字压缩一两行，或增写几行"));
    }
}

/// Whether a run stands in the title of an attachment.
fn opens_attachment(scene: &Scene<'_>, run: &Run<'_>) -> bool {
    scene.anchor(run.element).is_some_and(|anchor| anchor.kind == AnchorKind::Heading && anchor.title_lines > 0)
}

fn begins_something(scene: &Scene<'_>, run: &Run<'_>) -> bool {
    opens_attachment(scene, run) || scene.kind(run.element) == Some(Kind::Title)
}

/// A signature on a page without any of the text (GB/T 9704-2012: 此页无正文 is no longer a way out).
pub(super) fn signature(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(signed) = scene.body().find(|run| scene.within(run.element, Kind::Signature)) else { return };
    let is_text = |run: &&Run<'_>| {
        run.page == signed.page && scene.anchor(run.element).is_some() && !scene.within(run.element, Kind::Signature)
    };
    // Where nothing is known of the report, any paragraph is its text. Lists of attachments stand in the last one.
    let own = |run: &&Run<'_>| is_text(run) && scene.kind(run.element).is_some_and(|kind| kind != Kind::Signature);
    if scene.body().any(|run| own(&run) && !in_list_of_attachments(scene, run)) {
        return;
    }
    let before = scene.body().filter(|run| run.page < signed.page && scene.anchor(run.element).is_some());
    let place = before.last().and_then(|run| scene.place(run.element));
    let text = format!("{}只有落款，没有正文", scene.page_name(signed.page));
    let finding = Diagnostic::new(Code::JB7013, text).at(place);
    findings.push(finding.hint("正文的最后增写一两行，或压缩一两行，使落款与正文同在一页"));
}

/// Whether a run stands in a paragraph within a paragraph: the list of attachments behind the last line of the text.
fn in_list_of_attachments(scene: &Scene<'_>, run: &Run<'_>) -> bool {
    scene.kind(run.element) == Some(Kind::Paragraph) && scene.top(run.element) != run.element
}
