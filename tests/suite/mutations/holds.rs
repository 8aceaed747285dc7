//! What holds a figure, by the structure of a dossier and not by what is found: the equations that read it, directly or
//! through formulas; the bounds; the score rows.

use std::collections::BTreeSet;

use jibao::Examination;

use super::reader;
use super::signs::Sum;

/// A figure of one of a dossier's years: its year and full name.
pub(super) type Figure = (i32, String);

/// How firmly a figure is held, the firmest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Firmness {
    /// By an equation: a stated total, an identity, a complete list, last year's report.
    Equation,
    /// Only by an inequality, within which it may move.
    Bound,
    /// Only by a score, which is capped, stepped or rounded, and stated in the row or the total.
    Score,
    /// By nothing that was written down.
    Nothing,
}

/// One rule that a figure may break.
#[derive(Debug)]
pub(super) struct Hold {
    /// Its name in a finding: a figure's, a group's, an identity's or a score row's.
    pub(super) name: String,
    pub(super) firmness: Firmness,
    /// Every figure that takes part, computed ones too.
    pub(super) members: BTreeSet<Figure>,
    /// The equation itself, and the formulas of its members.
    pub(super) sums: Vec<Sum>,
    /// Whether any of them is a ratio.
    pub(super) ratio: bool,
}

/// All that holds the figures of a dossier.
#[derive(Debug, Default)]
pub(super) struct Holds(pub(super) Vec<Hold>);

impl Holds {
    /// Adds what one year's examination holds against each other.
    pub(super) fn add(&mut self, report: &Examination) {
        reader::read(report, &mut self.0);
    }

    /// How firmly a figure is held.
    pub(super) fn firmness(&self, figure: &Figure) -> Firmness {
        self.of(figure).map(|hold| hold.firmness).min().unwrap_or(Firmness::Nothing)
    }

    /// What holds a figure.
    pub(super) fn of(&self, figure: &Figure) -> impl Iterator<Item = &Hold> {
        self.0.iter().filter(move |hold| hold.members.contains(figure))
    }

    /// Whether all that holds a figure is ratios, which are rounded.
    pub(super) fn only_in_ratios(&self, figure: &Figure) -> bool {
        let mut equations = self.of(figure).filter(|hold| hold.firmness == Firmness::Equation);
        equations.all(|hold| hold.ratio)
    }

    /// Whether two figures count alike wherever they count: added up in the same sums, which do not change when the two
    /// change places.
    pub(super) fn interchangeable(&self, a: &Figure, b: &Figure) -> bool {
        let mut equations = self.0.iter().filter(|hold| hold.firmness == Firmness::Equation);
        equations.all(|hold| {
            hold.sums.iter().all(|sum| match sum {
                Sum::Linear(signs) => signs.get(a) == signs.get(b),
                Sum::Other(reads) => !reads.contains(a) && !reads.contains(b),
            })
        })
    }
}
