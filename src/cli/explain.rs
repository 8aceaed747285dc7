//! `jibao explain`: what a code means, or where a number comes from.

mod code;
mod figure;

use super::Exit;
use super::args::ExplainArgs;
use super::printer::Printer;

pub(super) fn run(args: &ExplainArgs, printer: &Printer) -> Result<Exit, String> {
    match args.words.as_slice() {
        [] => Ok(code::list(printer)),
        [word] => code::explain(word, printer),
        [path, name, ..] => figure::explain(path, name, args, printer),
    }
}
