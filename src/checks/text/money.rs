//! JB5008: 万 without 元 behind an amount of money; 元 and 万元 typed in one paragraph.

use super::numbers::{Measure, Number, scan};
use super::passages::Passage;
use super::words::{CLAUSE_MARKS, any_of, clause_before};
use super::{LABEL_LIMIT, Scene};
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::MoneyUnit;

/// Words before a number that say it is money.
const MONEY: [&str; 17] = [
    "资金", "经费", "支出", "收入", "预算", "拨款", "金额", "费", "款", "结余", "结转", "投入", "补助", "补贴", "投资",
    "资产", "元",
];
/// Words before a price of one thing, which may be in 元 where sums are in 万元.
const RATES: [&str; 6] = ["每", "均", "标准", "价", "提高", "薪"];
/// Words behind a price that changed: 由300元提高到400元.
const RAISED: [&str; 4] = ["提高", "上调", "下调", "降至"];

pub(super) fn check(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    for passage in scene.prose() {
        let numbers: Vec<Number<'_>> = scan(&passage.text).into_iter().filter(|n| n.skip.is_none()).collect();
        findings.extend(bare(scene, passage, &numbers));
        findings.extend(mixed(scene, passage, &numbers));
    }
}

fn bare(scene: &Scene<'_>, passage: &Passage<'_>, numbers: &[Number<'_>]) -> Option<Diagnostic> {
    let is_money = |number: &&Number<'_>| {
        matches!(number.measure, Measure::Bare(_))
            && (any_of(clause_before(&passage.text, number.start), &MONEY)
                || number.places > 0 && !scene.facts.equal_to(number).is_empty())
    };
    let found: Vec<&Number<'_>> = numbers.iter().filter(is_money).collect();
    let (first, others) = found.split_first()?;
    let typed = |number: &Number<'_>| passage.text[number.start..number.unit_end].to_owned();
    let count = if others.is_empty() { String::new() } else { format!("，这一段共 {} 处", found.len()) };
    let sources = scene.inputs.sources;
    let mut finding = Diagnostic::new(Code::JB5008, format!("“{}”后面少“元”{count}", typed(first)))
        .at(passage.place(first.start..first.unit_end, sources))
        .hint(format!("写成“{}元”", typed(first)));
    for other in others.iter().take(LABEL_LIMIT) {
        if let Some(place) = passage.place(other.start..other.unit_end, sources) {
            finding = finding.also(place, "这里也少");
        }
    }
    Some(finding)
}

fn mixed(scene: &Scene<'_>, passage: &Passage<'_>, numbers: &[Number<'_>]) -> Option<Diagnostic> {
    let is_rate = |number: &Number<'_>| {
        let behind = passage.text[number.unit_end..].split(CLAUSE_MARKS).next().unwrap_or_default();
        any_of(clause_before(&passage.text, number.start), &RATES) || any_of(behind, &RAISED)
    };
    let in_yuan = |number: &&Number<'_>| number.measure == Measure::Money(MoneyUnit::Yuan) && !is_rate(number);
    let in_ten_thousands = |number: &&Number<'_>| number.measure == Measure::Money(MoneyUnit::TenThousand);
    let (yuan, other) = (numbers.iter().find(in_yuan)?, numbers.iter().find(in_ten_thousands)?);
    let text = |number: &Number<'_>| &passage.text[number.start..number.unit_end];
    let place = |number: &Number<'_>| passage.place(number.start..number.unit_end, scene.inputs.sources);
    let message = format!("同一段里金额有的用元（{}），有的用万元（{}）", text(yuan), text(other));
    let finding = Diagnostic::new(Code::JB5008, message).at(place(yuan)).hint("统一用万元");
    Some(match place(other) {
        Some(at) => finding.also(at, "这里用万元"),
        None => finding,
    })
}
