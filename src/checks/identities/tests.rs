//! Every identity of every profile can be judged, holds on figures that are right, and fails on one that is not.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Identity, check, judge, side};
use crate::dossier::{Money, MoneyUnit};
use crate::figures::{Book, Calculator, Definition, FigureTree, NodeKind, evaluate, read_figures};
use crate::profile::{load, names};
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
三公经费: {因公出国境费: 1, 公务用车购置费: 2, 公务用车运行维护费: 3, 公务接待费: 4, 合计: 10}
资产: {账面: {固定资产: 80, 无形资产: 6}, 系统: {固定资产: 80, 无形资产: 6}}
人员: {单位: 人, 行政编制: 20, 行政实有: 19}
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
    judge(&with(path, value), identity).is_some_and(|f| f.subject.as_deref() == Some(&identity.name))
}

#[test]
fn each_is_judged_and_holds() {
    let calculator = calculator(tree());
    for profile in names().into_iter().map(|name| load(name).expect("a profile")) {
        for identity in &profile.identities {
            for expression in [&identity.left.value, &identity.right.value] {
                assert!(side(&calculator, expression).is_ok(), "{}: {expression}", identity.name);
            }
        }
        let mut findings = Vec::new();
        check(&calculator, &profile, &mut findings);
        assert_eq!(findings, []);
    }
}

#[test]
fn each_fails_when_its_left_side_grows() {
    for profile in names().into_iter().map(|name| load(name).expect("a profile")) {
        for identity in &profile.identities {
            let figure = first_figure(&identity.left.value);
            assert!(fires(identity, &figure, 100_000), "{} does not see {figure}", identity.name);
        }
    }
}

#[test]
fn a_hundredth_is_a_tail_and_a_tenth_is_not() {
    let profile = load("department-overall").expect("a profile");
    let sum = profile.identities.iter().find(|i| i.name == "总支出构成").expect("the identity");
    let mut tree = tree();
    let node = tree.find("支出.合计").expect("the total");
    let mut set = |value: Decimal| {
        let NodeKind::Figure(Definition::Given(written, _)) = &mut tree.nodes[node].kind else { panic!() };
        written.value = value;
        judge(&calculator(tree.clone()), sum).map(|finding| finding.code.as_str())
    };
    assert_eq!(set(Decimal::new(51_301, 2)), Some("JB3002"));
    assert_eq!(set(Decimal::new(51_310, 2)), Some("JB3001"));
    assert_eq!(set(Decimal::new(51_300, 2)), None);
}
