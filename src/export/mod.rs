//! What goes out: PDF, pictures, words, an editable copy, a folder for the plain Typst command, the figures and scores as
//! JSON and CSV, summaries as xlsx; written aside and renamed.

mod docx;
mod figures;
mod image;
mod pdf;
mod printing;
mod scores;
mod table;
mod text;
mod typ;
mod walk;
mod write;
mod xlsx;

pub use docx::docx;
pub use figures::{FigureRow, Origin, figure_rows, figures_csv, figures_json, figures_table};
pub use image::{PPI_RANGE, USUAL_PPI, png, svg};
pub use pdf::pdf;
pub use scores::{ScoreEntry, ScoreLine, ScoreSum, score_entries, scores_csv, scores_json, scores_table};
pub use text::text;
pub use typ::TypFolder;
pub use write::{ASIDE_PREFIX, ASIDE_SUFFIX, why, write_aside, write_atomically, write_with};
pub use xlsx::{ScoreBook, ScoreData, figures_xlsx, scores_xlsx, summary_xlsx};
