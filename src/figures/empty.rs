//! Which empty figure (`~`) it is that leaves another without a value.

use super::{Book, Calculator, Definition, FigureRef, NodeKind, Scope, TroubleKind, formula_amount};

/// The empty figure behind one without a value, of a name as [`Book::name`] gives it: the figure itself, or the one that its
/// formula lacks, through however many formulas. `None` where the figure has a value, or lacks it for another reason.
pub fn empty_behind(calculator: &Calculator, name: &str) -> Option<FigureRef> {
    let book = calculator.book();
    let mut figure = find(book, name)?;
    let mut seen = Vec::new();
    while !seen.contains(&figure) {
        seen.push(figure);
        let node = book.node(figure)?;
        let formula = match &node.kind {
            NodeKind::Figure(Definition::NotGiven) => return Some(figure),
            NodeKind::Figure(Definition::Formula(formula)) => formula,
            _ => return None,
        };
        let scope = Scope { group: FigureRef { year: figure.year, node: node.parent }, lenient: false };
        match formula_amount(calculator, &formula.text, scope).err()?.kind {
            TroubleKind::NotGiven(next) => figure = find(book, &next)?,
            _ => return None,
        }
    }
    None
}

fn find(book: &Book, name: &str) -> Option<FigureRef> {
    let (year, path) = match name.split_once("年 ") {
        Some((year, path)) => (year.parse().ok()?, path),
        None => (book.year, name),
    };
    Some(FigureRef { year, node: book.tree(year)?.find(path)? })
}
