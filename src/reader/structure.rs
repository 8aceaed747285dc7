//! The structure tree: what a screen reader goes by (ISO 32000-1, 14.7 and 14.8).

use std::collections::BTreeMap;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Object};

use super::limits::Limits;
use super::page::Page;
use super::text;

/// The structure of a document.
#[derive(Debug, Clone, Default)]
pub struct Structure {
    /// Whether the file says that it is tagged (`MarkInfo`).
    pub marked: bool,
    /// The elements at the top.
    pub elements: Vec<Element>,
    /// Text on the pages that is neither in an element nor an artifact, and where it is: page and text.
    pub outside: Vec<(usize, String)>,
    /// The marked contents that have text, in the order of the elements that hold them.
    pub contents: Vec<Content>,
    /// Whether a limit was met, and there is more of it.
    pub is_cut: bool,
    /// The heads that each cell names as its own, in the order of the cells.
    pub headers: Vec<String>,
}

/// A marked content with text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Content {
    /// The page, from 1.
    pub page: usize,
    /// The form that it lies in, if any.
    pub form: Option<i32>,
    /// Its number there.
    pub mcid: i32,
    /// The cell of a table that it is in, by the cell's place among all cells.
    pub cell: Option<usize>,
}

/// An element of the structure.
#[derive(Debug, Clone, Default)]
pub struct Element {
    /// Its role, as a standard one where the file maps it to one: `P`, `H1`, `Table`, `TH`.
    pub role: String,
    /// Its role as written.
    pub own_role: String,
    /// Its own alternative text.
    pub alt: Option<String>,
    /// The text that stands in place of what it holds.
    pub actual: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its language, where it has its own.
    pub lang: Option<String>,
    /// The pages that it has text on, from 1, in order.
    pub pages: Vec<usize>,
    /// How far a head of a table reaches: `Row`, `Column`, `Both`.
    pub scope: Option<String>,
    /// How many columns and rows a cell spans.
    pub span: (u32, u32),
    /// What it holds, in order.
    pub children: Vec<Node>,
}

/// What an element holds.
#[derive(Debug, Clone)]
pub enum Node {
    /// Text.
    Text(String),
    /// Another element.
    Element(Element),
}

impl Structure {
    /// All elements, each before those in it.
    pub fn all(&self) -> Vec<&Element> {
        self.elements.iter().flat_map(Element::all).collect()
    }

    /// The whole text, element by element, as a screen reader comes by it.
    pub fn text(&self) -> String {
        self.elements.iter().map(Element::text).collect::<Vec<_>>().join("\n")
    }
}

impl Element {
    /// Itself and all in it, each before those in it.
    pub fn all(&self) -> Vec<&Self> {
        let mut all = vec![self];
        for child in self.elements() {
            all.extend(child.all());
        }
        all
    }

    /// The elements directly in it.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    fn is_on(&mut self, page: usize) {
        if let Err(at) = self.pages.binary_search(&page) {
            self.pages.insert(at, page);
        }
    }

    /// What its texts take up, and it itself.
    fn bytes(&self) -> usize {
        let texts = [&self.alt, &self.actual, &self.title, &self.lang, &self.scope];
        let texts: usize = texts.into_iter().flatten().map(String::len).sum();
        texts + self.role.len() + self.own_role.len() + size_of::<Self>()
    }

    /// Its text: what stands in its place, else that of all it holds; blocks are on lines of their own, cells apart by
    /// tabs.
    pub fn text(&self) -> String {
        if let Some(actual) = &self.actual {
            return actual.clone();
        }
        let mut written = String::new();
        let mut after_block = false;
        for child in &self.children {
            let (text, separator) = match child {
                Node::Text(text) => (text.clone(), ""),
                Node::Element(element) => (element.text(), element.separator()),
            };
            let separator = if separator.is_empty() && after_block { "\n" } else { separator };
            if !written.is_empty() && !written.ends_with(separator) {
                written.push_str(separator);
            }
            written.push_str(&text);
            after_block = matches!(child, Node::Element(element) if element.separator() == "\n");
        }
        written
    }

    /// What stands before it in a text.
    fn separator(&self) -> &'static str {
        match self.role.as_str() {
            "Span" | "Link" | "Em" | "Strong" | "Quote" | "Reference" | "Note" | "Lbl" | "LBody" | "Code" | "Sub" => "",
            "TH" | "TD" => "\t",
            _ => "\n",
        }
    }

    /// The rows of a table, in order: those directly in it and those in its head, body and foot.
    pub fn rows(&self) -> Vec<&Self> {
        self.elements()
            .flat_map(|child| match child.role.as_str() {
                "TR" => vec![child],
                "THead" | "TBody" | "TFoot" => child.elements().filter(|row| row.role == "TR").collect(),
                _ => Vec::new(),
            })
            .collect()
    }

    /// The cells of a row, in order.
    pub fn cells(&self) -> impl Iterator<Item = &Self> {
        self.elements().filter(|cell| matches!(cell.role.as_str(), "TH" | "TD"))
    }
}

/// What a marked content is known by: page (from 0), form, number.
type Key = (usize, Option<i32>, i32);

struct Builder {
    /// A page's place by its object number.
    pages: BTreeMap<i32, usize>,
    texts: BTreeMap<Key, String>,
    roles: BTreeMap<String, String>,
    limits: Limits,
    count: usize,
    contents: Vec<Content>,
    headers: Vec<String>,
    /// The cell that is being read, and how many there were.
    cell: Option<usize>,
    cells: usize,
    /// Bytes of elements that may still be read: one may be named many times, and be long.
    bytes: usize,
    is_cut: bool,
}

pub(super) fn read(pdf: &Pdf, catalog: &Dict<'_>, pages: &[Page], limits: Limits) -> Structure {
    let marked = catalog.get::<Dict<'_>>("MarkInfo").is_some_and(|info| text::flag(&info, "Marked"));
    let Some(root) = catalog.get::<Dict<'_>>("StructTreeRoot") else {
        return Structure { marked, ..Structure::default() };
    };
    let numbers = pdf.pages().iter().enumerate();
    let pages_by_number = numbers.filter_map(|(at, page)| Some((page.raw().obj_id()?.obj_number, at))).collect();
    let mut builder = Builder {
        pages: pages_by_number,
        texts: texts(pages),
        roles: roles(&root),
        limits,
        count: 0,
        contents: Vec::new(),
        headers: Vec::new(),
        cell: None,
        cells: 0,
        bytes: limits.unpacked,
        is_cut: false,
    };
    let mut top = Element::default();
    builder.kids(&root, None, 0, &mut top);
    let elements = top.children.into_iter().filter_map(|child| match child {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    });
    let elements = elements.collect();
    Structure {
        marked,
        elements,
        outside: outside(pages),
        contents: builder.contents,
        headers: builder.headers,
        is_cut: builder.is_cut,
    }
}

/// The text of each marked content.
fn texts(pages: &[Page]) -> BTreeMap<Key, String> {
    let mut texts: BTreeMap<Key, String> = BTreeMap::new();
    for (at, page) in pages.iter().enumerate() {
        for line in page.lines() {
            for run in line.runs {
                if let Some(mcid) = run.mark.mcid {
                    texts.entry((at, run.mark.form, mcid)).or_default().push_str(&run.text);
                }
            }
        }
    }
    texts
}

/// What is on the pages and in no element.
fn outside(pages: &[Page]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for line in pages.iter().flat_map(Page::lines) {
        let loose = |run: &&super::Run| run.mark.mcid.is_none() && !run.mark.artifact && !run.text.trim().is_empty();
        let text: String = line.runs.iter().filter(loose).map(|run| run.text.as_str()).collect();
        if !text.is_empty() {
            found.push((line.page, text));
        }
    }
    found
}

fn roles(root: &Dict<'_>) -> BTreeMap<String, String> {
    let map = root.get::<Dict<'_>>("RoleMap").unwrap_or_default();
    let names = map.keys().map(|key| String::from_utf8_lossy(&key).into_owned());
    names.filter_map(|key| text::name(&map, &key).map(|role| (key, role))).collect()
}

impl Builder {
    /// What an element holds, put into it.
    fn kids(&mut self, dict: &Dict<'_>, page: Option<usize>, depth: usize, into: &mut Element) {
        let Some(kids) = dict.get::<Object<'_>>("K") else { return };
        match kids {
            Object::Array(kids) => {
                self.spend(kids.data().len());
                for kid in kids.iter::<Object<'_>>() {
                    if self.is_over() {
                        self.is_cut = true;
                        break;
                    }
                    self.kid(&kid, page, depth, into);
                }
            }
            kid => self.kid(&kid, page, depth, into),
        }
    }

    fn spend(&mut self, bytes: usize) {
        self.bytes = self.bytes.saturating_sub(bytes);
    }

    fn is_over(&self) -> bool {
        self.count > self.limits.elements || self.bytes == 0
    }

    fn kid(&mut self, kid: &Object<'_>, page: Option<usize>, depth: usize, into: &mut Element) {
        self.count += 1;
        match kid {
            Object::Number(number) => {
                if let (Some(page), Ok(mcid)) = (page, i32::try_from(number.as_i64())) {
                    self.content((page, None, mcid), into);
                }
            }
            Object::Dict(dict) => self.dict(dict, page, depth, into),
            _ => {}
        }
    }

    fn dict(&mut self, dict: &Dict<'_>, page: Option<usize>, depth: usize, into: &mut Element) {
        self.spend(dict.data().len());
        let own_page = dict.get_ref("Pg").and_then(|page| self.pages.get(&page.obj_number).copied());
        let page = own_page.or(page);
        match text::name(dict, "Type").as_deref() {
            Some("MCR") => {
                let form = dict.get_ref("Stm").map(|stream| stream.obj_number);
                if let Some((page, mcid)) = page.zip(dict.get::<i32>("MCID")) {
                    self.content((page, form, mcid), into);
                }
            }
            Some("OBJR") => {}
            _ => {
                if depth > self.limits.depth || self.is_over() {
                    self.is_cut = true;
                    return;
                }
                let mut element = self.element(dict);
                let outer = self.cell;
                if matches!(element.role.as_str(), "TH" | "TD") {
                    self.cell = Some(self.cells);
                    self.cells += 1;
                    self.headers.push(headers(dict));
                }
                self.spend(element.bytes());
                self.kids(dict, page, depth + 1, &mut element);
                self.cell = outer;
                for &page in &element.pages {
                    into.is_on(page);
                }
                into.children.push(Node::Element(element));
            }
        }
    }

    /// The text of a marked content, which belongs to one element only (14.7.4).
    fn content(&mut self, key: Key, into: &mut Element) {
        let Some(text) = self.texts.remove(&key) else { return };
        let (page, form, mcid) = key;
        self.contents.push(Content { page: page + 1, form, mcid, cell: self.cell });
        into.is_on(page + 1);
        into.children.push(Node::Text(text));
    }

    fn element(&self, dict: &Dict<'_>) -> Element {
        let own_role = text::name(dict, "S").unwrap_or_default();
        let mut role = own_role.clone();
        // A chain of mappings ends soon, or is a ring.
        for _ in 0..8 {
            match self.roles.get(&role) {
                Some(next) if *next != role => role.clone_from(next),
                _ => break,
            }
        }
        let attributes = attributes(dict);
        let number = |key| attributes.iter().find_map(|set| set.get::<u32>(key)).unwrap_or(1);
        Element {
            role,
            own_role,
            alt: text::string(dict, "Alt"),
            actual: text::string(dict, "ActualText"),
            title: text::string(dict, "T"),
            lang: text::string(dict, "Lang"),
            pages: Vec::new(),
            scope: attributes.iter().find_map(|set| text::name(set, "Scope")),
            span: (number("ColSpan"), number("RowSpan")),
            children: Vec::new(),
        }
    }
}

/// The heads that a cell names.
fn headers(dict: &Dict<'_>) -> String {
    let names = attributes(dict).into_iter().find_map(|set| set.get::<Array<'_>>("Headers"));
    let names = names.iter().flat_map(Array::iter::<hayro_syntax::object::String<'_>>);
    names.map(|name| text::decode(name.as_bytes())).collect::<Vec<_>>().join(" ")
}

/// The attributes of an element: one set or several.
fn attributes<'a>(dict: &Dict<'a>) -> Vec<Dict<'a>> {
    match dict.get::<Object<'_>>("A") {
        Some(Object::Dict(set)) => vec![set],
        Some(Object::Array(sets)) => sets.iter::<Object<'_>>().filter_map(Object::into_dict).collect(),
        _ => Vec::new(),
    }
}
