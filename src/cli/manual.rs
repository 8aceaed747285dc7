//! `jibao completions` and `jibao man`.

use clap::CommandFactory;

use super::args::CompletionsArgs;
use super::help::localized;
use super::printer::Printer;
use super::{Cli, Exit};

pub(super) fn completions(args: &CompletionsArgs, printer: &Printer) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut localized(Cli::command()), "jibao", &mut script);
    printer.bytes(&script);
    Exit::Done
}

pub(super) fn man(printer: &Printer) -> Result<Exit, String> {
    let mut page = Vec::new();
    clap_mangen::Man::new(localized(Cli::command())).render(&mut page).map_err(|e| e.to_string())?;
    printer.bytes(&page);
    Ok(Exit::Done)
}
