//! The figures that the profile expects: those that it requires are given, and each has the unit that it says.

use rust_decimal::Decimal;

use super::Inputs;
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::{Amount, Computed, FigureRef, FigureTree, NodeKind, Unit};
use crate::profile::ExpectedFigure;
use crate::source::Place;

/// Words of figures that may be below zero.
const BALANCES: [&str; 6] = ["结转", "结余", "变动", "增减", "差", "调整"];

pub(super) fn check(inputs: &Inputs<'_>, findings: &mut Vec<Diagnostic>) {
    let book = inputs.calculator.book();
    let Some(tree) = book.own() else { return };
    for (path, expected) in &inputs.profile.figures.0 {
        let expected = &expected.value;
        match tree.find(path) {
            None if expected.required && inputs.complete => findings.push(missing(tree, path, expected)),
            None => {}
            Some(node) => {
                let value = book.value(FigureRef { year: book.year, node });
                if expected.required && value == Some(Computed::NotGiven) {
                    findings.push(missing(tree, path, expected));
                }
                if let (Some(Computed::Known(amount)), Some(unit)) = (value, &expected.unit) {
                    findings.extend(wrong_unit(tree, node, path, &amount.unit, unit));
                    findings.extend(impossible(inputs, tree, node, path, &amount));
                }
            }
        }
    }
}

fn missing(tree: &FigureTree, path: &str, expected: &ExpectedFigure) -> Diagnostic {
    let text = format!("体例要求的数据项“{path}”没有填");
    let finding = Diagnostic::new(Code::JB2010, text).at(nearest_group(tree, path)).subject(path);
    let what = if expected.note.is_empty() { String::new() } else { format!("（{}）", expected.note) };
    finding.hint(format!("在 figures.yaml 里填上“{path}”{what}；确实没有的填 0"))
}

/// A unit as YAML wants it written.
fn quoted(unit: &str) -> String {
    if unit.chars().all(char::is_alphabetic) { unit.to_owned() } else { format!("'{unit}'") }
}

/// Where the figure would stand: the innermost of its groups that is there.
fn nearest_group(tree: &FigureTree, path: &str) -> Option<Place> {
    let mut place = None;
    let mut at = 0;
    for name in path.split('.') {
        let Some(node) = tree.member(at, name) else { break };
        at = node;
        place = Some(tree.nodes[node].place);
    }
    place.or_else(|| tree.nodes.first().map(|root| Place { end: root.place.start, ..root.place }))
}

/// An amount below zero where only balances and changes can be, or a part of a person.
fn impossible(inputs: &Inputs<'_>, tree: &FigureTree, node: usize, path: &str, amount: &Amount) -> Option<Diagnostic> {
    let node = &tree.nodes[node];
    let negative = amount.value < Decimal::ZERO && !BALANCES.iter().any(|word| path.contains(word));
    let broken = amount.unit == Unit::parse("人") && !amount.value.fract().is_zero();
    if node.note.is_some() || !(negative || broken) {
        return None;
    }
    let what = if negative { "小于 0" } else { "不是整数" };
    let text = format!("“{path}”是 {}，{what}", inputs.calculator.printer().with_unit(amount));
    let finding = Diagnostic::new(Code::JB3005, text).at(node.value_place()).subject(path);
    Some(finding.hint("核对这个数和算它的各项；确实如此的，给它写 说明"))
}

fn wrong_unit(tree: &FigureTree, node: usize, path: &str, own: &Unit, expected: &str) -> Option<Diagnostic> {
    let wanted = Unit::parse(expected);
    let fits = match (own, &wanted) {
        (Unit::Money(_), Unit::Money(_)) | (Unit::Plain, _) => true,
        (own, wanted) => own == wanted,
    };
    let node = tree.nodes.get(node).filter(|node| !fits && matches!(node.kind, NodeKind::Figure(_)))?;
    let own = if *own == Unit::Ratio { "比率".to_owned() } else { own.to_string() };
    let text = format!("“{path}”的单位是“{own}”，体例规定是“{expected}”");
    let finding = Diagnostic::new(Code::JB2011, text).at(node.value_place()).subject(path);
    Some(finding.hint(format!("写上 单位: {}，或核对是不是另一个数据项", quoted(expected))))
}
