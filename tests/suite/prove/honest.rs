//! A hundred files as they were written are identical.

use super::*;

/// How a report is made.
#[derive(Debug, Clone, Copy)]
struct Setting {
    attach: Attach,
    draft: bool,
    date: Option<DateView>,
}

const SETTINGS: [Setting; 4] = [
    Setting { attach: Attach::Whole, draft: false, date: None },
    Setting { attach: Attach::WithoutComments, draft: false, date: None },
    Setting { attach: Attach::Whole, draft: true, date: None },
    Setting { attach: Attach::Whole, draft: false, date: Some(DateView { year: 2001, month: 2, day: 3 }) },
];

#[test]
fn a_hundred_files_as_they_were_written_are_identical() {
    let fonts = FontSet::new(&[], false).unwrap();
    let library = Library::default();
    let paths = [root().join("samples"), root().join("tests/cases/charts"), root().join("tests/cases/own-indicators")];
    let yearly = || plan(&paths, &Selection::default()).unwrap();
    let mut targets = yearly().targets;
    targets.extend(over_years(plan(&paths[..1], &Selection::default()).unwrap(), 2019, 2023).targets);
    let mut made = Vec::new();
    for setting in SETTINGS {
        let Setting { attach, draft, date } = setting;
        let options = Options { draft, date, attach: Some(attach), ..Options::default() };
        let builder = jibao::batch::Builder::new(&library, &fonts, options);
        let job = |target: &Target| Job { target: target.clone(), output: Some(Output::Handed) };
        let pdf = |target: &Target| (target.shown(), builder.build(&job(target)).handed);
        made.extend(
            in_parallel(&targets, 0, pdf).unwrap().into_iter().map(|(name, pdf)| (format!("{name} {setting:?}"), pdf)),
        );
    }
    let written: Vec<(String, Vec<u8>)> = made.into_iter().filter_map(|(name, pdf)| Some((name, pdf?))).collect();
    assert!(written.len() >= 100, "{}", written.len());
    let verdicts = in_parallel(&written, 0, |(name, pdf)| (name.clone(), verify(pdf, &fonts))).unwrap();
    for (name, proof) in verdicts {
        let proof = proof.unwrap();
        assert_eq!(proof.verdict, Verdict::Identical, "{name}: {:#?}", proof.differences);
    }
}

#[test]
fn a_report_of_a_profile_of_the_users_is_made_again_from_its_pdf_alone() {
    let dossier = Dossier::copy_of("samples/county/water");
    let shelf = tempfile::tempdir().unwrap();
    let folder = shelf.path().join("本县");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("profile.yaml"), "名称: 本县的样式\n继承: hunan-10-60-30 # 省里的\n").unwrap();
    let unit = std::fs::read_to_string(dossier.path().join("unit.yaml")).unwrap();
    let unit: Vec<String> = unit.lines().filter(|line| !line.starts_with("体例:")).map(str::to_owned).collect();
    let dossier = dossier.write("unit.yaml", format!("体例: 本县\n{}\n", unit.join("\n")));
    let (fonts, library) = (FontSet::new(&[], false).unwrap(), Library::new(vec![shelf.path().to_path_buf()]));
    for attach in [Attach::Whole, Attach::WithoutComments] {
        let options = Options { attach: Some(attach), draft: true, ..Options::default() };
        let target = Target { root: dossier.path().to_path_buf(), year: 2023, since: None };
        let job = Job { target, output: Some(Output::Handed) };
        let pdf = jibao::batch::Builder::new(&library, &fonts, options).build(&job).handed.unwrap();
        // Nothing of the shelf is there any longer when the report is made again: verify looks at the PDF alone.
        assert_eq!(verify(&pdf, &fonts).unwrap().verdict, Verdict::Identical);
        let files = jibao::attach::read_carried(pdf).unwrap();
        assert!(files.iter().any(|file| file.name == "体例/本县/profile.yaml"));
        assert!(files.iter().any(|file| file.name == "jibao/体例/hunan-10-60-30/profile.yaml"));
    }
}
