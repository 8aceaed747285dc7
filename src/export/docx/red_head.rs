//! 红头 and 版记 (GB/T 9704-2012, 7.2 and 7.4), as `templates/gbt9704/red-head.typ` and `imprint.typ` print them.

use docx_rs::{
    AlignmentType, BorderType, BreakType, HeightRule, Paragraph, SpecialIndentType, Tab, TabValueType, Table,
    TableCell, TableCellBorder, TableCellBorderPosition, TableCellBorders, TableCellMargins, TableLayoutType,
    TablePositionProperty, TableRow, WidthType,
};

use super::closing::half;
use super::section::Kind;
use super::{Body, CELL, run};
use crate::compose::{ImprintView, RedHeadView};

/// The issuer's size in half points: its ink is then about 13 mm high.
const MARK: usize = 80;
/// A line of the type area holds 442 pt: how many per cent of its width a name of so many half characters may take is this
/// by their number.
const FULL: i32 = 2210;
/// Characters narrower than this, in per cent, are too thin: the name gets smaller altogether.
const NARROWEST: i32 = 66;
/// A character of the imprint, in twips: 四号.
const SMALL: i32 = 280;
/// The imprint's rules in eighths of a point: 0.35 and 0.25 mm.
const THICK: usize = 8;
const THIN: usize = 6;

impl Body<'_> {
    /// The issuer, the number and who signed; the red rule belongs to the style of the number.
    pub(super) fn red_head(&mut self, head: &RedHeadView) {
        self.paragraph(Paragraph::new().style("IssuerSpace"));
        let (stretch, size) = drawn(half(&head.mark));
        let mark = run(&head.mark);
        let mark = if stretch < 100 { mark.stretch(stretch) } else { mark };
        let mark = if size < MARK { mark.size(size) } else { mark };
        self.paragraph(Paragraph::new().style("Issuer").add_run(mark));
        for _ in 0..2 {
            self.blank();
        }
        self.paragraph(number(head));
        for _ in 0..2 {
            self.blank();
        }
    }

    /// The imprint stands at the foot of the page on which the text ends, whether or not that is an even one: only Word
    /// knows. `LibreOffice` before 7.6 has no floating tables as wide as the text, and sets it behind the text.
    pub(super) fn imprint(&mut self, imprint: &ImprintView) {
        let full = usize::try_from(Kind::Portrait.width()).unwrap_or_default();
        let inner = full.saturating_sub(usize::try_from(2 * SMALL).unwrap_or_default());
        let mut rows = Vec::new();
        if let Some(copies) = &imprint.copies {
            let text = Paragraph::new().style("Imprint").add_run(run(&format!("抄送：{copies}")));
            let hanging = SpecialIndentType::Hanging(3 * SMALL);
            rows.push((text.keep_next(true).indent(Some(3 * SMALL), Some(hanging), None, None), THICK, THIN));
        }
        let office = run(&imprint.office).add_tab().add_text(imprint.date.as_deref().unwrap_or_default());
        let right = Tab::new().val(TabValueType::Right).pos(inner);
        let above = if rows.is_empty() { THICK } else { THIN };
        rows.push((Paragraph::new().style("Imprint").add_tab(right).add_run(office), above, THICK));
        let side = usize::try_from(SMALL).unwrap_or_default();
        let table = Table::without_borders(rows.into_iter().map(|row| ruled(row, full)).collect())
            .set_grid(vec![full])
            .width(full, WidthType::Dxa)
            .layout(TableLayoutType::Fixed)
            .margins(TableCellMargins::new().margin(110, side, 110, side))
            .position(
                TablePositionProperty::new()
                    .vertical_anchor("margin")
                    .horizontal_anchor("margin")
                    .position_x_alignment("left")
                    .position_y_alignment("bottom"),
            );
        // Between it and a table that ends the text, and what it hangs on.
        self.paragraph(Paragraph::new().style("ImprintAnchor"));
        self.add(|docx| docx.add_table(table));
        self.paragraph(Paragraph::new().style("ImprintAnchor"));
    }
}

/// The number in the middle; to a superior one character in, with who signed on the right, two names to a line, the number
/// on the last of them.
fn number(head: &RedHeadView) -> Paragraph {
    let paragraph = Paragraph::new().style("DocumentNumber");
    if head.signers.is_empty() {
        return paragraph.add_run(run(&head.number));
    }
    let lines: Vec<String> = head.signers.chunks(2).map(|names| names.join("\u{3000}")).collect();
    let widest = lines.iter().map(|line| half(line)).max().unwrap_or_default();
    let names = 27 * CELL - widest * CELL / 2;
    let tab = |at: i32| Tab::new().val(TabValueType::Left).pos(usize::try_from(at).unwrap_or_default());
    let mut paragraph =
        paragraph.align(AlignmentType::Left).add_tab(tab(CELL)).add_tab(tab(names - 4 * CELL)).add_tab(tab(names));
    for (i, line) in lines.iter().enumerate() {
        let number = if i + 1 == lines.len() { head.number.as_str() } else { "" };
        let before = if i == 0 { run("") } else { run("").add_break(BreakType::TextWrapping) };
        let before = before.add_tab().add_text(number).add_tab();
        // Without a tab between: the label may be a hair wider than its four characters.
        let before = if i == 0 { before.add_text("签发人：") } else { before.add_tab() };
        paragraph = paragraph.add_run(before).add_run(run(line).style("Kai"));
    }
    paragraph
}

/// A row with the rules above and below it.
fn ruled((text, above, below): (Paragraph, usize, usize), width: usize) -> TableRow {
    let rule = |at, size| TableCellBorder::new(at).border_type(BorderType::Single).size(size).color("000000");
    let rules = TableCellBorders::with_empty()
        .set(rule(TableCellBorderPosition::Top, above))
        .set(rule(TableCellBorderPosition::Bottom, below));
    let cell = TableCell::new().width(width, WidthType::Dxa).set_borders(rules).add_paragraph(text);
    // With a height, or it would be taken for a head.
    TableRow::new(vec![cell]).cant_split().row_height(440.0).height_rule(HeightRule::AtLeast)
}

/// How many per cent of its width a name of so many half characters takes, and its size in half points.
fn drawn(half: i32) -> (i32, usize) {
    let stretch = (FULL / half.max(1)).min(100);
    if stretch >= NARROWEST {
        return (stretch, MARK);
    }
    let size = i32::try_from(MARK).unwrap_or_default() * stretch / NARROWEST;
    (NARROWEST, usize::try_from(size.max(2)).unwrap_or(MARK))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_gets_narrower_and_then_smaller() {
        assert_eq!(drawn(16), (100, 80));
        assert_eq!(drawn(26), (85, 80));
        assert_eq!(drawn(44), (66, 60));
    }
}
