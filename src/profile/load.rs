//! The profiles that come with the program, embedded from `templates/`.

use include_dir::{Dir, DirEntry, include_dir};

use super::{IndexSystem, Profile};
use crate::source::closest;

/// The templates as they stand in the repository.
static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The bytes of an embedded file, by its path below `templates/`.
pub fn template(path: &str) -> Option<&'static [u8]> {
    TEMPLATES.get_file(path).map(include_dir::File::contents)
}

/// The names of the profiles.
pub fn names() -> Vec<&'static str> {
    let Some(folder) = TEMPLATES.get_dir("profiles") else { return Vec::new() };
    let mut names: Vec<_> = folder.dirs().filter_map(|dir| dir.path().file_name()?.to_str()).collect();
    names.sort_unstable();
    names
}

/// The profile of this name with its index systems.
///
/// # Errors
/// A sentence that says which names there are, or what is wrong in its files.
pub fn load(name: &str) -> Result<Profile, String> {
    let folder = format!("profiles/{name}");
    let Some(text) = template(&format!("{folder}/profile.yaml")) else {
        let near = closest(name, names()).map_or(String::new(), |n| format!("；是不是想写“{n}”？"));
        return Err(format!("没有“{name}”这个体例{near}（可用：{}）", names().join("、")));
    };
    let mut profile: Profile = read(text, &format!("{folder}/profile.yaml"))?;
    profile.systems = systems(&folder)?;
    Ok(profile)
}

fn systems(folder: &str) -> Result<Vec<IndexSystem>, String> {
    let Some(indices) = TEMPLATES.get_dir(format!("{folder}/indices")) else { return Ok(Vec::new()) };
    let mut files: Vec<_> = indices.files().collect();
    files.sort_by_key(|file| file.path());
    files.into_iter().map(|file| read(file.contents(), &file.path().to_string_lossy())).collect()
}

/// Profiles are the program's own data, held right by tests: `serde_yaml`'s word on a mistake is enough.
fn read<T: serde::de::DeserializeOwned>(text: &[u8], path: &str) -> Result<T, String> {
    serde_yaml::from_slice(text).map_err(|e| format!("templates/{path}：{e}"))
}

/// The files that `init` writes: path below the new dossier, and text.
pub fn skeleton(profile: &str) -> Vec<(String, &'static str)> {
    let root = format!("profiles/{profile}/skeleton");
    let mut files = Vec::new();
    if let Some(dir) = TEMPLATES.get_dir(&root) {
        collect(dir.entries(), &root, &mut files);
    }
    files.sort();
    files
}

fn collect(entries: &'static [DirEntry<'static>], root: &str, into: &mut Vec<(String, &'static str)>) {
    for entry in entries {
        match entry {
            DirEntry::Dir(dir) => collect(dir.entries(), root, into),
            DirEntry::File(file) => {
                let path = file.path().to_string_lossy().replace('\\', "/");
                let relative = path.trim_start_matches(root).trim_start_matches('/').to_owned();
                into.extend(file.contents_utf8().map(|text| (relative, text)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_reads_and_its_weights_add_up() {
        assert!(names().contains(&"department-overall"));
        for name in names() {
            let profile = load(name).unwrap();
            assert!(!profile.identities.is_empty() && !profile.systems.is_empty(), "{name}");
            for system in &profile.systems {
                let sum: rust_decimal::Decimal = system.indicators.iter().map(|i| i.weight.0).sum();
                assert_eq!(sum, system.total.0, "{}", system.id);
            }
            assert!(profile.bands.windows(2).all(|w| w[0].at_least > w[1].at_least), "{name}");
        }
    }

    #[test]
    fn an_unknown_profile_names_the_known_ones() {
        let message = load("department-overal").unwrap_err();
        assert!(message.contains("是不是想写“department-overall”"), "{message}");
    }
}
