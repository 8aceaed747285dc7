//! figures.yaml as a tree of groups and figures.

use std::collections::BTreeMap;

use super::Unit;
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{MoneyUnit, Places, Rounding};
use crate::profile::DerivedFigure;
use crate::source::{Entry, Kind, Node, Place, Scalar, Sources, Written, closest, parse_number, shorten};

/// The keys that describe a figure or group and are not figures themselves.
const ATTRIBUTES: &[&str] = &["单位", "名称", "口径", "来源", "说明", "小数位", "舍入", "列举", "列举总数", "属于"];
/// Words of the expression language, which a figure of that name would hide.
pub const PROFILE_WORDS: &[&str] =
    &["年度", "上年度", "单位名称", "总分", "等级", "指标得分率", "本项", "本项名称", "上年"];
/// The keys that make a map a figure.
const VALUES: &[&str] = &["值", "填报", "公式"];

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

/// Reads the tree of a year. Mistakes go to `findings`; a mistaken figure stays in the tree as broken.
pub fn read_figures(root: &Node, money: MoneyUnit, sources: &Sources, findings: &mut Vec<Diagnostic>) -> FigureTree {
    let inherited = Inherited { unit: Unit::Money(money), given: false, basis: None };
    let mut reader = TreeReader { nodes: Vec::new(), listings: Vec::new(), sources, findings };
    if let Kind::Map(entries) = &root.kind {
        reader.group("", root.place, 0, entries, &inherited);
    }
    FigureTree { nodes: reader.nodes, listings: reader.listings }
}

/// What a group hands down to its members.
#[derive(Debug, Clone)]
struct Inherited {
    unit: Unit,
    given: bool,
    basis: Option<String>,
}

struct TreeReader<'a> {
    nodes: Vec<FigureNode>,
    listings: Vec<(usize, Listing)>,
    sources: &'a Sources,
    findings: &'a mut Vec<Diagnostic>,
}

impl TreeReader<'_> {
    fn group(&mut self, path: &str, place: Place, parent: usize, entries: &[Entry], above: &Inherited) -> usize {
        let own = self.attributes(entries, above, path.is_empty());
        let me = self.push(path, place, parent, &own, NodeKind::Group { index: BTreeMap::new(), members: Vec::new() });
        if let Some(listing) = self.listing(entries) {
            self.listings.push((me, listing));
        }
        for entry in entries.iter().filter(|entry| !ATTRIBUTES.contains(&entry.key.as_str())) {
            let child_path = if path.is_empty() { entry.key.clone() } else { format!("{path}.{}", entry.key) };
            self.check_name(entry, path.is_empty());
            let child = self.entry(&child_path, entry, me, &own.inherited);
            if let NodeKind::Group { index, members } = &mut self.nodes[me].kind {
                index.insert(entry.key.clone(), child);
                members.push(child);
            }
        }
        me
    }

    fn entry(&mut self, path: &str, entry: &Entry, parent: usize, above: &Inherited) -> usize {
        match &entry.value.kind {
            Kind::Map(entries) if entries.iter().any(|e| VALUES.contains(&e.key.as_str())) => {
                self.described_figure(path, entry.place, parent, entries, above)
            }
            Kind::Map(entries) => self.group(path, entry.place, parent, entries, above),
            Kind::Scalar(scalar) => {
                let definition = self.definition(scalar, entry.value.place);
                let own = Own::from(above);
                self.push(path, entry.place, parent, &own, NodeKind::Figure(definition))
            }
            Kind::List(_) => {
                let finding = Diagnostic::new(Code::JB1015, format!("“{path}”不能是列表"))
                    .at(entry.value.place)
                    .hint("每一项写成“名称: 数”");
                self.findings.push(finding);
                self.push(path, entry.place, parent, &Own::from(above), NodeKind::Figure(Definition::Broken))
            }
        }
    }

    fn described_figure(
        &mut self,
        path: &str,
        place: Place,
        parent: usize,
        entries: &[Entry],
        above: &Inherited,
    ) -> usize {
        let own = self.attributes(entries, above, false);
        for entry in entries {
            if !ATTRIBUTES.contains(&entry.key.as_str()) && !VALUES.contains(&entry.key.as_str()) {
                if parse_number(&entry.key).is_ok() {
                    let finding = Diagnostic::new(Code::JB1018, "数里的逗号把一个数分成了两截").at(entry.place);
                    self.findings.push(finding.hint("数里不要逗号：3,310.00 写成 3310.00"));
                    return self.push(path, place, parent, &own, NodeKind::Figure(Definition::Broken));
                }
                self.findings.push(unknown_attribute(entry));
            }
        }
        let part = |name: &str| entries.iter().find(|e| e.key == name);
        if let (Some(_), Some(second)) = (part("填报"), part("值")) {
            let finding = Diagnostic::new(Code::JB1016, format!("“{path}”又写 值 又写 填报")).at(second.place);
            self.findings.push(finding.hint("只留一个：有公式核对的写 填报，没有的写 值"));
        }
        let stated = part("填报").or_else(|| part("值")).map(|e| (self.scalar_definition(e), e.value.place));
        let formula = part("公式").map(|e| self.scalar_definition(e));
        let definition = match (stated, formula) {
            (Some((Definition::Given(written, at), _)), Some(Definition::Formula(formula))) => {
                Definition::Stated(written, at, formula)
            }
            (Some((Definition::NotGiven, _)) | None, Some(formula)) => formula,
            (Some((_, at)), Some(Definition::Given(..))) => {
                let finding = Diagnostic::new(Code::JB1016, format!("“{path}”的 公式 是一个数"))
                    .at(at)
                    .hint("公式以 = 开头，如 =甲 + 乙");
                self.findings.push(finding);
                Definition::Broken
            }
            (Some((Definition::Formula(_), at)), Some(_)) => {
                let finding = Diagnostic::new(Code::JB1016, format!("“{path}”的 填报 是一个公式")).at(at);
                self.findings.push(finding.hint("填报 只写数，公式写在 公式 里；没有填报数的只写 公式"));
                Definition::Broken
            }
            (Some((definition, _)), None) => definition,
            _ => Definition::Broken,
        };
        self.push(path, place, parent, &own, NodeKind::Figure(definition))
    }

    fn scalar_definition(&mut self, entry: &Entry) -> Definition {
        let Kind::Scalar(scalar) = &entry.value.kind else {
            let finding =
                Diagnostic::new(Code::JB1015, format!("“{}”应是一个数或公式", entry.key)).at(entry.value.place);
            self.findings.push(finding);
            return Definition::Broken;
        };
        self.definition(scalar, entry.value.place)
    }

    fn definition(&mut self, scalar: &Scalar, place: Place) -> Definition {
        if scalar.is_null() {
            return Definition::NotGiven;
        }
        let text = scalar.text.trim();
        if let Some(expression) = text.strip_prefix('=').or_else(|| text.strip_prefix('＝')) {
            return Definition::Formula(self.formula(expression, place));
        }
        match parse_number(text) {
            Ok(written) => Definition::Given(written, place),
            Err(slip) => {
                let finding = Diagnostic::new(Code::JB1018, format!("“{}”{}", shorten(text), slip.what)).at(place);
                self.findings.push(match slip.meant {
                    Some(number) => finding.hint(format!("改成“{}”", shorten(&number))),
                    None if slip.what.starts_with("中间") => {
                        finding.hint("小数点写成“.”，如 206.94；数里不要逗号、顿号和空格")
                    }
                    None if text.contains('：') => finding.hint("全角冒号“：”要改成半角冒号加一个空格"),
                    None => finding.hint("填一个普通小数（如 1113.52）、以 = 开头的公式，或 ~ 表示未填"),
                });
                Definition::Broken
            }
        }
    }

    /// The formula, with its place narrowed to the expression where that stands on one line of the file.
    fn formula(&self, expression: &str, place: Place) -> Formula {
        let text = expression.trim().to_owned();
        let written = self.sources.slice(place);
        match written.find(&text) {
            Some(at) => Formula { place: place.part(at, text.len()), literal: true, text },
            None => Formula { text, place, literal: false },
        }
    }

    /// 列举 and 列举总数 of a group.
    fn listing(&mut self, entries: &[Entry]) -> Option<Listing> {
        let scalar = |key: &str| {
            let entry = entries.iter().find(|entry| entry.key == key)?;
            let Kind::Scalar(scalar) = &entry.value.kind else { return None };
            Some((entry, scalar.text.trim()))
        };
        let (entry, word) = scalar("列举")?;
        let kind = match word {
            "全部" => ListingKind::All,
            "其中" => ListingKind::Some,
            _ => {
                self.bad_attribute(entry, "可选：全部（各项之和等于总数）、其中（不超过总数）");
                return None;
            }
        };
        let total = match scalar("列举总数") {
            Some((entry, text)) => {
                let expression = text.strip_prefix(['=', '＝']).unwrap_or(text);
                self.formula(expression, entry.value.place)
            }
            None => Formula { text: "合计".to_owned(), place: entry.value.place, literal: false },
        };
        Some(Listing { kind, total })
    }

    fn attributes(&mut self, entries: &[Entry], above: &Inherited, root: bool) -> Own {
        let mut own = Own::from(above);
        for entry in entries {
            let Kind::Scalar(scalar) = &entry.value.kind else {
                if ATTRIBUTES.contains(&entry.key.as_str()) {
                    let text = format!("“{}”是说明用的键，不能作一组数据项的名称", entry.key);
                    let finding = Diagnostic::new(Code::JB1015, text).at(entry.place);
                    self.findings.push(finding.hint("换一个名称，如 资金来源；或只写一个词"));
                }
                continue;
            };
            if scalar.is_null() {
                continue;
            }
            let text = scalar.text.trim();
            match entry.key.as_str() {
                "单位" => {
                    if let Some(hint) = suspicious_unit(text) {
                        self.bad_attribute(entry, hint);
                        continue;
                    }
                    own.inherited.unit = Unit::parse(text);
                    own.inherited.given = !root;
                }
                "名称" => own.label = Some(text.to_owned()),
                "说明" => own.note = Some(text.to_owned()).filter(|note| !note.is_empty()),
                "属于" => own.part_of = Some(text.to_owned()),
                "口径" => own.inherited.basis = Some(text.to_owned()),
                "小数位" => match text.parse() {
                    Ok(places) if places <= 6 => own.places = Some(places),
                    _ => self.bad_attribute(entry, "小数位写 0 到 6 的整数"),
                },
                "舍入" => match Rounding::parse(text) {
                    Some(rounding) => own.rounding = Some(rounding),
                    None => self.bad_attribute(entry, "可选：四舍五入、截断、四舍六入五成双"),
                },
                _ => {}
            }
        }
        own
    }

    fn bad_attribute(&mut self, entry: &Entry, hint: &str) {
        let finding = Diagnostic::new(Code::JB1016, format!("“{}”的值不对", entry.key));
        self.findings.push(finding.at(entry.value.place).hint(hint));
    }

    /// A name is a word of the expression language: letters and digits, no digit first (Unicode UAX 31 identifiers).
    fn check_name(&mut self, entry: &Entry, root: bool) {
        let last_year = root && entry.key == "上年";
        if !last_year && PROFILE_WORDS.contains(&entry.key.as_str()) {
            let finding = Diagnostic::new(Code::JB2007, format!("“{}”另有所指，不能作数据项的名称", entry.key));
            self.findings.push(finding.at(entry.place).hint("换一个名称"));
            return;
        }
        let mut chars = entry.key.chars();
        let good = chars.next().is_some_and(|c| c.is_alphabetic() || c == '_')
            && chars.all(|c| c.is_alphanumeric() || c == '_');
        if good {
            return;
        }
        let finding = Diagnostic::new(Code::JB2007, format!("“{}”不能作数据项的名称", entry.key)).at(entry.place);
        if parse_number(&entry.key).is_ok() {
            self.findings.push(finding.hint("数里不要逗号：1,684.00 写成 1684.00"));
            return;
        }
        self.findings.push(
            finding.hint("名称只用汉字、字母和数字，不以数字开头；带标点或以数字开头的全称写在 名称 里：\n  热线经费: {值: 43.86, 名称: 12345热线服务经费}"),
        );
    }

    fn push(&mut self, path: &str, place: Place, parent: usize, own: &Own, kind: NodeKind) -> usize {
        self.nodes.push(FigureNode {
            path: path.to_owned(),
            label: own.label.clone(),
            parent,
            place,
            unit: own.inherited.unit.clone(),
            unit_given: own.inherited.given,
            basis: own.inherited.basis.clone(),
            note: own.note.clone(),
            places: own.places,
            rounding: own.rounding,
            part_of: own.part_of.clone(),
            derived: false,
            kind,
        });
        self.nodes.len() - 1
    }
}

/// What is wrong with the name of a unit, if anything is.
fn suspicious_unit(name: &str) -> Option<&'static str> {
    match name {
        "万" | "亿" | "千元" | "百万元" | "圆" | "万圆" => Some("金额的单位写 元、万元 或 亿元"),
        "" => Some("写出单位，如 万元、人、个、%"),
        _ if name.chars().all(|c| c.is_alphabetic() || "%％/·²³".contains(c)) => None,
        _ => Some("单位只写一个词，如 万元、人、个、%，不加引号和数字"),
    }
}

/// A figure's or group's own description on top of what it inherits.
struct Own {
    inherited: Inherited,
    label: Option<String>,
    note: Option<String>,
    places: Option<u32>,
    rounding: Option<Rounding>,
    part_of: Option<String>,
}

impl From<&Inherited> for Own {
    fn from(inherited: &Inherited) -> Self {
        Self { inherited: inherited.clone(), label: None, note: None, places: None, rounding: None, part_of: None }
    }
}

fn unknown_attribute(entry: &Entry) -> Diagnostic {
    let known = VALUES.iter().chain(ATTRIBUTES).copied();
    let finding = Diagnostic::new(Code::JB1013, format!("数据项不认识“{}”", entry.key)).at(entry.place);
    let finding = match closest(&entry.key, known.clone()) {
        Some(near) => finding.hint(format!("是不是想写“{near}”？")),
        None if entry.key.contains([')', '（', '(']) => {
            finding.hint("公式里有逗号，要用引号括起来：公式: \"=合计(甲, 乙)\"")
        }
        None => finding,
    };
    finding.hint(format!("这里可用的键：{}", known.collect::<Vec<_>>().join("、")))
}
