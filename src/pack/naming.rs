//! The names of files of evidence: their numbers and titles, and what every system takes for a name.

use crate::batch::names::plain;

/// What may stand before a number, the longest first.
const PREFIXES: [&str; 3] = ["佐证材料", "佐证", "附件"];
const BRACKETS: [(char, char); 4] = [('（', '）'), ('(', ')'), ('【', '】'), ('[', ']')];
/// What may stand between a number and the title.
const SEPARATORS: [char; 12] = ['-', '_', ' ', '\u{3000}', '、', '.', '．', '—', '－', '：', ':', '，'];
/// What makes an amount or a time of a number that nothing sets apart from it: 3月, 5万元, 24小时.
const MEASURES: &str = "年月日号季期次个名人份项万亿千百元％级届周天小时分秒米条家类种批所座岁轮台套亩公里户件位本张页点楼\
                        上下大国站线区村组";
/// A number has at most so many digits; without anything that sets it apart from the title, fewer.
const DIGITS: usize = 3;
const DIGITS_ALONE: usize = 2;

/// `03-合同.pdf` → 3 and `合同`; 0 for a name without a number. A year or an amount at the beginning is no number.
pub(crate) fn split(name: &str) -> (usize, &str) {
    let stem = stem(name);
    numbered(stem).unwrap_or((0, stem))
}

/// A number and a title. What consists of a number alone is its own title.
fn numbered(stem: &str) -> Option<(usize, &str)> {
    let (close, inner) = opened(stem);
    let bare = PREFIXES.iter().find_map(|prefix| inner.strip_prefix(prefix));
    let inner = bare.unwrap_or(inner);
    // 佐证（3）, 佐证-3.
    let (close, inner) = if bare.is_some() && close.is_none() { opened(inner) } else { (close, inner) };
    let inner = if bare.is_some() { inner.trim_start_matches(SEPARATORS) } else { inner };
    let length = inner.find(|c: char| digit(c).is_none() && chinese(c).is_none()).unwrap_or(inner.len());
    let (digits, rest) = inner.split_at(length);
    let value = number(digits).filter(|_| digits.chars().count() <= DIGITS)?;
    let rest = match close {
        Some(close) => rest.strip_prefix(close)?,
        None => rest,
    };
    let title = rest.trim_start_matches(SEPARATORS);
    if title.is_empty() {
        let is_plain = digits.chars().all(|c| digit(c).is_some());
        return (is_plain || bare.is_some() || close.is_some()).then_some((value, stem));
    }
    let decimal = rest.starts_with(['.', '．']) && title.starts_with(|c| digit(c).is_some());
    let is_apart = !decimal && title.len() < rest.len();
    let is_alone = || {
        let short = digits.chars().count() <= DIGITS_ALONE && digits.chars().all(|c| digit(c).is_some());
        let follows = |c: char| !c.is_ascii() && !MEASURES.contains(c);
        !decimal && (short || bare.is_some()) && title.starts_with(follows)
    };
    (close.is_some() || is_apart || is_alone()).then_some((value, title))
}

/// The bracket that closes what a text opens, and what follows.
fn opened(text: &str) -> (Option<char>, &str) {
    let find = |&(open, close): &(char, char)| Some((Some(close), text.strip_prefix(open)?));
    BRACKETS.iter().find_map(find).unwrap_or((None, text))
}

/// A number in digits, of full width too, or in Chinese up to 九十九; none for 0 and for what is no number.
pub(super) fn number(text: &str) -> Option<usize> {
    let value = if text.chars().all(|c| digit(c).is_some()) {
        text.chars().filter_map(digit).try_fold(0usize, |sum, one| sum.checked_mul(10)?.checked_add(one))
    } else {
        let (tens, ones) = text.split_once('十').map_or((None, text), |(tens, ones)| (Some(tens), ones));
        let one = |text: &str| {
            let mut all = text.chars();
            all.next().and_then(chinese).filter(|value| *value < 10 && all.next().is_none())
        };
        let or = |text: &str, empty: usize| if text.is_empty() { Some(empty) } else { one(text) };
        match tens {
            Some(tens) => Some(or(tens, 1)? * 10 + or(ones, 0)?),
            None => one(ones),
        }
    };
    value.filter(|value| *value > 0)
}

fn digit(c: char) -> Option<usize> {
    ('0'..='9').position(|one| one == c).or_else(|| ('０'..='９').position(|one| one == c))
}

fn chinese(c: char) -> Option<usize> {
    "〇一二三四五六七八九十".chars().position(|one| one == c)
}

/// A name without its ending.
pub(super) fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A name that every system takes and that reads as it is: neither separators and reserved characters, nor those that
/// cannot be seen or turn the direction of writing, by which a program can look like a document.
pub(super) fn safe(name: &str) -> String {
    let unseen = |c: &char| matches!(*c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    let kept: String = name.chars().filter(|c| !unseen(c)).collect();
    plain(kept.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_what_is_set_apart_in_front() {
        let cases = [
            ("03-合同.pdf", (3, "合同")),
            ("3、合同.pdf", (3, "合同")),
            ("12.验收单.jpg", (12, "验收单")),
            ("2021年决算.pdf", (0, "2021年决算")),
            ("2021-决算.pdf", (0, "2021-决算")),
            ("1.5倍说明.pdf", (0, "1.5倍说明")),
            ("7.pdf", (7, "7")),
            ("3合同.pdf", (3, "合同")),
            ("（3）合同.pdf", (3, "合同")),
            ("(12) 合同.pdf", (12, "合同")),
            ("佐证3-合同.pdf", (3, "合同")),
            ("佐证材料（3）合同.pdf", (3, "合同")),
            ("【佐证3】合同.pdf", (3, "合同")),
            ("附件3：合同.pdf", (3, "合同")),
            ("３、合同.pdf", (3, "合同")),
            ("三、合同.pdf", (3, "合同")),
            ("（二十一）合同.pdf", (21, "合同")),
            ("佐证材料3.pdf", (3, "佐证材料3")),
            ("3.5万元发票.pdf", (0, "3.5万元发票")),
            ("3月工资表.pdf", (0, "3月工资表")),
            ("5G基站.pdf", (0, "5G基站")),
            ("120指挥中心.pdf", (0, "120指挥中心")),
            ("三公经费.pdf", (0, "三公经费")),
            ("一.pdf", (0, "一")),
            ("佐证.pdf", (0, "佐证")),
            ("2021.pdf", (0, "2021")),
            ("0-合同.pdf", (0, "0-合同")),
            ("合同.pdf", (0, "合同")),
        ];
        for (name, expected) in cases {
            assert_eq!(split(name), expected, "{name}");
        }
    }

    #[test]
    fn names_are_safe_on_every_system() {
        assert_eq!(safe("合同:\u{202e}fdp/1"), "合同_fdp_1");
        assert_eq!(safe(" . "), "_");
    }
}
