//! Groups that say how their members add up (列举): 全部 must equal the total, 其中 must not exceed it (accounting rules I7, I8).

use std::cmp::Ordering;

use super::Inputs;
use super::sides::{Verdict, describe, exact, label_operands, tail_severity, verdict};
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::{
    Amount, Calculator, Evaluated, FigureNode, FigureRef, Listing, ListingKind, Scope, TroubleKind, Value,
    formula_amount, trouble_finding,
};

pub(super) fn check(inputs: &Inputs<'_>, findings: &mut Vec<Diagnostic>) {
    let calculator = inputs.calculator;
    let book = calculator.book();
    let Some(tree) = book.own() else { return };
    for (node, listing) in &tree.listings {
        let me = FigureRef { year: book.year, node: *node };
        findings.extend(judge(calculator, me, &tree.nodes[*node], listing));
    }
}

fn judge(calculator: &Calculator, me: FigureRef, group: &FigureNode, listing: &Listing) -> Option<Diagnostic> {
    let scope = Scope { group: me, lenient: false };
    let (total, mut reads) = match formula_amount(calculator, &listing.total.text, scope) {
        Ok(Evaluated { value: Value::Amount(amount), reads }) => (amount, reads),
        Ok(_) => return None,
        Err(trouble) if matches!(trouble.kind, TroubleKind::NotGiven(_) | TroubleKind::Failed(_)) => return None,
        Err(trouble) => return Some(trouble_finding(&trouble, &listing.total).subject(group.path.as_str())),
    };
    let (parts, more) = match calculator.sum_of_members(me) {
        Ok(sum) => sum,
        Err(TroubleKind::Units(left, right)) => {
            let text = format!("“{}”的各项单位不一致：“{left}”与“{right}”", group.path);
            return Some(Diagnostic::new(Code::JB2006, text).at(group.place).hint("核对各项的 单位"));
        }
        Err(_) => return None,
    };
    let parts = parts.converted(&total.unit)?;
    reads.extend(more);
    let difference = parts.value.checked_sub(total.value)?;
    let holds = match listing.kind {
        ListingKind::All => difference.is_zero(),
        ListingKind::Some => difference.cmp(&rust_decimal::Decimal::ZERO) != Ordering::Greater,
    };
    if holds {
        return None;
    }
    let tail = verdict(difference, &parts, &total) == Verdict::Tail;
    let word = if listing.kind == ListingKind::All { "应等于" } else { "应不大于" };
    let apart = Amount { value: difference, ..parts.clone() };
    let (left, right) = (exact(&parts, 2), exact(&total, 2));
    let message = format!("“{}”各项之和 {left} {word}总数 {right}，相差 {}", group.path, exact(&apart, 2));
    let first = *reads.first()?;
    let mut finding = Diagnostic::new(if tail { Code::JB3002 } else { Code::JB3001 }, message)
        .at(calculator.book().node(first)?.value_place())
        .label(describe(calculator.book(), first, calculator.printer()))
        .subject(group.path.as_str());
    if tail {
        finding.severity = tail_severity(calculator);
    }
    finding.difference = Some(difference);
    finding = label_operands(finding, calculator, &reads, Some(first));
    Some(finding.hint(match listing.kind {
        ListingKind::All => "列全的各项之和要等于总数；没有列全的写 列举: 其中",
        ListingKind::Some => "其中的各项之和不能超过总数",
    }))
}
