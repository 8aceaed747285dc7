//! Whether a report asks for the scores of other years: their files are not read for nothing.

use crate::dossier::{Block, ChartContent, Dossier, Section, TableSource, TableSpec};
use crate::profile::Profile;

/// Whether a report prints scores of other years: by 历年(总分), or in a table of years.
pub fn asks_for_scores(dossier: &Dossier, profile: &Profile) -> bool {
    let year = &dossier.year;
    let asks = Asks { profile };
    year.sections.iter().any(|section| asks.section(section))
        || year.report.attachments.iter().any(|attachment| asks.blocks(&attachment.body))
        || looks_back(&year.report.title.value)
}

struct Asks<'a> {
    profile: &'a Profile,
}

impl Asks<'_> {
    fn section(&self, section: &Section) -> bool {
        section.title.as_ref().is_some_and(|title| looks_back(&title.value)) || self.blocks(&section.body)
    }

    fn blocks(&self, blocks: &[Block]) -> bool {
        blocks.iter().any(|block| match block {
            Block::Paragraph(text) => looks_back(&text.value),
            Block::Subsection(section) => self.section(section),
            Block::List(list) => list.items.iter().any(|item| looks_back(&item.value)),
            Block::Pairs(pairing) => {
                pairing.pairs.iter().any(|pair| looks_back(&pair.problem.value) || looks_back(&pair.measure.value))
            }
            Block::Table(source) => match &source.value {
                TableSource::Own(spec) => table(spec),
                TableSource::Standard(name) => self.profile.tables.get(name).is_some_and(table),
            },
            Block::Chart(chart) => match &chart.value.content {
                ChartContent::Data(data) => looks_back(&data.value),
                ChartContent::Series(all) => all.iter().any(|one| looks_back(&one.data.value)),
                ChartContent::Items(all) => all.iter().any(|one| looks_back(&one.value.value.value)),
            },
        })
    }
}

fn table(spec: &TableSpec) -> bool {
    let texts = spec.rows.iter().flat_map(|row| &row.value.cells).map(|cell| &cell.0.value);
    let texts = texts.chain(spec.caption.iter().chain(&spec.note).map(|text| &text.value));
    let each_year = spec.years.is_some();
    texts
        .into_iter()
        .any(|text| looks_back(text) || each_year && ["总分", "等级"].iter().any(|word| text.contains(word)))
}

/// Whether a text holds 历年(总分), however it is spaced.
fn looks_back(text: &str) -> bool {
    text.contains("历年") && text.contains("总分")
}
