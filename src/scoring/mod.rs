//! From an index system and the figures to scores, their sum and the grade.

mod applies;
mod claim;
pub(crate) mod own;
mod row;
pub(crate) mod rules;

pub use crate::figures::print_score;
pub use row::ScoreRow;

use rust_decimal::Decimal;

use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{Given, Number, Rounding, Scores};
use crate::figures::{Calculator, round};
use crate::profile::{Band, Checklist, Inapplicable, IndexSystem, Indicator, Profile, Rule, SheetColumn, Standing};
use crate::source::{Spanned, closest};
use applies::Applied;
use claim::Claim;
use rules::Weight;

/// The digits behind the point of a score. A row is rounded once, half up; the total is the sum of the rounded rows.
pub(crate) const SCORE_PLACES: u32 = 2;

/// What stands behind the name of a row whose weight or rule is not confirmed.
pub const UNCONFIRMED_MARK: &str = "※";

/// 评分表: the score sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scorecard {
    /// What must be said wherever the sheet is shown: the system's name, its standing, its notice.
    pub notices: Vec<String>,
    /// 指标体系: its id.
    pub system: String,
    /// The columns of the sheet.
    pub columns: Vec<SheetColumn>,
    /// Whether each first level has a line with its sum.
    pub subtotals: bool,
    /// The rows in print order.
    pub rows: Vec<ScoreRow>,
    /// What the indicators other than the execution rate score, as a share of their weights; none where the system names
    /// no execution rate.
    pub others_share: Option<Decimal>,
    /// 满分: the sum of the weights.
    pub full: Decimal,
    /// 总分: the sum of the scores.
    pub total: Decimal,
    /// 等级: the band of the total.
    pub grade: Option<String>,
}

/// Scores a year. Findings go to the list; `None` comes back when the index system is unknown.
pub fn score(
    calculator: &Calculator,
    profile: &Profile,
    scores: &Spanned<Scores>,
    findings: &mut Vec<Diagnostic>,
) -> Option<Scorecard> {
    let system = find_system(profile, &scores.value.system, findings)?;
    check_ids(system, &scores.value, findings);
    let mut rows = Vec::new();
    for applied in applies::rows(system, &scores.value, scores.place, findings) {
        match applied.indicator.rule {
            Rule::Own => rows.extend(own::rows(calculator, system, applied.indicator, scores, findings)),
            _ => rows.push(row(calculator, system, &applied, scores, findings)),
        }
    }
    own::check_slots(system, &scores.value, findings);
    let total = sum(rows.iter().map(|row| row.score));
    let card = Scorecard {
        notices: notices(system, &rows),
        system: system.id.value.clone(),
        columns: system.columns.clone(),
        subtotals: system.subtotals.0,
        full: sum(rows.iter().map(|row| row.weight)),
        grade: grade(&profile.bands, total),
        others_share: others_share(system, &rows),
        total,
        rows,
    };
    check_stated(&card, &scores.value, findings);
    Some(card)
}

/// The finance platforms hold the execution rate against what all the other indicators score.
fn others_share(system: &IndexSystem, rows: &[ScoreRow]) -> Option<Decimal> {
    let execution = system.execution_row.as_ref()?;
    let others = || rows.iter().filter(|row| row.id != execution.value);
    sum(others().map(|row| row.score)).checked_div(sum(others().map(|row| row.weight)))
}

fn find_system<'p>(
    profile: &'p Profile,
    wanted: &Spanned<String>,
    findings: &mut Vec<Diagnostic>,
) -> Option<&'p IndexSystem> {
    let found = profile.system(&wanted.value);
    if found.is_none() {
        let ids: Vec<&str> = profile.systems.iter().map(|s| s.id.value.as_str()).collect();
        let finding = Diagnostic::new(Code::JB1016, format!("没有“{}”这个指标体系", wanted.value));
        let finding = finding.suggest(closest(&wanted.value, ids.iter().copied()));
        findings.push(finding.hint(format!("可选：{}", ids.join("、"))).at(wanted.place));
    }
    found
}

/// What the standing of a system's weights obliges every sheet to say.
fn notices(system: &IndexSystem, rows: &[ScoreRow]) -> Vec<String> {
    let standing = match system.standing {
        Standing::Confirmed => None,
        Standing::Partial => Some("本指标体系的分值和评分标准只有一部分经公开文件证实。"),
        Standing::Unconfirmed => Some("本指标体系的分值和评分标准未经公开文件证实。"),
        Standing::Placeholder => Some("本指标体系的分值为占位数，不是官方规定，请以财政部门下发的表为准。"),
    };
    let marked = rows.iter().any(|row| row.unconfirmed);
    let mark = marked.then(|| format!("名称后有{UNCONFIRMED_MARK}的指标，分值或评分标准未经公开文件证实。"));
    let name = format!("本表采用“{}”。", system.name);
    std::iter::once(name).chain(standing.map(str::to_owned)).chain(mark).chain(system.notice.clone()).collect()
}

fn check_ids(system: &IndexSystem, scores: &Scores, findings: &mut Vec<Diagnostic>) {
    for (id, given) in &scores.given.0 {
        match system.indicator(id) {
            Some(indicator) if matches!(indicator.rule, Rule::Own) => {
                let text = format!("“{id}”由自设指标填，写在 评分 里的不起作用");
                let finding = Diagnostic::new(Code::JB1016, text).at(given.place);
                findings.push(finding.hint(format!("移到 自设指标 里，一级: {}", indicator.level1)));
                continue;
            }
            Some(_) => continue,
            None => {}
        }
        let finding = Diagnostic::new(Code::JB1013, format!("指标体系“{}”里没有编号“{id}”", system.id.value));
        let ids = system.indicators.iter().map(|row| row.value.id.value.as_str());
        let finding = finding.suggest(closest(id, ids.clone()));
        findings.push(finding.hint(format!("编号有：{}", ids.collect::<Vec<_>>().join("、"))).at(given.place));
    }
}

fn row(
    calculator: &Calculator,
    system: &IndexSystem,
    applied: &Applied<'_>,
    scores: &Spanned<Scores>,
    findings: &mut Vec<Diagnostic>,
) -> ScoreRow {
    let indicator = applied.indicator;
    let nothing = Spanned { value: Given::default(), place: scores.place };
    let given = scores.value.given.get(&indicator.id.value).unwrap_or(&nothing);
    let row = ScoreRow::of_system(indicator, &given.value, applied.weight);
    check_one_score(indicator, &given.value, applied.inapplicable.is_some(), findings);
    match applied.inapplicable {
        Some(Inapplicable::Full) => {
            return ScoreRow {
                score: applied.weight,
                computed: Some("不适用，按满分计".to_owned()),
                remark: Some("不适用，按满分计".to_owned()),
                ..row
            };
        }
        Some(Inapplicable::Shared) => {
            return ScoreRow {
                computed: Some("不适用，分值由同组分摊".to_owned()),
                remark: Some("不适用，分值由同组分摊".to_owned()),
                inapplicable: true,
                ..row
            };
        }
        None => {}
    }
    let weight = Weight { own: indicator.weight.value.0, counted: applied.weight };
    let claim = Claim {
        id: &indicator.id.value,
        name: &indicator.name,
        weight: applied.weight,
        ruled: rules::compute(calculator, &indicator.rule, weight),
        stated: stated_score(&given.value, applied.weight),
        override_score: given.value.override_score.as_ref().map(|score| score.clone().map(|number| number.0)),
        override_reason: given.value.override_reason.as_ref(),
        grounds: given.value.grounds.as_ref(),
        reason: given.value.reason.as_ref(),
        reason_required: system.reasons_required.0,
        place: given.place,
        advice: advice(indicator),
    };
    check_coefficient(&indicator.id.value, given.value.coefficient.as_ref(), findings);
    let (score, computed) = claim.settle(findings);
    let actual = row.actual.clone().or_else(|| rules::reached(calculator, &indicator.rule).map(Spanned::from));
    let shared = (weight.own != weight.counted)
        .then(|| format!("分值含同组不适用指标分摊的{}分", print_score(weight.counted.saturating_sub(weight.own))));
    let computed = [computed, shared].into_iter().flatten().collect::<Vec<_>>();
    let computed = (!computed.is_empty()).then(|| computed.join("；"));
    let exceptional = given.value.override_score.is_some() || weight.own != weight.counted;
    let remark = computed.clone().filter(|_| exceptional);
    ScoreRow { score, computed, actual, remark, ..row }
}

/// 得分, 扣 and 系数 say the same in three ways: one is enough, and none where the row does not apply.
fn check_one_score(indicator: &Indicator, given: &Given, inapplicable: bool, findings: &mut Vec<Diagnostic>) {
    let ways = [
        ("得分", &given.score),
        ("扣", &given.deducted),
        ("系数", &given.coefficient),
        ("改定", &given.override_score),
    ];
    let written: Vec<_> = ways.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?))).collect();
    if let (true, Some((key, value))) = (inapplicable, written.first()) {
        let text = format!("指标 {}写了不适用，又写 {key}", indicator.id.value);
        findings.push(Diagnostic::new(Code::JB1016, text).hint("只留一个").at(value.place));
    } else if let [(first, _), (second, value), ..] = written.as_slice() {
        let text = format!("指标 {}又写 {first} 又写 {second}", indicator.id.value);
        findings.push(Diagnostic::new(Code::JB1016, text).hint("只留一个").at(value.place));
    }
}

fn stated_score(given: &Given, weight: Decimal) -> Option<Spanned<Decimal>> {
    let at = |number: &Spanned<Number>, value| Some(Spanned { value, place: number.place });
    if let Some(score) = &given.score {
        return at(score, score.value.0);
    }
    if let Some(deducted) = &given.deducted {
        return at(deducted, weight.checked_sub(deducted.value.0).unwrap_or(Decimal::MIN));
    }
    let coefficient = given.coefficient.as_ref()?;
    at(coefficient, by_coefficient(weight, coefficient.value.0))
}

/// A coefficient of 0.95 is meant as 95 %.
fn check_coefficient(id: &str, coefficient: Option<&Spanned<Number>>, findings: &mut Vec<Diagnostic>) {
    let Some(written) = coefficient.filter(|number| number.value.0 > Decimal::ZERO && number.value.0 <= Decimal::ONE)
    else {
        return;
    };
    let meant = written.value.0.saturating_mul(Decimal::ONE_HUNDRED).normalize();
    let text = format!("指标 {id}的系数 {} 是百分之{}", written.value.0, written.value.0);
    findings
        .push(Diagnostic::new(Code::JB4002, text).hint(format!("系数以 % 计：{meant}% 写 {meant}")).at(written.place));
}

/// 系数: a score in per cent of the weight.
fn by_coefficient(weight: Decimal, coefficient: Decimal) -> Decimal {
    let share = weight.checked_mul(coefficient).and_then(|product| product.checked_div(Decimal::ONE_HUNDRED));
    round_score(share.unwrap_or(Decimal::MAX))
}

/// How a row without a score can get one.
fn advice(indicator: &Indicator) -> String {
    let by_hand = format!("在 scores.yaml 的 评分 里写 {}: {{得分: …, 依据: …}}", indicator.id.value);
    match (rules::expression(&indicator.rule), &indicator.rule) {
        (_, Rule::Bands(bands)) if bands.steps.iter().any(|step| step.score.is_none()) => {
            format!("{by_hand}：规则没有给分的，由人评定")
        }
        (Some(expression), _) => format!("填上算它要用的数据项（{}），或{by_hand}", expression.value),
        (None, Rule::Checklist(Checklist { cost_each: Some(Number(cost)), .. })) => {
            format!("{by_hand}；或写 扣: …（每处扣 {cost}）")
        }
        _ => by_hand,
    }
}

/// The band of a total: the highest whose lower bound it reaches. A score of 89.995 is not 90.
fn grade(bands: &[Band], total: Decimal) -> Option<String> {
    bands.iter().find(|band| total >= band.at_least.value.0).map(|band| band.name.clone())
}

fn check_stated(card: &Scorecard, scores: &Scores, findings: &mut Vec<Diagnostic>) {
    if let Some(stated) = &scores.total
        && stated.value.0 != card.total
    {
        let text = format!("填报总分 {}，各行得分合计 {}", print_score(stated.value.0), print_score(card.total));
        let mut finding =
            Diagnostic::new(Code::JB4003, text).subject("总分").hint("核对各行得分；总分也可以不填，由程序计算");
        finding.difference = stated.value.0.checked_sub(card.total);
        findings.push(finding.at(stated.place));
    }
    if let (Some(stated), Some(grade)) = (&scores.grade, &card.grade)
        && &stated.value != grade
    {
        let text = format!("填报等级“{}”，总分 {} 应为“{grade}”", stated.value, print_score(card.total));
        findings.push(Diagnostic::new(Code::JB4003, text).subject("等级").at(stated.place));
    }
}

/// A sum that stops at the largest number there is: what led there is reported as out of range.
fn sum(numbers: impl Iterator<Item = Decimal>) -> Decimal {
    numbers.fold(Decimal::ZERO, Decimal::saturating_add)
}

pub(crate) fn round_score(score: Decimal) -> Decimal {
    round(score, SCORE_PLACES, Rounding::HalfUp).normalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_half_open() {
        let bands: Vec<Band> = serde_yaml::from_str(
            "[{名称: 优, 至少: 90}, {名称: 良, 至少: 80}, {名称: 中, 至少: 60}, {名称: 差, 至少: 0}]",
        )
        .unwrap();
        for (total, expected) in [
            ("100", "优"),
            ("90", "优"),
            ("89.99", "良"),
            ("80", "良"),
            ("79.99", "中"),
            ("60", "中"),
            ("59.99", "差"),
            ("0", "差"),
        ] {
            assert_eq!(grade(&bands, total.parse().unwrap()).as_deref(), Some(expected), "{total}");
        }
    }
}
