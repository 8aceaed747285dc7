//! An amount: an exact decimal with its unit and how far rounding may have moved it.

use rust_decimal::Decimal;

use super::unit::money_factor;
use super::{FigureRef, TroubleKind, Unit};
use crate::dossier::{MoneyUnit, Rounding};

/// How an amount is to be printed, where that is set on the figure or in the placeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Display {
    /// The digits behind the point as written in the input.
    pub written: Option<u32>,
    /// The digits behind the point that are asked for.
    pub places: Option<u32>,
    /// The rounding that is asked for.
    pub rounding: Option<Rounding>,
}

/// An amount on its way through a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// The exact value.
    pub value: Decimal,
    /// How far the value may be from the unrounded truth: half a unit of the last place for a written amount, and
    /// whatever that grows to in a sum or ratio.
    pub slack: Decimal,
    /// Whether a quotient without an end went into it, so that its 28th digit is rounded.
    pub endless: bool,
    /// The unit.
    pub unit: Unit,
    /// How it is printed.
    pub display: Display,
    /// The figure it was read from; none for anything computed.
    pub source: Option<FigureRef>,
}

/// The digits behind the point to which a value with an endless quotient in it is compared.
pub const ENDLESS_PLACES: u32 = 20;

type Outcome = Result<Amount, TroubleKind>;

impl Amount {
    /// An exact number without a unit.
    pub fn plain(value: Decimal) -> Self {
        Self::exact(value, Unit::Plain)
    }

    /// An exact number with a unit.
    pub fn exact(value: Decimal, unit: Unit) -> Self {
        Self { value, slack: Decimal::ZERO, endless: false, unit, display: Display::default(), source: None }
    }

    fn computed(value: Option<Decimal>, slack: Option<Decimal>, unit: Unit) -> Outcome {
        let value = value.ok_or(TroubleKind::Overflow)?;
        Ok(Self { slack: slack.unwrap_or_default(), ..Self::exact(value, unit) })
    }

    /// The same amount in another unit of money, or `None` where the units have nothing in common.
    pub fn converted(&self, unit: &Unit) -> Option<Self> {
        match (&self.unit, unit) {
            (a, b) if a == b => Some(self.clone()),
            (Unit::Money(from), Unit::Money(to)) => Self::scaled(self, money_factor(*from, *to), unit.clone()),
            (Unit::Ratio, Unit::Percent) => self.scaled(Decimal::ONE_HUNDRED, Unit::Percent),
            (Unit::Percent, Unit::Ratio) => self.scaled(Decimal::new(1, 2), Unit::Ratio),
            (Unit::Plain, Unit::Percent) => None,
            (Unit::Plain, _) => Some(Self { unit: unit.clone(), ..self.clone() }),
            _ => None,
        }
    }

    fn scaled(&self, factor: Decimal, unit: Unit) -> Option<Self> {
        let (value, slack) = (self.value.checked_mul(factor)?, self.slack.checked_mul(factor)?);
        // What was asked for in print stays; how the other unit was written does not describe this one.
        let display = Display { written: None, ..self.display };
        Some(Self { slack, endless: self.endless, display, ..Self::exact(value.normalize(), unit) })
    }

    /// Both amounts in one unit; a number without a unit takes the other's.
    ///
    /// # Errors
    /// Units that have nothing in common.
    pub fn aligned(&self, other: &Self) -> Result<(Self, Self), TroubleKind> {
        if self.unit == Unit::Plain && other.unit != Unit::Plain {
            return Ok((Self { unit: other.unit.clone(), ..self.clone() }, other.clone()));
        }
        if other.unit == Unit::Plain {
            return Ok((self.clone(), Self { unit: self.unit.clone(), ..other.clone() }));
        }
        let right =
            other.converted(&self.unit).ok_or_else(|| TroubleKind::Units(self.unit.clone(), other.unit.clone()))?;
        Ok((self.clone(), right))
    }

    /// The sum.
    ///
    /// # Errors
    /// Units that have nothing in common; a value of more than 28 digits.
    pub fn add(&self, other: &Self) -> Outcome {
        let (a, b) = self.aligned(other)?;
        let endless = a.endless || b.endless;
        let sum = if endless { a.value.checked_add(b.value) } else { exact_sum(a.value, b.value) };
        let sum = Self::computed(sum, a.slack.checked_add(b.slack), a.unit)?;
        Ok(Self { endless, ..sum })
    }

    /// The difference; errors as for [`Amount::add`].
    pub fn sub(&self, other: &Self) -> Outcome {
        self.add(&other.neg())
    }

    /// The amount with the other sign.
    #[must_use]
    pub fn neg(&self) -> Self {
        Self {
            slack: self.slack,
            endless: self.endless,
            display: self.display,
            ..Self::exact(-self.value, self.unit.clone())
        }
    }

    /// The absolute amount.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.value.is_sign_negative() { self.neg() } else { self.clone() }
    }

    /// The product. A percentage counts as a ratio; a count times money is money.
    ///
    /// # Errors
    /// Money times money, and the like; a value of more than 28 digits.
    pub fn mul(&self, other: &Self) -> Outcome {
        let (a, b) = (self.as_factor(), other.as_factor());
        let unit = match (&a.unit, &b.unit) {
            // A share of a plain number is a share.
            (Unit::Plain | Unit::Ratio, unit) if *unit != Unit::Plain => unit.clone(),
            (unit, Unit::Plain | Unit::Ratio) => unit.clone(),
            (Unit::Money(m), Unit::Count(_)) | (Unit::Count(_), Unit::Money(m)) => Unit::Money(*m),
            (left, right) => return Err(TroubleKind::Units(left.clone(), right.clone())),
        };
        let slack = product_slack(&a, &b);
        let endless = a.endless || b.endless;
        let product = if endless { a.value.checked_mul(b.value) } else { exact_product(a.value, b.value) };
        Ok(Self { endless, ..Self::computed(product, slack, unit)? })
    }

    /// The quotient. Of two amounts of one kind it is a ratio without a unit.
    ///
    /// # Errors
    /// Division by zero; units that make no sense together. A quotient without an end is rounded at its 28th digit.
    pub fn div(&self, other: &Self) -> Outcome {
        let (a, b) = (self.as_factor(), other.as_factor());
        if b.value.is_zero() {
            return Err(TroubleKind::DivisionByZero);
        }
        let (b, unit) = match (&a.unit, &b.unit) {
            (_, Unit::Plain) => (b, a.unit.clone()),
            (Unit::Plain, Unit::Ratio) | (Unit::Count(_), Unit::Count(_)) => (b, Unit::Ratio),
            (unit, Unit::Ratio) => (b.clone(), unit.clone()),
            (Unit::Money(_), Unit::Money(_)) => {
                let same = b.converted(&a.unit).ok_or(TroubleKind::Overflow)?;
                (same, Unit::Ratio)
            }
            (Unit::Money(m), Unit::Count(_)) => (b.clone(), Unit::Money(*m)),
            (left, right) => return Err(TroubleKind::Units(left.clone(), right.clone())),
        };
        let slack = quotient_slack(&a, &b);
        let quotient = Self::computed(a.value.checked_div(b.value), slack, unit)?;
        let ends = exact_product(quotient.value, b.value) == Some(a.value);
        Ok(Self { endless: a.endless || b.endless || !ends, ..quotient })
    }

    /// The ratio to another amount of the same kind, in per cent.
    ///
    /// # Errors
    /// As for [`Amount::div`], and where the two are of different kinds.
    pub fn share(&self, whole: &Self) -> Outcome {
        let ratio = self.div(whole)?;
        if !matches!(ratio.unit, Unit::Ratio | Unit::Plain) {
            return Err(TroubleKind::Units(self.unit.clone(), whole.unit.clone()));
        }
        ratio.scaled(Decimal::ONE_HUNDRED, Unit::Percent).ok_or(TroubleKind::Overflow)
    }

    /// The order of two amounts of one kind.
    ///
    /// # Errors
    /// Units that have nothing in common.
    pub fn compare(&self, other: &Self) -> Result<std::cmp::Ordering, TroubleKind> {
        let (a, b) = self.aligned(other)?;
        Ok(a.value.cmp(&b.value))
    }

    /// A percentage as the ratio it stands for; anything else as it is.
    fn as_factor(&self) -> Self {
        if self.unit != Unit::Percent {
            return self.clone();
        }
        let hundredth = Decimal::new(1, 2);
        self.scaled(hundredth, Unit::Ratio).unwrap_or_else(|| self.clone())
    }

    /// Money in another unit, for print.
    ///
    /// # Errors
    /// An amount that is no money.
    pub fn in_money(&self, unit: MoneyUnit) -> Outcome {
        let target = Unit::Money(unit);
        if !matches!(self.unit, Unit::Money(_)) {
            return Err(TroubleKind::Units(self.unit.clone(), target));
        }
        self.converted(&target).ok_or(TroubleKind::Overflow)
    }
}

/// The sum, if 28 digits hold it: the library would round it in silence.
fn exact_sum(a: Decimal, b: Decimal) -> Option<Decimal> {
    let sum = a.checked_add(b)?;
    (sum.checked_sub(b)? == a && sum.checked_sub(a)? == b).then_some(sum)
}

/// The product, if 28 digits hold it.
fn exact_product(a: Decimal, b: Decimal) -> Option<Decimal> {
    let (a, b) = (a.normalize(), b.normalize());
    let product = a.checked_mul(b)?;
    // The library drops digits that it has no room for, and the scale tells.
    (product.is_zero() || product.scale() == a.scale() + b.scale()).then_some(product)
}

/// |a|·δb + |b|·δa + δa·δb.
fn product_slack(a: &Amount, b: &Amount) -> Option<Decimal> {
    let first = a.value.abs().checked_mul(b.slack)?;
    let second = b.value.abs().checked_mul(a.slack)?;
    first.checked_add(second)?.checked_add(a.slack.checked_mul(b.slack)?)
}

/// (|a|·δb + |b|·δa) ÷ (|b|·(|b| − δb)); none where the divisor may be zero.
fn quotient_slack(a: &Amount, b: &Amount) -> Option<Decimal> {
    let (size, least) = (b.value.abs(), b.value.abs() - b.slack);
    if least <= Decimal::ZERO {
        return None;
    }
    let top = a.value.abs().checked_mul(b.slack)?.checked_add(size.checked_mul(a.slack)?)?;
    top.checked_div(size.checked_mul(least)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wan(text: &str) -> Amount {
        let slack = Decimal::new(5, 3);
        Amount { slack, ..Amount::exact(text.parse().unwrap(), Unit::Money(MoneyUnit::TenThousand)) }
    }

    #[test]
    fn a_sum_of_two_rounded_amounts_may_be_off_by_one_hundredth() {
        let sum = wan("193.40").add(&wan("273.21")).unwrap();
        assert_eq!((sum.value.to_string(), sum.slack.to_string()), ("466.61".into(), "0.010".into()));
    }

    #[test]
    fn money_of_different_scales_is_converted_exactly() {
        let yuan = Amount::exact("12345678.91".parse().unwrap(), Unit::Money(MoneyUnit::Yuan));
        let sum = wan("0.01").add(&yuan).unwrap();
        assert_eq!(sum.value.to_string(), "1234.577891");
    }

    #[test]
    fn people_and_money_do_not_add() {
        let people = Amount::exact(Decimal::TEN, Unit::Count("人".into()));
        assert!(matches!(wan("1").add(&people), Err(TroubleKind::Units(..))));
        assert!(matches!(people.share(&wan("1")), Err(TroubleKind::Units(..))));
    }

    #[test]
    fn the_seed_s_fall_is_22_00_per_cent_within_its_slack() {
        let (now, last) = (wan("779.32"), wan("999.11"));
        let fall = last.sub(&now).unwrap().share(&last).unwrap();
        assert_eq!(fall.value.round_dp(2).to_string(), "22.00");
        assert!(fall.slack < Decimal::new(2, 3), "21.99 cannot be explained by rounding: {}", fall.slack);
    }

    #[test]
    fn a_ratio_is_no_amount() {
        let ratio = wan("1").div(&wan("4")).unwrap();
        assert_eq!(ratio.unit, Unit::Ratio);
        assert!(ratio.converted(&wan("1").unit).is_none(), "0.25 is not 0.25万元");
        assert!(matches!(ratio.add(&wan("1")), Err(TroubleKind::Units(..))));
        assert_eq!(ratio.converted(&Unit::Percent).unwrap().value.to_string(), "25");
        assert_eq!(ratio.mul(&wan("8")).unwrap().unit, wan("8").unit);
    }

    #[test]
    fn per_cent_and_ratios_meet_in_either_order() {
        let percent = Amount::exact(Decimal::from(96), Unit::Percent);
        let ratio = wan("1").div(&wan("4")).unwrap();
        assert_eq!(ratio.sub(&percent).unwrap().value.to_string(), "-0.71");
        assert_eq!(percent.sub(&ratio).unwrap().value.to_string(), "71");
        let double = percent.mul(&Amount::plain(2.into())).unwrap();
        assert_eq!((double.value.normalize().to_string(), double.unit), ("1.92".to_owned(), Unit::Ratio));
    }

    #[test]
    fn what_28_digits_cannot_hold_is_an_error_and_not_rounded() {
        let exact = |text: &str| Amount::plain(text.parse().unwrap());
        let large = exact("9999999999999999999999999.99");
        assert_eq!(large.add(&exact("0.0001")), Err(TroubleKind::Overflow));
        assert_eq!(exact("0.00000000000001").mul(&exact("0.000000000000015")), Err(TroubleKind::Overflow));
        assert_eq!(exact("1234567890123.45").mul(&exact("98765432109876.54")), Err(TroubleKind::Overflow));
        assert_eq!(exact("1406.80").mul(&exact("0.95")).unwrap().value.normalize().to_string(), "1336.46");
    }

    #[test]
    fn a_quotient_without_an_end_may_be_computed_with() {
        let third = wan("1600").div(&Amount::plain(3.into())).unwrap();
        assert!(third.endless);
        assert_eq!(third.add(&wan("1000.5")).unwrap().value.round_dp(4).to_string(), "1533.8333");
        assert_eq!(
            third.mul(&Amount::plain("1.5".parse().unwrap())).unwrap().value.round_dp(10).to_string(),
            "800.0000000000"
        );
        assert!(!wan("1").div(&wan("4")).unwrap().endless);
    }

    #[test]
    fn print_settings_survive_a_conversion() {
        let mut yuan = Amount::exact("25000".parse().unwrap(), Unit::Money(MoneyUnit::Yuan));
        yuan.display = Display { written: Some(0), places: Some(0), rounding: None };
        let display = yuan.in_money(MoneyUnit::TenThousand).unwrap().display;
        assert_eq!((display.written, display.places), (None, Some(0)));
    }

    #[test]
    fn division_by_zero_is_an_error() {
        assert_eq!(wan("1").div(&wan("0")), Err(TroubleKind::DivisionByZero));
    }
}
