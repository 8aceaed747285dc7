//! Small lines and areas: enough of them make one digit of another. Rules of tables are long, and the marks of a chart are as
//! many whatever the faces.

use std::collections::BTreeMap;

use super::{Difference, Kind};
use crate::reader::{Document, Shape, ShapeKind};

/// The largest side of a small thing, in points: less than a character of the text.
const SMALL: f64 = 12.0;

/// Small things that the PDF has more of than the report made again, by the pages that have them.
pub(super) fn differences(of_pdf: &Document, again: &Document) -> Vec<Difference> {
    let mut meant: BTreeMap<String, usize> = BTreeMap::new();
    for shape in again.pages.iter().flat_map(|page| &page.shapes).filter(|shape| is_small(shape)) {
        *meant.entry(form(shape)).or_default() += 1;
    }
    let mut pages: BTreeMap<usize, usize> = BTreeMap::new();
    for page in &of_pdf.pages {
        for shape in page.shapes.iter().filter(|shape| is_small(shape)) {
            match meant.get_mut(&form(shape)) {
                Some(left) if *left > 0 => *left -= 1,
                _ => *pages.entry(page.number).or_default() += 1,
            }
        }
    }
    let told = pages.into_iter().map(|(page, count)| {
        let what = format!("多画了 {count} 处短线或小色块，可能改了字的样子");
        Difference::on_page(Kind::Look, page, &what)
    });
    told.collect()
}

fn is_small(shape: &Shape) -> bool {
    shape.kind != ShapeKind::Image && shape.bounds.width() < SMALL && shape.bounds.height() < SMALL
}

/// Kind and size; where it stands depends on the faces.
fn form(shape: &Shape) -> String {
    format!("{:?} {:.1} {:.1} {:.1}", shape.kind, shape.bounds.width(), shape.bounds.height(), shape.stroke)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::{Color, Mark, Page, Rect};

    #[test]
    fn a_short_line_is_told_and_a_long_one_is_not() {
        let document = |sizes: &[f64]| {
            let shape = |right: &f64| Shape {
                kind: ShapeKind::Stroke,
                bounds: Rect { right: *right, ..Rect::default() },
                color: Color::default(),
                stroke: 0.5,
                mark: Mark::default(),
            };
            let page = Page { number: 1, shapes: sizes.iter().map(shape).collect(), ..Page::default() };
            Document { pages: vec![page], ..Document::default() }
        };
        let told = |of_pdf: &[f64], again: &[f64]| differences(&document(of_pdf), &document(again)).len();
        assert_eq!(told(&[4.0, 300.0, 300.0], &[4.0, 300.0]), 0);
        assert_eq!(told(&[4.0, 5.0], &[4.0]), 1);
        assert_eq!(told(&[], &[4.0]), 0);
    }
}
