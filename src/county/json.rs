//! The summary as one JSON object. Numbers are strings: no reader may turn them into binary floats unasked.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Absent, Column, Kind, Line, Summary, count_line, notes};
use crate::diagnostic::Counts;
use crate::figures::Amount;
use crate::scoring::print_score;

#[derive(Serialize)]
struct View<'a> {
    schema: u8,
    year: i32,
    title: &'a str,
    unit: &'static str,
    columns: Vec<ColumnView<'a>>,
    units: Vec<UnitView<'a>>,
    absent: Vec<AbsentView<'a>>,
    totals: BTreeMap<String, ValueView>,
    average: Option<String>,
    grades: Vec<GradeView<'a>>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct ColumnView<'a> {
    name: &'a str,
    /// By which its values are found, of this column only: the name, with its unit where that is not the summary's.
    key: String,
    kind: &'static str,
    unit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    whole: Option<&'a str>,
}

#[derive(Serialize)]
struct UnitView<'a> {
    rank: Option<String>,
    name: &'a str,
    path: &'a str,
    figures: BTreeMap<String, ValueView>,
    score: Option<String>,
    full: Option<String>,
    grade: Option<&'a str>,
    errors: String,
    warnings: String,
    known: String,
    /// Whether its figures can be relied on: it has no errors, and counts in totals.
    sound: bool,
}

/// A value: exact, and as printed.
#[derive(Serialize)]
struct ValueView {
    exact: String,
    printed: String,
}

#[derive(Serialize)]
struct AbsentView<'a> {
    name: &'a str,
    path: &'a str,
    years: Vec<String>,
}

#[derive(Serialize)]
struct GradeView<'a> {
    grade: &'a str,
    count: String,
}

/// As a JSON object, with a line break at its end.
///
/// # Errors
/// None is known; the serialiser's own word.
pub fn to_json(summary: &Summary) -> Result<String, String> {
    let mut notes = notes(summary);
    notes.insert(0, count_line(summary));
    let view = View {
        schema: 1,
        year: summary.year,
        title: &summary.title,
        unit: summary.money.name(),
        columns: summary.columns.iter().map(|column| column_view(column, summary)).collect(),
        units: summary.lines.iter().map(|line| unit_view(line, &summary.columns)).collect(),
        absent: summary.absent.iter().map(absent_view).collect(),
        totals: values(&summary.columns, &summary.totals.values),
        average: summary.totals.average.map(print_score),
        grades: summary.grades.iter().map(|(grade, count)| GradeView { grade, count: count.to_string() }).collect(),
        notes,
    };
    serde_json::to_string_pretty(&view).map(|text| text + "\n").map_err(|error| error.to_string())
}

fn column_view<'a>(column: &'a Column, summary: &Summary) -> ColumnView<'a> {
    let (kind, part, whole) = match &column.kind {
        Kind::Money => ("money", None, None),
        Kind::Share { part, whole } => ("share", Some(part.as_str()), Some(whole.as_str())),
        Kind::Other(_) => ("other", None, None),
    };
    let unit =
        if column.kind == Kind::Money { summary.money.name().to_owned() } else { column.unit().unwrap_or_default() };
    ColumnView { name: &column.name, key: super::head(column), kind, unit, part, whole }
}

fn unit_view<'a>(line: &'a Line, columns: &[Column]) -> UnitView<'a> {
    let unit = &line.unit;
    let Counts { errors, warnings, known } = unit.counts;
    UnitView {
        rank: line.rank.map(|rank| rank.to_string()),
        name: &unit.name,
        path: &unit.path,
        figures: values(columns, &line.values),
        score: unit.score.as_ref().map(|score| print_score(score.total)),
        full: unit.score.as_ref().map(|score| print_score(score.full)),
        grade: unit.score.as_ref().and_then(|score| score.grade.as_deref()),
        errors: errors.to_string(),
        warnings: warnings.to_string(),
        known: known.to_string(),
        sound: line.counts(),
    }
}

/// The values that there are, by the heads of their columns.
fn values(columns: &[Column], values: &[Option<Amount>]) -> BTreeMap<String, ValueView> {
    let known = columns.iter().zip(values).filter_map(|(column, value)| Some((column, value.as_ref()?)));
    let view = |(column, value): (&Column, &Amount)| {
        let exact = value.value.normalize().to_string();
        (super::head(column), ValueView { exact, printed: column.print(value) })
    };
    known.map(view).collect()
}

fn absent_view(absent: &Absent) -> AbsentView<'_> {
    let years = absent.years.iter().map(ToString::to_string).collect();
    AbsentView { name: &absent.name, path: &absent.path, years }
}
