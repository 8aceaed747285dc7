//! How pages lie, and what `jibao check` says of it.

use jibao::conformity::{Row, Verdict, examine};

use super::{read, stranger, verdict};

/// A page on its side, with a line of text at a distance from the left and a page number in a direction.
fn across(left: f64, folio: &str) -> Vec<Row> {
    let line = format!("BT /F 12 Tf {left} 400 Td (Table) Tj ET");
    examine(&read(stranger(1191, &format!("{line} BT /F 14 Tf {folio} Tm (- 1 -) Tj ET"))))
}

/// Turned clockwise at the left edge, anticlockwise at the right edge, and upright at the foot.
const LEFT: &str = "0 -1 1 0 60 780";
const RIGHT: &str = "0 1 -1 0 1131 60";
const FOOT: &str = "1 0 0 1 560 40";

#[test]
fn the_page_number_tells_how_a_landscape_page_is_turned() {
    for (folio, expected) in [
        (LEFT, (Verdict::Conforms, "如此")),
        (RIGHT, (Verdict::Deviates, "表头在竖纸的右边")),
        (FOOT, (Verdict::Deviates, "页码跟着横过来了")),
        ("1 0 0 1 560 400", (Verdict::Unknown, "有横排的页没有页码，看不出朝向")),
    ] {
        let rows = across(200.0, folio);
        let row = verdict(&rows, "横排的页");
        assert_eq!((row.verdict, row.found.as_str()), expected, "{folio}");
    }
    let upright = examine(&read(stranger(595, "BT /F 14 Tf 100 400 Td (- 1 -) Tj ET")));
    assert_eq!(verdict(&upright, "横排的页").verdict, Verdict::NotApplicable);
}

#[test]
fn a_table_on_its_side_alone_is_no_first_page_without_text() {
    assert_eq!(verdict(&across(200.0, LEFT), "首页").verdict, Verdict::NotApplicable);
    let upright = examine(&read(stranger(595, "BT /F 14 Tf 100 40 Td (- 1 -) Tj ET")));
    assert_eq!(verdict(&upright, "首页").verdict, Verdict::Deviates);
}

#[test]
fn the_type_area_of_a_landscape_page_turns_with_it() {
    // 35.2 mm: below the text of the sheet there are 35, above it 37.
    let at_edge = |folio: &str| verdict(&across(99.8, folio), "版心外的文字").verdict;
    assert_eq!([LEFT, RIGHT, FOOT].map(at_edge), [Verdict::Conforms, Verdict::Deviates, Verdict::Conforms]);
}
