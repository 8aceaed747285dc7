//! The outlines of the glyphs that a file shows, by their sums. For comparing two files that are printed in the same faces:
//! what a character looks like is what a reader of the paper goes by, whatever is copied out.
//!
//! The outlines are taken as they are written (OpenType, `glyf`, and The Compact Font Format, CharStrings): programs that
//! leave out unused glyphs copy those that they keep.

use std::collections::BTreeMap;

use hayro_syntax::object::{ObjectIdentifier, Stream};

use super::guard::guarded;
use super::packed::Budget;
use super::{Document, ReadError, Reader};

/// What draws the characters of a font.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outlines {
    /// The sums of glyphs by what they stand for, each with the format before it; none where a glyph is not there.
    pub glyphs: BTreeMap<String, Option<String>>,
    /// The sum of the whole file of the font: it also says which glyph a number means, and what glyphs share. None where
    /// the numbers are not those of its glyphs.
    pub program: Option<String>,
}

impl Reader {
    /// The outlines of each font of the document, in the order of its fonts.
    ///
    /// # Errors
    /// If they are larger than the limits allow.
    pub fn outlines(&self, document: &Document) -> Result<Vec<Outlines>, ReadError> {
        guarded(|| {
            let mut budget = Budget::new(&self.limits);
            let mut programs: BTreeMap<ObjectIdentifier, Vec<u8>> = BTreeMap::new();
            let mut all = Vec::new();
            for font in &document.fonts {
                if let Some(id) = font.program
                    && !programs.contains_key(&id)
                {
                    let stream = self.pdf.xref().get::<Stream<'_>>(id);
                    let program = stream.map(|stream| budget.unpack(&stream)).transpose()?.flatten();
                    programs.insert(id, program.unwrap_or_default());
                }
                let program = font.program.and_then(|id| programs.get(&id)).map(|data| Program(data));
                let glyphs = font.shown.iter().map(|(glyph, text)| {
                    (text.clone(), program.as_ref().and_then(|program| program.outline(*glyph)).map(|o| sum(&o)))
                });
                all.push(Outlines {
                    glyphs: glyphs.collect(),
                    program: program.as_ref().map(|program| crate::hash::sum_of(program.0)),
                });
            }
            Ok(all)
        })
    }
}

fn sum((format, outline): &(&str, Vec<&[u8]>)) -> String {
    format!("{format} {}", crate::hash::sum_of(&outline.concat()))
}

/// The file of a font.
struct Program<'a>(&'a [u8]);

impl<'a> Program<'a> {
    /// The format and the bytes of a glyph, and what they are measured by.
    fn outline(&self, glyph: u32) -> Option<(&'static str, Vec<&'a [u8]>)> {
        let glyph = usize::try_from(glyph).ok()?;
        if self.0.starts_with(&[1, 0]) {
            return Some(("CFF", vec![char_string(self.0, glyph)?]));
        }
        let (head, loca, glyf) = (self.table(b"head")?, self.table(b"loca")?, self.table(b"glyf")?);
        let at = |place: usize| -> Option<usize> {
            if number(head, 50, 2)? == 0 { Some(number(loca, 2 * place, 2)? * 2) } else { number(loca, 4 * place, 4) }
        };
        let of_number = |glyph: usize| glyf.get(at(glyph)?..at(glyph + 1)?);
        let mut parts = vec![head.get(18..20)?];
        with_components(glyph, &of_number, PARTS_WITHIN, &mut parts)?;
        Some(("glyf", parts))
    }

    fn table(&self, tag: &[u8]) -> Option<&'a [u8]> {
        let count = number(self.0, 4, 2)?;
        let mut records = self.0.get(12..)?.chunks_exact(16).take(count);
        let record = records.find(|record| record.starts_with(tag))?;
        let start = number(record, 8, 4)?;
        self.0.get(start..start.checked_add(number(record, 12, 4)?)?)
    }
}

/// How deep glyphs that are put together lie within each other.
const PARTS_WITHIN: usize = 3;
/// How many parts a glyph is put together from at most, in bytes that say so.
const PARTS: usize = 200;

/// The bytes of a glyph. One that is put together names others by numbers, which mean other glyphs in another selection: it
/// has the bytes of those instead (OpenType, `glyf`, composite glyph description).
fn with_components<'a>(
    glyph: usize,
    of_number: &impl Fn(usize) -> Option<&'a [u8]>,
    depth: usize,
    parts: &mut Vec<&'a [u8]>,
) -> Option<()> {
    const HEAD: usize = 10;
    const WORDS: usize = 1;
    const MORE: usize = 1 << 5;
    let outline = of_number(glyph)?;
    if outline.first().is_none_or(|byte| byte & 0x80 == 0) {
        parts.push(outline);
        return Some(());
    }
    parts.push(outline.get(..HEAD)?);
    let mut at = HEAD;
    loop {
        let (flags, component) = (number(outline, at, 2)?, number(outline, at + 2, 2)?);
        let numbers = if flags & WORDS == 0 { 2 } else { 4 };
        let scales = [(1 << 3, 2), (1 << 6, 4), (1 << 7, 8)];
        let scale: usize = scales.iter().filter(|(flag, _)| flags & flag != 0).map(|(_, bytes)| bytes).sum();
        parts.push(outline.get(at..at + 2)?);
        let end = at + 4 + numbers + scale;
        parts.push(outline.get(at + 4..end)?);
        (parts.len() < PARTS).then_some(())?;
        with_components(component, of_number, depth.checked_sub(1)?, parts)?;
        if flags & MORE == 0 {
            // Instructions.
            parts.push(outline.get(end..)?);
            return Some(());
        }
        at = end;
    }
}

/// A number of some bytes, the weightiest first.
fn number(data: &[u8], at: usize, bytes: usize) -> Option<usize> {
    let bytes = data.get(at..at.checked_add(bytes)?)?;
    Some(bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}

/// A glyph of a font in the compact format.
fn char_string(data: &[u8], glyph: usize) -> Option<&[u8]> {
    let (_, names_end) = index(data, number(data, 2, 1)?)?;
    let (tops, _) = index(data, names_end)?;
    let top = tops.item(0)?;
    let (glyphs, _) = index(data, char_strings(top)?)?;
    glyphs.item(glyph)
}

/// Where the glyphs begin, as the top dictionary says.
fn char_strings(top: &[u8]) -> Option<usize> {
    const CHAR_STRINGS: u8 = 17;
    let (mut at, mut last) = (0, 0);
    while let Some(&byte) = top.get(at) {
        at += match byte {
            CHAR_STRINGS => return Some(last),
            12 => 2,
            28 => {
                last = number(top, at + 1, 2)?;
                3
            }
            29 => {
                last = number(top, at + 1, 4)?;
                5
            }
            30 => 1 + top.get(at + 1..)?.iter().position(|byte| byte & 0x0F == 0x0F || byte >> 4 == 0x0F)? + 1,
            247..=254 => {
                last = number(top, at, 2)?.wrapping_sub(247 << 8) + 108;
                2
            }
            _ => 1,
        };
    }
    None
}

/// A list of the compact format, and where it ends.
fn index(data: &[u8], at: usize) -> Option<(Index<'_>, usize)> {
    let count = number(data, at, 2)?;
    if count == 0 {
        return Some((Index { offsets: &[], size: 1, data: &[] }, at + 2));
    }
    let size = number(data, at + 2, 1).filter(|size| (1..=4).contains(size))?;
    let begin = at + 3 + (count + 1) * size;
    let index = Index { offsets: data.get(at + 3..begin)?, size, data: data.get(begin..)? };
    let end = begin.checked_add(index.offset(count)?)?;
    Some((index, end))
}

struct Index<'a> {
    offsets: &'a [u8],
    size: usize,
    data: &'a [u8],
}

impl<'a> Index<'a> {
    fn offset(&self, place: usize) -> Option<usize> {
        number(self.offsets, place.checked_mul(self.size)?, self.size)?.checked_sub(1)
    }

    fn item(&self, place: usize) -> Option<&'a [u8]> {
        self.data.get(self.offset(place)?..self.offset(place + 1)?)
    }
}
