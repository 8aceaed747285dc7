//! One figure changed in the text of figures.yaml, the rest of the file left as it is.

use jibao::dossier::MoneyUnit;
use jibao::figures::{Book, Computed, Definition, FigureNode, FigureRef, FigureTree, NodeKind, Unit};
use jibao::source::{Place, Sources, Written};
use rust_decimal::{Decimal, RoundingStrategy};

use super::holds::Figure;

/// How a figure is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    More,
    Less,
    TenthMore,
    TenthLess,
    Swapped,
    Dropped,
    OtherUnit,
}

impl Kind {
    pub(super) const ALL: [Self; 7] =
        [Self::More, Self::Less, Self::TenthMore, Self::TenthLess, Self::Swapped, Self::Dropped, Self::OtherUnit];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::More => "+0.01 (a count: +1)",
            Self::Less => "−0.01 (a count: −1)",
            Self::TenthMore => "+10 %",
            Self::TenthLess => "−10 %",
            Self::Swapped => "swapped with the next of its group",
            Self::Dropped => "dropped (`~`)",
            Self::OtherUnit => "another unit",
        }
    }
}

/// A changed file.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) kind: Kind,
    /// The figure, and the one that it changed places with.
    pub(super) figures: Vec<Figure>,
    pub(super) text: String,
}

/// Every change of every written figure of the year, with how many would leave the meaning as it is and are not made.
pub(super) fn changes(book: &Book, sources: &Sources) -> (Vec<Change>, usize) {
    let tree = book.own().expect("the year");
    let mut changes = Vec::new();
    let mut without_effect = 0;
    for (node, figure, _) in tree.figures() {
        let Some((written, place)) = written(figure) else { continue };
        let file = sources.text(place.file);
        for kind in Kind::ALL {
            let next = (kind == Kind::Swapped).then(|| next_written(tree, node)).flatten();
            let text = match (kind, next) {
                (Kind::Swapped, None) => continue,
                (Kind::Swapped, Some(other)) => swapped(file, figure, other),
                (Kind::Dropped, _) => {
                    let me = FigureRef { year: book.year, node };
                    (!same_when_computed(book, me)).then(|| put(file, place, "~"))
                }
                (Kind::OtherUnit, _) => {
                    (!written.value.is_zero()).then(|| with_unit(file, figure, place, other_unit(&figure.unit)))
                }
                (kind, _) => moved(kind, written, &figure.unit).map(|number| put(file, place, &number)),
            };
            let Some(text) = text else {
                without_effect += 1;
                continue;
            };
            let figures = std::iter::once(figure).chain(next).map(|f| (book.year, f.path.clone())).collect();
            changes.push(Change { kind, figures, text });
        }
    }
    (changes, without_effect)
}

/// The number that stands in the file for a figure.
fn written(figure: &FigureNode) -> Option<(&Written, Place)> {
    match &figure.kind {
        NodeKind::Figure(Definition::Given(written, place) | Definition::Stated(written, place, _)) => {
            Some((written, *place))
        }
        _ => None,
    }
}

fn put(file: &str, place: Place, text: &str) -> String {
    format!("{}{text}{}", &file[..place.start], &file[place.end..])
}

/// The changed number, with the digits that were written, or those that the change needs.
fn moved(kind: Kind, written: &Written, unit: &Unit) -> Option<String> {
    let step = if matches!(unit, Unit::Count(_)) { Decimal::ONE } else { Decimal::new(1, 2) };
    let tenth = Decimal::new(1, 1);
    let value = match kind {
        Kind::More => written.value + step,
        Kind::Less => written.value - step,
        Kind::TenthMore => rounded(written.value * (Decimal::ONE + tenth), written.places),
        _ => rounded(written.value * (Decimal::ONE - tenth), written.places),
    };
    (value != written.value).then(|| value.to_string())
}

fn rounded(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

/// The next figure of the same group that has a number.
fn next_written(tree: &FigureTree, node: usize) -> Option<&FigureNode> {
    let members = tree.members(tree.nodes[node].parent);
    let at = members.iter().position(|&member| member == node)?;
    members[at + 1..].iter().map(|&member| &tree.nodes[member]).find(|figure| written(figure).is_some())
}

fn swapped(file: &str, first: &FigureNode, second: &FigureNode) -> Option<String> {
    let ((a, a_at), (b, b_at)) = (written(first)?, written(second)?);
    let (a_text, b_text) = (&file[a_at.start..a_at.end], &file[b_at.start..b_at.end]);
    (a.value != b.value).then(|| put(&put(file, b_at, a_text), a_at, b_text))
}

/// Whether the formula of a stated figure gives what is stated: without the statement nothing is different.
fn same_when_computed(book: &Book, figure: FigureRef) -> bool {
    let Some(node) = book.node(figure) else { return false };
    let NodeKind::Figure(Definition::Stated(written, _, formula)) = &node.kind else { return false };
    let mut tree = book.tree(figure.year).expect("its year").clone();
    tree.nodes[figure.node].kind = NodeKind::Figure(Definition::Formula(formula.clone()));
    let years = book.years().filter(|&year| year != figure.year);
    let mut trees: std::collections::BTreeMap<_, _> =
        years.filter_map(|year| Some((year, book.tree(year)?.clone()))).collect();
    trees.insert(figure.year, tree);
    let book = std::sync::Arc::new(Book::new(figure.year, book.money, trees, std::collections::BTreeSet::new()));
    jibao::figures::compute_figure(&jibao::figures::Calculator::new(book.clone()), figure);
    matches!(book.value(figure), Some(Computed::Known(amount)) if rounded(amount.value, written.places) == written.value)
}

fn other_unit(unit: &Unit) -> &'static str {
    match unit {
        Unit::Money(MoneyUnit::TenThousand) => "元",
        _ => "万元",
    }
}

/// The figure with another 单位, however it is written.
fn with_unit(file: &str, figure: &FigureNode, place: Place, unit: &str) -> String {
    let line_start = file[..place.start].rfind('\n').map_or(0, |at| at + 1);
    let before = &file[line_start..place.start];
    let line_end = file[place.end..].find('\n').map_or(file.len(), |at| place.end + at);
    if before.trim_end().ends_with(&format!("{}:", figure.name())) {
        let number = &file[place.start..place.end];
        return put(file, place, &format!("{{值: {number}, 单位: {unit}}}"));
    }
    if before.contains('{') {
        let close = file[place.end..line_end].find('}').map_or(line_end, |at| place.end + at);
        let attributes = &file[place.end..close];
        return match attributes.find("单位: ") {
            Some(at) => {
                let start = place.end + at + "单位: ".len();
                let end = file[start..close].find(',').map_or(close, |comma| start + comma);
                put(file, Place { start, end, ..place }, unit)
            }
            None => put(file, Place { start: place.end, ..place }, &format!(", 单位: {unit}")),
        };
    }
    block_with_unit(file, line_start, line_end, unit)
}

/// The block around a line, with its line 单位 replaced, or one put in below.
fn block_with_unit(file: &str, line_start: usize, line_end: usize, unit: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = indent(&file[line_start..line_end]);
    let line = format!("{}单位: {unit}", " ".repeat(own));
    let mut start = line_start;
    let block = file[line_start..].split_inclusive('\n').take_while(|line| indent(line) >= own);
    for next in block {
        if indent(next) == own && next.trim_start().starts_with("单位:") {
            return format!("{}{line}\n{}", &file[..start], &file[start + next.len()..]);
        }
        start += next.len();
    }
    format!("{}\n{line}{}", &file[..line_end], &file[line_end..])
}
