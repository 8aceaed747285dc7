//! A score: the rule, its arithmetic, and what people gave.

use rust_decimal::Decimal;
use serde::Serialize;

use super::ask::Unknown;
use super::figure::{FormulaTrace, Tree};
use super::place::Location;
use super::{Grounds, score_rule};
use crate::dossier::{Comparator, Number, OwnIndicator, Scores};
use crate::figures::{Evaluated, FigureRef, Scope, formula_amount};
use crate::profile::{Indicator, Rule};
use crate::scoring::rules::{self, Weight};
use crate::scoring::{ScoreRow, Scorecard, own, print_score};
use crate::source::Spanned;

/// A row of the score sheet.
#[derive(Debug, Clone, Serialize)]
pub struct ScoreTrace {
    /// 编号.
    pub id: String,
    /// 一级, 二级 and 三级 指标, as far as there are such.
    pub levels: Vec<String>,
    /// 评分标准.
    pub standard: String,
    /// 分值.
    pub weight: String,
    /// 得分.
    pub score: String,
    /// How the score is found: 比率, 分档, 扣分, 清单, 人工 or 自设.
    pub rule: &'static str,
    /// The expressions that the rule needs: 值, or 目标 (调整目标) and 实际.
    pub needs: Vec<Need>,
    /// From their values to the score, step by step.
    pub arithmetic: Vec<String>,
    /// The score that people gave.
    pub given: Option<Said>,
    /// 依据.
    pub grounds: Option<Said>,
}

/// An expression that a rule needs.
#[derive(Debug, Clone, Serialize)]
pub struct Need {
    /// 值, 目标, 调整目标 or 实际.
    pub name: &'static str,
    /// The expression.
    pub formula: FormulaTrace,
}

/// What people wrote.
#[derive(Debug, Clone, Serialize)]
pub struct Said {
    /// The words.
    pub text: String,
    /// Where.
    pub at: Option<Location>,
}

/// 总分: the sum of the rows.
#[derive(Debug, Clone, Serialize)]
pub struct TotalTrace {
    /// 总分.
    pub total: String,
    /// 满分.
    pub full: String,
    /// The rows.
    pub rows: Vec<RowTrace>,
    /// The total that people gave.
    pub given: Option<Said>,
}

/// A row of the sum.
#[derive(Debug, Clone, Serialize)]
pub struct RowTrace {
    /// 编号.
    pub id: String,
    /// The indicator.
    pub name: String,
    /// 分值.
    pub weight: String,
    /// 得分.
    pub score: String,
}

/// 等级: the band of the total.
#[derive(Debug, Clone, Serialize)]
pub struct GradeTrace {
    /// 等级.
    pub grade: Option<String>,
    /// 总分.
    pub total: String,
    /// The bands, highest first.
    pub bands: Vec<BandTrace>,
    /// The grade that people gave.
    pub given: Option<Said>,
}

/// A band.
#[derive(Debug, Clone, Serialize)]
pub struct BandTrace {
    /// 名称.
    pub name: String,
    /// The total from which on it counts.
    pub at_least: String,
    /// Whether it is the one.
    pub reached: bool,
}

/// Where a row of the sheet comes from.
enum Source<'a> {
    /// A rule of the index system.
    Rule(&'a Indicator),
    /// An indicator of the unit's own.
    Own(&'a Spanned<OwnIndicator>),
}

/// Traces the score of a row.
pub(super) fn trace(grounds: Grounds<'_>, id: &str) -> Option<ScoreTrace> {
    let row = grounds.report.scorecard.as_ref()?.rows.iter().find(|row| row.id == id)?;
    let scores = &grounds.report.dossier.year.scores.as_ref()?.value;
    let (rule, needs, arithmetic, given) = match source(grounds, id)? {
        Source::Rule(indicator) => {
            let (needs, arithmetic) = by_rule(grounds, scores, indicator, row);
            (score_rule::name(&indicator.rule), needs, arithmetic, given(grounds, scores, id))
        }
        Source::Own(own) => {
            let needs = own_needs(grounds, &own.value);
            let arithmetic = score_rule::own_arithmetic(&grounds.report.calculator, &own.value);
            (score_rule::name(&Rule::Own), needs, arithmetic, own_given(grounds, &own.value))
        }
    };
    Some(ScoreTrace {
        id: row.id.clone(),
        levels: [&row.level1, &row.level2, &row.name].into_iter().filter(|name| !name.is_empty()).cloned().collect(),
        standard: row.standard.clone(),
        weight: print_score(row.weight),
        score: print_score(row.score),
        rule,
        needs,
        arithmetic,
        given,
        grounds: row.grounds.as_ref().map(|text| quoted(grounds, text)),
    })
}

/// What a rule looks at, and the way from there to the score. A row that does not apply is not scored by its rule.
fn by_rule(grounds: Grounds<'_>, scores: &Scores, indicator: &Indicator, row: &ScoreRow) -> (Vec<Need>, Vec<String>) {
    if is_inapplicable(scores, indicator) {
        return (Vec::new(), row.computed.iter().cloned().collect());
    }
    let need =
        |text: &Spanned<String>| Need { name: "值", formula: Tree::new(grounds).scoped(&text.value, text.place) };
    let needs: Vec<Need> = rules::expression(&indicator.rule).map(need).into_iter().collect();
    let weight = Weight { own: indicator.weight.value.0, counted: row.weight };
    let arithmetic = score_rule::arithmetic(&grounds.report.calculator, &indicator.rule, weight, needs.first());
    (needs, arithmetic)
}

/// Whether the unit declares that a row does not apply, and the system allows it.
fn is_inapplicable(scores: &Scores, indicator: &Indicator) -> bool {
    let given = scores.given.get(&indicator.id.value);
    let declared = given.and_then(|given| given.value.inapplicable.as_ref()).is_some_and(|flag| flag.value.0);
    declared && indicator.inapplicable.is_some()
}

/// 总分.
///
/// # Errors
/// There is no score sheet.
pub(super) fn total(grounds: Grounds<'_>) -> Result<TotalTrace, Unknown> {
    let card = card(grounds)?;
    let scores = grounds.report.dossier.year.scores.as_ref();
    let row = |row: &ScoreRow| RowTrace {
        id: row.id.clone(),
        name: row.name.clone(),
        weight: print_score(row.weight),
        score: print_score(row.score),
    };
    Ok(TotalTrace {
        total: print_score(card.total),
        full: print_score(card.full),
        rows: card.rows.iter().map(row).collect(),
        given: scores.and_then(|scores| scores.value.total.as_ref()).map(|total| said(grounds, total, "总分")),
    })
}

/// 等级.
///
/// # Errors
/// There is no score sheet.
pub(super) fn grade(grounds: Grounds<'_>) -> Result<GradeTrace, Unknown> {
    let card = card(grounds)?;
    let scores = grounds.report.dossier.year.scores.as_ref();
    let bands = grounds.report.profile.bands.iter().map(|band| BandTrace {
        name: band.name.clone(),
        at_least: print_score(band.at_least.value.0),
        reached: card.grade.as_ref() == Some(&band.name),
    });
    Ok(GradeTrace {
        grade: card.grade.clone(),
        total: print_score(card.total),
        bands: bands.collect(),
        given: scores.and_then(|scores| scores.value.grade.as_ref()).map(|grade| quoted(grounds, grade)),
    })
}

/// The figures that the score of a row reads itself.
pub(super) fn reads(grounds: Grounds<'_>, id: &str) -> Vec<FigureRef> {
    let calculator = &grounds.report.calculator;
    let of = |text: &str, scope: Scope| match formula_amount(calculator, text, scope) {
        Ok(Evaluated { reads, .. }) => reads,
        Err(_) => Vec::new(),
    };
    let scores = grounds.report.dossier.year.scores.as_ref();
    match source(grounds, id) {
        Some(Source::Rule(indicator)) => {
            let by_value = scores.is_some_and(|scores| !is_inapplicable(&scores.value, indicator));
            let text = rules::expression(&indicator.rule).filter(|_| by_value);
            text.map(|text| of(&text.value, calculator.root(true))).unwrap_or_default()
        }
        Some(Source::Own(indicator)) => operands(&indicator.value)
            .filter_map(|(_, text)| own::expression(&text.value))
            .flat_map(|text| of(text, calculator.root(false)))
            .collect(),
        None => Vec::new(),
    }
}

fn card(grounds: Grounds<'_>) -> Result<&Scorecard, Unknown> {
    let missing = || Unknown { message: "这一年没有评分（scores.yaml）".to_owned(), hints: Vec::new() };
    grounds.report.scorecard.as_ref().ok_or_else(missing)
}

/// The rule or own indicator behind a row. Own indicators are numbered within their slot, as the sheet does.
fn source<'a>(grounds: Grounds<'a>, id: &str) -> Option<Source<'a>> {
    let scores = &grounds.report.dossier.year.scores.as_ref()?.value;
    let system = grounds.report.profile.system(&scores.system.value)?;
    if let Some(indicator) = system.indicator(id) {
        return Some(Source::Rule(indicator));
    }
    let (slot, number) = id.rsplit_once('-')?;
    let slot = system.indicator(slot)?;
    let number: usize = number.parse().ok()?;
    let mut mine = scores.own.iter().filter(|own| own.value.level1.value == slot.level1);
    mine.nth(number.checked_sub(1)?).map(Source::Own)
}

fn own_needs(grounds: Grounds<'_>, indicator: &OwnIndicator) -> Vec<Need> {
    let mut tree = Tree::new(grounds).within(grounds.report.calculator.root(false));
    let need = |(name, text): (&'static str, &Spanned<String>)| {
        Some(Need { name, formula: tree.scoped(own::expression(&text.value)?, text.place) })
    };
    operands(indicator).filter_map(need).collect()
}

/// What the score of an own indicator compares: the target that counts, and what was reached.
fn operands(indicator: &OwnIndicator) -> impl Iterator<Item = (&'static str, &Spanned<String>)> {
    let target = if indicator.adjusted_target.is_some() { "调整目标" } else { "目标" };
    let both = [(target, own::wanted(indicator)), ("实际", indicator.actual.as_ref())];
    let compared = indicator.comparator != Comparator::Qualitative;
    both.into_iter().filter(move |_| compared).filter_map(|(name, text)| Some((name, text?)))
}

fn own_given(grounds: Grounds<'_>, indicator: &OwnIndicator) -> Option<Said> {
    let ways = [("得分", &indicator.score), ("系数", &indicator.coefficient)];
    ways.into_iter().find_map(|(key, number)| Some(said(grounds, number.as_ref()?, key)))
}

fn given(grounds: Grounds<'_>, scores: &Scores, id: &str) -> Option<Said> {
    let given = &scores.given.get(id)?.value;
    let ways = [
        ("改定", &given.override_score),
        ("得分", &given.score),
        ("扣", &given.deducted),
        ("系数", &given.coefficient),
    ];
    ways.into_iter().find_map(|(key, number)| Some(said(grounds, number.as_ref()?, key)))
}

fn said(grounds: Grounds<'_>, number: &Spanned<Number>, key: &str) -> Said {
    Said { text: format!("{key} {}", number.value.0), at: location(grounds, number) }
}

fn quoted(grounds: Grounds<'_>, text: &Spanned<String>) -> Said {
    Said { text: text.value.clone(), at: location(grounds, text) }
}

fn location<T>(grounds: Grounds<'_>, written: &Spanned<T>) -> Option<Location> {
    written.place.map(|place| Location::of(place, grounds.sources))
}

/// A number for people: at most six digits behind the point, and whether more follow.
pub(super) fn brief(value: Decimal) -> String {
    const SHOWN: u32 = 6;
    let cut = value.trunc_with_scale(SHOWN);
    if cut == value { value.normalize().to_string() } else { format!("{cut}…") }
}
