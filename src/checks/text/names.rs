//! JB5013: one item under two names: a figure's name as printed, but for a character or two.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Bound, Range};

use super::Scene;
use super::passages::{HOLE, Passage, THIS_YEAR};
use super::words::{CLAUSE_MARKS, hanzi};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Place;

/// The shortest name that is looked for, in Chinese characters.
const SHORTEST: usize = 8;
/// The shortest known name that no variant may overlap, in Chinese characters.
const KNOWN: usize = 4;
/// The longest name that is expected, in bytes.
const LONGEST: usize = 120;
/// The most names that are looked for: many may begin alike.
const NAMES: usize = 2000;
/// By how many characters a name may be longer or shorter.
const APART: usize = 2;
/// Characters that make another item of it: the second phase is not the first.
const DISTINCT: &str = "一二三四五六七八九十百甲乙丙丁东南西北中上下左右前后内外新旧改扩续大小多少高低省市县镇乡村人\
    成完计划实未已待拟收支进出入增减升降男女老幼公私水电气路桥0123456789第期批次年月";
/// Characters that make the same name a phrase.
const GRAMMAR: &str = "的和及与了等在为、";

/// A figure's name as printed, and where it stands.
struct Name<'s> {
    text: &'s str,
    chars: Vec<char>,
    /// Whether it is written as a full name (名称); the name of a figure alone may be short for another.
    full: bool,
    place: Place,
}

/// Names by their first two characters, and by their last.
type ByEnds<'n, 's> = BTreeMap<[char; 2], BTreeMap<char, Vec<&'n Name<'s>>>>;

pub(super) fn check(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    let names = names(scene);
    if names.len() > NAMES {
        return;
    }
    let mut by_ends = ByEnds::new();
    for name in &names {
        if let [first, second, .., last] = name.chars[..] {
            by_ends.entry([first, second]).or_default().entry(last).or_default().push(name);
        }
    }
    let known = LazyCell::new(|| known(scene));
    for passage in scene.prose() {
        let mut found = variants(&passage.text, &by_ends);
        found.retain(|(range, _)| !is_taken(&passage.text, range, &known));
        found.sort_by_key(|(range, _)| (range.start, range.end));
        found.dedup_by(|later, first| later.0.start < first.0.end);
        findings.extend(found.into_iter().map(|(range, name)| finding(scene, passage, range, name)));
    }
}

fn names<'s>(scene: &'s Scene<'_>) -> Vec<Name<'s>> {
    let Some(tree) = scene.inputs.calculator.book().own() else { return Vec::new() };
    let own = tree.figures().filter(|(_, node, _)| !node.derived && hanzi(node.printed_name()) >= SHORTEST);
    own.map(|(_, node, _)| Name {
        text: node.printed_name(),
        chars: node.printed_name().chars().collect(),
        full: node.label.is_some(),
        place: node.place,
    })
    .collect()
}

/// All names of figures that are long enough to be no chance words.
fn known<'s>(scene: &'s Scene<'_>) -> BTreeSet<&'s str> {
    let names = scene.facts.list.iter().flat_map(|fact| &fact.names);
    names.map(String::as_str).filter(|name| hanzi(name) >= KNOWN).collect()
}

/// Whether a known name stands in a text as it is and overlaps the stretch, so that the stretch is no other name.
fn is_taken(text: &str, stretch: &Range<usize>, known: &BTreeSet<&str>) -> bool {
    let first = text.ceil_char_boundary(stretch.start.saturating_sub(LONGEST));
    let mut starts = text[first..stretch.end].char_indices().map(|(at, _)| first + at);
    starts.any(|start| longest_ahead(&text[start..], known).is_some_and(|name| start + name.len() > stretch.start))
}

/// The longest known name that begins a text. A name that begins the text sorts no later than it, and what sorts between
/// the two begins like the name: so the nearest before it is the name, or shares the name's characters with the text.
fn longest_ahead<'k>(text: &str, known: &BTreeSet<&'k str>) -> Option<&'k str> {
    let mut wanted = text;
    loop {
        let nearest = *known.range::<str, _>((Bound::Unbounded, Bound::Included(wanted))).next_back()?;
        if wanted.starts_with(nearest) {
            return Some(nearest);
        }
        let shared = wanted.chars().zip(nearest.chars()).take_while(|(a, b)| a == b);
        wanted = &wanted[..shared.map(|(c, _)| c.len_utf8()).sum()];
    }
}

/// The stretches of a text that begin and end like a name and differ in between by a character or two.
fn variants<'n, 's>(text: &str, by_ends: &ByEnds<'n, 's>) -> Vec<(Range<usize>, &'n Name<'s>)> {
    let mut found = Vec::new();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (at, pair) in chars.windows(2).enumerate() {
        let &[(start, first), (_, second)] = pair else { continue };
        let Some(by_last) = by_ends.get(&[first, second]) else { continue };
        let ahead = &chars[at..];
        let stops = |&(_, c): &(usize, char)| CLAUSE_MARKS.contains(&c) || matches!(c, HOLE | THIS_YEAR);
        let clause = &ahead[..ahead.iter().position(stops).unwrap_or(ahead.len())];
        for (at, &(last, c)) in clause.iter().enumerate().take(LONGEST) {
            let window = &clause[..=at];
            let names = by_last.get(&c).into_iter().flatten().filter(|name| is_variant(name, window));
            found.extend(names.map(|&name| (start..last + c.len_utf8(), name)));
        }
    }
    found
}

/// Whether two names differ by one or two characters side by side, put in or left out, or by one other character.
fn is_variant(Name { chars: name, full, .. }: &Name<'_>, window: &[(usize, char)]) -> bool {
    if name.len().abs_diff(window.len()) > APART {
        return false;
    }
    let same = |(a, b): &(&char, char)| **a == *b;
    let typed = || window.iter().map(|&(_, c)| c);
    let ahead = name.iter().zip(typed()).take_while(same).count();
    let behind = name.iter().rev().zip(typed().rev()).take_while(same).count();
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
    apart && left.iter().chain(right.iter().map(|(_, c)| c)).all(harmless)
}

fn finding(scene: &Scene<'_>, passage: &Passage<'_>, range: Range<usize>, name: &Name<'_>) -> Diagnostic {
    let message = format!("文中写“{}”，数据项的名称是“{}”", &passage.text[range.clone()], name.text);
    Diagnostic::new(Code::JB5013, message)
        .at(passage.place(range, scene.inputs.sources))
        .also(name.place, name.text)
        .hint("同一事项前后用一个名称；确是两个事项的，不用改")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_are_found_wherever_they_stand() {
        let known = BTreeSet::from(["农田建设", "农田建设补助", "建设补助资金", "农田水利"]);
        let text = "在农田建设补助资金和农田建设，农田";
        assert!([0..6, 3..6, 9..12, 24..27, 39..45].iter().all(|stretch| is_taken(text, stretch, &known)));
        assert!([0..3, 27..30, 42..51].iter().all(|stretch| !is_taken(text, stretch, &known)));
        assert_eq!(longest_ahead("农田建设资金", &known), Some("农田建设"));
        assert_eq!(longest_ahead("农田", &known), None);
    }

    #[test]
    fn a_character_or_two_put_in_left_out_or_mistyped_make_a_variant() {
        let sources = &mut crate::source::Sources::default();
        let place = Place { file: sources.add("", String::new()), start: 0, end: 0 };
        let is_one = |text: &str, full, window: &str| {
            let name = Name { text, chars: text.chars().collect(), full, place };
            is_variant(&name, &window.char_indices().collect::<Vec<_>>())
        };
        let is = |text: &str, window: &str| is_one(text, true, window);
        assert!(is("电子政务外网升级改造项目", "电子政务外网升级改造服务项目"));
        assert!(is("电子政务外网升级改造服务项目", "电子政务外网升级改造项目"));
        assert!(is("疫情防控大数据管理系统", "疫情防控大数剧管理系统"));
        assert!(!is("电子政务外网升级改造项目", "电子政务外网升级改造项目"));
        assert!(!is("电子政务外网升级改造项目", "电子政务外网的升级改造项目"));
        assert!(!is("高标准农田一期建设项目", "高标准农田二期建设项目"));
        assert!(!is("城东片区道路改造项目", "城西片区道路改造项目"));
        assert!(!is("渠道衬砌工程", "渠道工程"));
        assert!(!is("农村公路新建里程", "农村公路改建里程"));
        assert!(is_one("电子政务外网租赁费", false, "电子政务外网租用费"));
        assert!(!is_one("电子政务外网升级改造项目", false, "电子政务外网升级改造服务项目"));
        assert!(!is("农业机械购置补贴", "农业耕地购置补贴"));
    }
}
