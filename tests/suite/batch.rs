//! Many reports in one command: which are meant, what is skipped, what survives a kill, how work is split and joined.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Dossier, Run, jibao};

/// Several copies of the demo dossier, each another unit, and a folder for what is built.
struct County {
    folder: TempDir,
}

impl County {
    fn new(units: usize) -> Self {
        let folder = TempDir::new().unwrap();
        for unit in 0..units {
            let demo = Dossier::copy_of("samples/demo").replace(
                "unit.yaml",
                "单位名称: 云岭县农业农村局",
                &format!("单位名称: 云岭县第{unit}局"),
            );
            copy(demo.path(), &folder.path().join(format!("county/u{unit}")));
        }
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn jibao(&self, arguments: &[&str]) -> Run {
        jibao().current_dir(self.folder.path()).args(arguments).output().unwrap().into()
    }

    /// Builds the county into `out` with more arguments, and gives the manifest's reports.
    fn build(&self, out: &str, more: &[&str]) -> (Run, Vec<Value>) {
        let run = self.jibao(&[&["build", "county", "-o", out, "--manifest", "manifest.json"], more].concat());
        (run, self.reports("manifest.json"))
    }

    fn reports(&self, manifest: &str) -> Vec<Value> {
        let text = std::fs::read_to_string(self.path(manifest)).unwrap();
        let manifest: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(manifest["schema"], 1);
        manifest["reports"].as_array().unwrap().clone()
    }

    fn replace(&self, file: &str, from: &str, to: &str) {
        let path = self.path(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has no {from:?}");
        std::fs::write(path, text.replacen(from, to, 1)).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The files below a folder, hidden ones too, with their bytes.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            let below = tree(&path).into_iter().map(|(name, data)| (Path::new(&entry.file_name()).join(name), data));
            files.extend(below);
        } else {
            files.insert(entry.file_name().into(), std::fs::read(path).unwrap());
        }
    }
    files
}

fn is_pdf(entry: &std::fs::DirEntry) -> bool {
    entry.path().extension().is_some_and(|e| e == "pdf")
}

/// The outcomes by path.
fn outcomes(reports: &[Value]) -> Vec<(&str, &str)> {
    reports.iter().map(|report| (report["path"].as_str().unwrap(), report["outcome"].as_str().unwrap())).collect()
}

fn without_times(reports: Vec<Value>) -> Vec<Value> {
    let strip = |mut report: Value| {
        report["millis"].take();
        report
    };
    reports.into_iter().map(strip).collect()
}

#[test]
fn what_is_unchanged_is_left_alone_and_what_changed_is_not() {
    let county = County::new(2);
    let all = |outcome| ["county/u0/2022", "county/u0/2023", "county/u1/2022", "county/u1/2023"].map(|p| (p, outcome));
    let (run, reports) = county.build("out", &[]);
    assert_eq!((run.code, outcomes(&reports)), (0, all("built").to_vec()), "{}", run.stderr);
    let first = tree(&county.path("out"));

    let (_, again) = county.build("out", &[]);
    assert_eq!(outcomes(&again), all("unchanged"));
    let same_but_outcome = |reports: Vec<Value>| -> Vec<Value> {
        let strip = |mut report: Value| {
            report["outcome"].take();
            report
        };
        without_times(reports).into_iter().map(strip).collect()
    };
    assert_eq!(same_but_outcome(again), same_but_outcome(reports));
    assert_eq!(tree(&county.path("out")), first);

    let (_, forced) = county.build("out", &["--force"]);
    assert_eq!(outcomes(&forced), all("built"));
    assert_eq!(tree(&county.path("out")), first);

    // A PDF that is gone is made again; one that somebody has touched stays, and stops no other.
    let (gone, touched) = (county.path("out/云岭县第0局-2022.pdf"), county.path("out/云岭县第1局-2022.pdf"));
    std::fs::remove_file(&gone).unwrap();
    std::fs::write(&touched, "%PDF").unwrap();
    let (run, mended) = county.build("out", &[]);
    let endings: Vec<&str> = outcomes(&mended).iter().map(|(_, outcome)| *outcome).collect();
    assert_eq!((run.code, endings), (2, vec!["built", "unchanged", "failed", "unchanged"]));
    assert!(run.stderr.contains("out/云岭县第1局-2022.pdf 写出之后改动过，没有覆盖"), "{}", run.stderr);
    assert_eq!(std::fs::read(&touched).unwrap(), b"%PDF");
    let (run, _) = county.build("out", &["--force"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(tree(&county.path("out")), first);

    // An option that changes the file's bytes.
    let dated = jibao()
        .current_dir(county.folder.path())
        .env("SOURCE_DATE_EPOCH", "1700000000")
        .args(["build", "county", "-o", "out", "--manifest", "manifest.json"])
        .output()
        .unwrap();
    assert!(dated.status.success());
    assert_eq!(outcomes(&county.reports("manifest.json")), all("built"));
}

#[test]
fn exactly_the_reports_that_print_a_changed_figure_are_built_again() {
    let county = County::new(2);
    county.build("out", &[]);
    let changed = |county: &County| -> Vec<String> {
        let (_, reports) = county.build("out", &[]);
        let built = reports.iter().filter(|report| report["outcome"] == "built");
        built.map(|report| report["path"].as_str().unwrap().to_owned()).collect()
    };
    let figures = "county/u0/2022/figures.yaml";
    // Neither a comment nor a zero in front changes a number.
    county.replace(figures, "会议费: 6.10", "会议费: 06.10 # 实报");
    assert_eq!(changed(&county), [""; 0]);
    // This year's alone.
    county.replace(figures, "建成: 11600", "建成: 11650");
    assert_eq!(changed(&county), ["county/u0/2022"]);
    // 2023 has it as last year's; the other unit does not read it at all.
    county.replace(figures, "培训费: 7.75", "培训费: 7.95");
    assert_eq!(changed(&county), ["county/u0/2022", "county/u0/2023"]);
    assert_eq!(changed(&county), [""; 0]);
    // What is known of the files does not depend on how they came to be.
    county.build("anew", &[]);
    assert!(tree(&county.path("out")) == tree(&county.path("anew")));
}

#[test]
fn warnings_are_said_again_although_nothing_changed() {
    let dossier = Dossier::init();
    let out = TempDir::new().unwrap();
    let build = || dossier.run(&["build", "--findings", "short", "-o", out.path().to_str().unwrap()]);
    let first = build();
    let second = build();
    assert!(first.stderr.contains("JB5010"), "{}", first.stderr);
    assert_eq!(second.stderr, first.stderr);
    assert!(second.stdout.contains("没有变化"), "{}", second.stdout);
    assert!(!first.stdout.contains("没有变化"), "{}", first.stdout);
}

#[test]
fn one_bad_report_does_not_stop_the_rest_unless_asked_to() {
    let county = County::new(3);
    county.replace("county/u1/2022/figures.yaml", "单位: 万元", "单位：万元");
    let (run, reports) = county.build("out", &["--findings", "short"]);
    assert_eq!(run.code, 1);
    // 2023 reads 2022.
    let expected = [
        ("county/u0/2022", "built"),
        ("county/u0/2023", "built"),
        ("county/u1/2022", "failed"),
        ("county/u1/2023", "failed"),
        ("county/u2/2022", "built"),
        ("county/u2/2023", "built"),
    ];
    assert_eq!(outcomes(&reports), expected);
    assert_eq!(reports[2]["output"], Value::Null);
    assert!(run.stdout.contains("排印 4，没有通过 2"), "{}", run.stdout);
    assert_eq!(std::fs::read_dir(county.path("out")).unwrap().count(), 5);

    let (run, reports) = county.build("out", &["--fail-fast", "-j", "1", "--findings", "short"]);
    assert_eq!(run.code, 1);
    let endings: Vec<&str> = outcomes(&reports).iter().map(|(_, ending)| *ending).collect();
    assert_eq!(endings, ["unchanged", "unchanged", "failed", "skipped", "skipped", "skipped"]);
}

#[test]
fn two_reports_of_one_name_are_an_error_before_any_work() {
    let county = County::new(2);
    county.replace("county/u1/unit.yaml", "云岭县第1局", "云岭县第0局");
    let run = county.jibao(&["build", "county", "-o", "out"]);
    assert_eq!((run.code, county.path("out").exists()), (2, false));
    assert!(run.stderr.contains("county/u0/2022 和 county/u1/2022 的报告都要写成"), "{}", run.stderr);
    let named = county.jibao(&["build", "county", "-o", "out", "--name", "{年度}/{卷宗}.pdf"]);
    assert_eq!(named.code, 0, "{}", named.stderr);
    assert!(county.path("out/2022/u0.pdf").is_file() && county.path("out/2023/u1.pdf").is_file());
    let again = county.jibao(&["build", "county", "-o", "out", "--name", "{年度}/{卷宗}.pdf"]);
    assert!(again.stdout.contains("没有变化 4"), "{}", again.stdout);
    let wrong = county.jibao(&["build", "county", "-o", "out", "--name", "{局}"]);
    assert!(wrong.code == 2 && wrong.stderr.contains("可用 {单位}、{年度}、{卷宗}"), "{}", wrong.stderr);
}

#[test]
fn years_units_and_patterns_choose_among_the_reports() {
    let county = County::new(3);
    let list = |arguments: &[&str]| -> Vec<String> {
        let run = county.jibao(&[&["build", "--list"], arguments].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout.lines().map(str::to_owned).collect()
    };
    assert_eq!(list(&["county"]).len(), 6);
    assert_eq!(list(&["county", "--years", "2023..2030", "--only", "第1局"]), ["county/u1/2023"]);
    assert_eq!(list(&["county", "--only", "u[02]", "--years", "2022"]), ["county/u0/2022", "county/u2/2022"]);
    assert_eq!(list(&["county/u*/2022"]), ["county/u0/2022", "county/u1/2022", "county/u2/2022"]);
    assert_eq!(list(&["county/u1", "county/u1/2022"]), ["county/u1/2022", "county/u1/2023"]);
    let none = county.jibao(&["build", "county", "--years", "1999"]);
    assert!(
        none.code == 2 && none.stderr.contains("有的年度是 2022年、2023年，有的单位是 云岭县第0局"),
        "{}",
        none.stderr
    );
    let wrong = county.jibao(&["build", "county", "--years", "2023..2022"]);
    assert!(wrong.code == 2 && wrong.stderr.contains("2023 在 2022 之后"), "{}", wrong.stderr);
}

#[test]
fn a_pattern_passes_over_what_is_no_dossier_and_never_means_our_own_folder() {
    let county = County::new(2);
    std::fs::create_dir_all(county.path("county/.jibao")).unwrap();
    std::fs::create_dir_all(county.path("county/附件")).unwrap();
    let run = county.jibao(&["build", "--list", "county/*"]);
    assert_eq!((run.code, run.stdout.lines().count()), (0, 4), "{}", run.stderr);
    assert!(run.stderr.contains("略过 county/附件：里面没有卷宗"), "{}", run.stderr);
    assert!(!run.stderr.contains(".jibao"), "{}", run.stderr);
    // What is named, and a pattern of nothing else, are no slip to be passed over.
    for path in ["county/附件", "county/附*"] {
        let run = county.jibao(&["build", "--list", "county/u0", path]);
        assert!(run.code == 2 && run.stderr.contains("里没有卷宗"), "{}", run.stderr);
    }
}

#[test]
fn figures_alone_are_passed_over_unless_named_by_whichever_way() {
    let county = County::new(1);
    let year = county.path("county/u0/2022");
    for entry in std::fs::read_dir(&year).unwrap().filter_map(Result::ok) {
        if entry.file_name() == "sections" {
            std::fs::remove_dir_all(entry.path()).unwrap();
        } else if entry.file_name() != "figures.yaml" {
            std::fs::remove_file(entry.path()).unwrap();
        }
    }
    let list = |arguments: &[&str]| county.jibao(&[&["build", "--list"], arguments].concat());
    assert_eq!(list(&["county/u0"]).stdout, "county/u0/2023\n");
    let named = list(&["county/u0", "./county/u0/2022"]);
    assert_eq!(named.stdout, "county/u0/2022\ncounty/u0/2023\n", "{}", named.stderr);
    let one = list(&["county", "--years", "2022"]);
    assert_eq!((one.code, one.stdout.as_str()), (0, ""), "{}", one.stderr);
    assert!(one.stderr.contains("2022：只有数据，没有报告"), "{}", one.stderr);
    let built = county.jibao(&["build", "county", "--years", "2022"]);
    assert_eq!(built.code, 0, "{}{}", built.stdout, built.stderr);
}

#[test]
fn shares_together_are_the_whole_byte_for_byte() {
    let county = County::new(3);
    let (whole, reports) = county.build("whole", &["-j", "1"]);
    assert_eq!(whole.code, 0);
    for share in ["1/3", "2/3", "3/3"] {
        let manifest = format!("{}.json", &share[..1]);
        let run =
            county.jibao(&["build", "county", "-o", "parts", "--shard", share, "--manifest", &manifest, "-j", "2"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(county.reports(&manifest).len(), 2, "shares are even");
    }
    let merged = county.jibao(&["merge", "3.json", "1.json", "2.json", "-o", "merged.json"]);
    assert_eq!(merged.code, 0, "{}", merged.stderr);
    let named = |text: &str| serde_json::from_str::<Vec<Value>>(&text.replace("parts/", "whole/")).unwrap();
    let joined = without_times(county.reports("merged.json"));
    assert_eq!(named(&serde_json::to_string(&joined).unwrap()), without_times(reports));
    assert_eq!(tree(&county.path("parts")), tree(&county.path("whole")));
    let short = county.jibao(&["merge", "1.json", "3.json"]);
    assert!(short.code == 2 && short.stderr.contains("还缺第 2 份"), "{}", short.stderr);
}

#[test]
fn a_manifest_on_standard_output_stands_there_alone() {
    let county = County::new(1);
    let run = county.jibao(&["build", "county", "-o", "out", "--manifest", "-"]);
    let manifest: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(manifest["reports"].as_array().unwrap().len(), 2);
    assert!(run.stderr.contains("排印 2"), "{}", run.stderr);
    let both = county.jibao(&["build", "county/u0/2022", "-o", "-", "--manifest", "-"]);
    assert_eq!((both.code, both.stdout.as_str()), (2, ""));
}

#[test]
fn one_dossier_by_two_ways_is_one_and_too_few_years_stop_only_their_own_report() {
    let county = County::new(2);
    let list = county.jibao(&["build", "--list", "county", "./county/u0", "county/../county/u1/2022"]);
    assert_eq!(list.stdout.lines().count(), 4, "{}", list.stdout);
    std::fs::remove_dir_all(county.path("county/u1/2022")).unwrap();
    let (run, reports) = county.build("out", &["--multi-year", "2022..2023", "--findings", "short"]);
    assert_eq!(run.code, 1);
    assert_eq!(outcomes(&reports), [("county/u0/2022-2023", "built"), ("county/u1/2022-2023", "failed")]);
    let list = county.jibao(&["build", "county", "--multi-year", "2021,2023"]);
    assert!(list.code == 2 && list.stderr.contains("写一个范围"), "{}", list.stderr);
}

#[test]
fn what_is_said_does_not_depend_on_the_number_of_threads() {
    let county = County::new(2);
    county.replace("county/u0/2022/figures.yaml", "单位: 万元", "单位：万元");
    let said = |jobs: &str| {
        let (run, _) = county.build("out", &["--force", "-j", jobs]);
        let timeless = regex::Regex::new(r"[0-9.]+秒").unwrap();
        let clean = |text: &str| timeless.replace_all(text, "").replace(' ', "");
        (clean(&run.stdout), clean(&run.stderr))
    };
    assert_eq!(said("1"), said("4"));
}

#[test]
fn a_kill_at_any_moment_leaves_whole_files_and_the_next_run_does_the_rest() {
    let county = County::new(4);
    county.build("whole", &[]);
    let whole = tree(&county.path("whole"));
    for done in [0, 1, 3, 5] {
        let out = format!("out{done}");
        let mut command = jibao();
        command.current_dir(county.folder.path()).args(["build", "-q", "-j", "2", "county", "-o", &out]);
        let mut child = command.spawn().unwrap();
        let written =
            || std::fs::read_dir(county.path(&out)).map_or(0, |entries| entries.flatten().filter(is_pdf).count());
        while written() < done && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let left = if county.path(&out).is_dir() { tree(&county.path(&out)) } else { BTreeMap::new() };
        let pdfs: Vec<_> = left.iter().filter(|(name, _)| name.extension().is_some_and(|e| e == "pdf")).collect();
        assert!((done..8).contains(&pdfs.len()), "{} of 8 done: it was not killed on the way", pdfs.len());
        for (name, data) in pdfs {
            assert!(whole[name] == *data, "{} is torn", name.display());
        }
        let (run, reports) = county.build(&out, &[]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let unchanged = outcomes(&reports).iter().filter(|(_, outcome)| *outcome == "unchanged").count();
        assert!(unchanged + 2 >= done, "only what was in hand is done again");
        assert!(tree(&county.path(&out)) == whole, "killed after {done}");
    }
}
