//! figures.yaml read into its tree.

use std::collections::BTreeMap;

use super::{Definition, FigureNode, FigureTree, Formula, Listing, ListingKind, NodeKind, PROFILE_WORDS};
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{MoneyUnit, Rounding};
use crate::figures::Unit;
use crate::source::{Entry, Kind, Node, Place, Scalar, Sources, closest, parse_number, shorten};

/// The keys that describe a figure or group and are not figures themselves.
const ATTRIBUTES: &[&str] = &["单位", "名称", "口径", "来源", "说明", "小数位", "舍入", "列举", "列举总数", "属于"];
/// The keys that make a map a figure.
const VALUES: &[&str] = &["值", "填报", "公式"];

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
