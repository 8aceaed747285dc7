//! The options of `summary`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{FontArgs, JobArgs, ProfileArgs, UnitArgs};

#[derive(Debug, Args)]
pub(in crate::cli) struct SummaryArgs {
    /// 卷宗文件夹，或放着许多卷宗的文件夹
    #[arg(required = true, value_name = "路径")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// 汇总哪一个年度
    #[arg(long, value_parser = clap::value_parser!(i32).range(1000..=9999), value_name = "年份")]
    pub(in crate::cli) year: i32,
    /// 放在哪个文件夹，文件名为“2023年度汇总.pdf”等；只要一种时可写 - 输出到标准输出；不写则放在当前文件夹
    #[arg(long, short, default_value = ".", value_name = "文件夹")]
    pub(in crate::cli) output: PathBuf,
    /// 写成哪几种，用逗号隔开：pdf、xlsx、json；不写则为 pdf,xlsx
    #[arg(long, value_enum, value_delimiter = ',', default_value = "pdf,xlsx", value_name = "写法")]
    pub(in crate::cli) format: Vec<SummaryFormat>,
    /// 同名的文件不是 jibao 写的，或写出之后改动过，也覆盖
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// 表的标题，/ 处换行；不写则为“2023年度部门整体支出绩效自评结果汇总表”
    #[arg(long, value_name = "标题")]
    pub(in crate::cli) title: Option<String>,
    /// 金额的单位：元、万元、亿元；不写则为万元，各单位的金额都换算过来
    #[arg(long, value_enum, default_value_t = SummaryMoney::TenThousand, value_name = "单位")]
    pub(in crate::cli) unit: SummaryMoney,
    #[command(flatten)]
    pub(in crate::cli) units: UnitArgs,
    #[command(flatten)]
    pub(in crate::cli) parallel: JobArgs,
    #[command(flatten)]
    pub(in crate::cli) fonts: FontArgs,
    #[command(flatten)]
    pub(in crate::cli) profiles: ProfileArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(in crate::cli) enum SummaryFormat {
    /// PDF
    Pdf,
    /// 电子表
    Xlsx,
    /// JSON
    Json,
}

impl SummaryFormat {
    /// How the names of its files end.
    pub(in crate::cli) fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SummaryMoney {
    /// 元
    #[value(name = "元")]
    Yuan,
    /// 万元
    #[value(name = "万元")]
    TenThousand,
    /// 亿元
    #[value(name = "亿元")]
    HundredMillion,
}

impl From<SummaryMoney> for crate::dossier::MoneyUnit {
    fn from(unit: SummaryMoney) -> Self {
        match unit {
            SummaryMoney::Yuan => Self::Yuan,
            SummaryMoney::TenThousand => Self::TenThousand,
            SummaryMoney::HundredMillion => Self::HundredMillion,
        }
    }
}
