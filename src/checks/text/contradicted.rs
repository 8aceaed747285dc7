//! JB5007: a number typed right behind a figure's name that is not the figure's.

use rust_decimal::Decimal;

use super::facts::{Fact, in_unit_of, plain_name, to_places, unit_of};
use super::numbers::{Number, is_digit};
use super::passages::{HOLE, Passage, THIS_YEAR};
use super::words::{LOOK_BACK, any_of, clause_before, names_before, sentence_before, years};
use super::{Scene, placeholder};
use crate::diagnostic::{Code, Diagnostic};

/// Words that may stand before a figure's name and change nothing.
const LEAD: [&str; 12] =
    ["本年度", "本年", "全年", "当年", "年度", "我局", "本局", "我单位", "本单位", "我县", "其中：", "其中"];
/// Words of a sentence that speaks of another amount of the same thing: budgeted, added, of last year, of a part.
const OTHER: [&str; 63] = [
    "上年",
    "去年",
    "往年",
    "前年",
    "比",
    "较",
    "增加",
    "减少",
    "增长",
    "下降",
    "预算",
    "追加",
    "批复",
    "计划",
    "拟",
    "目标",
    "下达",
    "安排",
    "调减",
    "调增",
    "调整",
    "每",
    "人均",
    "平均",
    "原",
    "占",
    "剩余",
    "尚",
    "已",
    "累计",
    "季度",
    "月",
    "截至",
    "上半年",
    "下半年",
    "控制",
    "标准",
    "限额",
    "申请",
    "收回",
    "退回",
    "上缴",
    "结转",
    "缺口",
    "节约",
    "核减",
    "应",
    "需",
    "如",
    "若",
    "三年",
    "近年",
    "历年",
    "以来",
    "全县",
    "全市",
    "全省",
    "全国",
    "机关",
    "下属",
    "大队",
    "中心",
    "二级单位",
];
/// Words before a name that make its amount a part of one that was spoken of before.
const PARTS: [&str; 11] = ["其中", "包括", "包含", "含", "用于", "列支", "由", "涉及", "发现", "违规", "整改"];
/// Words right behind a number that make it a bound, a standard or what something else is.
const QUALIFIED: [&str; 11] = ["的", "得", "以", "（含", "（预", "（不", "计", "为", "是", "属", "用于"];
/// The longest sentence, in bytes, that is sure to speak of one thing.
const LONGEST: usize = LOOK_BACK / 2;
/// The longest name that is looked for, in characters.
const NAME_LIMIT: usize = 40;

pub(super) fn check(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    findings.extend(scene.numbers().filter_map(|(passage, number)| judge(scene, passage, &number)));
}

fn judge(scene: &Scene<'_>, passage: &Passage<'_>, number: &Number<'_>) -> Option<Diagnostic> {
    let sentence = sentence_before(&passage.text, number.start);
    if sentence.len() > LONGEST {
        return None;
    }
    let before = plain_name(sentence);
    let (fact, lead) = named(scene, &before)?;
    let value = in_unit_of(fact, number)?;
    // A last digit that was cut off and not rounded is no contradiction.
    let step = Decimal::new(1, number.places.min(27));
    let behind = &passage.text[number.unit_end..];
    if QUALIFIED.iter().any(|word| behind.starts_with(word)) {
        return None;
    }
    // A deficit is also told without its sign: 收支差额9万元.
    let typed = if value.is_sign_negative() { -number.value.abs() } else { number.value };
    if value.checked_sub(typed)?.abs() < step || !is_alone(scene, fact, &before, lead) {
        return None;
    }
    let another = |other: &&Fact| !(other.last_year && other.path.strip_prefix("上年.") == Some(fact.path.as_str()));
    if scene.facts.equal_to(number).iter().any(another) {
        return None;
    }
    Some(finding(scene, passage, number, (fact, value)))
}

fn finding(
    scene: &Scene<'_>,
    passage: &Passage<'_>,
    number: &Number<'_>,
    (fact, value): (&Fact, Decimal),
) -> Diagnostic {
    let typed = &passage.text[number.start..number.unit_end];
    let own = scene.inputs.calculator.printer().with_unit(&fact.amount);
    let message = format!("文中写“{typed}”，数据项“{}”是 {own}", fact.path);
    let unit = unit_of(number).unwrap_or_else(|| fact.amount.unit.clone());
    let reference = placeholder(&fact.path, &fact.amount.unit, &unit);
    let typed_as = to_places(value, number.places.max(2)).normalize();
    let place = passage.place(number.start..number.unit_end, scene.inputs.sources);
    let finding = Diagnostic::new(Code::JB5007, message)
        .at(place)
        .hint(format!("核对两处：文中改成 {typed_as}{unit}，或写成 {reference}{unit}；数据项错了的改数据项"));
    match fact.place {
        Some(at) => finding.also(at, format!("{} = {own}", fact.path)),
        None => finding,
    }
}

/// The figure whose name ends the text, but for words between, and what stands before the name.
fn named<'s>(scene: &'s Scene<'_>, before: &str) -> Option<(&'s Fact, usize)> {
    let (rest, start) = names_before(before).find_map(|rest| Some((rest, longest_name(scene, rest)?)))?;
    scene.facts.called(&rest[start..]).map(|fact| (fact, start))
}

/// Where the longest name of a figure begins that ends the text.
fn longest_name(scene: &Scene<'_>, text: &str) -> Option<usize> {
    let starts = text.char_indices().rev().take(scene.facts.longest.min(NAME_LIMIT)).map(|(at, _)| at);
    starts.filter(|&at| scene.facts.is_name(&text[at..])).last()
}

/// Whether nothing before the name makes it another amount: the name begins a clause, and no word of the sentence speaks of
/// a budget, of another year, or of a part.
fn is_alone(scene: &Scene<'_>, fact: &Fact, before: &str, lead: usize) -> bool {
    let mut ahead = &before[..lead];
    let mut of_a_whole = false;
    let year = scene.inputs.dossier.year.number;
    let this_year = [year.to_string(), THIS_YEAR.to_string()].map(|year| [format!("{year}年度"), format!("{year}年")]);
    let leads = || this_year.iter().flatten().map(String::as_str).chain(LEAD);
    while let Some((word, shorter)) = leads().find_map(|word| Some((word, ahead.strip_suffix(word)?))) {
        of_a_whole |= word.starts_with("其中");
        ahead = shorter;
    }
    let begins = ahead.is_empty() || ahead.ends_with(['，', '、', '：', '（', '》', ',']);
    let own = format!("{}{}", fact.path, fact.names.concat());
    // A word of another amount must be the figure's own, and the figure's must be said.
    let unlike = OTHER.iter().any(|word| before.contains(word) != own.contains(word));
    let called = names_before(&before[lead..]).find(|name| scene.facts.is_name(name)).unwrap_or_default();
    // 一般公共预算300万元 may be what was budgeted or what was spent.
    let vague = called.ends_with("预算") && !before.contains("支出");
    let spent = before[lead..].contains("支出") && own.contains("收入");
    let other_year = years(before).iter().any(|&(_, typed)| typed != year) || before.contains(&format!("{HOLE}年"));
    // What a placeholder before it reads may be the whole of which this is a part.
    let said = &before[..lead];
    // 会议费、培训费14万元 is the amount of both.
    let listed = ahead
        .strip_suffix('、')
        .is_some_and(|ahead| !clause_before(ahead, ahead.len()).contains(|c| c == HOLE || is_digit(c)));
    let bracketed = said.rfind('（').is_some_and(|open| said[..open].contains(|c| c == HOLE || is_digit(c)));
    let part = of_a_whole || any_of(said, &PARTS) || bracketed;
    begins && !listed && !part && !other_year && !unlike && !spent && !vague
}
