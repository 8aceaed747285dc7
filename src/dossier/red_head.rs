//! 红头 and 版记: what makes a report a document of the unit's own (GB/T 9704-2012, 7.2 and 7.4).

use schemars::JsonSchema;
use serde::Deserialize;

use super::Date;
use crate::source::Spanned;

/// 红头: the head of an official document, above its title.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "红头：报告作为本单位的公文发出时用")]
pub struct RedHead {
    /// 发文机关标志: who issues the document, in red (7.2.4).
    #[serde(rename = "发文机关标志")]
    #[schemars(extend("pattern" = "\\S"), description = "印成红色大字的一行，如 某某县水利局文件")]
    pub mark: Spanned<String>,
    /// 发文字号: the document's number (7.2.5).
    #[serde(rename = "发文字号")]
    #[schemars(extend("pattern" = "\\S"), description = "如 某水〔2026〕3号：六角括号，不加“第”，不编虚位")]
    pub number: Spanned<String>,
    /// 签发人: who signs it off, on documents to a superior (7.2.6).
    #[serde(rename = "签发人", default)]
    #[schemars(description = "上行文才写；几个人的，用顿号隔开")]
    pub signers: Option<Spanned<String>>,
    /// 主送: whom it is addressed to (7.3.2).
    #[serde(rename = "主送", default)]
    #[schemars(description = "主送机关，印在标题下，冒号由程序加")]
    pub addressee: Option<Spanned<String>>,
}

/// 版记: the imprint at the foot of the last page.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "版记，印在最后一面的下端")]
pub struct Imprint {
    /// 抄送: who gets a copy (7.4.2).
    #[serde(rename = "抄送", default)]
    #[schemars(description = "抄送机关，一项一个；标点由程序加")]
    pub copies: Vec<Spanned<String>>,
    /// 印发机关: who prints and sends it (7.4.3); the unit where it is not given.
    #[serde(rename = "印发机关", default)]
    #[schemars(description = "如 某某县水利局办公室；不写则用单位名称")]
    pub office: Option<Spanned<String>>,
    /// 印发日期: when it goes to print; the issue date where it is not given.
    #[serde(rename = "印发日期", default)]
    #[schemars(description = "送印的日期，如 2026-05-31；不写则用成文日期")]
    pub date: Option<Spanned<Date>>,
}
