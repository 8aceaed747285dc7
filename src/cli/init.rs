//! `jibao init`: a dossier that builds.

use super::Exit;
use super::args::InitArgs;
use super::printer::{Printer, Stream};
use super::schema;
use crate::dossier::Unit;
use crate::export::write_atomically;
use crate::schema::{FOLDER, modeline};
use crate::source::{Dialect, Reader, Sources, decode};

pub(super) fn run(args: &InitArgs, printer: &Printer) -> Result<Exit, String> {
    let skeleton = args.profiles.library().skeleton(&args.profile)?;
    let files: Vec<(String, String)> =
        skeleton.into_iter().map(|(path, text)| (path.replace("年度/", &format!("{}/", args.year)), text)).collect();
    let folder = &args.folder;
    if args.unit.trim().is_empty() {
        return Err("--unit 要写单位全称".to_owned());
    }
    // A dossier that is there already gets another year; its unit.yaml stays.
    let another_year = folder.join("unit.yaml").exists() && !folder.join(args.year.to_string()).exists();
    let files: Vec<_> = files.into_iter().filter(|(path, _)| !another_year || path != "unit.yaml").collect();
    let taken = files.iter().find(|(path, _)| folder.join(path).exists());
    if let Some((path, _)) = taken {
        return Err(format!(
            "{} 已经有了，不会覆盖；换一个文件夹，或用 --year 加一个年度",
            folder.join(path).display()
        ));
    }
    for (path, text) in &files {
        let target = folder.join(path);
        let filled = modeline(path).unwrap_or_default() + fill(text, args).as_str();
        write_atomically(&target, filled.as_bytes()).map_err(|e| format!("{} 写不进去：{e}", target.display()))?;
        printer.remark(Stream::Out, &format!("{}\n", target.display()));
    }
    write_schemas(args)?;
    let shown = folder.display();
    printer.remark(Stream::Err, &format!("已建好。改成自己的内容，再运行：jibao build {shown}\n"));
    Ok(Exit::Done)
}

/// Writes the schemas that the files' first lines name, for the profile that the dossier's unit.yaml names.
fn write_schemas(args: &InitArgs) -> Result<(), String> {
    let library = args.profiles.library().with_dossier(&args.folder);
    let reader = Reader::new(&args.folder).map_err(|finding| finding.message)?;
    let tree = reader.read("unit.yaml", Dialect::Data, &mut Sources::default(), &mut Vec::new());
    let written = tree.and_then(|tree| decode::<Unit>(&tree, &mut Vec::new())).map(|unit| unit.profile.value);
    let written = written.and_then(|name| schema::find(&library, &name).ok());
    let profile = written.map_or_else(|| schema::find(&library, &args.profile), Ok)?;
    schema::write(&args.folder.join(FOLDER), &profile, &library)
}

/// The skeleton with its blanks filled in. A quote in the unit's name is doubled: it stands in single quotes.
fn fill(text: &str, args: &InitArgs) -> String {
    text.replace("@单位@", &args.unit.replace('\'', "''"))
        .replace("@年度@", &args.year.to_string())
        .replace("@次年@", &(args.year + 1).to_string())
}
