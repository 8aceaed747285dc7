//! A stated value (填报) must agree with its formula (公式).

use super::Inputs;
use super::sides::{Verdict, exact, label_operands, tail_severity, verdict};
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::{
    Amount, Calculator, Computed, Definition, Evaluated, FigureNode, FigureRef, Formula, Scope, TroubleKind, Value,
    formula_amount, round, trouble_finding,
};

/// Computes the formula of every stated figure and compares, at the places that are printed.
pub(super) fn check(inputs: &Inputs<'_>, findings: &mut Vec<Diagnostic>) {
    let calculator = inputs.calculator;
    let book = calculator.book();
    let Some(tree) = book.own() else { return };
    for (node, figure, definition) in tree.figures() {
        let Definition::Stated(_, _, formula) = definition else { continue };
        let me = FigureRef { year: book.year, node };
        let Some(Computed::Known(stated)) = book.value(me) else { continue };
        let scope = Scope { group: FigureRef { year: book.year, node: figure.parent }, lenient: false };
        match formula_amount(calculator, &formula.text, scope) {
            Ok(Evaluated { value: Value::Amount(computed), reads, .. }) => {
                findings.extend(compare(calculator, figure, formula, &stated, &computed, &reads));
            }
            Ok(_) => findings.push(
                Diagnostic::new(Code::JB2003, format!("“{}”的公式结果不是一个数", figure.path)).at(formula.place),
            ),
            Err(trouble) if matches!(trouble.kind, TroubleKind::NotGiven(_) | TroubleKind::Failed(_)) => {}
            Err(trouble) => findings.push(trouble_finding(&trouble, formula).subject(figure.path.as_str())),
        }
    }
}

fn compare(
    calculator: &Calculator,
    figure: &FigureNode,
    formula: &Formula,
    stated: &Amount,
    computed: &Amount,
    reads: &[FigureRef],
) -> Option<Diagnostic> {
    let Some(computed) = computed.converted(&stated.unit) else {
        let kind = TroubleKind::Units(stated.unit.clone(), computed.unit.clone());
        let trouble = crate::figures::Trouble { kind, at: None };
        return Some(trouble_finding(&trouble, formula).subject(figure.path.as_str()));
    };
    let money = calculator.book().money;
    let places = stated.display.written.unwrap_or(0).max(money.places.computed());
    let rounding = figure.rounding.unwrap_or(money.rounding);
    let difference = stated.value.checked_sub(round(computed.value, places, rounding))?;
    let (code, severity) = match verdict(difference, stated, &computed) {
        Verdict::Holds => return None,
        Verdict::Tail => (Code::JB2002, tail_severity(calculator)),
        Verdict::Fails => (Code::JB2001, Code::JB2001.severity()),
    };
    let left = exact(stated, 2);
    let rounded = Amount { value: round(computed.value, places, rounding), ..computed.clone() };
    let right = exact(&rounded, places);
    let message = format!(
        "“{}”填报 {left}，按公式是 {right}，相差 {}",
        figure.path,
        exact(&Amount { value: difference, ..stated.clone() }, 2)
    );
    let right =
        if rounded.value == computed.value { right } else { format!("{right}（未舍入 {}）", exact(&computed, 2)) };
    let mut finding = Diagnostic::new(code, message)
        .at(figure.value_place())
        .label(format!("填报 {left}"))
        .also(formula.place, format!("公式得 {right}"))
        .subject(figure.path.as_str());
    finding.severity = severity;
    finding.difference = Some(difference);
    finding = label_operands(finding, calculator, reads, None);
    Some(finding.hint("核对填报数与各组成数；填报数没有错的，改公式"))
}
