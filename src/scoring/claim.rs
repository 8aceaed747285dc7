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
    /// Their grounds.
    pub(super) grounds: Option<&'a Spanned<String>>,
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
        let stated = self.stated.as_ref().map(|stated| round_score(stated.value));
        let score = match (&self.ruled, stated) {
            (Ruled::Score(score, how), Some(stated)) if *score != stated => {
                findings.push(self.differs(*score, stated, how));
                stated
            }
            (Ruled::Score(score, _), _) => *score,
            (_, Some(stated)) => stated,
            (ruled, None) => {
                findings.extend(self.without_score(ruled));
                Decimal::ZERO
            }
        };
        if !(Decimal::ZERO..=self.weight).contains(&score) {
            let text = format!("{}得分 {}，应在 0 到分值 {} 之间", self.title(), print_score(score), self.weight);
            findings.push(Diagnostic::new(Code::JB4002, text).subject(self.id).hint("核对得分").at(self.score_place()));
        }
        let computed = match self.ruled {
            Ruled::Score(_, how) => Some(how),
            _ => None,
        };
        (score, computed)
    }

    fn title(&self) -> String {
        format!("指标 {}“{}”", self.id, self.name)
    }

    fn score_place(&self) -> Option<Place> {
        self.stated.as_ref().map_or(self.place, |stated| stated.place)
    }

    /// What people gave must have no more digits than are printed, and grounds where no rule speaks for it.
    fn check_stated(&self, findings: &mut Vec<Diagnostic>) {
        let Some(stated) = &self.stated else { return };
        if stated.value.normalize().scale() > SCORE_PLACES {
            let text = format!("{}得分 {} 的小数多于 {SCORE_PLACES} 位", self.title(), stated.value);
            findings.push(Diagnostic::new(Code::JB4002, text).subject(self.id).hint("最多写两位小数").at(stated.place));
        }
        let grounded = self.grounds.is_some_and(|grounds| !grounds.value.trim().is_empty());
        if !grounded && !matches!(self.ruled, Ruled::Score(..)) {
            let text = format!("{}的得分没有写依据", self.title());
            findings.push(Diagnostic::new(Code::JB4006, text).hint("补上 依据: …").at(self.place));
        }
    }

    fn differs(&self, score: Decimal, stated: Decimal, how: &str) -> Diagnostic {
        let text =
            format!("{}填报得分 {}，按规则应得 {}（{how}）", self.title(), print_score(stated), print_score(score));
        let mut finding = Diagnostic::new(Code::JB4005, text).subject(self.id).at(self.score_place());
        finding.difference = stated.checked_sub(score);
        finding.hint("由数据算得的行不必填 得分")
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
