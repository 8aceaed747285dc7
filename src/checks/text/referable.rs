//! JB5006: a number typed in the text that equals a figure, and will not follow when the figure changes.

use rust_decimal::Decimal;

use super::facts::{Fact, POINTS, TOTALS, plain_name, unit_of};
use super::numbers::{Measure, Number};
use super::passages::Passage;
use super::words::{any_of, clause_before, names_before, sentence_before};
use super::{Scene, placeholder};
use crate::diagnostic::{Code, Diagnostic};

/// The most figures that a finding names.
const NAMED: usize = 3;
/// A value that more figures have says nothing.
const COMMON: usize = 100;
/// Below this, a count may equal a figure by chance.
const CHANCE: i64 = 100;
/// Words that say that last year is spoken of.
const LAST_YEAR: [&str; 2] = ["上年", "去年"];

pub(super) fn check(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    findings.extend(scene.numbers().filter_map(|(passage, number)| judge(scene, passage, &number)));
}

fn judge(scene: &Scene<'_>, passage: &Passage<'_>, number: &Number<'_>) -> Option<Diagnostic> {
    let clause = plain_name(clause_before(&passage.text, number.start));
    let speaks_of_last_year = speaks_of_last_year(scene, passage, number);
    let equal = scene.facts.equal_to(number);
    if equal.len() > COMMON {
        return None;
    }
    let mut rated: Vec<(usize, &Fact)> = equal.into_iter().map(|fact| (nearness(fact, &clause), fact)).collect();
    let best = rated.iter().map(|&(rate, _)| rate).max()?;
    rated.retain(|&(rate, _)| rate == best);
    if rated.iter().any(|(_, fact)| fact.last_year == speaks_of_last_year) {
        rated.retain(|(_, fact)| fact.last_year == speaks_of_last_year);
    }
    let direct = rated.iter().any(|(_, fact)| stands_before(fact, &clause));
    let named = rated.iter().any(|(_, fact)| fact.names.iter().any(|name| is_in(name, &clause)));
    let sure = match number.measure {
        Measure::Count(POINTS) => direct,
        Measure::Count(_) if is_small(number) => direct,
        Measure::Count(_) => {
            number.value >= CHANCE.into() || rated.iter().any(|(_, fact)| is_kin(fact, passage, number))
        }
        _ => !is_trivial(number) && (significant(number) >= 3 || named) || direct,
    };
    (sure && (best > 0 || rated.len() <= NAMED)).then(|| finding(scene, passage, number, &rated))
}

fn finding(scene: &Scene<'_>, passage: &Passage<'_>, number: &Number<'_>, rated: &[(usize, &Fact)]) -> Diagnostic {
    let typed = &passage.text[number.start..number.unit_end];
    let names: Vec<&str> = rated.iter().take(NAMED).map(|(_, fact)| fact.path.as_str()).collect();
    let more = if rated.len() > NAMED { "等" } else { "" };
    let message = format!("手写的“{typed}”等于数据项“{}”{more}", names.join("”、“"));
    let place = passage.place(number.start..number.unit_end, scene.inputs.sources);
    let mut finding = Diagnostic::new(Code::JB5006, message).at(place);
    let Some((_, first)) = rated.first() else { return finding };
    let unit = unit_of(number).unwrap_or_else(|| first.amount.unit.clone());
    let reference = placeholder(&first.path, &first.amount.unit, &unit);
    let which = if rated.len() > 1 { "看清是哪一项，如" } else { "" };
    finding = finding.hint(format!("{which}写成 {reference}{unit}，数变了文字跟着变"));
    finding
}

/// How much of a figure's name stands in the clause before the number.
fn nearness(fact: &Fact, clause: &str) -> usize {
    let parts = fact.path.split('.').chain(fact.names.iter().map(String::as_str));
    let mut seen: Vec<&str> = Vec::new();
    for part in parts.filter(|part| *part != "上年" && is_in(part, clause)) {
        if !seen.contains(&part) {
            seen.push(part);
        }
    }
    seen.iter().map(|part| part.chars().count()).sum()
}

fn is_in(name: &str, clause: &str) -> bool {
    name.chars().count() >= 2 && clause.contains(&plain_name(name))
}

/// Whether two characters in a row of the figure's name stand beside the number.
fn is_kin(fact: &Fact, passage: &Passage<'_>, number: &Number<'_>) -> bool {
    const BEHIND: usize = 10;
    let behind: String = passage.text[number.unit_end..].chars().take(BEHIND).collect();
    let around = plain_name(&format!("{}{behind}", clause_before(&passage.text, number.start)));
    let names = fact.path.split('.').filter(|part| !TOTALS.contains(part)).chain(fact.names.iter().map(String::as_str));
    names.into_iter().any(|name| {
        let chars: Vec<char> = name.chars().collect();
        chars.windows(2).any(|pair| around.contains(&pair.iter().collect::<String>()))
    })
}

/// Whether the figure's name stands right before the number.
fn stands_before(fact: &Fact, clause: &str) -> bool {
    let names = || fact.names.iter().filter(|name| name.chars().count() >= 2);
    names_before(clause).any(|before| names().any(|name| before.ends_with(&plain_name(name))))
}

fn speaks_of_last_year(scene: &Scene<'_>, passage: &Passage<'_>, number: &Number<'_>) -> bool {
    let before = sentence_before(&passage.text, number.start);
    let clause = clause_before(&passage.text, number.start);
    let last = format!("{}年", scene.inputs.dossier.year.number - 1);
    any_of(clause, &LAST_YEAR) || clause.contains(&last) || before.ends_with(&last)
}

/// 0, 1, 2 and 100 are everywhere.
fn is_trivial(number: &Number<'_>) -> bool {
    [0, 1, 2, 100].map(Decimal::from).contains(&number.value)
}

/// Counts below ten are everywhere.
fn is_small(number: &Number<'_>) -> bool {
    number.value < Decimal::TEN || is_trivial(number)
}

/// The digits that say something: 1400 has two, 2.20 has two.
fn significant(number: &Number<'_>) -> usize {
    let value = number.value.abs().normalize().to_string();
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    if value.contains('.') { digits.len() } else { digits.trim_end_matches('0').len() }
}
