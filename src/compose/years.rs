//! Tables of years (逐年): a column a year, a row an expression that is evaluated in each.

use super::inline::Filler;
use super::log::{Part, PrintedSubject};
use super::table::{Frame, Grid, expression_place, in_unit, wrong_unit};
use super::view::{CellView, RowView, TableView};
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{Column, Row, TableSpec};
use crate::figures::{Evaluated, FigureRef, Unit, Value};
use crate::main_figures::{MainFigure, NO_FIGURE, main_figures_of};
use crate::source::{Place, Spanned};

/// The head of the first column.
const NAMES: &str = "项目";

/// Fills a table of years in.
pub(super) fn table(
    filler: &Filler<'_>,
    spec: &TableSpec,
    most: usize,
    frame: Frame,
    findings: &mut Vec<Diagnostic>,
) -> TableView {
    let begun = frame.begin(filler, spec, findings);
    let years = filler.calculator.years_shown(most);
    let mut scene =
        Scene { filler, spec, frame, table: &begun.name, years: &years, findings, rows: Vec::new(), row: None };
    for row in &spec.rows {
        scene.row(row);
    }
    let rows = scene.rows;
    let heads: Vec<String> = std::iter::once(NAMES.to_owned()).chain(years.iter().map(|year| head(*year))).collect();
    let header: Vec<CellView> = heads.iter().map(CellView::new).collect();
    let numeric: Vec<bool> = (0..heads.len()).map(|column| column > 0).collect();
    let column = |name: String| Column { name: Spanned::from(name), width: None, align: None };
    let columns: Vec<Column> = heads.into_iter().map(column).collect();
    begun.end(filler, spec, Grid { columns: &columns, header, rows, numeric: &numeric }, findings)
}

fn head(year: i32) -> String {
    format!("{year}年")
}

/// What stands in a cell: its value, and the figures that it reads.
type Filled = Option<(Value, Vec<FigureRef>)>;

/// A table while its rows are filled in.
struct Scene<'a> {
    filler: &'a Filler<'a>,
    spec: &'a TableSpec,
    frame: Frame,
    table: &'a str,
    years: &'a [i32],
    findings: &'a mut Vec<Diagnostic>,
    rows: Vec<RowView>,
    /// Where the row is written that is filled in.
    row: Option<Place>,
}

impl Scene<'_> {
    fn row(&mut self, row: &Spanned<Row>) {
        self.row = row.place.or(self.frame.place);
        if row.value.main_figures {
            return self.main_figures();
        }
        let expression = match row.value.cells.as_slice() {
            [_, cell] if row.value.each.is_none() => cell.0.value.strip_prefix(['=', '＝']).map(|text| (text, &cell.0)),
            _ => None,
        };
        let (Some((expression, cell)), Some(name)) = (expression, row.value.cells.first()) else {
            return self.findings.push(unshaped(row, self.frame.place));
        };
        let place = expression_place(self.filler, cell, expression).or(self.frame.place);
        let before = self.filler.log.count();
        self.enter(0, "");
        let name = self.filler.plain(&name.0, self.findings);
        let first = CellView { indent: row.value.indent, ..CellView::new(name.as_str()) };
        let first = first.marked(self.filler.log.marks_from(before));
        let told = self.findings.len();
        let values = self.values(expression, place);
        if values.iter().all(Option::is_none) {
            if self.frame.standard {
                return self.filler.log.forget_from(before);
            }
            // Nothing to print in any year: the reason is told as for any other cell.
            if self.findings.len() == told {
                self.filler.value(expression, place, false, self.findings);
            }
        }
        self.print(first, &name, expression, place, values, row.value.total);
    }

    /// The value of an expression in each year. Of what is wrong the first year's is told: the others' is the same.
    fn values(&mut self, expression: &str, place: Option<Place>) -> Vec<Filled> {
        let unit = self.spec.unit.as_deref().map(Unit::parse);
        let mut told = false;
        let mut values = Vec::new();
        for &year in self.years {
            let mut findings = Vec::new();
            self.filler.item.set(Some(FigureRef { year, node: 0 }));
            let value = self.filler.value(expression, place, true, &mut findings);
            let value = value.and_then(|Evaluated { value, reads, .. }| match in_unit(value, unit.as_ref()) {
                Ok(value) => Some((value, reads)),
                Err(own) => {
                    findings.push(wrong_unit(&own, unit.as_ref(), place));
                    None
                }
            });
            for mut finding in findings {
                let unknown_score = finding.code == Code::JB4010;
                if !unknown_score && !told {
                    finding.message = format!("{}：{}", head(year), finding.message);
                }
                if unknown_score || !told {
                    told |= !unknown_score;
                    self.findings.push(finding);
                }
            }
            values.push(value);
        }
        self.filler.item.set(None);
        values
    }

    /// A row for each of the profile's main figures that some year has.
    fn main_figures(&mut self) {
        let calculator = self.filler.calculator;
        let of_year = |&year: &i32| main_figures_of(calculator, self.filler.profile, year);
        let years: Vec<Vec<MainFigure>> = self.years.iter().map(of_year).collect();
        let unit = self.spec.unit.as_deref().map(Unit::parse);
        for (i, sample) in years.last().into_iter().flatten().enumerate() {
            let of_years = || years.iter().filter_map(|year| year.get(i));
            let fault = of_years().find_map(|figure| figure.finding.clone());
            self.findings.extend(fault.map(|finding| match finding.place {
                Some(_) => finding,
                None => finding.at(self.frame.place),
            }));
            if of_years().all(|figure| figure.amount.is_none()) {
                continue;
            }
            let converts = matches!((&unit, Unit::parse(&sample.unit)), (Some(Unit::Money(_)), Unit::Money(_)));
            let name = if converts { sample.name.clone() } else { format!("{}（{}）", sample.name, sample.unit) };
            let filled = |figure: &MainFigure| {
                let value = in_unit(Value::Amount(figure.amount.clone()?), unit.as_ref()).ok()?;
                Some((value, figure.reads.clone()))
            };
            let values: Vec<Filled> = of_years().map(filled).collect();
            self.print(CellView::new(name.as_str()), &name, &sample.name, self.frame.place, values, false);
        }
    }

    /// Prints a row, with a dash for the years that have no value.
    fn print(
        &mut self,
        first: CellView,
        name: &str,
        expression: &str,
        place: Option<Place>,
        values: Vec<Filled>,
        total: bool,
    ) {
        let own = self.filler.calculator.book().year;
        let mut cells = vec![first];
        for (i, (&year, value)) in self.years.iter().zip(values).enumerate() {
            self.enter(i + 1, name);
            let before = self.filler.log.count();
            let text = match value {
                None => NO_FIGURE.to_owned(),
                Some((value, reads)) => {
                    let printed = self.filler.print_at((&value, &reads), place, self.findings);
                    let expression = expression.trim().to_owned();
                    let subject = if year == own {
                        PrintedSubject::Expression(expression)
                    } else {
                        PrintedSubject::OtherYear(year, expression)
                    };
                    self.filler.log.add(subject, place, reads, Some(value), &printed);
                    if printed.is_empty() { NO_FIGURE.to_owned() } else { printed }
                }
            };
            cells.push(CellView::new(text).marked(self.filler.log.marks_from(before)));
        }
        self.rows.push(RowView { cells, total, place: self.row });
    }

    fn enter(&self, column: usize, name: &str) {
        let column = column.checked_sub(1).and_then(|i| self.years.get(i)).map_or(NAMES.to_owned(), |year| head(*year));
        self.filler.log.enter(Part::Cell {
            table: self.table.to_owned(),
            row: self.rows.len() + 1,
            name: name.to_owned(),
            column,
        });
    }
}

fn unshaped(row: &Spanned<Row>, place: Option<Place>) -> Diagnostic {
    Diagnostic::new(Code::JB5002, "逐年 的表，一行写名称和一个公式")
        .at(row.place.or(place))
        .hint("写成 [支出合计, =支出.合计]；公式在每一年里各算一次")
}
