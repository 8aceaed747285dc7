//! What is watched from year to year (同比关注): changes that need a reason.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::dossier::Number;
use crate::source::Spanned;

/// 同比关注: the figures whose change since last year needs a reason where it is large, and what is a reason.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "与上年相差大时要说明原因的数据项，和多大算大")]
pub struct Watch {
    /// 数据项: their full names.
    #[serde(rename = "数据项")]
    #[schemars(description = "要关注的数据项，按全名")]
    pub figures: Vec<Spanned<String>>,
    /// 幅度: the share of last year's value above which a change is large.
    #[serde(rename = "幅度")]
    #[schemars(description = "增减超过上年的几成要说明原因；一半写 0.5")]
    pub share: Spanned<Number>,
    /// 金额: the least change of money that is large, in 万元: a small sum doubles easily.
    #[serde(rename = "金额")]
    #[schemars(description = "增减不到这个数的不用说明，单位 万元")]
    pub amount: Spanned<Number>,
    /// 原因词: words of a paragraph that give a reason.
    #[serde(rename = "原因词")]
    #[schemars(description = "段落里有其中一个词，就算说明了原因")]
    pub reasons: Vec<String>,
    /// 不算: words that hold one of those and give no reason, such as 因公 and 系统.
    #[serde(rename = "不算", default)]
    #[schemars(description = "含有原因词、但不是说原因的词，如 因公、系统")]
    pub except: Vec<String>,
}
