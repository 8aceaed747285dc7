//! How the figures of an equation count: added, or taken away.

use std::collections::{BTreeMap, BTreeSet};

use super::holds::Figure;

/// An equation, or a formula, as a sum.
#[derive(Debug)]
pub(super) enum Sum {
    /// Each figure that is written once counts as +1 or −1.
    Linear(BTreeMap<Figure, i32>),
    /// It does more than add and take away.
    Other(BTreeSet<Figure>),
}

impl Sum {
    /// The written figures that count for nothing once every formula is put in: they stand on both sides.
    pub(super) fn cancelled(&self, formulas: &BTreeMap<Figure, Self>) -> BTreeSet<Figure> {
        let mut net = BTreeMap::new();
        let linear = self.expand(1, formulas, &mut net);
        net.into_iter().filter(|(_, sign)| linear && *sign == 0).map(|(figure, _)| figure).collect()
    }

    /// Adds the written figures that a sum comes to; whether it is linear throughout.
    fn expand(&self, times: i32, formulas: &BTreeMap<Figure, Self>, net: &mut BTreeMap<Figure, i32>) -> bool {
        let Self::Linear(signs) = self else { return false };
        let mut linear = true;
        for (figure, sign) in signs {
            if let Some(formula) = formulas.get(figure) {
                linear &= formula.expand(times * sign, formulas, net);
            } else {
                *net.entry(figure.clone()).or_default() += times * sign;
            }
        }
        linear
    }
}

/// The sum of expressions, each with what it reads and whether it is taken away, and of a stated figure.
pub(super) fn sum(expressions: &[(&str, Vec<Figure>, bool)], stated: Option<Figure>) -> Sum {
    let mut signs: BTreeMap<Figure, i32> = stated.iter().map(|figure| (figure.clone(), 1)).collect();
    for (text, reads, taken_away) in expressions {
        let Some(own) = words(text) else {
            let all = expressions.iter().flat_map(|(_, reads, _)| reads.clone());
            return Sum::Other(all.chain(stated).collect());
        };
        for read in reads {
            // What no word names is a member of a group that is added up.
            let sign = own.iter().find(|(word, _)| names(word, read)).map_or(1, |(_, sign)| *sign);
            *signs.entry(read.clone()).or_default() += if *taken_away { -sign } else { sign };
        }
    }
    Sum::Linear(signs)
}

/// Whether a word of an expression is this figure: its full name, or the end of it.
fn names(word: &str, (_, path): &Figure) -> bool {
    let word = word.strip_prefix("上年.").unwrap_or(word);
    path == word || path.ends_with(&format!(".{word}"))
}

/// The words of an expression that only adds and takes away, each with its sign.
fn words(text: &str) -> Option<Vec<(String, i32)>> {
    let takes_a_group = text.contains("合计(") || text.contains("汇总(");
    let nested = ["-(", "- (", "*", "/", "占比"].iter().any(|part| text.contains(part));
    if nested || (takes_a_group && text.contains('-')) {
        return None;
    }
    let mut words = Vec::new();
    let (mut word, mut sign) = (String::new(), 1);
    for c in text.chars().chain([' ']) {
        if c.is_alphanumeric() || matches!(c, '_' | '.') {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            words.push((std::mem::take(&mut word), sign));
        }
        sign = match c {
            '-' => -1,
            '+' | ',' => 1,
            _ => sign,
        };
    }
    Some(words)
}
