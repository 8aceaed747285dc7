//! The workbooks of a pack: the score sheet and the figures.

use std::collections::BTreeMap;

use super::files::Sheaf;
use super::title_of;
use crate::compose::{DateView, Inputs, Texts, score_table};
use crate::export::{ScoreBook, ScoreData, figure_rows, figures_xlsx, scores_xlsx};
use crate::profile::IndexSystem;
use crate::scoring::{ScoreRow, rules};
use crate::source::Spanned;
use crate::trace::rule_name;

/// The score sheet; none for a report without scores.
///
/// # Errors
/// What the library refuses.
pub(super) fn scores(sheaf: &Sheaf<'_>, date: DateView) -> Result<Option<Vec<u8>>, String> {
    let (Some(table), Some(card)) = (score_table(inputs(sheaf)), sheaf.report.scorecard.as_ref()) else {
        return Ok(None);
    };
    let texts = Texts::new(inputs(sheaf));
    let system = sheaf.report.profile.system(&card.system);
    let book = ScoreBook {
        title: title_of(sheaf.report, "评分表").replace('/', ""),
        date,
        table: &table,
        card,
        bands: &sheaf.report.profile.bands,
        rows: card.rows.iter().map(|row| said(row, system, &texts)).collect(),
    };
    scores_xlsx(&book).map(Some)
}

/// The figures.
///
/// # Errors
/// What the library refuses.
pub(super) fn figures(sheaf: &Sheaf<'_>, date: DateView) -> Result<Vec<u8>, String> {
    let report = sheaf.report;
    let calculator = &report.calculator;
    let rows = figure_rows(calculator.book(), calculator.printer());
    let title = title_of(report, "数据项");
    figures_xlsx(&title, date, calculator.book(), &rows, &places(sheaf))
}

/// Where each figure is written, below the dossier's folder: the way to that differs between machines.
fn places(sheaf: &Sheaf<'_>) -> BTreeMap<String, String> {
    let Some(tree) = sheaf.report.calculator.book().own() else { return BTreeMap::new() };
    let year = sheaf.report.dossier.year.number;
    let place = |figure: &crate::figures::FigureNode| {
        if figure.derived {
            return "体例".to_owned();
        }
        let at = sheaf.sources.position(figure.place.file, figure.place.start);
        format!("{year}/figures.yaml:{}:{}", at.line, at.column)
    };
    tree.figures().map(|(_, figure, _)| (figure.path.clone(), place(figure))).collect()
}

/// What the raw data say of an indicator.
fn said(row: &ScoreRow, system: Option<&IndexSystem>, texts: &Texts<'_>) -> ScoreData {
    let text = |text: &Option<Spanned<String>>| text.as_ref().map_or_else(String::new, |text| texts.plain(text));
    let rule = system.and_then(|system| system.indicator(&row.id)).map(|indicator| {
        let expression = rules::expression(&indicator.rule).map(|expression| format!("：{}", expression.value));
        format!("{}{}", rule_name(&indicator.rule), expression.unwrap_or_default())
    });
    ScoreData {
        rule: rule.unwrap_or_else(|| "自设".to_owned()),
        target: text(&row.target),
        adjusted_target: text(&row.adjusted_target),
        actual: text(&row.actual),
        grounds: text(&row.grounds),
        reason: text(&row.reason),
        evidence: row.evidence.iter().map(|one| texts.plain(one)).collect::<Vec<_>>().join("；"),
    }
}

fn inputs<'s>(sheaf: &'s Sheaf<'_>) -> Inputs<'s> {
    let report = sheaf.report;
    Inputs {
        dossier: &report.dossier,
        profile: &report.profile,
        calculator: &report.calculator,
        scorecard: report.scorecard.as_ref(),
        sources: sheaf.sources,
        marked: false,
    }
}
