//! Plus, minus, times, divided by, and comparisons over amounts, exact and checked. Literal numbers count as amounts without a unit, so that
//! `3 / 4` is 0.75.

use std::any::TypeId;
use std::cmp::Ordering;

use rhai::{Dynamic, Engine, INT};
use rust_decimal::Decimal;

use super::{Absent, Group, Outcome, TroubleKind, fail};
use crate::figures::Amount;

type Binary = fn(&Amount, &Amount) -> Result<Amount, TroubleKind>;
type Test = fn(Ordering) -> bool;

pub(super) fn register(engine: &mut Engine) {
    let operations: [(&str, Binary); 4] =
        [("+", Amount::add), ("-", Amount::sub), ("*", Amount::mul), ("/", Amount::div)];
    for (name, operation) in operations {
        for (left, right) in pairs() {
            engine.register_raw_fn(name, [left, right], move |_, args| {
                let (a, b) = operands_of(args[0], args[1])?;
                operation(&a, &b).or_else(fail)
            });
        }
    }
    let tests: [(&str, Test); 6] = [
        ("==", Ordering::is_eq),
        ("!=", Ordering::is_ne),
        ("<", Ordering::is_lt),
        ("<=", Ordering::is_le),
        (">", Ordering::is_gt),
        (">=", Ordering::is_ge),
    ];
    for (name, test) in tests {
        for (left, right) in pairs() {
            engine.register_raw_fn(name, [left, right], move |_, args| {
                let (a, b) = operands_of(args[0], args[1])?;
                a.compare(&b).map(test).or_else(fail)
            });
        }
    }
    for operand in operands() {
        engine.register_raw_fn("-", [operand], |_, args| Ok(amount(args[0])?.neg()));
        engine.register_raw_fn("+", [operand], |_, args| amount(args[0]));
    }
}

fn operands() -> [TypeId; 5] {
    [
        TypeId::of::<Amount>(),
        TypeId::of::<INT>(),
        TypeId::of::<Decimal>(),
        TypeId::of::<Group>(),
        TypeId::of::<Absent>(),
    ]
}

fn pairs() -> impl Iterator<Item = (TypeId, TypeId)> {
    operands().into_iter().flat_map(|left| operands().map(|right| (left, right)))
}

/// Both operands as amounts. Where both have no value, the reason that can be mended here is told.
fn operands_of(left: &Dynamic, right: &Dynamic) -> Outcome<(Amount, Amount)> {
    let rank = |value: &Dynamic| value.read_lock::<Absent>().map(|absent| absent.rank());
    if let (Some(first), Some(second)) = (rank(left), rank(right))
        && second < first
    {
        amount(right)?;
    }
    Ok((amount(left)?, amount(right)?))
}

/// The amount that a value stands for.
pub(super) fn amount(value: &Dynamic) -> Outcome<Amount> {
    if let Some(amount) = value.read_lock::<Amount>() {
        return Ok(amount.clone());
    }
    if let Ok(number) = value.as_int() {
        return Ok(Amount::plain(number.into()));
    }
    if let Ok(number) = value.as_decimal() {
        return Ok(Amount::plain(number));
    }
    if let Some(absent) = value.read_lock::<Absent>() {
        return absent.give_up();
    }
    if value.is::<Group>() {
        return fail(TroubleKind::Syntax("一组数据项不能直接计算，写到具体的一项，或用 合计( )".to_owned()));
    }
    fail(TroubleKind::Syntax("文字不能参加计算".to_owned()))
}
