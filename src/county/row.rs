//! What is kept of a unit's year.

use rust_decimal::Decimal;

use super::Kind;
use super::column::PLACES;
use crate::compose::DateView;
use crate::diagnostic::{Counts, Diagnostic};
use crate::dossier::{MoneyUnit, Places};
use crate::figures::{Amount, Unit};
use crate::profile::{MainFigureSpec, MainValue};
use crate::{Examined, main_figures};

/// A unit's year: a row of the summary.
#[derive(Debug, Clone)]
pub struct UnitYear {
    /// 单位名称.
    pub name: String,
    /// Its folder, as the user wrote it.
    pub path: String,
    /// 主要数据, in the order of its profile; money in the summary's unit.
    pub figures: Vec<MainFigure>,
    /// What keeps a main figure from having a value, where it is not merely missing.
    pub troubles: Vec<String>,
    /// 总分, 满分, 等级; none without a score sheet.
    pub score: Option<UnitScore>,
    /// How much was found.
    pub counts: Counts,
    /// Whether anything was found that stops a report from being printed: its figures cannot be relied on.
    pub faulty: bool,
    /// The issue date; none where the report could not be read.
    pub date: Option<DateView>,
}

/// One of the main figures (主要数据).
#[derive(Debug, Clone)]
pub struct MainFigure {
    /// 名称.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its value; none where it is not given or could not be computed.
    pub value: Option<Amount>,
    /// The digits behind the point in print.
    pub places: u32,
}

/// The score of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitScore {
    /// 总分.
    pub total: Decimal,
    /// 满分.
    pub full: Decimal,
    /// 等级.
    pub grade: Option<String>,
}

/// What a summary needs of a year that was examined. `name` is the unit's, by which it is known even where its files
/// cannot be read.
pub fn unit_year(name: String, path: String, examined: &Examined, money: MoneyUnit) -> UnitYear {
    let report = examined.report.as_ref();
    let score = report.and_then(|report| report.scorecard.as_ref()).map(|card| UnitScore {
        total: card.total,
        full: card.full,
        grade: card.grade.clone(),
    });
    let main = report.map(main_figures::main_figures).unwrap_or_default();
    let troubles = main.iter().filter_map(|figure| Some(figure.finding.as_ref()?.message.clone())).collect();
    let figures = report.map(|report| main_figures(main, &report.profile.main_figures, money)).unwrap_or_default();
    UnitYear {
        name,
        path,
        figures,
        troubles,
        score,
        counts: Counts::of(&examined.findings),
        faulty: report.is_none() || examined.findings.iter().any(Diagnostic::blocks),
        date: report.map(|report| report.view.meta.date),
    }
}

/// The main figures of a report, money in the summary's unit.
fn main_figures(figures: Vec<main_figures::MainFigure>, specs: &[MainFigureSpec], money: MoneyUnit) -> Vec<MainFigure> {
    let figure = |(figure, spec): (main_figures::MainFigure, &MainFigureSpec)| {
        let own = Unit::parse(&figure.unit);
        let kind = match &spec.value {
            MainValue::Share(names) => {
                let [part, whole] = names.as_ref();
                Kind::Share { part: part.value.clone(), whole: whole.value.clone() }
            }
            MainValue::Expression { .. } if matches!(own, Unit::Money(_)) => Kind::Money,
            MainValue::Expression { .. } => Kind::Other(own.clone()),
        };
        let value = match kind {
            Kind::Money => figure.amount.and_then(|amount| amount.in_money(money).ok()),
            _ => figure.amount,
        };
        // Digits that are asked for in 元 say nothing of 万元.
        let asked = spec.places.and_then(Places::fixed).filter(|_| kind != Kind::Money || own == Unit::Money(money));
        let places = asked.unwrap_or_else(|| usual_places(&kind, value.as_ref(), money));
        MainFigure { name: figure.name, kind, value, places }
    };
    figures.into_iter().zip(specs).map(figure).collect()
}

/// 元 is printed to the 分, 亿元 to the 万元. Counts are printed as they are, within bounds.
fn usual_places(kind: &Kind, value: Option<&Amount>, money: MoneyUnit) -> u32 {
    match (kind, money) {
        (Kind::Money, MoneyUnit::HundredMillion) => 4,
        (Kind::Other(Unit::Count(_)), _) => value.map_or(0, |value| value.value.normalize().scale().min(PLACES)),
        _ => PLACES,
    }
}
