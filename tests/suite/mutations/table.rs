//! The outcome as a Markdown table.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::change::Kind;
use super::holds::{Figure, Firmness, Holds};
use super::{Outcome, Sample, Shown};

const INTRODUCTION: &str = "# What is found when one figure is wrong

Made by `suite/mutations`; renew with `JIBAO_RENEW=1 cargo test --release --test suite mutations`.

Every number written in a `figures.yaml` of `samples/` is changed in turn, and the year and those after it are examined again.
A change is **found** when an error or warning appears that the sample does not have, or a known difference lapses.
The findings must show the changed **row itself** or one that **adds up** with it (is in the same equation, or is the score that
follows from it); anything else would count as *elsewhere*, and none may.

Which figures an equation holds is read off the structure, not off what is found: a stated total with its formula, an identity with
`=`, a complete list (列举: 全部), a figure that last year's report has too; directly or through formulas. An equation that one of
its own figures is computed from holds by itself and does not count, nor does a figure that stands on both sides of one. The others are counted apart: only **bounded** (an inequality,
or a change of less than half since last year, within which an amount may move), only **scored** (capped, stepped and rounded to two places), and held by **nothing** that was
written down. Two parts of one sum that change places leave every equation as it was: no sum can tell, so these are counted apart
too.
";

pub(super) fn table(samples: &[Sample]) -> String {
    let mut text = INTRODUCTION.to_owned();
    let all: Vec<&Outcome> = samples.iter().flat_map(|sample| &sample.outcomes).collect();
    let without_effect = samples.iter().map(|sample| sample.without_effect).sum();
    section(&mut text, "All samples", &all, without_effect);
    for sample in samples {
        let outcomes: Vec<&Outcome> = sample.outcomes.iter().collect();
        section(&mut text, &sample.name, &outcomes, sample.without_effect);
        misses(&mut text, sample);
        loose(&mut text, sample);
    }
    text
}

/// A share as `found of tried`.
fn share(outcomes: &[&Outcome]) -> String {
    let caught = outcomes.iter().filter(|outcome| outcome.caught()).count();
    if outcomes.is_empty() { "–".to_owned() } else { format!("{caught} of {}", outcomes.len()) }
}

/// Per cent with one place, rounded down.
fn percent(outcomes: &[&Outcome]) -> String {
    let caught = outcomes.iter().filter(|outcome| outcome.caught()).count();
    let tenths = (caught * 1000).checked_div(outcomes.len()).unwrap_or(0);
    format!("{}.{} %", tenths / 10, tenths % 10)
}

fn pick<'a>(outcomes: &[&'a Outcome], test: impl Fn(&Outcome) -> bool) -> Vec<&'a Outcome> {
    outcomes.iter().copied().filter(|outcome| test(outcome)).collect()
}

fn held(outcome: &Outcome) -> bool {
    outcome.firmness == Firmness::Equation && !outcome.interchanged
}

fn section(text: &mut String, title: &str, outcomes: &[&Outcome], without_effect: usize) {
    let in_equation = pick(outcomes, held);
    let with_swaps = pick(outcomes, |outcome| outcome.firmness == Firmness::Equation);
    let _ = write!(
        text,
        "\n## {title}\n\nHeld by an equation: **{}, {}**; {}, {} with the swaps of two parts of one sum. {without_effect} changes would leave the meaning as it is (0 ± 10 %, two equal \
         numbers swapped, a stated number that its formula gives as well) and were not made.\n\n\
         | change | in an equation | row itself | adds up | elsewhere | swapped within one sum | bounded | scored | nothing |\n\
         |---|---|---|---|---|---|---|---|---|\n",
        share(&in_equation),
        percent(&in_equation),
        share(&with_swaps),
        percent(&with_swaps),
    );
    for kind in Kind::ALL {
        row(text, kind.name(), &pick(outcomes, |outcome| outcome.kind == kind));
    }
    row(text, "**all**", outcomes);
    codes(text, outcomes);
}

fn row(text: &mut String, name: &str, outcomes: &[&Outcome]) {
    let in_equation = pick(outcomes, held);
    let shown = |shown| in_equation.iter().filter(|outcome| outcome.shown == Some(shown)).count();
    let loosely = |firmness| share(&pick(outcomes, |outcome| outcome.firmness == firmness));
    let _ = writeln!(
        text,
        "| {name} | {} | {} | {} | {} | {} | {} | {} | {} |",
        share(&in_equation),
        shown(Shown::Itself),
        shown(Shown::AddsUp),
        shown(Shown::Elsewhere),
        share(&pick(outcomes, |outcome| outcome.interchanged && outcome.firmness == Firmness::Equation)),
        loosely(Firmness::Bound),
        loosely(Firmness::Score),
        loosely(Firmness::Nothing),
    );
}

/// How many changes each code found; one change may be found by several.
fn codes(text: &mut String, outcomes: &[&Outcome]) {
    let mut counts = BTreeMap::new();
    for code in outcomes.iter().flat_map(|outcome| &outcome.codes) {
        *counts.entry(*code).or_insert(0) += 1;
    }
    text.push_str("\n| found by | changes |\n|---|---|\n");
    for (code, count) in counts {
        let _ = writeln!(text, "| {} {} | {count} |", code.as_str(), code.title());
    }
}

/// Figures that an equation holds, and whose change was not found.
fn misses(text: &mut String, sample: &Sample) {
    let missed: Vec<&Outcome> =
        sample.outcomes.iter().filter(|outcome| outcome.firmness == Firmness::Equation && !outcome.caught()).collect();
    let mut by_reason: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for outcome in missed {
        let names: Vec<String> = outcome.figures.iter().map(|(year, path)| format!("{year} {path}")).collect();
        let what = format!("{} ({})", names.join(" ↔ "), outcome.kind.name());
        by_reason.entry(reason(&sample.holds, outcome)).or_default().insert(what);
    }
    if by_reason.is_empty() {
        return;
    }
    text.push_str("\nNot found:\n\n");
    for (reason, all) in by_reason {
        let _ = writeln!(text, "- {reason}: {}.", all.into_iter().collect::<Vec<_>>().join("; "));
    }
}

fn reason(holds: &Holds, outcome: &Outcome) -> &'static str {
    if outcome.interchanged {
        return "two parts of the same sum, which is the same in either order";
    }
    // No other reason is known: whoever sees one that is unexplained has found a check that is missing or broken.
    let only_ratios = outcome.figures.iter().all(|figure| holds.only_in_ratios(figure));
    match outcome.kind {
        Kind::Dropped => "what needs it is not computed, and says nothing",
        _ if only_ratios => "it takes part in a ratio, which is the same in the digits that are printed",
        _ => "unexplained",
    }
}

/// A figure with what holds it.
fn named(holds: &Holds, figure: &Figure) -> String {
    let names: BTreeSet<&str> = holds.of(figure).map(|hold| hold.name.as_str()).collect();
    let (year, path) = figure;
    if names.is_empty() {
        return format!("{year} {path}");
    }
    format!("{year} {path} ({})", names.into_iter().collect::<Vec<_>>().join(", "))
}

/// Figures that no equation holds.
fn loose(text: &mut String, sample: &Sample) {
    let figures: BTreeSet<_> = sample.outcomes.iter().filter_map(|outcome| outcome.figures.first()).collect();
    for (firmness, title) in [
        (Firmness::Bound, "Only bounded"),
        (Firmness::Score, "Only scored"),
        (Firmness::Nothing, "Held by nothing that was written down"),
    ] {
        let loose = figures.iter().filter(|figure| sample.holds.firmness(figure) == firmness);
        let names: Vec<String> = loose.map(|figure| named(&sample.holds, figure)).collect();
        if !names.is_empty() {
            let _ = writeln!(text, "\n{title}: {}.", names.join(", "));
        }
    }
}
