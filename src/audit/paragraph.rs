//! A single character left on a paragraph's last line.

use std::collections::BTreeMap;

use super::scene::{Scene, lines, quote};
use super::walk::{Kind, Run};
use crate::diagnostic::{Code, Diagnostic};

/// Paragraphs whose last line is one character, or a mark.
pub(super) fn lone_characters(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    let mut paragraphs: BTreeMap<usize, Vec<&Run<'_>>> = BTreeMap::new();
    for run in scene.body() {
        let top = scene.top(run.element).filter(|top| scene.kind(Some(*top)) == Some(Kind::Paragraph));
        let Some(top) = top else { continue };
        // A run-in heading is a part of its paragraph; what closes the text is none.
        let heading = scene.kind(run.element) == Some(Kind::Heading);
        if run.element == Some(top) || heading {
            paragraphs.entry(top).or_default().push(run);
        }
    }
    for (paragraph, runs) in paragraphs {
        let lines = lines(runs.into_iter());
        let [_, .., last] = lines.as_slice() else { continue };
        if last.text.chars().filter(|c| c.is_alphanumeric()).count() > 1 {
            continue;
        }
        let text = format!("一段的最后一行只有{}（{}）", quote(&last.text), scene.page_name(last.page));
        findings.push(scene.finding(Code::JB7011, Some(paragraph), &text).hint("这一段增减一两个字"));
    }
}
