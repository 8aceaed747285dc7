//! Whether a PDF is what the data that it carries give: its report is made again, in a temporary folder, and compared.
//!
//! The proof is against accidents and edits by hand. It is no signature: whoever has the program can make an honest PDF of
//! other data.

mod align;
mod artifacts;
mod bulk;
mod compare;
mod data;
mod difference;
mod fixed;
mod flow;
mod glyphs;
mod marks;
mod merged;
mod order;
mod pages;
mod properties;
mod rebuild;
mod results;
mod scratch;
mod vocabulary;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub use difference::{Difference, Kind};

use crate::attach::{CONTENTS, Contents, ExtractError, read_carried};
use crate::reader::{Attachment, ReadError};
use crate::typeset::FontSet;
use rebuild::{Rebuilt, rebuild};

/// What comes of comparing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Identical to the byte.
    Identical,
    /// The same figures and words, made by another version of the program or with other faces.
    Same,
    /// Something differs.
    Different,
}

/// What is known of a PDF that carries data.
#[derive(Debug, Clone)]
pub struct Proof {
    /// What comes of comparing.
    pub verdict: Verdict,
    /// What the PDF says of the data; none where that cannot be read.
    pub contents: Option<Contents>,
    /// Why it need not be identical: the version of the program, faces.
    pub reasons: Vec<String>,
    /// What differs.
    pub differences: Vec<Difference>,
}

/// Why nothing can be said of a PDF.
#[derive(Debug, thiserror::Error)]
pub enum Unproven {
    /// It carries no data.
    #[error("没有附源数据；排印时在 unit.yaml 里写 附源数据: true")]
    NoData,
    /// It was made by a program whose list this one does not know.
    #[error("附件清单是第 {0} 版的格式，这个程序读不懂；请用较新的 jibao")]
    Newer(u32),
    /// It cannot be read.
    #[error("{0}")]
    Unreadable(#[from] ReadError),
    /// What it carries is not to be unpacked.
    #[error("{0}")]
    Refused(#[from] ExtractError),
    /// The temporary folder cannot be written.
    #[error("临时文件夹写不进去：{0}")]
    Temporary(std::io::ErrorKind),
    /// It carries more than is laid out to compare it.
    #[error("所附的数据太多（表格 20 万格或文字数百万字以上），没有重新排印来比较")]
    TooMuch,
    /// The program itself failed on what it carries.
    #[error("程序处理所附的数据时出了错，没有比较完")]
    Panicked,
}

impl From<std::io::Error> for Unproven {
    /// Without the way to the folder, which is nobody's business.
    fn from(error: std::io::Error) -> Self {
        Self::Temporary(error.kind())
    }
}

/// Makes the report of a PDF again from what it carries, and compares. Nothing is written outside a temporary folder.
///
/// # Errors
/// A PDF that carries nothing, or of which nothing can be said.
pub fn verify(pdf: &[u8], fonts: &FontSet) -> Result<Proof, Unproven> {
    guarded(|| verify_unguarded(pdf, fonts))
}

/// Whatever strange data make the program do, the other files are looked at all the same.
fn guarded(verify: impl FnOnce() -> Result<Proof, Unproven>) -> Result<Proof, Unproven> {
    catch_unwind(AssertUnwindSafe(verify)).unwrap_or(Err(Unproven::Panicked))
}

fn verify_unguarded(pdf: &[u8], fonts: &FontSet) -> Result<Proof, Unproven> {
    let carried = read_carried(pdf.to_vec())?;
    let Some(list) = carried.iter().find(|file| file.name == CONTENTS) else { return without_list(&carried) };
    let schema = serde_json::from_slice::<Schema>(&list.bytes).map(|list| list.schema);
    let contents = match (schema, serde_json::from_slice::<Contents>(&list.bytes)) {
        (Ok(Contents::SCHEMA), Ok(contents)) => contents,
        (Ok(newer), _) if newer > Contents::SCHEMA => return Err(Unproven::Newer(newer)),
        _ => return Ok(broken(None, Difference::of_file(CONTENTS, "读不懂，是程序写出之后改过的"))),
    };
    if !contents.has_plausible_years() {
        let what = "里的年度不合理，是程序写出之后改过的";
        return Ok(broken(Some(contents), Difference::of_file(CONTENTS, what)));
    }
    let rebuilt = match rebuild(&carried, &contents, fonts)? {
        Ok(rebuilt) => rebuilt,
        Err(why) => {
            let mut proof = broken(Some(contents.clone()), Difference::new(Kind::Data, why));
            proof.differences.extend(data::changed_files(&carried, &contents));
            return Ok(proof);
        }
    };
    if rebuilt.pdf == pdf {
        let (verdict, differences, reasons) = (Verdict::Identical, Vec::new(), Vec::new());
        return Ok(Proof { verdict, contents: Some(contents), reasons, differences });
    }
    compared(pdf, &carried, contents, &rebuilt)
}

/// The version of a list, whatever else it has.
#[derive(serde::Deserialize)]
struct Schema {
    schema: u32,
}

/// A PDF without a list: nothing of ours, or what is left of it.
fn without_list(carried: &[Attachment]) -> Result<Proof, Unproven> {
    let ours = carried.iter().any(|file| file.name == "unit.yaml" || file.name.starts_with("jibao/"));
    if !ours {
        return Err(Unproven::NoData);
    }
    Ok(broken(None, Difference::of_file(CONTENTS, "被去掉了")))
}

fn broken(contents: Option<Contents>, difference: Difference) -> Proof {
    Proof { verdict: Verdict::Different, contents, reasons: Vec::new(), differences: vec![difference] }
}

fn compared(pdf: &[u8], carried: &[Attachment], contents: Contents, rebuilt: &Rebuilt) -> Result<Proof, Unproven> {
    let mut reasons = rebuilt.reasons.clone();
    let mut differences = data::differences(carried, &contents, rebuilt);
    let compared = compare::differences(pdf, &contents, rebuilt)?;
    differences.extend(compared.differences);
    if !compared.unproven.is_empty() {
        let names = compared.unproven.into_iter().collect::<Vec<_>>().join("、");
        reasons.push(format!("字形没有核对，印出的字是否就是复制出的字，要人看：{names}"));
    }
    let verdict = if differences.is_empty() && !reasons.is_empty() { Verdict::Same } else { Verdict::Different };
    if differences.is_empty() && reasons.is_empty() {
        let text = "文件不是 jibao 写出的原样，多半是用别的程序另存过；文字、位置、线条、附件和属性没有查出不同";
        differences.push(Difference::new(Kind::File, text));
    }
    Ok(Proof { verdict, contents: Some(contents), reasons, differences })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_the_programs_leaves_a_file_unproven() {
        #[expect(clippy::panic, reason = "what is guarded against")]
        let failed = guarded(|| panic!("on purpose"));
        assert!(matches!(failed, Err(Unproven::Panicked)));
    }
}
