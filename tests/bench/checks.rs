//! How long the checks of a large dossier take, and whether they grow with its size and not with its square.
//!
//! Run: `cargo bench --bench checks`. Each dossier has a fifth as many identities of its own as figures, and half of its
//! figures are formulas. Times are the best of several runs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a measurement that fails says so")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jibao::checks;
use jibao::dossier;
use jibao::figures::{self, Book, Calculator};
use jibao::profile;
use jibao::source::Sources;
use tempfile::TempDir;

const YEAR: i32 = 2025;
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
/// Figures of one group: five given, four formulas over its members and its 合计.
const GROUP: usize = 10;
/// Groups of one department.
const DEPARTMENT: usize = 50;
/// What 100,000 figures with 20,000 identities may take.
const TARGET: Duration = Duration::from_secs(1);

/// The stages of one examination, and the examination as a whole.
#[derive(Clone, Copy)]
struct Times {
    load: Duration,
    tree: Duration,
    evaluate: Duration,
    check: Duration,
    whole: Duration,
}

impl Times {
    fn all(self) -> [Duration; 5] {
        [self.load, self.tree, self.evaluate, self.check, self.whole]
    }

    fn best(self, other: Self) -> Self {
        Self {
            load: self.load.min(other.load),
            tree: self.tree.min(other.tree),
            evaluate: self.evaluate.min(other.evaluate),
            check: self.check.min(other.check),
            whole: self.whole.min(other.whole),
        }
    }
}

fn main() {
    println!(
        "{:>8} {:>10}  {:>8} {:>8} {:>8} {:>8} {:>8}",
        "figures", "identities", "load", "tree", "evaluate", "check", "whole"
    );
    let mut before: Option<Times> = None;
    for size in SIZES {
        let folder = TempDir::new().expect("a temporary folder");
        write(folder.path(), size);
        let runs = if size < 100_000 { 9 } else { 5 };
        let times = (1..runs).fold(measure(folder.path()), |best, _| best.best(measure(folder.path())));
        println!("{size:>8} {:>10}  {}", size / 5, times.all().map(milliseconds).join(" "));
        if let Some(before) = before {
            let growth: Vec<String> =
                times.all().into_iter().zip(before.all()).map(|(now, then)| ratio(now, then)).collect();
            println!("{:>19}  {}", "growth", growth.join(" "));
        }
        before = Some(times);
    }
    let whole = before.expect("the last size").whole;
    let verdict = if whole < TARGET { "met" } else { "missed" };
    println!("target: 100000 figures with 20000 identities under {} s: {verdict}", TARGET.as_secs());
}

fn milliseconds(time: Duration) -> String {
    let tenths = time.as_micros() / 100;
    format!("{:>5}.{}ms", tenths / 10, tenths % 10)
}

/// How many times as long, with one digit behind the point; ten times the figures should take about ten times as long.
fn ratio(now: Duration, then: Duration) -> String {
    let tenths = now.as_micros() * 10 / then.as_micros().max(1);
    format!("{:>6}.{}x", tenths / 10, tenths % 10)
}

fn measure(root: &Path) -> Times {
    let start = Instant::now();
    let examined = jibao::examine(root, YEAR);
    let whole = start.elapsed();
    assert_eq!(examined.findings, [], "the dossier is clean");
    drop(examined);

    let (mut sources, mut findings) = (Sources::default(), Vec::new());
    let start = Instant::now();
    let dossier = dossier::load(root, YEAR, &mut sources, &mut findings).expect("a dossier");
    let load = start.elapsed();

    let start = Instant::now();
    let money = dossier.unit.money;
    let tree = figures::read_figures(&dossier.figures, money.unit, &sources, &mut findings);
    let book = Arc::new(Book::new(YEAR, money, BTreeMap::from([(YEAR, tree)]), BTreeSet::new()));
    let calculator = Calculator::new(book);
    let tree = start.elapsed();

    let start = Instant::now();
    figures::evaluate(&calculator);
    let evaluate = start.elapsed();

    let start = Instant::now();
    let profile = profile::embedded(&dossier.unit.profile.value).expect("the profile");
    let own_identities: Vec<_> = dossier.year.report.identities.iter().collect();
    let inputs =
        checks::Inputs { calculator: &calculator, profile: &profile, own_identities: &own_identities, complete: true };
    checks::check(inputs, &mut findings);
    let check = start.elapsed();
    Times { load, tree, evaluate, check, whole }
}

/// Writes a dossier of so many figures.
fn write(root: &Path, size: usize) {
    let year = root.join(YEAR.to_string());
    std::fs::create_dir_all(year.join("sections")).unwrap();
    std::fs::write(root.join("unit.yaml"), "单位名称: 云岭县水利局\n").unwrap();
    std::fs::write(year.join("sections/01-text.yaml"), "正文:\n  - 全年支出{{ 支出.合计 }}万元。\n").unwrap();
    let (figures, identities) = content(size);
    std::fs::write(year.join("figures.yaml"), figures).unwrap();
    std::fs::write(year.join("report.yaml"), format!("标题: 报告\n勾稽关系:\n{identities}")).unwrap();
}

/// figures.yaml, and the entries of 勾稽关系.
fn content(size: usize) -> (String, String) {
    let mut figures = "单位: 万元\n预算: {总计: 1.00}\n支出: {合计: 1.00}\n".to_owned();
    let mut identities = String::new();
    for group in 0..size / GROUP {
        if group % DEPARTMENT == 0 {
            let _ = writeln!(figures, "部门{}:", group / DEPARTMENT);
        }
        let cents = |part: usize| format!("{}.{:02}", (group * 7 + part * 13) % 900 + 1, (group + part * 37) % 100);
        let _ = writeln!(figures, "  单位{group}:");
        for (part, name) in ["工资福利", "商品服务", "对个人补助", "资本性支出", "其他支出"].iter().enumerate()
        {
            let _ = writeln!(figures, "    {name}: {}", cents(part));
        }
        figures.push_str("    人员经费: =工资福利 + 对个人补助\n    公用经费: =商品服务 + 资本性支出\n");
        figures.push_str(
            "    基本支出: =人员经费 + 公用经费\n    占比: =基本支出 / 总额\n    总额: =基本支出 + 其他支出\n",
        );
        let path = format!("部门{}.单位{group}", group / DEPARTMENT);
        let _ = writeln!(
            identities,
            "  - 名称: 总额构成{group}\n    左: {path}.总额\n    右: {path}.工资福利 + {path}.商品服务 + {path}.对个人补助 + {path}.资本性支出 + {path}.其他支出"
        );
        let _ = writeln!(
            identities,
            "  - {{名称: 基本支出不超过总额{group}, 左: {path}.基本支出, 关系: 不大于, 右: {path}.总额}}"
        );
    }
    (figures, identities)
}
