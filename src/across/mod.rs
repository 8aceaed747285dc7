//! Several years of one unit: the main figures of each, its scores, and the report of several years.

mod main_figures;
mod report;
mod scores;

pub use main_figures::{MainFigure, NO_FIGURE, main_figures, main_figures_of};
pub use report::examine_years;
pub use scores::{last_score, other_years, own_score};
