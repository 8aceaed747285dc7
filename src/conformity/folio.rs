//! The page number (GB/T 9704-2012, 7.5).
#![expect(clippy::float_arithmetic, reason = "geometry of a page, no amounts")]

use super::lines::is_dash;
use super::survey::{Leaf, Survey, median, mm, pt};
use super::{Row, Verdict, tolerance};
use crate::gbt9704::{self, SAN, SI};
use crate::reader::{Line, Run};
use crate::typeset::Role;

const CLAUSE: &str = "GB/T 9704 7.5";
const BOTTOM: f64 = gbt9704::BOTTOM.points();
const DROP: f64 = gbt9704::FOLIO_DROP.points();

/// A page number, seen on the sheet held upright.
struct Folio<'l> {
    page: usize,
    leaf: &'l Leaf<'l>,
    line: &'l Line,
    /// Whether it stands at the foot of a landscape page, not of the sheet.
    astray: bool,
    number: Option<usize>,
    text: String,
    left: f64,
    right: f64,
    baseline: f64,
}

pub(super) fn rows(survey: &Survey<'_>) -> Vec<Row> {
    let folios: Vec<Folio<'_>> = survey.pages.iter().filter_map(folio).collect();
    if folios.is_empty() {
        let single = survey.pages.len() <= 1;
        let found = if single { "没有页码；只有一页，可以不编" } else { "没有找到页码" }.to_owned();
        let verdict = Verdict::of(single);
        let row = Row::new(CLAUSE, "页码", "每面都有（封面、空白页除外）", found, verdict);
        return vec![row, landscape(survey)];
    }
    vec![
        present(survey, &folios),
        form(&folios),
        look(survey, &folios),
        drop(&folios),
        side(survey, &folios),
        landscape(survey),
    ]
}

fn folio<'l>(leaf: &'l Leaf<'_>) -> Option<Folio<'l>> {
    let line = leaf.folio.as_ref()?;
    let text: String = line.text().chars().filter(|c| !c.is_whitespace()).collect();
    // Of `1/3` and 第1页共3页 the first.
    let digits = text.split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty()).unwrap_or_default();
    let bounds = line.bounds();
    let first = line.runs.first()?;
    // A landscape sheet is held with its foot on the side that the number is read from.
    let (left, right, baseline) = match line.direction {
        90 => (bounds.top, bounds.bottom, leaf.page.width - first.x),
        -90 => (leaf.page.height - bounds.bottom, leaf.page.height - bounds.top, first.x),
        _ => (bounds.left, bounds.right, first.y),
    };
    let astray = leaf.is_landscape() && line.direction == 0;
    Some(Folio { page: leaf.page.number, leaf, line, astray, number: digits.parse().ok(), text, left, right, baseline })
}

/// Every page has one, in sequence, but for covers at the front and blank pages.
fn present(survey: &Survey<'_>, folios: &[Folio<'_>]) -> Row {
    let first = folios.first().map_or(1, |folio| folio.page);
    let missing =
        survey.pages.iter().filter(|leaf| leaf.folio.is_none() && !leaf.is_blank() && leaf.page.number > first);
    // The page of the imprint may go without.
    let missing = missing.filter(|leaf| !leaf.lines.iter().any(|line| line.text().contains("印发")));
    let mut pages: Vec<usize> = missing.map(|leaf| leaf.page.number).collect();
    let before = survey.pages.iter().filter(|leaf| leaf.page.number < first);
    pages.extend(before.filter(|leaf| survey.is_text(leaf)).map(|leaf| leaf.page.number));
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
    // Pages are told by their place in the file, which may not be the number at the foot.
    let shifted = folios.iter().find(|folio| folio.number.is_some_and(|number| number != folio.page));
    let note = shifted.map(|folio| format!("；文件的第{}页印的是{}", folio.page, folio.text));
    let found = format!("{}面有页码，共{}面{}", folios.len(), survey.pages.len(), note.unwrap_or_default());
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
        let face = role.map(|role| matches!(role, Role::Song | Role::Latin));
        let name = survey.face_name(&run);
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
    let folios = || folios.iter().filter(|folio| !folio.astray);
    let off = folios().filter(|folio| (dash(folio) - DROP).abs() > tolerance::FOLIO_DROP);
    let found = median(folios().map(dash).collect()).map(mm).unwrap_or_default();
    let pages = off.map(|folio| folio.page).collect();
    Row::on_pages(CLAUSE, "页码高低", "一字线在版心下边缘之下7毫米", found, pages)
}

/// Where a page number stands: how far within the type area, from the edge that it is nearest to.
struct Side {
    right: bool,
    gap: f64,
    centred: bool,
}

impl Side {
    fn of(folio: &Folio<'_>, (left, right): (f64, f64)) -> Self {
        let page = folio.leaf.page;
        let width = if folio.leaf.is_landscape() { page.height } else { page.width };
        let (at_left, at_right) = (folio.left - left, width - right - folio.right);
        let centred = (f64::midpoint(folio.left, folio.right) - width / 2.0).abs() < tolerance::PLACE;
        Self { right: at_right < at_left, gap: at_right.min(at_left), centred }
    }

    /// Whether there is a character's space.
    fn is_spaced(&self) -> bool {
        (SI - tolerance::FOLIO_SIDE..=SAN + tolerance::FOLIO_SIDE).contains(&self.gap)
    }

    fn words(&self) -> String {
        if self.centred {
            return "居中".to_owned();
        }
        let side = if self.right { "居右" } else { "居左" };
        if self.gap < 0.0 {
            format!("{side}，伸出版心{}", mm(-self.gap))
        } else {
            format!("{side}空{}", mm(self.gap))
        }
    }
}

/// Odd numbers right with a character's space, even ones left.
fn side(survey: &Survey<'_>, folios: &[Folio<'_>]) -> Row {
    let one_sided = survey.one_sided == Some(true);
    let expected = if one_sided {
        "居右空一字（各面白边相同，按单面印）"
    } else {
        "单页码居右空一字，双页码居左空一字"
    };
    let mut pages = Vec::new();
    let mut wrong = None;
    for folio in folios.iter().filter(|folio| !folio.astray) {
        let even = folio.number.unwrap_or(folio.page) % 2 == 0;
        let sides: Vec<Side> = survey.margins(folio.leaf).iter().map(|margins| Side::of(folio, *margins)).collect();
        let is_right = |side: &Side| side.is_spaced() && if even { one_sided || !side.right } else { side.right };
        if !sides.iter().any(is_right) {
            pages.push(folio.page);
            wrong = wrong.or(sides.into_iter().next());
        }
    }
    let found = wrong.map_or_else(|| "如此".to_owned(), |side| side.words());
    Row::on_pages(CLAUSE, "页码左右", expected, found, pages)
}

/// 8: the head of a table on its side lies along the left edge of the sheet, which is bound on odd pages and cut on even
/// ones, and the page number keeps its place on the sheet: it is what tells how the page is turned.
fn landscape(survey: &Survey<'_>) -> Row {
    const EXPECTED: &str = "表头在竖纸的左边，页码位置与其他页相同";
    let row = |found: &str, verdict| Row::new("GB/T 9704 8", "横排的页", EXPECTED, found.to_owned(), verdict);
    let pages = survey.pages.iter().filter(|leaf| leaf.is_landscape() && !leaf.is_blank());
    let turned: Vec<(usize, Option<i16>)> =
        pages.map(|leaf| (leaf.page.number, leaf.folio.as_ref().map(|line| line.direction))).collect();
    if turned.is_empty() {
        return row("没有横排的页", Verdict::NotApplicable);
    }
    let wrong = turned.iter().filter(|(_, direction)| direction.is_some_and(|direction| direction != 90));
    let found = match wrong.clone().next() {
        Some((_, Some(-90))) => "表头在竖纸的右边",
        Some(_) => "页码跟着横过来了",
        None if turned.iter().any(|(_, direction)| direction.is_none()) => {
            return row("有横排的页没有页码，看不出朝向", Verdict::Unknown);
        }
        None => "如此",
    };
    let pages = wrong.map(|(number, _)| *number).collect();
    Row::on_pages("GB/T 9704 8", "横排的页", EXPECTED, found.to_owned(), pages)
}
