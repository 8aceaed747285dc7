//! What goes out: PDF, a folder for the plain Typst command, the figures and scores as JSON and CSV, summaries as xlsx;
//! written aside and renamed.

mod figures;
mod pdf;
mod scores;
mod table;
mod typ;
mod write;
mod xlsx;

pub use figures::{FigureRow, Origin, figure_rows, figures_csv, figures_json, figures_table};
pub use pdf::pdf;
pub use scores::{ScoreEntry, ScoreLine, ScoreSum, score_entries, scores_csv, scores_json, scores_table};
pub use typ::TypFolder;
pub use write::{ASIDE_PREFIX, ASIDE_SUFFIX, write_aside, write_atomically, write_with};
pub use xlsx::{ScoreBook, ScoreData, figures_xlsx, scores_xlsx, summary_xlsx};
