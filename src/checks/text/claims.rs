//! JB5012: a claim of the text that the figures contradict. What is a claim, and what must hold, says the profile.

use rust_decimal::Decimal;

use super::Scene;
use super::passages::{Passage, Role};
use super::words::{CLAUSE_MARKS, any_of, clause_before, sentence_around, years};
use crate::checks::identities::side;
use crate::checks::sides::{Verdict, exact, label_operands, verdict};
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::{Amount, Calculator, FigureRef};
use crate::profile::{Claim, Relation};

/// Words before a claim that make it a wish, a rule or its contrary.
const NOT_CLAIMED: [&str; 33] = [
    "不",
    "未",
    "没",
    "无法",
    "难以",
    "确保",
    "力争",
    "努力",
    "力求",
    "争取",
    "应",
    "要求",
    "原则",
    "目标",
    "坚持",
    "下一步",
    "今后",
    "为了",
    "以便",
    "是否",
    "若",
    "如果",
    "必须",
    "需要",
    "促进",
    "推动",
    "保证",
    "保障",
    "上年",
    "去年",
    "往年",
    "计划",
    "力保",
];

pub(super) fn check(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    for claim in &scene.inputs.profile.claims {
        let Some(refuted) = refute(scene.inputs.calculator, claim) else { continue };
        for passage in scene.passages.iter().filter(|passage| matches!(passage.role, Role::Prose | Role::Cell)) {
            for phrase in &claim.phrases {
                for (at, _) in passage.text.match_indices(phrase.as_str()) {
                    if is_claimed(scene, passage, claim, at, phrase) && !is_said(findings, scene, passage, at) {
                        findings.push(finding(scene, passage, claim, &refuted, at..at + phrase.len()));
                    }
                }
            }
        }
    }
}

/// The sides of a claim that does not hold, and the figures read for them.
struct Refuted {
    left: Amount,
    right: Amount,
    reads: Vec<FigureRef>,
}

fn refute(calculator: &Calculator, claim: &Claim) -> Option<Refuted> {
    let scope = calculator.root(true);
    let (left, mut reads, _) = side(calculator, &claim.left.value, scope).ok()?;
    let (right, others, _) = side(calculator, &claim.right.value, scope).ok()?;
    let right = right.converted(&left.unit)?;
    let difference = left.value.checked_sub(right.value)?;
    let holds = match claim.relation {
        Relation::Equal => verdict(difference, &left, &right) != Verdict::Fails,
        relation => relation.holds(difference.cmp(&Decimal::ZERO)),
    };
    reads.extend(others);
    (!holds).then_some(Refuted { left, right, reads })
}

/// Whether the words stand there as a claim about this year, and about what the claim is about.
fn is_claimed(scene: &Scene<'_>, passage: &Passage<'_>, claim: &Claim, at: usize, phrase: &str) -> bool {
    let clause = clause_before(&passage.text, at);
    let rest = &passage.text[at..];
    let end = rest.find(CLAUSE_MARKS).unwrap_or(rest.len());
    let whole = format!("{clause}{}", &rest[..end]);
    let excepted = claim.except.iter().any(|word| whole.contains(word.as_str()));
    let sentence = sentence_around(&passage.text, at);
    let about = claim.subjects.is_empty() || claim.subjects.iter().any(|word| sentence.contains(word.as_str()));
    let year = scene.inputs.dossier.year.number;
    let another_year = years(&whole).iter().any(|&(_, typed)| typed != year);
    let goes_on = rest[phrase.len()..].starts_with("的原则") || rest[phrase.len()..].starts_with("的要求");
    about && !excepted && !another_year && !goes_on && !any_of(clause, &NOT_CLAIMED)
}

/// Whether another claim of the same words was found here already.
fn is_said(findings: &[Diagnostic], scene: &Scene<'_>, passage: &Passage<'_>, at: usize) -> bool {
    let place = passage.place(at..at + 1, scene.inputs.sources);
    let same = |f: &Diagnostic| {
        f.code == Code::JB5012
            && f.place.zip(place).is_some_and(|(a, b)| a.file == b.file && a.start <= b.start && b.start < a.end)
    };
    findings.iter().any(same)
}

/// `结转结余.年末 1.00万元`; a side that is only a number has no other name.
fn stated(expression: &str, amount: &Amount) -> String {
    match expression.trim().parse::<Decimal>() {
        Ok(number) => number.to_string(),
        Err(_) => format!("{expression} {}", exact(amount, 2)),
    }
}

fn finding(
    scene: &Scene<'_>,
    passage: &Passage<'_>,
    claim: &Claim,
    refuted: &Refuted,
    range: std::ops::Range<usize>,
) -> Diagnostic {
    let Refuted { left, right, reads } = refuted;
    let relation = match claim.relation {
        Relation::Equal => "不等于",
        Relation::AtMost => "大于",
        Relation::AtLeast => "小于",
    };
    let said = &passage.text[range.clone()];
    let (own, bound) = (stated(&claim.left.value, left), stated(&claim.right.value, right));
    let message = format!("文中说“{said}”，但{own} {relation} {bound}");
    let finding = Diagnostic::new(Code::JB5012, message).at(passage.place(range, scene.inputs.sources));
    label_operands(finding, scene.inputs.calculator, reads, None).hint("改文字，或核对这几项数据")
}
