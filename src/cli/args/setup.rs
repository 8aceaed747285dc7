//! The options of the commands around the work: `init`, `schema`, `fonts`, `completions`.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use super::{FontArgs, ProfileArgs};
use crate::schema::Kind;

/// The unit of a dossier for which none was named.
pub(in crate::cli) const UNNAMED: &str = "某某县某某局";

#[derive(Debug, Args)]
pub(in crate::cli) struct InitArgs {
    /// 新卷宗的文件夹
    #[arg(value_name = "文件夹")]
    pub(in crate::cli) folder: PathBuf,
    /// 单位全称；不写则为“某某县某某局”
    #[arg(long, default_value = UNNAMED, value_name = "名称")]
    pub(in crate::cli) unit: String,
    /// 评价年度；不写则为 2025
    #[arg(long, default_value_t = 2025, value_parser = clap::value_parser!(i32).range(1950..=2998), value_name = "年份")]
    pub(in crate::cli) year: i32,
    /// 体例；不写则为 department-overall
    #[arg(long, default_value = "department-overall", value_name = "名称")]
    pub(in crate::cli) profile: String,
    #[command(flatten)]
    pub(in crate::cli) profiles: ProfileArgs,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct SchemaArgs {
    /// 哪一种文件：unit、report、figures、section、scores、profile（体例）、indices（指标体系）
    #[arg(required_unless_present = "all", value_enum, value_name = "文件")]
    pub(in crate::cli) kind: Option<Kind>,
    /// 每一种都写，放进 --output 的文件夹
    #[arg(long, requires = "output", conflicts_with = "kind")]
    pub(in crate::cli) all: bool,
    /// 放进哪个文件夹；与 --all 一起用
    #[arg(long, short, requires = "all", value_name = "文件夹")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// 体例；不写则为 department-overall
    #[arg(long, default_value = "department-overall", value_name = "名称")]
    pub(in crate::cli) profile: String,
    #[command(flatten)]
    pub(in crate::cli) profiles: ProfileArgs,
}

impl ValueEnum for Kind {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct FontsArgs {
    #[command(flatten)]
    pub(in crate::cli) fonts: FontArgs,
    /// 输出内置字体的索引（fonts/index.json 的内容）
    #[arg(long, hide = true)]
    pub(in crate::cli) index: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CompletionsArgs {
    /// 哪一种命令行
    #[arg(value_enum, value_name = "种类")]
    pub(in crate::cli) shell: clap_complete::Shell,
}
