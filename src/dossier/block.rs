//! What a section holds: paragraphs, subsections, lists and tables.

use std::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::forms::Either;
use super::{Number, Orientation, YesNo};
use crate::source::{Place, Spanned};

/// 节: a section or subsection.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// 标题: the heading without its number; a preamble has none.
    #[serde(rename = "标题", default)]
    pub title: Option<Spanned<String>>,
    /// 级别: the heading's level, 1–4; a subsection without it stands one level deeper than what holds it.
    #[serde(rename = "级别", default)]
    pub level: Option<Spanned<u8>>,
    /// 编号: false leaves the heading without a number.
    #[serde(rename = "编号", default = "numbered")]
    pub numbered: YesNo,
    /// 接排: whether the first paragraph runs in behind the heading.
    #[serde(rename = "接排", default)]
    pub run_in: bool,
    /// 正文: what stands under the heading.
    #[serde(rename = "正文", default)]
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
            Block::Pairs(pairing) => pairing.pairs.first().and_then(|pair| pair.problem.place),
        })
    }
}

/// One item of a 正文.
#[derive(Debug, Clone)]
pub enum Block {
    /// A paragraph.
    Paragraph(Spanned<String>),
    /// 小节: one level deeper.
    Subsection(Section),
    /// 列表: numbered items.
    List(List),
    /// 表: a table.
    Table(Spanned<TableSource>),
    /// 成对: problems, each with its measure.
    Pairs(Pairing),
}

/// The keys of a 正文 item that is not a paragraph.
const BLOCK_KEYS: &[&str] = &["小节", "列表", "表", "成对"];

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
                f.write_str("一段文字，或 小节、列表、表、成对")
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
#[derive(Debug, Clone)]
pub struct List {
    /// 样式: how they are numbered.
    pub style: ListStyle,
    /// 项: the items.
    pub items: Vec<Spanned<String>>,
}

/// 样式: how a list is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum ListStyle {
    /// 序号: by the numbering of the level below the heading, each item a paragraph.
    #[default]
    #[serde(rename = "序号")]
    Numbered,
    /// 一是: 一是…二是…, all in one paragraph.
    #[serde(rename = "一是")]
    Running,
}

impl<'de> Deserialize<'de> for List {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Full {
            #[serde(rename = "样式", default)]
            style: ListStyle,
            #[serde(rename = "项")]
            items: Vec<Spanned<String>>,
        }
        Ok(match Either::<Vec<Spanned<String>>, Full>::deserialize(deserializer)? {
            Either::Short(items) => Self { style: ListStyle::Numbered, items },
            Either::Full(Full { style, items }) => Self { style, items },
        })
    }
}

/// 成对: problems and the measures against them, which belong together.
#[derive(Debug, Clone)]
pub struct Pairing {
    /// 样式: in which order they are printed.
    pub style: PairStyle,
    /// 项: the pairs.
    pub pairs: Vec<Pair>,
}

/// 样式: in which order problems and measures are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum PairStyle {
    /// 逐条: each problem with its measure behind it.
    #[default]
    #[serde(rename = "逐条")]
    Together,
    /// 分列: all problems, then all measures, numbered alike.
    #[serde(rename = "分列")]
    Apart,
}

/// A problem and the measure against it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// 问题: the problem.
    #[serde(rename = "问题")]
    pub problem: Spanned<String>,
    /// 措施: the measure.
    #[serde(rename = "措施")]
    pub measure: Spanned<String>,
}

impl<'de> Deserialize<'de> for Pairing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Full {
            #[serde(rename = "样式", default)]
            style: PairStyle,
            #[serde(rename = "项")]
            pairs: Vec<Pair>,
        }
        Ok(match Either::<Vec<Pair>, Full>::deserialize(deserializer)? {
            Either::Short(pairs) => Self { style: PairStyle::Together, pairs },
            Either::Full(Full { style, pairs }) => Self { style, pairs },
        })
    }
}

/// 表: by the name that the profile gives it, or written out.
#[derive(Debug, Clone)]
pub enum TableSource {
    /// A standard table of the profile.
    Standard(String),
    /// A table of the report's own.
    Own(TableSpec),
}

impl<'de> Deserialize<'de> for TableSource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Either::<String, TableSpec>::deserialize(deserializer)? {
            Either::Short(name) => Self::Standard(name),
            Either::Full(spec) => Self::Own(spec),
        })
    }
}

/// A table as data.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableSpec {
    /// 标题: the caption without its number.
    #[serde(rename = "标题", default)]
    pub caption: Option<Spanned<String>>,
    /// 单位: printed right above the table.
    #[serde(rename = "单位", default)]
    pub unit: Option<String>,
    /// 列: the columns.
    #[serde(rename = "列")]
    pub columns: Vec<Column>,
    /// 行: the rows.
    #[serde(rename = "行", default)]
    pub rows: Vec<Spanned<Row>>,
    /// 方向: 横 puts the table on a landscape page of its own.
    #[serde(rename = "方向", default)]
    pub orientation: Orientation,
    /// 注: printed under the table.
    #[serde(rename = "注", default)]
    pub note: Option<Spanned<String>>,
}

/// 列: a column.
#[derive(Debug, Clone)]
pub struct Column {
    /// 名称: the head.
    pub name: Spanned<String>,
    /// 宽: its share of the width.
    pub width: Option<Number>,
    /// 对齐: how its cells are aligned; by their contents where it is not given.
    pub align: Option<Align>,
}

impl<'de> Deserialize<'de> for Column {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Full {
            #[serde(rename = "名称")]
            name: Spanned<String>,
            #[serde(rename = "宽", default)]
            width: Option<Number>,
            #[serde(rename = "对齐", default)]
            align: Option<Align>,
        }
        let spanned = Spanned::<Either<String, Full>>::deserialize(deserializer)?;
        Ok(match spanned.value {
            Either::Short(name) => {
                Self { name: Spanned { value: name, place: spanned.place }, width: None, align: None }
            }
            Either::Full(Full { name, width, align }) => Self { name, width, align },
        })
    }
}

/// 对齐: how the cells of a column are aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Align {
    /// 左.
    #[serde(rename = "左")]
    Left,
    /// 中.
    #[serde(rename = "中")]
    Center,
    /// 右.
    #[serde(rename = "右")]
    Right,
    /// 小数点: the decimal points stand in one line.
    #[serde(rename = "小数点")]
    Decimal,
}

/// 行: a row.
#[derive(Debug, Clone)]
pub struct Row {
    /// 格: the cells.
    pub cells: Vec<Cell>,
    /// 缩进: how many characters the first cell is indented.
    pub indent: u8,
    /// 合计: whether it is a total.
    pub total: bool,
    /// 逐项: a group for each of whose members the row is repeated; names are then looked up in the member.
    pub each: Option<Spanned<String>>,
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Full {
            #[serde(rename = "格")]
            cells: Vec<Cell>,
            #[serde(rename = "缩进", default)]
            indent: u8,
            #[serde(rename = "合计", default)]
            total: bool,
            #[serde(rename = "逐项", default)]
            each: Option<Spanned<String>>,
        }
        Ok(match Either::<Vec<Cell>, Full>::deserialize(deserializer)? {
            Either::Short(cells) => Self { cells, indent: 0, total: false, each: None },
            Either::Full(Full { cells, indent, total, each }) => Self { cells, indent, total, each },
        })
    }
}

/// A cell: a text, `=` and an expression, or nothing.
#[derive(Debug, Clone)]
pub struct Cell(pub Spanned<String>);

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Option<String>>::deserialize(deserializer)?;
        Ok(Self(spanned.map(Option::unwrap_or_default)))
    }
}
