//! jibao 绩报: a compiler for 部门整体支出绩效自评报告, from YAML to an official-format PDF.
//!
//! The modules in the order in which the data pass through them:
//!
//! | module | what it does |
//! |---|---|
//! | [`source`] | YAML text → values and places |
//! | [`dossier`] | the inputs as types |
//! | [`profile`] | the form of a report, as data |
//! | [`figures`] | the tree of figures, formulas, units, rounding |
//! | [`checks`] | stated values, identities, known differences |
//! | [`scoring`] | index system → scores → grade |
//! | [`main_figures`] | the few figures of a year that stand for it |
//! | [`compose`] | text and tables filled in → `ReportView` |
//! | [`typeset`] | `ReportView` → pages, by Typst |
//! | [`audit`] | the finished pages against the rules of the page |
//! | [`export`] | pages → PDF; figures → JSON, CSV |
//! | [`batch`] | which reports, in parallel |
//! | [`across`] | several years of one unit |
//! | [`county`] | one year of many units → ranks, totals |
//! | [`attach`] | the data that a PDF carries |
//! | [`pack`] | a report with all that goes along → zip |
//! | [`verify`] | whether a PDF is what its data give |
//! | [`trace`] | where a printed number comes from |
//! | `characters` | which characters are hanzi, and how one is called |
//! | [`diagnostic`] | findings, from all of the above |
//! | [`schema`] | the inputs' form, for editors |
//! | `gbt9704` | the measures of GB/T 9704 |
//! | [`reader`] | a finished PDF → its pages, fonts, structure, attachments |
//! | [`conformity`] | a finished PDF against GB/T 9704 |
//! | [`cli`] | the command |

pub mod across;
pub mod attach;
pub mod audit;
pub mod batch;
mod characters;
pub mod checks;
pub mod cli;
pub mod compose;
pub mod conformity;
pub mod county;
pub mod diagnostic;
pub mod dossier;
pub mod export;
pub mod figures;
mod gbt9704;
mod hash;
pub mod main_figures;
pub mod pack;
pub mod profile;
pub mod reader;
pub mod schema;
pub mod scoring;
pub mod source;
pub mod trace;
pub mod typeset;
pub mod verify;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use compose::{Composed, Inputs, Places, Printed, ReportView};
use diagnostic::Diagnostic;
use dossier::Dossier;
use figures::{Amount, Book, Calculator, Unit, Value};
use profile::{Identity, Library, Profile};
use scoring::Scorecard;
use source::Sources;

/// One year, read and examined: everything that is known of it without laying it out.
#[derive(Debug)]
pub struct Examined {
    /// The text of its files.
    pub sources: Sources,
    /// What was found, in the order of places.
    pub findings: Vec<Diagnostic>,
    /// The report, unless its files could not be read.
    pub report: Option<Examination>,
}

/// A year whose files could be read.
#[derive(Debug)]
pub struct Examination {
    /// The inputs.
    pub dossier: Dossier,
    /// The form of the report.
    pub profile: Arc<Profile>,
    /// Its figures, computed.
    pub calculator: Calculator,
    /// Its scores.
    pub scorecard: Option<Scorecard>,
    /// What is to be laid out.
    pub view: ReportView,
    /// What is printed where.
    pub prints: Vec<Printed>,
    /// Where what is printed is written.
    pub places: Places,
}

impl Examination {
    /// The identities that the figures must satisfy: those of the profile, then the author's own.
    pub fn identities(&self) -> impl Iterator<Item = &Identity> {
        let own = self.dossier.unit.identities.iter().chain(&self.dossier.year.report.identities);
        self.profile.identities.iter().chain(own).map(|identity| &identity.value)
    }

    /// The report with a mark at each of [`Self::prints`], by which they are found on the pages. Nothing more is
    /// printed.
    pub fn marked_view(&self, sources: &Sources) -> ReportView {
        let Self { dossier, calculator, profile, .. } = self;
        let scorecard = self.scorecard.as_ref();
        // What is wrong with the report was said when it was examined.
        let inputs = Inputs { dossier, profile, calculator, scorecard, sources, marked: true };
        compose::compose(inputs, &mut Vec::new()).view
    }
}

/// Reads and examines one year of a dossier: load → figures → score → check → compose.
pub fn examine(root: &Path, year: i32) -> Examined {
    examine_with(&Library::default(), root, year)
}

/// Reads and examines one year, with profiles looked for in a library before those that come with the program.
pub fn examine_with(library: &Library, root: &Path, year: i32) -> Examined {
    let mut sources = Sources::default();
    let mut findings = Vec::new();
    let report = examine_into(library, root, year, &mut sources, &mut findings);
    diagnostic::sort(&mut findings);
    Examined { sources, findings, report }
}

/// Examines one year beside what was read before.
fn examine_into(
    library: &Library,
    root: &Path,
    year: i32,
    sources: &mut Sources,
    findings: &mut Vec<Diagnostic>,
) -> Option<Examination> {
    let dossier = dossier::load(root, year, sources, findings)?;
    let profile = library.with_dossier(root).find(&dossier.unit.profile, sources, findings)?;
    examine_dossier(root, dossier, &profile, sources, findings)
}

fn examine_dossier(
    root: &Path,
    mut dossier: Dossier,
    profile: &Arc<Profile>,
    sources: &Sources,
    findings: &mut Vec<Diagnostic>,
) -> Option<Examination> {
    let calculator = calculator(&mut dossier, profile, sources, findings);
    figures::evaluate(&calculator);
    let scorecard =
        dossier.year.scores.as_ref().and_then(|scores| scoring::score(&calculator, profile, scores, findings));
    define_scores(&calculator, &dossier, scorecard.as_ref());
    let own = scorecard.as_ref().map(|card| across::own_score(&calculator, card));
    calculator.set_scores(own, across::other_years(root, profile, &dossier));
    check(&calculator, profile, &dossier, findings);
    let composed = {
        let scorecard = scorecard.as_ref();
        let inputs = Inputs { dossier: &dossier, profile, calculator: &calculator, scorecard, sources, marked: false };
        let composed = compose::compose(inputs, findings);
        checks::text::check(inputs, findings);
        pack::check_evidence(root, &dossier, scorecard, findings);
        composed
    };
    conclude((dossier, profile), (calculator, scorecard), composed, sources, findings)
}

/// What has been examined, with the findings that only the end of it can give: of figures and other years that were read,
/// of known differences, of the places where people have to look.
fn conclude(
    (dossier, profile): (Dossier, &Arc<Profile>),
    (calculator, scorecard): (Calculator, Option<Scorecard>),
    composed: Composed,
    sources: &Sources,
    findings: &mut Vec<Diagnostic>,
) -> Option<Examination> {
    findings.extend(calculator.take_log());
    for year in calculator.years_read() {
        findings.extend(dossier.neighbours.get(&year).into_iter().flat_map(|n| n.findings.iter().cloned()));
    }
    checks::acknowledge(&dossier.year.report.acknowledgements, findings);
    checks::point_out(&calculator, sources, findings);
    let Composed { view, prints, places } = composed;
    let profile = profile.clone();
    dossier.complete.then_some(Examination { dossier, profile, calculator, scorecard, view, prints, places })
}

fn check(calculator: &Calculator, profile: &Profile, dossier: &Dossier, findings: &mut Vec<Diagnostic>) {
    let own_identities: Vec<_> = dossier.unit.identities.iter().chain(&dossier.year.report.identities).collect();
    let complete = dossier.complete;
    checks::check(checks::Inputs { calculator, profile, own_identities: &own_identities, complete }, findings);
}

/// The figures of all years at hand, with what the profile derives from them and the words that are no figures. What is
/// wrong with another year's is kept with that year.
fn calculator(
    dossier: &mut Dossier,
    profile: &Profile,
    sources: &Sources,
    findings: &mut Vec<Diagnostic>,
) -> Calculator {
    let (money, own) = (dossier.unit.money, dossier.year.number);
    let mut trees = BTreeMap::new();
    let mut broken = BTreeSet::new();
    trees.insert(own, figures::read_figures(&dossier.figures, money.unit, sources, findings));
    for (&year, neighbour) in &mut dossier.neighbours {
        match &neighbour.figures {
            Some(node) => {
                trees.insert(year, figures::read_figures(node, money.unit, sources, &mut neighbour.findings));
            }
            None => {
                broken.insert(year);
            }
        }
    }
    for tree in trees.values_mut() {
        for (path, figure) in &profile.derived.0 {
            tree.derive(path, &figure.value);
        }
    }
    let calculator = Calculator::new(Arc::new(Book::new(own, money, trees, broken)));
    Words::of(dossier).define(&calculator, own);
    calculator
}

/// The words that expressions of the report of a year may use besides the names of figures.
#[derive(Debug, Clone)]
struct Words {
    unit: String,
    /// What 依据(n) prints.
    basis: Vec<String>,
}

impl Words {
    fn of(dossier: &Dossier) -> Self {
        let basis = dossier.year.report.basis.iter().map(dossier::BasisDocument::citation).collect();
        Self { unit: dossier.unit.name.value.clone(), basis }
    }

    fn define(&self, calculator: &Calculator, year: i32) {
        calculator.define("年度", Value::Amount(year_amount(year)));
        calculator.define("上年度", Value::Amount(year_amount(year - 1)));
        calculator.define("单位名称", Value::Text(self.unit.clone()));
        calculator.set_basis(self.basis.clone());
    }
}

fn year_amount(year: i32) -> Amount {
    Amount::exact(year.into(), Unit::Count("".into()))
}

/// The words that come from the score sheet: texts may use them, figures may not.
fn define_scores(calculator: &Calculator, dossier: &Dossier, scorecard: Option<&Scorecard>) {
    match scorecard {
        Some(card) => {
            calculator.define("总分", Value::Text(scoring::print_score(card.total)));
            if let Some(share) = card.others_share {
                calculator.define("指标得分率", Value::Amount(Amount::exact(share, Unit::Ratio)));
            }
            calculator.define("等级", Value::Text(card.grade.clone().unwrap_or_default()));
        }
        // What is wrong with the scores is said there, and not again wherever they are printed.
        None if dossier.year.scores.is_some() || !dossier.complete => {
            calculator.define("总分", Value::Absent);
            calculator.define("等级", Value::Absent);
        }
        None => {}
    }
}
