//! Where what is printed is written: the view's counterpart, which templates do not see.

use crate::dossier::Dossier;
use crate::source::Place;

/// The places of what a report prints. Those of rows are kept with the rows.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The title.
    pub title: Option<Place>,
    /// The unit's name, which signs and stands on the cover.
    pub unit: Option<Place>,
    /// The blocks of the body and then of the attachments, in the order of print.
    pub blocks: Vec<Option<Place>>,
    /// The attachments' titles.
    pub attachments: Vec<Option<Place>>,
}

impl Places {
    /// The places of a dossier's own texts, and those of its blocks.
    pub(super) fn of(dossier: &Dossier, blocks: Vec<Option<Place>>) -> Self {
        let report = &dossier.year.report;
        Self {
            title: report.title.place,
            unit: dossier.unit.name.place,
            blocks,
            attachments: report.attachments.iter().map(|attachment| attachment.title.place).collect(),
        }
    }
}
