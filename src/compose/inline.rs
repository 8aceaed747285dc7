//! Text with `{{ expression }}` and `**重点**`. Everything else in it is printed as it stands.

mod beside;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::ops::Range;

use crate::characters::{is_chinese, is_hidden};
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::{
    Amount, Calculator, Evaluated, FigureNode, FigureRef, Formula, Scope, Value, formula_amount, trouble_finding,
    unknown_score,
};
use crate::profile::Profile;
use crate::source::{OPEN, Piece, Place, Sources, Spanned, hidden_characters, pieces};

use super::log::{Log, PrintedSubject};
use super::view::Inline;
use beside::{wrong_direction, wrong_unit};

/// The most figures that are shown of those that an amount comes from.
const SOURCES_SHOWN: usize = 4;

/// Fills in the placeholders of texts.
#[derive(Debug)]
pub(super) struct Filler<'a> {
    pub(super) calculator: &'a Calculator,
    pub(super) sources: &'a Sources,
    pub(super) log: Log,
    /// The group or figure in which names are looked up first; the root where there is none.
    pub(super) item: Cell<Option<FigureRef>>,
    pub(super) profile: &'a Profile,
    /// The years without a score of which that is said.
    pub(super) unknown_scores: RefCell<BTreeSet<i32>>,
}

/// A text with its placeholders filled in.
#[derive(Debug, Default)]
struct Filled {
    text: String,
    /// Where something is printed: the byte at which it begins, and its number. Empty unless prints are marked.
    marks: Vec<(usize, usize)>,
}

impl Filler<'_> {
    /// A text as stretches, with emphasis.
    pub(super) fn inlines(&self, text: &Spanned<String>, findings: &mut Vec<Diagnostic>) -> Vec<Inline> {
        self.line(text, &mut 0, findings)
    }

    /// One line of a longer text, whose placeholders are looked for from `seen` on.
    pub(super) fn line(&self, text: &Spanned<String>, seen: &mut usize, findings: &mut Vec<Diagnostic>) -> Vec<Inline> {
        let filled = self.fill(text, seen, findings);
        if filled.text.matches("**").count() % 2 == 1 {
            let finding = Diagnostic::new(Code::JB5001, "“**”没有成对").hint("重点的文字两边各写两个星号：**重点**");
            findings.push(finding.at(text.place));
        }
        emphasis(&filled)
    }

    /// A text as one string, without emphasis.
    pub(super) fn plain(&self, text: &Spanned<String>, findings: &mut Vec<Diagnostic>) -> String {
        self.fill(text, &mut 0, findings).text.replace("**", "")
    }

    /// A text with its placeholders filled in. A placeholder that has no value leaves nothing and is reported.
    fn fill(&self, text: &Spanned<String>, seen: &mut usize, findings: &mut Vec<Diagnostic>) -> Filled {
        let mut filled = Filled::default();
        let out = &mut filled.text;
        let clean = self.clean(text, findings);
        let mut pieces = pieces(&clean).into_iter().peekable();
        while let Some(piece) = pieces.next() {
            match piece {
                Piece::Text(piece) => {
                    findings.extend(stray_braces(piece).map(|finding| finding.at(text.place)));
                    out.push_str(piece);
                }
                Piece::Expression(expression) => {
                    let place = self.find(text.place, expression, seen);
                    let Some(Evaluated { value, reads, .. }) = self.value(expression, place, false, findings) else {
                        continue;
                    };
                    if let Some(Piece::Text(next)) = pieces.peek() {
                        findings.extend(wrong_unit(&value, next, place));
                    }
                    findings.extend(wrong_direction(out, &value, place));
                    let printed = self.print_at((&value, &reads), place, findings);
                    let subject = PrintedSubject::Expression(expression.trim().to_owned());
                    let number = self.log.add(subject, place, reads, Some(value), &printed);
                    if self.log.marked {
                        filled.marks.push((out.len(), number));
                    }
                    out.push_str(&printed);
                }
                Piece::Open(rest) => {
                    let shown: String = rest.chars().take(12).collect();
                    let finding = Diagnostic::new(Code::JB5001, format!("占位符没有写完：“{shown}”"));
                    let place = self.find(text.place, rest, seen);
                    findings.push(finding.at(place).hint("写成 {{ 名称 }}，两边各两个大括号"));
                }
            }
        }
        filled
    }

    /// A value as printed, with a word on each amount that is not zero and is printed so.
    pub(super) fn print_at(
        &self,
        (value, reads): (&Value, &[FigureRef]),
        place: Option<Place>,
        findings: &mut Vec<Diagnostic>,
    ) -> String {
        let amounts = match value {
            Value::Amount(amount) => std::slice::from_ref(amount),
            Value::Amounts(amounts) => amounts,
            Value::Text(_) | Value::Truth(_) | Value::Absent => &[],
        };
        findings
            .extend(amounts.iter().filter_map(|amount| self.vanished(amount, reads)).map(|finding| finding.at(place)));
        self.print(value)
    }

    /// What is said of an amount that is not zero and is printed so, with the figures that it comes from.
    pub(super) fn vanished(&self, amount: &Amount, reads: &[FigureRef]) -> Option<Diagnostic> {
        let printer = self.calculator.printer();
        if !printer.vanishes(amount) {
            return None;
        }
        let exact = amount.value.round_sf(3).unwrap_or(amount.value).normalize();
        let text = format!("{exact}{} 不是 0，印出来成了 {}", amount.unit, printer.number(amount));
        let book = self.calculator.book();
        let finding = reads.iter().take(SOURCES_SHOWN).fold(Diagnostic::new(Code::JB5016, text), |finding, &figure| {
            let place = book.node(figure).map(FigureNode::value_place);
            place.into_iter().fold(finding, |finding, place| finding.also(place, book.name(figure)))
        });
        let smaller = printer.smaller_unit(amount).map(|unit| {
            let unit = unit.name();
            format!("改用小的单位：文中写 {{{{ {unit}(名称) }}}}，表和图写 单位: {unit}")
        });
        let places = printer.places_that_show(amount).map(|places| format!("多印几位小数：保留(名称, {places})"));
        Some(smaller.into_iter().chain(places).fold(finding, Diagnostic::hint))
    }

    /// A value as printed.
    pub(super) fn print(&self, value: &Value) -> String {
        let printer = self.calculator.printer();
        match value {
            Value::Amount(amount) => printer.number(amount),
            Value::Amounts(amounts) => amounts.iter().map(|a| printer.number(a)).collect::<Vec<_>>().join("、"),
            Value::Text(text) => text.clone(),
            Value::Truth(_) | Value::Absent => String::new(),
        }
    }

    /// The value of an expression and what it reads; `None` (and a finding, unless `lenient`) where it has none that can be printed.
    pub(super) fn value(
        &self,
        expression: &str,
        place: Option<Place>,
        lenient: bool,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<Evaluated> {
        let place = place.or_else(|| self.calculator.book().own()?.nodes.first().map(|n| n.place))?;
        let text = expression.trim().to_owned();
        let literal = self.sources.slice(place) == text;
        let formula = Formula { text, place, literal };
        let root = self.calculator.root(lenient);
        let scope = Scope { group: self.item.get().unwrap_or(root.group), ..root };
        let outcome = formula_amount(self.calculator, &formula.text, scope);
        self.tell_unknown_scores(place, findings);
        let evaluated = match outcome {
            Ok(evaluated) => evaluated,
            Err(trouble) => {
                if !matches!(trouble.kind, crate::figures::TroubleKind::Failed(_)) {
                    findings.push(trouble_finding(&trouble, &formula));
                }
                return None;
            }
        };
        match evaluated.value {
            Value::Truth(_) => {
                findings.push(Diagnostic::new(Code::JB2003, "比较的结果不能印在文中").at(place));
                None
            }
            Value::Absent => None,
            _ => Some(evaluated),
        }
    }

    /// A year whose score sheet gives no score is told once, where it is asked for first.
    fn tell_unknown_scores(&self, place: Place, findings: &mut Vec<Diagnostic>) {
        for year in self.calculator.last_unknown_scores() {
            if self.unknown_scores.borrow_mut().insert(year) {
                findings.push(unknown_score(year).at(place));
            }
        }
    }

    /// Where a placeholder's expression stands in the file: behind the next opening braces from where the last one ended.
    fn find(&self, place: Option<Place>, expression: &str, seen: &mut usize) -> Option<Place> {
        let place = place?;
        let wanted = expression.trim();
        let found = self.sources.slice(place).get(*seen..).and_then(|rest| {
            let braces = OPEN.iter().filter_map(|mark| rest.find(mark)).min()?;
            Some(*seen + braces + rest[braces..].find(wanted).filter(|_| !wanted.is_empty())?)
        });
        let Some(offset) = found else { return Some(place) };
        *seen = offset + wanted.len();
        Some(place.part(offset, wanted.len()))
    }

    /// Leaves out characters that cannot be printed, and the spaces that YAML puts where a long line was folded.
    fn clean(&self, text: &Spanned<String>, findings: &mut Vec<Diagnostic>) -> String {
        let mut out = text.value.clone();
        let written = text.place.map(|place| self.sources.slice(place)).unwrap_or_default();
        if !written.starts_with(['|', '>']) {
            out = without_folds(out, written);
        }
        let hidden = hidden_characters(out.chars().filter(|&c| is_hidden(c)), text.place, written);
        if let Some(finding) = hidden {
            findings.push(finding);
            out.retain(|c| !is_hidden(c));
        }
        out
    }
}

/// The characters of context by which a fold is found again in the folded text.
const FOLD_CONTEXT: usize = 8;

/// A text without the spaces at which a line was folded beside a Chinese character.
fn without_folds(mut text: String, written: &str) -> String {
    let lines: Vec<&str> = written.lines().map(str::trim).collect();
    for pair in lines.windows(2) {
        let (Some(last), Some(first)) = (pair[0].chars().next_back(), pair[1].chars().next()) else { continue };
        if !is_chinese(last) && !is_chinese(first) {
            continue;
        }
        let before: Vec<char> = pair[0].chars().rev().take(FOLD_CONTEXT).collect();
        let before: String = before.into_iter().rev().collect();
        let after: String = pair[1].chars().take(FOLD_CONTEXT).collect();
        text = text.replacen(&format!("{before} {after}"), &format!("{before}{after}"), 1);
    }
    text
}

/// Braces that would be printed as they stand: `{ 名称 }`, or an end without a beginning.
fn stray_braces(text: &str) -> Option<Diagnostic> {
    if text.contains("}}") || text.contains("｝｝") {
        let finding = Diagnostic::new(Code::JB5001, "“}}”的前面少了“{{”");
        return Some(finding.hint("写成 {{ 名称 }}，两边各两个大括号"));
    }
    let start = text.find(['{', '｛'])?;
    let inside = text[start..].chars().skip(1).take_while(|c| !matches!(c, '}' | '｝')).collect::<String>();
    let name = inside.trim();
    let expression = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
    expression.then(|| {
        Diagnostic::new(Code::JB5001, format!("“{{{inside}}}”只有一层大括号，不会换成数"))
            .hint(format!("写成 {{{{ {name} }}}}"))
    })
}
/// Splits a text at pairs of `**`. A lone `**` is printed as it stands.
fn emphasis(filled: &Filled) -> Vec<Inline> {
    let parts: Vec<&str> = filled.text.split("**").collect();
    let paired = parts.len() % 2 == 1;
    let last = parts.len() - 1;
    let mut inlines = Vec::new();
    let mut start = 0;
    for (i, part) in parts.iter().enumerate() {
        let strong = i % 2 == 1 && (paired || i < last);
        let lone = !paired && i == last;
        let end = start + part.len();
        let begin = if lone { start - "**".len() } else { start };
        cut_at_marks(filled, begin..end, strong, &mut inlines);
        start = end + "**".len();
    }
    inlines
}

/// A stretch of a text, with a mark before each thing that is printed in it.
fn cut_at_marks(filled: &Filled, stretch: Range<usize>, strong: bool, into: &mut Vec<Inline>) {
    let mut from = stretch.start;
    let mut push = |to: usize, into: &mut Vec<Inline>| {
        let text = filled.text[from..to].to_owned();
        match (text.is_empty(), strong) {
            (true, _) => {}
            (false, true) => into.push(Inline::Strong(text)),
            (false, false) => into.push(Inline::Text(text)),
        }
        from = to;
    };
    for &(at, number) in filled.marks.iter().filter(|(at, _)| stretch.contains(at)) {
        push(at, into);
        into.push(Inline::Mark(number));
    }
    push(stretch.end, into);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emphasis_needs_a_pair() {
        let text = |s: &str| Inline::Text(s.into());
        let plain = |s: &str| emphasis(&Filled { text: s.into(), marks: Vec::new() });
        assert_eq!(plain("甲**乙**丙"), [text("甲"), Inline::Strong("乙".into()), text("丙")]);
        assert_eq!(plain("2**3"), [text("2"), text("**3")]);
        assert_eq!(plain(""), []);
    }

    #[test]
    fn marks_stand_before_what_is_printed() {
        let text = |s: &str| Inline::Text(s.into());
        let filled = Filled { text: "甲1.00乙**2**".into(), marks: vec![(3, 0), (12, 1)] };
        let strong = Inline::Strong("2".into());
        assert_eq!(emphasis(&filled), [text("甲"), Inline::Mark(0), text("1.00乙"), Inline::Mark(1), strong]);
    }
}
