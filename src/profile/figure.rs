//! The figures that a profile expects, and those that it derives.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::dossier::{Places, Rounding};
use crate::source::Spanned;

/// 数据项: a figure that reports of this form have, by its full name.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(description = "一个数据项")]
pub struct ExpectedFigure {
    /// 单位: its unit; amounts of money may stand in any unit of money.
    #[serde(rename = "单位")]
    #[schemars(description = "单位，如 万元、人、个、%")]
    pub unit: Option<String>,
    /// 口径: the basis on which it is counted.
    #[serde(rename = "口径")]
    #[schemars(description = "口径，如 决算数")]
    pub basis: Option<String>,
    /// 必填: whether a report without it is incomplete.
    #[serde(rename = "必填")]
    #[schemars(description = "true：没有填就警告")]
    pub required: bool,
    /// 组: whether it is a group of figures with names of the unit's own.
    #[serde(rename = "组")]
    #[schemars(description = "true：一组，里面的名称由单位自定")]
    pub group: bool,
    /// 说明: what it is.
    #[serde(rename = "说明")]
    #[schemars(description = "是什么")]
    pub note: String,
}

/// 派生数据项: a figure that the profile computes where the unit has not written it, by its full name.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "一个由体例算出的数据项")]
pub struct DerivedFigure {
    /// 公式: how, without `=`.
    #[serde(rename = "公式")]
    #[schemars(description = "怎样算，不带 =")]
    pub formula: Spanned<String>,
    /// 单位: its unit; that of the formula where it is not given.
    #[serde(rename = "单位", default)]
    #[schemars(description = "单位；不写则用公式的")]
    pub unit: Option<String>,
    /// 小数位: digits behind the point in print.
    #[serde(rename = "小数位", default)]
    #[schemars(description = "印几位小数：0 到 6，或 原样")]
    pub places: Option<Places>,
    /// 舍入: rounding in print.
    #[serde(rename = "舍入", default)]
    #[schemars(description = "印出时怎样舍入")]
    pub rounding: Option<Rounding>,
    /// 名称: the name as printed.
    #[serde(rename = "名称", default)]
    #[schemars(description = "印出的名称")]
    pub label: Option<String>,
    /// 说明: what it is.
    #[serde(rename = "说明", default)]
    #[schemars(description = "是什么")]
    pub note: String,
}
