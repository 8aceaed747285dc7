//! The command. Only this module prints.

mod args;
mod build;
mod check;
mod conformity;
mod explain;
mod extract;
mod figures;
mod fonts;
mod help;
mod init;
mod manual;
mod merge;
mod pack;
mod printer;
mod schema;
mod summary;
mod told;
mod usage;
mod verify;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use args::{Cli, Command};
use printer::Printer;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Done, and nothing that blocks was found.
    Done,
    /// Findings that block.
    Findings,
    /// The command was used wrongly, or its surroundings are not as they must be.
    Usage,
    /// The program has broken down: a fault of ours.
    Broken,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Findings => 1,
            Exit::Usage => 2,
            Exit::Broken => 101,
        })
    }
}

/// Runs the command line of the process.
pub fn main() -> Exit {
    let parsed = help::localized(Cli::command()).try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches));
    match parsed {
        Ok(cli) => run(cli),
        Err(error) => {
            if let Some(complaint) = usage::complaint(&error, called().as_deref()) {
                Printer::complain(&complaint);
                return Exit::Usage;
            }
            // Help and version are what was asked for; a closed pipe is no error.
            let _ = error.print();
            if error.use_stderr() { Exit::Usage } else { Exit::Done }
        }
    }
}

/// The command that is called, as far as the command line tells before it is parsed.
fn called() -> Option<String> {
    let known = |name: &String| Cli::command().get_subcommands().any(|command| command.get_name() == name);
    std::env::args_os().skip(1).filter_map(|word| word.into_string().ok()).find(known)
}

/// Runs a parsed command line. What is wrong with the run as a whole is said and ends it with 2.
fn run(cli: Cli) -> Exit {
    let printer = Printer::new(cli.color, cli.quiet);
    let result = match cli.command {
        Command::Build(args) => build::run(&args, &printer),
        Command::Check(args) => check::run(&args, &printer),
        Command::Summary(args) => summary::run(&args, &printer),
        Command::Pack(args) => pack::run(&args, &printer),
        Command::Merge(args) => merge::run(&args, &printer),
        Command::Extract(args) => extract::run(&args, &printer),
        Command::Verify(args) => verify::run(&args, &printer),
        Command::Init(args) => init::run(&args, &printer),
        Command::Figures(args) => figures::run(&args, &printer),
        Command::Explain(args) => explain::run(&args, &printer),
        Command::Schema(args) => schema::run(&args, &printer),
        Command::Fonts(args) => fonts::run(&args, &printer),
        Command::Completions(args) => Ok(manual::completions(&args, &printer)),
        Command::Man => manual::man(&printer),
    };
    match result.and_then(|exit| printer.failure().map_or(Ok(exit), Err)) {
        Ok(exit) => exit,
        Err(message) => {
            Printer::complain(&message);
            Exit::Usage
        }
    }
}
