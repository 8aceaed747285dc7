//! Last year's figures, where they stand both in last year's folder and in this year's block 上年, must agree.

use super::Inputs;
use super::sides::describe;
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::{Computed, FigureRef, compute_figure};

pub(super) fn check(inputs: &Inputs<'_>, findings: &mut Vec<Diagnostic>) {
    let calculator = inputs.calculator;
    let book = calculator.book();
    let (Some(own), Some(before)) = (book.own(), book.tree(book.year - 1)) else { return };
    for (node, figure, _) in own.figures() {
        let Some(path) = figure.path.strip_prefix("上年.") else { continue };
        let here = FigureRef { year: book.year, node };
        let Some(there) = before.find(path).map(|node| FigureRef { year: book.year - 1, node }) else { continue };
        compute_figure(calculator, there);
        let (Some(Computed::Known(a)), Some(Computed::Known(b))) = (book.value(here), book.value(there)) else {
            continue;
        };
        if a.compare(&b).is_ok_and(std::cmp::Ordering::is_eq) {
            continue;
        }
        let printer = calculator.printer();
        let mut finding = Diagnostic::new(
            Code::JB2009,
            format!("“{path}”的上年数写的是 {}，上年卷宗里是 {}", printer.with_unit(&a), printer.with_unit(&b)),
        )
        .at(figure.value_place())
        .label(describe(book, here, printer))
        .subject(figure.path.as_str())
        .hint("两处取其一：删去 上年 里的这一项，就按上年卷宗");
        finding.difference = a.sub(&b).ok().map(|difference| difference.value);
        if let Some(node) = book.node(there) {
            finding = finding.also(node.value_place(), describe(book, there, printer));
        }
        findings.push(finding);
    }
}
