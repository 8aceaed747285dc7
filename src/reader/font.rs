//! Fonts: what is said of them, and how the bytes of a string become characters and widths (ISO 32000-1, 9.5–9.10).
#![expect(clippy::float_arithmetic, reason = "widths of glyphs, no amounts")]

use std::collections::BTreeMap;

use hayro_interpret::hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Array, Dict, Object, ObjectIdentifier, Stream};

use super::packed::Budget;
use super::{ReadError, glyph_names, text};

/// What kind of font it is, by its Subtype.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FontKind {
    /// Type 1, with one byte a character.
    Type1,
    /// TrueType, with one byte a character.
    TrueType,
    /// Composite: several bytes a character, as Chinese needs.
    Composite,
    /// Glyphs drawn by operators, such as bitmaps.
    Type3,
}

/// A font of a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Font {
    /// Its name, without the mark of a subset.
    pub name: String,
    /// What kind it is.
    pub kind: FontKind,
    /// Whether the file holds its glyphs.
    pub embedded: bool,
    /// Whether the file holds only those that are used.
    pub subset: bool,
    /// Whether it has a map to Unicode of its own.
    pub to_unicode: bool,
    /// Its encoding, by name, such as `Identity-H`.
    pub encoding: String,
    /// Characters shown in it that could not be turned into text.
    pub unreadable: usize,
    /// Its embedded file, where the codes of strings are the numbers of its glyphs.
    pub(super) program: Option<ObjectIdentifier>,
    /// The glyphs that are shown, by their numbers there, with what they stand for.
    pub(super) shown: BTreeMap<u32, String>,
}

/// One character of a string that is shown.
pub(super) struct Shown {
    /// The text, if it is known.
    pub(super) text: Option<String>,
    /// How far it moves on, in parts of the font's size.
    pub(super) width: f64,
    /// Whether it is the single byte 32, which word spacing applies to (9.3.3).
    pub(super) is_space: bool,
}

/// A font that strings are read by.
pub(super) struct Decoder {
    pub(super) font: Font,
    /// Down instead of rightwards.
    pub(super) vertical: bool,
    /// Glyph space → parts of the size: 0.001, or what a Type 3 font says.
    unit: f64,
    coding: Coding,
    to_unicode: Option<CMap>,
    widths: BTreeMap<u32, f64>,
    default_width: f64,
}

enum Coding {
    /// One byte, with the text of each where it is known.
    Byte(Vec<Option<String>>),
    /// Two bytes, whose number is the glyph's.
    Identity,
    /// Two bytes that are UTF-16.
    Utf16,
    /// One or two bytes of GBK.
    Gbk,
    /// By a map in the file.
    Map(Box<CMap>),
    /// By a map that is not at hand: two bytes.
    Unknown,
}

#[cfg(test)]
impl Font {
    /// A font of this name of which nothing else is known.
    pub(crate) fn named(name: &str, kind: FontKind) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            embedded: true,
            subset: true,
            to_unicode: true,
            encoding: String::new(),
            unreadable: 0,
            program: None,
            shown: BTreeMap::new(),
        }
    }
}

impl Decoder {
    pub(super) fn new(dict: &Dict<'_>, budget: &mut Budget) -> Result<Self, ReadError> {
        match text::name(dict, "Subtype").as_deref() {
            Some("Type0") => Self::composite(dict, budget),
            Some("Type3") => Self::simple(dict, FontKind::Type3, budget),
            Some("TrueType") => Self::simple(dict, FontKind::TrueType, budget),
            _ => Self::simple(dict, FontKind::Type1, budget),
        }
    }

    fn simple(dict: &Dict<'_>, kind: FontKind, budget: &mut Budget) -> Result<Self, ReadError> {
        let descriptor = dict.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
        let to_unicode = to_unicode(dict, budget)?;
        let encoding = dict.get::<Object<'_>>("Encoding");
        let first = dict.get::<u32>("FirstChar").unwrap_or(0);
        let widths = listed(dict, "Widths", budget)?;
        // One byte has 256 values.
        let widths: Vec<f64> = widths.map(|all| numbers(&all).take(256).collect()).unwrap_or_default();
        let name = text::name(dict, "BaseFont").or_else(|| text::name(dict, "Name")).unwrap_or_default();
        let typical = if name.contains("Courier") { 600.0 } else { 500.0 };
        let missing = descriptor.get::<f32>("MissingWidth").map_or(0.0, f64::from);
        let unit = if kind == FontKind::Type3 {
            dict.get::<Array<'_>>("FontMatrix").and_then(|matrix| numbers(&matrix).next()).unwrap_or(0.001)
        } else {
            0.001
        };
        let embedded = kind == FontKind::Type3 || is_embedded(&descriptor);
        Ok(Self {
            font: Font {
                embedded,
                subset: is_subset(&name),
                name: without_mark(&name),
                kind,
                to_unicode: to_unicode.is_some(),
                encoding: encoding_name(encoding.as_ref()),
                unreadable: 0,
                program: None,
                shown: BTreeMap::new(),
            },
            vertical: false,
            unit,
            coding: Coding::Byte(bytes_to_text(encoding.as_ref(), &descriptor, kind, budget)?),
            to_unicode,
            default_width: if widths.is_empty() { typical } else { missing },
            widths: (first..).zip(widths).collect(),
        })
    }

    fn composite(dict: &Dict<'_>, budget: &mut Budget) -> Result<Self, ReadError> {
        let descendant = dict.get::<Array<'_>>("DescendantFonts").and_then(|all| all.iter::<Dict<'_>>().next());
        let descendant = descendant.unwrap_or_default();
        let descriptor = descendant.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
        let to_unicode = to_unicode(dict, budget)?;
        let encoding = dict.get::<Object<'_>>("Encoding");
        let encoding_name = encoding_name(encoding.as_ref());
        let name = text::name(dict, "BaseFont").unwrap_or_default();
        let base = text::name(&descendant, "BaseFont").unwrap_or_else(|| name.clone());
        Ok(Self {
            font: Font {
                embedded: is_embedded(&descriptor),
                subset: is_subset(&name),
                name: without_mark(&base),
                kind: FontKind::Composite,
                to_unicode: to_unicode.is_some(),
                encoding: encoding_name.clone(),
                unreadable: 0,
                program: program(&descendant, &descriptor),
                shown: BTreeMap::new(),
            },
            vertical: encoding_name.ends_with("-V"),
            unit: 0.001,
            coding: composite_coding(encoding.as_ref(), &encoding_name, budget)?,
            to_unicode,
            default_width: descendant.get::<f32>("DW").map_or(1000.0, f64::from),
            widths: cid_widths(&listed(&descendant, "W", budget)?.unwrap_or_default(), budget)?,
        })
    }

    /// The characters that a string shows, as long as more are wanted.
    pub(super) fn decode(&mut self, bytes: &[u8], mut each: impl FnMut(Shown) -> bool) {
        let mut rest = bytes;
        while let Some(&first) = rest.first() {
            let (code, length) = self.next_code(rest, first);
            let text = self.text_of(code);
            match &text {
                None => self.font.unreadable += 1,
                Some(text) if self.font.program.is_some() && !self.font.shown.contains_key(&code) => {
                    self.font.shown.insert(code, text.clone());
                }
                Some(_) => {}
            }
            let width = self.widths.get(&self.cid(code, length)).copied().unwrap_or(self.default_width) * self.unit;
            if !each(Shown { text, width, is_space: length == 1 && code == 32 }) {
                break;
            }
            rest = rest.get(length..).unwrap_or_default();
        }
    }

    /// The next code of a string and how many bytes it takes.
    fn next_code(&self, rest: &[u8], first: u8) -> (u32, usize) {
        let single = (u32::from(first), 1);
        let double = |second: u8| (u32::from(first) << 8 | u32::from(second), 2);
        match &self.coding {
            Coding::Byte(_) => single,
            Coding::Gbk if first < 0x81 => single,
            Coding::Map(map) => {
                let mut code = 0;
                for (byte, length) in rest.iter().zip(1_u8..=4) {
                    code = code << 8 | u32::from(*byte);
                    if map.lookup_cid_code(code, length).is_some() {
                        return (code, length.into());
                    }
                }
                rest.get(1).map_or(single, |second| double(*second))
            }
            _ => rest.get(1).map_or(single, |second| double(*second)),
        }
    }

    fn cid(&self, code: u32, length: usize) -> u32 {
        match &self.coding {
            Coding::Map(map) => {
                u8::try_from(length).ok().and_then(|length| map.lookup_cid_code(code, length)).unwrap_or(0)
            }
            _ => code,
        }
    }

    fn text_of(&self, code: u32) -> Option<String> {
        let mapped = self.to_unicode.as_ref().and_then(|map| map.lookup_bf_string(code)).map(|found| match found {
            BfString::Char(character) => character.to_string(),
            BfString::String(text) => text,
        });
        mapped.filter(|text| is_meaningful(text)).or_else(|| self.text_by_coding(code))
    }

    fn text_by_coding(&self, code: u32) -> Option<String> {
        match &self.coding {
            Coding::Byte(texts) => texts.get(usize::try_from(code).ok()?)?.clone(),
            Coding::Utf16 => char::from_u32(code).map(String::from),
            Coding::Gbk => {
                let [.., high, low] = code.to_be_bytes();
                let bytes: &[u8] = if high == 0 { &[low] } else { &[high, low] };
                encoding_rs::GBK
                    .decode_without_bom_handling_and_without_replacement(bytes)
                    .map(std::borrow::Cow::into_owned)
            }
            Coding::Identity | Coding::Map(_) | Coding::Unknown => None,
        }
    }
}

/// A map to Unicode may name a character that stands for nothing.
fn is_meaningful(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|character| !matches!(character, '\0' | '\u{FFFD}' | '\u{FFFE}' | '\u{FEFF}'))
}

fn is_embedded(descriptor: &Dict<'_>) -> bool {
    ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| descriptor.contains_key(key))
}

/// The file of a composite font whose codes are glyph numbers.
fn program(descendant: &Dict<'_>, descriptor: &Dict<'_>) -> Option<ObjectIdentifier> {
    let other = descendant.get::<Object<'_>>("CIDToGIDMap");
    if other.is_some_and(|map| !matches!(map, Object::Name(name) if &*name == b"Identity")) {
        return None;
    }
    ["FontFile2", "FontFile3"].into_iter().find_map(|key| descriptor.get_ref(key)).map(Into::into)
}

/// Whether a name has six capitals and a plus before it (9.6.4).
fn is_subset(name: &str) -> bool {
    name.split_once('+').is_some_and(|(mark, _)| mark.len() == 6 && mark.bytes().all(|byte| byte.is_ascii_uppercase()))
}

fn without_mark(name: &str) -> String {
    match name.split_once('+') {
        Some((_, rest)) if is_subset(name) => rest.to_owned(),
        _ => name.to_owned(),
    }
}

fn to_unicode(dict: &Dict<'_>, budget: &mut Budget) -> Result<Option<CMap>, ReadError> {
    let Some(stream) = dict.get::<Stream<'_>>("ToUnicode") else { return Ok(None) };
    map(&stream, budget)
}

fn map(stream: &Stream<'_>, budget: &mut Budget) -> Result<Option<CMap>, ReadError> {
    Ok(budget.unpack(stream)?.and_then(|bytes| CMap::parse(&bytes, |_| None::<&[u8]>)))
}

fn encoding_name(encoding: Option<&Object<'_>>) -> String {
    let name = match encoding {
        Some(Object::Name(name)) => Some(String::from_utf8_lossy(name).into_owned()),
        Some(Object::Stream(stream)) => text::name(stream.dict(), "CMapName"),
        Some(Object::Dict(dict)) => text::name(dict, "BaseEncoding"),
        _ => None,
    };
    name.unwrap_or_default()
}

fn composite_coding(encoding: Option<&Object<'_>>, name: &str, budget: &mut Budget) -> Result<Coding, ReadError> {
    Ok(match encoding {
        Some(Object::Stream(stream)) => map(stream, budget)?.map_or(Coding::Unknown, |map| Coding::Map(Box::new(map))),
        _ if name.starts_with("Identity") => Coding::Identity,
        _ if name.contains("UCS2") || name.contains("UTF16") => Coding::Utf16,
        _ if name.starts_with("GB") => Coding::Gbk,
        _ => Coding::Unknown,
    })
}

/// What each byte of a simple font stands for: a base encoding and what differs from it (9.6.6).
fn bytes_to_text(
    encoding: Option<&Object<'_>>,
    descriptor: &Dict<'_>,
    kind: FontKind,
    budget: &mut Budget,
) -> Result<Vec<Option<String>>, ReadError> {
    const SYMBOLIC: u32 = 4;
    let base = match encoding {
        Some(Object::Name(name)) => Some(String::from_utf8_lossy(name).into_owned()),
        Some(Object::Dict(dict)) => text::name(dict, "BaseEncoding"),
        _ => None,
    };
    let symbolic = descriptor.get::<u32>("Flags").is_some_and(|flags| flags & SYMBOLIC != 0);
    let is_known = base.is_some() || !symbolic && kind != FontKind::Type3;
    let table =
        if base.as_deref() == Some("MacRomanEncoding") { encoding_rs::MACINTOSH } else { encoding_rs::WINDOWS_1252 };
    let mut texts: Vec<_> = (0..=255_u8)
        .map(|byte| {
            let text = table.decode_without_bom_handling(&[byte]).0.into_owned();
            (is_known && byte >= 32).then_some(text)
        })
        .collect();
    if let Some(Object::Dict(dict)) = encoding {
        for (code, name) in listed(dict, "Differences", budget)?.map(|all| differences(&all)).unwrap_or_default() {
            if let Some(place) = texts.get_mut(code) {
                *place = glyph_names::text(&name);
            }
        }
    }
    Ok(texts)
}

/// A list of a font. Many fonts may share one that is long.
fn listed<'a>(dict: &Dict<'a>, key: &str, budget: &mut Budget) -> Result<Option<Array<'a>>, ReadError> {
    let list = dict.get::<Array<'a>>(key);
    budget.spend(list.as_ref().map_or(0, |list| list.data().len().saturating_mul(16)))?;
    Ok(list)
}

fn differences(array: &Array<'_>) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut code = 0_usize;
    for object in array.iter::<Object<'_>>() {
        match object {
            Object::Number(number) => code = usize::try_from(number.as_i64()).unwrap_or(usize::MAX),
            Object::Name(name) => {
                found.push((code, String::from_utf8_lossy(&name).into_owned()));
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    found
}

fn numbers<'a>(array: &Array<'a>) -> impl Iterator<Item = f64> + use<'a> {
    array.iter::<f32>().map(f64::from)
}

/// What a width counts as: ranges of a few characters stand for thousands.
const BYTES_OF_WIDTH: usize = 32;

/// The widths of a composite font: `first [w w …]` or `first last w` (9.7.4.3).
fn cid_widths(array: &Array<'_>, budget: &mut Budget) -> Result<BTreeMap<u32, f64>, ReadError> {
    const MOST: u32 = 65_535;
    let mut widths = BTreeMap::new();
    let objects: Vec<Object<'_>> = array.iter::<Object<'_>>().collect();
    let mut rest = objects.as_slice();
    loop {
        match rest {
            [Object::Number(first), Object::Array(each), after @ ..] => {
                let first = u32::try_from(first.as_i64()).unwrap_or(MOST);
                widths.extend((first..=MOST).zip(numbers(each)));
                rest = after;
            }
            [Object::Number(first), Object::Number(last), Object::Number(width), after @ ..] => {
                let first = u32::try_from(first.as_i64()).unwrap_or(MOST);
                let last = u32::try_from(last.as_i64()).unwrap_or(0).min(MOST);
                budget.spend(BYTES_OF_WIDTH * (first..=last).count())?;
                widths.extend((first..=last).map(|cid| (cid, width.as_f64())));
                rest = after;
            }
            [_, after @ ..] => rest = after,
            [] => break,
        }
    }
    budget.spend(BYTES_OF_WIDTH * widths.len())?;
    Ok(widths)
}
