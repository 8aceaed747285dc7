//! Options that several commands have: each help text stands once.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::batch::{Only, Selection, Years};
use crate::dossier::Attach;

/// The help of the option that says how findings are written.
macro_rules! how_findings_read {
    () => {
        "发现的写法：human（原文、指针、各处的数、办法）、short（一行一条）、json（每行一个 JSON）、github（GitHub Actions 的标注）、sarif（全部写成一份 SARIF 2.1.0）"
    };
}
pub(in crate::cli) use how_findings_read;

/// 年度文件夹、卷宗文件夹，或放着许多卷宗的文件夹
#[derive(Debug, Args)]
pub(in crate::cli) struct TargetArgs {
    /// 年度文件夹、卷宗文件夹，或放着许多卷宗的文件夹；可用通配符 * 和 ?
    #[arg(required = true, value_name = "路径")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// 只做这些年度：2023、2019..2023，或用逗号隔开
    #[arg(long, value_name = "年份")]
    pub(in crate::cli) years: Option<Years>,
    #[command(flatten)]
    pub(in crate::cli) units: UnitArgs,
    #[command(flatten)]
    pub(in crate::cli) parallel: JobArgs,
    /// 有警告也算不通过
    #[arg(long)]
    pub(in crate::cli) deny_warnings: bool,
}

impl TargetArgs {
    /// Which reports of those at the paths are meant.
    pub(in crate::cli) fn selection(&self) -> Selection {
        Selection { years: self.years.clone(), only: self.units.only.clone() }
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct UnitArgs {
    /// 只做这些单位：单位名称或卷宗文件夹名里有这几个字的，或写通配符；可写多次
    #[arg(long, value_name = "名称")]
    pub(in crate::cli) only: Vec<Only>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct JobArgs {
    /// 同时处理几份报告；不写则有几个处理器就几份
    #[arg(long, short, default_value_t = 0, value_parser = job_count, allow_negative_numbers = true, value_name = "份数")]
    pub(in crate::cli) jobs: usize,
}

fn job_count(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| "写整数，如 4；0 是有几个处理器就几份".to_owned())
}

#[derive(Debug, Args)]
pub(in crate::cli) struct FontArgs {
    /// 在这个文件夹里找方正小标宋、仿宋_GB2312 等公文字体，找到的优先；可写多次，也可用环境变量 JIBAO_FONT_PATH
    #[arg(long = "font-path", env = "JIBAO_FONT_PATH", value_delimiter = ';', value_name = "文件夹")]
    pub(in crate::cli) folders: Vec<PathBuf>,
    /// 也用本机安装的公文字体（换一台机器，结果可能不同）
    #[arg(long)]
    pub(in crate::cli) system_fonts: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ProfileArgs {
    /// 先在这个文件夹里找体例（一个体例一个文件夹）；可写多次，也可用环境变量 JIBAO_PROFILE_PATH
    #[arg(long = "profile-path", env = "JIBAO_PROFILE_PATH", value_delimiter = ';', value_name = "文件夹")]
    pub(in crate::cli) profile_folders: Vec<PathBuf>,
}

impl ProfileArgs {
    /// The profiles in these folders, before those that come with the program.
    pub(in crate::cli) fn library(&self) -> crate::profile::Library {
        crate::profile::Library::new(self.profile_folders.clone())
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct FindingArgs {
    #[arg(id = "findings", long, help = how_findings_read!(), value_enum, default_value_t = FindingFormat::Human, value_name = "写法")]
    pub(in crate::cli) format: FindingFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FindingFormat {
    /// 详细：原文、指针、各处的数、办法
    Human,
    /// 一行一条
    Short,
    /// 每行一个 JSON
    Json,
    /// GitHub Actions 的标注
    Github,
    /// 全部写成一份 SARIF 2.1.0
    Sarif,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct AttachArgs {
    /// 把源数据附在 PDF 里（同 unit.yaml 的 附源数据: true）；--attach-data=no-comments 不带 YAML 里的注释，=no 不附；unit.yaml 写了 去注释 的，注释总不附
    #[arg(
        long, value_enum, value_name = "怎样附", num_args = 0..=1, require_equals = true, default_missing_value = "yes"
    )]
    pub(in crate::cli) attach_data: Option<AttachData>,
}

impl AttachArgs {
    /// What the option asks for, in place of what each unit says.
    pub(in crate::cli) fn asked(&self) -> Option<Attach> {
        self.attach_data.map(Into::into)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum AttachData {
    /// 附
    #[value(alias = "是")]
    Yes,
    /// 附，不带注释
    #[value(alias = "去注释")]
    NoComments,
    /// 不附
    #[value(alias = "否")]
    No,
}

impl From<AttachData> for Attach {
    fn from(attach: AttachData) -> Self {
        match attach {
            AttachData::Yes => Self::Whole,
            AttachData::NoComments => Self::WithoutComments,
            AttachData::No => Self::Nothing,
        }
    }
}
