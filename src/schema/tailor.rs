//! What a profile adds to the schemas of the types: its tables, its index systems, the names of profiles.

use serde_json::{Map, Value, json};

use super::Kind;
use crate::diagnostic::Code;
use crate::profile::{IndexSystem, Indicator, Profile, Rule};

/// Fits the schema of a type to a profile.
pub(super) fn tailor(kind: Kind, schema: &mut Value, profile: &Profile, profiles: &[String]) {
    match kind {
        Kind::Unit => suggest(schema, "/properties/体例", profiles),
        Kind::Profile => suggest(schema, "/properties/继承", profiles),
        Kind::Report => {
            tables(schema, profile);
            codes(schema);
        }
        Kind::Section => tables(schema, profile),
        Kind::Scores => systems(schema, profile),
        Kind::Figures | Kind::Indices => {}
    }
}

/// Names that an editor offers where another may stand as well.
fn suggest(schema: &mut Value, pointer: &str, names: &[String]) {
    let Some(property) = schema.pointer_mut(pointer).and_then(Value::as_object_mut) else { return };
    if let Some(types) = property.remove("type").filter(|_| !names.is_empty()) {
        property.insert("anyOf".to_owned(), json!([{"enum": names}, {"type": types}]));
    }
}

/// The names of the standard tables.
fn tables(schema: &mut Value, profile: &Profile) {
    let names: Vec<&str> = profile.tables.0.iter().map(|(name, _)| name.as_str()).collect();
    let by_name = schema.pointer_mut("/definitions/TableSource/anyOf/0");
    if let Some(by_name) = by_name.filter(|_| !names.is_empty()) {
        *by_name = json!({"description": "体例的标准表", "enum": names});
    }
}

/// The codes that may be acknowledged.
fn codes(schema: &mut Value) {
    let Some(code) = schema.pointer_mut("/definitions/Acknowledgement/properties/代码") else { return };
    let known = Code::ALL.iter().filter(|code| code.is_difference());
    let known: Vec<Value> = known.map(|code| json!({"const": code.as_str(), "description": code.title()})).collect();
    *code = json!({"description": code["description"], "oneOf": known});
}

/// The index systems by their ids, and for each the rows and slots that scores.yaml may fill in.
fn systems(schema: &mut Value, profile: &Profile) {
    if profile.systems.is_empty() {
        return;
    }
    let ids: Vec<Value> =
        profile.systems.iter().map(|system| json!({"const": system.id.value, "description": system.name})).collect();
    if let Some(id) = schema.pointer_mut("/properties/指标体系") {
        *id = json!({"description": id["description"], "oneOf": ids});
    }
    let rules: Vec<Value> = profile
        .systems
        .iter()
        .map(
            |system| json!({"if": {"properties": {"指标体系": {"const": system.id.value}}}, "then": filled_in(system)}),
        )
        .collect();
    schema["allOf"] = rules.into();
}

fn filled_in(system: &IndexSystem) -> Value {
    let rows: Map<String, Value> =
        system.indicators.iter().map(|row| (row.value.id.value.clone(), score(&row.value))).collect();
    json!({"properties": {
        "评分": {"properties": rows, "additionalProperties": false},
        "自设指标": own_indicators(system),
    }})
}

/// What may be said of a row: a score that people give cannot be put in place of one that no rule computes.
fn score(indicator: &Indicator) -> Value {
    let name = [&indicator.name, &indicator.level2, &indicator.level1].into_iter().find(|name| !name.is_empty());
    let name = name.map_or("", String::as_str);
    let mut description = format!("{name}，{} 分", indicator.weight.value.0.normalize());
    if !indicator.standard.is_empty() {
        description = format!("{description}：{}", indicator.standard);
    }
    let mut schema = json!({"description": description, "allOf": [{"$ref": "#/definitions/Given"}]});
    if !matches!(indicator.rule, Rule::Ratio(_) | Rule::Bands(_) | Rule::Deduct(_)) {
        schema["properties"] = json!({"改定": {"type": "null"}});
    }
    schema
}

/// The slots that the unit's own indicators may fill, and the tiers of qualitative ones.
fn own_indicators(system: &IndexSystem) -> Value {
    let rows = system.indicators.iter().map(|row| &row.value);
    let slots: Vec<&str> = rows.filter(|row| matches!(row.rule, Rule::Own)).map(|row| row.level1.as_str()).collect();
    if slots.is_empty() {
        return json!({"maxItems": 0});
    }
    let mut properties = json!({"一级": {"enum": slots}});
    let tiers: Vec<Value> = system.tiers.iter().map(|tier| tier.name.as_str().into()).chain([Value::Null]).collect();
    properties["档次"] = json!({"enum": tiers});
    json!({"items": {"properties": properties}})
}
