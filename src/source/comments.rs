//! A YAML text without its comments.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle};

/// The text without its comments; every line stays where it is. `None` where the text cannot be parsed, so that nobody
/// knows what is a comment and what is not.
pub fn without_comments(text: &str) -> Option<String> {
    let scalars = scalars(text)?;
    let mut out = String::with_capacity(text.len());
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        let kept = match comment(body, start, &scalars) {
            Some(at) => body[..at].trim_end_matches([' ', '\t']),
            None => body,
        };
        out.push_str(kept);
        out.push_str(&line[body.len()..]);
        start += line.len();
    }
    Some(out)
}

/// Where a line's comment begins (YAML 1.2.2, 6.6: behind white space, or at the beginning of the line), `start` being the
/// line's own place in the text.
fn comment(line: &str, start: usize, scalars: &[Range<usize>]) -> Option<usize> {
    let inside = |at: usize| {
        let next = scalars.partition_point(|scalar| scalar.end <= at);
        scalars.get(next).is_some_and(|scalar| scalar.start <= at)
    };
    let begins = |at: usize| line[..at].chars().next_back().is_none_or(|before| before == ' ' || before == '\t');
    line.match_indices('#').map(|(at, _)| at).find(|&at| begins(at) && !inside(start + at))
}

/// The stretches of the scalars, in order. In them `#` is a character like any other.
fn scalars(text: &str) -> Option<Vec<Range<usize>>> {
    let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let offset = |index: usize| offsets.get(index).copied().unwrap_or(text.len());
    let mut found = Vec::new();
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.ok()?;
        let Event::Scalar(_, style, ..) = event else { continue };
        let start = offset(span.start.index());
        let end = match style {
            // In a text without quotes, # behind a space always begins a comment.
            ScalarStyle::Plain => continue,
            ScalarStyle::SingleQuoted => start + quoted(&text[start..], '\'', None),
            ScalarStyle::DoubleQuoted => start + quoted(&text[start..], '"', Some('\\')),
            ScalarStyle::Literal | ScalarStyle::Folded => offset(span.end.index()),
        };
        found.push(start..end);
    }
    Some(found)
}

/// How long a quoted text is with its quotes: the parser's own word goes on to what follows it. In single quotes two of
/// them mean one.
fn quoted(text: &str, quote: char, escape: Option<char>) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            c if Some(c) == escape => escaped = true,
            c if c == quote && !(escape.is_none() && text[at + 1..].starts_with(quote)) => return at + 1,
            c if c == quote => escaped = true,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_everything_else_stays_on_its_line() {
        let text = "\
# 开头
单位: 万元   # 说明
人员: {行政: 13, 实有: 12}  # 尾
楼: 3#楼
注: '见 # 号'
双: \"a # b\" # c
转: \"a \\\" # b\" # c
单: 'it''s # x' # y
键: {\"a #\": 'b #', \"c #\": d} # e
空:   # 没有值
列:
  # 中间
  - 甲 # 乙
  - 丙#丁
文: | # 头上
  第一行
  # 这是文字
  第三行 # 也是文字

  # 还是文字
折: >-
  甲
  # 文字
尾: 1
  # 缩进的注释
# 末尾";
        let wanted = "

单位: 万元
人员: {行政: 13, 实有: 12}
楼: 3#楼
注: '见 # 号'
双: \"a # b\"
转: \"a \\\" # b\"
单: 'it''s # x'
键: {\"a #\": 'b #', \"c #\": d}
空:
列:

  - 甲
  - 丙#丁
文: |
  第一行
  # 这是文字
  第三行 # 也是文字

  # 还是文字
折: >-
  甲
  # 文字
尾: 1

";
        assert_eq!(without_comments(text).as_deref(), Some(&wanted[1..]));
        assert_eq!(without_comments(wanted).as_deref(), Some(wanted), "what has none stays as it is");
    }

    #[test]
    fn line_ends_stay_as_they_are_and_what_cannot_be_parsed_is_left_to_others() {
        assert_eq!(without_comments("a: 1 # x\r\nb: 2\r\n").as_deref(), Some("a: 1\r\nb: 2\r\n"));
        assert_eq!(without_comments("a: [1 # x\nb"), None);
    }
}
