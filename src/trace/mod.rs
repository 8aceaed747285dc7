//! Where a printed number comes from: from the page back to the lines of the files, with every formula and every rounding
//! on the way.

mod ask;
mod figure;
mod identity;
mod place;
mod prints;
mod score;
mod score_rule;
mod text;
mod value;

pub use ask::Unknown;
pub use figure::{CheckTrace, FigureTrace, FormulaTrace};
pub use identity::{IdentityTrace, IdentityVerdict};
pub use place::Location;
pub use prints::{Pages, PrintTrace};
pub use score::{BandTrace, GradeTrace, RowTrace, Said, ScoreTrace, TotalTrace};
pub(crate) use score_rule::name as rule_name;
pub use text::to_text;
pub use value::{Rounded, Setting, ValueTrace};

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use crate::{Examination, Examined};

/// How a number came about. All numbers are strings, so that no reader turns them into binary floats unasked.
#[derive(Debug, Clone, Serialize)]
pub struct Trace {
    /// The version of this form.
    pub schema: u8,
    /// 年度 of the report.
    pub year: i32,
    /// What was asked for.
    pub asked: String,
    /// How it came about.
    pub subject: Subject,
    /// Where it is printed.
    pub printed: Vec<PrintTrace>,
    /// Whether the pages of these places are known.
    pub pages: &'static str,
}

/// What can be asked for.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Subject {
    /// A figure.
    Figure(Box<FigureTrace>),
    /// An expression of the asker's.
    Expression(Box<FormulaTrace>),
    /// An identity.
    Identity(Box<IdentityTrace>),
    /// The identities of one number.
    Identities {
        /// They.
        identities: Vec<IdentityTrace>,
    },
    /// The score of an indicator.
    Score(Box<ScoreTrace>),
    /// 总分.
    Total(TotalTrace),
    /// 等级.
    Grade(GradeTrace),
}

/// What all parts of a trace are made from.
#[derive(Debug, Clone, Copy)]
struct Grounds<'a> {
    report: &'a Examination,
    sources: &'a Sources,
    findings: &'a [Diagnostic],
}

/// Explains a figure, expression, identity or score of a report.
///
/// # Errors
/// The name means nothing, or the expression cannot be parsed.
pub fn explain(examined: &Examined, report: &Examination, name: &str, pages: &Pages) -> Result<Trace, Unknown> {
    let grounds = Grounds { report, sources: &examined.sources, findings: &examined.findings };
    let asked = ask::find(report, name)?;
    let subject = match &asked {
        ask::Asked::Figure(figure) => Subject::Figure(Box::new(figure::Tree::new(grounds).figure(*figure))),
        ask::Asked::Expression(text) => Subject::Expression(Box::new(figure::Tree::new(grounds).expression(text))),
        ask::Asked::Identities(numbers) => {
            let mut traces: Vec<IdentityTrace> = numbers
                .iter()
                .filter_map(|&number| Some((number, report.identities().nth(number)?)))
                .map(|(number, one)| identity::trace(grounds, one, number >= report.profile.identities.len()))
                .collect();
            match traces.pop() {
                Some(only) if traces.is_empty() => Subject::Identity(Box::new(only)),
                last => Subject::Identities { identities: traces.into_iter().chain(last).collect() },
            }
        }
        ask::Asked::Score(id) => score::trace(grounds, id).map(Box::new).map(Subject::Score).ok_or_else(|| {
            // The sheet was searched for it a moment ago.
            Unknown { message: format!("没有指标“{id}”"), hints: Vec::new() }
        })?,
        ask::Asked::Total => Subject::Total(score::total(grounds)?),
        ask::Asked::Grade => Subject::Grade(score::grade(grounds)?),
    };
    let printed = prints::trace(grounds, &asked, pages);
    Ok(Trace {
        schema: 1,
        year: report.dossier.year.number,
        asked: name.trim().to_owned(),
        subject,
        printed,
        pages: pages.id(),
    })
}
