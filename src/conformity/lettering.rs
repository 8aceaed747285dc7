//! Faces and sizes by role, and where the text begins (GB/T 9704-2012, 5.2.2, 7.3.1, 7.3.3, 7.3.5).
#![expect(clippy::float_arithmetic, reason = "geometry of a page, no amounts")]

use std::collections::BTreeMap;

use super::lines::main_size;
use super::survey::{Leaf, Survey, pt, rounded};
use super::{Row, Verdict, tolerance};
use crate::characters::is_hanzi;
use crate::gbt9704::{ER, SAN, SAN_METAL};
use crate::reader::{Line, Run};
use crate::typeset::Role;

pub(super) fn rows(survey: &Survey<'_>) -> Vec<Row> {
    let mut rows = vec![title(survey), title_place(survey), first_page(survey), body(survey)];
    rows.push(heading(survey, "一级标题“一、”", Role::Hei, is_first));
    rows.push(heading(survey, "二级标题“（一）”", Role::Kai, is_second));
    rows.push(heading(survey, "三、四级标题“1.”“（1）”", Role::FangSong, is_third));
    rows.push(indent(survey));
    rows.push(signature(survey));
    rows
}

fn is_san(size: f64) -> bool {
    (SAN_METAL - tolerance::SIZE..=SAN + tolerance::SIZE).contains(&size)
}

/// A face and a size in words.
fn words(survey: &Survey<'_>, run: &Run) -> String {
    format!("{}，{}", survey.face_name(run), pt(run.size))
}

/// Whether a run has a face; `None` if its name tells nothing.
fn has_face(survey: &Survey<'_>, run: &Run, role: Role) -> Option<bool> {
    survey.role(run).map(|found| found == role)
}

fn title(survey: &Survey<'_>) -> Row {
    const EXPECTED: &str = "小标宋，二号（22磅）";
    let lines = survey.title();
    let Some(run) = lines.first().and_then(|line| han_run(line)) else {
        if survey.has_cover() {
            let found = "标题在封面上，标准没有规定".to_owned();
            return Row::new("GB/T 9704 7.3.1", "标题字体字号", EXPECTED, found, Verdict::NotApplicable);
        }
        return Row::new(
            "GB/T 9704 7.3.1",
            "标题字体字号",
            EXPECTED,
            "找不到比正文大的标题".to_owned(),
            Verdict::Unknown,
        );
    };
    let size = (run.size - ER).abs() <= tolerance::SIZE;
    let verdict = match has_face(survey, run, Role::BiaoSong) {
        Some(face) => Verdict::of(face && size),
        None if !size => Verdict::Deviates,
        None => Verdict::Unknown,
    };
    Row::new("GB/T 9704 7.3.1", "标题字体字号", EXPECTED, words(survey, run), verdict)
}

fn title_place(survey: &Survey<'_>) -> Row {
    const EXPECTED: &str = "居中";
    let lines = survey.title();
    let Some(first) = lines.first() else {
        if survey.has_cover() {
            let found = "标题在封面上，标准没有规定".to_owned();
            return Row::new("GB/T 9704 7.3.1", "标题位置", EXPECTED, found, Verdict::NotApplicable);
        }
        return Row::new("GB/T 9704 7.3.1", "标题位置", EXPECTED, "找不到标题".to_owned(), Verdict::Unknown);
    };
    let Some(leaf) = survey.pages.iter().find(|leaf| leaf.page.number == first.page) else {
        return Row::new("GB/T 9704 7.3.1", "标题位置", EXPECTED, "找不到标题".to_owned(), Verdict::Unknown);
    };
    let sides = survey.sides(leaf).unwrap_or((0.0, leaf.page.width));
    let middle = f64::midpoint(sides.0, sides.1);
    let off = |line: &&Line| {
        let bounds = line.bounds();
        (f64::midpoint(bounds.left, bounds.right) - middle).abs()
    };
    let worst = lines.iter().map(off).fold(0.0, f64::max);
    let conforms = worst <= tolerance::PLACE;
    let found = if conforms { "居中".to_owned() } else { format!("偏离中线{}", super::survey::mm(worst)) };
    Row::new("GB/T 9704 7.3.1", "标题位置", EXPECTED, found, Verdict::of(conforms))
}

/// 7.3.3: the first page has to show text; of a report with a cover, the first after it.
fn first_page(survey: &Survey<'_>) -> Row {
    const EXPECTED: &str = "首页有正文";
    if survey.pages.iter().all(Leaf::is_landscape) {
        let found = "全是横排的页".to_owned();
        return Row::new("GB/T 9704 7.3.3", "首页", EXPECTED, found, Verdict::NotApplicable);
    }
    let title = survey.title().last().map(|line| (line.page, line.y()));
    let is_below = |line: &&Line| title.is_none_or(|(page, y)| page != line.page || line.y() > y);
    let body = survey.first_of_text().map_or(0, |leaf| survey.body(leaf).filter(is_below).count());
    let found = if survey.has_cover() {
        format!("封面后的一面有正文{body}行")
    } else {
        format!("有正文{body}行")
    };
    Row::new("GB/T 9704 7.3.3", "首页", EXPECTED, found, Verdict::of(body > 0))
}

fn body(survey: &Survey<'_>) -> Row {
    const EXPECTED: &str = "仿宋，三号（16磅）";
    let mut looks: BTreeMap<(usize, i64), (usize, &Run)> = BTreeMap::new();
    let pages: Vec<_> = survey.body_pages().collect();
    for line in pages.iter().flat_map(|(_, lines)| lines) {
        for run in line.runs.iter().filter(|run| run.text.chars().any(is_hanzi)) {
            let count = run.text.chars().filter(|c| is_hanzi(*c)).count();
            looks.entry((run.font, rounded(run.size * 10.0))).or_insert((0, run)).0 += count;
        }
    }
    let Some((_, run)) = looks.into_values().max_by_key(|(count, _)| *count) else {
        return Row::new("GB/T 9704 5.2.2", "正文字体字号", EXPECTED, "没有正文".to_owned(), Verdict::Unknown);
    };
    let verdict = match has_face(survey, run, Role::FangSong) {
        Some(face) => Verdict::of(face && is_san(run.size)),
        None if !is_san(run.size) => Verdict::Deviates,
        None => Verdict::Unknown,
    };
    Row::new("GB/T 9704 5.2.2", "正文字体字号", EXPECTED, words(survey, run), verdict)
}

/// Headings that begin as a test says: the face of their first words, and their size.
fn heading(survey: &Survey<'_>, item: &'static str, role: Role, begins: fn(&str) -> bool) -> Row {
    let expected = format!("{}，三号（16磅）", role.name());
    let mut seen = 0;
    let mut unknown = false;
    let mut off: Vec<(usize, String)> = Vec::new();
    for leaf in survey.pages.iter().filter(|leaf| !leaf.is_landscape()) {
        for line in survey.paragraphs(leaf) {
            if !begins(line.text().trim_start()) {
                continue;
            }
            let Some(run) = han_run(line) else { continue };
            seen += 1;
            match has_face(survey, run, role) {
                Some(true) if is_san(run.size) => {}
                None if is_san(run.size) => unknown = true,
                _ => off.push((line.page, words(survey, run))),
            }
        }
    }
    let clause = "GB/T 9704 7.3.3";
    if seen == 0 {
        return Row::new(clause, item, &expected, "没有这一级标题".to_owned(), Verdict::NotApplicable);
    }
    if let Some((_, look)) = off.first() {
        let found = format!("{seen}处，不合的{}处：{look}", off.len());
        return Row::on_pages(clause, item, &expected, found, off.iter().map(|(page, _)| *page).collect());
    }
    let verdict = if unknown { Verdict::Unknown } else { Verdict::Conforms };
    Row::new(clause, item, &expected, format!("{seen}处"), verdict)
}

fn is_first(text: &str) -> bool {
    let number: usize = text.chars().take_while(|c| is_chinese_digit(*c)).count();
    number > 0 && text.chars().nth(number) == Some('、')
}

fn is_second(text: &str) -> bool {
    let Some(inner) = text.strip_prefix(['（', '(']) else { return false };
    let number = inner.chars().take_while(|c| is_chinese_digit(*c)).count();
    number > 0 && matches!(inner.chars().nth(number), Some('）' | ')'))
}

fn is_third(text: &str) -> bool {
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    if let Some(inner) = text.strip_prefix(['（', '(']) {
        let number = digits(inner);
        return (1..3).contains(&number) && matches!(inner.chars().nth(number), Some('）' | ')'));
    }
    let number = digits(text);
    let mut rest = text.chars().skip(number);
    // `1.5万元` is no heading.
    (1..3).contains(&number)
        && matches!(rest.next(), Some('.' | '．'))
        && rest.next().is_some_and(|c| !c.is_ascii_digit())
}

fn is_chinese_digit(character: char) -> bool {
    matches!(character, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// The first run of a line with Han characters: digits may be in another face.
fn han_run(line: &Line) -> Option<&Run> {
    line.runs.iter().find(|run| run.text.chars().any(is_hanzi))
}

/// 7.3.3: each paragraph is set in by two characters. Told by those that go on to a second line; lists and lines that
/// are centred are set in otherwise, so most have to be so and not all.
fn indent(survey: &Survey<'_>) -> Row {
    const EXPECTED: &str = "左空二字";
    let (mut all, mut right) = (0_usize, 0_usize);
    let mut other = None;
    let mut pages = Vec::new();
    for leaf in survey.pages.iter().filter(|leaf| !leaf.is_landscape()) {
        let Some((left, end)) = survey.sides(leaf) else { continue };
        for line in survey.paragraphs(leaf) {
            let Some(size) = main_size(line) else { continue };
            let bounds = line.bounds();
            if bounds.right < end - size || bounds.left > left + SIGNATURE * size {
                continue;
            }
            let cells = (bounds.left - left) / size;
            all += 1;
            if (cells - 2.0).abs() <= 0.5 {
                right += 1;
            } else {
                other.get_or_insert(cells);
                pages.push(leaf.page.number);
            }
        }
    }
    let row = |found: String, verdict| Row::new("GB/T 9704 7.3.3", "段首", EXPECTED, found, verdict);
    if all == 0 {
        return row("没有两行以上的段落".to_owned(), Verdict::Unknown);
    }
    let found = match other {
        None => format!("{all}段"),
        Some(cells) => format!("{all}段，其中{right}段左空二字，另有左空{cells:.1}字的"),
    };
    let conforms = right * 10 >= all * 9;
    pages.dedup();
    Row { pages: if conforms { Vec::new() } else { pages }, ..row(found, Verdict::of(conforms)) }
}

/// What begins farther in than this many characters is a signature or a date.
const SIGNATURE: f64 = 6.0;

/// 7.3.5.4: where a page has no room left for the signature, lines are moved closer or apart; a page of its own with a
/// remark that it has no text is no longer a way out.
fn signature(survey: &Survey<'_>) -> Row {
    let remark =
        |line: &Line| line.text().chars().filter(|c| !c.is_whitespace()).collect::<String>().contains("此页无正文");
    let pages: Vec<usize> =
        survey.pages.iter().filter(|leaf| leaf.lines.iter().any(remark)).map(|leaf| leaf.page.number).collect();
    let found = if pages.is_empty() { "没有“此页无正文”" } else { "写有“此页无正文”" };
    Row::on_pages("GB/T 9704 7.3.5.4", "落款页", "与正文同页，不用“此页无正文”", found.to_owned(), pages)
}
