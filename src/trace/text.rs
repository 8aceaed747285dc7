//! A trace for people: a tree of lines.

mod scores;
mod tree;

use tree::{Node, Paint};

use super::figure::{CheckTrace, FigureTrace, FormulaTrace};
use super::identity::IdentityTrace;
use super::place::Location;
use super::prints::PrintTrace;
use super::value::{Setting, ValueTrace};
use super::{Subject, Trace};
use crate::compose::{Part, Spot};
use crate::export::Origin;
use crate::typeset::PageNumber;

/// The trace as text that ends in a line break. Places are dim where `color` allows.
pub fn to_text(trace: &Trace, color: bool) -> String {
    let paint = Paint { color };
    let nodes = match &trace.subject {
        Subject::Figure(figure) => vec![root_figure(figure, trace.year, paint)],
        Subject::Expression(formula) => vec![expression(formula, paint)],
        Subject::Identity(identity) => vec![identity_node(identity, paint)],
        Subject::Identities { identities } => identities.iter().map(|one| identity_node(one, paint)).collect(),
        Subject::Score(score) => vec![scores::score(score, paint)],
        Subject::Total(total) => vec![scores::total(total, paint)],
        Subject::Grade(grade) => vec![scores::grade(grade, paint)],
    };
    let mut out = nodes.iter().map(Node::render).collect::<Vec<_>>().join("\n");
    if !matches!(trace.subject, Subject::Identity(_) | Subject::Identities { .. }) {
        out.push_str(&printed(trace, paint));
    }
    out
}

fn root_figure(figure: &FigureTrace, year: i32, paint: Paint) -> Node {
    let mut node = figure_node(figure, paint);
    let about = [
        Some(format!("{year}年度报告")),
        figure.label.as_ref().map(|label| format!("全称 {label}")),
        figure.basis.as_ref().map(|basis| format!("口径 {basis}")),
    ];
    let mut lines = vec![about.into_iter().flatten().collect::<Vec<_>>().join("；")];
    lines.extend(figure.value.as_ref().map(as_printed));
    node.lines.splice(0..0, lines);
    node
}

fn figure_node(figure: &FigureTrace, paint: Paint) -> Node {
    let value = match (&figure.value, figure.origin) {
        (Some(value), _) => amount(value),
        (None, Origin::Empty) => "未填".to_owned(),
        (None, Origin::Failed) => "有错误，没有值".to_owned(),
        (None, _) => "没有值（公式用到的数据项未填）".to_owned(),
    };
    let at = figure.at.as_ref().map(|at| format!("  {}", place(at, paint))).unwrap_or_default();
    let source = match (&figure.written, figure.origin) {
        (Some(written), _) => format!("  填报 {written}{at}"),
        // The formula has a line of its own.
        (None, Origin::Formula) => String::new(),
        (None, Origin::Derived) => "  体例规定".to_owned(),
        (None, _) => at,
    };
    let remark = match (figure.shown_above, figure.left_out) {
        (true, _) => "  见上",
        (_, true) => "  再往下省略，可以另问这一项",
        _ => "",
    };
    let head = format!("{} = {value}{source}{remark}", figure.name);
    let Some(formula) = &figure.formula else { return Node::leaf(head) };
    Node { head, lines: vec![formula_line(figure, formula, paint)], children: inputs(formula, paint) }
}

/// The formula of a figure; what it gives, unless the line above says it; whether that agrees with what is filled in.
fn formula_line(figure: &FigureTrace, formula: &FormulaTrace, paint: Paint) -> String {
    let said = matches!(figure.origin, Origin::Formula | Origin::Derived) && figure.value.is_some();
    let result = if said { String::new() } else { format!(" = {}", outcome(formula)) };
    let check = figure.check.as_ref().map(|check| format!("，{}", verdict(check))).unwrap_or_default();
    let at = formula.at.as_ref().map(|at| format!("  {}", place(at, paint))).unwrap_or_default();
    format!("公式 {}{result}{check}{at}", formula.text)
}

fn inputs(formula: &FormulaTrace, paint: Paint) -> Vec<Node> {
    formula.inputs.iter().map(|input| figure_node(input, paint)).collect()
}

fn expression(formula: &FormulaTrace, paint: Paint) -> Node {
    let head = format!("{} = {}", formula.text, outcome(formula));
    let lines = formula.value.as_ref().map(as_printed).into_iter().collect();
    Node { head, lines, children: inputs(formula, paint) }
}

fn identity_node(identity: &IdentityTrace, paint: Paint) -> Node {
    let IdentityTrace { name, number, relation, .. } = identity;
    let apart = identity.difference.as_ref().filter(|difference| *difference != "0");
    let apart = apart.map(|difference| format!("，左减右 {difference}")).unwrap_or_default();
    let number = number.as_ref().map_or_else(String::new, |number| format!("（{number}）"));
    let each = match (&identity.each, &identity.member) {
        (Some(each), Some(member)) => format!("（{each} 的每一组，下面是 {member}）"),
        (Some(each), None) => format!("（{each} 的每一组）"),
        (None, _) => String::new(),
    };
    let head = format!("{name}{number}{each}：{}{apart}", identity.verdict.name());
    let mut lines = vec![format!("应有 {} {relation} {}", identity.left.text, identity.right.text)];
    let reason = identity.reason.as_ref();
    lines.extend(reason.map(|why| match identity.verdict {
        super::IdentityVerdict::Unjudged => format!("原因 {why}"),
        super::IdentityVerdict::Explained => format!("数据项的说明 {why}"),
        _ => format!("已知差异 {why}"),
    }));
    lines.extend(identity.hint.as_ref().map(|hint| format!("说明 {hint}")));
    let side = |name: &str, side: &FormulaTrace| {
        let node = match side.inputs.as_slice() {
            [only] if only.name == side.text => figure_node(only, paint),
            _ => Node { lines: Vec::new(), ..expression(side, paint) },
        };
        Node { head: format!("{name} {}", node.head), ..node }
    };
    Node { head, lines, children: vec![side("左", &identity.left), side("右", &identity.right)] }
}

/// What a formula gives.
fn outcome(formula: &FormulaTrace) -> String {
    match (&formula.value, &formula.words, &formula.trouble) {
        (Some(value), _, _) => amount(value),
        (None, Some(words), _) => words.clone(),
        (None, None, Some(trouble)) => format!("算不出来：{trouble}"),
        (None, None, None) => "没有值".to_owned(),
    }
}

/// An amount as printed, and exactly where that is another number.
fn amount(value: &ValueTrace) -> String {
    let ValueTrace { printed, unit, exact, .. } = value;
    let plain = printed.replace('\u{2212}', "-");
    let same = |a: &str, b: &str| a.parse::<rust_decimal::Decimal>().ok() == b.parse().ok();
    if same(&plain, exact) {
        return format!("{printed}{unit}");
    }
    format!("{printed}{unit}（未舍入 {}）", shortened(exact))
}

/// At most eight digits behind the point; the JSON has them all.
fn shortened(exact: &str) -> String {
    const SHOWN: usize = 8;
    match exact.split_once('.') {
        Some((whole, fraction)) if fraction.len() > SHOWN => format!("{whole}.{}…", &fraction[..SHOWN]),
        _ => exact.to_owned(),
    }
}

fn as_printed(value: &ValueTrace) -> String {
    let rounding = &value.rounding;
    let by = if rounding.places_by == rounding.mode_by {
        format!("{}位，{}（{}）", rounding.places, rounding.mode, rounding.mode_by.name())
    } else {
        let (places_by, mode_by) = (rounding.places_by.name(), rounding.mode_by.name());
        format!("{}位（{places_by}），{}（{mode_by}）", rounding.places, rounding.mode)
    };
    let slack = match value.slack.as_str() {
        "0" => "没有舍入误差".to_owned(),
        slack => format!("舍入误差至多 {}", shortened(slack)),
    };
    format!("印作 {}：{by}；{slack}", value.printed)
}

fn verdict(check: &CheckTrace) -> String {
    let difference = check.difference.as_ref().map(|d| format!("，填报减公式 {d}")).unwrap_or_default();
    let known = check.acknowledged.as_ref().map(|reason| format!("（已知差异：{reason}）")).unwrap_or_default();
    format!("{}{difference}{known}", check.verdict)
}

fn place(at: &Location, paint: Paint) -> String {
    paint.dim(&at.to_string())
}

fn printed(trace: &Trace, paint: Paint) -> String {
    if trace.printed.is_empty() {
        return "没有直接印在报告里\n".to_owned();
    }
    let mut lines = vec![format!("印在 {} 处：", trace.printed.len())];
    lines.extend(trace.printed.iter().map(|one| format!("  {}", print_line(one, paint))));
    if trace.pages == "blocked" {
        lines.push("  报告有错误，还不能排印，所以没有页码；错误见 jibao check".to_owned());
    }
    lines.join("\n") + "\n"
}

fn print_line(one: &PrintTrace, paint: Paint) -> String {
    let page = one.page.map(|page| format!("  {}", page_name(page))).unwrap_or_default();
    let kept = one.rounding.as_ref().filter(|rounding| rounding.places_by == Setting::Expression);
    let kept = kept.map(|rounding| format!("（保留{}位）", rounding.places)).unwrap_or_default();
    let at = one.at.as_ref().map(|at| format!("  {}", place(at, paint))).unwrap_or_default();
    format!("{}{page}：{}{kept}{at}", spot_name(&one.spot), one.text)
}

fn page_name(page: PageNumber) -> String {
    match page.printed {
        Some(number) if u64::try_from(page.sheet) == Ok(number) => format!("第{number}页"),
        Some(number) => format!("第{number}页（PDF 的第{}面）", page.sheet),
        None => format!("PDF 的第{}面（不编页码）", page.sheet),
    }
}

fn spot_name(spot: &Spot) -> String {
    let trail = spot.trail.join(" › ");
    let under = |words: String| if trail.is_empty() { words } else { format!("{trail} {words}") };
    match &spot.part {
        Part::Title => under("标题".to_owned()),
        Part::Heading => under("下的小标题".to_owned()),
        Part::Paragraph { number } if trail.is_empty() => format!("引言 第{number}段"),
        Part::Paragraph { number } => under(format!("第{number}段")),
        Part::Item { number } => under(format!("{number}项")),
        Part::Caption => under("表的标题".to_owned()),
        Part::Head { table } => format!("{table} 表头"),
        Part::Note { table } => format!("{table} 表下的注"),
        Part::ChartCaption => under("图的标题".to_owned()),
        Part::ChartWords { chart } => format!("{chart} 图上的名称或注"),
        Part::Point { chart, series, category } => {
            let names = [series, category].into_iter().filter(|name| !name.is_empty());
            let names: Vec<String> = names.map(|name| format!("“{name}”")).collect();
            format!("{chart} {}", names.concat())
        }
        Part::Cell { table, row, name, column } => {
            let name = if name.is_empty() { String::new() } else { format!("“{name}”") };
            let column = if column.is_empty() { String::new() } else { format!("“{column}”列") };
            format!("{table} 第{row}行{name}{column}")
        }
    }
}
