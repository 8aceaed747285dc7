//! Breaking a title by sense.
//!
//! GB/T 9704-2012, 7.3.1: a title of several lines keeps words whole, is balanced, and has the shape of a trapezium or
//! rhombus. The author's `/` rules; else breaks are sought between phrases.

/// The longest line of a portrait page, in half characters: 20 characters of 二号 fill the type area, an edge is left on
/// both sides.
pub(crate) const PORTRAIT: usize = 38;
/// The longest line of a landscape page.
pub(crate) const LANDSCAPE: usize = 54;

/// Phrases of such titles that a break must not cut.
const PHRASES: &[&str] = &[
    "部门整体支出",
    "项目支出",
    "整体支出",
    "绩效自评",
    "绩效评价",
    "绩效目标",
    "财政资金",
    "自评报告",
    "自评表",
    "评分表",
    "信息指标",
    "报告",
    "年度",
    "关于",
    "情况",
    "指标",
    "预算",
    "决算",
    "政务服务",
    "数据管理局",
    "服务中心",
    "委员会",
    "管理局",
    "办公室",
];

/// The lines of a title. `whole` are names that must not be cut, such as the unit's; `limit` is the longest line.
pub(crate) fn lines(title: &str, whole: &[&str], limit: usize) -> Vec<String> {
    if title.contains('/') {
        return title.split('/').map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    }
    let chars: Vec<char> = title.chars().collect();
    if width(&chars) <= limit {
        return vec![title.to_owned()];
    }
    let breaks = phrase_ends(title, whole);
    for count in 2..=4 {
        if let Some(lines) = best(&chars, &breaks, count, limit) {
            return lines;
        }
    }
    let everywhere: Vec<usize> = (1..chars.len()).collect();
    let least = width(&chars).div_ceil(limit);
    best(&chars, &everywhere, least.min(4), limit).unwrap_or_else(|| vec![title.to_owned()])
}

/// The width in half characters.
fn width(chars: &[char]) -> usize {
    chars.iter().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// The places, in characters, where one phrase ends and the next begins.
fn phrase_ends(title: &str, whole: &[&str]) -> Vec<usize> {
    let chars: Vec<char> = title.chars().collect();
    let mut cut = vec![true; chars.len() + 1];
    let mut ends = std::collections::BTreeSet::new();
    for phrase in whole.iter().chain(PHRASES).filter(|phrase| !phrase.is_empty()) {
        let length = phrase.chars().count();
        for (byte, _) in title.match_indices(phrase) {
            let start = title[..byte].chars().count();
            cut[start + 1..start + length].fill(false);
            ends.extend([start, start + length]);
        }
    }
    for i in 1..chars.len() {
        let digits = chars[i - 1].is_ascii_digit() && (chars[i].is_ascii_digit() || chars[i] == '年');
        if digits || "》）、，：”".contains(chars[i]) || "《（“".contains(chars[i - 1]) {
            cut[i] = false;
        }
        // A year begins a phrase: 2021年度…
        if chars[i].is_ascii_digit() && !chars[i - 1].is_ascii_digit() {
            ends.insert(i);
        }
    }
    ends.into_iter().filter(|&at| at > 0 && at < chars.len() && cut[at] && !leaves_year_alone(&chars, at)).collect()
}

/// Whether a break right behind 年 or 年度 would part the year from what it belongs to.
fn leaves_year_alone(chars: &[char], at: usize) -> bool {
    matches!(chars[at - 1], '年' | '度') && chars[..at].iter().rev().skip(1).take(5).any(char::is_ascii_digit)
}

/// The best way to set the title in `count` lines with these breaks, if the lines fit.
fn best(chars: &[char], breaks: &[usize], count: usize, limit: usize) -> Option<Vec<String>> {
    let mut found: Option<(usize, Vec<usize>)> = None;
    let mut chosen = Vec::new();
    search(chars, breaks, (count, limit), &mut chosen, &mut found);
    let (_, cuts) = found?;
    let bounds: Vec<usize> = std::iter::once(0).chain(cuts).chain(std::iter::once(chars.len())).collect();
    Some(bounds.windows(2).map(|w| chars[w[0]..w[1]].iter().collect()).collect())
}

fn search(
    chars: &[char],
    breaks: &[usize],
    (count, limit): (usize, usize),
    chosen: &mut Vec<usize>,
    found: &mut Option<(usize, Vec<usize>)>,
) {
    let start = chosen.last().copied().unwrap_or(0);
    if count == 1 {
        let bounds: Vec<usize> = std::iter::once(0).chain(chosen.iter().copied()).chain([chars.len()]).collect();
        let widths: Vec<usize> = bounds.windows(2).map(|w| width(&chars[w[0]..w[1]])).collect();
        if widths.iter().all(|&w| w > 0 && w <= limit) {
            let cost = cost(&widths);
            if found.as_ref().is_none_or(|(least, _)| cost < *least) {
                *found = Some((cost, chosen.clone()));
            }
        }
        return;
    }
    for &at in breaks.iter().filter(|&&at| at > start) {
        if width(&chars[start..at]) > limit {
            break;
        }
        chosen.push(at);
        search(chars, breaks, (count - 1, limit), chosen, found);
        chosen.pop();
    }
}

/// Uneven lines cost; so do lines of one length (a block) and a middle shorter than both ends (an hourglass).
fn cost(widths: &[usize]) -> usize {
    let longest = widths.iter().max().copied().unwrap_or(0);
    let uneven: usize = widths.iter().map(|w| (longest - w).pow(2)).sum();
    let block = if widths.windows(2).all(|w| w[0] == w[1]) { 40 } else { 0 };
    let hourglass = widths.windows(3).any(|w| w[1] < w[0] && w[1] < w[2]);
    uneven + block + if hourglass { 2000 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_author_s_break_rules() {
        assert_eq!(lines("甲局/2021年度报告", &[], PORTRAIT), ["甲局", "2021年度报告"]);
    }

    #[test]
    fn a_short_title_stays_on_one_line() {
        assert_eq!(lines("2021年度绩效自评报告", &[], PORTRAIT), ["2021年度绩效自评报告"]);
    }

    #[test]
    fn a_long_title_breaks_between_phrases() {
        let unit = "惠东县政务服务数据管理局";
        assert_eq!(
            lines("惠东县政务服务数据管理局2021年度部门整体支出绩效自评报告", &[unit], PORTRAIT),
            [unit, "2021年度部门整体支出绩效自评报告"]
        );
        for title in [
            "某某自治州某某自治县住房和城乡建设局关于2023年度部门整体支出绩效自评情况的报告",
            "云岭县农业农村局2023年度部门整体支出绩效自评报告",
            "很长很长很长很长很长很长很长很长很长很长很长很长很长很长没有任何词语可断的题目",
        ] {
            let lines = lines(title, &[], PORTRAIT);
            assert_eq!(lines.concat(), title);
            assert!(lines.iter().all(|l| width(&l.chars().collect::<Vec<_>>()) <= PORTRAIT), "{lines:?}");
        }
    }
}
