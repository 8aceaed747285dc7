//! Pages as the standard wants them but for one thing, and what `jibao check` says of that thing.

use jibao::conformity::{Row, Verdict};

/// Pages as the standard wants them.
const RIGHT: &str = r#"
#set page(
  paper: "a4",
  margin: (top: 37mm, bottom: 35mm, inside: 28mm, outside: 26mm),
  footer-descent: 0mm,
  footer: context {
    let even = calc.even(counter(page).get().first())
    let folio = [— #counter(page).display() —]
    set text(font: "Noto Serif SC", size: 14pt, top-edge: 0.3em, bottom-edge: "baseline")
    let number = align(if even { left } else { right }, if even { h(14pt) + folio } else { folio + h(14pt) })
    align(top, block(inset: (top: 7mm), width: 100%, number))
  },
)
#set text(
  font: "Zhuque Fangsong (technical preview)",
  size: 156mm / 28,
  lang: "zh",
  top-edge: 0.88em,
  bottom-edge: -0.12em,
  costs: (widow: 0%, orphan: 0%),
)
#let gap = (225mm - 156mm / 28) / 21 - 156mm / 28
#set par(leading: gap, spacing: gap, justify: true, first-line-indent: (amount: 2em, all: true))
#let text-of(lines) = "全县各级各部门按照上级要求认真履行职责分解任务落实责任各项指标" .clusters().slice(0, 28).join() * lines
#let paragraph(lines) = [#text-of(lines - 1)按期完成。#parbreak()]
"#;

/// The row of that name for pages with a body, laid out as the standard wants or with one text of that replaced.
fn row(item: &str, change: (&str, &str), body: &str) -> (Verdict, String, Vec<usize>) {
    assert!(RIGHT.contains(change.0), "{}", change.0);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("report.typ"), RIGHT.replacen(change.0, change.1, 1) + body).unwrap();
    let rows = super::table_of(folder.path());
    let found: Option<&Row> = rows.iter().find(|row| row.item == item);
    let row = found.unwrap_or_else(|| panic!("{item}: {rows:?}"));
    (row.verdict, row.found.clone(), row.pages.clone())
}

const SAME: (&str, &str) = ("", "");

#[test]
fn a_short_page_on_the_back_is_held_against_its_own_margins() {
    // The last five lines of a paragraph, on the second page.
    let body = "#paragraph(27)";
    let binding = "订口（装订一侧的白边）";
    for (change, found) in [
        (SAME, "左侧单页28.0毫米、双页26.0毫米"),
        (("inside: 28mm, outside: 26mm", "left: 28mm, right: 26mm"), "左侧单页28.0毫米、双页28.0毫米"),
    ] {
        assert_eq!(row(binding, change, body), (Verdict::Conforms, found.to_owned(), vec![]));
        assert_eq!(row("版心外的文字", change, body).0, Verdict::Conforms, "{found}");
    }
    // One line tells nothing of the margins, which may be either.
    for change in [SAME, ("inside: 28mm, outside: 26mm", "left: 28mm, right: 26mm")] {
        let one_line = "#par(first-line-indent: 0pt, text-of(23))";
        assert_eq!(row("版心外的文字", change, one_line).0, Verdict::Conforms);
    }
}

#[test]
fn a_page_that_begins_with_a_space_does_not_show_the_margin() {
    let item = "天头（上白边）";
    let lower = row(item, SAME, "#paragraph(40)#pagebreak()#v(25mm, weak: false)#paragraph(9)");
    assert_eq!(lower, (Verdict::Conforms, "37.0毫米；第3页62.0毫米，页首空了行".to_owned(), vec![]));
    let higher = row(item, SAME, "#paragraph(40)#set page(margin: (top: 30mm))\n#paragraph(9)");
    assert_eq!(higher, (Verdict::Deviates, "30.0毫米".to_owned(), vec![3]));
    let all = row(item, ("top: 37mm", "top: 40mm"), "#paragraph(40)");
    assert_eq!(all, (Verdict::Deviates, "40.0毫米".to_owned(), vec![1, 2]));
}

#[test]
fn a_first_page_of_text_without_a_number_lacks_one() {
    let item = "页码连续";
    let late = ("footer: context {", "footer: context if counter(page).get().first() > 1 {");
    assert_eq!(row(item, late, "#paragraph(60)"), (Verdict::Deviates, "2面有页码，共3面".to_owned(), vec![1]));
    // A list of contents may do without.
    let contents = "第一部分的标题很长很长很长很长很长很长……1#linebreak()";
    let body = format!("#par(first-line-indent: 0pt)[{}]#pagebreak()#paragraph(30)", contents.repeat(12));
    assert_eq!(row(item, late, &body).0, Verdict::Conforms);
    // What is printed is told where it is not the place in the file.
    let cover = "#page(footer: none)[#align(center)[封面]]#counter(page).update(1)\n#paragraph(30)";
    assert_eq!(row(item, SAME, cover).1, "2面有页码，共3面；文件的第2页印的是—1—");
}

#[test]
fn a_long_name_in_smaller_letters_is_part_of_its_line() {
    let name = "#text(size: 12pt)[the-name-of-a-program-in-letters]";
    let body = format!("#for _ in range(6) [我们在今年推出了{name}（一种）以下再作说明{{}}#parbreak()]")
        .replace("{}", "，各项指标按期完成各项指标按期完成各项指标按期完成");
    assert_eq!(row("段首", SAME, &body), (Verdict::Conforms, "6段".to_owned(), vec![]));
}

#[test]
fn twenty_two_lines_that_come_about_by_chance_are_no_grid() {
    let item = "每面行数";
    // Closer lines, with headings that stand apart.
    let close = ("#let gap = (225mm - 156mm / 28) / 21", "#let gap = (225mm - 156mm / 28) / 24");
    let body = "#for _ in range(3) [#paragraph(5)#block(height: 0pt, below: gap + 14pt)]#paragraph(10)";
    let (verdict, found, _) = row(item, close, body);
    let said = (verdict, found.as_str());
    assert_eq!(said, (Verdict::Deviates, "最满的一面22行；行距25.92磅，225毫米可排25行"));
    // 28 points, as Word has it, leave room that it does not use.
    let word = ("#let gap = (225mm - 156mm / 28) / 21", "#let gap = 28.9pt");
    assert_eq!(row(item, word, "#paragraph(60)").0, Verdict::Conforms);
}

#[test]
fn lines_that_do_not_come_out_even_are_no_smaller_type_area() {
    let item = "版心高";
    let wide = ("#let gap = (225mm - 156mm / 28) / 21", "#let gap = 42pt");
    let (verdict, found, _) = row(item, wide, "#paragraph(70)");
    assert!(verdict == Verdict::Conforms && found.ends_with("，再排不下一行"), "{found}");
    let short = ("bottom: 35mm", "bottom: 50mm");
    assert_eq!(row(item, short, "#paragraph(90)").0, Verdict::Deviates);
}

#[test]
fn red_is_for_what_stands_above_the_title() {
    let item = "文字颜色";
    let title = "#align(center, text(font: \"Jibao BiaoSong SC\", size: 22pt)[工作情况的报告])";
    let red = |words: &str| format!("#align(center, text(fill: rgb(230, 0, 0), size: 30pt)[{words}])");
    let above = row(item, SAME, &format!("{}{title}#paragraph(9)", red("云岭县林业局")));
    assert_eq!(above, (Verdict::Conforms, "红头为红色，其余为黑色".to_owned(), vec![]));
    let below = row(item, SAME, &format!("{title}{}#paragraph(9)", red("重要")));
    assert_eq!(below, (Verdict::Deviates, "1处不是黑色，如“重要”".to_owned(), vec![1]));
}

#[test]
fn a_number_at_the_edge_has_no_space() {
    let item = "页码左右";
    assert_eq!(row(item, SAME, "#paragraph(60)"), (Verdict::Conforms, "如此".to_owned(), vec![]));
    let edge = ("folio + h(14pt)", "folio + h(5pt)");
    assert_eq!(row(item, edge, "#paragraph(60)"), (Verdict::Deviates, "居右空1.8毫米".to_owned(), vec![1, 3]));
}

#[test]
fn pages_of_charts_and_tables_are_not_held_for_text() {
    // Pictures that do not fit below a line of text: no page is full, and no paragraph goes on on the next.
    let charts = "#for _ in range(5) [各年的支出见下图。#rect(width: 100%, height: 150mm)]";
    assert_eq!(row("版心高", SAME, charts).0, Verdict::Unknown);
    // A table in small letters, with cells that stand alone at their height, and its note.
    let cell = "本项指标按年初目标全部完成";
    let table = format!(
        "评价得分九十三分，等级为优，详见下表。#text(size: 10.5pt)[#table(columns: 2, {})]#text(size: 10.5pt)[注：{}]",
        format!("[#v(1em)], [{cell}\\ {cell}],").repeat(8),
        cell.repeat(2),
    );
    assert_eq!(row("正文字体字号", SAME, &table).1, "仿宋，15.79磅");
    assert_eq!(row("每面行数", SAME, &table).0, Verdict::Unknown);
}
