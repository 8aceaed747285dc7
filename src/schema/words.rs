//! What a word of YAML may look like: the parser takes any scalar for a text, and 是 and 否 for true and false.

use schemars::Schema;
use serde_json::{Map, Value, json};

/// Describes the one key of a map by what describes the map: editors show what stands at the key.
fn describe_only_key(map: &mut Map<String, Value>) {
    let required = map.get("required").and_then(Value::as_array);
    let Some([Value::String(key)]) = required.map(Vec::as_slice) else { return };
    let pointer = format!("/{key}");
    let single = |properties: &Value| properties.as_object().is_some_and(|all| all.len() == 1);
    if !map.get("properties").is_some_and(single) {
        return;
    }
    let Some(description) = map.remove("description") else { return };
    if let Some(member) = map.get_mut("properties").and_then(|properties| properties.pointer_mut(&pointer)) {
        *member = json!({"description": description, "allOf": [member.take()]});
    }
}

/// Widens the types that serde's derive names to what the parser reads.
pub(super) fn as_written(schema: &mut Schema) {
    let Some(map) = schema.as_object_mut() else { return };
    describe_only_key(map);
    if map.get("default").is_some_and(|default| *default == json!([]) || *default == json!("")) {
        map.remove("default");
    }
    let (word, null) = match map.get("type") {
        Some(Value::String(word)) => (word.clone(), false),
        Some(Value::Array(words)) => match words.as_slice() {
            // One word in brackets: nothing but this, see Date.
            [Value::String(word)] => {
                let only = word.clone();
                map.insert("type".to_owned(), only.into());
                return;
            }
            [Value::String(word), Value::String(null)] if null == "null" => (word.clone(), true),
            _ => return,
        },
        _ => return,
    };
    let mut types = match word.as_str() {
        "string" if !map.contains_key("enum") && !map.contains_key("const") => vec!["string", "number", "boolean"],
        "integer" => {
            map.remove("format");
            map.insert("pattern".to_owned(), "^[0-9]+$".into());
            vec!["integer", "string"]
        }
        "boolean" => {
            map.remove("type");
            map.insert("enum".to_owned(), json!([true, false, "是", "否"]));
            return;
        }
        _ => return,
    };
    if null {
        types.push("null");
    }
    map.insert("type".to_owned(), json!(types));
}
