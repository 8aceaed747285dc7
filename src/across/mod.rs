//! Several years of one unit: the scores of each, and the report of several years.

mod report;
mod scores;

pub use report::examine_years;
pub use scores::{last_score, other_years, own_score};
