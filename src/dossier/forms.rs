//! Small forms of values that several documents share: numbers, dates, short-or-full values, ordered maps.

use std::fmt;
use std::marker::PhantomData;

use rust_decimal::Decimal;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer, StrDeserializer};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::source::{NumberSlip, parse_number, shorten};

/// true or false, also as 是 or 否.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct YesNo(pub bool);

impl<'de> Deserialize<'de> for YesNo {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "true" | "是" => Ok(Self(true)),
            "false" | "否" => Ok(Self(false)),
            other => Err(D::Error::custom(format!("“{}”不对\n写 true（是）或 false（否）", shorten(other)))),
        }
    }
}

/// The default of what is on unless it is switched off.
pub(super) fn yes() -> bool {
    true
}

/// A plain decimal, exact as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(pub Decimal);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse_number(&text).map(|written| Self(written.value)).map_err(|slip| D::Error::custom(complaint(&text, &slip)))
    }
}

/// The message and hint for a text that is not a number.
fn complaint(text: &str, slip: &NumberSlip) -> String {
    let hint = match &slip.meant {
        Some(number) => format!("\n改成“{number}”"),
        None => "\n写成普通小数，如 12.5".to_owned(),
    };
    format!("“{}”{}{hint}", shorten(text), slip.what)
}

/// A calendar date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub time::Date);

impl Date {
    /// The date as GB/T 9704-2012, 7.3.5.4 prints it: Arabic digits, full year, no padding.
    pub fn chinese(self) -> String {
        format!("{}年{}月{}日", self.0.year(), u8::from(self.0.month()), self.0.day())
    }

    fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('日');
        let parts: Vec<&str> = text.split(['-', '/', '.', '年', '月']).collect();
        let [year, month, day] = parts.as_slice() else { return None };
        let year = year.parse::<i32>().ok().filter(|year| (1900..=2999).contains(year))?;
        let month = time::Month::try_from(month.parse::<u8>().ok()?).ok()?;
        time::Date::from_calendar_date(year, month, day.parse().ok()?).ok().map(Self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| D::Error::custom(format!("“{text}”不是有效的日期\n写成 2022-05-31 或 2022年5月31日")))
    }
}

/// A map that keeps the order in which it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairs<T>(pub Vec<(String, T)>);

impl<T> Default for Pairs<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Pairs<T> {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Pairs<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PairsVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for PairsVisitor<T> {
            type Value = Pairs<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("键值对")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(PairsVisitor(PhantomData))
    }
}

/// A value that may be written short (a text or a list) or in full (a map).
pub(crate) enum Either<S, F> {
    Short(S),
    Full(F),
}

impl<'de, S: Deserialize<'de>, F: Deserialize<'de>> Deserialize<'de> for Either<S, F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EitherVisitor<S, F>(PhantomData<(S, F)>);
        impl<'de, S: Deserialize<'de>, F: Deserialize<'de>> Visitor<'de> for EitherVisitor<S, F> {
            type Value = Either<S, F>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("文字、列表或键值对")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                S::deserialize(StrDeserializer::new(text)).map(Either::Short)
            }
            fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
                S::deserialize(StrDeserializer::new("")).map(Either::Short)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
                S::deserialize(SeqAccessDeserializer::new(seq)).map(Either::Short)
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                F::deserialize(MapAccessDeserializer::new(map)).map(Either::Full)
            }
        }
        deserializer.deserialize_any(EitherVisitor(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_usual_ways_and_checked() {
        for text in ["2022-05-31", "2022年5月31日", "2022/5/31", "2022.5.31"] {
            assert_eq!(Date::parse(text).map(Date::chinese).as_deref(), Some("2022年5月31日"), "{text}");
        }
        for text in ["2022-02-30", "2022-13-01", "31-05-2022", "今天", "2022-05"] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }
}
