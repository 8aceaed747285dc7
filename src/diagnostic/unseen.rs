//! Characters that do not show themselves: what comes from files must not move a terminal's cursor, or look like another
//! text.

use super::{Code, Diagnostic};
use crate::characters::{is_hidden, is_invisible};

/// Whether a character is a control character, or has no width, or turns the direction of what stands around it.
pub fn is_unseen(c: char) -> bool {
    c.is_control() || is_invisible(c) || matches!(c, '\u{2028}' | '\u{2029}' | '\u{206A}'..='\u{206F}')
}

/// A text of one line for people: what would not show itself stands as U+FFFD.
pub fn seen(text: &str) -> String {
    text.chars().map(|c| if is_unseen(c) { '\u{FFFD}' } else { c }).collect()
}

/// Leaves out of a text of one line or more what would not show itself, and says so.
pub(crate) fn drop_unseen(text: &mut String) -> Option<Diagnostic> {
    let first = text.chars().find(|&c| is_hidden(c))?;
    text.retain(|c| !is_hidden(c));
    let what = format!("文字里有不可见的字符 U+{:04X}，已略去", u32::from(first));
    Some(Diagnostic::new(Code::JB5004, what).hint("删去这个字符，重新输入这一处"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_moves_a_cursor_or_turns_the_text_is_left() {
        assert_eq!(seen("甲\u{1B}[2J乙\n丙\u{202E}fdp.exe"), "甲\u{FFFD}[2J乙\u{FFFD}丙\u{FFFD}fdp.exe");
        assert_eq!(seen("〇·“8”－①"), "〇·“8”－①");
    }
}
