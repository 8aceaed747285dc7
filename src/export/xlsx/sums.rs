//! Which formulas only add figures up: `甲 + 乙.合计 - 丙`, `合计(甲, 乙)`. Whatever else a formula does is left to this
//! program: a spreadsheet has neither its units nor its rounding.

use crate::figures::{FigureTree, NodeKind};

/// Figures that are added up, each by its number in the tree, and whether it is taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) terms: Vec<(usize, bool)>,
}

/// The sum that a formula in a group is; none where it is anything else.
pub(super) fn sum(tree: &FigureTree, group: usize, formula: &str) -> Option<Sum> {
    let text: String = formula.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
    let of_function = text.strip_prefix("合计(").and_then(|text| text.strip_suffix(')'));
    let terms = match of_function {
        Some(names) => {
            names.split(',').map(|name| Some((figure(tree, group, name)?, false))).collect::<Option<Vec<_>>>()?
        }
        None => {
            signed(&text).map(|(name, minus)| Some((figure(tree, group, name)?, minus))).collect::<Option<Vec<_>>>()?
        }
    };
    (terms.len() > 1).then_some(Sum { terms })
}

/// The terms of a sum with their signs.
fn signed(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut minus = false;
    text.split_inclusive(['+', '-']).map(move |part| {
        let name = part.trim_end_matches(['+', '-']);
        let term = (name, minus);
        minus = part.ends_with('-');
        term
    })
}

/// What a Chinese input method types for the signs of a formula.
fn half_width(c: char) -> char {
    match c {
        '＋' => '+',
        '－' | '−' => '-',
        '（' => '(',
        '）' => ')',
        '，' => ',',
        other => other,
    }
}

/// The figure of a name, looked up from a group outwards, as formulas do.
fn figure(tree: &FigureTree, group: usize, name: &str) -> Option<usize> {
    if name.is_empty() || name.contains(['(', ')', '*', '/', ',', '"']) {
        return None;
    }
    let mut at = group;
    loop {
        let found = name.split('.').try_fold(at, |node, part| tree.member(node, part));
        if let Some(found) = found {
            return matches!(tree.nodes.get(found)?.kind, NodeKind::Figure(_)).then_some(found);
        }
        let parent = tree.nodes.get(at)?.parent;
        if at == parent || at == 0 {
            return None;
        }
        at = parent;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_stand_before_their_terms() {
        let terms: Vec<_> = signed("甲+乙.合计-丙").collect();
        assert_eq!(terms, [("甲", false), ("乙.合计", false), ("丙", true)]);
        assert_eq!(
            signed("-甲").next(),
            Some(("", false)),
            "a sign in front is no plain sum: no figure is called nothing"
        );
    }
}
