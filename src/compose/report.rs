//! A year as a [`ReportView`].

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::chart;
use super::heading::{Counter, chinese, typed_number};
use super::inline::Filler;
use super::log::{Log, Part, Printed};
use super::places::Places;
use super::red_head;
use super::score_sheet::score_sheet;
use super::table::{self, Frame};
use super::title;
use super::view::{
    AttachmentView, BlockView, ChartView, CoverRow, CoverView, DateView, ImprintView, Inline, Meta, NoteView, PageView,
    RedHeadView, ReportView, SignatureView, TableView,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{
    Attachment, AttachmentContent, Block, ChartSpec, Date, Dossier, List, ListStyle, Orientation, Page, PairStyle,
    Pairing, Section, TableSource, Year,
};
use crate::figures::Calculator;
use crate::profile::Profile;
use crate::scoring::Scorecard;
use crate::source::{Place, Sources, Spanned, closest};

mod lacking;

/// Everything that a report is composed of.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// Its profile.
    pub profile: &'a Profile,
    /// Its figures.
    pub calculator: &'a Calculator,
    /// Its scores.
    pub scorecard: Option<&'a Scorecard>,
    /// The text of its files.
    pub sources: &'a Sources,
    /// Whether prints are marked in the view, so that they can be found on the pages.
    pub marked: bool,
}

/// A report as composed.
#[derive(Debug)]
pub struct Composed {
    /// What is to be laid out.
    pub view: ReportView,
    /// What is printed where; marks in the view are numbers of this list.
    pub prints: Vec<Printed>,
    /// Where what is printed is written.
    pub places: Places,
}

/// Composes the report. The faces are left open: `typeset` fills them in.
pub fn compose(inputs: Inputs<'_>, findings: &mut Vec<Diagnostic>) -> Composed {
    let filler = filler(inputs);
    let numbering = &inputs.dossier.year.report.numbering;
    let counter = Counter::new(numbering.iter().map(|style| style.value));
    let mut composer =
        Composer { inputs, filler, findings, counter, tables: 0, charts: 0, paragraphs: 0, places: Vec::new() };
    let view = composer.report();
    let places = Places::of(inputs.dossier, composer.places);
    Composed { view, prints: composer.filler.log.into_prints(), places }
}

/// What fills in the placeholders of a report.
pub(super) fn filler(inputs: Inputs<'_>) -> Filler<'_> {
    let log = Log::new(inputs.marked);
    let Inputs { calculator, sources, profile, .. } = inputs;
    Filler { calculator, sources, profile, log, item: Cell::default(), unknown_scores: RefCell::default() }
}

struct Composer<'a> {
    inputs: Inputs<'a>,
    filler: Filler<'a>,
    findings: &'a mut Vec<Diagnostic>,
    counter: Counter,
    tables: usize,
    charts: usize,
    /// The paragraphs under the innermost heading so far.
    paragraphs: usize,
    /// Where each block is written, in the order of print.
    places: Vec<Option<Place>>,
}

impl Composer<'_> {
    fn report(&mut self) -> ReportView {
        let Dossier { unit, year, .. } = self.inputs.dossier;
        let report = &year.report;
        let title = self.filler.plain(&report.title, self.findings);
        let marks = self.filler.log.marks_from(0);
        self.check_filled("标题", &report.title);
        self.check_filled("单位名称", &unit.name);
        let title_lines = title::lines(&title, &[&unit.name.value], title::PORTRAIT);
        let signature = report.signature.as_ref().map(|signature| SignatureView {
            unit: signature.unit.clone().unwrap_or_else(|| unit.name.value.clone()),
            date: signature.date.chinese(),
            sealed: signature.sealed,
        });
        let (red_head, mut body) = self.red_head();
        for section in &year.sections {
            let level = self.level(section, 1);
            self.section(section, level, &mut body);
        }
        let attachments = self.attachments();
        ReportView {
            meta: self.meta(title.replace('/', "")),
            page: page(unit.page),
            landscape: false,
            fonts: BTreeMap::new(),
            weights: BTreeMap::new(),
            draft: false,
            cover: self.cover(&title_lines),
            red_head,
            title_lines,
            marks,
            body,
            attachment_note: attachment_note(&attachments),
            signature,
            attachments,
            imprint: self.imprint(),
            carried: Vec::new(),
        }
    }

    /// The head of a document, and the line under its title.
    fn red_head(&mut self) -> (Option<RedHeadView>, Vec<BlockView>) {
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

    fn imprint(&mut self) -> Option<ImprintView> {
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

    fn meta(&self, title: String) -> Meta {
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

    fn cover(&mut self, title_lines: &[String]) -> Option<CoverView> {
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

    fn check_filled(&mut self, key: &str, text: &Spanned<String>) {
        if text.value.trim().is_empty() && self.inputs.dossier.complete {
            self.push(Diagnostic::new(Code::JB1016, format!("“{key}”是空的")).hint(format!("填上{key}")), text.place);
        }
    }

    /// The level of a section; without 级别 it is `least`, which it may skip levels from but not rise above.
    fn level(&mut self, section: &Section, least: u8) -> u8 {
        let Some(level) = &section.level else { return least };
        if (least..=4).contains(&level.value) {
            return level.value;
        }
        let finding = Diagnostic::new(Code::JB1016, format!("级别 {} 不对", level.value));
        let hint = format!("这里的级别写 {} 到 4，或不写", least.min(4));
        self.push(finding.hint(hint), level.place);
        least
    }

    fn section(&mut self, section: &Section, level: u8, into: &mut Vec<BlockView>) {
        let mut body = section.body.as_slice();
        let below = match &section.title {
            None => level,
            Some(title) => {
                self.check_filled("标题", title);
                let (number, mut text) = self.heading(title, level, section);
                self.filler.log.heading(level, &format!("{number}{}", plain_text(&text)));
                self.paragraphs = 0;
                if section.run_in && !matches!(body, [Block::Paragraph(_), ..]) {
                    let finding = Diagnostic::new(Code::JB1016, "接排的标题后面要有一段文字");
                    self.push(finding.hint("在 正文 的第一项写一段文字，或去掉 接排"), title.place);
                }
                let mut rest = Vec::new();
                if section.run_in {
                    (rest, body) = self.run_in(body);
                }
                // Where all that it would run into falls away, the heading stands on a line of its own.
                let run_in = section.run_in && !(self.is_multi_year() && rest.is_empty());
                if run_in {
                    end_sentence(&mut text);
                }
                let heading = BlockView::Heading { level: level.min(4), number, text, run_in, rest };
                let place = match section.body.first() {
                    Some(Block::Paragraph(text)) if run_in => text.place,
                    _ => title.place,
                };
                self.add(heading, place, into);
                level + 1
            }
        };
        self.blocks(body, below, into);
    }

    fn add(&mut self, block: BlockView, place: Option<Place>, into: &mut Vec<BlockView>) {
        into.push(block);
        self.places.push(place);
    }

    fn next_paragraph(&mut self) {
        self.paragraphs += 1;
        self.filler.log.enter(Part::Paragraph { number: self.paragraphs });
    }

    /// The number and text of a heading.
    fn heading(&mut self, title: &Spanned<String>, level: u8, section: &Section) -> (String, Vec<Inline>) {
        self.check_typed_number(title);
        if level > 4 {
            let finding = Diagnostic::new(Code::JB1016, "标题只有四级：一、（一）1.（1）");
            self.push(finding.hint("把这一级改成 列表，或合并到上一级"), title.place);
        }
        self.filler.log.enter(Part::Heading);
        let text = self.filler.inlines(title, self.findings);
        let number = if section.numbered.0 {
            self.counter.next(level)
        } else {
            self.counter.pass(level);
            String::new()
        };
        (number, text)
    }

    fn check_typed_number(&mut self, text: &Spanned<String>) {
        if let Some(typed) = typed_number(&text.value) {
            let finding = Diagnostic::new(Code::JB5003, format!("“{typed}”是手工编的号，程序还会再编一次"));
            self.push(finding.hint("删去手工的编号"), text.place);
        }
    }

    fn blocks(&mut self, blocks: &[Block], level: u8, into: &mut Vec<BlockView>) {
        for block in blocks {
            if self.is_multi_year() {
                self.block_if_given(block, level, into);
            } else {
                self.block(block, level, into);
            }
        }
    }

    fn block(&mut self, block: &Block, level: u8, into: &mut Vec<BlockView>) {
        match block {
            Block::Paragraph(text) => self.paragraphs(text, into),
            Block::Subsection(section) => {
                if section.title.is_none() && self.inputs.dossier.complete {
                    let place = section.first_place();
                    self.push(Diagnostic::new(Code::JB1014, "小节没有标题").hint("补上 标题: …"), place);
                }
                let level = self.level(section, level);
                self.section(section, level, into);
            }
            Block::List(list) => self.list(list, level, into),
            Block::Pairs(pairing) => self.pairs(pairing, level, into),
            Block::Table(source) => {
                if let Some(table) = self.table(source) {
                    self.add(BlockView::Table(table), source.place, into);
                }
            }
            Block::Chart(spec) => {
                if let Some(chart) = self.chart(spec) {
                    self.add(BlockView::Chart(chart), spec.place, into);
                }
            }
        }
    }

    /// A text; a block text (`|`) of several lines is a paragraph a line.
    fn paragraphs(&mut self, text: &Spanned<String>, into: &mut Vec<BlockView>) {
        let mut seen = 0;
        for line in text.value.lines().filter(|line| !line.trim().is_empty()) {
            self.next_paragraph();
            let line = Spanned { value: line.trim().to_owned(), place: text.place };
            let block = self.filler.line(&line, &mut seen, self.findings);
            self.add(BlockView::Paragraph { text: block, indent: true }, text.place, into);
        }
    }

    fn list(&mut self, list: &List, level: u8, into: &mut Vec<BlockView>) {
        for item in &list.items {
            self.check_typed_number(item);
        }
        if list.style == ListStyle::Running {
            self.next_paragraph();
            let mut text = Vec::new();
            for (i, item) in list.items.iter().enumerate() {
                text.push(Inline::Text(format!("{}是", chinese(i + 1))));
                text.append(&mut self.filler.inlines(item, self.findings));
                end_sentence(&mut text);
            }
            let first = list.items.first().and_then(|item| item.place);
            self.add(BlockView::Paragraph { text, indent: true }, first, into);
            return;
        }
        for (i, item) in list.items.iter().enumerate() {
            let number = self.counter.item(level, i + 1);
            self.filler.log.enter(Part::Item { number: number.clone() });
            let text = self.filler.inlines(item, self.findings);
            self.add(BlockView::Item { number, text }, item.place, into);
        }
    }

    /// Problems and measures: each pair as one item, or the problems and then the measures under the same numbers.
    fn pairs(&mut self, pairing: &Pairing, level: u8, into: &mut Vec<BlockView>) {
        let item = |this: &mut Self, i: usize, parts: &[&Spanned<String>]| {
            let number = this.counter.item(level, i + 1);
            this.filler.log.enter(Part::Item { number: number.clone() });
            let mut text = Vec::new();
            for part in parts {
                text.append(&mut this.filler.inlines(part, this.findings));
                end_sentence(&mut text);
            }
            BlockView::Item { number, text }
        };
        match pairing.style {
            PairStyle::Together => {
                for (i, pair) in pairing.pairs.iter().enumerate() {
                    let view = item(self, i, &[&pair.problem, &pair.measure]);
                    self.add(view, pair.problem.place, into);
                }
            }
            PairStyle::Apart => {
                for (lead, part) in [("存在的主要问题：", 0), ("改进措施：", 1)] {
                    let lead = BlockView::Paragraph { text: vec![Inline::Text(lead.to_owned())], indent: true };
                    self.add(lead, pairing.pairs.first().and_then(|pair| pair.problem.place), into);
                    for (i, pair) in pairing.pairs.iter().enumerate() {
                        let text = if part == 0 { &pair.problem } else { &pair.measure };
                        let view = item(self, i, &[text]);
                        self.add(view, text.place, into);
                    }
                }
            }
        }
    }

    fn table(&mut self, source: &Spanned<TableSource>) -> Option<TableView> {
        self.tables += 1;
        let frame = |standard| Frame {
            number: self.tables,
            standard,
            sound: self.inputs.dossier.complete,
            place: source.place,
        };
        match &source.value {
            TableSource::Own(spec) => {
                let frame = frame(self.is_multi_year());
                Some(table::table(&self.filler, spec, frame, self.findings))
            }
            TableSource::Standard(name) => {
                let tables = &self.inputs.profile.tables;
                if let Some(spec) = tables.get(name) {
                    return Some(table::table(&self.filler, spec, frame(true), self.findings));
                }
                let names = tables.0.iter().map(|(name, _)| name.as_str());
                let finding = Diagnostic::new(Code::JB5002, format!("体例里没有标准表“{name}”"));
                let finding = finding.suggest(closest(name, names.clone()));
                let list = names.collect::<Vec<_>>().join("、");
                self.push(finding.hint(format!("可用的标准表：{list}")), source.place);
                None
            }
        }
    }

    fn chart(&mut self, spec: &Spanned<ChartSpec>) -> Option<ChartView> {
        self.charts += 1;
        self.check_filled("标题", &spec.value.caption);
        chart::chart(&self.filler, spec, self.charts, self.inputs.dossier.complete, self.findings)
    }

    fn attachments(&mut self) -> Vec<AttachmentView> {
        let attachments = &self.inputs.dossier.year.report.attachments;
        let several = attachments.len() > 1;
        let mut views = Vec::new();
        for (i, attachment) in attachments.iter().enumerate() {
            self.counter.reset();
            let label = if several { format!("附件{}", i + 1) } else { "附件".to_owned() };
            self.filler.log.heading(0, &label);
            self.paragraphs = 0;
            self.filler.log.enter(Part::Title);
            let first = self.filler.log.count();
            let title = self.filler.plain(&attachment.title, self.findings);
            let marks = self.filler.log.marks_from(first);
            let landscape = attachment.orientation == Orientation::Landscape;
            let limit = if landscape { title::LANDSCAPE } else { title::PORTRAIT };
            views.push(AttachmentView {
                label,
                title_lines: title::lines(&title, &[&self.inputs.dossier.unit.name.value], limit),
                marks,
                landscape,
                blocks: self.attachment_blocks(attachment),
            });
        }
        views
    }

    fn attachment_blocks(&mut self, attachment: &Attachment) -> Vec<BlockView> {
        let mut blocks = Vec::new();
        self.blocks(&attachment.body, 1, &mut blocks);
        if attachment.body.is_empty() && attachment.content.is_none() && self.inputs.dossier.complete {
            let finding = Diagnostic::new(Code::JB1014, "附件没有内容");
            self.push(finding.hint("写 内容: 评分表，或写 正文"), attachment.title.place);
        }
        if attachment.content == Some(AttachmentContent::ScoreSheet) {
            match (self.inputs.scorecard, &self.inputs.dossier.year.scores) {
                (Some(card), Some(scores)) => {
                    let sheet = score_sheet(&self.filler, card, &scores.value, self.findings);
                    self.add(BlockView::Table(sheet), attachment.title.place, &mut blocks);
                }
                (_, Some(_)) => {}
                _ if !self.inputs.dossier.complete => {}
                (_, None) => {
                    let finding = Diagnostic::new(Code::JB1001, "附件要印评分表，却没有 scores.yaml");
                    self.push(finding.hint("在这一年的文件夹里放 scores.yaml，或去掉这个附件"), attachment.title.place);
                }
            }
        }
        blocks
    }

    fn push(&mut self, finding: Diagnostic, place: Option<Place>) {
        self.findings.push(finding.at(place));
    }
}

/// `2023`, or `2019—2023` for a report of several years.
fn period(year: &Year) -> String {
    match year.first {
        Some(first) => format!("{first}—{}", year.number),
        None => year.number.to_string(),
    }
}

/// The note names each attachment by the title that it bears (GB/T 9704-2012, 7.3.4).
fn attachment_note(attachments: &[AttachmentView]) -> Vec<NoteView> {
    let several = attachments.len() > 1;
    let number = |i: usize| several.then(|| format!("{}.", i + 1));
    let note = |(i, one): (usize, &AttachmentView)| NoteView { number: number(i), name: one.title_lines.concat() };
    attachments.iter().enumerate().map(note).collect()
}

/// The words of a text.
fn plain_text(text: &[Inline]) -> String {
    let words = text.iter().filter_map(|run| match run {
        Inline::Text(text) | Inline::Strong(text) => Some(text.as_str()),
        Inline::Mark(_) => None,
    });
    words.collect()
}

/// Ends a text with a full stop where it has no closing mark yet.
fn end_sentence(text: &mut [Inline]) {
    let words = text.iter_mut().rev().find_map(|run| match run {
        Inline::Text(text) | Inline::Strong(text) => Some(text),
        Inline::Mark(_) => None,
    });
    let Some(last) = words else { return };
    if !last.ends_with(['。', '；', '！', '？', '：', '.', ';']) {
        last.push('。');
    }
}

fn page(page: Page) -> PageView {
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
