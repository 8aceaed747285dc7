//! From checked figures and scores to [`ReportView`], the one type that a template sees. Every string is final.

mod chart;
mod heading;
mod inline;
mod log;
mod places;
mod report;
mod score_sheet;
mod table;
mod title;
mod view;
mod years;

pub use log::{Part, Printed, PrintedSubject, Spot};
pub use places::Places;
pub use report::{Composed, Inputs, compose};
pub(crate) use title::{LANDSCAPE, lines as title_lines};
pub use view::{
    BlockView, CellView, ChartView, ColumnView, DateView, FontView, Inline, LabelView, Meta, PageView, ReportView,
    RowView, ShapeView, TableView,
};
