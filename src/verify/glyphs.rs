//! Whether the characters look as their faces draw them: a face that was edited prints another digit than is copied out.

use std::collections::{BTreeMap, BTreeSet};

use super::{Difference, Kind};
use crate::reader::{Document, Outlines};

/// What is known of the faces of the PDF and of those that the report was made again with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Faces {
    /// The program is the same, and so is how it writes glyphs.
    Alike,
    /// The faces are the same; another version of the program may write them otherwise.
    SameFiles,
    /// Others.
    Others,
}

/// What differs, and the faces whose characters could not be compared.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) differences: Vec<Difference>,
    pub(super) unproven: BTreeSet<String>,
}

/// What is known of each face, by its name.
type ByName<'a> = BTreeMap<&'a str, Face<'a>>;

#[derive(Default)]
struct Face<'a> {
    /// The outlines, by what they stand for.
    glyphs: Glyphs<'a>,
    /// The files that they are in.
    programs: BTreeSet<Option<&'a str>>,
}

type Glyphs<'a> = BTreeMap<&'a str, BTreeSet<Option<&'a str>>>;

/// Compares the outlines of characters that both documents have in a face of the same name.
pub(super) fn compare(
    (of_pdf, now): (&Document, &[Outlines]),
    (again, meant): (&Document, &[Outlines]),
    faces: Faces,
) -> Found {
    let (now, meant) = (by_name(of_pdf, now), by_name(again, meant));
    let formats = if faces == Faces::SameFiles { of_other_writer(&now, &meant) } else { BTreeSet::new() };
    let mut found = Found::default();
    for (name, face) in &now {
        let Some(known) = meant.get(name) else {
            if faces == Faces::Others {
                found.unproven.insert((*name).to_owned());
            } else {
                let text = format!("用了这份报告没有的字体 {name}");
                found.differences.push(Difference::new(Kind::Look, text));
            }
            continue;
        };
        let (strange, other): (Vec<_>, Vec<_>) = in_both(&face.glyphs, &known.glyphs)
            .filter(|both| both.differ)
            .partition(|both| formats.contains(both.format));
        let (false_ones, unknown) = of_no_honest_text(&face.glyphs, &known.glyphs, &meant);
        if !false_ones.is_empty() {
            found.differences.push(told(of_pdf, name, &false_ones));
        }
        if unknown && faces != Faces::Alike {
            found.unproven.insert((*name).to_owned());
        }
        if !strange.is_empty() || (faces == Faces::Others && !other.is_empty()) {
            found.unproven.insert((*name).to_owned());
        } else if !other.is_empty() {
            let texts: Vec<&str> = other.iter().map(|both| both.text).collect();
            found.differences.push(told(of_pdf, name, &texts));
        } else if !is_known(face, known) {
            found.unproven.insert((*name).to_owned());
        }
    }
    found
}

/// Whether all is known that draws the characters of a face: the same outlines in another file may be drawn in another way
/// or for other numbers, and what has no outline may look like anything.
fn is_known(face: &Face<'_>, known: &Face<'_>) -> bool {
    face.programs.is_subset(&known.programs)
        && !face.programs.contains(&None)
        && !face.glyphs.values().any(|sums| sums.contains(&None))
}

/// A character of a face in both documents.
struct Both<'a> {
    text: &'a str,
    format: &'a str,
    differ: bool,
}

fn in_both<'a>(glyphs: &'a Glyphs<'a>, known: &'a Glyphs<'a>) -> impl Iterator<Item = Both<'a>> {
    glyphs.iter().filter_map(|(text, sums)| {
        let known = known.get(text)?;
        let format = known.iter().flatten().next().and_then(|sum| sum.split(' ').next()).unwrap_or_default();
        Some(Both { text, format, differ: !sums.is_subset(known) })
    })
}

/// Characters that the honest face of the name lacks and no other has with this outline: those that look as another
/// character does in an honest face, and whether there are digits of which nothing is known.
fn of_no_honest_text<'a>(glyphs: &'a Glyphs<'a>, known: &Glyphs<'_>, meant: &ByName<'_>) -> (Vec<&'a str>, bool) {
    let outlines = |same: &dyn Fn(&str) -> bool| -> BTreeSet<&str> {
        let all = meant.values().flat_map(|face| &face.glyphs).filter(|(text, _)| same(text));
        all.flat_map(|(_, sums)| sums.iter().copied().flatten()).collect()
    };
    let (mut false_ones, mut unknown) = (Vec::new(), false);
    for (text, sums) in glyphs.iter().filter(|(text, _)| !known.contains_key(*text)) {
        let (own, of_others) = (outlines(&|other| other == *text), outlines(&|other| other != *text));
        let strange = sums.iter().filter(|sum| sum.is_none_or(|sum| !own.contains(sum)));
        let digit = text.chars().any(|c| c.is_ascii_digit());
        for sum in strange {
            if sum.is_some_and(|sum| of_others.contains(sum)) && text.chars().any(char::is_alphanumeric) {
                false_ones.push(*text);
            } else if digit {
                unknown = true;
            }
        }
    }
    (false_ones, unknown)
}

/// The formats of which most glyphs differ: another version writes them otherwise, and nothing is known of any of them.
fn of_other_writer<'a>(now: &'a ByName<'a>, meant: &'a ByName<'a>) -> BTreeSet<&'a str> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (face, known) in now.iter().filter_map(|(name, face)| Some((face, meant.get(name)?))) {
        for both in in_both(&face.glyphs, &known.glyphs) {
            let count = counts.entry(both.format).or_default();
            *count = (count.0 + 1, count.1 + usize::from(both.differ));
        }
    }
    counts.into_iter().filter(|(_, (all, differ))| 2 * differ > *all).map(|(format, _)| format).collect()
}

fn by_name<'a>(document: &'a Document, outlines: &'a [Outlines]) -> ByName<'a> {
    let mut all = ByName::new();
    for (font, glyphs) in document.fonts.iter().zip(outlines) {
        let of_font = all.entry(font.name.as_str()).or_default();
        of_font.programs.insert(glyphs.program.as_deref());
        for (text, sum) in &glyphs.glyphs {
            of_font.glyphs.entry(text.as_str()).or_default().insert(sum.as_deref());
        }
    }
    all
}

fn told(document: &Document, name: &str, texts: &[&str]) -> Difference {
    let fonts: BTreeSet<usize> = (0..).zip(&document.fonts).filter(|(_, f)| f.name == name).map(|(i, _)| i).collect();
    let has_any = |page: &&crate::reader::Page| {
        page.glyphs.iter().any(|glyph| fonts.contains(&glyph.font) && texts.contains(&glyph.text.as_str()))
    };
    let page = document.pages.iter().find(has_any).map_or(1, |page| page.number);
    let shown: String = texts.iter().take(24).copied().collect();
    let what = format!("字体 {name} 里有 {} 个字的字形改过，印出的字和复制出的字可以不同：“{shown}”", texts.len());
    Difference::on_page(Kind::Look, page, &what).sides(Some(&shown), None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::{Font, FontKind};

    /// What comes of a face with these sums, where another has "a" for every character.
    fn compared(sums: &[(&str, &str)], faces: Faces) -> (usize, usize) {
        let sums: Vec<(&str, Option<&str>)> = sums.iter().map(|(text, sum)| (*text, Some(*sum))).collect();
        in_files(&sums, ["file"; 2], faces)
    }

    /// The same, of faces in two files.
    fn in_files(sums: &[(&str, Option<&str>)], [now, again]: [&str; 2], faces: Faces) -> (usize, usize) {
        let document = Document { fonts: vec![Font::named("Face", FontKind::Composite)], ..Document::default() };
        let outlines = |sums: &[(&str, Option<&str>)], file: &str| -> Vec<Outlines> {
            let glyphs = sums.iter().map(|(text, sum)| ((*text).to_owned(), sum.map(str::to_owned))).collect();
            vec![Outlines { glyphs, program: Some(file.to_owned()) }]
        };
        let meant = outlines(&[("1", Some("a")), ("2", Some("a")), ("3", Some("a")), ("?", None)], again);
        let found = compare((&document, &outlines(sums, now)), (&document, &meant), faces);
        (found.differences.len(), found.unproven.len())
    }

    #[test]
    fn few_outlines_that_differ_were_edited_and_many_come_of_another_writer() {
        let few = [("1", "b"), ("2", "a"), ("3", "a"), ("元", "c")];
        let all = [("1", "b"), ("2", "b"), ("3", "b")];
        assert_eq!(compared(&few, Faces::Alike), (1, 0));
        assert_eq!(compared(&few, Faces::SameFiles), (1, 0));
        assert_eq!(compared(&few, Faces::Others), (0, 1));
        assert_eq!(compared(&all, Faces::Alike), (1, 0));
        assert_eq!(compared(&all, Faces::SameFiles), (0, 1));
        assert_eq!(compared(&[("1", "a"), ("元", "c")], Faces::Others), (0, 0));
    }

    #[test]
    fn a_digit_that_the_honest_face_lacks_does_not_look_as_another_does() {
        assert_eq!(compared(&[("1", "a"), ("4", "a")], Faces::SameFiles), (1, 0));
        assert_eq!(compared(&[("1", "a"), ("4", "c")], Faces::SameFiles), (0, 1));
    }

    #[test]
    fn outlines_in_another_file_and_those_that_are_not_there_are_unproven() {
        let same = [("1", Some("a"))];
        for faces in [Faces::SameFiles, Faces::Others] {
            assert_eq!(in_files(&same, ["file", "file"], faces), (0, 0));
            assert_eq!(in_files(&same, ["other", "file"], faces), (0, 1));
            assert_eq!(in_files(&[("1", Some("a")), ("?", None)], ["file", "file"], faces), (0, 1));
        }
    }
}
