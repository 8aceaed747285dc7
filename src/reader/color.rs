//! Colours as they are written, not as they look on a screen: what a printer's rule is about.
#![expect(clippy::float_arithmetic, reason = "components of colours, no amounts")]

use hayro_syntax::object::{Array, Name, Object, Stream};

/// The space that a colour is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum ColorSpace {
    /// One component: grey.
    #[default]
    Gray,
    /// Three components: red, green, blue.
    Rgb,
    /// Four components: cyan, magenta, yellow, black.
    Cmyk,
    /// The black ink, by its name.
    Black,
    /// Another ink by name, such as a spot colour.
    Separation,
    /// A pattern or a shading.
    Pattern,
    /// Another: Lab, indexed, several inks.
    Other,
}

impl ColorSpace {
    /// The space with so many components.
    pub(super) fn by_components(count: i32) -> Self {
        match count {
            1 => Self::Gray,
            3 => Self::Rgb,
            4 => Self::Cmyk,
            _ => Self::Other,
        }
    }

    /// The components that a colour has before any is set (ISO 32000-1, 8.6.5.1): black.
    pub(super) fn initial(self) -> Vec<f64> {
        match self {
            Self::Gray => vec![0.0],
            Self::Rgb => vec![0.0; 3],
            Self::Cmyk => vec![0.0, 0.0, 0.0, 1.0],
            Self::Black | Self::Separation | Self::Pattern | Self::Other => vec![1.0],
        }
    }
}

/// A colour: its space and the components in it, from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Color {
    /// The space.
    pub space: ColorSpace,
    /// Whether the file leaves it to the device, or to the output intent, what the components look like.
    pub device: bool,
    /// The components; none of a picture.
    pub components: Vec<f64>,
}

impl Default for Color {
    fn default() -> Self {
        Self::device(ColorSpace::Gray, vec![0.0])
    }
}

/// How near components have to be for being taken as equal.
const NEAR: f64 = 0.02;

impl Color {
    /// A colour in the numbers of a device.
    pub(super) fn device(space: ColorSpace, components: Vec<f64>) -> Self {
        Self { space, device: true, components }
    }

    /// Whether it is the deepest black that its space has by one component, or by none of light. A black mixed of four
    /// inks is not.
    pub fn is_black(&self) -> bool {
        self.is_dark() && (self.space == ColorSpace::Rgb || self.is_of_one_ink())
    }

    /// Whether it looks black, of whatever inks.
    pub fn is_dark(&self) -> bool {
        const DARK: f64 = 0.05;
        self.light().is_some_and(|light| light.iter().all(|part| *part <= DARK))
    }

    /// Whether it looks black, white or grey; `None` if its numbers do not tell.
    pub fn is_neutral(&self) -> Option<bool> {
        self.light().map(|[r, g, b]| (r - g).abs() <= NEAR && (g - b).abs() <= NEAR)
    }

    /// Whether it is printed with black ink alone, whatever the press makes of red, green and blue.
    pub fn is_of_one_ink(&self) -> bool {
        match (self.space, self.components.as_slice()) {
            (ColorSpace::Gray | ColorSpace::Black, _) => true,
            (ColorSpace::Cmyk, [c, m, y, _]) => c + m + y <= NEAR,
            _ => false,
        }
    }

    /// The light that it gives, as red, green and blue; `None` if its numbers do not tell.
    fn light(&self) -> Option<[f64; 3]> {
        match (self.space, self.components.as_slice()) {
            (ColorSpace::Gray, [gray]) => Some([*gray; 3]),
            (ColorSpace::Black, [ink]) => Some([1.0 - ink; 3]),
            (ColorSpace::Rgb, [r, g, b]) => Some([*r, *g, *b]),
            (ColorSpace::Cmyk, [c, m, y, k]) => Some([c, m, y].map(|ink| (1.0 - ink) * (1.0 - k))),
            _ => None,
        }
    }

    /// Whether it is a red, as a red head is printed (GB/T 9704, 5.2.4 and 6.2: Y80 M80).
    pub fn is_red(&self) -> bool {
        match (self.space, self.components.as_slice()) {
            (ColorSpace::Rgb, [r, g, b]) => *r >= 0.6 && *g <= 0.35 && *b <= 0.35,
            (ColorSpace::Cmyk, [c, m, y, k]) => *c <= 0.2 && *m >= 0.6 && *y >= 0.6 && *k <= 0.3,
            _ => false,
        }
    }
}

/// The name under which resources may say what the numbers of a device's space mean (ISO 32000-1, 8.6.5.6).
pub(super) fn default_name(space: ColorSpace) -> Option<&'static [u8]> {
    match space {
        ColorSpace::Rgb => Some(b"DefaultRGB"),
        ColorSpace::Cmyk => Some(b"DefaultCMYK"),
        ColorSpace::Gray => Some(b"DefaultGray"),
        _ => None,
    }
}

/// The space that a name stands for by itself.
pub(super) fn by_name(name: &[u8]) -> Option<ColorSpace> {
    match name {
        b"DeviceGray" | b"G" => Some(ColorSpace::Gray),
        b"DeviceRGB" | b"RGB" => Some(ColorSpace::Rgb),
        b"DeviceCMYK" | b"CMYK" => Some(ColorSpace::Cmyk),
        b"Pattern" => Some(ColorSpace::Pattern),
        _ => None,
    }
}

/// The space that an object of a file describes, and whether it is the device's. Of a table of colours, as pictures have,
/// it is that of the colours, `within` it.
pub(super) fn of_object(object: &Object<'_>, within: bool) -> (ColorSpace, bool) {
    match object {
        Object::Name(name) => by_name(name).map_or((ColorSpace::Other, false), |space| (space, true)),
        Object::Array(array) => of_array(array, within),
        _ => (ColorSpace::Other, false),
    }
}

fn of_array(array: &Array<'_>, within: bool) -> (ColorSpace, bool) {
    let mut items = array.flex_iter();
    let Some(family) = items.next::<Name<'_>>() else { return (ColorSpace::Other, false) };
    match &*family {
        b"ICCBased" => {
            let count = items.next::<Stream<'_>>().and_then(|profile| profile.dict().get::<i32>("N"));
            (count.map_or(ColorSpace::Other, ColorSpace::by_components), false)
        }
        b"CalGray" => (ColorSpace::Gray, false),
        b"CalRGB" => (ColorSpace::Rgb, false),
        b"Separation" => {
            let is_black = items.next::<Name<'_>>().is_some_and(|ink| &*ink == b"Black");
            (if is_black { ColorSpace::Black } else { ColorSpace::Separation }, false)
        }
        b"Indexed" | b"I" if within => {
            // A table of tables is none.
            items.next::<Object<'_>>().map_or((ColorSpace::Other, false), |base| of_object(&base, false))
        }
        family => by_name(family).map_or((ColorSpace::Other, false), |space| (space, true)),
    }
}
