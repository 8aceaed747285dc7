//! Indicators of the unit's own (自设指标), which fill the slots that a system leaves open.
//!
//! Quantitative: met is full; else actual ÷ target (the more the better) or target ÷ actual (the less the better) of the
//! weight. Qualitative: people score. (绩效自评表, as filled in 2021–2023.)

use rust_decimal::Decimal;

use super::rules::evaluate;
use super::{ScoreRow, check_range, round_score, sum};
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{Comparator, OwnIndicator, Scores};
use crate::figures::{Amount, Calculator};
use crate::profile::{IndexSystem, Indicator, Rule};
use crate::source::{Place, Spanned, parse_number};

/// The rows of one slot. Their weights must add up to the slot's.
pub(super) fn rows(
    calculator: &Calculator,
    slot: &Indicator,
    scores: &Scores,
    sheet: Option<Place>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<ScoreRow> {
    let mine: Vec<&Spanned<OwnIndicator>> =
        scores.own.iter().filter(|own| own.value.level1.value == slot.level1).collect();
    let weights = sum(mine.iter().map(|own| own.value.weight.value.0));
    if weights != slot.weight.0 {
        let text = format!("“{}”的自设指标分值合计 {weights}，应为 {}", slot.level1, slot.weight.0);
        let place = mine.last().map_or(sheet, |own| own.value.weight.place);
        findings.push(Diagnostic::new(Code::JB4001, text).subject(slot.level1.as_str()).at(place));
    }
    let rows = mine.iter().enumerate();
    rows.map(|(i, own)| row(calculator, &format!("{}-{}", slot.id, i + 1), own, findings)).collect()
}

/// Reports indicators whose first level is no slot of the system.
pub(super) fn check_slots(system: &IndexSystem, scores: &Scores, findings: &mut Vec<Diagnostic>) {
    let slots: Vec<&str> =
        system.indicators.iter().filter(|i| matches!(i.rule, Rule::Own)).map(|i| i.level1.as_str()).collect();
    for own in &scores.own {
        let level1 = &own.value.level1;
        if slots.contains(&level1.value.as_str()) {
            continue;
        }
        let finding =
            Diagnostic::new(Code::JB1016, format!("指标体系“{}”没有可自设的一级指标“{}”", system.id, level1.value));
        let hint = if slots.is_empty() {
            "这个体系的指标都已定好，不能自设".to_owned()
        } else {
            format!("可自设的一级指标：{}", slots.join("、"))
        };
        findings.push(finding.hint(hint).at(level1.place));
    }
}

fn row(calculator: &Calculator, id: &str, own: &Spanned<OwnIndicator>, findings: &mut Vec<Diagnostic>) -> ScoreRow {
    let indicator = &own.value;
    let weight = indicator.weight.value.0;
    let computed = compute(calculator, indicator, weight);
    let score = match (&computed, &indicator.score) {
        (Some((score, _)), _) => *score,
        (None, Some(given)) => round_score(given.value.0),
        (None, None) => {
            let text = format!("自设指标“{}”没有得分", indicator.name);
            let finding = Diagnostic::new(Code::JB4004, text).subject(indicator.name.as_str());
            findings.push(finding.hint("写 目标 和 实际 两个数由程序计算，或写 得分 和 依据").at(own.place));
            Decimal::ZERO
        }
    };
    let place = indicator.score.as_ref().map_or(own.place, |score| score.place);
    check_range(id, &indicator.name, score, weight, place, findings);
    ScoreRow {
        id: id.to_owned(),
        level1: indicator.level1.value.clone(),
        level2: indicator.level2.clone(),
        name: indicator.name.clone(),
        standard: standard(calculator, indicator),
        weight,
        score,
        computed: computed.map(|(_, how)| how),
        grounds: indicator.grounds.clone(),
    }
}

/// The target as printed: `≥4次`.
fn standard(calculator: &Calculator, indicator: &OwnIndicator) -> String {
    let unit = indicator.unit.as_deref().unwrap_or_default();
    let Some(target) = &indicator.target else { return String::new() };
    if indicator.comparator == Comparator::Qualitative {
        return target.value.clone();
    }
    let number = number(calculator, &target.value).map_or_else(String::new, |n| n.value.normalize().to_string());
    format!("{}{number}{unit}", indicator.comparator.sign())
}

fn compute(calculator: &Calculator, indicator: &OwnIndicator, weight: Decimal) -> Option<(Decimal, String)> {
    let target = number(calculator, &indicator.target.as_ref()?.value)?;
    let actual = number(calculator, &indicator.actual.as_ref()?.value)?;
    let share = match indicator.comparator {
        Comparator::AtLeast if target.value.is_zero() => Decimal::ONE,
        Comparator::AtLeast => actual.value.checked_div(target.value)?,
        Comparator::AtMost if actual.value <= target.value => Decimal::ONE,
        Comparator::AtMost => target.value.checked_div(actual.value)?,
        Comparator::Qualitative => return None,
    };
    let score = weight.checked_mul(share.clamp(Decimal::ZERO, Decimal::ONE))?;
    let unit = indicator.unit.as_deref().unwrap_or_default();
    let how = format!(
        "目标{}{}{unit}，实际{}{unit}",
        indicator.comparator.sign(),
        target.value.normalize(),
        actual.value.normalize()
    );
    Some((round_score(score), how))
}

/// A number, or an expression behind `=`.
fn number(calculator: &Calculator, text: &str) -> Option<Amount> {
    match text.trim().strip_prefix('=') {
        Some(expression) => evaluate(calculator, expression),
        None => parse_number(text.trim()).ok().map(|written| Amount::plain(written.value)),
    }
}
