//! What can be wrong with a value, and how it is said.

use std::fmt;

use serde::de::{Expected, Unexpected};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Entry, Place, closest};

/// A key of more characters than this is probably prose.
const PROSE: usize = 6;

#[derive(Debug)]
pub(super) enum Problem {
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
    pub(super) fn report(&self, place: Place) -> Diagnostic {
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
    let finding = finding.suggest(closest(word, known.iter().copied()));
    finding.hint(format!("{title}：{}", known.join("、")))
}

/// A mistake on its way from where serde met it to the value that it concerns.
#[derive(Debug)]
pub(super) struct Mistake {
    pub(super) problem: Problem,
    pub(super) at: Option<At>,
    /// Whether it arose from a blank that was put in for a missing value.
    pub(super) blank: bool,
}

#[derive(Debug)]
pub(super) struct At {
    pub(super) id: usize,
    pub(super) place: Place,
}

impl Mistake {
    pub(super) fn new(problem: Problem) -> Self {
        Self { problem, at: None, blank: false }
    }

    /// A mistake of a key. An unknown key leaves out its entry; one that should name a variant spoils the whole `map`.
    pub(super) fn of_key(mut self, entry: &Entry, map: usize) -> Self {
        let mut id = entry.value.id;
        if let Problem::UnknownValue { value: key, known } = self.problem {
            self.problem = Problem::UnknownKey { key, known };
            id = map;
        }
        self.located(id, entry.place)
    }

    pub(super) fn located(mut self, id: usize, place: Place) -> Self {
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
            Unexpected::Map | Unexpected::NewtypeVariant | Unexpected::StructVariant | Unexpected::TupleVariant => {
                "键值对".to_owned()
            }
            Unexpected::Seq => "列表".to_owned(),
            Unexpected::Unit | Unexpected::Option => "空值".to_owned(),
            Unexpected::Str(text) => format!("文字“{text}”"),
            Unexpected::UnitVariant => "一个词".to_owned(),
            other => format!("“{other}”"),
        };
        // Serde's own visitors speak English.
        let expected = match expected.to_string().as_str() {
            "a string" | "string" => "文字".to_owned(),
            "a sequence" => "列表".to_owned(),
            "a map" | "enum" | "newtype variant" | "struct variant" => "键值对".to_owned(),
            "unit variant" => "一个词".to_owned(),
            other if other.starts_with("struct ") => "键值对".to_owned(),
            other => other.to_owned(),
        };
        Self::new(Problem::Kind { expected, found })
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        match expected.to_string().as_str() {
            "map with a single key" => Self::new(Problem::Kind {
                expected: "只有一个键的键值对".to_owned(),
                found: "不止一个键，或没有键".to_owned(),
            }),
            _ => Self::invalid_type(found, expected),
        }
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
