//! The blocks of a text: paragraphs, lists, problems with their measures, tables, charts.

use super::{Composer, end_sentence};
use crate::compose::chart;
use crate::compose::heading::chinese;
use crate::compose::log::Part;
use crate::compose::table::{self, Frame};
use crate::compose::view::{BlockView, ChartView, Inline, TableView};
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{Block, ChartSpec, List, ListStyle, PairStyle, Pairing, TableSource};
use crate::source::{Spanned, closest};

impl Composer<'_> {
    pub(super) fn blocks(&mut self, blocks: &[Block], level: u8, into: &mut Vec<BlockView>) {
        for block in blocks {
            if self.is_multi_year() {
                self.block_if_given(block, level, into);
            } else {
                self.block(block, level, into);
            }
        }
    }

    pub(super) fn block(&mut self, block: &Block, level: u8, into: &mut Vec<BlockView>) {
        match block {
            Block::Paragraph(text) => self.paragraphs(text, into),
            Block::Subsection(section) => {
                if section.title.is_none() && self.inputs.dossier.complete {
                    let place = section.first_place();
                    self.push(Diagnostic::new(Code::JB1014, "小节没有标题").hint("补上 标题: …"), place);
                }
                let level = self.level(section, level);
                self.section(section, level, into);
            }
            Block::List(list) => self.list(list, level, into),
            Block::Pairs(pairing) => self.pairs(pairing, level, into),
            Block::Table(source) => {
                if let Some(table) = self.table(source) {
                    self.add(BlockView::Table(table), source.place, into);
                }
            }
            Block::Chart(spec) => {
                if let Some(chart) = self.chart(spec) {
                    self.add(BlockView::Chart(chart), spec.place, into);
                }
            }
        }
    }

    /// A text; a block text (`|`) of several lines is a paragraph a line.
    fn paragraphs(&mut self, text: &Spanned<String>, into: &mut Vec<BlockView>) {
        let mut seen = 0;
        for line in text.value.lines().filter(|line| !line.trim().is_empty()) {
            self.next_paragraph();
            let line = Spanned { value: line.trim().to_owned(), place: text.place };
            let block = self.filler.line(&line, &mut seen, self.findings);
            self.add(BlockView::Paragraph { text: block, indent: true }, text.place, into);
        }
    }

    fn list(&mut self, list: &List, level: u8, into: &mut Vec<BlockView>) {
        for item in &list.items {
            self.check_typed_number(item);
        }
        if list.style == ListStyle::Running {
            self.next_paragraph();
            let mut text = Vec::new();
            for (i, item) in list.items.iter().enumerate() {
                text.push(Inline::Text(format!("{}是", chinese(i + 1))));
                text.append(&mut self.filler.inlines(item, self.findings));
                end_sentence(&mut text);
            }
            let first = list.items.first().and_then(|item| item.place);
            self.add(BlockView::Paragraph { text, indent: true }, first, into);
            return;
        }
        for (i, item) in list.items.iter().enumerate() {
            let number = self.counter.item(level, i + 1);
            self.filler.log.enter(Part::Item { number: number.clone() });
            let text = self.filler.inlines(item, self.findings);
            self.add(BlockView::Item { number, text }, item.place, into);
        }
    }

    /// Problems and measures: each pair as one item, or the problems and then the measures under the same numbers.
    fn pairs(&mut self, pairing: &Pairing, level: u8, into: &mut Vec<BlockView>) {
        let item = |this: &mut Self, i: usize, parts: &[&Spanned<String>]| {
            let number = this.counter.item(level, i + 1);
            this.filler.log.enter(Part::Item { number: number.clone() });
            let mut text = Vec::new();
            for part in parts {
                text.append(&mut this.filler.inlines(part, this.findings));
                end_sentence(&mut text);
            }
            BlockView::Item { number, text }
        };
        match pairing.style {
            PairStyle::Together => {
                for (i, pair) in pairing.pairs.iter().enumerate() {
                    let view = item(self, i, &[&pair.problem, &pair.measure]);
                    self.add(view, pair.problem.place, into);
                }
            }
            PairStyle::Apart => {
                for (lead, part) in [("存在的主要问题：", 0), ("改进措施：", 1)] {
                    let lead = BlockView::Paragraph { text: vec![Inline::Text(lead.to_owned())], indent: true };
                    self.add(lead, pairing.pairs.first().and_then(|pair| pair.problem.place), into);
                    for (i, pair) in pairing.pairs.iter().enumerate() {
                        let text = if part == 0 { &pair.problem } else { &pair.measure };
                        let view = item(self, i, &[text]);
                        self.add(view, text.place, into);
                    }
                }
            }
        }
    }

    fn table(&mut self, source: &Spanned<TableSource>) -> Option<TableView> {
        self.tables += 1;
        let frame = |standard| Frame {
            number: self.tables,
            standard,
            sound: self.inputs.dossier.complete,
            place: source.place,
        };
        match &source.value {
            TableSource::Own(spec) => {
                let frame = frame(self.is_multi_year());
                Some(table::table(&self.filler, spec, frame, self.findings))
            }
            TableSource::Standard(name) => {
                let tables = &self.inputs.profile.tables;
                if let Some(spec) = tables.get(name) {
                    return Some(table::table(&self.filler, spec, frame(true), self.findings));
                }
                let names = tables.0.iter().map(|(name, _)| name.as_str());
                let finding = Diagnostic::new(Code::JB5002, format!("体例里没有标准表“{name}”"));
                let finding = finding.suggest(closest(name, names.clone()));
                let list = names.collect::<Vec<_>>().join("、");
                self.push(finding.hint(format!("可用的标准表：{list}")), source.place);
                None
            }
        }
    }

    fn chart(&mut self, spec: &Spanned<ChartSpec>) -> Option<ChartView> {
        self.charts += 1;
        self.check_filled("标题", &spec.value.caption);
        chart::chart(&self.filler, spec, self.charts, self.inputs.dossier.complete, self.findings)
    }
}
