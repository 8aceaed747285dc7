//! unit.yaml: the unit, its profile, and how pages and amounts are set.

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::Error;

use super::Identity;
use crate::source::Spanned;

/// 单位: who reports, and the settings that hold for all its years.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "单位，以及各年共用的设置")]
pub struct Unit {
    /// 单位名称: the full name, as on the seal.
    #[serde(rename = "单位名称")]
    #[schemars(extend("pattern" = "\\S"), description = "单位全称，与公章一致")]
    pub name: Spanned<String>,
    /// 体例: the profile, by its folder's name.
    #[serde(rename = "体例", default = "default_profile")]
    #[schemars(description = "体例的名称：勾稽关系、指标体系、标准表都在体例里；不写则为 department-overall")]
    pub profile: Spanned<String>,
    /// 页面: how pages are set.
    #[serde(rename = "页面", default)]
    #[schemars(description = "页面怎样排")]
    pub page: Page,
    /// 金额: how amounts are read, rounded and printed.
    #[serde(rename = "金额", default)]
    #[schemars(description = "金额怎样读、怎样舍入、怎样印")]
    pub money: Money,
    /// 勾稽关系: identities of the unit's own, besides those of the profile.
    #[serde(rename = "勾稽关系", default)]
    #[schemars(description = "本单位自己的勾稽关系，与体例的一起核对")]
    pub identities: Vec<Spanned<Identity>>,
    /// 附源数据: whether the PDF carries the data that it was made from.
    #[serde(rename = "附源数据", default)]
    #[schemars(
        description = "true：把编报告用的 YAML、体例和算出的数附在 PDF 里，可以取出，也可以证明两者相符；去注释：附，但不带 YAML 里的注释；不写则不附"
    )]
    pub attach: Attach,
}

fn default_profile() -> Spanned<String> {
    "department-overall".to_owned().into()
}

/// 附源数据: what the PDF carries of the data that it was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Attach {
    /// Nothing.
    #[default]
    Nothing,
    /// true: the files as they are.
    Whole,
    /// 去注释: the files without the comments in them.
    WithoutComments,
}

impl<'de> Deserialize<'de> for Attach {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "true" | "是" => Ok(Self::Whole),
            "false" | "否" => Ok(Self::Nothing),
            "去注释" => Ok(Self::WithoutComments),
            other => Err(D::Error::custom(format!("附源数据“{other}”不对\n写 true、去注释，或 false"))),
        }
    }
}

/// 页面: how pages are set.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "页面怎样排")]
pub struct Page {
    /// 双面: mirrored margins, page numbers on the outer side (GB/T 9704-2012, 6.1 and 7.5).
    #[serde(rename = "双面", default = "super::forms::yes")]
    #[schemars(description = "true：双面印，左右边距对称，页码单右双左；false：单面印；不写则为 true")]
    pub duplex: bool,
    /// 附件单页起: printed on both sides, each attachment begins on an odd page, after a blank one where need be.
    #[serde(rename = "附件单页起", default)]
    #[schemars(description = "true：双面印时，附件一律从单页起，必要时空一页；不写则为 false")]
    pub attachments_recto: bool,
    /// 裁切标记: crop marks outside the sheet, for printing on larger paper.
    #[serde(rename = "裁切标记", default)]
    #[schemars(description = "true：纸张四角外加裁切标记，送印刷厂用；不写则为 false")]
    pub crop_marks: bool,
}

impl Default for Page {
    fn default() -> Self {
        Self { duplex: true, attachments_recto: false, crop_marks: false }
    }
}

/// 金额: how amounts are read, rounded and printed.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(description = "金额怎样读、怎样舍入、怎样印")]
pub struct Money {
    /// 单位: the unit of figures that name none.
    #[serde(rename = "单位")]
    #[schemars(description = "不另写单位的数按哪个单位；不写则为万元")]
    pub unit: MoneyUnit,
    /// 小数位: the digits behind the point that are printed.
    #[serde(rename = "小数位")]
    #[schemars(description = "印几位小数：0 到 6，或 原样（照填报的位数印）；不写则为 2")]
    pub places: Places,
    /// 舍入: how the digits behind them are dropped.
    #[serde(rename = "舍入")]
    #[schemars(description = "怎样舍入；不写则为四舍五入")]
    pub rounding: Rounding,
    /// 尾差: what a difference within rounding counts as.
    #[serde(rename = "尾差")]
    #[schemars(description = "舍入造成的差算什么；不写则为提示")]
    pub tail: TailPolicy,
}

impl Default for Money {
    fn default() -> Self {
        Self {
            unit: MoneyUnit::TenThousand,
            places: Places::Fixed(2),
            rounding: Rounding::HalfUp,
            tail: TailPolicy::Hint,
        }
    }
}

/// The default unit of amounts, the smallest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[schemars(description = "金额的单位")]
pub enum MoneyUnit {
    /// 元.
    #[serde(rename = "元")]
    #[schemars(description = "元")]
    Yuan,
    /// 万元.
    #[serde(rename = "万元")]
    #[schemars(description = "万元")]
    TenThousand,
    /// 亿元.
    #[serde(rename = "亿元")]
    #[schemars(description = "亿元")]
    HundredMillion,
}

impl MoneyUnit {
    /// The unit's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::TenThousand => "万元",
            Self::HundredMillion => "亿元",
        }
    }
}

/// 小数位: the digits behind the point that are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Places {
    /// Always so many.
    Fixed(u32),
    /// 原样: a given figure as it was written, a computed one with [`Places::COMPUTED`].
    AsWritten,
}

impl Places {
    /// The digits behind the point of a computed figure under 原样.
    pub const COMPUTED: u32 = 2;

    /// The digits, where a number of them is set.
    pub fn fixed(self) -> Option<u32> {
        match self {
            Self::Fixed(places) => Some(places),
            Self::AsWritten => None,
        }
    }

    /// The digits behind the point of a computed figure.
    pub fn computed(self) -> u32 {
        match self {
            Self::Fixed(places) => places,
            Self::AsWritten => Self::COMPUTED,
        }
    }
}

impl<'de> Deserialize<'de> for Places {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == "原样" {
            return Ok(Self::AsWritten);
        }
        text.parse()
            .ok()
            .filter(|places| *places <= 6)
            .map(Self::Fixed)
            .ok_or_else(|| D::Error::custom(format!("小数位“{text}”不对\n写 原样，或 0 到 6 的整数")))
    }
}

/// 舍入: how the digits that are not printed are dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(description = "不印的位怎样去掉")]
pub enum Rounding {
    /// 四舍五入: a half goes away from zero.
    #[serde(rename = "四舍五入")]
    #[schemars(description = "逢五进一")]
    HalfUp,
    /// 截断: dropped.
    #[serde(rename = "截断")]
    #[schemars(description = "直接去掉")]
    Truncate,
    /// 四舍六入五成双: a half goes to the even digit (GB/T 8170-2008, 3.2).
    #[serde(rename = "四舍六入五成双")]
    #[schemars(description = "逢五看前一位：奇进偶不进")]
    HalfEven,
}

impl Rounding {
    /// The rounding of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "四舍五入" => Self::HalfUp,
            "截断" => Self::Truncate,
            "四舍六入五成双" => Self::HalfEven,
            _ => return None,
        })
    }
}

/// 尾差: what a difference within the rounding of the operands counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(description = "舍入造成的差算什么")]
pub enum TailPolicy {
    /// 提示: a warning.
    #[serde(rename = "提示")]
    #[schemars(description = "作为警告")]
    Hint,
    /// 错误: an error.
    #[serde(rename = "错误")]
    #[schemars(description = "作为错误")]
    Error,
}
