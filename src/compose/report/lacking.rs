//! The report of several years has its text from the profile: what the years lack falls away from it.

use super::{BlockView, Composer};
use crate::compose::heading::Counter;
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::Block;

/// How far the composing had come before a block.
struct Before {
    counter: Counter,
    tables: usize,
    charts: usize,
    paragraphs: usize,
    prints: usize,
    findings: usize,
    blocks: usize,
}

impl Composer<'_> {
    /// Whether the text is the profile's, so that what is not given falls away.
    pub(super) fn is_multi_year(&self) -> bool {
        self.inputs.dossier.year.first.is_some()
    }

    /// A block, or nothing where it prints a figure that is not given, is a table without rows, or a heading with nothing
    /// under it. Numbers then go on as if it had not been there.
    pub(super) fn block_if_given(&mut self, block: &Block, level: u8, into: &mut Vec<BlockView>) {
        let before = Before {
            counter: self.counter.clone(),
            tables: self.tables,
            charts: self.charts,
            paragraphs: self.paragraphs,
            prints: self.filler.log.count(),
            findings: self.findings.len(),
            blocks: into.len(),
        };
        self.block(block, level, into);
        let not_given = |finding: &Diagnostic| matches!(finding.code, Code::JB2004 | Code::JB2008);
        let lacking = match block {
            Block::Subsection(_) => into.len() <= before.blocks + 1,
            Block::Table(_) => into[before.blocks..]
                .iter()
                .all(|view| matches!(view, BlockView::Table(table) if table.rows.is_empty())),
            Block::Chart(_) if into.len() == before.blocks => true,
            _ => self.findings[before.findings..].iter().any(not_given),
        };
        if lacking {
            self.go_back(before, into, not_given);
        }
    }

    /// Other things that are wrong with the block are told all the same.
    fn go_back(&mut self, before: Before, into: &mut Vec<BlockView>, not_given: impl Fn(&Diagnostic) -> bool) {
        let said = self.findings.split_off(before.findings);
        self.findings.extend(said.into_iter().filter(|finding| !not_given(finding)));
        self.counter = before.counter;
        self.tables = before.tables;
        self.charts = before.charts;
        self.paragraphs = before.paragraphs;
        self.filler.log.forget_from(before.prints);
        into.truncate(before.blocks);
    }
}
