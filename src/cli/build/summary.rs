//! A run in lines: one a report, a table of them all, a sum.

use std::time::Duration;

use unicode_width::UnicodeWidthStr;

use crate::batch::{Carried, Ending, Entry, FileEntry};

/// With more reports than this, the table has those alone that somebody has to look at.
const LONGEST_TABLE: usize = 100;

/// What is said of a report behind its name: pages, score, findings, time.
pub(in crate::cli) fn line(entry: &Entry, draft: bool) -> String {
    let findings = findings(entry);
    let time = seconds(Duration::from_millis(entry.millis));
    match entry.outcome {
        Ending::Failed => format!("没有排印（先前的文件未动）；{findings}；{time}"),
        Ending::Skipped => "没有做".to_owned(),
        Ending::Built | Ending::Unchanged => {
            let unchanged = if entry.outcome == Ending::Unchanged { "没有变化；" } else { "" };
            let pages = entry.pages.map_or_else(String::new, |pages| format!("{pages}页；"));
            let score = score(entry).map_or_else(String::new, |score| format!("{score}；"));
            let carried = entry.carried.as_ref().map_or_else(String::new, |carried| format!("；{}", told(carried)));
            let draft = if draft { "；草稿" } else { "" };
            format!("{unchanged}{pages}{score}{findings}；{time}{draft}{}{carried}", beside(entry))
        }
    }
}

/// `；另有 docx、png（12 个）`: the files beside the one that is named.
fn beside(entry: &Entry) -> String {
    let ending = |file: &FileEntry| file.path.rsplit_once('.').map(|(_, ending)| ending.to_owned()).unwrap_or_default();
    let kinds: Vec<String> = entry
        .files
        .chunk_by(|a, b| ending(a) == ending(b))
        .filter_map(|files| Some((ending(files.first()?), files.len())))
        .map(|(ending, count)| if count == 1 { ending } else { format!("{ending}（{count} 个）") })
        .collect();
    if kinds.is_empty() { String::new() } else { format!("；另有 {}", kinds.join("、")) }
}

/// What is said of the data that a PDF carries: whoever hands it on must know.
fn told(carried: &Carried) -> String {
    let comments = if carried.comments { "含注释" } else { "已去注释" };
    format!("附源数据{}个文件，{} KB，{comments}", carried.files, carried.bytes.div_ceil(1024))
}

fn score(entry: &Entry) -> Option<String> {
    let grade = entry.grade.as_ref().map_or_else(String::new, |grade| format!("（{grade}）"));
    entry.score.as_ref().map(|score| format!("{score}分{grade}"))
}

/// `0 个错误，0 个警告，已知差异 6 条`.
fn findings(entry: &Entry) -> String {
    let text = format!("{}个错误，{}个警告", entry.errors, entry.warnings);
    if entry.known > 0 { format!("{text}，已知差异{}条", entry.known) } else { text }
}

/// The reports as a table; of very many only those that did not go well.
pub(in crate::cli) fn summary(entries: &[Entry]) -> String {
    if entries.len() <= LONGEST_TABLE {
        return table(entries.iter());
    }
    let noteworthy = |entry: &&Entry| entry.outcome == Ending::Failed || entry.warnings > 0;
    let chosen: Vec<&Entry> = entries.iter().filter(noteworthy).collect();
    if chosen.is_empty() {
        return String::new();
    }
    let more = chosen.len().saturating_sub(LONGEST_TABLE);
    let text = table(chosen.into_iter().take(LONGEST_TABLE));
    if more > 0 {
        format!("{text}另有 {more} 份没有通过或有警告的没有列出，见 --manifest 的清单\n")
    } else {
        text
    }
}

const HEAD: [&str; 10] = ["单位", "年度", "页数", "得分", "等级", "错误", "警告", "已知", "用时", "结果"];
/// The columns that stand at the right of their room: numbers.
const RIGHT: [bool; 10] = [false, false, true, true, false, true, true, true, true, false];

fn table<'a>(entries: impl Iterator<Item = &'a Entry>) -> String {
    let mut rows: Vec<[String; 10]> = vec![HEAD.map(str::to_owned)];
    rows.extend(entries.map(cells));
    let widths: Vec<usize> =
        (0..HEAD.len()).map(|column| rows.iter().map(|row| row[column].width()).max().unwrap_or(0)).collect();
    let mut text = String::new();
    for row in &rows {
        let mut line = String::new();
        for ((cell, width), right) in row.iter().zip(&widths).zip(RIGHT) {
            let room = " ".repeat(width - cell.width());
            let (before, behind) = if right { (room.as_str(), "") } else { ("", room.as_str()) };
            line.extend([before, cell, behind, "  "]);
        }
        text += line.trim_end();
        text.push('\n');
    }
    text
}

fn cells(entry: &Entry) -> [String; 10] {
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "—".to_owned());
    [
        // Where the unit's name cannot be read, its folder tells which one it is.
        entry.unit.clone().unwrap_or_else(|| entry.path.clone()),
        entry.since.map_or_else(|| entry.year.to_string(), |first| format!("{first}–{}", entry.year)),
        entry.pages.map_or_else(|| "—".to_owned(), |pages| pages.to_string()),
        text(&entry.score),
        text(&entry.grade),
        entry.errors.to_string(),
        entry.warnings.to_string(),
        entry.known.to_string(),
        seconds(Duration::from_millis(entry.millis)),
        ending(entry.outcome).to_owned(),
    ]
}

fn ending(ending: Ending) -> &'static str {
    match ending {
        Ending::Built => "排印",
        Ending::Unchanged => "没有变化",
        Ending::Failed => "没有通过",
        Ending::Skipped => "没有做",
    }
}

/// `共 25 份：排印 20，没有变化 4，没有通过 1；3.20秒`.
pub(in crate::cli) fn tally(entries: &[Entry], time: Option<Duration>) -> String {
    let count = |wanted| entries.iter().filter(|entry| entry.outcome == wanted).count();
    let parts: Vec<String> = [Ending::Built, Ending::Unchanged, Ending::Failed, Ending::Skipped]
        .into_iter()
        .filter(|&kind| count(kind) > 0)
        .map(|kind| format!("{} {}", ending(kind), count(kind)))
        .collect();
    let time = time.map_or_else(String::new, |time| format!("；{}", seconds(time)));
    let parts = if parts.is_empty() { String::new() } else { format!("：{}", parts.join("，")) };
    format!("共 {} 份{parts}{time}\n", entries.len())
}

fn seconds(time: Duration) -> String {
    let millis = time.as_millis();
    format!("{}.{:02}秒", millis / 1000, millis % 1000 / 10)
}
