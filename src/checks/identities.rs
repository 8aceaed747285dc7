//! The identities (勾稽关系) of the profile. One whose operands are not all known is passed over.

use rust_decimal::Decimal;

use super::sides::{Verdict, describe, exact, label_operands, tail_severity, verdict};
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::{Amount, Calculator, Evaluated, FigureRef, TroubleKind, Value, formula_amount};
use crate::profile::{Identity, Level, Profile, Relation};
use crate::source::Place;

pub(super) fn check(calculator: &Calculator, profile: &Profile, findings: &mut Vec<Diagnostic>) {
    for identity in &profile.identities {
        findings.extend(judge(calculator, identity));
    }
}

/// Both sides of an identity, in one unit.
struct Sides {
    left: Amount,
    right: Amount,
    /// Left less right.
    difference: Decimal,
    /// The figures read, left before right.
    reads: Vec<FigureRef>,
}

fn judge(calculator: &Calculator, identity: &Identity) -> Option<Diagnostic> {
    let sides = match sides(calculator, identity) {
        Ok(sides) => sides,
        Err(trouble) => return cannot_judge(calculator, identity, &trouble),
    };
    if identity.same_basis && !one_basis(calculator, &sides.reads) {
        return None;
    }
    if identity.relation == Relation::AtMost && sides.difference <= Decimal::ZERO {
        return None;
    }
    let code = match (verdict(sides.difference, &sides.left, &sides.right), identity.level) {
        (Verdict::Holds, _) => return None,
        (Verdict::Tail, _) => Code::JB3002,
        (Verdict::Fails, Level::Error) => Code::JB3001,
        (Verdict::Fails, Level::Warning) => Code::JB3003,
    };
    failure(calculator, identity, code, &sides)
}

fn sides(calculator: &Calculator, identity: &Identity) -> Result<Sides, TroubleKind> {
    let (left, mut reads) = side(calculator, &identity.left.value)?;
    let (right, right_reads) = side(calculator, &identity.right.value)?;
    let Some(right) = right.converted(&left.unit) else { return Err(TroubleKind::Units(left.unit, right.unit)) };
    let difference = left.value.checked_sub(right.value).ok_or(TroubleKind::Overflow)?;
    reads.extend(right_reads);
    Ok(Sides { left, right, difference, reads })
}

/// The finding: both sides, and every figure of them at its place.
fn failure(calculator: &Calculator, identity: &Identity, code: Code, sides: &Sides) -> Option<Diagnostic> {
    let relation = match identity.relation {
        Relation::Equal => "等于",
        Relation::AtMost => "不大于",
    };
    let apart = Amount { value: sides.difference, ..sides.left.clone() };
    let message = format!(
        "{}（{}）：{} 应{relation} {}，相差 {}",
        identity.name,
        identity.number,
        exact(&sides.left, 2),
        exact(&sides.right, 2),
        exact(&apart, 2)
    );
    let (place, first) = primary(calculator, &sides.reads)?;
    let mut finding = Diagnostic::new(code, message)
        .at(place)
        .label(describe(calculator.book(), first, calculator.printer()))
        .subject(identity.name.as_str());
    finding.difference = Some(sides.difference);
    if code == Code::JB3002 {
        finding.severity = tail_severity(calculator);
    }
    finding = label_operands(finding, calculator, &sides.reads, Some(first)).hint(rule(identity));
    Some(match &identity.hint {
        Some(hint) => finding.hint(hint.as_str()),
        None => finding,
    })
}

/// The identity as it must hold.
fn rule(identity: &Identity) -> String {
    format!("应有：{} {} {}", identity.left.value, identity.relation.sign(), identity.right.value)
}

/// An identity whose sides cannot be computed: no fault where a figure is absent, not given or wrong in itself.
fn cannot_judge(calculator: &Calculator, identity: &Identity, trouble: &TroubleKind) -> Option<Diagnostic> {
    let TroubleKind::Units(..) = trouble else { return None };
    let name = identity.left.value.split([' ', '(', ')']).find(|word| word.contains('.'))?;
    let tree = calculator.book().own()?;
    let place = tree.nodes.get(tree.find(name)?)?.value_place();
    let text = format!("{}（{}）无法核对：{}", identity.name, identity.number, trouble.message());
    let finding = Diagnostic::new(Code::JB2006, text).at(place);
    Some(finding.hint(rule(identity)))
}

/// The amount of one side and the figures that it reads.
fn side(calculator: &Calculator, expression: &str) -> Result<(Amount, Vec<FigureRef>), TroubleKind> {
    let absent = || TroubleKind::NotGiven(String::new());
    match formula_amount(calculator, expression, calculator.root(true)) {
        Ok(Evaluated { value: Value::Amount(amount), reads }) => Ok((amount, reads)),
        Ok(_) => Err(absent()),
        Err(trouble) => Err(trouble.kind),
    }
}

/// The first figure read, at which the finding is shown.
fn primary(calculator: &Calculator, reads: &[FigureRef]) -> Option<(Place, FigureRef)> {
    let first = reads.iter().copied().find(|figure| calculator.book().node(*figure).is_some())?;
    Some((calculator.book().node(first)?.value_place(), first))
}

fn one_basis(calculator: &Calculator, reads: &[FigureRef]) -> bool {
    let mut bases = reads.iter().filter_map(|&figure| calculator.book().node(figure)).map(|node| &node.basis);
    let first = bases.next();
    bases.all(|basis| Some(basis) == first)
}

#[cfg(test)]
mod tests;
