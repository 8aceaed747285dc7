//! The summary as a [`ReportView`]: one landscape table on the official page.

use std::cmp::Reverse;

use unicode_width::UnicodeWidthStr;

use super::total::score_digits;
use super::{Column, Line, MARK, NONE, Summary, count_line, notes, shares};
use crate::compose::{
    BlockView, CellView, ColumnView, Inline, LANDSCAPE, Meta, PORTRAIT, PageView, ReportView, RowView, TableView,
    title_lines,
};

/// What a landscape page holds, in half characters of the small type (10.5 pt): 225 mm.
const PAGE_WIDTH: usize = 121;
/// What the edges of a cell take, in half characters.
const EDGES: usize = 2;
/// A head of so many half characters stands in one line.
const SHORT_HEAD: usize = 8;
/// The least and the most that names of units get, in half characters; a longer one wraps.
const NAME_WIDTHS: std::ops::RangeInclusive<usize> = 16..=36;

/// Where the columns stand that do not fit the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elsewhere {
    /// In the workbook that is written beside the page.
    Workbook,
    /// Nowhere yet: no workbook is written.
    Nowhere,
}

/// The summary, ready to be laid out.
pub fn compose(summary: &Summary, elsewhere: Elsewhere) -> ReportView {
    let paragraph = BlockView::Paragraph { text: vec![Inline::Text(count_line(summary))], indent: true };
    let meta = Meta {
        title: summary.title.replace('/', ""),
        author: String::new(),
        subject: format!("{}年度部门整体支出绩效自评结果", summary.year),
        keywords: vec!["部门整体支出".to_owned(), "绩效自评".to_owned(), format!("{}年度", summary.year)],
        date: summary.date,
    };
    plain_view(meta, &summary.title, true, vec![paragraph, BlockView::Table(table(summary, elsewhere))])
}

/// A document of a title and a body alone, on one kind of page; `/` breaks the title.
pub fn plain_view(meta: Meta, title: &str, landscape: bool, body: Vec<BlockView>) -> ReportView {
    ReportView {
        meta,
        page: PageView { duplex: false, attachments_recto: false, crop_marks: false },
        landscape,
        fonts: std::collections::BTreeMap::new(),
        weights: std::collections::BTreeMap::new(),
        draft: false,
        cover: None,
        red_head: None,
        title_lines: title_lines(title, &[], if landscape { LANDSCAPE } else { PORTRAIT }),
        marks: Vec::new(),
        body,
        attachment_note: Vec::new(),
        signature: None,
        attachments: Vec::new(),
        imprint: None,
        carried: Vec::new(),
    }
}

/// A column of the table as printed: its head, its cells from top to bottom, and how it stands.
struct Printed {
    head: String,
    /// One for each line, then 合计, then 平均.
    cells: Vec<String>,
    align: &'static str,
    width: usize,
}

impl Printed {
    fn new(head: &str, cells: Vec<String>, align: &'static str) -> Self {
        let longest = cells.iter().map(|cell| cell.width()).max().unwrap_or(0);
        // A long head stands in two lines.
        let head_width =
            if head.width() <= SHORT_HEAD { head.width() } else { SHORT_HEAD.max(head.width().div_ceil(4) * 2) };
        Self { head: head.to_owned(), cells, align, width: longest.max(head_width).max(4) + EDGES }
    }
}

fn table(summary: &Summary, elsewhere: Elsewhere) -> TableView {
    let (shown, left_out) = columns(summary);
    let rows = (0..summary.lines.len() + LAST_LINES).map(|row| row_view(&shown, row, summary.lines.len())).collect();
    let mut notes = notes(summary);
    if !left_out.is_empty() {
        let list = left_out.join("、");
        notes.push(match elsewhere {
            Elsewhere::Workbook => format!("本表排不下的见汇总的电子表：{list}。"),
            Elsewhere::Nowhere => format!("本表排不下、没有印的：{list}；加 --format xlsx 写出的电子表里有。"),
        });
    }
    TableView {
        id: "summary".to_owned(),
        caption: None,
        marks: Vec::new(),
        unit: Some(format!("单位：{}", summary.money.name())),
        size: "small",
        landscape: false,
        columns: shown
            .iter()
            .map(|column| ColumnView { width: format!("{}fr", column.width), align: column.align })
            .collect(),
        header: vec![shown.iter().map(|column| CellView::new(column.head.as_str())).collect()],
        rows,
        merge: 0,
        note: (!notes.is_empty()).then(|| format!("注：{}", notes.concat())),
        note_marks: Vec::new(),
    }
}

/// 合计 and 平均.
const LAST_LINES: usize = 2;

/// The columns that fit the page, and the names of the main figures that do not.
fn columns(summary: &Summary) -> (Vec<Printed>, Vec<String>) {
    let mut columns = vec![ranks(summary), unit_names(summary)];
    let last: Vec<Printed> = scores(summary).into_iter().chain(counts(summary)).collect();
    let mut room = PAGE_WIDTH.saturating_sub(columns.iter().chain(&last).map(|column| column.width).sum());
    let mut main: Vec<Option<Printed>> =
        summary.columns.iter().enumerate().map(|(i, column)| Some(figures(summary, column, i))).collect();
    let mut full = false;
    for at in by_weight(summary) {
        let Some(column) = main.get_mut(at) else { continue };
        let rest = column.as_ref().and_then(|column| room.checked_sub(column.width));
        full |= rest.is_none();
        match rest.filter(|_| !full) {
            Some(rest) => room = rest,
            None => *column = None,
        }
    }
    let left_out = summary.columns.iter().zip(&main).filter(|(_, printed)| printed.is_none());
    let left_out = left_out.map(|(column, _)| column.label.clone()).collect();
    columns.extend(main.into_iter().flatten().chain(last));
    (columns, left_out)
}

/// The main figures in the order in which they get room: those that most units have come first, and of these the shares
/// and what they are of, for a summary is about how much of the budget was spent.
fn by_weight(summary: &Summary) -> Vec<usize> {
    let columns = &summary.columns;
    let having =
        |at: usize| summary.lines.iter().filter(|line| line.values.get(at).is_some_and(Option::is_some)).count();
    let of_share = |(i, column): (usize, &Column)| {
        let (part, whole) = shares(columns, column)?;
        Some([part, whole, i])
    };
    let mut order: Vec<usize> = Vec::new();
    for at in columns.iter().enumerate().filter_map(of_share).flatten().chain(0..columns.len()) {
        if !order.contains(&at) {
            order.push(at);
        }
    }
    // The sort is stable.
    order.sort_by_key(|&at| Reverse(having(at)));
    order
}

fn cells(summary: &Summary, cell: impl Fn(&Line) -> String, last: [String; LAST_LINES]) -> Vec<String> {
    summary.lines.iter().map(cell).chain(last).collect()
}

fn ranks(summary: &Summary) -> Printed {
    let rank = |line: &Line| line.rank.map_or_else(|| NONE.to_owned(), |rank| rank.to_string());
    Printed::new("名次", cells(summary, rank, ["合计".to_owned(), "平均".to_owned()]), "center")
}

fn unit_names(summary: &Summary) -> Printed {
    let printed = Printed::new("单位", cells(summary, |line| line.unit.name.clone(), Default::default()), "left");
    Printed { width: printed.width.clamp(*NAME_WIDTHS.start(), *NAME_WIDTHS.end()), ..printed }
}

fn figures(summary: &Summary, column: &Column, at: usize) -> Printed {
    let cell = |line: &Line| match line.values.get(at) {
        Some(Some(value)) => format!("{}{}", mark(line), column.print(value)),
        _ => NONE.to_owned(),
    };
    let total = summary.totals.values.get(at).cloned().flatten();
    let total = total.map_or_else(|| NONE.to_owned(), |total| column.print(&total));
    Printed::new(&head(column), cells(summary, cell, [total, String::new()]), "decimal")
}

/// The head of a column of main figures: its label, with its unit where that does not stand above the table.
pub fn head(column: &Column) -> String {
    column.unit().map_or_else(|| column.label.clone(), |unit| format!("{}（{unit}）", column.label))
}

fn mark(line: &Line) -> &'static str {
    if line.counts() { "" } else { MARK }
}

fn scores(summary: &Summary) -> Vec<Printed> {
    let totals = summary.lines.iter().filter_map(|line| Some(line.unit.score.as_ref()?.total));
    let places = totals.chain(summary.totals.average).map(|score| score.normalize().scale()).max().unwrap_or(0);
    let score = |line: &Line| match &line.unit.score {
        Some(score) => format!("{}{}", mark(line), score_digits(score.total, places)),
        None => NONE.to_owned(),
    };
    let grade = |line: &Line| match line.unit.score.as_ref().and_then(|score| score.grade.as_ref()) {
        Some(grade) => format!("{}{grade}", mark(line)),
        None => NONE.to_owned(),
    };
    let average = summary.totals.average.map_or_else(|| NONE.to_owned(), |average| score_digits(average, places));
    vec![
        Printed::new("得分", cells(summary, score, [String::new(), average]), "decimal"),
        Printed::new("等级", cells(summary, grade, Default::default()), "center"),
    ]
}

fn counts(summary: &Summary) -> Vec<Printed> {
    let column = |head: &str, count: fn(&Line) -> usize| {
        Printed::new(head, cells(summary, |line| count(line).to_string(), Default::default()), "center")
    };
    vec![
        column("错误", |line| line.unit.counts.errors),
        column("警告", |line| line.unit.counts.warnings),
        column("已知差异", |line| line.unit.counts.known),
    ]
}

/// A row of the table. The names of the last lines stand in place of the unit's as well.
fn row_view(columns: &[Printed], row: usize, lines: usize) -> RowView {
    let total = row >= lines;
    let text = |column: &Printed| column.cells.get(row).cloned().unwrap_or_default();
    let mut cells: Vec<CellView> = columns.iter().map(|column| CellView::new(text(column))).collect();
    if total && cells.len() > 1 {
        cells.remove(1);
        cells.iter_mut().take(1).for_each(|first| first.colspan = 2);
    }
    RowView { cells, total, place: None }
}
