//! The figures as texts may speak of them: by value and by name.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::numbers::{Measure, Number};
use super::words::hanzi;
use crate::dossier::{MoneyUnit, Rounding};
use crate::figures::{Amount, Book, Calculator, Computed, FigureNode, FigureRef, FigureTree, Printer, Unit, round};
use crate::source::Place;

/// Names that say nothing without the group's.
pub(super) const TOTALS: [&str; 3] = ["合计", "总计", "总数"];

/// The unit of scores.
pub(super) const POINTS: &str = "分";
/// What a text may call the total score: nothing that could be the score of something else.
const SCORE: [&str; 8] = [
    "自评得分",
    "自评总分",
    "自评综合得分",
    "自评综合评分",
    "绩效自评得分",
    "绩效自评总分",
    "部门整体支出绩效得分",
    "部门整体支出绩效自评得分",
];

/// A figure whose value is known.
#[derive(Debug)]
pub(super) struct Fact {
    /// The name by which a placeholder reads it.
    pub(super) path: String,
    /// What a text may call it: its last part (the group's for a 合计) and its 名称.
    pub(super) names: Vec<String>,
    /// Its value.
    pub(super) amount: Amount,
    /// Its value as printed.
    pub(super) printed: Decimal,
    /// Whether it is last year's.
    pub(super) last_year: bool,
    /// Where its value stands; none for a figure that the profile computes.
    pub(super) place: Option<Place>,
}

/// The kind of an amount: amounts of one kind can be compared.
type Kind = String;

/// All facts, by value and by name.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// The facts, this year's first.
    pub(super) list: Vec<Fact>,
    by_value: BTreeMap<(Kind, Decimal), Vec<usize>>,
    by_name: BTreeMap<String, Vec<usize>>,
    /// The characters of the longest name that a text may call a fact of this year.
    pub(super) longest: usize,
}

impl Facts {
    /// The figures of this year and of last year that have a value, and the total score. Nothing is computed for it.
    pub(super) fn new(calculator: &Calculator, score: Option<(Decimal, Place)>) -> Self {
        let book = calculator.book();
        let mut facts = Self::default();
        let Some(own) = book.own() else { return facts };
        facts.add_tree(book, own, book.year, calculator.printer(), "");
        if let Some(before) = book.tree(book.year - 1) {
            facts.add_tree(book, before, book.year - 1, calculator.printer(), "上年.");
        }
        facts.list.extend(score.map(|(total, place)| Fact {
            path: "总分".to_owned(),
            names: SCORE.map(str::to_owned).to_vec(),
            amount: Amount::exact(total, Unit::Count(POINTS.into())),
            printed: total,
            last_year: false,
            place: Some(place),
        }));
        for at in 0..facts.list.len() {
            facts.index(at);
        }
        facts
    }

    fn add_tree(&mut self, book: &Book, tree: &FigureTree, year: i32, printer: Printer, prefix: &str) {
        let known: BTreeSet<String> = self.list.iter().map(|fact| fact.path.clone()).collect();
        for (node, figure, _) in tree.figures() {
            let Some(Computed::Known(amount)) = book.value(FigureRef { year, node }) else { continue };
            let path = format!("{prefix}{}", figure.path);
            let last_year = path.starts_with("上年.");
            if path.starts_with("上年.上年.") || known.contains(&path) {
                continue;
            }
            let names = names(tree, figure);
            let rounding = amount.display.rounding.unwrap_or(printer.money.rounding);
            let rounded = round(amount.value, printer.places(&amount), rounding);
            self.list.push(Fact {
                path,
                names,
                amount,
                printed: rounded,
                last_year,
                place: (!figure.derived).then(|| figure.value_place()),
            });
        }
    }

    fn index(&mut self, at: usize) {
        let Some(fact) = self.list.get(at) else { return };
        if let Some((kind, factor)) = kind(&fact.amount.unit) {
            for value in [fact.amount.value, fact.printed].into_iter().filter_map(|value| value.checked_mul(factor)) {
                let same = self.by_value.entry((kind.clone(), value)).or_default();
                if same.last() != Some(&at) {
                    same.push(at);
                }
            }
        }
        if !fact.last_year {
            for name in fact.names.iter().filter(|name| hanzi(name) >= 3) {
                self.longest = self.longest.max(name.chars().count());
                self.by_name.entry(plain_name(name)).or_default().push(at);
            }
        }
    }

    /// The facts that have the value of a typed number, in a unit that agrees.
    pub(super) fn equal_to(&self, number: &Number<'_>) -> Vec<&Fact> {
        let Some((kind, factor)) = unit_of(number).as_ref().and_then(kind) else { return Vec::new() };
        let Some(value) = number.value.checked_mul(factor) else { return Vec::new() };
        let found = self.by_value.get(&(kind, value));
        found.into_iter().flatten().filter_map(|&at| self.list.get(at)).collect()
    }

    /// The one fact of this year that a text calls by this name; none where several are called so.
    pub(super) fn called(&self, name: &str) -> Option<&Fact> {
        match self.by_name.get(name)?.as_slice() {
            [one] => self.list.get(*one),
            _ => None,
        }
    }

    /// Whether a text may call a fact by this name.
    pub(super) fn is_name(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }
}

/// What a text may call a figure: its last part, or its group's for a 合计 (总支出 for the top one); and its 名称.
fn names(tree: &FigureTree, figure: &FigureNode) -> Vec<String> {
    let mut names = vec![figure.name().to_owned()];
    let group = tree.nodes.get(figure.parent).map(FigureNode::printed_name).filter(|group| !group.is_empty());
    if let (true, Some(group)) = (TOTALS.contains(&figure.name()), group) {
        names = vec![group.to_owned(), format!("{group}{}", figure.name())];
        if figure.path.split('.').count() == 2 {
            names.push(format!("总{group}"));
        }
    }
    names.extend(figure.label.clone());
    names.dedup();
    names
}

/// A name without the quotes of “三公”经费.
pub(super) fn plain_name(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '“' | '”' | '"')).collect()
}

/// The unit of a typed number as a figure has it; 万 stands for 万元, 名 for 人.
pub(super) fn unit_of(number: &Number<'_>) -> Option<Unit> {
    Some(match number.measure {
        Measure::Money(unit) | Measure::Bare(unit) => Unit::Money(unit),
        Measure::Percent => Unit::Percent,
        Measure::Count(word) => Unit::Count(word.into()),
        Measure::Nothing => return None,
    })
}

/// The kind of a unit, and the factor that turns its values into those that are compared.
fn kind(unit: &Unit) -> Option<(Kind, Decimal)> {
    Some(match unit {
        Unit::Money(MoneyUnit::Yuan) => ("元".to_owned(), Decimal::ONE),
        Unit::Money(MoneyUnit::TenThousand) => ("元".to_owned(), Decimal::from(10_000)),
        Unit::Money(MoneyUnit::HundredMillion) => ("元".to_owned(), Decimal::from(100_000_000)),
        Unit::Percent => ("%".to_owned(), Decimal::ONE),
        Unit::Count(word) => {
            let same = match word.as_ref() {
                "名" => "人",
                "批次" => "批",
                other => other,
            };
            (same.to_owned(), Decimal::ONE)
        }
        Unit::Ratio | Unit::Plain => return None,
    })
}

/// A fact's value in the unit of a typed number, if one can be turned into the other.
pub(super) fn in_unit_of(fact: &Fact, number: &Number<'_>) -> Option<Decimal> {
    let (own, from) = kind(&fact.amount.unit)?;
    let (typed, to) = kind(&unit_of(number)?)?;
    (own == typed).then(|| fact.amount.value.checked_mul(from)?.checked_div(to)).flatten()
}

/// The value to as many digits as were typed.
pub(super) fn to_places(value: Decimal, places: u32) -> Decimal {
    round(value, places, Rounding::HalfUp)
}
