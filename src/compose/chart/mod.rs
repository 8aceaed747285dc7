//! Charts: what is drawn, and where on the drawing. A template only places it.

mod alt;
mod axis;
mod bars;
mod canvas;
mod data;
mod hatch;
mod legend;
mod lines;
mod numbers;
mod plot;
mod shares;
mod text;

use super::inline::Filler;
use super::log::{Part, PrintedSubject};
use super::view::{ChartView, LabelView};
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{ChartKind, ChartSpec};
use crate::figures::{Amount, FigureRef, Value};
use crate::source::{Place, Spanned};
use canvas::Canvas;
use data::{Data, Datum};

/// The most categories that stand side by side.
const CATEGORY_LIMIT: usize = 12;
/// The most series that patterns and markers tell apart.
const SERIES_LIMIT: usize = 4;
/// The most parts of a whole: each has a pattern of its own.
const PART_LIMIT: usize = 6;

/// What stands where a year has no amount.
const NOT_GIVEN: &str = "—";

/// Draws a chart, the `number`-th of the report. None where it cannot be drawn; why goes to the list.
pub(super) fn chart(
    filler: &Filler<'_>,
    spec: &Spanned<ChartSpec>,
    number: usize,
    sound: bool,
    findings: &mut Vec<Diagnostic>,
) -> Option<ChartView> {
    let Spanned { value: spec, place } = spec;
    filler.log.enter(Part::ChartCaption);
    let first = filler.log.count();
    let title = filler.plain(&spec.caption, findings);
    let caption = format!("图{number}\u{3000}{title}");
    let marks = filler.log.marks_from(first);
    let scene = Scene { filler, caption: &caption, place: *place, sound };
    let data = data::gather(scene, spec, findings)?;
    let drawn = draw(scene, spec.kind, &data).map_err(|finding| findings.push(*finding)).ok()?;
    filler.log.enter(Part::ChartWords { chart: caption.clone() });
    let first = filler.log.count();
    let note = spec.note.as_ref().map(|note| format!("注：{}", filler.plain(note, findings)));
    let note_marks = filler.log.marks_from(first);
    let alt = if let Some(own) = &spec.alt {
        // Nothing of it stands on the page.
        let first = filler.log.count();
        let text = filler.plain(own, findings);
        filler.log.forget_from(first);
        text
    } else {
        let wholes = if spec.kind == ChartKind::Shares { shares::wholes(scene, &data).ok()? } else { Vec::new() };
        alt::of(spec.kind, &title, &data, &wholes, filler.calculator.printer())
    };
    let Canvas { shapes, labels, lines } = drawn;
    Some(ChartView { caption, marks, alt, lines, shapes, labels, note, note_marks })
}

fn draw(scene: Scene<'_>, kind: ChartKind, data: &Data) -> Result<Canvas, Refusal> {
    let (series, limit) = match kind {
        ChartKind::Bars | ChartKind::Lines => ("系列", SERIES_LIMIT),
        ChartKind::Shares => ("部分", PART_LIMIT),
    };
    let count = data.series.len();
    if count > limit {
        return Err(scene.refuse(&format!("图里有 {count} 个{series}，最多 {limit} 个"), "合并几个，或分成几幅图"));
    }
    let count = data.categories.len();
    if count > CATEGORY_LIMIT {
        let text = format!("图里并排有 {count} 项，最多 {CATEGORY_LIMIT} 项");
        return Err(scene.refuse(&text, "分成几幅图，或改用表"));
    }
    match kind {
        ChartKind::Bars => bars::draw(scene, data),
        ChartKind::Lines => lines::draw(scene, data),
        ChartKind::Shares => shares::draw(scene, data),
    }
}

fn too_long<'t>(scene: Scene<'_>, texts: impl Iterator<Item = &'t str>) -> Refusal {
    let longest = texts.max_by_key(|text| text.len()).unwrap_or_default();
    let hint = "写 单位: 万元 或 亿元；或用 保留(甲, 位数) 少印几位小数；或少列几项";
    scene.refuse(&format!("数太长，图里印不下：{longest}"), hint)
}

/// Why a chart cannot be drawn.
type Refusal = Box<Diagnostic>;

/// What all parts of drawing need.
#[derive(Debug, Clone, Copy)]
struct Scene<'a> {
    filler: &'a Filler<'a>,
    /// The caption with its number, by which prints say where they stand.
    caption: &'a str,
    /// Where the chart is written.
    place: Option<Place>,
    /// Whether the dossier was read without a mistake, so that what is missing is missing.
    sound: bool,
}

impl Scene<'_> {
    fn refuse(self, text: &str, hint: &str) -> Refusal {
        Box::new(Diagnostic::new(Code::JB5015, text).at(self.place).hint(hint))
    }

    /// Prints an amount that is computed from a datum: its text and marks.
    fn print(self, datum: &Datum, shown: &Shown<'_>, at: (&str, &str)) -> Print {
        let log = &self.filler.log;
        let (series, category) = (at.0.to_owned(), at.1.to_owned());
        log.enter(Part::Point { chart: self.caption.to_owned(), series, category });
        let value = Value::Amount(shown.amount.clone());
        let text = self.filler.print(&value);
        let subject = PrintedSubject::Expression(datum.expression.clone());
        let first = log.count();
        log.add(subject, datum.place, shown.reads.to_vec(), Some(value), &text);
        Print { text, marks: log.marks_from(first) }
    }
}

/// An amount to print, and the figures that it reads.
#[derive(Debug)]
struct Shown<'a> {
    amount: &'a Amount,
    reads: &'a [FigureRef],
}

/// A text and the prints in it.
#[derive(Debug, Clone, Default)]
struct Print {
    text: String,
    marks: Vec<usize>,
}

impl Print {
    /// The label that shows it.
    fn label(self, mut label: LabelView) -> LabelView {
        (label.text, label.marks) = (self.text, self.marks);
        label
    }
}
