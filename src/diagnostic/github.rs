//! Findings as workflow commands of GitHub Actions, which shows them beside the lines concerned.
//!
//! The form is that of the runner: `::error file=…,line=…::message`, with `%`, line breaks and, in properties, `:` and `,`
//! written as `%25`, `%0A`, `%3A`, `%2C`
//! (<https://docs.github.com/actions/reference/workflow-commands-for-github-actions>).

use std::fmt::Write;

use super::{Diagnostic, Severity};
use crate::source::{Place, Sources};

/// The finding as one command that ends in a line break. The other places and the hints are lines of its message.
pub fn to_github_command(finding: &Diagnostic, sources: &Sources) -> String {
    let title = format!("{} {}", finding.code.as_str(), finding.code.title());
    let place = finding.place.map_or_else(String::new, |place| location(place, sources));
    format!("::{} {place}title={}::{}\n", command(finding), property(&title), data(&message(finding, sources)))
}

fn command(finding: &Diagnostic) -> &'static str {
    match finding.severity {
        _ if finding.acknowledged.is_some() => "notice",
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "notice",
    }
}

/// The place as properties. The runner drops columns where a finding goes over several lines, and warns about it.
fn location(place: Place, sources: &Sources) -> String {
    let (start, end) = (sources.position(place.file, place.start), sources.position(place.file, place.end));
    let file = property(sources.path(place.file));
    let mut text = format!("file={file},line={},endLine={},", start.line, end.line);
    if start.line == end.line {
        let _ = write!(text, "col={},endColumn={},", start.column, end.column);
    }
    text
}

fn message(finding: &Diagnostic, sources: &Sources) -> String {
    let mut lines = vec![finding.message.clone()];
    if !finding.label.is_empty() {
        lines.push(finding.label.clone());
    }
    lines.extend(finding.labels.iter().map(|label| {
        let at = sources.position(label.place.file, label.place.start);
        format!("{}:{}:{}: {}", sources.path(label.place.file), at.line, at.column, label.message)
    }));
    lines.extend(finding.hints.iter().map(|hint| format!("办法: {hint}")));
    lines.extend(finding.acknowledged.iter().map(|reason| format!("已知差异: {reason}")));
    lines.join("\n")
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    fn sources() -> (Sources, Place) {
        let mut sources = Sources::default();
        let file = sources.add("甲,乙/2025/figures.yaml", "单位: 万元\n合计: 3\n其他: 4\n".to_owned());
        let start = "单位: 万元\n合计: ".len();
        (sources, Place { file, start, end: start + 1 })
    }

    #[test]
    fn a_command_has_its_place_and_everything_else_in_its_message() {
        let (sources, place) = sources();
        let finding = Diagnostic::new(Code::JB2001, "相差 5%")
            .at(place)
            .label("填报 3")
            .also(place, "甲 = 3")
            .hint("第一行\n第二行");
        assert_eq!(
            to_github_command(&finding, &sources),
            "::error file=甲%2C乙/2025/figures.yaml,line=2,endLine=2,col=5,endColumn=6,\
             title=JB2001 填报数与公式不符::相差 5%25%0A填报 3%0A\
             甲,乙/2025/figures.yaml:2:5: 甲 = 3%0A办法: 第一行%0A第二行\n"
        );
    }

    #[test]
    fn a_finding_over_several_lines_has_no_columns_and_one_without_a_place_no_file() {
        let (sources, place) = sources();
        let long = Place { end: place.end + 5, ..place };
        let text = to_github_command(&Diagnostic::new(Code::JB1004, "甲").at(long), &sources);
        assert!(text.starts_with("::notice file=甲%2C乙/2025/figures.yaml,line=2,endLine=3,title="), "{text}");
        let text = to_github_command(&Diagnostic::new(Code::JB2002, "甲"), &sources);
        assert!(text.starts_with("::warning title=JB2002 "), "{text}");
    }

    #[test]
    fn an_acknowledged_finding_is_a_notice_with_its_reason() {
        let mut finding = Diagnostic::new(Code::JB2001, "甲");
        finding.acknowledged = Some("批复如此".to_owned());
        let text = to_github_command(&finding, &Sources::default());
        assert!(text.starts_with("::notice ") && text.ends_with("::甲%0A已知差异: 批复如此\n"), "{text}");
    }
}
