//! An identity (勾稽关系): what two expressions over the figures must be to each other.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::source::Spanned;

/// 勾稽关系: of the profile, or of the author's own in unit.yaml and report.yaml.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "一条勾稽关系：左边与右边必须怎样")]
pub struct Identity {
    /// 名称: by which an acknowledgement refers to it.
    #[serde(rename = "名称")]
    #[schemars(description = "名称，登记已知差异时用它")]
    pub name: Spanned<String>,
    /// 编号: by which people refer to it, I1 to I18.
    #[serde(rename = "编号", default)]
    #[schemars(description = "编号，如 I1")]
    pub number: Option<String>,
    /// 种类: what kind of rule it is.
    #[serde(rename = "种类", default)]
    #[schemars(description = "年内、跨年或合理性；不写则为年内")]
    pub class: Class,
    /// 左: the left side.
    #[serde(rename = "左")]
    #[schemars(description = "左边的公式，不带 =")]
    pub left: Spanned<String>,
    /// 关系: how the sides must compare.
    #[serde(rename = "关系", default)]
    #[schemars(description = "左边与右边的关系；不写则为等于")]
    pub relation: Relation,
    /// 右: the right side.
    #[serde(rename = "右")]
    #[schemars(description = "右边的公式，不带 =")]
    pub right: Spanned<String>,
    /// 级别: how serious a failure is.
    #[serde(rename = "级别", default)]
    #[schemars(description = "不符时算什么；不写则年内、跨年为错误，合理性为警告")]
    pub level: Option<Level>,
    /// 同口径: whether it may only be judged where all operands have one basis.
    #[serde(rename = "同口径", default)]
    #[schemars(description = "true：各数口径相同时才判")]
    pub same_basis: bool,
    /// 逐组: a group whose member groups must each satisfy it, such as 预算单位; names are then looked up in the member.
    #[serde(rename = "逐组", default)]
    #[schemars(description = "一组的名称：其中每个下级组各判一次，名称在下级组里找")]
    pub each: Option<Spanned<String>>,
    /// 说明: what to look for when it fails.
    #[serde(rename = "说明", default)]
    #[schemars(description = "不符时先看什么")]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[schemars(description = "勾稽关系的种类")]
pub enum Class {
    /// 年内: between figures of one year; a failure is a fault of arithmetic or of scope.
    #[default]
    #[serde(rename = "年内")]
    #[schemars(description = "同一年各数之间")]
    Year,
    /// 跨年: between two years' reports.
    #[serde(rename = "跨年")]
    #[schemars(description = "两年的报告之间")]
    AcrossYears,
    /// 合理性: possible, but a finance officer would ask.
    #[serde(rename = "合理性")]
    #[schemars(description = "可能对，但财务人员会问")]
    Plausibility,
}

/// 关系: how two sides must compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[schemars(description = "左边与右边的关系")]
pub enum Relation {
    /// Equal.
    #[default]
    #[serde(rename = "等于")]
    #[schemars(description = "左边等于右边")]
    Equal,
    /// Not above.
    #[serde(rename = "不大于")]
    #[schemars(description = "左边不大于右边")]
    AtMost,
    /// Not below.
    #[serde(rename = "不小于")]
    #[schemars(description = "左边不小于右边")]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(description = "不符时算什么")]
pub enum Level {
    /// 错误.
    #[serde(rename = "错误")]
    #[schemars(description = "错误，不能排印")]
    Error,
    /// 警告: a matter of judgement.
    #[serde(rename = "警告")]
    #[schemars(description = "警告")]
    Warning,
    /// 提示: a remark that needs no action.
    #[serde(rename = "提示")]
    #[schemars(description = "提示")]
    Hint,
}
