//! The operators of a page → its glyphs and shapes (ISO 32000-1, 8 and 9).
//!
//! Forms are followed to a limited depth; their marked contents keep the form's number.

mod inline;
mod marks;
mod names;
mod operators;
mod state;

use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::{Page as Raw, Resources};

use super::color::{Color, ColorSpace};
use super::font::{Decoder, Font};
use super::geometry::{Matrix, Rect};
use super::limits::Limits;
use super::nesting::{self, Begins};
use super::packed::Budget;
use super::page::{Glyph, Shape, ShapeKind};
use super::{ReadError, text};
use marks::Marks;
use names::Names;
use operators::Operators;
use state::State;

/// What showing a form counts as: forms that show forms multiply, and each costs what many operators do.
const OPERATORS_OF_FORM: usize = 1000;

/// What one of the streams of a page counts as, however short it is.
const OPERATORS_OF_STREAM: usize = 100;

/// A text of so many bytes counts as a glyph more.
const BYTES_OF_GLYPH: usize = 32;

/// What is gathered over all pages: the fonts, and how much of the limits is used up.
pub(super) struct Collector {
    limits: Limits,
    fonts: Vec<Decoder>,
    /// A font's place by the bytes of its dictionary.
    known: BTreeMap<Vec<u8>, usize>,
    /// Forms by their object numbers, unpacked: one may be shown many times.
    forms: BTreeMap<(i32, i32), Rc<[u8]>>,
    budget: Budget,
    glyphs: usize,
    shapes: usize,
    operators: usize,
    /// Characters that could not be turned into text.
    pub(super) unreadable: usize,
}

impl Collector {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            limits,
            fonts: Vec::new(),
            known: BTreeMap::new(),
            forms: BTreeMap::new(),
            budget: Budget::new(&limits),
            glyphs: 0,
            shapes: 0,
            operators: 0,
            unreadable: 0,
        }
    }

    /// How much may still be unpacked, for what else is read of the same file.
    pub(super) fn budget(&mut self) -> &mut Budget {
        &mut self.budget
    }

    pub(super) fn into_fonts(self) -> Vec<Font> {
        self.fonts.into_iter().map(|decoder| decoder.font).collect()
    }

    /// What is on a page, given the map from its units to those of the sheet.
    pub(super) fn page(&mut self, raw: &Raw<'_>, matrix: Matrix) -> Result<Shown, ReadError> {
        let mut run = Run {
            collected: self,
            glyphs: Vec::new(),
            shapes: Vec::new(),
            operators: Operators::default(),
            marks: Marks::default(),
            depth: 0,
        };
        let content = run.collected.content(raw)?;
        run.follow(&content, raw.resources(), State::new(matrix))?;
        run.annotations(raw, matrix)?;
        Ok(Shown { glyphs: run.glyphs, shapes: run.shapes, operators: run.operators.counts() })
    }

    /// What a page shows: one stream, or several of which each ends with a space (7.8.2).
    fn content(&mut self, raw: &Raw<'_>) -> Result<Vec<u8>, ReadError> {
        let mut content = Vec::new();
        match raw.raw().get::<Object<'_>>("Contents") {
            Some(Object::Stream(one)) => content = self.budget.unpack(&one)?.unwrap_or_default(),
            Some(Object::Array(all)) => {
                for stream in all.iter::<Stream<'_>>() {
                    self.spend(OPERATORS_OF_STREAM)?;
                    content.extend(self.budget.unpack(&stream)?.unwrap_or_default());
                    content.push(b' ');
                }
            }
            _ => {}
        }
        inline::examine(&content)?;
        nesting::examine(&content, Begins::Anywhere)?;
        Ok(content)
    }

    fn form(&mut self, form: &Stream<'_>) -> Result<Rc<[u8]>, ReadError> {
        let id = form.obj_id();
        let key = (id.obj_number, id.gen_number);
        let known = if let Some(known) = self.forms.get(&key) {
            Rc::clone(known)
        } else {
            let bytes: Rc<[u8]> = self.budget.unpack(form)?.unwrap_or_default().into();
            inline::examine(&bytes)?;
            nesting::examine(&bytes, Begins::Anywhere)?;
            self.forms.insert(key, Rc::clone(&bytes));
            bytes
        };
        // Each time that it is shown, all of it is read.
        self.budget.spend(known.len())?;
        Ok(known)
    }

    fn spend(&mut self, operators: usize) -> Result<(), ReadError> {
        self.operators = self.operators.saturating_add(operators);
        if self.operators > self.limits.operators {
            return Err(ReadError::TooLarge("页面上的内容太多".to_owned()));
        }
        Ok(())
    }

    fn spend_text(&mut self, bytes: usize) -> Result<(), ReadError> {
        self.glyphs = self.glyphs.saturating_add(bytes / BYTES_OF_GLYPH);
        if self.glyphs > self.limits.glyphs {
            return Err(ReadError::TooLarge("字数太多".to_owned()));
        }
        Ok(())
    }

    fn font(&mut self, dict: &Dict<'_>) -> Result<usize, ReadError> {
        let key = dict.data().to_vec();
        if let Some(&place) = self.known.get(&key) {
            return Ok(place);
        }
        self.fonts.push(Decoder::new(dict, &mut self.budget)?);
        self.known.insert(key, self.fonts.len() - 1);
        Ok(self.fonts.len() - 1)
    }
}

/// What a page shows.
pub(super) struct Shown {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) shapes: Vec<Shape>,
    pub(super) operators: BTreeMap<String, usize>,
}

/// The reading of one page.
struct Run<'c> {
    collected: &'c mut Collector,
    glyphs: Vec<Glyph>,
    shapes: Vec<Shape>,
    operators: Operators,
    marks: Marks,
    depth: usize,
}

impl Run<'_> {
    /// Follows the operators of a page or form.
    fn follow(&mut self, bytes: &[u8], resources: &Resources<'_>, start: State) -> Result<(), ReadError> {
        let open = self.marks.len();
        let mut names = Names::new(resources);
        let mut states = vec![start];
        let mut operators = UntypedIter::new(bytes);
        while let Some(instruction) = operators.next() {
            self.collected.spend(1 + std::mem::take(&mut names.cost))?;
            let operands: Vec<Object<'_>> = instruction.operands().cloned().collect();
            self.operators.note(instruction.operator, &operands);
            self.step(instruction.operator, &operands, &mut names, &mut states)?;
        }
        self.collected.spend(names.cost)?;
        while self.marks.len() > open {
            self.close_mark()?;
        }
        Ok(())
    }

    fn close_mark(&mut self) -> Result<(), ReadError> {
        let gone_over = self.marks.close(&mut self.glyphs);
        self.collected.spend(gone_over / 8)
    }

    fn step(
        &mut self,
        operator: &[u8],
        operands: &[Object<'_>],
        names: &mut Names<'_, '_>,
        states: &mut Vec<State>,
    ) -> Result<(), ReadError> {
        match operator {
            b"q" if states.len() < self.collected.limits.depth * 16 => states.extend(states.last().cloned()),
            // Left out, its `Q` would undo another.
            b"q" => return Err(ReadError::TooLarge("图形状态套得太深".to_owned())),
            b"Q" if states.len() > 1 => {
                // The matrices of text are no part of the graphics state that is saved.
                states.pop();
            }
            _ => {
                if let Some(state) = states.last_mut() {
                    self.act(operator, operands, names, state)?;
                }
            }
        }
        Ok(())
    }

    fn act(
        &mut self,
        operator: &[u8],
        operands: &[Object<'_>],
        names: &mut Names<'_, '_>,
        state: &mut State,
    ) -> Result<(), ReadError> {
        if state.set_text(operator, operands) || state.set_path(operator, operands) {
            return Ok(());
        }
        match (operator, operands) {
            (b"BMC" | b"BDC", [Object::Name(tag), properties @ ..]) => {
                let length = self.marks.open(tag, properties.first(), names, self.glyphs.len());
                self.collected.spend_text(length)?;
            }
            (b"EMC", _) => self.close_mark()?,
            (b"Tf", [Object::Name(name), Object::Number(size)]) => {
                state.font = names.font(name, |dict| self.collected.font(dict))?;
                state.size = size.as_f64();
            }
            (b"gs", [Object::Name(name)]) => self.graphics_state(name, names, state)?,
            (b"Tj", [Object::String(string)]) => self.show(string.as_bytes(), state)?,
            (b"'", [Object::String(string)]) => {
                state.next_line(0.0, None);
                self.show(string.as_bytes(), state)?;
            }
            (b"\"", [Object::Number(word), Object::Number(character), Object::String(string)]) => {
                state.word_space = word.as_f64();
                state.char_space = character.as_f64();
                state.next_line(0.0, None);
                self.show(string.as_bytes(), state)?;
            }
            (b"TJ", [Object::Array(items)]) => self.show_all(items, state)?,
            (b"Do", [Object::Name(name)]) => self.object(name, names, state)?,
            (b"f" | b"F" | b"f*" | b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*" | b"n", _) => {
                self.paint(operator, state)?;
            }
            (b"sh", _) => self.shape(ShapeKind::Fill, state.path_or_page(), shading_color(), 0.0)?,
            (b"BI", [Object::Stream(picture)]) => self.picture(picture.dict(), names, state)?,
            (b"BI", _) => self.shape(ShapeKind::Image, state.unit_square(), Color::default(), 0.0)?,
            _ => state.set_color(operator, operands, names),
        }
        Ok(())
    }

    fn graphics_state(
        &mut self,
        name: &Name<'_>,
        names: &mut Names<'_, '_>,
        state: &mut State,
    ) -> Result<(), ReadError> {
        let Some(found) = names.graphics_state(name) else { return Ok(()) };
        if let Some(width) = found.line_width {
            state.line_width = width.into();
        }
        if let Some((font, size)) = found.font {
            names.cost += names::of_length(font.data().len());
            state.font = Some(self.collected.font(&font)?);
            state.size = size.map_or(state.size, f64::from);
        }
        Ok(())
    }

    fn show_all(&mut self, items: &Array<'_>, state: &mut State) -> Result<(), ReadError> {
        for item in items.iter::<Object<'_>>() {
            match item {
                Object::String(string) => self.show(string.as_bytes(), state)?,
                Object::Number(back) => {
                    let vertical =
                        state.font.and_then(|font| self.collected.fonts.get(font)).is_some_and(|f| f.vertical);
                    state.kern(back.as_f64(), vertical);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn show(&mut self, bytes: &[u8], state: &mut State) -> Result<(), ReadError> {
        let Some(font) = state.font else { return Ok(()) };
        let Some(decoder) = self.collected.fonts.get_mut(font) else { return Ok(()) };
        let vertical = decoder.vertical;
        let mark = self.marks.current();
        let (mut unreadable, mut count) = (0, self.collected.glyphs);
        let most = self.collected.limits.glyphs;
        let glyphs = &mut self.glyphs;
        decoder.decode(bytes, |shown| {
            unreadable += usize::from(shown.text.is_none());
            count += 1 + shown.text.as_ref().map_or(0, |text| text.len() / BYTES_OF_GLYPH);
            glyphs.push(state.glyph(font, shown, vertical, mark));
            count <= most
        });
        self.collected.unreadable += unreadable;
        self.collected.glyphs = count;
        self.collected.spend_text(0)
    }

    fn object(&mut self, name: &Name<'_>, names: &mut Names<'_, '_>, state: &State) -> Result<(), ReadError> {
        let Some(stream) = names.object(name) else { return Ok(()) };
        if text::name(stream.dict(), "Subtype").as_deref() == Some("Form") {
            return self.form(&stream, names.resources(), state);
        }
        self.picture(stream.dict(), names, state)
    }

    /// A picture, or a mask through which the colour of fills is painted. Within a content its keys may be short.
    fn picture(&mut self, picture: &Dict<'_>, names: &mut Names<'_, '_>, state: &State) -> Result<(), ReadError> {
        if text::flag(picture, "ImageMask") || text::flag(picture, "IM") {
            return self.shape(ShapeKind::Fill, state.unit_square(), state.fill.clone(), 0.0);
        }
        let space = picture.get::<Object<'_>>("ColorSpace").or_else(|| picture.get::<Object<'_>>("CS"));
        let color = names.of_picture(space.as_ref());
        self.shape(ShapeKind::Image, state.unit_square(), color, 0.0)
    }

    fn form(&mut self, form: &Stream<'_>, resources: &Resources<'_>, state: &State) -> Result<(), ReadError> {
        if self.depth >= self.collected.limits.depth / 4 {
            return Ok(());
        }
        self.collected.spend(OPERATORS_OF_FORM)?;
        let bytes = self.collected.form(form)?;
        let own = form.dict().get::<Dict<'_>>("Resources").unwrap_or_default();
        let own = Resources::from_parent(own, resources.clone());
        let matrix = form.dict().get::<Array<'_>>("Matrix").and_then(|matrix| state::matrix_of(&matrix));
        let mut inner = state.clone();
        inner.ctm = matrix.unwrap_or(Matrix::IDENTITY).then(&state.ctm);
        inner.path = None;
        if let Some(bounds) = form.dict().get::<hayro_syntax::object::Rect>("BBox") {
            inner.clip_to(bounds);
        }
        self.depth += 1;
        let outer = self.marks.enter_form(form.obj_id().obj_number);
        let result = self.follow(&bytes, &own, inner);
        self.marks.leave_form(outer);
        self.depth -= 1;
        result
    }

    /// What annotations look like: filled-in forms, stamps and remarks print along.
    fn annotations(&mut self, raw: &Raw<'_>, matrix: Matrix) -> Result<(), ReadError> {
        const HIDDEN: u32 = 2;
        let Some(annotations) = raw.raw().get::<Array<'_>>("Annots") else { return Ok(()) };
        self.collected.spend(names::of_length(annotations.data().len()))?;
        for annotation in annotations.iter::<Dict<'_>>().take(self.collected.limits.attachments) {
            if annotation.get::<u32>("F").unwrap_or(0) & HIDDEN != 0 {
                continue;
            }
            let look = annotation.get::<Dict<'_>>("AP").and_then(|looks| looks.get::<Stream<'_>>("N"));
            let Some((look, place)) = look.zip(annotation.get::<hayro_syntax::object::Rect>("Rect")) else { continue };
            let mut state = State::new(matrix);
            let bounds = look.dict().get::<hayro_syntax::object::Rect>("BBox");
            let matrix = look.dict().get::<Array<'_>>("Matrix").and_then(|matrix| state::matrix_of(&matrix));
            state.ctm = state::fitting(matrix.unwrap_or(Matrix::IDENTITY), bounds, place).then(&state.ctm);
            self.form(&look, raw.resources(), &state)?;
        }
        Ok(())
    }

    fn paint(&mut self, operator: &[u8], state: &mut State) -> Result<(), ReadError> {
        state.clip_to_path();
        let Some(bounds) = state.path.take() else { return Ok(()) };
        if matches!(operator, b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*") {
            self.shape(ShapeKind::Fill, bounds, state.fill.clone(), 0.0)?;
        }
        if matches!(operator, b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*") {
            self.shape(ShapeKind::Stroke, bounds, state.stroke.clone(), state.stroke_width())?;
        }
        Ok(())
    }

    fn shape(&mut self, kind: ShapeKind, bounds: Rect, color: Color, stroke: f64) -> Result<(), ReadError> {
        self.collected.shapes += 1;
        if self.collected.shapes > self.collected.limits.shapes {
            return Err(ReadError::TooLarge("线条和图形太多".to_owned()));
        }
        self.shapes.push(Shape { kind, bounds, color, stroke, mark: self.marks.current() });
        Ok(())
    }
}

fn shading_color() -> Color {
    Color { space: ColorSpace::Pattern, device: false, components: Vec::new() }
}
