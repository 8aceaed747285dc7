//! What is wrong with a command line, in Chinese. clap itself speaks English.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// The complaint about a wrong command line; `None` where clap's own text is what was asked for (help, version).
pub(super) fn complaint(error: &clap::Error) -> Option<String> {
    let named = |kind| error.get(kind).map(context).unwrap_or_default();
    let argument = named(ContextKind::InvalidArg);
    let value = named(ContextKind::InvalidValue);
    let message = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            return None;
        }
        ErrorKind::MissingRequiredArgument => format!("少写了 {argument}"),
        ErrorKind::UnknownArgument => format!("没有 {argument} 这个选项"),
        ErrorKind::InvalidSubcommand => format!("没有 {} 这个命令", named(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => "少写了命令".to_owned(),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 的后面少写了值"),
        ErrorKind::ValueValidation if reason(error).is_some() => {
            format!("{argument} 不能是“{value}”：{}", reason(error).unwrap_or_default())
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("{argument} 不能是“{value}”"),
        ErrorKind::TooManyValues | ErrorKind::ArgumentConflict => format!("{argument} 不能这样写"),
        _ => error.to_string(),
    };
    let known = named(ContextKind::ValidValue);
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .map(named)
        .find(|text| !text.is_empty());
    let known = if known.is_empty() { String::new() } else { format!("（可选：{known}）") };
    let near = near.map_or_else(String::new, |near| format!("；是不是想写 {near}？"));
    Some(format!("{message}{known}{near}\n用法见 jibao --help"))
}

/// What our own types say of a value that they refuse. The library's speak English.
fn reason(error: &clap::Error) -> Option<String> {
    std::error::Error::source(error).map(ToString::to_string).filter(|text| !text.is_ascii())
}

fn context(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
