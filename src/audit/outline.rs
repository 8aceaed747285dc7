//! What the pages of a report must hold, in order, and where it is written: kept while the report itself is let go.

use crate::compose::{BlockView, Inline, Places, ReportView, TableView};
use crate::source::Place;

/// How many characters of a beginning tell two blocks apart.
const BEGINNING: usize = 16;

/// The blocks of a report in the order of print, each with its place. The outline of nothing has no places.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// Whether both sides of a sheet are printed.
    pub duplex: bool,
    /// The blocks.
    pub(super) anchors: Vec<Anchor>,
}

/// What kind of block it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AnchorKind {
    Title,
    Heading,
    Paragraph,
    Table,
    Chart,
}

/// A block.
#[derive(Debug, Clone)]
pub(super) struct Anchor {
    pub(super) kind: AnchorKind,
    /// The first letters, digits and hanzi that it prints; empty for a chart.
    pub(super) beginning: String,
    /// Where it is written.
    pub(super) place: Option<Place>,
    /// How many lines a title was given; 0 for what is no title.
    pub(super) title_lines: usize,
    /// How many rows of a table are its head.
    pub(super) heads: usize,
    /// Where the rows of a table are written, behind its head.
    pub(super) rows: Vec<Option<Place>>,
}

impl Outline {
    /// The outline of a report.
    pub fn of(view: &ReportView, places: &Places) -> Self {
        let mut anchors = vec![title(AnchorKind::Title, "", &view.title_lines, places.title)];
        let mut written = places.blocks.iter().copied().chain(std::iter::repeat(None));
        anchors.extend(view.body.iter().zip(&mut written).map(|(view, place)| block(view, place)));
        let mut titles = places.attachments.iter().copied().chain(std::iter::repeat(None));
        for one in &view.attachments {
            anchors.push(title(AnchorKind::Heading, &one.label, &one.title_lines, titles.next().flatten()));
            // Not zip: it would take a place too many for the next attachment.
            for view in &one.blocks {
                anchors.push(block(view, written.next().flatten()));
            }
        }
        Self { duplex: view.page.duplex, anchors }
    }
}

fn title(kind: AnchorKind, label: &str, lines: &[String], place: Option<Place>) -> Anchor {
    let text = std::iter::once(label).chain(lines.iter().map(String::as_str));
    Anchor { title_lines: lines.len(), ..anchor(kind, beginning(text), place) }
}

fn anchor(kind: AnchorKind, beginning: String, place: Option<Place>) -> Anchor {
    Anchor { kind, beginning, place, title_lines: 0, heads: 0, rows: Vec::new() }
}

fn block(view: &BlockView, place: Option<Place>) -> Anchor {
    let words = |number: &str, runs: &[&[Inline]]| {
        let runs = runs.iter().copied().flatten().map(Inline::words);
        beginning(std::iter::once(number).chain(runs))
    };
    match view {
        BlockView::Heading { number, text, run_in: true, rest, .. } => {
            anchor(AnchorKind::Paragraph, words(number, &[text, rest]), place)
        }
        BlockView::Heading { number, text, .. } => anchor(AnchorKind::Heading, words(number, &[text]), place),
        BlockView::Paragraph { text, .. } => anchor(AnchorKind::Paragraph, words("", &[text]), place),
        BlockView::Item { number, text } => anchor(AnchorKind::Paragraph, words(number, &[text]), place),
        BlockView::Table(view) => table(view, place),
        BlockView::Chart(_) => anchor(AnchorKind::Chart, String::new(), place),
    }
}

fn table(view: &TableView, place: Option<Place>) -> Anchor {
    let head = view.header.iter().flatten().map(|cell| cell.text.as_str());
    Anchor {
        heads: view.header.len(),
        rows: view.rows.iter().map(|row| row.place.or(place)).collect(),
        ..anchor(AnchorKind::Table, beginning(view.unit.as_deref().into_iter().chain(head)), place)
    }
}

/// The first letters, digits and hanzi of texts.
pub(super) fn beginning<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    texts.flat_map(str::chars).filter(|c| c.is_alphanumeric()).take(BEGINNING).collect()
}
