//! Several years of one unit: the main figures of each, and its scores.

mod asks;
mod main_figures;
mod scores;

pub use asks::asks_for_scores;
pub use main_figures::{MainFigure, NO_FIGURE, main_figures, main_figures_of};
pub use scores::year_scores;
