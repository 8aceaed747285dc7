//! The checks: a flat list of pure functions over the figures, none of which stops early.

mod acknowledge;
mod expected;
pub(crate) mod identities;
mod last_year;
mod lists;
mod point_out;
mod sides;
mod stated;
pub mod text;
mod unfilled;

pub use acknowledge::acknowledge;
pub use point_out::point_out;

use crate::diagnostic::Diagnostic;
use crate::figures::Calculator;
use crate::profile::{Identity, Profile};
use crate::source::Spanned;

/// What the checks look at.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The figures.
    pub calculator: &'a Calculator,
    /// The form of the report.
    pub profile: &'a Profile,
    /// The identities that the author adds, in unit.yaml and report.yaml.
    pub own_identities: &'a [&'a Spanned<Identity>],
    /// Whether every file was read without a mistake, so that what is missing is missing.
    pub complete: bool,
}

/// A check: what it finds goes to the list.
type Check = fn(&Inputs<'_>, &mut Vec<Diagnostic>);

/// All checks of figures.
const CHECKS: &[Check] =
    &[stated::check, last_year::check, lists::check, expected::check, identities::check, unfilled::check];

/// Runs every check.
pub fn check(inputs: Inputs<'_>, findings: &mut Vec<Diagnostic>) {
    for check in CHECKS {
        check(&inputs, findings);
    }
}
