//! A small dossier of one year, and what is found in it.

use std::fs;

use crate::diagnostic::Code;

const FIGURES: &str = "
单位: 万元
预算: {年初批复收入: 1113.52, 三公经费: 2, 公用经费: 50}
收入: {合计: 1401.19, 财政拨款: {合计: 1400.93}}
结转结余: {年初: {合计: 5.61}, 年末: 0}
支出:
  基本支出: {人员经费: 309.83, 公用经费: 42.19, 合计: 352.02}
  项目支出:
    明细: {外网: {值: 117.80, 名称: 电子政务外网升级改造项目}, 测评: {值: 20, 名称: 网络与信息安全测评费}}
  一般公共预算: {值: 779.32, 名称: 一般公共预算财政拨款支出}
  合计: 1406.80
三公经费: {公务接待费: 0.13, 合计: 0.13}
会议费: 0.04
培训费: 4.07
资产: {账面: {固定资产: 30.24, 无形资产: 1}, 系统: {固定资产: 30.24, 无形资产: 1}}
人员: {单位: 人, 行政编制: 13, 行政实有: 12}
业务: {村级平台: {值: 298, 单位: 个}, 满意度: {值: 94.6, 单位: '%', 小数位: 1}}
上年: {会议费: 0.16, 支出: {合计: 1500, 一般公共预算: 999.11}}
";

pub(super) const UNIT: &str = "单位名称: 惠东县档案局\n";
pub(super) const REPORT: &str = "标题: 惠东县档案局2021年度部门整体支出绩效自评报告\n";

/// A dossier of one year as files.
pub(super) struct Case {
    files: Vec<(&'static str, String)>,
}

impl Case {
    pub(super) fn new() -> Self {
        let files = [("unit.yaml", UNIT), ("2021/report.yaml", REPORT), ("2021/figures.yaml", FIGURES)];
        let section = ("2021/sections/01.yaml", "标题: 基本情况\n正文: [没有别的。]\n".to_owned());
        Self { files: files.map(|(path, text)| (path, text.to_owned())).into_iter().chain([section]).collect() }
    }

    /// The dossier whose one section has one paragraph, in quotes.
    pub(super) fn prose(text: &str) -> Self {
        Self::new().file("2021/sections/01.yaml", &format!("标题: 基本情况\n正文:\n  - '{text}'\n"))
    }

    pub(super) fn file(mut self, path: &'static str, text: &str) -> Self {
        self.files.retain(|(known, _)| *known != path);
        self.files.push((path, text.to_owned()));
        self
    }

    pub(super) fn replace(mut self, path: &str, from: &str, to: &str) -> Self {
        for (_, text) in self.files.iter_mut().filter(|(known, _)| *known == path) {
            assert!(text.contains(from), "{from}");
            *text = text.replace(from, to);
        }
        self
    }

    /// What is found of this code: the characters at the place, and the message.
    pub(super) fn found(&self, code: Code) -> Vec<(String, String)> {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in &self.files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let examined = crate::examine(folder.path(), 2021);
        assert!(examined.report.is_some(), "{:?}", examined.findings);
        let of_code = examined.findings.iter().filter(|finding| finding.code == code);
        of_code
            .map(|f| {
                let place = f.place.map_or("", |place| examined.sources.slice(place));
                (place.to_owned(), f.message.clone())
            })
            .collect()
    }

    pub(super) fn places(&self, code: Code) -> Vec<String> {
        self.found(code).into_iter().map(|(place, _)| place).collect()
    }
}
