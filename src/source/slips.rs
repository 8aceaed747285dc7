//! Slips of a Chinese keyboard that YAML answers with a riddle: named here, and mended in a copy, so that the rest can still be read.
//!
//! Prose is full of ：and ，. A line is taken for a slip only where a key belongs: rather miss one than cry wolf.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{FileId, Place, Sources, hidden_characters};
use crate::characters::BYTE_ORDER_MARK;
use crate::diagnostic::{Code, Diagnostic};

/// What a file holds, which decides where a full-width colon is a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Keys and short values: any word may be a key.
    Data,
    /// Mostly prose: only these words are keys.
    Prose(&'static [&'static str]),
}

impl Dialect {
    /// The largest file that is read, in bytes. A section of a megabyte is 350,000 characters, 600 pages.
    pub(super) fn size_limit(self) -> u64 {
        match self {
            Self::Data => 32 << 20,
            Self::Prose(_) => 1 << 20,
        }
    }
}

/// The longest word that is taken for a key, in characters. Counted and not written into the patterns, which would be
/// compiled once for each character.
const KEY_LIMIT: usize = 41;

static WIDE_COLON: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(\s*(?:- )?)([^\s：:，。；、{}\[\]#|>'-][^\s：:，。；{}\[\]]*)：\s*(.*)$"));
static TIGHT_COLON: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(\s*(?:- )?)([\p{Han}A-Za-z_][\p{Han}\w（）]*):([^\s/].*|[\x{3000}\x{A0}].*)$"));
static TIGHT_DASH: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\s*)-([\p{Han}“《{\[].*)$"));
static BARE_PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\s*(?:- )?(?:[^\s:]+: )?)((?:\{\{|｛｛).*)$"));
/// A value that begins with a character which YAML takes for its own.
static BARE_MARK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(\s*(?:- )?(?:[^\s:\x22']+: )?)([*&!%@`][*]?[\p{Han}“《（].*|[%@]\s*)$"));
/// A text that begins with a quoted word and goes on behind it.
static QUOTED_WORD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"^(\s*(?:- )?(?:[^\s:"']+: )?)("[^"]*"\s*[^\s,\]}#:].*)$"#));
/// `#` behind a space and before a word: cut off as a comment.
static CUT_OFF: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*(?:- )?(?:[^\s#'\x22-][^#'\x22]*)?\p{Han}[^#'\x22]*( #[^\s#].*)$"));
static WIDE_COMMA: LazyLock<Regex> = LazyLock::new(|| pattern(r"(，)\s*[\p{Han}\w]+\s*[:：]"));
static WIDE_COLON_IN_BRACES: LazyLock<Regex> = LazyLock::new(|| pattern(r"[{,]\s*[\p{Han}\w]+(：)"));
static BLOCK_TEXT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|\s)[|>][+-]?\d?[+-]?\s*(?:#.*)?$"));

fn pattern(text: &str) -> Regex {
    #[expect(clippy::expect_used, reason = "a constant, compiled by every test")]
    Regex::new(text).expect("the pattern is a constant")
}

/// Reports the slips of a file and gives back its text without them, line for line; `None` when there are none.
pub(super) fn repair(
    sources: &Sources,
    file: FileId,
    dialect: Dialect,
    findings: &mut Vec<Diagnostic>,
) -> Option<String> {
    let text = sources.text(file);
    let mut scan = Scan { dialect, block: None, previous: None };
    let mut out = String::with_capacity(text.len());
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        let place = Place { file, start, end: start + body.len() };
        if body.contains(BYTE_ORDER_MARK) {
            out.push_str(&scan.marked_line(body, place, &mut found));
        } else {
            out.push_str(&scan.line(body, place, &mut found));
        }
        out.push_str(&line[body.len()..]);
        start += line.len();
    }
    let changed = !found.is_empty();
    findings.append(&mut found);
    changed.then_some(out)
}

/// The place of a text on its line as written, whatever was mended before it.
struct Written<'a> {
    line: &'a str,
    place: Place,
}

/// Replaces what the pattern's first group matches, and says of each how often its text stood on the line before it.
fn mend_each(line: &str, pattern: &Regex, with: &str, mut say: impl FnMut(&str, usize)) -> String {
    let mut mended = String::with_capacity(line.len());
    let mut rest = 0;
    for m in pattern.captures_iter(line) {
        let Some(mark) = m.get(1) else { continue };
        say(mark.as_str(), line[..mark.start()].matches(mark.as_str()).count());
        mended.push_str(&line[rest..mark.start()]);
        mended.push_str(with);
        rest = mark.end();
    }
    mended.push_str(&line[rest..]);
    mended
}

impl Written<'_> {
    /// The place of the text that stands on the line for the `nth` time, from 0.
    fn nth(&self, text: &str, nth: usize) -> Place {
        let at = self.line.match_indices(text).nth(nth).map_or(0, |(at, _)| at);
        self.place.part(at, text.len())
    }

    /// `part` of the first `text` of the line; the line's beginning where that is not to be found.
    fn find(&self, text: &str, part: std::ops::Range<usize>) -> Place {
        // What an earlier slip's mend has changed is not found as it was written.
        match self.line.find(text) {
            Some(at) => self.place.part(at + part.start, part.len()),
            None => self.place,
        }
    }
}

/// What is put in front of a value, and the value in single quotes.
fn quoted(m: &Captures<'_>) -> String {
    format!("{}'{}'", &m[1], m[2].replace('\'', "''"))
}

/// A slip: reports it and gives back the line without it.
type Mend = fn(&Scan, String, &Written<'_>, &mut Vec<Diagnostic>) -> String;

/// The slips, in the order in which one may hide the next.
const MENDS: &[Mend] = &[
    Scan::mend_indent,
    Scan::mend_dash,
    Scan::quote_text,
    Scan::name_cut_off,
    Scan::quote_placeholder,
    Scan::mend_colon,
    Scan::mend_braces,
];

/// What an indent is made of, rightly or wrongly.
const INDENT: [char; 3] = [' ', '\t', '\u{3000}'];

/// Characters without which, and without `{{`, a line that keeps its spaces holds no slip.
const SUSPICIOUS: [char; 14] = ['：', '，', '｛', '"', '#', '*', '&', '!', '%', '@', '`', '|', '>', '\u{A0}'];

struct Scan {
    dialect: Dialect,
    /// The indent of the key whose block text (`|`, `>`) is being passed over.
    block: Option<usize>,
    /// The line before: its indent, and whether it ends in a colon.
    previous: Option<(usize, bool)>,
}

impl Scan {
    fn line<'l>(&mut self, line: &'l str, place: Place, found: &mut Vec<Diagnostic>) -> Cow<'l, str> {
        let trimmed = line.trim_start_matches(INDENT);
        if trimmed.is_empty() || trimmed.starts_with('#') {
            return Cow::Borrowed(line);
        }
        let indent = line.len() - trimmed.len();
        if self.block.is_some_and(|key| indent > key) {
            return Cow::Borrowed(line);
        }
        self.block = None;
        if is_ordinary(line) {
            self.previous = Some((key_column(line), line.trim_end().ends_with(':')));
            return Cow::Borrowed(line);
        }
        let mended = self.mend(line, place, found);
        if BLOCK_TEXT.is_match(&mended) {
            self.block = Some(indent);
        }
        self.previous = Some((key_column(&mended), mended.trim_end().ends_with(':')));
        Cow::Owned(mended)
    }

    /// A line with byte order marks, at which the parser would stop. They are pasted along with a text.
    fn marked_line(&mut self, line: &str, place: Place, found: &mut Vec<Diagnostic>) -> String {
        let marks = line.chars().filter(|&c| c == BYTE_ORDER_MARK);
        found.extend(hidden_characters(marks, Some(place), line));
        let others = found.len();
        let mended = self.line(&line.replace(BYTE_ORDER_MARK, ""), place, found).into_owned();
        // The other slips were found where they stand without the marks.
        let written: Vec<usize> = line
            .char_indices()
            .filter(|(_, c)| *c != BYTE_ORDER_MARK)
            .flat_map(|(at, c)| at..at + c.len_utf8())
            .collect();
        let as_written = |at: usize| written.get(at - place.start).map_or(place.end, |at| place.start + at);
        for slip in found.iter_mut().skip(others).filter_map(|finding| finding.place.as_mut()) {
            let end = if slip.end > slip.start { as_written(slip.end - 1) + 1 } else { as_written(slip.end) };
            *slip = Place { start: as_written(slip.start), end: end.min(place.end), ..*slip };
        }
        mended
    }

    fn mend(&self, line: &str, place: Place, found: &mut Vec<Diagnostic>) -> String {
        let written = Written { line, place };
        MENDS.iter().fold(line.to_owned(), |line, mend| mend(self, line, &written, found))
    }

    fn mend_indent(_: &Self, line: String, written: &Written<'_>, found: &mut Vec<Diagnostic>) -> String {
        let indent = line.len() - line.trim_start_matches(INDENT).len();
        let Some((at, c)) = line[..indent].char_indices().find(|&(_, c)| c != ' ') else { return line };
        let (what, hint) = match c {
            '\t' => ("用制表符（Tab）缩进，YAML 只认空格", "把 Tab 换成两个空格"),
            _ => ("用全角空格缩进，YAML 只认半角空格", "把全角空格换成两个半角空格"),
        };
        found.push(Diagnostic::new(Code::JB1008, what).at(written.place.part(at, c.len_utf8())).hint(hint));
        format!("{}{}", line[..indent].replace(['\t', '\u{3000}'], "  "), &line[indent..])
    }

    fn mend_dash(_: &Self, line: String, written: &Written<'_>, found: &mut Vec<Diagnostic>) -> String {
        let Some(m) = TIGHT_DASH.captures(&line) else { return line };
        let finding = Diagnostic::new(Code::JB1009, "减号后面缺一个空格").at(written.find("-", 0..1));
        found.push(finding.hint("写成“- ”再接内容"));
        format!("{}- {}", &m[1], &m[2])
    }

    fn quote_text(_: &Self, line: String, written: &Written<'_>, found: &mut Vec<Diagnostic>) -> String {
        let Some(m) = QUOTED_WORD.captures(&line).or_else(|| BARE_MARK.captures(&line)) else { return line };
        let first = m[2].chars().next().unwrap_or_default();
        let finding = Diagnostic::new(Code::JB1010, format!("以“{first}”开头的文字要整段加引号"));
        let finding = finding.at(written.find(&m[2], 0..m[2].len()));
        found.push(finding.hint("整段用单引号 ' 括起来；引用的话改用中文引号“ ”"));
        quoted(&m)
    }

    fn quote_placeholder(_: &Self, line: String, written: &Written<'_>, found: &mut Vec<Diagnostic>) -> String {
        let Some(m) = BARE_PLACEHOLDER.captures(&line) else { return line };
        let finding = Diagnostic::new(Code::JB1010, "以 {{ 开头的文字要加引号");
        let finding = finding.at(written.find(&m[2], 0..m[2].len()));
        found.push(finding.hint("整段用单引号括起来，如 '{{ 支出.合计 }}万元'；表格的格子里也可写成 =支出.合计"));
        quoted(&m)
    }

    /// Text behind ` #` in prose: YAML is right to cut it off, its author hardly means it.
    fn name_cut_off(&self, line: String, written: &Written<'_>, found: &mut Vec<Diagnostic>) -> String {
        if let (Dialect::Prose(_), Some(m)) = (self.dialect, CUT_OFF.captures(&line)) {
            let cut = m.get(1).map_or(0, |cut| cut.start());
            let finding = Diagnostic::new(Code::JB1019, "“#”以后的文字被当作注释，不会印出");
            let finding = finding.at(written.find(&line[cut..], 1..line.len() - cut));
            found.push(finding.hint("要印的话，整段用单引号括起来；是注释的话，# 后面空一格"));
        }
        line
    }

    fn mend_colon(&self, line: String, written: &Written<'_>, found: &mut Vec<Diagnostic>) -> String {
        if let Some(m) = WIDE_COLON.captures(&line)
            && self.is_key(&m[2], &m[1])
            && !line.contains(": ")
        {
            let at = m[2].len();
            found.push(
                Diagnostic::new(Code::JB1006, format!("“{}”后面是全角冒号“：”", &m[2]))
                    .at(written.find(&format!("{}：", &m[2]), at..at + '：'.len_utf8()))
                    .hint(format!("改成半角冒号加一个空格：“{}: …”", &m[2])),
            );
            return format!("{}{}: {}", &m[1], &m[2], &m[3]).trim_end().to_owned();
        }
        if let Some(m) = TIGHT_COLON.captures(&line)
            && self.is_key(&m[2], &m[1])
            && !line.contains(": ")
        {
            let at = m[2].len();
            let value = m[3].trim_start();
            let what = if value.len() < m[3].len() {
                "后面是全角空格，要用半角空格"
            } else {
                "后面缺一个空格"
            };
            found.push(
                Diagnostic::new(Code::JB1009, format!("“{}:”{what}", &m[2]))
                    .at(written.find(&format!("{}:", &m[2]), at..at + 1))
                    .hint(format!("写成“{}: {value}”", &m[2])),
            );
            return format!("{}{}: {value}", &m[1], &m[2]);
        }
        line
    }

    /// Full-width commas between the entries of `{ }`, and full-width colons behind their keys.
    fn mend_braces(&self, line: String, written: &Written<'_>, found: &mut Vec<Diagnostic>) -> String {
        let in_braces = line.contains('{') && line.contains('}') && !line.contains("{{");
        if self.dialect != Dialect::Data || !in_braces {
            return line;
        }
        let line = mend_each(&line, &WIDE_COMMA, ", ", |comma, nth| {
            found.push(
                Diagnostic::new(Code::JB1007, "大括号里的各项之间是全角逗号“，”")
                    .at(written.nth(comma, nth))
                    .hint("改成半角逗号加一个空格“, ”"),
            );
        });
        mend_each(&line, &WIDE_COLON_IN_BRACES, ": ", |colon, nth| {
            found.push(
                Diagnostic::new(Code::JB1006, "大括号里的键后面是全角冒号“：”")
                    .at(written.nth(colon, nth))
                    .hint("改成半角冒号加一个空格“: ”"),
            );
        })
    }

    /// Whether a word before a colon stands where a key belongs.
    fn is_key(&self, word: &str, lead: &str) -> bool {
        if word.chars().count() > KEY_LIMIT {
            return false;
        }
        if let Dialect::Prose(keys) = self.dialect {
            return keys.contains(&word);
        }
        let column = lead.len();
        match self.previous {
            None | Some((_, true)) => true,
            Some((key, false)) => column <= key,
        }
    }
}

/// Whether a line has nothing that any of the slips begins with, nor the sign of a block text: all but a few lines of a
/// large file, which are then not held against one pattern after another.
fn is_ordinary(line: &str) -> bool {
    let body = line.trim_start();
    let tight_dash = body.starts_with('-') && !body.starts_with("- ");
    let tight_colon = !body.contains(": ") && body.find(':').is_some_and(|at| at + 1 < body.len());
    let odd_indent = line.trim_start_matches(' ').starts_with(INDENT);
    !odd_indent && !tight_dash && !tight_colon && !body.contains(SUSPICIOUS) && !body.contains("{{")
}

/// The column where a line's key begins, behind the dash of a list item.
fn key_column(line: &str) -> usize {
    let indent = line.len() - line.trim_start().len();
    if line[indent..].starts_with("- ") { indent + 2 } else { indent }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn slips(text: &str, dialect: Dialect) -> (Vec<(Code, usize)>, String) {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", text.to_owned());
        let mut found = Vec::new();
        let repaired = repair(&sources, file, dialect, &mut found);
        let rows =
            found.iter().map(|d| (d.code, sources.position(file, d.place.map_or(0, |p| p.start)).line)).collect();
        (rows, repaired.unwrap_or_else(|| text.to_owned()))
    }

    #[test]
    fn names_each_slip_and_mends_it() {
        let text = "单位：万元\n预算:\n\t年初: 1\n  追加:2\n支出: {填报: 1，公式: =甲}\n";
        let (rows, mended) = slips(text, Dialect::Data);
        assert_eq!(rows, [(Code::JB1006, 1), (Code::JB1008, 3), (Code::JB1009, 4), (Code::JB1007, 5)]);
        assert_eq!(mended, "单位: 万元\n预算:\n  年初: 1\n  追加: 2\n支出: {填报: 1, 公式: =甲}\n");
    }

    #[test]
    fn prose_is_left_alone() {
        let text =
            "标题: 概况\n正文:\n  - 主要职能：统一负责，包括以下几项：\n  - 说明:见下\n  - |\n    职责：\n    -一项\n";
        let (rows, mended) = slips(text, Dialect::Prose(&["标题", "正文"]));
        assert_eq!(rows, []);
        assert_eq!(mended, text);
    }

    #[test]
    fn texts_that_begin_with_a_mark_are_quoted() {
        let (rows, mended) = slips("单位: %\n说明: *甲*\n名称: \"甲\"乙\n整: \"甲\"\n", Dialect::Data);
        assert_eq!(rows, [(Code::JB1010, 1), (Code::JB1010, 2), (Code::JB1010, 3)]);
        assert_eq!(mended, "单位: '%'\n说明: '*甲*'\n名称: '\"甲\"乙'\n整: \"甲\"\n");
    }

    #[test]
    fn a_known_key_in_prose_is_a_slip() {
        let (rows, _) = slips("标题：概况\n正文:\n  -第一段\n  - {{ 支出 }}万元\n", Dialect::Prose(&["标题", "正文"]));
        assert_eq!(rows, [(Code::JB1006, 1), (Code::JB1009, 3), (Code::JB1010, 4)]);
    }

    /// What slips are made of.
    const PIECES: &[&str] = &[
        " ", "  ", "\t", "\u{3000}", "\u{A0}", "-", "- ", ":", ": ", "：", "，", ", ", "{", "}", "{{", "}}", "｛｛",
        "|", ">", "#", " #", "'", "\"", "*", "&", "!", "%", "@", "`", "甲", "合计", "支出", "=", "1.00", "“", "（",
        "a", "/",
    ];

    fn pieced() -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(PIECES), 0..9).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 4000, ..ProptestConfig::default() })]

        #[test]
        fn an_ordinary_line_holds_no_slip(line in pieced()) {
            let place = Place { file: Sources::default().add("a.yaml", line.clone()), start: 0, end: line.len() };
            for dialect in [Dialect::Data, Dialect::Prose(&["甲", "合计"])] {
                let scan = Scan { dialect, block: None, previous: None };
                let mut found = Vec::new();
                let mended = scan.mend(&line, place, &mut found);
                if is_ordinary(&line) {
                    prop_assert_eq!(found, []);
                    prop_assert!(!BLOCK_TEXT.is_match(&mended));
                    prop_assert_eq!(&mended, &line);
                }
            }
        }
    }

    #[test]
    fn slips_behind_a_byte_order_mark_keep_their_places() {
        let mut sources = Sources::default();
        let text = "甲: 1\n\u{FEFF}预\u{FEFF}算：\u{FEFF}万元\n";
        let file = sources.add("a.yaml", text.to_owned());
        let mut found = Vec::new();
        assert_eq!(repair(&sources, file, Dialect::Data, &mut found).unwrap(), "甲: 1\n预算: 万元\n");
        let told: Vec<_> = found.iter().map(|one| (one.code, sources.slice(one.place.unwrap()))).collect();
        assert_eq!(told, [(Code::JB5004, "\u{FEFF}"), (Code::JB1006, "：")]);
        assert!(found[0].message.ends_with("U+FEFF（ZERO WIDTH NO-BREAK SPACE）3个"), "{}", found[0].message);
    }

    #[test]
    fn a_value_that_goes_on_is_not_a_key() {
        let (rows, _) = slips("说明: 第一行\n  主要原因：调整\n", Dialect::Data);
        assert_eq!(rows, []);
    }
}
