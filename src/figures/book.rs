//! The figures of all years at hand, and what their formulas gave.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rust_decimal::Decimal;

use super::{Amount, Definition, Display, FigureNode, FigureTree, NodeKind, Unit};
use crate::dossier::Money;
use crate::source::Written;

/// A group or figure of one of the years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureRef {
    /// 年度.
    pub year: i32,
    /// Its number in that year's tree.
    pub node: usize,
}

/// What a formula gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Computed {
    /// An amount.
    Known(Amount),
    /// Nothing: an operand is not given.
    NotGiven,
    /// Nothing: the formula is wrong, which is reported once, at the formula.
    Failed,
}

/// The figures of all years at hand.
#[derive(Debug)]
pub struct Book {
    /// The year that is reported.
    pub year: i32,
    /// How amounts are read, rounded and printed.
    pub money: Money,
    /// The years whose figures could not be read, which is said there.
    broken: BTreeSet<i32>,
    trees: BTreeMap<i32, Arc<FigureTree>>,
    computed: BTreeMap<i32, Vec<OnceLock<Computed>>>,
}

impl Book {
    /// A book of these trees, with nothing computed yet. `broken` are years that are there but could not be read.
    pub fn new(year: i32, money: Money, trees: BTreeMap<i32, FigureTree>, broken: BTreeSet<i32>) -> Self {
        let trees = trees.into_iter().map(|(year, tree)| (year, Arc::new(tree))).collect();
        Self::of(year, money, trees, broken)
    }

    fn of(year: i32, money: Money, trees: BTreeMap<i32, Arc<FigureTree>>, broken: BTreeSet<i32>) -> Self {
        let computed =
            trees.iter().map(|(&year, tree)| (year, tree.nodes.iter().map(|_| OnceLock::new()).collect())).collect();
        Self { year, money, broken, trees, computed }
    }

    /// The book of the report of another of its years: the same trees, with nothing computed yet.
    #[must_use]
    pub fn for_year(&self, year: i32) -> Self {
        Self::of(year, self.money, self.trees.clone(), self.broken.clone())
    }

    /// The years up to its own that have a folder, also those that could not be read, in order.
    pub fn years_up_to_own(&self) -> Vec<i32> {
        let all: BTreeSet<i32> = self.trees.keys().chain(&self.broken).copied().collect();
        all.range(..=self.year).copied().collect()
    }

    /// The years, in order.
    pub fn years(&self) -> impl Iterator<Item = i32> {
        self.trees.keys().copied()
    }

    /// Whether a year is there but could not be read.
    pub fn is_broken(&self, year: i32) -> bool {
        self.broken.contains(&year)
    }

    /// The tree of a year.
    pub fn tree(&self, year: i32) -> Option<&FigureTree> {
        self.trees.get(&year).map(Arc::as_ref)
    }

    /// The tree of the reported year.
    pub fn own(&self) -> Option<&FigureTree> {
        self.tree(self.year)
    }

    /// A group or figure.
    pub fn node(&self, figure: FigureRef) -> Option<&FigureNode> {
        self.trees.get(&figure.year)?.nodes.get(figure.node)
    }

    /// The full name for messages; that of another year with the year in front.
    pub fn name(&self, figure: FigureRef) -> String {
        let path = self.node(figure).map(|node| node.path.clone()).unwrap_or_default();
        if figure.year == self.year { path } else { format!("{}年 {path}", figure.year) }
    }

    /// The value that counts: as given or stated, else as computed. `None` while a formula is still to be computed.
    pub fn value(&self, figure: FigureRef) -> Option<Computed> {
        let node = self.node(figure)?;
        let NodeKind::Figure(definition) = &node.kind else { return Some(Computed::Failed) };
        match definition {
            Definition::Given(written, _) | Definition::Stated(written, ..) => {
                Some(Computed::Known(self.written(node, written, figure)))
            }
            Definition::NotGiven => Some(Computed::NotGiven),
            Definition::Broken => Some(Computed::Failed),
            Definition::Formula(_) => self.slot(figure)?.get().cloned(),
        }
    }

    /// Whether nothing is left to compute.
    pub(super) fn is_settled(&self, figure: FigureRef) -> bool {
        match self.node(figure).map(|node| &node.kind) {
            Some(NodeKind::Figure(Definition::Formula(_))) => self.slot(figure).is_none_or(|slot| slot.get().is_some()),
            _ => true,
        }
    }

    /// Keeps what a formula gave; the first result stays.
    pub(super) fn settle(&self, figure: FigureRef, result: Computed) {
        if let Some(slot) = self.slot(figure) {
            slot.get_or_init(|| result);
        }
    }

    fn slot(&self, figure: FigureRef) -> Option<&OnceLock<Computed>> {
        self.computed.get(&figure.year)?.get(figure.node)
    }

    fn written(&self, node: &FigureNode, written: &Written, figure: FigureRef) -> Amount {
        Amount {
            value: written.value,
            endless: false,
            slack: self.slack(&node.unit, written.places),
            unit: node.unit.clone(),
            display: Display { written: Some(written.places), places: node.places, rounding: node.rounding },
            source: Some(figure),
        }
    }

    /// Half a unit of the last place that was kept: fewer digits than the dossier prints are taken as zeros left out.
    fn slack(&self, unit: &Unit, written: u32) -> Decimal {
        if !unit.is_rounded() {
            return Decimal::ZERO;
        }
        let places = written.max(self.money.places.computed()).min(27);
        Decimal::new(5, places + 1)
    }
}
