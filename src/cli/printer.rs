//! Where words go: what was asked for to standard output, all else to standard error.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};

use super::args::{ColorChoice, FindingFormat};
use crate::diagnostic::{Code, Diagnostic, Renderer, SarifLog, Style, to_github_command, to_json_line};
use crate::source::Sources;

/// Writes to the two streams. A reader that has gone away (`jibao check | head`) is no error; a full disk is.
pub(super) struct Printer {
    color: ColorChoice,
    quiet: bool,
    failure: RefCell<Option<io::Error>>,
    /// The findings shown already: several years of a dossier share files.
    shown: RefCell<BTreeSet<String>>,
    /// The codes of which it was said how they are explained.
    explained: RefCell<BTreeSet<Code>>,
    /// The one document that holds all findings, and where it goes in the end.
    document: RefCell<Option<(Stream, SarifLog)>>,
}

/// A stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    Out,
    Err,
}

impl Printer {
    pub(super) fn new(color: ColorChoice, quiet: bool) -> Self {
        Self {
            color,
            quiet,
            failure: RefCell::default(),
            shown: RefCell::default(),
            explained: RefCell::default(),
            document: RefCell::default(),
        }
    }

    /// What was asked for.
    pub(super) fn result(&self, text: &str) {
        self.write(Stream::Out, text);
    }

    /// What was asked for, in bytes.
    pub(super) fn bytes(&self, data: &[u8]) {
        self.keep(Self::put(Stream::Out, data));
    }

    /// A remark, unless silence is asked for or the stream is to hold a document and nothing else.
    pub(super) fn remark(&self, stream: Stream, text: &str) {
        let reserved = self.document.borrow().as_ref().is_some_and(|(reserved, _)| *reserved == stream);
        if !self.quiet && !reserved {
            self.write(stream, text);
        }
    }

    /// What is wrong with the run as a whole.
    pub(super) fn complain(text: &str) {
        let _ = Self::put(Stream::Err, format!("jibao: {text}\n").as_bytes());
    }

    /// Begins the output of findings: a format that is one document reserves the stream for it.
    pub(super) fn begin(&self, stream: Stream, format: FindingFormat) {
        if format == FindingFormat::Sarif {
            *self.document.borrow_mut() = Some((stream, SarifLog::default()));
        }
    }

    /// Ends it: the document is written, if there is one.
    pub(super) fn end(&self) {
        if let Some((stream, log)) = self.document.take() {
            self.write(stream, &log.finish());
        }
    }

    /// Findings, in a format, to a stream.
    pub(super) fn findings<'a>(
        &self,
        stream: Stream,
        format: FindingFormat,
        findings: impl IntoIterator<Item = &'a Diagnostic>,
        sources: &Sources,
    ) {
        let renderer = Renderer {
            style: if format == FindingFormat::Short { Style::Short } else { Style::Human },
            color: self.colored(stream),
        };
        for finding in findings {
            let text = match format {
                FindingFormat::Sarif => {
                    self.document.borrow_mut().iter_mut().for_each(|(_, log)| log.add(finding, sources));
                    continue;
                }
                FindingFormat::Json => to_json_line(finding, sources) + "\n",
                FindingFormat::Github => to_github_command(finding, sources),
                FindingFormat::Human | FindingFormat::Short => renderer.render(finding, sources),
            };
            if !self.shown.borrow_mut().insert(text.clone()) {
                continue;
            }
            let first = format == FindingFormat::Human && self.explained.borrow_mut().insert(finding.code);
            let text = if first { renderer.render_with_explanation(finding, sources) } else { text };
            self.write(stream, &text);
        }
    }

    /// What went wrong with writing, if anything did.
    pub(super) fn failure(&self) -> Option<String> {
        self.failure.borrow().as_ref().map(|error| format!("输出写不出去：{error}"))
    }

    /// Whether silence is asked for.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Whether a stream takes colour.
    pub(super) fn colored(&self, stream: Stream) -> bool {
        match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                let terminal = match stream {
                    Stream::Out => io::stdout().is_terminal(),
                    Stream::Err => io::stderr().is_terminal(),
                };
                terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        }
    }

    fn write(&self, stream: Stream, text: &str) {
        self.keep(Self::put(stream, text.as_bytes()));
    }

    fn put(stream: Stream, data: &[u8]) -> io::Result<()> {
        match stream {
            Stream::Out => {
                let mut out = io::stdout().lock();
                out.write_all(data)?;
                out.flush()
            }
            Stream::Err => io::stderr().lock().write_all(data),
        }
    }

    fn keep(&self, result: io::Result<()>) {
        if let Err(error) = result
            && error.kind() != io::ErrorKind::BrokenPipe
        {
            self.failure.borrow_mut().get_or_insert(error);
        }
    }
}
