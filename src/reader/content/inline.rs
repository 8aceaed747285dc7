//! Pictures within the content of a page (ISO 32000-1, 8.9.7). Where one ends is not written: the library looks at all that
//! follows for each word that may end it.

use super::super::ReadError;

/// Words that may end a picture, times the bytes in which they are looked for.
const MOST: usize = 10_000_000_000;

/// Refuses a content in which looking for the ends of its pictures takes long.
pub(super) fn examine(content: &[u8]) -> Result<(), ReadError> {
    let Some(first) = content.windows(2).position(|word| word == b"BI") else { return Ok(()) };
    let rest = content.get(first..).unwrap_or_default();
    let ends = rest.windows(2).filter(|word| *word == b"EI").count();
    if ends.saturating_mul(rest.len()) > MOST {
        return Err(ReadError::TooLarge("页面里嵌的小图太多".to_owned()));
    }
    Ok(())
}
