//! A YAML document as a tree of raw scalars with their places.

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span};

use super::{FileId, Place, Sources};
use crate::diagnostic::{Code, Diagnostic};

/// The deepest nesting that is read.
const DEPTH_LIMIT: usize = 48;

/// A value of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Where it stands.
    pub place: Place,
    /// A number that no other node of the document has.
    pub id: usize,
    /// What it is.
    pub kind: Kind,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A text, number, date or nothing.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order written.
    Map(Vec<Entry>),
}

/// A scalar as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// Its text; quotes and folding are resolved, digits are untouched.
    pub text: String,
    /// Whether it stands without quotes, so that `~` and an empty value mean "not given".
    pub plain: bool,
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key's text.
    pub key: String,
    /// Where the key stands.
    pub place: Place,
    /// The value.
    pub value: Node,
}

impl Scalar {
    /// Whether the value is left empty: `~`, `null` or nothing at all.
    pub fn is_null(&self) -> bool {
        self.plain && matches!(self.text.as_str(), "" | "~" | "null")
    }
}

impl Node {
    /// The word for the kind of value, for messages.
    pub fn kind_name(&self) -> &'static str {
        match &self.kind {
            Kind::Scalar(scalar) if scalar.is_null() => "空值",
            Kind::Scalar(_) => "文字",
            Kind::List(_) => "列表",
            Kind::Map(_) => "键值对",
        }
    }

    /// The value under a key, where this is a map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        let Kind::Map(entries) = &self.kind else { return None };
        entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }
}

/// Parses a file into a tree. `repaired` is the text to parse in place of the file's own, line by line the same.
pub fn parse(sources: &Sources, file: FileId, repaired: Option<&str>, findings: &mut Vec<Diagnostic>) -> Option<Node> {
    let text = repaired.unwrap_or_else(|| sources.text(file));
    let places = Places::new(sources, file, repaired.is_none());
    let mut builder = Builder { places, findings, next_id: 0, depth: 0 };
    let mut parser = Parser::new_from_str(text);
    match builder.document(&mut parser) {
        Ok(Some(node)) => Some(node),
        Ok(None) => {
            let place = Place { file, start: 0, end: 0 };
            let finding = Diagnostic::new(Code::JB1005, "文件是空的").at(place);
            builder.findings.push(finding.hint("填上内容，或删去这个文件"));
            None
        }
        Err(Stop::Syntax(error)) => {
            let place = builder.places.point(*error.marker());
            // Where an indent was wrong, the parser stumbles over what the mend could not put right.
            if !builder.findings.iter().any(|f| f.code == Code::JB1008 && f.place.is_some_and(|p| p.file == file)) {
                let place = blame(sources, place, error.info());
                builder.findings.push(syntax_error(error.info(), place));
            }
            None
        }
        Err(Stop::Reported) => None,
    }
}

/// Turns the parser's markers into places of the file.
struct Places<'a> {
    sources: &'a Sources,
    file: FileId,
    /// The byte offset of each character, where the parsed text is the file's own.
    offsets: Option<Vec<usize>>,
}

impl<'a> Places<'a> {
    fn new(sources: &'a Sources, file: FileId, exact: bool) -> Self {
        let text = sources.text(file);
        let offsets = exact.then(|| text.char_indices().map(|(at, _)| at).chain(std::iter::once(text.len())).collect());
        Self { sources, file, offsets }
    }

    fn offset(&self, marker: Marker) -> usize {
        match &self.offsets {
            Some(offsets) => offsets[marker.index().min(offsets.len() - 1)],
            None => self.sources.offset(self.file, marker.line(), marker.col()),
        }
    }

    fn place(&self, span: Span) -> Place {
        let start = self.offset(span.start);
        let end = self.offset(span.end).max(start);
        let written = &self.sources.text(self.file)[start..end];
        Place { file: self.file, start, end: start + written.trim_end().len() }
    }

    /// The character at a marker, or the last of its line.
    fn point(&self, marker: Marker) -> Place {
        let start = self.offset(marker);
        let rest = &self.sources.text(self.file)[start..];
        let end = start + rest.chars().next().filter(|&c| c != '\n' && c != '\r').map_or(0, char::len_utf8);
        Place { file: self.file, start, end }
    }
}

enum Stop {
    Syntax(ScanError),
    Reported,
}

impl From<ScanError> for Stop {
    fn from(error: ScanError) -> Self {
        Self::Syntax(error)
    }
}

struct Builder<'a> {
    places: Places<'a>,
    findings: &'a mut Vec<Diagnostic>,
    next_id: usize,
    depth: usize,
}

type Events<'p> = Parser<'p, saphyr_parser::StrInput<'p>>;

impl Builder<'_> {
    fn document(&mut self, parser: &mut Events<'_>) -> Result<Option<Node>, Stop> {
        let mut root = None;
        loop {
            let Some(event) = parser.next_event() else { return Ok(root) };
            let (event, span) = event?;
            match event {
                Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
                Event::StreamEnd => return Ok(root),
                event if root.is_none() => root = Some(self.node(parser, event, span)?),
                _ => return Err(self.refuse(span, "一个文件里只能有一份内容", "删去多余的 --- 及其后的内容")),
            }
        }
    }

    fn node(&mut self, parser: &mut Events<'_>, event: Event<'_>, span: Span) -> Result<Node, Stop> {
        self.next_id += 1;
        let id = self.next_id;
        self.refuse_extras(&event, span)?;
        let (kind, place) = match event {
            Event::Scalar(text, style, ..) => {
                let plain = style == ScalarStyle::Plain;
                (Kind::Scalar(Scalar { text: text.into_owned(), plain }), self.places.place(span))
            }
            Event::SequenceStart(..) => self.nested(parser, span, Self::list)?,
            Event::MappingStart(..) => self.nested(parser, span, Self::map)?,
            _ => return Err(self.refuse(span, "此处不应有内容", "删去这一处")),
        };
        Ok(Node { place, id, kind })
    }

    fn nested(
        &mut self,
        parser: &mut Events<'_>,
        span: Span,
        read: impl FnOnce(&mut Self, &mut Events<'_>) -> Result<(Kind, Span), Stop>,
    ) -> Result<(Kind, Place), Stop> {
        if self.depth == DEPTH_LIMIT {
            return Err(self.refuse(span, "嵌套太深", "把内容写得平一些"));
        }
        self.depth += 1;
        let (kind, end) = read(self, parser)?;
        self.depth -= 1;
        Ok((kind, self.places.place(Span::new(span.start, end.end))))
    }

    fn list(&mut self, parser: &mut Events<'_>) -> Result<(Kind, Span), Stop> {
        let mut items = Vec::new();
        while let Some(event) = parser.next_event() {
            let (event, span) = event?;
            if matches!(event, Event::SequenceEnd) {
                return Ok((Kind::List(items), span));
            }
            items.push(self.node(parser, event, span)?);
        }
        Err(Stop::Reported)
    }

    fn map(&mut self, parser: &mut Events<'_>) -> Result<(Kind, Span), Stop> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut seen = std::collections::BTreeMap::new();
        while let Some(event) = parser.next_event() {
            let (event, span) = event?;
            if matches!(event, Event::MappingEnd) {
                return Ok((Kind::Map(entries), span));
            }
            let Event::Scalar(key, ..) = event else {
                return Err(self.refuse(span, "键必须是一个词", "以 {{ 开头的文字要加引号"));
            };
            let place = self.places.place(span);
            let Some(value) = parser.next_event() else { break };
            let (event, span) = value?;
            let value = self.node(parser, event, span)?;
            if let Some(&first) = seen.get(key.as_ref()) {
                self.findings.push(duplicate(&key, place, first));
                continue;
            }
            seen.insert(key.to_string(), place);
            entries.push(Entry { key: key.into_owned(), place, value });
        }
        Err(Stop::Reported)
    }

    /// Anchors, aliases and tags would let a small file grow without bound or change what a text means.
    fn refuse_extras(&mut self, event: &Event<'_>, span: Span) -> Result<(), Stop> {
        let (anchor, tagged) = match event {
            Event::Alias(_) => (1, false),
            Event::Scalar(_, _, anchor, tag) | Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag) => {
                (*anchor, tag.is_some())
            }
            _ => (0, false),
        };
        if anchor > 0 {
            return Err(self.refuse(span, "不支持 YAML 的锚点（&）和引用（*）", "文字以 & 或 * 开头的，要加引号"));
        }
        if tagged {
            return Err(self.refuse(span, "不支持 YAML 的类型标记（!）", "文字以 ! 开头的，要加引号"));
        }
        Ok(())
    }

    fn refuse(&mut self, span: Span, message: &str, hint: &str) -> Stop {
        let place = self.places.point(span.start);
        self.findings.push(Diagnostic::new(Code::JB1011, message).at(place).hint(hint));
        Stop::Reported
    }
}

/// The parser notices a missing colon only on the next line: the line before is shown where it has none.
fn blame(sources: &Sources, place: Place, info: &str) -> Place {
    if !(info.contains("simple key") || info.contains("expected ':'") || info.contains("mapping values")) {
        return place;
    }
    let line = sources.position(place.file, place.start).line;
    let before = (1..line).rev().map(|n| sources.line(place.file, n));
    let before = before.into_iter().find(|&l| {
        let text = sources.slice(l).trim();
        !text.is_empty() && !text.starts_with('#')
    });
    match before {
        Some(l) if !sources.slice(l).contains(':') && !sources.slice(l).trim_start().starts_with("- ") => l,
        _ => place,
    }
}

fn duplicate(key: &str, place: Place, first: Place) -> Diagnostic {
    Diagnostic::new(Code::JB1012, format!("键“{key}”写了两次"))
        .at(place)
        .label("第二次")
        .also(first, "第一次")
        .hint("留一处，或改成不同的名称")
}

/// What the parser's messages mean for someone who fills in a form.
fn syntax_error(info: &str, place: Place) -> Diagnostic {
    let (what, hint) = match info {
        i if i.contains("mapping values are not allowed") => {
            ("这一行的冒号让 YAML 看不懂", "文字里有“: ”的要加引号；或检查上一行是否漏了冒号、缩进是否对齐")
        }
        i if i.contains("simple key") => {
            ("这里少了冒号，或缩进与上一行没有对齐", "键的后面写半角冒号加一个空格，如“年初批复: 1113.52”")
        }
        i if i.contains("quoted scalar") || i.contains("end of stream") && i.contains("quot") => {
            ("引号没有成对", "在文字末尾补上同样的引号")
        }
        i if i.contains("flow") || i.contains("','") => {
            ("{ } 或 [ ] 没有配对，或中间少了半角逗号", "检查这一行的括号与逗号；文字里有逗号的要加引号")
        }
        i if i.contains("block mapping") || i.contains("block collection") || i.contains("indent") => {
            ("缩进没有对齐", "同一级的行要从同一列开始，用空格不用制表符")
        }
        _ => ("YAML 语法不通", "检查这一行及上一行的冒号、引号、缩进"),
    };
    Diagnostic::new(Code::JB1005, what).at(place).label(format!("解析器说：{info}")).hint(hint)
}
