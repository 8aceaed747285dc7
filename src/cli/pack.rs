//! `jibao pack`: reports with all that goes along → zips.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use super::Exit;
use super::args::PackArgs;
use super::build::{line, source_date, tally};
use super::check::name_passed_over;
use super::printer::{Printer, Stream};
use super::told::Told;
use crate::batch::{
    DEFAULT_PATTERN, Ending, Options, Pattern, Plan, Target, check_apart, check_outside_years, names, plan, stream,
};
use crate::pack::{Packed, Packer};
use crate::typeset::FontSet;

/// What stands behind a report's name in that of its pack.
const MARK: &str = "-报送";

pub(super) fn run(args: &PackArgs, printer: &Printer) -> Result<Exit, String> {
    let start = Instant::now();
    printer.begin(Stream::Err, args.findings.format);
    if let Some(folder) = args.output.as_ref().filter(|path| path.is_file() || !path.is_dir() && is_zip(path)) {
        return Err(format!("-o 写一个文件夹：{}", folder.display()));
    }
    let Plan { targets, passed_over } = plan(&args.targets.paths, &args.targets.selection())
        .map_err(|e| e.to_string())?
        .of_reports(&args.targets.paths);
    name_passed_over(&passed_over, printer);
    let pattern: Pattern = DEFAULT_PATTERN.parse()?;
    let called = names(&targets, &pattern, "");
    let zips: Vec<Option<PathBuf>> = targets
        .iter()
        .zip(&called)
        .map(|(target, name)| {
            Some(args.output.as_ref().unwrap_or(&target.root).join(format!("{}{MARK}.zip", name.as_ref()?)))
        })
        .collect();
    check_apart(&targets, &zips)?;
    check_outside_years(&targets, &zips)?;
    let fonts = FontSet::new(&args.fonts.folders, args.fonts.system_fonts)?;
    let library = args.profiles.library();
    let deny_warnings = args.targets.deny_warnings;
    let attach = args.attach.asked();
    let options = Options { deny_warnings, force: args.force, date: source_date()?, attach, ..Options::default() };
    let packer = Packer::new(&library, &fonts, options);
    let jobs: Vec<PackJob<'_>> =
        targets.iter().zip(&called).zip(&zips).map(|((target, name), zip)| PackJob { target, name, zip }).collect();
    let (mut entries, mut exit) = (Vec::new(), Exit::Done);
    let work = |job: &PackJob<'_>| job.run(&packer);
    stream(&jobs, args.targets.parallel.jobs, &AtomicBool::new(false), work, |_, packed| {
        exit = exit.max(tell(&packed, args, printer));
        entries.push(packed.entry);
    })?;
    if entries.len() > 1 {
        printer.remark(Stream::Out, &tally(&entries, Some(start.elapsed())).replace("排印", "打包"));
    }
    printer.end();
    Ok(exit)
}

/// A pack to be made. A unit whose name cannot be read has errors, and so no pack.
struct PackJob<'a> {
    target: &'a Target,
    name: &'a Option<String>,
    zip: &'a Option<PathBuf>,
}

impl PackJob<'_> {
    fn run(&self, packer: &Packer<'_>) -> Packed {
        let begun = Instant::now();
        let zip = self.zip.as_deref().unwrap_or(Path::new(""));
        let mut done = packer.pack(self.target, self.name.as_deref().unwrap_or_default(), zip);
        done.entry.millis = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        done
    }
}

fn is_zip(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

/// Says what became of a pack.
fn tell(packed: &Packed, args: &PackArgs, printer: &Printer) -> Exit {
    let Packed { entry, sources, findings, .. } = packed;
    let report = Told { entry, sources, findings, trouble: packed.trouble.as_ref() };
    report.show(args.findings.format, printer);
    let said = line(entry, false).replace("没有排印（先前的文件未动）", "没有打包（先前的文件未动）");
    match (&entry.output, entry.outcome) {
        (_, Ending::Failed) if packed.trouble.is_some() => {}
        (Some(path), Ending::Built | Ending::Unchanged) => {
            let files = format!("{}个文件，其中佐证材料{}个", packed.files, packed.evidence);
            printer.remark(Stream::Out, &format!("{path}：{files}；报告{said}\n"));
        }
        _ => printer.remark(Stream::Err, &format!("{}：{said}\n", entry.path)),
    }
    if !packed.mentioned.is_empty() {
        let list = packed.mentioned.join("、");
        printer.remark(Stream::Err, &format!("{}：没有点名，因文中提到而装入的佐证：{list}\n", entry.path));
    }
    if !packed.left_out.is_empty() {
        let list = packed.left_out.join("、");
        printer.remark(Stream::Err, &format!("{}：evidence 里没有装入的：{list}\n", entry.path));
    }
    report.exit(args.targets.deny_warnings)
}
