//! The checks: a flat list of pure functions over the figures, none of which stops early.

mod acknowledge;
mod identities;
mod last_year;
mod sides;
mod stated;
pub mod text;

pub use acknowledge::acknowledge;

use crate::diagnostic::Diagnostic;
use crate::figures::Calculator;
use crate::profile::Profile;

/// A check: what it finds goes to the list.
type Check = fn(&Calculator, &Profile, &mut Vec<Diagnostic>);

/// All checks of figures.
const CHECKS: &[Check] = &[stated::check, last_year::check, identities::check];

/// Runs every check.
pub fn check(calculator: &Calculator, profile: &Profile, findings: &mut Vec<Diagnostic>) {
    for check in CHECKS {
        check(calculator, profile, findings);
    }
}
