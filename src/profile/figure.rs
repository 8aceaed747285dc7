//! The figures that a profile expects, and those that it derives.

use serde::Deserialize;

use crate::dossier::{Places, Rounding};
use crate::source::Spanned;

/// 数据项: a figure that reports of this form have, by its full name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ExpectedFigure {
    /// 单位: its unit; amounts of money may stand in any unit of money.
    #[serde(rename = "单位")]
    pub unit: Option<String>,
    /// 口径: the basis on which it is counted.
    #[serde(rename = "口径")]
    pub basis: Option<String>,
    /// 必填: whether a report without it is incomplete.
    #[serde(rename = "必填")]
    pub required: bool,
    /// 组: whether it is a group of figures with names of the unit's own.
    #[serde(rename = "组")]
    pub group: bool,
    /// 说明: what it is.
    #[serde(rename = "说明")]
    pub note: String,
}

/// 派生数据项: a figure that the profile computes where the unit has not written it, by its full name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DerivedFigure {
    /// 公式: how, without `=`.
    #[serde(rename = "公式")]
    pub formula: Spanned<String>,
    /// 单位: its unit; that of the formula where it is not given.
    #[serde(rename = "单位", default)]
    pub unit: Option<String>,
    /// 小数位: digits behind the point in print.
    #[serde(rename = "小数位", default)]
    pub places: Option<Places>,
    /// 舍入: rounding in print.
    #[serde(rename = "舍入", default)]
    pub rounding: Option<Rounding>,
    /// 名称: the name as printed.
    #[serde(rename = "名称", default)]
    pub label: Option<String>,
    /// 说明: what it is.
    #[serde(rename = "说明", default)]
    pub note: String,
}
