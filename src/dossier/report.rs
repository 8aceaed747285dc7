//! report.yaml: title, basis documents, signature, attachments, acknowledgements.

use serde::{Deserialize, Deserializer};

use super::forms::{Either, YesNo};
use super::{Block, Date, Number};
use crate::profile::Identity;
use crate::source::Spanned;

/// 报告: what frames the sections of one year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// 标题: the title; `/` marks where the author wants a line to end.
    #[serde(rename = "标题")]
    pub title: Spanned<String>,
    /// 关键词: keywords for the PDF.
    #[serde(rename = "关键词", default)]
    pub keywords: Vec<String>,
    /// 依据: the documents that the report answers to.
    #[serde(rename = "依据", default)]
    pub basis: Vec<BasisDocument>,
    /// 编号: how the headings of each level are numbered, from the first level down; 一、（一）1.（1）where it is not given.
    #[serde(rename = "编号", default)]
    pub numbering: Vec<Spanned<Numbering>>,
    /// 封面: the cover page.
    #[serde(rename = "封面", default)]
    pub cover: Cover,
    /// 落款: who signs, and when.
    #[serde(rename = "落款", default)]
    pub signature: Option<Signature>,
    /// 附件: the attachments, in order.
    #[serde(rename = "附件", default)]
    pub attachments: Vec<Attachment>,
    /// 勾稽关系: identities of this year's report alone.
    #[serde(rename = "勾稽关系", default)]
    pub identities: Vec<Spanned<Identity>>,
    /// 已知差异: findings that the author knows of, each with a reason.
    #[serde(rename = "已知差异", default)]
    pub acknowledgements: Vec<Spanned<Acknowledgement>>,
}

/// 依据: a document.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BasisDocument {
    /// 名称: its title, without 《》.
    #[serde(rename = "名称")]
    pub name: Spanned<String>,
    /// 文号: its number, such as 惠东财监〔2022〕3号.
    #[serde(rename = "文号", default)]
    pub number: Option<Spanned<String>>,
}

impl BasisDocument {
    /// 《名称》（文号）.
    pub fn citation(&self) -> String {
        match &self.number {
            Some(number) => format!("《{}》（{}）", self.name.value, number.value),
            None => format!("《{}》", self.name.value),
        }
    }
}

/// 编号: how the headings of a level are numbered. GB/T 9704-2012, 7.3.3 has 一、（一）1.（1）; reports are met that begin
/// with 第一部分.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Numbering {
    /// 第一部分.
    #[serde(rename = "第一部分")]
    Part,
    /// 第一章.
    #[serde(rename = "第一章")]
    Chapter,
    /// 一、.
    #[serde(rename = "一、")]
    Chinese,
    /// （一）.
    #[serde(rename = "（一）", alias = "(一)")]
    ChineseBrackets,
    /// 1..
    #[serde(rename = "1.", alias = "1．")]
    Arabic,
    /// 1、.
    #[serde(rename = "1、")]
    ArabicComma,
    /// （1）.
    #[serde(rename = "（1）", alias = "(1)")]
    ArabicBrackets,
    /// ①.
    #[serde(rename = "①")]
    Circled,
    /// 无: no number.
    #[serde(rename = "无")]
    None,
}

/// 封面: the cover page.
#[derive(Debug, Clone, Default)]
pub struct Cover {
    /// Whether there is one.
    pub present: bool,
    /// 填报日期; the issue date where it is not given.
    pub date: Option<Date>,
}

impl<'de> Deserialize<'de> for Cover {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Full {
            #[serde(rename = "填报日期", default)]
            date: Option<Date>,
        }
        Ok(match Either::<YesNo, Full>::deserialize(deserializer)? {
            Either::Short(YesNo(present)) => Self { present, date: None },
            Either::Full(Full { date }) => Self { present: true, date },
        })
    }
}

/// 落款: the signature.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// 单位; the unit's name where it is not given.
    #[serde(rename = "单位", default)]
    pub unit: Option<String>,
    /// 日期: the issue date (成文日期), which also dates the PDF.
    #[serde(rename = "日期")]
    pub date: Date,
    /// 盖章: whether space is left for a seal.
    #[serde(rename = "盖章", default = "super::forms::yes")]
    pub sealed: bool,
}

/// 附件: an attachment.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// 标题: its title, the same in the attachment note.
    #[serde(rename = "标题")]
    pub title: Spanned<String>,
    /// 内容: what the program puts in.
    #[serde(rename = "内容", default)]
    pub content: Option<AttachmentContent>,
    /// 正文: what the author puts in.
    #[serde(rename = "正文", default)]
    pub body: Vec<Block>,
    /// 方向: portrait or landscape.
    #[serde(rename = "方向", default)]
    pub orientation: Orientation,
}

/// 内容: an attachment that the program makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum AttachmentContent {
    /// 评分表: the score sheet.
    #[serde(rename = "评分表")]
    ScoreSheet,
}

/// 方向: how a page lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Orientation {
    /// 竖: portrait.
    #[default]
    #[serde(rename = "竖")]
    Portrait,
    /// 横: landscape.
    #[serde(rename = "横")]
    Landscape,
}

/// 已知差异: a finding that the author knows of.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acknowledgement {
    /// 代码: the finding's code.
    #[serde(rename = "代码")]
    pub code: Spanned<String>,
    /// 位置: the figure or identity, as the finding names it.
    #[serde(rename = "位置")]
    pub subject: String,
    /// 差额: how far the numbers are apart; a finding that has drifted from it is no longer acknowledged.
    #[serde(rename = "差额", default)]
    pub difference: Option<Spanned<Number>>,
    /// 理由: why it stands.
    #[serde(rename = "理由")]
    pub reason: Spanned<String>,
}
