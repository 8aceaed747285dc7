//! Two sides held against each other: holds, 尾差, or fails.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::diagnostic::{Diagnostic, Severity};
use crate::dossier::{Rounding, TailPolicy};
use crate::figures::{Amount, Book, Calculator, Computed, FigureRef, Printer, Unit, round};

/// How two sides compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// They are equal.
    Holds,
    /// They differ by no more than the rounding of what was added up.
    Tail,
    /// They differ.
    Fails,
}

/// Equal, equal within slack, or different. Accounting rule: n amounts rounded to two places and their rounded total
/// may differ by 0.005 × (n + 1), which is what the slacks of both sides add up to.
pub(super) fn verdict(difference: Decimal, left: &Amount, right: &Amount) -> Verdict {
    if difference.is_zero() {
        return Verdict::Holds;
    }
    let slack = left.slack.checked_add(right.slack).unwrap_or(Decimal::MAX);
    if difference.abs() <= slack { Verdict::Tail } else { Verdict::Fails }
}

/// Names every figure that was read, each at its place with its value.
pub(super) fn label_operands(
    mut finding: Diagnostic,
    calculator: &Calculator,
    reads: &[FigureRef],
    except: Option<FigureRef>,
) -> Diagnostic {
    let book = calculator.book();
    let mut seen = BTreeSet::new();
    for &figure in reads {
        if Some(figure) == except || !seen.insert(figure) {
            continue;
        }
        if let Some(node) = book.node(figure) {
            finding = finding.also(node.value_place(), describe(book, figure, calculator.printer()));
        }
    }
    finding
}

/// `支出.合计 = 1406.80万元`.
pub(super) fn describe(book: &Book, figure: FigureRef, printer: Printer) -> String {
    match book.value(figure) {
        Some(Computed::Known(amount)) => format!("{} = {}", book.name(figure), printer.with_unit(&amount)),
        _ => book.name(figure),
    }
}

/// The severity of a tail difference, as the dossier sets it.
pub(super) fn tail_severity(calculator: &Calculator) -> Severity {
    match calculator.book().money.tail {
        TailPolicy::Hint => Severity::Warning,
        TailPolicy::Error => Severity::Error,
    }
}

/// The digits that a comparison shows: all that the value has, up to eight; at least `least`, but for counts.
pub(super) fn exact(amount: &Amount, least: u32) -> String {
    let least = if matches!(amount.unit, Unit::Count(_)) { 0 } else { least };
    let mut value = amount.value.normalize();
    if value.scale() > 8 {
        value = round(value, 8, Rounding::HalfUp).normalize();
    }
    value.rescale(value.scale().max(least));
    format!("{value}{}", amount.unit)
}
