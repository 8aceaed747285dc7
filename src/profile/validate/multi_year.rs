//! Whether the report of several years names only what the profile describes.

use super::Validator;
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{Block, ChartContent, ChartSpec, TableSource};
use crate::source::{Piece, Spanned, closest, pieces};

impl Validator<'_> {
    pub(super) fn multi_year(&mut self) {
        let Some(report) = &self.profile.multi_year else { return };
        self.text(&report.title);
        self.blocks(&report.body);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(text) => self.text(text),
                Block::Subsection(section) => {
                    section.title.iter().for_each(|title| self.text(title));
                    self.blocks(&section.body);
                }
                Block::List(list) => list.items.iter().for_each(|item| self.text(item)),
                Block::Pairs(pairing) => {
                    for pair in &pairing.pairs {
                        self.text(&pair.problem);
                        self.text(&pair.measure);
                    }
                }
                Block::Table(source) => match &source.value {
                    TableSource::Own(spec) => self.table(spec),
                    TableSource::Standard(name) => self.standard_table(name, source.place),
                },
                Block::Chart(chart) => self.chart(&chart.value),
            }
        }
    }

    fn standard_table(&mut self, name: &str, place: Option<crate::source::Place>) {
        let tables = &self.profile.tables;
        if tables.get(name).is_none() {
            let finding = Diagnostic::new(Code::JB1022, format!("多年报告要印的标准表“{name}”，体例里没有")).at(place);
            let names = tables.0.iter().map(|(name, _)| name.as_str());
            self.findings.push(finding.suggest(closest(name, names)).hint("写 标准表 里的名称"));
        }
    }

    fn chart(&mut self, spec: &ChartSpec) {
        match &spec.content {
            ChartContent::Data(data) => self.formula(data),
            ChartContent::Series(all) => all.iter().for_each(|one| self.formula(&one.data)),
            ChartContent::Items(all) => {
                all.iter().filter(|one| one.value.each.is_none()).for_each(|one| self.formula(&one.value.value));
            }
        }
    }

    /// An expression that may begin with `=`.
    fn formula(&mut self, text: &Spanned<String>) {
        let bare = text.value.trim_start().trim_start_matches(['=', '＝']).to_owned();
        self.expression(&Spanned { value: bare, place: text.place }, None);
    }

    /// The placeholders of a text.
    fn text(&mut self, text: &Spanned<String>) {
        for piece in pieces(&text.value) {
            if let Piece::Expression(inside) = piece {
                self.expression(&Spanned { value: inside.trim().to_owned(), place: text.place }, None);
            }
        }
    }
}
