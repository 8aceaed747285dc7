//! What all tables have, whatever fills their rows: a caption above, columns set by what stands in them, a note below.

use super::columns::{column_views, pad_fractions};
use crate::compose::inline::Filler;
use crate::compose::log::Part;
use crate::compose::view::{CellView, RowView, TableView};
use crate::diagnostic::Diagnostic;
use crate::dossier::{Column, Orientation, TableSpec};
use crate::source::Place;

/// How a table is to be filled in.
#[derive(Debug, Clone, Copy)]
pub(in crate::compose) struct Frame {
    /// Its number in the report, from 1.
    pub(in crate::compose) number: usize,
    /// Whether it is a standard table: rows without any figure fall away, a figure that is not given leaves a dash.
    pub(in crate::compose) standard: bool,
    /// Whether the dossier was read without a mistake, so that what is missing is missing.
    pub(in crate::compose) sound: bool,
    /// Where it is asked for, for findings of tables that stand in no file of the user's.
    pub(in crate::compose) place: Option<Place>,
}

/// A table whose caption is filled in.
pub(in crate::compose) struct Begun {
    /// How it is called where it is spoken of.
    pub(in crate::compose) name: String,
    number: usize,
    caption: Option<String>,
    marks: Vec<usize>,
}

/// What stands between caption and note.
pub(in crate::compose) struct Grid<'a> {
    pub(in crate::compose) columns: &'a [Column],
    pub(in crate::compose) header: Vec<CellView>,
    pub(in crate::compose) rows: Vec<RowView>,
    /// Which columns hold numbers.
    pub(in crate::compose) numeric: &'a [bool],
}

impl Frame {
    /// Fills the caption in.
    pub(in crate::compose) fn begin(
        self,
        filler: &Filler<'_>,
        spec: &TableSpec,
        findings: &mut Vec<Diagnostic>,
    ) -> Begun {
        let first = filler.log.count();
        filler.log.enter(Part::Caption);
        let number = self.number;
        let caption = spec.caption.as_ref();
        let caption = caption.map(|caption| format!("表{number}\u{3000}{}", filler.plain(caption, findings)));
        let marks = filler.log.marks_from(first);
        let name = caption.clone().unwrap_or_else(|| format!("第{number}张表"));
        Begun { name, number, caption, marks }
    }
}

impl Begun {
    /// Sets the columns and fills the note in.
    pub(in crate::compose) fn end(
        self,
        filler: &Filler<'_>,
        spec: &TableSpec,
        grid: Grid<'_>,
        findings: &mut Vec<Diagnostic>,
    ) -> TableView {
        let Grid { columns, header, mut rows, numeric } = grid;
        let columns = column_views(columns, &header, &rows, numeric);
        pad_fractions(&mut rows, &columns);
        let first = filler.log.count();
        filler.log.enter(Part::Note { table: self.name });
        let note = spec.note.as_ref().map(|note| format!("注：{}", filler.plain(note, findings)));
        TableView {
            id: format!("table-{}", self.number),
            caption: self.caption,
            marks: self.marks,
            unit: spec.unit.as_ref().map(|unit| format!("单位：{unit}")),
            size: "normal",
            landscape: spec.orientation == Orientation::Landscape,
            columns,
            header: vec![header],
            rows,
            merge: 0,
            note,
            note_marks: filler.log.marks_from(first),
        }
    }
}
