//! Dossiers of several units, projects and years: they add up, and one changed number is found where it is.

use std::fmt::Write as _;

use jibao::diagnostic::{Code, Diagnostic};
use jibao::figures::FigureRef;
use jibao::source::Place;
use proptest::prelude::*;
use rust_decimal::Decimal;
use tempfile::TempDir;

use super::{YEAR, cases, values};

/// The amounts of one unit, in hundredths.
#[derive(Debug, Clone)]
struct Unit {
    staff: i64,
    running: i64,
    projects: Vec<i64>,
}

impl Unit {
    fn basic(&self) -> i64 {
        self.staff + self.running
    }

    fn project(&self) -> i64 {
        self.projects.iter().sum()
    }
}

fn year() -> impl Strategy<Value = Vec<Unit>> {
    let unit = (1_i64..90_000, 1_i64..90_000, prop::collection::vec(1_i64..90_000, 1..4));
    let unit = unit.prop_map(|(staff, running, projects)| Unit { staff, running, projects });
    prop::collection::vec(unit, 1..5)
}

/// A year's figures, and of last year the total that this year's file repeats.
#[derive(Debug, Clone)]
struct Figures {
    units: Vec<Unit>,
    last_total: Option<i64>,
}

impl Figures {
    /// The text, with a tenth more at one written amount, counted from 0; and the names of all written amounts.
    fn write(&self, changed: Option<usize>) -> (String, Vec<String>) {
        let mut writer = Writer { text: "单位: 万元\n".to_owned(), paths: Vec::new(), changed };
        let sum = |of: fn(&Unit) -> i64| self.units.iter().map(of).sum::<i64>();
        let (basic, project) = (sum(Unit::basic), sum(Unit::project));
        writer.group("预算:", 0);
        writer.amount("预算.总计", basic + project, None);
        if let Some(total) = self.last_total {
            writer.group("上年:", 0);
            writer.group("支出:", 1);
            writer.amount("上年.支出.合计", total, None);
        }
        writer.group("支出:", 0);
        writer.group("基本支出:", 1);
        writer.amount("支出.基本支出.人员经费", sum(|unit| unit.staff), None);
        writer.amount("支出.基本支出.公用经费", sum(|unit| unit.running), None);
        writer.amount("支出.基本支出.合计", basic, Some("人员经费 + 公用经费"));
        writer.group("项目支出:", 1);
        writer.group("明细:\n      列举: 全部\n      列举总数: 支出.项目支出.合计", 2);
        for (u, unit) in self.units.iter().enumerate() {
            for (p, &amount) in unit.projects.iter().enumerate() {
                writer.amount(&format!("支出.项目支出.明细.项目{u}_{p}"), amount, None);
            }
        }
        writer.amount("支出.项目支出.合计", project, Some("合计(明细)"));
        writer.amount("支出.合计", basic + project, Some("基本支出.合计 + 项目支出.合计"));
        writer.group("预算单位:", 0);
        for (u, unit) in self.units.iter().enumerate() {
            writer.group(&format!("单位{u}:"), 1);
            writer.group("支出:", 2);
            writer.amount(&format!("预算单位.单位{u}.支出.基本支出"), unit.basic(), None);
            writer.amount(&format!("预算单位.单位{u}.支出.项目支出"), unit.project(), None);
            writer.amount(
                &format!("预算单位.单位{u}.支出.合计"),
                unit.basic() + unit.project(),
                Some("基本支出 + 项目支出"),
            );
        }
        writer
            .text
            .push_str("汇总数: {总: '=汇总(预算单位, \"支出.合计\")', 基本: '=汇总(预算单位, \"支出.基本支出\")'}\n");
        (writer.text, writer.paths)
    }
}

struct Writer {
    text: String,
    paths: Vec<String>,
    changed: Option<usize>,
}

impl Writer {
    fn group(&mut self, line: &str, depth: usize) {
        let _ = writeln!(self.text, "{}{line}", "  ".repeat(depth));
    }

    fn amount(&mut self, path: &str, cents: i64, formula: Option<&str>) {
        let more = if self.changed == Some(self.paths.len()) { 10 } else { 0 };
        let (amount, depth) = (Decimal::new(cents + more, 2), path.matches('.').count());
        let name = path.rsplit('.').next().unwrap();
        let value = formula.map_or(amount.to_string(), |formula| format!("{{填报: {amount}, 公式: ={formula}}}"));
        self.group(&format!("{name}: {value}"), depth);
        self.paths.push(path.to_owned());
    }
}

/// Whether a sum has a part in it, or the part is it.
fn includes(sum: &str, part: &str) -> bool {
    let project = part.starts_with("支出.项目支出.");
    let basic = part.starts_with("支出.基本支出.");
    match sum {
        _ if sum == part => true,
        "支出.合计" => project || basic || part.starts_with("预算单位."),
        "支出.项目支出.合计" => project || part.ends_with(".项目支出"),
        "支出.基本支出.合计" => basic || part.ends_with(".基本支出"),
        _ => sum.strip_suffix("合计").is_some_and(|group| group.starts_with("预算单位.") && part.starts_with(group)),
    }
}

fn examine(figures: &Figures, last: Option<&Figures>, changed: Option<usize>) -> jibao::Examined {
    let folder = TempDir::new().unwrap();
    let sections = folder.path().join(YEAR.to_string()).join("sections");
    std::fs::create_dir_all(&sections).unwrap();
    std::fs::write(folder.path().join("unit.yaml"), "单位名称: 云岭县水利局\n").unwrap();
    std::fs::write(sections.join("../figures.yaml"), figures.write(changed).0).unwrap();
    std::fs::write(sections.join("../report.yaml"), "标题: 报告\n").unwrap();
    std::fs::write(sections.join("01-text.yaml"), "正文:\n  - 支出{{ 支出.合计 }}万元。\n").unwrap();
    if let Some(last) = last {
        let year = folder.path().join((YEAR - 1).to_string());
        std::fs::create_dir_all(&year).unwrap();
        std::fs::write(year.join("figures.yaml"), last.write(None).0).unwrap();
    }
    let mut examined = jibao::examine(folder.path(), YEAR);
    // Years of random numbers change more than a department does.
    examined.findings.retain(|finding| finding.code != Code::JB3005);
    examined
}

fn places(finding: &Diagnostic) -> Vec<Place> {
    finding.place.into_iter().chain(finding.labels.iter().map(|label| label.place)).collect()
}

fn dossier() -> impl Strategy<Value = (Figures, Option<Figures>)> {
    let year = || year().prop_map(|units| Figures { units, last_total: None });
    (year(), prop::option::of(year())).prop_map(|(mut this, last)| {
        this.last_total = last.as_ref().map(|last| last.units.iter().map(|u| u.basic() + u.project()).sum());
        (this, last)
    })
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn parts_add_up_to_their_totals((figures, last) in dossier()) {
        let examined = examine(&figures, last.as_ref(), None);
        prop_assert_eq!(&examined.findings, &[]);
        let values = values(&examined.report.as_ref().unwrap().calculator);
        let value = |path: &str| values[path].0.as_deref().unwrap().parse::<Decimal>().unwrap();
        prop_assert_eq!(value("汇总数.总"), value("支出.合计"));
        prop_assert_eq!(value("汇总数.基本"), value("支出.基本支出.合计"));
        let projects = values.keys().filter(|path| path.starts_with("支出.项目支出.明细."));
        prop_assert_eq!(projects.map(|path| value(path)).sum::<Decimal>(), value("支出.项目支出.合计"));
    }

    #[test]
    fn one_changed_number_is_found_where_it_is((figures, last) in dossier(), which in any::<prop::sample::Index>()) {
        let (_, paths) = figures.write(None);
        // The budget is no sum and no part of one.
        let changed = 1 + which.index(paths.len() - 1);
        let part = paths[changed].as_str();
        let examined = examine(&figures, last.as_ref(), Some(changed));
        let calculator = &examined.report.as_ref().unwrap().calculator;
        let book = calculator.book();
        let place = |path: &str| {
            let node = book.own().unwrap().find(path).unwrap();
            book.node(FigureRef { year: YEAR, node }).unwrap().value_place()
        };
        let sums: Vec<Place> = paths.iter().filter(|sum| includes(sum, part)).map(|sum| place(sum)).collect();
        prop_assert!(!examined.findings.is_empty(), "{part} went unnoticed");
        for finding in &examined.findings {
            prop_assert!(places(finding).iter().any(|place| sums.contains(place)), "{part}: {finding:?}");
            prop_assert_eq!(finding.difference.map(|apart| apart.abs()), Some(Decimal::new(1, 1)), "{:?}", finding);
        }
        let own = place(part);
        prop_assert!(examined.findings.iter().any(|finding| places(finding).contains(&own)), "{part} is not shown");
    }
}
