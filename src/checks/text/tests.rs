//! Each check on a small dossier: what it finds, at which characters, and what it must not find.

mod case;

use crate::diagnostic::Code;
use case::{Case, REPORT, UNIT};

#[track_caller]
fn finds(code: Code, text: &str, places: &[&str]) {
    assert_eq!(Case::prose(text).places(code), places, "{text}");
}

#[test]
fn a_typed_number_that_equals_a_figure_can_refer_to_it() {
    let code = Code::JB5006;
    let found = Case::prose("全年总支出 1406.80 万元，其中基本支出352.02万元。").found(code);
    assert_eq!(found[0], ("1406.80 万元".into(), "手写的“1406.80万元”等于数据项“支出.合计”".into()));
    assert_eq!(found[1].0, "352.02万元");
    finds(code, "支出14068000元", &["14068000元"]);
    finds(code, "年末实有12人，共298个村，满意度94.6%。", &["12人", "298个", "94.6%"]);
    finds(code, "公务接待费支出0.13万元。", &["0.13万元"]);
    finds(code, "差旅费20万元，外网支出20万元", &[]);
    finds(code, "网络与信息安全测评费20万元", &["20万元"]);
    // Counts equal each other by chance.
    finds(code, "12人参加演练，15人报名", &[]);
    // Of several figures the one that is named; of none, those there are.
    let named = Case::prose("上年会议费为0.16万元；预算批复1113.52万元").found(code);
    assert_eq!(named[0].1, "手写的“0.16万元”等于数据项“上年.会议费”");
    for text in [
        "12345热线于2021年3月19日开通，共13次，IPv6、298件",
        "《关于批复1406.80万元预算的通知》，约1406.80万元，1406.80万元以上",
        "全年支出{{ 支出.合计 }}万元，收支结余0万元，接待2批次、1人",
        "全年支出1406.81万元，779.32人",
    ] {
        finds(code, text, &[]);
    }
}

#[test]
fn a_typed_number_may_not_contradict_the_figure_that_it_names() {
    let code = Code::JB5007;
    let found = Case::prose("全年会议费支出为0.05万元。").found(code);
    assert_eq!(found, [("0.05万元".into(), "文中写“0.05万元”，数据项“会议费”是 0.04万元".into())]);
    finds(code, "本年一般公共预算财政拨款支出780.32万元", &["780.32万元"]);
    finds(code, "会议费：500元，培训费407元", &["500元", "407元"]);
    finds(code, "年末“三公”经费合计0.15万元", &[]);
    finds(code, "“三公”经费合计0.15万元", &["0.15万元"]);
    finds(code, "“三公”经费合计0.15万元，行政实有14人", &["0.15万元", "14人"]);
    finds(code, "本年度总收入1401.91万元", &["1401.91万元"]);
    finds(code, "预算批复的年初批复收入1113.53万元", &[]);
    finds(code, "预算：年初批复收入1113.53万元", &["1113.53万元"]);
    finds(code, "年初批复收入1113.53万元", &[]);
    // Not far enough from the figure, or something else that bears the name.
    for text in [
        "会议费0.04万元，培训费4.1万元，培训费4万元",
        "会议费预算0.05万元，追加会议费0.01万元，比上年会议费增加0.02万元",
        "2020年会议费0.16万元，上年培训费9.99万元",
        "{{ 上年度 }}年会议费0.05万元；{{ 上年度 }}年，培训费0.05万元",
        "上半年会议费0.02万元；项目人员经费12万元；其中：人员经费9万元",
        "每人会议费0.01万元，人均培训费0.5万元",
        "会议费约0.05万元，会议费0.05万元以内",
        "公务接待费0.13万元；固定资产99万元",
        "会议费3人",
        "开展活动支出12万元（会议费2万元、培训费3万元），会议费和培训费共14万元",
        "工作经费包括会议费2万元、培训费3万元；涉及会议费0.3万元、培训费0.5万元",
        "会议费、培训费9万元；会议费2万元的标准，会议费1万元为线上会议",
        "本年一般公共预算3100万元；近三年会议费18万元，培训费27万元",
        "局机关行政编制20名，行政实有18人",
    ] {
        finds(code, text, &[]);
    }
}

#[test]
fn a_number_of_29_digits_is_no_reason_to_stop() {
    let texts = ["79228162514264337593543950335", "-79228162514264337593543950335", "7.9228162514264337593543950335"];
    for code in [Code::JB5006, Code::JB5007, Code::JB5008] {
        for unit in ["元", "万元", "亿元", "%"] {
            for number in texts {
                let opposite = Case::prose(&format!("会议费{number}{unit}，培训费支出为{number}{unit}。")).replace(
                    "2021/figures.yaml",
                    "会议费: 0.04",
                    "会议费: -9999999999999999999999999999",
                );
                opposite.found(code);
            }
        }
    }
}

#[test]
fn the_score_of_the_text_is_the_sheet_s() {
    let scores = "指标体系: gd3-placeholder\n评分: {bz1: {得分: 5, 依据: 有。}}\n";
    let with = |text: &str| Case::prose(text).file("2021/scores.yaml", scores);
    assert_eq!(with("2021年度自评综合得分为12.34分。").places(Code::JB5007), ["12.34分"]);
    assert_eq!(with("本局{{ 年度 }}年度部门整体支出绩效自评得分为**12.34分**").places(Code::JB5007), ["12.34分"]);
    assert_eq!(with("全省评估中综合得分95分，扣0.5分").places(Code::JB5007), [""; 0]);
}

#[test]
fn money_is_in_one_unit() {
    let code = Code::JB5008;
    let found = Case::prose("年初结转结余5.61 万（调减年初资金2.2万），其他资金0.26万元。").found(code);
    assert_eq!(found, [("5.61 万".into(), "“5.61万”后面少“元”，这一段共 2 处".into())]);
    finds(code, "接待费0.13万元，因公出国费用为0元", &["0元"]);
    for text in [
        "服务群众2万人，种植3万亩，惠及10万户，访问5万次",
        "亩均补助500元，共3万元；由300元提高到400元，共支出3万元",
        "每人补助500元，共3万元；接待标准100元，共支出3万元",
        "支出3万元、4万元，访问量3万。",
        "费用500元",
    ] {
        finds(code, text, &[]);
    }
}

fn table(rows: &str) -> Case {
    let table = format!(
        "标题: 表\n正文:\n  - 表:\n      标题: 支出表\n      单位: 万元\n      列: [项目, 金额]\n      行:\n{rows}"
    );
    Case::new().file("2021/sections/01.yaml", &table)
}

#[test]
fn a_column_has_one_number_of_digits() {
    let code = Code::JB5009;
    let rows = "        - [甲, 539.814]\n        - [乙, 20]\n        - [丙, =支出.合计]\n        - [丁, 1.20]\n        - [戊, 0]\n";
    let found = table(rows).found(code);
    assert_eq!(found, [("539.814".into(), "“金额”一列多数是 2 位小数，“539.814”是 3 位".into())]);
    let as_written = table(rows).file("unit.yaml", &format!("{UNIT}金额: {{小数位: 原样}}\n"));
    assert_eq!(as_written.found(code), []);
    assert_eq!(
        table("        - [甲, 539.81]\n        - [乙, =支出.合计]\n        - [丙, —]\n        - [丁, 0]\n").found(code),
        []
    );
    assert_eq!(
        table(rows)
            .replace("2021/sections/01.yaml", "      单位: 万元\n      列: [项目, 金额]", "      列: [项目, 已完成]")
            .found(code),
        []
    );
}

#[test]
fn phrases_of_the_template_are_named_once_a_file() {
    let code = Code::JB5010;
    let found = Case::prose("本局（可根据本单位实际添加项目），本专项综合评分为92分，XX县。").found(code);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "（可根据本单位实际添加项目）");
    assert_eq!(found[0].1, "模板用语“（可根据本单位实际添加项目）”没有改，这个文件里共 3 处");
    assert_eq!(Case::new().file("unit.yaml", "单位名称: 某某县水利局\n").places(code), ["某某县"]);
    let basis = format!("{REPORT}依据: [{{名称: 关于××的通知}}]\n");
    assert_eq!(Case::new().file("2021/report.yaml", &basis).places(code), ["××"]);
    finds(code, "采用7×24小时值守，规格20×30，# 请填写完整的资料后提交", &["请填写"]);
    finds(code, "采用7×24小时值守，规格20×30", &[]);
    assert_eq!(
        Case::new().file("2021/sections/01.yaml", "正文: [没有。]  # 某某、（写明理由）\n").places(code),
        [""; 0]
    );
}

#[test]
fn attachments_and_evidence_are_where_the_text_says() {
    let code = Code::JB5011;
    finds(code, "评分见附件2。", &["附件2"]);
    finds(code, "详见附件。", &["附件"]);
    finds(code, "《项目支出表》（见附件）已列明", &["《项目支出表》（见附件"]);
    finds(code, "按《通知》附件2的要求，参照文件的附件1填写，附件齐全", &[]);
    let with = |text: &str| {
        let report = format!("{REPORT}附件: [{{标题: 项目支出/明细表, 正文: [略。]}}]\n");
        Case::prose(text).file("2021/report.yaml", &report)
    };
    assert_eq!(with("见附件1，《项目支出明细表》（见附件），见附件。").places(code), [""; 0]);
    assert_eq!(with("见附件2。").places(code), ["附件2"]);
    let evidence = Case::prose("见佐证材料3，另见采购合同。")
        .file("2021/evidence/01-采购合同.pdf", "")
        .file("2021/evidence/02-验收单.pdf", "");
    let found = evidence.found(code);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().any(|(place, _)| place == "3"), "{found:?}");
    assert!(
        found.iter().any(|(_, message)| message.ends_with("evidence 里的 02-验收单.pdf 没有一处提到")),
        "{found:?}"
    );
    let named = Case::prose("见佐证1和02-验收单.pdf")
        .file("2021/evidence/01-采购合同.pdf", "")
        .file("2021/evidence/02-验收单.pdf", "");
    assert_eq!(named.found(code), []);
}

#[test]
fn claims_are_held_against_the_figures() {
    let code = Code::JB5012;
    let with = |text: &str, from: &str, to: &str| Case::prose(text).replace("2021/figures.yaml", from, to).found(code);
    let unlike = |text: &str| with(text, "系统: {固定资产: 30.24", "系统: {固定资产: 30.35");
    let found = unlike("定期盘点，做到账账相符。");
    assert_eq!(
        found,
        [(
            "账账相符".into(),
            "文中说“账账相符”，但资产.账面.固定资产 30.24万元 不等于 资产.系统.固定资产 30.35万元".into()
        )]
    );
    assert_eq!(unlike("不存在账账不符、账实不符的问题").len(), 1);
    assert_eq!(unlike("确保账账相符；未做到账实相符；下一步做到账账相符"), []);
    assert_eq!(unlike("2020年账账相符"), []);
    finds(code, "做到账账相符，实现收支平衡，没有结余，实有人数在编制以内", &[]);
    assert_eq!(with("全年收支平衡。", "年末: 0", "年末: 1").len(), 1);
    assert_eq!(with("年末无结余。", "年末: 0", "年末: 1")[0].1, "文中说“无结余”，但结转结余.年末 1.00万元 不等于 0");
    assert_eq!(with("项目资金无结余。坚持收支平衡的原则", "年末: 0", "年末: 1"), []);
    assert_eq!(with("人员在编制以内。", "行政实有: 12", "行政实有: 14").len(), 1);
    assert_eq!(with("“三公”经费控制在预算以内。", "三公经费: 2", "三公经费: 0.1").len(), 1);
    assert_eq!(with("会议费控制在预算以内。", "三公经费: 2", "三公经费: 0.1"), []);
}

#[test]
fn one_item_has_one_name() {
    let code = Code::JB5013;
    let found = Case::prose("完成电子政务外网升级改造服务项目建设。").found(code);
    let message = "文中写“电子政务外网升级改造服务项目”，数据项的名称是“电子政务外网升级改造项目”";
    assert_eq!(found, [("电子政务外网升级改造服务项目".into(), message.into())]);
    finds(code, "电子政务外网升级改造项目已完成", &[]);
    finds(code, "电子政务外网升级，改造项目", &[]);
    finds(code, "网络与信息安全的测评费，网络信息安全测评费", &[]);
}

#[test]
fn the_year_is_the_report_s() {
    let code = Code::JB5014;
    let old = REPORT.replace("2021", "2020");
    assert_eq!(Case::new().file("2021/report.yaml", &old).places(code), ["2020年"]);
    let preamble = |text: &str| Case::new().file("2021/sections/01.yaml", &format!("正文:\n  - {text}\n")).places(code);
    assert_eq!(preamble("我局对2020年度部门整体支出进行了自评。"), ["2020年"]);
    assert_eq!(preamble("根据《关于2020年度部门整体支出的通知》，与2020年度决算相比"), [""; 0]);
    assert_eq!(preamble("根据2022年自评工作部署，对2021年度部门整体支出自评"), [""; 0]);
    finds(code, "2020年度部门整体支出为999.11万元", &[]);
}

#[test]
fn a_large_change_needs_a_reason() {
    let code = Code::JB3005;
    let changed = |text: &str, last: &str| {
        Case::prose(text)
            .replace("2021/figures.yaml", "会议费: 0.16,", &format!("会议费: 0.16, 培训费: {last},"))
            .found(code)
    };
    let found = changed("培训费支出{{ 培训费 }}万元。", "24.64");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "4.07");
    assert_eq!(found[0].1, "“培训费”上年 24.64万元，本年 4.07万元，减少 83.48%，文中没有说明原因");
    assert_eq!(changed("培训费支出{{ 培训费 }}万元，主要是受疫情影响。", "24.64"), []);
    assert_eq!(changed("培训费下降。因公出国无支出。", "24.64").len(), 1);
    assert_eq!(changed("培训费下降。", "5.00"), []);
    let noted = Case::new().replace("2021/figures.yaml", "会议费: 0.16,", "会议费: 0.16, 培训费: 24.64,").replace(
        "2021/figures.yaml",
        "培训费: 4.07",
        "培训费: {值: 4.07, 说明: 疫情期间少办班}",
    );
    assert_eq!(noted.found(code), []);
    // A small sum doubles easily: 0.16 → 0.04.
    assert_eq!(Case::new().found(code), []);
}

#[test]
fn a_place_is_found_in_folded_and_block_texts() {
    let code = Code::JB5006;
    let folded = "标题: 甲\n正文:\n  - 全年总支出\n    1406.80万元，\n    实有12人\n";
    assert_eq!(Case::new().file("2021/sections/01.yaml", folded).places(code), ["1406.80万元", "12人"]);
    let block = "标题: 甲\n正文:\n  - |\n    第一段。\n    总支出{{ 支出.合计 }}万元，实有12人\n";
    assert_eq!(Case::new().file("2021/sections/01.yaml", block).places(code), ["12人"]);
    let plain = "标题: 甲\n正文:\n  - 会议费   **0.04万元**\n";
    assert_eq!(Case::new().file("2021/sections/01.yaml", plain).places(code), ["0.04万元"]);
}
