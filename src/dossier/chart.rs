//! What a chart shows (图): amounts of several years, or of several items.

use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::schema::rules;
use crate::source::Spanned;

/// 图: a chart. Of 数据, 系列 and 项 exactly one is given.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(with = "Written", description = "一幅图")]
pub struct ChartSpec {
    /// 类型: how the amounts are drawn.
    pub kind: ChartKind,
    /// 标题: the caption without its number.
    pub caption: Spanned<String>,
    /// 单位: printed above the chart.
    pub unit: Option<Spanned<String>>,
    /// 数据, 系列 or 项: what is drawn.
    pub content: ChartContent,
    /// 注: printed under the caption.
    pub note: Option<Spanned<String>>,
    /// 替代文字: what a screen reader reads in place of the chart; the amounts where it is not given.
    pub alt: Option<Spanned<String>>,
}

/// What a chart draws.
#[derive(Debug, Clone)]
pub enum ChartContent {
    /// 数据: one expression that gives the amounts of several years.
    Data(Spanned<String>),
    /// 系列: several such, each with its name.
    Series(Vec<SeriesSpec>),
    /// 项: categories that are named, each with one amount.
    Items(Vec<Spanned<ItemSpec>>),
}

/// 类型: how amounts are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(description = "怎样画")]
pub enum ChartKind {
    /// 柱形: a bar an amount, those of several series side by side.
    #[serde(rename = "柱形")]
    #[schemars(description = "一个数一根柱，几个系列并排")]
    Bars,
    /// 折线: a line a series.
    #[serde(rename = "折线")]
    #[schemars(description = "一个系列一条线")]
    Lines,
    /// 构成: the share of each part in the whole.
    #[serde(rename = "构成")]
    #[schemars(description = "各部分占合计的百分比，要写 系列 或 项")]
    Shares,
}

/// 系列: amounts of several years under one name.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "一个系列：名称，和各年的数")]
pub struct SeriesSpec {
    /// 名称: the name in the legend.
    #[serde(rename = "名称")]
    #[schemars(description = "印在图例里的名称")]
    pub name: Spanned<String>,
    /// 数据: an expression that gives the amounts of several years.
    #[serde(rename = "数据")]
    #[schemars(description = "各年的数，如 历年(支出.合计)")]
    pub data: Spanned<String>,
}

/// 项: a category with its amount, or each member of a group (逐项).
#[derive(Debug, Clone, JsonSchema)]
#[schemars(with = "WrittenItem", description = "一项：名称和一个数，或 逐项")]
pub struct ItemSpec {
    /// 名称: the name under the axis; with 逐项 that of the member where it is not given.
    pub name: Spanned<String>,
    /// 值: an expression; with 逐项 the member where it is not given.
    pub value: Spanned<String>,
    /// 逐项: a group for each of whose members the item is repeated; names are then looked up in the member.
    pub each: Option<Spanned<String>>,
}

/// A chart as written.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ChartSpec", description = "一幅图", transform = rules::charted_once)]
struct Written {
    #[serde(rename = "类型")]
    #[schemars(description = "柱形、折线 或 构成")]
    kind: ChartKind,
    #[serde(rename = "标题")]
    #[schemars(extend("pattern" = "\\S"), description = "图的标题，编号由程序加")]
    caption: Spanned<String>,
    #[serde(rename = "单位", default)]
    #[schemars(description = "印在图的右上方，金额自动换算成它")]
    unit: Option<Spanned<String>>,
    #[serde(rename = "数据", default)]
    #[schemars(description = "各年的数，如 历年(支出.合计)")]
    data: Option<Spanned<String>>,
    #[serde(rename = "系列", default)]
    #[schemars(description = "几个系列")]
    series: Vec<SeriesSpec>,
    #[serde(rename = "项", default)]
    #[schemars(description = "各项，每项一个数")]
    items: Vec<Spanned<ItemSpec>>,
    #[serde(rename = "注", default)]
    #[schemars(description = "印在标题下的话")]
    note: Option<Spanned<String>>,
    #[serde(rename = "替代文字", default)]
    #[schemars(description = "读屏软件代替图读的话；不写则读出各数")]
    alt: Option<Spanned<String>>,
}

impl<'de> Deserialize<'de> for ChartSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Written { kind, caption, unit, data, series, items, note, alt } = Written::deserialize(deserializer)?;
        let content = match (data, series, items) {
            (Some(data), series, items) if series.is_empty() && items.is_empty() => ChartContent::Data(data),
            (None, series, items) if !series.is_empty() && items.is_empty() => ChartContent::Series(series),
            (None, series, items) if series.is_empty() && !items.is_empty() => ChartContent::Items(items),
            (None, _, items) if items.is_empty() => {
                return Err(D::Error::custom("图里没有数\n写 数据: 历年(…)，或 系列，或 项"));
            }
            _ => return Err(D::Error::custom("数据、系列、项 只能写一样\n留一样，其余的另画一幅图")),
        };
        if kind == ChartKind::Shares && matches!(content, ChartContent::Data(_)) {
            return Err(D::Error::custom("构成图要有几个部分\n改写 系列（各年的构成）或 项（一年的构成）"));
        }
        Ok(Self { kind, caption, unit, content, note, alt })
    }
}

/// An item as written.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ItemSpec", description = "一项：名称和一个数", transform = rules::named_item)]
struct WrittenItem {
    #[serde(rename = "名称", default)]
    #[schemars(description = "印在柱下或图例里的名称；逐项的不写则为那一项的名称")]
    name: Option<Spanned<String>>,
    #[serde(rename = "值", default)]
    #[schemars(description = "一个数，以 = 开头的是公式；逐项的不写则为那一项的数")]
    value: Option<Spanned<String>>,
    #[serde(rename = "逐项", default)]
    #[schemars(description = "一组的名称：其中每项画一个数，名称在那一项里找")]
    each: Option<Spanned<String>>,
}

impl<'de> Deserialize<'de> for ItemSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let WrittenItem { name, value, each } = WrittenItem::deserialize(deserializer)?;
        let member = |written: &str| each.is_some().then(|| Spanned::from(written.to_owned()));
        let name = name.or_else(|| member("{{ 本项名称 }}"));
        let value = value.or_else(|| member("=本项"));
        match (name, value) {
            (Some(name), Some(value)) => Ok(Self { name, value, each }),
            (None, _) => Err(D::Error::missing_field("名称")),
            (_, None) => Err(D::Error::missing_field("值")),
        }
    }
}
