//! A located tree as serde reads it.

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::Mending;
use super::blank::Blank;
use super::mistake::{Mistake, Problem};
use crate::source::spanned::SPANNED;
use crate::source::{Entry, Kind, Node, Place, Scalar, shorten};

#[derive(Clone, Copy)]
pub(super) struct NodeDe<'a> {
    pub(super) node: &'a Node,
    pub(super) mending: &'a Mending,
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
            Kind::Scalar(scalar) => visitor.visit_str(&scalar.text),
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
        match &self.node.kind {
            Kind::Scalar(scalar) if scalar.is_null() => Ok(()),
            _ => Err(self.wrong("一个词")),
        }
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

/// Hands over a value behind its place, as [`crate::source::Spanned`] expects it.
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
        let Some(node) = self.items.by_ref().find(|node| !self.mending.has_left_out(node)) else {
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
