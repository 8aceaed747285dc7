//! The computed figures of a year, for people and for programs.

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::figures::{Book, Computed, Definition, FigureNode, FigureRef, Printer};

/// Where a figure's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// A number as written.
    Given,
    /// A formula.
    Formula,
    /// A formula of the profile, which no file of the unit's has.
    Derived,
    /// A number that a formula checks.
    Stated,
    /// Not given.
    Empty,
    /// Wrong in itself, or its formula failed.
    Failed,
}

impl Origin {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Given => "填报",
            Self::Formula => "公式",
            Self::Derived => "体例的公式",
            Self::Stated => "填报并有公式",
            Self::Empty => "未填",
            Self::Failed => "有错误",
        }
    }
}

/// A figure as exported. Numbers are strings: no reader may turn them into binary floats unasked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureRow {
    /// 年度.
    pub year: i32,
    /// The full name.
    pub path: String,
    /// The name as printed.
    pub name: String,
    /// The exact value; none where it is not given or could not be computed.
    pub value: Option<String>,
    /// The digits as printed.
    pub printed: Option<String>,
    /// The unit.
    pub unit: String,
    /// 口径.
    pub basis: Option<String>,
    /// Where it comes from.
    pub source: Origin,
    /// The formula.
    pub formula: Option<String>,
}

/// The figures of the reported year, in the order written.
pub fn figure_rows(book: &Book, printer: Printer) -> Vec<FigureRow> {
    let Some(tree) = book.own() else { return Vec::new() };
    // What the profile would derive from figures that are not given is nobody's concern.
    let idle = |node: usize, figure: &FigureNode| {
        figure.derived && book.value(FigureRef { year: book.year, node }) == Some(Computed::NotGiven)
    };
    tree.figures()
        .filter(|(node, figure, _)| !idle(*node, figure))
        .map(|(node, figure, definition)| {
            let computed = book.value(FigureRef { year: book.year, node });
            let failed = matches!(computed, Some(Computed::Failed));
            let amount = match computed {
                Some(Computed::Known(amount)) => Some(amount),
                _ => None,
            };
            let (source, formula) = match definition {
                Definition::Formula(formula) => {
                    let origin = if figure.derived { Origin::Derived } else { Origin::Formula };
                    (origin, Some(formula.text.clone()))
                }
                Definition::Stated(_, _, formula) => (Origin::Stated, Some(formula.text.clone())),
                Definition::Given(..) => (Origin::Given, None),
                Definition::NotGiven => (Origin::Empty, None),
                Definition::Broken => (Origin::Failed, None),
            };
            let source = if failed { Origin::Failed } else { source };
            FigureRow {
                year: book.year,
                path: figure.path.clone(),
                name: figure.printed_name().to_owned(),
                value: amount.as_ref().map(|a| a.value.to_string()),
                printed: amount.as_ref().map(|a| printer.number(a)),
                unit: amount.as_ref().map_or_else(|| figure.unit.to_string(), |a| a.unit.to_string()),
                basis: figure.basis.clone(),
                source,
                formula,
            }
        })
        .collect()
}

/// As a JSON array, one figure a line.
pub fn figures_json(rows: &[FigureRow]) -> String {
    let lines: Vec<String> =
        rows.iter().filter_map(|row| serde_json::to_string(row).ok()).map(|line| format!("  {line}")).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

/// As CSV with a byte order mark, by which Excel knows UTF-8.
///
/// # Errors
/// None is known; the writer's own word.
pub fn figures_csv(rows: &[FigureRow]) -> Result<String, String> {
    let mut writer = csv::Writer::from_writer("\u{FEFF}".as_bytes().to_vec());
    let mut write = || {
        writer.write_record(["年度", "数据项", "值", "印出", "单位", "口径", "来源", "公式"])?;
        for row in rows {
            writer.write_record([
                row.year.to_string().as_str(),
                row.path.as_str(),
                row.value.as_deref().unwrap_or_default(),
                row.printed.as_deref().unwrap_or_default(),
                &row.unit,
                row.basis.as_deref().unwrap_or_default(),
                row.source.name(),
                row.formula.as_deref().unwrap_or_default(),
            ])?;
        }
        csv::Result::Ok(())
    };
    write().map_err(|e| e.to_string())?;
    let bytes = writer.into_inner().map_err(|e| e.to_string())?;
    String::from_utf8(bytes).map_err(|e| e.to_string())
}

/// As lines: name, printed value, unit, source.
pub fn figures_table(rows: &[FigureRow]) -> String {
    let width = rows.iter().map(|row| row.path.width()).max().unwrap_or(0);
    let number = rows.iter().filter_map(|row| row.printed.as_ref()).map(|p| p.width()).max().unwrap_or(0);
    let mut out = String::new();
    for row in rows {
        let gap = " ".repeat(width - row.path.width());
        let value = row.printed.as_deref().unwrap_or_else(|| row.source.name());
        let formula = row.formula.as_ref().map_or_else(String::new, |f| format!("  = {f}"));
        let space = " ".repeat(number.saturating_sub(value.width()));
        out.push_str(format!("{}{gap}  {space}{value} {}{formula}", row.path, row.unit).trim_end());
        out.push('\n');
    }
    out
}
