//! What stands where on laid-out pages.

use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::visualize::{Geometry, Paint};
use typst_layout::{Page, PagedDocument};

/// Something on a page, in points from the upper left corner of the trimmed sheet.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) page: usize,
    pub(super) left: f64,
    /// The upper edge of ink, or of the em box: see [`texts`].
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
    pub(super) text: String,
    /// Whether it is not grey.
    pub(super) coloured: bool,
}

impl Mark {
    pub(super) fn middle(&self) -> f64 {
        f64::midpoint(self.left, self.right)
    }
}

/// Each text with its em box, or with the box of its ink.
pub(super) fn texts(document: &PagedDocument, ink: bool) -> Vec<Mark> {
    collect(document, |item| match item {
        FrameItem::Text(text) if ink => {
            let ink = text.bbox();
            Some((ink.min, ink.max, text.text.to_string(), is_coloured(&text.fill)))
        }
        FrameItem::Text(text) => {
            let (top, bottom) = (text.size * -0.88, text.size * 0.12);
            let corners = (Point::new(Abs::zero(), top), Point::new(text.width(), bottom));
            Some((corners.0, corners.1, text.text.to_string(), is_coloured(&text.fill)))
        }
        _ => None,
    })
}

/// Each straight line.
pub(super) fn rules(document: &PagedDocument) -> Vec<Mark> {
    collect(document, |item| match item {
        FrameItem::Shape(shape, _) => match (&shape.geometry, &shape.stroke) {
            (Geometry::Line(end), Some(stroke)) => {
                let half = Point::with_y(stroke.thickness / 2.0);
                Some((Point::zero() - half, *end + half, String::new(), is_coloured(&stroke.paint)))
            }
            _ => None,
        },
        _ => None,
    })
}

fn is_coloured(paint: &Paint) -> bool {
    let Paint::Solid(colour) = paint else { return true };
    let [red, green, blue, _] = colour.to_vec4();
    [red - green, green - blue].iter().any(|apart| apart.abs() > 0.001)
}

type Found = (Point, Point, String, bool);

fn collect(document: &PagedDocument, look: impl Fn(&FrameItem) -> Option<Found>) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (page, laid) in document.pages().iter().enumerate() {
        walk(&laid.frame, Transform::identity(), &mut |item, here| {
            let Some((from, to, text, coloured)) = look(item) else { return };
            let corners =
                [from, to, Point::new(from.x, to.y), Point::new(to.x, from.y)].map(|corner| corner.transform(here));
            let edge = |of: fn(&Point) -> Abs, low: bool| {
                let all = corners.iter().map(|corner| of(corner).to_pt());
                if low { all.fold(f64::INFINITY, f64::min) } else { all.fold(f64::NEG_INFINITY, f64::max) }
            };
            let (left, right) = (edge(|p| p.x, true), edge(|p| p.x, false));
            let (top, bottom) = (edge(|p| p.y, true), edge(|p| p.y, false));
            marks.push(Mark { page, left, top, right, bottom, text, coloured });
        });
    }
    marks
}

fn walk(frame: &Frame, outer: Transform, visit: &mut impl FnMut(&FrameItem, Transform)) {
    for (at, item) in frame.items() {
        let here = outer.pre_concat(Transform::translate(at.x, at.y));
        match item {
            FrameItem::Group(group) => walk(&group.frame, here.pre_concat(group.transform), visit),
            _ => visit(item, here),
        }
    }
}

/// The number printed at the foot of a page, as it is written there.
pub(super) fn folio(document: &PagedDocument, page: usize) -> Option<String> {
    let texts = texts(document, false);
    let joined: String = texts.iter().filter(|text| text.page == page).map(|text| text.text.as_str()).collect();
    let start = joined.find("— ")?;
    let digits: String = joined[start + "— ".len()..].chars().take_while(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}

/// Whether a page lies on its side.
pub(super) fn is_landscape(page: &Page) -> bool {
    page.frame.width() > page.frame.height()
}
