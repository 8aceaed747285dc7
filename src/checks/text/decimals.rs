//! JB5009: numbers of one column with different digits behind the point.

use std::collections::BTreeMap;

use super::{LABEL_LIMIT, Scene, passages};
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{Places, TableSpec};
use crate::figures::{Evaluated, Unit, Value, formula_amount};
use crate::source::{Place, Spanned, parse_number};

/// What a column's head says where its cells are amounts of one kind.
const AMOUNTS: [&str; 5] = ["元", "金额", "%", "％", "决算"];

pub(super) fn check(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    if scene.inputs.dossier.unit.money.places == Places::AsWritten {
        return;
    }
    for spec in passages::tables(scene.inputs.dossier) {
        let money = spec.unit.as_deref().is_some_and(|unit| matches!(Unit::parse(unit), Unit::Money(_)));
        for (at, column) in spec.columns.iter().enumerate() {
            if money || AMOUNTS.iter().any(|word| column.name.value.contains(word)) {
                findings.extend(judge(scene, spec, at));
            }
        }
    }
}

/// A number of a column: its digits behind the point, and what is shown of it.
struct Shown {
    places: u32,
    text: String,
    place: Option<Place>,
}

fn judge(scene: &Scene<'_>, spec: &TableSpec, at: usize) -> Option<Diagnostic> {
    let cells = spec.rows.iter().filter_map(|row| row.value.cells.get(at));
    let shown: Vec<Shown> = cells.filter_map(|cell| shown(scene, &cell.0)).collect();
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for number in &shown {
        *counts.entry(number.places).or_default() += 1;
    }
    if counts.len() < 2 {
        return None;
    }
    // The digits that most have; of two equally common, those that the dossier prints.
    let wanted = scene.inputs.dossier.unit.money.places.computed();
    let usual = *counts.iter().max_by_key(|&(places, count)| (count, *places == wanted))?.0;
    let odd: Vec<&Shown> = shown.iter().filter(|number| number.places != usual).collect();
    let (first, others) = odd.split_first()?;
    let name = &spec.columns.get(at)?.name.value;
    let message = format!("“{name}”一列多数是 {usual} 位小数，“{}”是 {} 位", first.text, first.places);
    let mut finding = Diagnostic::new(Code::JB5009, message).at(first.place);
    for other in others.iter().take(LABEL_LIMIT) {
        finding.labels.extend(
            other.place.map(|place| crate::diagnostic::Label { place, message: format!("{} 位小数", other.places) }),
        );
    }
    Some(finding.hint(format!("统一写 {usual} 位小数；有意照原样印的，在 unit.yaml 写 小数位: 原样")))
}

/// The number that a cell prints; none for a text, a count, or 0.
fn shown(scene: &Scene<'_>, cell: &Spanned<String>) -> Option<Shown> {
    let text = cell.value.trim();
    let Some(expression) = text.strip_prefix(['=', '＝']) else {
        let written = parse_number(text).ok().filter(|written| !written.value.is_zero())?;
        return Some(Shown { places: written.places, text: text.to_owned(), place: cell.place });
    };
    let calculator = scene.inputs.calculator;
    let result = formula_amount(calculator, expression, calculator.root(true)).ok()?;
    let Evaluated { value: Value::Amount(amount), .. } = result else { return None };
    if amount.value.is_zero() || !matches!(amount.unit, Unit::Money(_) | Unit::Percent) {
        return None;
    }
    let printer = calculator.printer();
    Some(Shown { places: printer.places(&amount), text: printer.number(&amount), place: cell.place })
}
