//! Which text of a report is printed in which role's face, as the templates do it.

use crate::compose::{BlockView, ChartView, Inline, ReportView, TableView};
use crate::typeset::Role;

/// Hands over every text with its role. What the templates set in 宋体 or as a number is digits only.
pub(super) fn texts<'v>(view: &'v ReportView, hand: &mut dyn FnMut(Role, &'v str)) {
    for line in view.cover.iter().flat_map(|cover| &cover.title_lines).chain(&view.title_lines) {
        hand(Role::BiaoSong, line);
    }
    for row in view.cover.iter().flat_map(|cover| &cover.rows) {
        hand(Role::FangSong, &row.value);
    }
    view.body.iter().for_each(|one| block(one, hand));
    for note in &view.attachment_note {
        hand(Role::FangSong, &note.name);
    }
    if let Some(signature) = &view.signature {
        hand(Role::FangSong, &signature.unit);
    }
    for attachment in &view.attachments {
        attachment.title_lines.iter().for_each(|line| hand(Role::BiaoSong, line));
        attachment.blocks.iter().for_each(|one| block(one, hand));
    }
}

fn block<'v>(view: &'v BlockView, hand: &mut dyn FnMut(Role, &'v str)) {
    match view {
        BlockView::Heading { level, number, text, rest, .. } => {
            let role = match level {
                1 => Role::Hei,
                2 => Role::Kai,
                _ => Role::FangSong,
            };
            hand(role, number);
            inlines(text, role, hand);
            inlines(rest, Role::FangSong, hand);
        }
        BlockView::Paragraph { text, .. } => inlines(text, Role::FangSong, hand),
        BlockView::Item { number, text } => {
            hand(Role::FangSong, number);
            inlines(text, Role::FangSong, hand);
        }
        BlockView::Table(view) => table(view, hand),
        BlockView::Chart(view) => chart(view, hand),
    }
}

fn inlines<'v>(runs: &'v [Inline], role: Role, hand: &mut dyn FnMut(Role, &'v str)) {
    for run in runs {
        match run {
            Inline::Text(text) => hand(role, text),
            Inline::Strong(text) => hand(Role::Hei, text),
            Inline::Mark(_) => {}
        }
    }
}

fn table<'v>(view: &'v TableView, hand: &mut dyn FnMut(Role, &'v str)) {
    view.caption.iter().for_each(|caption| hand(Role::Hei, caption));
    view.header.iter().flatten().for_each(|cell| hand(Role::Hei, &cell.text));
    for row in &view.rows {
        let role = if row.total { Role::Hei } else { Role::FangSong };
        row.cells.iter().for_each(|cell| hand(role, &cell.text));
    }
    view.unit.iter().chain(&view.note).for_each(|text| hand(Role::FangSong, text));
}

fn chart<'v>(view: &'v ChartView, hand: &mut dyn FnMut(Role, &'v str)) {
    hand(Role::Hei, &view.caption);
    view.labels.iter().for_each(|label| hand(Role::FangSong, &label.text));
    view.note.iter().for_each(|note| hand(Role::FangSong, note));
}
