//! Measure words behind a number, told from words that only begin like one.

/// The measure words of every report.
pub(crate) const MEASURE_WORDS: &[&str] = &["人", "名", "个", "项", "次", "件", "户", "批", "家", "公里"];

/// Words that begin like a unit of money, like one of [`MEASURE_WORDS`] or like a unit that a dossier gives its figures
/// (条, 镇, 村 …), and are none: 项目 is no 项, 个人 no 个, 条件 no 条.
const NO_MEASURE_WORDS: &[&str] = &[
    "元旦",
    "项目",
    "人员",
    "人均",
    "人民",
    "个人",
    "个体",
    "个别",
    "次年",
    "次日",
    "家庭",
    "名称",
    "名单",
    "户籍",
    "件数",
    "批复",
    "批准",
    "条件",
    "处理",
    "处置",
    "所有",
    "所在",
    "期间",
    "分别",
    "分之",
    "分析",
    "支出",
    "支付",
    "支持",
    "部门",
    "部分",
    "门户",
    "门槛",
    "场所",
    "本年",
    "本级",
    "本局",
    "本单位",
    "类别",
    "起点",
    "组织",
    "组成",
    "岗位",
    "字节",
    "张贴",
    "镇村",
    "村级",
    "村居",
    "头部",
    "片区",
    "块链",
    "款项",
    "份额",
    "米制",
    "轮换",
    "套餐",
    "台账",
];

/// Whether a text begins with a word that only looks as if it began with a measure word.
pub(crate) fn is_no_measure_word(text: &str) -> bool {
    NO_MEASURE_WORDS.iter().any(|word| text.starts_with(word))
}
