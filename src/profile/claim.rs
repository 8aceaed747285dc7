//! A claim (说法): words of a text that say something of the figures.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Relation;
use crate::source::Spanned;

/// 说法: words of a text that claim something of the figures, such as 账账相符.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "一种说法，和它成立的条件")]
pub struct Claim {
    /// 词: the words, any of which is the claim.
    #[serde(rename = "词")]
    #[schemars(description = "文中的词，有一个就算这种说法")]
    pub phrases: Vec<String>,
    /// 主题: words of which the sentence must have one; none where the claim says itself what it is about.
    #[serde(rename = "主题", default)]
    #[schemars(description = "同一句里要有的词；不写则不要求")]
    pub subjects: Vec<String>,
    /// 不算: words of the clause with which it is another claim.
    #[serde(rename = "不算", default)]
    #[schemars(description = "同一分句里有这些词的，不算这种说法")]
    pub except: Vec<String>,
    /// 左: the left side of what must hold.
    #[serde(rename = "左")]
    #[schemars(description = "左边的表达式")]
    pub left: Spanned<String>,
    /// 关系: how the sides must compare.
    #[serde(rename = "关系", default)]
    #[schemars(description = "两边的关系；不写则为 等于")]
    pub relation: Relation,
    /// 右: the right side.
    #[serde(rename = "右")]
    #[schemars(description = "右边的表达式")]
    pub right: Spanned<String>,
}
