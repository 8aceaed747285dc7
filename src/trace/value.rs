//! A value: exact, as printed, and by whose word it is rounded so.

use serde::Serialize;

use crate::dossier::{Places, Rounding};
use crate::figures::{Amount, Book, Printer, Unit};

/// An amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValueTrace {
    /// The exact value.
    pub exact: String,
    /// The unit; empty for a ratio and a number without one.
    pub unit: String,
    /// The digits as printed.
    pub printed: String,
    /// How it is rounded in print.
    pub rounding: Rounded,
    /// How far rounding of what went in may have moved it.
    pub slack: String,
}

/// How a value is rounded in print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rounded {
    /// Digits behind the point.
    pub places: u32,
    /// Who says so.
    pub places_by: Setting,
    /// 四舍五入, 截断 or 四舍六入五成双.
    pub mode: &'static str,
    /// Who says so.
    pub mode_by: Setting,
}

/// Where a rounding is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// 保留( ) in the expression.
    Expression,
    /// The figure's own 小数位 or 舍入.
    Figure,
    /// As the figure is written.
    AsWritten,
    /// unit.yaml.
    Unit,
    /// A computed count: whole if it is.
    Count,
}

impl Setting {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Expression => "公式里的 保留",
            Self::Figure => "数据项自己的设置",
            Self::AsWritten => "照填报的位数",
            Self::Unit => "unit.yaml",
            Self::Count => "整数的计数",
        }
    }
}

/// An amount with how it is printed.
pub(super) fn value(amount: &Amount, book: &Book, printer: Printer) -> ValueTrace {
    ValueTrace {
        exact: amount.value.to_string(),
        unit: amount.unit.to_string(),
        printed: printer.number(amount),
        rounding: rounded(amount, book, printer),
        slack: amount.slack.normalize().to_string(),
    }
}

/// How an amount is rounded, and who says so.
pub(super) fn rounded(amount: &Amount, book: &Book, printer: Printer) -> Rounded {
    let display = amount.display;
    let node = amount.source.and_then(|figure| book.node(figure));
    let by = |asked: bool, own: bool| match (asked, own) {
        (true, true) => Some(Setting::Figure),
        (true, false) => Some(Setting::Expression),
        (false, _) => None,
    };
    let own_places = node.is_some_and(|node| node.places.is_some() && node.places == display.places);
    let own_mode = node.is_some_and(|node| node.rounding.is_some() && node.rounding == display.rounding);
    let written = display.written.is_some();
    let by_default = match (&amount.unit, printer.money.places) {
        (Unit::Count(_), _) if written => Setting::AsWritten,
        (Unit::Count(_), _) => Setting::Count,
        (_, Places::AsWritten) if written => Setting::AsWritten,
        _ => Setting::Unit,
    };
    Rounded {
        places: printer.places(amount),
        places_by: by(display.places.is_some(), own_places).unwrap_or(by_default),
        mode: mode_name(display.rounding.unwrap_or(printer.money.rounding)),
        mode_by: by(display.rounding.is_some(), own_mode).unwrap_or(Setting::Unit),
    }
}

fn mode_name(rounding: Rounding) -> &'static str {
    match rounding {
        Rounding::HalfUp => "四舍五入",
        Rounding::Truncate => "截断",
        Rounding::HalfEven => "四舍六入五成双",
    }
}
