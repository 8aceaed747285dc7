//! JSON Schemas of the YAML files, for editors: from the types that read them and from the profile.
//!
//! Draft 07, because that is what yaml-language-server, the server behind most editors' YAML, supports in full; of 2020-12
//! it ignores a part without a word.

mod figures;
mod forms;
pub(crate) mod rules;
mod tailor;
mod words;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use serde_json::Value;

use crate::dossier::{self, Report, Scores, Section, Unit};
use crate::profile::{IndexSystem, Profile};

pub(crate) use forms::Subsection;

/// The folder of a dossier that holds the schemas which its files' first lines name.
pub const FOLDER: &str = ".schema";

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// unit.yaml.
    Unit,
    /// report.yaml.
    Report,
    /// figures.yaml.
    Figures,
    /// A file of sections/.
    Section,
    /// scores.yaml.
    Scores,
    /// A profile's profile.yaml.
    Profile,
    /// A file of a profile's indices/.
    Indices,
}

impl Kind {
    /// Every kind.
    pub const ALL: &[Self] =
        &[Self::Unit, Self::Report, Self::Figures, Self::Section, Self::Scores, Self::Profile, Self::Indices];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Report => "report",
            Self::Figures => "figures",
            Self::Section => "section",
            Self::Scores => "scores",
            Self::Profile => "profile",
            Self::Indices => "indices",
        }
    }

    /// The name of the schema's file.
    pub fn file_name(self) -> String {
        format!("{}.json", self.name())
    }

    /// What a file of a dossier is, by its path below the dossier: `2025/figures.yaml`.
    pub fn of(path: &str) -> Option<Self> {
        match path.split('/').collect::<Vec<_>>().as_slice() {
            ["unit.yaml"] => Some(Self::Unit),
            [year, rest @ ..] if dossier::year_of(year).is_some() => match rest {
                ["report.yaml"] => Some(Self::Report),
                ["figures.yaml"] => Some(Self::Figures),
                ["scores.yaml"] => Some(Self::Scores),
                ["sections", _] => Some(Self::Section),
                _ => None,
            },
            _ => None,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Unit => "unit.yaml：单位",
            Self::Report => "report.yaml：一年的报告",
            Self::Figures => "figures.yaml：一年的数据",
            Self::Section => "sections/*.yaml：正文的一节",
            Self::Scores => "scores.yaml：评分",
            Self::Profile => "profile.yaml：体例",
            Self::Indices => "indices/*.yaml：指标体系",
        }
    }
}

/// The comment by which editors find the schema of a file of a dossier, with the path from that file; nothing where the
/// file is of no kind.
pub fn modeline(path: &str) -> Option<String> {
    let kind = Kind::of(path)?;
    let up = "../".repeat(path.matches('/').count());
    Some(format!("# yaml-language-server: $schema={up}{FOLDER}/{}\n", kind.file_name()))
}

/// The schema of a kind of file under a profile. `profiles` are the names that are suggested where a profile is named.
pub fn schema(kind: Kind, profile: &Profile, profiles: &[String]) -> Value {
    let mut schema = match kind {
        Kind::Unit => of_type::<Unit>(),
        Kind::Report => of_type::<Report>(),
        Kind::Figures => figures::schema(profile),
        Kind::Section => of_type::<Section>(),
        Kind::Scores => of_type::<Scores>(),
        Kind::Profile => of_type::<Profile>(),
        Kind::Indices => of_type::<IndexSystem>(),
    };
    tailor::tailor(kind, &mut schema, profile, profiles);
    schema["title"] = kind.title().into();
    schema
}

/// The text of a schema's file.
pub fn text(kind: Kind, profile: &Profile, profiles: &[String]) -> String {
    format!("{:#}\n", schema(kind, profile, profiles))
}

fn of_type<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft07().with_transform(RecursiveTransform(words::as_written));
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_modeline_leads_from_the_file_to_its_schema() {
        let line = |path| modeline(path).unwrap_or_default();
        assert_eq!(line("unit.yaml"), "# yaml-language-server: $schema=.schema/unit.json\n");
        assert_eq!(line("2025/figures.yaml"), "# yaml-language-server: $schema=../.schema/figures.json\n");
        assert_eq!(line("2025/sections/01-a.yaml"), "# yaml-language-server: $schema=../../.schema/section.json\n");
        for other in ["说明.txt", "2025/evidence/a.yaml", "甲/figures.yaml"] {
            assert_eq!(modeline(other), None, "{other}");
        }
    }
}
