//! The red head and the imprint, measured against GB/T 9704-2012, 7.2 and 7.4; the pages that stay blank.

use super::marks::{Mark, folio, is_landscape, rules, texts};
use super::{CASE, MM, lay_out, with_pages};
use crate::support::{Dossier, root};

const TOP: f64 = 37.0 * MM;
const FOOT: f64 = (37.0 + 225.0) * MM;
const CELL: f64 = 156.0 * MM / 28.0;
const PITCH: f64 = (225.0 * MM - CELL) / 21.0;

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.1
}

/// The first text that contains a word.
fn line<'m>(marks: &'m [Mark], word: &str) -> &'m Mark {
    marks.iter().find(|mark| mark.text.contains(word)).unwrap_or_else(|| panic!("no {word}"))
}

#[test]
fn the_distances_of_the_head_are_those_of_the_standard() {
    for (mark, signers) in [
        ("云岭县农村公路养护中心文件", ""),
        ("云岭县水利局文件", "签发人: 林一舟"),
        ("云岭县农村公路养护中心文件", "签发人: 林一舟、欧阳文、李四"),
    ] {
        let dossier = Dossier::copy_of(CASE).replace("2023/report.yaml", "云岭县农村公路养护中心文件", mark).replace(
            "2023/report.yaml",
            "签发人: 林一舟",
            signers,
        );
        let document = lay_out(dossier.path(), 2023);
        let (ink, ems) = (texts(&document, true), texts(&document, false));
        let issuer = line(&ink, mark);
        assert!(issuer.coloured && near(issuer.top, TOP + 35.0 * MM), "{issuer:?}");
        assert!(issuer.left >= 28.0 * MM - 0.1 && issuer.right <= (28.0 + 156.0) * MM + 0.1, "{issuer:?}");
        assert!((issuer.middle() - (28.0 + 78.0) * MM).abs() < 1.0, "{issuer:?}");
        let number = line(&ems, "云路养");
        let rows = f64::from(u8::from(signers.contains('、')));
        let blank = number.top - issuer.bottom - rows * PITCH;
        // Two lines, from ink to the edge of a line.
        assert!(blank > 2.0 * PITCH && blank < 2.6 * PITCH, "{blank}");
        let rules: Vec<Mark> = rules(&document).into_iter().filter(|rule| rule.coloured).collect();
        let [rule] = &rules[..] else { panic!("{rules:?}") };
        assert!(near(rule.top - number.bottom, 4.0 * MM), "{rule:?} {number:?}");
        assert!(near(rule.right - rule.left, 156.0 * MM), "{rule:?}");
        let title = ems.iter().find(|mark| mark.top > rule.bottom).expect("a title");
        let steps = (title.top - TOP) / PITCH;
        assert!(near(steps, 10.0 + rows), "{steps}");
        assert!((title.top - rule.bottom) / PITCH > 1.9 && (title.top - rule.bottom) / PITCH < 2.1);
        // Names of signers are in another face than 签发人.
        if !signers.is_empty() {
            assert!(near(line(&ems, "签发人：").top, number.top - rows * PITCH));
            assert!(line(&ems, "林一舟").left > line(&ems, "签发人：").right - 0.1);
        }
    }
}

#[test]
fn the_first_page_shows_text_on_the_grid() {
    let document = lay_out(&root().join(CASE), 2023);
    let body = texts(&document, false).into_iter().filter(|mark| mark.page == 0 && near(mark.bottom - mark.top, CELL));
    let below: Vec<Mark> = body.filter(|mark| mark.top > TOP + 12.5 * PITCH).collect();
    assert!(below.len() > 5);
    for mark in below {
        let steps = (mark.top - TOP) / PITCH;
        assert!(near(steps, steps.round()), "{mark:?}");
    }
}

/// The pages of a document: their numbers, and the one that the imprint is on.
fn outline(dossier: &Dossier) -> (Vec<Option<String>>, usize) {
    let document = lay_out(dossier.path(), 2023);
    let numbers = (0..document.pages().len()).map(|page| folio(&document, page)).collect();
    let copies = texts(&document, true);
    let office = line(&copies, "印发");
    let foot = rules(&document).into_iter().filter(|rule| rule.page == office.page).map(|rule| rule.bottom);
    assert!(near(foot.fold(0.0, f64::max), FOOT), "the last rule is on the edge of the type area");
    (numbers, office.page)
}

fn with_lines(pages: &str, lines: usize) -> Dossier {
    let section = std::fs::read_to_string(root().join(CASE).join("2023/sections/04-problems.yaml")).unwrap();
    let text = format!("{}\n{}", section.trim_end(), "  - 又一段。\n".repeat(lines));
    with_pages(CASE, pages).write("2023/sections/04-problems.yaml", text)
}

fn numbers(printed: &[&str]) -> Vec<Option<String>> {
    printed.iter().map(|number| (!number.is_empty()).then(|| (*number).to_owned())).collect()
}

#[test]
fn the_imprint_is_on_an_even_page_and_behind_a_blank_one_without_number() {
    let (duplex, simplex) = ("{双面: true}", "{双面: false}");
    // There is room; there is none; the text ends on an odd page.
    assert_eq!(outline(&with_lines(duplex, 0)), (numbers(&["1", "2"]), 1));
    assert_eq!(outline(&with_lines(duplex, 2)), (numbers(&["1", "2", "", ""]), 3));
    assert_eq!(outline(&with_lines(duplex, 12)), (numbers(&["1", "2", "3", "4"]), 3));
    assert_eq!(outline(&with_lines(simplex, 0)), (numbers(&["1", "2"]), 1));
    assert_eq!(outline(&with_lines(simplex, 2)), (numbers(&["1", "2", "3"]), 2));
    assert_eq!(outline(&with_lines(simplex, 12)), (numbers(&["1", "2", "3"]), 2));
}

#[test]
fn the_imprint_comes_behind_the_attachments() {
    let attached = |direction: &str| {
        let report = std::fs::read_to_string(root().join(CASE).join("2023/report.yaml")).unwrap();
        let attachment = format!("附件:\n  - {{标题: 一张表, 方向: {direction}, 正文: [附件的文字。]}}\n");
        with_lines("{双面: true}", 0).write("2023/report.yaml", format!("{report}{attachment}"))
    };
    for direction in ["竖", "横"] {
        assert_eq!(outline(&attached(direction)), (numbers(&["1", "2", "3", "4"]), 3), "{direction}");
    }
}

#[test]
fn attachments_begin_on_odd_pages_where_that_is_set() {
    let openings = |pages: &str| -> (usize, Vec<usize>, Vec<usize>) {
        let document = lay_out(with_pages("samples/demo", pages).path(), 2023);
        let texts = texts(&document, false);
        let label = |text: &str| ["附件1", "附件2"].contains(&text);
        let start = texts.iter().filter(|mark| label(&mark.text)).map(|mark| mark.page + 1).collect();
        let count = document.pages().len();
        // Cover and its back bear no number either.
        let unnumbered = (2..count).filter(|page| folio(&document, *page).is_none()).map(|page| page + 1).collect();
        assert!(document.pages().iter().any(is_landscape));
        (count, start, unnumbered)
    };
    assert_eq!(openings("{双面: true}"), (12, vec![8, 11], vec![]));
    assert_eq!(openings("{双面: true, 附件单页起: true}"), (14, vec![9, 13], vec![8, 12]));
    assert_eq!(openings("{双面: false, 附件单页起: true}").2, Vec::<usize>::new());
}

/// The edges that text and rules of a page reach, in millimetres: left, upper, right, lower; the page number left out.
fn reach(marks: &[Mark], page: usize) -> [f64; 4] {
    let here = marks.iter().filter(|mark| mark.page == page);
    here.fold([f64::INFINITY, f64::INFINITY, 0.0, 0.0], |[left, top, right, bottom], mark| {
        let (to_right, to_bottom) = (right.max(mark.right / MM), bottom.max(mark.bottom / MM));
        [left.min(mark.left / MM), top.min(mark.top / MM), to_right, to_bottom]
    })
}

#[test]
fn the_binding_side_is_kept_clear_on_every_page() {
    for duplex in [true, false] {
        let pages = format!("{{双面: {duplex}, 附件单页起: true}}");
        let document = lay_out(with_pages("samples/demo", &pages).path(), 2023);
        let body = |mark: &Mark| mark.bottom < FOOT + 1.0 && mark.text.trim() != "";
        let texts: Vec<Mark> = texts(&document, true).into_iter().filter(body).collect();
        let marks = [texts, rules(&document)].concat();
        for (number, page) in document.pages().iter().enumerate() {
            let odd = number % 2 == 0 || !duplex;
            let (before, after) = if odd { (28.0, 26.0) } else { (26.0, 28.0) };
            let [left, top, right, bottom] = reach(&marks, number);
            if left.is_infinite() {
                continue;
            }
            if is_landscape(page) {
                // Seen with the sheet on its side: what is left on the upright sheet is above. The number is on the left.
                assert!(top > before - 0.2 && bottom < 210.0 - after + 0.2, "{number}: {top} {bottom}");
                assert!(right < 297.0 - 37.0 + 0.2, "{number}: {right}");
            } else {
                assert!(left > before - 0.2 && right < 210.0 - after + 0.2, "{number}: {left} {right}");
            }
        }
        // The cover is set in the middle of the type area, and not of the sheet.
        let title = marks.iter().find(|mark| mark.page == 0).expect("a title");
        assert!((title.middle() / MM - 106.0).abs() < 0.5, "{}", title.middle() / MM);
    }
}

#[test]
fn slips_in_number_and_dates_are_found_where_they_are() {
    let cases = [
        ("云路养〔2024〕7号", "云路养[2024]第07号", "JB7021", 5),
        ("云路养〔2024〕7号", "云路养〔2023〕7号", "JB7022", 5),
        ("印发日期: 2024-04-19", "印发日期: 2024-04-17", "JB7023", 12),
    ];
    assert_eq!(Dossier::copy_of(CASE).check().findings(), Vec::<serde_json::Value>::new());
    for (from, to, code, line) in cases {
        let to = if to.contains('[') { format!("'{to}'") } else { to.to_owned() };
        let findings = Dossier::copy_of(CASE).replace("2023/report.yaml", from, &to).check().findings();
        let [finding] = &findings[..] else { panic!("{findings:?}") };
        assert_eq!((finding["code"].as_str(), finding["line"].as_u64()), (Some(code), Some(line)), "{finding}");
    }
    // Printed on the day of the issue.
    let same = Dossier::copy_of(CASE).replace("2023/report.yaml", "印发日期: 2024-04-19", "印发日期: 2024-04-18");
    assert_eq!(same.check().findings(), Vec::<serde_json::Value>::new());
}

#[test]
fn a_mark_may_have_as_many_characters_as_there_is_room_for() {
    let codes = |count: usize| {
        let (mark, longer) = ("云岭县农村公路养护中心文件", "县".repeat(count - 2) + "文件");
        let dossier = Dossier::copy_of(CASE).replace("2023/report.yaml", mark, &longer);
        let findings = dossier.check().findings();
        findings.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(codes(24), Vec::<String>::new());
    assert_eq!(codes(25), ["JB7024"]);
}

#[test]
fn a_head_that_is_not_filled_in_is_one_finding_a_key_and_still_drawn() {
    let blank = |key: &str, value: &str| {
        Dossier::copy_of(CASE).replace("2023/report.yaml", &format!("{key}: {value}"), &format!("{key}: ''"))
    };
    for (key, value) in [("发文机关标志", "云岭县农村公路养护中心文件"), ("发文字号", "云路养〔2024〕7号")]
    {
        let dossier = blank(key, value);
        let found = dossier.check().findings();
        let [finding] = &found[..] else { panic!("{found:?}") };
        assert_eq!(finding["code"], "JB1016", "{finding}");
        lay_out(dossier.path(), 2023);
    }
    let found =
        Dossier::copy_of(CASE).replace("2023/report.yaml", "  发文字号: 云路养〔2024〕7号\n", "").check().findings();
    assert_eq!(found.iter().map(|f| f["code"].as_str()).collect::<Vec<_>>(), [Some("JB1014")]);
}

#[test]
fn a_report_of_several_years_has_no_head() {
    let year = std::fs::read_to_string(root().join(CASE).join("2023/report.yaml")).unwrap();
    let dossier = Dossier::copy_of("samples/demo").write("2023/report.yaml", year);
    let view = jibao::across::examine_years(&jibao::profile::Library::default(), dossier.path(), 2022..=2023);
    let view = view.report.expect("a report").view;
    assert!(view.red_head.is_none() && view.imprint.is_none());
}
