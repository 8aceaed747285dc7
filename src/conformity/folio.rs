//! The page number (GB/T 9704-2012, 7.5).
#![expect(clippy::float_arithmetic, reason = "geometry of a page, no amounts")]

use super::faces::FaceRole;
use super::survey::{Leaf, Survey, is_dash, median, mm, pt};
use super::{Row, Verdict, tolerance};
use crate::reader::{Line, MM, Run};

const CLAUSE: &str = "GB/T 9704 7.5";
const SI: f64 = 14.0;
/// The lower edge of the type area from the top of the sheet.
const BOTTOM: f64 = 262.0 * MM;
const DROP: f64 = 7.0 * MM;

/// A page number, seen on the sheet held upright.
struct Folio<'l> {
    page: usize,
    line: &'l Line,
    number: Option<usize>,
    text: String,
    left: f64,
    right: f64,
    baseline: f64,
}

pub(super) fn rows(survey: &Survey<'_>) -> Vec<Row> {
    let folios: Vec<Folio<'_>> = survey.pages.iter().filter_map(folio).collect();
    if folios.is_empty() {
        let found = "没有找到页码".to_owned();
        return vec![Row::new(
            CLAUSE,
            "页码",
            "每面都有（封面、空白页除外）",
            found,
            Verdict::of(survey.pages.len() <= 1),
        )];
    }
    vec![present(survey, &folios), form(&folios), look(survey, &folios), drop(&folios), side(survey, &folios)]
}

fn folio<'l>(leaf: &'l Leaf<'_>) -> Option<Folio<'l>> {
    let line = leaf.folio.as_ref()?;
    let text: String = line.text().chars().filter(|c| !c.is_whitespace()).collect();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let bounds = line.bounds();
    let first = line.runs.first()?;
    // A landscape sheet is held with its foot on the side that the number is read from.
    let (left, right, baseline) = match line.direction {
        90 => (bounds.top, bounds.bottom, leaf.page.width - first.x),
        -90 => (leaf.page.height - bounds.bottom, leaf.page.height - bounds.top, first.x),
        _ => (bounds.left, bounds.right, first.y),
    };
    Some(Folio { page: leaf.page.number, line, number: digits.parse().ok(), text, left, right, baseline })
}

/// Every page has one, in sequence, but for covers at the front and blank pages.
fn present(survey: &Survey<'_>, folios: &[Folio<'_>]) -> Row {
    let first = folios.first().map_or(1, |folio| folio.page);
    let missing =
        survey.pages.iter().filter(|leaf| leaf.folio.is_none() && !leaf.is_blank() && leaf.page.number > first);
    // The page of the imprint may go without.
    let missing = missing.filter(|leaf| !leaf.lines.iter().any(|line| line.text().contains("印发")));
    let mut pages: Vec<usize> = missing.map(|leaf| leaf.page.number).collect();
    if first > 3 {
        pages.push(1);
    }
    let gaps = folios.windows(2).filter_map(|pair| match pair {
        [one, next] => {
            let steps = next.page - one.page;
            (one.number.zip(next.number).is_none_or(|(a, b)| b != a + steps)).then_some(next.page)
        }
        _ => None,
    });
    pages.extend(gaps);
    let found = format!("{}面有页码，共{}面", folios.len(), survey.pages.len());
    Row::on_pages(CLAUSE, "页码连续", "每面都有，连续编（封面、空白页除外）", found, pages)
}

fn form(folios: &[Folio<'_>]) -> Row {
    let is_right = |text: &str| {
        let inner = text.strip_prefix('—').and_then(|rest| rest.strip_suffix('—'));
        inner.is_some_and(|inner| !inner.is_empty() && inner.chars().all(|c| c.is_ascii_digit()))
    };
    let off: Vec<&Folio<'_>> = folios.iter().filter(|folio| !is_right(&folio.text)).collect();
    let shown = off.first().or(folios.first().as_ref()).map(|folio| folio.text.clone()).unwrap_or_default();
    let note = off.first().map_or("", |folio| match folio.text.chars().next() {
        Some('—') => "",
        Some(c) if is_dash(c) => "，横线不是一字线（—）",
        _ => "，没有一字线",
    });
    let pages = off.iter().map(|folio| folio.page).collect();
    Row::on_pages(CLAUSE, "页码写法", "数字左右各一条一字线：—1—", format!("{shown}{note}"), pages)
}

fn look(survey: &Survey<'_>, folios: &[Folio<'_>]) -> Row {
    let digits = |folio: &Folio<'_>| -> Option<Run> {
        folio.line.runs.iter().find(|run| run.text.chars().any(|c| c.is_ascii_digit())).cloned()
    };
    let mut pages = Vec::new();
    let mut unknown = false;
    let mut shown = None;
    for folio in folios {
        let Some(run) = digits(folio) else { continue };
        let role = survey.role(&run);
        let size = (run.size - SI).abs() <= tolerance::SIZE;
        // Half-width digits beside 宋体 are set in 宋体's own or in a Latin face with serifs.
        let face = role.map(|role| matches!(role, FaceRole::Song | FaceRole::Latin));
        let name = role.map_or_else(|| survey.font_name(&run).to_owned() + "（认不出）", |role| role.name().to_owned());
        let words = format!("{name}，{}", pt(run.size));
        match face {
            Some(true) if size => {
                shown.get_or_insert(words);
            }
            None if size => {
                unknown = true;
                shown = Some(words);
            }
            _ => {
                if pages.is_empty() {
                    shown = Some(words);
                }
                pages.push(folio.page);
            }
        }
    }
    let row = Row::on_pages(CLAUSE, "页码字体字号", "宋体半角数字，四号（14磅）", shown.unwrap_or_default(), pages);
    if unknown && row.pages.is_empty() { Row { verdict: Verdict::Unknown, ..row } } else { row }
}

/// The dash lies 7 mm below the type area.
fn drop(folios: &[Folio<'_>]) -> Row {
    let dash = |folio: &Folio<'_>| {
        let size = folio.line.main().map_or(SI, |run| run.size);
        folio.baseline - tolerance::DASH_HEIGHT * size - BOTTOM
    };
    let off = folios.iter().filter(|folio| (dash(folio) - DROP).abs() > tolerance::FOLIO_DROP);
    let found = median(folios.iter().map(dash).collect()).map(mm).unwrap_or_default();
    let pages = off.map(|folio| folio.page).collect();
    Row::on_pages(CLAUSE, "页码高低", "一字线在版心下边缘之下7毫米", found, pages)
}

/// Odd numbers right with a character's space, even ones left.
fn side(survey: &Survey<'_>, folios: &[Folio<'_>]) -> Row {
    let expected = if survey.one_sided {
        "居右空一字（各面白边相同，按单面印）"
    } else {
        "单页码居右空一字，双页码居左空一字"
    };
    let mut pages = Vec::new();
    let mut centred = 0;
    for folio in folios {
        let number = folio.number.unwrap_or(folio.page);
        let width = 210.0 * MM;
        let even = number % 2 == 0;
        let (left_margin, right_margin) = if even && !survey.one_sided { (26.0, 28.0) } else { (28.0, 26.0) };
        let near = |gap: f64| (SI - tolerance::FOLIO_SIDE..=16.0 + tolerance::FOLIO_SIDE).contains(&gap);
        let at_right = near(width - right_margin * MM - folio.right);
        let at_left = near(folio.left - left_margin * MM);
        let conforms = if even { at_left || survey.one_sided && at_right } else { at_right };
        if !conforms {
            pages.push(folio.page);
        }
        centred += usize::from((f64::midpoint(folio.left, folio.right) - width / 2.0).abs() < tolerance::PLACE);
    }
    let found = match (pages.len(), centred) {
        (0, _) => "如此".to_owned(),
        (_, centred) if centred * 2 > folios.len() => "居中".to_owned(),
        (off, _) => format!("{off}面不是"),
    };
    Row::on_pages(CLAUSE, "页码左右", expected, found, pages)
}
