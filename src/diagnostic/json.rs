//! One finding a line, for machines.

use serde_json::{Value, json};

use super::Diagnostic;
use crate::source::{Place, Sources};

/// The finding as one line of JSON (schema 1), without the line break.
///
/// Lines and columns count from 1; columns count characters.
pub fn to_json_line(finding: &Diagnostic, sources: &Sources) -> String {
    let mut object = json!({
        "schema": 1,
        "code": finding.code.as_str(),
        "severity": finding.severity.id(),
        "message": finding.message,
    });
    if let (Some(place), Value::Object(map)) = (finding.place, &mut object) {
        map.extend(location(place, sources));
    }
    object["labels"] = finding
        .labels
        .iter()
        .map(|label| {
            let mut entry = location(label.place, sources);
            entry.insert("message".into(), label.message.clone().into());
            Value::Object(entry)
        })
        .collect();
    object["hints"] = finding.hints.clone().into();
    object["subject"] = finding.subject.clone().into();
    object["acknowledged"] = finding.acknowledged.clone().into();
    object.to_string()
}

fn location(place: Place, sources: &Sources) -> serde_json::Map<String, Value> {
    let (start, end) = (sources.position(place.file, place.start), sources.position(place.file, place.end));
    let mut map = serde_json::Map::new();
    map.insert("file".into(), sources.path(place.file).into());
    map.insert("line".into(), start.line.into());
    map.insert("column".into(), start.column.into());
    map.insert("end_line".into(), end.line.into());
    map.insert("end_column".into(), end.column.into());
    map
}
