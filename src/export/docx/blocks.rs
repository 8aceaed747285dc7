//! Title, headings, paragraphs, charts.

use docx_rs::{Paragraph, ParagraphProperty, Pic, Run, RunProperty};

use super::section::Kind;
use super::{Body, run};
use crate::compose::{BlockView, ChartView, Inline};
use crate::export::walk::{Depth, turns};

/// The width of a chart, in 360,000ths of a centimetre: 156 mm.
const CHART_WIDTH: u64 = 5_616_000;

impl Body<'_> {
    pub(super) fn title(&mut self, lines: &[String]) {
        self.paragraph(Paragraph::new().style("Title").add_run(run(&lines.join("\n"))));
        self.blank();
    }

    /// Blocks under a heading of this depth of the outline.
    pub(super) fn blocks(&mut self, blocks: &[BlockView], depth: u8) {
        let usual = self.section.kind;
        let mut depth = Depth::under(depth);
        for block in blocks {
            self.turn(if turns(block) { Kind::Landscape } else { usual });
            match block {
                BlockView::Heading { level, number, text, run_in, rest } => {
                    let heading = heading(*level, depth.next(*level), number, text);
                    if *run_in {
                        self.run_in(heading, rest);
                    } else {
                        self.paragraph(heading);
                    }
                }
                BlockView::Paragraph { text, indent } => {
                    self.paragraph(runs(Paragraph::new().style(if *indent { "BodyText" } else { "Normal" }), text));
                }
                BlockView::Item { number, text } => {
                    self.paragraph(runs(Paragraph::new().style("BodyText").add_run(run(number)), text));
                }
                BlockView::Table(table) => self.table(table),
                BlockView::Chart(chart) => self.chart(chart),
            }
        }
        self.turn(usual);
    }

    /// A heading that a paragraph goes on behind, on the same line: Word parts the two by a paragraph's mark that is not
    /// seen (ISO/IEC 29500-1, 17.3.2.36, specVanish), so that the outline has the heading alone.
    fn run_in(&mut self, heading: Paragraph, rest: &[Inline]) {
        if rest.is_empty() {
            self.paragraph(heading);
            return;
        }
        let ParagraphProperty { run_property, .. } = &heading.property;
        let unseen: RunProperty = run_property.clone().vanish().spec_vanish();
        self.paragraph(heading.run_property(unseen));
        self.paragraph(runs(Paragraph::new().style("Normal"), rest));
    }

    fn chart(&mut self, chart: &ChartView) {
        if let Some(picture) = self.charts.next() {
            let number = self.descriptions.len() + 1;
            self.descriptions.push(chart.alt.clone());
            let pic = picture_of(picture).id(format!("rIdChart{number}"));
            self.paragraph(Paragraph::new().style("Picture").add_run(Run::new().add_image(pic)));
        }
        let caption = Paragraph::new().style("ChartCaption").add_run(run(&chart.caption));
        self.paragraph(if chart.note.is_some() { caption.keep_next(true) } else { caption });
        if let Some(note) = &chart.note {
            self.paragraph(Paragraph::new().style("Note").add_run(run(note)));
        }
    }
}

/// The face comes from the printed level, the depth in the outline from what stands above.
fn heading(level: u8, depth: u8, number: &str, text: &[Inline]) -> Paragraph {
    let heading = Paragraph::new().style(&format!("Heading{level}")).add_run(run(number));
    let heading = runs(heading, text);
    if depth == level { heading } else { heading.outline_lvl(usize::from(depth.saturating_sub(1))) }
}

fn runs(paragraph: Paragraph, text: &[Inline]) -> Paragraph {
    text.iter().fold(paragraph, |paragraph, one| match one {
        Inline::Text(text) => paragraph.add_run(run(text)),
        Inline::Strong(text) => paragraph.add_run(run(text).style("Strong")),
        Inline::Mark(_) => paragraph,
    })
}

/// A picture as wide as the type area.
fn picture_of(png: &[u8]) -> Pic {
    let (width, height) = size_of(png);
    let tall = CHART_WIDTH.saturating_mul(u64::from(height)) / u64::from(width.max(1));
    let emu = |length: u64| u32::try_from(length).unwrap_or(u32::MAX);
    Pic::new_with_dimensions(png.to_vec(), width, height).size(emu(CHART_WIDTH), emu(tall))
}

/// Width and height, which follow the signature and the head of the first chunk (W3C PNG, 11.2.2).
fn size_of(png: &[u8]) -> (u32, u32) {
    let number =
        |at: usize| png.get(at..at + 4).and_then(|bytes| <[u8; 4]>::try_from(bytes).ok()).map_or(1, u32::from_be_bytes);
    (number(16), number(20))
}
