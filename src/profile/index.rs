//! An index system (指标体系): its indicators, weights and score rules, as data.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Deserialize;

use super::sheet::{SheetColumn, default_columns};
use crate::dossier::{Comparator, Number, YesNo};
use crate::source::Spanned;

/// 指标体系: indicators whose weights add up to a total.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "一个指标体系")]
pub struct IndexSystem {
    /// 编号: the name by which scores.yaml refers to it.
    #[serde(rename = "编号")]
    #[schemars(description = "编号，scores.yaml 用它")]
    pub id: Spanned<String>,
    /// 名称.
    #[serde(rename = "名称")]
    #[schemars(description = "名称，印在评分表下")]
    pub name: String,
    /// 性质: how sure its weights are.
    #[serde(rename = "性质")]
    #[schemars(description = "分值和标准有多可靠")]
    pub standing: Standing,
    /// 满分: what the weights add up to.
    #[serde(rename = "满分")]
    #[schemars(description = "各指标分值之和，单位 分")]
    pub total: Spanned<Number>,
    /// 声明: printed under every sheet that uses it.
    #[serde(rename = "声明", default)]
    #[schemars(description = "印在评分表下的声明")]
    pub notice: Option<String>,
    /// 来源: where its weights and rules were seen.
    #[serde(rename = "来源", default)]
    #[schemars(description = "分值和标准的出处")]
    pub origin: Option<String>,
    /// 执行率指标: the row that scores the execution rate, which plausibility holds against the others.
    #[serde(rename = "执行率指标", default)]
    #[schemars(description = "评预算执行率的那一个指标的编号")]
    pub execution_row: Option<Spanned<String>>,
    /// 失分要写原因: whether every row below its weight must say why.
    #[serde(rename = "失分要写原因", default)]
    #[schemars(description = "true：没有得满分的每一行都要写原因")]
    pub reasons_required: YesNo,
    /// 定性档: the tiers of qualitative indicators, each a range of the weight.
    #[serde(rename = "定性档", default)]
    #[schemars(description = "定性指标的各档")]
    pub tiers: Vec<Tier>,
    /// 表列: the columns of its score sheet.
    #[serde(rename = "表列", default = "default_columns")]
    #[schemars(description = "评分表的各列；不写则用七列")]
    pub columns: Vec<SheetColumn>,
    /// 小计: whether each first level has a line with its sum.
    #[serde(rename = "小计", default = "yes")]
    #[schemars(description = "每个一级指标有没有小计；不写则有")]
    pub subtotals: YesNo,
    /// 指标: the indicators, in print order.
    #[serde(rename = "指标")]
    #[schemars(description = "各指标，按印出的次序")]
    pub indicators: Vec<Spanned<Indicator>>,
}

fn yes() -> YesNo {
    YesNo(true)
}

impl IndexSystem {
    /// What the weights add up to; rows of which one is chosen count once.
    pub fn weights(&self) -> Decimal {
        let mut chosen: Vec<&str> = Vec::new();
        let mut sum = Decimal::ZERO;
        for indicator in &self.indicators {
            if let Some(group) = &indicator.value.either {
                if chosen.contains(&group.as_str()) {
                    continue;
                }
                chosen.push(group);
            }
            sum = sum.saturating_add(indicator.value.weight.value.0);
        }
        sum
    }

    /// The row of this id.
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().map(|row| &row.value).find(|row| row.id.value == id)
    }
}

/// 定性档: a tier of a qualitative indicator; its score lies between two shares of the weight.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "定性指标的一档")]
pub struct Tier {
    /// 名称.
    #[serde(rename = "名称")]
    #[schemars(description = "这一档的名称")]
    pub name: String,
    /// 至少: the least share of the weight.
    #[serde(rename = "至少")]
    #[schemars(description = "得分至少占分值的几成，如 0.8")]
    pub at_least: Number,
    /// 至多: the greatest share of the weight.
    #[serde(rename = "至多")]
    #[schemars(description = "得分至多占分值的几成，如 1")]
    pub at_most: Number,
}

/// 性质: how sure the weights of a system are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(description = "分值和标准有多可靠")]
pub enum Standing {
    /// 已证实: seen in public text.
    #[serde(rename = "已证实")]
    #[schemars(description = "见于公开文件")]
    Confirmed,
    /// 部分证实: partly seen.
    #[serde(rename = "部分证实")]
    #[schemars(description = "只有一部分见于公开文件")]
    Partial,
    /// 未证实: from memory.
    #[serde(rename = "未证实")]
    #[schemars(description = "没有见于公开文件")]
    Unconfirmed,
    /// 占位: made up to fill the form; not official.
    #[serde(rename = "占位")]
    #[schemars(description = "为占满表格而设，不是官方规定")]
    Placeholder,
}

/// 不适用: what becomes of a row that does not apply to a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(description = "不适用时怎样")]
pub enum Inapplicable {
    /// 满分: it scores full, as where a unit has built nothing.
    #[serde(rename = "满分")]
    #[schemars(description = "得满分")]
    Full,
    /// 分摊: its weight goes to the other rows of its second level, in proportion to theirs.
    #[serde(rename = "分摊")]
    #[schemars(description = "分值按比例分给同一个二级指标的其他行")]
    Shared,
}

/// 指标: a row of the score sheet.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "一个指标")]
pub struct Indicator {
    /// 编号.
    #[serde(rename = "编号")]
    #[schemars(description = "编号，scores.yaml 的评分用它")]
    pub id: Spanned<String>,
    /// 一级.
    #[serde(rename = "一级")]
    #[schemars(description = "一级指标")]
    pub level1: String,
    /// 二级.
    #[serde(rename = "二级", default)]
    #[schemars(description = "二级指标")]
    pub level2: String,
    /// 三级: the indicator itself.
    #[serde(rename = "三级", default)]
    #[schemars(description = "三级指标")]
    pub name: String,
    /// 分值: its weight.
    #[serde(rename = "分值")]
    #[schemars(description = "分值，单位 分")]
    pub weight: Spanned<Number>,
    /// 性质: how sure its weight and rule are, where that differs from the system's.
    #[serde(rename = "性质", default)]
    #[schemars(description = "这一行有多可靠，与体系不同时才写")]
    pub standing: Option<Standing>,
    /// 计量单位: the unit of its target and actual value.
    #[serde(rename = "计量单位", default)]
    #[schemars(description = "目标和实际的单位")]
    pub unit: Option<String>,
    /// 比较: how the actual value is held against the target, for print.
    #[serde(rename = "比较", default)]
    #[schemars(description = "实际与目标怎样比")]
    pub comparator: Option<Comparator>,
    /// 目标: the target as the form prints it.
    #[serde(rename = "目标", default)]
    #[schemars(description = "表上印好的目标")]
    pub target: Option<String>,
    /// 核心: whether it is a core indicator.
    #[serde(rename = "核心", default)]
    #[schemars(description = "true：核心指标")]
    pub core: YesNo,
    /// 不适用: what becomes of it where it does not apply; without this key it always applies.
    #[serde(rename = "不适用", default)]
    #[schemars(description = "不适用时怎样；不写则总是适用")]
    pub inapplicable: Option<Inapplicable>,
    /// 择一: a group of rows of equal weight, of which the unit fills in exactly one.
    #[serde(rename = "择一", default)]
    #[schemars(description = "一组的名称：同名的几行只填一行")]
    pub either: Option<String>,
    /// 标准: the standard as printed.
    #[serde(rename = "标准", default)]
    #[schemars(description = "评分标准，照印")]
    pub standard: String,
    /// 规则: how the score is found.
    #[serde(rename = "规则", deserialize_with = "serde_yaml::with::singleton_map::deserialize")]
    #[schemars(description = "怎样得分")]
    pub rule: Rule,
}

/// 规则: how a score is found. Expressions read the figures; where they cannot, people score.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(description = "怎样得分")]
pub enum Rule {
    /// 比率: weight × the ratio, at most the weight and at least 0.
    #[serde(rename = "比率")]
    #[schemars(description = "公式：分值乘以它，最多得满分")]
    Ratio(Spanned<String>),
    /// 分档: the score of the first step whose condition the value meets.
    #[serde(rename = "分档")]
    #[schemars(description = "按一个值落在哪一档得分")]
    Bands(Bands),
    /// 扣分: the weight less a deduction for every full unit beyond a limit.
    #[serde(rename = "扣分")]
    #[schemars(description = "超过限度的，每满一个单位扣几分")]
    Deduct(Deduction),
    /// 清单: points for what is met, or deductions for what is not; people count.
    #[serde(rename = "清单")]
    #[schemars(description = "逐项计分，由人数")]
    Checklist(Checklist),
    /// 系数: people give a coefficient in per cent of the weight.
    #[serde(rename = "系数")]
    #[schemars(description = "由人填占分值的百分之几")]
    Coefficient,
    /// 人工: people score.
    #[serde(rename = "人工")]
    #[schemars(description = "由人打分")]
    Manual,
    /// 自设: a slot that the unit fills with indicators of its own, whose weights add up to the slot's.
    #[serde(rename = "自设")]
    #[schemars(description = "空格，由单位用自设指标填满")]
    Own,
}

/// 分档: steps of a value.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "按一个值落在哪一档得分")]
pub struct Bands {
    /// 值: the value.
    #[serde(rename = "值")]
    #[schemars(description = "公式，不带 =")]
    pub value: Spanned<String>,
    /// 档: the steps, the first that fits counts.
    #[serde(rename = "档")]
    #[schemars(description = "各档，从上到下，先符合的算")]
    pub steps: Vec<Step>,
}

/// 档: a condition and its score. Without a condition it always fits.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "一档；不带条件的总符合")]
pub struct Step {
    /// 至少: value ≥ this.
    #[serde(rename = "至少", default)]
    #[schemars(description = "值不小于它")]
    pub at_least: Option<Number>,
    /// 至多: value ≤ this.
    #[serde(rename = "至多", default)]
    #[schemars(description = "值不大于它")]
    pub at_most: Option<Number>,
    /// 低于: value < this.
    #[serde(rename = "低于", default)]
    #[schemars(description = "值小于它")]
    pub below: Option<Number>,
    /// 得: the score; without one (`~`) people score what falls here.
    #[serde(rename = "得", default)]
    #[schemars(description = "得几分；~ 表示由人评")]
    pub score: Option<Number>,
}

/// 扣分: a deduction for every full unit beyond a limit.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "超过限度的，每满一个单位扣几分")]
pub struct Deduction {
    /// 值: the value.
    #[serde(rename = "值")]
    #[schemars(description = "公式，不带 =")]
    pub value: Spanned<String>,
    /// 限: the value at which nothing is deducted.
    #[serde(rename = "限")]
    #[schemars(description = "限度：不过限度的不扣")]
    pub limit: Number,
    /// 方向: on which side of the limit points are lost.
    #[serde(rename = "方向", default)]
    #[schemars(description = "往哪一边算过限度；不写则为超过")]
    pub side: Side,
    /// 每: the unit beyond the limit; only full units count.
    #[serde(rename = "每")]
    #[schemars(description = "一个单位是多少；不满一个单位的不扣")]
    pub unit: Number,
    /// 扣: what each unit costs.
    #[serde(rename = "扣")]
    #[schemars(description = "每满一个单位扣几分")]
    pub cost: Number,
}

/// 方向: on which side of a limit points are lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[schemars(description = "往哪一边算过限度")]
pub enum Side {
    /// 超过: above the limit.
    #[default]
    #[serde(rename = "超过")]
    #[schemars(description = "高于限度的扣")]
    Above,
    /// 低于: below the limit.
    #[serde(rename = "低于")]
    #[schemars(description = "低于限度的扣")]
    Below,
    /// 偏离: on both sides.
    #[serde(rename = "偏离")]
    #[schemars(description = "高于、低于都扣")]
    Either,
}

/// 清单: what people count.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "逐项计分")]
pub struct Checklist {
    /// 每项得: points for each item met.
    #[serde(rename = "每项得", default)]
    #[schemars(description = "每做到一项得几分")]
    pub points_each: Option<Number>,
    /// 每处扣: points lost for each fault.
    #[serde(rename = "每处扣", default)]
    #[schemars(description = "每有一处不符扣几分")]
    pub cost_each: Option<Number>,
}

/// 等级: a band of the total, half open: from its lower bound to the next band's.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "一个等级")]
pub struct Band {
    /// 名称.
    #[serde(rename = "名称")]
    #[schemars(description = "等级的名称")]
    pub name: String,
    /// 至少: its lower bound, which belongs to it.
    #[serde(rename = "至少")]
    #[schemars(description = "总分至少多少，单位 分")]
    pub at_least: Spanned<Number>,
}
