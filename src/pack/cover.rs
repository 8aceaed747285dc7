//! 送审清单: the list of what is in the pack, on the official page.

use super::PackedFile;
use crate::Examination;
use crate::compose::{BlockView, CellView, ColumnView, DateView, Inline, Meta, ReportView, RowView, TableView};
use crate::county::plain_view;
use crate::scoring::print_score;

/// How many digits of a sum are printed: enough to tell files apart by eye. All of them are in the manifest.
const DIGITS: usize = 16;

/// The list of these files, ready to be laid out.
pub(super) fn compose(report: &Examination, files: &[PackedFile], date: DateView) -> ReportView {
    let title = super::title_of(report, "送审清单");
    let meta = Meta {
        title: title.replace('/', ""),
        author: report.dossier.unit.name.value.clone(),
        subject: report.view.meta.subject.clone(),
        keywords: report.view.meta.keywords.iter().cloned().chain(["送审清单".to_owned()]).collect(),
        date,
    };
    let said = BlockView::Paragraph { text: vec![Inline::Text(said(report, files))], indent: true };
    plain_view(meta, &title, false, vec![said, BlockView::Table(table(files))])
}

/// What is submitted, in a sentence or two.
fn said(report: &Examination, files: &[PackedFile]) -> String {
    let evidence = files.iter().filter(|file| file.kind == "evidence").count();
    let title = &report.view.meta.title;
    let of_evidence = if evidence > 0 { format!("，其中佐证材料{evidence}件") } else { String::new() };
    let score = report.scorecard.as_ref().map_or_else(String::new, |card| {
        let grade = card.grade.as_ref().map_or_else(String::new, |grade| format!("，等级为{grade}"));
        format!("。自评得分{}分（满分{}分）{grade}", print_score(card.total), print_score(card.full))
    });
    format!("随《{title}》报送材料{}件{of_evidence}{score}。", files.len())
}

fn table(files: &[PackedFile]) -> TableView {
    let used = files.iter().any(|file| !file.uses.is_empty());
    let mut columns = vec![("序号", 7, "center"), ("材料", 30, "left")];
    if used {
        columns.push(("佐证的指标", 17, "left"));
    }
    columns.extend([("页数", 7, "right"), ("字节", 12, "right"), ("校验码", 23, "center")]);
    let row = |(i, file): (usize, &PackedFile)| {
        let mut cells = vec![(i + 1).to_string(), file.path.clone()];
        if used {
            cells.push(file.uses.join("、"));
        }
        let pages = file.pages.map_or_else(|| "—".to_owned(), |pages| pages.to_string());
        let sum: String = file.sha256.chars().take(DIGITS).collect();
        cells.extend([pages, file.bytes.to_string(), sum]);
        RowView { cells: cells.into_iter().map(CellView::new).collect(), total: false, place: None }
    };
    TableView {
        id: "pack".to_owned(),
        caption: None,
        marks: Vec::new(),
        unit: None,
        size: "small",
        landscape: false,
        header: vec![columns.iter().map(|(name, ..)| CellView::new(*name)).collect()],
        columns: columns.iter().map(|(_, width, align)| ColumnView { width: format!("{width}fr"), align }).collect(),
        rows: files.iter().enumerate().map(row).collect(),
        merge: 0,
        note: Some(format!(
            "注：校验码是文件 SHA-256 的前{DIGITS}位，全文见“{}”；不是 PDF 的不计页数。",
            super::MANIFEST
        )),
        note_marks: Vec::new(),
    }
}
