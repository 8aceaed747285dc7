//! Two documents page by page: words first, then how they look.

use super::align::{Pair, align};
use super::{Difference, Kind};
use crate::reader::{Document, Glyph, Page, Shape, ShapeKind};

/// How far two places may lie apart that count as one, in points: far less than an eye sees.
const NEAR: f64 = 0.05;

/// Characters of a line that are shown on each side of what differs.
const AROUND: usize = 8;

/// What differs on the pages.
pub(super) fn differences(of_pdf: &Document, again: &Document) -> Vec<Difference> {
    let (left, right): (Vec<Vec<String>>, Vec<Vec<String>>) =
        (of_pdf.pages.iter().map(lines).collect(), again.pages.iter().map(lines).collect());
    let mut found = Vec::new();
    if left.len() != right.len() {
        let text = format!("PDF 有 {} 页，按所附的数据是 {} 页", left.len(), right.len());
        let (of_pdf, again) = (left.len().to_string(), right.len().to_string());
        found.push(Difference::new(Kind::Pages, text).sides(Some(&of_pdf), Some(&again)));
    }
    for pair in align(&left, &right) {
        match pair {
            Pair::Same(i, j) => {
                if let (Some(a), Some(b)) = (of_pdf.pages.get(i), again.pages.get(j)) {
                    found.extend(looks((of_pdf, a), (again, b)));
                }
            }
            // What stands elsewhere may read as other lines of the same words.
            Pair::Changed(i, j)
                if left.get(i).map(|lines| lines.concat()) == right.get(j).map(|lines| lines.concat()) =>
            {
                if let (Some(a), Some(b)) = (of_pdf.pages.get(i), again.pages.get(j)) {
                    found.extend(looks((of_pdf, a), (again, b)));
                }
            }
            Pair::Changed(i, j) => {
                if let (Some(a), Some(b)) = (left.get(i), right.get(j)) {
                    found.extend(words(i + 1, a, b));
                }
            }
            Pair::Left(i) => {
                let what = format!("是多出来的一页{}", beginning(left.get(i)));
                found.push(Difference::on_page(Kind::Pages, i + 1, &what));
            }
            Pair::Right(j) => {
                let text = format!("少了一页：按所附的数据应有的第{}页{}", j + 1, beginning(right.get(j)));
                found.push(Difference::new(Kind::Pages, text));
            }
        }
    }
    found
}

fn lines(page: &Page) -> Vec<String> {
    page.lines().iter().map(|line| line.text().trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

fn beginning(lines: Option<&Vec<String>>) -> String {
    let text: String = lines.into_iter().flatten().flat_map(|line| line.chars()).take(16).collect();
    if text.is_empty() { "（没有文字）".to_owned() } else { format!("，以“{text}”开头") }
}

/// What differs in the words of a page.
fn words(page: usize, of_pdf: &[String], again: &[String]) -> Vec<Difference> {
    let mut found = Vec::new();
    for pair in align(of_pdf, again) {
        match pair {
            Pair::Same(..) => {}
            Pair::Changed(i, j) => {
                if let (Some(a), Some(b)) = (of_pdf.get(i), again.get(j)) {
                    found.push(changed(Some(page), a, b));
                }
            }
            Pair::Left(i) => {
                let text = of_pdf.get(i).map_or("", String::as_str);
                let difference = Difference::on_page(Kind::Words, page, &format!("多出“{}”", short(text)));
                found.push(difference.sides(Some(text), None));
            }
            Pair::Right(j) => {
                let text = again.get(j).map_or("", String::as_str);
                let difference = Difference::on_page(Kind::Words, page, &format!("少了“{}”", short(text)));
                found.push(difference.sides(None, Some(text)));
            }
        }
    }
    found
}

fn short(text: &str) -> String {
    let mut short: String = text.chars().take(4 * AROUND).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// A text that differs, cut down to where it does.
pub(super) fn changed(page: Option<usize>, of_pdf: &str, again: &str) -> Difference {
    let (a, b): (Vec<char>, Vec<char>) = (of_pdf.chars().collect(), again.chars().collect());
    let (head, a_end, b_end) = middle(&a, &b);
    let (found, expected) = (piece(&a, head, a_end, 0), piece(&b, head, b_end, 0));
    let (shown, meant) = (piece(&a, head, a_end, AROUND), piece(&b, head, b_end, AROUND));
    let what = format!("“{}”，按所附的数据是“{}”", short_middle(&shown), short_middle(&meant));
    let difference = match page {
        Some(page) => Difference::on_page(Kind::Words, page, &what),
        None => Difference::new(Kind::Words, what),
    };
    difference.sides(Some(&found), Some(&expected))
}

/// Where two texts differ: the common beginning, and where what differs ends in each. A number is not cut.
fn middle(a: &[char], b: &[char]) -> (usize, usize, usize) {
    let mut head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let rest = (a.len() - head).min(b.len() - head);
    let mut tail = a.iter().rev().zip(b.iter().rev()).take(rest).take_while(|(x, y)| x == y).count();
    let of_number = |c: Option<&char>| c.is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '-'));
    while head > 0 && of_number(a.get(head - 1)) {
        head -= 1;
    }
    while tail > 0 && of_number(a.get(a.len() - tail)) {
        tail -= 1;
    }
    (head, a.len() - tail, b.len() - tail)
}

/// A stretch of a text with some characters around it.
fn piece(text: &[char], start: usize, end: usize, around: usize) -> String {
    let (from, to) = (start.saturating_sub(around), (end + around).min(text.len()));
    let (before, behind) =
        (if from > 0 && around > 0 { "…" } else { "" }, if to < text.len() && around > 0 { "…" } else { "" });
    let middle: String = text.get(from..to).unwrap_or_default().iter().collect();
    format!("{before}{middle}{behind}")
}

/// A long text with its middle left out.
fn short_middle(text: &str) -> String {
    const MOST: usize = 80;
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= MOST {
        return text.to_owned();
    }
    let (head, tail) =
        (chars.get(..MOST / 2).unwrap_or_default(), chars.get(chars.len() - MOST / 2..).unwrap_or_default());
    format!("{}……{}", head.iter().collect::<String>(), tail.iter().collect::<String>())
}

/// What differs in the looks of two pages with the same words.
fn looks((of_pdf, a): (&Document, &Page), (again, b): (&Document, &Page)) -> Vec<Difference> {
    let mut found = Vec::new();
    let sheet = |page: &Page| [page.width, page.height, page.media.width(), page.media.height()];
    if a.turned != b.turned || !sheet(a).iter().zip(sheet(b)).all(|(x, y)| near(*x, y)) {
        found.push(Difference::on_page(Kind::Look, a.number, "纸张的大小或方向不同"));
        return found;
    }
    let pairs = a.glyphs.iter().zip(&b.glyphs);
    let other = pairs.filter_map(|(x, y)| Some((x, unlike((of_pdf, x), (again, y))?))).collect::<Vec<_>>();
    if let Some((glyph, how)) = other.first() {
        let what = format!("有 {} 个字的{how}不同，第一个是“{}”", other.len(), glyph.text);
        found.push(Difference::on_page(Kind::Look, a.number, &what));
    } else if a.glyphs.len() != b.glyphs.len() {
        found.push(Difference::on_page(Kind::Look, a.number, "空格的多少不同"));
    }
    found.extend(drawings(a, b));
    found
}

/// How two characters differ.
fn unlike((of_pdf, x): (&Document, &Glyph), (again, y): (&Document, &Glyph)) -> Option<&'static str> {
    let font = |document: &Document, glyph: &Glyph| document.fonts.get(glyph.font).map(|font| font.name.clone());
    if !near(x.x, y.x) || !near(x.y, y.y) || x.direction != y.direction {
        return Some("位置");
    }
    if !near(x.size, y.size) {
        return Some("大小");
    }
    if x.invisible != y.invisible || x.color != y.color {
        return Some("颜色");
    }
    (font(of_pdf, x) != font(again, y)).then_some("字体")
}

fn near(x: f64, y: f64) -> bool {
    #[expect(clippy::float_arithmetic, reason = "places on a page")]
    let apart = (x - y).abs();
    apart < NEAR
}

/// What differs in lines, areas and pictures.
fn drawings(a: &Page, b: &Page) -> Option<Difference> {
    let alike = |x: &Shape, y: &Shape| {
        let bounds = |shape: &Shape| {
            [shape.bounds.left, shape.bounds.top, shape.bounds.right, shape.bounds.bottom, shape.stroke]
        };
        x.kind == y.kind && x.color == y.color && bounds(x).iter().zip(bounds(y)).all(|(p, q)| near(*p, q))
    };
    if a.shapes.len() == b.shapes.len() && a.shapes.iter().zip(&b.shapes).all(|(x, y)| alike(x, y)) {
        return None;
    }
    let mut parts = Vec::new();
    for (kind, name) in [(ShapeKind::Stroke, "线条"), (ShapeKind::Fill, "色块"), (ShapeKind::Image, "图片")] {
        let count = |page: &Page| page.shapes.iter().filter(|shape| shape.kind == kind).count();
        let (a, b) = (count(a), count(b));
        if a != b {
            parts.push(format!("{name} {a} 个，按所附的数据是 {b} 个"));
        }
    }
    let what = if parts.is_empty() { "线条或色块的位置、颜色不同".to_owned() } else { parts.join("；") };
    Some(Difference::on_page(Kind::Look, a.number, &what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_differs_is_shown_whole() {
        let found = changed(Some(3), "部门整体支出1406.90万元，同比增长", "部门整体支出1406.80万元，同比增长");
        assert_eq!((found.found.as_deref(), found.expected.as_deref()), (Some("1406.90"), Some("1406.80")));
        assert_eq!(
            found.message,
            "第3页：“部门整体支出1406.90万元，同比增长”，按所附的数据是“部门整体支出1406.80万元，同比增长”"
        );
        let found = changed(None, "甲乙", "甲丙乙");
        assert_eq!((found.found.as_deref(), found.expected.as_deref()), (Some(""), Some("丙")));
    }
}
