//! What the operators of a page or form refer to by name. It is looked up once: a name may stand there a million times,
//! and what it names may be long.

use std::collections::BTreeMap;

use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::Resources;

use super::super::color::{self, Color, ColorSpace};

/// What a look-up counts as, in operators, and what it counts as more for so many bytes of what is found.
const LOOK_UP: usize = 10;
const BYTES: usize = 8;
/// What is not found may be anything else, of any length.
const NOT_FOUND: usize = 5000;

/// The names of a page or form.
pub(super) struct Names<'p, 'r> {
    resources: &'p Resources<'r>,
    fonts: BTreeMap<Vec<u8>, Option<usize>>,
    states: BTreeMap<Vec<u8>, Option<GraphicsState<'r>>>,
    objects: BTreeMap<Vec<u8>, Option<Stream<'r>>>,
    /// Colour spaces, and whether they are a device's.
    spaces: BTreeMap<Vec<u8>, (ColorSpace, bool)>,
    /// Whether the resources say what the numbers of a device mean, by the names under which they do.
    defaults: BTreeMap<&'static [u8], bool>,
    properties: BTreeMap<Vec<u8>, Dict<'r>>,
    /// What the look-ups count as, in operators, since it was last asked for.
    pub(super) cost: usize,
}

/// The parts of an external graphics state that a reader needs.
#[derive(Clone)]
pub(super) struct GraphicsState<'r> {
    pub(super) line_width: Option<f32>,
    pub(super) font: Option<(Dict<'r>, Option<f32>)>,
}

impl<'p, 'r> Names<'p, 'r> {
    pub(super) fn new(resources: &'p Resources<'r>) -> Self {
        let of_own = [
            &resources.ext_g_states,
            &resources.fonts,
            &resources.color_spaces,
            &resources.x_objects,
            &resources.properties,
        ];
        let length: usize = of_own.iter().map(|dict| dict.data().len()).sum();
        Self {
            resources,
            fonts: BTreeMap::new(),
            states: BTreeMap::new(),
            objects: BTreeMap::new(),
            spaces: BTreeMap::new(),
            defaults: BTreeMap::new(),
            properties: BTreeMap::new(),
            cost: of_length(length),
        }
    }

    pub(super) fn resources(&self) -> &'p Resources<'r> {
        self.resources
    }

    /// The place of a font, which is read when it is first met.
    pub(super) fn font<E>(
        &mut self,
        name: &Name<'_>,
        read: impl FnOnce(&Dict<'r>) -> Result<usize, E>,
    ) -> Result<Option<usize>, E> {
        if let Some(known) = self.fonts.get(&**name) {
            return Ok(*known);
        }
        let dict = self.resources.get_font(name);
        self.count(dict.as_ref().map(|dict| dict.data().len()));
        let font = dict.map(|dict| read(&dict)).transpose()?;
        self.fonts.insert(name.to_vec(), font);
        Ok(font)
    }

    pub(super) fn graphics_state(&mut self, name: &Name<'_>) -> Option<GraphicsState<'r>> {
        if let Some(known) = self.states.get(&**name) {
            return known.clone();
        }
        let dict = self.resources.get_ext_g_state(name);
        self.count(dict.as_ref().map(|dict| dict.data().len()));
        let state = dict.map(|dict| GraphicsState {
            line_width: dict.get::<f32>("LW"),
            font: dict.get::<Array<'_>>("Font").and_then(|font| {
                let mut items = font.flex_iter();
                Some((items.next::<Dict<'_>>()?, items.next::<f32>()))
            }),
        });
        self.states.insert(name.to_vec(), state.clone());
        state
    }

    pub(super) fn object(&mut self, name: &Name<'_>) -> Option<Stream<'r>> {
        if let Some(known) = self.objects.get(&**name) {
            return known.clone();
        }
        let object = self.resources.get_x_object(name);
        self.count(object.as_ref().map(|object| object.dict().data().len()));
        self.objects.insert(name.to_vec(), object.clone());
        object
    }

    /// The colour that painting begins with in a space, by the space's name.
    pub(super) fn initial(&mut self, name: &Name<'_>) -> Color {
        let (space, device) = self.space(name);
        Color { space, device, components: space.initial() }
    }

    /// A colour in the numbers of a device, unless the resources say what those mean (ISO 32000-1, 8.6.5.6).
    pub(super) fn of_device(&mut self, space: ColorSpace, components: Vec<f64>) -> Color {
        Color { space, device: !self.has_default(space), components }
    }

    /// The colour of a picture, whose numbers are not looked into, by what its dictionary says of the space.
    pub(super) fn of_picture(&mut self, space: Option<&Object<'_>>) -> Color {
        let (space, device) = match space {
            Some(Object::Name(name)) => self.space(name),
            Some(object) => color::of_object(object, true),
            None => (ColorSpace::Other, false),
        };
        Color { space, device: device && !self.has_default(space), components: Vec::new() }
    }

    /// The space of a name, and whether it is the device's.
    fn space(&mut self, name: &Name<'_>) -> (ColorSpace, bool) {
        if let Some(known) = self.spaces.get(&**name) {
            return *known;
        }
        let found = match color::by_name(name) {
            Some(space) => (space, !self.has_default(space)),
            None => self.look_up(name).map_or((ColorSpace::Other, false), |object| color::of_object(&object, false)),
        };
        self.spaces.insert(name.to_vec(), found);
        found
    }

    fn has_default(&mut self, space: ColorSpace) -> bool {
        let Some(own) = color::default_name(space) else { return false };
        if let Some(known) = self.defaults.get(own) {
            return *known;
        }
        let has = Name::new(own).is_some_and(|name| self.resources.get_color_space(&name).is_some());
        self.cost += LOOK_UP;
        self.defaults.insert(own, has);
        has
    }

    fn look_up(&mut self, name: &Name<'_>) -> Option<Object<'r>> {
        let object = self.resources.get_color_space(name);
        self.count(object.as_ref().map(length));
        object
    }

    pub(super) fn properties(&mut self, name: &Name<'_>) -> Dict<'r> {
        if let Some(known) = self.properties.get(&**name) {
            return known.clone();
        }
        let dict = property(self.resources, name);
        self.count(dict.as_ref().map(|dict| dict.data().len()));
        let dict = dict.unwrap_or_default();
        self.properties.insert(name.to_vec(), dict.clone());
        dict
    }

    fn count(&mut self, length: Option<usize>) {
        self.cost += LOOK_UP + length.map_or(NOT_FOUND, of_length);
    }
}

fn length(object: &Object<'_>) -> usize {
    match object {
        Object::Array(array) => array.data().len(),
        Object::Dict(dict) => dict.data().len(),
        Object::Stream(stream) => stream.dict().data().len(),
        Object::String(string) => string.as_bytes().len(),
        _ => 0,
    }
}

/// What reading so many bytes counts as, in operators.
pub(super) fn of_length(bytes: usize) -> usize {
    bytes / BYTES
}

fn property<'a>(resources: &Resources<'a>, name: &Name<'_>) -> Option<Dict<'a>> {
    resources
        .properties
        .get::<Dict<'_>>(&**name)
        .or_else(|| resources.parent().and_then(|parent| property(parent, name)))
}
