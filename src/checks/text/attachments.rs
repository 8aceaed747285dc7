//! JB5011: attachments and evidence that the text names and that are not there, or that nothing names.

use std::sync::LazyLock;

use regex::Regex;

use super::Scene;
use super::passages::{Passage, Role};
use crate::diagnostic::{Code, Diagnostic, some_of};
use crate::dossier::Year;
use crate::pack::{Texts, names, number_and_title, numbers_in};
use crate::source::Sources;

/// 附件2, 详见附件, 《…》（见附件）.
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"附件[ ]*(?P<number>[0-9]{1,2})?|《(?P<title>[^《》]+)》(?:（[^（）]*|，?详?)见附件").ok()
});

pub(super) fn check(scene: &Scene<'_>, findings: &mut Vec<Diagnostic>) {
    if !scene.complete() {
        return;
    }
    for passage in
        scene.passages.iter().filter(|passage| matches!(passage.role, Role::Prose | Role::Heading | Role::Cell))
    {
        named_attachments(scene, passage, findings);
        named_evidence(scene, passage, findings);
    }
    findings.extend(unnamed_evidence(scene));
}

/// The attachments that a text names, against those of report.yaml.
fn named_attachments(scene: &Scene<'_>, passage: &Passage<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(pattern) = NAMED.as_ref() else { return };
    let attachments = &scene.inputs.dossier.year.report.attachments;
    for found in pattern.captures_iter(&passage.text) {
        let Some(whole) = found.get(0) else { continue };
        let message = match (found.name("title"), found.name("number")) {
            (Some(title), _) => {
                let known = attachments.iter().any(|one| is_like(&one.title.value, title.as_str()));
                (!known).then(|| format!("文中说《{}》见附件，附件里没有", title.as_str()))
            }
            _ if is_another_s(&passage.text[..whole.start()]) => None,
            (None, Some(number)) => {
                let wanted: usize = number.as_str().parse().unwrap_or(usize::MAX);
                let there = attachments.len();
                (wanted == 0 || wanted > there).then(|| format!("文中提到附件{wanted}，报告有 {there} 个附件"))
            }
            (None, None) => {
                let refers = passage.text[..whole.start()].ends_with('见');
                (refers && attachments.is_empty()).then(|| "文中说见附件，报告没有附件".to_owned())
            }
        };
        if let Some(message) = message {
            let place = passage.place(whole.range(), scene.inputs.sources);
            findings
                .push(Diagnostic::new(Code::JB5011, message).at(place).hint("在 report.yaml 的 附件 里补上，或改正文"));
        }
    }
}

/// Whether one title is the other, or the other with more around it; `/` only breaks lines.
fn is_like(attachment: &str, named: &str) -> bool {
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '/').collect::<String>();
    let (attachment, named) = (plain(attachment), plain(named));
    attachment.contains("{{") || attachment.contains(&named) || named.contains(&attachment)
}

/// Whether the attachment is some other document's: 《通知》附件2.
fn is_another_s(before: &str) -> bool {
    ["》", "的", "）", "文件", "通知", "号", "其", "该", "原"].iter().any(|word| before.ends_with(word))
}

/// The numbers of evidence that a text names, against the files in the folder evidence.
fn named_evidence(scene: &Scene<'_>, passage: &Passage<'_>, findings: &mut Vec<Diagnostic>) {
    let files = &scene.inputs.dossier.year.evidence;
    if !files.iter().any(|name| number_of(name) > 0) {
        return;
    }
    for (number, range) in numbers_in(&passage.text) {
        if files.iter().any(|name| number_of(name) == number) {
            continue;
        }
        let message = format!("文中提到佐证材料{number}，evidence 里没有编号为 {number} 的文件");
        let place = passage.place(range, scene.inputs.sources);
        findings.push(Diagnostic::new(Code::JB5011, message).at(place).hint("补上文件，或改正编号"));
    }
}

/// Evidence that no file of the year names: its name, its name without number and ending, or 佐证材料 and its number.
fn unnamed_evidence(scene: &Scene<'_>) -> Option<Diagnostic> {
    let (folder, unnamed) = evidence_without_mention(&scene.inputs.dossier.year, scene.inputs.sources)?;
    if unnamed.is_empty() {
        return None;
    }
    let message = format!("{folder}evidence 里的 {} 没有一处提到", some_of(&unnamed));
    Some(
        Diagnostic::new(Code::JB5011, message)
            .hint("在 report.yaml 的 佐证材料、评分的 佐证 或正文里写出文件的名称，或移出文件夹"),
    )
}

/// The year's folder as the user sees it, and the names of the evidence in it that is neither named nor mentioned. None
/// where report.yaml has no place.
fn evidence_without_mention<'a>(year: &'a Year, sources: &'a Sources) -> Option<(&'a str, Vec<&'a str>)> {
    let texts = Texts::of(year, sources)?;
    let scores = year.scores.as_ref().map(|scores| &scores.value);
    let given =
        scores.into_iter().flat_map(|scores| scores.given.0.iter().flat_map(|(_, given)| &given.value.evidence));
    let own = scores.into_iter().flat_map(|scores| scores.own.iter().flat_map(|own| &own.value.evidence));
    let named: Vec<&str> =
        year.report.evidence.iter().chain(given).chain(own).map(|named| named.value.trim()).collect();
    let is_named = |file: &str| named.iter().any(|text| names(text, file)) || texts.mention(file).is_some();
    let unnamed = year.evidence.iter().map(String::as_str).filter(|file| !is_named(file) && !is_clutter(file));
    Some((texts.folder, unnamed.collect()))
}

/// Whether a file lies in the folder because a system or an office program put it there.
fn is_clutter(file: &str) -> bool {
    file.starts_with("~$") || ["thumbs.db", "desktop.ini"].contains(&file.to_ascii_lowercase().as_str())
}

fn number_of(name: &str) -> usize {
    number_and_title(name).0
}
