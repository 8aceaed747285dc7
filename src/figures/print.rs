//! Rounding, once and at the end, and the digits as printed.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Amount, Unit};
use crate::dossier::{Money, MoneyUnit, Places, Rounding};

/// Rounds to so many digits behind the point.
pub fn round(value: Decimal, places: u32, rounding: Rounding) -> Decimal {
    let strategy = match rounding {
        Rounding::HalfUp => RoundingStrategy::MidpointAwayFromZero,
        Rounding::Truncate => RoundingStrategy::ToZero,
        Rounding::HalfEven => RoundingStrategy::MidpointNearestEven,
    };
    value.round_dp_with_strategy(places, strategy)
}

/// What endless divisions leave behind when they are undone, and no amount: 10^-15.
const LEFT_BEHIND: Decimal = Decimal::from_parts(1, 0, 0, false, 15);

/// The most digits behind the point that may be asked for.
pub(super) const MOST_PLACES: u32 = 6;

/// Prints amounts as a dossier asks for.
#[derive(Debug, Clone, Copy)]
pub struct Printer {
    /// The dossier's settings.
    pub money: Money,
}

impl Printer {
    /// The digits, without a unit. A negative number has a minus sign (U+2212), which no line break can part from it.
    pub fn number(&self, amount: &Amount) -> String {
        let rounding = amount.display.rounding.unwrap_or(self.money.rounding);
        digits(amount.value, self.places(amount), rounding)
    }

    /// Whether an amount that is not zero has zero printed for it.
    pub fn vanishes(&self, amount: &Amount) -> bool {
        amount.value.abs() > LEFT_BEHIND && self.is_zero_at(amount, self.places(amount))
    }

    fn is_zero_at(&self, amount: &Amount, places: u32) -> bool {
        let rounding = amount.display.rounding.unwrap_or(self.money.rounding);
        round(amount.value, places, rounding).is_zero()
    }

    /// The fewest digits behind the point with which an amount is not printed as zero, where one may ask for so many.
    pub fn places_that_show(&self, amount: &Amount) -> Option<u32> {
        (0..=MOST_PLACES).find(|&places| !self.is_zero_at(amount, places))
    }

    /// The next smaller unit of money in which an amount that vanishes is not printed as zero.
    pub fn smaller_unit(&self, amount: &Amount) -> Option<MoneyUnit> {
        let Unit::Money(own) = amount.unit else { return None };
        let mut smaller = [MoneyUnit::TenThousand, MoneyUnit::Yuan].into_iter().filter(|&unit| unit < own);
        smaller.find(|&unit| {
            let converted = amount.converted(&Unit::Money(unit));
            converted.is_some_and(|converted| !self.vanishes(&converted))
        })
    }

    /// The digits and the unit: `219.79万元`.
    pub fn with_unit(&self, amount: &Amount) -> String {
        format!("{}{}", self.number(amount), amount.unit)
    }

    /// The digits behind the point in print.
    pub fn places(&self, amount: &Amount) -> u32 {
        if let Some(places) = amount.display.places {
            return places;
        }
        let computed = self.money.places.computed();
        match (&amount.unit, self.money.places) {
            (Unit::Count(_), _) => {
                amount.display.written.unwrap_or_else(|| if amount.value.fract().is_zero() { 0 } else { computed })
            }
            (_, Places::AsWritten) => amount.display.written.unwrap_or(computed),
            (_, Places::Fixed(places)) => places,
        }
    }
}

/// Scores as print has them: without trailing zeros.
pub fn print_score(score: Decimal) -> String {
    score.normalize().to_string()
}

fn digits(value: Decimal, places: u32, rounding: Rounding) -> String {
    let mut rounded = round(value, places, rounding);
    rounded.rescale(places);
    let digits = rounded.abs().to_string();
    if rounded.is_sign_negative() && !rounded.is_zero() { format!("\u{2212}{digits}") } else { digits }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::MoneyUnit;

    fn amount(text: &str, written: Option<u32>) -> Amount {
        let mut amount = Amount::exact(text.parse().unwrap(), Unit::Money(MoneyUnit::TenThousand));
        amount.display.written = written;
        amount
    }

    #[test]
    fn rounds_as_named() {
        let cases = [
            ("2.345", Rounding::HalfUp, "2.35"),
            ("-2.345", Rounding::HalfUp, "-2.35"),
            ("2.345", Rounding::HalfEven, "2.34"),
            ("2.355", Rounding::HalfEven, "2.36"),
            ("2.349", Rounding::Truncate, "2.34"),
            ("21.9986", Rounding::HalfUp, "22.00"),
            ("21.9986", Rounding::Truncate, "21.99"),
        ];
        for (value, rounding, expected) in cases {
            let rounded = round(value.parse().unwrap(), 2, rounding);
            assert_eq!(rounded, expected.parse::<Decimal>().unwrap(), "{value} {rounding:?}");
        }
    }

    #[test]
    fn scores_have_no_trailing_zeros() {
        for (score, printed) in [("92.50", "92.5"), ("100.00", "100"), ("0.00", "0"), ("-0.50", "-0.5")] {
            assert_eq!(print_score(score.parse().unwrap()), printed);
        }
    }

    #[test]
    fn prints_as_written_or_to_fixed_places() {
        let mut printer = Printer { money: Money { places: Places::AsWritten, ..Money::default() } };
        assert_eq!(printer.number(&amount("539.814", Some(3))), "539.814");
        assert_eq!(printer.number(&amount("20", Some(0))), "20");
        assert_eq!(printer.number(&amount("466.6", None)), "466.60");
        printer.money.places = Places::Fixed(2);
        assert_eq!(printer.number(&amount("20", Some(0))), "20.00");
        assert_eq!(printer.number(&amount("-5.61", Some(2))), "\u{2212}5.61");
        assert_eq!(printer.number(&amount("-0.001", None)), "0.00");
    }

    #[test]
    fn what_is_printed_as_zero_and_is_none_vanishes() {
        let printer = Printer { money: Money { places: Places::Fixed(2), ..Money::default() } };
        for (value, vanishes) in
            [("0.0049", true), ("-0.0049", true), ("0.005", false), ("0", false), ("0.0000000000000001", false)]
        {
            assert_eq!(printer.vanishes(&amount(value, None)), vanishes, "{value}");
        }
    }
}
