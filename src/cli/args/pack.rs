//! The options of `pack`.

use std::path::PathBuf;

use clap::Args;

use super::{AttachArgs, FindingArgs, FontArgs, ProfileArgs, TargetArgs};

#[derive(Debug, Args)]
pub(in crate::cli) struct PackArgs {
    #[command(flatten)]
    pub(in crate::cli) targets: TargetArgs,
    /// zip 放在哪个文件夹，文件名为“单位-年度-报送.zip”；不写则放在卷宗文件夹里
    #[arg(long, short, value_name = "文件夹")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// 同名的 zip 不是 jibao 写的，或写出之后改动过，也覆盖
    #[arg(long)]
    pub(in crate::cli) force: bool,
    #[command(flatten)]
    pub(in crate::cli) attach: AttachArgs,
    #[command(flatten)]
    pub(in crate::cli) findings: FindingArgs,
    #[command(flatten)]
    pub(in crate::cli) fonts: FontArgs,
    #[command(flatten)]
    pub(in crate::cli) profiles: ProfileArgs,
}
