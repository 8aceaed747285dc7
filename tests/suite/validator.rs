//! JSON Schema draft 07 as far as our schemas use it. A keyword that is not known here fails the test: nothing is passed
//! over. The crates that do this change the features of what Typst is built with, and so would compile it twice.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex};

use regex::Regex;
use serde_json::{Map, Value};

/// Keywords that describe and do not check.
const ANNOTATIONS: &[&str] = &["$schema", "title", "description", "default", "definitions", "then", "else"];

/// Whether a value fits a schema; what does not fit is said with its path.
pub(crate) fn validate(schema: &Value, value: &Value) -> Result<(), String> {
    Validator { root: schema }.check(schema, value, "")
}

struct Validator<'a> {
    root: &'a Value,
}

/// A keyword with its argument.
type Keyword<'k> = (&'k str, &'k Value);

impl Validator<'_> {
    fn check(&self, schema: &Value, value: &Value, path: &str) -> Result<(), String> {
        let map = match schema {
            Value::Bool(true) => return Ok(()),
            Value::Bool(false) => return Err(format!("{path}: nothing may stand here")),
            Value::Object(map) => map,
            other => panic!("no schema: {other}"),
        };
        if let Some(target) = map.get("$ref") {
            // Draft 07 passes over whatever stands beside a reference.
            let target = target.as_str().and_then(|text| text.strip_prefix('#')).expect("a local reference");
            return self.check(self.root.pointer(target).expect("a definition"), value, path);
        }
        for (keyword, argument) in map {
            if !ANNOTATIONS.contains(&keyword.as_str()) {
                self.keyword(map, (keyword, argument), value, path)?;
            }
        }
        Ok(())
    }

    fn fits(&self, schema: &Value, value: &Value) -> bool {
        self.check(schema, value, "").is_ok()
    }

    fn keyword(&self, map: &Map<String, Value>, keyword: Keyword<'_>, value: &Value, path: &str) -> Result<(), String> {
        let (name, argument) = keyword;
        let all = || argument.as_array().expect("a list of schemas").iter();
        let branches = || all().filter(|schema| self.fits(schema, value)).count();
        let holds = match name {
            "allOf" => return all().try_for_each(|schema| self.check(schema, value, path)),
            "anyOf" => branches() > 0,
            "oneOf" => branches() == 1,
            "not" => !self.fits(argument, value),
            "if" => {
                let branch = if self.fits(argument, value) { "then" } else { "else" };
                return map.get(branch).map_or(Ok(()), |schema| self.check(schema, value, path));
            }
            "enum" => argument.as_array().expect("values").contains(value),
            "const" => argument == value,
            "type" => types(argument).any(|name| is_of(name, value)),
            "pattern" => value.as_str().is_none_or(|text| matches(argument.as_str().expect("a pattern"), text)),
            "minimum" => value.as_i64().is_none_or(|number| number >= argument.as_i64().expect("a number")),
            "maximum" => value.as_i64().is_none_or(|number| number <= argument.as_i64().expect("a number")),
            "items" => return self.items(argument, value, path),
            "minItems" => value.as_array().is_none_or(|items| items.len() >= length(argument)),
            "maxItems" => value.as_array().is_none_or(|items| items.len() <= length(argument)),
            "required" => value.as_object().is_none_or(|members| {
                argument.as_array().expect("keys").iter().all(|key| members.contains_key(key.as_str().expect("a key")))
            }),
            "properties" | "additionalProperties" | "propertyNames" => {
                return self.members(map, keyword, value, path);
            }
            other => panic!("the validator does not know {other}"),
        };
        if holds { Ok(()) } else { Err(format!("{path}: {value} breaks {name} {argument}")) }
    }

    fn items(&self, schema: &Value, value: &Value, path: &str) -> Result<(), String> {
        let items = value.as_array().into_iter().flatten().enumerate();
        items.into_iter().try_for_each(|(i, item)| self.check(schema, item, &format!("{path}/{i}")))
    }

    fn members(&self, map: &Map<String, Value>, keyword: Keyword<'_>, value: &Value, path: &str) -> Result<(), String> {
        let (name, argument) = keyword;
        let listed = map.get("properties").and_then(Value::as_object);
        for (key, member) in value.as_object().into_iter().flatten() {
            let path = format!("{path}/{key}");
            match name {
                "properties" => {
                    if let Some(schema) = argument.get(key) {
                        self.check(schema, member, &path)?;
                    }
                }
                "propertyNames" => self.check(argument, &Value::from(key.as_str()), &path)?,
                _ if listed.is_none_or(|listed| !listed.contains_key(key)) => self.check(argument, member, &path)?,
                _ => {}
            }
        }
        Ok(())
    }
}

fn types(argument: &Value) -> impl Iterator<Item = &str> {
    let many = argument.as_array().into_iter().flatten().filter_map(Value::as_str);
    argument.as_str().into_iter().chain(many)
}

fn is_of(name: &str, value: &Value) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("no type: {other}"),
    }
}

fn length(value: &Value) -> usize {
    value.as_u64().and_then(|number| usize::try_from(number).ok()).expect("a length")
}

fn matches(pattern: &str, text: &str) -> bool {
    static COMPILED: LazyLock<Mutex<BTreeMap<String, Regex>>> = LazyLock::new(Mutex::default);
    let mut compiled = COMPILED.lock().expect("no other thread failed here");
    let regex = compiled.entry(pattern.to_owned()).or_insert_with(|| Regex::new(pattern).expect("a pattern"));
    regex.is_match(text)
}

#[test]
fn each_keyword_is_checked() {
    use serde_json::json;
    let cases = [
        (json!({"type": ["integer", "null"], "minimum": 1, "maximum": 4}), json!(2), json!(5)),
        (json!({"type": "string", "pattern": "^a"}), json!("ab"), json!("b")),
        (json!({"enum": [1, "x"]}), json!("x"), json!("y")),
        (json!({"oneOf": [{"const": 1}, {"type": "number"}]}), json!(2), json!(1)),
        (json!({"anyOf": [{"const": 1}, {"const": 2}]}), json!(2), json!(3)),
        (json!({"allOf": [{"type": "number"}, {"not": {"const": 1}}]}), json!(2), json!(1)),
        (json!({"required": ["a"], "properties": {"a": {"type": "null"}}}), json!({"a": null}), json!({"a": 1})),
        (json!({"required": ["a"]}), json!({"a": null}), json!({})),
        (json!({"properties": {"a": true}, "additionalProperties": false}), json!({"a": 1}), json!({"b": 1})),
        (json!({"additionalProperties": {"type": "null"}}), json!({"a": null}), json!({"a": 1})),
        (json!({"propertyNames": {"pattern": "^a"}}), json!({"a": 1}), json!({"b": 1})),
        (json!({"items": {"const": 1}, "minItems": 1, "maxItems": 2}), json!([1, 1]), json!([1, 2])),
        (json!({"minItems": 1}), json!([1]), json!([])),
        (json!({"maxItems": 0}), json!([]), json!([1])),
        (json!({"if": {"const": 1}, "then": false, "else": {"const": 2}}), json!(2), json!(1)),
        (json!({"if": {"const": 1}, "else": {"const": 2}}), json!(1), json!(3)),
        (json!({"$ref": "#/definitions/a", "definitions": {"a": {"const": 1}}}), json!(1), json!(2)),
    ];
    for (schema, good, bad) in cases {
        assert_eq!(validate(&schema, &good), Ok(()), "{schema}");
        assert!(validate(&schema, &bad).is_err(), "{schema} takes {bad}");
    }
}
