//! The command `jibao`.

use std::process::ExitCode;

fn main() -> ExitCode {
    jibao::cli::main().into()
}
