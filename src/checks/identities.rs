//! The identities (勾稽关系) of the profile. One whose operands are not all known is passed over.

use super::sides::{Verdict, exact, label_operands, tail_severity, verdict};
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::{Amount, Calculator, Evaluated, FigureRef, Formula, Value, formula_amount};
use crate::profile::{Identity, Level, Profile, Relation};
use crate::source::Place;

pub(super) fn check(calculator: &Calculator, profile: &Profile, findings: &mut Vec<Diagnostic>) {
    for identity in &profile.identities {
        findings.extend(judge(calculator, identity));
    }
}

fn judge(calculator: &Calculator, identity: &Identity) -> Option<Diagnostic> {
    let (left, left_reads) = side(calculator, &identity.left.value)?;
    let (right, right_reads) = side(calculator, &identity.right.value)?;
    let right = right.converted(&left.unit)?;
    let reads: Vec<FigureRef> = left_reads.iter().chain(&right_reads).copied().collect();
    if identity.same_basis && !one_basis(calculator, &reads) {
        return None;
    }
    let difference = left.value.checked_sub(right.value)?;
    if identity.relation == Relation::AtMost && difference <= rust_decimal::Decimal::ZERO {
        return None;
    }
    let code = match (verdict(difference, &left, &right), identity.level) {
        (Verdict::Holds, _) => return None,
        (Verdict::Tail, _) => Code::JB3002,
        (Verdict::Fails, Level::Error) => Code::JB3001,
        (Verdict::Fails, Level::Warning) => Code::JB3003,
    };
    let (left_text, right_text) = (exact(&left, 2), exact(&right, 2));
    let message = format!(
        "{}（{}）：{left_text} 应{}{right_text}，相差 {}",
        identity.name,
        identity.number,
        match identity.relation {
            Relation::Equal => "等于 ",
            Relation::AtMost => "不大于 ",
        },
        exact(&Amount { value: difference, ..left.clone() }, 2)
    );
    let (place, first) = primary(calculator, &reads)?;
    let mut finding = Diagnostic::new(code, message)
        .at(place)
        .label(super::sides::describe(calculator.book(), first, calculator.printer()))
        .subject(identity.name.as_str());
    if code == Code::JB3002 {
        finding.severity = tail_severity(calculator);
    }
    finding = label_operands(finding, calculator, &reads, Some(first));
    finding =
        finding.hint(format!("应有：{} {} {}", identity.left.value, identity.relation.sign(), identity.right.value));
    Some(match &identity.hint {
        Some(hint) => finding.hint(hint.as_str()),
        None => finding,
    })
}

/// The amount of one side and the figures that it reads; none where a figure is absent or not given.
fn side(calculator: &Calculator, expression: &str) -> Option<(Amount, Vec<FigureRef>)> {
    let place = calculator.book().own()?.nodes.first()?.place;
    let formula = Formula { text: expression.to_owned(), place };
    match formula_amount(calculator, &formula, calculator.root(true), &mut Vec::new()) {
        Ok(Evaluated { value: Value::Amount(amount), reads }) => Some((amount, reads)),
        _ => None,
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
