//! The identities (勾稽关系) of the profile and of the author. One of the profile whose operands are not all known is passed
//! over; one of the author must be computable.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Inputs;
use super::sides::{Verdict, describe, exact, label_operands, tail_severity, verdict};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::dossier::Rounding;
use crate::figures::{
    Amount, Calculator, ENDLESS_PLACES, Evaluated, FigureRef, Formula, NodeKind, PARSED_AHEAD, Scope, Trouble,
    TroubleKind, Unit, Value, empty_behind, formula_amount, round, trouble_finding,
};
use crate::profile::{Class, Identity, Level, Relation};
use crate::source::{Place, Spanned};

pub(super) fn check(inputs: &Inputs<'_>, findings: &mut Vec<Diagnostic>) {
    for identity in &inputs.profile.identities {
        findings.extend(judge_all(inputs.calculator, &identity.value, false));
    }
    same_names(inputs, findings);
    for some in inputs.own_identities.chunks(PARSED_AHEAD) {
        let sides = some.iter().flat_map(|identity| [&identity.value.left, &identity.value.right]);
        inputs.calculator.prepare(&sides.map(|side| side.value.as_str()).collect());
        for identity in some {
            findings.extend(judge_all(inputs.calculator, &identity.value, true));
        }
    }
}

/// Acknowledgements refer to identities by name: two of one name would be acknowledged as one.
fn same_names(inputs: &Inputs<'_>, findings: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, Option<Place>> =
        inputs.profile.identities.iter().map(|identity| (identity.value.name.value.as_str(), None)).collect();
    for identity in inputs.own_identities {
        let name = &identity.value.name;
        if let Some(first) = seen.insert(&name.value, name.place) {
            let text = format!("已有一条名为“{}”的勾稽关系", name.value);
            let mut finding = Diagnostic::new(Code::JB1012, text).at(name.place).hint("换一个名称：已知差异按名称登记");
            if let Some(first) = first {
                finding = finding.also(first, "第一条");
            }
            findings.push(finding);
        }
    }
}

/// Judges an identity, or each of its members' where it holds for every member of a group.
fn judge_all(calculator: &Calculator, identity: &Identity, strict: bool) -> Vec<Diagnostic> {
    let root = Scope { lenient: !strict, ..calculator.root(true) };
    let Some(tree) = calculator.book().own() else { return Vec::new() };
    let Some(each) = &identity.each else {
        let last_year = last_year(calculator, identity).filter(|_| !strict);
        let before = last_year.and_then(|scope| judge(calculator, identity, scope, Some("上年")));
        return judge(calculator, identity, root, None).into_iter().chain(before).collect();
    };
    let Some(group) = tree.find(&each.value) else {
        return if strict { vec![no_group(each)] } else { Vec::new() };
    };
    let members = tree.members(group).iter().filter(|&&node| matches!(tree.nodes[node].kind, NodeKind::Group { .. }));
    let scopes = members.map(|&node| Scope { group: FigureRef { year: calculator.book().year, node }, lenient: true });
    let scopes: Vec<Scope> = scopes.collect();
    // A member may lack what the identity names; that all lack it is a slip of the author's.
    if strict && !scopes.iter().any(|&scope| sides(calculator, identity, scope).is_ok()) {
        let text = format!("{}：“{}”的各组都没有它要的数据项", identity.title(), each.value);
        let finding = Diagnostic::new(Code::JB2004, text).subject(identity.name.value.as_str());
        return vec![finding.at(identity.left.place).hint("左、右 里的名称写各组里面的，如 支出.合计")];
    }
    let path = |scope: &Scope| tree.nodes[scope.group.node].path.as_str();
    scopes.iter().filter_map(|scope| judge(calculator, identity, *scope, Some(path(scope)))).collect()
}

/// The block 上年, whose figures must satisfy the identities within a year as well.
fn last_year(calculator: &Calculator, identity: &Identity) -> Option<Scope> {
    let year = calculator.book().year;
    let node = calculator.book().own()?.member(0, "上年").filter(|_| identity.class == Class::Year)?;
    Some(Scope { group: FigureRef { year, node }, lenient: true })
}

fn no_group(each: &Spanned<String>) -> Diagnostic {
    let text = format!("逐组 的“{}”不是一组数据项", each.value);
    Diagnostic::new(Code::JB2004, text).at(each.place).hint("写 figures.yaml 里一组的全名，如 预算单位")
}

/// Both sides of an identity, in one unit.
pub(crate) struct Sides {
    pub(crate) left: Amount,
    pub(crate) right: Amount,
    /// Left less right.
    pub(crate) difference: Decimal,
    /// The figures read, left before right.
    pub(crate) reads: Vec<FigureRef>,
    /// Whether a side adds up a list that is not complete.
    pub(crate) partial: bool,
}

fn judge(calculator: &Calculator, identity: &Identity, scope: Scope, member: Option<&str>) -> Option<Diagnostic> {
    let sides = match sides(calculator, identity, scope) {
        Ok(sides) => sides,
        Err((text, trouble)) => return cannot_judge(calculator, identity, scope, text, &trouble),
    };
    // What is not listed in full is no less than its parts, and more cannot be said.
    if sides.partial && identity.relation == Relation::Equal {
        return None;
    }
    if identity.same_basis && !one_basis(calculator, &sides.reads) {
        return None;
    }
    // In a member's scope a name that the member lacks would be found outside: that is another identity.
    if member.is_some_and(|path| !within(calculator, path, &sides.reads)) {
        return None;
    }
    if identity.relation.holds(sides.difference.cmp(&Decimal::ZERO)) {
        return None;
    }
    if identity.class == Class::Plausibility && is_explained(calculator, &sides.reads) {
        return None;
    }
    let tail = verdict(sides.difference, &sides.left, &sides.right) == Verdict::Tail;
    failure(calculator, identity, code(identity, tail), &sides, member)
}

fn code(identity: &Identity, tail: bool) -> Code {
    match (identity.class, identity.severity()) {
        (Class::Plausibility, _) => Code::JB3005,
        _ if tail => Code::JB3002,
        (Class::AcrossYears, _) => Code::JB3004,
        (Class::Year, Level::Error) => Code::JB3001,
        (Class::Year, Level::Warning | Level::Hint) => Code::JB3003,
    }
}

/// The two sides of an identity.
///
/// # Errors
/// The side that has no value, and why.
pub(crate) fn sides<'i>(
    calculator: &Calculator,
    identity: &'i Identity,
    scope: Scope,
) -> Result<Sides, (&'i Spanned<String>, Trouble)> {
    let (left, mut reads, some) =
        side(calculator, &identity.left.value, scope).map_err(|trouble| (&identity.left, trouble))?;
    let (right, more, others) =
        side(calculator, &identity.right.value, scope).map_err(|trouble| (&identity.right, trouble))?;
    let trouble = |kind| (&identity.right, Trouble { kind, at: None });
    let (left, right) = left.aligned(&right).map_err(trouble)?;
    let difference = left.value.checked_sub(right.value).ok_or_else(|| trouble(TroubleKind::Overflow))?;
    let endless = left.endless || right.endless;
    let difference = if endless { round(difference, ENDLESS_PLACES, Rounding::HalfUp) } else { difference };
    reads.extend(more);
    Ok(Sides { left, right, difference, reads, partial: some || others })
}

/// The finding: both sides, and every figure of them at its place.
fn failure(
    calculator: &Calculator,
    identity: &Identity,
    code: Code,
    sides: &Sides,
    member: Option<&str>,
) -> Option<Diagnostic> {
    let apart = Amount { value: sides.difference, ..sides.left.clone() };
    let exact = |amount: &Amount, least| match amount.converted(&Unit::Percent).filter(|_| amount.unit == Unit::Ratio) {
        Some(share) => exact(&Amount { value: round(share.value, 2, Rounding::HalfUp), ..share }, least),
        None => exact(amount, least),
    };
    let title = member.map_or_else(|| identity.title(), |member| format!("{}：{member}", identity.title()));
    let (left, right) = (exact(&sides.left, 2), exact(&sides.right, 2));
    let message = format!("{title}：{left} 应{} {right}，相差 {}", identity.relation.word(), exact(&apart, 2));
    let (place, first) = primary(calculator, &sides.reads).or_else(|| Some((identity.name.place?, None)))?;
    let subject =
        member.map_or_else(|| identity.name.value.clone(), |member| format!("{}：{member}", identity.name.value));
    let mut finding = Diagnostic::new(code, message).at(place).subject(subject);
    if let Some(first) = first {
        finding = finding.label(describe(calculator.book(), first, calculator.printer()));
    }
    finding.difference = Some(sides.difference);
    finding.severity = match (code, identity.severity()) {
        (Code::JB3002, _) => tail_severity(calculator),
        (_, Level::Error) => Severity::Error,
        (_, Level::Warning) => Severity::Warning,
        (_, Level::Hint) => Severity::Hint,
    };
    finding = label_operands(finding, calculator, &sides.reads, first).hint(format!("应有：{}", identity.statement()));
    if let Some(place) = identity.left.place {
        finding = finding.also(place, "这条勾稽关系");
    }
    Some(match &identity.hint {
        Some(hint) => finding.hint(hint.as_str()),
        None => finding,
    })
}

/// An identity whose sides cannot be computed. One of the profile is passed over where a figure is absent, not given or
/// wrong in itself; but units that do not go together are a fault of the data.
fn cannot_judge(
    calculator: &Calculator,
    identity: &Identity,
    scope: Scope,
    text: &Spanned<String>,
    trouble: &Trouble,
) -> Option<Diagnostic> {
    let subject = identity.name.value.as_str();
    if let (false, Some(place)) = (scope.lenient, text.place) {
        if matches!(trouble.kind, TroubleKind::Failed(_)) {
            return None;
        }
        let formula = Formula { text: text.value.clone(), place, literal: false };
        let mut finding = trouble_finding(trouble, &formula).subject(subject);
        if let TroubleKind::NotGiven(name) = &trouble.kind
            && let Some(node) = empty_behind(calculator, name).and_then(|figure| calculator.book().node(figure))
        {
            finding = finding.also(node.place, format!("{name} 没有值"));
        }
        finding.message = format!("{}：{}", identity.title(), finding.message);
        return Some(finding);
    }
    let TroubleKind::Units(..) = trouble.kind else { return None };
    let reads = calculator.last_reads();
    let place = primary(calculator, &reads).map(|(place, _)| place).or(identity.left.place)?;
    let message = format!("{}无法核对：{}", identity.title(), trouble.kind.message());
    let finding = Diagnostic::new(Code::JB2006, message).at(place);
    Some(finding.hint(format!("应有：{}", identity.statement())))
}

/// The amount of one side and the figures that it reads.
pub(super) fn side(
    calculator: &Calculator,
    expression: &str,
    scope: Scope,
) -> Result<(Amount, Vec<FigureRef>, bool), Trouble> {
    let trouble = |kind| Trouble { kind, at: None };
    match formula_amount(calculator, expression, scope)? {
        Evaluated { value: Value::Amount(amount), reads, partial } => Ok((amount, reads, partial)),
        Evaluated { value: Value::Absent, .. } => Err(trouble(TroubleKind::NotGiven(String::new()))),
        _ => Err(trouble(TroubleKind::Syntax("这一边的结果不是一个数".to_owned()))),
    }
}

/// Whether a figure that is read says why it is as it is (说明).
pub(crate) fn is_explained(calculator: &Calculator, reads: &[FigureRef]) -> bool {
    let nodes = reads.iter().filter_map(|&figure| calculator.book().node(figure));
    nodes.into_iter().any(|node| node.note.as_ref().is_some_and(|note| !note.trim().is_empty()))
}

/// The first figure read, at which the finding is shown.
fn primary(calculator: &Calculator, reads: &[FigureRef]) -> Option<(Place, Option<FigureRef>)> {
    let first = reads.iter().copied().find(|figure| calculator.book().node(*figure).is_some())?;
    Some((calculator.book().node(first)?.value_place(), Some(first)))
}

pub(crate) fn one_basis(calculator: &Calculator, reads: &[FigureRef]) -> bool {
    let mut bases = reads.iter().filter_map(|&figure| calculator.book().node(figure)).map(|node| &node.basis);
    let first = bases.next();
    bases.all(|basis| Some(basis) == first)
}

pub(crate) fn within(calculator: &Calculator, group: &str, reads: &[FigureRef]) -> bool {
    let inside = |path: &str| path.strip_prefix(group).is_some_and(|rest| rest.starts_with('.'));
    reads.iter().filter_map(|&figure| calculator.book().node(figure)).all(|node| inside(&node.path))
}

#[cfg(test)]
mod tests;
