//! An index system (指标体系): its indicators, weights and score rules, as data.

use serde::Deserialize;

use crate::dossier::Number;
use crate::source::Spanned;

/// 指标体系: indicators whose weights add up to a total.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndexSystem {
    /// 编号: the name by which scores.yaml refers to it.
    #[serde(rename = "编号")]
    pub id: String,
    /// 名称.
    #[serde(rename = "名称")]
    pub name: String,
    /// 性质: how sure its weights are.
    #[serde(rename = "性质")]
    pub standing: Standing,
    /// 满分: what the weights add up to.
    #[serde(rename = "满分")]
    pub total: Number,
    /// 声明: printed under every sheet that uses it.
    #[serde(rename = "声明", default)]
    pub notice: Option<String>,
    /// 指标: the indicators, in print order.
    #[serde(rename = "指标")]
    pub indicators: Vec<Indicator>,
}

/// 性质: how sure the weights of a system are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Standing {
    /// 已证实: seen in public text.
    #[serde(rename = "已证实")]
    Confirmed,
    /// 部分证实: partly seen.
    #[serde(rename = "部分证实")]
    Partial,
    /// 未证实: from memory.
    #[serde(rename = "未证实")]
    Unconfirmed,
    /// 占位: made up to fill the form; not official.
    #[serde(rename = "占位")]
    Placeholder,
}

/// 指标: a row of the score sheet.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// 编号.
    #[serde(rename = "编号")]
    pub id: String,
    /// 一级.
    #[serde(rename = "一级")]
    pub level1: String,
    /// 二级.
    #[serde(rename = "二级", default)]
    pub level2: String,
    /// 三级: the indicator itself.
    #[serde(rename = "三级", default)]
    pub name: String,
    /// 分值: its weight.
    #[serde(rename = "分值")]
    pub weight: Number,
    /// 标准: the standard as printed.
    #[serde(rename = "标准", default)]
    pub standard: String,
    /// 规则: how the score is found.
    #[serde(rename = "规则", deserialize_with = "serde_yaml::with::singleton_map::deserialize")]
    pub rule: Rule,
}

/// 规则: how a score is found. Expressions read the figures; where they cannot, people score.
#[derive(Debug, Clone, Deserialize)]
pub enum Rule {
    /// 比率: weight × the ratio, at most the weight and at least 0.
    #[serde(rename = "比率")]
    Ratio(Spanned<String>),
    /// 分档: the score of the first step whose condition the value meets.
    #[serde(rename = "分档")]
    Bands(Bands),
    /// 扣分: the weight less a deduction for every full unit beyond a limit.
    #[serde(rename = "扣分")]
    Deduct(Deduction),
    /// 清单: points for what is met, or deductions for what is not; people count.
    #[serde(rename = "清单")]
    Checklist(Checklist),
    /// 人工: people score.
    #[serde(rename = "人工")]
    Manual,
    /// 自设: a slot that the unit fills with indicators of its own, whose weights add up to the slot's.
    #[serde(rename = "自设")]
    Own,
}

/// 分档: steps of a value.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bands {
    /// 值: the value.
    #[serde(rename = "值")]
    pub value: Spanned<String>,
    /// 档: the steps, the first that fits counts.
    #[serde(rename = "档")]
    pub steps: Vec<Step>,
}

/// 档: a condition and its score. Without a condition it always fits.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// 至少: value ≥ this.
    #[serde(rename = "至少", default)]
    pub at_least: Option<Number>,
    /// 至多: value ≤ this.
    #[serde(rename = "至多", default)]
    pub at_most: Option<Number>,
    /// 低于: value < this.
    #[serde(rename = "低于", default)]
    pub below: Option<Number>,
    /// 得: the score.
    #[serde(rename = "得")]
    pub score: Number,
}

/// 扣分: a deduction for every full unit beyond a limit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deduction {
    /// 值: the value.
    #[serde(rename = "值")]
    pub value: Spanned<String>,
    /// 限: the value up to which nothing is deducted.
    #[serde(rename = "限")]
    pub limit: Number,
    /// 每: the unit beyond the limit; only full units count.
    #[serde(rename = "每")]
    pub unit: Number,
    /// 扣: what each unit costs.
    #[serde(rename = "扣")]
    pub cost: Number,
}

/// 清单: what people count.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// 每项得: points for each item met.
    #[serde(rename = "每项得", default)]
    pub points_each: Option<Number>,
    /// 每处扣: points lost for each fault.
    #[serde(rename = "每处扣", default)]
    pub cost_each: Option<Number>,
}

/// 等级: a band of the total, half open: from its lower bound to the next band's.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// 名称.
    #[serde(rename = "名称")]
    pub name: String,
    /// 至少: its lower bound, which belongs to it.
    #[serde(rename = "至少")]
    pub at_least: Number,
}
