//! The table, for people and for machines.

use serde_json::json;
use unicode_width::UnicodeWidthStr;

use super::{Row, Verdict};

/// The table with aligned columns: verdict, clause, item, expected, found.
pub fn human(path: &str, rows: &[Row]) -> String {
    let cells: Vec<[String; 5]> = rows.iter().map(cells).collect();
    format!("{path}\n{}{}\n", aligned(&cells), summary(rows))
}

/// What deviates alone, and the counts of all.
pub fn short(path: &str, rows: &[Row]) -> String {
    let cells: Vec<[String; 5]> = rows.iter().filter(|row| row.verdict == Verdict::Deviates).map(cells).collect();
    let table = if cells.is_empty() { String::new() } else { aligned(&cells) };
    format!("{path}\n{table}{}\n", summary(rows))
}

fn aligned(cells: &[[String; 5]]) -> String {
    let mut text = String::new();
    let heads = ["结论", "条款", "项目", "应为", "实为"].map(str::to_owned);
    let lines: Vec<&[String; 5]> = std::iter::once(&heads).chain(cells).collect();
    let mut widths = [0_usize; 5];
    for line in &lines {
        for (width, cell) in widths.iter_mut().zip(line.iter()) {
            *width = (*width).max(cell.width());
        }
    }
    for line in lines {
        let mut row = String::new();
        for (at, (cell, width)) in line.iter().zip(widths).enumerate() {
            row.push_str(cell);
            if at < 4 {
                row.push_str(&" ".repeat(width - cell.width() + 2));
            }
        }
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}

fn cells(row: &Row) -> [String; 5] {
    let pages = match row.pages.as_slice() {
        [] => String::new(),
        pages => format!("（第{}页）", ranges(pages)),
    };
    let found = format!("{}{pages}", row.found);
    [row.verdict.name().to_owned(), row.clause.to_owned(), row.item.to_owned(), row.expected.clone(), found]
}

/// `1、3–5、9等`.
fn ranges(pages: &[usize]) -> String {
    const MOST: usize = 5;
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for &page in pages {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == page => *last = page,
            _ => spans.push((page, page)),
        }
    }
    let written = spans.iter().take(MOST).map(|(first, last)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}、{last}"),
        _ => format!("{first}–{last}"),
    });
    let more = if spans.len() > MOST { "等" } else { "" };
    written.collect::<Vec<_>>().join("、") + more
}

fn summary(rows: &[Row]) -> String {
    let count = |verdict| rows.iter().filter(|row| row.verdict == verdict).count();
    format!(
        "{}项：合{}，不合{}，不适用{}，看不出{}",
        rows.len(),
        count(Verdict::Conforms),
        count(Verdict::Deviates),
        count(Verdict::NotApplicable),
        count(Verdict::Unknown)
    )
}

/// One row a line, as JSON (schema 1), for machines.
pub fn json(path: &str, rows: &[Row]) -> String {
    let line = |row: &Row| {
        json!({
            "schema": 1,
            "file": path,
            "clause": row.clause,
            "item": row.item,
            "expected": row.expected,
            "found": row.found,
            "verdict": row.verdict.id(),
            "pages": row.pages,
        })
        .to_string()
    };
    rows.iter().map(|row| line(row) + "\n").collect()
}
