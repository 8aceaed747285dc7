//! JB3005: a figure that changed much since last year, without a word of reason. What is much, and which words give a
//! reason, says the profile.

use super::Scene;
use super::facts::plain_name;
use super::passages::{Passage, Role};
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::MoneyUnit;
use crate::figures::{Amount, Computed, FigureNode, FigureRef, Unit, compute_figure};
use crate::profile::Watch;

pub(super) fn check(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    if !scene.complete() {
        return;
    }
    let Some(watch) = &scene.inputs.profile.watched else { return };
    for path in &watch.figures {
        findings.extend(judge(scene, watch, &path.value));
    }
}

fn judge(scene: &Scene<'_>, watch: &Watch, path: &str) -> Option<Diagnostic> {
    let book = scene.inputs.calculator.book();
    let here = FigureRef { year: book.year, node: book.own()?.find(path)? };
    let node = book.node(here)?;
    let there = last_year(scene, path)?;
    let (now, then) = (known(scene, here)?, known(scene, there)?);
    let change = now.sub(&then).ok()?;
    if node.note.is_some() || !is_large(watch, &change, &then) || is_explained(scene, watch, node) {
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

/// More than the share of last year's, and no less than the amount where it is money.
fn is_large(watch: &Watch, change: &Amount, then: &Amount) -> bool {
    let Some(limit) = then.value.abs().checked_mul(watch.share.value.0) else { return false };
    let change = change.abs();
    let in_ten_thousands = change.converted(&Unit::Money(MoneyUnit::TenThousand));
    let worth = in_ten_thousands.is_none_or(|change| change.value >= watch.amount.value.0);
    !then.value.is_zero() && change.value > limit && worth
}

/// Whether a paragraph that reads or names the figure, or the one after it, gives a reason.
fn is_explained(scene: &Scene<'_>, watch: &Watch, figure: &FigureNode) -> bool {
    let prose: Vec<&Passage<'_>> = scene.passages.iter().filter(|passage| passage.role == Role::Prose).collect();
    let names = names(figure);
    let speaks = |passage: &Passage<'_>| {
        let reads = passage.expressions.iter().any(|expression| expression.contains(&figure.path));
        reads || names.iter().any(|name| plain_name(&passage.text).contains(name.as_str()))
    };
    let explains = |passage: &&Passage<'_>| gives_reason(watch, &passage.text);
    prose.iter().enumerate().any(|(at, passage)| speaks(passage) && prose[at..].iter().take(2).any(explains))
}

/// What a text may call the figure, without quotes; a 合计 is called by its group.
fn names(figure: &FigureNode) -> Vec<String> {
    let mut parts = figure.path.rsplit('.');
    let last = parts.next().unwrap_or_default();
    let name = if matches!(last, "合计" | "总计") { parts.next().unwrap_or(last) } else { last };
    figure.label.as_deref().into_iter().chain([name]).map(plain_name).collect()
}

fn gives_reason(watch: &Watch, text: &str) -> bool {
    let mut text = text.to_owned();
    for word in watch.except.iter().filter(|word| !word.is_empty()) {
        text = text.replace(word.as_str(), "\n");
    }
    watch.reasons.iter().any(|word| text.contains(word.as_str()))
}
