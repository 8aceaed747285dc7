//! The figures that the profile expects: those that it requires are given, and each has the unit that it says.

use super::Inputs;
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::{Computed, FigureRef, FigureTree, NodeKind, Unit};
use crate::profile::ExpectedFigure;
use crate::source::Place;

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
    Some(finding.hint(format!("写上 单位: {expected}，或核对是不是另一个数据项")))
}
