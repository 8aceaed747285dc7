//! Whether a profile is sound: weights add up, bands descend, expressions parse and name only figures that it describes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use regex::Regex;
use rust_decimal::Decimal;

use super::{Bands, Inapplicable, IndexSystem, Indicator, Profile, Rule, SheetContent, Side, Step, Watch};
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{Money, TableSpec};
use crate::figures::{Book, Calculator, FUNCTIONS, Formula, PROFILE_WORDS, trouble_finding};
use crate::source::{Place, Spanned, closest};

mod main_figures;
mod multi_year;

/// Reports what is wrong with a profile in itself, whatever a unit fills in.
pub(super) fn validate(profile: &Profile, findings: &mut Vec<Diagnostic>) {
    let mut validator = Validator { profile, calculator: empty_calculator(), findings };
    validator.bands();
    validator.unique_names();
    validator.unique_systems();
    for system in &profile.systems {
        validator.system(system);
    }
    for identity in &profile.identities {
        let group = identity.value.each.as_ref().map(|group| group.value.as_str());
        validator.expression(&identity.value.left, group);
        validator.expression(&identity.value.right, group);
    }
    for claim in &profile.claims {
        validator.expression(&claim.left, None);
        validator.expression(&claim.right, None);
    }
    if let Some(watch) = &profile.watched {
        validator.watch(watch);
    }
    for (_, derived) in &profile.derived.0 {
        validator.expression(&derived.value.formula, None);
    }
    for (_, table) in &profile.tables.0 {
        validator.table(table);
    }
    validator.main_figures();
    validator.multi_year();
}

fn empty_calculator() -> Calculator {
    Calculator::new(Arc::new(Book::new(0, Money::default(), BTreeMap::new(), BTreeSet::new())))
}

struct Validator<'a> {
    profile: &'a Profile,
    calculator: Calculator,
    findings: &'a mut Vec<Diagnostic>,
}

impl Validator<'_> {
    fn say(&mut self, place: Option<Place>, text: String, hint: &str) {
        self.findings.push(Diagnostic::new(Code::JB1022, text).at(place).hint(hint));
    }

    fn bands(&mut self) {
        for pair in self.profile.bands.windows(2) {
            if pair[0].at_least.value.0 <= pair[1].at_least.value.0 {
                let text = format!("等级“{}”的下限不低于前一档", pair[1].name);
                self.say(pair[1].at_least.place, text, "等级从高到低写，下限逐档降低");
            }
        }
        if let Some(last) = self.profile.bands.last().filter(|band| band.at_least.value.0 > Decimal::ZERO) {
            let text = format!("最低一档“{}”的下限是 {}，更低的分没有等级", last.name, last.at_least.value.0);
            self.say(last.at_least.place, text, "最低一档写 至少: 0");
        }
    }

    fn unique_systems(&mut self) {
        let mut seen = BTreeSet::new();
        for system in &self.profile.systems {
            if !seen.insert(system.id.value.as_str()) {
                let text = format!("两个指标体系的编号都是“{}”", system.id.value);
                self.findings.push(Diagnostic::new(Code::JB1022, text).at(system.id.place).hint("各用一个编号"));
            }
        }
    }

    fn watch(&mut self, watch: &Watch) {
        for figure in &watch.figures {
            self.expression(figure, None);
        }
        for (key, number) in [("幅度", &watch.share), ("金额", &watch.amount)] {
            if number.value.0 < Decimal::ZERO {
                self.say(number.place, format!("同比关注 的 {key} 是负数"), "增减都按绝对值比，写正数或 0");
            }
        }
    }

    fn unique_names(&mut self) {
        let mut seen: BTreeMap<&str, Option<Place>> = BTreeMap::new();
        for identity in &self.profile.identities {
            let name = &identity.value.name;
            if let Some(first) = seen.insert(&name.value, name.place) {
                let finding = Diagnostic::new(Code::JB1022, format!("两条勾稽关系同名“{}”", name.value));
                let finding = finding.at(name.place).hint("各起一个名称：已知差异按名称登记");
                self.findings.push(match first {
                    Some(first) => finding.also(first, "第一条"),
                    None => finding,
                });
            }
        }
    }

    fn system(&mut self, system: &IndexSystem) {
        let (weights, total) = (system.weights(), system.total.value.0);
        if weights != total {
            let text = format!("指标体系“{}”的分值合计 {weights}，满分写的是 {total}", system.id.value);
            self.say(system.total.place, text, "核对各指标的 分值；择一 的一组只计一次");
        }
        let mut ids: BTreeSet<&str> = BTreeSet::new();
        for row in &system.indicators {
            let indicator = &row.value;
            if !ids.insert(&indicator.id.value) {
                let text = format!("编号“{}”用了两次", indicator.id.value);
                self.say(indicator.id.place, text, "各指标的编号不能相同：评分按编号填");
            }
            self.indicator(system, indicator);
        }
        self.sheet(system);
        self.shared(system);
        for tier in &system.tiers {
            if !(Decimal::ZERO..=tier.at_most.0).contains(&tier.at_least.0) || tier.at_most.0 > Decimal::ONE {
                let text = format!("定性档“{}”的范围不对", tier.name);
                self.say(system.id.place, text, "至少、至多 是占分值的几成，在 0 到 1 之间，至少 不大于 至多");
            }
        }
        if let Some(row) = &system.execution_row
            && system.indicator(&row.value).is_none()
        {
            self.say(row.place, format!("没有编号“{}”的指标", row.value), "执行率指标 写本体系里一个指标的编号");
        }
    }

    /// A score sheet has room for its columns, and shows the scores.
    fn sheet(&mut self, system: &IndexSystem) {
        let widths = Decimal::new(1, 1)..=Decimal::ONE_HUNDRED;
        let shown = |content| system.columns.iter().any(|column| column.content == content);
        if system.columns.iter().any(|column| !widths.contains(&column.width.0)) {
            self.say(
                system.id.place,
                format!("指标体系“{}”的列宽不对", system.id.value),
                "宽 写 0.1 到 100 之间的份数",
            );
        }
        if !shown(SheetContent::Score) || !shown(SheetContent::Weight) || !shown(SheetContent::Name) {
            let text = format!("指标体系“{}”的表列里少了 三级、分值 或 得分", system.id.value);
            self.say(system.id.place, text, "评分表至少要有这三列");
        }
    }

    /// What a unit fills in itself cannot take over the weight of a row that does not apply.
    fn shared(&mut self, system: &IndexSystem) {
        let rows = || system.indicators.iter().map(|row| &row.value);
        let slots: Vec<_> = rows().filter(|row| matches!(row.rule, Rule::Own)).collect();
        for row in rows().filter(|row| row.inapplicable == Some(Inapplicable::Shared)) {
            if slots.iter().any(|slot| slot.level1 == row.level1 && slot.level2 == row.level2) {
                let text = format!("指标 {} 与自设的一格在同一个二级指标里，不能 分摊", row.id.value);
                self.say(row.id.place, text, "改用 满分，或分到另一个二级指标");
            }
        }
    }

    fn indicator(&mut self, system: &IndexSystem, indicator: &Indicator) {
        let weight = indicator.weight.value.0;
        let id = &indicator.id.value;
        if weight <= Decimal::ZERO {
            self.say(indicator.weight.place, format!("指标 {id} 的分值 {weight} 不大于 0"), "写一个正数");
        }
        if let Some(group) = &indicator.either {
            let same = |other: &Spanned<Indicator>| other.value.either.as_ref() == Some(group);
            let others: Vec<_> = system.indicators.iter().filter(|other| same(other)).collect();
            if others.len() < 2 || others.iter().any(|other| other.value.weight.value.0 != weight) {
                let text = format!("择一 的一组“{group}”要有两个以上分值相同的指标");
                self.say(indicator.weight.place, text, "核对 择一 的名称与各行的分值");
            }
        }
        match &indicator.rule {
            Rule::Ratio(value) => self.expression(value, None),
            Rule::Bands(bands) => {
                self.expression(&bands.value, None);
                self.steps(indicator, bands);
            }
            Rule::Deduct(deduction) => {
                self.expression(&deduction.value, None);
                if deduction.unit.0 <= Decimal::ZERO || deduction.cost.0 <= Decimal::ZERO {
                    self.say(indicator.weight.place, format!("指标 {id} 的 每、扣 要大于 0"), "核对扣分规则");
                }
            }
            Rule::Checklist(_) | Rule::Coefficient | Rule::Manual | Rule::Own => {}
        }
    }

    /// Steps must give no more than the weight, and the last must take every value.
    fn steps(&mut self, indicator: &Indicator, bands: &Bands) {
        let (id, weight) = (&indicator.id.value, indicator.weight.value.0);
        let mut scores = bands.steps.iter().filter_map(|step| step.score);
        if let Some(score) = scores.find(|score| !(Decimal::ZERO..=weight).contains(&score.0)) {
            let text = format!("指标 {id} 的一档得 {} 分，超出分值 {weight}", score.0);
            self.say(indicator.weight.place, text, "各档的 得 在 0 到分值之间");
        }
        if let Some(at) = unreachable(&bands.steps) {
            let text = format!("指标 {id} 的第 {} 档永远轮不到：前面的一档已经包括了它", at + 1);
            self.say(indicator.weight.place, text, "从上往下取第一个合的：至少 从大到小写，至多 从小到大写");
        }
        let open = |step: &Step| step.at_least.is_none() && step.at_most.is_none() && step.below.is_none();
        if !bands.steps.last().is_some_and(open) {
            let text = format!("指标 {id} 的最后一档带了条件，不合任何一档的没有得分");
            self.say(indicator.weight.place, text, "最后一档只写 得");
        }
    }

    fn table(&mut self, table: &TableSpec) {
        for row in &table.rows {
            if row.value.each.is_some() {
                continue;
            }
            for cell in &row.value.cells {
                if let Some(expression) = cell.0.value.strip_prefix('=') {
                    let written = Spanned { value: expression.to_owned(), place: cell.0.place };
                    self.expression(&written, None);
                }
            }
        }
    }

    /// An expression must parse, and name only figures that the profile describes. Names in a member of `group` are the
    /// member's own.
    fn expression(&mut self, text: &Spanned<String>, group: Option<&str>) {
        let Some(place) = text.place else { return };
        if let Err(trouble) = self.calculator.parse(&text.value) {
            let formula = Formula { text: text.value.clone(), place, literal: false };
            self.findings.push(trouble_finding(&trouble, &formula));
            return;
        }
        for name in names(&text.value) {
            let name = name.strip_prefix("上年.").unwrap_or(name);
            if !self.describes(name) && group.is_none() {
                let known = self.profile.figures.0.iter().map(|(key, _)| key.as_str());
                let finding = Diagnostic::new(Code::JB1022, format!("体例的 数据项 里没有“{name}”")).at(place);
                let finding = finding.suggest(closest(name, known));
                self.findings.push(finding.hint("在 数据项 里补上这一项，写明单位与说明"));
            }
        }
    }

    fn describes(&self, name: &str) -> bool {
        let figures = &self.profile.figures.0;
        let within = |key: &str| name.strip_prefix(key).is_some_and(|rest| rest.starts_with('.'));
        PROFILE_WORDS.contains(&name)
            || figures.iter().any(|(key, figure)| key == name || figure.value.group && within(key))
            || self.profile.derived.0.iter().any(|(key, _)| key == name)
    }
}

/// The first step that one before it takes in: 至少 must fall, 至多 and 低于 must rise.
fn unreachable(steps: &[Step]) -> Option<usize> {
    let lower = |step: &Step| step.at_least.filter(|_| step.at_most.is_none() && step.below.is_none());
    let upper = |step: &Step| step.at_most.or(step.below).filter(|_| step.at_least.is_none());
    let taken = |(at, step): &(usize, &Step)| {
        let before = &steps[..*at];
        lower(step).is_some_and(|bound| before.iter().filter_map(lower).any(|earlier| earlier <= bound))
            || upper(step).is_some_and(|bound| before.iter().filter_map(upper).any(|earlier| earlier > bound))
    };
    steps.iter().enumerate().find(taken).map(|(at, _)| at)
}

/// The dotted names of an expression: neither functions nor texts in quotes.
fn names(expression: &str) -> Vec<&str> {
    static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#""[^"]*"|(?P<name>[\p{Alphabetic}_][\p{Alphabetic}\d_.]*)(?P<call>\s*\()?"#).ok()
    });
    let Some(pattern) = NAME.as_ref() else { return Vec::new() };
    pattern
        .captures_iter(expression)
        .filter(|found| found.name("call").is_none())
        .filter_map(|found| found.name("name"))
        .map(|name| name.as_str())
        .filter(|name| !FUNCTIONS.contains(name))
        .collect()
}

/// How a deduction's sides read in a sentence.
impl Side {
    /// 超过, 低于 or 偏离.
    pub fn word(self) -> &'static str {
        match self {
            Self::Above => "超过",
            Self::Below => "低于",
            Self::Either => "偏离",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_neither_functions_nor_texts() {
        let found = names("若有(收入.合计) + 汇总(预算单位, \"支出.合计\") / 上年.支出.合计 * 0.6");
        assert_eq!(found, ["收入.合计", "预算单位", "上年.支出.合计"]);
    }
}
