//! Templates that are not ours, in `tests/others`: what `jibao check` finds of each, and nothing else.

use std::path::Path;

use jibao::conformity::{Row, Verdict, examine};
use jibao::reader::Reader;
use typst_layout::PagedDocument;

use crate::support::root;
use crate::typ::folder_world::FolderWorld;

mod cases;

/// The table of the pages that `report.typ` in a folder makes, as a PDF by the Typst command.
fn table_of(folder: &Path) -> Vec<Row> {
    let world = FolderWorld::new(folder, &root().join("fonts"));
    let document = typst::compile::<PagedDocument>(&world).output.unwrap();
    let pdf = typst_pdf::pdf(&document, &typst_pdf::PdfOptions::default()).unwrap();
    examine(&Reader::open(pdf).unwrap().document().unwrap())
}

fn table(name: &str) -> Vec<Row> {
    table_of(&root().join("tests/others").join(name))
}

/// The rows of a verdict: what is looked at, what is found, and on which pages.
fn of(rows: &[Row], verdict: Verdict) -> Vec<(&str, &str, &[usize])> {
    let rows = rows.iter().filter(|row| row.verdict == verdict);
    rows.map(|row| (row.item, row.found.as_str(), row.pages.as_slice())).collect()
}

/// That the rest conforms, but for what the pages have nothing of.
fn assert_no_other(rows: &[Row], absent: &[&str]) {
    let items = |verdict| of(rows, verdict).into_iter().map(|(item, ..)| item).collect::<Vec<_>>();
    assert_eq!(items(Verdict::NotApplicable), absent);
    let judged = items(Verdict::Conforms).len() + items(Verdict::Deviates).len() + items(Verdict::Unknown).len();
    assert_eq!(judged + absent.len(), 35);
}

#[test]
fn word_habits_are_found_one_by_one() {
    let rows = table("word-habits");
    let all: &[usize] = &[1, 2, 3];
    let none: &[usize] = &[];
    assert_eq!(
        of(&rows, Verdict::Deviates),
        [
            ("纸张幅面", "216×279毫米，共3页", all),
            ("天头（上白边）", "25.4毫米", &[2, 3]),
            ("订口（装订一侧的白边）", "左侧单页31.7毫米、双页31.7毫米", all),
            ("版心宽", "152.5毫米", none),
            ("版心外的文字", "5处，如“云岭县林业局文件”", all),
            ("每面行数", "最满的一面32行；行距20磅，225毫米可排32行", none),
            ("每行字数", "37字（42行如此）", none),
            ("标题字体字号", "黑体，18磅", none),
            ("正文字体字号", "宋体，12磅", none),
            ("一级标题“一、”", "1处，不合的1处：宋体，12磅", &[1]),
            ("二级标题“（一）”", "1处，不合的1处：宋体，12磅", &[2]),
            ("段首", "20段，其中0段左空二字，另有左空0.0字的", all),
            ("页码写法", "1/3，没有一字线", all),
            ("页码字体字号", "宋体，9磅", all),
            ("页码高低", "1.5毫米", all),
            ("页码左右", "居中", all),
            ("文字颜色", "发文机关标志“云岭县林业局文件”不是红色", &[1]),
            ("线条和图的颜色", "2处是彩色", &[1]),
            ("黑色用墨", "RGB黑（文字），印刷时分成几色套印，字边易发虚", all),
            ("文档标题", "没有写标题", none),
            ("文档语言", "en", none),
            ("长期保存（PDF/A）", "没有声明", none),
            ("无障碍（PDF/UA）", "没有声明", none),
        ]
    );
    assert_eq!(of(&rows, Verdict::Unknown), [("版心高", "正文最低处距纸上边252.7毫米", none)]);
    assert_no_other(&rows, &["三、四级标题“1.”“（1）”", "横排的页"]);
}

#[test]
fn near_misses_are_found_one_by_one() {
    let rows = table("near-miss");
    let all: &[usize] = &[1, 2, 3, 4, 5, 6];
    let none: &[usize] = &[];
    assert_eq!(
        of(&rows, Verdict::Deviates),
        [
            ("每面行数", "最满的一面24行；行距27.03磅，225毫米可排24行", none),
            ("二级标题“（一）”", "1处，不合的1处：仿宋，16磅", &[3]),
            ("落款页", "写有“此页无正文”", &[6]),
            ("页码写法", "-1-，横线不是一字线（—）", all),
            ("横排的页", "页码跟着横过来了", &[5]),
            ("文字颜色", "1处不是黑色，如“以上数字以年终验收为准。”", &[4]),
            ("黑色用墨", "四色黑（文字），印刷时分成几色套印，字边易发虚", all),
            ("色彩空间", "CMYK（文字）没有颜色依据；没有输出意图", all),
            ("文档标题", "造林绿化工作情况的报告（窗口不显示）", none),
            ("文档语言", "en", none),
            ("长期保存（PDF/A）", "没有声明", none),
            ("无障碍（PDF/UA）", "没有声明", none),
        ]
    );
    assert_eq!(of(&rows, Verdict::Unknown), []);
    assert_no_other(&rows, &["三、四级标题“1.”“（1）”"]);
}
