//! The figures that stand for a year (主要数据): what tables of several years and summaries of several units show of it.

use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::dossier::Places;
use crate::source::Spanned;

/// 主要数据: one of the figures that stand for a year.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(with = "MainFigureAsWritten", description = "一个主要数据：名称，和 值 或 占比")]
pub struct MainFigureSpec {
    /// 名称: its name as printed, by which a share refers to it.
    pub name: Spanned<String>,
    /// How it is computed.
    pub value: MainValue,
    /// 小数位: digits behind the point in print; those of the dossier where it is not given.
    pub places: Option<Places>,
}

/// How a main figure is computed.
#[derive(Debug, Clone)]
pub enum MainValue {
    /// 值: an expression over the figures of the year, without its `=`, and the unit that it is given in.
    Expression {
        /// The expression.
        text: Spanned<String>,
        /// 单位, such as 万元.
        unit: String,
    },
    /// 占比: the names of two main figures before it; the first as a percentage of the second.
    Share(Box<[Spanned<String>; 2]>),
}

/// A main figure with its keys.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = crate::schema::rules::main_value, description = "一个主要数据：名称，和 值 或 占比")]
struct MainFigureAsWritten {
    #[serde(rename = "名称")]
    #[schemars(extend("pattern" = "\\S"), description = "印出的名称")]
    name: Spanned<String>,
    #[serde(rename = "值", default)]
    #[schemars(description = "怎样算，以 = 开头，如 =支出.合计")]
    value: Option<Spanned<String>>,
    #[serde(rename = "占比", default)]
    #[schemars(description = "前面两个主要数据的名称：第一个占第二个的百分之几")]
    share: Option<Vec<Spanned<String>>>,
    #[serde(rename = "单位", default)]
    #[schemars(description = "值 的单位，如 万元；占比 不写，都是 %")]
    unit: Option<String>,
    #[serde(rename = "小数位", default)]
    #[schemars(description = "印几位小数：0 到 6，或 原样；不写则按 unit.yaml")]
    places: Option<Places>,
}

impl<'de> Deserialize<'de> for MainFigureSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = MainFigureAsWritten::deserialize(deserializer)?;
        if written.name.value.trim().is_empty() {
            return Err(D::Error::custom("主要数据的名称是空的\n写印在表里的名称，如 支出合计"));
        }
        let value = match (written.value, written.share) {
            (Some(_), Some(_)) => return Err(D::Error::custom("又写 值 又写 占比\n只留一个")),
            (None, None) => {
                return Err(D::Error::custom("值 和 占比 一个也没有写\n写 值: =公式 和 单位，或 占比: [名称, 名称]"));
            }
            (Some(text), None) => expression(text, written.unit)?,
            (None, Some(_)) if written.unit.is_some() => {
                return Err(D::Error::custom("占比 都以 % 计，不写 单位\n删去 单位"));
            }
            (None, Some(names)) => match <[Spanned<String>; 2]>::try_from(names) {
                Ok(names) => MainValue::Share(Box::new(names)),
                Err(_) => return Err(D::Error::custom("占比 要写两个名称\n如 占比: [支出合计, 预算总计]")),
            },
        };
        Ok(Self { name: written.name, value, places: written.places })
    }
}

fn expression<E: Error>(text: Spanned<String>, unit: Option<String>) -> Result<MainValue, E> {
    let Some(inside) = text.value.trim_start().strip_prefix(['=', '＝']) else {
        return Err(E::custom("值 要以 = 开头\n如 值: =支出.合计"));
    };
    let inside = inside.trim().to_owned();
    match unit {
        None => Err(E::custom("值 没有写 单位\n补上 单位，如 单位: 万元")),
        Some(unit) if unit.trim().is_empty() => Err(E::custom("单位是空的\n写 值 的单位，如 万元")),
        Some(unit) => Ok(MainValue::Expression { text: text.map(|_| inside), unit }),
    }
}
