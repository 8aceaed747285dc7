//! Score rules that figures can decide.

use rust_decimal::Decimal;

use super::round_score;
use crate::dossier::Rounding;
use crate::figures::{
    Amount, Calculator, Computed, Evaluated, FigureRef, Trouble, TroubleKind, Unit, Value, formula_amount,
};
use crate::figures::{ENDLESS_PLACES, round};
use crate::profile::{Bands, Deduction, Rule, Side, Step};
use crate::source::Spanned;

/// The expression that a rule needs; none where people score.
pub(crate) fn expression(rule: &Rule) -> Option<&Spanned<String>> {
    match rule {
        Rule::Ratio(value) => Some(value),
        Rule::Bands(bands) => Some(&bands.value),
        Rule::Deduct(deduction) => Some(&deduction.value),
        Rule::Checklist(_) | Rule::Coefficient | Rule::Manual | Rule::Own => None,
    }
}

/// The weight that a rule is written for, and the one that counts once the weights of other rows were shared out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weight {
    pub(crate) own: Decimal,
    pub(crate) counted: Decimal,
}

impl Weight {
    /// A score of the rule in terms of the weight that counts.
    pub(crate) fn scale(self, score: Decimal) -> Option<Decimal> {
        if self.own == self.counted { Some(score) } else { score.checked_mul(self.counted)?.checked_div(self.own) }
    }
}

/// What a rule gives.
pub(super) enum Ruled {
    /// The score, rounded, and how it came about.
    Score(Decimal, String),
    /// The figures are not given, or people score.
    Open,
    /// A figure is wrong in itself, which is said there.
    Failed,
    /// The rule cannot be computed, and why.
    Broken(String),
}

/// The score by the rule.
pub(super) fn compute(calculator: &Calculator, rule: &Rule, weight: Weight) -> Ruled {
    let Some(Spanned { value: expression, .. }) = expression(rule) else { return Ruled::Open };
    let (value, reads) = match formula_amount(calculator, expression, calculator.root(true)) {
        Ok(Evaluated { value: Value::Amount(amount), reads, .. }) => (amount, reads),
        Ok(Evaluated { value: Value::Absent, .. }) | Err(Trouble { kind: TroubleKind::NotGiven(_), .. }) => {
            return Ruled::Open;
        }
        Ok(_) => return Ruled::Broken("规则的值不是一个数".to_owned()),
        Err(Trouble { kind: TroubleKind::Failed(_), .. }) => return Ruled::Failed,
        Err(trouble) => return Ruled::Broken(trouble.kind.message()),
    };
    if let (Rule::Ratio(_), Unit::Money(_) | Unit::Count(_)) = (rule, &value.unit) {
        return Ruled::Broken(format!("规则要一个比率，算出来的是{}", shown(calculator, &value)));
    }
    match score(rule, &value, weight.own).and_then(|score| weight.scale(score)) {
        Some(score) => Ruled::Score(round_score(score), how(calculator, expression, &value, &reads)),
        None => Ruled::Open,
    }
}

/// The score by a value, in terms of the weight that the rule is written for; none where the rule leaves it to people.
pub(crate) fn score(rule: &Rule, value: &Amount, weight: Decimal) -> Option<Decimal> {
    let ratio = ratio(value)?;
    match rule {
        Rule::Ratio(_) => weight.checked_mul(ratio.clamp(Decimal::ZERO, Decimal::ONE)),
        Rule::Bands(bands) => step(bands, ratio),
        Rule::Deduct(deduction) => deduct(deduction, ratio, weight),
        Rule::Checklist(_) | Rule::Coefficient | Rule::Manual | Rule::Own => None,
    }
}

/// The value that a rule looks at, as printed; for the column of what was reached.
pub(super) fn reached(calculator: &Calculator, rule: &Rule) -> Option<String> {
    Some(shown(calculator, &value(calculator, rule)?))
}

/// The value that a rule looks at, where it is known.
pub(crate) fn value(calculator: &Calculator, rule: &Rule) -> Option<Amount> {
    match formula_amount(calculator, &expression(rule)?.value, calculator.root(true)) {
        Ok(Evaluated { value: Value::Amount(amount), .. }) => Some(amount),
        _ => None,
    }
}

/// The value as a ratio: 92.31 % is 0.9231.
pub(crate) fn ratio(value: &Amount) -> Option<Decimal> {
    let ratio = if value.unit == Unit::Percent { value.value.checked_div(Decimal::ONE_HUNDRED)? } else { value.value };
    // A third of 57 thrice is 57: what the last digits of a quotient lack must not cost a step.
    Some(if value.endless { round(ratio, ENDLESS_PLACES, Rounding::HalfUp) } else { ratio })
}

/// `1406.80÷1580.13＝89.03%`; for anything but a plain quotient only its value.
fn how(calculator: &Calculator, expression: &str, value: &Amount, reads: &[FigureRef]) -> String {
    let shown = shown(calculator, value);
    let [top, bottom] = reads else { return format!("计算值{shown}") };
    let book = calculator.book();
    if expression.trim() != format!("{} / {}", book.name(*top), book.name(*bottom)) {
        return format!("计算值{shown}");
    }
    let known = |figure: &FigureRef| match calculator.book().value(*figure) {
        Some(Computed::Known(amount)) => Some(amount),
        _ => None,
    };
    let (Some(top), Some(bottom)) = (known(top), known(bottom)) else { return format!("计算值{shown}") };
    let bottom = bottom.converted(&top.unit).unwrap_or(bottom);
    let printer = calculator.printer();
    format!("{}÷{}＝{shown}", printer.number(&top), printer.number(&bottom))
}

fn shown(calculator: &Calculator, value: &Amount) -> String {
    let mut shown = value.converted(&Unit::Percent).unwrap_or_else(|| value.clone());
    shown.display.places.get_or_insert(2);
    calculator.printer().with_unit(&shown)
}

fn step(bands: &Bands, value: Decimal) -> Option<Decimal> {
    bands.steps.get(band(bands, value)?)?.score.map(|score| score.0)
}

/// Which step a value falls in: the first that fits.
pub(crate) fn band(bands: &Bands, value: Decimal) -> Option<usize> {
    let fits = |step: &Step| {
        step.at_least.is_none_or(|bound| value >= bound.0)
            && step.at_most.is_none_or(|bound| value <= bound.0)
            && step.below.is_none_or(|bound| value < bound.0)
    };
    bands.steps.iter().position(fits)
}

pub(crate) fn deduct(rule: &Deduction, value: Decimal, weight: Decimal) -> Option<Decimal> {
    let score = weight.checked_sub(units(rule, value)?.checked_mul(rule.cost.0)?)?;
    Some(score.max(Decimal::ZERO))
}

/// How many full units a value lies beyond the limit.
pub(crate) fn units(rule: &Deduction, value: Decimal) -> Option<Decimal> {
    let above = value.checked_sub(rule.limit.0)?;
    let beyond = match rule.side {
        Side::Above => above.max(Decimal::ZERO),
        Side::Below => (-above).max(Decimal::ZERO),
        Side::Either => above.abs(),
    };
    Some(beyond.checked_div(rule.unit.0)?.floor())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_take_the_first_that_fits() {
        let bands: Bands =
            serde_yaml::from_str("{值: x, 档: [{至多: 0.1, 得: 3}, {至多: 0.2, 得: 2}, {至多: 0.3, 得: 1}, {得: 0}]}")
                .unwrap();
        for (value, score) in [("0", "3"), ("0.1", "3"), ("0.1001", "2"), ("0.3", "1"), ("0.31", "0")] {
            assert_eq!(step(&bands, value.parse().unwrap()), Some(score.parse().unwrap()), "{value}");
        }
    }

    #[test]
    fn a_step_without_a_score_is_left_to_people() {
        let bands: Bands = serde_yaml::from_str("{值: x, 档: [{至多: 1, 得: 2}, {得: ~}]}").unwrap();
        assert_eq!(step(&bands, "1".parse().unwrap()), Some("2".parse().unwrap()));
        assert_eq!(step(&bands, "1.01".parse().unwrap()), None);
    }

    #[test]
    fn deductions_may_count_below_a_limit_or_on_both_sides() {
        let rule = |side: &str| -> Deduction {
            serde_yaml::from_str(&format!("{{值: x, 限: 1, 方向: {side}, 每: 0.05, 扣: 2}}")).unwrap()
        };
        for (side, value, score) in
            [("低于", "0.96", "5"), ("低于", "0.95", "3"), ("低于", "1.2", "5"), ("偏离", "1.1", "1")]
        {
            let found = deduct(&rule(side), value.parse().unwrap(), 5.into());
            assert_eq!(found, Some(score.parse().unwrap()), "{side} {value}");
        }
    }

    #[test]
    fn deductions_count_full_units_and_stop_at_zero() {
        let rule: Deduction = serde_yaml::from_str("{值: x, 限: 1, 每: 0.01, 扣: 0.5}").unwrap();
        for (value, score) in [("0.9", "5"), ("1", "5"), ("1.019", "4.5"), ("1.02", "4.0"), ("2", "0")] {
            assert_eq!(deduct(&rule, value.parse().unwrap(), 5.into()), Some(score.parse().unwrap()), "{value}");
        }
    }
}
