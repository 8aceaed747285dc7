//! Marked contents that are open at a point of a page.

use hayro_syntax::object::{Dict, Name, Object};

use super::super::page::{Glyph, Mark};
use super::super::text;
use super::names::Names;

#[derive(Default)]
pub(super) struct Marks {
    open: Vec<Open>,
    form: Option<i32>,
}

struct Open {
    mark: Mark,
    /// The text that its glyphs stand for together (ISO 32000-1, 14.9.4), and where they begin.
    actual: Option<(String, usize)>,
}

impl Marks {
    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    pub(super) fn current(&self) -> Mark {
        self.open.last().map_or(Mark { form: self.form, ..Mark::default() }, |open| open.mark)
    }

    /// Gives the length of the text that its glyphs stand for.
    pub(super) fn open(
        &mut self,
        tag: &Name<'_>,
        properties: Option<&Object<'_>>,
        names: &mut Names<'_, '_>,
        at: usize,
    ) -> usize {
        let dict = match properties {
            Some(Object::Dict(dict)) => dict.clone(),
            Some(Object::Name(name)) => names.properties(name),
            _ => Dict::empty(),
        };
        let outer = self.current();
        let own = dict.get::<i32>("MCID");
        let mark = Mark {
            mcid: own.or(outer.mcid),
            form: if own.is_some() { self.form } else { outer.form },
            artifact: outer.artifact || &**tag == b"Artifact",
        };
        let actual = text::string(&dict, "ActualText").map(|text| (text, at));
        let length = actual.as_ref().map_or(0, |(text, _)| text.len());
        self.open.push(Open { mark, actual });
        length
    }

    /// Gives how many glyphs it went over.
    pub(super) fn close(&mut self, glyphs: &mut [Glyph]) -> usize {
        let Some((actual, from)) = self.open.pop().and_then(|open| open.actual) else { return 0 };
        let Some((first, others)) = glyphs.get_mut(from..).and_then(<[Glyph]>::split_first_mut) else { return 0 };
        first.text = actual;
        for glyph in &mut *others {
            glyph.text.clear();
        }
        others.len()
    }

    /// Returns the form that lay around, for [`Self::leave_form`].
    pub(super) fn enter_form(&mut self, number: i32) -> Option<i32> {
        self.form.replace(number)
    }

    pub(super) fn leave_form(&mut self, outer: Option<i32>) {
        self.form = outer;
    }
}
