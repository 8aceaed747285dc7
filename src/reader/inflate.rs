//! How large the packed parts of a file are once unpacked (RFC 1950, RFC 1951), found without keeping them: a bomb is
//! refused before any library unpacks it.
//!
//! Every packed part is looked at, whether or not the file refers to it, so that nothing can hide.

use super::ReadError;
use super::limits::Limits;

/// Bytes packed by LZW, whose size is not measured: one byte may stand for some 2,700.
const LZW: usize = 1 << 18;

/// Refuses bytes whose packed parts are larger than the limits allow.
pub(super) fn measure(bytes: &[u8], limits: &Limits) -> Result<(), ReadError> {
    let mut total = 0_usize;
    let mut from = 0;
    while let Some(found) = find(bytes, b"stream", from) {
        from = found + b"stream".len();
        // `endstream` ends what was looked at before.
        if found >= 3 && bytes.get(found - 3..found) == Some(b"end") {
            continue;
        }
        let start = data_start(bytes, from);
        let packed = bytes.get(start..).unwrap_or_default();
        let dictionary = bytes.get(found.saturating_sub(1024)..found).unwrap_or_default();
        let dictionary = dictionary.get(last(dictionary, b" obj")..).unwrap_or_default();
        if last(dictionary, b"LZW") > 0 {
            let length = find(packed, b"endstream", 0).unwrap_or(packed.len());
            if length > LZW {
                return Err(ReadError::TooLarge("有用旧式 LZW 压缩的大块内容".to_owned()));
            }
        }
        // Not what comes out of the first unpacking is measured, so a second is refused. Nobody's writer does it.
        if count(dictionary, b"FlateDecode") + count(dictionary, b"/Fl ") > 1 {
            return Err(ReadError::TooLarge("有压缩了两遍的内容".to_owned()));
        }
        if !is_zlib(packed) {
            continue;
        }
        let size = inflated(packed.get(2..).unwrap_or_default(), limits.part)
            .ok_or_else(|| ReadError::TooLarge(format!("有一部分解开后超过{}兆", limits.part >> 20)))?;
        total = total.saturating_add(size);
        if total > limits.unpacked {
            return Err(ReadError::TooLarge(format!("全部解开后超过{}兆", limits.unpacked >> 20)));
        }
    }
    Ok(())
}

fn is_zlib(packed: &[u8]) -> bool {
    match packed {
        [first, second, ..] => first & 0x0F == 8 && (u32::from(*first) << 8 | u32::from(*second)) % 31 == 0,
        _ => false,
    }
}

/// Where the data begins: after the end of the line of the keyword.
fn data_start(bytes: &[u8], after: usize) -> usize {
    match (bytes.get(after), bytes.get(after + 1)) {
        (Some(b'\r'), Some(b'\n')) => after + 2,
        (Some(b'\r' | b'\n'), _) => after + 1,
        _ => after,
    }
}

fn find(bytes: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let (&first, _) = needle.split_first()?;
    let mut at = 0;
    while let Some(next) = rest.get(at..)?.iter().position(|byte| *byte == first) {
        at += next;
        if rest.get(at..)?.starts_with(needle) {
            return Some(from + at);
        }
        at += 1;
    }
    None
}

fn last(bytes: &[u8], needle: &[u8]) -> usize {
    bytes.windows(needle.len()).rposition(|window| window == needle).unwrap_or(0)
}

fn count(bytes: &[u8], needle: &[u8]) -> usize {
    bytes.windows(needle.len()).filter(|window| *window == needle).count()
}

/// The size of deflated data once inflated; `None` if it is more than `most`. Broken data count as far as they go.
pub(super) fn inflated(data: &[u8], most: usize) -> Option<usize> {
    let mut bits = Bits { data, at: 0, held: 0, count: 0 };
    let mut size = 0_usize;
    while let Some(last) = bits.take(1) {
        let block = match bits.take(2) {
            Some(0) => stored(&mut bits),
            Some(1) => Tables::fixed().map(|tables| coded(&mut bits, &tables, most - size)),
            Some(2) => Tables::read(&mut bits).map(|tables| coded(&mut bits, &tables, most - size)),
            _ => None,
        };
        let Some(block) = block else { break };
        size = size.saturating_add(block);
        if size > most {
            return None;
        }
        if last == 1 {
            break;
        }
    }
    Some(size)
}

struct Bits<'a> {
    data: &'a [u8],
    at: usize,
    held: u32,
    count: u32,
}

impl Bits<'_> {
    fn take(&mut self, bits: u32) -> Option<u32> {
        while self.count < bits {
            self.held |= u32::from(*self.data.get(self.at)?) << self.count;
            self.at += 1;
            self.count += 8;
        }
        let value = self.held & ((1 << bits) - 1);
        self.held >>= bits;
        self.count -= bits;
        Some(value)
    }

    /// Goes on at the next whole byte; bytes that were looked at in advance are given back.
    fn align(&mut self) {
        self.at -= usize::try_from(self.count / 8).unwrap_or_default();
        self.held = 0;
        self.count = 0;
    }
}

fn stored(bits: &mut Bits<'_>) -> Option<usize> {
    bits.align();
    let length = usize::try_from(bits.take(16)?).ok()?;
    bits.take(16)?;
    bits.data.get(bits.at..bits.at.checked_add(length)?)?;
    bits.at += length;
    Some(length)
}

/// One block's size, or one more than `most` as soon as it is passed.
fn coded(bits: &mut Bits<'_>, tables: &Tables, most: usize) -> usize {
    const EXTRA: [u32; 29] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
    const BASE: [usize; 29] = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ];
    let mut size = 0_usize;
    while size <= most {
        let Some(symbol) = tables.literals.next(bits) else { return size };
        match symbol {
            0..=255 => size += 1,
            256 => return size,
            _ => {
                let index = usize::from(symbol) - 257;
                let (Some(extra), Some(base)) = (EXTRA.get(index), BASE.get(index)) else { return size };
                let Some(more) = bits.take(*extra) else { return size };
                let Some(distance) = tables.distances.next(bits) else { return size };
                if bits.take(u32::from(distance / 2).saturating_sub(1)).is_none() {
                    return size;
                }
                size += base + usize::try_from(more).unwrap_or_default();
            }
        }
    }
    size
}

struct Tables {
    literals: Huffman,
    distances: Huffman,
}

impl Tables {
    fn fixed() -> Option<Self> {
        let mut lengths = vec![8_u8; 144];
        lengths.extend([9; 112]);
        lengths.extend([7; 24]);
        lengths.extend([8; 8]);
        Some(Self { literals: Huffman::new(&lengths)?, distances: Huffman::new(&[5; 30])? })
    }

    fn read(bits: &mut Bits<'_>) -> Option<Self> {
        const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
        let literals = usize::try_from(bits.take(5)?).ok()? + 257;
        let distances = usize::try_from(bits.take(5)?).ok()? + 1;
        let count = usize::try_from(bits.take(4)?).ok()? + 4;
        let mut lengths = [0_u8; 19];
        for place in ORDER.iter().take(count) {
            *lengths.get_mut(*place)? = u8::try_from(bits.take(3)?).ok()?;
        }
        let code = Huffman::new(&lengths)?;
        let mut all: Vec<u8> = Vec::with_capacity(literals + distances);
        while all.len() < literals + distances {
            let (value, times) = match code.next(bits)? {
                symbol @ 0..=15 => (u8::try_from(symbol).ok()?, 1),
                16 => (*all.last()?, bits.take(2)? + 3),
                17 => (0, bits.take(3)? + 3),
                _ => (0, bits.take(7)? + 11),
            };
            all.extend(std::iter::repeat_n(value, usize::try_from(times).ok()?));
        }
        let (first, second) = all.split_at_checked(literals)?;
        Some(Self { literals: Huffman::new(first)?, distances: Huffman::new(second.get(..distances)?)? })
    }
}

/// A canonical Huffman code as one table over the longest code: symbol and length for every 15 bits that may come.
struct Huffman {
    table: Vec<(u16, u8)>,
    longest: u32,
}

impl Huffman {
    fn new(lengths: &[u8]) -> Option<Self> {
        let longest = u32::from(*lengths.iter().max()?).max(1);
        let mut table = vec![(0, 0); 1 << longest];
        let mut code = 0_u32;
        for length in 1..=longest {
            for (symbol, _) in lengths.iter().enumerate().filter(|(_, of)| u32::from(**of) == length) {
                let reversed = code.reverse_bits() >> (32 - length);
                let entry = (u16::try_from(symbol).ok()?, u8::try_from(length).ok()?);
                let step = 1_usize << length;
                let first = usize::try_from(reversed).ok()?;
                for place in (first..table.len()).step_by(step) {
                    *table.get_mut(place)? = entry;
                }
                code += 1;
            }
            code <<= 1;
        }
        Some(Self { table, longest })
    }

    fn next(&self, bits: &mut Bits<'_>) -> Option<u16> {
        while bits.count < self.longest {
            let Some(byte) = bits.data.get(bits.at) else { break };
            bits.held |= u32::from(*byte) << bits.count;
            bits.at += 1;
            bits.count += 8;
        }
        let index = bits.held & ((1 << self.longest) - 1);
        let &(symbol, length) = self.table.get(usize::try_from(index).ok()?)?;
        let length = u32::from(length);
        if length == 0 || length > bits.count {
            return None;
        }
        bits.held >>= length;
        bits.count -= length;
        Some(symbol)
    }
}
