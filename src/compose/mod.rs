//! From checked figures and scores to [`ReportView`], the one type that a template sees. Every string is final.

mod apart;
mod chart;
mod heading;
mod inline;
mod log;
mod places;
mod red_head;
mod report;
mod score_sheet;
mod table;
mod title;
mod view;
mod years;

pub use apart::{Texts, score_table};
pub use log::{Part, Printed, PrintedSubject, Spot};
pub use places::Places;
pub use report::{Composed, Inputs, compose};
pub(crate) use title::{LANDSCAPE, PORTRAIT, lines as title_lines};
pub use view::{
    AttachmentView, BlockView, CarriedView, CellView, ChartView, ColumnView, CoverRow, CoverView, DateView, FontView,
    ImprintView, Inline, LabelView, Meta, NoteView, PageView, RedHeadView, ReportView, RowView, ShapeView,
    SignatureView, TableView,
};
