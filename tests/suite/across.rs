//! Several years of one unit.

use std::path::Path;

use jibao::Examination;
use jibao::compose::{BlockView, ReportView};
use tempfile::TempDir;

mod report;
mod scores;
mod tables;

/// A profile of the test's own, with an index system that looks back to the year before.
const PROFILE: &str = "名称: 某县部门整体支出绩效自评\n继承: department-overall\n";

const INDICES: &str = "
编号: county
名称: 某县部门整体支出绩效评分表
性质: 未证实
满分: 100
指标:
  - {编号: a1, 一级: 预算执行, 三级: 预算执行率, 分值: 60, 规则: {比率: 支出.合计 / 预算.总计}}
  - {编号: a2, 一级: 预算执行, 三级: 支出增长, 分值: 40, 规则: {分档: {值: (支出.合计 - 上年.支出.合计) / 上年.支出.合计, 档: [{至多: 0.05, 得: 40}, {至多: 0.1, 得: 30}, {得: 10}]}}}
";

/// The years of the dossier, each with its budget and spending.
const YEARS: [(i32, &str, &str); 5] = [
    (2019, "1000.00", "940.00"),
    (2020, "1050.00", "980.00"),
    (2021, "1100.00", "1064.00"),
    (2022, "1160.00", "1090.00"),
    (2023, "1250.00", "1230.00"),
];

/// A dossier of five years.
struct County {
    folder: TempDir,
}

impl County {
    fn new() -> Self {
        let county = Self { folder: TempDir::new().unwrap() };
        let county = county.write("unit.yaml", "单位名称: 云岭县水利局\n体例: county\n");
        let county =
            county.write("体例/county/profile.yaml", PROFILE).write("体例/county/indices/county.yaml", INDICES);
        YEARS.iter().fold(county, |county, (year, budget, spent)| {
            let by_hand = if *year == 2019 { "评分: {a2: {得分: 35, 依据: 没有上年的数}}\n" } else { "" };
            county
                .write(&format!("{year}/figures.yaml"), &format!("预算: {{总计: {budget}}}\n支出: {{合计: {spent}}}\n"))
                .write(&format!("{year}/scores.yaml"), &format!("指标体系: county\n{by_hand}"))
                .write(
                    &format!("{year}/report.yaml"),
                    "标题: '{{ 单位名称 }}{{ 年度 }}年度绩效自评报告'\n落款: {日期: 2024-05-31}\n",
                )
                .write(
                    &format!("{year}/sections/01.yaml"),
                    "标题: 概况\n正文: ['得{{ 总分 }}分，等级为{{ 等级 }}。']\n",
                )
        })
    }

    fn write(self, file: &str, text: &str) -> Self {
        let path = self.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    fn remove(self, file: &str) -> Self {
        std::fs::remove_file(self.path().join(file)).unwrap();
        self
    }

    /// With a section that holds these blocks in the report of 2023.
    fn with_blocks(self, blocks: &str) -> Self {
        self.write("2023/sections/02.yaml", &format!("标题: 历年\n正文:\n{blocks}\n"))
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A year that has nothing to be said of.
    fn clean(&self, year: i32) -> Examination {
        let examined = jibao::examine(self.path(), year);
        assert!(examined.findings.is_empty(), "{:#?}", examined.findings);
        examined.report.unwrap()
    }
}

/// The rows of the first table of a report, its head first, cells joined by bars.
fn table(view: &ReportView) -> Vec<String> {
    let found = view.body.iter().find_map(|block| match block {
        BlockView::Table(table) => Some(serde_json::to_value(table).unwrap()),
        _ => None,
    });
    let found = found.expect("a table");
    let text = |cells: &serde_json::Value| {
        let cells = cells.as_array().unwrap().iter().map(|cell| cell["text"].as_str().unwrap().to_owned());
        cells.collect::<Vec<_>>().join("|")
    };
    let rows = found["rows"].as_array().unwrap().iter().map(|row| text(&row["cells"]));
    std::iter::once(text(&found["header"][0])).chain(rows).collect()
}
