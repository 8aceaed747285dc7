//! Figures (数据项): the tree, units, the formula engine, the order of evaluation, rounding and print.

mod amount;
mod book;
mod change;
mod empty;
mod engine;
mod evaluate;
mod measure_word;
mod print;
mod signal;
mod tree;
mod unit;

pub use amount::{Amount, Display, ENDLESS_PLACES};
pub use book::{Book, Computed, FigureRef};
pub use empty::empty_behind;
pub use engine::{
    Calculator, Evaluated, Expression, FUNCTIONS, OtherYears, PARSED_AHEAD, Scope, Value, YearScore, unknown_score,
};
pub use evaluate::{compute_figure, evaluate, formula_amount, trouble_finding};
pub(crate) use measure_word::{MEASURE_WORDS, is_no_measure_word};
use print::MOST_PLACES;
pub use print::{Printer, print_score, round};
pub use signal::{Trouble, TroubleKind};
pub use tree::{
    Definition, FigureNode, FigureTree, Formula, Listing, ListingKind, NodeKind, PROFILE_WORDS, read_figures,
};
pub use unit::Unit;
