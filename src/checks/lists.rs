//! Groups that say how their members add up (列举): 全部 must equal the total, 其中 must not exceed it (accounting rules I7, I8).

use rust_decimal::Decimal;

use super::Inputs;
use super::sides::{Verdict, describe, exact, label_operands, tail_severity, verdict};
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::{
    Amount, Calculator, Computed, Evaluated, FigureNode, FigureRef, FigureTree, Listing, ListingKind, Scope,
    TroubleKind, Value, formula_amount, trouble_finding,
};

pub(super) fn check(inputs: &Inputs<'_>, findings: &mut Vec<Diagnostic>) {
    let calculator = inputs.calculator;
    let book = calculator.book();
    let Some(tree) = book.own() else { return };
    for (node, listing) in &tree.listings {
        let me = FigureRef { year: book.year, node: *node };
        findings.extend(judge(calculator, me, &tree.nodes[*node], listing));
    }
    for node in 0..tree.nodes.len() {
        findings.extend(parts(calculator, tree, node));
    }
}

/// What is part of a member (属于) adds up to no more than the member.
fn parts(calculator: &Calculator, tree: &FigureTree, group: usize) -> Vec<Diagnostic> {
    let part_of = |&&node: &&usize| tree.nodes[node].part_of.is_some();
    let members = tree.members(group);
    let mut wholes: Vec<&str> =
        members.iter().filter(part_of).filter_map(|&node| tree.nodes[node].part_of.as_deref()).collect();
    wholes.sort_unstable();
    wholes.dedup();
    let mut findings = Vec::new();
    for whole in wholes {
        let belongs = |&&node: &&usize| tree.nodes[node].part_of.as_deref() == Some(whole);
        let parts: Vec<usize> = members.iter().filter(belongs).copied().collect();
        if let Some(ring) = parts.iter().find(|&&node| !tree.is_part(node) && tree.member(group, whole).is_some()) {
            let text = format!("“{}”的 属于 绕成了一圈", tree.nodes[*ring].path);
            let finding = Diagnostic::new(Code::JB2005, text).at(tree.nodes[*ring].place);
            findings.push(finding.hint("属于 写包含它的那一项，不能写自己，也不能互相属于"));
            continue;
        }
        if let Some(whole) = tree.member(group, whole) {
            findings.extend(exceeds(calculator, whole, &parts));
            continue;
        }
        let text = format!("属于 的“{whole}”不是同一组里的数据项");
        let place = parts.first().map(|&node| tree.nodes[node].place);
        findings.push(Diagnostic::new(Code::JB2004, text).at(place).hint("写同一组里另一项的名称"));
    }
    findings
}

fn exceeds(calculator: &Calculator, whole: usize, parts: &[usize]) -> Option<Diagnostic> {
    let book = calculator.book();
    let figure = |node: usize| FigureRef { year: book.year, node };
    let known = |node: usize| match book.value(figure(node)) {
        Some(Computed::Known(amount)) => Some(amount),
        _ => None,
    };
    // A group counts by its 合计.
    let whole = book.own().and_then(|tree| tree.member(whole, "合计")).unwrap_or(whole);
    let total = known(whole)?;
    let sum = parts.iter().filter_map(|&node| known(node)).try_fold(None, |sum: Option<Amount>, part| match sum {
        Some(sum) => sum.add(&part).map(Some),
        None => Ok(Some(part)),
    });
    let sum = sum.ok()??;
    let node = book.node(figure(whole))?;
    let Some(sum) = sum.converted(&total.unit) else {
        let text = format!("属于“{}”的各项单位是“{}”，它本身的单位是“{}”", node.path, sum.unit, total.unit);
        return Some(Diagnostic::new(Code::JB2006, text).at(node.value_place()).hint("核对各项的 单位"));
    };
    let difference = sum.value.checked_sub(total.value)?;
    if difference <= Decimal::ZERO || verdict(difference, &sum, &total) == Verdict::Tail {
        return None;
    }
    let (left, right) = (exact(&sum, 2), exact(&total, 2));
    let text = format!("属于“{}”的各项之和 {left} 大于它本身 {right}", node.path);
    let mut finding = Diagnostic::new(Code::JB3001, text).at(node.value_place()).subject(node.path.as_str());
    finding = finding.label(describe(book, figure(whole), calculator.printer()));
    finding.difference = Some(difference);
    let reads: Vec<FigureRef> = parts.iter().map(|&node| figure(node)).collect();
    Some(label_operands(finding, calculator, &reads, None).hint("核对各数；不是它的一部分的，去掉 属于"))
}

fn judge(calculator: &Calculator, me: FigureRef, group: &FigureNode, listing: &Listing) -> Option<Diagnostic> {
    let scope = Scope { group: me, lenient: false };
    let (total, mut reads) = match formula_amount(calculator, &listing.total.text, scope) {
        Ok(Evaluated { value: Value::Amount(amount), reads, .. }) if !reads.is_empty() => (amount, reads),
        Ok(_) => {
            let text = format!("“{}”的 列举总数 要是一个数据项，或由数据项算出的数", group.path);
            return Some(Diagnostic::new(Code::JB2003, text).at(listing.total.place).hint("如 列举总数: =支出.合计"));
        }
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
    let Some(parts) = parts.converted(&total.unit) else {
        let text = format!("“{}”各项的单位是“{}”，总数的单位是“{}”", group.path, parts.unit, total.unit);
        return Some(Diagnostic::new(Code::JB2006, text).at(group.place).hint("核对各项与总数的 单位"));
    };
    reads.extend(more);
    let difference = parts.value.checked_sub(total.value)?;
    let holds = match listing.kind {
        ListingKind::All => difference.is_zero(),
        ListingKind::Some => difference <= Decimal::ZERO,
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
