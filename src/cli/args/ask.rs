//! The options of the commands that answer: `explain` and `figures`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{FontArgs, ProfileArgs};

#[derive(Debug, Args)]
pub(in crate::cli) struct ExplainArgs {
    /// 年度文件夹或卷宗文件夹，以及要问的名称：数据项（支出.合计）、公式（'=合计(会议费, 培训费)'）、
    /// 勾稽关系（总支出构成、I2）、指标编号（zj1）、总分、等级；或只写一个代码，如 JB2001
    #[arg(required_unless_present = "list", num_args = 1..=2, value_names = ["路径或代码", "名称"])]
    pub(in crate::cli) words: Vec<String>,
    /// 列出全部代码
    #[arg(long, conflicts_with = "words")]
    pub(in crate::cli) list: bool,
    /// 写法：text（树）、json（每个年度一行）
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text, value_name = "写法")]
    pub(in crate::cli) format: ExplainFormat,
    /// 不排版，也就没有页码（快一些）
    #[arg(long)]
    pub(in crate::cli) no_pages: bool,
    #[command(flatten)]
    pub(in crate::cli) fonts: FontArgs,
    #[command(flatten)]
    pub(in crate::cli) profiles: ProfileArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ExplainFormat {
    /// 树
    Text,
    /// JSON
    Json,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct FiguresArgs {
    /// 年度文件夹或卷宗文件夹
    #[arg(required = true, value_name = "路径")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// 列出什么：figures（数据项）、scores（评分）
    #[arg(long, value_enum, default_value_t = Listed::Figures, value_name = "内容")]
    pub(in crate::cli) what: Listed,
    /// 写法：table（表）、json、csv（Excel 可直接打开）
    #[arg(long, value_enum, default_value_t = FiguresFormat::Table, value_name = "写法")]
    pub(in crate::cli) format: FiguresFormat,
    #[command(flatten)]
    pub(in crate::cli) profiles: ProfileArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FiguresFormat {
    /// 表
    Table,
    /// JSON
    Json,
    /// CSV（Excel 可直接打开）
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Listed {
    /// 数据项
    Figures,
    /// 评分
    Scores,
}
