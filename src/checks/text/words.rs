//! Words of the Chinese of such reports.

use crate::characters::is_hanzi;

/// Measure words besides [`MEASURE_WORDS`](crate::figures::MEASURE_WORDS), longer ones before those that they begin with.
pub(super) const COUNTS: &[&str] = &[
    "个百分点",
    "百分点",
    "平方公里",
    "平方米",
    "立方米",
    "公顷",
    "人次",
    "批次",
    "场次",
    "万亩",
    "亩",
    "台",
    "套",
    "份",
    "场",
    "期",
    "条",
    "座",
    "处",
    "所",
    "间",
    "辆",
    "张",
    "篇",
    "只",
    "头",
    "株",
    "吨",
    "米",
    "宗",
    "起",
    "分",
    "例",
    "支",
    "类",
    "枚",
    "册",
    "本",
    "部",
    "门",
    "块",
    "片",
    "颗",
    "届",
    "轮",
    "岗",
    "村",
    "镇",
    "组",
    "款",
    "字",
    "亿亩",
];

/// Stretches of time behind a number.
pub(super) const TIMES: &[&str] = &[
    "年",
    "个月",
    "个工作日",
    "工作日",
    "个小时",
    "小时",
    "分钟",
    "秒",
    "天",
    "周",
    "个季度",
    "季度",
    "时",
    "点",
    "月份",
    "个年度",
    "年度",
];

/// Words right before a number that say it is not exact.
pub(super) const APPROXIMATE_BEFORE: &[&str] = &[
    "约",
    "近",
    "逾",
    "超",
    "超过",
    "超出",
    "不足",
    "不到",
    "不少于",
    "不低于",
    "不高于",
    "不超过",
    "低于",
    "高于",
    "少于",
    "多于",
    "至少",
    "至多",
    "最多",
    "最少",
    "大约",
    "将近",
    "突破",
    "≥",
    "≤",
    ">",
    "<",
    "＞",
    "＜",
    "上限",
    "下限",
    "限额",
];

/// Words right behind a number and its unit that say it is not exact.
pub(super) const APPROXIMATE_AFTER: &[&str] = &["以上", "以下", "以内", "左右", "上下", "余", "多", "/", "每", "起"];

/// Words that may stand between a figure's name and its number, a few in a row: 会议费 决算 支出 为.
const BETWEEN: [&str; 13] =
    ["决算数", "决算", "支出", "合计", "共计", "追加", "达到", "总计", "共", "为", "是", "达", "："];
/// The most of them in a row.
const BETWEEN_LIMIT: usize = 3;

/// The text before a number, and what it is without the words that may stand behind a name.
pub(super) fn names_before(text: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(text), |text| BETWEEN.iter().find_map(|word| text.strip_suffix(word)))
        .take(1 + BETWEEN_LIMIT)
}

/// What separates clauses.
pub(super) const CLAUSE_MARKS: &[char] =
    &['，', '。', '；', '、', '：', '！', '？', '（', '）', '(', ')', ',', ';', '\n', '“', '”'];

/// What ends a sentence, or a part of one that stands for itself.
pub(super) const SENTENCE_MARKS: &[char] = &['。', '；', '！', '？', '\n', ';'];

/// The longest sentence that is looked at, in bytes.
pub(super) const LOOK_BACK: usize = 3000;

/// The clause before an offset.
pub(super) fn clause_before(text: &str, at: usize) -> &str {
    after_last(&text[..at], CLAUSE_MARKS)
}

/// The sentence up to an offset.
pub(super) fn sentence_before(text: &str, at: usize) -> &str {
    after_last(&text[..at], SENTENCE_MARKS)
}

/// The sentence around an offset.
pub(super) fn sentence_around(text: &str, at: usize) -> &str {
    let start = at - sentence_before(text, at).len();
    let end = text[at..].find(SENTENCE_MARKS).map_or(text.len(), |length| at + length);
    &text[start..end]
}

/// What follows the last of the marks, or as much of the end of the text as is worth looking at.
fn after_last<'t>(text: &'t str, marks: &[char]) -> &'t str {
    let text = &text[text.ceil_char_boundary(text.len().saturating_sub(LOOK_BACK))..];
    text.rfind(marks).map_or(text, |at| &text[at + text[at..].chars().next().map_or(0, char::len_utf8)..])
}

/// Whether a text holds any of these words.
pub(super) fn any_of(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// How many Chinese characters a text has.
pub(super) fn hanzi(text: &str) -> usize {
    text.chars().filter(|&c| is_hanzi(c)).count()
}

/// The years typed in a text (`2021年`), with the offset of each.
pub(super) fn years(text: &str) -> Vec<(usize, i32)> {
    let year = |(at, _): (usize, &str)| {
        let digits = text.get(at.checked_sub(4)?..at)?;
        let alone = !text[..at - 4].ends_with(|c: char| c.is_ascii_digit());
        let year = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()?;
        (alone && (1900..=2100).contains(&year)).then_some((at - 4, year))
    };
    text.match_indices('年').filter_map(year).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_and_sentences_end_at_their_marks() {
        let text = "甲为1。乙，丙（丁2";
        assert_eq!(clause_before(text, text.len()), "丁2");
        assert_eq!(sentence_before(text, text.len()), "乙，丙（丁2");
        assert_eq!(sentence_around(text, 0), "甲为1");
    }

    #[test]
    fn words_behind_a_name_are_taken_off_one_by_one() {
        assert_eq!(
            names_before("会议费决算支出为").collect::<Vec<_>>(),
            ["会议费决算支出为", "会议费决算支出", "会议费决算", "会议费"]
        );
        assert_eq!(names_before("项目支出为").nth(1), Some("项目支出"));
        assert_eq!(names_before("甲").count(), 1);
    }

    #[test]
    fn years_are_four_digits_before_the_word() {
        assert_eq!(years("2021年和12021年、3年、２０２１年"), [(0, 2021)]);
    }
}
