//! Documents that hold every key, changed at every place in turn: what the parser refuses the schema refuses, and what the
//! parser takes the schema takes.

use std::fmt::Write;

use serde_json::json;

use super::documents::DOCUMENTS;
use super::*;

/// The fewest changes of a document of each kind.
const FEWEST: usize = 60;

/// Every place of a value, as a pointer.
fn places(value: &Value, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match value {
        Value::Object(map) => map.iter().for_each(|(key, member)| places(member, &format!("{at}/{key}"), into)),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| places(item, &format!("{at}/{i}"), into)),
        _ => {}
    }
}

/// A document with one thing changed, in each way.
fn changed(document: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    let mut pointers = Vec::new();
    places(document, "", &mut pointers);
    let others =
        [json!(null), json!([]), json!({}), json!("文字"), json!(3), json!(true), json!(["甲"]), json!({"甲": 1})];
    for pointer in &pointers {
        for other in &others {
            let mut copy = document.clone();
            *copy.pointer_mut(pointer).unwrap() = other.clone();
            all.push(copy);
        }
        if let Some(map) = document.pointer(pointer).and_then(Value::as_object) {
            let mut copy = document.clone();
            copy.pointer_mut(pointer).unwrap()["不认识"] = json!(1);
            all.push(copy);
            for key in map.keys() {
                let mut copy = document.clone();
                copy.pointer_mut(pointer).and_then(Value::as_object_mut).unwrap().remove(key);
                all.push(copy);
            }
        }
    }
    all
}

/// What no schema can say: it has to do with several places at once, or with the profiles that are at hand.
fn beyond_schemas(error: &Diagnostic) -> bool {
    error.message.ends_with("这个体例")
        || ["接排的标题后面要有一段文字", "标题只有四级", "级别 1 不对", "级别 2 不对", "级别 3 不对"]
            .iter()
            .any(|text| error.message.starts_with(text))
}

#[test]
fn schema_and_parser_agree_wherever_a_document_is_changed() {
    let bench = Bench::new();
    let mut disagreements = String::new();
    for (kind, text) in DOCUMENTS {
        let schema = schema_of(*kind);
        let document = json_of(text).unwrap();
        assert_eq!(validate(&schema, &document), Ok(()), "{}", kind.name());
        assert!(!said(&bench.errors(*kind, text)), "{}: {:?}", kind.name(), bench.errors(*kind, text));
        let changes = changed(&document);
        assert!(changes.len() >= FEWEST, "{}: {}", kind.name(), changes.len());
        for change in changes {
            // JSON is YAML; words stand in quotes.
            let mut errors = bench.errors(*kind, &format!("{change:#}\n"));
            errors.retain(|error| !beyond_schemas(error));
            let verdict = validate(&schema, &change);
            if said(&errors) && verdict.is_ok() {
                writeln!(disagreements, "{} takes {change}\n  {:?}", kind.name(), errors[0].message).unwrap();
            } else if errors.is_empty() && verdict.is_err() {
                writeln!(disagreements, "{} refuses {change}\n  {verdict:?}", kind.name()).unwrap();
            }
        }
    }
    assert!(disagreements.is_empty(), "{disagreements}");
}
