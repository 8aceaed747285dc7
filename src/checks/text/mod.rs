//! Checks of the text: a flat list of pure functions, a file each, over one `Scene`. A false alarm is worse than a miss.

mod attachments;
mod change;
mod claims;
mod contradicted;
mod decimals;
mod facts;
mod money;
mod names;
mod numbers;
mod passages;
mod referable;
mod remnants;
mod words;
mod years;

use rust_decimal::Decimal;

use crate::compose::Inputs;
use crate::diagnostic::Diagnostic;
use crate::figures::Unit;
use crate::source::Place;
use facts::Facts;
use numbers::{Number, scan};
use passages::{Passage, Role};

/// The most other places that one finding shows.
const LABEL_LIMIT: usize = 5;

/// What the checks look at.
struct Scene<'a> {
    /// The dossier, its profile, figures and scores.
    inputs: Inputs<'a>,
    /// Its texts.
    passages: Vec<Passage<'a>>,
    /// Its figures by value and by name.
    facts: Facts,
}

impl Scene<'_> {
    /// The paragraphs: where numbers and claims are.
    fn prose(&self) -> impl Iterator<Item = &Passage<'_>> {
        self.passages.iter().filter(|passage| passage.role == Role::Prose)
    }

    /// The numbers typed in the paragraphs, but for those that are no amounts, such as dates and the numbers of documents.
    fn numbers(&self) -> impl Iterator<Item = (&Passage<'_>, Number<'_>)> {
        let all = self.prose().flat_map(|passage| scan(&passage.text).into_iter().map(move |number| (passage, number)));
        all.filter(|(_, number)| number.skip.is_none())
    }

    /// Whether every file was read, so that what is missing is missing.
    fn complete(&self) -> bool {
        self.inputs.dossier.complete
    }
}

/// A check: what it finds goes to the list.
type Check = fn(&Scene<'_>, &mut Vec<Diagnostic>);

/// All checks of the text, in the order of their codes.
const CHECKS: &[Check] = &[
    change::check,
    referable::check,
    contradicted::check,
    money::check,
    decimals::check,
    remnants::check,
    attachments::check,
    claims::check,
    names::check,
    years::check,
];

/// Runs every check of the text.
pub fn check(inputs: Inputs<'_>, findings: &mut Vec<Diagnostic>) {
    let passages = passages::collect(inputs.dossier);
    let scene = Scene { inputs, passages, facts: Facts::new(inputs.calculator, total_score(&inputs)) };
    for check in CHECKS {
        check(&scene, findings);
    }
}

/// Runs the checks that look at words and not at figures: for a text that is not one year's.
pub fn check_wording(inputs: Inputs<'_>, findings: &mut Vec<Diagnostic>) {
    let scene =
        Scene { inputs, passages: passages::collect(inputs.dossier), facts: Facts::new(inputs.calculator, None) };
    for check in [money::check, remnants::check, names::check] {
        check(&scene, findings);
    }
}

/// The total of the score sheet, and where the sheet is.
fn total_score(inputs: &Inputs<'_>) -> Option<(Decimal, Place)> {
    Some((inputs.scorecard?.total, inputs.dossier.year.scores.as_ref()?.value.system.place?))
}

/// A placeholder that prints a figure, or the figure in another unit.
fn placeholder(path: &str, own: &Unit, typed: &Unit) -> String {
    match typed {
        Unit::Money(unit) if own != typed => format!("{{{{ {}({path}) }}}}", unit.name()),
        _ => format!("{{{{ {path} }}}}"),
    }
}

#[cfg(test)]
mod tests;
