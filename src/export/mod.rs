//! What goes out: PDF, the figures as JSON and CSV; written aside and renamed.

mod figures;
mod pdf;
mod write;

pub use figures::{FigureRow, Origin, figure_rows, figures_csv, figures_json, figures_table};
pub use pdf::pdf;
pub use write::write_atomically;
