//! A figure or an expression, down to what people filled in.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Grounds;
use super::ask::resolve;
use super::place::Location;
use super::value::{ValueTrace, value};
use crate::diagnostic::{Code, Diagnostic};
use crate::export::Origin;
use crate::figures::{
    Amount, Computed, Definition, Evaluated, FigureRef, Formula, NodeKind, Scope, Value, compute_figure, formula_amount,
};
use crate::source::Place;

/// How deep formulas are followed. Deeper inputs are named and left to a question of their own.
const DEPTH_LIMIT: usize = 24;

/// A figure and what it is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureTrace {
    /// The full name; that of another year with the year in front.
    pub name: String,
    /// The year whose file it stands in.
    pub year: i32,
    /// 名称: the name in full, where it has one.
    pub label: Option<String>,
    /// 口径.
    pub basis: Option<String>,
    /// Where its value comes from.
    pub origin: Origin,
    /// Where the value stands; none for one that stands in no file of the user's.
    pub at: Option<Location>,
    /// The digits as filled in.
    pub written: Option<String>,
    /// The value; none where it is not given or could not be computed.
    pub value: Option<ValueTrace>,
    /// The formula, and what it gives.
    pub formula: Option<FormulaTrace>,
    /// Whether the filled-in value agrees with the formula.
    pub check: Option<CheckTrace>,
    /// Whether its inputs are shown further up.
    pub shown_above: bool,
    /// Whether its inputs are left out because they lie too deep.
    pub left_out: bool,
}

/// An expression and what it reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormulaTrace {
    /// As written.
    pub text: String,
    /// Where it stands; none for one that stands in no file of the user's.
    pub at: Option<Location>,
    /// Its amount.
    pub value: Option<ValueTrace>,
    /// What it gives, where that is no amount: a text, or several numbers.
    pub words: Option<String>,
    /// Why it gives nothing.
    pub trouble: Option<String>,
    /// The figures that it reads.
    pub inputs: Vec<FigureTrace>,
}

/// Two numbers held against each other, as `check` does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckTrace {
    /// 相符, 尾差 or 不符.
    pub verdict: &'static str,
    /// How far they are apart.
    pub difference: Option<String>,
    /// The reason for which the difference stands, where it is acknowledged.
    pub acknowledged: Option<String>,
}

/// Builds trees. A figure is shown in full where it comes first.
pub(super) struct Tree<'a> {
    grounds: Grounds<'a>,
    shown: BTreeSet<FigureRef>,
    depth: usize,
    /// Where names are looked up.
    scope: Scope,
}

impl<'a> Tree<'a> {
    pub(super) fn new(grounds: Grounds<'a>) -> Self {
        Self { grounds, shown: BTreeSet::new(), depth: 0, scope: grounds.report.calculator.root(true) }
    }

    /// The tree with names looked up elsewhere than at the root.
    pub(super) fn within(self, scope: Scope) -> Self {
        Self { scope, ..self }
    }

    /// A figure with its inputs.
    pub(super) fn figure(&mut self, figure: FigureRef) -> FigureTrace {
        let calculator = &self.grounds.report.calculator;
        let book = calculator.book();
        compute_figure(calculator, figure);
        let node = book.node(figure);
        let definition = node.and_then(|node| match &node.kind {
            NodeKind::Figure(definition) => Some(definition),
            NodeKind::Group { .. } => None,
        });
        let derived = node.is_some_and(|node| node.derived);
        let computed = book.value(figure);
        let value = match &computed {
            Some(Computed::Known(amount)) => Some(value(amount, book, calculator.printer())),
            _ => None,
        };
        let mut trace = FigureTrace {
            name: book.name(figure),
            year: figure.year,
            label: node.and_then(|node| node.label.clone()),
            basis: node.and_then(|node| node.basis.clone()),
            origin: origin(definition, computed.as_ref(), derived),
            at: node.filter(|_| !derived).map(|node| Location::of(node.value_place(), self.grounds.sources)),
            written: definition.and_then(|definition| self.written(definition)),
            value,
            formula: None,
            check: None,
            shown_above: false,
            left_out: false,
        };
        let (Some(node), Some(Definition::Formula(formula) | Definition::Stated(_, _, formula))) = (node, definition)
        else {
            return trace;
        };
        if !self.shown.insert(figure) {
            trace.shown_above = true;
            return trace;
        }
        if self.depth >= DEPTH_LIMIT {
            trace.left_out = true;
            return trace;
        }
        let scope = Scope { group: FigureRef { year: figure.year, node: node.parent }, lenient: derived };
        let stated = matches!(definition, Some(Definition::Stated(..)));
        trace.formula =
            Some(if derived { self.evaluated(&formula.text, None, scope) } else { self.formula(formula, scope) });
        trace.check = stated.then(|| self.check(figure, &node.path, trace.formula.as_ref())).flatten();
        trace
    }

    /// An expression of the asker's, in the report's own words.
    pub(super) fn expression(&mut self, text: &str) -> FormulaTrace {
        let scope = self.grounds.report.calculator.root(false);
        self.evaluated(text, None, scope)
    }

    /// An expression of the profile's or the author's, such as a side of an identity.
    pub(super) fn scoped(&mut self, text: &str, place: Option<Place>) -> FormulaTrace {
        self.evaluated(text, place, self.scope)
    }

    fn formula(&mut self, formula: &Formula, scope: Scope) -> FormulaTrace {
        self.evaluated(&formula.text, Some(formula.place), scope)
    }

    fn evaluated(&mut self, text: &str, place: Option<Place>, scope: Scope) -> FormulaTrace {
        let calculator = &self.grounds.report.calculator;
        let book = calculator.book();
        let printer = calculator.printer();
        let (amount, words, trouble, reads) = match formula_amount(calculator, text, scope) {
            Ok(Evaluated { value: Value::Amount(amount), reads, .. }) => (Some(amount), None, None, reads),
            Ok(Evaluated { value: Value::Amounts(amounts), reads, .. }) => {
                let words: Vec<String> = amounts.iter().map(|amount| printer.number(amount)).collect();
                (None, Some(words.join("、")), None, reads)
            }
            Ok(Evaluated { value: Value::Text(words), reads, .. }) => (None, Some(words), None, reads),
            Ok(Evaluated { value: Value::Truth(truth), reads, .. }) => {
                (None, Some(if truth { "成立" } else { "不成立" }.to_owned()), None, reads)
            }
            Ok(Evaluated { value: Value::Absent, .. }) => {
                (None, None, Some(self.why_absent(text, scope)), self.named(text, scope))
            }
            Err(trouble) => (None, None, Some(trouble.kind.message()), self.named(text, scope)),
        };
        self.depth += 1;
        let inputs = self.in_order_of(text, &reads).into_iter().map(|figure| self.figure(figure)).collect();
        self.depth -= 1;
        FormulaTrace {
            text: text.trim().to_owned(),
            at: place.map(|place| Location::of(place, self.grounds.sources)),
            value: amount.as_ref().map(|amount: &Amount| value(amount, book, printer)),
            words,
            trouble,
            inputs,
        }
    }

    /// Each figure that was read once, in the order in which the expression names them.
    fn in_order_of(&self, text: &str, reads: &[FigureRef]) -> Vec<FigureRef> {
        let mut seen = BTreeSet::new();
        let mut figures: Vec<FigureRef> = reads.iter().copied().filter(|&figure| seen.insert(figure)).collect();
        let book = self.grounds.report.calculator.book();
        let place = |figure: &FigureRef| book.node(*figure).and_then(|node| position(text, &node.path));
        figures.sort_by_cached_key(|figure| place(figure).unwrap_or(usize::MAX));
        figures
    }

    /// Why an expression has no value although names may be absent.
    fn why_absent(&self, text: &str, scope: Scope) -> String {
        let strict = Scope { lenient: false, ..scope };
        match formula_amount(&self.grounds.report.calculator, text, strict) {
            Err(trouble) => trouble.kind.message(),
            Ok(_) => "没有值".to_owned(),
        }
    }

    /// The figures that an expression without a value names.
    fn named(&self, text: &str, scope: Scope) -> Vec<FigureRef> {
        let book = self.grounds.report.calculator.book();
        let of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
        let names = text.split(|c: char| !of_name(c)).filter(|name| !name.is_empty());
        names
            .filter_map(|name| resolve(book, scope.group, name))
            .filter(|&figure| book.node(figure).is_some_and(|node| matches!(node.kind, NodeKind::Figure(_))))
            .collect()
    }

    fn written(&self, definition: &Definition) -> Option<String> {
        match definition {
            Definition::Given(_, place) | Definition::Stated(_, place, _) => {
                Some(self.grounds.sources.slice(*place).to_owned())
            }
            _ => None,
        }
    }

    /// Whether a filled-in figure agrees with its formula: what `check` found, which looks at the report's own year only.
    fn check(&self, figure: FigureRef, path: &str, formula: Option<&FormulaTrace>) -> Option<CheckTrace> {
        formula?.value.as_ref()?;
        if figure.year != self.grounds.report.calculator.book().year {
            return None;
        }
        let found = self.grounds.findings.iter().find(|finding| {
            matches!(finding.code, Code::JB2001 | Code::JB2002) && finding.subject.as_deref() == Some(path)
        });
        Some(found.map_or(CheckTrace { verdict: "相符", difference: None, acknowledged: None }, check_trace))
    }
}

/// What a finding of a difference says.
pub(super) fn check_trace(finding: &Diagnostic) -> CheckTrace {
    CheckTrace {
        verdict: if matches!(finding.code, Code::JB2002 | Code::JB3002) { "尾差" } else { "不符" },
        difference: finding.difference.map(|difference| difference.normalize().to_string()),
        acknowledged: finding.acknowledged.clone(),
    }
}

fn origin(definition: Option<&Definition>, computed: Option<&Computed>, derived: bool) -> Origin {
    match (definition, computed) {
        (_, Some(Computed::Failed)) | (None | Some(Definition::Broken), _) => Origin::Failed,
        (Some(Definition::Given(..)), _) => Origin::Given,
        (Some(Definition::Stated(..)), _) => Origin::Stated,
        (Some(Definition::Formula(_)), _) if derived => Origin::Derived,
        (Some(Definition::Formula(_)), _) => Origin::Formula,
        (Some(Definition::NotGiven), _) => Origin::Empty,
    }
}

/// Where an expression names a figure or the group that it belongs to: the longest part of its path that stands there as a
/// name of its own, or else behind another name.
fn position(text: &str, path: &str) -> Option<usize> {
    let parts: Vec<&str> = path.split('.').collect();
    let names = || {
        let ends = (1..=parts.len()).rev();
        ends.flat_map(|end| (0..end).map(move |start| start..end)).map(|range| parts[range].join("."))
    };
    let of_name = |c: char| c.is_alphanumeric() || c == '_';
    let whole = |name: &str, joined: bool| {
        let at = text.match_indices(name).find(|(at, _)| {
            let (before, after) = (&text[..*at], &text[at + name.len()..]);
            !before.ends_with(of_name) && (joined || !before.ends_with('.')) && !after.starts_with(of_name)
        });
        at.map(|(at, _)| at)
    };
    names().find_map(|name| whole(&name, false)).or_else(|| names().find_map(|name| whole(&name, true)))
}

#[cfg(test)]
mod tests {
    use super::position;

    #[test]
    fn a_figure_is_found_where_its_formula_names_it() {
        let text = "基本支出.合计 + 合计(项目支出.明细) - 上年.支出.合计";
        let at = |part: &str| text.find(part);
        assert_eq!(position(text, "支出.基本支出.合计"), at("基本支出"));
        assert_eq!(position(text, "支出.项目支出.明细.其他项目"), at("项目支出"));
        assert_eq!(position(text, "上年.支出.合计"), at("上年"));
        assert_eq!(position(text, "人员.编制"), None);
    }
}
