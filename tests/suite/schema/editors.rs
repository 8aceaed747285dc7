//! What an editor gets: schemas that every file fits, Chinese throughout, written where the files say.

use super::*;

/// The YAML files below a folder.
fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(at) = folders.pop() {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "yaml") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// Reads a file as an editor does and holds it against a schema.
fn fits(path: &Path, schema: &Value) {
    let text = std::fs::read_to_string(path).unwrap();
    let value = json_of(&text).unwrap_or_else(|| panic!("{} is no YAML", path.display()));
    validate(schema, &value).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
}

/// The profile that a dossier names, its own before those that come with the program.
fn profile_of(dossier: &Path) -> (Arc<Profile>, Library) {
    let unit = json_of(&std::fs::read_to_string(dossier.join("unit.yaml")).unwrap()).unwrap();
    let name = unit["体例"].as_str().unwrap_or(PROFILE).to_owned();
    let library = Library::default().with_dossier(dossier);
    let found = library.find(&Spanned::from(name), &mut Sources::default(), &mut Vec::new());
    (found.expect("the profile"), library)
}

#[test]
fn every_file_of_samples_and_cases_fits_its_schema() {
    let mut checked = 0;
    for folder in ["samples", "tests/cases"] {
        for unit in yaml_files(&root().join(folder)).iter().filter(|path| path.ends_with("unit.yaml")) {
            let dossier = unit.parent().unwrap();
            if dossier.ends_with("malformed") {
                continue;
            }
            let (profile, library) = profile_of(dossier);
            for path in yaml_files(dossier) {
                let below = path.strip_prefix(dossier).unwrap().to_string_lossy().replace('\\', "/");
                if let Some(kind) = Kind::of(&below) {
                    fits(&path, &schema(kind, &profile, &library.names()));
                    checked += 1;
                }
            }
        }
    }
    assert!(checked >= 35, "{checked}");
}

#[test]
fn every_file_of_the_profiles_fits_its_schema() {
    let folder = root().join("templates/profiles");
    for path in yaml_files(&folder) {
        let text = path.to_string_lossy().replace('\\', "/");
        if text.ends_with("/profile.yaml") {
            fits(&path, &schema_of(Kind::Profile));
        } else if text.contains("/indices/") {
            fits(&path, &schema_of(Kind::Indices));
        }
    }
}

/// Every text under a key, in a schema.
fn texts<'a>(value: &'a Value, key: &str, into: &mut Vec<&'a str>) {
    match value {
        Value::Object(map) => {
            into.extend(map.get(key).and_then(Value::as_str));
            map.values().for_each(|member| texts(member, key, into));
        }
        Value::Array(items) => items.iter().for_each(|item| texts(item, key, into)),
        _ => {}
    }
}

/// The keys of every map of a schema, and those that nothing describes.
fn keys(value: &Value, into: &mut Vec<String>, bare: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            let described = map.get("type").is_some_and(|kind| kind == "object");
            for (key, member) in map.get("properties").and_then(Value::as_object).into_iter().flatten() {
                if *member == Value::Bool(false) {
                    continue;
                }
                into.push(key.clone());
                if described && member.get("description").is_none() {
                    bare.push(key.clone());
                }
            }
            map.values().for_each(|member| keys(member, into, bare));
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, into, bare)),
        _ => {}
    }
}

#[test]
fn every_key_is_described_in_chinese() {
    let english = regex::Regex::new("[a-z]{2,} [a-z]{2,}").unwrap();
    for &kind in Kind::ALL {
        let schema = schema_of(kind);
        let (mut all, mut bare) = (Vec::new(), Vec::new());
        keys(&schema, &mut all, &mut bare);
        bare.retain(|key| !["封面", "落款", "填报日期"].contains(&key.as_str()));
        assert_eq!(bare, Vec::<String>::new(), "{}", kind.name());
        let mut descriptions = Vec::new();
        texts(&schema, "description", &mut descriptions);
        assert!(descriptions.len() >= 10, "{}", kind.name());
        for text in descriptions {
            assert!(!english.is_match(text), "{}: {text}", kind.name());
            assert!(!text.is_ascii(), "{}: {text}", kind.name());
        }
    }
}

#[test]
fn the_readme_lists_every_key() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let rows = readme.lines().filter(|line| line.starts_with('|'));
    let spans = rows.flat_map(|row| row.split('`').skip(1).step_by(2));
    let words: std::collections::BTreeSet<&str> =
        spans.flat_map(|span| span.split(|c: char| !c.is_alphanumeric())).collect();
    let bare = Profile { name: "甲".to_owned(), ..without_names() };
    let mut missing = Vec::new();
    for &kind in Kind::ALL {
        let mut all = Vec::new();
        keys(&schema(kind, &bare, &[]), &mut all, &mut Vec::new());
        missing.extend(all.into_iter().filter(|key| !words.contains(key.as_str())).map(|key| (kind.name(), key)));
    }
    missing.dedup();
    assert_eq!(missing, Vec::new());
}

/// A profile that knows no names, so that the schemas have no keys but their own.
fn without_names() -> Profile {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("甲")).unwrap();
    std::fs::write(folder.path().join("甲/profile.yaml"), "名称: 甲\n").unwrap();
    let library = Library::new(vec![folder.path().to_path_buf()]);
    let found = library.find(&Spanned::from("甲".to_owned()), &mut Sources::default(), &mut Vec::new());
    Arc::unwrap_or_clone(found.expect("the profile"))
}

#[test]
fn the_profile_s_figures_and_rows_are_described() {
    let figures = schema_of(Kind::Figures);
    let total = figures.pointer("/definitions/Names/properties/预算/properties/总计/description").unwrap();
    assert!(total.as_str().unwrap().contains("单位：万元；口径：预算数；必填"), "{total}");
    let scores = schema_of(Kind::Scores).to_string();
    assert!(scores.contains("预算编制合理性，5 分：预算与部门职责、年度重点匹配"), "{scores}");
}

#[test]
fn the_command_prints_one_schema_or_writes_all() {
    let printed: Run = jibao().args(["schema", "figures"]).output().unwrap().into();
    assert_eq!(printed.code, 0, "{}", printed.stderr);
    assert_eq!(serde_json::from_str::<Value>(&printed.stdout).unwrap(), schema_of(Kind::Figures));
    let folder = tempfile::tempdir().unwrap();
    let run: Run = jibao().args(["schema", "--all", "-o"]).arg(folder.path().join("a")).output().unwrap().into();
    assert_eq!((run.code, run.stdout.lines().count()), (0, Kind::ALL.len()), "{}", run.stderr);
    for kind in Kind::ALL {
        let text = std::fs::read_to_string(folder.path().join("a").join(kind.file_name())).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), schema_of(*kind));
    }
    for wrong in
        [vec!["schema"], vec!["schema", "--all"], vec!["schema", "甲"], vec!["schema", "unit", "--profile", "甲"]]
    {
        let run: Run = jibao().args(&wrong).output().unwrap().into();
        assert_eq!(run.code, 2, "{wrong:?}");
        assert!(!run.stderr.is_ascii(), "{}", run.stderr);
    }
}

/// Every YAML file of a dossier begins with the modeline that leads to a schema, which it fits.
fn modelines_lead_to_schemas(dossier: &Path) -> usize {
    let files = yaml_files(dossier);
    for path in &files {
        let text = std::fs::read_to_string(path).unwrap();
        let target = text.lines().next().and_then(|line| line.strip_prefix("# yaml-language-server: $schema="));
        let target = path.parent().unwrap().join(target.unwrap_or_else(|| panic!("{}", path.display())));
        let schema = serde_json::from_str(&std::fs::read_to_string(target).unwrap()).unwrap();
        fits(path, &schema);
    }
    files.len()
}

#[test]
fn every_profile_s_new_dossier_fits_the_profile_s_schemas() {
    for name in jibao::profile::names() {
        let folder = tempfile::tempdir().unwrap();
        let run: Run = jibao().args(["init", "--profile", name]).arg(folder.path()).output().unwrap().into();
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        assert!(modelines_lead_to_schemas(folder.path()) >= 5, "{name}");
        let figures = std::fs::read_to_string(folder.path().join(".schema/figures.json")).unwrap();
        let written: Value = serde_json::from_str(&figures).unwrap();
        let library = Library::default();
        assert_eq!(written, schema(Kind::Figures, &embedded(name).unwrap(), &library.names()), "{name}");
    }
}

#[test]
fn a_new_dossier_s_files_name_their_schemas() {
    let dossier = Dossier::init();
    assert_eq!(modelines_lead_to_schemas(dossier.path()), 8);
    assert_eq!(dossier.check().findings(), Vec::<Value>::new());
    std::fs::write(dossier.path().join(".schema/unit.json"), "旧").unwrap();
    let year: Run = jibao().args(["init", "--year", "2026"]).arg(dossier.path()).output().unwrap().into();
    assert_eq!(year.code, 0, "{}", year.stderr);
    assert_eq!(modelines_lead_to_schemas(dossier.path()), 15);
}
