//! What a code means.

use std::cmp::Reverse;
use std::fmt::Write;

use crate::cli::Exit;
use crate::cli::printer::{Printer, Stream};
use crate::diagnostic::Code;

const BOLD: &str = "\x1b[1m";
const PLAIN: &str = "\x1b[0m";

/// Prints the explanation of a code.
pub(super) fn explain(word: &str, printer: &Printer) -> Result<Exit, String> {
    let name = word.to_ascii_uppercase();
    let code = Code::parse(&name).ok_or_else(|| unknown(word, &name))?;
    let text = code.explanation();
    printer.result(&if printer.colored(Stream::Out) { bold_headings(text) } else { text.to_owned() });
    Ok(Exit::Done)
}

fn unknown(word: &str, name: &str) -> String {
    let near = nearest(name).map_or_else(String::new, |code| format!("；是不是想写 {}？", code.as_str()));
    format!("没有“{word}”这个代码{near}\n全部代码见 jibao explain --list；问一个数怎么来的，写 jibao explain 路径 名称")
}

/// The first code that begins as the word does, at least with its class: `JB2`.
fn nearest(name: &str) -> Option<Code> {
    let shared = |code: &Code| code.as_str().bytes().zip(name.bytes()).take_while(|(a, b)| a == b).count();
    let near = Code::ALL.iter().copied().min_by_key(|code| Reverse(shared(code)))?;
    (shared(&near) >= "JB2".len()).then_some(near)
}

/// Prints every code with its severity and title.
pub(super) fn list(printer: &Printer) -> Exit {
    for code in Code::ALL {
        printer.result(&format!("{}  {}  {}\n", code.as_str(), code.severity().name(), code.title()));
    }
    Exit::Done
}

/// Markdown with its headings in bold. A `#` in a fenced block is a comment of YAML.
fn bold_headings(text: &str) -> String {
    let mut fenced = false;
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        fenced ^= line.starts_with("```");
        if line.starts_with('#') && !fenced {
            let _ = writeln!(out, "{BOLD}{line}{PLAIN}");
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_bold_and_comments_are_not() {
        let text = "# 甲\n```yaml\n# 注\n```\n## 乙\n";
        assert_eq!(bold_headings(text), "\x1b[1m# 甲\x1b[0m\n```yaml\n# 注\n```\n\x1b[1m## 乙\x1b[0m\n");
    }

    #[test]
    fn an_unknown_code_names_the_nearest() {
        for (word, code) in [("JB2012X", Some(Code::JB2010)), ("JB200", Some(Code::JB2001)), ("支出.合计", None)] {
            assert_eq!(nearest(word), code, "{word}");
        }
    }
}
