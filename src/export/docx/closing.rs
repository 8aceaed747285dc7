//! The cover, the attachment note, the signature, the attachments.

use docx_rs::{
    AlignmentType, BorderType, BreakType, Paragraph, SpecialIndentType, Tab, TabValueType, Table, TableAlignmentType,
    TableCell, TableCellBorder, TableCellBorderPosition, TableCellBorders, TableRow, VAlignType, WidthType,
};
use unicode_width::UnicodeWidthStr;

use super::section::{Kind, Section};
use super::{Body, CELL, run};
use crate::compose::{AttachmentView, CoverRow, CoverView, NoteView, SignatureView};

/// The columns of the cover's table, in twips.
const COVER_LABEL: usize = 2600;
const COVER_VALUE: usize = 4400;

impl Body<'_> {
    pub(super) fn cover(&mut self, cover: &CoverView) {
        let text = std::mem::replace(&mut self.section, Section { kind: Kind::Cover, restart: false, odd: false });
        for _ in 0..5 {
            self.blank();
        }
        self.paragraph(Paragraph::new().style("CoverTitle").add_run(run(&cover.title_lines.join("\n"))));
        for _ in 0..9 {
            self.blank();
        }
        let rows = cover.rows.iter().map(cover_row).collect();
        let table = Table::without_borders(rows)
            .set_grid(vec![COVER_LABEL, COVER_VALUE])
            .width(COVER_LABEL + COVER_VALUE, WidthType::Dxa)
            .align(TableAlignmentType::Center);
        self.add(|docx| docx.add_table(table));
        self.end_section();
        self.section = text;
    }

    /// Names stand under each other, wrapped lines under the first character of the name (GB/T 9704-2012, 7.3.4).
    pub(super) fn attachment_note(&mut self, entries: &[NoteView]) {
        if entries.is_empty() {
            return;
        }
        self.blank();
        for (i, entry) in entries.iter().enumerate() {
            let number = entry.number.as_deref().unwrap_or_default();
            let numbered = CELL * cells(number);
            let lead = if i == 0 { "附件：" } else { "" };
            let hanging = numbered + if i == 0 { 3 * CELL } else { 0 };
            let paragraph =
                Paragraph::new().style("AttachmentNote").add_run(run(&format!("{lead}{number}{}", entry.name)));
            let special = (hanging > 0).then_some(SpecialIndentType::Hanging(hanging));
            self.paragraph(paragraph.indent(Some(5 * CELL + numbered), special, None, None));
        }
    }

    pub(super) fn signature(&mut self, signature: &SignatureView) {
        for _ in 0..if signature.sealed { 2 } else { 1 } {
            self.blank();
        }
        let (unit, date) = places(half(&signature.unit), half(&signature.date), signature.sealed);
        let line = |text: &str, right: i32| {
            let paragraph = Paragraph::new().style("Signature").add_run(run(text));
            paragraph.indent(None, None, Some(right.max(0) * CELL / 4), None)
        };
        self.paragraph(line(&signature.unit, unit).keep_next(true));
        self.paragraph(line(&signature.date, date));
    }

    /// 附件1 flush left and the title two lines below are one paragraph: the outline has both in one entry. The title is
    /// centred by a tab.
    pub(super) fn attachment(&mut self, one: &AttachmentView) {
        let kind = if one.landscape { Kind::Landscape } else { Kind::Portrait };
        self.turn(kind);
        if self.recto {
            if !self.empty {
                self.end_section();
            }
            self.section.odd = true;
        }
        let centre = usize::try_from(kind.width() / 2).unwrap_or_default();
        let mut heading = Paragraph::new()
            .style("AttachmentHeading")
            .add_tab(Tab::new().val(TabValueType::Center).pos(centre))
            .page_break_before(!self.empty)
            .add_run(run(&one.label).style("Hei").add_break(BreakType::TextWrapping));
        for line in &one.title_lines {
            let start = run("").add_break(BreakType::TextWrapping).add_tab();
            heading = heading.add_run(start).add_run(run(line).style("BigSong"));
        }
        self.paragraph(heading);
        self.blank();
        self.blocks(&one.blocks, 1);
    }
}

fn cover_row(row: &CoverRow) -> TableRow {
    let cell = |text: String, width: usize| {
        let paragraph = Paragraph::new().style("CoverCell").add_run(run(&text));
        (TableCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Bottom), paragraph)
    };
    let (label, text) = cell(format!("{}：", row.label), COVER_LABEL);
    let label = label.add_paragraph(text.align(AlignmentType::Right));
    let (value, text) = cell(row.value.clone(), COVER_VALUE);
    let line = TableCellBorder::new(TableCellBorderPosition::Bottom).border_type(BorderType::Single).size(4);
    TableRow::new(vec![label, value.add_paragraph(text).set_borders(TableCellBorders::with_empty().set(line))])
        .cant_split()
}

/// The width of a text in half characters.
pub(super) fn half(text: &str) -> i32 {
    i32::try_from(text.width()).unwrap_or_default()
}

/// The width of a text in whole characters, rounded up.
fn cells(text: &str) -> i32 {
    (half(text) + 1) / 2
}

/// What is left free on the right of unit and date, in quarters of a character, their widths being in half characters. As
/// `templates/gbt9704/signature.typ` (GB/T 9704-2012, 7.3.5).
fn places(unit: i32, date: i32, sealed: bool) -> (i32, i32) {
    if sealed {
        // Of their common centre from the left, in quarters.
        let centre = (2 * (56 - 8) - date).min(2 * 56 - unit);
        (2 * 56 - centre - unit, 2 * 56 - centre - date)
    } else if date > unit {
        (2 * (8 + date - unit), 2 * 4)
    } else {
        (2 * 4, 2 * (unit - date))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unit_and_date_stand_where_the_pages_have_them() {
        // A unit of ten characters over a date of eight: the date leaves four characters, the unit is centred over it.
        assert_eq!(places(20, 16, true), (12, 16));
        // A long unit pushes both to the left.
        assert_eq!(places(40, 16, true), (0, 24));
        // Without a seal the unit leaves two characters and the date begins two to the right of it.
        assert_eq!(places(20, 16, false), (8, 8));
        assert_eq!(places(10, 16, false), (28, 8));
    }
}
