//! What is kept of a unit's year.

use rust_decimal::Decimal;

use super::Kind;
use crate::compose::DateView;
use crate::diagnostic::{Diagnostic, Severity};
use crate::dossier::MoneyUnit;
use crate::figures::Amount;
use crate::{Examination, Examined};

/// A unit's year: a row of the summary.
#[derive(Debug, Clone)]
pub struct UnitYear {
    /// 单位名称.
    pub name: String,
    /// Its folder, as the user wrote it.
    pub path: String,
    /// 主要数据, in the order of its profile; money in the summary's unit.
    pub figures: Vec<MainFigure>,
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

/// How many findings there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// 错误.
    pub errors: usize,
    /// 警告.
    pub warnings: usize,
    /// 已知差异.
    pub known: usize,
}

impl Counts {
    /// Counts findings; hints count as none.
    pub fn of(findings: &[Diagnostic]) -> Self {
        let open = |severity| findings.iter().filter(|f| f.acknowledged.is_none() && f.severity == severity).count();
        let known = findings.iter().filter(|finding| finding.acknowledged.is_some()).count();
        Self { errors: open(Severity::Error), warnings: open(Severity::Warning), known }
    }
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
    UnitYear {
        name,
        path,
        figures: report.map(|report| main_figures(report, money)).unwrap_or_default(),
        score,
        counts: Counts::of(&examined.findings),
        faulty: report.is_none() || examined.findings.iter().any(Diagnostic::blocks),
        date: report.map(|report| report.view.meta.date),
    }
}

/// The main figures of a report, money in the summary's unit.
fn main_figures(report: &Examination, money: MoneyUnit) -> Vec<MainFigure> {
    let of = |text: &str| {
        let evaluated = crate::figures::formula_amount(&report.calculator, text, report.calculator.root(true)).ok()?;
        match evaluated.value {
            crate::figures::Value::Amount(amount) => amount.in_money(money).ok(),
            _ => None,
        }
    };
    let (budget, spent) = (of("预算.总计"), of("支出.合计"));
    let share = spent.as_ref().zip(budget.as_ref()).and_then(|(a, b)| a.share(b).ok());
    let kind = Kind::Share { part: "支出合计".into(), whole: "预算总计".into() };
    vec![
        MainFigure { name: "预算总计".into(), kind: Kind::Money, value: budget },
        MainFigure { name: "支出合计".into(), kind: Kind::Money, value: spent },
        MainFigure { name: "预算执行率".into(), kind, value: share },
    ]
}
