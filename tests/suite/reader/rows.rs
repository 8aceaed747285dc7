//! Each row of the table of `jibao check FILE.pdf`: a report in order, with one thing put wrong, deviates in that row; with
//! as little wrong as the standard allows, it does not.
#![expect(clippy::float_arithmetic, reason = "geometry, measured")]

use std::sync::LazyLock;

use jibao::conformity::{Verdict, examine};
use jibao::reader::{Color, ColorSpace, Document, Glyph, MM};

use super::{build, read};

/// A report printed on both sides, with headings of three levels.
static REPORT: LazyLock<Document> = LazyLock::new(|| read(build("demo", 2023)));

fn verdict(document: &Document, item: &str) -> Verdict {
    examine(document).iter().find(|row| row.item == item).unwrap_or_else(|| panic!("no row {item}")).verdict
}

#[track_caller]
fn wrong(item: &str, spoil: impl Fn(&mut Document)) {
    let mut document = REPORT.clone();
    assert_eq!(verdict(&document, item), Verdict::Conforms, "{item} as it is");
    spoil(&mut document);
    assert_eq!(verdict(&document, item), Verdict::Deviates, "{item}");
}

#[track_caller]
fn right(item: &str, change: impl Fn(&mut Document)) {
    let mut document = REPORT.clone();
    change(&mut document);
    assert_eq!(verdict(&document, item), Verdict::Conforms, "{item}");
}

/// Changes the glyphs of upright pages: those of the text, or those of the page number.
fn glyphs(document: &mut Document, of_number: bool, change: impl Fn(usize, &mut Glyph)) {
    for page in document.pages.iter_mut().filter(|page| page.width < page.height) {
        for glyph in page.glyphs.iter_mut().filter(|glyph| (glyph.y > 265.0 * MM) == of_number) {
            change(page.number, glyph);
        }
    }
}

fn text(document: &mut Document, change: impl Fn(usize, &mut Glyph)) {
    glyphs(document, false, change);
}

fn number(document: &mut Document, change: impl Fn(usize, &mut Glyph)) {
    glyphs(document, true, change);
}

/// Changes the first characters of the lines that begin so.
fn lines(document: &mut Document, begins: impl Fn(&str) -> bool, count: usize, change: impl Fn(&mut Glyph)) {
    for page in &mut document.pages {
        let found: Vec<f64> =
            page.lines().iter().filter(|line| begins(line.text().trim())).map(jibao::reader::Line::y).collect();
        for y in found {
            page.glyphs.iter_mut().filter(|glyph| (glyph.y - y).abs() < 1.0).take(count).for_each(&change);
        }
    }
}

/// The place of a font by a part of its name.
fn font(document: &Document, name: &str) -> usize {
    document.fonts.iter().position(|font| font.name.contains(name)).unwrap_or_else(|| panic!("{:?}", document.fonts))
}

fn is_body(glyph: &Glyph) -> bool {
    (glyph.size - 15.8).abs() < 0.2
}

fn is_title(glyph: &Glyph) -> bool {
    (glyph.size - 22.0).abs() < 0.2
}

/// A character more.
fn add(document: &mut Document, page: usize, x: f64, y: f64) {
    let page = &mut document.pages[page];
    let glyph = Glyph { x: x * MM, y: y * MM, text: "甲".to_owned(), ..page.glyphs[40].clone() };
    page.glyphs.push(glyph);
}

#[test]
fn the_sheet_and_its_margins() {
    wrong("纸张幅面", |d| d.pages[4].width += 3.0 * MM);
    right("纸张幅面", |d| d.pages[4].width += 1.5 * MM);
    wrong("空白页", |d| {
        d.pages[4].glyphs.clear();
        d.pages[4].shapes.clear();
    });
    wrong("天头（上白边）", |d| text(d, |_, glyph| glyph.y += 3.0 * MM));
    right("天头（上白边）", |d| text(d, |_, glyph| glyph.y += 0.5 * MM));
    wrong("订口（装订一侧的白边）", |d| text(d, |_, glyph| glyph.x += 3.0 * MM));
    right("订口（装订一侧的白边）", |d| text(d, |_, glyph| glyph.x += 0.5 * MM));
    let wider = |glyph: &mut Glyph, by: f64| glyph.x = 28.0 * MM + (glyph.x - 28.0 * MM) * by;
    wrong("版心宽", |d| text(d, |_, glyph| wider(glyph, 1.05)));
    wrong("版心高", |d| text(d, |_, glyph| glyph.y += 4.0 * MM));
    wrong("版心外的文字", |d| add(d, 4, 10.0, 150.0));
    wrong("版心外的文字", |d| add(d, 4, 200.0, 150.0));
    wrong("版心外的文字", |d| add(d, 4, 100.0, 20.0));
    wrong("版心外的文字", |d| add(d, 4, 100.0, 290.0));
}

fn found(document: &Document, item: &str) -> String {
    examine(document).into_iter().find(|row| row.item == item).unwrap_or_else(|| panic!("no row {item}")).found
}

#[test]
fn a_page_that_begins_lower_than_the_others_is_named() {
    let mut document = REPORT.clone();
    text(&mut document, |page, glyph| {
        if page == 5 {
            glyph.y += 3.0 * MM;
        }
    });
    let found = found(&document, "天头（上白边）");
    assert!(found.contains("；第5页40.0毫米，页首空了行"), "{found}");
}

#[test]
fn lines_of_word_s_pitch_do_not_tell_how_many_fill_a_page_that_is_not_full() {
    let mut document = REPORT.clone();
    // A page of text alone, of fewer lines than there would be on it.
    let page = document.pages.iter().position(|page| page.number == 5).unwrap();
    document.pages = vec![jibao::reader::Page { number: 1, ..document.pages[page].clone() }];
    text(&mut document, |_, glyph| glyph.y = 37.0 * MM + (glyph.y - 37.0 * MM) * 28.0 / 29.62);
    document.pages[0].glyphs.retain(|glyph| glyph.y < 200.0 * MM);
    assert_eq!(verdict(&document, "每面行数"), Verdict::Unknown, "{}", found(&document, "每面行数"));
}

#[test]
fn the_grid() {
    wrong("每面行数", |d| text(d, |_, glyph| glyph.y = 37.0 * MM + (glyph.y - 37.0 * MM) * 22.0 / 25.0));
    // Nothing but hanzi, and a character less on every line.
    wrong("每行字数", |d| {
        text(d, |_, glyph| {
            if is_body(glyph) {
                let is_left_out = (glyph.x / MM - 100.0).abs() < 2.78;
                glyph.text = if is_left_out { String::new() } else { "甲".to_owned() };
            }
        });
    });
    let with_digits = |d: &mut Document| {
        text(d, |_, glyph| {
            if is_body(glyph) && (glyph.x / MM - 100.0).abs() < 2.78 {
                glyph.text = "1".to_owned();
            }
        });
    };
    right("每行字数", with_digits);
    wrong("每行字数", |d| {
        with_digits(d);
        text(d, |_, glyph| glyph.x = 28.0 * MM + (glyph.x - 28.0 * MM) * 1.03);
    });
}

#[test]
fn the_title_and_the_body() {
    wrong("标题字体字号", |d| text(d, |_, glyph| glyph.size = if is_title(glyph) { 20.0 } else { glyph.size }));
    wrong("标题字体字号", |d| {
        let hei = font(d, "Hei");
        text(d, |_, glyph| glyph.font = if is_title(glyph) { hei } else { glyph.font });
    });
    wrong("标题位置", |d| text(d, |_, glyph| glyph.x += if is_title(glyph) { 5.0 * MM } else { 0.0 }));
    wrong("首页", |d| {
        let page = d.pages.iter_mut().find(|page| page.glyphs.iter().any(is_title)).unwrap();
        page.glyphs.retain(|glyph| !is_body(glyph));
    });
    let body = font(&REPORT, "Fangsong");
    wrong("正文字体字号", |d| d.fonts[body].name = "SimHei".to_owned());
    wrong("正文字体字号", |d| text(d, |_, glyph| glyph.size *= if is_body(glyph) { 0.9 } else { 1.0 }));
}

/// Whether a line begins as one of its kind.
type Begins<'t> = &'t dyn Fn(&str) -> bool;

#[test]
fn headings_and_paragraphs() {
    let first = |text: &str| text.starts_with(['一', '二', '三', '四', '五']) && text.chars().nth(1) == Some('、');
    let second = |text: &str| text.starts_with("（一）") || text.starts_with("（二）");
    let third = |text: &str| text.starts_with("1.") || text.starts_with("2.") || text.starts_with("（1）");
    let levels: [(&str, Begins<'_>, usize); 3] =
        [("一级标题“一、”", &first, 2), ("二级标题“（一）”", &second, 2), ("三、四级标题“1.”“（1）”", &third, 4)];
    for (item, begins, count) in levels {
        wrong(item, |d| lines(d, begins, count, |glyph| glyph.size = 18.0));
        let song = font(&REPORT, "Serif");
        wrong(item, |d| lines(d, begins, count, |glyph| glyph.font = song));
    }
    let indented = |page: usize, glyph: &Glyph| {
        let left = if page.is_multiple_of(2) { 26.0 } else { 28.0 };
        is_body(glyph) && (glyph.x / MM - left - 2.0 * 5.571).abs() < 1.0
    };
    let half = |page: usize, which: usize| page % 2 == which;
    wrong("段首", |d| text(d, |page, glyph| glyph.x -= if indented(page, glyph) { 4.5 * MM } else { 0.0 }));
    wrong("段首", |d| {
        text(d, |page, glyph| glyph.x -= if half(page, 0) && indented(page, glyph) { 4.5 * MM } else { 0.0 });
    });
}

#[test]
fn colours() {
    let paint = |d: &mut Document, page: usize, components: [f64; 3]| {
        let glyph = d.pages[page].glyphs.iter_mut().find(|glyph| is_body(glyph) && !glyph.text.trim().is_empty());
        glyph.unwrap().color = Color { space: ColorSpace::Rgb, device: true, components: components.to_vec() };
    };
    let first = REPORT.pages.iter().position(|page| page.glyphs.iter().any(is_title)).unwrap();
    wrong("文字颜色", |d| paint(d, 4, [0.0, 0.0, 1.0]));
    wrong("文字颜色", |d| paint(d, first + 2, [1.0, 0.0, 0.0]));
    wrong("文字颜色", |d| paint(d, first, [1.0, 0.0, 0.0]));
}

#[test]
fn the_page_number() {
    let numbered: Vec<usize> = REPORT
        .pages
        .iter()
        .filter(|p| p.width < p.height && p.glyphs.iter().any(|g| g.y > 265.0 * MM))
        .map(|p| p.number)
        .collect();
    let (middle, last) = (numbered[numbered.len() / 2], numbered[numbered.len() - 1]);
    wrong("页码连续", |d| d.pages[middle - 1].glyphs.retain(|glyph| glyph.y < 265.0 * MM));
    wrong("页码连续", |d| {
        number(d, |page, glyph| {
            if page == last && glyph.text.chars().all(|c| c.is_ascii_digit()) {
                glyph.text = "99".to_owned();
            }
        });
    });
    wrong("页码写法", |d| number(d, |_, glyph| glyph.text = glyph.text.replace('—', "-")));
    wrong("页码字体字号", |d| number(d, |_, glyph| glyph.size = 12.0));
    let hei = font(&REPORT, "Hei");
    wrong("页码字体字号", |d| number(d, |_, glyph| glyph.font = hei));
    wrong("页码高低", |d| number(d, |_, glyph| glyph.y += 3.0 * MM));
    right("页码高低", |d| number(d, |_, glyph| glyph.y += 0.5 * MM));
    // On the inner side, and in the middle.
    wrong("页码左右", |d| {
        let from = |numbers: &[Glyph]| numbers.iter().map(|glyph| glyph.x).fold(f64::INFINITY, f64::min);
        for page in d.pages.iter_mut().filter(|page| page.number % 2 == 1 && page.width < page.height) {
            let (numbers, others): (Vec<Glyph>, _) = page.glyphs.drain(..).partition(|glyph| glyph.y > 265.0 * MM);
            let by = 28.0 * MM + 14.0 - from(&numbers);
            page.glyphs = others;
            page.glyphs.extend(numbers.into_iter().map(|glyph| Glyph { x: glyph.x + by, ..glyph }));
        }
    });
}

#[test]
fn the_file_itself() {
    wrong("字体嵌入", |d| {
        d.fonts[0].embedded = false;
        d.fonts[0].subset = false;
    });
    wrong("文字可复制", |d| d.fonts[0].unreadable = 1);
    wrong("结构标签", |d| d.structure.marked = false);
    wrong("结构标签", |d| d.structure.elements.clear());
    wrong("结构标签", |d| d.structure.outside.push((2, "正文".to_owned())));
    wrong("文档标题", |d| d.metadata.title = None);
    wrong("文档标题", |d| d.metadata.viewer.display_title = false);
    wrong("文档语言", |d| d.metadata.lang = Some("en".to_owned()));
    wrong("长期保存（PDF/A）", |d| d.metadata.pdfa = None);
    wrong("无障碍（PDF/UA）", |d| d.metadata.pdfua = None);
}

#[test]
fn what_stands_beyond_all_measure_is_outside() {
    for far in [1e30, -1e30, f64::INFINITY, f64::NAN] {
        let mut document = REPORT.clone();
        document.pages[4].glyphs[40].y = far;
        let sure = examine(&document).iter().find(|row| row.item == "版心外的文字").map(|row| row.pages.clone());
        assert!(far.is_nan() || sure == Some(vec![5]), "{far}: {sure:?}");
    }
}
