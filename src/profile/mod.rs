//! A profile (体例): the form of one kind of report, as data. Its files stand under `templates/profiles/`.

mod index;
mod load;

pub use index::{Band, Bands, Checklist, Deduction, IndexSystem, Indicator, Rule, Standing, Step};
pub use load::{load, names, skeleton, template};

use serde::Deserialize;

use crate::dossier::{Pairs, TableSpec};
use crate::source::Spanned;

/// 体例: the form of one kind of report.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// 名称.
    #[serde(rename = "名称")]
    pub name: String,
    /// 说明: where it comes from.
    #[serde(rename = "说明", default)]
    pub note: String,
    /// 勾稽关系: the identities that the figures must satisfy.
    #[serde(rename = "勾稽关系", default)]
    pub identities: Vec<Identity>,
    /// 标准表: tables by name.
    #[serde(rename = "标准表", default)]
    pub tables: Pairs<TableSpec>,
    /// 说法: what texts claim, and what must hold where they do.
    #[serde(rename = "说法", default)]
    pub claims: Vec<Claim>,
    /// 同比关注: the figures whose change since last year needs a reason where it is large.
    #[serde(rename = "同比关注", default)]
    pub watched: Vec<Spanned<String>>,
    /// 等级: the grade bands, highest first.
    #[serde(rename = "等级", default)]
    pub bands: Vec<Band>,
    /// The index systems that its folder holds.
    #[serde(skip)]
    pub systems: Vec<IndexSystem>,
}

/// 勾稽关系: what two expressions over the figures must be to each other.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// 名称: by which an acknowledgement refers to it.
    #[serde(rename = "名称")]
    pub name: String,
    /// 编号: by which people refer to it, I1 to I18.
    #[serde(rename = "编号")]
    pub number: String,
    /// 左: the left side.
    #[serde(rename = "左")]
    pub left: Spanned<String>,
    /// 关系: how the sides must compare.
    #[serde(rename = "关系", default)]
    pub relation: Relation,
    /// 右: the right side.
    #[serde(rename = "右")]
    pub right: Spanned<String>,
    /// 级别: how serious a failure is.
    #[serde(rename = "级别", default)]
    pub level: Level,
    /// 同口径: whether it may only be judged where all operands have one basis.
    #[serde(rename = "同口径", default)]
    pub same_basis: bool,
    /// 说明: what to look for when it fails.
    #[serde(rename = "说明", default)]
    pub hint: Option<String>,
}

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

/// 关系: how two sides must compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Relation {
    /// Equal.
    #[default]
    #[serde(rename = "等于")]
    Equal,
    /// Not above.
    #[serde(rename = "不大于")]
    AtMost,
}

impl Relation {
    /// The sign as printed.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::AtMost => "≤",
        }
    }
}

/// 级别: how serious a failure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Level {
    /// 错误.
    #[default]
    #[serde(rename = "错误")]
    Error,
    /// 警告: a matter of judgement.
    #[serde(rename = "警告")]
    Warning,
}
