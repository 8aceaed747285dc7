//! report.yaml: title, basis documents, signature, attachments, acknowledgements.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use super::forms::{Either, YesNo};
use super::{Block, Date, Identity, Imprint, Number, RedHead};
use crate::source::Spanned;

/// 报告: what frames the sections of one year.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = crate::schema::rules::dated_cover, description = "一年的报告：标题、依据、封面、落款、附件、已知差异")]
pub struct Report {
    /// 标题: the title; `/` marks where the author wants a line to end.
    #[serde(rename = "标题")]
    #[schemars(extend("pattern" = "\\S"), description = "报告标题；/ 处换行，不写 / 则按词换行")]
    pub title: Spanned<String>,
    /// 关键词: keywords for the PDF.
    #[serde(rename = "关键词", default)]
    #[schemars(description = "写进 PDF 文档属性的关键词")]
    pub keywords: Vec<String>,
    /// 依据: the documents that the report answers to.
    #[serde(rename = "依据", default)]
    #[schemars(description = "本报告所依据的文件；正文里写 {{ 依据(1) }}")]
    pub basis: Vec<BasisDocument>,
    /// 编号: how the headings of each level are numbered, from the first level down; 一、（一）1.（1）where it is not given.
    #[serde(rename = "编号", default)]
    #[schemars(description = "各级标题的编号样式，从一级起；不写则为 一、（一）1.（1）")]
    pub numbering: Vec<Spanned<Numbering>>,
    /// 封面: the cover page.
    #[serde(rename = "封面", default)]
    #[schemars(description = "要不要封面；写 {填报日期: …} 则另定填报日期")]
    pub cover: Cover,
    /// 红头: the head of a document of the unit's own.
    #[serde(rename = "红头", default)]
    #[schemars(description = "报告作为本单位的公文发出时的红头；不写则没有")]
    pub red_head: Option<RedHead>,
    /// 版记: its imprint.
    #[serde(rename = "版记", default)]
    #[schemars(description = "公文的版记：抄送、印发机关、印发日期；不写则没有")]
    pub imprint: Option<Imprint>,
    /// 落款: who signs, and when.
    #[serde(rename = "落款", default)]
    #[schemars(description = "署名与成文日期")]
    pub signature: Option<Signature>,
    /// 附件: the attachments, in order.
    #[serde(rename = "附件", default)]
    #[schemars(description = "附件，按次序编号")]
    pub attachments: Vec<Attachment>,
    /// 佐证材料: the files of the folder evidence, in the order in which they are numbered when they are submitted.
    #[serde(rename = "佐证材料", default)]
    #[schemars(description = "evidence 文件夹里随报告报送的文件，照此次序编号；评分里 佐证 写过的不必再写")]
    pub evidence: Vec<Spanned<String>>,
    /// 勾稽关系: identities of this year's report alone.
    #[serde(rename = "勾稽关系", default)]
    #[schemars(description = "只用于本年报告的勾稽关系")]
    pub identities: Vec<Spanned<Identity>>,
    /// 已知差异: findings that the author knows of, each with a reason.
    #[serde(rename = "已知差异", default)]
    #[schemars(description = "确实存在、又不能改的差异，逐条登记，理由留档")]
    pub acknowledgements: Vec<Spanned<Acknowledgement>>,
}

/// 依据: a document.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "一份依据文件")]
pub struct BasisDocument {
    /// 名称: its title, without 《》.
    #[serde(rename = "名称")]
    #[schemars(description = "文件名称，不带书名号")]
    pub name: Spanned<String>,
    /// 文号: its number, such as 惠东财监〔2022〕3号.
    #[serde(rename = "文号", default)]
    #[schemars(description = "文号，如 某财绩〔2026〕1号")]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(transform = crate::schema::rules::other_marks, description = "一级标题的编号样式")]
pub enum Numbering {
    /// 第一部分.
    #[serde(rename = "第一部分")]
    #[schemars(description = "第一部分、第二部分")]
    Part,
    /// 第一章.
    #[serde(rename = "第一章")]
    #[schemars(description = "第一章、第二章")]
    Chapter,
    /// 一、.
    #[serde(rename = "一、")]
    #[schemars(description = "一、二、")]
    Chinese,
    /// （一）.
    #[serde(rename = "（一）", alias = "(一)")]
    #[schemars(description = "（一）（二）")]
    ChineseBrackets,
    /// 1..
    #[serde(rename = "1.", alias = "1．")]
    #[schemars(description = "1. 2.，数后一点")]
    Arabic,
    /// 1、.
    #[serde(rename = "1、")]
    #[schemars(description = "1、2、")]
    ArabicComma,
    /// （1）.
    #[serde(rename = "（1）", alias = "(1)")]
    #[schemars(description = "（1）（2）")]
    ArabicBrackets,
    /// ①.
    #[serde(rename = "①")]
    #[schemars(description = "①②")]
    Circled,
    /// 无: no number.
    #[serde(rename = "无")]
    #[schemars(description = "不编号")]
    None,
}

/// 封面: the cover page.
#[derive(Debug, Clone, Default, JsonSchema)]
#[schemars(with = "Either<YesNo, CoverInFull>", description = "true、false，或连同填报日期")]
pub struct Cover {
    /// Whether there is one.
    pub present: bool,
    /// 填报日期; the issue date where it is not given.
    pub date: Option<Date>,
}

/// A cover with a date of its own.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "封面")]
struct CoverInFull {
    #[serde(rename = "填报日期", default)]
    #[schemars(description = "封面上的填报日期，如 2026-05-31；不写则用成文日期")]
    date: Option<Date>,
}

impl<'de> Deserialize<'de> for Cover {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Either::<YesNo, CoverInFull>::deserialize(deserializer)? {
            Either::Short(YesNo(present)) => Self { present, date: None },
            Either::Full(CoverInFull { date }) => Self { present: true, date },
        })
    }
}

/// 落款: the signature.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "署名与成文日期")]
pub struct Signature {
    /// 单位; the unit's name where it is not given.
    #[serde(rename = "单位", default)]
    #[schemars(description = "署名的单位；不写则用单位名称")]
    pub unit: Option<String>,
    /// 日期: the issue date (成文日期), which also dates the PDF.
    #[serde(rename = "日期")]
    #[schemars(description = "成文日期，也是 PDF 的日期，如 2026-05-31")]
    pub date: Date,
    /// 盖章: whether space is left for a seal.
    #[serde(rename = "盖章", default = "super::forms::yes")]
    #[schemars(description = "true：给公章留位置；不写则为 true")]
    pub sealed: bool,
}

/// 附件: an attachment.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = crate::schema::rules::filled_attachment, description = "一个附件")]
pub struct Attachment {
    /// 标题: its title, the same in the attachment note.
    #[serde(rename = "标题")]
    #[schemars(description = "附件的标题")]
    pub title: Spanned<String>,
    /// 内容: what the program puts in.
    #[serde(rename = "内容", default)]
    #[schemars(description = "由程序生成的内容")]
    pub content: Option<AttachmentContent>,
    /// 正文: what the author puts in.
    #[serde(rename = "正文", default)]
    #[schemars(description = "自己写的内容：段落、小节、列表、表")]
    pub body: Vec<Block>,
    /// 方向: portrait or landscape.
    #[serde(rename = "方向", default)]
    #[schemars(description = "页面横放还是竖放；不写则竖放")]
    pub orientation: Orientation,
}

/// 内容: an attachment that the program makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(description = "由程序生成的附件")]
pub enum AttachmentContent {
    /// 评分表: the score sheet.
    #[serde(rename = "评分表")]
    #[schemars(description = "由 scores.yaml 生成的评分表")]
    ScoreSheet,
}

/// 方向: how a page lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[schemars(description = "页面横放还是竖放")]
pub enum Orientation {
    /// 竖: portrait.
    #[default]
    #[serde(rename = "竖")]
    #[schemars(description = "竖放")]
    Portrait,
    /// 横: landscape.
    #[serde(rename = "横")]
    #[schemars(description = "横放，单独成页")]
    Landscape,
}

/// 已知差异: a finding that the author knows of.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "一条已知差异：照抄 check 所列的登记一行，再写理由")]
pub struct Acknowledgement {
    /// 代码: the finding's code.
    #[serde(rename = "代码")]
    #[schemars(description = "发现的代码，如 JB2001")]
    pub code: Spanned<String>,
    /// 位置: the figure or identity, as the finding names it.
    #[serde(rename = "位置")]
    #[schemars(description = "数据项、勾稽关系或指标的名称，照抄 check 所列")]
    pub subject: String,
    /// 差额: how far the numbers are apart; a finding that has drifted from it is no longer acknowledged.
    #[serde(rename = "差额", default)]
    #[schemars(description = "登记时的差额；差额一变，登记就失效")]
    pub difference: Option<Spanned<Number>>,
    /// 理由: why it stands.
    #[serde(rename = "理由")]
    #[schemars(description = "为什么留着不改")]
    pub reason: Spanned<String>,
}
