//! Scores as trees of lines.

use super::tree::{Node, Paint};
use super::{expression, place};
use crate::trace::score::{GradeTrace, Need, Said, ScoreTrace, TotalTrace};

pub(super) fn score(score: &ScoreTrace, paint: Paint) -> Node {
    let ScoreTrace { id, weight, rule, standard, .. } = score;
    let name = score.levels.join(" › ");
    let head = format!("{id} {name} = {}分（分值 {weight}）", score.score);
    let mut lines = Vec::new();
    if !standard.is_empty() {
        lines.push(format!("标准 {standard}"));
    }
    lines.push(format!("规则 {rule}"));
    lines.extend(score.arithmetic.iter().map(|step| format!("计算 {step}")));
    lines.extend(score.given.as_ref().map(|given| said("填报", given, paint)));
    lines.extend(score.grounds.as_ref().map(|grounds| said("依据", grounds, paint)));
    let need = |need: &Need| {
        let node = expression(&need.formula, paint);
        Node { head: format!("{} {}", need.name, node.head), lines: Vec::new(), ..node }
    };
    Node { head, lines, children: score.needs.iter().map(need).collect() }
}

pub(super) fn total(total: &TotalTrace, paint: Paint) -> Node {
    let row = |row: &crate::trace::score::RowTrace| {
        Node::leaf(format!("{} {} = {}（分值 {}）", row.id, row.name, row.score, row.weight))
    };
    Node {
        head: format!("总分 = {}分（满分 {}）", total.total, total.full),
        lines: std::iter::once(format!("{}行得分之和；每行已四舍五入到2位", total.rows.len()))
            .chain(total.given.as_ref().map(|given| said("填报", given, paint)))
            .collect(),
        children: total.rows.iter().map(row).collect(),
    }
}

pub(super) fn grade(grade: &GradeTrace, paint: Paint) -> Node {
    let band = |band: &crate::trace::score::BandTrace| {
        let mark = if band.reached { format!("  ← 总分 {}", grade.total) } else { String::new() };
        Node::leaf(format!("{}：{} 分起{mark}", band.name, band.at_least))
    };
    Node {
        head: format!("等级 = {}（总分 {}）", grade.grade.as_deref().unwrap_or("不在任何一档"), grade.total),
        lines: grade.given.iter().map(|given| said("填报", given, paint)).collect(),
        children: grade.bands.iter().map(band).collect(),
    }
}

fn said(key: &str, said: &Said, paint: Paint) -> String {
    let at = said.at.as_ref().map(|at| format!("  {}", place(at, paint))).unwrap_or_default();
    format!("{key} {}{at}", said.text)
}
