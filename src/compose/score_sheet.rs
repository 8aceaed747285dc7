//! The scoring appendix (评分表).

use rust_decimal::Decimal;

use super::inline::Filler;
use super::log::{Part, PrintedSubject};
use super::table::{fraction, padding};
use super::view::{CellView, ColumnView, RowView, TableView};
use crate::diagnostic::Diagnostic;
use crate::dossier::Scores;
use crate::scoring::{ScoreRow, Scorecard, print_score};

/// The columns: head, width, alignment.
const COLUMNS: [(&str, &str, &str); 7] = [
    ("一级指标", "1.1fr", "center"),
    ("二级指标", "1.1fr", "center"),
    ("三级指标", "2.1fr", "left"),
    ("分值", "0.7fr", "decimal"),
    ("评分标准", "3fr", "left"),
    ("得分", "0.7fr", "decimal"),
    ("评分依据", "3.5fr", "left"),
];

/// What the sheet is called.
const SHEET: &str = "评分表";

/// The score sheet as a table: rows, a subtotal a first level, the total and grade, and what must be said of it.
pub(super) fn score_sheet(
    filler: &Filler<'_>,
    card: &Scorecard,
    scores: &Scores,
    findings: &mut Vec<Diagnostic>,
) -> TableView {
    let mut rows = Vec::new();
    for group in card.rows.chunk_by(|a, b| a.level1 == b.level1) {
        for row in group {
            let number = rows.len() + 1;
            rows.push(row_view(filler, row, number, findings));
        }
        rows.push(sum_row(&group[0].level1, group));
    }
    let grade = card.grade.as_ref().map_or_else(String::new, |grade| format!("等级：{grade}"));
    rows.push(total_row(filler, card, &grade, rows.len() + 1));
    let first = filler.log.count();
    filler.log.enter(Part::Note { table: SHEET.to_owned() });
    let said = scores.note.as_ref().map(|note| filler.plain(note, findings));
    let notes: Vec<String> = card.notices.iter().cloned().chain(said).collect();
    let columns: Vec<ColumnView> =
        COLUMNS.iter().map(|(_, width, align)| ColumnView { width: (*width).to_owned(), align }).collect();
    align_scores(&mut rows);
    TableView {
        id: "score-sheet".to_owned(),
        caption: None,
        marks: Vec::new(),
        unit: None,
        size: "small",
        landscape: false,
        columns,
        header: vec![COLUMNS.iter().map(|(head, ..)| CellView::new(*head)).collect()],
        rows,
        merge: 2,
        note: (!notes.is_empty()).then(|| format!("注：{}", notes.join(""))),
        note_marks: filler.log.marks_from(first),
    }
}

fn cell_of(row: usize, name: &str, column: &str) -> Part {
    Part::Cell { table: SHEET.to_owned(), row, name: name.to_owned(), column: column.to_owned() }
}

/// Notes a score, and gives its marks.
fn log_score(filler: &Filler<'_>, subject: PrintedSubject, spot: Part, text: &str) -> Vec<usize> {
    let first = filler.log.count();
    filler.log.enter(spot);
    filler.log.add(subject, None, Vec::new(), None, text);
    filler.log.marks_from(first)
}

/// Lines the points of weights and scores up. The rows span columns, so that they are counted from the right.
fn align_scores(rows: &mut [RowView]) {
    for from_right in [2, 4] {
        let position = |row: &RowView| row.cells.len().checked_sub(from_right);
        let longest = rows.iter().filter_map(|row| fraction(&row.cells[position(row)?].text)).max().unwrap_or(0);
        for row in rows.iter_mut() {
            let Some(at) = position(row) else { continue };
            row.cells[at].pad = padding(&row.cells[at].text, longest);
        }
    }
}

fn row_view(filler: &Filler<'_>, row: &ScoreRow, number: usize, findings: &mut Vec<Diagnostic>) -> RowView {
    let score = print_score(row.score);
    let name = [&row.level1, &row.level2, &row.name].into_iter().rev().find(|name| !name.is_empty());
    let name = name.map_or("", String::as_str);
    let subject = PrintedSubject::Score(row.id.clone());
    let score_marks = log_score(filler, subject, cell_of(number, name, "得分"), &score);
    filler.log.enter(cell_of(number, name, "评分依据"));
    let first = filler.log.count();
    let said = row.grounds.as_ref().map(|grounds| filler.plain(grounds, findings));
    let grounds: Vec<String> = row.computed.iter().cloned().chain(said).collect();
    let texts = [
        row.level1.clone(),
        row.level2.clone(),
        row.name.clone(),
        print_score(row.weight),
        row.standard.clone(),
        score,
        grounds.join("。"),
    ];
    let mut cells: Vec<CellView> = texts.into_iter().map(CellView::new).collect();
    let marks = [Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new(), score_marks, filler.log.marks_from(first)];
    for (cell, marks) in cells.iter_mut().zip(marks) {
        cell.marks = marks;
    }
    RowView { cells, total: false }
}

fn sum_row(level1: &str, rows: &[ScoreRow]) -> RowView {
    let weight = rows.iter().map(|row| row.weight).fold(Decimal::ZERO, Decimal::saturating_add);
    let score = rows.iter().map(|row| row.score).fold(Decimal::ZERO, Decimal::saturating_add);
    let cells = vec![
        CellView { colspan: 3, ..CellView::new(format!("{level1}小计")) },
        CellView::new(print_score(weight)),
        CellView::new(""),
        CellView::new(print_score(score)),
        CellView::new(""),
    ];
    RowView { cells, total: true }
}

fn total_row(filler: &Filler<'_>, card: &Scorecard, grade: &str, number: usize) -> RowView {
    let total = print_score(card.total);
    let total_marks = log_score(filler, PrintedSubject::Total, cell_of(number, "总分", "得分"), &total);
    let grade_marks = match &card.grade {
        Some(grade) => log_score(filler, PrintedSubject::Grade, cell_of(number, "总分", "评分依据"), grade),
        None => Vec::new(),
    };
    let cells = vec![
        CellView { colspan: 3, ..CellView::new("总分") },
        CellView::new(print_score(card.full)),
        CellView::new(""),
        CellView::new(total).marked(total_marks),
        CellView::new(grade).marked(grade_marks),
    ];
    RowView { cells, total: true }
}
