//! From a located tree to a type, with every mistake at its place.
//!
//! Serde stops at the first mistake. So that one run names all of them, a mistaken value is left out (or, where it must be
//! there, replaced by a blank) and the whole is tried again. What comes out serves to look for further mistakes: those that
//! were reported stop the build.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Expected, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};

use super::spanned::SPANNED;
use super::{Entry, Kind, Node, Place, Scalar};
use crate::diagnostic::{Code, Diagnostic};

/// A key of more characters than this is probably prose.
const PROSE: usize = 6;

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

#[derive(Debug)]
enum Problem {
    UnknownKey {
        key: String,
        known: &'static [&'static str],
    },
    UnknownValue {
        value: String,
        known: &'static [&'static str],
    },
    Missing(&'static str),
    Kind {
        expected: String,
        found: String,
    },
    /// A value's own complaint: the message, then a hint a line.
    Other(String),
}

impl Problem {
    fn report(&self, place: Place) -> Diagnostic {
        match self {
            Self::UnknownKey { key, known } => {
                let finding = Diagnostic::new(Code::JB1013, format!("不认识的键“{key}”")).at(place);
                let finding = if key.chars().count() > PROSE {
                    finding.hint("这是一段文字的话，其中的“: ”被当成了键；改用全角“：”，或整段用单引号括起来")
                } else {
                    finding
                };
                suggest(finding, key, known, "这里可用的键")
            }
            Self::UnknownValue { value, known } => {
                let finding = Diagnostic::new(Code::JB1016, format!("“{value}”不是可选的值")).at(place);
                suggest(finding, value, known, "可选的值")
            }
            Self::Missing(key) => Diagnostic::new(Code::JB1014, format!("缺少必填的键“{key}”"))
                .at(place)
                .label("在这一组里")
                .hint(format!("补上一行“{key}: …”")),
            Self::Kind { expected, found } => {
                Diagnostic::new(Code::JB1015, format!("此处应是{expected}，写的却是{found}"))
                    .at(place)
                    .hint(hint_for_kind(expected))
            }
            Self::Other(text) => {
                let (message, hints) = text.split_once('\n').unwrap_or((text, ""));
                let finding = Diagnostic::new(Code::JB1016, message).at(place);
                hints.lines().fold(finding, Diagnostic::hint)
            }
        }
    }
}

fn hint_for_kind(expected: &str) -> &'static str {
    match expected {
        "列表" => "每一项另起一行，以“- ”开头（减号后面有一个空格）",
        "true 或 false" => "写 true（是）或 false（否）",
        "整数" => "写一个整数，如 2",
        "键值对" => "写成“键: 值”，冒号用半角，后面有一个空格",
        _ => "改成一行文字；文字里有“: ”或以特殊符号开头的要加引号",
    }
}

fn suggest(finding: Diagnostic, word: &str, known: &[&str], title: &str) -> Diagnostic {
    let finding = match closest(word, known.iter().copied()) {
        Some(near) => finding.hint(format!("是不是想写“{near}”？")),
        None => finding,
    };
    finding.hint(format!("{title}：{}", known.join("、")))
}

/// The known word that is most like the given one, if any is.
pub fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::normalized_levenshtein(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// A mistake on its way from where serde met it to the value that it concerns.
#[derive(Debug)]
struct Mistake {
    problem: Problem,
    at: Option<At>,
    /// Whether it arose from a blank that was put in for a missing value.
    blank: bool,
}

#[derive(Debug)]
struct At {
    id: usize,
    place: Place,
}

impl Mistake {
    fn new(problem: Problem) -> Self {
        Self { problem, at: None, blank: false }
    }

    /// A mistake of a key. An unknown key leaves out its entry; one that should name a variant spoils the whole `map`.
    fn of_key(mut self, entry: &Entry, map: usize) -> Self {
        let mut id = entry.value.id;
        if let Problem::UnknownValue { value: key, known } = self.problem {
            self.problem = Problem::UnknownKey { key, known };
            id = map;
        }
        self.located(id, entry.place)
    }

    fn located(mut self, id: usize, place: Place) -> Self {
        self.at.get_or_insert(At { id, place });
        self
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.problem)
    }
}

impl std::error::Error for Mistake {}

impl serde::de::Error for Mistake {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(Problem::Other(message.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let found = match found {
            Unexpected::Map => "键值对".to_owned(),
            Unexpected::Seq => "列表".to_owned(),
            Unexpected::Unit | Unexpected::Option => "空值".to_owned(),
            Unexpected::Str(text) => format!("文字“{text}”"),
            other => format!("“{other}”"),
        };
        // Serde's own visitors speak English.
        let expected = match expected.to_string().as_str() {
            "a string" | "string" => "文字".to_owned(),
            "a sequence" => "列表".to_owned(),
            "a map" | "enum" => "键值对".to_owned(),
            other if other.starts_with("struct ") => "键值对".to_owned(),
            other => other.to_owned(),
        };
        Self::new(Problem::Kind { expected, found })
    }

    fn unknown_variant(variant: &str, known: &'static [&'static str]) -> Self {
        Self::new(Problem::UnknownValue { value: variant.to_owned(), known })
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        Self::new(Problem::UnknownKey { key: field.to_owned(), known })
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(Problem::Missing(field))
    }
}

#[derive(Clone, Copy)]
struct NodeDe<'a> {
    node: &'a Node,
    mending: &'a Mending,
}

impl<'a> NodeDe<'a> {
    fn wrong(self, expected: &str) -> Mistake {
        let found = match &self.node.kind {
            Kind::Scalar(scalar) if !scalar.is_null() => format!("文字“{}”", shorten(&scalar.text)),
            _ => self.node.kind_name().to_owned(),
        };
        Mistake::new(Problem::Kind { expected: expected.to_owned(), found }).located(self.node.id, self.node.place)
    }

    fn scalar(self, expected: &str) -> Result<&'a Scalar, Mistake> {
        match &self.node.kind {
            Kind::Scalar(scalar) if !scalar.is_null() => Ok(scalar),
            _ => Err(self.wrong(expected)),
        }
    }

    fn items(self) -> Result<Items<'a>, Mistake> {
        match &self.node.kind {
            Kind::List(items) => Ok(Items { items: items.iter(), mending: self.mending }),
            _ => Err(self.wrong("列表")),
        }
    }

    fn entries(self) -> Result<Entries<'a>, Mistake> {
        let Kind::Map(entries) = &self.node.kind else { return Err(self.wrong("键值对")) };
        let blanks = self.mending.blanks.range((self.node.id, "")..).take_while(|(id, _)| *id == self.node.id);
        Ok(Entries {
            map: self.node.id,
            rest: entries.iter(),
            blanks: blanks.map(|(_, key)| *key).collect(),
            value: None,
            mending: self.mending,
        })
    }

    fn here(self) -> impl Fn(Mistake) -> Mistake {
        let (id, place) = (self.node.id, self.head());
        move |mistake| mistake.located(id, place)
    }

    /// Where a mistake of the whole value is shown: a map's first key, else the value.
    fn head(self) -> Place {
        match &self.node.kind {
            Kind::Map(entries) => entries.first().map_or(self.node.place, |entry| entry.place),
            _ => self.node.place,
        }
    }
}

/// The beginning of a text, for a message.
pub fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(24).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

macro_rules! integers {
    ($($method:ident $visit:ident $type:ty,)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
            let number = self.scalar("整数")?.text.parse::<$type>().map_err(|_| self.wrong("整数"))?;
            visitor.$visit(number).map_err(self.here())
        })+
    };
}

impl<'de> Deserializer<'de> for NodeDe<'_> {
    type Error = Mistake;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        let value = match &self.node.kind {
            Kind::Scalar(scalar) if scalar.is_null() => visitor.visit_unit(),
            Kind::Scalar(scalar) => match boolean(scalar) {
                Some(flag) => visitor.visit_bool(flag),
                None => visitor.visit_str(&scalar.text),
            },
            Kind::List(_) => visitor.visit_seq(self.items()?),
            Kind::Map(_) => visitor.visit_map(self.entries()?),
        };
        value.map_err(self.here())
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        let flag = boolean(self.scalar("true 或 false")?).ok_or_else(|| self.wrong("true 或 false"))?;
        visitor.visit_bool(flag)
    }

    integers! {
        deserialize_u8 visit_u8 u8,
        deserialize_u16 visit_u16 u16,
        deserialize_u32 visit_u32 u32,
        deserialize_u64 visit_u64 u64,
        deserialize_i8 visit_i8 i8,
        deserialize_i16 visit_i16 i16,
        deserialize_i32 visit_i32 i32,
        deserialize_i64 visit_i64 i64,
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_str(&self.scalar("文字")?.text).map_err(self.here())
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match &self.node.kind {
            Kind::Scalar(scalar) if scalar.is_null() => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Mistake> {
        if name == SPANNED {
            return visitor.visit_seq(WithPlace { de: self, step: 0 });
        }
        visitor.visit_newtype_struct(self).map_err(self.here())
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_seq(self.items()?).map_err(self.here())
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_map(self.entries()?).map_err(self.here())
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        if let Kind::Map(entries) = &self.node.kind
            && let [entry] = entries.as_slice()
        {
            return visitor.visit_enum(Variant { entry, map: self.node.id, mending: self.mending });
        }
        let text = self.scalar("文字")?.text.as_str();
        visitor.visit_enum(text.into_deserializer()).map_err(self.here())
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        i128 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
    }
}

fn boolean(scalar: &Scalar) -> Option<bool> {
    match (scalar.plain, scalar.text.as_str()) {
        (true, "true" | "是") => Some(true),
        (true, "false" | "否") => Some(false),
        _ => None,
    }
}

/// A map with exactly one key, read as the variant of that name.
struct Variant<'a> {
    entry: &'a Entry,
    map: usize,
    mending: &'a Mending,
}

impl<'de, 'a> EnumAccess<'de> for Variant<'a> {
    type Error = Mistake;
    type Variant = NodeDe<'a>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, NodeDe<'a>), Mistake> {
        let key = StrDeserializer::<Mistake>::new(&self.entry.key);
        let variant = seed.deserialize(key).map_err(|e| e.of_key(self.entry, self.map))?;
        Ok((variant, NodeDe { node: &self.entry.value, mending: self.mending }))
    }
}

impl<'de> VariantAccess<'de> for NodeDe<'_> {
    type Error = Mistake;

    fn unit_variant(self) -> Result<(), Mistake> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Mistake> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, Mistake> {
        self.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        self.deserialize_map(visitor)
    }
}

/// Hands over a value behind its place, as [`super::Spanned`] expects it.
struct WithPlace<'a> {
    de: NodeDe<'a>,
    step: usize,
}

impl<'de> SeqAccess<'de> for WithPlace<'_> {
    type Error = Mistake;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Mistake> {
        self.step += 1;
        let place = self.de.node.place;
        match self.step {
            1 => seed.deserialize(place.file.0.into_deserializer()),
            2 => seed.deserialize(place.start.into_deserializer()),
            3 => seed.deserialize(place.end.into_deserializer()),
            _ => seed.deserialize(self.de),
        }
        .map(Some)
    }
}

struct Items<'a> {
    items: std::slice::Iter<'a, Node>,
    mending: &'a Mending,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Mistake;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Mistake> {
        let Some(node) = self.items.by_ref().find(|node| !self.mending.omitted.contains(&node.id)) else {
            return Ok(None);
        };
        let de = NodeDe { node, mending: self.mending };
        seed.deserialize(de).map(Some).map_err(de.here())
    }
}

struct Entries<'a> {
    map: usize,
    rest: std::slice::Iter<'a, Entry>,
    blanks: Vec<&'static str>,
    /// The value of the key that was handed out last; `None` for a blank.
    value: Option<&'a Node>,
    mending: &'a Mending,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Mistake;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Mistake> {
        if let Some(entry) = self.rest.by_ref().find(|e| !self.mending.omitted.contains(&e.value.id)) {
            self.value = Some(&entry.value);
            let key = StrDeserializer::<Mistake>::new(&entry.key);
            return seed.deserialize(key).map(Some).map_err(|e| e.of_key(entry, self.map));
        }
        self.value = None;
        let Some(key) = self.blanks.pop() else { return Ok(None) };
        seed.deserialize(StrDeserializer::<Mistake>::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mistake> {
        let Some(node) = self.value else {
            return seed.deserialize(Blank).map_err(|e| Mistake { blank: true, ..e });
        };
        let de = NodeDe { node, mending: self.mending };
        seed.deserialize(de).map_err(de.here())
    }
}

/// Stands in for a missing value: empty in whatever form is asked for.
struct Blank;

impl<'de> Deserializer<'de> for Blank {
    type Error = Mistake;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_str("")
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_none()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_seq(serde::de::value::SeqDeserializer::new(std::iter::empty::<&str>()))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_map(serde::de::value::MapDeserializer::new(std::iter::empty::<(&str, &str)>()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        visitor.visit_enum(variants.first().copied().unwrap_or_default().into_deserializer())
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        tuple tuple_struct identifier ignored_any
    }
}

/// A value of which nothing could be read: blank wherever it can be.
pub fn blank<T: DeserializeOwned>() -> Option<T> {
    T::deserialize(Blank).ok()
}
