//! Characters that nobody sees: each kind named and counted, at the first.

use super::Place;
use crate::characters::code_point;
use crate::diagnostic::{Code, Diagnostic};

/// The finding on the hidden characters of a text; none where there are none. `written` is what stands at the place.
pub(crate) fn hidden_characters(
    hidden: impl Iterator<Item = char>,
    place: Option<Place>,
    written: &str,
) -> Option<Diagnostic> {
    let mut kinds: Vec<(char, usize)> = Vec::new();
    for c in hidden {
        match kinds.iter_mut().find(|(kind, _)| *kind == c) {
            Some((_, count)) => *count += 1,
            None => kinds.push((c, 1)),
        }
    }
    let &(first, _) = kinds.first()?;
    let named: Vec<String> = kinds.iter().map(|(c, count)| format!("{}{count}个", code_point(*c))).collect();
    let finding = Diagnostic::new(Code::JB5004, format!("文字里有看不见的字符，已略去：{}", named.join("、")));
    // What is written as `\u200B` does not stand there itself.
    let at = place.map(|place| written.find(first).map_or(place, |at| place.part(at, first.len_utf8())));
    let here = "光标移到标出的地方，把看不见的字符连同前后各一个字删去，重新输入";
    Some(finding.at(at).hint(here))
}
