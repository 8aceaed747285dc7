//! figures.yaml as a tree of groups and figures.

use std::collections::BTreeMap;

use super::Unit;
use crate::dossier::{Places, Rounding};
use crate::profile::DerivedFigure;
use crate::source::{Place, Written, closest};

mod read;

pub use read::read_figures;

/// Words of the expression language, which a figure of that name would hide.
pub const PROFILE_WORDS: &[&str] =
    &["年度", "上年度", "起始年度", "单位名称", "总分", "等级", "指标得分率", "本项", "本项名称", "上年"];
/// The most names among which the nearest is looked for: each miss looks at all of them.
const SUGGESTED_AMONG: usize = 2000;

/// The figures of one year.
#[derive(Debug, Clone)]
pub struct FigureTree {
    /// All groups and figures; the root group is the first.
    pub nodes: Vec<FigureNode>,
    /// The groups that say how their members add up, by number.
    pub listings: Vec<(usize, Listing)>,
}

/// 列举: how the members of a group add up to a total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Whether they are all there are.
    pub kind: ListingKind,
    /// 列举总数: the total, the group's 合计 where it names none.
    pub total: Formula,
}

/// Whether a list is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListingKind {
    /// 全部: the members are all there are, and add up to the total.
    All,
    /// 其中: the members are some of them, and do not exceed the total.
    Some,
}

/// A group or figure.
#[derive(Debug, Clone)]
pub struct FigureNode {
    /// The full name: `支出.基本支出.合计`.
    pub path: String,
    /// 名称: the name as printed, where it is not the last part of the path.
    pub label: Option<String>,
    /// The group it belongs to.
    pub parent: usize,
    /// Where its name stands.
    pub place: Place,
    /// Its unit.
    pub unit: Unit,
    /// Whether the unit is written on the figure or a group around it, and is not only the default.
    pub unit_given: bool,
    /// 口径: the basis, the figure's own or that of a group around it.
    pub basis: Option<String>,
    /// 说明: what its author says of it.
    pub note: Option<String>,
    /// 小数位: digits behind the point in print.
    pub places: Option<u32>,
    /// 舍入: rounding in print.
    pub rounding: Option<Rounding>,
    /// 属于: the member of the same group that it is a part of, so that sums leave it out.
    pub part_of: Option<String>,
    /// Whether the profile computes it and no file of the unit's has it.
    pub derived: bool,
    /// What it is.
    pub kind: NodeKind,
}

/// A group or a figure.
#[derive(Debug, Clone)]
pub enum NodeKind {
    /// A group: its members by name, and in the order written.
    Group {
        /// By name.
        index: BTreeMap<String, usize>,
        /// In the order written.
        members: Vec<usize>,
    },
    /// A figure.
    Figure(Definition),
}

/// Where a figure's value comes from.
#[derive(Debug, Clone)]
pub enum Definition {
    /// A number as written, and where.
    Given(Written, Place),
    /// `~`: not given, which is not 0.
    NotGiven,
    /// A formula.
    Formula(Formula),
    /// A number and the formula it must agree with.
    Stated(Written, Place, Formula),
    /// Wrong in itself, and reported.
    Broken,
}

/// A formula as written, without its `=`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// The expression.
    pub text: String,
    /// Where it stands.
    pub place: Place,
    /// Whether the place holds just this text, so that a character of one is a character of the other.
    pub literal: bool,
}

impl FigureNode {
    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or(&self.path)
    }

    /// The name as printed.
    pub fn printed_name(&self) -> &str {
        self.label.as_deref().unwrap_or_else(|| self.name())
    }

    /// Where the value stands, for labels; the name's place where there is none.
    pub fn value_place(&self) -> Place {
        match &self.kind {
            NodeKind::Figure(Definition::Given(_, place) | Definition::Stated(_, place, _)) => *place,
            NodeKind::Figure(Definition::Formula(formula)) => formula.place,
            _ => self.place,
        }
    }
}

impl FigureNode {
    /// Takes over how the profile describes a figure that it computes.
    fn describe(&mut self, figure: &DerivedFigure) {
        self.derived = true;
        if let Some(unit) = figure.unit.as_deref() {
            self.unit = Unit::parse(unit);
            self.unit_given = true;
        }
        self.label = figure.label.clone().or(self.label.take());
        self.places = figure.places.and_then(Places::fixed).or(self.places);
        self.rounding = figure.rounding.or(self.rounding);
    }
}

impl FigureTree {
    /// The member of a group.
    pub fn member(&self, group: usize, name: &str) -> Option<usize> {
        match &self.nodes[group].kind {
            NodeKind::Group { index, .. } => index.get(name).copied(),
            NodeKind::Figure(_) => None,
        }
    }

    /// The members of a group, in the order written; none for a figure.
    pub fn members(&self, group: usize) -> &[usize] {
        match &self.nodes[group].kind {
            NodeKind::Group { members, .. } => members,
            NodeKind::Figure(_) => &[],
        }
    }

    /// Whether a group says that its members are not all there are (列举: 其中).
    pub fn lists_only_some(&self, group: usize) -> bool {
        // Groups are listed in the order of their numbers.
        let found = self.listings.binary_search_by_key(&group, |(node, _)| *node);
        found.is_ok_and(|at| self.listings[at].1.kind == ListingKind::Some)
    }

    /// Whether a member of a group is a part of another (属于), directly or through others. One whose way leads round in a
    /// ring, or to nothing, is no part.
    pub fn is_part(&self, node: usize) -> bool {
        let parent = self.nodes[node].parent;
        let mut at = node;
        for _ in 0..self.members(parent).len() {
            match &self.nodes[at].part_of {
                None => return at != node,
                Some(whole) => match self.member(parent, whole) {
                    Some(next) => at = next,
                    None => return false,
                },
            }
        }
        false
    }

    /// The group or figure of a full name.
    pub fn find(&self, path: &str) -> Option<usize> {
        path.split('.').try_fold(0, |node, name| self.member(node, name))
    }

    /// The figures, with their numbers.
    pub fn figures(&self) -> impl Iterator<Item = (usize, &FigureNode, &Definition)> {
        self.nodes.iter().enumerate().filter_map(|(i, node)| match &node.kind {
            NodeKind::Figure(definition) => Some((i, node, definition)),
            NodeKind::Group { .. } => None,
        })
    }

    /// Adds a figure that the profile computes, with the groups it needs, unless something of its name is there. One that
    /// is left empty (`~`) counts as not there.
    pub fn derive(&mut self, path: &str, figure: &DerivedFigure) {
        let Some(root) = self.nodes.first() else { return };
        let place = Place { end: root.place.start, ..root.place };
        let formula = Formula { text: figure.formula.value.clone(), place, literal: false };
        let mut at = 0;
        let names: Vec<&str> = path.split('.').collect();
        for (i, name) in names.iter().enumerate() {
            let last = i + 1 == names.len();
            match self.member(at, name) {
                Some(node) if last => {
                    if matches!(self.nodes[node].kind, NodeKind::Figure(Definition::NotGiven)) {
                        self.nodes[node].kind = NodeKind::Figure(Definition::Formula(formula));
                        self.nodes[node].describe(figure);
                    }
                    return;
                }
                Some(node) if matches!(self.nodes[node].kind, NodeKind::Group { .. }) => at = node,
                Some(_) => return,
                None if last => {
                    let node = self.add(at, &names[..=i], place, NodeKind::Figure(Definition::Formula(formula)));
                    self.nodes[node].describe(figure);
                    return;
                }
                None => {
                    let group = NodeKind::Group { index: BTreeMap::new(), members: Vec::new() };
                    at = self.add(at, &names[..=i], place, group);
                }
            }
        }
    }

    fn add(&mut self, parent: usize, names: &[&str], place: Place, kind: NodeKind) -> usize {
        let above = self.nodes[parent].clone();
        let node = self.nodes.len();
        self.nodes.push(FigureNode {
            path: names.join("."),
            label: None,
            note: None,
            parent,
            place,
            places: None,
            rounding: None,
            part_of: None,
            derived: true,
            kind,
            ..above
        });
        if let (NodeKind::Group { index, members }, Some(name)) = (&mut self.nodes[parent].kind, names.last()) {
            index.insert((*name).to_owned(), node);
            members.push(node);
        }
        node
    }

    /// The name most like a given one, for a hint: a member of the group, or a full name that ends like it.
    pub fn nearest(&self, group: usize, name: &str) -> Option<String> {
        let members = self.members(group).iter().map(|&i| self.nodes[i].name());
        if self.nodes.len() > SUGGESTED_AMONG {
            return None;
        }
        if let Some(near) = closest(name, members) {
            let prefix = &self.nodes[group].path;
            return Some(if prefix.is_empty() { near.to_owned() } else { format!("{prefix}.{near}") });
        }
        let last = name.rsplit('.').next().unwrap_or(name);
        let others = self.nodes[1..].iter().filter(|node| !node.path.starts_with("上年."));
        others.into_iter().find(|node| node.name() == last).map(|node| node.path.clone())
    }
}
