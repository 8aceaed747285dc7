//! The attachments, and the note that lists them.

use super::Composer;
use crate::compose::log::Part;
use crate::compose::score_sheet::score_sheet;
use crate::compose::title;
use crate::compose::view::{AttachmentView, BlockView, NoteView};
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{Attachment, AttachmentContent, Orientation};

impl Composer<'_> {
    pub(super) fn attachments(&mut self) -> Vec<AttachmentView> {
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
}

/// The note names each attachment by the title that it bears (GB/T 9704-2012, 7.3.4).
pub(super) fn attachment_note(attachments: &[AttachmentView]) -> Vec<NoteView> {
    let several = attachments.len() > 1;
    let number = |i: usize| several.then(|| format!("{}.", i + 1));
    let note = |(i, one): (usize, &AttachmentView)| NoteView { number: number(i), name: one.title_lines.concat() };
    attachments.iter().enumerate().map(note).collect()
}
