//! Packed parts: unpacked only when it is known how large they become. What a part is packed by is judged by its parsed
//! dictionary, as the library judges it, never by looking for words.

use hayro_syntax::Filter;
use hayro_syntax::object::{Dict, FromBytes, Object, Stream};

use super::limits::Limits;
use super::{ReadError, inflate, lzw};

/// Columns and colours that a predictor may have (ISO 32000-1, table 8): the library sets aside a row of them.
const COLUMNS: i64 = 1 << 20;
const COLORS: i64 = 64;

/// Packings one around the other.
const FILTERS: usize = 8;

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

    /// For what a library unpacks when it only opens a file.
    pub(super) fn of_opening(limits: &Limits) -> Self {
        Self { part: limits.part, left: limits.unpacked / 4 }
    }

    /// The bytes that one part may have.
    pub(super) fn part(&self) -> usize {
        self.part
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
        let count = filters.len();
        if count > FILTERS {
            return Err(ReadError::TooLarge(format!("有一部分压缩了{count}遍")));
        }
        if filters.iter().any(|filter| !is_plain(*filter)) || !has_sane_predictor(stream.dict()) {
            return Ok(None);
        }
        let mut data = stream.raw_data().into_owned();
        // It is copied, however little of it is used.
        self.spend(data.len())?;
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
        Filter::LzwDecode => lzw::size(data, part).unwrap_or(part.saturating_add(1)),
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

pub(super) fn has_sane_predictor(dict: &Dict<'_>) -> bool {
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
