//! Findings as one SARIF 2.1.0 document, for code scanning and for editors
//! (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>; the numbers below are its sections).

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::{Value, json};

use super::{Code, Diagnostic, Severity};
use crate::source::{Place, Sources};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The findings of a run, over all its reports: one document has them all.
#[derive(Debug, Default)]
pub struct SarifLog {
    results: Vec<(Code, Value)>,
    seen: BTreeSet<String>,
}

impl SarifLog {
    /// Adds a finding, unless it is there already: several years of a dossier share files.
    pub fn add(&mut self, finding: &Diagnostic, sources: &Sources) {
        let result = result(finding, sources);
        if self.seen.insert(result.to_string()) {
            self.results.push((finding.code, result));
        }
    }

    /// The document, which ends in a line break. Without findings it says that nothing was found.
    pub fn finish(self) -> String {
        let codes: BTreeSet<Code> = self.results.iter().map(|(code, _)| *code).collect();
        let rules: Vec<Value> = codes.iter().map(|code| rule(*code)).collect();
        let results: Vec<Value> = self
            .results
            .into_iter()
            .map(|(code, mut result)| {
                result["ruleIndex"] = codes.range(..code).count().into();
                result
            })
            .collect();
        let driver = json!({
            "name": "jibao",
            "version": env!("CARGO_PKG_VERSION"),
            "language": "zh-CN",
            "rules": rules,
        });
        let run = json!({"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results});
        let log = json!({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]});
        format!("{log:#}\n")
    }
}

/// A code as a rule (3.49).
fn rule(code: Code) -> Value {
    json!({
        "id": code.as_str(),
        "shortDescription": {"text": code.title()},
        "fullDescription": {"text": code.meaning()},
        "help": {"text": code.explanation(), "markdown": code.explanation()},
        "defaultConfiguration": {"level": level(code.severity())},
    })
}

/// A finding as a result (3.27).
fn result(finding: &Diagnostic, sources: &Sources) -> Value {
    let hints = finding.hints.iter().map(|hint| format!("\n办法: {hint}"));
    let text: String = std::iter::once(finding.message.clone()).chain(hints).collect();
    let locations: Vec<Value> =
        finding.place.into_iter().map(|place| location(place, &finding.label, sources)).collect();
    let related: Vec<Value> = finding
        .labels
        .iter()
        .enumerate()
        .map(|(i, label)| {
            let mut location = location(label.place, &label.message, sources);
            location["id"] = (i + 1).into();
            location
        })
        .collect();
    json!({
        "ruleId": finding.code.as_str(),
        "level": level(finding.severity),
        "message": {"text": text},
        "locations": locations,
        "relatedLocations": related,
        "suppressions": suppressions(finding),
    })
}

/// An acknowledged finding is suppressed by report.yaml, not by a comment at its place: `external` (3.35.2). Results
/// either all have suppressions or all have none (3.27.23), so that an empty list stands with the others.
fn suppressions(finding: &Diagnostic) -> Vec<Value> {
    let accepted = |reason: &String| json!({"kind": "external", "status": "accepted", "justification": reason});
    finding.acknowledged.iter().map(accepted).collect()
}

fn location(place: Place, message: &str, sources: &Sources) -> Value {
    let (start, end) = (sources.position(place.file, place.start), sources.position(place.file, place.end));
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": {"uri": uri(sources.path(place.file))},
            "region": {
                "startLine": start.line,
                "startColumn": start.column,
                "endLine": end.line,
                "endColumn": end.column,
            },
        },
    });
    if !message.is_empty() {
        location["message"] = json!({"text": message});
    }
    location
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

/// A path as a URI: relative as it is, absolute with its scheme (RFC 3986, RFC 8089).
fn uri(path: &str) -> String {
    let drive = path.as_bytes().get(1) == Some(&b':');
    let lead = match path {
        _ if drive => "file:///",
        path if path.starts_with('/') => "file://",
        _ => "",
    };
    let mut uri = lead.to_owned();
    for (i, byte) in path.bytes().enumerate() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            b':' if drive && i == 1 => uri.push(':'),
            other => {
                let _ = write!(uri, "%{other:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(log: SarifLog) -> Value {
        serde_json::from_str(&log.finish()).unwrap()
    }

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("mine/2025/figures.yaml"), "mine/2025/figures.yaml");
        assert_eq!(uri("甲 乙/50%:1.yaml"), "%E7%94%B2%20%E4%B9%99/50%25%3A1.yaml");
        assert_eq!(uri("/a/b.yaml"), "file:///a/b.yaml");
        assert_eq!(uri("C:/a/b.yaml"), "file:///C:/a/b.yaml");
    }

    #[test]
    fn nothing_found_is_a_run_with_no_results() {
        let log = parsed(SarifLog::default());
        assert_eq!(log["version"], "2.1.0");
        assert_eq!(log["runs"].as_array().unwrap().len(), 1);
        assert_eq!(log["runs"][0]["results"], json!([]));
        assert_eq!(log["runs"][0]["tool"]["driver"]["rules"], json!([]));
    }

    #[test]
    fn each_code_is_one_rule_and_each_finding_one_result() {
        let mut log = SarifLog::default();
        let sources = Sources::default();
        for code in [Code::JB3001, Code::JB1004, Code::JB3001, Code::JB2002] {
            log.add(&Diagnostic::new(code, code.title()), &sources);
        }
        let log = parsed(log);
        let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
        let ids: Vec<_> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
        assert_eq!(ids, ["JB1004", "JB2002", "JB3001"]);
        let results = log["runs"][0]["results"].as_array().unwrap();
        let rows: Vec<_> = results.iter().map(|r| (r["ruleId"].clone(), r["ruleIndex"].clone())).collect();
        assert_eq!(rows, [("JB3001", 2), ("JB1004", 0), ("JB2002", 1)].map(|(id, index)| (json!(id), json!(index))));
        assert_eq!(results[1]["level"], "note");
    }

    #[test]
    fn an_acknowledged_finding_is_suppressed_with_its_reason() {
        let mut finding = Diagnostic::new(Code::JB2001, "甲");
        finding.acknowledged = Some("批复如此".to_owned());
        let mut log = SarifLog::default();
        log.add(&finding, &Sources::default());
        let expected = json!([{"kind": "external", "status": "accepted", "justification": "批复如此"}]);
        assert_eq!(parsed(log)["runs"][0]["results"][0]["suppressions"], expected);
    }
}
