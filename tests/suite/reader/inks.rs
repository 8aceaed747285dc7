//! How a file writes its colours, and what `jibao check` says of it.

use jibao::conformity::{Row, Verdict, examine};

use super::{hostile, read, verdict};

const FONT: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";
const WORD: &str = "BT /F 16 Tf 100 500 Td (Report) Tj ET";

/// The table of a page with a content, resources beside its font, and more objects from the sixth on.
fn rows(catalog: &str, resources: &str, content: &str, more: &[&str]) -> Vec<Row> {
    let objects: Vec<String> = [FONT].iter().chain(more).map(|object| (*object).to_owned()).collect();
    examine(&read(hostile(catalog, &format!("/Font<</F 5 0 R>>{resources}"), content, &objects)))
}

fn judged(rows: &[Row], item: &str) -> (Verdict, String) {
    let row = verdict(rows, item);
    (row.verdict, row.found.clone())
}

const TEXT: &str = "文字颜色";
const DRAWN: &str = "线条和图的颜色";
const INK: &str = "黑色用墨";
const SPACES: &str = "色彩空间";

#[test]
fn a_black_of_one_ink_is_black_however_it_is_written() {
    let gray = rows("", "", &format!("0 g {WORD}"), &[]);
    let spot = "/ColorSpace<</S[/Separation/Black/DeviceCMYK 6 0 R]>>";
    let tint = "<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[0 0 0 1]/N 1>>";
    let ink = rows("", spot, &format!("/S cs 1 scn {WORD}"), &[tint]);
    for rows in [gray, ink] {
        assert_eq!(judged(&rows, TEXT), (Verdict::Conforms, "全部为黑色".to_owned()));
        assert_eq!(judged(&rows, INK), (Verdict::Conforms, "黑色都是单色黑".to_owned()));
        assert_eq!(judged(&rows, SPACES), (Verdict::Conforms, "都有依据；没有输出意图".to_owned()));
        assert_eq!(verdict(&rows, DRAWN).verdict, Verdict::NotApplicable);
    }
    let key = rows("", "", &format!("0 0 0 1 k {WORD}"), &[]);
    assert_eq!(verdict(&key, INK).verdict, Verdict::Conforms);
}

#[test]
fn a_black_of_several_inks_is_not() {
    let rgb = rows("", "", &format!("0 0 0 rg {WORD} 0 0 0 RG 10 10 m 90 10 l S"), &[]);
    let said = "RGB黑（文字、线条），印刷时分成几色套印，字边易发虚".to_owned();
    assert_eq!(judged(&rgb, INK), (Verdict::Deviates, said));
    // It is black all the same.
    assert_eq!(verdict(&rgb, TEXT).verdict, Verdict::Conforms);
    let rich = rows("", "", &format!("0.75 0.68 0.67 0.9 k {WORD}"), &[]);
    assert_eq!(verdict(&rich, TEXT).verdict, Verdict::Conforms);
    assert!(judged(&rich, INK).1.starts_with("四色黑（文字），"));
}

#[test]
fn numbers_of_a_device_need_an_output_intent_or_a_profile() {
    let colours = format!("0 0 0 1 k {WORD} 1 0 0 rg 10 10 9 9 re f");
    let bare = rows("", "", &colours, &[]);
    let said = "CMYK（文字）、RGB（线条）没有颜色依据；没有输出意图".to_owned();
    assert_eq!(judged(&bare, SPACES), (Verdict::Deviates, said));
    let intent = |components: u8| {
        let profile = format!("<</N {components}/Length 0>>stream\n\nendstream");
        let catalog = "/OutputIntents[<</S/GTS_PDFA1/OutputConditionIdentifier(FOGRA39)/DestOutputProfile 6 0 R>>]";
        judged(&rows(catalog, "", &colours, &[&profile]), SPACES)
    };
    assert_eq!(intent(4), (Verdict::Deviates, "RGB（线条）没有颜色依据；输出意图为FOGRA39".to_owned()));
    assert_eq!(intent(3), (Verdict::Deviates, "CMYK（文字）没有颜色依据；输出意图为FOGRA39".to_owned()));
    // The resources say what RGB means.
    let profile = "<</N 3/Length 0>>stream\n\nendstream";
    let default = rows("", "/ColorSpace<</DefaultRGB[/ICCBased 6 0 R]>>", &format!("1 0 0 rg {WORD}"), &[profile]);
    assert_eq!(verdict(&default, SPACES).verdict, Verdict::Conforms);
    let calibrated = rows("", "/ColorSpace<</C[/ICCBased 6 0 R]>>", &format!("/C cs 0 0 0 scn {WORD}"), &[profile]);
    assert_eq!(verdict(&calibrated, SPACES).verdict, Verdict::Conforms);
}

#[test]
fn lines_areas_and_pictures_are_black_white_or_grey() {
    // The first page may have the red line of a red head.
    let drawn = |colour: &str| judged(&rows("", "", &format!("{WORD} {colour} 10 10 9 9 re f"), &[]), DRAWN);
    for grey in ["0.8 g", "0.5 0.5 0.5 rg", "0 0 0 0.3 k"] {
        assert_eq!(drawn(grey), (Verdict::Conforms, "没有彩色".to_owned()), "{grey}");
    }
    assert_eq!(drawn("0.9 0.1 0.1 rg"), (Verdict::Conforms, "彩色只有红头的红色".to_owned()));
    let number = judged(&rows("", "", WORD, &[]), "页码");
    assert_eq!(number, (Verdict::Conforms, "没有页码；只有一页，可以不编".to_owned()));
    for colour in ["0.2 0.4 0.9 rg", "1 0 0 0 k"] {
        assert_eq!(drawn(colour), (Verdict::Deviates, "1处是彩色".to_owned()), "{colour}");
    }
    let picture = |space: &str| {
        let object = format!(
            "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace{space}/Length 3>>stream\nabc\nendstream"
        );
        rows("", "/XObject<</P 6 0 R>>", &format!("{WORD} q 9 0 0 9 10 10 cm /P Do Q"), &[&object])
    };
    assert_eq!(judged(&picture("/DeviceGray"), DRAWN), (Verdict::Conforms, "没有彩色".to_owned()));
    for space in ["/DeviceRGB", "[/Indexed/DeviceRGB 0(abc)]"] {
        let rows = picture(space);
        assert_eq!(judged(&rows, DRAWN), (Verdict::Unknown, "1处图片或花样的颜色看不出".to_owned()), "{space}");
        assert_eq!(judged(&rows, SPACES).1, "RGB（图片）没有颜色依据；没有输出意图", "{space}");
    }
    // A picture within the content, and a mask that the colour of fills shows through.
    let within = |dict: &str| format!("{WORD} 0.2 0.4 0.9 rg q 9 0 0 9 10 10 cm BI {dict} ID abc\nEI Q");
    let inline = rows("", "", &within("/W 1 /H 1 /BPC 8 /CS /RGB"), &[]);
    assert_eq!(judged(&inline, DRAWN).0, Verdict::Unknown);
    let mask = rows("", "", &within("/W 1 /H 1 /IM true"), &[]);
    assert_eq!(judged(&mask, DRAWN), (Verdict::Deviates, "1处是彩色".to_owned()));
}

#[test]
fn text_of_another_colour_is_found_and_one_that_cannot_be_told_is_said_to_be_so() {
    let text = |colour: &str| judged(&rows("", "", &format!("{colour} {WORD}"), &[]), TEXT);
    assert_eq!(text("0.2 0.4 0.9 rg"), (Verdict::Deviates, "1处不是黑色，如“Report”".to_owned()));
    assert_eq!(text("0.4 g").0, Verdict::Deviates);
    let lab = "/ColorSpace<</L[/Lab<</WhitePoint[0.96 1 0.82]>>]>>";
    assert_eq!(judged(&rows("", lab, &format!("/L cs 0 0 0 scn {WORD}"), &[]), TEXT).0, Verdict::Unknown);
}
