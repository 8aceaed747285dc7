//! Findings in the text, the score sheet or the report that come from a figure: where that figure stands.

use super::sides::describe;
use crate::diagnostic::{Code, Diagnostic, Label};
use crate::figures::{Calculator, Definition, FigureRef, NodeKind, Scope, empty_behind, formula_amount};
use crate::source::Sources;

/// Adds the places of the figures that findings elsewhere come from.
pub fn point_out(calculator: &Calculator, sources: &Sources, findings: &mut [Diagnostic]) {
    for finding in findings {
        match finding.code {
            Code::JB2008 => point_at_empty(calculator, finding),
            Code::JB2006 => point_at_operands(calculator, sources, finding),
            Code::JB5005 => point_at_printed(calculator, sources, finding),
            Code::JB9001 => point_at_subject(calculator, finding),
            _ => {}
        }
    }
}

/// A figure without a value: the one to fill in.
fn point_at_empty(calculator: &Calculator, finding: &mut Diagnostic) {
    let Some(figure) = finding.subject.as_ref().and_then(|name| empty_behind(calculator, name)) else { return };
    add(calculator, finding, figure, format!("{} 没有填", calculator.book().name(figure)));
}

/// An expression whose units do not go together: the figures that it read. It is a figure's formula, or stands at the
/// place of the finding.
fn point_at_operands(calculator: &Calculator, sources: &Sources, finding: &mut Diagnostic) {
    let book = calculator.book().clone();
    let formula = own_figure(calculator, finding).and_then(|figure| {
        let node = book.node(figure)?;
        match &node.kind {
            NodeKind::Figure(Definition::Formula(formula) | Definition::Stated(_, _, formula)) => {
                Some((formula.text.as_str(), FigureRef { year: figure.year, node: node.parent }))
            }
            _ => None,
        }
    });
    let root = calculator.root(false);
    let Some((text, group)) = formula.or_else(|| Some((written(sources, finding)?, root.group))) else { return };
    if formula_amount(calculator, text, Scope { group, ..root }).is_ok() {
        return;
    }
    for figure in calculator.last_reads() {
        add(calculator, finding, figure, describe(&book, figure, calculator.printer()));
    }
}

/// A number with another unit behind it: the figures that it is computed from.
fn point_at_printed(calculator: &Calculator, sources: &Sources, finding: &mut Diagnostic) {
    let Some(text) = written(sources, finding) else { return };
    let Ok(evaluated) = formula_amount(calculator, text, calculator.root(false)) else { return };
    for figure in evaluated.reads {
        add(calculator, finding, figure, describe(calculator.book(), figure, calculator.printer()));
    }
}

/// The expression at a finding's place, without the quotes of YAML.
fn written<'s>(sources: &'s Sources, finding: &Diagnostic) -> Option<&'s str> {
    let text = sources.slice(finding.place?).trim();
    let quoted = ['\'', '"'].iter().any(|&quote| text.len() > 1 && text.starts_with(quote) && text.ends_with(quote));
    Some(if quoted { &text[1..text.len() - 1] } else { text })
}

/// A known difference that has lapsed: the figure that it speaks of.
fn point_at_subject(calculator: &Calculator, finding: &mut Diagnostic) {
    let Some(figure) = own_figure(calculator, finding) else { return };
    add(calculator, finding, figure, describe(calculator.book(), figure, calculator.printer()));
}

/// The figure of the reported year that is the subject of a finding.
fn own_figure(calculator: &Calculator, finding: &Diagnostic) -> Option<FigureRef> {
    let book = calculator.book();
    let node = book.own()?.find(finding.subject.as_ref()?)?;
    Some(FigureRef { year: book.year, node })
}

fn add(calculator: &Calculator, finding: &mut Diagnostic, figure: FigureRef, message: String) {
    let Some(node) = calculator.book().node(figure) else { return };
    let place = node.value_place();
    let shown = finding.place == Some(place) || finding.labels.iter().any(|label| label.place == place);
    if !shown {
        finding.labels.push(Label { place, message });
    }
}
