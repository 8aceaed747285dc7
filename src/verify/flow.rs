//! Two documents whose lines and pages may break elsewhere, because the program or the faces are others: the words in their
//! order, and that nothing on the pages makes them read otherwise.

use std::collections::BTreeMap;

use super::align::{Pair, align};
use super::pages::changed;
use super::{Difference, Kind, artifacts, marks, merged, order};
use crate::reader::{Document, Glyph, Page, Rect, Shape, ShapeKind};

/// A stroke at least this wide, in points, can hide a character; what is narrower than this on the whole is a line.
const THICK: f64 = 2.0;

/// The most areas of a page that are held against each character.
const MOST: usize = 5_000;

/// A character that is no artifact, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'a> {
    pub(super) character: char,
    pub(super) page: &'a Page,
    pub(super) glyph: &'a Glyph,
    /// The cell of a table that it is in.
    pub(super) cell: Option<usize>,
}

/// What differs in the words, wherever on the pages they stand.
pub(super) fn differences(of_pdf: &Document, again: &Document) -> Vec<Difference> {
    let names = merged::names(of_pdf, again);
    let ((left, merged), (right, merged_again)) =
        (merged::taken_out(&items(of_pdf), &names), merged::taken_out(&items(again), &names));
    let (mut found, pairs) = words(&left, &right);
    found.extend(merged::differences(&merged, &merged_again));
    found.extend(merged::rows_differ(of_pdf, again, &names));
    found.extend(order::differences(&pairs));
    found.extend(seen(&pairs));
    found.extend(artifacts::differences(of_pdf, again));
    found.extend(marks::differences(of_pdf, again));
    let pictures = |document: &Document| {
        let shapes = document.pages.iter().flat_map(|page| &page.shapes);
        shapes.filter(|shape| shape.kind == ShapeKind::Image).count()
    };
    let (a, b) = (pictures(of_pdf), pictures(again));
    if a != b {
        found.push(Difference::new(Kind::Look, format!("PDF 有 {a} 幅图片，按所附的数据是 {b} 幅")));
    }
    found
}

/// The characters in the order of the elements that hold them: on the pages, a cell that spans rows may come earlier or later.
/// What is in no element stays behind what it follows.
fn items(document: &Document) -> Vec<Item<'_>> {
    let contents = document.structure.contents.iter().zip(1..);
    let ranks: BTreeMap<_, (usize, Option<usize>)> =
        contents.map(|(c, rank)| ((c.page, c.form, Some(c.mcid)), (rank, c.cell))).collect();
    let glyphs = document.pages.iter().flat_map(|page| page.glyphs.iter().map(move |glyph| (page, glyph)));
    let printed = glyphs.filter(|(_, glyph)| !glyph.mark.artifact);
    let characters = printed.flat_map(|(page, glyph)| {
        let shown = glyph.text.chars().filter(|character| !character.is_whitespace());
        shown.map(move |character| (character, page, glyph))
    });
    let mut last = (0, None);
    let characters = characters.map(|(character, page, glyph)| {
        last = ranks.get(&(page.number, glyph.mark.form, glyph.mark.mcid)).copied().unwrap_or(last);
        (last.0, Item { character, page, glyph, cell: last.1 })
    });
    let mut items: Vec<(usize, Item<'_>)> = characters.collect();
    items.sort_by_key(|(rank, _)| *rank);
    items.into_iter().map(|(_, item)| item).collect()
}

/// The same character in both documents.
pub(super) type Both<'a> = (Item<'a>, Item<'a>);

/// What differs in the words, with the characters that stand in both.
fn words<'a>(left: &'a [Item<'a>], right: &'a [Item<'a>]) -> (Vec<Difference>, Vec<Both<'a>>) {
    let (ours, theirs) = (pieces(left), pieces(right));
    let texts = |pieces: &[&[Item<'_>]]| pieces.iter().map(|piece| text(piece)).collect::<Vec<_>>();
    let (mut found, mut both) = (Vec::new(), Vec::new());
    let (mut now, mut meant): (Vec<Item<'_>>, Vec<Item<'_>>) = (Vec::new(), Vec::new());
    let mut before = 1;
    for pair in align(&texts(&ours), &texts(&theirs)) {
        let (i, j) = match pair {
            Pair::Same(i, j) | Pair::Changed(i, j) => (Some(i), Some(j)),
            Pair::Left(i) => (Some(i), None),
            Pair::Right(j) => (None, Some(j)),
        };
        let of =
            |pieces: &[&'a [Item<'a>]], i: Option<usize>| i.and_then(|i| pieces.get(i).copied()).unwrap_or_default();
        let (here, there) = (of(&ours, i), of(&theirs, j));
        if matches!(pair, Pair::Same(..)) {
            found.extend(told(&mut now, &mut meant, before, &mut both));
            before = here.last().map_or(before, |item| item.page.number);
            both.extend(here.iter().copied().zip(there.iter().copied()));
        } else {
            now.extend(here);
            meant.extend(there);
        }
    }
    found.extend(told(&mut now, &mut meant, before, &mut both));
    (found, both)
}

/// What stands between two common pieces. The same words in other pieces are no difference.
fn told<'a>(
    now: &mut Vec<Item<'a>>,
    meant: &mut Vec<Item<'a>>,
    before: usize,
    both: &mut Vec<Both<'a>>,
) -> Option<Difference> {
    let (now, meant) = (std::mem::take(now), std::mem::take(meant));
    let (a, b) = (text(&now), text(&meant));
    if a == b {
        both.extend(now.into_iter().zip(meant));
        return None;
    }
    let first = now.iter().zip(&meant).take_while(|(x, y)| x.character == y.character).count();
    let page = now.get(first).or(now.last()).map_or(before, |item| item.page.number);
    Some(changed(Some(page), &a, &b))
}

pub(super) fn text(items: &[Item<'_>]) -> String {
    items.iter().map(|item| item.character).collect()
}

/// Sentences, and cells of tables: what a page break divides stays together.
fn pieces<'a, 'b>(items: &'b [Item<'a>]) -> Vec<&'b [Item<'a>]> {
    let together = |a: &Item<'_>, b: &Item<'_>| {
        let ends = matches!(a.character, '。' | '；' | '！' | '？' | '，' | '、');
        !ends && (a.page.number != b.page.number || a.glyph.mark == b.glyph.mark)
    };
    items.chunk_by(together).collect()
}

/// Characters that are hidden, or hardly to be seen, and are not so by the data.
fn seen(pairs: &[Both<'_>]) -> Vec<Difference> {
    let mut pages: BTreeMap<(usize, &str), String> = BTreeMap::new();
    let (mut of_pdf, mut again) = (Covers::default(), Covers::default());
    for (x, y) in pairs {
        if let Some(how) = hidden(x, y, &mut of_pdf, &mut again) {
            pages.entry((x.page.number, how)).or_default().push(x.character);
        }
    }
    let shown = |text: &str| text.chars().take(24).collect::<String>();
    let told = |((page, how), text): ((usize, &str), String)| {
        let what = format!("有 {} 个字{how}：“{}”", text.chars().count(), shown(&text));
        Difference::on_page(Kind::Look, page, &what).sides(Some(&text), None)
    };
    pages.into_iter().map(told).collect()
}

#[expect(clippy::float_arithmetic, reason = "sizes on a page")]
fn hidden<'a>(x: &Item<'a>, y: &Item<'a>, of_pdf: &mut Covers<'a>, again: &mut Covers<'a>) -> Option<&'static str> {
    if of_pdf.over(x) > again.over(y) {
        return Some("被色块、图片或线条盖住");
    }
    if of_pdf.written_over(x) > again.written_over(y) {
        return Some("与别的字叠在一起");
    }
    if on_sheet(y.page, y.glyph) && !on_sheet(x.page, x.glyph) {
        return Some("移到了纸外");
    }
    if x.glyph.direction != y.glyph.direction {
        return Some("转了方向");
    }
    if x.glyph.invisible != y.glyph.invisible || x.glyph.color.is_black() != y.glyph.color.is_black() {
        return Some("颜色不同，或被隐去");
    }
    (x.glyph.size < 0.6 * y.glyph.size).then_some("缩得很小")
}

/// The areas and characters of the page that was looked at last.
#[derive(Default)]
struct Covers<'a> {
    page: usize,
    shapes: Vec<&'a Shape>,
    glyphs: Vec<(&'a Glyph, Rect)>,
}

impl<'a> Covers<'a> {
    fn turn_to(&mut self, page: &'a Page) {
        if self.page == page.number {
            return;
        }
        self.page = page.number;
        let covers = page.shapes.iter().filter(|shape| shape.kind != ShapeKind::Stroke || is_line(shape));
        self.shapes = covers.take(MOST).collect();
        let glyphs = page.glyphs.iter().filter(|glyph| glyph.text.trim().chars().any(|c| !order::squeezed(c)));
        self.glyphs = glyphs.take(MOST).map(|glyph| (glyph, inner(glyph))).collect();
    }

    /// How many characters lie over another or under it. Punctuation is squeezed; a watermark is much larger.
    #[expect(clippy::float_arithmetic, reason = "sizes on a page")]
    fn written_over(&mut self, item: &Item<'a>) -> usize {
        if order::squeezed(item.character) {
            return 0;
        }
        self.turn_to(item.page);
        let inside = inner(item.glyph);
        let others = self.glyphs.iter().filter(|(glyph, _)| !std::ptr::eq(*glyph, item.glyph));
        others.filter(|(glyph, other)| glyph.size < 3.0 * item.glyph.size && overlap(other, &inside)).count()
    }

    /// How many areas lie over a character, or under it: in which order they are painted is not known.
    fn over(&mut self, item: &Item<'a>) -> usize {
        self.turn_to(item.page);
        let inside = inner(item.glyph);
        self.shapes.iter().filter(|shape| meets(shape, &inside)).count()
    }
}

/// Whether the middle of a character is on the finished sheet.
pub(super) fn on_sheet(page: &Page, glyph: &Glyph) -> bool {
    let sheet = Rect { left: 0.0, top: 0.0, right: page.width, bottom: page.height };
    overlap(&sheet, &inner(glyph))
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top
}

/// Whether a stroke is a line, not the frame around an area: thin ones are told only where they go through a character.
fn is_line(shape: &Shape) -> bool {
    shape.stroke >= THICK || shape.bounds.width() < THICK || shape.bounds.height() < THICK
}

/// The middle of a character: what touches its edge alone, such as the rule of a table, does not hide it.
#[expect(clippy::float_arithmetic, reason = "geometry of a page")]
fn inner(glyph: &Glyph) -> Rect {
    let (sin, cos) = f64::from(glyph.direction).to_radians().sin_cos();
    let place = |along: f64, down: f64| (glyph.x + along * cos - down * sin, glyph.y + along * sin + down * cos);
    Rect::around(place(0.2 * glyph.width, -0.65 * glyph.size), place(0.8 * glyph.width, -0.1 * glyph.size))
}

#[expect(clippy::float_arithmetic, reason = "geometry of a page")]
fn meets(shape: &Shape, inside: &Rect) -> bool {
    let (bounds, wide) = (&shape.bounds, shape.stroke / 2.0);
    bounds.left - wide < inside.right
        && bounds.right + wide > inside.left
        && bounds.top - wide < inside.bottom
        && bounds.bottom + wide > inside.top
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_arithmetic, reason = "geometry of a page, no amounts")]

    use super::*;
    use crate::reader::{Color, Mark};

    /// A document of one page, its lines as wide as this many characters, with a text for each marked content.
    fn document(texts: &[&str], wide: u32) -> Document {
        let mut page = Page { number: 1, width: 595.0, height: 842.0, ..Page::default() };
        let mut line = 1;
        for (mcid, text) in texts.iter().enumerate() {
            let mark = Mark { mcid: i32::try_from(mcid).ok(), ..Mark::default() };
            let mut column = 0;
            for character in text.chars() {
                if column == wide {
                    (line, column) = (line + 1, 0);
                }
                page.glyphs.push(glyph(&character.to_string(), 80.0 + 10.0 * f64::from(column), line, mark));
                column += 1;
            }
            line += 1;
        }
        Document { pages: vec![page], ..Document::default() }
    }

    fn glyph(text: &str, x: f64, line: u32, mark: Mark) -> Glyph {
        let (text, color, y) = (text.to_owned(), Color::default(), 20.0 * f64::from(line));
        Glyph { text, font: 0, size: 10.0, x, y, width: 10.0, direction: 0, color, invisible: false, mark }
    }

    const TEXTS: [&str; 3] = ["部门整体支出1406.80万元，同比增长。", "第二段甲乙丙丁戊己庚辛壬癸", "85.25"];

    fn told(edit: impl FnOnce(&mut Page)) -> Vec<(Kind, Option<usize>, String)> {
        let mut edited = document(&TEXTS, 8);
        edit(&mut edited.pages[0]);
        let found = differences(&edited, &document(&TEXTS, 11));
        found.into_iter().map(|difference| (difference.kind, difference.page, difference.message)).collect()
    }

    #[test]
    fn lines_that_break_elsewhere_are_the_same() {
        assert_eq!(told(|_| ()), []);
    }

    #[test]
    fn a_digit_is_named_with_its_page() {
        let found = told(|page| page.glyphs[10].text = "9".to_owned());
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].0 == Kind::Words && found[0].1 == Some(1) && found[0].2.contains("1406.80"), "{found:?}");
    }

    #[test]
    fn digits_that_change_places_are_told() {
        let found = told(|page| {
            let n = page.glyphs.len();
            let (a, b) = (page.glyphs[n - 2].x, page.glyphs[n - 1].x);
            (page.glyphs[n - 2].x, page.glyphs[n - 1].x) = (b, a);
        });
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].0 == Kind::Look && found[0].2.starts_with("第1页：") && found[0].2.contains("位置"),
            "{found:?}"
        );
    }

    /// Whether an edit of a character from the end of the text is told, in these words.
    fn is_told(edit: fn(&mut Page), how: &str) {
        let found = told(edit);
        assert!(found.iter().any(|(kind, _, text)| *kind == Kind::Look && text.contains(how)), "{how}: {found:?}");
    }

    #[test]
    fn a_character_off_the_sheet_turned_or_laid_over_its_neighbour_is_told() {
        is_told(|page| page.glyphs.iter_mut().rev().take(5).for_each(|glyph| glyph.x += 3000.0), "移到了纸外");
        is_told(|page| page.glyphs.last_mut().unwrap().direction = 180, "转了方向");
        is_told(|page| page.glyphs.last_mut().unwrap().x -= 5.0, "叠在一起：“25”");
        is_told(|page| page.glyphs.last_mut().unwrap().x -= 3.0, "挪了位置");
        is_told(|page| page.glyphs.last_mut().unwrap().y -= 2.0, "挪了位置");
    }

    #[test]
    fn an_artifact_off_the_sheet_is_told() {
        let with_mark = |x: f64| {
            let mut document = document(&TEXTS, 8);
            let mark = Mark { artifact: true, ..Mark::default() };
            document.pages[0].glyphs.push(glyph("稿", x, 30, mark));
            document
        };
        let found = |x: f64| differences(&with_mark(x), &with_mark(200.0));
        assert_eq!(found(300.0), []);
        assert!(found(3000.0).iter().any(|difference| difference.message == "第1页：“稿”移到了纸外"));
    }

    #[test]
    fn an_area_over_words_is_told() {
        let found = told(|page| {
            let bounds = Rect { left: 78.0, top: 8.0, right: 130.0, bottom: 22.0 };
            let mark = Mark { artifact: true, ..Mark::default() };
            page.shapes.push(Shape { kind: ShapeKind::Fill, bounds, color: Color::default(), stroke: 0.0, mark });
        });
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].0 == Kind::Look && found[0].2.contains("盖住：“部门整体支”"), "{found:?}");
    }

    #[test]
    fn digits_in_an_artifact_are_told() {
        let mark = Mark { artifact: true, ..Mark::default() };
        let found = told(|page| {
            page.glyphs.extend(
                "9999.99".chars().zip(30_u32..).map(|(c, i)| glyph(&c.to_string(), 10.0 * f64::from(i), 5, mark)),
            );
        });
        assert_eq!(found, [(Kind::Words, Some(1), "第1页：多出“9999.99”".to_owned())]);
    }
}
