//! The options of `build` and `merge`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{AttachArgs, FindingArgs, FontArgs, ProfileArgs, TargetArgs};
use crate::batch::{Pattern, ShardRequest, Years};
use crate::export::{PPI_RANGE, USUAL_PPI};

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option that is given or not")]
pub(in crate::cli) struct BuildArgs {
    #[command(flatten)]
    pub(in crate::cli) targets: TargetArgs,
    /// 放在哪个文件夹；只有一份报告、只要一种时可写文件名（.pdf、.docx、.txt），或 - 输出到标准输出；不写则放在卷宗文件夹里
    #[arg(long, short, value_name = "去处")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// 文件名的样式，可用 {单位}、{年度}、{卷宗}（卷宗文件夹的名称），/ 分开文件夹；不写则为 {单位}-{年度}.pdf
    #[arg(long, value_name = "样式")]
    pub(in crate::cli) name: Option<Pattern>,
    /// 做成哪几种，用逗号隔开：pdf、docx（可改的 Word 稿）、txt（纯文字）、png 和 svg（一页一张图）、typ（模板、数据和字体，供 Typst 命令行排印；-o 写文件夹，单独用）；不写则为 pdf，或按 -o 的文件名
    #[arg(long, value_enum, value_delimiter = ',', value_name = "格式")]
    pub(in crate::cli) format: Vec<Product>,
    /// png 每英寸多少点，36 到 600
    #[arg(long, default_value_t = USUAL_PPI, value_parser = ppi, allow_negative_numbers = true, value_name = "点数")]
    pub(in crate::cli) ppi: u32,
    /// 把这些年编成一份多年报告，每个卷宗一份，如 2019..2023
    #[arg(long, conflicts_with = "years", value_name = "年份")]
    pub(in crate::cli) multi_year: Option<Years>,
    /// 没有变化的也重新排印；同名的文件不是 jibao 写的，或写出之后改动过，也覆盖
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// 有一份没有通过就不再做后面的
    #[arg(long)]
    pub(in crate::cli) fail_fast: bool,
    /// 把每份报告的结果写成 JSON 清单；- 写到标准输出
    #[arg(long, value_parser = json_file, value_name = "文件.json")]
    pub(in crate::cli) manifest: Option<PathBuf>,
    /// 只做其中一份工作：2/4 是平分成四份的第二份；auto 或 auto/4 按 JOB_COMPLETION_INDEX、SLURM_ARRAY_TASK_ID
    #[arg(long, value_name = "份")]
    pub(in crate::cli) shard: Option<ShardRequest>,
    /// 不排印，只列出要做的报告，一行一份
    #[arg(long, conflicts_with = "multi_year")]
    pub(in crate::cli) list: bool,
    /// 有错误也排印，每页加“草稿”字样
    #[arg(long)]
    pub(in crate::cli) draft: bool,
    #[command(flatten)]
    pub(in crate::cli) attach: AttachArgs,
    #[command(flatten)]
    pub(in crate::cli) findings: FindingArgs,
    #[command(flatten)]
    pub(in crate::cli) fonts: FontArgs,
    #[command(flatten)]
    pub(in crate::cli) profiles: ProfileArgs,
}

/// Pixels to the inch that pictures may have.
fn ppi(text: &str) -> Result<u32, String> {
    let said = || format!("写 {} 到 {} 的整数", PPI_RANGE.start(), PPI_RANGE.end());
    text.parse().ok().filter(|ppi| PPI_RANGE.contains(ppi)).ok_or_else(said)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Product {
    /// PDF
    Pdf,
    /// 可改的 Word 稿
    Docx,
    /// 纯文字
    Txt,
    /// 一页一张图
    Png,
    /// 一页一张矢量图
    Svg,
    /// 供 Typst 命令行排印的文件夹
    Typ,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct MergeArgs {
    /// 各份的清单（build --manifest 写的）
    #[arg(required = true, value_name = "清单")]
    pub(in crate::cli) manifests: Vec<PathBuf>,
    /// 合成的清单写到哪里；不写则输出到标准输出
    #[arg(long, short, value_parser = json_file, value_name = "文件.json")]
    pub(in crate::cli) output: Option<PathBuf>,
}

/// A manifest's file ends in .json, so that none of the inputs is written over by a slip.
fn json_file(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    let json = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"));
    if json || text == "-" { Ok(path) } else { Err("清单的文件名要以 .json 结尾，或写 -".to_owned()) }
}
