//! The main figures (主要数据) of a year, as its profile lists them.

use std::collections::BTreeSet;

use crate::Examination;
use crate::diagnostic::Diagnostic;
use crate::dossier::Places;
use crate::figures::{
    Amount, Calculator, Evaluated, FigureRef, Formula, Scope, Trouble, TroubleKind, Unit, Value, formula_amount,
    trouble_finding, unknown_score,
};
use crate::profile::{MainFigureSpec, MainValue, Profile};
use crate::source::{Place, Spanned};

/// What is printed for a figure that a year does not have.
pub const NO_FIGURE: &str = "—";

/// A main figure of a year.
#[derive(Debug, Clone)]
pub struct MainFigure {
    /// 名称, as the profile has it.
    pub name: String,
    /// The exact value in [`Self::unit`]; none where the year does not have it.
    pub amount: Option<Amount>,
    /// The digits as printed, without the unit; [`NO_FIGURE`] where there is no amount.
    pub printed: String,
    /// 单位: 万元, %, …
    pub unit: String,
    /// The figures read for it.
    pub reads: Vec<FigureRef>,
    /// What is wrong with it, where it lacks an amount for another reason than that a figure is not given or failed and
    /// was reported at its own place; or the score of another year that is wrong, so that it was left out.
    pub finding: Option<Diagnostic>,
}

/// The main figures of an examined year, in the order of its profile.
pub fn main_figures(report: &Examination) -> Vec<MainFigure> {
    main_figures_of(&report.calculator, &report.profile, report.dossier.year.number)
}

/// The main figures of one of the years of a calculator, in the order of the profile.
pub fn main_figures_of(calculator: &Calculator, profile: &Profile, year: i32) -> Vec<MainFigure> {
    let mut figures: Vec<MainFigure> = Vec::new();
    for spec in &profile.main_figures {
        let (outcome, reads, unknown) = match &spec.value {
            MainValue::Expression { text, unit } => {
                let (outcome, reads) = expression(calculator, text, &Unit::parse(unit), year);
                (outcome, reads, calculator.last_unknown_scores())
            }
            MainValue::Share(names) => {
                let (outcome, reads) = share(&figures, names);
                (outcome, reads, BTreeSet::new())
            }
        };
        let (amount, finding) = match outcome {
            Ok(amount) => (amount, unknown.first().and_then(|&year| named(calculator, spec, unknown_score(year)))),
            Err(trouble) => (None, finding(calculator, spec, &trouble)),
        };
        let amount = amount.map(|amount| displayed(amount, spec.places));
        let printed =
            amount.as_ref().map_or_else(|| NO_FIGURE.to_owned(), |amount| calculator.printer().number(amount));
        let unit = match &spec.value {
            MainValue::Expression { unit, .. } => unit.trim().to_owned(),
            MainValue::Share(_) => Unit::Percent.to_string(),
        };
        figures.push(MainFigure { name: spec.name.value.clone(), amount, printed, unit, reads, finding });
    }
    figures
}

type Outcome = Result<Option<Amount>, Trouble>;

fn expression(calculator: &Calculator, text: &Spanned<String>, unit: &Unit, year: i32) -> (Outcome, Vec<FigureRef>) {
    let scope = Scope { group: FigureRef { year, node: 0 }, lenient: true };
    match formula_amount(calculator, &text.value, scope) {
        Ok(Evaluated { value: Value::Amount(amount), reads, .. }) => {
            let trouble = || Trouble { kind: TroubleKind::Units(amount.unit.clone(), unit.clone()), at: None };
            (amount.converted(unit).map(Some).ok_or_else(trouble), reads)
        }
        Ok(Evaluated { value: Value::Absent, .. }) => (Ok(None), Vec::new()),
        Ok(_) => {
            let kind = TroubleKind::Syntax("主要数据的结果不是一个数".to_owned());
            (Err(Trouble { kind, at: None }), Vec::new())
        }
        Err(trouble) => (absent(trouble), Vec::new()),
    }
}

/// A share of nothing is no figure, and no fault either.
fn share(before: &[MainFigure], names: &[Spanned<String>; 2]) -> (Outcome, Vec<FigureRef>) {
    let find = |name: &Spanned<String>| before.iter().find(|figure| figure.name == name.value);
    let (Some(part), Some(whole)) = (find(&names[0]), find(&names[1])) else { return (Ok(None), Vec::new()) };
    let (Some(a), Some(b)) = (&part.amount, &whole.amount) else { return (Ok(None), Vec::new()) };
    let outcome = a.share(b).map(Some).or_else(|kind| absent(Trouble { kind, at: None }));
    (outcome, part.reads.iter().chain(&whole.reads).copied().collect())
}

/// What a year does not have is no fault of it.
fn absent(trouble: Trouble) -> Outcome {
    match trouble.kind {
        TroubleKind::NotGiven(_) | TroubleKind::Missing(..) | TroubleKind::Failed(_) | TroubleKind::DivisionByZero => {
            Ok(None)
        }
        _ => Err(trouble),
    }
}

fn displayed(mut amount: Amount, places: Option<Places>) -> Amount {
    amount.display.places = places.and_then(Places::fixed).or(amount.display.places);
    amount
}

fn finding(calculator: &Calculator, spec: &MainFigureSpec, trouble: &Trouble) -> Option<Diagnostic> {
    let text = match &spec.value {
        MainValue::Expression { text, .. } => text.value.clone(),
        MainValue::Share(_) => String::new(),
    };
    let place = place_of(calculator, spec)?;
    named(calculator, spec, trouble_finding(trouble, &Formula { text, place, literal: false }))
}

/// A finding with the name of the main figure in front, at the figure's place if it has no other.
fn named(calculator: &Calculator, spec: &MainFigureSpec, mut finding: Diagnostic) -> Option<Diagnostic> {
    finding.message = format!("主要数据“{}”：{}", spec.name.value, finding.message);
    let place = place_of(calculator, spec)?;
    Some(if finding.place.is_some() { finding } else { finding.at(place) })
}

/// The profiles that come with the program stand in no file of the user's: their figures do.
fn place_of(calculator: &Calculator, spec: &MainFigureSpec) -> Option<Place> {
    let own = match &spec.value {
        MainValue::Expression { text, .. } => text.place,
        MainValue::Share(names) => names[0].place,
    };
    own.or_else(|| root_place(calculator))
}

fn root_place(calculator: &Calculator) -> Option<Place> {
    calculator.book().own()?.nodes.first().map(|node| node.place)
}
