//! Several years of one unit: the main figures of each.

mod main_figures;

pub use main_figures::{MainFigure, NO_FIGURE, main_figures, main_figures_of};
