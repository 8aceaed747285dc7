//! What laying out and writing the PDFs costs at the least: `typst::compile` and `typst_pdf::pdf`, and nothing else.
//!
//! Run: `cargo bench --bench floor -- FOLDER [THREADS] [ROUNDS]`, where FOLDER is what `jibao build --format typ -o FOLDER`
//! wrote. Files are read, templates parsed and faces loaded before the clock starts, and one round has gone before. What
//! `jibao build` takes more than this is its own work.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a measurement that fails says so")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration as Offset};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// Clock ticks of /proc/self/stat in a second: 100 on every Linux that runs on a processor of ours.
const TICKS: u64 = 100;

fn main() {
    // `cargo bench` adds an option of its own.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let Some(folder) = arguments.first() else {
        println!("cargo bench --bench floor -- FOLDER [THREADS] [ROUNDS]; FOLDER: jibao build --format typ -o FOLDER");
        return;
    };
    let number = |index: usize, default| arguments.get(index).map_or(default, |text| text.parse().expect("a number"));
    let (threads, rounds) = (number(1, 2), number(2, 3));
    let stock = Stock::read(Path::new(folder));
    let reports = reports(Path::new(folder));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(16 << 20).build().expect("threads");
    let round = || pool.install(|| reports.par_iter().map(|data| print(&stock, data)).sum::<usize>());
    println!("{} reports, {} bytes of PDF, {threads} threads", reports.len(), round());
    for _ in 0..rounds {
        let (start, cpu) = (Instant::now(), cpu());
        round();
        let (wall, cpu) = (start.elapsed(), self::cpu().saturating_sub(cpu));
        let count = u32::try_from(reports.len()).expect("few");
        let each = |time: Duration| time.as_micros() / u128::from(count);
        println!(
            "wall {} ms, cpu {} ms; each: wall {} us, cpu {} us",
            wall.as_millis(),
            cpu.as_millis(),
            each(wall),
            each(cpu)
        );
    }
}

/// One report: pages, then PDF, then what the program forgets after each.
fn print(stock: &Stock, data: &Bytes) -> usize {
    let world = Floor { stock, data: data.clone() };
    let document = typst::compile::<PagedDocument>(&world).output.expect("pages");
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).expect("standards");
    let options = PdfOptions { standards, tagged: true, ..PdfOptions::default() };
    let pdf = typst_pdf::pdf(&document, &options).expect("a PDF");
    typst::comemo::evict(1);
    pdf.len()
}

/// Time of this process on processors, in user and system mode.
fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("/proc");
    // The second field, the name, may hold blanks; user time is the 14th field, system time the 15th.
    let fields: Vec<&str> = stat.rsplit(')').next().expect("fields").split_whitespace().collect();
    let ticks: u64 = fields[11..13].iter().map(|field| field.parse::<u64>().expect("ticks")).sum();
    Duration::from_millis(ticks * 1000 / TICKS)
}

/// What all reports share.
struct Stock {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    templates: BTreeMap<String, Source>,
    main: FileId,
}

impl Stock {
    fn read(folder: &Path) -> Self {
        let fonts: Vec<Font> = files(&folder.join("fonts"))
            .into_iter()
            .flat_map(|file| Font::iter(read(&file)).collect::<Vec<_>>())
            .collect();
        let report = report_folders(folder).into_iter().next().expect("a report");
        let templates = files(&report).into_iter().filter(|file| file.extension().is_some_and(|e| e == "typ"));
        let templates = templates.map(|file| {
            let path = file.strip_prefix(&report).expect("below").to_str().expect("UTF-8").to_owned();
            let source = Source::new(id(&path), std::fs::read_to_string(&file).expect("a template"));
            (path, source)
        });
        Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            templates: templates.collect(),
            main: id("report.typ"),
        }
    }
}

fn id(path: &str) -> FileId {
    RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).expect("a path")).intern()
}

fn read(path: &Path) -> Bytes {
    Bytes::new(std::fs::read(path).expect("a file"))
}

fn reports(folder: &Path) -> Vec<Bytes> {
    report_folders(folder).into_iter().map(|report| read(&report.join("report.json"))).collect()
}

fn report_folders(folder: &Path) -> Vec<PathBuf> {
    entries(folder).into_iter().filter(|entry| entry.join("report.json").is_file()).collect()
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    entries(folder).into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("read").path()).collect();
    entries.sort();
    entries
}

/// One report's world.
struct Floor<'a> {
    stock: &'a Stock,
    data: Bytes,
}

impl World for Floor<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.stock.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.stock.book
    }

    fn main(&self) -> FileId {
        self.stock.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let path = id.vpath().get_without_slash();
        self.stock.templates.get(path).cloned().ok_or_else(|| FileError::NotFound(path.into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.vpath().get_without_slash();
        if path == "report.json" { Ok(self.data.clone()) } else { Err(FileError::NotFound(path.into())) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.stock.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Offset>) -> Option<Datetime> {
        None
    }
}
