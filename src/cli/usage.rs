//! What is wrong with a command line, in Chinese. clap itself speaks English.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::source::closest;

/// What people call a value, and what it is called here.
const CALLED: &[(&str, &[&str])] = &[
    ("docx", &["word", "doc", "wps", "dot"]),
    ("txt", &["text", "纯文字", "文本"]),
    ("png", &["jpg", "jpeg", "image", "图片", "图"]),
    ("typ", &["typst"]),
    ("xlsx", &["excel", "xls", "et"]),
];

/// The complaint about a wrong command line; `None` where clap's own text is what was asked for (help, version).
/// `command`: the one that was called, where it is known.
pub(super) fn complaint(error: &clap::Error, command: Option<&str>) -> Option<String> {
    let named = |kind| error.get(kind).map(context).unwrap_or_default();
    let shown = named(ContextKind::InvalidArg);
    let argument = option(&shown);
    let value = named(ContextKind::InvalidValue);
    let message = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            return None;
        }
        ErrorKind::MissingRequiredArgument => format!("少写了 {}", shown.replace("...", "")),
        ErrorKind::UnknownArgument => format!("没有 {argument} 这个选项"),
        ErrorKind::InvalidSubcommand => format!("没有 {} 这个命令", named(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => "少写了命令".to_owned(),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 的后面少写了值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let reason = reason(error).map_or_else(String::new, |reason| format!("：{reason}"));
            format!("{argument} 不能是“{value}”{reason}")
        }
        ErrorKind::TooManyValues => format!("{argument} 后面不带值"),
        ErrorKind::ArgumentConflict => conflict(argument, &named(ContextKind::PriorArg)),
        _ => error.to_string(),
    };
    let known = named(ContextKind::ValidValue);
    let near = meant(&value, &known).or_else(|| suggested(error, argument));
    let known = if known.is_empty() { String::new() } else { format!("（可选：{known}）") };
    let near = near.map_or_else(|| elsewhere(&value, command).to_owned(), |near| format!("；是不是想写 {near}？"));
    let command = command.map_or_else(String::new, |command| format!(" {command}"));
    Some(format!("{message}{known}{near}\n用法见 jibao{command} --help"))
}

/// An option without what stands for its value: `--ppi <点数>` → `--ppi`.
fn option(shown: &str) -> &str {
    if shown.starts_with('-') { shown.split([' ', '[', '=']).next().unwrap_or(shown) } else { shown }
}

/// Two options that exclude each other, or one that is there twice.
fn conflict(argument: &str, prior: &str) -> String {
    match option(prior) {
        "" => format!("{argument} 不能这样写"),
        same if same == argument => format!("{argument} 只能写一次"),
        other => format!("{argument} 和 {other} 不能一起写"),
    }
}

/// The values that are meant where capitals, full-width characters or another name keep a value from being known.
fn meant(value: &str, known: &str) -> Option<String> {
    let plain: String = value.chars().map(half_width).collect::<String>().to_lowercase();
    if known.is_empty() {
        return (plain != value.to_lowercase()).then_some(plain);
    }
    let known: Vec<&str> = known.split('、').collect();
    let one = |word: &str| known.iter().copied().find(|value| *value == called(word));
    let words: Option<Vec<&str>> = plain.split([',', '、', ';', ' ']).filter(|w| !w.is_empty()).map(one).collect();
    words.filter(|words| !words.is_empty()).map(|words| words.join(","))
}

/// What a value is called here.
fn called(word: &str) -> &str {
    CALLED.iter().find(|(_, names)| names.contains(&word)).map_or(word, |(value, _)| value)
}

/// Which command makes what this one does not.
fn elsewhere(value: &str, command: Option<&str>) -> &'static str {
    match (called(&value.to_lowercase()), command) {
        ("xlsx", Some("build")) => "；评分表和数据项的电子表在报送包里，用 jibao pack",
        _ => "",
    }
}

fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// What clap takes to be meant. Its likeness is a loose one, and an option that writes over files is not offered by chance.
fn suggested(error: &clap::Error, argument: &str) -> Option<String> {
    let named = |kind| error.get(kind).map(context).filter(|text| !text.is_empty());
    let option = named(ContextKind::SuggestedArg).filter(|near| closest(argument, [near.as_str()]).is_some());
    let others = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    option
        .filter(|near| near != "--force" || argument.starts_with("--forc"))
        .or_else(|| others.into_iter().find_map(named))
}

/// What our own types say of a value that they refuse. The library's speak English.
fn reason(error: &clap::Error) -> Option<String> {
    let said = std::error::Error::source(error)?;
    if said.is::<std::num::ParseIntError>() {
        return Some("要写整数，数字用半角".to_owned());
    }
    let said = said.to_string();
    match said.split_once(" is not in ").and_then(|(_, range)| range.split_once("..=")) {
        Some((least, most)) => Some(format!("写 {least} 到 {most} 的整数")),
        None => (!said.is_ascii()).then_some(said),
    }
}

fn context(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
