//! Why an expression has no value.

use super::engine::SCORE_WORDS;
use super::{FigureRef, Unit};
use crate::diagnostic::Code;

/// Why an expression has no value, and where in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The reason.
    pub kind: TroubleKind,
    /// The character of the expression at which it shows, from 0, on its line; `None` where that is not known.
    pub at: Option<usize>,
}

impl Trouble {
    /// The code of a finding that says it.
    pub fn code(&self) -> Code {
        match &self.kind {
            TroubleKind::Missing(..) => Code::JB2004,
            TroubleKind::Units(..) => Code::JB2006,
            TroubleKind::NotGiven(_) => Code::JB2008,
            _ => Code::JB2003,
        }
    }
}

/// The reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TroubleKind {
    /// Figures that must be computed first; not a fault.
    Pending(Vec<FigureRef>),
    /// A figure that is not given.
    NotGiven(String),
    /// A figure whose own formula failed and was reported there.
    Failed(String),
    /// A name that nothing has; with the nearest name there is.
    Missing(String, Option<String>),
    /// A group where an amount is needed, and whether it has a 合计.
    Group(String, bool),
    /// Units that do not go together.
    Units(Unit, Unit),
    /// Division by zero.
    DivisionByZero,
    /// More than 28 digits.
    Overflow,
    /// The expression cannot be parsed, or calls what there is not; in Chinese.
    Syntax(String),
}

impl TroubleKind {
    /// The reason as a sentence.
    pub fn message(&self) -> String {
        match self {
            Self::Pending(_) => "还没有算出来".to_owned(),
            Self::NotGiven(path) => format!("数据项“{path}”未填"),
            Self::Failed(path) => format!("数据项“{path}”自身有错误"),
            Self::Missing(name, _) => format!("没有“{name}”这个数据项"),
            Self::Group(path, _) => format!("“{path}”是一组数据项，不是一个数"),
            Self::Units(left, right) => {
                format!("单位不一致：“{}”与“{}”不能这样算", unit_name(left), unit_name(right))
            }
            Self::DivisionByZero => "除数是 0".to_owned(),
            Self::Overflow => "结果超过 28 位数字".to_owned(),
            Self::Syntax(text) => text.clone(),
        }
    }

    /// How to mend it, where that is known.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Missing(name, _) if SCORE_WORDS.contains(&name.as_str()) => {
                Some("总分、等级和指标得分率来自评分：这一年的文件夹里要有 scores.yaml".to_owned())
            }
            Self::Missing(name, _) if name.strip_prefix("依据").is_some_and(|n| n.parse::<u32>().is_ok()) => {
                Some("依据的文件写成 依据(1)、依据(2)".to_owned())
            }
            Self::Missing(name, _) if name.starts_with("上年.") => {
                Some(format!("在 figures.yaml 的 上年 下补上“{}”，或把上年的卷宗放在旁边", &name["上年.".len()..]))
            }
            Self::Missing(_, Some(near)) => Some(format!("是不是想写“{near}”？")),
            Self::Missing(_, None) => Some("先在 figures.yaml 里填这一项，或核对名称；名称要从最上一级写起".to_owned()),
            Self::Group(path, true) => Some(format!("是不是想写“{path}.合计”？")),
            Self::Group(path, false) => Some(format!("写到具体的一项，或用 合计({path})")),
            Self::NotGiven(_) => Some("在 figures.yaml 里填上数；确实没有的填 0".to_owned()),
            Self::Units(_, Unit::Percent | Unit::Ratio) | Self::Units(Unit::Percent | Unit::Ratio, _) => {
                Some("求百分比用 占比(部分, 总数)，并给这一项写上 单位: \"%\"".to_owned())
            }
            Self::Units(..) => Some("核对各项的 单位".to_owned()),
            Self::DivisionByZero => Some("基数为 0 时不能求比率".to_owned()),
            Self::Overflow => Some("核对各项的数与单位".to_owned()),
            Self::Syntax(_) => Some("写法如 甲 + 乙、合计(甲, 乙)、占比(部分, 总数)".to_owned()),
            Self::Pending(_) | Self::Failed(_) => None,
        }
    }
}

fn unit_name(unit: &Unit) -> String {
    match unit {
        Unit::Ratio => "比率".to_owned(),
        Unit::Plain => "无单位的数".to_owned(),
        other => other.to_string(),
    }
}
