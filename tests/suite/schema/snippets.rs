//! Small files that people write, right and wrong, and what only the parser can say.

use super::*;

/// Whether the parser takes it, and so must the schema.
const SNIPPETS: &[(Kind, bool, &str)] = &[
    (Kind::Unit, true, "单位名称: 甲"),
    (Kind::Unit, true, "单位名称: 12345"),
    (Kind::Unit, true, "{单位名称: 甲, 页面: {双面: 否}}"),
    (Kind::Unit, true, "{单位名称: 甲, 金额: {小数位: 原样}}"),
    (Kind::Unit, true, "{单位名称: 甲, 金额: {小数位: '3'}}"),
    (Kind::Unit, false, "体例: department-overall"),
    (Kind::Unit, false, "单位名称: ~"),
    (Kind::Unit, false, "单位名称: ' '"),
    (Kind::Unit, false, "单位名称: [甲]"),
    (Kind::Unit, false, "{单位名称: 甲, 单位地址: 乙}"),
    (Kind::Unit, false, "{单位名称: 甲, 页面: {双面: 双}}"),
    (Kind::Unit, false, "{单位名称: 甲, 页面: 双面}"),
    (Kind::Unit, false, "{单位名称: 甲, 金额: {单位: 美元}}"),
    (Kind::Unit, false, "{单位名称: 甲, 金额: {小数位: 7}}"),
    (Kind::Unit, false, "{单位名称: 甲, 金额: {舍入: 四舍}}"),
    (Kind::Unit, false, "{单位名称: 甲, 勾稽关系: [{名称: 乙, 左: 会议费}]}"),
    (Kind::Unit, false, "{单位名称: 甲, 勾稽关系: [{名称: 乙, 左: 会议费, 右: 会议费, 关系: 大于}]}"),
    (Kind::Report, true, "标题: 甲"),
    (Kind::Report, true, "{标题: 甲, 封面: 否}"),
    (Kind::Report, true, "{标题: 甲, 封面: 'true', 落款: {日期: 2026年5月31日}}"),
    (Kind::Report, true, "{标题: 甲, 封面: {填报日期: 2026/5/31}}"),
    (Kind::Report, false, "关键词: [甲]"),
    (Kind::Report, false, "标题: ''"),
    (Kind::Report, false, "{标题: 甲, 关键词: 绩效}"),
    (Kind::Report, false, "{标题: 甲, 封面: true}"),
    (Kind::Report, false, "{标题: 甲, 封面: {}}"),
    (Kind::Report, false, "{标题: 甲, 封面: 要}"),
    (Kind::Report, false, "{标题: 甲, 落款: {单位: 乙}}"),
    (Kind::Report, false, "{标题: 甲, 落款: {日期: 2026-13-01}}"),
    (Kind::Report, false, "{标题: 甲, 落款: {日期: 五月}}"),
    (Kind::Report, false, "{标题: 甲, 落款: {日期: 20260531}}"),
    (Kind::Report, false, "{标题: 甲, 附件: [{标题: 乙}]}"),
    (Kind::Report, false, "{标题: 甲, 附件: [{标题: 乙, 正文: []}]}"),
    (Kind::Report, false, "{标题: 甲, 附件: [{标题: 乙, 内容: 一览表}]}"),
    (Kind::Report, false, "{标题: 甲, 依据: [关于自评的通知]}"),
    (Kind::Report, false, "{标题: 甲, 已知差异: [{代码: JB2001, 位置: 支出.合计}]}"),
    (Kind::Report, false, "{标题: 甲, 已知差异: [{代码: JB2001, 位置: 支出.合计, 理由: 乙, 差额: 一}]}"),
    (Kind::Figures, true, "单位: 元"),
    (Kind::Figures, true, "满意度: {值: 96, 单位: '%'}"),
    (Kind::Figures, true, "甲: {值: ~, 说明: 未填}"),
    (Kind::Figures, true, "甲: {公式: ＝1 + 1}"),
    (Kind::Figures, true, "甲: {单位: m²}"),
    (Kind::Figures, false, "[1, 2]"),
    (Kind::Figures, false, "甲: [1, 2]"),
    (Kind::Figures, false, "甲: {值: [1]}"),
    (Kind::Figures, false, "甲: {值: 1, 单为: 元}"),
    (Kind::Figures, false, "甲: {值: 1, 填报: 1}"),
    (Kind::Figures, false, "甲: {填报: 1, 公式: 2}"),
    (Kind::Figures, false, "甲: {填报: =1, 公式: =2}"),
    (Kind::Figures, false, "甲: {单位: 万}"),
    (Kind::Figures, false, "甲: {单位: 1}"),
    (Kind::Figures, false, "甲: {值: 1, 小数位: 9}"),
    (Kind::Figures, false, "甲: {值: 1, 舍入: 四舍}"),
    (Kind::Figures, false, "甲: {列举: 部分, 乙: 1}"),
    (Kind::Figures, false, "甲: {来源: {财政: 1}}"),
    (Kind::Section, true, "正文: [一段。]"),
    (Kind::Section, true, "{标题: 甲, 级别: '2', 正文: [2025, true]}"),
    (Kind::Section, true, "正文: [{表: {列: [甲, ~], 行: [[乙, ~]]}}]"),
    (Kind::Section, false, "{标题: 甲, 级别: 5}"),
    (Kind::Section, false, "{标题: 甲, 级别: 二}"),
    (Kind::Section, false, "正文: 一段。"),
    (Kind::Section, false, "正文: ~"),
    (Kind::Section, false, "正文: [~]"),
    (Kind::Section, false, "正文: [[甲]]"),
    (Kind::Section, false, "正文: [{}]"),
    (Kind::Section, false, "正文: [{小节: {正文: [甲]}}]"),
    (Kind::Section, true, "{标题: 甲, 正文: [{小节: {标题: 乙, 级别: 3}}]}"),
    (Kind::Section, false, "正文: [{小节: {标题: 甲, 级别: 二}}]"),
    (Kind::Section, false, "正文: [{成对: [{问题: 甲}]}]"),
    (Kind::Section, false, "正文: [{成对: {样式: 并列, 项: []}}]"),
    (Kind::Section, false, "{标题: 甲, 编号: 不要}"),
    (Kind::Report, true, "{标题: 甲, 编号: [第一部分, （一）, 1., （1）]}"),
    (Kind::Report, false, "{标题: 甲, 编号: [甲]}"),
    (Kind::Report, false, "{标题: 甲, 编号: 第一部分}"),
    (Kind::Section, false, "正文: [{图: 甲}]"),
    (Kind::Section, true, "正文: [{图: {类型: 柱形, 标题: 甲, 数据: 历年(会议费)}}]"),
    (Kind::Section, true, "正文: [{图: {类型: 柱形, 标题: 甲, 项: [{名称: 乙, 值: 1}], 系列: []}}]"),
    (Kind::Section, false, "正文: [{图: {类型: 饼, 标题: 甲, 数据: 历年(会议费)}}]"),
    (Kind::Section, false, "正文: [{图: {类型: 柱形, 标题: 甲}}]"),
    (Kind::Section, false, "正文: [{图: {类型: 柱形, 标题: 甲, 数据: 历年(会议费), 项: [{名称: 乙, 值: 1}]}}]"),
    (Kind::Section, false, "正文: [{图: {类型: 构成, 标题: 甲, 数据: 历年(会议费)}}]"),
    (Kind::Section, false, "正文: [{图: {类型: 柱形, 标题: 甲, 项: [{名称: 乙}]}}]"),
    (Kind::Section, false, "正文: [{列表: [甲], 表: 收支总表}]"),
    (Kind::Section, false, "正文: [{列表: {样式: 二是, 项: [甲]}}]"),
    (Kind::Section, false, "正文: [{列表: {样式: 一是}}]"),
    (Kind::Section, false, "正文: [{表: {行: []}}]"),
    (Kind::Section, false, "正文: [{表: {列: [{名称: 甲, 宽: 宽}]}}]"),
    (Kind::Section, false, "正文: [{表: {列: [甲], 方向: 横排}}]"),
    (Kind::Section, false, "正文: [{表: {列: [甲], 行: [{合计: true}]}}]"),
    (Kind::Scores, true, "指标体系: form-10-50-30-10"),
    (
        Kind::Scores,
        true,
        "{指标体系: gd3-placeholder, 评分: {bz1: {得分: ~, 扣: 1, 依据: 甲}, zd1: {得分: 4, 依据: 甲}}}",
    ),
    (Kind::Scores, false, "评分: {bz1: {得分: 5}}"),
    (Kind::Scores, false, "指标体系: 没有"),
    (Kind::Scores, false, "{指标体系: gd3-placeholder, 评分: {bz9: {得分: 5}}}"),
    (Kind::Scores, false, "{指标体系: form-10-50-30-10, 评分: {bz1: {得分: 5}}}"),
    (Kind::Scores, false, "{指标体系: gd3-placeholder, 评分: {bz1: {得分: 五}}}"),
    (Kind::Scores, false, "{指标体系: gd3-placeholder, 评分: {bz1: {得分: 5, 扣: 0}}}"),
    (Kind::Scores, false, "{指标体系: gd3-placeholder, 评分: {bz1: 5}}"),
    (Kind::Scores, false, "{指标体系: gd3-placeholder, 评分: {bz1: {改定: 5, 理由: 甲}}}"),
    (Kind::Scores, false, "{指标体系: gd3-placeholder, 自设指标: [{一级: 甲, 二级: 乙, 三级: 丙, 分值: 1}]}"),
    (Kind::Scores, false, "{指标体系: form-10-50-30-10, 自设指标: [{一级: 甲, 二级: 乙, 三级: 丙, 分值: 1}]}"),
    (Kind::Scores, false, "{指标体系: form-10-50-30-10, 自设指标: [{一级: 产出指标, 二级: 乙, 三级: 丙}]}"),
    (Kind::Profile, true, "名称: 甲"),
    (Kind::Profile, true, "{名称: 甲, 数据项: {支出.合计: {}}}"),
    (Kind::Profile, false, "说明: 甲"),
    (Kind::Profile, false, "{名称: 甲, 数据项: [支出.合计]}"),
    (Kind::Profile, false, "{名称: 甲, 数据项: {支出.合计: ~}}"),
    (Kind::Profile, false, "{名称: 甲, 数据项: {支出.合计: {必填: 要}}}"),
    (Kind::Profile, false, "{名称: 甲, 派生数据项: {甲: {单位: 元}}}"),
    (Kind::Profile, false, "{名称: 甲, 勾稽关系: [{名称: 乙, 左: 甲, 右: 乙, 种类: 月内}]}"),
    (Kind::Profile, false, "{名称: 甲, 等级: [{名称: 优}]}"),
    (Kind::Profile, false, "{名称: 甲, 标准表: {乙: {行: []}}}"),
    (Kind::Profile, false, "{名称: 甲, 指标体系: []}"),
    (Kind::Indices, true, "{编号: a, 名称: 甲, 性质: 占位, 满分: 0, 指标: []}"),
    (
        Kind::Indices,
        true,
        "{编号: a, 名称: 甲, 性质: 占位, 满分: 1, 小计: '否', 指标: [{编号: x, 一级: 甲, 分值: 1, 规则: 自设}]}",
    ),
    (Kind::Indices, false, "{编号: a, 名称: 甲, 满分: 0, 指标: []}"),
    (Kind::Indices, false, "{编号: a, 名称: 甲, 性质: 可靠, 满分: 0, 指标: []}"),
    (Kind::Indices, false, "{编号: a, 名称: 甲, 性质: 占位, 满分: 0}"),
    (Kind::Indices, false, "{编号: a, 名称: 甲, 性质: 占位, 满分: 1, 指标: [{编号: x, 一级: 甲, 分值: 1}]}"),
    (
        Kind::Indices,
        false,
        "{编号: a, 名称: 甲, 性质: 占位, 满分: 1, 指标: [{编号: x, 一级: 甲, 分值: 1, 规则: 随意}]}",
    ),
    (
        Kind::Indices,
        false,
        "{编号: a, 名称: 甲, 性质: 占位, 满分: 1, 指标: [{编号: x, 一级: 甲, 分值: 1, 规则: 比率}]}",
    ),
    (
        Kind::Indices,
        false,
        "{编号: a, 名称: 甲, 性质: 占位, 满分: 1, 指标: [{编号: x, 一级: 甲, 分值: 1, 规则: {分档: {档: []}}}]}",
    ),
    (Kind::Indices, false, "{编号: a, 名称: 甲, 性质: 占位, 满分: 1, 表列: [{内容: 名次, 宽: 1}], 指标: []}"),
];

#[test]
fn schema_and_parser_agree_on_what_people_write() {
    assert!(SNIPPETS.len() >= 100);
    let bench = Bench::new();
    for &(kind, right, text) in SNIPPETS {
        let errors = bench.errors(kind, text);
        assert_eq!(said(&errors), !right, "the parser on {}: {text}\n{errors:?}", kind.name());
        let value = json_of(text).unwrap();
        let verdict = validate(&schema_of(kind), &value);
        assert_eq!(verdict.is_ok(), right, "the schema of {} on {text}\n{verdict:?}", kind.name());
    }
}

/// What the parser refuses and a schema cannot see, with the reason.
const UNSEEN: &[(Kind, &str, &str)] = &[
    (Kind::Report, "{标题: 甲, 落款: {日期: 2026-02-30}}", "the calendar"),
    (Kind::Report, "{标题: 甲, 编号: [1]}", "how a number is written"),
    (Kind::Unit, "{单位名称: 甲, 页面: {双面: True}}", "how YAML's true is written"),
    (Kind::Unit, "{单位名称: 甲, 页面: {双面: '是'}}", "quotes around a word"),
    (Kind::Scores, "{指标体系: gd3-placeholder, 总分: 1e2}", "how a number is written"),
    (Kind::Scores, "{指标体系: gd3-placeholder, 总分: 0x10}", "how a number is written"),
    (Kind::Scores, "{指标体系: gd3-placeholder, 总分: 99999999999999999999999999999}", "how long a number is"),
    (Kind::Section, "{标题: 甲, 接排: true, 正文: [{表: 收支总表}]}", "what the first of several items is"),
    (Kind::Section, "{标题: 甲, 正文: [{小节: {标题: 乙, 级别: 1}}]}", "how deep something stands"),
    (
        Kind::Section,
        "{标题: 甲, 正文: [{小节: {标题: 乙, 正文: [{小节: {标题: 丙, 正文: [{小节: {标题: 丁, 正文: [{小节: {标题: 戊}}]}}]}}]}}]}",
        "how deep something stands",
    ),
    (Kind::Figures, "{甲: {值: 1}, 甲: {值: 2}}", "a key that stands twice"),
    (Kind::Figures, "甲: =没有", "what a formula says"),
];

#[test]
fn what_no_schema_can_see_is_known() {
    let bench = Bench::new();
    for &(kind, text, why) in UNSEEN {
        assert!(!bench.errors(kind, text).is_empty(), "{why}: {text}");
        assert_eq!(validate(&schema_of(kind), &json_of(text).unwrap()), Ok(()), "{why}: {text}");
    }
}

/// The files that announce their own mistakes: each mistake by itself, with the others' lines left out.
#[test]
fn schema_and_parser_agree_on_the_broken_fixtures() {
    let folder = root().join("tests/cases/malformed");
    let bench = Bench::new();
    let sections = ["02-keys", "04-anchor", "05-long", "06-tables"].map(|name| format!("2023/sections/{name}.yaml"));
    let files = ["unit.yaml", "2023/report.yaml", "2023/figures.yaml", "2023/scores.yaml"].map(str::to_owned);
    let mut seen = 0;
    for file in files.iter().chain(&sections) {
        let kind = Kind::of(file).unwrap();
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        let announced = |line: &&str| line.contains("# ← ");
        for kept in text.lines().filter(announced) {
            let lines: Vec<&str> = text.lines().filter(|line| !announced(line) || *line == kept).collect();
            let alone = lines.join("\n");
            let Some(value) = json_of(&alone) else { continue };
            let errors = bench.errors(kind, &alone);
            if said(&errors) && !errors.iter().all(beyond) {
                seen += 1;
                assert!(validate(&schema_of(kind), &value).is_err(), "{file}: the schema takes {kept}\n{errors:?}");
            }
        }
    }
    assert!(seen >= 15, "{seen}");
}

fn beyond(error: &Diagnostic) -> bool {
    error.message.contains("不是有效的日期") || error.message.starts_with("标题只有四级")
}
