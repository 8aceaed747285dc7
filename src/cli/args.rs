//! The command line, a file for each command or few. No logic: what the options mean is decided where they are used.
#![expect(clippy::doc_markdown, reason = "doc comments here are the help text, where backticks would show")]

mod ask;
mod build;
mod check;
mod finished;
mod pack;
mod setup;
mod shared;
mod summary;

use clap::{Parser, Subcommand, ValueEnum};

pub(super) use ask::{ExplainArgs, ExplainFormat, FiguresArgs, FiguresFormat, Listed};
pub(super) use build::{BuildArgs, MergeArgs, Product};
pub(super) use check::CheckArgs;
pub(super) use finished::{ExtractArgs, VerifyArgs, VerifyFormat};
pub(super) use pack::PackArgs;
pub(super) use setup::{CompletionsArgs, FontsArgs, InitArgs, SchemaArgs, UNNAMED};
pub(super) use shared::FindingFormat;
use shared::{AttachArgs, FindingArgs, FontArgs, JobArgs, ProfileArgs, TargetArgs, UnitArgs, how_findings_read};
pub(super) use summary::{SummaryArgs, SummaryFormat};

/// 绩报：把部门整体支出绩效自评报告从 YAML 编成公文格式的 PDF，并核对其中的账目
#[derive(Debug, Parser)]
#[command(name = "jibao", version, arg_required_else_help = true)]
#[command(subcommand_help_heading = "命令", disable_help_subcommand = true)]
#[command(disable_help_flag = true, disable_version_flag = true)]
#[command(after_help = "退出码：0 完成；1 有错误级的发现；2 用法不对；101 程序自身出错")]
pub(super) struct Cli {
    /// 做什么
    #[command(subcommand)]
    pub(super) command: Command,
    /// 是否用颜色：auto（在终端上用，设了 NO_COLOR 就不用）、always、never
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto, global = true, value_name = "何时")]
    pub(super) color: ColorChoice,
    /// 除所要的结果外什么都不说
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    /// 说明用法
    #[arg(long, short, global = true, action = clap::ArgAction::Help)]
    help: Option<bool>,
    /// 版本
    #[arg(long, short = 'V', action = clap::ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 核对并排印：一个年度、一个卷宗或一整个文件夹 → PDF
    Build(BuildArgs),
    /// 只核对，列出全部发现（含已登记的差异），不出 PDF；给的是 .pdf 文件的，对照 GB/T 9704
    Check(CheckArgs),
    /// 一个年度各单位的汇总表：主要数据、得分、等级、名次 → PDF、xlsx、JSON
    Summary(SummaryArgs),
    /// 打成报送包：报告、评分表和数据项的电子表、佐证材料、清单 → 每份报告一个 zip
    Pack(PackArgs),
    /// 把分头排印的各份清单（build --shard … --manifest …）合成一份
    Merge(MergeArgs),
    /// 取出 PDF 里附的源数据
    Extract(ExtractArgs),
    /// 证明 PDF 与所附的源数据相符：按数据重新排印，逐字节比较
    Verify(VerifyArgs),
    /// 新建一个能直接排印的卷宗，每个键都有说明
    Init(InitArgs),
    /// 说明一个数怎么来的（路径 名称），或一个代码的意思（代码）
    Explain(ExplainArgs),
    /// 列出算出的数据项或评分
    Figures(FiguresArgs),
    /// 输出 YAML 文件的 JSON Schema，编辑器用它提示和核对
    Schema(SchemaArgs),
    /// 列出各用途的字体、来处和所缺的字
    Fonts(FontsArgs),
    /// 输出命令行补全脚本
    Completions(CompletionsArgs),
    /// 输出手册页（man）
    Man,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorChoice {
    /// 在终端上用，且没有设 NO_COLOR
    Auto,
    /// 总是用
    Always,
    /// 不用
    Never,
}
