//! How many findings there are.

use super::{Diagnostic, Severity};

/// How many findings there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// 错误: those that nobody has acknowledged.
    pub errors: usize,
    /// 警告: those that nobody has acknowledged.
    pub warnings: usize,
    /// 已知差异: the acknowledged ones, however serious.
    pub known: usize,
}

impl Counts {
    /// Counts findings; a hint counts only once it is acknowledged.
    pub fn of(findings: &[Diagnostic]) -> Self {
        let open = |severity| findings.iter().filter(|f| f.acknowledged.is_none() && f.severity == severity).count();
        let known = findings.iter().filter(|finding| finding.acknowledged.is_some()).count();
        Self { errors: open(Severity::Error), warnings: open(Severity::Warning), known }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    #[test]
    fn what_is_acknowledged_is_known_and_no_longer_an_error() {
        let finding = |severity, acknowledged: bool| {
            let acknowledged = acknowledged.then(|| "原表如此".to_owned());
            Diagnostic { severity, acknowledged, ..Diagnostic::new(Code::JB2001, "") }
        };
        let severities = [Severity::Error, Severity::Error, Severity::Warning, Severity::Hint];
        let mut findings: Vec<Diagnostic> = severities.map(|severity| finding(severity, false)).into();
        findings.extend([finding(Severity::Error, true), finding(Severity::Warning, true)]);
        assert_eq!(Counts::of(&findings), Counts { errors: 2, warnings: 1, known: 2 });
        assert_eq!(Counts::of(&[]), Counts::default());
    }
}
