//! The data that a PDF carries (附源数据): what its report was made from and what was computed, so that the report can be
//! made again from the PDF alone.
//!
//! | path in the PDF | what it is | relationship |
//! |---|---|---|
//! | `unit.yaml`, `2023/…` | the dossier's files, as they are or without comments | source |
//! | `体例/NAME/…` | profiles of the user's | source |
//! | `jibao/体例/NAME/…` | profiles that come with the program | source |
//! | `结果/figures.json`, `结果/scores.json` | what was computed | data |
//! | `jibao/manifest.json` | [`Contents`] | supplement |

mod collect;
mod contents;
mod extract;
mod path;
mod profiles;

pub use collect::{Request, collect};
pub use contents::{Contents, FileSum, FontSum, program_fonts, templates_sum};
pub(crate) use extract::open;
pub use extract::{ExtractError, read_carried, write_carried};
pub use path::{PathTrouble, check_paths};

/// The list of what is carried.
pub const CONTENTS: &str = "jibao/manifest.json";
/// The computed figures.
pub const FIGURES: &str = "结果/figures.json";
/// The computed scores.
pub const SCORES: &str = "结果/scores.json";
/// The folder of a dossier that holds profiles of its own.
pub const OWN_PROFILES: &str = "体例";
/// The folder of the profiles that come with the program.
pub const BUNDLED_PROFILES: &str = "jibao/体例";
