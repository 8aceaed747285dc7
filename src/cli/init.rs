//! `jibao init`: a dossier that builds.

use std::path::Path;

use super::Exit;
use super::args::{InitArgs, UNNAMED};
use super::printer::{Printer, Stream};
use super::schema;
use crate::diagnostic::is_unseen;
use crate::dossier::Unit;
use crate::export::write_atomically;
use crate::schema::{FOLDER, modeline};
use crate::source::{Dialect, Reader, Sources, decode};

pub(super) fn run(args: &InitArgs, printer: &Printer) -> Result<Exit, String> {
    let folder = &args.folder;
    let unit = unit_of(folder);
    if let Some(name) = unit.as_ref().map(|unit| unit.name.value.trim())
        && ![name, UNNAMED].contains(&args.unit.trim())
    {
        let shown = folder.display();
        return Err(format!("{shown} 是“{name}”的卷宗，--unit 写的是“{}”；换一个文件夹，或不写 --unit", args.unit));
    }
    // Another year is of the profile that the dossier has.
    let profile = unit.map_or_else(|| args.profile.clone(), |unit| unit.profile.value);
    let skeleton = args.profiles.library().with_dossier(folder).skeleton(&profile)?;
    let files: Vec<(String, String)> =
        skeleton.into_iter().map(|(path, text)| (path.replace("年度/", &format!("{}/", args.year)), text)).collect();
    if args.unit.trim().is_empty() {
        return Err("--unit 要写单位全称".to_owned());
    }
    if let Some(hidden) = args.unit.chars().find(|&c| is_unseen(c)) {
        return Err(format!("--unit 里有不可见的字符 U+{:04X}；重新输入单位全称", u32::from(hidden)));
    }
    // A dossier that is there already gets another year; its unit.yaml stays.
    let another_year = folder.join("unit.yaml").exists() && !folder.join(args.year.to_string()).exists();
    let files: Vec<_> = files.into_iter().filter(|(path, _)| !another_year || path != "unit.yaml").collect();
    let taken = files.iter().find(|(path, _)| folder.join(path).exists());
    if let Some((path, _)) = taken {
        let shown = folder.join(path);
        let way = if folder.join(args.year.to_string()).exists() {
            format!("卷宗里已有 {} 年度；加别的年度，--year 写另一个年份", args.year)
        } else {
            "换一个文件夹".to_owned()
        };
        return Err(format!("{} 已经有了，不会覆盖：{way}", shown.display()));
    }
    for (path, text) in &files {
        let target = folder.join(path);
        let text = with_profile(path, text, &profile);
        let text = if has_last_year(args) { without_last_year(&text) } else { text };
        let filled = modeline(path).unwrap_or_default() + fill(&text, args).as_str();
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
    let written = profile_of(&args.folder);
    let written = written.and_then(|name| schema::find(&library, &name).ok());
    let profile = written.map_or_else(|| schema::find(&library, &args.profile), Ok)?;
    schema::write(&args.folder.join(FOLDER), &profile, &library)
}

/// The profile that a dossier's unit.yaml names, where there is one.
fn profile_of(folder: &Path) -> Option<String> {
    unit_of(folder).map(|unit| unit.profile.value)
}

/// What a dossier's unit.yaml says, where there is one.
fn unit_of(folder: &Path) -> Option<Unit> {
    let reader = Reader::new(folder).ok().filter(|reader| reader.exists("unit.yaml"))?;
    let tree = reader.read("unit.yaml", Dialect::Data, &mut Sources::default(), &mut Vec::new())?;
    decode::<Unit>(&tree, &mut Vec::new())
}

/// unit.yaml with the profile that was asked for: a profile without a skeleton of its own has the one that it extends.
fn with_profile(path: &str, text: &str, profile: &str) -> String {
    if path != "unit.yaml" {
        return text.to_owned();
    }
    let named = |line: &str| match line.strip_prefix("体例:") {
        Some(rest) => {
            let comment = rest.find(" #").map_or("", |at| &rest[at..]);
            format!("体例: {profile}{comment}\n")
        }
        None => format!("{line}\n"),
    };
    text.lines().map(named).collect()
}

/// Whether the year before is at hand, so that nobody writes its figures again.
fn has_last_year(args: &InitArgs) -> bool {
    args.folder.join((args.year - 1).to_string()).join("figures.yaml").is_file()
}

/// figures.yaml without its block 上年; other files have none.
fn without_last_year(text: &str) -> String {
    let mut inside = false;
    let mut kept = String::new();
    for line in text.lines() {
        inside = line.starts_with("上年:") || inside && (line.starts_with(' ') || line.is_empty());
        if !inside {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// The skeleton with its blanks filled in. A quote in the unit's name is doubled: it stands in single quotes.
fn fill(text: &str, args: &InitArgs) -> String {
    text.replace("@单位@", &args.unit.replace('\'', "''"))
        .replace("@年度@", &args.year.to_string())
        .replace("@次年@", &(args.year + 1).to_string())
}
