//! How much of what goes wrong is found: every written figure of every sample is changed in turn, and the findings are held
//! against those of the sample as it is. `tests/mutations.md` has the outcome.

mod change;
mod holds;
mod reader;
mod signs;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use jibao::Examined;
use jibao::diagnostic::{Code, Diagnostic, Severity};
use jibao::source::{Place, Sources};

use crate::support::{Dossier, root};
use change::{Change, Kind};
use holds::{Figure, Firmness, Holds};

/// Renews the committed table where it is set.
const RENEW: &str = "JIBAO_RENEW";

/// Where the findings of a changed figure lead the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shown {
    /// To the changed figure.
    Itself,
    /// To a figure that adds up with it, or the score that follows from it.
    AddsUp,
    /// To neither.
    Elsewhere,
}

/// What became of one change.
#[derive(Debug)]
struct Outcome {
    kind: Kind,
    figures: Vec<Figure>,
    firmness: Firmness,
    /// Whether two figures changed places that only ever stand in the same sums.
    interchanged: bool,
    /// The codes of what was found because of it.
    codes: BTreeSet<Code>,
    shown: Option<Shown>,
}

impl Outcome {
    fn caught(&self) -> bool {
        self.shown.is_some()
    }
}

/// The outcomes of one sample.
#[derive(Debug)]
struct Sample {
    name: String,
    outcomes: Vec<Outcome>,
    /// Changes that would leave the meaning as it is, and were not made.
    without_effect: usize,
    holds: Holds,
}

/// What tells a finding from another, whatever line it has moved to.
type Identity = (i32, Code, Option<String>, String);

/// The dossiers right below `samples/`. `samples/county` holds dossiers and is none: a machine made its 25 reports all of one
/// kind, and to change each of their figures would take minutes and say nothing that the others do not.
fn samples() -> Vec<String> {
    let folders = std::fs::read_dir(root().join("samples")).expect("the samples");
    let folders = folders.map(|entry| entry.expect("an entry").path()).filter(|path| path.join("unit.yaml").is_file());
    let mut names: Vec<String> =
        folders.map(|path| path.file_name().expect("a name").to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The years of a dossier from one on, examined: an earlier year does not read a later one.
fn examine(path: &Path, from: i32) -> BTreeMap<i32, Examined> {
    let years = jibao::dossier::find_years(path).into_iter().filter(|&year| year >= from);
    years.map(|year| (year, jibao::examine(path, year))).collect()
}

/// What asks for something to be done.
fn open_findings(examined: &BTreeMap<i32, Examined>) -> impl Iterator<Item = (i32, &Examined, &Diagnostic)> {
    let all = examined.iter().flat_map(|(&year, one)| one.findings.iter().map(move |finding| (year, one, finding)));
    all.filter(|(_, _, finding)| finding.acknowledged.is_none() && finding.severity != Severity::Hint)
}

fn identity(year: i32, finding: &Diagnostic) -> Identity {
    (year, finding.code, finding.subject.clone(), finding.message.clone())
}

/// The file within the dossier, and the line.
fn line(sources: &Sources, place: Place) -> (PathBuf, usize) {
    let path = Path::new(sources.path(place.file));
    let mut parts: Vec<_> = path.components().rev().take(2).collect();
    parts.reverse();
    (parts.iter().collect(), sources.position(place.file, place.start).line)
}

/// The lines on which a figure stands: its name and its value.
fn lines_of(examined: &Examined, (year, path): &Figure) -> Vec<(PathBuf, usize)> {
    let node = examined.report.as_ref().and_then(|report| {
        let tree = report.calculator.book().tree(*year)?;
        tree.nodes.get(tree.find(path)?)
    });
    let places = node.map(|node| [node.place, node.value_place()]);
    places.into_iter().flatten().map(|place| line(&examined.sources, place)).collect()
}

fn shown(holds: &Holds, change: &Change, examined: &Examined, finding: &Diagnostic) -> Shown {
    let places = finding.place.into_iter().chain(finding.labels.iter().map(|label| label.place));
    let lines: BTreeSet<_> = places.map(|place| line(&examined.sources, place)).collect();
    let stands_there = |figure: &Figure| lines_of(examined, figure).iter().any(|line| lines.contains(line));
    if change.figures.iter().any(stands_there) {
        return Shown::Itself;
    }
    let mut together = change.figures.iter().flat_map(|figure| holds.of(figure));
    let scores = lines.iter().any(|(file, _)| file.ends_with("scores.yaml"));
    // A known difference that has lapsed speaks of the equation by its name.
    let lapsed = finding.subject.as_ref().filter(|_| finding.code == Code::JB9001);
    let adds_up = together.any(|hold| {
        (scores && hold.firmness == Firmness::Score)
            || lapsed == Some(&hold.name)
            || hold.members.iter().any(stands_there)
    });
    if adds_up { Shown::AddsUp } else { Shown::Elsewhere }
}

fn judge(holds: &Holds, before: &BTreeSet<Identity>, change: &Change, after: &BTreeMap<i32, Examined>) -> Outcome {
    let new: Vec<_> = open_findings(after).filter(|(year, _, f)| !before.contains(&identity(*year, f))).collect();
    let interchanged = matches!(change.figures.as_slice(), [a, b] if holds.interchangeable(a, b));
    Outcome {
        kind: change.kind,
        figures: change.figures.clone(),
        firmness: change.figures.iter().map(|figure| holds.firmness(figure)).min().expect("a figure"),
        interchanged,
        codes: new.iter().map(|(_, _, finding)| finding.code).collect(),
        shown: new.iter().map(|(_, examined, finding)| shown(holds, change, examined, finding)).min(),
    }
}

/// Makes every change of a sample, on as many copies of it as there are processors.
fn mutate(name: &str) -> Sample {
    let folder = root().join("samples").join(name);
    let baseline = examine(&folder, 0);
    let before: BTreeSet<Identity> = open_findings(&baseline).map(|(year, _, f)| identity(year, f)).collect();
    let mut holds = Holds::default();
    let (mut all, mut without_effect) = (Vec::new(), 0);
    for (&year, examined) in &baseline {
        let report = examined.report.as_ref().expect("a sample can be read");
        holds.add(report);
        let (changes, idle) = change::changes(report.calculator.book(), &examined.sources);
        without_effect += idle;
        all.extend(changes.into_iter().map(|change| (year, change)));
    }
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                let copy = Dossier::copy_of(&format!("samples/{name}"));
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    let Some((year, change)) = all.get(i) else { break };
                    let file = copy.path().join(format!("{year}/figures.yaml"));
                    let kept = std::fs::read(&file).expect("the figures");
                    std::fs::write(&file, &change.text).expect("written");
                    let outcome = judge(&holds, &before, change, &examine(copy.path(), *year));
                    std::fs::write(&file, kept).expect("written");
                    outcomes.lock().expect("no panic").insert(i, outcome);
                }
            });
        }
    });
    let outcomes = outcomes.into_inner().expect("no panic").into_values().collect();
    Sample { name: name.to_owned(), outcomes, without_effect, holds }
}

#[test]
fn unmutated_samples_have_no_findings() {
    for name in samples() {
        let examined = examine(&root().join("samples").join(&name), 0);
        let open: Vec<_> = open_findings(&examined).map(|(year, _, finding)| (year, finding)).collect();
        assert!(open.is_empty(), "{name}: {open:#?}");
    }
}

#[test]
fn changed_figures_are_found_where_they_were_changed() {
    let samples: Vec<Sample> = samples().iter().map(|name| mutate(name)).collect();
    let table = table::table(&samples);
    let path = root().join("tests/mutations.md");
    if std::env::var_os(RENEW).is_some() {
        std::fs::write(&path, &table).expect("written");
    }
    let all = || samples.iter().flat_map(|sample| &sample.outcomes);
    let held: Vec<&Outcome> = all().filter(|o| o.firmness == Firmness::Equation && !o.interchanged).collect();
    let caught = held.iter().filter(|outcome| outcome.caught()).count();
    assert!(caught * 100 >= held.len() * 95, "{caught} of {}", held.len());
    let elsewhere: Vec<_> = all().filter(|outcome| outcome.shown == Some(Shown::Elsewhere)).collect();
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let renew = format!("{RENEW}=1 cargo test --release --test suite mutations");
    assert!(table == committed, "tests/mutations.md is stale; run: {renew}");
}
