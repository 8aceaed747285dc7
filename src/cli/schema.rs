//! `jibao schema`: what editors need to suggest and check keys.

use std::path::Path;
use std::sync::Arc;

use super::Exit;
use super::args::SchemaArgs;
use super::printer::{Printer, Stream};
use crate::export::write_atomically;
use crate::profile::{Library, Profile};
use crate::schema::{Kind, text};
use crate::source::{Sources, Spanned};

pub(super) fn run(args: &SchemaArgs, printer: &Printer) -> Result<Exit, String> {
    let library = args.profiles.library();
    let profile = find(&library, &args.profile)?;
    if let Some(kind) = args.kind {
        printer.result(&text(kind, &profile, &library.names()));
    }
    if let Some(folder) = &args.output {
        write(folder, &profile, &library)?;
        for kind in Kind::ALL {
            printer.remark(Stream::Out, &format!("{}\n", folder.join(kind.file_name()).display()));
        }
    }
    Ok(Exit::Done)
}

/// The profile of a name.
///
/// # Errors
/// What is wrong with it, where it cannot be read.
pub(super) fn find(library: &Library, name: &str) -> Result<Arc<Profile>, String> {
    let mut findings = Vec::new();
    let found = library.find(&Spanned::from(name.to_owned()), &mut Sources::default(), &mut findings);
    found.ok_or_else(|| {
        let why = findings.first().map_or(String::new(), |finding| {
            std::iter::once(&finding.message).chain(&finding.hints).map(String::as_str).collect::<Vec<_>>().join("；")
        });
        format!("体例“{name}”读不出来：{why}")
    })
}

/// Writes every schema into a folder.
pub(super) fn write(folder: &Path, profile: &Profile, library: &Library) -> Result<(), String> {
    let names = library.names();
    for &kind in Kind::ALL {
        let path = folder.join(kind.file_name());
        let schema = text(kind, profile, &names);
        write_atomically(&path, schema.as_bytes()).map_err(|e| format!("{} 写不进去：{e}", path.display()))?;
    }
    Ok(())
}
