//! What kind of character a character is, in words that a clerk can look up.

/// A character for a message: “㐀”（U+3400，CJK 扩展A区的汉字）.
pub fn character(c: char) -> String {
    let shown = if c.is_control() { String::new() } else { format!("“{c}”") };
    format!("{shown}（U+{:04X}，{}）", u32::from(c), kind(c))
}

/// The block or class of a character; the blocks of hanzi are those of Unicode 17.
fn kind(c: char) -> &'static str {
    const BLOCKS: &[(u32, u32, &str)] = &[
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
        (0x1F000, 0x1FAFF, "表情和图形符号"),
        (0x2600, 0x27BF, "图形符号"),
        (0x1D400, 0x1D7FF, "数学字母"),
    ];
    let point = u32::from(c);
    let block = BLOCKS.iter().find(|(first, last, _)| (*first..=*last).contains(&point));
    match block {
        Some((_, _, name)) => name,
        None if c.is_control() => "控制字符",
        None if c.is_alphabetic() => "外文字母",
        None => "符号",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_named_by_their_block() {
        for (c, expected) in [
            ('䶮', "“䶮”（U+4DAE，CJK 扩展A区的汉字）"),
            ('龙', "“龙”（U+9F99，CJK 基本区的汉字）"),
            ('𬭎', "“𬭎”（U+2CB4E，CJK 扩展E区的汉字）"),
            ('😀', "“😀”（U+1F600，表情和图形符号）"),
            ('\u{E123}', "“\u{E123}”（U+E123，私用区：别的机器上可能是另一个字）"),
            ('ก', "“ก”（U+0E01，外文字母）"),
            ('\u{7}', "（U+0007，控制字符）"),
        ] {
            assert_eq!(character(c), expected);
        }
    }
}
