//! How large data packed by LZW are once unpacked (ISO 32000-1, 7.4.4), found without keeping them.

/// The codes that are no entries of the table: to begin it anew, and the end.
const CLEAR: usize = 256;
const END: usize = 257;
const MOST_ENTRIES: usize = 4096;

/// The size once unpacked; none if it is more than `most`. Broken data count as far as they go. Codes grow one entry early
/// or not, as a parameter says that may be written elsewhere: the larger of both counts.
pub(super) fn size(data: &[u8], most: usize) -> Option<usize> {
    Some(run(data, 1, most)?.max(run(data, 0, most)?))
}

fn run(data: &[u8], early: usize, most: usize) -> Option<usize> {
    let mut table = Table::default();
    let mut before = None;
    let mut total = 0_usize;
    let mut bit = 0_usize;
    while let Some(code) = code_at(data, bit, table.width(early)) {
        bit += table.width(early);
        let length = match code {
            CLEAR => {
                table = Table::default();
                before = None;
                continue;
            }
            END => break,
            // What is about to be entered: the one before, and a byte.
            _ if code == table.size() => before.map(|before: usize| before + 1),
            _ => table.length(code),
        };
        let Some(length) = length else { break };
        total = total.saturating_add(length);
        if total > most {
            return None;
        }
        if let Some(before) = before {
            table.enter(before + 1);
        }
        before = Some(length);
    }
    Some(total)
}

/// So many bits from a bit on, as a number.
fn code_at(data: &[u8], bit: usize, width: usize) -> Option<usize> {
    let (first, end) = (bit / 8, (bit + width).div_ceil(8));
    let bytes = data.get(first..end)?;
    let all = bytes.iter().fold(0_usize, |all, byte| all << 8 | usize::from(*byte));
    Some(all >> (end * 8 - bit - width) & ((1 << width) - 1))
}

/// The length of what each code stands for, from 258 on.
#[derive(Default)]
struct Table(Vec<usize>);

impl Table {
    fn size(&self) -> usize {
        self.0.len() + END + 1
    }

    fn length(&self, code: usize) -> Option<usize> {
        if code < CLEAR { Some(1) } else { self.0.get(code.checked_sub(END + 1)?).copied() }
    }

    fn enter(&mut self, length: usize) {
        if self.size() < MOST_ENTRIES {
            self.0.push(length);
        }
    }

    /// The bits of the next code.
    fn width(&self, early: usize) -> usize {
        match self.size() + early {
            ..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    /// Codes of the widths that a writer gives them.
    fn packed(codes: &[usize]) -> Vec<u8> {
        let mut table = Table::default();
        let mut bits = String::new();
        let mut is_first = true;
        for &code in codes {
            write!(bits, "{code:0width$b}", width = table.width(1)).unwrap();
            match code {
                CLEAR => table = Table::default(),
                _ if !is_first => table.enter(1),
                _ => {}
            }
            is_first = code == CLEAR;
        }
        let bits = bits.into_bytes();
        bits.chunks(8)
            .map(|byte| byte.iter().enumerate().fold(0, |all, (at, bit)| all | (bit - b'0') << (7 - at)))
            .collect()
    }

    #[test]
    fn each_code_counts_as_what_it_stands_for() {
        // The example of the standard: −−−−−A−−−B.
        assert_eq!(size(b"\x80\x0B\x60\x50\x22\x0C\x0C\x85\x01", 100), Some(10));
        // Each code is the one that is about to be entered: one byte more each time.
        let growing: Vec<usize> = [65].into_iter().chain(258..2258).collect();
        assert_eq!(run(&packed(&growing), 1, 10_000_000), Some(2001 * 2002 / 2));
        assert_eq!(run(&packed(&growing), 1, 2_003_000), None);
        // After the table is begun anew, nothing is entered that was.
        assert_eq!(run(&packed(&[65, 258, CLEAR, 65, 258, END, 65]), 1, 100), Some(6));
        assert_eq!(run(&packed(&[CLEAR, 258]), 1, 100), Some(0));
    }
}
