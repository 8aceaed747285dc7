//! What a PDF says of the data that it carries: enough to make the report again, and to say why it comes out otherwise.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::compose::DateView;
use crate::hash::sum_of;
use crate::profile::layout_templates;
use crate::typeset::FontSet;

/// The list of what is carried, and under which circumstances the report was made. No path of the machine is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// The version of this form.
    pub schema: u32,
    /// The version of the program.
    pub jibao: String,
    /// The SHA-256 of the templates that lay the pages out.
    pub templates: String,
    /// 年度; of a report of several years the last.
    pub year: i32,
    /// The first year of a report of several.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub since: Option<i32>,
    /// Whether every page is marked as a draft.
    pub draft: bool,
    /// The date of the PDF's properties, where it is not the issue date.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub date: Option<DateView>,
    /// Whether the comments in the YAML are kept.
    pub comments: bool,
    /// The faces.
    pub fonts: Vec<FontSum>,
    /// The files that the report is made from, in the order of their paths.
    pub files: Vec<FileSum>,
}

impl Contents {
    /// The version of the form that this program writes.
    pub const SCHEMA: u32 = 1;

    /// Whether the years are such as folders are named by, in order, and no more than one report tells of.
    pub fn has_plausible_years(&self) -> bool {
        let first = self.since.unwrap_or(self.year);
        FIRST_YEAR <= first && first <= self.year && self.year <= LAST_YEAR && self.year - first < MOST_YEARS
    }
}

/// The years that a folder can be named by: four digits, and no zero before them.
const FIRST_YEAR: i32 = 1000;
const LAST_YEAR: i32 = 9999;

/// The most years from the first to the last of one report.
const MOST_YEARS: i32 = 100;

/// A face by what it is, wherever it lay.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FontSum {
    /// What it is for: 仿宋, 黑体 and so on.
    pub role: String,
    /// Its family.
    pub family: String,
    /// The SHA-256 of its file.
    pub sha256: String,
}

/// A file by what it holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileSum {
    /// Its path in the PDF.
    pub path: String,
    /// Its SHA-256.
    pub sha256: String,
    /// Its length in bytes.
    pub bytes: usize,
}

impl FileSum {
    /// Of this file.
    pub fn of(path: &str, data: &[u8]) -> Self {
        Self { path: path.to_owned(), sha256: sum_of(data), bytes: data.len() }
    }
}

/// The SHA-256 of the templates that lay the pages out: two programs of one version may differ while they are worked on.
pub fn templates_sum() -> &'static str {
    static SUM: LazyLock<String> = LazyLock::new(|| {
        let mut templates: Vec<_> = layout_templates().collect();
        templates.sort();
        let mut whole = Vec::new();
        for (path, text) in templates {
            whole.extend_from_slice(sum_of(path.to_string_lossy().replace('\\', "/").as_bytes()).as_bytes());
            whole.extend_from_slice(sum_of(text).as_bytes());
        }
        sum_of(&whole)
    });
    &SUM
}

/// The faces of a run.
///
/// # Errors
/// A face of the user's that can no longer be read.
pub fn program_fonts(fonts: &FontSet) -> std::io::Result<Vec<FontSum>> {
    let known = fonts.sums()?;
    let sums = known.iter().map(|(role, family, sha256)| FontSum {
        role: role.name().to_owned(),
        family: family.clone(),
        sha256: sha256.clone(),
    });
    Ok(sums.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_that_no_report_has_are_not_plausible() {
        let plausible = |since: Option<i32>, year: i32| {
            let contents = Contents {
                schema: 1,
                jibao: String::new(),
                templates: String::new(),
                year,
                since,
                draft: false,
                date: None,
                comments: true,
                fonts: Vec::new(),
                files: Vec::new(),
            };
            contents.has_plausible_years()
        };
        assert!(plausible(None, 2023) && plausible(Some(2019), 2023) && plausible(Some(2023), 2023));
        assert!(!plausible(Some(2024), 2023) && !plausible(Some(1900), 2023) && !plausible(Some(i32::MIN), i32::MAX));
        assert!(!plausible(None, 23) && !plausible(None, 20_230) && !plausible(None, -1));
    }

    #[test]
    fn the_sums_of_the_bundled_faces_are_those_of_their_files() {
        let fonts = FontSet::new(&[], false).unwrap();
        let sums = program_fonts(&fonts).unwrap();
        let files = fonts.files().unwrap();
        let real: Vec<String> = files.iter().map(|(_, data)| sum_of(data)).collect();
        assert!(sums.len() >= 7);
        for font in sums {
            assert!(real.contains(&font.sha256), "{font:?}");
        }
    }
}
