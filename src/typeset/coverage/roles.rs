//! Which text of a report is printed in which role's face, as the templates do it, and where it is written.

use crate::compose::{AttachmentView, BlockView, ChartView, Inline, Places, RedHeadView, ReportView, TableView};
use crate::source::Place;
use crate::typeset::Role;

/// Takes a text with its role and the place that it is written at or near.
pub(super) type Hand<'h, 'v> = dyn FnMut(Role, &'v str, Option<Place>) + 'h;

/// Hands over every text of the author's, in the order of print. What the templates set in 宋体 or as a number is digits
/// only, and the PDF's properties need no face.
pub(super) fn texts<'v>(view: &'v ReportView, places: &Places, hand: &mut Hand<'_, 'v>) {
    let ReportView {
        meta: _,
        page: _,
        fonts: _,
        weights: _,
        draft: _,
        landscape: _,
        cover,
        red_head,
        title_lines,
        marks: _,
        body,
        attachment_note,
        signature,
        attachments,
        imprint,
        carried: _,
    } = view;
    if let Some(cover) = cover {
        cover.title_lines.iter().for_each(|line| hand(Role::BiaoSong, line, places.title));
        cover.rows.iter().for_each(|row| hand(Role::FangSong, &row.value, places.unit));
    }
    if let Some(head) = red_head {
        self::red_head(head, hand);
    }
    for line in title_lines {
        hand(Role::BiaoSong, line, places.title);
    }
    let mut written = places.blocks.iter().copied();
    for one in body {
        block(one, written.next().flatten(), hand);
    }
    let mut titles = places.attachments.iter().copied();
    for note in attachment_note {
        hand(Role::FangSong, &note.name, titles.next().flatten());
    }
    if let Some(signature) = signature {
        hand(Role::FangSong, &signature.unit, places.unit);
    }
    let mut titles = places.attachments.iter().copied();
    for AttachmentView { title_lines, blocks, .. } in attachments {
        let place = titles.next().flatten();
        for line in title_lines {
            hand(Role::BiaoSong, line, place);
        }
        for one in blocks {
            block(one, written.next().flatten(), hand);
        }
    }
    if let Some(imprint) = imprint {
        imprint.copies.iter().chain([&imprint.office]).for_each(|text| hand(Role::FangSong, text, None));
    }
}

fn red_head<'v>(view: &'v RedHeadView, hand: &mut Hand<'_, 'v>) {
    hand(Role::BiaoSong, &view.mark, None);
    hand(Role::FangSong, &view.number, None);
    view.signers.iter().for_each(|name| hand(Role::Kai, name, None));
}

fn block<'v>(view: &'v BlockView, place: Option<Place>, hand: &mut Hand<'_, 'v>) {
    match view {
        BlockView::Heading { level, number, text, rest, .. } => {
            let role = match level {
                1 => Role::Hei,
                2 => Role::Kai,
                _ => Role::FangSong,
            };
            hand(role, number, place);
            inlines(text, role, place, hand);
            inlines(rest, Role::FangSong, place, hand);
        }
        BlockView::Paragraph { text, .. } => inlines(text, Role::FangSong, place, hand),
        BlockView::Item { number, text } => {
            hand(Role::FangSong, number, place);
            inlines(text, Role::FangSong, place, hand);
        }
        BlockView::Table(view) => table(view, place, hand),
        BlockView::Chart(view) => chart(view, place, hand),
    }
}

fn inlines<'v>(runs: &'v [Inline], role: Role, place: Option<Place>, hand: &mut Hand<'_, 'v>) {
    for run in runs {
        match run {
            Inline::Text(text) => hand(role, text, place),
            Inline::Strong(text) => hand(Role::Hei, text, place),
            Inline::Mark(_) => {}
        }
    }
}

fn table<'v>(view: &'v TableView, place: Option<Place>, hand: &mut Hand<'_, 'v>) {
    view.caption.iter().for_each(|caption| hand(Role::Hei, caption, place));
    view.unit.iter().for_each(|unit| hand(Role::FangSong, unit, place));
    view.header.iter().flatten().for_each(|cell| hand(Role::Hei, &cell.text, place));
    for row in &view.rows {
        let role = if row.total { Role::Hei } else { Role::FangSong };
        row.cells.iter().for_each(|cell| hand(role, &cell.text, row.place.or(place)));
    }
    view.note.iter().for_each(|note| hand(Role::FangSong, note, place));
}

fn chart<'v>(view: &'v ChartView, place: Option<Place>, hand: &mut Hand<'_, 'v>) {
    view.labels.iter().for_each(|label| hand(Role::FangSong, &label.text, place));
    hand(Role::Hei, &view.caption, place);
    view.note.iter().for_each(|note| hand(Role::FangSong, note, place));
}
