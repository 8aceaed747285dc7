//! The options of the commands on a finished PDF: `extract` and `verify`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::FontArgs;

#[derive(Debug, Args)]
pub(in crate::cli) struct ExtractArgs {
    /// PDF；- 为标准输入
    #[arg(value_name = "文件.pdf")]
    pub(in crate::cli) file: PathBuf,
    /// 取出来放进哪个文件夹
    #[arg(long, short, required_unless_present = "list", value_name = "文件夹")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// 只列出附了什么，不取出
    #[arg(long, conflicts_with = "output")]
    pub(in crate::cli) list: bool,
    /// 已经有的文件也覆盖
    #[arg(long)]
    pub(in crate::cli) force: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct VerifyArgs {
    /// PDF；- 为标准输入
    #[arg(required = true, value_name = "文件.pdf")]
    pub(in crate::cli) files: Vec<PathBuf>,
    /// 写法：human（文字）、json（每份一行）
    #[arg(long, value_enum, default_value_t = VerifyFormat::Human, value_name = "写法")]
    pub(in crate::cli) format: VerifyFormat,
    #[command(flatten)]
    pub(in crate::cli) fonts: FontArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum VerifyFormat {
    /// 文字
    Human,
    /// JSON
    Json,
}
