//! Colours and the inks that print them (GB/T 9704-2012, 5.2.4 and 6.2).
//!
//! What is looked at is how a colour is written, not how it shows. On a press, a black of red, green and blue, or of four
//! inks, becomes four plates that have to meet to a hair: letters get coloured edges. One black ink has no such edges. And
//! red, green and blue, or four inks, of which the file does not say what they look like, look different on each machine.

use std::collections::BTreeSet;

use super::lines::is_mark;
use super::survey::{Leaf, Survey};
use super::{Row, Verdict};
use crate::gbt9704::ER;
use crate::reader::{Color, ColorSpace, Line, ShapeKind};

const BLACK: &str = "GB/T 9704 5.2.4";

pub(super) fn rows(survey: &Survey<'_>) -> Vec<Row> {
    let marks: Vec<Mark<'_>> = survey.pages.iter().flat_map(|leaf| marks(survey, leaf)).collect();
    vec![text(survey), drawn(&marks), ink(&marks), spaces(survey, &marks)]
}

/// What is painted: text, lines and areas, pictures.
struct Mark<'s> {
    page: usize,
    what: &'static str,
    color: &'s Color,
    /// Whether it is on the page that may bear a red head.
    first: bool,
}

/// The marks of a page, without ornaments that lie across the text, such as a watermark.
fn marks<'s>(survey: &'s Survey<'_>, leaf: &'s Leaf<'_>) -> Vec<Mark<'s>> {
    let page = leaf.page.number;
    let first = survey.first_of_text().is_some_and(|first| first.page.number == page);
    let runs = leaf.lines.iter().chain(&leaf.folio).flat_map(|line| &line.runs);
    let letters = runs.filter(|run| !run.text.trim().is_empty());
    let letters = letters.map(|run| Mark { page, what: "文字", color: &run.color, first });
    let shapes = leaf.shapes().map(|shape| {
        let what = match shape.kind {
            ShapeKind::Image => "图片",
            ShapeKind::Fill | ShapeKind::Stroke => "线条",
        };
        Mark { page, what, color: &shape.color, first }
    });
    letters.chain(shapes).collect()
}

/// 5.2.4: text is black; a red head may be red, which stands above the title of the first page.
fn text(survey: &Survey<'_>) -> Row {
    let (item, expected) = ("文字颜色", "黑色（红头为红色）");
    let title = survey.title().first().map(|line| (line.page, line.y()));
    let first = survey.first_of_text().map(|leaf| leaf.page.number);
    let may_be_red = |page: usize, y: f64| {
        first == Some(page) && title.is_none_or(|(title_page, title_y)| page != title_page || y < title_y)
    };
    if let Some(line) = pale_mark(survey) {
        let found = format!("发文机关标志“{}”不是红色", line.text().trim());
        return Row::on_pages(BLACK, item, expected, found, vec![line.page]);
    }
    let mut pages = Vec::new();
    let mut example = None;
    let (mut red, mut unknown) = (false, false);
    for leaf in &survey.pages {
        let runs = leaf.lines.iter().chain(&leaf.folio).flat_map(|line| &line.runs);
        for run in runs.filter(|run| !run.text.trim().is_empty()) {
            if run.color.is_dark() {
                continue;
            }
            if run.color.is_red() && may_be_red(leaf.page.number, run.y) {
                red = true;
            } else if run.color.is_neutral().is_none() && run.color.space != ColorSpace::Separation {
                unknown = true;
            } else {
                pages.push(leaf.page.number);
                example.get_or_insert_with(|| run.text.trim().chars().take(12).collect::<String>());
            }
        }
    }
    if let Some(text) = example {
        let found = format!("{}处不是黑色，如“{text}”", pages.len());
        return Row::on_pages(BLACK, item, expected, found, pages);
    }
    let (found, verdict) = match (unknown, red) {
        (true, _) => ("有的文字用花样或别的色彩空间着色", Verdict::Unknown),
        (false, true) => ("红头为红色，其余为黑色", Verdict::Conforms),
        (false, false) => ("全部为黑色", Verdict::Conforms),
    };
    Row::new(BLACK, item, expected, found.to_owned(), verdict)
}

/// A line of 发文机关标志 that is not red (7.2.4).
fn pale_mark<'s>(survey: &'s Survey<'_>) -> Option<&'s Line> {
    let title = survey.title().first().map(|line| (line.page, line.y()))?;
    let leaf = survey.first_of_text().filter(|leaf| leaf.page.number == title.0)?;
    leaf.single_lines().find(|line| {
        let run = line.main().filter(|run| run.size >= ER && !run.color.is_red());
        run.is_some() && line.y() < title.1 && is_mark(line)
    })
}

/// 5.2.4: so are lines and areas; those of a red head, on the first page, may be red. What a picture shows is not looked
/// into: that it is grey can be told, that it is not cannot.
fn drawn(marks: &[Mark<'_>]) -> Row {
    let (item, expected) = ("线条和图的颜色", "黑、白、灰（红头的线为红色）");
    let drawn: Vec<&Mark<'_>> = marks.iter().filter(|mark| mark.what != "文字").collect();
    if drawn.is_empty() {
        return Row::new(BLACK, item, expected, "没有线条和图".to_owned(), Verdict::NotApplicable);
    }
    let is_grey = |mark: &Mark<'_>| mark.color.is_neutral().unwrap_or(mark.color.is_of_one_ink());
    let (mut coloured, mut unknown) = (Vec::new(), Vec::new());
    let of_head = |mark: &Mark<'_>| !is_grey(mark) && mark.first && mark.color.is_red();
    let found = if drawn.iter().any(|mark| of_head(mark)) { "彩色只有红头的红色" } else { "没有彩色" };
    for mark in drawn.into_iter().filter(|mark| !(is_grey(mark) || of_head(mark))) {
        let list = if mark.color.is_neutral().is_some() { &mut coloured } else { &mut unknown };
        list.push(mark.page);
    }
    if !coloured.is_empty() {
        return Row::on_pages(BLACK, item, expected, format!("{}处是彩色", coloured.len()), coloured);
    }
    if !unknown.is_empty() {
        let found = format!("{}处图片或花样的颜色看不出", unknown.len());
        let row = Row::on_pages(BLACK, item, expected, found, unknown);
        return Row { verdict: Verdict::Unknown, ..row };
    }
    Row::new(BLACK, item, expected, found.to_owned(), Verdict::Conforms)
}

/// 6.2: black is BL100 %, of the black ink alone.
fn ink(marks: &[Mark<'_>]) -> Row {
    let off: Vec<&Mark<'_>> = marks.iter().filter(|mark| mark.color.is_dark() && !mark.color.is_of_one_ink()).collect();
    let kinds: BTreeSet<(&str, &str)> = off
        .iter()
        .map(|mark| (if mark.color.space == ColorSpace::Rgb { "RGB黑" } else { "四色黑" }, mark.what))
        .collect();
    let found = match kinds.first() {
        None => "黑色都是单色黑".to_owned(),
        Some(_) => format!("{}，印刷时分成几色套印，字边易发虚", listed(&kinds)),
    };
    let pages = off.iter().map(|mark| mark.page).collect();
    Row::on_pages("GB/T 9704 6.2", "黑色用墨", "只用黑墨（灰度或单色黑K100）", found, pages)
}

/// Numbers of red, green and blue or of four inks mean something with a profile alone: their own, or that of the output
/// intent if it has as many (ISO 19005-2, 6.2.4).
fn spaces(survey: &Survey<'_>, marks: &[Mark<'_>]) -> Row {
    let metadata = &survey.document.metadata;
    let name = |space: ColorSpace| match space {
        ColorSpace::Rgb => Some("RGB"),
        ColorSpace::Cmyk => Some("CMYK"),
        _ => None,
    };
    let off: Vec<(usize, (&str, &str))> = marks
        .iter()
        .filter(|mark| mark.color.device && metadata.output_space != Some(mark.color.space))
        .filter_map(|mark| Some((mark.page, (name(mark.color.space)?, mark.what))))
        .collect();
    let intent =
        metadata.output_intent.as_deref().map_or("没有输出意图".to_owned(), |name| format!("输出意图为{name}"));
    let kinds: BTreeSet<(&str, &str)> = off.iter().map(|(_, kind)| *kind).collect();
    let found = if kinds.is_empty() {
        format!("都有依据；{intent}")
    } else {
        format!("{}没有颜色依据；{intent}", listed(&kinds))
    };
    let pages = off.into_iter().map(|(page, _)| page).collect();
    Row::on_pages("ISO 19005 6.2.4", "色彩空间", "灰度，或有特性文件（ICC）作依据", found, pages)
}

/// `RGB黑（文字、线条）、四色黑（线条）`.
fn listed(kinds: &BTreeSet<(&str, &str)>) -> String {
    let names: BTreeSet<&str> = kinds.iter().map(|(name, _)| *name).collect();
    let one = |name: &str| {
        let what: Vec<&str> = kinds.iter().filter(|(of, _)| *of == name).map(|(_, what)| *what).collect();
        format!("{name}（{}）", what.join("、"))
    };
    names.into_iter().map(one).collect::<Vec<_>>().join("、")
}
