//! The axis of amounts: steps of 1, 2 or 5 times a power of ten, with zero on it.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// The most steps of an axis.
const STEP_LIMIT: i64 = 6;

/// An axis of amounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Axis {
    /// The amount at its lower end, zero or less.
    low: Decimal,
    /// The amount at its upper end, zero or more.
    high: Decimal,
    /// The distance of its ticks.
    step: Decimal,
}

impl Axis {
    /// The axis on which all of these amounts stand; none where they are too large or too small to be reckoned with.
    pub(super) fn over(amounts: impl Iterator<Item = Decimal>) -> Option<Self> {
        let (low, high) =
            amounts.fold((Decimal::ZERO, Decimal::ZERO), |(low, high), one| (low.min(one), high.max(one)));
        if low == high {
            return Some(Self { low, high: Decimal::ONE, step: Decimal::ONE });
        }
        steps().find_map(|step| {
            let (below, above) = (whole_steps(-low, step)?, whole_steps(high, step)?);
            (below + above <= STEP_LIMIT).then_some(())?;
            let at = |steps: i64| step.checked_mul(steps.into());
            Some(Self { low: -at(below)?, high: at(above)?, step })
        })
    }

    /// From nothing to the whole, in per cent.
    pub(super) fn of_shares() -> Self {
        Self { low: Decimal::ZERO, high: Decimal::ONE_HUNDRED, step: Decimal::from(20) }
    }

    /// The ticks from below, each as printed.
    pub(super) fn ticks(&self) -> Vec<(Decimal, String)> {
        let ticks = std::iter::successors(Some(self.low), |tick| tick.checked_add(self.step));
        ticks.take_while(|tick| *tick <= self.high).map(|tick| (tick, self.printed(tick))).collect()
    }

    fn printed(&self, tick: Decimal) -> String {
        let mut tick = tick;
        tick.rescale(self.step.normalize().scale());
        let minus = if tick.is_sign_negative() && !tick.is_zero() { "\u{2212}" } else { "" };
        format!("{minus}{}", tick.abs())
    }

    /// How far from the lower end an amount stands on an axis of this length, to the nearest whole.
    pub(super) fn position(&self, amount: Decimal, length: i64) -> Option<i64> {
        let share = amount.checked_sub(self.low)?.checked_div(self.high.checked_sub(self.low)?)?;
        share.checked_mul(length.into())?.round().to_i64()
    }
}

/// 1, 2, 5, 10, … from very small to very large.
fn steps() -> impl Iterator<Item = Decimal> {
    let small = (1..=12).rev().map(|places| Decimal::new(1, places));
    let large = (0..=18).map(|zeros| Decimal::from(10_i64.pow(zeros)));
    small.chain(large).flat_map(|power| [1, 2, 5].map(|times| power * Decimal::from(times)))
}

/// How many steps hold an amount of zero or more.
fn whole_steps(amount: Decimal, step: Decimal) -> Option<i64> {
    amount.checked_div(step)?.ceil().to_i64().filter(|steps| *steps <= STEP_LIMIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(amounts: &[&str]) -> Vec<String> {
        let axis = Axis::over(amounts.iter().map(|text| text.parse().unwrap())).unwrap();
        axis.ticks().into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn steps_are_round_and_zero_is_one_of_them() {
        assert_eq!(ticks(&["535.00", "480.00"]), ["0", "100", "200", "300", "400", "500", "600"]);
        assert_eq!(ticks(&["610"]), ["0", "200", "400", "600", "800"]);
        assert_eq!(ticks(&["0.8", "0.3"]), ["0.0", "0.2", "0.4", "0.6", "0.8"]);
        assert_eq!(ticks(&["-12", "30"]), ["\u{2212}20", "\u{2212}10", "0", "10", "20", "30"]);
        assert_eq!(
            ticks(&["-3"]),
            ["\u{2212}3.0", "\u{2212}2.5", "\u{2212}2.0", "\u{2212}1.5", "\u{2212}1.0", "\u{2212}0.5", "0.0"]
        );
        assert_eq!(ticks(&["0.00", "0"]), ["0", "1"]);
        assert_eq!(ticks(&["9007199254740993.01"]).last().map(String::as_str), Some("10000000000000000"));
    }

    #[test]
    fn amounts_stand_where_they_should_to_the_nearest_whole() {
        let axis = Axis::over([Decimal::from(-20), Decimal::from(30)].into_iter()).unwrap();
        let at = |text: &str| axis.position(text.parse().unwrap(), 150_000);
        assert_eq!([at("-20"), at("0"), at("30"), at("0.0001")], [Some(0), Some(60_000), Some(150_000), Some(60_000)]);
        assert_eq!(Axis::over([Decimal::MAX].into_iter()), None);
    }
}
