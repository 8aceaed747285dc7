//! stub

use crate::compose::ReportView;
use crate::diagnostic::Diagnostic;

/// The copy.
pub fn docx(_view: &ReportView, _charts: &[Vec<u8>]) -> Result<Vec<u8>, Diagnostic> {
    Ok(Vec::new())
}
