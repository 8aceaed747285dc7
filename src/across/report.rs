//! The report of several years: composed from the profile's 多年报告 and the figures and scores of the years.

use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Arc;

use super::{last_score, other_years};
use crate::compose::{self, Inputs};
use crate::diagnostic::{self, Code, Diagnostic};
use crate::dossier::{self, Dossier, Section, YesNo};
use crate::profile::{Library, MultiYear, Profile};
use crate::source::Sources;
use crate::{Examination, Examined, checks, figures};

/// The fewest years of a report of several.
const FEWEST: usize = 2;

/// Reads and examines a dossier's report of the years in a range that it has. Unit, page and signature are those of the
/// last of them. Numbers that disagree in a year's own report stop this one as well; what else is wrong with a year is told as far as it is
/// read here.
pub fn examine_years(library: &Library, root: &Path, years: RangeInclusive<i32>) -> Examined {
    let mut sources = Sources::default();
    let mut findings = Vec::new();
    let report = examine(library, root, &years, &mut sources, &mut findings);
    diagnostic::sort(&mut findings);
    Examined { sources, findings, report }
}

fn examine(
    library: &Library,
    root: &Path,
    years: &RangeInclusive<i32>,
    sources: &mut Sources,
    findings: &mut Vec<Diagnostic>,
) -> Option<Examination> {
    let at_hand: Vec<i32> = dossier::find_years(root).into_iter().filter(|year| years.contains(year)).collect();
    let (&[first, ..], &[.., last]) = (at_hand.as_slice(), at_hand.as_slice()) else {
        findings.push(too_few(root, years, 0));
        return None;
    };
    if at_hand.len() < FEWEST {
        findings.push(too_few(root, years, at_hand.len()));
        return None;
    }
    let mut dossier = dossier::load_frame(root, last, sources, findings)?;
    let name = dossier.unit.profile.clone();
    let profile = library.with_dossier(root).find(&name, sources, findings)?;
    let Some(report) = &profile.multi_year else {
        let finding = Diagnostic::new(Code::JB1022, format!("体例“{}”没有写 多年报告", name.value)).at(name.place);
        findings.push(finding.hint("在体例的 profile.yaml 里写 多年报告，或继承有它的体例，如 department-overall"));
        return None;
    };
    reframe(&mut dossier, report, first);
    let report = examine_frame(root, dossier, &profile, sources, findings);
    differences_of_years(library, root, &at_hand, sources, findings);
    report
}

/// Where the years' own numbers disagree: a report of several must not print what no year's own report could. What is wrong
/// with a year's texts stays there; of a year that has figures alone no identity is known to hold.
fn differences_of_years(
    library: &Library,
    root: &Path,
    years: &[i32],
    sources: &mut Sources,
    findings: &mut Vec<Diagnostic>,
) {
    for year in years {
        if !root.join(year.to_string()).join("report.yaml").is_file() {
            continue;
        }
        let mut of_year = Vec::new();
        crate::examine_into(library, root, *year, sources, &mut of_year);
        for finding in of_year.into_iter().filter(|finding| finding.blocks() && finding.code.is_difference()) {
            if !findings.iter().any(|told| is_same(told, &finding, sources)) {
                findings.push(finding);
            }
        }
    }
}

/// Whether two findings say the same of the same place, the file having been read twice.
fn is_same(one: &Diagnostic, other: &Diagnostic, sources: &Sources) -> bool {
    let at = |finding: &Diagnostic| finding.place.map(|place| (sources.path(place.file).to_owned(), place.start));
    one.code == other.code && one.message == other.message && at(one) == at(other)
}

fn too_few(root: &Path, years: &RangeInclusive<i32>, found: usize) -> Diagnostic {
    let (first, last) = (years.start(), years.end());
    let text = format!("{} 在 {first}—{last} 年里只有 {found} 个年度，编不成多年报告", root.display());
    Diagnostic::new(Code::JB1001, text).hint("至少要有两个年度的文件夹；核对年份的范围")
}

/// Puts the text of the profile in place of the last year's.
fn reframe(dossier: &mut Dossier, report: &MultiYear, first: i32) {
    let year = &mut dossier.year;
    let period = format!("{first}—{}年度", year.number);
    year.first = Some(first);
    year.report.title = report.title.clone();
    year.report.keywords = vec!["部门整体支出".to_owned(), "绩效自评".to_owned(), period];
    year.report.cover = dossier::Cover::default();
    year.report.red_head = None;
    year.report.imprint = None;
    year.report.attachments = Vec::new();
    year.report.acknowledgements = Vec::new();
    year.report.identities = Vec::new();
    year.report.evidence = Vec::new();
    year.evidence = Vec::new();
    year.sections =
        vec![Section { title: None, level: None, numbered: YesNo(true), run_in: false, body: report.body.clone() }];
}

/// The frame with the text of several years: no identities, scores and evidence, which are each year's own.
fn examine_frame(
    root: &Path,
    mut dossier: Dossier,
    profile: &Arc<Profile>,
    sources: &Sources,
    findings: &mut Vec<Diagnostic>,
) -> Option<Examination> {
    let calculator = crate::calculator(&mut dossier, profile, sources, findings);
    if let Some(first) = dossier.year.first {
        calculator.define("起始年度", figures::Value::Amount(crate::year_amount(first)));
        calculator.begin_at(first);
    }
    calculator.set_scores(last_score(&calculator, profile, &dossier), other_years(root, profile, &dossier));
    let inputs =
        Inputs { dossier: &dossier, profile, calculator: &calculator, scorecard: None, sources, marked: false };
    let composed = compose::compose(inputs, findings);
    checks::text::check_wording(inputs, findings);
    // Of known differences the frame has none.
    crate::conclude((dossier, profile), (calculator, None), composed, sources, findings)
}
