//! An identity: both sides, how far they are apart, and what follows.

use rust_decimal::Decimal;
use serde::Serialize;

use super::Grounds;
use super::figure::{FormulaTrace, Tree, check_trace};
use crate::checks::identities::{Sides, is_explained, one_basis, sides, within};
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::{Calculator, FigureRef, NodeKind, Scope};
use crate::profile::{Class, Identity, Relation};

/// An identity and its sides.
#[derive(Debug, Clone, Serialize)]
pub struct IdentityTrace {
    /// 名称.
    pub name: String,
    /// 编号.
    pub number: Option<String>,
    /// 逐组: the group whose members are each judged.
    pub each: Option<String>,
    /// The member that all the rest is about: the first that fails, else the first.
    pub member: Option<String>,
    /// `=` or `≤`.
    pub relation: &'static str,
    /// The left side.
    pub left: FormulaTrace,
    /// The right side.
    pub right: FormulaTrace,
    /// Left less right, in the left side's unit.
    pub difference: Option<String>,
    /// What follows.
    pub verdict: IdentityVerdict,
    /// Why it cannot be judged; the reason for which a difference stands; what the figures say of it (说明).
    pub reason: Option<String>,
    /// What to look for when it fails.
    pub hint: Option<String>,
}

/// What follows from both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityVerdict {
    /// It holds.
    Holds,
    /// It holds within the rounding of what was added up.
    Tail,
    /// It fails.
    Fails,
    /// It fails, and a figure says why (说明), which settles a rule of plausibility.
    Explained,
    /// It cannot be judged.
    Unjudged,
}

impl IdentityVerdict {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Holds => "成立",
            Self::Tail => "尾差",
            Self::Fails => "不符",
            Self::Explained => "有说明",
            Self::Unjudged => "无法核对",
        }
    }
}

/// Traces an identity; `strict` is one of the author's, which must be computable. What follows is what `check` found.
pub(super) fn trace(grounds: Grounds<'_>, identity: &Identity, strict: bool) -> IdentityTrace {
    let calculator = &grounds.report.calculator;
    let root = calculator.root(!strict);
    let member = identity.each.as_ref().and_then(|each| shown_member(grounds, identity, &each.value));
    let scope = member.as_ref().map_or(root, |member| member.scope);
    let mut tree = Tree::new(grounds).within(scope);
    let left = tree.scoped(&identity.left.value, identity.left.place);
    let right = tree.scoped(&identity.right.value, identity.right.place);
    let sides = sides(calculator, identity, scope);
    let difference = sides.as_ref().ok().map(|sides| sides.difference.normalize().to_string());
    let finding = finding(grounds, &subject(identity, member.as_ref()));
    let (verdict, reason) = match (finding.map(check_trace), sides) {
        (Some(check), _) if check.verdict == "尾差" => (IdentityVerdict::Tail, check.acknowledged),
        (Some(check), _) => (IdentityVerdict::Fails, check.acknowledged),
        (None, _) if identity.each.is_some() && member.is_none() => {
            (IdentityVerdict::Unjudged, Some("没有可以逐一核对的下级组".to_owned()))
        }
        (None, Ok(sides)) => unreported(calculator, identity, &sides, member.as_ref()),
        (None, Err((_, trouble))) => {
            // The side itself says best which name has no value.
            let why = left.trouble.clone().or_else(|| right.trouble.clone());
            (IdentityVerdict::Unjudged, Some(why.unwrap_or_else(|| trouble.kind.message())))
        }
    };
    IdentityTrace {
        name: identity.name.value.clone(),
        number: identity.number.clone(),
        each: identity.each.as_ref().map(|each| each.value.clone()),
        member: member.map(|member| member.path),
        relation: identity.relation.sign(),
        left,
        right,
        difference,
        verdict,
        reason,
        hint: identity.hint.clone(),
    }
}

/// What no finding means: it holds, or `check` passes over it, in the order in which it does.
fn unreported(
    calculator: &Calculator,
    identity: &Identity,
    sides: &Sides,
    member: Option<&Member>,
) -> (IdentityVerdict, Option<String>) {
    let unjudged = |why: String| (IdentityVerdict::Unjudged, Some(why));
    if sides.partial && identity.relation == Relation::Equal {
        return unjudged("用到的一组只列了其中一部分（列举: 其中），各项之和可以小于合计".to_owned());
    }
    if identity.same_basis && !one_basis(calculator, &sides.reads) {
        return unjudged(format!("口径不同：{}", bases(calculator, &sides.reads)));
    }
    if let Some(member) = member.filter(|member| !within(calculator, &member.path, &sides.reads)) {
        return unjudged(format!("“{}”里没有要用的数据项，用到的是这一组以外的数", member.path));
    }
    if identity.relation.holds(sides.difference.cmp(&Decimal::ZERO)) {
        return (IdentityVerdict::Holds, None);
    }
    if identity.class == Class::Plausibility && is_explained(calculator, &sides.reads) {
        return (IdentityVerdict::Explained, Some(notes(calculator, &sides.reads)));
    }
    (IdentityVerdict::Fails, None)
}

/// The bases of what was read, each once.
fn bases(calculator: &Calculator, reads: &[FigureRef]) -> String {
    let nodes = reads.iter().filter_map(|&figure| calculator.book().node(figure));
    let words = nodes.map(|node| node.basis.as_deref().unwrap_or("没有写"));
    joined(words)
}

/// 说明 of what was read.
fn notes(calculator: &Calculator, reads: &[FigureRef]) -> String {
    let nodes = reads.iter().filter_map(|&figure| calculator.book().node(figure));
    joined(nodes.filter_map(|node| node.note.as_deref()).map(str::trim).filter(|note| !note.is_empty()))
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut each: Vec<&str> = Vec::new();
    for word in words {
        if !each.contains(&word) {
            each.push(word);
        }
    }
    each.join("、")
}

/// A member of the group that an identity holds for.
struct Member {
    path: String,
    scope: Scope,
}

/// The member whose sides are shown: the first that fails, else the first with a tail, else the first.
fn shown_member(grounds: Grounds<'_>, identity: &Identity, each: &str) -> Option<Member> {
    let book = grounds.report.calculator.book();
    let tree = book.own()?;
    let nodes = tree.members(tree.find(each)?).iter().copied();
    let groups = nodes.filter(|&node| matches!(tree.nodes[node].kind, NodeKind::Group { .. }));
    let member = |node: usize| Member {
        path: tree.nodes[node].path.clone(),
        scope: Scope { group: FigureRef { year: book.year, node }, lenient: true },
    };
    // The first of those that come first in this order.
    groups.map(member).min_by_key(|member| match finding(grounds, &subject(identity, Some(member))) {
        Some(finding) if finding.code != Code::JB3002 => 0,
        Some(_) => 1,
        None => 2,
    })
}

/// What a finding of an identity names: in a group also the member.
fn subject(identity: &Identity, member: Option<&Member>) -> String {
    let name = &identity.name.value;
    member.map_or_else(|| name.clone(), |member| format!("{name}：{}", member.path))
}

fn finding<'a>(grounds: Grounds<'a>, subject: &str) -> Option<&'a Diagnostic> {
    let codes = [Code::JB3001, Code::JB3002, Code::JB3003, Code::JB3004, Code::JB3005];
    let mut findings = grounds.findings.iter();
    findings.find(|finding| codes.contains(&finding.code) && finding.subject.as_deref() == Some(subject))
}
