//! The scoring appendix (评分表), with the columns that its index system asks for.

use rust_decimal::Decimal;

use super::inline::Filler;
use super::log::{Part, PrintedSubject};
use super::table::{fraction, padding};
use super::view::{CellView, ColumnView, RowView, TableView};
use crate::diagnostic::Diagnostic;
use crate::dossier::{Align, Scores};
use crate::profile::{SheetColumn, SheetContent};
use crate::scoring::{ScoreRow, Scorecard, UNCONFIRMED_MARK, print_score};
use crate::source::{Place, Spanned};

/// What the sheet is called where its cells are named.
const SHEET: &str = "评分表";

/// What stands in place of the score of a row that does not apply.
const NOT_APPLICABLE: &str = "—";

/// The score sheet as a table: rows, a subtotal a first level, the total and grade, and what must be said of it.
pub(super) fn score_sheet(
    filler: &Filler<'_>,
    card: &Scorecard,
    scores: &Scores,
    findings: &mut Vec<Diagnostic>,
) -> TableView {
    let mut sheet = Sheet { filler, columns: &card.columns, scores, findings };
    let mut rows = Vec::new();
    for group in card.rows.chunk_by(|a, b| a.level1 == b.level1) {
        for row in group {
            let number = rows.len() + 1;
            rows.push(sheet.row(row, number));
        }
        if card.subtotals {
            let sum =
                |value: fn(&ScoreRow) -> Decimal| group.iter().map(value).fold(Decimal::ZERO, Decimal::saturating_add);
            rows.push(sheet.sum(&format!("{}小计", group[0].level1), sum(|row| row.weight), sum(|row| row.score), ""));
        }
    }
    let grade = card.grade.as_ref().map_or_else(String::new, |grade| format!("等级：{grade}"));
    let number = rows.len() + 1;
    rows.push(sheet.total(card, &grade, number));
    let first = filler.log.count();
    filler.log.enter(Part::Note { table: SHEET.to_owned() });
    let said = scores.note.as_ref().map(|note| filler.plain(note, sheet.findings));
    let told = sheet.told(card);
    let notes: Vec<String> = card.notices.iter().cloned().chain(told).chain(said).collect();
    align_numbers(&mut rows, &card.columns);
    TableView {
        id: "score-sheet".to_owned(),
        caption: None,
        marks: Vec::new(),
        unit: None,
        size: "small",
        landscape: false,
        columns: card.columns.iter().map(column_view).collect(),
        header: vec![card.columns.iter().map(|column| CellView::new(head(column))).collect()],
        rows,
        merge: card.columns.iter().take_while(|column| is_level(column.content)).count(),
        note: (!notes.is_empty()).then(|| format!("注：{}", notes.join(""))),
        note_marks: filler.log.marks_from(first),
    }
}

fn head(column: &SheetColumn) -> &str {
    column.head.as_deref().unwrap_or_else(|| column.content.head())
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '−' | '-'))
}

fn is_level(content: SheetContent) -> bool {
    matches!(content, SheetContent::Level1 | SheetContent::Level2)
}

fn column_view(column: &SheetColumn) -> ColumnView {
    let align = match column.align.unwrap_or_else(|| usual_align(column.content)) {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
        Align::Decimal => "decimal",
    };
    ColumnView { width: format!("{}fr", column.width.0), align }
}

/// How a column is aligned that does not say it: numbers at the point, long texts from the left.
fn usual_align(content: SheetContent) -> Align {
    match content {
        _ if content.is_number() => Align::Decimal,
        SheetContent::Name
        | SheetContent::Standard
        | SheetContent::Grounds
        | SheetContent::Reason
        | SheetContent::Evidence => Align::Left,
        _ => Align::Center,
    }
}

struct Sheet<'a> {
    filler: &'a Filler<'a>,
    columns: &'a [SheetColumn],
    scores: &'a Scores,
    findings: &'a mut Vec<Diagnostic>,
}

impl Sheet<'_> {
    fn row(&mut self, row: &ScoreRow, number: usize) -> RowView {
        let columns = self.columns;
        let name = [&row.level1, &row.level2, &row.name].into_iter().rev().find(|name| !name.is_empty());
        let name = name.map_or("", String::as_str);
        let mut cells = Vec::new();
        for column in columns {
            let log = &self.filler.log;
            log.enter(cell_of(number, name, head(column)));
            let first = log.count();
            let text = self.cell(row, column.content);
            if column.content == SheetContent::Score {
                log.add(PrintedSubject::Score(row.id.clone()), None, Vec::new(), None, &text);
            }
            cells.push(CellView::new(text).marked(log.marks_from(first)));
        }
        RowView { cells, total: false, place: self.place(row) }
    }

    /// Where a row's longest texts are written, or its score.
    fn place(&self, row: &ScoreRow) -> Option<Place> {
        let texts = [&row.grounds, &row.reason, &row.actual, &row.target];
        let written = texts.into_iter().flatten().chain(&row.evidence);
        let longest = written.filter(|text| text.place.is_some()).max_by_key(|text| text.value.len());
        longest.and_then(|text| text.place).or_else(|| self.scores.given.get(&row.id)?.place)
    }

    /// The line with the total and the grade.
    fn total(&self, card: &Scorecard, grade: &str, number: usize) -> RowView {
        let mut row = self.sum("总分", card.full, card.total, grade);
        let log = &self.filler.log;
        let noted = |subject: PrintedSubject, column: &str, text: &str| {
            let first = log.count();
            log.enter(cell_of(number, "总分", column));
            log.add(subject, None, Vec::new(), None, text);
            log.marks_from(first)
        };
        let mut marks = Vec::new();
        let mut summed = self.columns.iter().skip(self.span());
        if let Some(column) = summed.find(|column| column.content == SheetContent::Score) {
            marks.extend(noted(PrintedSubject::Total, head(column), &print_score(card.total)));
        }
        if let Some(grade) = &card.grade {
            let column = self.open_column().or(self.columns.first());
            marks.extend(noted(PrintedSubject::Grade, column.map_or("", head), grade));
        }
        if let Some(first) = row.cells.first_mut() {
            first.marks = marks;
        }
        row
    }

    fn cell(&mut self, row: &ScoreRow, content: SheetContent) -> String {
        match content {
            SheetContent::Level1 => row.level1.clone(),
            SheetContent::Level2 => row.level2.clone(),
            SheetContent::Name if row.unconfirmed => format!("{}{UNCONFIRMED_MARK}", row.name),
            SheetContent::Name => row.name.clone(),
            SheetContent::Unit => row.unit.clone(),
            SheetContent::Comparator => row.comparator.to_owned(),
            SheetContent::Target => self.value(row, row.target.as_ref(), true),
            SheetContent::AdjustedTarget => self.value(row, row.adjusted_target.as_ref(), true),
            SheetContent::Actual => self.value(row, row.actual.as_ref(), false),
            SheetContent::Weight | SheetContent::Score | SheetContent::Coefficient if row.inapplicable => {
                NOT_APPLICABLE.to_owned()
            }
            SheetContent::Weight => print_score(row.weight),
            SheetContent::Score => print_score(row.score),
            SheetContent::Coefficient => row.coefficient().map(print_score).unwrap_or_default(),
            SheetContent::Core => if row.core { "是" } else { "否" }.to_owned(),
            SheetContent::Standard => row.standard.clone(),
            SheetContent::Grounds => self.grounds(row),
            SheetContent::Reason => self.text(row.reason.as_ref()),
            SheetContent::Evidence => {
                row.evidence.iter().map(|one| self.filler.plain(one, self.findings)).collect::<Vec<_>>().join("；")
            }
        }
    }

    fn text(&mut self, text: Option<&Spanned<String>>) -> String {
        text.map(|text| self.filler.plain(text, self.findings)).unwrap_or_default()
    }

    fn has(&self, content: SheetContent) -> bool {
        self.columns.iter().any(|column| column.content == content)
    }

    /// A target or actual value. A bare number gets the sign and the unit that have no column of their own: `≥12次`.
    fn value(&mut self, row: &ScoreRow, text: Option<&Spanned<String>>, target: bool) -> String {
        let text = self.text(text);
        let bare = text.strip_suffix(row.unit.as_str()).unwrap_or(&text);
        if !is_number(bare) {
            return text;
        }
        let sign = if target && !self.has(SheetContent::Comparator) { row.comparator } else { "" };
        let unit = if self.has(SheetContent::Unit) { "" } else { row.unit.as_str() };
        format!("{sign}{bare}{unit}")
    }

    /// What a sheet without a column for grounds says under it: scores that people put in place of computed ones, and rows
    /// that do not apply.
    fn told(&self, card: &Scorecard) -> Vec<String> {
        if self.has(SheetContent::Grounds) {
            return Vec::new();
        }
        let told = card.rows.iter().filter_map(|row| Some((&row.name, row.remark.as_ref()?)));
        told.map(|(name, remark)| format!("{name}：{}。", remark.trim_end_matches('。'))).collect()
    }

    /// How the score came about and why. A sheet without columns for reasons and evidence has them here.
    fn grounds(&mut self, row: &ScoreRow) -> String {
        let (reasons, evidence) = (self.has(SheetContent::Reason), self.has(SheetContent::Evidence));
        let mut parts: Vec<String> = row.computed.iter().cloned().collect();
        parts.extend(row.grounds.iter().map(|grounds| self.filler.plain(grounds, self.findings)));
        if !reasons {
            parts.extend(row.reason.iter().map(|reason| self.filler.plain(reason, self.findings)));
        }
        if !evidence && !row.evidence.is_empty() {
            parts.push(format!("佐证：{}", self.cell(row, SheetContent::Evidence)));
        }
        for part in &mut parts {
            part.truncate(part.trim_end_matches('。').len());
        }
        let mut text = parts.join("。");
        if row.grounds.as_ref().is_some_and(|grounds| grounds.value.trim_end().ends_with('。')) || parts.len() > 1 {
            text.push('。');
        }
        text
    }

    /// A line with sums. Its name spans the columns in front of the first number.
    fn sum(&self, name: &str, weight: Decimal, score: Decimal, last: &str) -> RowView {
        let span = self.span();
        let mut cells = vec![CellView { colspan: span, ..CellView::new(name) }];
        for column in self.columns.iter().skip(span) {
            cells.push(CellView::new(match column.content {
                SheetContent::Weight => print_score(weight),
                SheetContent::Score => print_score(score),
                _ => String::new(),
            }));
        }
        self.place_last(&mut cells, last);
        RowView { cells, total: true, place: None }
    }

    /// How many columns the name of a line with sums spans.
    fn span(&self) -> usize {
        self.columns.iter().take_while(|column| !column.content.is_number()).count().max(1)
    }

    /// The last column, where a line with sums has a cell there that holds no number.
    fn open_column(&self) -> Option<&SheetColumn> {
        self.columns.iter().skip(self.span()).last().filter(|column| !column.content.is_number())
    }

    /// The grade stands in the last column where that holds no number, else behind the name of the line.
    fn place_last(&self, cells: &mut [CellView], text: &str) {
        if text.is_empty() {
            return;
        }
        match (self.open_column().is_some(), cells) {
            (true, [.., last]) => text.clone_into(&mut last.text),
            (_, [first, ..]) => first.text = format!("{}（{text}）", first.text),
            _ => {}
        }
    }
}

fn cell_of(row: usize, name: &str, column: &str) -> Part {
    Part::Cell { table: SHEET.to_owned(), row, name: name.to_owned(), column: column.to_owned() }
}

/// Lines the points of each column of numbers up. The rows span columns, so that they are counted from the right.
fn align_numbers(rows: &mut [RowView], columns: &[SheetColumn]) {
    for (i, _) in columns.iter().enumerate().filter(|(_, column)| column.content.is_number()) {
        let from_right = columns.len() - i;
        let position = |row: &RowView| row.cells.len().checked_sub(from_right);
        let longest = rows.iter().filter_map(|row| fraction(&row.cells[position(row)?].text)).max().unwrap_or(0);
        for row in rows.iter_mut() {
            let Some(at) = position(row) else { continue };
            row.cells[at].pad = padding(&row.cells[at].text, longest);
        }
    }
}
