//! JB3005: a figure that changed by more than half since last year, without a word of reason.

use rust_decimal::Decimal;

use super::Scene;
use super::passages::{Passage, Role};
use super::words::any_of;
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::MoneyUnit;
use crate::figures::{Amount, Computed, FigureNode, FigureRef, Unit, compute_figure};

/// Words that give a reason.
const REASONS: [&str; 12] =
    ["主要是", "原因", "由于", "因为", "因", "系", "为了", "所致", "影响", "导致", "造成", "主要用于"];
/// Words that hold one of those and give none.
const NO_REASONS: [&str; 10] =
    ["因公", "因私", "因素法", "系统", "体系", "关系", "联系", "系列", "关系到", "产生影响力"];

pub(super) fn check(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    if !scene.complete() {
        return;
    }
    for path in &scene.inputs.profile.watched {
        findings.extend(judge(scene, &path.value));
    }
}

fn judge(scene: &Scene<'_>, path: &str) -> Option<Diagnostic> {
    let book = scene.inputs.calculator.book();
    let here = FigureRef { year: book.year, node: book.own()?.find(path)? };
    let node = book.node(here)?;
    let there = last_year(scene, path)?;
    let (now, then) = (known(scene, here)?, known(scene, there)?);
    let change = now.sub(&then).ok()?;
    if node.note.is_some() || !is_large(&change, &then) || is_explained(scene, node) {
        return None;
    }
    let printer = scene.inputs.calculator.printer();
    let share =
        if then.value.is_zero() { String::new() } else { printer.with_unit(&change.abs().share(&then.abs()).ok()?) };
    let direction = if change.value.is_sign_negative() { "减少" } else { "增加" };
    let (was, is) = (printer.with_unit(&then), printer.with_unit(&now));
    let message = format!("“{path}”上年 {was}，本年 {is}，{direction} {share}，文中没有说明原因");
    let mut finding = Diagnostic::new(Code::JB3005, message).at(node.value_place()).subject(path);
    if let Some(before) = book.node(there) {
        finding = finding.also(before.value_place(), format!("上年 {was}"));
    }
    Some(finding.hint("在提到它的一段里写出原因，或在 figures.yaml 给它写 说明；数写错了的改数"))
}

/// Last year's figure: of this year's block 上年, else of last year's folder.
fn last_year(scene: &Scene<'_>, path: &str) -> Option<FigureRef> {
    let book = scene.inputs.calculator.book();
    if let Some(node) = book.own()?.find(&format!("上年.{path}")) {
        return Some(FigureRef { year: book.year, node });
    }
    let node = book.tree(book.year - 1)?.find(path)?;
    Some(FigureRef { year: book.year - 1, node })
}

fn known(scene: &Scene<'_>, figure: FigureRef) -> Option<Amount> {
    let calculator = scene.inputs.calculator;
    if calculator.book().value(figure).is_none() {
        compute_figure(calculator, figure);
    }
    match calculator.book().value(figure) {
        Some(Computed::Known(amount)) => Some(amount),
        _ => None,
    }
}

/// More than half of last year's, and at least 1万元 where it is money: a small sum doubles easily.
fn is_large(change: &Amount, then: &Amount) -> bool {
    let Some(half) = then.value.abs().checked_div(Decimal::TWO) else { return false };
    let change = change.abs();
    let worth =
        change.converted(&Unit::Money(MoneyUnit::TenThousand)).is_none_or(|change| change.value >= Decimal::ONE);
    !then.value.is_zero() && change.value > half && worth
}

/// Whether a paragraph that reads or names the figure, or the one after it, gives a reason.
fn is_explained(scene: &Scene<'_>, figure: &FigureNode) -> bool {
    let prose: Vec<&Passage<'_>> = scene.passages.iter().filter(|passage| passage.role == Role::Prose).collect();
    let names = names(figure);
    let speaks = |passage: &Passage<'_>| {
        let reads = passage.expressions.iter().any(|expression| expression.contains(&figure.path));
        reads || names.iter().any(|name| passage.text.contains(name.as_str()))
    };
    let explained = |at: usize| prose.get(at).is_some_and(|passage| gives_reason(&passage.text));
    (0..prose.len()).any(|at| speaks(prose[at]) && (explained(at) || explained(at + 1)))
}

/// What a text may call the figure; a 合计 is called by its group.
fn names(figure: &FigureNode) -> Vec<String> {
    let mut parts = figure.path.rsplit('.');
    let last = parts.next().unwrap_or_default();
    let name = if matches!(last, "合计" | "总计") { parts.next().unwrap_or(last) } else { last };
    let mut names = vec![name.to_owned()];
    if name == "三公经费" {
        names.push("“三公”经费".to_owned());
    }
    names.extend(figure.label.clone());
    names
}

fn gives_reason(text: &str) -> bool {
    let mut text = text.to_owned();
    for word in NO_REASONS {
        text = text.replace(word, "");
    }
    any_of(&text, &REASONS)
}
