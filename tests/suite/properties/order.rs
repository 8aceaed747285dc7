//! The order in which figures are written changes none of them.

use std::fmt::Write;

use jibao::source::{Kind, Node, Sources};
use proptest::prelude::*;

use super::{cases, computed, node, values};
use crate::support::root;

/// Puts the keys of every map in another order.
fn shuffle(node: &mut Node, keys: &mut impl Iterator<Item = u32>) {
    match &mut node.kind {
        Kind::Scalar(_) => {}
        Kind::List(items) => {
            for item in items {
                shuffle(item, keys);
            }
        }
        Kind::Map(entries) => {
            for entry in entries.iter_mut() {
                shuffle(&mut entry.value, keys);
            }
            entries.sort_by_cached_key(|_| keys.next());
        }
    }
}

/// The figures of every sample.
fn samples() -> Vec<String> {
    let mut texts = Vec::new();
    for dossier in std::fs::read_dir(root().join("samples")).unwrap().filter_map(Result::ok) {
        for year in std::fs::read_dir(dossier.path()).into_iter().flatten().filter_map(Result::ok) {
            texts.extend(std::fs::read_to_string(year.path().join("figures.yaml")).ok());
        }
    }
    assert!(texts.len() >= 3);
    texts.sort();
    texts
}

/// A tree of groups: each figure is a number or a formula over two that come before it, by their full names.
fn tree() -> impl Strategy<Value = String> {
    let figure =
        (any::<bool>(), -9_999_i64..9_999, any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_usize..4);
    prop::collection::vec(figure, 2..30).prop_map(|figures| {
        let mut paths: Vec<String> = Vec::new();
        let mut groups = vec![String::new(); 4];
        for (i, (formula, number, first, second, group)) in figures.into_iter().enumerate() {
            let value = match paths.as_slice() {
                [_, _, ..] if formula => format!("={} + {} * 2", first.get(&paths), second.get(&paths)),
                _ => format!("{number}.5"),
            };
            let _ = writeln!(groups[group], "  项{i}: {value}");
            paths.push(format!("组{group}.项{i}"));
        }
        let used = groups.iter().enumerate().filter(|(_, lines)| !lines.is_empty());
        used.map(|(group, lines)| format!("组{group}:\n{lines}  合计: =合计(组{group})\n")).collect::<Vec<_>>().concat()
    })
}

fn same_in_any_order(text: &str, keys: &[u32]) -> Result<(), TestCaseError> {
    let mut sources = Sources::default();
    let mut tree = node(&mut sources, text);
    let before = values(&super::calculator(&tree, &sources, |_| {}));
    shuffle(&mut tree, &mut keys.iter().copied().cycle());
    let after = values(&super::calculator(&tree, &sources, |_| {}));
    prop_assert_eq!(before, after);
    Ok(())
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn generated_figures_do_not_depend_on_order(text in tree(), keys in prop::collection::vec(any::<u32>(), 64)) {
        prop_assert!(values(&computed(&text)).values().all(|(value, _)| value.is_some()), "{text}");
        same_in_any_order(&text, &keys)?;
    }

    #[test]
    fn the_samples_figures_do_not_depend_on_order(keys in prop::collection::vec(any::<u32>(), 61)) {
        for text in samples() {
            same_in_any_order(&text, &keys)?;
        }
    }
}
