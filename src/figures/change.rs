//! How a figure changed, in words: 增加, 减少, 持平 (accounting rule I10: sign and verb agree, a base of 0 has no percentage).

use super::{Amount, Printer, TroubleKind, Unit};

/// 增减: the change in amount, such as `减少219.79万元`.
pub(super) fn in_amount(now: &Amount, before: &Amount, printer: Printer) -> Result<String, TroubleKind> {
    let change = now.sub(before)?;
    let digits = printer.number(&change.abs());
    // A change that prints as 0.00 is none to the reader.
    if digits.bytes().all(|b| matches!(b, b'0' | b'.')) {
        return Ok("持平".to_owned());
    }
    // A percentage that rises from 80 to 81 rises by one point, not by one per cent.
    let unit = if change.unit == Unit::Percent { "个百分点".to_owned() } else { change.unit.to_string() };
    Ok(format!("{}{digits}{unit}", verb(&change)))
}

/// 增减幅: the change in per cent, such as `减少22.00%`.
pub(super) fn in_percent(now: &Amount, before: &Amount, printer: Printer) -> Result<String, TroubleKind> {
    let change = now.sub(before)?;
    if change.value.is_zero() {
        return Ok("持平".to_owned());
    }
    if before.value.is_zero() {
        return Ok("上年为0，不计算增减幅度".to_owned());
    }
    let share = change.abs().share(&before.abs())?;
    Ok(format!("{}{}", verb(&change), printer.with_unit(&share)))
}

/// 同比: both, such as `减少219.79万元，减少22.00%`.
pub(super) fn year_on_year(now: &Amount, before: &Amount, printer: Printer) -> Result<String, TroubleKind> {
    let amount = in_amount(now, before, printer)?;
    if amount == "持平" {
        return Ok(amount);
    }
    let percent = in_percent(now, before, printer)?;
    if before.value.is_zero() { Ok(format!("{amount}（{percent}）")) } else { Ok(format!("{amount}，{percent}")) }
}

fn verb(change: &Amount) -> &'static str {
    if change.value.is_sign_negative() { "减少" } else { "增加" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::{Money, MoneyUnit};

    fn wan(text: &str) -> Amount {
        Amount::exact(text.parse().unwrap(), Unit::Money(MoneyUnit::TenThousand))
    }

    #[test]
    fn percentages_change_by_points() {
        let printer = Printer { money: Money::default() };
        let percent = |text: &str| Amount::exact(text.parse().unwrap(), Unit::Percent);
        assert_eq!(in_amount(&percent("81"), &percent("80"), printer).unwrap(), "增加1.00个百分点");
    }

    #[test]
    fn verb_and_sign_agree() {
        let printer = Printer { money: Money::default() };
        let cases = [
            ("779.32", "999.11", "减少219.79万元，减少22.00%"),
            ("0.13", "0.12", "增加0.01万元，增加8.33%"),
            ("4.07", "4.07", "持平"),
            ("6.105", "6.1049", "持平"),
            ("3.00", "0", "增加3.00万元（上年为0，不计算增减幅度）"),
        ];
        for (now, before, expected) in cases {
            assert_eq!(year_on_year(&wan(now), &wan(before), printer).unwrap(), expected);
        }
    }
}
