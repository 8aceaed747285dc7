//! A year as a [`ReportView`].

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

mod around;
mod attachments;
mod blocks;
mod lacking;

use super::heading::{Counter, typed_number};
use super::inline::Filler;
use super::log::{Log, Part, Printed};
use super::places::Places;
use super::title;
use super::view::{BlockView, Inline, ReportView, SignatureView};
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{Block, Dossier, Section};
use crate::figures::Calculator;
use crate::profile::Profile;
use crate::scoring::Scorecard;
use crate::source::{Place, Sources, Spanned};
use around::page;
use attachments::attachment_note;

/// Everything that a report is composed of.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// Its profile.
    pub profile: &'a Profile,
    /// Its figures.
    pub calculator: &'a Calculator,
    /// Its scores.
    pub scorecard: Option<&'a Scorecard>,
    /// The text of its files.
    pub sources: &'a Sources,
    /// Whether prints are marked in the view, so that they can be found on the pages.
    pub marked: bool,
}

/// A report as composed.
#[derive(Debug)]
pub struct Composed {
    /// What is to be laid out.
    pub view: ReportView,
    /// What is printed where; marks in the view are numbers of this list.
    pub prints: Vec<Printed>,
    /// Where what is printed is written.
    pub places: Places,
}

/// Composes the report. The faces are left open: `typeset` fills them in.
pub fn compose(inputs: Inputs<'_>, findings: &mut Vec<Diagnostic>) -> Composed {
    let filler = filler(inputs);
    let numbering = &inputs.dossier.year.report.numbering;
    let counter = Counter::new(numbering.iter().map(|style| style.value));
    let mut composer =
        Composer { inputs, filler, findings, counter, tables: 0, charts: 0, paragraphs: 0, places: Vec::new() };
    let view = composer.report();
    let places = Places::of(inputs.dossier, composer.places);
    Composed { view, prints: composer.filler.log.into_prints(), places }
}

/// What fills in the placeholders of a report.
pub(super) fn filler(inputs: Inputs<'_>) -> Filler<'_> {
    let log = Log::new(inputs.marked);
    let Inputs { calculator, sources, profile, .. } = inputs;
    Filler { calculator, sources, profile, log, item: Cell::default(), unknown_scores: RefCell::default() }
}

struct Composer<'a> {
    inputs: Inputs<'a>,
    filler: Filler<'a>,
    findings: &'a mut Vec<Diagnostic>,
    counter: Counter,
    tables: usize,
    charts: usize,
    /// The paragraphs under the innermost heading so far.
    paragraphs: usize,
    /// Where each block is written, in the order of print.
    places: Vec<Option<Place>>,
}

impl Composer<'_> {
    fn report(&mut self) -> ReportView {
        let Dossier { unit, year, .. } = self.inputs.dossier;
        let report = &year.report;
        let title = self.filler.plain(&report.title, self.findings);
        let marks = self.filler.log.marks_from(0);
        self.check_filled("标题", &report.title);
        self.check_filled("单位名称", &unit.name);
        let title_lines = title::lines(&title, &[&unit.name.value], title::PORTRAIT);
        let signature = report.signature.as_ref().map(|signature| SignatureView {
            unit: signature.unit.clone().unwrap_or_else(|| unit.name.value.clone()),
            date: signature.date.chinese(),
            sealed: signature.sealed,
        });
        let (red_head, mut body) = self.red_head();
        for section in &year.sections {
            let level = self.level(section, 1);
            self.section(section, level, &mut body);
        }
        let attachments = self.attachments();
        ReportView {
            meta: self.meta(title.replace('/', "")),
            page: page(unit.page),
            landscape: false,
            fonts: BTreeMap::new(),
            weights: BTreeMap::new(),
            draft: false,
            cover: self.cover(&title_lines),
            red_head,
            title_lines,
            marks,
            body,
            attachment_note: attachment_note(&attachments),
            signature,
            attachments,
            imprint: self.imprint(),
            carried: Vec::new(),
        }
    }

    fn check_filled(&mut self, key: &str, text: &Spanned<String>) {
        if text.value.trim().is_empty() && self.inputs.dossier.complete {
            self.push(Diagnostic::new(Code::JB1016, format!("“{key}”是空的")).hint(format!("填上{key}")), text.place);
        }
    }

    /// The level of a section; without 级别 it is `least`, which it may skip levels from but not rise above.
    fn level(&mut self, section: &Section, least: u8) -> u8 {
        let Some(level) = &section.level else { return least };
        if (least..=4).contains(&level.value) {
            return level.value;
        }
        let finding = Diagnostic::new(Code::JB1016, format!("级别 {} 不对", level.value));
        let hint = format!("这里的级别写 {} 到 4，或不写", least.min(4));
        self.push(finding.hint(hint), level.place);
        least
    }

    fn section(&mut self, section: &Section, level: u8, into: &mut Vec<BlockView>) {
        let mut body = section.body.as_slice();
        let below = match &section.title {
            None => level,
            Some(title) => {
                self.check_filled("标题", title);
                let (number, mut text) = self.heading(title, level, section);
                self.filler
                    .log
                    .heading(level, &format!("{number}{}", text.iter().map(Inline::words).collect::<String>()));
                self.paragraphs = 0;
                if section.run_in && !matches!(body, [Block::Paragraph(_), ..]) {
                    let finding = Diagnostic::new(Code::JB1016, "接排的标题后面要有一段文字");
                    self.push(finding.hint("在 正文 的第一项写一段文字，或去掉 接排"), title.place);
                }
                let mut rest = Vec::new();
                if section.run_in {
                    (rest, body) = self.run_in(body);
                }
                // Where all that it would run into falls away, the heading stands on a line of its own.
                let run_in = section.run_in && !(self.is_multi_year() && rest.is_empty());
                if run_in {
                    end_sentence(&mut text);
                }
                let heading = BlockView::Heading { level: level.min(4), number, text, run_in, rest };
                let place = match section.body.first() {
                    Some(Block::Paragraph(text)) if run_in => text.place,
                    _ => title.place,
                };
                self.add(heading, place, into);
                level + 1
            }
        };
        self.blocks(body, below, into);
    }

    fn add(&mut self, block: BlockView, place: Option<Place>, into: &mut Vec<BlockView>) {
        into.push(block);
        self.places.push(place);
    }

    fn next_paragraph(&mut self) {
        self.paragraphs += 1;
        self.filler.log.enter(Part::Paragraph { number: self.paragraphs });
    }

    /// The number and text of a heading.
    fn heading(&mut self, title: &Spanned<String>, level: u8, section: &Section) -> (String, Vec<Inline>) {
        self.check_typed_number(title);
        if level > 4 {
            let finding = Diagnostic::new(Code::JB1016, "标题只有四级：一、（一）1.（1）");
            self.push(finding.hint("把这一级改成 列表，或合并到上一级"), title.place);
        }
        self.filler.log.enter(Part::Heading);
        let text = self.filler.inlines(title, self.findings);
        let number = if section.numbered.0 {
            self.counter.next(level)
        } else {
            self.counter.pass(level);
            String::new()
        };
        (number, text)
    }

    fn check_typed_number(&mut self, text: &Spanned<String>) {
        if let Some(typed) = typed_number(&text.value) {
            let finding = Diagnostic::new(Code::JB5003, format!("“{typed}”是手工编的号，程序还会再编一次"));
            self.push(finding.hint("删去手工的编号"), text.place);
        }
    }

    fn push(&mut self, finding: Diagnostic, place: Option<Place>) {
        self.findings.push(finding.at(place));
    }
}

/// Ends a text with a full stop where it has no closing mark yet.
fn end_sentence(text: &mut [Inline]) {
    let words = text.iter_mut().rev().find_map(|run| match run {
        Inline::Text(text) | Inline::Strong(text) => Some(text),
        Inline::Mark(_) => None,
    });
    let Some(last) = words else { return };
    if !last.ends_with(['。', '；', '！', '？', '：', '.', ';']) {
        last.push('。');
    }
}
