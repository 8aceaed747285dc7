//! The arithmetic of a score rule, written out. What counts is what `scoring` computed; this shows the way to it.

use rust_decimal::Decimal;

use super::Grounds;
use super::score::{Need, brief};
use crate::dossier::{Comparator, OwnIndicator};
use crate::figures::{Amount, Calculator, Evaluated, Unit, Value, formula_amount, round};
use crate::profile::{Bands, Deduction, Indicator, Rule, Side, Step};
use crate::source::{Spanned, parse_number};

/// The digits behind the point of a score.
const SCORE_PLACES: u32 = 2;

/// The name of a rule, as the profile writes it.
pub(super) fn name(rule: &Rule) -> &'static str {
    match rule {
        Rule::Ratio(_) => "比率",
        Rule::Bands(_) => "分档",
        Rule::Deduct(_) => "扣分",
        Rule::Checklist(_) => "清单",
        Rule::Coefficient => "系数",
        Rule::Manual => "人工",
        Rule::Own => "自设",
    }
}

/// The expression that a rule needs; none where people score.
pub(super) fn expression(rule: &Rule) -> Option<&Spanned<String>> {
    match rule {
        Rule::Ratio(value) => Some(value),
        Rule::Bands(bands) => Some(&bands.value),
        Rule::Deduct(deduction) => Some(&deduction.value),
        Rule::Checklist(_) | Rule::Coefficient | Rule::Manual | Rule::Own => None,
    }
}

/// The steps from the value of a rule to its score; empty where the value is not known.
pub(super) fn arithmetic(calculator: &Calculator, indicator: &Indicator, need: Option<&Need>) -> Vec<String> {
    let weight = indicator.weight.value.0;
    if let Rule::Checklist(list) = &indicator.rule {
        let each = list.points_each.map(|each| format!("每项得 {}", each.0.normalize()));
        let cost = list.cost_each.map(|cost| format!("每处扣 {}", cost.0.normalize()));
        return each.into_iter().chain(cost).map(|words| format!("{words}，由人清点")).collect();
    }
    let Some(text) = expression(&indicator.rule) else { return Vec::new() };
    let Some(ratio) = amount(calculator, &text.value).and_then(|amount| as_ratio(&amount)) else { return Vec::new() };
    match &indicator.rule {
        Rule::Ratio(_) => proportional(weight, ratio, need),
        Rule::Bands(bands) => steps(bands, ratio),
        Rule::Deduct(deduction) => deducted(deduction, ratio, weight),
        Rule::Checklist(_) | Rule::Coefficient | Rule::Manual | Rule::Own => Vec::new(),
    }
}

fn amount(calculator: &Calculator, text: &str) -> Option<Amount> {
    match formula_amount(calculator, text, calculator.root(true)) {
        Ok(Evaluated { value: Value::Amount(amount), .. }) => Some(amount),
        _ => None,
    }
}

/// 92.31 % is 0.9231.
fn as_ratio(amount: &Amount) -> Option<Decimal> {
    if amount.unit == Unit::Percent { amount.value.checked_div(Decimal::ONE_HUNDRED) } else { Some(amount.value) }
}

/// Weight × ratio, held between 0 and the weight. A plain quotient is shown by its two figures.
fn proportional(weight: Decimal, ratio: Decimal, need: Option<&Need>) -> Vec<String> {
    let held = ratio.clamp(Decimal::ZERO, Decimal::ONE);
    let shown_weight = weight.normalize();
    let product = match need.and_then(quotient).filter(|_| held == ratio) {
        Some(quotient) => format!("{shown_weight} × {quotient}"),
        None => format!("{shown_weight} × {}", brief(held)),
    };
    let Some(score) = weight.checked_mul(held) else { return Vec::new() };
    let bound = match (ratio > Decimal::ONE, ratio < Decimal::ZERO) {
        (true, _) => Some(format!("{} 大于 1，按 1 算", brief(ratio))),
        (_, true) => Some(format!("{} 小于 0，按 0 算", brief(ratio))),
        _ => None,
    };
    bound.into_iter().chain([rounded(&product, score)]).collect()
}

/// `1406.80 ÷ 1580.13`, where the expression is just one figure by another of the same unit.
fn quotient(need: &Need) -> Option<String> {
    let [top, bottom] = need.formula.inputs.as_slice() else { return None };
    if need.formula.text != format!("{} / {}", top.name, bottom.name) {
        return None;
    }
    let (top, bottom) = (top.value.as_ref()?, bottom.value.as_ref()?);
    (top.unit == bottom.unit).then(|| format!("{} ÷ {}", top.exact, bottom.exact))
}

fn rounded(product: &str, score: Decimal) -> String {
    let printed = round(score, SCORE_PLACES, crate::dossier::Rounding::HalfUp).normalize();
    if printed == score {
        return format!("{product} = {printed}");
    }
    format!("{product} = {} → {printed}（四舍五入，{SCORE_PLACES}位）", brief(score))
}

fn steps(bands: &Bands, value: Decimal) -> Vec<String> {
    let hit = bands.steps.iter().position(|step| fits(step, value));
    let line = |(i, step): (usize, &Step)| {
        let mark = if Some(i) == hit { format!("  ← {} 在这一档", brief(value)) } else { String::new() };
        format!("{} 得 {}{mark}", condition(step), step.score.0.normalize())
    };
    bands.steps.iter().enumerate().map(line).collect()
}

fn fits(step: &Step, value: Decimal) -> bool {
    step.at_least.is_none_or(|bound| value >= bound.0)
        && step.at_most.is_none_or(|bound| value <= bound.0)
        && step.below.is_none_or(|bound| value < bound.0)
}

fn condition(step: &Step) -> String {
    let bounds = [
        step.at_least.map(|bound| format!("≥ {}", bound.0.normalize())),
        step.at_most.map(|bound| format!("≤ {}", bound.0.normalize())),
        step.below.map(|bound| format!("< {}", bound.0.normalize())),
    ];
    let bounds: Vec<String> = bounds.into_iter().flatten().collect();
    if bounds.is_empty() { "其余".to_owned() } else { bounds.join("，") }
}

fn deducted(rule: &Deduction, value: Decimal, weight: Decimal) -> Vec<String> {
    let (limit, unit, cost) = (rule.limit.0.normalize(), rule.unit.0.normalize(), rule.cost.0.normalize());
    let above = value.checked_sub(limit);
    let beyond = above.map(|above| match rule.side {
        Side::Above => above.max(Decimal::ZERO),
        Side::Below => (-above).max(Decimal::ZERO),
        Side::Either => above.abs(),
    });
    let Some(units) = beyond.and_then(|beyond| beyond.checked_div(unit)).map(|units| units.floor()) else {
        return Vec::new();
    };
    let Some(left) = units.checked_mul(cost).and_then(|lost| weight.checked_sub(lost)) else { return Vec::new() };
    let weight = weight.normalize();
    let count = units.normalize();
    vec![
        format!("{} {} {limit} 的部分，满 {unit} 算一个：{count} 个，每个扣 {cost}", brief(value), rule.side.word()),
        rounded(&format!("{weight} − {count} × {cost}"), left.max(Decimal::ZERO)),
    ]
}

/// Met is full; else the share of the target that was reached, or the other way round where less is better.
pub(super) fn own_arithmetic(grounds: Grounds<'_>, own: &OwnIndicator) -> Vec<String> {
    let read = |text: &Option<Spanned<String>>| number(&grounds.report.calculator, &text.as_ref()?.value);
    let wanted = own.adjusted_target.as_ref().map_or(&own.target, |_| &own.adjusted_target);
    let (Some(target), Some(actual)) = (read(wanted), read(&own.actual)) else { return Vec::new() };
    let Ok(order) = actual.compare(&target) else { return Vec::new() };
    // Missed on the upper side: the target over the actual value.
    let (met, over) = match own.comparator {
        Comparator::Qualitative => return Vec::new(),
        Comparator::AtMost => (order.is_le(), true),
        Comparator::AtLeast => (order.is_ge(), false),
        Comparator::Exactly => (order.is_eq(), order.is_gt()),
    };
    let weight = own.weight.value.0;
    let sign = own.comparator.sign();
    let (wanted, reached) = (target.value.normalize(), actual.value.normalize());
    let goal = format!("目标 {sign} {wanted}，实际 {reached}");
    if met {
        return vec![format!("{goal}：达到，得满分 {}", weight.normalize())];
    }
    let (part, whole) = if over { (&target, &actual) } else { (&actual, &target) };
    let Ok(share) = part.div(whole) else { return vec![goal] };
    let score = weight.saturating_mul(share.value.clamp(Decimal::ZERO, Decimal::ONE));
    let product = format!("{} × {} ÷ {}", weight.normalize(), part.value.normalize(), whole.value.normalize());
    vec![goal, rounded(&product, score)]
}

fn number(calculator: &Calculator, text: &str) -> Option<Amount> {
    match text.trim().strip_prefix(['=', '＝']) {
        Some(expression) => amount(calculator, expression),
        None => parse_number(text.trim()).ok().map(|number| Amount::plain(number.value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deductions_are_counted_in_full_units_and_end_at_zero() {
        let rule: Deduction = serde_yaml::from_str("{值: x, 限: 1, 每: 0.01, 扣: 0.5}").unwrap();
        let lines = |value: &str| deducted(&rule, value.parse().unwrap(), 5.into());
        assert_eq!(lines("1.029"), ["1.029 超过 1 的部分，满 0.01 算一个：2 个，每个扣 0.5", "5 − 2 × 0.5 = 4"]);
        assert!(lines("3")[1].ends_with("= 0"));
    }

    #[test]
    fn a_ratio_beyond_one_counts_as_one() {
        let lines = proportional(6.into(), "1.2".parse().unwrap(), None);
        assert_eq!(lines, ["1.2 大于 1，按 1 算", "6 × 1 = 6"]);
    }
}
