//! What stands around the text: properties, cover, red head, imprint.

use super::Composer;
use crate::compose::log::Part;
use crate::compose::red_head;
use crate::compose::view::{
    BlockView, CoverRow, CoverView, DateView, ImprintView, Inline, Meta, PageView, RedHeadView,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{Date, Dossier, Page, Year};
use crate::source::Spanned;

impl Composer<'_> {
    /// The head of a document, and the line under its title.
    pub(super) fn red_head(&mut self) -> (Option<RedHeadView>, Vec<BlockView>) {
        let report = &self.inputs.dossier.year.report;
        let Some(head) = &report.red_head else { return (None, Vec::new()) };
        self.check_filled("发文机关标志", &head.mark);
        self.check_filled("发文字号", &head.number);
        self.filler.log.enter(Part::Title);
        let view = red_head::red_head(head, |text| self.filler.plain(text, self.findings));
        let issued = report.signature.as_ref().map(|signature| signature.date);
        red_head::check_number(&head.number, &view.number, issued, self.findings);
        red_head::check_head(head, &view, self.findings);
        let addressee =
            head.addressee.as_ref().map(|text| red_head::addressee(&self.filler.plain(text, self.findings)));
        let line = addressee.map(|text| BlockView::Paragraph { text: vec![Inline::Text(text)], indent: false });
        (Some(view), line.into_iter().collect())
    }

    pub(super) fn imprint(&mut self) -> Option<ImprintView> {
        let Dossier { unit, year, .. } = self.inputs.dossier;
        let imprint = year.report.imprint.as_ref()?;
        let issued = year.report.signature.as_ref().map(|signature| signature.date);
        if let Some(date) = &imprint.date {
            red_head::check_date(date, issued, self.findings);
        }
        let fill = |text: &Spanned<String>| self.filler.plain(text, self.findings);
        let view = red_head::imprint(imprint, &unit.name.value, issued, fill);
        red_head::check_copies(imprint, &view, self.findings);
        Some(view)
    }

    pub(super) fn meta(&self, title: String) -> Meta {
        let Dossier { unit, year, .. } = self.inputs.dossier;
        let keywords = match year.report.keywords.as_slice() {
            [] => vec!["部门整体支出".to_owned(), "绩效自评".to_owned(), format!("{}年度", year.number)],
            given => given.to_vec(),
        };
        Meta {
            title,
            author: unit.name.value.clone(),
            subject: format!("{}年度{}", period(year), self.inputs.profile.name),
            keywords,
            date: date_view(issue_date(self.inputs.dossier)),
        }
    }

    pub(super) fn cover(&mut self, title_lines: &[String]) -> Option<CoverView> {
        let Dossier { unit, year, .. } = self.inputs.dossier;
        if !year.report.cover.present {
            return None;
        }
        let mut rows = vec![
            CoverRow { label: "评价年度", value: format!("{}年度", year.number) },
            CoverRow { label: "单位（公章）", value: unit.name.value.clone() },
        ];
        let signed = year.report.signature.as_ref().map(|signature| signature.date);
        match year.report.cover.date.or(signed) {
            Some(date) => rows.push(CoverRow { label: "填报日期", value: date.chinese() }),
            None if !self.inputs.dossier.complete => {}
            None => {
                let finding = Diagnostic::new(Code::JB1014, "封面没有填报日期");
                self.push(finding.hint("写 封面: {填报日期: 2024-05-31}，或写 落款"), year.report.title.place);
            }
        }
        Some(CoverView { title_lines: title_lines.to_vec(), rows })
    }
}

/// `2023`, or `2019—2023` for a report of several years.
fn period(year: &Year) -> String {
    match year.first {
        Some(first) => format!("{first}—{}", year.number),
        None => year.number.to_string(),
    }
}

/// How pages are set.
pub(super) fn page(page: Page) -> PageView {
    let Page { duplex, attachments_recto, crop_marks } = page;
    // On single sheets every page is a right-hand page.
    PageView { duplex, attachments_recto: attachments_recto && duplex, crop_marks }
}

/// The issue date; where nobody signs, the last day of the year reported, so that the PDF is dated without a clock.
fn issue_date(dossier: &Dossier) -> Date {
    let year = &dossier.year;
    match &year.report.signature {
        Some(signature) => signature.date,
        None => Date(time::Date::from_calendar_date(year.number, time::Month::December, 31).unwrap_or(time::Date::MIN)),
    }
}

fn date_view(date: Date) -> DateView {
    DateView { year: date.0.year(), month: date.0.month().into(), day: date.0.day() }
}
