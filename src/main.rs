//! The command `jibao`.

use std::process::ExitCode;

use clap::Parser;
use jibao::cli::{Cli, run};

fn main() -> ExitCode {
    run(Cli::parse()).into()
}
