//! Scores: between nothing and the weight, and rising or falling with the value as their rules say.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jibao::diagnostic::{Code, Diagnostic};
use jibao::dossier::Scores;
use jibao::profile::{Bands, Deduction, IndexSystem, Profile, Rule, Side, embedded, names};
use jibao::scoring::{Scorecard, score};
use jibao::source::{Sources, Spanned, decode, parse};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::{calculator, cases, node};

/// What people write for a row, besides nothing.
fn claim() -> impl Strategy<Value = Option<(&'static str, Decimal)>> {
    let key = prop::sample::select(vec!["得分", "扣", "系数", "改定"]);
    let number = prop_oneof![
        4 => (0_i64..200, 0_u32..2).prop_map(|(digits, scale)| Decimal::new(digits, scale)),
        1 => (-900_i64..90_000, 0_u32..4).prop_map(|(digits, scale)| Decimal::new(digits, scale)),
    ];
    prop::option::weighted(0.3, (key, number))
}

fn figure() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => Just("~".to_owned()),
        1 => Just("0".to_owned()),
        6 => (0_i64..100_000, 0_u32..4).prop_map(|(digits, scale)| Decimal::new(digits, scale).to_string()),
        1 => (-100_000_i64..0, 0_u32..4).prop_map(|(digits, scale)| Decimal::new(digits, scale).to_string()),
        1 => Just("99999999999999999999999999".to_owned()),
        1 => Just("0.0000000000000000000000000001".to_owned()),
    ]
}

/// A tree of figures by the parts of their names.
#[derive(Default)]
struct Tree(BTreeMap<String, Tree>, Option<String>);

impl Tree {
    fn insert(&mut self, path: &str, line: String) {
        let at = path.split('.').fold(self, |tree, name| tree.0.entry(name.to_owned()).or_default());
        at.1 = Some(line);
    }

    fn write(&self, depth: usize, into: &mut String) {
        for (name, tree) in &self.0 {
            let value = if tree.0.is_empty() { tree.1.as_deref().unwrap_or("~") } else { "" };
            let _ = writeln!(into, "{}{name}: {value}", "  ".repeat(depth));
            tree.write(depth + 1, into);
        }
    }
}

/// All figures that a profile knows, this year's and last year's, with these values in turn.
fn figures_of(profile: &Profile, figures: &[String]) -> String {
    let mut tree = Tree::default();
    let mut next = figures.iter().cycle();
    for year in ["", "上年."] {
        for (path, figure) in profile.figures.0.iter().filter(|(_, figure)| !figure.value.group) {
            let unit = figure.value.unit.as_deref().unwrap_or("万元");
            tree.insert(&format!("{year}{path}"), format!("{{值: {}, 单位: '{unit}'}}", next.next().unwrap()));
        }
    }
    let mut text = String::new();
    tree.write(0, &mut text);
    text
}

fn scored(profile: &Profile, figures: &str, scores: &str) -> (Option<Scorecard>, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let tree = node(&mut sources, figures);
    let calculator = calculator(&tree, &sources, |tree| {
        profile.derived.0.iter().for_each(|(path, figure)| tree.derive(path, &figure.value));
    });
    let mut findings = Vec::new();
    let file = sources.add("scores.yaml", scores.to_owned());
    let tree = parse(&sources, file, None, &mut findings).unwrap();
    let scores: Spanned<Scores> = decode(&tree, &mut findings).unwrap();
    assert_eq!(findings, []);
    (score(&calculator, profile, &scores, &mut findings), findings)
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn a_score_is_within_its_weight_or_reported(
        figures in prop::collection::vec(figure(), 97),
        claims in prop::collection::vec(claim(), 41),
    ) {
        for profile in names().into_iter().map(|name| embedded(name).unwrap()) {
            let text = figures_of(&profile, &figures);
            for system in &profile.systems {
                let mut claims = claims.iter().cycle();
                let mut scores = format!("指标体系: {}\n评分:\n", system.id.value);
                for row in system.indicators.iter().filter(|row| !matches!(row.value.rule, Rule::Own)) {
                    if let Some((key, number)) = claims.next().unwrap() {
                        let _ = writeln!(scores, "  {}: {{{key}: {number}, 理由: 核定, 依据: 台账}}", row.value.id.value);
                    }
                }
                let scores = if scores.ends_with("评分:\n") { scores.replace("评分:\n", "") } else { scores };
                let (card, findings) = scored(&profile, &text, &scores);
                for row in card.unwrap().rows {
                    let within = row.score >= Decimal::ZERO && row.score <= row.weight;
                    let reported = findings.iter().any(|f| f.code == Code::JB4002 && f.subject.as_deref() == Some(&row.id));
                    prop_assert!(within || reported, "{} {}: {} of {}", system.id.value, row.id, row.score, row.weight);
                    prop_assert!(within || scores.contains(&format!("  {}: ", row.id)), "{} by rule", row.id);
                }
            }
        }
    }
}

/// How a score answers to a rising value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trend {
    Rises,
    Falls,
    /// It is best at this value.
    Peaks(Decimal),
}

/// The direction of a rule, from its data; none where it has none.
fn trend(rule: &Rule) -> Option<Trend> {
    match rule {
        Rule::Ratio(_) => Some(Trend::Rises),
        Rule::Deduct(rule) => Some(match rule.side {
            Side::Above => Trend::Falls,
            Side::Below => Trend::Rises,
            Side::Either => Trend::Peaks(rule.limit.0),
        }),
        Rule::Bands(bands) => steps_trend(bands),
        _ => None,
    }
}

fn steps_trend(bands: &Bands) -> Option<Trend> {
    let (last, steps) = bands.steps.split_last()?;
    let open = last.at_least.is_none() && last.at_most.is_none() && last.below.is_none();
    let upper = steps.iter().all(|step| step.at_least.is_none());
    let lower = steps.iter().all(|step| step.at_most.is_none() && step.below.is_none());
    let falling = bands.steps.windows(2).all(|pair| pair[0].score >= pair[1].score);
    let rising = bands.steps.windows(2).all(|pair| pair[0].score <= pair[1].score);
    match (open && upper != lower, falling, rising) {
        (true, true, _) => Some(if upper { Trend::Falls } else { Trend::Rises }),
        (true, _, true) => Some(if upper { Trend::Rises } else { Trend::Falls }),
        _ => None,
    }
}

/// A row's score where its rule looks at this value.
fn score_at(system: &IndexSystem, row: usize, value: Decimal) -> Decimal {
    let mut row = system.indicators[row].clone();
    row.value.either = None;
    let measured = Spanned::from("被测".to_owned());
    match &mut row.value.rule {
        Rule::Ratio(value) | Rule::Bands(Bands { value, .. }) | Rule::Deduct(Deduction { value, .. }) => {
            *value = measured;
        }
        _ => {}
    }
    let mut profile = Profile::clone(&embedded("department-overall").unwrap());
    profile.systems = vec![IndexSystem { indicators: vec![row], ..system.clone() }];
    let scores = format!("指标体系: {}\n", system.id.value);
    let (card, _) = scored(&profile, &format!("被测: {{值: {value}, 单位: 比}}"), &scores);
    card.unwrap().rows[0].score
}

fn monotone(system: &IndexSystem, row: usize, a: Decimal, b: Decimal) -> Result<(), TestCaseError> {
    let Some(trend) = trend(&system.indicators[row].value.rule) else { return Ok(()) };
    let (low, high) = (a.min(b), a.max(b));
    let (at_low, at_high) = (score_at(system, row, low), score_at(system, row, high));
    let fine = match trend {
        Trend::Falls => at_low >= at_high,
        Trend::Peaks(best) if (low - best).abs() <= (high - best).abs() => at_low >= at_high,
        Trend::Rises | Trend::Peaks(_) => at_low <= at_high,
    };
    let rule = &system.indicators[row].value.rule;
    prop_assert!(fine, "{trend:?} {rule:?}: {low} gives {at_low}, {high} gives {at_high}");
    Ok(())
}

/// A rule of each kind, with bounds of any size.
fn rule() -> impl Strategy<Value = String> {
    let hundredths = |range: std::ops::Range<i64>| range.prop_map(|digits| Decimal::new(digits, 2));
    let deduction =
        (hundredths(0..200), hundredths(1..30), hundredths(1..400), prop::sample::select(vec!["超过", "低于", "偏离"]))
            .prop_map(|(limit, unit, cost, side)| {
                format!("扣分: {{值: x, 限: {limit}, 方向: {side}, 每: {unit}, 扣: {cost}}}")
            });
    let key = prop::sample::select(vec!["至多", "至少", "低于"]);
    let bands = (prop::collection::btree_set(hundredths(0..200), 1..6), key).prop_map(|(bounds, key)| {
        let bounds: Vec<Decimal> =
            if key == "至少" { bounds.into_iter().rev().collect() } else { bounds.into_iter().collect() };
        let step = |(i, bound): (usize, &Decimal)| format!("{{{key}: {bound}, 得: {}}}, ", 6 - i);
        format!("分档: {{值: x, 档: [{}{{得: 0}}]}}", bounds.iter().enumerate().map(step).collect::<String>())
    });
    prop_oneof![deduction, bands, Just("比率: x".to_owned())]
}

fn value() -> impl Strategy<Value = Decimal> {
    (-500_i64..3_000).prop_map(|digits| Decimal::new(digits, 3))
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn scores_of_the_profiles_follow_the_direction_of_their_rules(a in value(), b in value()) {
        for profile in names().into_iter().map(|name| embedded(name).unwrap()) {
            for system in &profile.systems {
                for row in 0..system.indicators.len() {
                    monotone(system, row, a, b)?;
                }
            }
        }
    }

    #[test]
    fn scores_of_any_rule_follow_its_direction(rule in rule(), a in value(), b in value()) {
        let mut system = embedded("department-overall").unwrap().systems[0].clone();
        let text = format!("{{编号: q, 一级: 甲, 分值: 6, 规则: {{{rule}}}}}");
        system.indicators = vec![serde_yaml::from_str(&text).unwrap()];
        prop_assert!(trend(&system.indicators[0].value.rule).is_some());
        monotone(&system, 0, a, b)?;
    }
}
