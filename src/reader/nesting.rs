//! How deep brackets lie within each other. The library reads objects within objects by recursion, so a file with
//! millions of open brackets would end the whole program: a stack that overflows cannot be caught.
//!
//! An object may begin wherever a table in the file says, even inside what looks like a string from elsewhere. So every
//! place where one can begin is walked from, unless a walk came by it as an object before.

use super::ReadError;

/// Brackets that may lie within each other before a file is refused; ordinary files have under 20.
const NESTING: usize = 2000;

/// Where objects can begin.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Begins {
    /// In a file: after the word `obj`, and at any dictionary.
    Numbered,
    /// In the content of a page or a stream of objects: at any bracket.
    Anywhere,
}

/// Refuses bytes with objects that are nested deeper than any honest file's, or that lie across each other so often that
/// reading them takes long.
pub(super) fn examine(bytes: &[u8], begins: Begins) -> Result<(), ReadError> {
    dictionaries(bytes, begins, |_, _| Ok(()))
}

/// The same; each dictionary is handed over, by its start and end, wherever a library may find one.
pub(super) fn dictionaries(
    bytes: &[u8],
    begins: Begins,
    mut each: impl FnMut(usize, usize) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let mut walk = Walk::new(bytes);
    for (at, byte) in bytes.iter().enumerate() {
        let start = match byte {
            b'<' if bytes.get(at + 1) == Some(&b'<') => at,
            b'[' if begins == Begins::Anywhere => at,
            b'o' if begins == Begins::Numbered && has(bytes, at, b"obj") => {
                let start = blank_end(bytes, at + 3);
                walk.spend(start - at)?;
                start
            }
            _ => continue,
        };
        if walk.is_seen(start) {
            continue;
        }
        walk.object(start)?;
        for (start, end) in std::mem::take(&mut walk.closed) {
            each(start, end)?;
        }
    }
    Ok(())
}

/// The next place that is neither white nor in a comment.
pub(super) fn blank_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        match byte {
            0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ' => at += 1,
            b'%' => at += line_length(bytes, at),
            _ => break,
        }
    }
    at
}

pub(super) fn has(bytes: &[u8], at: usize, word: &[u8]) -> bool {
    bytes.get(at..).is_some_and(|rest| rest.starts_with(word))
}

fn line_length(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len())
}

/// Walks over objects, so many steps and no more.
struct Walk<'a> {
    bytes: &'a [u8],
    /// A bit for each place where an object was begun.
    seen: Vec<u8>,
    /// The dictionaries that the walk came to the end of.
    closed: Vec<(usize, usize)>,
    /// Steps left.
    left: usize,
}

/// A bracket that is open.
struct Open {
    at: usize,
    is_dictionary: bool,
    /// How often at the most a dictionary in it is read anew for those around it.
    twice: u32,
}

impl<'a> Walk<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        let left = bytes.len().saturating_mul(32).saturating_add(16 << 20);
        Self { bytes, seen: vec![0; bytes.len() / 8 + 1], closed: Vec::new(), left }
    }

    fn is_seen(&self, at: usize) -> bool {
        self.seen.get(at / 8).is_some_and(|bits| bits >> (at % 8) & 1 == 1)
    }

    fn spend(&mut self, steps: usize) -> Result<(), ReadError> {
        self.left = self.left.checked_sub(steps).ok_or(ReadError::Broken)?;
        Ok(())
    }

    /// Walks to the end of an object, or as far as its brackets fit.
    fn object(&mut self, start: usize) -> Result<(), ReadError> {
        let mut open: Vec<Open> = Vec::new();
        let mut at = start;
        loop {
            let Some(length) = self.token(at, &mut open)? else {
                // A library that failed tries again from each bracket that is open.
                return open.iter().try_for_each(|bracket| self.spend(at - bracket.at));
            };
            self.spend(length)?;
            at += length;
            if open.is_empty() {
                return Ok(());
            }
            if open.len() > NESTING {
                return Err(ReadError::Broken);
            }
        }
    }

    /// The length of what stands at a place; none where the object is broken off.
    fn token(&mut self, at: usize, open: &mut Vec<Open>) -> Result<Option<usize>, ReadError> {
        let rest = self.bytes.get(at..).unwrap_or_default();
        Ok(match rest {
            [b'<', b'<', ..] => {
                self.begin(at);
                open.push(Open { at, is_dictionary: true, twice: 0 });
                Some(2)
            }
            [b'[', ..] => {
                self.begin(at);
                open.push(Open { at, is_dictionary: false, twice: 0 });
                Some(1)
            }
            [b'>', b'>', ..] => {
                let Some(bracket) = open.pop().filter(|bracket| bracket.is_dictionary) else { return Ok(None) };
                self.close(&bracket, at + 2, open.last_mut())?;
                Some(2)
            }
            [b']', ..] => open.pop().filter(|bracket| !bracket.is_dictionary).map(|_| 1),
            [b'<', digits @ ..] => {
                let length = digits.iter().take_while(|byte| byte.is_ascii_hexdigit() || is_blank(**byte)).count();
                (digits.get(length) == Some(&b'>')).then_some(length + 2)
            }
            [b'(', ..] => Some(literal(rest)),
            [b')' | b'>', ..] | [] => None,
            [b'%', ..] => Some(line_length(self.bytes, at)),
            // One by one: a number, a name, a word or white space need no reading.
            [_, ..] => Some(1),
        })
    }

    /// Closes a dictionary within another bracket or none.
    fn close(&mut self, bracket: &Open, end: usize, around: Option<&mut Open>) -> Result<(), ReadError> {
        self.closed.push((bracket.at, end));
        let Some(around) = around else { return Ok(()) };
        // A dictionary that a stream follows is read a second time, and all in it: among them such dictionaries again.
        let twice = bracket.twice + u32::from(has(self.bytes, blank_end(self.bytes, end), b"stream"));
        around.twice = around.twice.max(twice);
        // It is read once more for the one that it lies in.
        self.spend((end - bracket.at).saturating_mul(2_usize.saturating_pow(twice)))
    }

    fn begin(&mut self, at: usize) {
        if let Some(bits) = self.seen.get_mut(at / 8) {
            *bits |= 1 << (at % 8);
        }
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

/// The length of a string in parentheses; one that does not end is walked over to the end of the bytes.
fn literal(rest: &[u8]) -> usize {
    let mut depth = 0_usize;
    let mut bytes = rest.iter().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => {
                bytes.next();
            }
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_count_wherever_an_object_may_begin() {
        let deep = "[".repeat(NESTING + 1);
        for begins in [Begins::Numbered, Begins::Anywhere] {
            let refused = |text: String| examine(text.as_bytes(), begins) == Err(ReadError::Broken);
            assert!(refused(format!("1 0 obj <</A {deep}>>")));
            assert!(refused(format!("1 0 obj ( 2 0 obj %\n{deep}")));
            assert!(!refused(format!("1 0 obj [{}]", "[<<>>]".repeat(NESTING * 2))));
            assert!(!refused(format!("1 0 obj ({})", "[<".repeat(NESTING / 2))));
        }
        assert_eq!(examine(format!("({deep}").as_bytes(), Begins::Anywhere), Err(ReadError::Broken));
        assert_eq!(examine(deep.as_bytes(), Begins::Numbered), Ok(()));
    }

    #[test]
    fn strings_that_never_end_are_not_walked_again_and_again() {
        let text = "1 0 obj <</A(".repeat(100_000);
        assert_eq!(examine(text.as_bytes(), Begins::Numbered), Err(ReadError::Broken));
    }
}
