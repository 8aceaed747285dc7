//! The names of files of evidence: their numbers and titles, and what every system takes for a name.

use crate::batch::names::plain;

/// `03-合同.pdf` → 3 and `合同`; 0 for a name without a number. A year or an amount at the beginning is no number.
pub(super) fn split(name: &str) -> (usize, &str) {
    let stem = stem(name);
    let digits = stem.find(|c: char| !c.is_ascii_digit()).unwrap_or(stem.len());
    let (number, rest) = stem.split_at(digits);
    let title = rest.trim_start_matches(['-', '_', ' ', '、', '.', '．', '—']);
    let set_apart =
        title.len() < rest.len() && !(rest.starts_with('.') && title.starts_with(|c: char| c.is_ascii_digit()));
    match number.parse() {
        Ok(number) if (1..=3).contains(&digits) && set_apart && !title.is_empty() => (number, title),
        _ => (0, stem),
    }
}

/// A name without its ending.
pub(super) fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A name that every system takes and that reads as it is: neither separators and reserved characters, nor those that
/// cannot be seen or turn the direction of writing, by which a program can look like a document.
pub(super) fn safe(name: &str) -> String {
    let unseen = |c: &char| matches!(*c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    let kept: String = name.chars().filter(|c| !unseen(c)).collect();
    plain(kept.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_what_is_set_apart_in_front() {
        let cases = [
            ("03-合同.pdf", (3, "合同")),
            ("3、合同.pdf", (3, "合同")),
            ("12.验收单.jpg", (12, "验收单")),
            ("2021年决算.pdf", (0, "2021年决算")),
            ("2021-决算.pdf", (0, "2021-决算")),
            ("1.5倍说明.pdf", (0, "1.5倍说明")),
            ("7.pdf", (0, "7")),
            ("合同.pdf", (0, "合同")),
        ];
        for (name, expected) in cases {
            assert_eq!(split(name), expected, "{name}");
        }
    }

    #[test]
    fn names_are_safe_on_every_system() {
        assert_eq!(safe("合同:\u{202e}fdp/1"), "合同_fdp_1");
        assert_eq!(safe(" . "), "_");
    }
}
