//! The command `jibao`.

use std::process::ExitCode;

/// Typst makes and drops many small things on several threads at once, which the system's allocators are slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    jibao::cli::main().into()
}
