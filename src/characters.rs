//! Characters: which are hanzi, and what one is called in words that a clerk can look up.

use unicode_normalization::UnicodeNormalization;

/// Whether a character is a hanzi: the CJK unified ideographs with their extensions, the compatibility ideographs, and 〇
/// (Unicode 17, Blocks.txt). Planes 2 and 3 hold nothing else, and are taken whole for the extensions to come.
pub(crate) fn is_hanzi(c: char) -> bool {
    matches!(
        c,
        ZERO | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}'
    )
}

/// 〇, which Unicode counts among the punctuation.
const ZERO: char = '\u{3007}';

/// Whether a character is a hanzi or one of the marks that stand among them: no space belongs beside it.
pub(crate) fn is_chinese(c: char) -> bool {
    let mark = matches!(c, '\u{2018}'..='\u{201D}' | '\u{2014}' | '\u{2026}' | '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}');
    mark || is_hanzi(c)
}

/// The ordinary hanzi for one that looks the same and is another character: a radical, as text copied out of a PDF has them,
/// or a compatibility ideograph. No search finds it.
pub(crate) fn ordinary_hanzi(c: char) -> Option<char> {
    let alike = matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}');
    let mut normal = alike.then(|| std::iter::once(c).nfkc())?;
    normal.next().filter(|&ordinary| ordinary != c && is_hanzi(ordinary))
}

/// Whether a character chooses a variant of the one before it.
pub(crate) fn is_variant_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Whether a character shows nothing and leaves no trace in print: it joins, parts or turns what stands around it.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | BYTE_ORDER_MARK
    )
}

/// Whether a character is left out of what is printed: one that shows nothing, or controls a device.
pub(crate) fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n') || is_invisible(c)
}

/// What some editors put in front of a file, and what is pasted along from it into the midst of another.
pub(crate) const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// A character that nobody sees, for a message: U+200B（ZERO WIDTH SPACE）.
pub(crate) fn code_point(c: char) -> String {
    let name = name(c).unwrap_or_else(|| kind(c).to_owned());
    format!("U+{:04X}（{name}）", u32::from(c))
}

/// A character for a message, with its code point, its name and what it is: “㐀”（U+3400，CJK 扩展A区的汉字）,
/// “😀”（U+1F600，GRINNING FACE，表情和图形符号）.
pub(crate) fn character(c: char) -> String {
    let name = name(c).map(|name| format!("{name}，")).unwrap_or_default();
    format!("{}（U+{:04X}，{name}{}）", shown(c), u32::from(c), kind(c))
}

/// The character in quotes; nothing where nobody could see it.
fn shown(c: char) -> String {
    match c {
        _ if c.is_control() || is_invisible(c) || is_variant_selector(c) => String::new(),
        // On a circle of dots, or it would stand on the quotation mark.
        _ if is_combining(c) => format!("“\u{25CC}{c}”"),
        _ => format!("“{c}”"),
    }
}

/// The name in the standard (GB/T 13000, Unicode 17). That of a hanzi says its code point and nothing more.
fn name(c: char) -> Option<String> {
    if is_hanzi(c) && c != ZERO {
        return None;
    }
    unicode_names2::name(c).map(|name| name.to_string())
}

/// Whether a character is a mark that is set on the one before it.
pub(crate) fn is_combining(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'
            | '\u{3099}' | '\u{309A}' | '\u{FE20}'..='\u{FE2F}'
    )
}

/// First and last code point of a block, and what it holds.
type Block = (u32, u32, &'static str);

/// The blocks that a character in a Chinese report may come from (Unicode 17, Blocks.txt).
const BLOCKS: &[Block] = &[
    (0x3007, 0x3007, "汉字数字零"),
    (0x3400, 0x4DBF, "CJK 扩展A区的汉字"),
    (0x4E00, 0x9FFF, "CJK 基本区的汉字"),
    (0xF900, 0xFAFF, "CJK 兼容汉字"),
    (0x20000, 0x2A6DF, "CJK 扩展B区的汉字"),
    (0x2A700, 0x2B73F, "CJK 扩展C区的汉字"),
    (0x2B740, 0x2B81F, "CJK 扩展D区的汉字"),
    (0x2B820, 0x2CEAF, "CJK 扩展E区的汉字"),
    (0x2CEB0, 0x2EBEF, "CJK 扩展F区的汉字"),
    (0x2EBF0, 0x2EE5F, "CJK 扩展I区的汉字"),
    (0x2F800, 0x2FA1F, "CJK 兼容汉字"),
    (0x30000, 0x3134F, "CJK 扩展G区的汉字"),
    (0x31350, 0x323AF, "CJK 扩展H区的汉字"),
    (0x323B0, 0x3347F, "CJK 扩展J区的汉字"),
    (0x2E80, 0x2FDF, "汉字部首"),
    (0x31C0, 0x31EF, "汉字笔画"),
    (0x2FF0, 0x2FFF, "汉字结构符"),
    (0x3000, 0x303F, "中文标点和符号"),
    (0xFF00, 0xFFEF, "全角符号"),
    (0xFE00, 0xFE0F, "异体选择符"),
    (0xE0100, 0xE01EF, "异体选择符"),
    (0xE000, 0xF8FF, "私用区：别的机器上可能是另一个字"),
    (0xF0000, 0x10_FFFF, "私用区：别的机器上可能是另一个字"),
    (0xFFFD, 0xFFFD, "代替读不出的字"),
    (0x1F000, 0x1FAFF, "表情和图形符号"),
    (0x2600, 0x27BF, "图形符号"),
    (0x1D400, 0x1D7FF, "数学字母"),
];

/// The block or class of a character.
fn kind(c: char) -> &'static str {
    let point = u32::from(c);
    let block = BLOCKS.iter().find(|(first, last, _)| (*first..=*last).contains(&point));
    match block {
        Some((_, _, name)) => name,
        None if c.is_control() => "控制字符",
        None if is_invisible(c) => "看不见的字符",
        None if is_combining(c) => "加在前一个字上的符号",
        None if c.is_alphabetic() => "外文字母",
        None => "符号",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_named_by_the_standard_and_their_block() {
        for (c, expected) in [
            ('䶮', "“䶮”（U+4DAE，CJK 扩展A区的汉字）"),
            ('龙', "“龙”（U+9F99，CJK 基本区的汉字）"),
            ('𬭎', "“𬭎”（U+2CB4E，CJK 扩展E区的汉字）"),
            ('〇', "“〇”（U+3007，IDEOGRAPHIC NUMBER ZERO，汉字数字零）"),
            ('😀', "“😀”（U+1F600，GRINNING FACE，表情和图形符号）"),
            ('\u{E123}', "“\u{E123}”（U+E123，私用区：别的机器上可能是另一个字）"),
            ('ก', "“ก”（U+0E01，THAI CHARACTER KO KAI，外文字母）"),
            ('\u{301}', "“\u{25CC}\u{301}”（U+0301，COMBINING ACUTE ACCENT，加在前一个字上的符号）"),
            ('\u{FE00}', "（U+FE00，VARIATION SELECTOR-1，异体选择符）"),
            ('\u{FFFD}', "“\u{FFFD}”（U+FFFD，REPLACEMENT CHARACTER，代替读不出的字）"),
            ('\u{7}', "（U+0007，控制字符）"),
            ('\u{AD}', "（U+00AD，SOFT HYPHEN，看不见的字符）"),
        ] {
            assert_eq!(character(c), expected);
        }
    }

    #[test]
    fn what_only_looks_like_a_hanzi_has_an_ordinary_one() {
        let ordinary = [('\u{2F00}', '一'), ('\u{2FD5}', '龠'), ('\u{F900}', '豈'), ('\u{2F800}', '丽')];
        assert_eq!(ordinary.map(|(c, _)| ordinary_hanzi(c)), ordinary.map(|(_, ordinary)| Some(ordinary)));
        // The last is an ideograph of its own in the block of the others.
        assert_eq!(['一', '〇', '①', '\u{2E80}', '\u{FA0E}'].map(ordinary_hanzi), [None; 5]);
    }

    #[test]
    fn the_blocks_of_hanzi_are_those_that_hanzi_are_told_by() {
        let hanzi = |(_, _, name): &&Block| name.ends_with("汉字") || name.starts_with("汉字数字");
        for (first, last, name) in BLOCKS.iter().filter(hanzi) {
            assert!((*first..=*last).filter_map(char::from_u32).all(is_hanzi), "{name}");
        }
        let others = BLOCKS.iter().filter(|block| !hanzi(block)).flat_map(|(first, last, _)| *first..=*last);
        assert!(others.filter_map(char::from_u32).all(|c| c == ZERO || !is_hanzi(c)));
    }
}
