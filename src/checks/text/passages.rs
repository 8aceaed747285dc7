//! The texts of a dossier, paragraph by paragraph, made ready to be searched.

use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use crate::dossier::{Block, ChartContent, ChartSpec, Dossier, Section, TableSource, TableSpec};
use crate::source::{Piece, Place, Sources, Spanned, pieces};

/// What a placeholder leaves in [`Passage::text`]: no digit, no letter, no mark.
pub(super) const HOLE: char = '\u{FFFC}';

/// What the placeholder `{{ 年度 }}` leaves: it says of a sentence that it speaks of this year.
pub(super) const THIS_YEAR: char = '\u{FFFB}';

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The report's title.
    Title,
    /// The unit's name.
    UnitName,
    /// A basis document.
    Basis,
    /// An attachment's title.
    AttachmentTitle,
    /// A heading, a caption, a column's head.
    Heading,
    /// A paragraph, a list item, a table's or chart's note, grounds of a score.
    Prose,
    /// A cell of a table.
    Cell,
}

/// Which part of the report a text belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Title, unit, basis documents, titles of attachments.
    Frame,
    /// The section without a heading.
    Preamble,
    /// A section whose heading names the conclusion (自评结论).
    Conclusion,
    /// Any other section.
    Body,
    /// The contents of an attachment.
    Attachment,
    /// The score sheet.
    Scores,
}

/// A scalar of a file, which may hold several paragraphs.
#[derive(Debug)]
struct Source<'a> {
    text: &'a Spanned<String>,
    /// Where each character of the value stands in the file; found once, when the first place is asked for.
    map: OnceCell<Option<Vec<(usize, usize)>>>,
}

/// A paragraph without its placeholders, emphasis, and the spaces beside Chinese characters.
#[derive(Debug)]
pub(super) struct Passage<'a> {
    /// What it is.
    pub(super) role: Role,
    /// Where it belongs.
    pub(super) part: Part,
    /// The text to search; a placeholder is one [`HOLE`] or [`THIS_YEAR`].
    pub(super) text: String,
    /// The expressions of the placeholders, in order.
    pub(super) expressions: Vec<&'a str>,
    source: Rc<Source<'a>>,
    /// Each character's offset in `text` and in the source's value.
    origin: Vec<(usize, usize)>,
}

impl<'a> Passage<'a> {
    fn new(role: Role, part: Part, source: Rc<Source<'a>>, line: &'a str) -> Self {
        let base = offset_of(&source.text.value, line);
        let mut passage = Self { role, part, text: String::new(), expressions: Vec::new(), source, origin: Vec::new() };
        for piece in pieces(line) {
            match piece {
                Piece::Text(text) => passage.push_text(text, base + offset_of(line, text)),
                Piece::Expression(expression) => {
                    let mark = if expression.trim() == "年度" { THIS_YEAR } else { HOLE };
                    passage.push(mark, base + offset_of(line, expression));
                    passage.expressions.push(expression);
                }
                Piece::Open(_) => {}
            }
        }
        passage
    }

    fn push(&mut self, c: char, at: usize) {
        self.origin.push((self.text.len(), at));
        self.text.push(c);
    }

    /// Adds a text without emphasis and without white space beside anything but Latin letters.
    fn push_text(&mut self, text: &str, at: usize) {
        for (offset, c) in text.char_indices() {
            let starred = c == '*' && (text[offset..].starts_with("**") || text[..offset].ends_with('*'));
            let next = text[offset..].trim_start().chars().next();
            let beside = self.text.chars().next_back().is_none_or(is_wide) || next.is_none_or(is_wide);
            if !(starred || c.is_whitespace() && beside) {
                self.push(c, at + offset);
            }
        }
    }

    /// The place of a stretch of the text; the whole scalar's where the file has it written otherwise.
    pub(super) fn place(&self, range: Range<usize>, sources: &Sources) -> Option<Place> {
        let whole = self.source.text.place?;
        Some(self.narrow(range, whole, sources).unwrap_or(whole))
    }

    fn narrow(&self, range: Range<usize>, whole: Place, sources: &Sources) -> Option<Place> {
        let index = |offset: usize| self.origin.partition_point(|&(at, _)| at < offset);
        let first = self.origin.get(index(range.start))?.1;
        let last = self.origin.get(index(range.end).checked_sub(1)?)?.1;
        let value = &self.source.text.value;
        let map = self.source.map.get_or_init(|| align(value, sources.slice(whole))).as_ref()?;
        let at = |value: usize| map.binary_search_by_key(&value, |&(v, _)| v).ok().map(|i| map[i].1);
        let (start, end) = (at(first)?, at(last)?);
        let length = value[last..].chars().next().map_or(0, char::len_utf8);
        Some(whole.part(start, (end + length).checked_sub(start)?))
    }

    /// The place of the whole text.
    pub(super) fn whole(&self) -> Option<Place> {
        self.source.text.place
    }
}

fn is_wide(c: char) -> bool {
    !c.is_ascii()
}

/// Where a part of a text begins in it.
fn offset_of(whole: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(whole.as_ptr().addr())
}

/// Where each character of a scalar's value stands in the scalar as written: a walk along both, in which the file may
/// have more white space and quotes. None where it has anything else more, such as an escape.
fn align(value: &str, written: &str) -> Option<Vec<(usize, usize)>> {
    let head = if written.starts_with(['|', '>']) { written.find('\n')? } else { 0 };
    let mut rest = written[head..].char_indices().map(|(at, c)| (head + at, c)).peekable();
    let mut map = Vec::with_capacity(value.len() / 3);
    for (at, wanted) in value.char_indices() {
        loop {
            match rest.peek().copied() {
                Some((found, c)) if c == wanted => {
                    map.push((at, found));
                    rest.next();
                    break;
                }
                Some((_, c)) if c.is_whitespace() || matches!(c, '\'' | '"') => {
                    rest.next();
                }
                next if wanted.is_whitespace() => {
                    map.push((at, next.map_or(written.len(), |(found, _)| found)));
                    break;
                }
                _ => return None,
            }
        }
    }
    Some(map)
}

/// The texts of a dossier in the order of print.
pub(super) fn collect(dossier: &Dossier) -> Vec<Passage<'_>> {
    let mut collector = Collector { passages: Vec::new() };
    let report = &dossier.year.report;
    collector.add(Role::UnitName, Part::Frame, &dossier.unit.name);
    collector.add(Role::Title, Part::Frame, &report.title);
    for document in &report.basis {
        collector.add(Role::Basis, Part::Frame, &document.name);
        document.number.iter().for_each(|number| collector.add(Role::Basis, Part::Frame, number));
    }
    for section in &dossier.year.sections {
        let part = if section.title.is_none() { Part::Preamble } else { Part::Body };
        collector.section(section, part);
    }
    for attachment in &report.attachments {
        collector.add(Role::AttachmentTitle, Part::Frame, &attachment.title);
        collector.blocks(&attachment.body, Part::Attachment);
    }
    if let Some(scores) = &dossier.year.scores {
        for (_, given) in &scores.value.given.0 {
            let given = &given.value;
            let said = [&given.grounds, &given.override_reason, &given.reason];
            said.into_iter().flatten().for_each(|text| collector.add(Role::Prose, Part::Scores, text));
        }
        for own in &scores.value.own {
            let said = [&own.value.grounds, &own.value.reason];
            said.into_iter().flatten().for_each(|text| collector.add(Role::Prose, Part::Scores, text));
        }
        scores.value.note.iter().for_each(|text| collector.add(Role::Prose, Part::Scores, text));
    }
    collector.passages
}

struct Collector<'a> {
    passages: Vec<Passage<'a>>,
}

impl<'a> Collector<'a> {
    fn add(&mut self, role: Role, part: Part, text: &'a Spanned<String>) {
        let source = Rc::new(Source { text, map: OnceCell::new() });
        let lines = text.value.lines().filter(|line| !line.trim().is_empty());
        self.passages.extend(lines.map(|line| Passage::new(role, part, source.clone(), line)));
    }

    fn section(&mut self, section: &'a Section, part: Part) {
        let mut part = part;
        if let Some(title) = &section.title {
            self.add(Role::Heading, part, title);
            if title.value.contains("结论") {
                part = Part::Conclusion;
            }
        }
        self.blocks(&section.body, part);
    }

    fn blocks(&mut self, blocks: &'a [Block], part: Part) {
        for block in blocks {
            match block {
                Block::Paragraph(text) => self.add(Role::Prose, part, text),
                Block::Subsection(section) => self.section(section, part),
                Block::List(list) => list.items.iter().for_each(|item| self.add(Role::Prose, part, item)),
                Block::Pairs(pairing) => {
                    for pair in &pairing.pairs {
                        self.add(Role::Prose, part, &pair.problem);
                        self.add(Role::Prose, part, &pair.measure);
                    }
                }
                Block::Table(table) => {
                    if let TableSource::Own(spec) = &table.value {
                        self.table(spec, part);
                    }
                }
                Block::Chart(chart) => self.chart(&chart.value, part),
            }
        }
    }

    fn table(&mut self, spec: &'a TableSpec, part: Part) {
        spec.caption.iter().for_each(|caption| self.add(Role::Heading, part, caption));
        spec.columns.iter().for_each(|column| self.add(Role::Heading, part, &column.name));
        for cell in
            spec.rows.iter().flat_map(|row| &row.value.cells).filter(|cell| !cell.0.value.starts_with(['=', '＝']))
        {
            self.add(Role::Cell, part, &cell.0);
        }
        spec.note.iter().for_each(|note| self.add(Role::Prose, part, note));
    }

    fn chart(&mut self, spec: &'a ChartSpec, part: Part) {
        self.add(Role::Heading, part, &spec.caption);
        match &spec.content {
            ChartContent::Data(_) => {}
            ChartContent::Series(all) => all.iter().for_each(|one| self.add(Role::Heading, part, &one.name)),
            ChartContent::Items(all) => all.iter().for_each(|one| self.add(Role::Heading, part, &one.value.name)),
        }
        spec.note.iter().chain(&spec.alt).for_each(|text| self.add(Role::Prose, part, text));
    }
}

/// The tables that the dossier spells out, in sections and attachments.
pub(super) fn tables(dossier: &Dossier) -> Vec<&TableSpec> {
    fn walk<'a>(blocks: &'a [Block], into: &mut Vec<&'a TableSpec>) {
        for block in blocks {
            match block {
                Block::Subsection(section) => walk(&section.body, into),
                Block::Table(Spanned { value: TableSource::Own(spec), .. }) => into.push(spec),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    dossier.year.sections.iter().for_each(|section| walk(&section.body, &mut found));
    dossier.year.report.attachments.iter().for_each(|attachment| walk(&attachment.body, &mut found));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned(value: &str, written: &str) -> Option<String> {
        let map = align(value, written)?;
        Some(map.iter().map(|&(_, at)| written[at..].chars().next().unwrap_or('$')).collect())
    }

    #[test]
    fn a_value_is_found_again_in_the_file() {
        assert_eq!(aligned("甲 乙", "甲\n    乙").as_deref(), Some("甲 乙"));
        assert_eq!(aligned("it's", "'it''s'").as_deref(), Some("it's"));
        assert_eq!(aligned("甲\n乙\n", "|  # 注\n    甲\n    乙").as_deref(), Some("甲\n乙$"));
        assert_eq!(aligned("甲\u{e9}", r#""甲\xe9""#), None);
    }

    #[test]
    fn spaces_and_emphasis_go_and_placeholders_leave_a_hole() {
        let source = Spanned::from("于2021 年 3 月，**共** {{ 支出.合计 }} 万元 by GB/T 9704".to_owned());
        let scalar = Rc::new(Source { text: &source, map: OnceCell::new() });
        let passage = Passage::new(Role::Prose, Part::Body, scalar, &source.value);
        assert_eq!(passage.text, "于2021年3月，共\u{FFFC}万元by GB/T 9704");
        assert_eq!(passage.expressions, [" 支出.合计 "]);
    }
}
