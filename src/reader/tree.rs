//! The tree of pages, measured before a library opens the file. The library follows every branch of it: a tree whose
//! branches meet again has more pages than could ever be counted, and a deep one fills the memory.

use std::collections::BTreeMap;

use hayro_syntax::object::{Array, Dict, FromBytes, MaybeRef, Name, Object};

use super::ReadError;
use super::limits::Limits;
use super::objects::Objects;

/// Refuses a file whose tree of pages is too deep, has too many branches, or comes back to itself.
pub(super) fn examine(objects: &Objects<'_>, limits: &Limits) -> Result<(), ReadError> {
    let mut tree = Tree { objects, limits, known: BTreeMap::new() };
    for &root in &objects.roots {
        tree.object(root, 0, true)?;
    }
    Ok(())
}

struct Tree<'t> {
    objects: &'t Objects<'t>,
    limits: &'t Limits,
    /// The branches of each object, and how deep they go; none while it is being measured.
    known: BTreeMap<(i32, bool), Option<Size>>,
}

#[derive(Clone, Copy)]
struct Size {
    branches: usize,
    depth: usize,
}

impl Size {
    const LEAF: Self = Self { branches: 1, depth: 0 };

    fn of_all(sizes: impl Iterator<Item = Result<Self, ReadError>>) -> Result<Self, ReadError> {
        let mut all = Self::LEAF;
        for size in sizes {
            let Self { branches, depth } = size?;
            all = Self { branches: all.branches.saturating_add(branches), depth: all.depth.max(depth + 1) };
        }
        Ok(all)
    }

    /// There may be several objects of a number, of which the library takes one.
    fn or(self, other: Self) -> Self {
        Self { branches: self.branches.max(other.branches), depth: self.depth.max(other.depth) }
    }
}

impl Tree<'_> {
    /// Measures the object of a number; a root has kids whether or not it says to be a node.
    fn object(&mut self, number: i32, above: usize, is_root: bool) -> Result<Size, ReadError> {
        match self.known.get(&(number, is_root)) {
            Some(Some(size)) => return self.within(*size, above),
            Some(None) => return Err(ReadError::TooLarge("页的目录绕成了圈".to_owned())),
            None => {}
        }
        self.known.insert((number, is_root), None);
        let mut size = Size::LEAF;
        let objects = self.objects;
        for bytes in objects.of(number).filter(|bytes| bytes.starts_with(b"<<")) {
            if let Some(dict) = Dict::from_bytes(bytes) {
                size = size.or(self.node(&dict, (number, above), is_root)?);
            }
        }
        self.known.insert((number, is_root), Some(size));
        self.within(size, above)
    }

    fn within(&self, size: Size, above: usize) -> Result<Size, ReadError> {
        if above + size.depth > self.limits.depth {
            return Err(ReadError::TooLarge(format!("页的目录套了{}层还没有完", self.limits.depth)));
        }
        // Nodes and pages: as many of each.
        if size.branches > self.limits.pages.saturating_mul(2) {
            return Err(ReadError::TooLarge(format!("超过{}页", self.limits.pages)));
        }
        Ok(size)
    }

    /// Measures a node that stands in an object of a number, below so many others.
    fn node(&mut self, dict: &Dict<'_>, (own, above): (i32, usize), is_root: bool) -> Result<Size, ReadError> {
        self.within(Size::LEAF, above)?;
        // A type that is written elsewhere may be any.
        let is_node = dict.get_ref("Type").is_some() || dict.get::<Name<'_>>("Type").as_deref() == Some(b"Pages");
        if !is_root && !is_node {
            return Ok(Size::LEAF);
        }
        let objects = self.objects;
        match dict.get_raw::<Array<'_>>("Kids") {
            Some(MaybeRef::NotRef(kids)) => self.kids(&kids, own, above),
            Some(MaybeRef::Ref(kids)) => {
                let mut size = Size::LEAF;
                for bytes in objects.of(kids.obj_number).filter(|bytes| bytes.starts_with(b"[")) {
                    if let Some(kids) = Array::from_bytes(bytes) {
                        size = size.or(self.kids(&kids, own, above)?);
                    }
                }
                Ok(size)
            }
            None => Ok(Size::LEAF),
        }
    }

    fn kids(&mut self, kids: &Array<'_>, own: i32, above: usize) -> Result<Size, ReadError> {
        Size::of_all(kids.raw_iter().map(|kid| match kid {
            // No library goes into an object that it is in.
            MaybeRef::Ref(kid) if kid.obj_number == own => Ok(Size::LEAF),
            MaybeRef::Ref(kid) => self.object(kid.obj_number, above + 1, false),
            MaybeRef::NotRef(Object::Dict(kid)) => self.node(&kid, (own, above + 1), false),
            MaybeRef::NotRef(_) => Ok(Size::LEAF),
        }))
    }
}
