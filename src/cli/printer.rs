//! Where words go: what was asked for to standard output, all else to standard error.

use std::io::{self, IsTerminal, Write};

use super::args::{ColorChoice, FindingFormat};
use crate::diagnostic::{Diagnostic, Renderer, Style, to_json_line};
use crate::source::Sources;

/// Writes to the two streams. A reader that has gone away is no error.
pub(super) struct Printer {
    color: ColorChoice,
    quiet: bool,
}

/// A stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    Out,
    Err,
}

impl Printer {
    pub(super) fn new(color: ColorChoice, quiet: bool) -> Self {
        Self { color, quiet }
    }

    /// What was asked for.
    pub(super) fn result(text: &str) {
        Self::write(Stream::Out, text);
    }

    /// What was asked for, in bytes.
    pub(super) fn bytes(data: &[u8]) {
        let mut out = io::stdout().lock();
        let _ = out.write_all(data).and_then(|()| out.flush());
    }

    /// A remark, unless silence is asked for.
    pub(super) fn remark(&self, stream: Stream, text: &str) {
        if !self.quiet {
            Self::write(stream, text);
        }
    }

    /// What is wrong with the run as a whole.
    pub(super) fn complain(text: &str) {
        Self::write(Stream::Err, &format!("jibao: {text}\n"));
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
                FindingFormat::Json => to_json_line(finding, sources) + "\n",
                FindingFormat::Human | FindingFormat::Short => renderer.render(finding, sources),
            };
            Self::write(stream, &text);
        }
    }

    fn colored(&self, stream: Stream) -> bool {
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

    fn write(stream: Stream, text: &str) {
        // A closed pipe (`jibao check | head`) ends the listing, not the program.
        let _ = match stream {
            Stream::Out => io::stdout().lock().write_all(text.as_bytes()),
            Stream::Err => io::stderr().lock().write_all(text.as_bytes()),
        };
    }
}
