//! The score sheet of a year, for people and for programs.

use rust_decimal::Decimal;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::table::{as_csv, as_json_lines};
use crate::scoring::{ScoreRow, Scorecard, print_score};

/// A row of the score sheet as exported. Numbers are strings: no reader may turn them into binary floats unasked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScoreLine {
    /// 年度.
    pub year: i32,
    /// 编号.
    pub id: String,
    /// 一级指标.
    pub level1: String,
    /// 二级指标.
    pub level2: String,
    /// 三级指标.
    pub name: String,
    /// 分值.
    pub weight: String,
    /// 得分; none where the row does not apply and its weight went to others.
    pub score: Option<String>,
    /// How a computed score came about; none for one that people gave.
    pub computed: Option<String>,
    /// 评分依据.
    pub grounds: Option<String>,
}

/// What stands under the rows of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScoreSum {
    /// 年度.
    pub year: i32,
    /// 总分.
    pub total: String,
    /// 满分.
    pub full: String,
    /// 等级.
    pub grade: Option<String>,
}

/// A line of the export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ScoreEntry {
    /// An indicator.
    Row(ScoreLine),
    /// The sum of a year, behind its indicators.
    Sum(ScoreSum),
}

/// The rows of a score sheet in print order, and their sum.
pub fn score_entries(year: i32, card: &Scorecard) -> Vec<ScoreEntry> {
    let sum =
        ScoreSum { year, total: print_score(card.total), full: print_score(card.full), grade: card.grade.clone() };
    card.rows.iter().map(|row| ScoreEntry::Row(line(year, row))).chain([ScoreEntry::Sum(sum)]).collect()
}

fn line(year: i32, row: &ScoreRow) -> ScoreLine {
    let score = |score: Decimal| (!row.inapplicable).then(|| print_score(score));
    ScoreLine {
        year,
        id: row.id.clone(),
        level1: row.level1.clone(),
        level2: row.level2.clone(),
        name: row.name.clone(),
        weight: print_score(row.weight),
        score: score(row.score),
        computed: row.computed.clone(),
        grounds: row.grounds.as_ref().map(|grounds| grounds.value.clone()),
    }
}

/// As a JSON array, one row a line.
pub fn scores_json(entries: &[ScoreEntry]) -> String {
    as_json_lines(entries)
}

/// As CSV with a byte order mark, by which Excel knows UTF-8.
///
/// # Errors
/// None is known; the writer's own word.
pub fn scores_csv(entries: &[ScoreEntry]) -> Result<String, String> {
    let head = ["年度", "编号", "一级指标", "二级指标", "三级指标", "分值", "得分", "算法", "依据"];
    as_csv(&head, entries.iter().map(cells))
}

/// As lines: id, score, weight, name.
pub fn scores_table(entries: &[ScoreEntry]) -> String {
    let cells: Vec<_> = entries.iter().map(cells).collect();
    let widest = |column: usize| cells.iter().filter_map(|row| row.get(column)).map(|c| c.width()).max().unwrap_or(0);
    let (id_width, score_width, weight_width) = (widest(1), widest(6), widest(5));
    let mut out = String::new();
    for [_, id, _, _, name, weight, score, computed, _] in &cells {
        let gap = |width: usize, cell: &str| " ".repeat(width.saturating_sub(cell.width()));
        let left = format!("{id}{}  {}{score}", gap(id_width, id), gap(score_width, score));
        let right = format!("/ {}{weight}  {name}  {computed}", gap(weight_width, weight));
        out.push_str(format!("{left} {right}").trim_end());
        out.push('\n');
    }
    out
}

/// The sum takes the columns of a row: 总分 for the id, the grade for the name.
fn cells(entry: &ScoreEntry) -> [String; 9] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    match entry {
        ScoreEntry::Row(row) => [
            row.year.to_string(),
            row.id.clone(),
            row.level1.clone(),
            row.level2.clone(),
            row.name.clone(),
            row.weight.clone(),
            text(&row.score),
            text(&row.computed),
            text(&row.grounds),
        ],
        ScoreEntry::Sum(sum) => {
            let none = String::new;
            let (full, total) = (sum.full.clone(), sum.total.clone());
            [sum.year.to_string(), "总分".to_owned(), none(), none(), text(&sum.grade), full, total, none(), none()]
        }
    }
}
