//! The objects of a file, found before a library opens it: a library looks them up when it opens the file, unpacks the
//! streams that hold them (ISO 32000-1, 7.5.7) and the tables that say where they are (7.5.8), and follows the pages.

use hayro_syntax::object::{Array, Dict, FromBytes, MaybeRef, Name, Object, Stream};

use super::limits::Limits;
use super::nesting::{self, Begins};
use super::packed::{Budget, has_sane_predictor};
use super::{ReadError, inflate};

/// The numbers in streams of objects that are read for each object that a file may have: a stream of 20,000 objects is read
/// in seconds.
const NUMBERS_READ: usize = 400;

/// The objects of a file.
pub(super) struct Objects<'a> {
    bytes: &'a [u8],
    /// Streams of objects, unpacked.
    packed: Vec<Packed>,
    /// Where an object of a number may be, in the order of the numbers: there may be several.
    places: Vec<(i32, Place)>,
    /// The numbers of what catalogues name as pages.
    pub(super) roots: Vec<i32>,
    /// Objects and entries of tables that may still come.
    left: usize,
    /// Steps in streams of objects that may still come: each object is looked up by reading the numbers of all.
    steps: usize,
}

struct Packed {
    /// The number of the stream itself.
    number: Option<i32>,
    bytes: Vec<u8>,
    /// Where each of its objects begins.
    starts: Vec<usize>,
}

/// A place in the file, or in one of the streams of objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    packed: Option<usize>,
    start: usize,
}

/// An entry of a table for an object in a stream: its number, the stream's, and which of those in it.
struct Entry {
    number: i32,
    stream: i32,
    index: usize,
}

impl Entry {
    /// The entry for a number, if it is one of an object in a stream.
    fn read(number: u32, row: &[u8], [kind, second, _]: [usize; 3]) -> Option<Self> {
        let (kind, fields) = row.split_at_checked(kind)?;
        let (stream, index) = fields.split_at_checked(second)?;
        (kind == [2]).then_some(())?;
        Some(Self {
            number: number.try_into().ok()?,
            stream: big_endian(stream).try_into().ok()?,
            index: big_endian(index).try_into().ok()?,
        })
    }
}

impl<'a> Objects<'a> {
    /// Finds the objects; refuses a file with too many, or of which too much would be unpacked.
    pub(super) fn find(bytes: &'a [u8], limits: &Limits) -> Result<Self, ReadError> {
        let (left, steps) = (limits.objects, limits.objects.saturating_mul(NUMBERS_READ));
        let mut found = Self { bytes, packed: Vec::new(), places: Vec::new(), roots: Vec::new(), left, steps };
        let mut budget = Budget::of_opening(limits);
        let mut entries = Vec::new();
        nesting::dictionaries(bytes, Begins::Numbered, |start, end| {
            let Some(dict) = bytes.get(start..end).and_then(Dict::from_bytes) else { return Ok(()) };
            found.root(&dict);
            if dict.contains_key("W") && dict.contains_key("Size") {
                found.table(&dict, (start, end), &mut budget, &mut entries)?;
            } else if dict.contains_key("N") && dict.contains_key("First") {
                found.stream(&dict, (start, end), &mut budget)?;
            }
            Ok(())
        })?;
        found.numbered()?;
        found.look_into_streams(entries)?;
        found.places.sort_unstable();
        found.places.dedup();
        Ok(found)
    }

    /// What an object of a number may be, from its beginning on.
    pub(super) fn of(&self, number: i32) -> impl Iterator<Item = &[u8]> {
        let from = self.places.partition_point(|(other, _)| *other < number);
        let here = self.places.get(from..).unwrap_or_default().iter().take_while(move |(other, _)| *other == number);
        here.filter_map(|(_, place)| {
            let bytes = match place.packed {
                Some(packed) => self.packed.get(packed)?.bytes.as_slice(),
                None => self.bytes,
            };
            bytes.get(nesting::blank_end(bytes, place.start)..)
        })
    }

    fn count(&mut self, objects: usize) -> Result<(), ReadError> {
        let left = self.left.checked_sub(objects);
        self.left = left.ok_or_else(|| ReadError::TooLarge("里面的对象太多".to_owned()))?;
        Ok(())
    }

    fn root(&mut self, dict: &Dict<'_>) {
        self.roots.extend(dict.get_ref("Pages").map(|pages| pages.obj_number));
    }

    /// The objects that stand in the file by themselves.
    fn numbered(&mut self) -> Result<(), ReadError> {
        let bytes = self.bytes;
        let mut at = 0;
        while let Some(found) = inflate::find(bytes, b"obj", at) {
            at = found + b"obj".len();
            let Some(number) = number_before(bytes, found) else { continue };
            self.count(1)?;
            self.places.push((number, Place { packed: None, start: at }));
        }
        Ok(())
    }

    /// A stream of objects.
    fn stream(&mut self, dict: &Dict<'_>, (start, end): (usize, usize), budget: &mut Budget) -> Result<(), ReadError> {
        let Some(bytes) = unpacked(dict, self.bytes, (start, end), budget)? else { return Ok(()) };
        let (Some(count), Some(first)) = (dict.get::<usize>("N"), dict.get::<usize>("First")) else { return Ok(()) };
        self.count(count)?;
        let steps = self.steps.checked_sub(count.saturating_mul(count));
        self.steps = steps.ok_or_else(|| ReadError::TooLarge("一组里的对象太多".to_owned()))?;
        let number = number_of(self.bytes, start);
        let mut starts = Vec::new();
        let mut at = 0;
        for _ in 0..count {
            let (Some(number), Some(offset)) = (digits(&bytes, &mut at), digits(&bytes, &mut at)) else { break };
            let start = first.saturating_add(offset);
            if let Ok(number) = i32::try_from(number) {
                self.places.push((number, Place { packed: Some(self.packed.len()), start }));
            }
            starts.push(start);
        }
        self.packed.push(Packed { number, bytes, starts });
        Ok(())
    }

    /// A table of objects: the library makes an entry for each number that the table says to have.
    fn table(
        &mut self,
        dict: &Dict<'_>,
        at: (usize, usize),
        budget: &mut Budget,
        entries: &mut Vec<Entry>,
    ) -> Result<(), ReadError> {
        let Some(bytes) = unpacked(dict, self.bytes, at, budget)? else { return Ok(()) };
        let (Some(widths), Some(size)) = (dict.get::<[u8; 3]>("W"), dict.get::<u32>("Size")) else { return Ok(()) };
        let ranges = match dict.get::<Array<'_>>("Index") {
            Some(ranges) => ranges.iter::<(u32, u32)>().collect(),
            None => vec![(0, size)],
        };
        let widths = [widths[0].min(1), widths[1], widths[2]].map(usize::from);
        let width = widths.iter().sum();
        let mut rest = bytes.as_slice();
        for (first, count) in ranges {
            let count = usize::try_from(count).unwrap_or(usize::MAX);
            // Entries of no width are made without end.
            self.count(rest.len().checked_div(width).map_or(count, |rows| rows.min(count)))?;
            for number in first.. {
                let Some((row, after)) = rest.split_at_checked(width).filter(|(row, _)| !row.is_empty()) else { break };
                if usize::try_from(number - first).is_ok_and(|at| at >= count) {
                    break;
                }
                rest = after;
                entries.extend(Entry::read(number, row, widths));
            }
        }
        Ok(())
    }

    /// What the streams of objects hold: as deep as it is, and where the entries of the tables lead.
    fn look_into_streams(&mut self, entries: Vec<Entry>) -> Result<(), ReadError> {
        let packed = std::mem::take(&mut self.packed);
        for one in &packed {
            nesting::dictionaries(&one.bytes, Begins::Anywhere, |start, end| {
                if let Some(dict) = one.bytes.get(start..end).and_then(Dict::from_bytes) {
                    self.root(&dict);
                }
                Ok(())
            })?;
        }
        let mut by_number: Vec<(i32, usize)> =
            packed.iter().enumerate().filter_map(|(at, one)| Some((one.number?, at))).collect();
        by_number.sort_unstable();
        for entry in entries {
            let from = by_number.partition_point(|(number, _)| *number < entry.stream);
            let same =
                by_number.get(from..).unwrap_or_default().iter().take_while(|(number, _)| *number == entry.stream);
            for &(_, at) in same {
                self.count(1)?;
                if let Some(&start) = packed.get(at).and_then(|one| one.starts.get(entry.index)) {
                    self.places.push((entry.number, Place { packed: Some(at), start }));
                }
            }
        }
        self.packed = packed;
        Ok(())
    }
}

/// The number of the object whose word `obj` is at a place.
fn number_before(bytes: &[u8], word: usize) -> Option<i32> {
    let rest = bytes.get(..word)?;
    let before_digits = |rest: &[u8]| {
        let rest = rest.trim_ascii_end();
        let digits = rest.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        (digits > 0).then_some((rest.len() - digits, rest.len()))
    };
    let (generation, _) = before_digits(rest)?;
    let (start, end) = before_digits(rest.get(..generation)?)?;
    std::str::from_utf8(rest.get(start..end)?).ok()?.parse().ok()
}

/// The number of the object that begins at a place.
fn number_of(bytes: &[u8], start: usize) -> Option<i32> {
    let before = bytes.get(..start)?.trim_ascii_end();
    number_before(bytes, before.strip_suffix(b"obj")?.len())
}

/// The next number in a list of numbers.
fn digits(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let start = nesting::blank_end(bytes, *at);
    let rest = bytes.get(start..)?;
    let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    *at = start + count;
    std::str::from_utf8(rest.get(..count)?).ok()?.parse().ok()
}

fn big_endian(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte))
}

/// The bytes of a stream that the library unpacks before anything else, given its dictionary and where that stands; none
/// where the library does not find one.
fn unpacked(
    dict: &Dict<'_>,
    bytes: &[u8],
    (start, end): (usize, usize),
    budget: &mut Budget,
) -> Result<Option<Vec<u8>>, ReadError> {
    let word = nesting::blank_end(bytes, end);
    // A library that finds no stream here takes the next that there is.
    let Some(word) = inflate::find(bytes, b"stream", word) else { return Ok(None) };
    let data = bytes.get(inflate::data_start(bytes, word + b"stream".len())..).unwrap_or_default();
    let rare = || ReadError::TooLarge("对象表用了少见的压缩办法".to_owned());
    let filters = direct_filters(dict).ok_or_else(rare)?;
    let data = match filters.as_slice() {
        [] => {
            let end = inflate::find(data, b"endstream", 0).unwrap_or(data.len());
            let data = data.get(..end).unwrap_or_default();
            budget.spend(data.len())?;
            return Ok(Some(data.to_vec()));
        }
        [filter] if filter == b"FlateDecode" || filter == b"Fl" => data,
        _ => return Err(rare()),
    };
    let parameters = dict.get_ref("DecodeParms").is_some() || dict.get_ref("DP").is_some();
    if parameters || !has_sane_predictor(dict) {
        return Err(rare());
    }
    let mut unpacked = Vec::new();
    let size = inflate::inflated_into(inflate::body(data), budget.part(), &mut unpacked);
    let size = size.ok_or_else(|| ReadError::TooLarge(format!("有一部分解开后超过{}兆", budget.part() >> 20)))?;
    if !size.is_sound {
        return Err(ReadError::NotPdf);
    }
    budget.spend(size.bytes)?;
    if dict.contains_key("DecodeParms") || dict.contains_key("DP") {
        let stream = bytes.get(start..).and_then(Stream::from_bytes);
        return Ok(stream.and_then(|stream| stream.decoded().ok().map(std::borrow::Cow::into_owned)));
    }
    Ok(Some(unpacked))
}

/// The names of the filters; none if any is written elsewhere in the file, where it cannot be looked up yet.
fn direct_filters(dict: &Dict<'_>) -> Option<Vec<Vec<u8>>> {
    if !dict.contains_key("Filter") {
        return Some(Vec::new());
    }
    if let Some(one) = dict.get::<Name<'_>>("Filter") {
        return Some(vec![one.to_vec()]);
    }
    let all = dict.get::<Array<'_>>("Filter")?;
    let names = all.raw_iter().map(|item| match item {
        MaybeRef::NotRef(Object::Name(name)) => Some(name.to_vec()),
        _ => None,
    });
    names.collect()
}
