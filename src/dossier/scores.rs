//! scores.yaml: the index system, and what people scored.

use serde::Deserialize;

use super::{Number, Pairs, YesNo};
use crate::source::Spanned;

/// 评分: the score sheet as filled in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scores {
    /// 指标体系: the index system, by its name in the profile.
    #[serde(rename = "指标体系")]
    pub system: Spanned<String>,
    /// 说明: printed under the sheet.
    #[serde(rename = "说明", default)]
    pub note: Option<Spanned<String>>,
    /// 总分: the stated total, which the sum must equal.
    #[serde(rename = "总分", default)]
    pub total: Option<Spanned<Number>>,
    /// 等级: the stated grade, which the total's band must equal.
    #[serde(rename = "等级", default)]
    pub grade: Option<Spanned<String>>,
    /// 评分: by the indicator's 编号.
    #[serde(rename = "评分", default)]
    pub given: Pairs<Spanned<Given>>,
    /// 自设指标: the unit's own indicators, which fill the slots that the system leaves open.
    #[serde(rename = "自设指标", default)]
    pub own: Vec<Spanned<OwnIndicator>>,
}

/// What people say of one indicator.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Given {
    /// 得分: the score.
    #[serde(rename = "得分")]
    pub score: Option<Spanned<Number>>,
    /// 扣: what is deducted; the score is the weight less this.
    #[serde(rename = "扣")]
    pub deducted: Option<Spanned<Number>>,
    /// 系数: the score in per cent of the weight.
    #[serde(rename = "系数")]
    pub coefficient: Option<Spanned<Number>>,
    /// 改定: a score that people put in place of the computed one.
    #[serde(rename = "改定")]
    pub override_score: Option<Spanned<Number>>,
    /// 理由: why the computed score is overridden.
    #[serde(rename = "理由")]
    pub override_reason: Option<Spanned<String>>,
    /// 不适用: whether the row does not apply to the unit.
    #[serde(rename = "不适用")]
    pub inapplicable: Option<Spanned<YesNo>>,
    /// 目标: the target, as printed.
    #[serde(rename = "目标")]
    pub target: Option<Spanned<String>>,
    /// 调整目标: the target as adjusted in the year.
    #[serde(rename = "调整目标")]
    pub adjusted_target: Option<Spanned<String>>,
    /// 实际: what was reached, as printed.
    #[serde(rename = "实际")]
    pub actual: Option<Spanned<String>>,
    /// 依据: the grounds.
    #[serde(rename = "依据")]
    pub grounds: Option<Spanned<String>>,
    /// 原因: why points were lost, and what is done about it.
    #[serde(rename = "原因")]
    pub reason: Option<Spanned<String>>,
    /// 佐证: the evidence, by file name or title.
    #[serde(rename = "佐证")]
    pub evidence: Vec<Spanned<String>>,
}

/// 自设指标: an indicator of the unit's own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnIndicator {
    /// 一级: the first level, which must be a slot of the system.
    #[serde(rename = "一级")]
    pub level1: Spanned<String>,
    /// 二级: the second level.
    #[serde(rename = "二级")]
    pub level2: String,
    /// 三级: the indicator itself.
    #[serde(rename = "三级")]
    pub name: String,
    /// 分值: its weight.
    #[serde(rename = "分值")]
    pub weight: Spanned<Number>,
    /// 比较: how the actual value is held against the target.
    #[serde(rename = "比较", default)]
    pub comparator: Comparator,
    /// 目标: the target, a number or an expression behind `=`; words for a qualitative indicator.
    #[serde(rename = "目标", default)]
    pub target: Option<Spanned<String>>,
    /// 调整目标: the target as adjusted in the year, against which the actual value is then held.
    #[serde(rename = "调整目标", default)]
    pub adjusted_target: Option<Spanned<String>>,
    /// 实际: the actual value, a number or an expression behind `=`; words for a qualitative indicator.
    #[serde(rename = "实际", default)]
    pub actual: Option<Spanned<String>>,
    /// 单位: the unit of target and actual value, for print.
    #[serde(rename = "单位", default)]
    pub unit: Option<String>,
    /// 核心: whether it is a core indicator.
    #[serde(rename = "核心", default)]
    pub core: YesNo,
    /// 档次: the tier of a qualitative indicator, within whose range its score must lie.
    #[serde(rename = "档次", default)]
    pub tier: Option<Spanned<String>>,
    /// 得分: the score, where it is not computed.
    #[serde(rename = "得分", default)]
    pub score: Option<Spanned<Number>>,
    /// 系数: the score in per cent of the weight, where it is not computed.
    #[serde(rename = "系数", default)]
    pub coefficient: Option<Spanned<Number>>,
    /// 依据: the grounds.
    #[serde(rename = "依据", default)]
    pub grounds: Option<Spanned<String>>,
    /// 原因: why points were lost, and what is done about it.
    #[serde(rename = "原因", default)]
    pub reason: Option<Spanned<String>>,
    /// 佐证: the evidence, by file name or title.
    #[serde(rename = "佐证", default)]
    pub evidence: Vec<Spanned<String>>,
}

/// 比较: the direction of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Comparator {
    /// ≥: the more the better.
    #[default]
    #[serde(rename = "≥")]
    AtLeast,
    /// ≤: the less the better.
    #[serde(rename = "≤")]
    AtMost,
    /// =: neither more nor less.
    #[serde(rename = "=")]
    Exactly,
    /// 定性: judged by people.
    #[serde(rename = "定性")]
    Qualitative,
}

impl Comparator {
    /// The sign as printed in front of a target.
    pub fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => "≥",
            Self::AtMost => "≤",
            Self::Exactly => "=",
            Self::Qualitative => "",
        }
    }

    /// The word as printed in a column of its own.
    pub fn word(self) -> &'static str {
        match self {
            Self::Qualitative => "定性",
            other => other.sign(),
        }
    }
}
