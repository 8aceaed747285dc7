//! Parts of a report by themselves, for what goes along with it: its score sheet as a table, and texts as it prints them.

use super::inline::Filler;
use super::report::{Inputs, filler};
use super::score_sheet::score_sheet;
use super::view::TableView;
use crate::source::Spanned;

/// The score sheet as the form prints it, whether or not the report has it as an attachment; none without scores.
pub fn score_table(inputs: Inputs<'_>) -> Option<TableView> {
    let scores = inputs.dossier.year.scores.as_ref()?;
    // What is wrong with its texts was said when the report was composed.
    Some(score_sheet(&filler(inputs), inputs.scorecard?, &scores.value, &mut Vec::new()))
}

/// Texts of a report with their placeholders filled in.
#[derive(Debug)]
pub struct Texts<'a>(Filler<'a>);

impl<'a> Texts<'a> {
    /// The texts of this report.
    pub fn new(inputs: Inputs<'a>) -> Self {
        Self(filler(inputs))
    }

    /// A text as it is printed, without emphasis.
    pub fn plain(&self, text: &Spanned<String>) -> String {
        self.0.plain(text, &mut Vec::new())
    }
}
