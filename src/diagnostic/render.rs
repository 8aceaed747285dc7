//! Findings for people: with the line and a caret, or one line each.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer as Snippets, Snippet, renderer::DecorStyle};

use super::{Diagnostic, Severity};
use crate::source::{FileId, Place, Sources};

/// The longest line shown in full, in characters; a longer one is cut around its place.
const LINE_LIMIT: usize = 96;

/// How findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// With the source line, a caret, the other places and the hints.
    Human,
    /// One line: place, severity, code, message.
    Short,
}

/// Turns findings into text.
#[derive(Debug, Clone, Copy)]
pub struct Renderer {
    /// The style.
    pub style: Style,
    /// Whether to colour the text by ANSI codes.
    pub color: bool,
}

impl Renderer {
    /// The finding as text that ends in a line break.
    pub fn render(self, finding: &Diagnostic, sources: &Sources) -> String {
        match self.style {
            Style::Human => self.human(finding, sources, false),
            Style::Short => short(finding, sources),
        }
    }

    /// The same, which in the human style says at its end how the code is explained.
    pub fn render_with_explanation(self, finding: &Diagnostic, sources: &Sources) -> String {
        match self.style {
            Style::Human => self.human(finding, sources, true),
            Style::Short => short(finding, sources),
        }
    }

    fn human(self, finding: &Diagnostic, sources: &Sources, explain: bool) -> String {
        let level = level(finding);
        let mut group = Group::with_title(level.primary_title(finding.message.as_str()).id(finding.code.as_str()));
        for (file, marks) in by_file(finding) {
            let text = sources.text(file);
            let marks: Vec<_> =
                marks.into_iter().map(|(kind, place, label)| (kind, visible(text, place), label)).collect();
            let Window { first, lines } = window(sources, file, marks.iter().map(|(_, range, _)| range));
            let mut snippet = Snippet::source(sources.slice(lines)).line_start(first).path(sources.path(file));
            for (kind, Range { start, end }, label) in marks {
                snippet = snippet.annotation(kind.span(start - lines.start..end - lines.start).label(label));
            }
            group = group.element(snippet);
        }
        for hint in &finding.hints {
            group = group.element(Level::HELP.with_name("办法").message(hint.as_str()));
        }
        if let Some(reason) = &finding.acknowledged {
            group = group.element(Level::NOTE.with_name("已知差异").message(reason.as_str()));
        } else if let (Some(subject), true) = (&finding.subject, finding.code.is_difference()) {
            let text = format!(
                "确属已知差异的，在 report.yaml 的 已知差异 中写 代码: {}，位置: {subject}，并说明理由",
                finding.code.as_str()
            );
            group = group.element(Level::NOTE.with_name("登记").message(text));
        }
        if explain {
            let command = format!("jibao explain {}", finding.code.as_str());
            group = group.element(Level::NOTE.with_name("说明").message(command));
        }
        let renderer = if self.color { Snippets::styled() } else { Snippets::plain() };
        let mut text = renderer.decor_style(DecorStyle::Unicode).term_width(LINE_LIMIT).render(&[group]);
        text.push_str("\n\n");
        text
    }
}

fn level(finding: &Diagnostic) -> Level<'static> {
    if finding.acknowledged.is_some() {
        return Level::NOTE.with_name("已知");
    }
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::INFO,
    };
    level.with_name(finding.severity.name())
}

type Marks<'a> = Vec<(AnnotationKind, Place, &'a str)>;

/// The places of a finding, grouped by file; the primary place's file first.
fn by_file(finding: &Diagnostic) -> Vec<(FileId, Marks<'_>)> {
    let primary = finding.place.map(|place| (AnnotationKind::Primary, place, finding.label.as_str()));
    let others = finding.labels.iter().map(|l| (AnnotationKind::Context, l.place, l.message.as_str()));
    let mut files: Vec<(FileId, Marks<'_>)> = Vec::new();
    for mark in primary.into_iter().chain(others) {
        match files.iter_mut().find(|(file, _)| *file == mark.1.file) {
            Some((_, marks)) => marks.push(mark),
            None => files.push((mark.1.file, vec![mark])),
        }
    }
    files
}

/// The lines of a file that a finding is about.
struct Window {
    /// The number of the first, from 1.
    first: usize,
    lines: Place,
}

/// The lines from the first stretch to the last. The whole of a long file would be looked through for each of its findings.
fn window<'r>(sources: &Sources, file: FileId, stretches: impl Iterator<Item = &'r Range<usize>> + Clone) -> Window {
    let line = |offset: usize| sources.position(file, offset).line;
    let first = line(stretches.clone().map(|stretch| stretch.start).min().unwrap_or(0));
    let last = line(stretches.map(|stretch| stretch.end).max().unwrap_or(0));
    let lines = Place { end: sources.line(file, last).end, ..sources.line(file, first) };
    Window { first, lines }
}

/// The part of a place that is underlined: its first line, and at least nothing that is not in the file.
fn visible(text: &str, place: Place) -> std::ops::Range<usize> {
    let start = text.floor_char_boundary(place.start);
    let end = text.ceil_char_boundary(place.end.max(start));
    let first_line = text[start..end].find('\n').map_or(end, |at| start + at);
    start..first_line
}

fn short(finding: &Diagnostic, sources: &Sources) -> String {
    let place = finding.place.map_or_else(String::new, |place| {
        let at = sources.position(place.file, place.start);
        format!("{}:{}:{}: ", sources.path(place.file), at.line, at.column)
    });
    let name = if finding.acknowledged.is_some() { "已知" } else { finding.severity.name() };
    let line = format!("{place}{name}[{}]: {}", finding.code.as_str(), finding.message);
    // One finding, one line: a name may hold a line break, or a command of the terminal.
    line.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).chain(['\n']).collect()
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;
    use crate::diagnostic::Code;

    const TEXT: &str = "单位: 万元\n  人员经费（含补助）: 284.00\n";

    fn rendered(wanted: &str, explain: bool) -> String {
        let mut sources = Sources::default();
        let file = sources.add("figures.yaml", TEXT.to_owned());
        let start = TEXT.find(wanted).unwrap();
        let finding = Diagnostic::new(Code::JB2001, "甲").at(Place { file, start, end: start + wanted.len() });
        let renderer = Renderer { style: Style::Human, color: false };
        if explain { renderer.render_with_explanation(&finding, &sources) } else { renderer.render(&finding, &sources) }
    }

    /// A hanzi takes two columns of a terminal: counted as one, the caret would stand too far to the left.
    #[test]
    fn the_caret_stands_under_its_place_behind_wide_characters() {
        for wanted in ["284.00", "补助", "万元"] {
            let text = rendered(wanted, false);
            let lines: Vec<&str> = text.lines().collect();
            let row = lines.iter().position(|line| line.contains("│") && line.contains(wanted)).unwrap();
            let (before, _) = lines[row].split_once(wanted).unwrap();
            let (blank, caret) = lines[row + 1].split_at(lines[row + 1].find('━').unwrap());
            assert_eq!(blank.width(), before.width(), "{text}");
            assert_eq!(caret.chars().filter(|&c| c == '━').count(), wanted.width(), "{text}");
        }
    }

    #[test]
    fn lines_have_the_numbers_that_they_have_in_the_file() {
        let mut sources = Sources::default();
        let text = (1..=200).map(|line| format!("甲{line}: 1\n")).collect::<Vec<_>>().concat();
        let file = sources.add("figures.yaml", text.clone());
        let place = |wanted: &str| {
            let start = text.find(wanted).unwrap();
            Place { file, start, end: start + wanted.len() }
        };
        let finding = Diagnostic::new(Code::JB2001, "甲").at(place("甲120")).also(place("甲117"), "乙");
        let shown = Renderer { style: Style::Human, color: false }.render(&finding, &sources);
        for expected in ["figures.yaml:120:1\n", "\n117 │ 甲117: 1\n", "\n120 │ 甲120: 1\n"] {
            assert!(shown.contains(expected), "{shown}");
        }
    }

    #[test]
    fn the_way_to_the_explanation_closes_a_finding_where_it_is_asked_for() {
        let last = |text: &str| text.trim_end().lines().last().unwrap_or_default().to_owned();
        assert!(last(&rendered("284.00", true)).ends_with("说明: jibao explain JB2001"));
        assert!(!rendered("284.00", false).contains("explain"));
    }
}
