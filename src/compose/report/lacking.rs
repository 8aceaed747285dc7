//! The report of several years has its text from the profile: what the years lack falls away from it.

use super::{BlockView, Composer, Inline};
use crate::compose::heading::Counter;
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::Block;
use crate::source::Spanned;

/// How far the composing had come before a block.
struct Before {
    counter: Counter,
    tables: usize,
    charts: usize,
    paragraphs: usize,
    prints: usize,
    findings: usize,
    blocks: usize,
    places: usize,
}

impl Composer<'_> {
    /// Whether the text is the profile's, so that what is not given falls away.
    pub(super) fn is_multi_year(&self) -> bool {
        self.inputs.dossier.year.first.is_some()
    }

    /// A block, or nothing where it prints a figure that is not given, is a table without rows, or a heading with nothing
    /// under it. Numbers then go on as if it had not been there.
    pub(super) fn block_if_given(&mut self, block: &Block, level: u8, into: &mut Vec<BlockView>) {
        let before = self.before(into.len());
        self.block(block, level, into);
        let lacking = match block {
            Block::Subsection(_) => match &into[before.blocks..] {
                [] => true,
                [BlockView::Heading { rest, .. }] => rest.is_empty(),
                _ => false,
            },
            Block::Table(_) => into[before.blocks..]
                .iter()
                .all(|view| matches!(view, BlockView::Table(table) if table.rows.is_empty())),
            Block::Chart(_) if into.len() == before.blocks => true,
            _ => self.lacks_since(&before),
        };
        if lacking {
            into.truncate(before.blocks);
            self.go_back(before);
        }
    }

    /// The text behind a run-in heading: the first of the paragraphs that begin its body, or in a report of several years
    /// the first that prints no figure that is not given. Gives the rest of the body too.
    pub(super) fn run_in<'b>(&mut self, body: &'b [Block]) -> (Vec<Inline>, &'b [Block]) {
        let mut left = body;
        while let [Block::Paragraph(text), others @ ..] = left {
            left = others;
            if let Some(text) = self.run_in_if_given(text) {
                return (text, left);
            }
        }
        (Vec::new(), left)
    }

    fn run_in_if_given(&mut self, text: &Spanned<String>) -> Option<Vec<Inline>> {
        let before = self.before(0);
        self.next_paragraph();
        let filled = self.filler.inlines(text, self.findings);
        if self.is_multi_year() && self.lacks_since(&before) {
            self.go_back(before);
            return None;
        }
        Some(filled)
    }

    fn before(&self, blocks: usize) -> Before {
        Before {
            counter: self.counter.clone(),
            tables: self.tables,
            charts: self.charts,
            paragraphs: self.paragraphs,
            prints: self.filler.log.count(),
            findings: self.findings.len(),
            blocks,
            places: self.places.len(),
        }
    }

    fn lacks_since(&self, before: &Before) -> bool {
        self.findings[before.findings..].iter().any(not_given)
    }

    /// Other things that are wrong with the block are told all the same.
    fn go_back(&mut self, before: Before) {
        let said = self.findings.split_off(before.findings);
        self.findings.extend(said.into_iter().filter(|finding| !not_given(finding)));
        self.counter = before.counter;
        self.tables = before.tables;
        self.charts = before.charts;
        self.paragraphs = before.paragraphs;
        self.places.truncate(before.places);
        self.filler.log.forget_from(before.prints);
    }
}

fn not_given(finding: &Diagnostic) -> bool {
    matches!(finding.code, Code::JB2004 | Code::JB2008)
}
