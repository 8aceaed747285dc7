//! The arithmetic of a score rule, written out. What counts is what `scoring` computed; this shows the way to it.

use rust_decimal::Decimal;

use super::score::{Need, brief};
use crate::dossier::{Comparator, OwnIndicator};
use crate::figures::Calculator;
use crate::profile::{Bands, Deduction, Rule, Step};
use crate::scoring::own::{self, Reached};
use crate::scoring::rules::{self, Weight};
use crate::scoring::{SCORE_PLACES, round_score};
use crate::source::Spanned;

/// The name of a rule, as the profile writes it.
pub(crate) fn name(rule: &Rule) -> &'static str {
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

/// The steps from the value of a rule to its score; empty where the value is not known.
pub(super) fn arithmetic(calculator: &Calculator, rule: &Rule, weight: Weight, need: Option<&Need>) -> Vec<String> {
    if let Rule::Checklist(list) = rule {
        let each = list.points_each.map(|each| format!("每项得 {}", each.0.normalize()));
        let cost = list.cost_each.map(|cost| format!("每处扣 {}", cost.0.normalize()));
        return each.into_iter().chain(cost).map(|words| format!("{words}，由人清点")).collect();
    }
    let Some(value) = rules::value(calculator, rule) else { return Vec::new() };
    let Some(ratio) = rules::ratio(&value) else { return Vec::new() };
    let score = rules::score(rule, &value, weight.own);
    let mut lines = match rule {
        Rule::Ratio(_) => proportional(weight, ratio, score, need),
        Rule::Bands(bands) => steps(bands, ratio),
        Rule::Deduct(deduction) => deducted(deduction, ratio, weight, score),
        Rule::Checklist(_) | Rule::Coefficient | Rule::Manual | Rule::Own => Vec::new(),
    };
    lines.extend(score.and_then(|score| scaled(weight, score)));
    lines
}

/// The score in terms of the weight that counts, where other rows handed theirs over.
fn scaled(weight: Weight, score: Decimal) -> Option<String> {
    if weight.own == weight.counted {
        return None;
    }
    let (own, counted) = (weight.own.normalize(), weight.counted.normalize());
    let product = format!("分摊后分值 {counted}：{} × {counted} ÷ {own}", brief(score));
    Some(rounded(&product, weight.scale(score)?))
}

/// Weight × ratio, held between 0 and the weight. A plain quotient is shown by its two figures.
fn proportional(weight: Weight, ratio: Decimal, score: Option<Decimal>, need: Option<&Need>) -> Vec<String> {
    let held = ratio.clamp(Decimal::ZERO, Decimal::ONE);
    let shown_weight = weight.own.normalize();
    let product = match need.and_then(quotient).filter(|_| held == ratio) {
        Some(quotient) => format!("{shown_weight} × {quotient}"),
        None => format!("{shown_weight} × {}", brief(held)),
    };
    let Some(score) = score else { return Vec::new() };
    let bound = match (ratio > Decimal::ONE, ratio < Decimal::ZERO) {
        (true, _) => Some(format!("{} 大于 1，按 1 算", brief(ratio))),
        (_, true) => Some(format!("{} 小于 0，按 0 算", brief(ratio))),
        _ => None,
    };
    bound.into_iter().chain([result(&product, score, weight)]).collect()
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

/// A score is rounded once: behind the sharing out of weights, where there is one.
fn result(product: &str, score: Decimal, weight: Weight) -> String {
    if weight.own == weight.counted { rounded(product, score) } else { format!("{product} = {}", brief(score)) }
}

fn rounded(product: &str, score: Decimal) -> String {
    let printed = round_score(score);
    if printed == score {
        return format!("{product} = {printed}");
    }
    format!("{product} = {} → {printed}（四舍五入，{SCORE_PLACES}位）", brief(score))
}

fn steps(bands: &Bands, value: Decimal) -> Vec<String> {
    let hit = rules::band(bands, value);
    let line = |(i, step): (usize, &Step)| {
        let mark = if Some(i) == hit { format!("  ← {} 在这一档", brief(value)) } else { String::new() };
        let score = step.score.map_or_else(|| "由人评".to_owned(), |score| format!("得 {}", score.0.normalize()));
        format!("{} {score}{mark}", condition(step))
    };
    bands.steps.iter().enumerate().map(line).collect()
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

fn deducted(rule: &Deduction, value: Decimal, weight: Weight, score: Option<Decimal>) -> Vec<String> {
    let (limit, unit, cost) = (rule.limit.0.normalize(), rule.unit.0.normalize(), rule.cost.0.normalize());
    let (Some(units), Some(score)) = (rules::units(rule, value), score) else { return Vec::new() };
    let (count, own) = (units.normalize(), weight.own.normalize());
    vec![
        format!("{} {} {limit} 的部分，满 {unit} 算一个：{count} 个，每个扣 {cost}", brief(value), rule.side.word()),
        result(&format!("{own} − {count} × {cost}"), score, weight),
    ]
}

/// Met is full; else the share of the target that was reached, or the other way round where less is better.
pub(super) fn own_arithmetic(calculator: &Calculator, indicator: &OwnIndicator) -> Vec<String> {
    if indicator.comparator == Comparator::Qualitative {
        return Vec::new();
    }
    let read = |text: Option<&Spanned<String>>| own::value(calculator, text?).ok();
    let (Some(target), Some(actual)) = (read(own::wanted(indicator)), read(indicator.actual.as_ref())) else {
        return Vec::new();
    };
    let reached = match own::reached(indicator.comparator, &target, &actual) {
        Ok(reached) => reached,
        Err(trouble) => return vec![format!("算不出来：{}", trouble.message())],
    };
    let Reached { target, actual, met, over, share } = reached;
    let weight = indicator.weight.value.0;
    let sign = indicator.comparator.sign();
    let (wanted, found) = (brief(target.value), brief(actual.value));
    let goal = format!("目标 {sign} {wanted}{}，实际 {found}{}", target.unit, actual.unit);
    if met {
        return vec![format!("{goal}：达到，得满分 {}", weight.normalize())];
    }
    let (part, whole) = if over { (wanted, found) } else { (found, wanted) };
    vec![goal, rounded(&format!("{} × {part} ÷ {whole}", weight.normalize()), weight.saturating_mul(share))]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(weight: i64) -> Weight {
        Weight { own: weight.into(), counted: weight.into() }
    }

    #[test]
    fn deductions_are_counted_in_full_units_and_end_at_zero() {
        let rule: Deduction = serde_yaml::from_str("{值: x, 限: 1, 每: 0.01, 扣: 0.5}").unwrap();
        let lines = |value: &str| {
            let value = value.parse().unwrap();
            deducted(&rule, value, whole(5), rules::deduct(&rule, value, 5.into()))
        };
        assert_eq!(lines("1.029"), ["1.029 超过 1 的部分，满 0.01 算一个：2 个，每个扣 0.5", "5 − 2 × 0.5 = 4"]);
        assert!(lines("3")[1].ends_with("= 0"));
    }

    #[test]
    fn a_ratio_beyond_one_counts_as_one() {
        let lines = proportional(whole(6), "1.2".parse().unwrap(), Some(6.into()), None);
        assert_eq!(lines, ["1.2 大于 1，按 1 算", "6 × 1 = 6"]);
    }
}
