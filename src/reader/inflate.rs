//! How large the packed parts of a file are once unpacked (RFC 1950, RFC 1951), found without keeping them: a bomb is
//! refused before any library unpacks it.
//!
//! Every packed part is looked at, whether or not the file refers to it, so that nothing can hide.

use super::ReadError;
use super::limits::Limits;

/// How large deflated data are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Size {
    /// Bytes, as far as the data go.
    pub(super) bytes: usize,
    /// Whether the data are whole, and written in a way that every library reads alike.
    pub(super) is_sound: bool,
}

/// Refuses bytes whose packed parts are larger than the limits allow.
pub(super) fn measure(bytes: &[u8], limits: &Limits) -> Result<(), ReadError> {
    let mut total = 0_usize;
    let mut from = 0;
    while let Some(found) = find(bytes, b"stream", from) {
        from = found + b"stream".len();
        let packed = bytes.get(data_start(bytes, from)..).unwrap_or_default();
        if !is_zlib(packed) {
            continue;
        }
        let size = inflated(body(packed), limits.part)
            .ok_or_else(|| ReadError::TooLarge(format!("有一部分解开后超过{}兆", limits.part >> 20)))?;
        total = total.saturating_add(size.bytes);
        if total > limits.unpacked {
            return Err(ReadError::TooLarge(format!("全部解开后超过{}兆", limits.unpacked >> 20)));
        }
    }
    Ok(())
}

/// Deflated data without the two bytes that most have before them (RFC 1950).
pub(super) fn body(packed: &[u8]) -> &[u8] {
    if is_zlib(packed) { packed.get(2..).unwrap_or_default() } else { packed }
}

fn is_zlib(packed: &[u8]) -> bool {
    match packed {
        [first, second, ..] => {
            let has_dictionary = second & 0x20 != 0;
            first & 0x0F == 8 && (u32::from(*first) << 8 | u32::from(*second)) % 31 == 0 && !has_dictionary
        }
        _ => false,
    }
}

/// Where the data begins: after the end of the line of the keyword.
pub(super) fn data_start(bytes: &[u8], after: usize) -> usize {
    match (bytes.get(after), bytes.get(after + 1)) {
        (Some(b'\r'), Some(b'\n')) => after + 2,
        (Some(b'\r' | b'\n'), _) => after + 1,
        _ => after,
    }
}

pub(super) fn find(bytes: &[u8], needle: &[u8], from: usize) -> Option<usize> {
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

/// The size of deflated data once inflated; `None` if it is more than `most`. Broken data count as far as they go.
pub(super) fn inflated(data: &[u8], most: usize) -> Option<Size> {
    run(data, most, &mut Sink { size: 0, kept: None })
}

/// The same, and what they stand for.
pub(super) fn inflated_into(data: &[u8], most: usize, into: &mut Vec<u8>) -> Option<Size> {
    run(data, most, &mut Sink { size: 0, kept: Some(into) })
}

fn run(data: &[u8], most: usize, sink: &mut Sink<'_>) -> Option<Size> {
    let mut bits = Bits { data, at: 0, held: 0, count: 0 };
    let mut is_sound = false;
    while let Some(last) = bits.take(1) {
        let block = match bits.take(2) {
            Some(0) => stored(&mut bits, sink),
            Some(1) => Tables::fixed().and_then(|tables| coded(&mut bits, &tables, most, sink)),
            Some(2) => Tables::read(&mut bits).and_then(|tables| coded(&mut bits, &tables, most, sink)),
            _ => None,
        };
        if sink.size > most {
            return None;
        }
        is_sound = block.is_some() && last == 1;
        if block.is_none() || last == 1 {
            break;
        }
    }
    Some(Size { bytes: sink.size, is_sound })
}

/// Where inflated bytes go: counted, and kept where they are wanted.
struct Sink<'a> {
    size: usize,
    kept: Option<&'a mut Vec<u8>>,
}

impl Sink<'_> {
    fn push(&mut self, byte: u8) {
        self.size += 1;
        if let Some(kept) = &mut self.kept {
            kept.push(byte);
        }
    }

    fn extend(&mut self, bytes: &[u8]) {
        self.size += bytes.len();
        if let Some(kept) = &mut self.kept {
            kept.extend_from_slice(bytes);
        }
    }

    /// Repeats what came before; none if nothing did.
    fn repeat(&mut self, distance: usize, length: usize) -> Option<()> {
        let from = self.size.checked_sub(distance)?;
        self.size += length;
        if let Some(kept) = &mut self.kept {
            for at in from..from + length {
                kept.push(*kept.get(at)?);
            }
        }
        Some(())
    }
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

/// Whether it was whole, and no byte of it had been looked at in advance: the library that reads it loses such a byte.
fn stored(bits: &mut Bits<'_>, sink: &mut Sink<'_>) -> Option<()> {
    let is_usual = bits.count < 8;
    bits.align();
    let length = usize::try_from(bits.take(16)?).ok()?;
    bits.take(16)?;
    let bytes = bits.data.get(bits.at..bits.at.checked_add(length)?)?;
    bits.at += length;
    sink.extend(bytes);
    is_usual.then_some(())
}

/// One block, up to its end or as soon as `most` is passed.
fn coded(bits: &mut Bits<'_>, tables: &Tables, most: usize, sink: &mut Sink<'_>) -> Option<()> {
    const EXTRA: [u32; 29] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
    const BASE: [usize; 29] = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ];
    while sink.size <= most {
        match tables.literals.next(bits)? {
            256 => return Some(()),
            symbol @ 0..=255 => sink.push(u8::try_from(symbol).ok()?),
            symbol => {
                let index = usize::from(symbol) - 257;
                let length = BASE.get(index)? + usize::try_from(bits.take(*EXTRA.get(index)?)?).ok()?;
                let code = usize::from(tables.distances.next(bits)?);
                let extra = u32::try_from(code / 2).ok()?.saturating_sub(1);
                // RFC 1951, 3.2.5: two codes for each number of further bits.
                let base = if code < 4 { code + 1 } else { ((2 + code % 2) << extra) + 1 };
                let distance = base + usize::try_from(bits.take(extra)?).ok()?;
                sink.repeat(distance, length)?;
            }
        }
    }
    Some(())
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
