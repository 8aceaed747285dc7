//! Kinds of things that the PDF has and the report made again has not: they may hide, add or change something that the
//! comparison of words and places does not see.

use std::collections::{BTreeMap, BTreeSet};

use super::{Difference, Kind};
use crate::reader::{Document, Entry, Raw, Vocabulary};

/// The role of what stands on the pages themselves, by its operators.
const CONTENT: &str = "content";

/// What an entry means for the one who reads: the beginning of its role, that of its key, and the words. The first counts.
const MEANINGS: [(&str, &str, &str); 40] = [
    (CONTENT, "W", "用了剪裁，框外的字和线不会显示、印出"),
    (CONTENT, "Tr ", "改了字的显示方式，可能只描边、不显示，或用字来剪裁"),
    (CONTENT, "BDC OC", "有可以开关的图层，显示或打印时可能隐去一部分"),
    (CONTENT, "BDC ActualText=", "给字另配了读出、复制用的文字，与印出的可以不同"),
    (CONTENT, "BDC Alt", "给字另配了读出、复制用的文字，与印出的可以不同"),
    (CONTENT, "sh", "用了图案或渐变填充，可能盖住字"),
    (CONTENT, "BI", "有另放的图片"),
    (CONTENT, "T", "改了字的宽窄、高低或间距"),
    ("ExtGState", "SMask", "用了蒙版，被遮的字和线不会显示、印出"),
    ("ExtGState", "c", "用了透明度，字和线可能看不见"),
    ("ExtGState", "C", "用了透明度，字和线可能看不见"),
    ("ExtGState", "BM", "用了颜色混合，字和线可能看不见"),
    ("ExtGState", "", "用了这份报告没有的图形设置"),
    ("Pattern", "", "用了图案或渐变填充，可能盖住字"),
    ("Shading", "", "用了图案或渐变填充，可能盖住字"),
    ("Resources/Pattern", "", "用了图案或渐变填充，可能盖住字"),
    ("Resources/Shading", "", "用了图案或渐变填充，可能盖住字"),
    ("Properties", "", "有可以开关的图层，显示或打印时可能隐去一部分"),
    ("Catalog/OCProperties", "", "有可以开关的图层，显示或打印时可能隐去一部分"),
    ("Catalog", "OCProperties", "有可以开关的图层，显示或打印时可能隐去一部分"),
    ("Catalog/Names", "JavaScript", "带有脚本，打开时会自动运行"),
    ("Catalog/Names/JavaScript", "", "带有脚本，打开时会自动运行"),
    ("Action", "JS", "带有脚本，打开时会自动运行"),
    ("Catalog", "OpenAction", "打开时会自动执行动作"),
    ("Catalog", "AA", "打开、打印或翻页时会自动执行动作"),
    ("Page", "AA", "打开、打印或翻页时会自动执行动作"),
    ("Action", "", "带有自动执行的动作或链接"),
    ("Catalog", "AcroForm", "有可以填写的表单"),
    ("Catalog/AcroForm", "", "有可以填写的表单"),
    ("Page", "Annots", "有批注、链接、表单或图章"),
    ("Annot", "", "有批注、链接、表单或图章"),
    ("Page", "UserUnit", "改了页面的度量单位，印出来的大小不同"),
    ("Font", "Subtype=Type3", "有用图形画成的字体，印出的字和复制出的字可以不同"),
    ("Font", "Subtype=", "用了这份报告没有的字体"),
    ("Font", "Encoding", "改了字体的编码，印出的字和复制出的字可以不同"),
    ("CIDFont", "CIDToGIDMap", "改了字和字形的对应，印出的字和复制出的字可以不同"),
    ("StructElem", "A", "给内容另配了读屏、复制用的文字"),
    ("XObject", "", "有另放的图形或图片"),
    ("Filespec", "", "附件的登记里有程序不写的内容"),
    ("Catalog/Names/EmbeddedFiles", "", "附件的登记里有程序不写的内容"),
];

/// What other faces, and lines and pages that break elsewhere, may bring along; nothing of it hides or shows a word.
const HARMLESS: [(&str, &str); 15] = [
    ("StructElem/A", "RowSpan"),
    ("CIDFont", "CIDToGIDMap=Identity"),
    ("CIDFont", "Subtype=CIDFontType0"),
    ("CIDFont", "Subtype=CIDFontType2"),
    ("CIDFont", "W"),
    ("CIDFont", "DW"),
    ("StructElem", "MCID"),
    (CONTENT, "BDC ActualText"),
    (CONTENT, "BDC Attached"),
    (CONTENT, "BDC BBox"),
    (CONTENT, "BDC Lang"),
    (CONTENT, "BDC Subtype"),
    (CONTENT, "Tj"),
    (CONTENT, "TJ"),
    (CONTENT, "Tr 0"),
];

/// Operators that may not even be there more often than in the report made again: what they do could hide a word.
const COUNTED: [&str; 7] = ["W", "W*", "sh", "BI", "BDC ActualText=", "BDC OC", "c"];

/// What the PDF has and the report made again has not.
pub(super) fn differences(
    (of_pdf, raw): (&Document, &Raw),
    (again, raw_again): (&Document, &Raw),
    alike: bool,
) -> Vec<Difference> {
    let (now, meant) = (whole(of_pdf, raw), whole(again, raw_again));
    let harmless =
        |entry: &Entry| !alike && HARMLESS.iter().any(|(role, key)| entry.role == *role && entry.key == *key);
    let new = now.iter().filter(|(entry, _)| !meant.contains_key(entry) && !harmless(entry));
    let new: Vec<(&Entry, Option<usize>)> = new.map(|(entry, page)| (entry, *page)).collect();
    let mut found = named(&new);
    if found.is_empty() {
        found.extend(unnamed(&new));
        found.extend(more_often(of_pdf, again));
    }
    found
}

/// The entries of the dictionaries, and the operators of the pages.
fn whole(document: &Document, raw: &Raw) -> Vocabulary {
    let mut all = raw.vocabulary.clone();
    for page in &document.pages {
        for operator in page.operators.keys() {
            let entry = Entry { role: CONTENT.to_owned(), key: operator.clone() };
            all.entry(entry).or_insert(Some(page.number));
        }
    }
    all
}

/// The entries whose meaning is known, each meaning once.
fn named(new: &[(&Entry, Option<usize>)]) -> Vec<Difference> {
    let mut told: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for (entry, page) in new {
        if let Some(meaning) = meaning(entry) {
            let place = told.entry(meaning).or_insert(*page);
            *place = place.or(*page);
        }
    }
    told.into_iter().map(|(meaning, page)| told_at(page, meaning)).collect()
}

fn meaning(entry: &Entry) -> Option<&'static str> {
    let fits = |(role, key, _): &&(&str, &str, &str)| {
        let own = entry.role == *role
            || entry.role.starts_with(&format!("{role}/"))
            || entry.role.starts_with(&format!("{role}:"));
        own && entry.key.starts_with(key)
    };
    MEANINGS.iter().find(fits).map(|(_, _, meaning)| *meaning)
}

/// What has no name of ours, at most one of each role.
fn unnamed(new: &[(&Entry, Option<usize>)]) -> Vec<Difference> {
    let mut roles = BTreeSet::new();
    let first = new.iter().filter(|(entry, _)| roles.insert(entry.role.as_str()));
    let told = first.map(|(entry, page)| {
        let what = if entry.role == CONTENT {
            format!("有程序不用的画法（{}），多半是用别的程序改过", entry.key)
        } else {
            format!("有程序不写的内容（{} {}），多半是用别的程序改过", entry.role, entry.key)
        };
        told_at(*page, &what)
    });
    told.collect()
}

/// Operators that are on the pages more often than they should be.
fn more_often(of_pdf: &Document, again: &Document) -> Vec<Difference> {
    let count = |document: &Document, operator: &str| -> usize {
        document.pages.iter().filter_map(|page| page.operators.get(operator)).sum()
    };
    let extra = |operator: &&str| count(of_pdf, operator) > count(again, operator);
    let told = COUNTED.into_iter().filter(extra).map(|operator| {
        let entry = Entry { role: CONTENT.to_owned(), key: operator.to_owned() };
        let meaning = meaning(&entry).unwrap_or("多画了曲线，可能改了字或图");
        let (now, meant) = (count(of_pdf, operator), count(again, operator));
        Difference::new(Kind::Look, format!("{meaning}：有 {now} 处，按所附的数据是 {meant} 处"))
    });
    told.collect()
}

fn told_at(page: Option<usize>, what: &str) -> Difference {
    match page {
        Some(page) => Difference::on_page(Kind::Look, page, what),
        None => Difference::new(Kind::File, format!("PDF {what}")),
    }
}
