//! Indicators of the unit's own (自设指标), which fill the slots that a system leaves open.
//!
//! Quantitative: met is full; else actual ÷ target (the more the better) or target ÷ actual (the less the better) of the
//! weight. Qualitative: people score. (绩效自评表, as filled in 2021–2023.)

use rust_decimal::Decimal;

use super::claim::Claim;
use super::rules::Ruled;
use super::{ScoreRow, by_coefficient, check_coefficient, print_score, round_score, sum};
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{Comparator, OwnIndicator, Scores};
use crate::figures::{Amount, Calculator, Evaluated, Trouble, TroubleKind, Unit, Value, formula_amount};
use crate::profile::{IndexSystem, Indicator, Rule};
use crate::source::{Spanned, parse_number, shorten};

/// The rows of one slot. Their weights must add up to the slot's.
pub(super) fn rows(
    calculator: &Calculator,
    system: &IndexSystem,
    slot: &Indicator,
    scores: &Spanned<Scores>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<ScoreRow> {
    let own = &scores.value.own;
    let mine: Vec<&Spanned<OwnIndicator>> = own.iter().filter(|own| fills(&own.value, slot)).collect();
    let (weights, full) = (sum(mine.iter().map(|own| own.value.weight.value.0)), slot.weight.value.0);
    if weights != full {
        let text = format!("“{}”的自设指标分值合计 {weights}，应为 {full}", slot.level1);
        let place = mine.last().map_or(scores.place, |own| own.value.weight.place);
        findings.push(Diagnostic::new(Code::JB4001, text).subject(slot.level1.as_str()).at(place));
    }
    let rows = mine.iter().enumerate();
    rows.map(|(i, own)| row(calculator, system, &format!("{}-{}", slot.id.value, i + 1), own, findings)).collect()
}

/// Whether an indicator fills a slot: of its first level, and of its second where the slot names one.
fn fills(own: &OwnIndicator, slot: &Indicator) -> bool {
    own.level1.value == slot.level1 && (slot.level2.is_empty() || own.level2 == slot.level2)
}

/// Reports indicators whose first level is no slot of the system.
pub(super) fn check_slots(system: &IndexSystem, scores: &Scores, findings: &mut Vec<Diagnostic>) {
    let rows = system.indicators.iter().map(|row| &row.value);
    let slots: Vec<&Indicator> = rows.filter(|row| matches!(row.rule, Rule::Own)).collect();
    for own in &scores.own {
        check_own(&own.value, findings);
        let level1 = &own.value.level1;
        if slots.iter().any(|slot| fills(&own.value, slot)) {
            continue;
        }
        let finding = Diagnostic::new(
            Code::JB1016,
            format!("指标体系“{}”没有可自设的一级指标“{}”", system.id.value, level1.value),
        );
        let hint = if slots.is_empty() {
            "这个体系的指标都已定好，不能自设".to_owned()
        } else {
            let name = |slot: &&Indicator| match slot.level2.as_str() {
                "" => slot.level1.clone(),
                level2 => format!("{}（二级：{level2}）", slot.level1),
            };
            format!("可自设的一级指标：{}", slots.iter().map(name).collect::<Vec<_>>().join("、"))
        };
        findings.push(finding.hint(hint).at(level1.place));
    }
}

/// An own indicator weighs something and is scored in one way.
fn check_own(own: &OwnIndicator, findings: &mut Vec<Diagnostic>) {
    let weight = &own.weight;
    if weight.value.0 <= Decimal::ZERO {
        let text = format!("指标“{}”的分值 {} 不大于 0", own.name, weight.value.0);
        findings.push(Diagnostic::new(Code::JB1016, text).at(weight.place).hint("写一个正数"));
    }
    if let (Some(_), Some(second)) = (&own.score, &own.coefficient) {
        let text = format!("指标“{}”又写 得分 又写 系数", own.name);
        findings.push(Diagnostic::new(Code::JB1016, text).at(second.place).hint("只留一个"));
    }
}

fn row(
    calculator: &Calculator,
    system: &IndexSystem,
    id: &str,
    own: &Spanned<OwnIndicator>,
    findings: &mut Vec<Diagnostic>,
) -> ScoreRow {
    let indicator = &own.value;
    let quantitative = indicator.comparator != Comparator::Qualitative;
    let read = |text: &Option<Spanned<String>>| match text {
        Some(text) if quantitative => {
            value(calculator, text).and_then(|amount| in_unit(indicator, text, amount)).map(Some)
        }
        _ => Ok(None),
    };
    let (target, adjusted) = (read(&indicator.target), read(&indicator.adjusted_target));
    let actual = read(&indicator.actual);
    let wanted = if indicator.adjusted_target.is_some() { &adjusted } else { &target };
    let ruled = match (wanted, &actual) {
        (Ok(Some(wanted)), Ok(Some(actual))) => judge(calculator, indicator, wanted, actual),
        (Err(_), _) | (_, Err(_)) => Ruled::Failed,
        _ => Ruled::Open,
    };
    let claim = Claim {
        id,
        name: &indicator.name,
        weight: indicator.weight.value.0,
        ruled,
        stated: stated(indicator),
        override_score: None,
        override_reason: None,
        grounds: indicator.grounds.as_ref(),
        reason: indicator.reason.as_ref(),
        reason_required: system.reasons_required.0,
        place: own.place,
        advice: "写 目标 和 实际 两个数由程序计算，或写 得分 和 依据".to_owned(),
    };
    check_coefficient(id, indicator.coefficient.as_ref(), findings);
    let (score, computed) = claim.settle(findings);
    check_tier(system, indicator, score, findings);
    let standard = standard(calculator, indicator, wanted.as_ref().ok().and_then(Option::as_ref));
    let print = |value: &Result<Option<Amount>, _>, words: &Option<Spanned<String>>| match value {
        Ok(Some(amount)) => Some(Spanned::from(shown(calculator, amount))),
        _ if quantitative => None,
        _ => words.clone(),
    };
    let row = ScoreRow {
        score,
        computed,
        standard,
        target: print(&target, &indicator.target),
        adjusted_target: print(&adjusted, &indicator.adjusted_target),
        actual: print(&actual, &indicator.actual),
        ..ScoreRow::of_unit(id, indicator)
    };
    for unread in [target, adjusted, actual].into_iter().filter_map(Result::err) {
        findings.extend(unread.map(|finding| *finding));
    }
    row
}

/// An amount in the unit that the indicator prints behind it; a bare number is in that unit already.
///
/// # Errors
/// Units that have nothing in common.
fn in_unit(
    indicator: &OwnIndicator,
    text: &Spanned<String>,
    amount: Amount,
) -> Result<Amount, Option<Box<Diagnostic>>> {
    let Some(unit) = indicator.unit.as_deref().filter(|_| amount.unit != Unit::Plain) else { return Ok(amount) };
    if let Some(converted) = amount.converted(&Unit::parse(unit)) {
        return Ok(converted);
    }
    let own = if amount.unit == Unit::Ratio { "比率".to_owned() } else { amount.unit.to_string() };
    let text_of = format!("指标“{}”的单位写的是“{unit}”，这个数的单位是“{own}”", indicator.name);
    let finding = Diagnostic::new(Code::JB2006, text_of).at(text.place).hint("改 单位，或换一个数据项");
    Err(Some(Box::new(finding)))
}

/// What people gave: 得分, or 系数 in per cent of the weight.
fn stated(indicator: &OwnIndicator) -> Option<Spanned<Decimal>> {
    if let Some(score) = &indicator.score {
        return Some(Spanned { value: score.value.0, place: score.place });
    }
    let coefficient = indicator.coefficient.as_ref()?;
    Some(Spanned { value: by_coefficient(indicator.weight.value.0, coefficient.value.0), place: coefficient.place })
}

/// The score of a qualitative indicator lies within the range of its tier.
fn check_tier(system: &IndexSystem, indicator: &OwnIndicator, score: Decimal, findings: &mut Vec<Diagnostic>) {
    let Some(wanted) = &indicator.tier else { return };
    let Some(tier) = system.tiers.iter().find(|tier| tier.name == wanted.value) else {
        let names: Vec<&str> = system.tiers.iter().map(|tier| tier.name.as_str()).collect();
        let finding =
            Diagnostic::new(Code::JB1016, format!("指标体系“{}”没有“{}”这一档", system.id.value, wanted.value));
        findings.push(finding.hint(format!("可选的档次：{}", names.join("、"))).at(wanted.place));
        return;
    };
    let weight = indicator.weight.value.0;
    let (least, most) = (weight.saturating_mul(tier.at_least.0), weight.saturating_mul(tier.at_most.0));
    if (least..=most).contains(&score) {
        return;
    }
    let range = format!("{}–{}", print_score(least), print_score(most));
    let text =
        format!("指标“{}”定为“{}”，得分应在 {range} 之间，填的是 {}", indicator.name, tier.name, print_score(score));
    findings.push(Diagnostic::new(Code::JB4002, text).hint("核对档次与得分").at(wanted.place));
}

/// The target as printed: `≥4次`.
fn standard(calculator: &Calculator, indicator: &OwnIndicator, target: Option<&Amount>) -> String {
    let unit = indicator.unit.as_deref().unwrap_or_default();
    match (target, &indicator.target) {
        (Some(target), _) => format!("{}{}{unit}", indicator.comparator.sign(), shown(calculator, target)),
        (None, Some(words)) if indicator.comparator == Comparator::Qualitative => words.value.clone(),
        _ => String::new(),
    }
}

/// The score by target and actual value, which may be in different units of money.
fn judge(calculator: &Calculator, indicator: &OwnIndicator, target: &Amount, actual: &Amount) -> Ruled {
    let unit = indicator.unit.as_deref().unwrap_or_default();
    let sign = indicator.comparator.sign();
    let how = format!("目标{sign}{}{unit}，实际{}{unit}", shown(calculator, target), shown(calculator, actual));
    match reached(indicator.comparator, target, actual) {
        Ok(reached) => Ruled::Score(round_score(indicator.weight.value.0.saturating_mul(reached.share)), how),
        Err(trouble) => Ruled::Broken(trouble.message()),
    }
}

/// How far a target was reached. Both values are in one unit.
pub(crate) struct Reached {
    pub(crate) target: Amount,
    pub(crate) actual: Amount,
    /// Whether the target is met, which is worth the whole weight.
    pub(crate) met: bool,
    /// Whether a target that is missed is missed on the upper side, so that it is divided by the actual value.
    pub(crate) over: bool,
    /// The share of the weight, from 0 to 1.
    pub(crate) share: Decimal,
}

/// Compares what was reached with the target.
///
/// # Errors
/// Units that have nothing in common; a quotient that is none.
pub(crate) fn reached(comparator: Comparator, target: &Amount, actual: &Amount) -> Result<Reached, TroubleKind> {
    // A target written as a bare number is in the unit of the actual value: 95 is 95 % where 93.1 % was reached.
    let (actual, target) = actual.aligned(target)?;
    let order = actual.value.cmp(&target.value);
    // Missed: the smaller of the two over the greater, whichever side the target is missed on.
    let (met, over) = match comparator {
        Comparator::AtMost => (order.is_le(), true),
        Comparator::Exactly => (order.is_eq(), order.is_gt()),
        Comparator::AtLeast | Comparator::Qualitative => (order.is_ge(), false),
    };
    let (part, whole) = if over { (&target, &actual) } else { (&actual, &target) };
    let share = if met { Decimal::ONE } else { part.div(whole)?.value.clamp(Decimal::ZERO, Decimal::ONE) };
    Ok(Reached { target, actual, met, over, share })
}

/// A number as it was written; a figure or the result of a formula as it is printed elsewhere.
fn shown(calculator: &Calculator, amount: &Amount) -> String {
    match amount.unit {
        Unit::Plain => amount.value.normalize().to_string(),
        _ => calculator.printer().number(amount),
    }
}

/// The expression behind `=`; none for a plain number.
pub(crate) fn expression(text: &str) -> Option<&str> {
    text.trim().strip_prefix(['=', '＝'])
}

/// The target that counts: the adjusted one, where there is one.
pub(crate) fn wanted(indicator: &OwnIndicator) -> Option<&Spanned<String>> {
    indicator.adjusted_target.as_ref().or(indicator.target.as_ref())
}

/// A number, or an expression behind `=`.
///
/// # Errors
/// The finding, unless what is wrong is said elsewhere.
pub(crate) fn value(calculator: &Calculator, text: &Spanned<String>) -> Result<Amount, Option<Box<Diagnostic>>> {
    let written = text.value.trim();
    let Some(expression) = expression(written) else {
        return parse_number(written).map(|number| Amount::plain(number.value)).map_err(|slip| {
            let finding = Diagnostic::new(Code::JB1018, format!("“{}”{}", shorten(written), slip.what)).at(text.place);
            Some(Box::new(finding.hint("写一个普通小数，或 = 开头的公式；不是数的指标写 比较: 定性")))
        });
    };
    let refuse = |trouble: Trouble| {
        let unsaid = !matches!(trouble.kind, TroubleKind::Failed(_));
        let mut finding = Diagnostic::new(trouble.code(), trouble.kind.message()).at(text.place);
        if let TroubleKind::NotGiven(name) = &trouble.kind {
            finding = finding.subject(name.as_str());
        }
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
