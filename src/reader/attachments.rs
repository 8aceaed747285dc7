//! Files embedded in a PDF (ISO 32000-1, 7.11.4; associated files of PDF/A-3, ISO 19005-3, 6.8).
//!
//! Names are given as they are written: whoever puts them into a folder must refuse those that lead out of it.

use std::collections::BTreeSet;

use hayro_syntax::object::{Array, Dict, Object, Stream, String as PdfString};

use super::limits::Limits;
use super::packed::Budget;
use super::raw::FileName;
use super::{ReadError, text};

/// A file embedded in a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name as written, which may hold slashes and worse.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// Its MIME type, such as `application/yaml`.
    pub mime: Option<String>,
    /// How it relates to the document (`AFRelationship`), such as `Source`.
    pub relationship: Option<String>,
    /// What it is, in words.
    pub description: Option<String>,
    /// Whether the document as a whole names it as an associated file (`AF` of the catalogue).
    pub associated: bool,
}

/// The files embedded, unpacked, in the order of the name tree, then those that are only associated.
pub(super) fn read(catalog: &Dict<'_>, limits: &Limits) -> Result<Vec<Attachment>, ReadError> {
    let mut budget = Budget::new(limits);
    let mut found = Vec::new();
    for (name, file, associated) in files(catalog, limits) {
        if found.len() >= limits.attachments {
            return Err(ReadError::TooLarge(format!("附件超过{}个", limits.attachments)));
        }
        let embedded = file.get::<Dict<'_>>("EF").unwrap_or_default();
        let stream = embedded.get::<Stream<'_>>("UF").or_else(|| embedded.get::<Stream<'_>>("F"));
        let Some(stream) = stream else { continue };
        let bytes = budget.unpack(&stream)?.ok_or(ReadError::Broken)?;
        found.push(Attachment {
            name,
            bytes,
            mime: text::name(stream.dict(), "Subtype"),
            relationship: text::name(&file, "AFRelationship"),
            description: text::string(&file, "Desc"),
            associated,
        });
    }
    Ok(found)
}

/// Their names alone.
pub(super) fn names(catalog: &Dict<'_>, limits: &Limits) -> Vec<String> {
    files(catalog, limits).into_iter().map(|(name, _, _)| name).collect()
}

/// How the files of the tree of names are named.
pub(super) fn file_names(catalog: &Dict<'_>, limits: &Limits) -> Vec<FileName> {
    let named = tree(catalog, limits).into_iter();
    let name = |(in_tree, file): (String, Dict<'_>)| {
        let embedded = file.get::<Dict<'_>>("EF").unwrap_or_default();
        let streams: BTreeSet<_> =
            embedded.keys().filter_map(|key| embedded.get_ref(&*key)).map(|r| r.obj_number).collect();
        let direct = embedded.keys().filter(|key| embedded.get_ref(&**key).is_none()).count();
        let (unicode, plain) = (text::string(&file, "UF"), plain_name(&file));
        FileName { in_tree, unicode, plain, contents: streams.len() + direct }
    };
    named.map(name).collect()
}

/// The file specifications of the tree of names, by their names there.
fn tree<'a>(catalog: &Dict<'a>, limits: &Limits) -> Vec<(String, Dict<'a>)> {
    let mut files = Vec::new();
    let tree = catalog.get::<Dict<'_>>("Names").and_then(|names| names.get::<Dict<'_>>("EmbeddedFiles"));
    if let Some(tree) = tree {
        let mut left = limits.attachments.saturating_mul(4);
        branch(&tree, limits, 0, &mut left, &mut files);
    }
    files
}

/// The file specifications: name, dictionary, and whether the document is associated with it.
fn files<'a>(catalog: &Dict<'a>, limits: &Limits) -> Vec<(String, Dict<'a>, bool)> {
    let files = tree(catalog, limits);
    let most = limits.attachments + 1;
    let associated = catalog.get::<Array<'_>>("AF").map(|all| all.iter::<Dict<'_>>().take(most).collect::<Vec<_>>());
    let associated = associated.unwrap_or_default();
    let ids: BTreeSet<_> = associated.iter().map(Dict::data).collect();
    let seen: BTreeSet<_> = files.iter().map(|(_, file): &(String, Dict<'_>)| file.data()).collect();
    let more = associated.iter().filter(|file| !seen.contains(file.data()));
    let more: Vec<_> = more.map(|file| (name_of(file).unwrap_or_default(), file.clone(), true)).collect();
    let named = files.into_iter().map(|(key, file)| {
        let is_associated = ids.contains(file.data());
        (name_of(&file).unwrap_or(key), file, is_associated)
    });
    named.chain(more).take(most).collect()
}

/// The name of a file: in Unicode where there is one.
fn name_of(file: &Dict<'_>) -> Option<String> {
    text::string(file, "UF").or_else(|| plain_name(file))
}

/// Its name for old programs.
fn plain_name(file: &Dict<'_>) -> Option<String> {
    file.get::<PdfString<'_>>("F").map(|name| decode(&name))
}

/// A branch of the tree of names (7.9.6), of which so many are left to be read.
fn branch<'a>(node: &Dict<'a>, limits: &Limits, depth: usize, left: &mut usize, files: &mut Vec<(String, Dict<'a>)>) {
    if depth > limits.depth || files.len() > limits.attachments || *left == 0 {
        return;
    }
    *left -= 1;
    if let Some(names) = node.get::<Array<'_>>("Names") {
        let objects: Vec<Object<'_>> = names.iter::<Object<'_>>().take(2 * limits.attachments + 2).collect();
        for pair in objects.chunks_exact(2) {
            if let [Object::String(name), Object::Dict(file)] = pair {
                files.push((decode(name), file.clone()));
            }
        }
    }
    if let Some(kids) = node.get::<Array<'_>>("Kids") {
        for kid in kids.iter::<Dict<'_>>() {
            if *left == 0 {
                break;
            }
            branch(&kid, limits, depth + 1, left, files);
        }
    }
}

/// Names are no text strings: common writers put UTF-8 into them.
fn decode(name: &PdfString<'_>) -> String {
    std::str::from_utf8(name.as_bytes()).map_or_else(|_| text::decode(name.as_bytes()), str::to_owned)
}
