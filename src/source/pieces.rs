//! Texts with placeholders: `{{ expression }}`.

/// What opens a placeholder; a Chinese keyboard types the second.
pub(crate) const OPEN: [&str; 2] = ["{{", "｛｛"];

/// A stretch of a text as written.
pub(crate) enum Piece<'t> {
    /// Printed as it stands.
    Text(&'t str),
    /// What stands between the braces of a placeholder.
    Expression(&'t str),
    /// A placeholder without its end.
    Open(&'t str),
}

/// Splits a text at its placeholders, whose braces may be full-width.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    const CLOSE: [&str; 2] = ["}}", "｝｝"];
    let first =
        |text: &str, marks: [&str; 2]| marks.iter().filter_map(|mark| Some((text.find(mark)?, mark.len()))).min();
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((start, length)) = first(rest, OPEN) {
        pieces.push(Piece::Text(&rest[..start]));
        let inside = &rest[start + length..];
        let Some((end, close)) = first(inside, CLOSE) else {
            pieces.push(Piece::Open(&rest[start..]));
            return pieces;
        };
        pieces.push(Piece::Expression(&inside[..end]));
        rest = &inside[end + close..];
    }
    pieces.push(Piece::Text(rest));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_may_have_wide_braces_and_must_end() {
        let shape: Vec<String> = pieces("甲{{ 乙 }}丙｛｛丁｝｝{{ 戊")
            .into_iter()
            .map(|piece| match piece {
                Piece::Text(t) => format!("t:{t}"),
                Piece::Expression(t) => format!("e:{t}"),
                Piece::Open(t) => format!("o:{t}"),
            })
            .collect();
        assert_eq!(shape, ["t:甲", "e: 乙 ", "t:丙", "e:丁", "t:", "o:{{ 戊"]);
    }
}
