//! The computed figures and scores that a PDF carries, against those that its data give.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Difference, Kind};

/// What the rows of a list are known by.
const KEYS: [&str; 2] = ["path", "id"];

type Rows = BTreeMap<String, Map<String, Value>>;

/// What differs between a list in the PDF and the one that its data give.
pub(super) fn differences(path: &str, of_pdf: &[u8], again: &[u8]) -> Vec<Difference> {
    if of_pdf == again {
        return Vec::new();
    }
    let (Some(of_pdf), Some(again)) = (rows(of_pdf), rows(again)) else {
        return vec![Difference::of_file(path, "读不懂，是程序写出之后改过的")];
    };
    let mut found = Vec::new();
    for (name, row) in &of_pdf {
        match again.get(name) {
            Some(again) => found.extend(fields(path, name, row, again)),
            None => found.push(row_difference(path, name, "是多出来的，按所附的数据没有")),
        }
    }
    let lost = again.keys().filter(|name| !of_pdf.contains_key(*name));
    found.extend(lost.map(|name| row_difference(path, name, "没有，按所附的数据应当有")));
    if found.is_empty() {
        found.push(Difference::of_file(path, "是程序写出之后改过的，各数未变"));
    }
    found
}

fn row_difference(path: &str, name: &str, what: &str) -> Difference {
    let message = format!("附件 {path} 里“{name}”{what}");
    Difference { subject: Some(name.to_owned()), ..Difference::new(Kind::Figure, message) }
}

fn rows(text: &[u8]) -> Option<Rows> {
    let list: Vec<Map<String, Value>> = serde_json::from_slice(text).ok()?;
    Some(list.into_iter().map(|row| (name(&row), row)).collect())
}

/// What a row is known by; the sum of a score sheet has no name of its own.
fn name(row: &Map<String, Value>) -> String {
    let known = KEYS.iter().find_map(|key| row.get(*key)?.as_str());
    known.unwrap_or("总分").to_owned()
}

/// The fields of a row that differ. Where the exact value does, its print does so as well, and one of them is enough.
fn fields(path: &str, name: &str, of_pdf: &Map<String, Value>, again: &Map<String, Value>) -> Vec<Difference> {
    let mut keys: Vec<&String> = of_pdf.keys().chain(again.keys()).collect();
    keys.sort();
    keys.dedup();
    let differs = |key: &str| of_pdf.get(key) != again.get(key);
    let told_twice = |key: &str| key == "printed" && differs("value");
    let keys = keys.into_iter().filter(|key| differs(key) && !told_twice(key));
    keys.map(|key| {
        let (found, expected) = (shown(of_pdf.get(key)), shown(again.get(key)));
        let what = match key.as_str() {
            "value" | "printed" | "score" | "total" => String::new(),
            other => format!("的 {other}"),
        };
        let message = format!("“{name}”{what}：附件 {path} 里是 {found}，按所附的数据重算是 {expected}");
        let difference = Difference { subject: Some(name.to_owned()), ..Difference::new(Kind::Figure, message) };
        difference.sides(Some(&found), Some(&expected))
    })
    .collect()
}

fn shown(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "（无）".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_figure_is_named_with_both_sides() {
        let before = br#"[{"path":"a","value":"1.50","printed":"1.50"},{"path":"b","value":"2"}]"#;
        let after = br#"[{"path":"a","value":"1.60","printed":"1.60"},{"path":"c","value":"2"}]"#;
        let found = differences("x.json", after, before);
        let sides: Vec<_> =
            found.iter().map(|d| (d.subject.as_deref(), d.found.as_deref(), d.expected.as_deref())).collect();
        assert_eq!(sides, [(Some("a"), Some("1.60"), Some("1.50")), (Some("c"), None, None), (Some("b"), None, None)]);
        assert_eq!(differences("x.json", before, before), []);
        assert_eq!(differences("x.json", b"{", before).len(), 1);
        assert_eq!(differences("x.json", br#"[ {"path":"a","value":"1"}]"#, br#"[{"path":"a","value":"1"}]"#).len(), 1);
    }
}
