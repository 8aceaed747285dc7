//! The summary of a county that the test makes: small dossiers of a profile of their own, so that every number is known.

use std::path::Path;

use jibao::batch::Selection;
use jibao::county::{self, Elsewhere, Subject, gather, summarize, unit_year};
use jibao::dossier::MoneyUnit;
use jibao::profile::Library;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Run, jibao};

mod workbook;

const PROFILE: &str = "
名称: 汇总试验
数据项:
  预算.总计: {单位: 万元}
  支出.合计: {单位: 万元}
主要数据:
  - {名称: 预算总计, 值: =预算.总计, 单位: 万元}
  - {名称: 支出合计, 值: =支出.合计, 单位: 万元}
  - {名称: 预算执行率, 占比: [支出合计, 预算总计]}
等级: [{名称: 优, 至少: 90}, {名称: 良, 至少: 80}, {名称: 差, 至少: 0}]
";
const PROFILE_WITH_STAFF: &str = "
名称: 汇总试验，有人数
继承: plain
数据项:
  人员.人数: {单位: 人}
主要数据:
  - {名称: 人数, 值: =人员.人数, 单位: 人}
";
const INDICES: &str = "
编号: t
名称: 试验
性质: 已证实
满分: 100
指标: [{编号: a, 一级: 全部, 分值: 100, 规则: 人工}]
";

/// A folder of dossiers, with their profiles.
struct County {
    folder: TempDir,
}

impl County {
    fn new() -> Self {
        let county = Self { folder: TempDir::new().unwrap() };
        for (name, text) in [("plain", PROFILE), ("staff", PROFILE_WITH_STAFF)] {
            county.write(&format!("profiles/{name}/profile.yaml"), text);
        }
        county.write("profiles/plain/indices/t.yaml", INDICES);
        county
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// A unit in a folder: its name, year, figures and score; the day of March 2024 on which it signed.
    fn unit(self, folder: &str, name: &str, year: i32, figures: &str, score: &str, day: u8) -> Self {
        let at = |file: &str| format!("units/{folder}/{file}");
        let profile = if figures.contains("人员") { "staff" } else { "plain" };
        self.write(&at("unit.yaml"), &format!("单位名称: {name}\n体例: {profile}\n"));
        let report = format!("标题: 自评报告\n落款: {{日期: 2024-03-{day:02}}}\n");
        self.write(&at(&format!("{year}/report.yaml")), &report);
        self.write(&at(&format!("{year}/sections/01-a.yaml")), "标题: 概况\n正文: [情况良好。]\n");
        self.write(&at(&format!("{year}/figures.yaml")), figures);
        if !score.is_empty() {
            let scores = format!("指标体系: t\n评分: {{a: {{得分: {score}, 依据: 按实际评分。, 原因: 有失分。}}}}\n");
            self.write(&at(&format!("{year}/scores.yaml")), &scores);
        }
        self
    }

    /// Seven units: two equal ones, one in 元, one without a score, one with an error, one without the year.
    fn usual() -> Self {
        Self::new()
            .unit("e", "乙局", 2023, "预算: {总计: 100}\n支出: {合计: 90.5}\n", "92", 5)
            .unit("d", "丁局", 2023, "预算: {总计: 0.03}\n支出: {合计: 0.02}\n人员: {单位: 人, 人数: 12}\n", "85.5", 2)
            .unit("c", "甲局", 2023, "单位: 元\n预算: {总计: 12345678.91}\n支出: {合计: 12000000}\n", "92.00", 9)
            .unit("b", "丙局", 2023, "预算: {总计: 300}\n支出: {合计: 299.99}\n", "92.01", 1)
            .unit("a", "无评分局", 2023, "预算: {总计: 10}\n支出: {合计: 10}\n", "", 3)
            .unit("f", "错账局", 2023, "预算: {总计: 500}\n支出: {合计: {填报: 400, 公式: =预算.总计}}\n", "99", 30)
            .unit("g", "往年局", 2022, "预算: {总计: 1}\n支出: {合计: 1}\n", "90", 1)
    }

    fn run_on(&self, paths: &[&str], arguments: &[&str]) -> std::process::Output {
        let mut command = jibao();
        command.arg("summary").args(paths).args(arguments).current_dir(self.folder.path());
        command.args(["--profile-path", "profiles"]).output().unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Run {
        self.run_on(&["units"], arguments).into()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let all: Vec<&str> = [&["--year", "2023", "-o", "-", "--format", "json"], arguments].concat();
        serde_json::from_str(&self.run(&all).stdout).unwrap()
    }

    fn workbook(&self) -> workbook::Workbook {
        let output = self.run_on(&["units"], &["--year", "2023", "-o", "-", "--format", "xlsx"]);
        workbook::Workbook::read(&output.stdout)
    }

    /// The table as it is laid out: head, then rows.
    fn table(&self, elsewhere: Elsewhere) -> Value {
        let library = Library::new(vec![self.folder.path().join("profiles")]);
        let plan = jibao::batch::plan(&[self.folder.path().join("units")], &Selection::default()).unwrap();
        let gathered = gather(&plan.targets, 2023).unwrap();
        let units = gathered.present.iter().map(|unit| {
            let examined = jibao::examine_with(&library, &unit.root, 2023);
            unit_year(unit.name.clone(), String::new(), &examined, MoneyUnit::TenThousand)
        });
        let subject = Subject { year: 2023, title: None, money: MoneyUnit::TenThousand };
        let summary = summarize(&subject, units.collect(), gathered.absent);
        serde_json::to_value(county::compose(&summary, elsewhere)).unwrap()["body"][1].take()
    }
}

fn column(units: &Value, key: &str) -> Vec<String> {
    units.as_array().unwrap().iter().map(|unit| unit[key].as_str().unwrap_or("—").to_owned()).collect()
}

#[test]
fn equal_scores_share_a_rank_and_nobody_is_dropped() {
    let summary = County::usual().json(&[]);
    let units = &summary["units"];
    assert_eq!(column(units, "name"), ["丙局", "乙局", "甲局", "丁局", "无评分局", "错账局"]);
    assert_eq!(column(units, "rank"), ["1", "2", "2", "4", "—", "—"]);
    assert_eq!(column(units, "score"), ["92.01", "92", "92", "85.5", "—", "99"]);
    assert_eq!(units[5]["errors"], "1");
    assert_eq!(units[5]["sound"], false);
    assert_eq!(units[5]["figures"]["支出合计"]["exact"], "400");
    assert_eq!(summary["absent"], json!([{"name": "往年局", "path": "units/g", "years": ["2022"]}]));
    assert_eq!(summary["grades"], json!([{"grade": "优", "count": "3"}, {"grade": "良", "count": "1"}]));
}

#[test]
fn totals_are_exact_and_a_share_is_that_of_the_sums() {
    let summary = County::usual().json(&[]);
    let totals = &summary["totals"];
    // 300 + 100 + 1234.567891 + 0.03 + 10; the one with an error is left out.
    assert_eq!(totals["预算总计"], json!({"exact": "1644.597891", "printed": "1644.60"}));
    assert_eq!(totals["支出合计"]["exact"], "1600.51");
    assert_eq!(totals["预算执行率（%）"]["printed"], "97.32");
    assert_eq!(totals["人数（人）"], json!({"exact": "12", "printed": "12"}));
    // (92.01 + 92 + 92 + 85.5) ÷ 4 = 90.3775
    assert_eq!(summary["average"], "90.38");
    assert!(summary["notes"].to_string().contains("算术平均，四舍五入到两位小数"));
}

#[test]
fn money_is_given_in_the_unit_that_is_asked_for() {
    let county = County::usual();
    let yuan = county.json(&["--unit", "元"]);
    assert_eq!(yuan["unit"], "元");
    assert_eq!(yuan["units"][2]["figures"]["预算总计"], json!({"exact": "12345678.91", "printed": "12345678.91"}));
    assert_eq!(yuan["units"][0]["figures"]["支出合计"]["exact"], "2999900");
    let large = county.json(&["--unit", "亿元"]);
    assert_eq!(large["units"][2]["figures"]["预算总计"]["printed"], "0.1235");
}

#[test]
fn a_figure_that_only_some_profiles_have_is_a_column_with_gaps() {
    let table = County::usual().table(Elsewhere::Workbook);
    let texts = |row: &Value| -> Vec<String> {
        row.as_array().unwrap().iter().map(|cell| cell["text"].as_str().unwrap().to_owned()).collect()
    };
    let head = texts(&table["header"][0]);
    let expected = "名次 单位 预算总计 支出合计 预算执行率（%） 人数（人） 得分 等级 错误 警告 已知差异";
    assert_eq!(head.join(" "), expected);
    let row = |at: usize| texts(&table["rows"][at]["cells"]).join(" ");
    assert_eq!(row(2), "2 甲局 1234.57 1200.00 97.20 — 92.00 优 0 0 0");
    assert_eq!(row(3), "4 丁局 0.03 0.02 66.67 12 85.50 良 0 0 0");
    assert_eq!(row(4), "— 无评分局 10.00 10.00 100.00 — — — 0 0 0");
    assert_eq!(row(5), "— 错账局 ※500.00 ※400.00 ※80.00 — ※99.00 ※优 1 0 0");
    assert_eq!(row(6), "合计 1644.60 1600.51 97.32 12    ".trim_end().to_owned() + "     ");
    assert_eq!(table["unit"], "单位：万元");
    let note = table["note"].as_str().unwrap();
    for part in ["错账局（1个错误）", "无评分局", "往年局（有2022年度）", "不是各单位的平均"]
    {
        assert!(note.contains(part), "{part} not in {note}");
    }
}

#[test]
fn errors_do_not_stop_the_summary_and_are_told() {
    let county = County::usual();
    let run = county.run(&["--year", "2023", "-o", "out"]);
    assert_eq!(run.code, 1);
    assert_eq!(run.stderr, "错账局：1个错误，没有排名；见 jibao check units/f/2023\n");
    assert!(run.stdout.starts_with("out/2023年度汇总.pdf：1页；6个单位，排名4个，没有这一年的1个\n"), "{}", run.stdout);
    assert!(county.folder.path().join("out/2023年度汇总.xlsx").is_file());
    let sound = county.run(&["--year", "2023", "-o", "out", "--only", "*局", "--only", "甲*", "--format", "json"]);
    assert_eq!(sound.code, 1);
    let sound = county.run(&["--year", "2023", "-o", "out", "--only", "[甲乙丙]局"]);
    assert_eq!((sound.code, sound.stderr.as_str()), (0, ""));
}

#[test]
fn the_same_county_gives_the_same_bytes() {
    let county = County::usual();
    let bytes = |format: &str, paths: &[&str], jobs: &str| {
        let output = county.run_on(paths, &["--year", "2023", "-o", "-", "--format", format, "-j", jobs]);
        assert!(output.stdout.len() > 1000, "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    let each = ["units/g", "units/f", "units/c", "units/b", "units/a", "units/e", "units/d", "units/../units/c"];
    for (format, begins) in [("pdf", "%PDF"), ("xlsx", "PK"), ("json", "{")] {
        let first = bytes(format, &["units"], "1");
        assert!(first.starts_with(begins.as_bytes()));
        assert!(first == bytes(format, &each, "3"), "{format} differs");
    }
}

#[test]
fn it_is_dated_by_the_latest_report_or_as_the_environment_says() {
    let county = County::usual();
    let dated = |epoch: Option<&str>| {
        let mut command = jibao();
        command.args([
            "summary",
            "units",
            "--year",
            "2023",
            "-o",
            "-",
            "--format",
            "pdf",
            "--profile-path",
            "profiles",
        ]);
        epoch.map(|epoch| command.env("SOURCE_DATE_EPOCH", epoch));
        let output = command.current_dir(county.folder.path()).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let usual = dated(None);
    assert!(usual.contains("2024-03-30") && usual.contains("2023年度部门整体支出绩效自评结果汇总表"));
    let set = dated(Some("1700000000"));
    assert!(set.contains("2023-11-14") && !set.contains("2024-03-30"));
}

#[test]
fn a_large_county_goes_on_over_several_pages() {
    let mut county = County::new();
    for i in 0..60 {
        let figures = format!("预算: {{总计: {}}}\n支出: {{合计: {i}.5}}\n", 100 + i);
        county = county.unit(&format!("u{i}"), &format!("第{i}个单位"), 2023, &figures, &format!("{}", 40 + i), 1);
    }
    let run = county.run(&["--year", "2023", "-o", ".", "--format", "pdf", "--title", "某某县2023年度汇总表"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.contains("pdf：6页；60个单位，排名60个\n"), "{}", run.stdout);
}

#[test]
fn what_cannot_be_summed_up_is_said_before_anything_is_written() {
    let county = County::usual();
    let refused = |arguments: &[&str], words: &str| {
        let run = county.run(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(run.stderr.contains(words), "{}", run.stderr);
    };
    refused(&["--year", "2019"], "没有一个单位有2019年度的报告；现有的年度：2022、2023");
    refused(&["--year", "2023", "--only", "*教育局"], "没有符合 --only 的单位");
    refused(&["--year", "2023", "--only", "[局"], "--only");
    refused(&["--year", "2023", "-o", "-"], "-o - 只能输出一种");
    refused(&["--year", "2023", "-o", "表.xlsx"], "-o 写一个文件夹");
    refused(&["--year", "二三"], "--year 不能是“二三”：要写整数");
    let twice = County::usual().unit("h", "甲局", 2023, "预算: {总计: 1}\n支出: {合计: 1}\n", "90", 1);
    let run = twice.run(&["--year", "2023"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("“甲局”2023年度的卷宗有两个：units/c 和 units/h"), "{}", run.stderr);
    assert!(!Path::new(twice.folder.path()).join("2023年度汇总.pdf").exists());
}

#[test]
fn a_unit_whose_files_cannot_be_read_is_listed_by_its_name() {
    let county = County::usual();
    county.write("units/b/2023/figures.yaml", "预算: [1, 2\n");
    let summary = county.json(&[]);
    let last = &summary["units"][4];
    assert_eq!((last["name"].as_str(), last["rank"].as_str()), (Some("丙局"), None));
    assert_eq!(last["figures"], json!({}));
    county.write("units/b/unit.yaml", "单位名称: [\n");
    assert_eq!(county.json(&[])["units"][4]["name"], "b");
}

#[test]
fn a_name_that_looks_like_a_formula_is_a_text() {
    let names = ["=1+1", "+1", "-1", "@SUM(A1)"];
    let mut county = County::new();
    for (i, name) in names.iter().enumerate() {
        let quoted = format!("\"{name}\"");
        county = county.unit(
            &format!("u{i}"),
            &quoted,
            2023,
            "预算: {总计: 2}\n支出: {合计: 1}\n",
            &format!("{}", 90 - i),
            1,
        );
    }
    let workbook = county.workbook();
    let (form, data) = (workbook.cells(1), workbook.cells(2));
    assert_eq!(form["E4"], "=D4/C4", "a formula is told from a text");
    for (name, row) in names.iter().zip(4..) {
        assert_eq!(form[&format!("B{row}")], format!("text {name}"));
    }
    assert_eq!(data["A2"], "text =1+1");
}

#[test]
fn what_no_cell_holds_is_a_text_with_its_mark_and_what_has_no_end_a_number() {
    let long = "12345678901234.56";
    let third = "预算: {总计: 1}\n支出: {合计: {公式: =预算.总计 / 3}}\n";
    let county = County::new().unit("a", "甲局", 2023, third, "90", 1).unit(
        "b",
        "乙局",
        2023,
        &format!("预算: {{总计: {long}}}\n支出: {{合计: {{填报: 4, 公式: =预算.总计}}}}\n"),
        "80",
        1,
    );
    let form = county.workbook().cells(1);
    assert_eq!(form["C5"], format!("text ※{long}"));
    assert_eq!((form["D4"].as_str(), form["D5"].as_str()), ("0.333333333333333", "4"));
    assert_eq!(form["D6"], "0.333333333333333", "the total has no end either");
}

#[test]
fn two_shares_of_one_name_keep_their_own_totals() {
    let county = County::usual();
    county.write(
        "profiles/staff/profile.yaml",
        &PROFILE_WITH_STAFF.replace(
            "  - {名称: 人数, 值: =人员.人数, 单位: 人}\n",
            "  - {名称: 预算总计, 值: =预算.总计, 单位: 万元}\n  - {名称: 支出合计, 值: =支出.合计, 单位: 万元}\n  \
         - {名称: 预算执行率, 占比: [预算总计, 支出合计]}\n",
        ),
    );
    let summary = county.json(&[]);
    let keys = column(&summary["columns"], "key");
    let (usual, other) = ("预算执行率：支出合计占预算总计（%）", "预算执行率：预算总计占支出合计（%）");
    assert!(keys.iter().any(|key| key == usual) && keys.iter().any(|key| key == other), "{keys:?}");
    assert_eq!(summary["units"][3]["figures"][other]["printed"], "150.00");
    assert_eq!(summary["units"][3]["figures"][usual], Value::Null);
    assert_eq!(summary["units"][0]["figures"][usual]["printed"], "100.00");
    assert_eq!(
        (&summary["totals"][usual]["printed"], &summary["totals"][other]["printed"]),
        (&json!("97.32"), &json!("102.75"))
    );
}

#[test]
fn a_page_sends_nobody_to_a_workbook_that_is_not_written() {
    let county = County::usual();
    let more = (0..20).map(|i| format!("  - {{名称: 第{i}项很长的主要数据, 值: =预算.总计, 单位: 万元}}\n"));
    let more = more.collect::<Vec<_>>().concat();
    county.write("profiles/staff/profile.yaml", &format!("{PROFILE_WITH_STAFF}{more}"));
    let note = |elsewhere| county.table(elsewhere)["note"].as_str().unwrap().to_owned();
    assert!(note(Elsewhere::Workbook).contains("本表排不下的见汇总的电子表："));
    let alone = note(Elsewhere::Nowhere);
    assert!(!alone.contains("见汇总的电子表") && alone.contains("加 --format xlsx"), "{alone}");
}
