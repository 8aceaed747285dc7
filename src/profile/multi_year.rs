//! The report of several years (多年报告), as data.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::dossier::Block;
use crate::source::Spanned;

/// 多年报告: the report of several years. Its text is the profile's: what the years lack falls away from it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "几个年度合成的一份报告：标题和正文；各年都没有的表、图和段落不印")]
pub struct MultiYear {
    /// 标题: the title; `/` marks where a line is to end.
    #[serde(rename = "标题")]
    #[schemars(extend("pattern" = "\\S"), description = "报告标题；/ 处换行")]
    pub title: Spanned<String>,
    /// 正文: what stands in it.
    #[serde(rename = "正文")]
    #[schemars(description = "段落、小节、列表、表、图，写法同各节的正文")]
    pub body: Vec<Block>,
}
