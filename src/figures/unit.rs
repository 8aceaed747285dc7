//! Units of figures and what may be done with them.

use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::dossier::MoneyUnit;

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    /// 元, 万元 or 亿元.
    Money(MoneyUnit),
    /// Per cent: the number is the percentage, 92.31 and not 0.9231.
    Percent,
    /// 人, 个, 件 …
    Count(Arc<str>),
    /// The ratio of two amounts of one kind: 0.9231, which is no amount of anything.
    Ratio,
    /// A literal number, which takes the unit of what it is added to.
    Plain,
}

impl Unit {
    /// The unit of this name.
    pub fn parse(name: &str) -> Self {
        match name.trim() {
            "元" => Self::Money(MoneyUnit::Yuan),
            "万元" => Self::Money(MoneyUnit::TenThousand),
            "亿元" => Self::Money(MoneyUnit::HundredMillion),
            "%" | "％" | "百分比" => Self::Percent,
            other => Self::Count(other.into()),
        }
    }

    /// Whether amounts of this unit are rounded when they are written down, so that sums may be off by a tail.
    ///
    /// Counts are exact; so is money in 元, which is written to the 分.
    pub fn is_rounded(&self) -> bool {
        matches!(self, Self::Money(MoneyUnit::TenThousand | MoneyUnit::HundredMillion) | Self::Percent)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Money(unit) => unit.name(),
            Self::Percent => "%",
            Self::Count(name) => name,
            Self::Ratio | Self::Plain => "",
        })
    }
}

/// How many 元 one of the unit is.
fn yuan(unit: MoneyUnit) -> Decimal {
    match unit {
        MoneyUnit::Yuan => Decimal::ONE,
        MoneyUnit::TenThousand => Decimal::from(10_000),
        MoneyUnit::HundredMillion => Decimal::from(100_000_000),
    }
}

/// The factor that turns an amount in `from` into one in `to`, exact because it is a power of ten.
pub(super) fn money_factor(from: MoneyUnit, to: MoneyUnit) -> Decimal {
    yuan(from) / yuan(to)
}
