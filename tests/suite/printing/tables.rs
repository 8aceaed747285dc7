//! Where pages end in tables, and how cells are broken.

use std::collections::BTreeMap;

use super::marks::{rules, texts};
use super::{CASE, REPORTS, lay_out};
use crate::support::{Dossier, root};

/// A line of the grid.
const PITCH: f64 = 29.62;
/// Rows on either side of a page's end.
const LEAST_ROWS: usize = 4;
/// So high, fewer rows will do.
const LEAST_HEIGHT: f64 = 5.0 * PITCH - 1.0;

/// Names of rows, of one character each: a text of digits and others comes in pieces.
const NAMES: &str = "天地玄黄宇洪荒辰宿列张寒来暑往";

/// A report of so many lines and a table of so many rows behind them, the last one a sum.
fn with_table(lines: usize, rows: usize, more: &str) -> Dossier {
    let rows: Vec<_> = NAMES.chars().take(rows - 1).map(|name| format!("[{name}行, 甲], ")).collect();
    let rows = rows.concat();
    let table = format!("  - 表: {{标题: 一张表, 列: [项目, 内容], 行: [{rows}[合计, 乙]]{more}}}\n");
    let text = format!("标题: 结尾\n正文:\n{}{table}", "  - 又一段。\n".repeat(lines));
    let after = "  - 表后的话。\n";
    Dossier::copy_of(CASE).write("2023/sections/04-problems.yaml", text + after)
}

/// How many rows of the table stand on each page; with the page of each text.
fn parts(dossier: &Dossier) -> (Vec<usize>, BTreeMap<String, usize>) {
    let marks = texts(&lay_out(dossier.path(), 2023), false);
    let mut pages = BTreeMap::new();
    let mut rows: BTreeMap<usize, usize> = BTreeMap::new();
    for mark in marks {
        if NAMES.chars().any(|name| mark.text == format!("{name}行")) || mark.text == "合计" {
            *rows.entry(mark.page).or_default() += 1;
        }
        pages.insert(mark.text, mark.page);
    }
    (rows.into_values().collect(), pages)
}

#[test]
fn a_page_ends_in_a_table_with_enough_rows_on_either_side() {
    let mut broken = 0;
    for rows in [5, 7, 8, 9, 11, 14] {
        for lines in 0..14 {
            let (parts, pages) = parts(&with_table(lines, rows, ", 注: 表下的注。"));
            assert_eq!(parts.iter().sum::<usize>(), rows, "{rows} {lines}");
            if parts.len() > 1 {
                broken += 1;
                assert!(parts.iter().all(|part| *part >= LEAST_ROWS), "{rows} {lines}: {parts:?}");
            }
            // Neither the note nor the caption is parted from the rows beside it.
            assert_eq!(pages["注：表下的注。"], pages["合计"], "{rows} {lines}");
            let caption = pages.iter().find(|(text, _)| text.contains("一张表")).expect("the caption");
            assert_eq!(*caption.1, pages["天行"], "{rows} {lines}");
        }
    }
    assert!(broken > 10, "{broken}");
}

#[test]
fn a_sheet_on_its_side_holds_enough_rows_of_its_table() {
    let mut sheets = 0;
    for (name, year) in REPORTS {
        let document = lay_out(&root().join(name), *year);
        let rules = rules(&document);
        for (number, page) in document.pages().iter().enumerate() {
            let size = page.frame.size();
            if size.x < size.y {
                continue;
            }
            let flat = rules.iter().filter(|rule| rule.page == number && rule.right - rule.left > 5.0);
            let mut at: Vec<f64> = flat.map(|rule| f64::midpoint(rule.top, rule.bottom)).collect();
            at.sort_by(f64::total_cmp);
            at.dedup_by(|a, b| (*a - *b).abs() < 1.0);
            let [_, head, .., end] = at.as_slice() else { panic!("{name}: no table on page {number}") };
            // Below the head.
            let (rows, height) = (at.len() - 2, end - head);
            assert!(rows >= LEAST_ROWS || height >= LEAST_HEIGHT, "{name}: {rows} rows on page {}", number + 1);
            sheets += 1;
        }
    }
    assert!(sheets > 15, "{sheets}");
}

#[test]
fn a_cell_does_not_end_in_a_single_character() {
    let table = "  - 表: {标题: 一张表, 列: [{名称: 类别, 宽: 1}, {名称: 说明, 宽: 6.5}], 行: [[满意度指标, 甲], [合计, 乙]]}\n";
    let text = format!("标题: 结尾\n正文:\n{table}  - 表后的话。\n");
    let dossier = Dossier::copy_of(CASE).write("2023/sections/04-problems.yaml", text);
    let texts = texts(&lay_out(dossier.path(), 2023), false);
    let lines: Vec<_> = texts.iter().filter(|mark| "满意度指标".contains(&mark.text)).map(|mark| &mark.text).collect();
    assert_eq!(lines, ["满意度", "指标"]);
}
