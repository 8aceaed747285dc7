//! What has to be said under a summary: who is left out of what, and how its last lines were computed.

use std::collections::BTreeSet;

use super::{Kind, Line, MARK, NONE, Summary};

/// The most units that a note names: a note is a line or two of print, and a cell of a workbook holds 32,767 characters.
const MOST_NAMES: usize = 40;

/// The sentence above the table: how many units, and how many of each grade.
pub(crate) fn count_line(summary: &Summary) -> String {
    let (all, ranked) = (summary.lines.len(), summary.ranked().len());
    let ranked = match ranked {
        0 => "，都没有排名".to_owned(),
        _ if ranked == all => String::new(),
        _ => format!("，排名{ranked}个"),
    };
    let grades: Vec<String> = summary.grades.iter().map(|(grade, count)| format!("{grade}{count}个")).collect();
    let grades = if grades.is_empty() { String::new() } else { format!("：{}", grades.join("、")) };
    format!("{}年度汇总{all}个单位{ranked}{grades}。", summary.year)
}

/// The notes, one sentence each.
pub fn notes(summary: &Summary) -> Vec<String> {
    let mut notes = Vec::new();
    notes.extend(share_note(summary));
    notes.extend(lopsided_note(summary));
    if summary.totals.tail {
        notes.push("各行金额四舍五入，合计按未舍入的数相加，末位可能有尾差。".to_owned());
    }
    if summary.totals.average.is_some() {
        let count = summary.ranked().len();
        notes.push(format!("平均得分是排名的{count}个单位的算术平均，四舍五入到两位小数；得分相同的，名次相同。"));
    }
    notes.extend(fulls_note(summary));
    notes.extend(faulty_note(summary));
    notes.extend(unscored_note(summary));
    notes.extend(absent_note(summary));
    if any_empty(summary) {
        notes.push(format!("“{NONE}”是没有填报、没有评分、体例里没有或算不出的。"));
    }
    notes
}

fn share_note(summary: &Summary) -> Option<String> {
    let columns = summary.columns.iter().zip(&summary.totals.values);
    let shares = columns.filter(|(column, total)| matches!(column.kind, Kind::Share { .. }) && total.is_some());
    let list: Vec<&str> = shares.map(|(column, _)| column.label.as_str()).collect();
    (!list.is_empty()).then(|| format!("合计的{}由两项的合计相除，不是各单位的平均。", list.join("、")))
}

fn lopsided_note(summary: &Summary) -> Option<String> {
    let list = summary.totals.lopsided.join("、");
    (!list.is_empty()).then(|| format!("有的单位只有相除的两项中的一项，不算合计的{list}。"))
}

fn fulls_note(summary: &Summary) -> Option<String> {
    let ranked = summary.ranked().iter().filter_map(|line| line.unit.score.as_ref());
    let fulls: BTreeSet<_> = ranked.map(|score| score.full.normalize()).collect();
    let list: Vec<String> = fulls.iter().map(ToString::to_string).collect();
    (fulls.len() > 1).then(|| format!("各单位评分表的满分不同（{}分），名次按得分排，没有折算。", list.join("、")))
}

fn faulty_note(summary: &Summary) -> Option<String> {
    let named = |line: &Line| match line.unit.counts.errors {
        0 => line.unit.name.clone(),
        errors => format!("{}（{errors}个错误）", line.unit.name),
    };
    let list: Vec<String> = summary.faulty().iter().map(named).collect();
    (!list.is_empty()).then(|| format!("{MARK}是有错误的报告，不排名，不计入合计和平均：{}。", named_units(&list)))
}

fn unscored_note(summary: &Summary) -> Option<String> {
    let unscored = summary.counted().iter().filter(|line| line.rank.is_none());
    let list: Vec<String> = unscored.map(|line| line.unit.name.clone()).collect();
    (!list.is_empty()).then(|| format!("没有评分、不排名的：{}。", named_units(&list)))
}

fn absent_note(summary: &Summary) -> Option<String> {
    let named = |absent: &super::Absent| match absent.years.as_slice() {
        [] => absent.name.clone(),
        years => format!("{}（有{}年度）", absent.name, year_list(years)),
    };
    let list: Vec<String> = summary.absent.iter().map(named).collect();
    (!list.is_empty()).then(|| format!("没有{}年度报告的单位：{}。", summary.year, named_units(&list)))
}

/// The names, or the first of them and how many there are.
fn named_units(list: &[String]) -> String {
    match list.get(..MOST_NAMES) {
        Some(first) if list.len() > MOST_NAMES => format!("{}等，共{}个单位", first.join("、"), list.len()),
        _ => list.join("、"),
    }
}

fn any_empty(summary: &Summary) -> bool {
    let empty = |line: &Line| line.values.iter().any(Option::is_none) || line.unit.score.is_none();
    summary.lines.iter().any(empty)
}

/// Years in a row of words.
pub(super) fn year_list(years: &[i32]) -> String {
    years.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_cut_and_counted() {
        let names = |count: usize| (1..=count).map(|i| format!("第{i}局")).collect::<Vec<_>>();
        assert_eq!(named_units(&names(2)), "第1局、第2局");
        assert!(named_units(&names(MOST_NAMES)).ends_with("、第40局"));
        let long = named_units(&names(5000));
        assert!(long.ends_with("、第40局等，共5000个单位"), "{long}");
    }
}
