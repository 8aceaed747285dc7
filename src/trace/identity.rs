//! An identity: both sides, how far they are apart, and what follows.

use rust_decimal::Decimal;
use serde::Serialize;

use super::Grounds;
use super::figure::{CheckTrace, FigureTrace, FormulaTrace, Tree, check_trace};
use crate::diagnostic::Code;
use crate::figures::{Amount, Evaluated, FigureRef, Scope, Value, formula_amount};
use crate::profile::Identity;

/// An identity and its sides.
#[derive(Debug, Clone, Serialize)]
pub struct IdentityTrace {
    /// 名称.
    pub name: String,
    /// 编号.
    pub number: Option<String>,
    /// 逐组: the group whose members are each judged; the sides are then those of the first.
    pub each: Option<String>,
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
    /// Why it cannot be judged; the reason for which a difference stands.
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
            Self::Unjudged => "无法核对",
        }
    }
}

/// Traces an identity. What follows is what `check` found.
pub(super) fn trace(grounds: Grounds<'_>, identity: &Identity) -> IdentityTrace {
    let scope = scope(grounds, identity);
    let mut tree = Tree::new(grounds).within(scope);
    let left = tree.lenient(&identity.left.value, identity.left.place);
    let right = tree.lenient(&identity.right.value, identity.right.place);
    let difference = difference(grounds, identity, scope);
    let found = found(grounds, identity);
    let obstacle = obstacle(identity, &left, &right, difference);
    let (verdict, reason) = match (&found, obstacle) {
        (Some(check), _) if check.verdict == "尾差" => (IdentityVerdict::Tail, check.acknowledged.clone()),
        (Some(check), _) => (IdentityVerdict::Fails, check.acknowledged.clone()),
        (None, Some(why)) => (IdentityVerdict::Unjudged, Some(why)),
        (None, None) => (IdentityVerdict::Holds, None),
    };
    IdentityTrace {
        name: identity.name.value.clone(),
        number: identity.number.clone(),
        each: identity.each.as_ref().map(|each| each.value.clone()),
        relation: identity.relation.sign(),
        left,
        right,
        difference: difference.map(|difference| difference.normalize().to_string()),
        verdict,
        reason,
        hint: identity.hint.clone(),
    }
}

fn found(grounds: Grounds<'_>, identity: &Identity) -> Option<CheckTrace> {
    let codes = [Code::JB3001, Code::JB3002, Code::JB3003, Code::JB3004, Code::JB3005];
    let name = &identity.name.value;
    // The finding of a member of a group names the member behind the identity.
    let of_identity = |subject: &String| {
        subject == name
            || identity.each.is_some() && subject.strip_prefix(name.as_str()).is_some_and(|s| s.starts_with('：'))
    };
    let mut findings = grounds.findings.iter();
    findings
        .find(|finding| codes.contains(&finding.code) && finding.subject.as_ref().is_some_and(of_identity))
        .map(check_trace)
}

fn difference(grounds: Grounds<'_>, identity: &Identity, scope: Scope) -> Option<Decimal> {
    let calculator = &grounds.report.calculator;
    let side = |text: &str| -> Option<Amount> {
        match formula_amount(calculator, text, scope) {
            Ok(Evaluated { value: Value::Amount(amount), .. }) => Some(amount),
            _ => None,
        }
    };
    let (left, right) = (side(&identity.left.value)?, side(&identity.right.value)?);
    left.value.checked_sub(right.converted(&left.unit)?.value)
}

/// Where the names of an identity are looked up: at the root, or in the first member of the group that it holds for.
fn scope(grounds: Grounds<'_>, identity: &Identity) -> Scope {
    let calculator = &grounds.report.calculator;
    let root = calculator.root(true);
    let member = || {
        let tree = calculator.book().own()?;
        let group = tree.find(&identity.each.as_ref()?.value)?;
        let node = tree.members(group).iter().copied().find(|&node| !tree.members(node).is_empty())?;
        Some(Scope { group: FigureRef { year: root.group.year, node }, lenient: true })
    };
    member().unwrap_or(root)
}

/// Why an identity cannot be judged, if it cannot.
fn obstacle(
    identity: &Identity,
    left: &FormulaTrace,
    right: &FormulaTrace,
    difference: Option<Decimal>,
) -> Option<String> {
    if let Some(trouble) = left.trouble.as_ref().or(right.trouble.as_ref()) {
        return Some(trouble.clone());
    }
    if difference.is_none() {
        return Some("两边的单位不同".to_owned());
    }
    let mut bases = left.inputs.iter().chain(&right.inputs).map(|figure: &FigureTrace| &figure.basis);
    let first = bases.next()?;
    let other = bases.find(|basis| *basis != first)?;
    let shown = |basis: &Option<String>| basis.clone().unwrap_or_else(|| "没有写".to_owned());
    identity.same_basis.then(|| format!("口径不同：{}、{}", shown(first), shown(other)))
}
