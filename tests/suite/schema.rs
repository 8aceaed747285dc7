//! The schemas say what the parser says: on every file of the samples and cases, on a table of small snippets, and on
//! documents that hold every key, changed at every place in turn.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jibao::diagnostic::{Code, Diagnostic, Severity};
use jibao::profile::{Library, Profile, embedded};
use jibao::schema::{Kind, schema};
use jibao::source::{Kind as Shape, Node, Scalar, Sources, Spanned, decode_text, parse};
use serde_json::{Map, Value};

use crate::support::{Dossier, Run, jibao, root};
use crate::validator::validate;

mod agree;
mod documents;
mod editors;
mod snippets;

const PROFILE: &str = "department-overall";

/// What a schema can say as well as the parser.
const SAID: [Code; 4] = [Code::JB1013, Code::JB1014, Code::JB1015, Code::JB1016];

fn profile() -> Arc<Profile> {
    embedded(PROFILE).expect("the profile")
}

fn schema_of(kind: Kind) -> Value {
    schema(kind, &profile(), &Library::default().names())
}

/// A text as an editor reads it: words by the core schema of YAML 1.2. None where it is no YAML.
fn json_of(text: &str) -> Option<Value> {
    let (mut sources, mut findings) = (Sources::default(), Vec::new());
    let file = decode_text("a.yaml", text.as_bytes().to_vec(), &mut sources, &mut findings)?;
    Some(value_of(&parse(&sources, file, None, &mut findings)?))
}

fn value_of(node: &Node) -> Value {
    match &node.kind {
        Shape::Scalar(scalar) => word_of(scalar),
        Shape::List(items) => items.iter().map(value_of).collect(),
        Shape::Map(entries) => {
            let members = entries.iter().map(|entry| (entry.key.clone(), value_of(&entry.value)));
            Value::Object(members.collect::<Map<_, _>>())
        }
    }
}

fn word_of(scalar: &Scalar) -> Value {
    let text = scalar.text.as_str();
    if !scalar.plain {
        return text.into();
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => true.into(),
        "false" | "False" | "FALSE" => false.into(),
        _ if is_number(text) => serde_json::from_str(text.trim_end_matches('.')).unwrap_or(Value::from(0)),
        _ => text.into(),
    }
}

fn is_number(text: &str) -> bool {
    let pattern = r"^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+)$";
    regex::Regex::new(pattern).is_ok_and(|number| number.is_match(text))
}

/// A folder in which the parser reads a text as any kind of file.
struct Bench {
    dossier: Dossier,
}

impl Bench {
    fn new() -> Self {
        let dossier = Dossier::init();
        let own = dossier.path().join("own/甲/indices");
        std::fs::create_dir_all(own).unwrap();
        Self { dossier }
    }

    fn file(kind: Kind) -> &'static str {
        match kind {
            Kind::Unit => "unit.yaml",
            Kind::Report => "2025/report.yaml",
            Kind::Figures => "2025/figures.yaml",
            Kind::Section => "2025/sections/02-overview.yaml",
            Kind::Scores => "2025/scores.yaml",
            Kind::Profile => "own/甲/profile.yaml",
            Kind::Indices => "own/甲/indices/a.yaml",
        }
    }

    /// The errors that the parser finds in the file.
    fn errors(&self, kind: Kind, text: &str) -> Vec<Diagnostic> {
        let path = self.dossier.path().join(Self::file(kind));
        let old = std::fs::read(&path).ok();
        std::fs::write(&path, text).unwrap();
        if kind == Kind::Indices {
            std::fs::write(self.dossier.path().join("own/甲/profile.yaml"), "名称: 甲\n").unwrap();
        }
        let (sources, findings) = match kind {
            Kind::Profile | Kind::Indices => self.read_profile(),
            _ => {
                let examined = jibao::examine(self.dossier.path(), 2025);
                (examined.sources, examined.findings)
            }
        };
        match old {
            Some(old) => std::fs::write(&path, old).unwrap(),
            None => std::fs::remove_file(&path).unwrap(),
        }
        let here = |finding: &Diagnostic| {
            finding.place.is_none_or(|place| sources.path(place.file).ends_with(Self::file(kind)))
        };
        findings.into_iter().filter(|finding| finding.severity == Severity::Error && here(finding)).collect()
    }

    fn read_profile(&self) -> (Sources, Vec<Diagnostic>) {
        let (mut sources, mut findings) = (Sources::default(), Vec::new());
        let library = Library::new(vec![self.dossier.path().join("own")]);
        library.find(&Spanned::from("甲".to_owned()), &mut sources, &mut findings);
        (sources, findings)
    }
}

/// Whether one of the findings is of a kind that a schema can say.
fn said(errors: &[Diagnostic]) -> bool {
    errors.iter().any(|error| SAID.contains(&error.code))
}
