//! A profile (体例): the form of one kind of report, as data. One profile is a folder: `profile.yaml`, `indices/*.yaml`,
//! `skeleton/`. Those that come with the program stand under `templates/profiles/`.

mod claim;
mod extend;
mod figure;
mod files;
mod index;
mod load;
mod main_figure;
mod multi_year;
mod sheet;
mod validate;
mod watch;

pub use crate::dossier::{Class, Identity, Level, Relation};
pub use claim::Claim;
pub use figure::{DerivedFigure, ExpectedFigure};
pub use files::{ProfileFiles, bundled_files};
pub use index::{
    Band, Bands, Checklist, Deduction, Inapplicable, IndexSystem, Indicator, Rule, Side, Standing, Step, Tier,
};
pub use load::{Library, embedded, layout_templates, names, template};
pub use main_figure::{MainFigureSpec, MainValue};
pub use multi_year::MultiYear;
pub use sheet::{SheetColumn, SheetContent};
use validate::validate;
pub use watch::Watch;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::dossier::{Pairs, TableSpec};
use crate::source::Spanned;

/// 体例: the form of one kind of report.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "体例：一种报告的样式")]
pub struct Profile {
    /// 名称.
    #[serde(rename = "名称")]
    #[schemars(description = "体例的名称，给人看的")]
    pub name: String,
    /// 说明: where it comes from.
    #[serde(rename = "说明", default)]
    #[schemars(description = "体例的来历")]
    pub note: String,
    /// 继承: the profile that this one extends; what it says anew replaces what stands there.
    #[serde(rename = "继承", default)]
    #[schemars(description = "所继承的体例；这里另写的，替换那里同名的")]
    pub base: Option<Spanned<String>>,
    /// 删去: names of what the extended profile has and this one has not.
    #[serde(rename = "删去", default)]
    #[schemars(description = "所继承的体例里不要的：数据项、勾稽关系、标准表、主要数据的名称，或指标体系的编号")]
    pub removed: Vec<Spanned<String>>,
    /// 数据项: the figures that reports of this form have.
    #[serde(rename = "数据项", default)]
    #[schemars(description = "这种报告有的数据项，按全名")]
    pub figures: Pairs<Spanned<ExpectedFigure>>,
    /// 派生数据项: the figures that it computes where the unit has not written them.
    #[serde(rename = "派生数据项", default)]
    #[schemars(description = "单位没有写的，由体例算出的数据项，按全名")]
    pub derived: Pairs<Spanned<DerivedFigure>>,
    /// 勾稽关系: the identities that the figures must satisfy.
    #[serde(rename = "勾稽关系", default)]
    #[schemars(description = "各数据项要满足的关系")]
    pub identities: Vec<Spanned<Identity>>,
    /// 标准表: tables by name.
    #[serde(rename = "标准表", default)]
    #[schemars(description = "正文里用 表: 名称 引用的表")]
    pub tables: Pairs<TableSpec>,
    /// 主要数据: the figures that stand for a year in tables of several years and summaries of several units.
    #[serde(rename = "主要数据", default)]
    #[schemars(description = "代表一年的数据：历年的表和各单位的汇总里印的")]
    pub main_figures: Vec<MainFigureSpec>,
    /// 多年报告: the report of several years.
    #[serde(rename = "多年报告", default)]
    #[schemars(description = "几个年度合成的一份报告")]
    pub multi_year: Option<MultiYear>,
    /// 说法: what texts claim, and what must hold where they do.
    #[serde(rename = "说法", default)]
    #[schemars(description = "文中的说法，和说了就要成立的关系")]
    pub claims: Vec<Claim>,
    /// 同比关注: the figures whose change since last year needs a reason where it is large.
    #[serde(rename = "同比关注", default)]
    #[schemars(description = "与上年相差大时要说明原因的数据项，和多大算大")]
    pub watched: Option<Watch>,
    /// 等级: the grade bands, highest first.
    #[serde(rename = "等级", default)]
    #[schemars(description = "总分的等级，从高到低")]
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
