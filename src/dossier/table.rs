//! Tables as the author or the profile writes them.

use std::fmt;
use std::ops::RangeInclusive;

use schemars::JsonSchema;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::forms::Either;
use super::{Number, Orientation};
use crate::source::{Spanned, shorten};

/// 表: by the name that the profile gives it, or written out.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(with = "Either<String, TableSpec>", description = "标准表的名称，或自己写的表")]
pub enum TableSource {
    /// A standard table of the profile.
    Standard(String),
    /// A table of the report's own.
    Own(Box<TableSpec>),
}

impl<'de> Deserialize<'de> for TableSource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Either::<String, TableSpec>::deserialize(deserializer)? {
            Either::Short(name) => Self::Standard(name),
            Either::Full(spec) => Self::Own(Box::new(spec)),
        })
    }
}

/// A table as data.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(with = "TableAsWritten", description = "自己写的表")]
pub struct TableSpec {
    /// 标题: the caption without its number.
    pub caption: Option<Spanned<String>>,
    /// 单位: printed right above the table.
    pub unit: Option<String>,
    /// 列: the columns; none in a table of years.
    pub columns: Vec<Column>,
    /// 逐年: the most years that are columns, where the columns are the years up to the report's own. Each row then has a
    /// name and one expression, which is evaluated in each year.
    pub years: Option<Spanned<usize>>,
    /// 行: the rows.
    pub rows: Vec<Spanned<Row>>,
    /// 方向: 横 puts the table on a landscape page of its own.
    pub orientation: Orientation,
    /// 注: printed under the table.
    pub note: Option<Spanned<String>>,
}

/// The fewest and the most years of a table of years: a page has no room for more columns.
pub const YEARS_IN_TABLE: RangeInclusive<usize> = 2..=20;

/// A table as written.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "TableSpec", transform = crate::schema::rules::columns_or_years, description = "自己写的表")]
struct TableAsWritten {
    #[serde(rename = "标题", default)]
    #[schemars(description = "表的标题，编号由程序加")]
    caption: Option<Spanned<String>>,
    #[serde(rename = "单位", default)]
    #[schemars(description = "印在表的右上方，金额自动换算成它")]
    unit: Option<String>,
    #[serde(rename = "列", default, deserialize_with = "given")]
    #[schemars(with = "Vec<Column>", description = "各列；写了 逐年 的不写")]
    columns: Option<Vec<Column>>,
    #[serde(rename = "逐年", default)]
    #[schemars(
        range(min = 2, max = 20),
        description = "一年一列，到本年为止，最多几年：2 到 20；每行写名称和一个公式"
    )]
    years: Option<Spanned<u8>>,
    #[serde(rename = "行", default)]
    #[schemars(description = "各行")]
    rows: Vec<Spanned<Row>>,
    #[serde(rename = "方向", default)]
    #[schemars(description = "横的单独成页；不写则竖放")]
    orientation: Orientation,
    #[serde(rename = "注", default)]
    #[schemars(description = "印在表下的话")]
    note: Option<Spanned<String>>,
}

/// What stands at a key: an empty list is not the same as no key.
fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

impl<'de> Deserialize<'de> for TableSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let TableAsWritten { caption, unit, columns, years, rows, orientation, note } =
            TableAsWritten::deserialize(deserializer)?;
        let years = years.map(|years| years.map(usize::from));
        if years.as_ref().is_some_and(|years| !YEARS_IN_TABLE.contains(&years.value)) {
            return Err(D::Error::custom("逐年 的年数不对\n写 2 到 20 的整数：最多印几年"));
        }
        let columns = match (columns, &years) {
            (Some(_), Some(_)) => return Err(D::Error::custom("又写 列 又写 逐年\n逐年 的表一年一列，不写 列")),
            (None, None) => return Err(D::Error::missing_field("列")),
            (columns, _) => columns.unwrap_or_default(),
        };
        Ok(Self { caption, unit, columns, years, rows, orientation, note })
    }
}

/// 列: a column.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(with = "Either<Option<String>, ColumnInFull>", description = "列名，或连同宽度和对齐")]
pub struct Column {
    /// 名称: the head.
    pub name: Spanned<String>,
    /// 宽: its share of the width.
    pub width: Option<Number>,
    /// 对齐: how its cells are aligned; by their contents where it is not given.
    pub align: Option<Align>,
}

/// A column with its width and alignment.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "一列，连同宽度和对齐")]
struct ColumnInFull {
    #[serde(rename = "名称")]
    #[schemars(description = "列名")]
    name: Spanned<String>,
    #[serde(rename = "宽", default)]
    #[schemars(description = "占几份宽，一份约四个字；不写则按内容")]
    width: Option<Number>,
    #[serde(rename = "对齐", default)]
    #[schemars(description = "怎样对齐；不写则数按小数点、首列居左、其余居中")]
    align: Option<Align>,
}

impl<'de> Deserialize<'de> for Column {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Either<String, ColumnInFull>>::deserialize(deserializer)?;
        Ok(match spanned.value {
            Either::Short(name) => {
                Self { name: Spanned { value: name, place: spanned.place }, width: None, align: None }
            }
            Either::Full(ColumnInFull { name, width, align }) => Self { name, width, align },
        })
    }
}

/// 对齐: how the cells of a column are aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(description = "一列怎样对齐")]
pub enum Align {
    /// 左.
    #[serde(rename = "左")]
    #[schemars(description = "靠左")]
    Left,
    /// 中.
    #[serde(rename = "中")]
    #[schemars(description = "居中")]
    Center,
    /// 右.
    #[serde(rename = "右")]
    #[schemars(description = "靠右")]
    Right,
    /// 小数点: the decimal points stand in one line.
    #[serde(rename = "小数点")]
    #[schemars(description = "小数点对齐")]
    Decimal,
}

/// 行: a row.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(with = "RowAsWritten", description = "各格，或连同缩进等；逐年 的表里也可以写 主要数据")]
pub struct Row {
    /// 格: the cells.
    pub cells: Vec<Cell>,
    /// 缩进: how many characters the first cell is indented.
    pub indent: u8,
    /// 合计: whether it is a total.
    pub total: bool,
    /// 逐项: a group for each of whose members the row is repeated; names are then looked up in the member.
    pub each: Option<Spanned<String>>,
    /// 主要数据: whether it stands for a row for each of the profile's main figures, in a table of years.
    pub main_figures: bool,
}

/// The row that stands for the profile's main figures.
pub const MAIN_FIGURES: &str = "主要数据";

/// A row as written.
#[derive(JsonSchema)]
#[schemars(untagged, inline)]
#[expect(dead_code, reason = "it is the form that schemas describe")]
enum RowAsWritten {
    Cells(Vec<Cell>),
    #[schemars(transform = crate::schema::rules::main_figures_row)]
    MainFigures(String),
    Full(RowInFull),
}

/// A row with what sets it apart.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "一行，连同缩进等")]
struct RowInFull {
    #[serde(rename = "格")]
    #[schemars(description = "各格")]
    cells: Vec<Cell>,
    #[serde(rename = "缩进", default)]
    #[schemars(description = "首格缩进几个字")]
    indent: u8,
    #[serde(rename = "合计", default)]
    #[schemars(description = "true：合计行")]
    total: bool,
    #[serde(rename = "逐项", default)]
    #[schemars(description = "一组的名称：其中每项重复这一行，名称在那一项里找")]
    each: Option<Spanned<String>>,
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RowVisitor;
        impl<'de> Visitor<'de> for RowVisitor {
            type Value = Row;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("列表或键值对")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Row, E> {
                if text.trim() == MAIN_FIGURES {
                    return Ok(Row { main_figures: true, ..Row::of(Vec::new()) });
                }
                Err(E::custom(format!("一行写成了文字“{}”\n写各格的列表，如 [项目, =支出.合计]", shorten(text))))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Row, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(seq)).map(Row::of)
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Row, A::Error> {
                let RowInFull { cells, indent, total, each } = RowInFull::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Row { indent, total, each, ..Row::of(cells) })
            }
        }
        deserializer.deserialize_any(RowVisitor)
    }
}

impl Row {
    fn of(cells: Vec<Cell>) -> Self {
        Self { cells, indent: 0, total: false, each: None, main_figures: false }
    }
}

/// A cell: a text, `=` and an expression, or nothing.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(with = "Option<String>", description = "一格：文字，以 = 开头的是公式，空格子写 ''")]
pub struct Cell(pub Spanned<String>);

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Option<String>>::deserialize(deserializer)?;
        Ok(Self(spanned.map(Option::unwrap_or_default)))
    }
}
