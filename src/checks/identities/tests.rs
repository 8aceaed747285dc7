//! Every identity of every profile can be judged, holds on figures that are right, and fails on one that is not.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Identity, Inputs, check, judge_all, side};
use crate::diagnostic::Diagnostic;
use crate::dossier::{Money, MoneyUnit};
use crate::figures::{
    Amount, Book, Calculator, Definition, FigureRef, FigureTree, NodeKind, Scope, Unit, Value, evaluate, read_figures,
};
use crate::profile::{Profile, embedded, names};
use crate::source::{Sources, parse};

/// Figures that give every operand of every identity, all of them right.
const FIGURES: &str = "
预算:
  年初批复收入: 500
  年初批复支出: 500
  追加: {人员经费及公用经费: 10, 项目经费: 30, 合计: 40}
  主要追加项目: {甲: 12, 乙: 18}
  调减: 5
  总计: 535
  公用经费: 50
  三公经费: 10
  年初安排: {人员经费: 300, 公用经费: 50, 项目支出: 150}
  调整安排: {人员经费: 310, 公用经费: 50, 项目支出: 175}
收入:
  财政拨款: {基本支出拨款: 300, 项目支出拨款: 200, 合计: 500}
  事业收入: 1
  经营收入: 2
  上级补助收入: 3
  附属单位上缴收入: 4
  其他收入: {合计: 5}
  合计: 515
结转结余: {年初: {合计: 20}, 使用非财政拨款结余: 6, 结余分配: 7, 年末: 21}
支出:
  一般公共预算: 400
  政府性基金: 70
  国有资本经营: 30
  基本支出: {合计: 300, 人员经费: 250, 对个人和家庭的补助: 40, 公用经费: 50}
  项目支出: {合计: 200, 明细: {甲: 150, 乙: 50}}
  其他支出: {合计: 8}
  经营支出: 5
  合计: 513
三公经费:
  因公出国境费: 1
  公务用车购置费: 2
  公务用车运行维护费: 3
  公务接待费: 4
  公务用车购置及运行费: {值: 5, 属于: 合计}
  合计: 10
  接待: {人数: {值: 1000, 单位: 人}, 人均限额: {值: 50, 单位: 元}}
资产:
  账面: {固定资产: 80, 无形资产: 6}
  系统: {固定资产: 80, 无形资产: 6}
  固定资产总额: 80
  在用固定资产: 79
人员:
  单位: 人
  行政编制: 20
  行政实有: 19
  编制: {行政: 20, 事业: 5, 合计: 25}
  实有: {在职: 24}
采购: {计划金额: 30, 实际金额: 29}
绩效:
  重点工作: {单位: 项, 总数: 3, 完成数: 2}
  绩效指标: {单位: 个, 总数: 3, 完成数: 2}
  项目: {单位: 个, 总数: 3, 按期数: 2}
  满意度: {值: 96, 单位: '%'}
  执行监控: {单位: 个, 达标月数: 11, 应达标月数: 12}
楼堂馆所: {单位: 平方米, 实际面积: 100, 批准面积: 100, 实际投资: {值: 9, 单位: 万元}, 批准概算: {值: 9, 单位: 万元}}
专项资金: {中央专款合规分配数: 9, 中央专款下达数: 9}
非税: {上缴数: 7, 实际征收数: 8, 应征收数: 9}
预算单位:
  局本级: {预算: {总计: 500}, 收入: {合计: 500}, 支出: {基本支出: 290, 项目支出: 190, 其他支出: 8, 合计: 488}}
  服务中心: {预算: {总计: 35}, 收入: {合计: 15}, 支出: {基本支出: 10, 项目支出: 10, 其他支出: 5, 合计: 25}}
上年: {结转结余: {年末: 20}}
";

fn tree() -> FigureTree {
    let mut sources = Sources::default();
    let mut findings = Vec::new();
    let file = sources.add("figures.yaml", FIGURES.to_owned());
    let node = parse(&sources, file, None, &mut findings).expect("yaml");
    let tree = read_figures(&node, MoneyUnit::TenThousand, &sources, &mut findings);
    assert_eq!(findings, []);
    tree
}

fn calculator(tree: FigureTree) -> Calculator {
    let book = Book::new(2023, Money::default(), BTreeMap::from([(2023, tree)]), BTreeSet::new());
    let calculator = Calculator::new(Arc::new(book));
    calculator.define("指标得分率", Value::Amount(Amount::exact(Decimal::new(97, 2), Unit::Ratio)));
    evaluate(&calculator);
    calculator
}

/// The figures with one of them set to another value.
fn with(path: &str, value: i64) -> Calculator {
    let mut tree = tree();
    let node = tree.find(path).unwrap_or_else(|| panic!("no {path}"));
    let NodeKind::Figure(Definition::Given(written, _)) = &mut tree.nodes[node].kind else { panic!("{path}") };
    written.value = Decimal::from(value);
    calculator(tree)
}

/// The first figure that a side names.
fn first_figure(expression: &str) -> String {
    let of_name = |c: char| c.is_alphanumeric() || c == '.' || c == '_';
    let mut names = expression.split(|c| !of_name(c)).filter(|name| name.contains('.'));
    let name = names.next().unwrap_or_else(|| panic!("no figure in {expression}")).to_owned();
    // 合计(组): a member of the group.
    if tree().find(&name).is_some_and(|node| !tree().members(node).is_empty()) { format!("{name}.甲") } else { name }
}

fn fires(identity: &Identity, path: &str, value: i64) -> bool {
    let subject = |finding: &Diagnostic| finding.subject.as_ref().is_some_and(|s| s.starts_with(&identity.name.value));
    judge_all(&with(path, value), identity, false).iter().any(subject)
}

fn profiles() -> impl Iterator<Item = Arc<Profile>> {
    names().into_iter().map(|name| embedded(name).expect("a profile"))
}

#[test]
fn each_is_judged_and_holds() {
    let calculator = calculator(tree());
    for profile in profiles() {
        for identity in profile.identities.iter().map(|identity| &identity.value) {
            let scope = match &identity.each {
                None => calculator.root(true),
                Some(group) => {
                    let tree = calculator.book().own().expect("the year");
                    let node = tree.members(tree.find(&group.value).expect("the group"))[0];
                    Scope { group: FigureRef { year: 2023, node }, lenient: true }
                }
            };
            for expression in [&identity.left.value, &identity.right.value] {
                assert!(side(&calculator, expression, scope).is_ok(), "{}: {expression}", identity.name.value);
            }
        }
        let mut findings = Vec::new();
        check(
            &Inputs { calculator: &calculator, profile: &profile, own_identities: &[], complete: true },
            &mut findings,
        );
        assert_eq!(findings, []);
    }
}

#[test]
fn each_fails_when_its_left_side_moves() {
    for profile in profiles() {
        for identity in profile.identities.iter().map(|identity| &identity.value) {
            let prefix = identity.each.as_ref().map_or_else(String::new, |group| format!("{}.局本级.", group.value));
            let figure = first_figure(&format!("{prefix}{}", identity.left.value.trim_start_matches('(')));
            let moved = fires(identity, &figure, 100_000) || fires(identity, &figure, 0);
            assert!(moved, "{} does not see {figure}", identity.name.value);
        }
    }
}

#[test]
fn a_hundredth_is_a_tail_and_a_tenth_is_not() {
    let profile = embedded("department-overall").expect("a profile");
    let sum = profile.identities.iter().find(|i| i.value.name.value == "总支出构成").expect("the identity");
    let mut tree = tree();
    let node = tree.find("支出.合计").expect("the total");
    let mut set = |value: Decimal| {
        let NodeKind::Figure(Definition::Given(written, _)) = &mut tree.nodes[node].kind else { panic!() };
        written.value = value;
        judge_all(&calculator(tree.clone()), &sum.value, false).first().map(|finding| finding.code.as_str())
    };
    assert_eq!(set(Decimal::new(51_301, 2)), Some("JB3002"));
    assert_eq!(set(Decimal::new(51_310, 2)), Some("JB3001"));
    assert_eq!(set(Decimal::new(51_300, 2)), None);
}
