//! JB5013: one item under two names: a figure's name as printed, but for a character or two.

use std::ops::Range;

use super::Scene;
use super::passages::{HOLE, Passage, THIS_YEAR};
use super::words::{CLAUSE_MARKS, hanzi};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Place;

/// The shortest name that is looked for, in Chinese characters.
const SHORTEST: usize = 8;
/// The most names that are looked for: each is looked for in the whole text.
const NAMES: usize = 2000;
/// By how many characters a name may be longer or shorter.
const APART: usize = 2;
/// Characters that make another item of it: the second phase is not the first.
const DISTINCT: &str = "一二三四五六七八九十百甲乙丙丁东南西北中上下左右前后内外新旧改扩续大小多少高低省市县镇乡村人\
    成完计划实未已待拟收支进出入增减升降男女老幼公私水电气路桥0123456789第期批次年月";
/// Characters that make the same name a phrase.
const GRAMMAR: &str = "的和及与了等在为、";

/// A figure's name as printed, and where it stands.
struct Name {
    text: String,
    chars: Vec<char>,
    /// Whether it is written as a full name (名称); the name of a figure alone may be short for another.
    full: bool,
    place: Place,
}

pub(super) fn check(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    let names = names(scene);
    if names.len() > NAMES {
        return;
    }
    let known: Vec<String> = scene.facts.list.iter().flat_map(|fact| fact.names.iter().cloned()).collect();
    for passage in scene.prose() {
        let taken = exact(&passage.text, &known);
        let mut found: Vec<(Range<usize>, &Name)> = Vec::new();
        for name in &names {
            found.extend(variants(&passage.text, name, &taken).into_iter().map(|range| (range, name)));
        }
        found.sort_by_key(|(range, _)| (range.start, range.end));
        found.dedup_by(|later, first| later.0.start < first.0.end);
        findings.extend(found.into_iter().map(|(range, name)| finding(scene, passage, range, name)));
    }
}

fn names(scene: &Scene<'_>) -> Vec<Name> {
    let Some(tree) = scene.inputs.calculator.book().own() else { return Vec::new() };
    let own = tree.figures().filter(|(_, node, _)| !node.derived && hanzi(node.printed_name()) >= SHORTEST);
    own.map(|(_, node, _)| Name {
        text: node.printed_name().to_owned(),
        chars: node.printed_name().chars().collect(),
        full: node.label.is_some(),
        place: node.place,
    })
    .collect()
}

/// Where known names stand as they are, in order and apart: no variant may overlap them.
fn exact(text: &str, known: &[String]) -> Vec<Range<usize>> {
    let long = known.iter().filter(|name| hanzi(name) >= 4);
    let mut ranges: Vec<Range<usize>> =
        long.flat_map(|name| text.match_indices(name.as_str()).map(|(at, _)| at..at + name.len())).collect();
    ranges.sort_by_key(|range| range.start);
    ranges.dedup_by(|later, first| {
        let overlaps = later.start < first.end;
        first.end = if overlaps { first.end.max(later.end) } else { first.end };
        overlaps
    });
    ranges
}

/// Whether a stretch overlaps one of these, which are in order and apart.
fn overlaps(taken: &[Range<usize>], start: usize, end: usize) -> bool {
    let next = taken.partition_point(|range| range.end <= start);
    taken.get(next).is_some_and(|range| range.start < end)
}

/// The stretches of a text that begin and end like the name and differ in between by a character or two.
fn variants(text: &str, name: &Name, taken: &[Range<usize>]) -> Vec<Range<usize>> {
    let count = name.chars.len();
    let head: String = name.chars.iter().take(2).collect();
    let tail: String = name.chars.iter().skip(count.saturating_sub(1)).collect();
    let mut found = Vec::new();
    for (start, _) in text.match_indices(&head) {
        let ends = text[start..].char_indices().map(|(at, c)| (start + at + c.len_utf8(), c));
        for (length, (end, last)) in ends.enumerate().map(|(i, end)| (i + 1, end)).take(count + APART) {
            if CLAUSE_MARKS.contains(&last) || matches!(last, HOLE | THIS_YEAR) {
                break;
            }
            let window = &text[start..end];
            let free = !overlaps(taken, start, end);
            if length + APART >= count && window.ends_with(&tail) && free && is_variant(name, window) {
                found.push(start..end);
                break;
            }
        }
    }
    found
}

/// Whether two names differ by one or two characters side by side, put in or left out, or by one other character.
fn is_variant(Name { chars: name, full, .. }: &Name, window: &str) -> bool {
    let window: Vec<char> = window.chars().collect();
    let same = |(a, b): &(&char, &char)| a == b;
    let ahead = name.iter().zip(&window).take_while(same).count();
    let behind = name.iter().rev().zip(window.iter().rev()).take_while(same).count();
    let shorter = name.len().min(window.len());
    let behind = behind.min(shorter - ahead);
    let (left, right) = (&name[ahead..name.len() - behind], &window[ahead..window.len() - behind]);
    let harmless = |c: &char| !DISTINCT.contains(*c) && !GRAMMAR.contains(*c) && c.is_alphabetic();
    // The shorter the name, the more words there are that differ from it so little.
    let apart = match (left.len(), right.len()) {
        (1, 1) => name.len() >= 8,
        (0, 1) | (1, 0) => *full && shorter >= 8,
        (0, 2) | (2, 0) => *full && shorter >= 10,
        _ => false,
    };
    apart && left.iter().chain(right).all(harmless)
}

fn finding(scene: &Scene<'_>, passage: &Passage<'_>, range: Range<usize>, name: &Name) -> Diagnostic {
    let message = format!("文中写“{}”，数据项的名称是“{}”", &passage.text[range.clone()], name.text);
    Diagnostic::new(Code::JB5013, message)
        .at(passage.place(range, scene.inputs.sources))
        .also(name.place, name.text.clone())
        .hint("同一事项前后用一个名称；确是两个事项的，不用改")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_or_two_put_in_left_out_or_mistyped_make_a_variant() {
        let sources = &mut crate::source::Sources::default();
        let place = Place { file: sources.add("", String::new()), start: 0, end: 0 };
        let name = |text: &str, full| Name { text: text.to_owned(), chars: text.chars().collect(), full, place };
        let is = |text: &str, window: &str| is_variant(&name(text, true), window);
        assert!(is("电子政务外网升级改造项目", "电子政务外网升级改造服务项目"));
        assert!(is("电子政务外网升级改造服务项目", "电子政务外网升级改造项目"));
        assert!(is("疫情防控大数据管理系统", "疫情防控大数剧管理系统"));
        assert!(!is("电子政务外网升级改造项目", "电子政务外网升级改造项目"));
        assert!(!is("电子政务外网升级改造项目", "电子政务外网的升级改造项目"));
        assert!(!is("高标准农田一期建设项目", "高标准农田二期建设项目"));
        assert!(!is("城东片区道路改造项目", "城西片区道路改造项目"));
        assert!(!is("渠道衬砌工程", "渠道工程"));
        assert!(!is("农村公路新建里程", "农村公路改建里程"));
        assert!(is_variant(&name("电子政务外网租赁费", false), "电子政务外网租用费"));
        assert!(!is_variant(&name("电子政务外网升级改造项目", false), "电子政务外网升级改造服务项目"));
        assert!(!is("农业机械购置补贴", "农业耕地购置补贴"));
    }
}
