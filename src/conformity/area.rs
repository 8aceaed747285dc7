//! Margins and the type area (GB/T 9704-2012, 5.2.1 and 5.2.2).
#![expect(clippy::float_arithmetic, reason = "geometry of a page, no amounts")]

use super::lines::printed_bounds;
use super::survey::{Leaf, Survey, median, mm};
use super::{Row, Verdict, tolerance};
use crate::gbt9704;
use crate::reader::{Line, Rect};

const CLAUSE: &str = "GB/T 9704 5.2.1";
const TOP: f64 = gbt9704::TOP.points();
const FOOT: f64 = gbt9704::FOOT.points();
const OUTER: f64 = gbt9704::OUTER.points();
const WIDTH: f64 = gbt9704::WIDTH.points();
/// Of fewer pages that go on on the next none need be full.
const FEW_PAGES: usize = 3;
const BOTTOM: f64 = gbt9704::BOTTOM.points();

pub(super) fn rows(survey: &Survey<'_>) -> Vec<Row> {
    vec![top(survey), binding(survey), width(survey), bottom(survey), outside(survey)]
}

/// The upper edge of the first line of the body on pages that begin with one. The first page may begin with a title.
fn top(survey: &Survey<'_>) -> Row {
    const EXPECTED: &str = "37毫米±1毫米";
    let item = "天头（上白边）";
    let mut tops = Vec::new();
    for (leaf, lines) in survey.body_pages() {
        let first = leaf.lines.iter().map(Line::y).reduce(f64::min);
        let body = lines.iter().filter(|line| first.is_some_and(|first| (line.y() - first).abs() < 1.0));
        tops.extend(body.map(|line| (leaf.page.number, line.bounds().top)).take(1));
    }
    let Some(middle) = median(tops.iter().map(|(_, top)| *top).collect()) else {
        return Row::new(CLAUSE, item, EXPECTED, "没有以正文开头的页".to_owned(), Verdict::Unknown);
    };
    let off = |top: f64| (top - TOP).abs() > tolerance::MARGIN + tolerance::FACE;
    // A page may begin with a space; that most do shows the margin.
    let wrong = tops.iter().filter(|(_, top)| off(*top) && (*top < TOP || off(middle)));
    let shown = wrong.clone().map(|(_, top)| *top).next().filter(|_| !off(middle)).unwrap_or(middle);
    let note = if !off(shown) && (shown - TOP).abs() > tolerance::MARGIN { "（字面放宽0.4毫米）" } else { "" };
    let pages = wrong.map(|(number, _)| *number).collect();
    let low = tops.iter().filter(|(_, top)| off(*top) && *top > TOP && !off(middle));
    let low: Vec<String> = low.map(|(number, top)| format!("第{number}页{}", mm(*top))).collect();
    let low = if low.is_empty() { String::new() } else { format!("；{}，页首空了行", low.join("、")) };
    Row::on_pages(CLAUSE, item, EXPECTED, format!("{}{note}{low}", mm(shown)), pages)
}

/// 28 mm on the left of odd pages; on even pages on the right, or on the left too where only one side is printed on.
fn binding(survey: &Survey<'_>) -> Row {
    const EXPECTED: &str = "28毫米±1毫米（双面印的双页在右侧）";
    let item = "订口（装订一侧的白边）";
    let mut shown: [Vec<f64>; 2] = Default::default();
    let mut off = Vec::new();
    for leaf in survey.pages.iter().filter(|leaf| !leaf.is_landscape()) {
        let Some((left, _)) = survey.sides(leaf) else { continue };
        let even = leaf.page.number % 2 == 0;
        let is_off = |expected: f64| (left - expected).abs() > tolerance::MARGIN + tolerance::FACE;
        if survey.margins(leaf).iter().all(|(expected, _)| is_off(*expected)) {
            off.push(leaf.page.number);
        }
        if let Some(values) = shown.get_mut(usize::from(even)) {
            values.push(left);
        }
    }
    let [odd, even] = shown.map(median);
    let found = match (odd, even) {
        (Some(odd), Some(even)) => format!("左侧单页{}、双页{}", mm(odd), mm(even)),
        (Some(one), None) | (None, Some(one)) => format!("左侧{}", mm(one)),
        (None, None) => return Row::new(CLAUSE, item, EXPECTED, "没有成段的正文".to_owned(), Verdict::Unknown),
    };
    Row::on_pages(CLAUSE, item, EXPECTED, found, off)
}

fn width(survey: &Survey<'_>) -> Row {
    const EXPECTED: &str = "156毫米";
    let item = "版心宽";
    let upright = survey.pages.iter().filter(|leaf| !leaf.is_landscape());
    let widths: Vec<(usize, f64)> =
        upright.filter_map(|leaf| survey.sides(leaf).map(|(left, right)| (leaf.page.number, right - left))).collect();
    // A page of headings and short paragraphs need not reach the right edge.
    let Some(widest) = widths.iter().map(|(_, width)| *width).reduce(f64::max) else {
        return Row::new(CLAUSE, item, EXPECTED, "没有成段的正文".to_owned(), Verdict::Unknown);
    };
    // Lines of 27 characters of 16 points leave up to half a character.
    let conforms = (widest - WIDTH).abs() <= 2.0 * tolerance::MARGIN;
    let pages = widths.iter().filter(|(_, width)| *width > WIDTH + 2.0 * tolerance::MARGIN).map(|(number, _)| *number);
    Row { pages: pages.collect(), ..Row::new(CLAUSE, item, EXPECTED, mm(widest), Verdict::of(conforms)) }
}

/// The lower edge of the lowest line of the body: at most 262 mm from the top, and near it on a full page.
fn bottom(survey: &Survey<'_>) -> Row {
    const EXPECTED: &str = "225毫米，下边缘距纸上边262毫米";
    let item = "版心高";
    let lowest = |lines: &[&Line]| lines.iter().map(|line| line.bounds().bottom).reduce(f64::max);
    let mut bottoms: Vec<(usize, f64)> =
        survey.body_pages().filter_map(|(leaf, lines)| Some((leaf.page.number, lowest(&lines)?))).collect();
    bottoms.sort_by(|a, b| f64::total_cmp(&a.1, &b.1));
    let Some(&(_, deepest)) = bottoms.last() else {
        return Row::new(CLAUSE, item, EXPECTED, "没有成段的正文".to_owned(), Verdict::Unknown);
    };
    let off = tolerance::MARGIN + tolerance::FACE;
    let deep: Vec<usize> = bottoms.iter().filter(|(_, at)| *at > BOTTOM + off).map(|(number, _)| *number).collect();
    let found = format!("正文最低处距纸上边{}", mm(deepest));
    if !deep.is_empty() {
        return Row::on_pages(CLAUSE, item, EXPECTED, found, deep);
    }
    if deepest >= BOTTOM - off {
        return Row::new(CLAUSE, item, EXPECTED, found, Verdict::Conforms);
    }
    // Lines that are farther apart than the grid's need not come out even.
    if survey.pitch().is_some_and(|pitch| deepest + pitch > BOTTOM + 1.0) {
        return Row::new(CLAUSE, item, EXPECTED, found + "，再排不下一行", Verdict::Conforms);
    }
    // What cannot be parted, as charts are, may leave room on a page, and so may two lines that are kept together: of
    // pages that break off within a paragraph not all do.
    let full = survey.body_pages().filter(|(leaf, _)| survey.is_full(leaf)).count();
    let verdict = if full >= FEW_PAGES { Verdict::Deviates } else { Verdict::Unknown };
    Row::new(CLAUSE, item, EXPECTED, found, verdict)
}

/// Text outside the type area, but for the page number.
fn outside(survey: &Survey<'_>) -> Row {
    const EXPECTED: &str = "版心以外只有页码";
    let mut pages = Vec::new();
    let mut first = None;
    for leaf in &survey.pages {
        let areas: Vec<Rect> = survey.margins(leaf).iter().map(|margins| type_area(leaf, *margins)).collect();
        let is_out = |line: &&Line| areas.iter().all(|area| is_outside(area, &printed_bounds(line)));
        for line in leaf.lines.iter().filter(is_out) {
            pages.push(leaf.page.number);
            first.get_or_insert_with(|| line.text());
        }
    }
    let found = match first {
        None => "没有".to_owned(),
        Some(text) => {
            let short: String = text.trim().chars().take(12).collect();
            format!("{}处，如“{short}”", pages.len())
        }
    };
    Row::on_pages("GB/T 9704 5.2.1", "版心外的文字", EXPECTED, found, pages)
}

/// The type area of a page with margins on the left and right of the upright sheet; on a landscape page, that of the
/// sheet turned (8), to which side the page number tells.
fn type_area(leaf: &Leaf<'_>, (left, right): (f64, f64)) -> Rect {
    let (width, height) = (leaf.page.width, leaf.page.height);
    if !leaf.is_landscape() {
        return Rect { left, top: TOP, right: width - right, bottom: BOTTOM };
    }
    match leaf.folio.as_ref().map(|folio| folio.direction) {
        // The top of the page is the left edge of the sheet.
        Some(90) => Rect { left: FOOT, top: left, right: width - TOP, bottom: height - right },
        Some(-90) => Rect { left: TOP, top: right, right: width - FOOT, bottom: height - left },
        _ => Rect { left: FOOT, top: OUTER, right: width - FOOT, bottom: height - OUTER },
    }
}

fn is_outside(area: &Rect, line: &Rect) -> bool {
    let slack = tolerance::MARGIN + tolerance::FACE;
    line.left < area.left - slack
        || line.right > area.right + slack
        || line.top < area.top - slack
        || line.bottom > area.bottom + slack
}
