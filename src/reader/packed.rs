//! Packed parts: unpacked only when it is known how large they become. What a part is packed by is judged by its parsed
//! dictionary, as the library judges it, never by looking for words.

use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, FromBytes, MaybeRef, Name, Object, Stream};

use super::limits::Limits;
use super::{ReadError, inflate, nesting};

/// Columns and colours that a predictor may have (ISO 32000-1, table 8): the library sets aside a row of them.
const COLUMNS: i64 = 1 << 20;
const COLORS: i64 = 64;

/// How much is still unpacked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    part: usize,
    left: usize,
}

impl Budget {
    pub(super) fn new(limits: &Limits) -> Self {
        Self { part: limits.part, left: limits.unpacked }
    }

    pub(super) fn spend(&mut self, bytes: usize) -> Result<(), ReadError> {
        if bytes > self.part {
            return Err(ReadError::TooLarge(format!("有一部分解开后超过{}兆", self.part >> 20)));
        }
        let left = self.left.checked_sub(bytes);
        self.left = left.ok_or_else(|| ReadError::TooLarge("解开的内容加起来太多".to_owned()))?;
        Ok(())
    }

    /// The unpacked bytes of a stream; none where it is packed in a way that only a picture is, or is broken.
    pub(super) fn unpack(&mut self, stream: &Stream<'_>) -> Result<Option<Vec<u8>>, ReadError> {
        let filters = stream.filters();
        if filters.iter().any(|filter| !is_plain(*filter)) || !has_sane_predictor(stream.dict()) {
            return Ok(None);
        }
        let mut data = stream.raw_data().into_owned();
        let count = filters.len();
        for (at, filter) in filters.iter().enumerate() {
            self.spend(most(*filter, &data, self.part))?;
            if at + 1 == count {
                break;
            }
            // A second packing would unpack what a predictor has changed: its size is not known. Nobody's writer does it.
            if !matches!(filter, Filter::AsciiHexDecode | Filter::Ascii85Decode) {
                return Err(ReadError::TooLarge("有压缩了两遍的内容".to_owned()));
            }
            let Some(next) = plain_text(*filter, &data) else { return Ok(None) };
            data = next;
        }
        if count == 0 {
            self.spend(data.len())?;
            return Ok(Some(data));
        }
        Ok(stream.decoded().ok().map(std::borrow::Cow::into_owned))
    }
}

fn is_plain(filter: Filter) -> bool {
    use Filter::{Ascii85Decode, AsciiHexDecode, FlateDecode, LzwDecode, RunLengthDecode};
    matches!(filter, Ascii85Decode | AsciiHexDecode | FlateDecode | LzwDecode | RunLengthDecode)
}

/// How many bytes come out at most. Over `part`, any number stands for too many.
fn most(filter: Filter, data: &[u8], part: usize) -> usize {
    match filter {
        Filter::FlateDecode => flated(data, part),
        // Each code of 9 bits or more stands for one byte more than any before it, and a table has 4096 (7.4.4).
        Filter::LzwDecode => {
            let codes = data.len().saturating_mul(8) / 9 + 1;
            codes.saturating_mul(codes.min(4096))
        }
        Filter::RunLengthDecode => data.len().saturating_mul(64),
        Filter::Ascii85Decode => data.len().saturating_mul(5),
        _ => data.len(),
    }
}

/// Deflated data: exactly where they are sound, else the most that as many bytes can stand for.
fn flated(data: &[u8], part: usize) -> usize {
    const RATIO: usize = 1032;
    match inflate::inflated(inflate::body(data), part) {
        None => part.saturating_add(1),
        Some(inflate::Size { bytes, is_sound: true }) => bytes,
        // What is cut off is read as far as it goes, by the library in its own way.
        Some(inflate::Size { bytes, is_sound: false }) => {
            let worst = data.len().saturating_mul(RATIO);
            if worst <= part { worst.max(bytes) } else { part.saturating_add(1) }
        }
    }
}

/// One step of unpacking that cannot grow much.
fn plain_text(filter: Filter, data: &[u8]) -> Option<Vec<u8>> {
    let name = if filter == Filter::AsciiHexDecode { "ASCIIHexDecode" } else { "ASCII85Decode" };
    let mut alone = format!("<</Length {}/Filter/{name}>>stream\n", data.len()).into_bytes();
    alone.extend_from_slice(data);
    alone.extend_from_slice(b"\nendstream");
    Stream::from_bytes(&alone)?.decoded().ok().map(std::borrow::Cow::into_owned)
}

fn has_sane_predictor(dict: &Dict<'_>) -> bool {
    let sane = |of: &Dict<'_>| {
        let number = |key| match of.get::<Object<'_>>(key) {
            Some(Object::Number(number)) => number.as_i64(),
            _ => 1,
        };
        (0..=COLUMNS).contains(&number("Columns")) && (0..=COLORS).contains(&number("Colors"))
    };
    ["DP", "DecodeParms"].iter().filter_map(|key| dict.get::<Object<'_>>(key)).all(|object| match object {
        Object::Dict(of) => sane(&of),
        Object::Array(all) => all.iter::<Object<'_>>().filter_map(Object::into_dict).all(|of| sane(&of)),
        _ => true,
    })
}

/// Refuses a file of which the library would unpack too much, or too deep, when it only opens it: streams of objects and
/// tables of them (7.5.7, 7.5.8).
pub(super) fn examine(bytes: &[u8], limits: &Limits) -> Result<(), ReadError> {
    let mut budget = Budget { part: limits.part, left: limits.unpacked / 4 };
    let mut walk = nesting::Walk::new(bytes);
    let mut at = 0;
    while let Some(found) = inflate::find(bytes, b"obj", at) {
        at = found + b"obj".len();
        let start = nesting::blank_end(bytes, at);
        walk.spend(start - at)?;
        if !nesting::has(bytes, start, b"<<") {
            continue;
        }
        let Some(end) = walk.object(start)? else { continue };
        let Some(dict) = bytes.get(start..end).and_then(Dict::from_bytes) else { continue };
        let has = |key| dict.contains_key(key);
        let is_table = has("W") && has("Size");
        if is_table || has("N") && has("First") {
            objects(&dict, bytes, end, is_table, &mut budget)?;
        }
    }
    Ok(())
}

fn objects(dict: &Dict<'_>, bytes: &[u8], end: usize, is_table: bool, budget: &mut Budget) -> Result<(), ReadError> {
    let word = nesting::blank_end(bytes, end);
    // A library that finds no stream here takes the next that there is.
    let Some(word) = inflate::find(bytes, b"stream", word) else { return Ok(()) };
    let data = bytes.get(inflate::data_start(bytes, word + b"stream".len())..).unwrap_or_default();
    let rare = || ReadError::TooLarge("对象表用了少见的压缩办法".to_owned());
    let filters = direct_filters(dict).ok_or_else(rare)?;
    let data = match filters.as_slice() {
        [] => return plain_objects(data, is_table),
        [filter] if filter == b"FlateDecode" || filter == b"Fl" => data,
        _ => return Err(rare()),
    };
    let parameters = dict.get_ref("DecodeParms").is_some() || dict.get_ref("DP").is_some();
    if parameters || !has_sane_predictor(dict) {
        return Err(rare());
    }
    let mut unpacked = Vec::new();
    let size = inflate::inflated_into(inflate::body(data), budget.part, &mut unpacked);
    let size = size.ok_or_else(|| ReadError::TooLarge(format!("有一部分解开后超过{}兆", budget.part >> 20)))?;
    if !size.is_sound {
        return Err(ReadError::NotPdf);
    }
    budget.spend(size.bytes)?;
    if is_table { Ok(()) } else { nesting::examine(&unpacked, nesting::Begins::Anywhere) }
}

fn plain_objects(data: &[u8], is_table: bool) -> Result<(), ReadError> {
    let end = inflate::find(data, b"endstream", 0).unwrap_or(data.len());
    let data = data.get(..end).unwrap_or_default();
    if is_table { Ok(()) } else { nesting::examine(data, nesting::Begins::Anywhere) }
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
