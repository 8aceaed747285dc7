//! Computing every formula, each after the figures that it reads.

use std::collections::BTreeMap;

use super::{
    Amount, Calculator, Computed, Definition, Evaluated, Expression, FigureNode, FigureRef, Formula, NodeKind,
    PARSED_AHEAD, Scope, Trouble, TroubleKind, Unit, Value,
};
use crate::diagnostic::{Code, Diagnostic};

/// How many figures of a ring are named.
const RING_SHOWN: usize = 12;

/// Computes the formulas of the reported year, and of other years as far as they are read.
pub fn evaluate(calculator: &Calculator) {
    let book = calculator.book().clone();
    let Some(tree) = book.own() else { return };
    let formulas: Vec<(usize, &str)> = tree
        .figures()
        .filter_map(|(node, _, definition)| match definition {
            Definition::Formula(formula) => Some((node, formula.text.as_str())),
            _ => None,
        })
        .collect();
    for some in formulas.chunks(PARSED_AHEAD) {
        calculator.prepare(&some.iter().map(|(_, text)| *text).collect());
        for &(node, _) in some {
            settle(calculator, FigureRef { year: book.year, node });
        }
    }
}

/// Computes an expression after the figures that it reads. What is wrong with those is said at their own places.
///
/// # Errors
/// What is wrong with the expression itself.
pub fn formula_amount(calculator: &Calculator, text: &str, scope: Scope) -> Result<Evaluated, Trouble> {
    let expression = calculator.parse(text)?;
    loop {
        match calculator.ask(&expression, scope) {
            Err(Trouble { kind: TroubleKind::Pending(figures), .. }) => {
                for figure in figures {
                    settle(calculator, figure);
                }
            }
            other => return other,
        }
    }
}

/// Computes a figure of any year, if it is not computed yet.
pub fn compute_figure(calculator: &Calculator, figure: FigureRef) {
    settle(calculator, figure);
}

/// Computes a formula and all it depends on, with a stack of its own in place of nested calls.
fn settle(calculator: &Calculator, start: FigureRef) {
    let book = calculator.book().clone();
    let mut stack = vec![start];
    // Those that were tried, with their parsed formulas: each is tried again once what it reads is there.
    let mut waiting = BTreeMap::new();
    while let Some(&top) = stack.last() {
        if book.is_settled(top) {
            stack.pop();
            waiting.remove(&top);
            continue;
        }
        let formula = waiting.entry(top).or_insert_with(|| parse(calculator, top));
        match compute(calculator, top, formula) {
            Ok(result) => book.settle(top, result),
            Err(Trouble { kind: TroubleKind::Pending(figures), .. }) => {
                match figures.iter().find(|figure| waiting.contains_key(figure)) {
                    Some(&again) => {
                        let tried =
                            stack.iter().copied().filter(|figure| waiting.contains_key(figure)).collect::<Vec<_>>();
                        report_ring(calculator, &tried, again);
                    }
                    None => stack.extend(figures),
                }
            }
            Err(trouble) => {
                report(calculator, top, &trouble);
                book.settle(top, Computed::Failed);
            }
        }
    }
}

/// The formula of a figure; none where it has none.
type Parsed = Option<Result<Expression, Trouble>>;

fn parse(calculator: &Calculator, figure: FigureRef) -> Parsed {
    let NodeKind::Figure(Definition::Formula(formula)) = &calculator.book().node(figure)?.kind else { return None };
    Some(calculator.parse(&formula.text))
}

fn compute(calculator: &Calculator, figure: FigureRef, formula: &Parsed) -> Result<Computed, Trouble> {
    let (Some(node), Some(formula)) = (calculator.book().node(figure), formula) else { return Ok(Computed::Failed) };
    let expression = formula.as_ref().map_err(Clone::clone)?;
    // What the profile computes is not computed where the unit has not given what it needs.
    let scope = Scope { group: FigureRef { year: figure.year, node: node.parent }, lenient: node.derived };
    match calculator.run(expression, scope) {
        Ok(Evaluated { value: Value::Amount(amount), .. }) => fit(amount, node, figure).map(Computed::Known),
        Ok(Evaluated { value: Value::Absent, .. }) | Err(Trouble { kind: TroubleKind::NotGiven(_), .. }) => {
            Ok(Computed::NotGiven)
        }
        Ok(_) => Err(syntax("公式的结果不是一个数")),
        Err(trouble) => Err(trouble),
    }
}

fn syntax(text: &str) -> Trouble {
    Trouble { kind: TroubleKind::Syntax(text.to_owned()), at: None }
}

/// Gives a computed amount the unit of its figure. A unit that is only the default gives way to the formula's.
fn fit(amount: Amount, node: &FigureNode, figure: FigureRef) -> Result<Amount, Trouble> {
    let keep_unit = !node.unit_given && amount.unit != Unit::Plain && amount.converted(&node.unit).is_none();
    let unit = if keep_unit { amount.unit.clone() } else { node.unit.clone() };
    let Some(mut fitted) = amount.converted(&unit) else {
        return Err(Trouble { kind: TroubleKind::Units(amount.unit, unit), at: None });
    };
    fitted.display.written = None;
    fitted.display.places = node.places.or(amount.display.places);
    fitted.display.rounding = node.rounding.or(amount.display.rounding);
    fitted.source = Some(figure);
    Ok(fitted)
}

/// Reports a ring. `tried` is the way from the first formula to the one that reads `again`, which is on it.
fn report_ring(calculator: &Calculator, tried: &[FigureRef], again: FigureRef) {
    let book = calculator.book();
    let start = tried.iter().position(|&figure| figure == again).unwrap_or(0);
    let ring = &tried[start..];
    let names: Vec<String> = ring.iter().chain(std::iter::once(&again)).map(|&f| book.name(f)).collect();
    let way = match names.as_slice() {
        [first, second, .., last] if names.len() > RING_SHOWN => {
            format!("{first} → {second} → …（共 {} 项）→ {last}", ring.len())
        }
        all => all.join(" → "),
    };
    let mut finding = Diagnostic::new(Code::JB2005, format!("公式循环引用：{way}")).subject(book.name(again));
    for (i, figure) in ring.iter().enumerate() {
        book.settle(*figure, Computed::Failed);
        if i >= RING_SHOWN {
            continue;
        }
        let Some(node) = book.node(*figure) else { continue };
        finding = match i {
            0 => finding.at(node.value_place()).label("从这里开始"),
            _ => finding.also(node.value_place(), names[i].clone()),
        };
    }
    calculator.log(finding.hint("其中一项要直接填数"));
}

fn report(calculator: &Calculator, figure: FigureRef, trouble: &Trouble) {
    let book = calculator.book();
    if matches!(trouble.kind, TroubleKind::Failed(_)) {
        return;
    }
    let Some(node) = book.node(figure) else { return };
    let NodeKind::Figure(Definition::Formula(formula)) = &node.kind else { return };
    let mut finding = trouble_finding(trouble, formula).subject(book.name(figure));
    finding.message = format!("“{}”的公式：{}", book.name(figure), finding.message);
    calculator.log(finding);
}

/// A finding for an expression that has no value, at the character that shows it.
pub fn trouble_finding(trouble: &Trouble, formula: &Formula) -> Diagnostic {
    let place = match named(trouble, &formula.text).or(trouble.at) {
        Some(at) if formula.literal => {
            let (start, length) = word_at(&formula.text, at);
            formula.place.part(start, length)
        }
        _ => formula.place,
    };
    let mut finding = Diagnostic::new(trouble.code(), trouble.kind.message()).at(place);
    if let TroubleKind::NotGiven(name) = &trouble.kind {
        finding = finding.subject(name.as_str());
    }
    match trouble.kind.hint() {
        Some(hint) => finding.hint(hint),
        None => finding,
    }
}

/// Where an expression names what is missing or not given: the character from which to look, for an operator may stand
/// far from the name that fails it.
fn named(trouble: &Trouble, text: &str) -> Option<usize> {
    let (TroubleKind::Missing(path, _) | TroubleKind::NotGiven(path)) = &trouble.kind else { return None };
    // The longest end of the full name that the expression writes.
    let path = path.rsplit(' ').next().unwrap_or(path);
    let ends = std::iter::successors(Some(path), |end| end.split_once('.').map(|(_, rest)| rest));
    let whole = |(start, name): &(usize, &str)| {
        let of_name = |c: char| c.is_alphanumeric() || c == '_';
        !text[..*start].ends_with(of_name) && !text[start + name.len()..].starts_with(of_name)
    };
    let (start, _) = ends.filter(|end| !end.is_empty()).find_map(|end| text.match_indices(end).find(whole))?;
    Some(text[..start].chars().count())
}

/// The dotted name (or single character) of an expression at a character of it: its first byte and length.
fn word_at(text: &str, at: usize) -> (usize, usize) {
    let of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let offset = text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte);
    let start = text[..offset]
        .rfind(|c| !of_name(c))
        .map_or(0, |before| before + text[before..].chars().next().map_or(0, char::len_utf8));
    let rest = &text[offset..];
    let end = offset + rest.find(|c| !of_name(c)).unwrap_or(rest.len());
    match end - start {
        0 => (offset, rest.chars().next().map_or(0, char::len_utf8)),
        length => (start, length),
    }
}
