//! The file itself: fonts, text, tags and the claims of PDF/A and PDF/UA, which archives and platforms ask for.

use super::{Row, Verdict};
use crate::reader::{Document, Font};

pub(super) fn rows(document: &Document) -> Vec<Row> {
    vec![
        embedded(document),
        unicode(document),
        tags(document),
        title(document),
        language(document),
        archive(document),
        access(document),
    ]
}

fn listed(fonts: &[&Font]) -> String {
    let names: Vec<&str> = fonts.iter().map(|font| font.name.as_str()).take(3).collect();
    let more = if fonts.len() > 3 { "等" } else { "" };
    format!("{}{more}", names.join("、"))
}

fn embedded(document: &Document) -> Row {
    let missing: Vec<&Font> = document.fonts.iter().filter(|font| !font.embedded).collect();
    let found = if missing.is_empty() {
        format!("{}种字体都已嵌入", document.fonts.len())
    } else {
        format!("没有嵌入：{}", listed(&missing))
    };
    Row::new("ISO 19005 6.2.11", "字体嵌入", "全部嵌入", found, Verdict::of(missing.is_empty()))
}

fn unicode(document: &Document) -> Row {
    let broken: Vec<&Font> = document.fonts.iter().filter(|font| font.unreadable > 0).collect();
    let found = if broken.is_empty() {
        "都能还原成文字".to_owned()
    } else {
        format!("{}个字复制不出来：{}", document.unreadable, listed(&broken))
    };
    Row::new("ISO 19005 6.2.11", "文字可复制", "每个字都有统一码", found, Verdict::of(broken.is_empty()))
}

fn tags(document: &Document) -> Row {
    const EXPECTED: &str = "有标签，正文都在标签内";
    let count = document.structure.all().len();
    let item = ("ISO 14289 7.1", "结构标签");
    if count == 0 || !document.structure.marked {
        return Row::new(item.0, item.1, EXPECTED, "没有标签".to_owned(), Verdict::Deviates);
    }
    let outside = &document.structure.outside;
    let found = match outside.first() {
        None => format!("{count}个标签"),
        Some((_, text)) => {
            let short: String = text.trim().chars().take(12).collect();
            format!("{}处文字不在标签内，如“{short}”", outside.len())
        }
    };
    Row::on_pages(item.0, item.1, EXPECTED, found, outside.iter().map(|(page, _)| *page).collect())
}

fn title(document: &Document) -> Row {
    let title = document.metadata.title.as_deref().unwrap_or_default().trim();
    let shown = document.metadata.viewer.display_title;
    let found = match (title.is_empty(), shown) {
        (true, _) => "没有写标题".to_owned(),
        (false, true) => title.to_owned(),
        (false, false) => format!("{title}（窗口不显示）"),
    };
    Row::new("ISO 14289 7.1", "文档标题", "有，并显示在窗口上", found, Verdict::of(!title.is_empty() && shown))
}

fn language(document: &Document) -> Row {
    let lang = document.metadata.lang.as_deref().unwrap_or_default();
    let found = if lang.is_empty() { "没有写".to_owned() } else { lang.to_owned() };
    Row::new("ISO 14289 7.2", "文档语言", "zh 或 zh-CN", found, Verdict::of(lang.to_lowercase().starts_with("zh")))
}

fn archive(document: &Document) -> Row {
    let (found, verdict) = match &document.metadata.pdfa {
        Some(part) => (format!("PDF/A-{}", part.to_lowercase()), Verdict::Conforms),
        None => ("没有声明".to_owned(), Verdict::Deviates),
    };
    Row::new("ISO 19005", "长期保存（PDF/A）", "声明符合 PDF/A", found, verdict)
}

fn access(document: &Document) -> Row {
    let (found, verdict) = match &document.metadata.pdfua {
        Some(part) => (format!("PDF/UA-{part}"), Verdict::Conforms),
        None => ("没有声明".to_owned(), Verdict::Deviates),
    };
    Row::new("ISO 14289", "无障碍（PDF/UA）", "声明符合 PDF/UA", found, verdict)
}
