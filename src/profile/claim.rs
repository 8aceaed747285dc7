//! A claim (说法): words of a text that say something of the figures.

use serde::Deserialize;

use super::Relation;
use crate::source::Spanned;

/// 说法: words of a text that claim something of the figures, such as 账账相符.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// 词: the words, any of which is the claim.
    #[serde(rename = "词")]
    pub phrases: Vec<String>,
    /// 主题: words of which the sentence must have one; none where the claim says itself what it is about.
    #[serde(rename = "主题", default)]
    pub subjects: Vec<String>,
    /// 不算: words of the clause with which it is another claim.
    #[serde(rename = "不算", default)]
    pub except: Vec<String>,
    /// 左: the left side of what must hold.
    #[serde(rename = "左")]
    pub left: Spanned<String>,
    /// 关系: how the sides must compare.
    #[serde(rename = "关系", default)]
    pub relation: Relation,
    /// 右: the right side.
    #[serde(rename = "右")]
    pub right: Spanned<String>,
}
