//! Which rows of an index system apply to a unit, and with which weights.
//!
//! Of an either-or group (择一) the row that the unit fills in applies. A row declared 不适用 scores full or, where the
//! system says 分摊, hands its weight to the other rows of its second level in proportion to theirs.

use rust_decimal::Decimal;

use super::{round_score, sum};
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{Given, Scores};
use crate::profile::{Inapplicable, IndexSystem, Indicator};
use crate::source::{Place, Spanned};

/// A row that is printed.
pub(super) struct Applied<'p> {
    pub(super) indicator: &'p Indicator,
    /// The weight that counts.
    pub(super) weight: Decimal,
    /// What becomes of it, where the unit declares that it does not apply.
    pub(super) inapplicable: Option<Inapplicable>,
}

/// The rows of the system that apply, in order.
pub(super) fn rows<'p>(
    system: &'p IndexSystem,
    scores: &Scores,
    sheet: Option<Place>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Applied<'p>> {
    let mut rows: Vec<Applied<'p>> = Vec::new();
    for indicator in system.indicators.iter().map(|row| &row.value) {
        if left_out(system, indicator, scores, sheet, findings) {
            continue;
        }
        let inapplicable = declared(indicator, scores, findings);
        rows.push(Applied { indicator, weight: indicator.weight.value.0, inapplicable });
    }
    share_out(&mut rows, sheet, findings);
    rows
}

fn given<'s>(scores: &'s Scores, indicator: &Indicator) -> Option<&'s Spanned<Given>> {
    scores.given.get(&indicator.id.value)
}

/// Whether another row of its either-or group was chosen. A group without exactly one choice is reported at its first row.
fn left_out(
    system: &IndexSystem,
    indicator: &Indicator,
    scores: &Scores,
    sheet: Option<Place>,
    findings: &mut Vec<Diagnostic>,
) -> bool {
    let Some(group) = &indicator.either else { return false };
    let members = || system.indicators.iter().map(|row| &row.value).filter(|row| row.either.as_ref() == Some(group));
    let chosen: Vec<&Indicator> = members().filter(|row| given(scores, row).is_some()).collect();
    let first = members().next().is_some_and(|row| row.id.value == indicator.id.value);
    if first && chosen.len() != 1 {
        let ids: Vec<&str> = members().map(|row| row.id.value.as_str()).collect();
        let text = format!("“{group}”的几行只评一行，现在填了 {} 行", chosen.len());
        let place = chosen.get(1).and_then(|row| given(scores, row)?.place).or(sheet);
        let hint = format!("在 {} 中只填一个", ids.join("、"));
        findings.push(Diagnostic::new(Code::JB4009, text).subject(group.as_str()).hint(hint).at(place));
    }
    match chosen.first() {
        Some(row) => row.id.value != indicator.id.value,
        None => !first,
    }
}

/// What becomes of a row that the unit declares not to apply, if the system allows it.
fn declared(indicator: &Indicator, scores: &Scores, findings: &mut Vec<Diagnostic>) -> Option<Inapplicable> {
    let given = given(scores, indicator)?;
    let declared = given.value.inapplicable.as_ref().filter(|flag| flag.value.0)?;
    if indicator.inapplicable.is_none() {
        let text = format!("指标 {}“{}”不能写 不适用", indicator.id.value, indicator.name);
        let finding = Diagnostic::new(Code::JB4009, text).subject(indicator.id.value.as_str());
        findings.push(finding.hint("体例规定这一项各单位都要评；写 得分 和 依据").at(declared.place));
        return None;
    }
    let grounded = given.value.grounds.as_ref().is_some_and(|grounds| !grounds.value.trim().is_empty());
    if !grounded {
        let text = format!("指标 {}“{}”写了不适用，没有写依据", indicator.id.value, indicator.name);
        findings.push(Diagnostic::new(Code::JB4006, text).hint("补上 依据: …").at(given.place));
    }
    indicator.inapplicable
}

/// Hands the weights of rows that do not apply to the others of their second level. What rounding leaves goes to the last.
fn share_out(rows: &mut [Applied<'_>], sheet: Option<Place>, findings: &mut Vec<Diagnostic>) {
    let mut start = 0;
    while start < rows.len() {
        let key = |row: &Applied<'_>| (row.indicator.level1.clone(), row.indicator.level2.clone());
        let of = key(&rows[start]);
        let length = rows[start..].iter().take_while(|row| key(row) == of).count();
        share_group(&mut rows[start..start + length], sheet, findings);
        start += length;
    }
}

fn share_group(group: &mut [Applied<'_>], sheet: Option<Place>, findings: &mut Vec<Diagnostic>) {
    let shared = |row: &Applied<'_>| row.inapplicable == Some(Inapplicable::Shared);
    if !group.iter().any(shared) {
        return;
    }
    let whole = sum(group.iter().map(|row| row.weight));
    let live = sum(group.iter().filter(|row| !shared(row)).map(|row| row.weight));
    if live.is_zero() {
        let text = format!("“{}”的各项都写了不适用，分值没有去处", group[0].indicator.level2);
        findings.push(Diagnostic::new(Code::JB4009, text).hint("至少留一项适用").at(sheet));
        return;
    }
    let mut left = whole;
    let last = group.iter().rposition(|row| !shared(row)).unwrap_or_default();
    for (i, row) in group.iter_mut().enumerate() {
        row.weight = match (shared(row), i == last) {
            (true, _) => Decimal::ZERO,
            (false, true) => left,
            (false, false) => {
                let part = row.weight.checked_mul(whole).and_then(|product| product.checked_div(live));
                round_score(part.unwrap_or(row.weight))
            }
        };
        left = left.saturating_sub(row.weight);
    }
}
