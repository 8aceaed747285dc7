//! What was printed and where it stands: every placeholder, every formula of a cell, every score.

use std::cell::RefCell;

use serde::Serialize;

use crate::figures::{FigureRef, Value};
use crate::source::Place;

/// Something that was computed and printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// What it is.
    pub subject: PrintedSubject,
    /// Where that is written; none for what stands in no file of the user's.
    pub place: Option<Place>,
    /// The figures that it reads itself, in the order of reading.
    pub reads: Vec<FigureRef>,
    /// Its value in the unit in which it is printed; none for scores.
    pub value: Option<Value>,
    /// What stands on the page.
    pub text: String,
    /// Where it stands in the report.
    pub spot: Spot,
}

/// What was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrintedSubject {
    /// The value of an expression, as written.
    Expression(String),
    /// The value of an expression, as written, in another year: the year, and the expression.
    OtherYear(i32, String),
    /// The score of an indicator, by its 编号.
    Score(String),
    /// 总分.
    Total,
    /// 等级.
    Grade,
}

/// Where something stands in the report, in the words by which a reader finds it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Spot {
    /// The attachment (`附件1`) and the headings above it, each with its number.
    pub trail: Vec<String>,
    /// What it stands in.
    pub part: Part,
}

/// A part of the report.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Part {
    /// The title of the report or of an attachment.
    #[default]
    Title,
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph {
        /// Which one under its heading, from 1.
        number: usize,
    },
    /// An item of a list.
    Item {
        /// Its number as printed.
        number: String,
    },
    /// The caption of a table.
    Caption,
    /// The head of a table.
    Head {
        /// The table.
        table: String,
    },
    /// A cell.
    Cell {
        /// The table: its caption, or 评分表.
        table: String,
        /// The row as printed, from 1; the head does not count.
        row: usize,
        /// What the row is called.
        name: String,
        /// What the column is called.
        column: String,
    },
    /// The note under a table.
    Note {
        /// The table.
        table: String,
    },
    /// The caption of a chart.
    ChartCaption,
    /// A name or the note of a chart.
    ChartWords {
        /// The chart: its caption.
        chart: String,
    },
    /// A number in a chart.
    Point {
        /// The chart: its caption.
        chart: String,
        /// What the series or part is called; empty where there is only one.
        series: String,
        /// What the category is called; empty where there is only one.
        category: String,
    },
}

/// Collects what is printed while a report is composed.
#[derive(Debug, Default)]
pub(super) struct Log {
    /// Whether prints are marked in the view, so that they can be found on the pages.
    pub(super) marked: bool,
    prints: RefCell<Vec<Printed>>,
    spot: RefCell<Spot>,
    /// The levels of the headings of the spot.
    levels: RefCell<Vec<u8>>,
}

impl Log {
    pub(super) fn new(marked: bool) -> Self {
        Self { marked, ..Self::default() }
    }

    /// What is filled in from now on stands in this part.
    pub(super) fn enter(&self, part: Part) {
        self.spot.borrow_mut().part = part;
    }

    /// A heading: what follows stands under it, whichever file it is written in. Level 0 is an attachment.
    pub(super) fn heading(&self, level: u8, text: &str) {
        let mut levels = self.levels.borrow_mut();
        let above = levels.iter().take_while(|&&other| other < level).count();
        levels.truncate(above);
        levels.push(level);
        let trail = &mut self.spot.borrow_mut().trail;
        trail.truncate(above);
        trail.push(text.trim_end_matches('。').to_owned());
    }

    /// Notes a print and gives its number.
    pub(super) fn add(
        &self,
        subject: PrintedSubject,
        place: Option<Place>,
        reads: Vec<FigureRef>,
        value: Option<Value>,
        text: &str,
    ) -> usize {
        let spot = self.spot.borrow().clone();
        let mut prints = self.prints.borrow_mut();
        prints.push(Printed { subject, place, reads, value, text: text.to_owned(), spot });
        prints.len() - 1
    }

    /// How many prints there are: the number of the next one.
    pub(super) fn count(&self) -> usize {
        self.prints.borrow().len()
    }

    /// The marks of the prints from a number on; none unless they are asked for.
    pub(super) fn marks_from(&self, first: usize) -> Vec<usize> {
        if self.marked { (first..self.count()).collect() } else { Vec::new() }
    }

    /// Forgets the prints from a number on: what they stood in is left out.
    pub(super) fn forget_from(&self, first: usize) {
        self.prints.borrow_mut().truncate(first);
    }

    /// All prints, by their numbers.
    pub(super) fn into_prints(self) -> Vec<Printed> {
        self.prints.into_inner()
    }
}
