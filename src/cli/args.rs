//! The command line. No logic: what the options mean is decided where they are used.
#![expect(clippy::doc_markdown, reason = "doc comments here are the help text, where backticks would show")]

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::batch::{Only, Pattern, Selection, ShardRequest, Years};
use crate::export::{PPI_RANGE, USUAL_PPI};
use crate::schema::Kind;

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

/// 年度文件夹、卷宗文件夹，或放着许多卷宗的文件夹
#[derive(Debug, Args)]
pub(super) struct TargetArgs {
    /// 年度文件夹、卷宗文件夹，或放着许多卷宗的文件夹；可用通配符 * 和 ?
    #[arg(required = true, value_name = "路径")]
    pub(super) paths: Vec<PathBuf>,
    /// 只做这些年度：2023、2019..2023，或用逗号隔开
    #[arg(long, value_name = "年份")]
    pub(super) years: Option<Years>,
    /// 只做这些单位：单位名称或卷宗文件夹名里有这几个字的，或写通配符；可写多次
    #[arg(long, value_name = "名称")]
    pub(super) only: Vec<Only>,
    /// 同时处理几份报告；不写则有几个处理器就几份
    #[arg(long, short, default_value_t = 0, value_name = "份数")]
    pub(super) jobs: usize,
    /// 有警告也算不通过
    #[arg(long)]
    pub(super) deny_warnings: bool,
}

impl TargetArgs {
    /// Which reports of those at the paths are meant.
    pub(super) fn selection(&self) -> Selection {
        Selection { years: self.years.clone(), only: self.only.clone() }
    }
}

#[derive(Debug, Args)]
pub(super) struct FontArgs {
    /// 在这个文件夹里找方正小标宋、仿宋_GB2312 等公文字体，找到的优先；可写多次，也可用环境变量 JIBAO_FONT_PATH
    #[arg(long = "font-path", env = "JIBAO_FONT_PATH", value_delimiter = ';', value_name = "文件夹")]
    pub(super) folders: Vec<PathBuf>,
    /// 也用本机安装的公文字体（换一台机器，结果可能不同）
    #[arg(long)]
    pub(super) system_fonts: bool,
}

#[derive(Debug, Args)]
pub(super) struct ProfileArgs {
    /// 先在这个文件夹里找体例（一个体例一个文件夹）；可写多次，也可用环境变量 JIBAO_PROFILE_PATH
    #[arg(long = "profile-path", env = "JIBAO_PROFILE_PATH", value_delimiter = ';', value_name = "文件夹")]
    pub(super) profile_folders: Vec<PathBuf>,
}

impl ProfileArgs {
    /// The profiles in these folders, before those that come with the program.
    pub(super) fn library(&self) -> crate::profile::Library {
        crate::profile::Library::new(self.profile_folders.clone())
    }
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option that is given or not")]
pub(super) struct BuildArgs {
    #[command(flatten)]
    pub(super) targets: TargetArgs,
    /// 放在哪个文件夹；只有一份报告、只要一种时可写文件名（.pdf、.docx、.txt），或 - 输出到标准输出；不写则放在卷宗文件夹里
    #[arg(long, short, value_name = "去处")]
    pub(super) output: Option<PathBuf>,
    /// 文件名的样式，可用 {单位}、{年度}、{卷宗}（卷宗文件夹的名称），/ 分开文件夹；不写则为 {单位}-{年度}.pdf
    #[arg(long, value_name = "样式")]
    pub(super) name: Option<Pattern>,
    /// 做成哪几种，用逗号隔开：pdf、docx（可改的 Word 稿）、txt（纯文字）、png 和 svg（一页一张图）、typ（模板、数据和字体，供 Typst 命令行排印；-o 写文件夹，单独用）；不写则为 pdf，或按 -o 的文件名
    #[arg(long, value_enum, value_delimiter = ',', value_name = "格式")]
    pub(super) format: Vec<Product>,
    /// png 每英寸多少点，36 到 600
    #[arg(long, default_value_t = USUAL_PPI, value_parser = ppi(), value_name = "点数")]
    pub(super) ppi: u32,
    /// 把这些年编成一份多年报告，每个卷宗一份，如 2019..2023
    #[arg(long, conflicts_with = "years", value_name = "年份")]
    pub(super) multi_year: Option<Years>,
    /// 没有变化的也重新排印；同名的文件不是 jibao 写的，或写出之后改动过，也覆盖
    #[arg(long)]
    pub(super) force: bool,
    /// 有一份没有通过就不再做后面的
    #[arg(long)]
    pub(super) fail_fast: bool,
    /// 把每份报告的结果写成 JSON 清单；- 写到标准输出
    #[arg(long, value_parser = json_file, value_name = "文件.json")]
    pub(super) manifest: Option<PathBuf>,
    /// 只做其中一份工作：2/4 是平分成四份的第二份；auto 或 auto/4 按 JOB_COMPLETION_INDEX、SLURM_ARRAY_TASK_ID
    #[arg(long, value_name = "份")]
    pub(super) shard: Option<ShardRequest>,
    /// 不排印，只列出要做的报告，一行一份
    #[arg(long, conflicts_with = "multi_year")]
    pub(super) list: bool,
    /// 有错误也排印，每页加“草稿”字样
    #[arg(long)]
    pub(super) draft: bool,
    /// 把源数据附在 PDF 里（同 unit.yaml 的 附源数据: true）；--attach-data=no-comments 不带 YAML 里的注释，=no 不附；unit.yaml 写了 去注释 的，注释总不附
    #[arg(
        long, value_enum, value_name = "怎样附", num_args = 0..=1, require_equals = true, default_missing_value = "yes"
    )]
    pub(super) attach_data: Option<AttachData>,
    /// 发现的写法：human（原文、指针、各处的数、办法）、short（一行一条）、json（每行一个 JSON）、github（GitHub Actions 的标注）、sarif（全部写成一份 SARIF 2.1.0）
    #[arg(long, value_enum, default_value_t = FindingFormat::Human, value_name = "写法")]
    pub(super) findings: FindingFormat,
    #[command(flatten)]
    pub(super) fonts: FontArgs,
    #[command(flatten)]
    pub(super) profiles: ProfileArgs,
}

/// Pixels to the inch that pictures may have.
fn ppi() -> clap::builder::RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(i64::from(*PPI_RANGE.start())..=i64::from(*PPI_RANGE.end()))
}

#[derive(Debug, Args)]
pub(super) struct PackArgs {
    #[command(flatten)]
    pub(super) targets: TargetArgs,
    /// zip 放在哪个文件夹，文件名为“单位-年度-报送.zip”；不写则放在卷宗文件夹里
    #[arg(long, short, value_name = "文件夹")]
    pub(super) output: Option<PathBuf>,
    /// 同名的 zip 不是 jibao 写的，或写出之后改动过，也覆盖
    #[arg(long)]
    pub(super) force: bool,
    /// 把源数据附在 PDF 里（同 unit.yaml 的 附源数据: true）；--attach-data=no-comments 不带 YAML 里的注释，=no 不附；unit.yaml 写了 去注释 的，注释总不附
    #[arg(
        long, value_enum, value_name = "怎样附", num_args = 0..=1, require_equals = true, default_missing_value = "yes"
    )]
    pub(super) attach_data: Option<AttachData>,
    /// 发现的写法：human（原文、指针、各处的数、办法）、short（一行一条）、json（每行一个 JSON）、github（GitHub Actions 的标注）、sarif（全部写成一份 SARIF 2.1.0）
    #[arg(long, value_enum, default_value_t = FindingFormat::Human, value_name = "写法")]
    pub(super) findings: FindingFormat,
    #[command(flatten)]
    pub(super) fonts: FontArgs,
    #[command(flatten)]
    pub(super) profiles: ProfileArgs,
}

#[derive(Debug, Args)]
pub(super) struct MergeArgs {
    /// 各份的清单（build --manifest 写的）
    #[arg(required = true, value_name = "清单")]
    pub(super) manifests: Vec<PathBuf>,
    /// 合成的清单写到哪里；不写则输出到标准输出
    #[arg(long, short, value_parser = json_file, value_name = "文件.json")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ExtractArgs {
    /// PDF；- 为标准输入
    #[arg(value_name = "文件.pdf")]
    pub(super) file: PathBuf,
    /// 取出来放进哪个文件夹
    #[arg(long, short, required_unless_present = "list", value_name = "文件夹")]
    pub(super) output: Option<PathBuf>,
    /// 只列出附了什么，不取出
    #[arg(long, conflicts_with = "output")]
    pub(super) list: bool,
    /// 已经有的文件也覆盖
    #[arg(long)]
    pub(super) force: bool,
}

#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// PDF；- 为标准输入
    #[arg(required = true, value_name = "文件.pdf")]
    pub(super) files: Vec<PathBuf>,
    /// 写法：human（文字）、json（每份一行）
    #[arg(long, value_enum, default_value_t = VerifyFormat::Human, value_name = "写法")]
    pub(super) format: VerifyFormat,
    #[command(flatten)]
    pub(super) fonts: FontArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum VerifyFormat {
    /// 文字
    Human,
    /// JSON
    Json,
}

/// A manifest's file ends in .json, so that none of the inputs is written over by a slip.
fn json_file(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    let json = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"));
    if json || text == "-" { Ok(path) } else { Err("清单的文件名要以 .json 结尾，或写 -".to_owned()) }
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) targets: TargetArgs,
    /// 发现的写法：human（原文、指针、各处的数、办法）、short（一行一条）、json（每行一个 JSON）、github（GitHub Actions 的标注）、sarif（全部写成一份 SARIF 2.1.0）；--findings 是它的别名
    #[arg(long, alias = "findings", value_enum, default_value_t = FindingFormat::Human, value_name = "写法")]
    pub(super) format: FindingFormat,
    #[command(flatten)]
    pub(super) fonts: FontArgs,
    #[command(flatten)]
    pub(super) profiles: ProfileArgs,
}

#[derive(Debug, Args)]
pub(super) struct SummaryArgs {
    /// 卷宗文件夹，或放着许多卷宗的文件夹
    #[arg(required = true, value_name = "路径")]
    pub(super) paths: Vec<PathBuf>,
    /// 汇总哪一个年度
    #[arg(long, value_parser = clap::value_parser!(i32).range(1000..=9999), value_name = "年份")]
    pub(super) year: i32,
    /// 放在哪个文件夹，文件名为“2023年度汇总.pdf”等；只要一种时可写 - 输出到标准输出；不写则放在当前文件夹
    #[arg(long, short, default_value = ".", value_name = "文件夹")]
    pub(super) output: PathBuf,
    /// 写成哪几种，用逗号隔开：pdf、xlsx、json；不写则为 pdf,xlsx
    #[arg(long, value_enum, value_delimiter = ',', default_value = "pdf,xlsx", value_name = "写法")]
    pub(super) format: Vec<SummaryFormat>,
    /// 表的标题，/ 处换行；不写则为“2023年度部门整体支出绩效自评结果汇总表”
    #[arg(long, value_name = "标题")]
    pub(super) title: Option<String>,
    /// 金额的单位：元、万元、亿元；不写则为万元，各单位的金额都换算过来
    #[arg(long, value_enum, default_value_t = SummaryMoney::TenThousand, value_name = "单位")]
    pub(super) unit: SummaryMoney,
    /// 只要这些单位：单位名称或卷宗文件夹名里有这几个字的，或写通配符；可写多次
    #[arg(long, value_name = "名称")]
    pub(super) only: Vec<Only>,
    /// 同时处理几份报告；不写则有几个处理器就几份
    #[arg(long, short, default_value_t = 0, value_name = "份数")]
    pub(super) jobs: usize,
    #[command(flatten)]
    pub(super) fonts: FontArgs,
    #[command(flatten)]
    pub(super) profiles: ProfileArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(super) enum SummaryFormat {
    /// PDF
    Pdf,
    /// 电子表
    Xlsx,
    /// JSON
    Json,
}

impl SummaryFormat {
    /// How the names of its files end.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SummaryMoney {
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

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// 新卷宗的文件夹
    #[arg(value_name = "文件夹")]
    pub(super) folder: PathBuf,
    /// 单位全称；不写则为“某某县某某局”
    #[arg(long, default_value = "某某县某某局", value_name = "名称")]
    pub(super) unit: String,
    /// 评价年度；不写则为 2025
    #[arg(long, default_value_t = 2025, value_parser = clap::value_parser!(i32).range(1950..=2998), value_name = "年份")]
    pub(super) year: i32,
    /// 体例；不写则为 department-overall
    #[arg(long, default_value = "department-overall", value_name = "名称")]
    pub(super) profile: String,
    #[command(flatten)]
    pub(super) profiles: ProfileArgs,
}

#[derive(Debug, Args)]
pub(super) struct FiguresArgs {
    /// 年度文件夹或卷宗文件夹
    #[arg(required = true, value_name = "路径")]
    pub(super) paths: Vec<PathBuf>,
    /// 列出什么：figures（数据项）、scores（评分）
    #[arg(long, value_enum, default_value_t = Listed::Figures, value_name = "内容")]
    pub(super) what: Listed,
    /// 写法：table（表）、json、csv（Excel 可直接打开）
    #[arg(long, value_enum, default_value_t = FiguresFormat::Table, value_name = "写法")]
    pub(super) format: FiguresFormat,
    #[command(flatten)]
    pub(super) profiles: ProfileArgs,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// 年度文件夹或卷宗文件夹，以及要问的名称：数据项（支出.合计）、公式（'=合计(会议费, 培训费)'）、
    /// 勾稽关系（总支出构成、I2）、指标编号（zj1）、总分、等级；或只写一个代码，如 JB2001
    #[arg(required_unless_present = "list", num_args = 1..=2, value_names = ["路径或代码", "名称"])]
    pub(super) words: Vec<String>,
    /// 列出全部代码
    #[arg(long, conflicts_with = "words")]
    pub(super) list: bool,
    /// 写法：text（树）、json（每个年度一行）
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text, value_name = "写法")]
    pub(super) format: ExplainFormat,
    /// 不排版，也就没有页码（快一些）
    #[arg(long)]
    pub(super) no_pages: bool,
    #[command(flatten)]
    pub(super) fonts: FontArgs,
    #[command(flatten)]
    pub(super) profiles: ProfileArgs,
}

#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    /// 哪一种文件：unit、report、figures、section、scores、profile（体例）、indices（指标体系）
    #[arg(required_unless_present = "all", value_enum, value_name = "文件")]
    pub(super) kind: Option<Kind>,
    /// 每一种都写，放进 --output 的文件夹
    #[arg(long, requires = "output", conflicts_with = "kind")]
    pub(super) all: bool,
    /// 放进哪个文件夹；与 --all 一起用
    #[arg(long, short, requires = "all", value_name = "文件夹")]
    pub(super) output: Option<PathBuf>,
    /// 体例；不写则为 department-overall
    #[arg(long, default_value = "department-overall", value_name = "名称")]
    pub(super) profile: String,
    #[command(flatten)]
    pub(super) profiles: ProfileArgs,
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
pub(super) struct FontsArgs {
    #[command(flatten)]
    pub(super) fonts: FontArgs,
    /// 输出内置字体的索引（fonts/index.json 的内容）
    #[arg(long, hide = true)]
    pub(super) index: bool,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// 哪一种命令行
    #[arg(value_enum, value_name = "种类")]
    pub(super) shell: clap_complete::Shell,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Product {
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum AttachData {
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

impl From<AttachData> for crate::dossier::Attach {
    fn from(attach: AttachData) -> Self {
        match attach {
            AttachData::Yes => Self::Whole,
            AttachData::NoComments => Self::WithoutComments,
            AttachData::No => Self::Nothing,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FindingFormat {
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExplainFormat {
    /// 树
    Text,
    /// JSON
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FiguresFormat {
    /// 表
    Table,
    /// JSON
    Json,
    /// CSV（Excel 可直接打开）
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Listed {
    /// 数据项
    Figures,
    /// 评分
    Scores,
}
