//! Where something is printed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Grounds;
use super::ask::Asked;
use super::place::Location;
use super::score;
use super::value::{Rounded, rounded};
use crate::compose::{Printed, PrintedSubject, Spot};
use crate::figures::Value;
use crate::typeset::PageNumber;

/// The pages of a report, as far as they are known.
#[derive(Debug, Clone)]
pub enum Pages {
    /// Nobody asked for them.
    Skipped,
    /// The report has errors, so that it is not laid out.
    Blocked,
    /// The page of each print.
    Known(BTreeMap<usize, PageNumber>),
}

impl Pages {
    /// In a word, for programs.
    pub(super) fn id(&self) -> &'static str {
        match self {
            Self::Skipped => "skipped",
            Self::Blocked => "blocked",
            Self::Known(_) => "known",
        }
    }
}

/// A place of the report where something is printed.
#[derive(Debug, Clone, Serialize)]
pub struct PrintTrace {
    /// The expression as written there; for a score its 编号, 总分 or 等级.
    pub expression: String,
    /// Where that is written; none for the program's own tables.
    pub at: Option<Location>,
    /// What stands on the page.
    pub text: String,
    /// How it is rounded there; none for what is no amount.
    pub rounding: Option<Rounded>,
    /// Where in the report.
    pub spot: Spot,
    /// The page.
    pub page: Option<PageNumber>,
}

/// The places where what was asked for is printed, in print order.
pub(super) fn trace(grounds: Grounds<'_>, asked: &Asked, pages: &Pages) -> Vec<PrintTrace> {
    let prints = grounds.report.prints.iter().enumerate();
    prints
        .filter(|(_, print)| concerns(grounds, print, asked))
        .map(|(number, print)| PrintTrace {
            expression: match &print.subject {
                PrintedSubject::Expression(text) | PrintedSubject::Score(text) => text.clone(),
                PrintedSubject::OtherYear(year, text) => format!("{year}年 {text}"),
                PrintedSubject::Total => "总分".to_owned(),
                PrintedSubject::Grade => "等级".to_owned(),
            },
            at: print.place.map(|place| Location::of(place, grounds.sources)),
            text: print.text.clone(),
            rounding: rounding(grounds, print),
            spot: print.spot.clone(),
            page: match pages {
                Pages::Known(pages) => pages.get(&number).copied(),
                Pages::Skipped | Pages::Blocked => None,
            },
        })
        .collect()
}

fn concerns(grounds: Grounds<'_>, print: &Printed, asked: &Asked) -> bool {
    match (asked, &print.subject) {
        (Asked::Figure(figure), PrintedSubject::Score(id)) => score::reads(grounds, id).contains(figure),
        (Asked::Figure(figure), _) => print.reads.contains(figure),
        (Asked::Expression(text), PrintedSubject::Expression(printed)) => squeezed(text) == squeezed(printed),
        (Asked::Score(id), PrintedSubject::Score(printed)) => id == printed,
        (Asked::Total, PrintedSubject::Total) | (Asked::Grade, PrintedSubject::Grade) => true,
        (Asked::Total, PrintedSubject::Expression(text)) => mentions(text, "总分"),
        (Asked::Grade, PrintedSubject::Expression(text)) => mentions(text, "等级"),
        _ => false,
    }
}

fn rounding(grounds: Grounds<'_>, print: &Printed) -> Option<Rounded> {
    let calculator = &grounds.report.calculator;
    match print.value.as_ref()? {
        Value::Amount(amount) => Some(rounded(amount, calculator.book(), calculator.printer())),
        _ => None,
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether an expression uses a word.
fn mentions(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '.')).any(|name| name == word)
}
