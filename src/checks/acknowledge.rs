//! Known differences: a finding that the author names with a reason no longer blocks, and stays on record.

use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::Acknowledgement;
use crate::source::Spanned;

/// Marks the findings that are acknowledged; an acknowledgement without a finding or reason is a finding itself.
pub fn acknowledge(acknowledgements: &[Spanned<Acknowledgement>], findings: &mut Vec<Diagnostic>) {
    let mut more = Vec::new();
    for spanned in acknowledgements {
        let Acknowledgement { code, subject, difference, reason } = &spanned.value;
        // What is left out was reported as missing.
        if code.place.is_none() || reason.value.trim().is_empty() && reason.place.is_none() {
            continue;
        }
        if reason.value.trim().is_empty() {
            more.push(Diagnostic::new(Code::JB9002, format!("已知差异“{subject}”没有写理由")).at(reason.place));
            continue;
        }
        if Code::parse(&code.value).is_some_and(|code| !code.is_difference()) {
            let text = format!("{}不能登记为已知差异：只有数与数不一致才可以登记", code.value);
            more.push(Diagnostic::new(Code::JB9003, text).at(code.place).hint("按那条发现的办法改正"));
            continue;
        }
        let matched = findings.iter_mut().filter(|f| {
            f.acknowledged.is_none() && f.code.as_str() == code.value && f.subject.as_ref() == Some(subject)
        });
        let mut any = false;
        for finding in matched {
            any = true;
            if let (Some(pinned), None) = (difference, finding.difference) {
                let text = format!("{}“{subject}”不是数与数之差，不能写 差额", code.value);
                more.push(Diagnostic::new(Code::JB9001, text).at(pinned.place).hint("删去 差额 这一行"));
            }
            if let (Some(pinned), Some(actual)) = (difference, finding.difference)
                && pinned.value.0 != actual
            {
                let text = format!(
                    "已知差异 {}“{subject}”登记的差额是 {}，现在相差 {}",
                    code.value,
                    pinned.value.0,
                    actual.normalize()
                );
                let drifted = Diagnostic::new(Code::JB9001, text).at(pinned.place).subject(subject.as_str());
                more.push(drifted.hint("数变了：核对之后改正数，或改 差额 并重写理由"));
                continue;
            }
            finding.acknowledged = Some(reason.value.clone());
        }
        if !any {
            let text = format!("已知差异 {}“{subject}”没有对应的发现", code.value);
            let finding = Diagnostic::new(Code::JB9001, text).at(code.place).subject(subject.as_str());
            more.push(match Code::parse(&code.value) {
                Some(_) => finding.hint("差异已经消除的，删去这一条；否则核对 代码 与 位置 是否与 check 所列一致"),
                None => finding.hint("没有这个代码；代码以 check 所列为准，如 JB2001"),
            });
        }
    }
    findings.append(&mut more);
}
