//! One walk over the frames of a document: its texts and rules, each with the element that it belongs to.

use std::collections::BTreeMap;

use typst::foundations::{Content, Smart};
use typst::introspection::{Location, LocationKey, Tag};
use typst::layout::{Frame, FrameItem, GroupItem, LayoutElem, Point, Rect, Transform};
use typst::model::{FigureElem, HeadingElem, ParElem, TableCell, TableElem, TitleElem};
use typst::pdf::ArtifactElem;
use typst::text::TextItem;
use typst_layout::PagedDocument;

use super::sheet::Sheet;

/// What a document's pages hold.
pub(super) struct Layout<'a> {
    /// The pages.
    pub(super) sheets: Vec<Sheet>,
    /// The elements, in the order in which they begin.
    pub(super) elements: Vec<Element>,
    /// The texts, in the order of the frames.
    pub(super) runs: Vec<Run<'a>>,
    /// Lines, bars and whatever else is drawn.
    pub(super) shapes: Vec<Shape>,
}

/// What kind of thing stands on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The report's title.
    Title,
    /// A heading; an attachment's title too.
    Heading,
    /// A paragraph.
    Paragraph,
    /// A table.
    Table,
    /// A cell of a table.
    Cell(At),
    /// A chart with its caption.
    Chart,
    /// Who signs, and the date: the only thing that the templates lay out by hand.
    Signature,
    /// What belongs to the page and not to the text: page number, mark of a draft.
    Artifact,
}

/// Where a cell stands in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At {
    pub(super) column: usize,
    pub(super) row: usize,
    pub(super) rowspan: usize,
    /// Whether it stands in a head that is repeated.
    pub(super) repeated: bool,
}

/// An element.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) kind: Kind,
    /// The element that it stands in.
    pub(super) parent: Option<usize>,
}

/// A run of text in one face.
pub(super) struct Run<'a> {
    /// The page, from 0.
    pub(super) page: usize,
    /// The innermost element that it belongs to.
    pub(super) element: Option<usize>,
    /// The em box of its characters.
    pub(super) area: Rect,
    /// Where it begins, on its baseline.
    pub(super) origin: Point,
    /// Whether it is turned.
    pub(super) turned: bool,
    pub(super) item: &'a TextItem,
}

impl Run<'_> {
    /// The box of its ink; the em box where it is turned. Spaces that set a line out are in the em box alone.
    pub(super) fn ink(&self) -> Rect {
        if self.turned {
            return self.area;
        }
        let ink = self.item.bbox();
        // Typst leaves it upside down.
        Rect::new(self.origin + ink.min.min(ink.max), self.origin + ink.min.max(ink.max))
    }
}

/// Something that is drawn.
pub(super) struct Shape {
    pub(super) page: usize,
    pub(super) element: Option<usize>,
    pub(super) area: Rect,
}

/// Walks through all frames of a document.
pub(super) fn walk(document: &PagedDocument) -> Layout<'_> {
    let sheets = document.pages().iter().enumerate().map(|(i, page)| Sheet::of(i, page)).collect();
    let layout = Layout { sheets, elements: Vec::new(), runs: Vec::new(), shapes: Vec::new() };
    let mut walker = Walker { layout, page: 0, open: Vec::new(), cells: BTreeMap::new() };
    for (i, page) in document.pages().iter().enumerate() {
        walker.page = i;
        walker.frame(&page.frame, Transform::identity());
    }
    walker.layout
}

struct Walker<'a> {
    layout: Layout<'a>,
    page: usize,
    /// The elements that have begun and not ended.
    open: Vec<(Location, usize)>,
    /// The cells so far: one that goes on over a page is ended where it begins, and its parts name it.
    cells: BTreeMap<LocationKey, usize>,
}

impl<'a> Walker<'a> {
    fn frame(&mut self, frame: &'a Frame, outer: Transform) {
        for (at, item) in frame.items() {
            let here = outer.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => self.group(group, here),
                FrameItem::Text(item) => self.text(item, here),
                FrameItem::Shape(shape, _) => {
                    let area = moved(shape.bbox(true), here);
                    let element = self.element();
                    self.layout.shapes.push(Shape { page: self.page, element, area });
                }
                FrameItem::Tag(tag) => self.tag(tag),
                FrameItem::Image(..) | FrameItem::Link(..) => {}
            }
        }
    }

    fn group(&mut self, group: &'a GroupItem, here: Transform) {
        let cell = group.parent.and_then(|parent| {
            let cell = self.cells.get(&LocationKey::new(parent.location))?;
            Some((parent.location, *cell))
        });
        self.open.extend(cell);
        self.frame(&group.frame, here.pre_concat(group.transform));
        if let Some((location, _)) = cell {
            self.close(location);
        }
    }

    fn text(&mut self, item: &'a TextItem, here: Transform) {
        let (ascent, descent) = (item.size * 0.88, item.size * 0.12);
        let area = Rect::new(Point::with_y(-ascent), Point::new(item.width(), descent));
        let run = Run {
            page: self.page,
            element: self.element(),
            area: moved(area, here),
            origin: Point::zero().transform(here),
            turned: !here.is_only_translate(),
            item,
        };
        self.layout.runs.push(run);
    }

    fn element(&self) -> Option<usize> {
        self.open.last().map(|(_, element)| *element)
    }

    fn tag(&mut self, tag: &Tag) {
        match tag {
            Tag::Start(content, _) => {
                let (Some(kind), Some(location)) = (kind_of(content), content.location()) else { return };
                let element = self.layout.elements.len();
                self.layout.elements.push(Element { kind, parent: self.element() });
                self.open.push((location, element));
                if matches!(kind, Kind::Cell(_)) {
                    self.cells.insert(LocationKey::new(location), element);
                }
            }
            Tag::End(location, ..) => self.close(*location),
        }
    }

    fn close(&mut self, location: Location) {
        if let Some(at) = self.open.iter().rposition(|(open, _)| *open == location) {
            self.open.remove(at);
        }
    }
}

fn kind_of(content: &Content) -> Option<Kind> {
    if let Some(cell) = content.to_packed::<TableCell>() {
        let number = |value: &Smart<usize>| if let Smart::Custom(value) = value { *value } else { 0 };
        let styles = typst::foundations::StyleChain::default();
        return Some(Kind::Cell(At {
            column: number(cell.x.get_ref(styles)),
            row: number(cell.y.get_ref(styles)),
            rowspan: cell.rowspan.get(styles).get(),
            repeated: cell.is_repeated.get(styles),
        }));
    }
    let kinds: [(bool, Kind); 7] = [
        (content.is::<ParElem>(), Kind::Paragraph),
        (content.is::<ArtifactElem>(), Kind::Artifact),
        (content.is::<HeadingElem>(), Kind::Heading),
        (content.is::<TableElem>(), Kind::Table),
        (content.is::<FigureElem>(), Kind::Chart),
        (content.is::<TitleElem>(), Kind::Title),
        (content.is::<LayoutElem>(), Kind::Signature),
    ];
    kinds.into_iter().find(|(is, _)| *is).map(|(_, kind)| kind)
}

/// The least upright rectangle around a moved or turned one.
fn moved(area: Rect, by: Transform) -> Rect {
    let corners = [area.min, Point::new(area.max.x, area.min.y), area.max, Point::new(area.min.x, area.max.y)];
    let [first, others @ ..] = corners.map(|corner| corner.transform(by));
    others.into_iter().fold(Rect::new(first, first), |all, corner| Rect::new(all.min.min(corner), all.max.max(corner)))
}
