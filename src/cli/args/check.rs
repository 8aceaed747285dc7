//! The options of `check`.

use clap::Args;

use super::{FindingFormat, FontArgs, ProfileArgs, TargetArgs, how_findings_read};

#[derive(Debug, Args)]
pub(in crate::cli) struct CheckArgs {
    #[command(flatten)]
    pub(in crate::cli) targets: TargetArgs,
    #[arg(long, alias = "findings", help = concat!(how_findings_read!(), "；--findings 是它的别名"), value_enum, default_value_t = FindingFormat::Human, value_name = "写法")]
    pub(in crate::cli) format: FindingFormat,
    #[command(flatten)]
    pub(in crate::cli) fonts: FontArgs,
    #[command(flatten)]
    pub(in crate::cli) profiles: ProfileArgs,
}
