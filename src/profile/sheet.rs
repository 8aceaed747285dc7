//! The columns of the score sheet (评分表), as data.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::dossier::{Align, Number};

/// 表列: a column of the score sheet.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "评分表的一列")]
pub struct SheetColumn {
    /// 内容: what stands in it.
    #[serde(rename = "内容")]
    #[schemars(description = "这一列印什么")]
    pub content: SheetContent,
    /// 名称: its head; the content's name where it is not given.
    #[serde(rename = "名称", default)]
    #[schemars(description = "列名；不写则用内容的名称")]
    pub head: Option<String>,
    /// 宽: its share of the width.
    #[serde(rename = "宽")]
    #[schemars(description = "占几份宽")]
    pub width: Number,
    /// 对齐: how its cells are aligned; numbers at the point, else as the content wants it.
    #[serde(rename = "对齐", default)]
    #[schemars(description = "怎样对齐；不写则按内容")]
    pub align: Option<Align>,
}

/// 内容: what stands in a column of the score sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(description = "评分表的一列印什么")]
pub enum SheetContent {
    /// 一级: the first level.
    #[serde(rename = "一级")]
    #[schemars(description = "一级指标")]
    Level1,
    /// 二级: the second level.
    #[serde(rename = "二级")]
    #[schemars(description = "二级指标")]
    Level2,
    /// 三级: the indicator.
    #[serde(rename = "三级")]
    #[schemars(description = "三级指标")]
    Name,
    /// 计量单位.
    #[serde(rename = "计量单位")]
    #[schemars(description = "目标和实际的单位")]
    Unit,
    /// 性质: ≥, ≤, = or 定性.
    #[serde(rename = "性质")]
    #[schemars(description = "≥、≤、= 或定性")]
    Comparator,
    /// 目标: the target at the beginning of the year.
    #[serde(rename = "目标")]
    #[schemars(description = "年初目标值")]
    Target,
    /// 调整目标: the target as adjusted in the year.
    #[serde(rename = "调整目标")]
    #[schemars(description = "调整后的目标值")]
    AdjustedTarget,
    /// 实际: what was reached.
    #[serde(rename = "实际")]
    #[schemars(description = "实际完成值")]
    Actual,
    /// 分值: the weight.
    #[serde(rename = "分值")]
    #[schemars(description = "分值")]
    Weight,
    /// 系数: the score in per cent of the weight.
    #[serde(rename = "系数")]
    #[schemars(description = "得分占分值的百分之几")]
    Coefficient,
    /// 得分: the score.
    #[serde(rename = "得分")]
    #[schemars(description = "得分")]
    Score,
    /// 核心: whether it is a core indicator.
    #[serde(rename = "核心")]
    #[schemars(description = "是不是核心指标")]
    Core,
    /// 标准: the standard.
    #[serde(rename = "标准")]
    #[schemars(description = "评分标准")]
    Standard,
    /// 依据: how the score came about, and its grounds.
    #[serde(rename = "依据")]
    #[schemars(description = "得分的算法和理由")]
    Grounds,
    /// 原因: why points were lost, and what is done about it.
    #[serde(rename = "原因")]
    #[schemars(description = "失分的原因和改进措施")]
    Reason,
    /// 佐证: the evidence.
    #[serde(rename = "佐证")]
    #[schemars(description = "佐证材料")]
    Evidence,
}

impl SheetContent {
    /// The head of a column that names none.
    pub fn head(self) -> &'static str {
        match self {
            Self::Level1 => "一级指标",
            Self::Level2 => "二级指标",
            Self::Name => "三级指标",
            Self::Unit => "计量单位",
            Self::Comparator => "指标性质",
            Self::Target => "年度指标值",
            Self::AdjustedTarget => "调整指标值",
            Self::Actual => "实际完成值",
            Self::Weight => "分值",
            Self::Coefficient => "得分系数（%）",
            Self::Score => "得分",
            Self::Core => "是否核心指标",
            Self::Standard => "评分标准",
            Self::Grounds => "评分依据",
            Self::Reason => "偏差原因及改进措施",
            Self::Evidence => "佐证材料",
        }
    }

    /// Whether it holds numbers that are added up or aligned at the point.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Weight | Self::Coefficient | Self::Score)
    }
}

/// The columns of a system that names none.
pub(super) fn default_columns() -> Vec<SheetColumn> {
    let column = |content, tenths: i64| SheetColumn {
        content,
        head: None,
        width: Number(rust_decimal::Decimal::new(tenths, 1)),
        align: None,
    };
    vec![
        column(SheetContent::Level1, 11),
        column(SheetContent::Level2, 11),
        column(SheetContent::Name, 21),
        column(SheetContent::Weight, 7),
        column(SheetContent::Standard, 30),
        column(SheetContent::Score, 7),
        column(SheetContent::Grounds, 35),
    ]
}
