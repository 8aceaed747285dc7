//! From an index system and the figures to scores, their sum and the grade.

mod claim;
mod own;
mod rules;

use rust_decimal::Decimal;

use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{Given, Number, Rounding, Scores};
use crate::figures::{Calculator, round};
use crate::profile::{Band, Checklist, IndexSystem, Indicator, Profile, Rule, Standing};
use crate::source::{Place, Spanned, closest};
use claim::Claim;

/// The digits behind the point of a score. A row is rounded once, half up; the total is the sum of the rounded rows.
const SCORE_PLACES: u32 = 2;

/// 评分表: the score sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scorecard {
    /// What must be said wherever the sheet is shown: the system's name, its standing, its notice.
    pub notices: Vec<String>,
    /// The rows in print order.
    pub rows: Vec<ScoreRow>,
    /// 满分: the sum of the weights.
    pub full: Decimal,
    /// 总分: the sum of the scores.
    pub total: Decimal,
    /// 等级: the band of the total.
    pub grade: Option<String>,
}

/// A row of the score sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreRow {
    /// 编号.
    pub id: String,
    /// 一级指标.
    pub level1: String,
    /// 二级指标.
    pub level2: String,
    /// 三级指标.
    pub name: String,
    /// 评分标准.
    pub standard: String,
    /// 分值.
    pub weight: Decimal,
    /// 得分.
    pub score: Decimal,
    /// How a computed score came about; none for one that people gave.
    pub computed: Option<String>,
    /// 评分依据, as written, with its place.
    pub grounds: Option<Spanned<String>>,
}

/// Scores as print has them: without trailing zeros.
pub fn print_score(score: Decimal) -> String {
    score.normalize().to_string()
}

/// Scores a year. Findings go to the list; `None` comes back when the index system is unknown.
pub fn score(
    calculator: &Calculator,
    profile: &Profile,
    scores: &Spanned<Scores>,
    findings: &mut Vec<Diagnostic>,
) -> Option<Scorecard> {
    let system = find_system(profile, &scores.value.system, findings)?;
    check_weights(system, scores, findings);
    check_ids(system, &scores.value, findings);
    let mut rows = Vec::new();
    for indicator in &system.indicators {
        match indicator.rule {
            Rule::Own => rows.extend(own::rows(calculator, indicator, &scores.value, scores.place, findings)),
            _ => rows.push(row(calculator, indicator, &scores.value, scores.place, findings)),
        }
    }
    own::check_slots(system, &scores.value, findings);
    let total = sum(rows.iter().map(|row| row.score));
    let card = Scorecard {
        notices: notices(system),
        full: sum(rows.iter().map(|row| row.weight)),
        grade: grade(&profile.bands, total),
        total,
        rows,
    };
    check_stated(&card, &scores.value, findings);
    Some(card)
}

fn find_system<'p>(
    profile: &'p Profile,
    wanted: &Spanned<String>,
    findings: &mut Vec<Diagnostic>,
) -> Option<&'p IndexSystem> {
    let found = profile.systems.iter().find(|system| system.id == wanted.value);
    if found.is_none() {
        let ids: Vec<&str> = profile.systems.iter().map(|s| s.id.as_str()).collect();
        let finding = Diagnostic::new(Code::JB1016, format!("没有“{}”这个指标体系", wanted.value));
        let finding = finding.suggest(closest(&wanted.value, ids.iter().copied()));
        findings.push(finding.hint(format!("可选：{}", ids.join("、"))).at(wanted.place));
    }
    found
}

/// What the standing of a system's weights obliges every sheet to say.
fn notices(system: &IndexSystem) -> Vec<String> {
    let standing = match system.standing {
        Standing::Confirmed => None,
        Standing::Partial => Some("本指标体系的分值和评分标准只有一部分经公开文件证实。"),
        Standing::Unconfirmed => Some("本指标体系的分值和评分标准未经公开文件证实。"),
        Standing::Placeholder => Some("本指标体系的分值为占位数，不是官方规定，请以财政部门下发的表为准。"),
    };
    let name = format!("本表采用“{}”。", system.name);
    std::iter::once(name).chain(standing.map(str::to_owned)).chain(system.notice.clone()).collect()
}

fn check_weights(system: &IndexSystem, scores: &Spanned<Scores>, findings: &mut Vec<Diagnostic>) {
    let weights = sum(system.indicators.iter().map(|i| i.weight.0));
    if weights != system.total.0 {
        let text = format!("指标体系“{}”的分值合计 {weights}，应为 {}", system.id, system.total.0);
        findings.push(Diagnostic::new(Code::JB4001, text).at(scores.value.system.place));
    }
}

fn check_ids(system: &IndexSystem, scores: &Scores, findings: &mut Vec<Diagnostic>) {
    for (id, given) in &scores.given.0 {
        if system.indicators.iter().any(|i| &i.id == id) {
            continue;
        }
        let finding = Diagnostic::new(Code::JB1013, format!("指标体系“{}”里没有编号“{id}”", system.id));
        let ids = system.indicators.iter().map(|i| i.id.as_str());
        let finding = finding.suggest(closest(id, ids.clone()));
        findings.push(finding.hint(format!("编号有：{}", ids.collect::<Vec<_>>().join("、"))).at(given.place));
    }
}

fn row(
    calculator: &Calculator,
    indicator: &Indicator,
    scores: &Scores,
    sheet: Option<Place>,
    findings: &mut Vec<Diagnostic>,
) -> ScoreRow {
    let nothing = Spanned { value: Given::default(), place: sheet };
    let given = scores.given.get(&indicator.id).unwrap_or(&nothing);
    if let (Some(_), Some(second)) = (&given.value.score, &given.value.deducted) {
        let text = format!("指标 {}又写 得分 又写 扣", indicator.id);
        findings.push(Diagnostic::new(Code::JB1016, text).hint("只留一个").at(second.place));
    }
    let claim = Claim {
        id: &indicator.id,
        name: &indicator.name,
        weight: indicator.weight.0,
        ruled: rules::compute(calculator, &indicator.rule, indicator.weight.0),
        stated: stated_score(indicator, &given.value),
        grounds: given.value.grounds.as_ref(),
        place: given.place,
        advice: advice(indicator),
    };
    let (score, computed) = claim.settle(findings);
    ScoreRow {
        id: indicator.id.clone(),
        level1: indicator.level1.clone(),
        level2: indicator.level2.clone(),
        name: indicator.name.clone(),
        standard: indicator.standard.clone(),
        weight: indicator.weight.0,
        score,
        computed,
        grounds: given.value.grounds.clone(),
    }
}

/// The score that people gave: outright, or by what they deducted.
fn stated_score(indicator: &Indicator, given: &Given) -> Option<Spanned<Decimal>> {
    if let Some(score) = &given.score {
        return Some(Spanned { value: score.value.0, place: score.place });
    }
    let deducted = given.deducted.as_ref()?;
    let score = indicator.weight.0.checked_sub(deducted.value.0).unwrap_or(Decimal::MIN);
    Some(Spanned { value: score, place: deducted.place })
}

/// How a row without a score can get one.
fn advice(indicator: &Indicator) -> String {
    let by_hand = format!("在 scores.yaml 的 评分 里写 {}: {{得分: …, 依据: …}}", indicator.id);
    match (rules::expression(&indicator.rule), &indicator.rule) {
        (Some(expression), _) => format!("填上算它要用的数据项（{expression}），或{by_hand}"),
        (None, Rule::Checklist(Checklist { cost_each: Some(Number(cost)), .. })) => {
            format!("{by_hand}；或写 扣: …（每处扣 {cost}）")
        }
        _ => by_hand,
    }
}

/// The band of a total: the highest whose lower bound it reaches. A score of 89.995 is not 90.
fn grade(bands: &[Band], total: Decimal) -> Option<String> {
    bands.iter().find(|band| total >= band.at_least.0).map(|band| band.name.clone())
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

fn round_score(score: Decimal) -> Decimal {
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
