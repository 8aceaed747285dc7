//! Names of glyphs → text, for fonts of one byte without a map to Unicode: letters, digits and the marks that reports
//! use. Names of another kind are looked up nowhere: what they are is then not known.

const NAMES: &[(&str, char)] = &[
    ("space", ' '),
    ("exclam", '!'),
    ("quotedbl", '"'),
    ("numbersign", '#'),
    ("dollar", '$'),
    ("percent", '%'),
    ("ampersand", '&'),
    ("quotesingle", '\''),
    ("quoteright", '’'),
    ("quoteleft", '‘'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("parenleft", '('),
    ("parenright", ')'),
    ("asterisk", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("hyphen", '-'),
    ("minus", '−'),
    ("period", '.'),
    ("slash", '/'),
    ("zero", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
    ("colon", ':'),
    ("semicolon", ';'),
    ("less", '<'),
    ("equal", '='),
    ("greater", '>'),
    ("question", '?'),
    ("at", '@'),
    ("bracketleft", '['),
    ("backslash", '\\'),
    ("bracketright", ']'),
    ("asciicircum", '^'),
    ("underscore", '_'),
    ("grave", '`'),
    ("braceleft", '{'),
    ("bar", '|'),
    ("braceright", '}'),
    ("asciitilde", '~'),
    ("endash", '–'),
    ("emdash", '—'),
    ("periodcentered", '·'),
    ("middot", '·'),
    ("bullet", '•'),
    ("ellipsis", '…'),
    ("multiply", '×'),
    ("divide", '÷'),
    ("plusminus", '±'),
    ("degree", '°'),
    ("section", '§'),
    ("fi", 'ﬁ'),
    ("fl", 'ﬂ'),
    ("ff", 'ﬀ'),
    ("ffi", 'ﬃ'),
    ("ffl", 'ﬄ'),
];

/// The text that a glyph of this name stands for (the scheme of the Adobe Glyph List: a letter is its own name,
/// `uniXXXX` and `uXXXXX` are code points, what follows a dot is a variant).
pub(super) fn text(name: &str) -> Option<String> {
    let base = name.split('.').next().filter(|base| !base.is_empty())?;
    let mut characters = base.chars();
    if let (Some(letter), None) = (characters.next(), characters.next()) {
        return letter.is_ascii_alphabetic().then(|| letter.to_string());
    }
    if let Some((_, character)) = NAMES.iter().find(|(known, _)| *known == base) {
        return Some(character.to_string());
    }
    let digits = base.strip_prefix("uni").or_else(|| base.strip_prefix('u'))?;
    let code = (4..=6).contains(&digits.len()).then(|| u32::from_str_radix(digits, 16).ok())??;
    char::from_u32(code).map(String::from)
}
