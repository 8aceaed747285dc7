//! Numbers: from text and back, rounding, units of money, tails.

use jibao::checks::{self, Inputs};
use jibao::diagnostic::Code;
use jibao::dossier::{Money, MoneyUnit, Places, Rounding};
use jibao::figures::{Amount, Printer, Unit, round};
use jibao::profile::embedded;
use jibao::source::parse_number;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::{cases, computed, values};

/// A number as people write it, of at most 28 digits, without a needless sign or zero.
fn written() -> impl Strategy<Value = String> {
    "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,7})?"
        .prop_filter("no -0", |text| !text.starts_with('-') || text.bytes().any(|b| (b'1'..=b'9').contains(&b)))
}

fn decimal() -> impl Strategy<Value = Decimal> {
    (-1_000_000_000_000_i64..1_000_000_000_000, 0_u32..9).prop_map(|(digits, scale)| Decimal::new(digits, scale))
}

fn rounding() -> impl Strategy<Value = Rounding> {
    prop::sample::select(vec![Rounding::HalfUp, Rounding::Truncate, Rounding::HalfEven])
}

fn money_unit() -> impl Strategy<Value = MoneyUnit> {
    prop::sample::select(vec![MoneyUnit::Yuan, MoneyUnit::TenThousand, MoneyUnit::HundredMillion])
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn a_written_number_keeps_every_digit(text in written()) {
        let number = parse_number(&text).unwrap();
        prop_assert_eq!(number.value.to_string(), text.as_str());
        prop_assert_eq!(usize::try_from(number.places).unwrap(), text.split_once('.').map_or(0, |(_, f)| f.len()));
        let value = values(&computed(&format!("甲: {text}"))).remove("甲").unwrap();
        prop_assert_eq!(value, (Some(text), "万元".to_owned()));
    }

    #[test]
    fn print_as_written_gives_the_text_back(text in written()) {
        let number = parse_number(&text).unwrap();
        let mut amount = Amount::exact(number.value, Unit::Money(MoneyUnit::TenThousand));
        amount.display.written = Some(number.places);
        let printer = Printer { money: Money { places: Places::AsWritten, ..Money::default() } };
        prop_assert_eq!(printer.number(&amount).replace('\u{2212}', "-"), text);
    }

    #[test]
    fn print_is_within_half_a_unit_of_the_last_place(value in decimal(), places in 0_u32..7, rounding in rounding()) {
        let rounded = round(value, places, rounding);
        let (unit, error) = (Decimal::new(1, places), (rounded - value).abs());
        match rounding {
            Rounding::Truncate => prop_assert!(error < unit && rounded.abs() <= value.abs()),
            Rounding::HalfUp | Rounding::HalfEven => prop_assert!(error * Decimal::TWO <= unit),
        }
        prop_assert!(rounded.normalize().scale() <= places);
        prop_assert_eq!(round(rounded, places, rounding), rounded, "rounding is done once");
        prop_assert_eq!(round(-value, places, rounding), -rounded, "the sign plays no part");
        let mut amount = Amount::exact(value, Unit::Money(MoneyUnit::TenThousand));
        (amount.display.places, amount.display.rounding) = (Some(places), Some(rounding));
        let printed = Printer { money: Money::default() }.number(&amount).replace('\u{2212}', "-");
        prop_assert_eq!(printed.parse::<Decimal>().unwrap(), rounded);
        prop_assert_eq!(printed.split_once('.').map_or(0, |(_, f)| f.len()), usize::try_from(places).unwrap());
    }

    #[test]
    fn rounding_keeps_the_order(low in decimal(), more in 0_i64..2_000, places in 0_u32..7, rounding in rounding()) {
        let high = low + Decimal::new(more, 3);
        prop_assert!(round(low, places, rounding) <= round(high, places, rounding), "{low} {high}");
    }

    #[test]
    fn money_comes_back_from_another_unit(value in decimal(), from in money_unit(), to in money_unit()) {
        let amount = Amount::exact(value, Unit::Money(from));
        let there = amount.in_money(to).unwrap();
        prop_assert_eq!(there.in_money(from).unwrap().value, value);
        prop_assert_eq!(amount.compare(&there), Ok(std::cmp::Ordering::Equal));
        prop_assert!(amount.sub(&there).unwrap().value.is_zero());
    }

    #[test]
    fn sums_are_exact_and_their_slacks_add_up(a in decimal(), b in decimal(), unit in money_unit()) {
        let amount = |value, slack| Amount { slack, ..Amount::exact(value, Unit::Money(unit)) };
        let (a, b) = (amount(a, Decimal::new(5, 3)), amount(b, Decimal::new(5, 4)));
        let sum = a.add(&b).unwrap();
        prop_assert_eq!((sum.value, sum.slack), (a.value + b.value, a.slack + b.slack));
        prop_assert_eq!(&sum, &b.add(&a).unwrap());
        prop_assert_eq!(sum.sub(&b).unwrap().value, a.value);
    }

    /// Rounded parts and a rounded total may be off by a tail, never by a fault.
    #[test]
    fn rounding_alone_is_never_a_fault(parts in prop::collection::vec(-9_999_999_i64..9_999_999, 1..12)) {
        let exact: Vec<Decimal> = parts.into_iter().map(|digits| Decimal::new(digits, 5)).collect();
        let cents = |value: Decimal| { let mut v = round(value, 2, Rounding::HalfUp); v.rescale(2); v };
        let lines: Vec<String> = exact.iter().enumerate().map(|(i, &value)| format!("  项{i}: {}", cents(value))).collect();
        let total = cents(exact.iter().sum());
        let text = format!("组:\n{}\n  合计: {{填报: {total}, 公式: =合计(组)}}", lines.join("\n"));
        let calculator = computed(&text);
        let profile = embedded("department-overall").unwrap();
        let mut findings = Vec::new();
        checks::check(Inputs { calculator: &calculator, profile: &profile, own_identities: &[], complete: false }, &mut findings);
        prop_assert!(findings.iter().all(|finding| finding.code == Code::JB2002), "{findings:?}");
    }
}
