//! A profile (体例): the form of one kind of report, as data. One profile is a folder: `profile.yaml`, `indices/*.yaml`,
//! `skeleton/`. Those that come with the program stand under `templates/profiles/`.

mod claim;
mod extend;
mod figure;
mod identity;
mod index;
mod load;
mod sheet;
mod validate;

pub use claim::Claim;
pub use figure::{DerivedFigure, ExpectedFigure};
pub use identity::{Class, Identity, Level, Relation};
pub use index::{
    Band, Bands, Checklist, Deduction, Inapplicable, IndexSystem, Indicator, Rule, Side, Standing, Step, Tier,
};
pub use load::{Library, embedded, names, template};
pub use sheet::{SheetColumn, SheetContent};
use validate::validate;

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
    /// 继承: the profile that this one extends; what it says anew replaces what stands there.
    #[serde(rename = "继承", default)]
    pub base: Option<Spanned<String>>,
    /// 删去: names of what the extended profile has and this one has not.
    #[serde(rename = "删去", default)]
    pub removed: Vec<Spanned<String>>,
    /// 数据项: the figures that reports of this form have.
    #[serde(rename = "数据项", default)]
    pub figures: Pairs<Spanned<ExpectedFigure>>,
    /// 派生数据项: the figures that it computes where the unit has not written them.
    #[serde(rename = "派生数据项", default)]
    pub derived: Pairs<Spanned<DerivedFigure>>,
    /// 勾稽关系: the identities that the figures must satisfy.
    #[serde(rename = "勾稽关系", default)]
    pub identities: Vec<Spanned<Identity>>,
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

impl Profile {
    /// The index system of this id.
    pub fn system(&self, id: &str) -> Option<&IndexSystem> {
        self.systems.iter().find(|system| system.id.value == id)
    }
}
