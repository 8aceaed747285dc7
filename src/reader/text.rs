//! Text strings of a PDF (ISO 32000-1, 7.9.2.2), and objects that are looked for by many.

use hayro_syntax::object::{Dict, Name, Object, String as PdfString};

/// A text string → text: UTF-16 or UTF-8 by their marks, else the encoding of PDF documents, which for our purpose is
/// Windows-1252.
pub(super) fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// A text string of a dictionary.
pub(super) fn string(dict: &Dict<'_>, key: &str) -> Option<String> {
    dict.get::<PdfString<'_>>(key).map(|text| decode(text.as_bytes()))
}

/// A name of a dictionary.
pub(super) fn name(dict: &Dict<'_>, key: &str) -> Option<String> {
    dict.get::<Name<'_>>(key).map(|name| String::from_utf8_lossy(&name).into_owned())
}

/// A yes or no of a dictionary.
pub(super) fn flag(dict: &Dict<'_>, key: &str) -> bool {
    matches!(dict.get::<Object<'_>>(key), Some(Object::Boolean(true)))
}
