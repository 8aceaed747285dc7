//! What is written beside a printed value: the unit behind it, and the direction before it.

use crate::diagnostic::{Code, Diagnostic};
use crate::figures::{MEASURE_WORDS, Unit, Value, is_no_measure_word};
use crate::source::Place;

/// The unit printed behind a number must be the number's own: 15500元 must not read 15500万元.
pub(super) fn wrong_unit(value: &Value, next: &str, place: Option<Place>) -> Option<Diagnostic> {
    const UNITS: [&str; 12] =
        ["个百分点", "百分点", "亿元", "千万元", "百万元", "万元", "千元", "元", "亿", "万", "%", "％"];
    let next = next.trim_start();
    if is_no_measure_word(next) {
        return None;
    }
    let printed = UNITS.iter().chain(MEASURE_WORDS).copied().find(|unit| next.starts_with(unit))?;
    let amount = match value {
        Value::Amount(amount) => amount,
        Value::Text(text) if text.ends_with(['元', '%']) && printed.ends_with(['元', '%', '％']) => {
            let finding = Diagnostic::new(Code::JB5005, format!("“{text}”已带单位，后面又写了“{printed}”"));
            return Some(finding.at(place).hint(format!("删去后面的“{printed}”")));
        }
        _ => return None,
    };
    if agrees(&amount.unit, printed) {
        return None;
    }
    let own = match &amount.unit {
        Unit::Ratio => "比率（没有乘 100）".to_owned(),
        unit => format!("“{unit}”"),
    };
    let finding = Diagnostic::new(Code::JB5005, format!("这个数的单位是{own}，后面写的是“{printed}”")).at(place);
    Some(match amount.unit {
        Unit::Money(_) if matches!(printed, "亿元" | "万元" | "元") => {
            finding.hint(format!("改写单位，或写 {{{{ {printed}(名称) }}}} 换算成{printed}"))
        }
        Unit::Ratio => finding.hint("求百分比用 占比(部分, 总数)"),
        _ => finding.hint("核对数据项与单位"),
    })
}

/// A direction said twice, or one that a minus sign turns around: 增加减少0.30万元, 减少−0.20万元.
pub(super) fn wrong_direction(before: &str, value: &Value, place: Option<Place>) -> Option<Diagnostic> {
    const DIRECTIONS: [&str; 8] = ["增加", "减少", "增长", "下降", "上升", "降低", "增加了", "减少了"];
    let said = DIRECTIONS.into_iter().find(|word| before.ends_with(word))?;
    let (text, hint) = match value {
        Value::Text(text) if text.starts_with(['增', '减', '持']) => {
            (format!("“{said}”的后面印的是“{text}”"), format!("删去前面的“{said}”：方向由函数印出"))
        }
        Value::Amount(amount) if amount.value.is_sign_negative() && !amount.value.is_zero() => (
            format!("“{said}”的后面印的是负数 {}", amount.value.normalize()),
            "用 增减(今, 昔) 印出方向和数，或用 绝对值( )".to_owned(),
        ),
        _ => return None,
    };
    Some(Diagnostic::new(Code::JB5012, text).at(place).hint(hint))
}

/// Whether a number of a unit may stand before the printed one. 13 人 may be 13 名; 万 and 亿 stand for 万元 and 亿元.
fn agrees(own: &Unit, printed: &str) -> bool {
    match (own, printed) {
        (Unit::Plain, _) | (Unit::Percent, "个百分点" | "百分点") => true,
        (Unit::Money(_), "万") => *own == Unit::parse("万元"),
        (Unit::Money(_), "亿") => *own == Unit::parse("亿元"),
        (Unit::Count(_), printed) => !printed.ends_with(['元', '%', '％', '亿', '点']),
        (own, printed) => *own == Unit::parse(printed),
    }
}
