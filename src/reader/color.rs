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
    /// One ink by name, such as a spot colour.
    Separation,
    /// A pattern or a shading.
    Pattern,
    /// Another: Lab, indexed, several inks.
    Other,
}

impl ColorSpace {
    fn by_components(count: i32) -> Self {
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
            Self::Separation | Self::Pattern | Self::Other => vec![1.0],
        }
    }
}

/// A colour: its space and the components in it, from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Color {
    /// The space.
    pub space: ColorSpace,
    /// The components.
    pub components: Vec<f64>,
}

impl Default for Color {
    fn default() -> Self {
        Self { space: ColorSpace::Gray, components: vec![0.0] }
    }
}

impl Color {
    pub(super) fn new(space: ColorSpace, components: Vec<f64>) -> Self {
        Self { space, components }
    }

    /// Whether it prints with black ink alone, or is grey all through. A black mixed of four inks is not.
    pub fn is_black(&self) -> bool {
        const NEAR: f64 = 0.02;
        match (self.space, self.components.as_slice()) {
            (ColorSpace::Gray, [gray]) => *gray <= NEAR,
            (ColorSpace::Rgb, components) => components.iter().all(|part| *part <= NEAR),
            (ColorSpace::Cmyk, [c, m, y, k]) => c + m + y <= NEAR && *k >= 1.0 - NEAR,
            _ => false,
        }
    }

    /// Whether it is without hue: black, white or grey, of one ink.
    pub fn is_neutral(&self) -> bool {
        const NEAR: f64 = 0.02;
        match (self.space, self.components.as_slice()) {
            (ColorSpace::Gray, _) => true,
            (ColorSpace::Rgb, [r, g, b]) => (r - g).abs() <= NEAR && (g - b).abs() <= NEAR,
            (ColorSpace::Cmyk, [c, m, y, _]) => c + m + y <= NEAR,
            _ => false,
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

/// The space that a name stands for by itself.
pub(super) fn by_name(name: &[u8]) -> Option<ColorSpace> {
    match name {
        b"DeviceGray" | b"CalGray" | b"G" => Some(ColorSpace::Gray),
        b"DeviceRGB" | b"CalRGB" | b"RGB" => Some(ColorSpace::Rgb),
        b"DeviceCMYK" | b"CMYK" => Some(ColorSpace::Cmyk),
        b"Pattern" => Some(ColorSpace::Pattern),
        _ => None,
    }
}

/// The space that an object of a file describes.
pub(super) fn of_object(object: &Object<'_>) -> ColorSpace {
    match object {
        Object::Name(name) => by_name(name).unwrap_or(ColorSpace::Other),
        Object::Array(array) => of_array(array),
        _ => ColorSpace::Other,
    }
}

fn of_array(array: &Array<'_>) -> ColorSpace {
    let mut items = array.flex_iter();
    let Some(family) = items.next::<Name<'_>>() else { return ColorSpace::Other };
    match &*family {
        b"ICCBased" => {
            let count = items.next::<Stream<'_>>().and_then(|profile| profile.dict().get::<i32>("N"));
            count.map_or(ColorSpace::Other, ColorSpace::by_components)
        }
        b"Separation" => ColorSpace::Separation,
        family => by_name(family).unwrap_or(ColorSpace::Other),
    }
}
