//! What holds for any input, tried on generated ones. A failure is shrunk, and its seed kept beside the source as
//! `*.regressions`, to be committed together with the mend.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jibao::dossier::Money;
use jibao::export::figure_rows;
use jibao::figures::{Book, Calculator, FigureTree, evaluate, read_figures};
use jibao::source::{Node, Sources, parse};
use proptest::prelude::ProptestConfig;
use proptest::test_runner::FileFailurePersistence;

mod bytes;
mod dossiers;
mod numbers;
mod order;
mod scores;

const YEAR: i32 = 2025;

/// So many cases of each property: the whole module takes seconds.
fn cases(cases: u32) -> ProptestConfig {
    let persistence = FileFailurePersistence::WithSource("regressions");
    // The same cases on every machine; another seed is tried by hand.
    let rng_seed = proptest::test_runner::RngSeed::Fixed(20_261_124);
    ProptestConfig { cases, rng_seed, failure_persistence: Some(Box::new(persistence)), ..ProptestConfig::default() }
}

/// A text as a located tree.
fn node(sources: &mut Sources, text: &str) -> Node {
    let file = sources.add("figures.yaml", text.to_owned());
    parse(sources, file, None, &mut Vec::new()).unwrap_or_else(|| panic!("{text}"))
}

/// The figures of one year; `adjust` adds what a profile derives.
fn calculator(node: &Node, sources: &Sources, adjust: impl Fn(&mut FigureTree)) -> Calculator {
    let money = Money::default();
    let mut findings = Vec::new();
    let mut tree = read_figures(node, money.unit, sources, &mut findings);
    assert_eq!(findings, []);
    adjust(&mut tree);
    let calculator = Calculator::new(Arc::new(Book::new(YEAR, money, BTreeMap::from([(YEAR, tree)]), BTreeSet::new())));
    evaluate(&calculator);
    calculator
}

fn computed(text: &str) -> Calculator {
    let mut sources = Sources::default();
    let node = node(&mut sources, text);
    calculator(&node, &sources, |_| {})
}

/// Every figure's exact value and unit, by name.
fn values(calculator: &Calculator) -> BTreeMap<String, (Option<String>, String)> {
    let rows = figure_rows(calculator.book(), calculator.printer());
    rows.into_iter().map(|row| (row.path, (row.value, row.unit))).collect()
}
