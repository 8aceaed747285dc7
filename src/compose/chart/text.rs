//! How wide texts are, and where names are broken.

/// The most lines of a name.
const LINE_LIMIT: usize = 4;

/// The width of a text, not less than what the faces of the report take.
pub(super) fn width(text: &str, size: i64) -> i64 {
    text.chars().map(|c| size * share(c) / 1000).sum()
}

/// Thousandths of an em, for Liberation Serif; Chinese faces are an em wide.
fn share(c: char) -> i64 {
    match c {
        '0'..='9' => 500,
        '.' | ',' | ' ' => 250,
        '%' => 833,
        '\u{2212}' => 564,
        c if c.is_ascii_uppercase() || matches!(c, 'm' | 'w' | '@') => 800,
        c if c.is_ascii() => 560,
        _ => 1000,
    }
}

/// Breaks a name into lines of about the same width, none wider than `room`; none where it does not fit.
pub(super) fn wrap(text: &str, size: i64, room: i64) -> Option<Vec<String>> {
    let words = words(text);
    let even = |lines: i64| (width(text, size) + lines - 1) / lines;
    for lines in 1..=LINE_LIMIT {
        let count = i64::try_from(lines).ok()?;
        // Half an em at a time, until as many lines as that are enough.
        let mut limit = even(count);
        while limit <= room {
            if let Some(broken) = fill(&words, size, limit).filter(|broken| broken.len() <= lines) {
                return Some(broken);
            }
            limit += size / 2;
        }
        if let Some(broken) = fill(&words, size, room).filter(|broken| broken.len() <= lines) {
            return Some(broken);
        }
    }
    None
}

/// What no line break parts: a Chinese character with the marks that belong to it, a number, a Latin word.
fn words(text: &str) -> Vec<String> {
    const OPENING: &str = "（《“‘〔【(";
    const CLOSING: &str = "），。、》”’；：〕】)%％";
    let mut words: Vec<String> = Vec::new();
    for c in text.chars() {
        let joins = words.last().and_then(|word| word.chars().next_back()).is_some_and(|last| {
            CLOSING.contains(c) || OPENING.contains(last) || (last.is_ascii_alphanumeric() && c.is_ascii_alphanumeric())
        });
        match words.last_mut().filter(|_| joins) {
            Some(word) => word.push(c),
            None => words.push(c.to_string()),
        }
    }
    words
}

/// Lines filled up to a width, as many as it takes.
fn fill(words: &[String], size: i64, limit: i64) -> Option<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        if width(word, size) > limit {
            return None;
        }
        match lines.last_mut().filter(|line| width(line, size) + width(word, size) <= limit) {
            Some(line) => line.push_str(word),
            None => lines.push(word.clone()),
        }
    }
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_broken_evenly_and_numbers_stay_whole() {
        let at = |text: &str, room: i64| wrap(text, 1000, room).unwrap_or_default().join("/");
        assert_eq!(at("2021年", 3000), "2021年");
        assert_eq!(at("公务用车运行维护费", 8000), "公务用车运/行维护费");
        assert_eq!(at("12345热线（一期）", 5000), "12345热线/（一期）");
        assert_eq!(at("2021年", 1900), "");
        assert_eq!(at("一二三四五六七八九", 2000), "");
    }
}
