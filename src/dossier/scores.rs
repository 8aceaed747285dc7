//! scores.yaml: the index system, and what people scored.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Number, Pairs, YesNo};
use crate::source::Spanned;

/// 评分: the score sheet as filled in.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "评分")]
pub struct Scores {
    /// 指标体系: the index system, by its name in the profile.
    #[serde(rename = "指标体系")]
    #[schemars(description = "指标体系的编号，见体例")]
    pub system: Spanned<String>,
    /// 说明: printed under the sheet.
    #[serde(rename = "说明", default)]
    #[schemars(description = "印在评分表下的话")]
    pub note: Option<Spanned<String>>,
    /// 总分: the stated total, which the sum must equal.
    #[serde(rename = "总分", default)]
    #[schemars(description = "填了就与算出的总分核对，单位 分")]
    pub total: Option<Spanned<Number>>,
    /// 等级: the stated grade, which the total's band must equal.
    #[serde(rename = "等级", default)]
    #[schemars(description = "填了就与算出的等级核对")]
    pub grade: Option<Spanned<String>>,
    /// 评分: by the indicator's 编号.
    #[serde(rename = "评分", default)]
    #[schemars(description = "按指标编号填写")]
    pub given: Pairs<Spanned<Given>>,
    /// 自设指标: the unit's own indicators, which fill the slots that the system leaves open.
    #[serde(rename = "自设指标", default)]
    #[schemars(description = "本单位自定的指标，填体系里留出的空格")]
    pub own: Vec<Spanned<OwnIndicator>>,
}

/// What people say of one indicator.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(transform = crate::schema::rules::one_score, description = "一个指标的评分")]
pub struct Given {
    /// 得分: the score.
    #[serde(rename = "得分")]
    #[schemars(description = "得分，最多两位小数；由数据算得的不必填")]
    pub score: Option<Spanned<Number>>,
    /// 扣: what is deducted; the score is the weight less this.
    #[serde(rename = "扣")]
    #[schemars(description = "扣几分：得分等于分值减去它")]
    pub deducted: Option<Spanned<Number>>,
    /// 系数: the score in per cent of the weight.
    #[serde(rename = "系数")]
    #[schemars(description = "得分占分值的百分之几")]
    pub coefficient: Option<Spanned<Number>>,
    /// 改定: a score that people put in place of the computed one.
    #[serde(rename = "改定")]
    #[schemars(description = "不用算出的得分，改定为这个得分；要写理由")]
    pub override_score: Option<Spanned<Number>>,
    /// 理由: why the computed score is overridden.
    #[serde(rename = "理由")]
    #[schemars(description = "为什么改定")]
    pub override_reason: Option<Spanned<String>>,
    /// 不适用: whether the row does not apply to the unit.
    #[serde(rename = "不适用")]
    #[schemars(description = "true：这一行对本单位不适用；要写依据")]
    pub inapplicable: Option<Spanned<YesNo>>,
    /// 目标: the target, as printed.
    #[serde(rename = "目标")]
    #[schemars(description = "年初目标值，照印")]
    pub target: Option<Spanned<String>>,
    /// 调整目标: the target as adjusted in the year.
    #[serde(rename = "调整目标")]
    #[schemars(description = "年中调整后的目标值，照印")]
    pub adjusted_target: Option<Spanned<String>>,
    /// 实际: what was reached, as printed.
    #[serde(rename = "实际")]
    #[schemars(description = "实际完成值，照印")]
    pub actual: Option<Spanned<String>>,
    /// 依据: the grounds.
    #[serde(rename = "依据")]
    #[schemars(description = "得分的理由")]
    pub grounds: Option<Spanned<String>>,
    /// 原因: why points were lost, and what is done about it.
    #[serde(rename = "原因")]
    #[schemars(description = "失分的原因和改进措施")]
    pub reason: Option<Spanned<String>>,
    /// 佐证: the evidence, by file name or title.
    #[serde(rename = "佐证")]
    #[schemars(description = "佐证材料的名称")]
    pub evidence: Vec<Spanned<String>>,
}

/// 自设指标: an indicator of the unit's own.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "一个自设指标")]
pub struct OwnIndicator {
    /// 一级: the first level, which must be a slot of the system.
    #[serde(rename = "一级")]
    #[schemars(description = "一级指标，要是体系里可自设的")]
    pub level1: Spanned<String>,
    /// 二级: the second level.
    #[serde(rename = "二级")]
    #[schemars(description = "二级指标的名称")]
    pub level2: String,
    /// 三级: the indicator itself.
    #[serde(rename = "三级")]
    #[schemars(description = "三级指标的名称")]
    pub name: String,
    /// 分值: its weight.
    #[serde(rename = "分值")]
    #[schemars(description = "这一项的分值，单位 分")]
    pub weight: Spanned<Number>,
    /// 比较: how the actual value is held against the target.
    #[serde(rename = "比较", default)]
    #[schemars(description = "实际与目标怎样比；不写则为 ≥")]
    pub comparator: Comparator,
    /// 目标: the target, a number or an expression behind `=`; words for a qualitative indicator.
    #[serde(rename = "目标", default)]
    #[schemars(description = "目标：数，或 =公式；定性的写文字")]
    pub target: Option<Spanned<String>>,
    /// 调整目标: the target as adjusted in the year, against which the actual value is then held.
    #[serde(rename = "调整目标", default)]
    #[schemars(description = "年中调整后的目标，有它就按它比")]
    pub adjusted_target: Option<Spanned<String>>,
    /// 实际: the actual value, a number or an expression behind `=`; words for a qualitative indicator.
    #[serde(rename = "实际", default)]
    #[schemars(description = "实际：数，或 =公式；定性的写文字")]
    pub actual: Option<Spanned<String>>,
    /// 单位: the unit of target and actual value, for print.
    #[serde(rename = "单位", default)]
    #[schemars(description = "目标和实际的单位，只用于印出")]
    pub unit: Option<String>,
    /// 核心: whether it is a core indicator.
    #[serde(rename = "核心", default)]
    #[schemars(description = "true：核心指标")]
    pub core: YesNo,
    /// 档次: the tier of a qualitative indicator, within whose range its score must lie.
    #[serde(rename = "档次", default)]
    #[schemars(description = "定性指标的档次，得分要在这一档的范围内")]
    pub tier: Option<Spanned<String>>,
    /// 得分: the score, where it is not computed.
    #[serde(rename = "得分", default)]
    #[schemars(description = "人工评定的得分，单位 分")]
    pub score: Option<Spanned<Number>>,
    /// 系数: the score in per cent of the weight, where it is not computed.
    #[serde(rename = "系数", default)]
    #[schemars(description = "人工评定的得分占分值的百分之几")]
    pub coefficient: Option<Spanned<Number>>,
    /// 依据: the grounds.
    #[serde(rename = "依据", default)]
    #[schemars(description = "得分的理由")]
    pub grounds: Option<Spanned<String>>,
    /// 原因: why points were lost, and what is done about it.
    #[serde(rename = "原因", default)]
    #[schemars(description = "失分的原因和改进措施")]
    pub reason: Option<Spanned<String>>,
    /// 佐证: the evidence, by file name or title.
    #[serde(rename = "佐证", default)]
    #[schemars(description = "佐证材料的名称")]
    pub evidence: Vec<Spanned<String>>,
}

/// 比较: the direction of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[schemars(description = "实际与目标怎样比")]
pub enum Comparator {
    /// ≥: the more the better.
    #[default]
    #[serde(rename = "≥")]
    #[schemars(description = "越多越好")]
    AtLeast,
    /// ≤: the less the better.
    #[serde(rename = "≤")]
    #[schemars(description = "越少越好")]
    AtMost,
    /// =: neither more nor less.
    #[serde(rename = "=")]
    #[schemars(description = "不多不少")]
    Exactly,
    /// 定性: judged by people.
    #[serde(rename = "定性")]
    #[schemars(description = "由人评定")]
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
