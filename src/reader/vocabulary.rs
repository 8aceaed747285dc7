//! The kinds of things that a file is made of: which entries its dictionaries have, each known by the way that leads to it
//! and not by what it calls itself. For comparing two files of which one was made from the other: what one has and the
//! other has not may hide, add or change something.

use std::collections::{BTreeMap, BTreeSet};

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier};

use super::ReadError;
use super::limits::Limits;

/// An entry of a dictionary.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// What the dictionary is, by the way to it: `Page`, `ExtGState`, `Catalog/Names/JavaScript`.
    pub role: String,
    /// The entry's key, with its value where that is a word that counts: `SMask=None`.
    pub key: String,
}

/// The entries of a file, each with the first page that it belongs to, if it belongs to one.
pub type Vocabulary = BTreeMap<Entry, Option<usize>>;

/// The longest way that is told apart.
const LONGEST: usize = 160;

/// Entries that lead back, that every writer has in its own way (how a stream is packed, the tree's index), or that say how
/// a window opens.
const PASSED_OVER: [&str; 17] = [
    "Type",
    "Length",
    "Filter",
    "DecodeParms",
    "DL",
    "Parent",
    "P",
    "Pg",
    "Prev",
    "Last",
    "ParentTree",
    "IDTree",
    "FontDescriptor",
    "BaseFont",
    "Stm",
    "PageMode",
    "PageLayout",
];

/// Entries whose values are words that count.
const WORDS: [&str; 8] = ["Subtype", "S", "BM", "SMask", "Encoding", "CIDToGIDMap", "ca", "CA"];

/// Dictionaries whose keys are names that the writer has made up.
const FREE_KEYS: [&str; 10] = [
    "Resources/Font",
    "Resources/XObject",
    "Resources/ExtGState",
    "Resources/ColorSpace",
    "Resources/Pattern",
    "Resources/Shading",
    "Resources/Properties",
    "RoleMap",
    "ClassMap",
    "CharProcs",
];

/// What is still to be looked at.
struct Next<'a> {
    object: Object<'a>,
    role: String,
    page: Option<usize>,
}

struct Walk<'a> {
    pdf: &'a Pdf,
    pages: BTreeMap<i32, usize>,
    seen: BTreeSet<(ObjectIdentifier, String)>,
    todo: Vec<Next<'a>>,
    found: Vocabulary,
}

/// The entries of everything that the catalogue leads to. What has not been walked to its end is an error: there might be
/// anything in the rest.
pub(super) fn read(pdf: &Pdf, catalog: Dict<'_>, limits: &Limits) -> Result<Vocabulary, ReadError> {
    let numbers = pdf.pages().iter().zip(1..);
    let pages = numbers.filter_map(|(page, number)| Some((page.raw().obj_id()?.obj_number, number))).collect();
    let first = Next { object: Object::Dict(catalog), role: "Catalog".to_owned(), page: None };
    let mut walk = Walk { pdf, pages, seen: BTreeSet::new(), todo: vec![first], found: Vocabulary::new() };
    for _ in 0..limits.elements {
        let Some(next) = walk.todo.pop() else { return Ok(walk.found) };
        match &next.object {
            Object::Dict(dict) => walk.dict(dict, &next.role, next.page),
            Object::Stream(stream) => walk.dict(stream.dict(), &next.role, next.page),
            Object::Array(array) => walk.array(array, &next.role, next.page),
            _ => {}
        }
    }
    if walk.todo.is_empty() { Ok(walk.found) } else { Err(ReadError::TooLarge("里面的对象太多".to_owned())) }
}

impl<'a> Walk<'a> {
    fn dict(&mut self, dict: &Dict<'a>, role: &str, page: Option<usize>) {
        let role = own_role(dict, role);
        let own_page = dict.obj_id().and_then(|id| self.pages.get(&id.obj_number).copied());
        let of_element = dict.get_ref("Pg").and_then(|page| self.pages.get(&page.obj_number).copied());
        let page = own_page.or(of_element).or(page);
        for (key, value) in dict.entries() {
            let key = String::from_utf8_lossy(&key).into_owned();
            if PASSED_OVER.contains(&key.as_str()) {
                continue;
            }
            let Some((object, id)) = self.resolved(value) else { continue };
            self.note(&role, &key, &object, page);
            self.push(object, id, way(&role, &key), page);
        }
    }

    fn array(&mut self, array: &Array<'a>, role: &str, page: Option<usize>) {
        for item in array.raw_iter() {
            if let Some((object, id)) = self.resolved(item) {
                self.push(object, id, role.to_owned(), page);
            }
        }
    }

    /// What a value is, and where it stands if it stands by itself.
    fn resolved(&self, value: MaybeRef<Object<'a>>) -> Option<(Object<'a>, Option<ObjectIdentifier>)> {
        match value {
            MaybeRef::NotRef(object) => Some((object, None)),
            MaybeRef::Ref(reference) => {
                let id = reference.into();
                self.pdf.xref().get::<Object<'_>>(id).map(|object| (object, Some(id)))
            }
        }
    }

    /// Puts off what has entries of its own, unless it has been looked at in the same role.
    fn push(&mut self, object: Object<'a>, id: Option<ObjectIdentifier>, role: String, page: Option<usize>) {
        if is_compound(&object) && id.is_none_or(|id| self.seen.insert((id, role.clone()))) {
            self.todo.push(Next { object, role, page });
        }
    }

    fn note(&mut self, role: &str, key: &str, value: &Object<'_>, page: Option<usize>) {
        let key = match value {
            Object::Null(_) => return,
            _ if FREE_KEYS.iter().any(|free| role.ends_with(free)) => "*".to_owned(),
            // What an element of the structure is: compared in its order.
            _ if role == "StructElem" && key == "S" => key.to_owned(),
            value if WORDS.contains(&key) => format!("{key}={}", word(value)),
            _ => key.to_owned(),
        };
        self.found.entry(Entry { role: role.to_owned(), key }).or_insert(page);
    }
}

fn is_compound(object: &Object<'_>) -> bool {
    matches!(object, Object::Dict(_) | Object::Stream(_) | Object::Array(_))
}

fn word(value: &Object<'_>) -> String {
    match value {
        Object::Name(name) => String::from_utf8_lossy(name).into_owned(),
        Object::Number(number) => number.as_f64().to_string(),
        Object::Stream(_) => "（流）".to_owned(),
        Object::Dict(_) => "（字典）".to_owned(),
        Object::Array(_) => "（数组）".to_owned(),
        _ => "（值）".to_owned(),
    }
}

/// The role of a dictionary, more exactly where it is one of several kinds.
fn own_role(dict: &Dict<'_>, role: &str) -> String {
    let subtype = || dict.get::<Name<'_>>("Subtype").map(|name| String::from_utf8_lossy(&name).into_owned());
    match role {
        "Pages" if !dict.contains_key("Kids") => "Page".to_owned(),
        "XObject" => format!("XObject:{}", subtype().unwrap_or_default()),
        _ => role.to_owned(),
    }
}

/// The role of what an entry leads to.
fn way(role: &str, key: &str) -> String {
    let known = match (role, key) {
        ("Catalog", "Pages") => "Pages",
        (_, "Resources") => "Resources",
        ("Resources/Font", _) => "Font",
        ("Resources/XObject", _) => "XObject",
        ("Resources/ExtGState", _) => "ExtGState",
        ("Resources/Pattern", _) => "Pattern",
        ("Resources/Shading", _) | ("Pattern", "Shading") => "Shading",
        ("Resources/Properties", _) => "Properties",
        ("Font", "DescendantFonts") => "CIDFont",
        ("Catalog", "StructTreeRoot") => "StructTreeRoot",
        ("StructTreeRoot" | "StructElem", "K") => "StructElem",
        ("Catalog" | "Page" | "StructElem", "AF") | ("Catalog/Names/EmbeddedFiles", "Names") => "Filespec",
        ("Page", "Annots") => "Annot",
        (_, "A" | "AA" | "OpenAction") if role != "StructElem" => "Action",
        (_, "Kids" | "Next" | "First") => role,
        _ if FREE_KEYS.iter().any(|free| role.ends_with(free)) => return format!("{role}/*"),
        _ => return format!("{role}/{key}").chars().take(LONGEST).collect(),
    };
    known.to_owned()
}
