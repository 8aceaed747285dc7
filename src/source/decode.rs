//! From a located tree to a type, with every mistake at its place.
//!
//! Serde stops at the first mistake. So that one run names all of them, a mistaken value is left out (or, where it must be
//! there, replaced by a blank) and the whole is tried again. What comes out serves to look for further mistakes: those that
//! were reported stop the build.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;

use super::{Kind, Node};
use crate::diagnostic::Diagnostic;
use blank::Blank;
use mistake::{Mistake, Problem};
use node::NodeDe;

mod blank;
mod mistake;
mod node;

/// The most mistakes that one document is searched for.
const MISTAKE_LIMIT: usize = 100;

/// Reads a document as `T`. Mistakes go to `findings`, and what comes back is then without the mistaken values; `None`
/// comes back when nothing can be made of it.
pub fn decode<T: DeserializeOwned>(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<T> {
    let mut mending = Mending::default();
    for _ in 0..MISTAKE_LIMIT {
        let error = match T::deserialize(NodeDe { node, mending: &mending }) {
            Ok(value) => return Some(value),
            Err(error) => error,
        };
        if !mending.mend(&error, node, findings) {
            return None;
        }
    }
    None
}

/// What is left out and what is put in, so that the rest can be read.
#[derive(Debug, Default)]
struct Mending {
    /// Values left out, by the number of their node.
    omitted: BTreeSet<usize>,
    /// Missing keys put in blank: the number of the map, and the key.
    blanks: BTreeSet<(usize, &'static str)>,
}

impl Mending {
    /// Reports a mistake and works around it. False when there is no way to go on.
    fn mend(&mut self, error: &Mistake, root: &Node, findings: &mut Vec<Diagnostic>) -> bool {
        let node = error.at.as_ref();
        if error.blank {
            // No blank will do for what is missing: the map that misses it goes.
            return node.is_some_and(|at| at.id != root.id && self.omitted.insert(at.id));
        }
        if let Problem::Missing(key) = error.problem {
            let (id, place) = node.map_or((root.id, root.place), |at| (at.id, at.place));
            if !self.was_omitted(root, id, key) {
                findings.push(error.problem.report(place));
            }
            return self.blanks.insert((id, key));
        }
        let Some(at) = node else {
            findings.push(error.problem.report(root.place));
            return false;
        };
        findings.push(error.problem.report(at.place));
        at.id != root.id && self.omitted.insert(at.id)
    }

    /// Whether a value is left out: itself, or everything that stands in it.
    fn has_left_out(&self, node: &Node) -> bool {
        let gone = |value: &Node| self.omitted.contains(&value.id);
        gone(node) || matches!(&node.kind, Kind::Map(all) if !all.is_empty() && all.iter().all(|one| gone(&one.value)))
    }

    /// Whether a key that serde misses is there but was left out for a mistake that is already reported.
    fn was_omitted(&self, root: &Node, map: usize, key: &str) -> bool {
        find(root, map).and_then(|node| node.get(key)).is_some_and(|value| self.omitted.contains(&value.id))
    }
}

fn find(node: &Node, id: usize) -> Option<&Node> {
    if node.id == id {
        return Some(node);
    }
    match &node.kind {
        Kind::Scalar(_) => None,
        Kind::List(items) => items.iter().find_map(|item| find(item, id)),
        Kind::Map(entries) => entries.iter().find_map(|entry| find(&entry.value, id)),
    }
}

/// A value of which nothing could be read: blank wherever it can be.
pub fn blank<T: DeserializeOwned>() -> Option<T> {
    T::deserialize(Blank).ok()
}
