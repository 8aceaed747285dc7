//! An identity (勾稽关系): what two expressions over the figures must be to each other.

use serde::Deserialize;

use crate::source::Spanned;

/// 勾稽关系: of the profile, or of the author's own in unit.yaml and report.yaml.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// 名称: by which an acknowledgement refers to it.
    #[serde(rename = "名称")]
    pub name: Spanned<String>,
    /// 编号: by which people refer to it, I1 to I18.
    #[serde(rename = "编号", default)]
    pub number: Option<String>,
    /// 种类: what kind of rule it is.
    #[serde(rename = "种类", default)]
    pub class: Class,
    /// 左: the left side.
    #[serde(rename = "左")]
    pub left: Spanned<String>,
    /// 关系: how the sides must compare.
    #[serde(rename = "关系", default)]
    pub relation: Relation,
    /// 右: the right side.
    #[serde(rename = "右")]
    pub right: Spanned<String>,
    /// 级别: how serious a failure is.
    #[serde(rename = "级别", default)]
    pub level: Option<Level>,
    /// 同口径: whether it may only be judged where all operands have one basis.
    #[serde(rename = "同口径", default)]
    pub same_basis: bool,
    /// 逐组: a group whose member groups must each satisfy it, such as 预算单位; names are then looked up in the member.
    #[serde(rename = "逐组", default)]
    pub each: Option<Spanned<String>>,
    /// 说明: what to look for when it fails.
    #[serde(rename = "说明", default)]
    pub hint: Option<String>,
}

impl Identity {
    /// The name with its number: `总支出构成（I2）`.
    pub fn title(&self) -> String {
        match &self.number {
            Some(number) => format!("{}（{number}）", self.name.value),
            None => self.name.value.clone(),
        }
    }

    /// The identity as it must hold: `支出.合计 = 支出.基本支出.合计 + …`.
    pub fn statement(&self) -> String {
        format!("{} {} {}", self.left.value, self.relation.sign(), self.right.value)
    }

    /// How serious a failure is: as set, else as its kind has it.
    pub fn severity(&self) -> Level {
        self.level.unwrap_or(match self.class {
            Class::Year | Class::AcrossYears => Level::Error,
            Class::Plausibility => Level::Warning,
        })
    }
}

/// 种类: what kind of rule an identity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Class {
    /// 年内: between figures of one year; a failure is a fault of arithmetic or of scope.
    #[default]
    #[serde(rename = "年内")]
    Year,
    /// 跨年: between two years' reports.
    #[serde(rename = "跨年")]
    AcrossYears,
    /// 合理性: possible, but a finance officer would ask.
    #[serde(rename = "合理性")]
    Plausibility,
}

/// 关系: how two sides must compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Relation {
    /// Equal.
    #[default]
    #[serde(rename = "等于")]
    Equal,
    /// Not above.
    #[serde(rename = "不大于")]
    AtMost,
    /// Not below.
    #[serde(rename = "不小于")]
    AtLeast,
}

impl Relation {
    /// The sign as printed.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::AtMost => "≤",
            Self::AtLeast => "≥",
        }
    }

    /// The word as printed.
    pub fn word(self) -> &'static str {
        match self {
            Self::Equal => "等于",
            Self::AtMost => "不大于",
            Self::AtLeast => "不小于",
        }
    }

    /// Whether it holds, by the order of the left side to the right.
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::AtMost => order.is_le(),
            Self::AtLeast => order.is_ge(),
        }
    }
}

/// 级别: how serious a failure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Level {
    /// 错误.
    #[serde(rename = "错误")]
    Error,
    /// 警告: a matter of judgement.
    #[serde(rename = "警告")]
    Warning,
    /// 提示: a remark that needs no action.
    #[serde(rename = "提示")]
    Hint,
}
