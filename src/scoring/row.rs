//! A row of the score sheet.

use rust_decimal::Decimal;

use super::round_score;
use crate::dossier::{Comparator, Given, OwnIndicator};
use crate::profile::{Indicator, Standing};
use crate::source::Spanned;

/// A row of the score sheet. Empty texts print as nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
    /// 分值, after the weights of rows that do not apply were shared out.
    pub weight: Decimal,
    /// 得分.
    pub score: Decimal,
    /// 系数 as people gave it: the rounded score may stand for another.
    pub given_coefficient: Option<Decimal>,
    /// How a computed score came about; none for one that people gave.
    pub computed: Option<String>,
    /// 评分依据, as written, with its place.
    pub grounds: Option<Spanned<String>>,
    /// 计量单位.
    pub unit: String,
    /// 指标性质: ≥, ≤, = or 定性.
    pub comparator: &'static str,
    /// 目标值.
    pub target: Option<Spanned<String>>,
    /// 调整目标值.
    pub adjusted_target: Option<Spanned<String>>,
    /// 实际完成值.
    pub actual: Option<Spanned<String>>,
    /// 核心指标.
    pub core: bool,
    /// 失分原因.
    pub reason: Option<Spanned<String>>,
    /// 佐证材料.
    pub evidence: Vec<Spanned<String>>,
    /// Whether its weight or rule is not confirmed by public text, which the sheet must say.
    pub unconfirmed: bool,
    /// Whether it does not apply and its weight went to others: the sheet shows no score.
    pub inapplicable: bool,
    /// What must be said of its score even on a sheet without a column for grounds: people overrode the rule, or it or a
    /// row of its group does not apply.
    pub remark: Option<String>,
}

impl ScoreRow {
    /// 系数: the score in per cent of the weight, as people gave it where they did.
    pub fn coefficient(&self) -> Option<Decimal> {
        if self.given_coefficient.is_some() {
            return self.given_coefficient;
        }
        let share = self.score.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(self.weight)?;
        Some(round_score(share))
    }

    /// The row of a system's indicator, without a score yet.
    pub(super) fn of_system(indicator: &Indicator, given: &Given, weight: Decimal) -> Self {
        let printed = |text: &String| Spanned::from(text.clone());
        Self {
            id: indicator.id.value.clone(),
            level1: indicator.level1.clone(),
            level2: indicator.level2.clone(),
            name: indicator.name.clone(),
            standard: indicator.standard.clone(),
            weight,
            grounds: given.grounds.clone(),
            unit: indicator.unit.clone().unwrap_or_default(),
            comparator: indicator.comparator.map_or("", Comparator::word),
            target: given.target.clone().or_else(|| indicator.target.as_ref().map(printed)),
            given_coefficient: given.coefficient.as_ref().map(|coefficient| coefficient.value.0),
            adjusted_target: given.adjusted_target.clone(),
            actual: given.actual.clone(),
            core: indicator.core.0,
            reason: given.reason.clone(),
            evidence: given.evidence.clone(),
            unconfirmed: indicator.standing.is_some_and(|standing| standing != Standing::Confirmed),
            ..Self::default()
        }
    }

    /// The row of an indicator of the unit's own, without a score yet.
    pub(super) fn of_unit(id: &str, indicator: &OwnIndicator) -> Self {
        Self {
            id: id.to_owned(),
            level1: indicator.level1.value.clone(),
            level2: indicator.level2.clone(),
            name: indicator.name.clone(),
            weight: indicator.weight.value.0,
            grounds: indicator.grounds.clone(),
            unit: indicator.unit.clone().unwrap_or_default(),
            comparator: indicator.comparator.word(),
            given_coefficient: indicator.coefficient.as_ref().map(|coefficient| coefficient.value.0),
            core: indicator.core.0,
            reason: indicator.reason.clone(),
            evidence: indicator.evidence.clone(),
            ..Self::default()
        }
    }
}
