//! Where the texts of a year speak of a file of evidence: by its name, its title, or its number.

use std::sync::LazyLock;

use regex::Regex;

use super::naming::{number, split};
use crate::dossier::Year;
use crate::source::{FileId, Place, Sources, without_comments};

/// 佐证材料3, 佐证（３）.
static NUMBERED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"佐证(?:材料)?[ （(]*([0-9０-９]{1,3})(?:[^0-9０-９]|$)").ok());
/// The shortest title that counts wherever it stands, in characters: shorter ones are words of any report.
const LONG_TITLE: usize = 4;
/// The marks between which a title of any length counts.
const MARKS: [(&str, &str); 4] = [("《", "》"), ("“", "”"), ("「", "」"), ("『", "』")];

/// The numbers of evidence that a text names, and where in it they stand.
pub(crate) fn numbers_in(text: &str) -> impl Iterator<Item = (usize, std::ops::Range<usize>)> {
    let found = NUMBERED.as_ref().into_iter().flat_map(|pattern| pattern.captures_iter(text));
    found.filter_map(|found| found.get(1)).filter_map(|digits| Some((number(digits.as_str())?, digits.range())))
}

/// The texts of a year's files, without comments.
pub(crate) struct Texts<'a> {
    /// The year's folder as the user sees it.
    pub(crate) folder: &'a str,
    year: &'a Year,
    sources: &'a Sources,
    bare: Vec<(FileId, String)>,
}

impl<'a> Texts<'a> {
    /// None where report.yaml has no place.
    pub(crate) fn of(year: &'a Year, sources: &'a Sources) -> Option<Self> {
        let folder = year.report.title.place.map(|place| sources.path(place.file))?.strip_suffix("report.yaml")?;
        let own = sources.files().filter(|&file| sources.path(file).starts_with(folder));
        let without = |file| {
            let text = sources.text(file);
            (file, without_comments(text).unwrap_or_else(|| text.to_owned()))
        };
        Some(Self { folder, year, sources, bare: own.map(without).collect() })
    }

    /// Where a file is spoken of first.
    pub(crate) fn mention(&self, name: &str) -> Option<Place> {
        self.bare.iter().find_map(|(file, text)| {
            let (start, length) = self.in_text(name, text)?;
            let start = self.original(*file, text, start);
            Some(Place { file: *file, start, end: start + length })
        })
    }

    /// The name with its ending; the title between marks; a long title; the number.
    fn in_text(&self, name: &str, text: &str) -> Option<(usize, usize)> {
        let (number, title) = split(name);
        // 合同.pdf is not spoken of where 采购合同.pdf is.
        let longer = |end: usize| {
            let others = self.year.evidence.iter().filter(|other| other.len() > name.len() && other.ends_with(name));
            others.into_iter().any(|other| text[..end].ends_with(other.as_str()))
        };
        let whole = whole_words(text, name).find(|at| !longer(at + name.len())).map(|at| (at, name.len()));
        let marked = || {
            let find = |(open, close): &(&str, &str)| Some(text.find(&format!("{open}{title}{close}"))? + open.len());
            MARKS.iter().find_map(find).map(|at| (at, title.len()))
        };
        let long = || {
            let is_long = title.chars().count() >= LONG_TITLE;
            whole_words(text, title).next().filter(|_| is_long).map(|at| (at, title.len()))
        };
        let numbered = || {
            let (_, range) = numbers_in(text).find(|(one, _)| number > 0 && *one == number)?;
            Some((range.start, range.len()))
        };
        whole.or_else(marked).or_else(long).or_else(numbered)
    }

    /// A place in the text with its comments: they end lines, and move nothing before them.
    fn original(&self, file: FileId, text: &str, at: usize) -> usize {
        let line = text[..at].matches('\n').count();
        let column = at - text[..at].rfind('\n').map_or(0, |end| end + 1);
        let before: usize = self.sources.text(file).split_inclusive('\n').take(line).map(str::len).sum();
        before + column
    }
}

/// Where a word stands, not as a part of a longer one of Latin letters and digits. Chinese sets no words apart.
fn whole_words<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    let joins = |one: Option<char>, other: Option<char>| {
        let is_latin = |c: char| c.is_ascii_alphanumeric();
        one.is_some_and(is_latin) && other.is_some_and(is_latin)
    };
    text.match_indices(word).map(|(at, _)| at).filter(move |at| {
        let (before, after) = (&text[..*at], &text[at + word.len()..]);
        !joins(before.chars().next_back(), word.chars().next())
            && !joins(word.chars().next_back(), after.chars().next())
    })
}
