//! The parts as one file.

use std::io::{Cursor, Write};

use docx_rs::XMLDocx;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::finish::escaped;
use crate::compose::Meta;

/// All formatting.
const STYLES: &str = include_str!("styles.xml");

/// The file. Its members bear the earliest time that the format knows, never that of the clock.
pub(super) fn package(parts: XMLDocx, meta: &Meta, duplex: bool) -> zip::result::ZipResult<Vec<u8>> {
    let numbered = |kind: &str, parts: Vec<Vec<u8>>| -> Vec<(String, Vec<u8>)> {
        parts.into_iter().enumerate().map(|(i, part)| (format!("word/{kind}{}.xml", i + 1), part)).collect()
    };
    let mut files = vec![
        // Readers that look at the first member alone know the format by it.
        ("[Content_Types].xml".to_owned(), parts.content_type),
        ("_rels/.rels".to_owned(), parts.rels),
        ("docProps/app.xml".to_owned(), parts.doc_props.app),
        ("docProps/core.xml".to_owned(), core(meta).into_bytes()),
        ("docProps/custom.xml".to_owned(), parts.doc_props.custom),
        ("word/document.xml".to_owned(), parts.document),
        ("word/_rels/document.xml.rels".to_owned(), parts.document_rels),
        ("word/styles.xml".to_owned(), STYLES.as_bytes().to_vec()),
        ("word/settings.xml".to_owned(), settings(duplex).into_bytes()),
        ("word/fontTable.xml".to_owned(), parts.font_table),
        ("word/numbering.xml".to_owned(), parts.numberings),
        ("word/comments.xml".to_owned(), parts.comments),
        ("word/commentsExtended.xml".to_owned(), parts.comments_extended),
    ];
    files.extend(numbered("header", parts.headers));
    files.extend(numbered("footer", parts.footers));
    files.extend(parts.media.into_iter().map(|(name, data)| (format!("word/media/{name}.png"), data)));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in files {
        zip.start_file(name, options)?;
        zip.write_all(&data)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Title, author and date, as the PDF has them.
fn core(meta: &Meta) -> String {
    let date = format!("{:04}-{:02}-{:02}T00:00:00Z", meta.date.year, meta.date.month, meta.date.day);
    let author = escaped(&meta.author);
    format!(
        concat!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
            r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties""#,
            r#" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/""#,
            r#" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">"#,
            r#"<dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject><dc:creator>{author}</dc:creator>"#,
            r#"<cp:keywords>{keywords}</cp:keywords><cp:lastModifiedBy>{author}</cp:lastModifiedBy>"#,
            r#"<dcterms:created xsi:type="dcterms:W3CDTF">{date}</dcterms:created>"#,
            r#"<dcterms:modified xsi:type="dcterms:W3CDTF">{date}</dcterms:modified>"#,
            r#"<dc:language>zh-CN</dc:language></cp:coreProperties>"#,
        ),
        title = escaped(&meta.title),
        subject = escaped(&meta.subject),
        author = author,
        keywords = escaped(&meta.keywords.join("；")),
        date = date,
    )
}

/// Mirrored margins and other footers on even pages where pages have a back; Chinese punctuation that is not compressed, as
/// on the pages.
fn settings(duplex: bool) -> String {
    let (mirror, even) = if duplex { ("<w:mirrorMargins/>", "<w:evenAndOddHeaders/>") } else { ("", "") };
    format!(
        concat!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
            r#"<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
            r#"<w:zoom w:percent="100"/>{mirror}<w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>"#,
            r#"<w:defaultTabStop w:val="632"/>{even}<w:drawingGridVerticalSpacing w:val="579"/>"#,
            r#"<w:characterSpacingControl w:val="compressPunctuation"/>"#,
            r#"<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/>"#,
            r#"<w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"#,
            r#"<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>"#,
            r#"</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>"#,
        ),
        mirror = mirror,
        even = even,
    )
}
