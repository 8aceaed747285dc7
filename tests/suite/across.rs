//! Several years of one unit.

mod main_figures;
