//! A figure left empty (`~`) on which a stated total, a complete list or an equation depends: these are then not checked,
//! and that must not pass in silence. What is left out altogether is no fault: units have not all of them.

use std::collections::BTreeMap;

use super::Inputs;
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::{
    Definition, Evaluated, FigureNode, FigureRef, ListingKind, Scope, Trouble, TroubleKind, Value, empty_behind,
    formula_amount,
};
use crate::profile::{Class, Identity, Relation};
use crate::source::Place;

/// What is not checked for want of a figure: its name, and where it stands if it stands in the author's files.
type Unchecked = (String, Option<Place>);

/// How many of them one finding names.
const NAMED: usize = 20;

pub(super) fn check(inputs: &Inputs<'_>, findings: &mut Vec<Diagnostic>) {
    if !inputs.complete {
        return;
    }
    let book = inputs.calculator.book();
    for (figure, unchecked) in unchecked(inputs) {
        let Some(node) = book.node(figure).filter(|node| !is_required(inputs, figure, node)) else { continue };
        let names: Vec<String> = unchecked.iter().map(|(name, _)| format!("“{name}”")).collect();
        let text = format!("“{}”没有填，{}没有核对", book.name(figure), names.join("、"));
        let mut finding = Diagnostic::new(Code::JB2010, text).at(node.place).subject(node.path.as_str());
        for (name, place) in unchecked {
            if let Some(place) = place {
                finding = finding.also(place, format!("“{name}”要用到它"));
            }
        }
        findings.push(finding.hint("填上数；确实没有的填 0"));
    }
}

/// The profile itself asks for it, which is said in another check.
fn is_required(inputs: &Inputs<'_>, figure: FigureRef, node: &FigureNode) -> bool {
    let expected = inputs.profile.figures.get(&node.path);
    figure.year == inputs.calculator.book().year && expected.is_some_and(|expected| expected.value.required)
}

/// By empty figure, what is not checked for want of it.
fn unchecked(inputs: &Inputs<'_>) -> BTreeMap<FigureRef, Vec<Unchecked>> {
    let mut all: BTreeMap<FigureRef, Vec<Unchecked>> = BTreeMap::new();
    let mut note = |figure: Option<FigureRef>, name: &str, place: Option<Place>| {
        let Some(figure) = figure else { return };
        let names = all.entry(figure).or_default();
        if names.len() < NAMED && !names.iter().any(|(known, _)| known == name) {
            names.push((name.to_owned(), place));
        }
    };
    let book = inputs.calculator.book();
    let Some(tree) = book.own() else { return all };
    for (_, figure, definition) in tree.figures() {
        let Definition::Stated(_, place, formula) = definition else { continue };
        let scope = Scope { group: FigureRef { year: book.year, node: figure.parent }, lenient: false };
        note(value(inputs, &formula.text, scope).empty(), &figure.path, Some(*place));
    }
    for (node, listing) in tree.listings.iter().filter(|(_, listing)| listing.kind == ListingKind::All) {
        let me = FigureRef { year: book.year, node: *node };
        let total = value(inputs, &listing.total.text, Scope { group: me, lenient: false });
        let part = match inputs.calculator.sum_of_members(me) {
            Err(TroubleKind::NotGiven(name)) => empty_behind(inputs.calculator, &name),
            _ => None,
        };
        let group = &tree.nodes[*node];
        note(part.filter(|_| matches!(total, Side::Known { .. })), &group.path, Some(group.place));
    }
    // An identity of the author's own that is not judged member by member says itself what it lacks.
    let own = inputs.own_identities.iter().copied().filter(|identity| identity.value.each.is_some());
    for identity in inputs.profile.identities.iter().chain(own) {
        let identity = &identity.value;
        for scope in scopes(inputs, identity) {
            note(empty_operand(inputs, identity, scope), &identity.name.value, identity.left.place);
        }
    }
    all
}

/// One side of an equation.
enum Side {
    /// It has a value, from these figures.
    Known { reads: Vec<FigureRef>, partial: bool },
    /// It lacks one figure that is there and empty.
    Empty { figure: FigureRef, partial: bool },
    /// It cannot be computed for another reason.
    Open,
}

impl Side {
    fn empty(self) -> Option<FigureRef> {
        if let Self::Empty { figure, .. } = self { Some(figure) } else { None }
    }
}

fn value(inputs: &Inputs<'_>, expression: &str, scope: Scope) -> Side {
    let outcome = formula_amount(inputs.calculator, expression, scope);
    let partial = inputs.calculator.last_was_partial();
    match outcome {
        Ok(Evaluated { value: Value::Amount(_), reads, .. }) => Side::Known { reads, partial },
        Err(Trouble { kind: TroubleKind::NotGiven(name), .. }) => {
            empty_behind(inputs.calculator, &name).map_or(Side::Open, |figure| Side::Empty { figure, partial })
        }
        _ => Side::Open,
    }
}

/// Where an identity is judged: at the root, or in each member of its group.
fn scopes(inputs: &Inputs<'_>, identity: &Identity) -> Vec<Scope> {
    let book = inputs.calculator.book();
    let root = inputs.calculator.root(false);
    let (Some(each), Some(tree)) = (&identity.each, book.own()) else { return vec![root] };
    let members = tree.find(&each.value).map(|group| tree.members(group)).unwrap_or_default();
    members.iter().map(|&node| Scope { group: FigureRef { year: book.year, node }, ..root }).collect()
}

/// The empty figure of an equation whose other side is known. Where both sides lack something, nothing is left to hold
/// against anything.
fn empty_operand(inputs: &Inputs<'_>, identity: &Identity, scope: Scope) -> Option<FigureRef> {
    if identity.relation != Relation::Equal || identity.class == Class::Plausibility {
        return None;
    }
    let (reads, empty, partial) =
        match (value(inputs, &identity.left.value, scope), value(inputs, &identity.right.value, scope)) {
            (Side::Known { reads, partial: some }, Side::Empty { figure, partial: others })
            | (Side::Empty { figure, partial: others }, Side::Known { reads, partial: some }) => {
                (reads, figure, some || others)
            }
            _ => return None,
        };
    // Not judged either way: the list is not complete.
    if partial {
        return None;
    }
    let book = inputs.calculator.book();
    let node = book.node(empty)?;
    let mut known = reads.iter().filter_map(|&figure| book.node(figure));
    let other_basis = identity.same_basis && known.any(|other| other.basis != node.basis);
    let prefix = identity.each.as_ref().and_then(|_| book.node(scope.group)).map(|group| format!("{}.", group.path));
    let outside = prefix.is_some_and(|prefix| !node.path.starts_with(&prefix));
    (!other_basis && !outside).then_some(empty)
}
