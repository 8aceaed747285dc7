//! A dossier in a temporary folder, changed as a test wants it, and the command run on it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// The repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The reports of the samples, a county's apart.
pub(crate) const SAMPLES: &[(&str, i32)] = &[
    ("chongqing", 2023),
    ("demo", 2022),
    ("demo", 2023),
    ("huidong", 2021),
    ("hunan", 2018),
    ("national", 2023),
    ("national-project", 2023),
    ("sichuan", 2022),
];

/// The command, with nothing of the surroundings that could change its words.
pub(crate) fn jibao() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jibao"));
    command.env_remove("JIBAO_FONT_PATH").env_remove("SOURCE_DATE_EPOCH").env("NO_COLOR", "1");
    command
}

/// A copy of a dossier.
pub(crate) struct Dossier {
    folder: TempDir,
}

/// What a run gave.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Run {
    /// The findings of `--format json`, without the phrases of the template (JB5010), of which a new dossier is full.
    pub(crate) fn findings(&self) -> Vec<Value> {
        self.all_findings().into_iter().filter(|finding| finding["code"] != "JB5010").collect()
    }

    /// The findings of `--format json`, one a line.
    pub(crate) fn all_findings(&self) -> Vec<Value> {
        let lines = self.stdout.lines().chain(self.stderr.lines()).filter(|line| line.starts_with('{'));
        lines.map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }
}

impl Dossier {
    /// A copy of `samples/NAME` or `tests/cases/NAME`.
    pub(crate) fn copy_of(name: &str) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        copy(&root().join(name), folder.path());
        Self { folder }
    }

    /// What `init` writes.
    pub(crate) fn init() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let run = jibao().arg("init").arg(folder.path()).output().expect("the command runs");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        Self { folder }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Replaces a text in a file; it must be there.
    pub(crate) fn replace(self, file: &str, from: &str, to: &str) -> Self {
        let path = self.path().join(file);
        let text = std::fs::read_to_string(&path).expect("the file");
        assert!(text.contains(from), "{file} has no {from:?}");
        std::fs::write(path, text.replacen(from, to, 1)).expect("written");
        self
    }

    /// Leaves out everything from the line that begins with `key` on.
    pub(crate) fn cut_from(self, file: &str, key: &str) -> Self {
        let path = self.path().join(file);
        let text = std::fs::read_to_string(&path).expect("the file");
        let kept: Vec<&str> = text.lines().take_while(|line| !line.starts_with(key)).collect();
        assert!(kept.len() < text.lines().count(), "{file} has no line {key:?}");
        std::fs::write(path, kept.join("\n") + "\n").expect("written");
        self
    }

    pub(crate) fn write(self, file: &str, bytes: impl AsRef<[u8]>) -> Self {
        std::fs::write(self.path().join(file), bytes).expect("written");
        self
    }

    /// Runs a command of `jibao` with the dossier as its last argument.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        jibao().args(arguments).arg(self.path()).output().expect("the command runs").into()
    }

    /// `check --format json`.
    pub(crate) fn check(&self) -> Run {
        self.run(&["check", "--format", "json"])
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("the folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else if entry.path().extension().is_some_and(|e| e == "yaml") {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

/// Every text of a report's view, in order, without white space: what is printed.
pub(crate) fn printed(view: &jibao::compose::ReportView) -> String {
    fn collect(value: &Value, into: &mut String) {
        match value {
            Value::String(text) => into.push_str(text),
            Value::Array(items) => items.iter().for_each(|item| collect(item, into)),
            Value::Object(map) => map
                .iter()
                .filter(|(key, _)| !["t", "pad", "kind", "id", "align", "width", "size"].contains(&key.as_str()))
                .for_each(|(_, item)| collect(item, into)),
            _ => {}
        }
    }
    let mut text = String::new();
    // Each part by itself: a JSON object does not keep the order of its keys.
    for part in &view.body {
        let value = serde_json::to_value(part).expect("a block");
        for key in ["number", "caption", "text", "rest", "header", "rows", "note"] {
            if let Some(part) = value.get(key) {
                collect(part, &mut text);
            }
        }
    }
    for line in &view.title_lines {
        text.push_str(line);
    }
    let rest = serde_json::json!([view.attachment_note, view.signature, view.attachments]);
    collect(&rest, &mut text);
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
