//! What a name on the command line means.

use crate::Examination;
use crate::figures::{Book, Computed, FigureRef, FigureTree, NodeKind, formula_amount};
use crate::profile::Identity;
use crate::source::closest;

/// How many members of a group are named.
const SHOWN: usize = 8;

/// What is asked for.
#[derive(Debug, Clone)]
pub(super) enum Asked {
    /// A figure.
    Figure(FigureRef),
    /// An expression, without its `=`.
    Expression(String),
    /// Identities, by their places in the profile.
    Identities(Vec<usize>),
    /// A row of the score sheet, by its 编号.
    Score(String),
    /// 总分.
    Total,
    /// 等级.
    Grade,
}

/// A name that means nothing here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", std::iter::once(message).chain(hints).map(String::as_str).collect::<Vec<_>>().join("\n"))]
pub struct Unknown {
    /// What is wrong.
    pub message: String,
    /// What may have been meant.
    pub hints: Vec<String>,
}

/// What a name means: a figure before an identity, before an indicator, before an expression.
pub(super) fn find(report: &Examination, name: &str) -> Result<Asked, Unknown> {
    let name = name.trim();
    let formula = name.strip_prefix(['=', '＝']);
    let text = formula.unwrap_or(name).trim();
    let book = report.calculator.book();
    let root = report.calculator.root(false).group;
    let found = resolve(book, root, text).or_else(|| by_label(book, text));
    if let Some(figure) = found
        && let Some(node) = book.node(figure)
        && (formula.is_none() || matches!(node.kind, NodeKind::Figure(_)))
    {
        return match node.kind {
            NodeKind::Figure(_) => Ok(Asked::Figure(figure)),
            NodeKind::Group { .. } => Err(group(book, figure)),
        };
    }
    if formula.is_none() {
        match text {
            "总分" if report.scorecard.is_some() => return Ok(Asked::Total),
            "等级" if report.scorecard.is_some() => return Ok(Asked::Grade),
            _ => {}
        }
        let identities = identities(report, text);
        if !identities.is_empty() {
            return Ok(Asked::Identities(identities));
        }
        let mut rows = report.scorecard.iter().flat_map(|card| &card.rows);
        if let Some(row) = rows.find(|row| row.id == text || row.name == text) {
            return Ok(Asked::Score(row.id.clone()));
        }
    }
    let single = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
    match formula_amount(&report.calculator, text, report.calculator.root(false)) {
        Ok(_) => Ok(Asked::Expression(text.to_owned())),
        Err(_) if single => Err(unknown(report, text)),
        Err(trouble) => Err(Unknown {
            message: format!("“{text}”算不出来：{}", trouble.kind.message()),
            hints: trouble.kind.hint().into_iter().collect(),
        }),
    }
}

/// The group or figure that a name means where it stands in a group: looked up outwards; 上年 in last year's folder before
/// this year's block.
pub(super) fn resolve(book: &Book, group: FigureRef, name: &str) -> Option<FigureRef> {
    if let Some(rest) = name.strip_prefix("上年.") {
        return last_year(book, group.year, rest);
    }
    let tree = book.tree(group.year)?;
    let (first, rest) = name.split_once('.').unwrap_or((name, ""));
    let mut at = group.node;
    let start = loop {
        if let Some(node) = tree.member(at, first) {
            break node;
        }
        if at == 0 {
            return None;
        }
        at = tree.nodes[at].parent;
    };
    let node = rest.split('.').filter(|part| !part.is_empty()).try_fold(start, |node, part| tree.member(node, part))?;
    Some(FigureRef { year: group.year, node })
}

fn last_year(book: &Book, year: i32, rest: &str) -> Option<FigureRef> {
    let folder = resolve(book, FigureRef { year: year - 1, node: 0 }, rest);
    let block = book.tree(year).and_then(|tree| tree.find(&format!("上年.{rest}")));
    let block = block.map(|node| FigureRef { year, node });
    let given = |figure: &FigureRef| !matches!(book.value(*figure), Some(Computed::NotGiven | Computed::Failed));
    folder.filter(given).or(block).or(folder)
}

/// The figure that has this name in full (名称), where only one has.
fn by_label(book: &Book, label: &str) -> Option<FigureRef> {
    let tree = book.own()?;
    let mut named = tree.figures().filter(|(_, figure, _)| figure.label.as_deref() == Some(label));
    match (named.next(), named.next()) {
        (Some((node, ..)), None) => Some(FigureRef { year: book.year, node }),
        _ => None,
    }
}

fn group(book: &Book, figure: FigureRef) -> Unknown {
    let name = book.name(figure);
    let tree = book.tree(figure.year);
    let members = tree.map_or(&[][..], |tree| tree.members(figure.node));
    let path = |&node: &usize| tree.and_then(|tree| tree.nodes.get(node)).map(|node| node.path.clone());
    let names: Vec<String> = members.iter().take(SHOWN).filter_map(path).collect();
    let more = if members.len() > SHOWN { "……" } else { "" };
    Unknown {
        message: format!("“{name}”是一组数据项，写到具体的一项，如 {}{more}", names.join("、")),
        hints: vec![format!("要问全组之和，写 '=合计({name})'")],
    }
}

fn identities(report: &Examination, name: &str) -> Vec<usize> {
    let all = || report.identities().enumerate();
    if let Some((place, _)) = all().find(|(_, identity)| identity.name.value == name) {
        return vec![place];
    }
    let numbered = |identity: &Identity| identity.number.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(name));
    all().filter(|(_, identity)| numbered(identity)).map(|(place, _)| place).collect()
}

fn unknown(report: &Examination, name: &str) -> Unknown {
    let tree = report.calculator.book().own();
    let figures = || tree.into_iter().flat_map(FigureTree::figures).map(|(_, figure, _)| figure.path.as_str());
    let identities = report
        .identities()
        .flat_map(|identity| std::iter::once(identity.name.value.as_str()).chain(identity.number.as_deref()));
    let rows = report.scorecard.iter().flat_map(|card| &card.rows);
    let rows = rows.flat_map(|row| [row.id.as_str(), row.name.as_str()]);
    let near_figure =
        tree.and_then(|tree| tree.nearest(0, name)).or_else(|| closest(name, figures()).map(str::to_owned));
    let near = [near_figure, closest(name, identities).map(str::to_owned), closest(name, rows).map(str::to_owned)];
    let near: Vec<String> = near.into_iter().flatten().map(|near| format!("“{near}”")).collect();
    let hint = match near.as_slice() {
        [] => "数据项的名称见 jibao figures；也可以写勾稽关系的名称、指标编号，或 = 开头的公式".to_owned(),
        near => format!("是不是想写{}？", near.join("、")),
    };
    Unknown { message: format!("没有“{name}”这个数据项、勾稽关系或指标"), hints: vec![hint] }
}
