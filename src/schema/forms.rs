//! The schemas of the forms of values that are read by hand.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::json;

use super::rules;
use crate::dossier::{Attach, Date, Either, Number, Pairs, Places, Section, YesNo};
use crate::source::Spanned;

impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl<S: JsonSchema, F: JsonSchema> JsonSchema for Either<S, F> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("{}Or{}", S::schema_name(), F::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [generator.subschema_for::<S>(), generator.subschema_for::<F>()]})
    }
}

impl<T: JsonSchema> JsonSchema for Pairs<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Pairs{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "object", "additionalProperties": generator.subschema_for::<T>()})
    }
}

/// A value whose schema depends on nothing.
macro_rules! plain {
    ($type:ty, $name:literal, $schema:tt) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    };
}

plain!(Number, "Number", {"type": ["number", "string"], "pattern": rules::NUMBER});
plain!(YesNo, "YesNo", {"enum": [true, false, "true", "false", "是", "否"]});
// The brackets keep numbers and booleans out, which other texts may be.
plain!(Date, "Date", {
    "type": ["string"],
    "pattern": "^(19|2[0-9])[0-9]{2}[-/.年](0?[1-9]|1[0-2])[-/.月](0?[1-9]|[12][0-9]|3[01])日?$",
});
plain!(Attach, "Attach", {"enum": [true, false, "true", "false", "是", "否", "去注释"]});
plain!(Places, "Places", {"anyOf": [
    {"enum": ["原样", 0, 1, 2, 3, 4, 5, 6]},
    {"type": ["string"], "pattern": "^[0-6]$"},
]});

/// A section within a section, which must have a heading.
#[derive(Debug)]
pub(crate) struct Subsection;

impl JsonSchema for Subsection {
    fn schema_name() -> Cow<'static, str> {
        "Subsection".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Section::json_schema(generator);
        if let Some(title) = schema.get_mut("properties").and_then(|properties| properties.get_mut("标题")) {
            title["type"] = "string".into();
        }
        schema.insert("required".to_owned(), json!(["标题"]));
        schema.insert("description".to_owned(), "一个小节，不写级别则比外面低一级".into());
        schema
    }
}
