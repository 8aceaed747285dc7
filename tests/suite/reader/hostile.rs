//! What a small file may stand for without end: each is refused at a limit, in words, and soon. In every test the same
//! thing within the limit is read, so that it is the limit that refuses.

use std::time::Duration;

use jibao::reader::{Limits, ReadError, Reader};

use super::{assembled, hostile, opened};

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().concat()
}

/// A catalogue and nodes of pages, each with the next as its kids so many times; the last is a page.
fn nodes(count: usize, times: usize) -> Vec<u8> {
    let kids = |next: usize| format!("{next} 0 R ").repeat(times);
    let nodes = (2..2 + count).map(|at| format!("<</Type/Pages/Kids[{}]>>", kids(at + 1)));
    let catalog = "<</Type/Catalog/Pages 2 0 R>>".to_owned();
    let page = "<</Type/Page/MediaBox[0 0 9 9]>>".to_owned();
    assembled(&[catalog].into_iter().chain(nodes).chain([page]).collect::<Vec<_>>())
}

/// Why a file is not read.
fn said(bytes: Vec<u8>) -> String {
    said_with(bytes, Limits::default())
}

fn said_with(bytes: Vec<u8>, limits: Limits) -> String {
    opened(bytes, limits).err().map(|error| error.to_string()).unwrap_or_default()
}

#[test]
fn a_tree_of_pages_is_measured_before_it_is_followed() {
    assert_eq!(Reader::open(nodes(10, 2)).unwrap().pages(), 1024);
    // A billion pages, and 2^60 nodes without any.
    assert!(said(nodes(30, 2)).ends_with("超过5000页"), "{}", said(nodes(30, 2)));
    let wide = assembled(&[
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{}]>>", "3 0 R ".repeat(10_001)),
        "<</Type/Page>>".to_owned(),
    ]);
    assert!(said(wide).ends_with("超过5000页"));
    assert_eq!(Reader::open(nodes(60, 1)).unwrap().pages(), 1);
    assert!(said(nodes(3000, 1)).ends_with("页的目录套了64层还没有完"));
    // The kids in an object of their own.
    let apart = |times: usize| {
        let kids = |next: usize| format!("[{}]", format!("{next} 0 R ").repeat(times));
        let nodes = (0..30).flat_map(|at| [format!("<</Type/Pages/Kids {} 0 R>>", 3 + 2 * at), kids(4 + 2 * at)]);
        let catalog = "<</Type/Catalog/Pages 2 0 R>>".to_owned();
        assembled(&[catalog].into_iter().chain(nodes).chain(["<</Type/Page>>".to_owned()]).collect::<Vec<_>>())
    };
    assert_eq!(Reader::open(apart(1)).unwrap().pages(), 1);
    assert!(said(apart(2)).ends_with("超过5000页"));
    // Two nodes that hold each other: each way round is another page.
    let ring =
        ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R 3 0 R]>>", "<</Type/Pages/Kids[2 0 R 4 0 R]>>"];
    let ring = ring.into_iter().chain(["<</Type/Page>>"]).map(str::to_owned).collect::<Vec<_>>();
    assert!(said(assembled(&ring)).ends_with("页的目录绕成了圈"));
}

/// A file with its catalogue, pages and page in a stream of objects, numbered there as they are in the table or not.
fn in_a_stream(numbers: [usize; 3], kids: usize) -> Vec<u8> {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{}]>>", "3 0 R ".repeat(kids)),
        "<</Type/Page>>".to_owned(),
    ];
    let starts = objects.iter().scan(0, |at, object| {
        let start = *at;
        *at += object.len();
        Some(start)
    });
    let head = joined(numbers.iter().zip(starts).map(|(number, start)| format!("{number} {start} ")));
    let body = head.clone() + objects.concat().as_str();
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let stream = pdf.len();
    let (first, length) = (head.len(), body.len());
    pdf.extend(
        format!("4 0 obj<</Type/ObjStm/N 3/First {first}/Length {length}>>stream\n{body}\nendstream endobj\n").bytes(),
    );
    let table = pdf.len();
    let (stream, here) = (u8::try_from(stream).unwrap(), u16::try_from(table).unwrap().to_be_bytes());
    let rows = [[0, 0, 0, 0], [2, 0, 4, 0], [2, 0, 4, 1], [2, 0, 4, 2], [1, 0, stream, 0], [1, here[0], here[1], 0]];
    pdf.extend(b"5 0 obj<</Type/XRef/Root 1 0 R/Size 6/W[1 2 1]/Length 24>>stream\n");
    pdf.extend(rows.concat());
    pdf.extend(format!("\nendstream endobj\nstartxref\n{table}\n%%EOF").bytes());
    pdf
}

#[test]
fn pages_in_a_stream_of_objects_are_measured_by_the_numbers_of_the_table() {
    assert_eq!(Reader::open(in_a_stream([1, 2, 3], 2)).unwrap().pages(), 2);
    for numbers in [[1, 2, 3], [7, 8, 9]] {
        assert!(said(in_a_stream(numbers, 10_001)).ends_with("超过5000页"), "{numbers:?}");
    }
}

#[test]
fn a_table_makes_no_more_entries_than_are_allowed() {
    let table = |more: &str, rows: &str| {
        let catalog = "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]>>endobj\n";
        let start = 9 + catalog.len();
        let length = rows.len();
        let table = format!("3 0 obj<</Type/XRef/Root 1 0 R{more}/Length {length}>>stream\n{rows}\nendstream endobj");
        format!("%PDF-1.7\n{catalog}{table}\nstartxref\n{start}\n%%EOF").into_bytes()
    };
    for more in ["/Size 1000001/W[0 0 0]", "/Size 3/W[0 0 0]/Index[0 900000 0 900000]"] {
        assert!(said(table(more, "")).ends_with("里面的对象太多"), "{more}");
    }
    let few = Limits { objects: 1000, ..Limits::default() };
    let rows = "\u{1}".repeat(2000);
    assert!(said_with(table("/Size 2000/W[1 0 0]", &rows), few).ends_with("里面的对象太多"));
    assert!(opened(table("/Size 900/W[1 0 0]", &rows), few).is_ok());
    let many = joined((3..1003).map(|number| format!("{number} 0 obj 1 endobj ")));
    let numbered = format!("%PDF-1.7\n{many}").into_bytes();
    assert!(said_with(numbered.clone(), Limits { objects: 999, ..few }).ends_with("里面的对象太多"));
    assert_eq!(opened(numbered, few).err(), Some(ReadError::NotPdf));
    // Each object of a stream is found by reading the numbers of all.
    let stream = |count: usize| {
        let numbers = joined((0..count).map(|number| format!("{} 0 ", number + 10)));
        let (first, length) = (numbers.len(), numbers.len() + 4);
        hostile("", "", "", &[format!("<</N {count}/First {first}/Length {length}>>stream\n{numbers}null\nendstream")])
    };
    assert!(said(stream(20_001)).ends_with("一组里的对象太多"));
    assert!(opened(stream(20_000), Limits::default()).is_ok());
}

#[test]
fn a_stream_of_objects_is_looked_at_wherever_a_search_for_objects_would_find_it() {
    // Behind no number, and packed in a way whose size is not known; the table of the file is broken.
    let stream = "<</Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode]/Length 1>>stream\n1\nendstream";
    let file = |stream: &str| {
        let objects = "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]>>endobj";
        format!("%PDF-1.7\n{objects}\n{stream}\ntrailer<</Root 1 0 R>>").into_bytes()
    };
    assert!(said(file(stream)).ends_with("对象表用了少见的压缩办法"));
    assert!(opened(file("<</Type/X/N 1/Filter[/FlateDecode/FlateDecode]>>"), Limits::default()).is_ok());
}

#[test]
fn dictionaries_that_would_be_read_again_and_again_are_refused() {
    // Each is read twice for each around it, to see whether a stream follows.
    let doubling = "<<".repeat(40) + ">>stream\n\nendstream".repeat(40).as_str();
    assert_eq!(Reader::open(hostile("", "", "", &[doubling])).err(), Some(ReadError::Broken));
    // Brackets that are never closed, and those that are at the end of the file, are tried from each one on.
    let long = "/A 1".repeat(100_000);
    let unclosed = format!("{}{long}", "<</A ".repeat(1500));
    assert_eq!(Reader::open(hostile("", "", "", &[unclosed])).err(), Some(ReadError::Broken));
    let ladder = format!("{}{long}{}", "<</A ".repeat(1500), ">>".repeat(1500));
    assert_eq!(Reader::open(hostile("", "", "", &[ladder])).err(), Some(ReadError::Broken));
    let honest = format!("{}{long}{}", "<</A ".repeat(10), ">>".repeat(10));
    assert!(Reader::open(hostile("", "", "", &[honest])).is_ok());
}

#[test]
fn opening_ends_in_time() {
    let short = Limits { opening: Duration::from_millis(1), ..Limits::default() };
    let mut long = nodes(1, 1);
    long.resize(50 << 20, b' ');
    assert!(said_with(long.clone(), short).ends_with("打开这个文件超过了 0 秒"));
    assert!(opened(long, Limits::default()).is_ok());
}

const FONT: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";

#[test]
fn a_string_is_not_shown_beyond_the_limit_and_long_texts_count_for_more() {
    let few = Limits { glyphs: 1000, ..Limits::default() };
    let shown =
        |count: usize| hostile("", "/Font<</F 5 0 R>>", &format!("/F 1 Tf ({}) Tj", "a".repeat(count)), &[FONT.into()]);
    assert!(opened(shown(1000), few).is_ok());
    assert!(said_with(shown(1001), few).ends_with("字数太多"));
    // One glyph that stands for much, in the map of the font and as a whole.
    let mapped = |length: usize| {
        let map = format!(
            "1 begincodespacerange <0000><FFFF> endcodespacerange 1 beginbfchar <0041> <{}> endbfchar",
            "4E00".repeat(length)
        );
        let font = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 6 0 R>>".to_owned();
        let map = format!("<</Length {}>>stream\n{map}\nendstream", map.len());
        let content = format!("/F 1 Tf <{}> Tj", "0041".repeat(100));
        opened(hostile("", "/Font<</F 5 0 R>>", &content, &[font, map]), few)
    };
    assert_eq!(mapped(10).unwrap().text().chars().count(), 1001);
    assert!(matches!(mapped(200), Err(ReadError::TooLarge(_))));
    let marked = |length: usize| {
        let content = "/F 1 Tf ".to_owned() + "/P /T BDC (a) Tj EMC ".repeat(100).as_str();
        let text = format!("<</ActualText({})>>", "x".repeat(length));
        opened(hostile("", "/Font<</F 5 0 R>>/Properties<</T 6 0 R>>", &content, &[FONT.into(), text]), few)
    };
    assert!(marked(30).is_ok());
    assert!(matches!(marked(1000), Err(ReadError::TooLarge(_))));
}

#[test]
fn what_a_name_stands_for_is_read_once_and_counts_by_its_length() {
    let few = Limits { operators: 80_000, ..Limits::default() };
    let long = |dict: &str, length: usize| format!("<<{dict}/J[{}]>>", "1 ".repeat(length));
    let cases = [
        ("/Font<</F 5 0 R>>", "/F 1 Tf ", "/Type/Font/Subtype/Type1/BaseFont/X"),
        ("/ExtGState<</F 5 0 R>>", "/F gs ", "/LW 1"),
        ("/Properties<</F 5 0 R>>", "/P /F BDC EMC ", "/MCID 1"),
    ];
    for (resources, operators, dict) in cases {
        let read = |times: usize, length: usize| {
            opened(hostile("", resources, &operators.repeat(times), &[long(dict, length)]), few)
        };
        // A thousand times half a million characters would take minutes.
        assert!(read(4000, 100_000).is_ok(), "{resources}");
        assert!(matches!(read(1, 400_000), Err(ReadError::TooLarge(_))), "{resources}");
    }
    let array = |length: usize| {
        let space = format!("[/Separation/A/DeviceGray {}]", "1 ".repeat(length));
        opened(hostile("", "/ColorSpace<</F 5 0 R>>", &"/F cs ".repeat(9000), &[space]), few)
    };
    assert!(array(100_000).is_ok());
    assert!(matches!(array(400_000), Err(ReadError::TooLarge(_))));
}

#[test]
fn texts_within_texts_are_not_gone_over_without_end() {
    let few = Limits { operators: 20_000, ..Limits::default() };
    let nested = |depth: usize| {
        let content = format!(
            "/F 1 Tf {}({}) Tj {}",
            "/P <</ActualText(x)>> BDC ".repeat(depth),
            "a".repeat(10_000),
            "EMC ".repeat(depth)
        );
        opened(hostile("", "/Font<</F 5 0 R>>", &content, &[FONT.into()]), few)
    };
    assert!(nested(10).is_ok());
    assert!(matches!(nested(100), Err(ReadError::TooLarge(_))));
}

#[test]
fn lists_that_fonts_share_have_an_end() {
    let few = Limits { unpacked: 10_000_000, ..Limits::default() };
    let fonts = |subtype: &str, count: usize, list: &str| {
        let names = joined((0..count).map(|at| format!("/F{at} {} 0 R", at + 6)));
        let shown = joined((0..count).map(|at| format!("/F{at} 1 Tf ")));
        let font = |at: usize| {
            format!(
                "<</Type/Font/Subtype/{subtype}/BaseFont/X{at}/Widths 5 0 R/FirstChar 0/Encoding<</Differences 5 0 R>>/DescendantFonts[<</W 5 0 R>>]>>"
            )
        };
        let more: Vec<String> = [list.to_owned()].into_iter().chain((0..count).map(font)).collect();
        opened(hostile("", &format!("/Font<<{names}>>"), &shown, &more), few)
    };
    assert!(fonts("Type0", 1, "[0 65535 1]").is_ok());
    assert!(matches!(fonts("Type0", 1, &format!("[{}]", "0 65535 1 ".repeat(100))), Err(ReadError::TooLarge(_))));
    assert!(matches!(fonts("Type0", 100, "[0 65535 1]"), Err(ReadError::TooLarge(_))));
    let long = format!("[{}]", "1 ".repeat(10_000));
    assert!(fonts("TrueType", 10, &long).is_ok());
    assert!(matches!(fonts("TrueType", 100, &long), Err(ReadError::TooLarge(_))));
}

#[test]
fn what_is_packed_again_and_again_or_copied_for_nothing_has_an_end() {
    let stream = |filters: &str, data: &str| {
        let stream = format!("<</Length {}/Filter[{filters}]>>stream\n{data}\nendstream", data.len());
        let objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]>>"].map(str::to_owned);
        let page = format!("<</Type/Page/Contents[{}]>>", "4 0 R ".repeat(20));
        assembled(&objects.into_iter().chain([page, stream]).collect::<Vec<_>>())
    };
    let few = Limits { unpacked: 100_000, ..Limits::default() };
    assert!(opened(stream(&"/AHx ".repeat(8), ">"), few).is_ok());
    assert!(said(stream(&"/AHx ".repeat(9), ">")).ends_with("有一部分压缩了9遍"));
    // Stored by deflating: four blanks, and what does not belong to it.
    let padded = |length: usize| stream("/RL", &format!("\u{3}    \u{7f}{}", "x".repeat(length)));
    assert!(opened(padded(100), Limits { unpacked: 400_000, ..few }).is_ok());
    assert!(matches!(opened(padded(10_000), few), Err(ReadError::TooLarge(_))));
    // A page of very many short streams.
    let many = |operators: usize| opened(stream("", "q Q"), Limits { operators, ..Limits::default() });
    assert!(many(2100).is_ok());
    assert!(matches!(many(1999), Err(ReadError::TooLarge(_))));
}

#[test]
fn lzw_is_read_as_far_as_its_size_allows() {
    // The example of the standard, as a page: −−−−−A−−−B, without meaning; then 60,000 bytes of codes for one blank each.
    let codes = |count: usize| {
        let bits: String =
            std::iter::repeat_n("100000000", 1).chain(std::iter::repeat_n("000100000100000000", count)).collect();
        let bytes = bits
            .as_bytes()
            .chunks(8)
            .map(|byte| byte.iter().enumerate().fold(0_u8, |all, (at, bit)| all | (bit - b'0') << (7 - at)));
        joined(bytes.map(|byte| format!("{byte:02x}")))
    };
    let page = |count: usize| {
        let data = codes(count) + ">";
        let stream = format!("<</Length {}/Filter[/AHx/LZW]>>stream\n{data}\nendstream", data.len());
        let objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]>>", "<</Type/Page/Contents 4 0 R>>"];
        assembled(&objects.map(str::to_owned).into_iter().chain([stream]).collect::<Vec<_>>())
    };
    assert!(opened(page(60_000), Limits::default()).is_ok());
    let few = Limits { part: 500_000, ..Limits::default() };
    assert!(opened(page(60_000), few).is_ok());
    assert!(matches!(opened(page(60_000), Limits { part: 59_999, ..few }), Err(ReadError::TooLarge(_))));
}

#[test]
fn names_of_attachments_that_come_back_to_themselves_end() {
    let tree = "/Names<</EmbeddedFiles 5 0 R>>";
    let ring = ["<</Kids[6 0 R 5 0 R 5 0 R]>>".to_owned(), "<</Names[(a) 7 0 R]>>".to_owned()];
    let file = ["<</F(a.txt)/EF<</F 8 0 R>>>>".to_owned(), "<</Length 1>>stream\na\nendstream".to_owned()];
    let reader = Reader::open(hostile(tree, "", "", &[ring, file].concat())).unwrap();
    let few = Limits { attachments: 3, ..Limits::default() };
    assert!(reader.attachments().is_ok() || matches!(reader.attachments(), Err(ReadError::TooLarge(_))));
    let names = format!("<</Names[{}]>>", "(a) 6 0 R ".repeat(4));
    let file = ["<</F(a.txt)/EF<</F 7 0 R>>>>".to_owned(), "<</Length 1>>stream\na\nendstream".to_owned()];
    let many = hostile(tree, "", "", &[vec![names], file.to_vec()].concat());
    let refused = Reader::open_with(many.clone(), few).unwrap().attachments().err();
    assert_eq!(refused, Some(ReadError::TooLarge("附件超过3个".to_owned())));
    assert_eq!(Reader::open(many).unwrap().attachments().unwrap().len(), 4);
}

#[test]
fn elements_that_are_named_many_times_count_each_time_by_their_length() {
    let tagged = |times: usize, length: usize, limits: Limits| {
        let element = format!("<</S/P/Alt({})>>", "x".repeat(length));
        let root = format!("<</K[{}]>>", "6 0 R ".repeat(times));
        let document = opened(hostile("/StructTreeRoot 5 0 R", "", "", &[root, element]), limits).unwrap();
        (document.structure.all().len(), document.structure.is_cut)
    };
    let few = Limits { unpacked: 100_000, ..Limits::default() };
    assert_eq!(tagged(100, 10, few), (100, false));
    let (read, is_cut) = tagged(100, 10_000, few);
    assert!(read < 10 && is_cut);
    // Null counts as well.
    let nulls = hostile("/StructTreeRoot 5 0 R", "", "", &["<</K[null null null 6 0 R]>>".into(), "<</S/P>>".into()]);
    let three = Limits { elements: 3, ..Limits::default() };
    assert!(opened(nulls.clone(), three).unwrap().structure.elements.is_empty());
    assert_eq!(opened(nulls, Limits { elements: 4, ..three }).unwrap().structure.elements.len(), 1);
}

#[test]
fn the_ends_of_pictures_in_a_page_are_not_looked_for_without_end() {
    let page = |count: usize| hostile("", "", &format!("BI /W 1 ID {}", "EI q Q ".repeat(count)), &[]);
    assert!(opened(page(1000), Limits::default()).is_ok());
    assert!(said(page(100_000)).ends_with("页面里嵌的小图太多"));
}

#[test]
fn a_list_of_annotations_that_pages_share_counts_each_time() {
    let file = |pages: usize| {
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            format!("<</Type/Pages/Kids[{}]>>", "3 0 R ".repeat(pages)),
            "<</Type/Page/Annots 4 0 R>>".to_owned(),
            format!("[{}]", "null ".repeat(10_000)),
        ];
        opened(assembled(&objects), Limits { operators: 40_000, ..Limits::default() })
    };
    assert!(file(5).is_ok());
    assert!(matches!(file(10), Err(ReadError::TooLarge(_))));
}

#[test]
fn what_is_not_gone_through_to_its_end_is_not_taken_for_the_whole() {
    let raw = |bytes: Vec<u8>, limits: Limits| Reader::open_with(bytes, limits).unwrap().raw();
    let few = Limits { elements: 50, pages: 3, ..Limits::default() };
    // The names come behind whatever pads the element.
    let padded = |count: usize| {
        let element = format!("<</S/P/A[{}]>>", "[]".repeat(count));
        let catalog = "/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert)>>]>>>>/StructTreeRoot 5 0 R";
        hostile(catalog, "", "", &["<</K 6 0 R>>".to_owned(), element])
    };
    let whole = raw(padded(10), few).unwrap().vocabulary;
    assert!(whole.keys().any(|entry| entry.role.contains("JavaScript")));
    assert_eq!(raw(padded(100), few).err(), Some(ReadError::TooLarge("里面的对象太多".to_owned())));
    let bookmarks = |count: usize| {
        let titles = (7..7 + count).map(|next| format!("<</Title(a)/Next {next} 0 R>>"));
        let first = ["<</First 6 0 R>>".to_owned()];
        hostile("/Outlines 5 0 R", "", "", &first.into_iter().chain(titles).collect::<Vec<_>>())
    };
    assert_eq!(raw(bookmarks(20), few).unwrap().bookmarks.len(), 20);
    assert_eq!(raw(bookmarks(60), few).err(), Some(ReadError::TooLarge("书签太多".to_owned())));
    let labels = |kids: usize| {
        hostile("/PageLabels 5 0 R", "", "", &[format!("<</Kids[{}]>>", "6 0 R ".repeat(kids)), "<<>>".to_owned()])
    };
    assert!(raw(labels(2), few).is_ok());
    assert_eq!(raw(labels(3), few).err(), Some(ReadError::TooLarge("页面标签太多".to_owned())));
}
