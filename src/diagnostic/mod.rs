//! Findings: what is wrong, where, and how to mend it.

mod code;
mod counts;
mod github;
mod json;
mod render;
mod sarif;
mod some;
mod unseen;

pub use code::{Code, Severity};
pub use counts::Counts;
pub use github::to_github_command;
pub use json::to_json_line;
pub use render::{Renderer, Style};
pub use sarif::SarifLog;
pub(crate) use some::some_of;
pub(crate) use unseen::drop_unseen;
pub use unseen::{is_unseen, seen};

use rust_decimal::Decimal;

use crate::source::Place;

/// One finding. Its message stands alone in the short format; places and hints add to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code, such as `JB2001`.
    pub code: Code,
    /// How serious it is; the code's own severity unless a setting of the dossier says otherwise.
    pub severity: Severity,
    /// One terse sentence with the values concerned.
    pub message: String,
    /// Where it is; `None` only where a whole file or folder is missing.
    pub place: Option<Place>,
    /// What stands at the place.
    pub label: String,
    /// The other places that take part, each with what stands there.
    pub labels: Vec<Label>,
    /// Ways to mend it.
    pub hints: Vec<String>,
    /// The name by which an acknowledgement (已知差异) refers to the finding: a figure's path or an identity's name.
    pub subject: Option<String>,
    /// How far two numbers are apart, where the finding is that they are: what an acknowledgement may pin down.
    pub difference: Option<Decimal>,
    /// The author's reason, once the finding is acknowledged: it no longer blocks.
    pub acknowledged: Option<String>,
}

/// A secondary place of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What stands there.
    pub message: String,
}

impl Diagnostic {
    /// A finding of the code's own severity, with neither place nor hint yet.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: seen(&message.into()),
            place: None,
            label: String::new(),
            labels: Vec::new(),
            hints: Vec::new(),
            subject: None,
            difference: None,
            acknowledged: None,
        }
    }

    /// Sets the primary place, where there is one.
    #[must_use]
    pub fn at(mut self, place: impl Into<Option<Place>>) -> Self {
        self.place = place.into().or(self.place);
        self
    }

    /// Sets what stands at the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    /// Adds a secondary place.
    #[must_use]
    pub fn also(mut self, place: Place, message: impl Into<String>) -> Self {
        self.labels.push(Label { place, message: message.into() });
        self
    }

    /// Adds a way to mend it.
    #[must_use]
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hints.push(text.into());
        self
    }

    /// Sets the name that an acknowledgement refers to.
    #[must_use]
    pub fn subject(mut self, name: impl Into<String>) -> Self {
        self.subject = Some(name.into());
        self
    }

    /// Whether the finding stops a build: an error that nobody has acknowledged.
    pub fn blocks(&self) -> bool {
        self.severity == Severity::Error && self.acknowledged.is_none()
    }

    /// Whether the finding stops a report: an error, or a warning where warnings are denied, that nobody has acknowledged.
    pub fn stops(&self, deny_warnings: bool) -> bool {
        let warning = self.severity == Severity::Warning && self.acknowledged.is_none();
        self.blocks() || (deny_warnings && warning)
    }

    /// Adds the nearest known name, where there is one.
    #[must_use]
    pub fn suggest(self, near: Option<&str>) -> Self {
        match near {
            Some(near) => self.hint(format!("是不是想写“{near}”？")),
            None => self,
        }
    }
}

/// Puts findings in the order of their places: by file, then by offset, then by code.
pub fn sort(findings: &mut [Diagnostic]) {
    findings.sort_by_key(|d| (d.place, d.code));
}
