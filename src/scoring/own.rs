//! Indicators of the unit's own (自设指标), which fill the slots that a system leaves open.
//!
//! Quantitative: met is full; else actual ÷ target (the more the better) or target ÷ actual (the less the better) of the
//! weight. Qualitative: people score. (绩效自评表, as filled in 2021–2023.)

use rust_decimal::Decimal;

use super::claim::Claim;
use super::rules::Ruled;
use super::{ScoreRow, round_score, sum};
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{Comparator, OwnIndicator, Scores};
use crate::figures::{Amount, Calculator, Evaluated, Trouble, TroubleKind, Value, formula_amount};
use crate::profile::{IndexSystem, Indicator, Rule};
use crate::source::{Place, Spanned, parse_number, shorten};

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
    let quantitative = indicator.comparator != Comparator::Qualitative;
    let read = |text: &Option<Spanned<String>>| match text {
        Some(text) if quantitative => value(calculator, text).map(Some),
        _ => Ok(None),
    };
    let (target, actual) = (read(&indicator.target), read(&indicator.actual));
    let ruled = match (&target, &actual) {
        (Ok(Some(target)), Ok(Some(actual))) => judge(indicator, target, actual),
        (Err(_), _) | (_, Err(_)) => Ruled::Failed,
        _ => Ruled::Open,
    };
    let claim = Claim {
        id,
        name: &indicator.name,
        weight: indicator.weight.value.0,
        ruled,
        stated: indicator.score.as_ref().map(|score| Spanned { value: score.value.0, place: score.place }),
        grounds: indicator.grounds.as_ref(),
        place: own.place,
        advice: "写 目标 和 实际 两个数由程序计算，或写 得分 和 依据".to_owned(),
    };
    let (score, computed) = claim.settle(findings);
    let standard = standard(indicator, target.as_ref().ok().and_then(Option::as_ref));
    for unread in [target, actual].into_iter().filter_map(Result::err) {
        findings.extend(unread.map(|finding| *finding));
    }
    ScoreRow {
        id: id.to_owned(),
        level1: indicator.level1.value.clone(),
        level2: indicator.level2.clone(),
        name: indicator.name.clone(),
        standard,
        weight: indicator.weight.value.0,
        score,
        computed,
        grounds: indicator.grounds.clone(),
    }
}

/// The target as printed: `≥4次`.
fn standard(indicator: &OwnIndicator, target: Option<&Amount>) -> String {
    let unit = indicator.unit.as_deref().unwrap_or_default();
    match (target, &indicator.target) {
        (Some(target), _) => format!("{}{}{unit}", indicator.comparator.sign(), target.value.normalize()),
        (None, Some(words)) if indicator.comparator == Comparator::Qualitative => words.value.clone(),
        _ => String::new(),
    }
}

/// The score by target and actual value, which may be in different units of money.
fn judge(indicator: &OwnIndicator, target: &Amount, actual: &Amount) -> Ruled {
    let met = match actual.compare(target) {
        Err(trouble) => return Ruled::Broken(trouble.message()),
        Ok(order) if indicator.comparator == Comparator::AtMost => order.is_le(),
        Ok(order) => order.is_ge(),
    };
    let (part, whole) = if indicator.comparator == Comparator::AtMost { (target, actual) } else { (actual, target) };
    let share = if met {
        Decimal::ONE
    } else {
        match part.div(whole) {
            Ok(share) => share.value.clamp(Decimal::ZERO, Decimal::ONE),
            Err(trouble) => return Ruled::Broken(trouble.message()),
        }
    };
    let unit = indicator.unit.as_deref().unwrap_or_default();
    let sign = indicator.comparator.sign();
    let (wanted, reached) = (target.value.normalize(), actual.value.normalize());
    let how = format!("目标{sign}{wanted}{unit}，实际{reached}{unit}");
    Ruled::Score(round_score(indicator.weight.value.0.saturating_mul(share)), how)
}

/// A number, or an expression behind `=`.
///
/// # Errors
/// The finding, unless what is wrong is said elsewhere.
fn value(calculator: &Calculator, text: &Spanned<String>) -> Result<Amount, Option<Box<Diagnostic>>> {
    let written = text.value.trim();
    let Some(expression) = written.strip_prefix('=').or_else(|| written.strip_prefix('＝')) else {
        return parse_number(written).map(|number| Amount::plain(number.value)).map_err(|slip| {
            let finding = Diagnostic::new(Code::JB1018, format!("“{}”{}", shorten(written), slip.what)).at(text.place);
            Some(Box::new(finding.hint("写一个普通小数，或 = 开头的公式；不是数的指标写 比较: 定性")))
        });
    };
    let refuse = |trouble: Trouble| {
        let unsaid = !matches!(trouble.kind, TroubleKind::Failed(_));
        let finding = Diagnostic::new(trouble.code(), trouble.kind.message()).at(text.place);
        let hint = trouble.kind.hint().unwrap_or_else(|| "核对公式".to_owned());
        unsaid.then(|| Box::new(finding.hint(hint)))
    };
    match formula_amount(calculator, expression, calculator.root(false)) {
        Ok(Evaluated { value: Value::Amount(amount), .. }) => Ok(amount),
        Ok(_) => {
            let kind = TroubleKind::Syntax("公式的结果不是一个数".to_owned());
            Err(refuse(Trouble { kind, at: None }))
        }
        Err(trouble) => Err(refuse(trouble)),
    }
}
