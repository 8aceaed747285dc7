//! The 31 checks by which the published report was examined by hand, one test each: what holds there holds here, what
//! fails there fails here by the same amount, and each check notices when one of its operands changes.

use std::collections::BTreeMap;

use jibao::export::figure_rows;
use tempfile::TempDir;

use crate::support::printed;

/// The figures that every report of this form must have; the checks use names of their own.
const REQUIRED: &str = "单位: 万元\n预算: {总计: 1.00}\n支出: {合计: 1.00}\n";

/// One check: figures, an identity over them where they do not carry their formulas themselves, and what comes of it.
struct Check {
    /// Lines of figures.yaml.
    figures: &'static str,
    /// 左, 关系, 右 and the like, of one identity.
    identity: &'static str,
    /// Every finding: code and message.
    found: &'static [&'static str],
    /// Computed values, as printed.
    values: &'static [(&'static str, &'static str)],
    /// Another text in place of one in the figures, and every finding then.
    changed: &'static [(&'static str, &'static str, &'static [&'static str])],
}

/// What is read from a dossier of these figures.
struct Outcome {
    found: Vec<String>,
    values: BTreeMap<String, String>,
    text: String,
}

fn examine(figures: &str, identity: &str, section: &str) -> Outcome {
    let folder = TempDir::new().unwrap();
    let year = folder.path().join("2021");
    std::fs::create_dir_all(year.join("sections")).unwrap();
    std::fs::write(folder.path().join("unit.yaml"), "单位名称: 惠东县政务服务数据管理局\n").unwrap();
    std::fs::write(year.join("figures.yaml"), format!("{REQUIRED}{figures}\n")).unwrap();
    let identities = if identity.is_empty() { "[]".to_owned() } else { format!("[{{名称: 核对, {identity}}}]") };
    std::fs::write(year.join("report.yaml"), format!("标题: 报告\n勾稽关系: {identities}\n")).unwrap();
    std::fs::write(year.join("sections/01-text.yaml"), format!("正文:\n  - {section}\n")).unwrap();
    let examined = jibao::examine(folder.path(), 2021);
    let report = examined.report.as_ref().unwrap_or_else(|| panic!("{:#?}", examined.findings));
    let rows = figure_rows(report.calculator.book(), report.calculator.printer());
    Outcome {
        found: examined.findings.iter().map(|f| format!("{} {}", f.code.as_str(), f.message)).collect(),
        values: rows.into_iter().filter_map(|row| Some((row.path, format!("{}{}", row.printed?, row.unit)))).collect(),
        text: printed(&report.view),
    }
}

impl Check {
    fn run(&self) {
        let outcome = examine(self.figures, self.identity, "正文。");
        assert_eq!(outcome.found, self.found);
        for (path, value) in self.values {
            assert_eq!(outcome.values.get(*path).map(String::as_str), Some(*value), "{path}");
        }
        assert!(!self.changed.is_empty(), "a check must be seen to fail");
        for (from, to, found) in self.changed {
            assert!(self.figures.contains(from), "{from}");
            let outcome = examine(&self.figures.replacen(from, to, 1), self.identity, "正文。");
            assert_eq!(outcome.found, *found, "{from} → {to}");
        }
    }
}

macro_rules! checks {
    ($($name:ident: { $($field:ident: $value:expr),+ $(,)? },)+) => {
        $(#[test]
        fn $name() {
            let nothing = Check { figures: "", identity: "", found: &[], values: &[], changed: &[] };
            Check { $($field: $value,)+ ..nothing }.run();
        })+
    };
}

checks! {
    c01_general_budget_fell: {
        figures: "上年数: 999.11\n本年数: 779.32\n减少额: {填报: 219.79, 公式: =上年数 - 本年数}",
        changed: &[("779.32", "789.32", &["JB2001 “减少额”填报 219.79万元，按公式是 209.79万元，相差 10.00万元"])],
    },
    c02_percentage_was_truncated: {
        figures: "上年数: 999.11\n本年数: 779.32\n降幅: {填报: 21.99, 公式: '=占比(上年数 - 本年数, 上年数)', 单位: '%'}",
        found: &["JB2001 “降幅”填报 21.99%，按公式是 22.00%，相差 -0.01%"],
        changed: &[("21.99,", "22.00,", &[])],
    },
    c03_supplement_adds_up: {
        figures: "人员及公用: 193.40\n项目: 273.21\n追加: {填报: 466.61, 公式: =人员及公用 + 项目}",
        changed: &[("273.21", "273.12", &["JB2001 “追加”填报 466.61万元，按公式是 466.52万元，相差 0.09万元"])],
    },
    c04_named_items_stay_below_the_supplement: {
        figures: "项目追加: 273.21\n主要项目: {外网: 143.10, 租赁: 97.83, 普查: 25.31}\n所列: =合计(主要项目)\n余数: =项目追加 - 所列",
        identity: "左: 合计(主要项目), 关系: 不大于, 右: 项目追加",
        values: &[("所列", "266.24万元"), ("余数", "6.97万元")],
        changed: &[("25.31", "35.31", &["JB3001 核对：276.24万元 应不大于 273.21万元，相差 3.03万元"])],
    },
    c05_budget_adds_up: {
        figures: "年初: 1113.52\n追加: 466.61\n总数: {填报: 1580.13, 公式: =年初 + 追加}",
        changed: &[("1113.52", "1131.52", &["JB2001 “总数”填报 1580.13万元，按公式是 1598.13万元，相差 -18.00万元"])],
    },
    c06_approved_income_is_approved_expenditure: {
        figures: "批复收入: 1113.52\n批复支出: 1113.52",
        identity: "左: 批复收入, 右: 批复支出",
        changed: &[("批复支出: 1113.52", "批复支出: 1113.25", &["JB3001 核对：1113.52万元 应等于 1113.25万元，相差 0.27万元"])],
    },
    c07_appropriation_adds_up: {
        figures: "基本: 351.48\n项目: 1049.45\n到位: {填报: 1400.93, 公式: =基本 + 项目}",
        changed: &[("351.48", "352.02", &["JB2001 “到位”填报 1400.93万元，按公式是 1401.47万元，相差 -0.54万元"])],
    },
    c08_opening_carryover_adds_up: {
        figures: "调整前: 7.81\n调减: 2.2\n年初结转: {填报: 5.61, 公式: =调整前 - 调减}",
        changed: &[("2.2", "2.0", &["JB2001 “年初结转”填报 5.61万元，按公式是 5.81万元，相差 -0.20万元"])],
    },
    c09_income_adds_up: {
        figures: "财政拨款: 1400.93\n其他收入: 0.26\n总收入: {填报: 1401.19, 公式: =财政拨款 + 其他收入}",
        changed: &[("0.26", "0.24", &["JB2001 “总收入”填报 1401.19万元，按公式是 1401.17万元，相差 0.02万元"])],
    },
    c10_expenditure_adds_up: {
        figures: "基本支出: 352.02\n项目支出: 1049.45\n其他支出: 5.33\n总支出: {填报: 1406.80, 公式: =基本支出 + 项目支出 + 其他支出}",
        changed: &[("5.33", "5.14", &["JB2001 “总支出”填报 1406.80万元，按公式是 1406.61万元，相差 0.19万元"])],
    },
    c11_income_and_carryover_balance: {
        figures: "总收入: 1401.19\n年初结转: 5.61\n总支出: 1406.80\n年末结转: {填报: 0, 公式: =总收入 + 年初结转 - 总支出}",
        changed: &[("5.61", "5.16", &["JB2001 “年末结转”填报 0.00万元，按公式是 -0.45万元，相差 0.45万元"])],
    },
    c12_no_balance_without_carryover: {
        figures: "总收入: 1401.19\n总支出: 1406.80\n收支结余: {填报: 0, 公式: =总收入 - 总支出}",
        found: &["JB2001 “收支结余”填报 0.00万元，按公式是 -5.61万元，相差 5.61万元"],
        changed: &[("填报: 0,", "填报: -5.61,", &[])],
    },
    c13_basic_expenditure_adds_up: {
        figures: "人员经费: 309.83\n公用经费: 42.19\n基本支出: {填报: 352.02, 公式: =人员经费 + 公用经费}",
        changed: &[("309.83", "308.93", &["JB2001 “基本支出”填报 352.02万元，按公式是 351.12万元，相差 0.90万元"])],
    },
    c14_allowances_are_part_of_personnel: {
        figures: "基本支出:\n  人员经费: 309.83\n  补助: {值: 69.41}\n  公用经费: 42.19\n  合计: {填报: 352.02, 公式: =合计(基本支出)}",
        found: &["JB2001 “基本支出.合计”填报 352.02万元，按公式是 421.43万元，相差 -69.41万元"],
        changed: &[("{值: 69.41}", "{值: 69.41, 属于: 人员经费}", &[])],
    },
    c15_other_expenditure_does_not_add_up: {
        figures: "防控系统: 4.9\n党组织活动: 0.24\n其他支出: {填报: 5.33, 公式: =防控系统 + 党组织活动}",
        found: &["JB2001 “其他支出”填报 5.33万元，按公式是 5.14万元，相差 0.19万元"],
        changed: &[("0.24", "0.43", &[])],
    },
    c16_other_funds_in_and_out: {
        figures: "结转: 5.61\n其他收入: 0.26\n其他支出: 5.33\n基本支出: 352.02\n基本拨款: 351.48\n结转用于基本支出: =基本支出 - 基本拨款",
        identity: "左: 结转 + 其他收入, 右: 其他支出 + 结转用于基本支出",
        values: &[("结转用于基本支出", "0.54万元")],
        changed: &[("351.48", "352.02", &["JB3001 核对：5.87万元 应等于 5.33万元，相差 0.54万元"])],
    },
    c17_income_annotated_with_expenditure: {
        figures: "党组织活动支出: 0.24\n其他收入: {填报: 0.26, 公式: =党组织活动支出}\n余数: =其他收入 - 党组织活动支出",
        found: &["JB2001 “其他收入”填报 0.26万元，按公式是 0.24万元，相差 0.02万元"],
        values: &[("余数", "0.02万元")],
        changed: &[("0.24", "0.26", &[])],
    },
    c18_spending_needs_the_carryover: {
        figures: "基本支出: 352.02\n项目支出: 1049.45\n到位: 1400.93\n结转: 5.61\n财政支出: =基本支出 + 项目支出",
        identity: "左: 财政支出, 关系: 不大于, 右: 到位 + 结转",
        values: &[("财政支出", "1401.47万元")],
        changed: &[("结转: 5.61", "结转: 0", &["JB3001 核对：1401.47万元 应不大于 1400.93万元，相差 0.54万元"])],
    },
    c19_listed_items_are_not_the_whole: {
        figures: "项目支出: {值: 1049.45, 口径: 决算数}\n\
                  明细: {口径: 决算数, 测评: 20, 热线: 43.86, 外网: 117.80, 评估: 28.35, 月租: 22, 改革: 19.99, 租赁: 97.71, 普查: 25.31, 其他: 57.20}",
        identity: "左: 合计(明细), 右: 项目支出, 同口径: true",
        found: &["JB3001 核对：432.22万元 应等于 1049.45万元，相差 -617.23万元"],
        changed: &[("明细: {口径: 决算数", "明细: {口径: 一般公共预算", &[]), ("57.20", "674.43", &[])],
    },
    c20_basic_and_listed_items_exceed_the_general_budget: {
        figures: "基本支出: 352.02\n所列项目: 432.22\n一般公共预算: {填报: 779.32, 公式: =基本支出 + 所列项目}",
        found: &["JB2001 “一般公共预算”填报 779.32万元，按公式是 784.24万元，相差 -4.92万元"],
        changed: &[
            ("352.02", "351.48", &["JB2001 “一般公共预算”填报 779.32万元，按公式是 783.70万元，相差 -4.38万元"]),
            ("432.22", "427.30", &[]),
        ],
    },
    c21_general_budget_is_not_all_appropriation: {
        figures: "一般公共预算: {值: 779.32, 口径: 决算数}\n财政拨款支出: {值: 1401.47, 口径: 决算数}",
        identity: "左: 一般公共预算, 右: 财政拨款支出, 同口径: true",
        found: &["JB3001 核对：779.32万元 应等于 1401.47万元，相差 -622.15万元"],
        changed: &[
            ("1401.47", "1406.80", &["JB3001 核对：779.32万元 应等于 1406.80万元，相差 -627.48万元"]),
            ("779.32, 口径: 决算数", "779.32, 口径: 一般公共预算", &[]),
        ],
    },
    c22_causes_exceed_the_effect: {
        figures: "调走: {口径: 决算数, 云服务: 539.814, 村级平台: 178.8}\n净减少: {值: 219.79, 口径: 决算数}",
        identity: "左: 合计(调走), 右: 净减少, 同口径: true",
        found: &["JB3001 核对：718.614万元 应等于 219.79万元，相差 498.824万元"],
        changed: &[("调走: {口径: 决算数", "调走: {口径: 预算数", &[])],
    },
    c23_projects_stay_within_their_supplements: {
        figures: "追加: {外网: 143.10, 租赁: 97.83, 普查: 25.31}\n\
                  支付: {外网: 117.80, 租赁: 97.71, 普查: 25.31}\n\
                  率: {单位: '%', 外网: '=占比(支付.外网, 追加.外网)', 租赁: '=占比(支付.租赁, 追加.租赁)', 普查: '=占比(支付.普查, 追加.普查)'}",
        identity: "左: 支付.租赁, 关系: 不大于, 右: 追加.租赁",
        values: &[("率.外网", "82.32%"), ("率.租赁", "99.88%"), ("率.普查", "100.00%")],
        changed: &[("97.71", "98.71", &["JB3001 核对：98.71万元 应不大于 97.83万元，相差 0.88万元"])],
    },
    c24_three_expenses_rose: {
        figures: "三公: 0.13\n上年三公: 0.12\n增加: {填报: 0.01, 公式: =三公 - 上年三公}\n增幅: {公式: '=占比(增加, 上年三公)', 单位: '%'}",
        values: &[("增幅", "8.33%")],
        changed: &[("0.12", "0.02", &["JB2001 “增加”填报 0.01万元，按公式是 0.11万元，相差 -0.10万元"])],
    },
    c25_three_expenses_add_up: {
        figures: "接待: 0.13\n\
                  用车: 0\n\
                  出国: 0\n\
                  三公: {填报: 0.13, 公式: =接待 + 用车 + 出国}\n\
                  人数: {值: 13, 单位: 人}\n\
                  人均: {公式: =元(接待) / 人数, 单位: 元}",
        values: &[("人均", "100.00元")],
        changed: &[("用车: 0", "用车: 0.31", &["JB2001 “三公”填报 0.13万元，按公式是 0.44万元，相差 -0.31万元"])],
    },
    c26_meetings_fell: {
        figures: "会议费: 0.04\n\
                  上年: {会议费: 0.16}\n\
                  减少: {填报: 0.12, 公式: =上年.会议费 - 会议费}\n\
                  降幅: {公式: '=占比(减少, 上年.会议费)', 单位: '%'}",
        values: &[("降幅", "75.00%")],
        changed: &[("0.16", "0.61", &["JB2001 “减少”填报 0.12万元，按公式是 0.57万元，相差 -0.45万元"])],
    },
    c27_training_fell: {
        figures: "培训费: 4.07\n\
                  上年: {培训费: 24.64}\n\
                  减少: {填报: 20.57, 公式: =上年.培训费 - 培训费}\n\
                  降幅: {公式: '=占比(减少, 上年.培训费)', 单位: '%'}",
        values: &[("降幅", "83.48%")],
        changed: &[("24.64", "26.44", &["JB2001 “减少”填报 20.57万元，按公式是 22.37万元，相差 -1.80万元"])],
    },
    c28_assets_in_the_books_and_in_the_system: {
        figures: "资产:\n  账面: {固定资产: 30.24, 无形资产: 0}\n  系统: {固定资产: 30.24, 无形资产: 0}",
        changed: &[
            ("账面: {固定资产: 30.24", "账面: {固定资产: 32.04", &["JB3001 固定资产账面与系统相符（I13）：32.04万元 应等于 30.24万元，相差 1.80万元"]),
            ("30.24, 无形资产: 0}\n", "30.24, 无形资产: 1}\n", &["JB3001 无形资产账面与系统相符（I13）：1.00万元 应等于 0.00万元，相差 1.00万元"]),
        ],
    },
    c29_staff_within_the_establishment: {
        figures: "人员: {单位: 人, 行政编制: 13, 行政实有: 12}\n在编率: {公式: '=占比(人员.行政实有, 人员.行政编制)', 单位: '%'}",
        values: &[("在编率", "92.31%")],
        changed: &[("行政实有: 12", "行政实有: 14", &["JB3003 实有人数不超过编制（I15）：14人 应不大于 13人，相差 1人"])],
    },
}

#[test]
fn c30_a_total_without_a_table_makes_no_grade() {
    let outcome = examine("", "", "总分{{ 总分 }}分，等级{{ 等级 }}。");
    assert_eq!(outcome.found, ["JB2004 没有“总分”这个数据项", "JB2004 没有“等级”这个数据项"]);
    let written = examine("总分: 92", "", "正文。");
    assert_eq!(
        written.found,
        ["JB2007 “总分”另有所指，不能作数据项的名称"],
        "a total is not a figure that one may state"
    );
    assert!(!outcome.text.contains('优'), "{}", outcome.text);
}

#[test]
fn c31_a_repeated_figure_is_stated_once() {
    let facts = ["1406.80", "352.02", "1049.45", "5.33", "0.24", "1113.52", "25.31"];
    let names = ["总支出", "基本支出", "项目支出", "其他支出", "党组织活动", "年初批复", "数据普查"];
    let figures: Vec<String> = names.iter().zip(facts).map(|(name, fact)| format!("{name}: {fact}")).collect();
    let section: String = names.map(|name| format!("{name}{{{{ {name} }}}}万元，又{{{{ {name} }}}}万元。")).concat();
    let times = |figures: &[String], fact: &str| {
        let outcome = examine(&figures.join("\n"), "", &section);
        assert_eq!(outcome.found, [""; 0]);
        outcome.text.matches(&format!("{fact}万元")).count()
    };
    for (place, fact) in facts.into_iter().enumerate() {
        assert_eq!(times(&figures, fact), 2, "{fact}");
        let mut changed = figures.clone();
        changed[place] = format!("{}: 777.77", names[place]);
        assert_eq!((times(&changed, fact), times(&changed, "777.77")), (0, 2), "{fact} changed");
    }
}
