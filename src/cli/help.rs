//! The help in Chinese: headings and usage lines, which clap writes in English.

use clap::Command;

/// The command with Chinese headings throughout. What clap would add in English (default and possible values) is said
/// in the help texts themselves.
pub(super) fn localized(command: Command) -> Command {
    let name = command.get_name().to_owned();
    let subcommands = command.has_subcommands();
    let positional: Vec<String> = command
        .get_positionals()
        .map(|argument| match argument.get_value_names() {
            Some(names @ [_, _, ..]) => {
                let names: Vec<&str> = names.iter().map(clap::builder::Str::as_str).collect();
                format!(" <{}>", names.join("> <"))
            }
            names => {
                let value = names.and_then(<[_]>::first).map_or("值", |name| name.as_str());
                let more = if argument.get_num_args().is_some_and(|n| n.max_values() > 1) { "…" } else { "" };
                format!(" <{value}>{more}")
            }
        })
        .collect();
    let usage = match (name.as_str(), subcommands) {
        (_, true) => "jibao <命令> [选项]".to_owned(),
        _ => format!("jibao {name} [选项]{}", positional.concat()),
    };
    command
        .override_usage(usage)
        .help_template("{about}\n\n用法：{usage}\n\n{all-args}{after-help}\n")
        .mut_args(|argument| {
            let heading = if argument.is_positional() { "参数" } else { "选项" };
            argument.help_heading(heading).hide_default_value(true).hide_possible_values(true).hide_env(true)
        })
        .mut_subcommands(localized)
}
