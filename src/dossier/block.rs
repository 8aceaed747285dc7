//! What a section holds: paragraphs, subsections, lists, tables and charts.

use std::fmt;

use schemars::JsonSchema;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::forms::Either;
use super::{ChartSpec, TableSource, YesNo};
use crate::source::{Place, Spanned};

/// 节: a section or subsection.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "一节；没有标题的是引言")]
pub struct Section {
    /// 标题: the heading without its number; a preamble has none.
    #[serde(rename = "标题", default)]
    #[schemars(extend("pattern" = "\\S"), description = "不带编号，编号由程序加")]
    pub title: Option<Spanned<String>>,
    /// 级别: the heading's level, 1–4; a subsection without it stands one level deeper than what holds it.
    #[serde(rename = "级别", default)]
    #[schemars(range(min = 1, max = 4), description = "标题的级别，1 到 4；不写则节为 1，小节比外面低一级")]
    pub level: Option<Spanned<u8>>,
    /// 编号: false leaves the heading without a number.
    #[serde(rename = "编号", default = "numbered")]
    #[schemars(description = "false：标题不编号")]
    pub numbered: YesNo,
    /// 接排: whether the first paragraph runs in behind the heading.
    #[serde(rename = "接排", default)]
    #[schemars(description = "true：第一段接在标题后面同一行")]
    pub run_in: bool,
    /// 正文: what stands under the heading.
    #[serde(rename = "正文", default)]
    #[schemars(description = "段落、小节、列表、表、图、成对")]
    pub body: Vec<Block>,
}

fn numbered() -> YesNo {
    YesNo(true)
}

impl Section {
    /// The place of the first text below it.
    pub fn first_place(&self) -> Option<Place> {
        self.body.iter().find_map(|block| match block {
            Block::Paragraph(text) => text.place,
            Block::Subsection(section) => section.title.as_ref().map_or_else(|| section.first_place(), |t| t.place),
            Block::List(list) => list.items.first().and_then(|item| item.place),
            Block::Table(table) => table.place,
            Block::Chart(chart) => chart.place,
            Block::Pairs(pairing) => pairing.pairs.first().and_then(|pair| pair.problem.place),
        })
    }
}

/// One item of a 正文.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(description = "一段文字、小节、列表、表、图或成对")]
pub enum Block {
    /// 小节: one level deeper.
    #[schemars(rename = "小节", description = "低一级的标题和内容")]
    Subsection(#[schemars(with = "crate::schema::Subsection")] Section),
    /// 列表: numbered items.
    #[schemars(rename = "列表", description = "由程序编号的各项")]
    List(List),
    /// 表: a table.
    #[schemars(rename = "表", description = "标准表的名称，或自己写的表")]
    Table(Spanned<TableSource>),
    /// 图: a chart.
    #[schemars(rename = "图", description = "柱形、折线或构成图")]
    Chart(Box<Spanned<ChartSpec>>),
    /// 成对: problems, each with its measure.
    #[schemars(rename = "成对", description = "问题与措施，一一相对")]
    Pairs(Pairing),
    /// A paragraph.
    #[schemars(untagged, description = "一段文字")]
    Paragraph(Spanned<String>),
}

/// The keys of a 正文 item that is not a paragraph.
const BLOCK_KEYS: &[&str] = &["小节", "列表", "表", "图", "成对"];

impl<'de> Deserialize<'de> for Block {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Item>::deserialize(deserializer)?;
        Ok(match spanned.value {
            Item::Text(value) => Self::Paragraph(Spanned { value, place: spanned.place }),
            Item::Block(block) => block,
        })
    }
}

/// An item as written: a text, or a map of exactly one key.
enum Item {
    Text(String),
    Block(Block),
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ItemVisitor;
        impl<'de> Visitor<'de> for ItemVisitor {
            type Value = Item;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("一段文字，或 小节、列表、表、图、成对")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Item, E> {
                Ok(Item::Text(text.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Item, A::Error> {
                let key: String = map.next_key()?.unwrap_or_default();
                let block = match key.as_str() {
                    "小节" => Block::Subsection(map.next_value()?),
                    "列表" => Block::List(map.next_value()?),
                    "表" => Block::Table(map.next_value()?),
                    "图" => Block::Chart(Box::new(map.next_value()?)),
                    "成对" => Block::Pairs(map.next_value()?),
                    _ => return Err(A::Error::unknown_field(&key, BLOCK_KEYS)),
                };
                match map.next_key::<String>()? {
                    None => Ok(Item::Block(block)),
                    Some(second) => Err(A::Error::custom(format!(
                        "“{key}”和“{second}”不能写在同一项里\n另起一项，以“- ”开头；“{second}”本属于“{key}”的，往里缩进"
                    ))),
                }
            }
        }
        deserializer.deserialize_any(ItemVisitor)
    }
}

/// 列表: items that the program numbers.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(with = "Either<Vec<Spanned<String>>, ListInFull>", description = "列表：各项，或连同编号的样式")]
pub struct List {
    /// 样式: how they are numbered.
    pub style: ListStyle,
    /// 项: the items.
    pub items: Vec<Spanned<String>>,
}

/// 样式: how a list is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[schemars(description = "列表怎样编号")]
pub enum ListStyle {
    /// 序号: by the numbering of the level below the heading, each item a paragraph.
    #[default]
    #[serde(rename = "序号")]
    #[schemars(description = "1. 2. 或（1）（2），每项一段")]
    Numbered,
    /// 一是: 一是…二是…, all in one paragraph.
    #[serde(rename = "一是")]
    #[schemars(description = "一是…二是…，合成一段")]
    Running,
}

/// A list with its style.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "列表，连同编号的样式")]
struct ListInFull {
    #[serde(rename = "样式", default)]
    #[schemars(description = "怎样编号；不写则为序号")]
    style: ListStyle,
    #[serde(rename = "项")]
    #[schemars(description = "各项")]
    items: Vec<Spanned<String>>,
}

impl<'de> Deserialize<'de> for List {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Either::<Vec<Spanned<String>>, ListInFull>::deserialize(deserializer)? {
            Either::Short(items) => Self { style: ListStyle::Numbered, items },
            Either::Full(ListInFull { style, items }) => Self { style, items },
        })
    }
}

/// 成对: problems and the measures against them, which belong together.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(with = "Either<Vec<Pair>, PairingInFull>", description = "各对问题与措施，或连同排法")]
pub struct Pairing {
    /// 样式: in which order they are printed.
    pub style: PairStyle,
    /// 项: the pairs.
    pub pairs: Vec<Pair>,
}

/// 样式: in which order problems and measures are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[schemars(description = "问题与措施怎样排")]
pub enum PairStyle {
    /// 逐条: each problem with its measure behind it.
    #[default]
    #[serde(rename = "逐条")]
    #[schemars(description = "每个问题后面接它的措施")]
    Together,
    /// 分列: all problems, then all measures, numbered alike.
    #[serde(rename = "分列")]
    #[schemars(description = "先列全部问题，再列全部措施，编号相同")]
    Apart,
}

/// A problem and the measure against it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "一个问题和它的措施")]
pub struct Pair {
    /// 问题: the problem.
    #[serde(rename = "问题")]
    #[schemars(description = "问题")]
    pub problem: Spanned<String>,
    /// 措施: the measure.
    #[serde(rename = "措施")]
    #[schemars(description = "改进措施")]
    pub measure: Spanned<String>,
}

/// Pairs with their style.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "各对问题与措施，连同排法")]
struct PairingInFull {
    #[serde(rename = "样式", default)]
    #[schemars(description = "怎样排；不写则为逐条")]
    style: PairStyle,
    #[serde(rename = "项")]
    #[schemars(description = "各对")]
    pairs: Vec<Pair>,
}

impl<'de> Deserialize<'de> for Pairing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Either::<Vec<Pair>, PairingInFull>::deserialize(deserializer)? {
            Either::Short(pairs) => Self { style: PairStyle::Together, pairs },
            Either::Full(PairingInFull { style, pairs }) => Self { style, pairs },
        })
    }
}
