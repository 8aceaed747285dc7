//! What a rule gives held against what people gave: one score comes out, and what is wrong with it is said.

use rust_decimal::Decimal;

use super::rules::Ruled;
use super::{SCORE_PLACES, print_score, round_score};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Spanned};

/// What is known of one indicator's score.
pub(super) struct Claim<'a> {
    /// Its 编号.
    pub(super) id: &'a str,
    /// Its name.
    pub(super) name: &'a str,
    /// Its weight.
    pub(super) weight: Decimal,
    /// What its rule gives.
    pub(super) ruled: Ruled,
    /// What people gave.
    pub(super) stated: Option<Spanned<Decimal>>,
    /// What people put in place of the computed score.
    pub(super) override_score: Option<Spanned<Decimal>>,
    /// Why they did.
    pub(super) override_reason: Option<&'a Spanned<String>>,
    /// Their grounds.
    pub(super) grounds: Option<&'a Spanned<String>>,
    /// Why points were lost.
    pub(super) reason: Option<&'a Spanned<String>>,
    /// Whether a row below its weight must say why.
    pub(super) reason_required: bool,
    /// Where it is filled in.
    pub(super) place: Option<Place>,
    /// How it can get a score, where it has none.
    pub(super) advice: String,
}

impl Claim<'_> {
    /// The score that counts, and how it was computed if it was. What people gave counts before what the rule gives, and
    /// the difference is said.
    pub(super) fn settle(self, findings: &mut Vec<Diagnostic>) -> (Decimal, Option<String>) {
        self.check_stated(findings);
        let (score, how) = match &self.override_score {
            Some(override_score) => self.overridden(override_score, findings),
            None => self.scored(findings),
        };
        self.check_range(score, findings);
        self.check_reason(score, findings);
        (score, how)
    }

    fn scored(&self, findings: &mut Vec<Diagnostic>) -> (Decimal, Option<String>) {
        let stated = self.stated.as_ref().map(|stated| round_score(stated.value));
        match (&self.ruled, stated) {
            (Ruled::Score(score, how), Some(stated)) if *score != stated => {
                findings.push(self.differs(*score, stated, how));
                (stated, Some(how.clone()))
            }
            (Ruled::Score(score, how), _) => (*score, Some(how.clone())),
            (_, Some(stated)) => (stated, None),
            (ruled, None) => {
                findings.extend(self.without_score(ruled));
                (Decimal::ZERO, None)
            }
        }
    }

    /// A score that people put in place of the computed one is flagged, in the findings and on the sheet.
    fn overridden(
        &self,
        override_score: &Spanned<Decimal>,
        findings: &mut Vec<Diagnostic>,
    ) -> (Decimal, Option<String>) {
        let score = round_score(override_score.value);
        let Ruled::Score(computed, how) = &self.ruled else {
            let text = format!("{}不是由数据算出的，不能 改定", self.title());
            let finding = Diagnostic::new(Code::JB1016, text).hint("直接写 得分 和 依据");
            findings.push(finding.at(override_score.place));
            return (score, None);
        };
        if override_score.value.normalize().scale() > SCORE_PLACES {
            let text = format!("{}改定的得分 {} 的小数多于 {SCORE_PLACES} 位", self.title(), override_score.value);
            findings.push(
                Diagnostic::new(Code::JB4002, text).subject(self.id).hint("最多写两位小数").at(override_score.place),
            );
        }
        let reason = self.override_reason.map(|reason| reason.value.trim()).filter(|reason| !reason.is_empty());
        let Some(reason) = reason else {
            let text = format!("{}改定了得分，没有写理由", self.title());
            findings.push(Diagnostic::new(Code::JB4006, text).hint("补上 理由: …").at(override_score.place));
            return (score, Some(how.clone()));
        };
        let by_rule = format!("按规则应得 {}", print_score(*computed));
        let text = format!("{}改定为 {}，{by_rule}（{how}）", self.title(), print_score(score));
        let mut finding = Diagnostic::new(Code::JB4007, text).subject(self.id).at(override_score.place);
        finding.difference = score.checked_sub(*computed);
        findings.push(finding.label("人工改定").hint(format!("理由：{reason}；评分表上会注明改定")));
        (score, Some(format!("{how}，{by_rule}分，改定为{}分：{reason}", print_score(score))))
    }

    fn check_range(&self, score: Decimal, findings: &mut Vec<Diagnostic>) {
        if (Decimal::ZERO..=self.weight).contains(&score) {
            return;
        }
        let text = format!("{}得分 {}，应在 0 到分值 {} 之间", self.title(), print_score(score), self.weight);
        findings.push(Diagnostic::new(Code::JB4002, text).subject(self.id).hint("核对得分").at(self.score_place()));
    }

    fn check_reason(&self, score: Decimal, findings: &mut Vec<Diagnostic>) {
        let given = self.reason.is_some_and(|reason| !reason.value.trim().is_empty());
        let scored = matches!(self.ruled, Ruled::Score(..)) || self.stated.is_some();
        if !self.reason_required || given || !scored || score >= self.weight {
            return;
        }
        let lost = self.weight.saturating_sub(score);
        let text = format!("{}失分 {}，没有写原因", self.title(), print_score(lost));
        let finding = Diagnostic::new(Code::JB4008, text).subject(self.id).at(self.place);
        findings.push(finding.hint("补上 原因: …（偏差原因和改进措施）"));
    }

    fn title(&self) -> String {
        format!("指标 {}“{}”", self.id, self.name)
    }

    fn score_place(&self) -> Option<Place> {
        let given = self.override_score.as_ref().or(self.stated.as_ref());
        given.map_or(self.place, |stated| stated.place)
    }

    /// What people gave must have no more digits than are printed, and grounds where no rule speaks for it.
    fn check_stated(&self, findings: &mut Vec<Diagnostic>) {
        let Some(stated) = &self.stated else { return };
        if stated.value.normalize().scale() > SCORE_PLACES {
            let text = format!("{}得分 {} 的小数多于 {SCORE_PLACES} 位", self.title(), stated.value);
            findings.push(Diagnostic::new(Code::JB4002, text).subject(self.id).hint("最多写两位小数").at(stated.place));
        }
        let said = |text: Option<&Spanned<String>>| text.is_some_and(|text| !text.value.trim().is_empty());
        if !said(self.grounds) && !said(self.reason) && !matches!(self.ruled, Ruled::Score(..)) {
            let text = format!("{}的得分没有写依据", self.title());
            findings.push(Diagnostic::new(Code::JB4006, text).hint("补上 依据: …").at(self.place));
        }
    }

    fn differs(&self, score: Decimal, stated: Decimal, how: &str) -> Diagnostic {
        let text =
            format!("{}填报得分 {}，按规则应得 {}（{how}）", self.title(), print_score(stated), print_score(score));
        let mut finding = Diagnostic::new(Code::JB4005, text).subject(self.id).at(self.score_place());
        finding.difference = stated.checked_sub(score);
        finding.hint("由数据算得的行不必填 得分；确要另定的，写 改定 和 理由")
    }

    fn without_score(&self, ruled: &Ruled) -> Option<Diagnostic> {
        let finding = match ruled {
            Ruled::Score(..) | Ruled::Failed => return None,
            Ruled::Open => Diagnostic::new(Code::JB4004, format!("{}没有得分", self.title())),
            Ruled::Broken(why) => Diagnostic::new(Code::JB2003, format!("{}算不出来：{why}", self.title())),
        };
        Some(finding.subject(self.id).hint(self.advice.as_str()).at(self.place))
    }
}
