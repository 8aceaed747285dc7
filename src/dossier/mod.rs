//! What goes in (卷宗): the unit, and for each year its report, sections, figures and scores, as types.
//!
//! YAML keys are Chinese and stand in `#[serde(rename)]`; each field's doc comment begins with the term.

mod block;
mod chart;
mod forms;
mod identity;
mod load;
mod red_head;
mod report;
mod scores;
mod table;
mod unit;

pub use block::{Block, List, ListStyle, Pair, PairStyle, Pairing, Section};
pub use chart::{ChartContent, ChartKind, ChartSpec, ItemSpec, SeriesSpec};
pub(crate) use forms::Either;
pub use forms::{Date, Number, Pairs, YesNo};
pub use identity::{Class, Identity, Level, Relation};
pub use load::{
    Dossier, Neighbour, OtherScores, Year, find_years, is_yaml, load, load_frame, load_other_scores, unit_name, year_of,
};
pub use red_head::{Imprint, RedHead};
pub use report::{
    Acknowledgement, Attachment, AttachmentContent, BasisDocument, Cover, Numbering, Orientation, Report, Signature,
};
pub use scores::{Comparator, Given, OwnIndicator, Scores};
pub use table::{Align, Cell, Column, MAIN_FIGURES, Row, TableSource, TableSpec, YEARS_IN_TABLE};
pub use unit::{Attach, Money, MoneyUnit, Page, Places, Rounding, TailPolicy, Unit};
