//! Finding and reading profiles: in folders that the user names, in the dossier's own folder 体例, or among those that
//! come with the program.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use include_dir::{Dir, DirEntry, include_dir};

use super::extend::extend;
use super::{IndexSystem, Profile, validate};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Dialect, Reader, Sources, Spanned, closest, decode};

/// The templates as they stand in the repository.
pub(super) static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The most profiles that extend each other in a row.
pub(super) const CHAIN_LIMIT: usize = 8;

/// The most files, and the deepest folder, of a skeleton that are read.
const SKELETON_LIMIT: usize = 200;
const SKELETON_DEPTH: usize = 4;

/// The folder of a dossier that may hold profiles of its own.
const OWN_FOLDER: &str = "体例";

/// The bytes of an embedded file, by its path below `templates/`.
pub fn template(path: &str) -> Option<&'static [u8]> {
    TEMPLATES.get_file(path).map(include_dir::File::contents)
}

/// The templates that lay a report out, with their paths: `report.typ` and what stands below `gbt9704/`.
pub fn layout_templates() -> impl Iterator<Item = (&'static Path, &'static [u8])> {
    let parts = TEMPLATES.get_dir("gbt9704").into_iter().flat_map(Dir::files);
    TEMPLATES.files().chain(parts).map(|file| (file.path(), file.contents()))
}

/// The names of the profiles that come with the program.
pub fn names() -> Vec<&'static str> {
    let Some(folder) = TEMPLATES.get_dir("profiles") else { return Vec::new() };
    let mut names: Vec<_> = folder.dirs().filter_map(|dir| dir.path().file_name()?.to_str()).collect();
    names.sort_unstable();
    names
}

/// A profile that comes with the program, with all that it extends. Read once in the life of the process, when it is
/// first asked for.
pub fn embedded(name: &str) -> Option<Arc<Profile>> {
    static KNOWN: Mutex<BTreeMap<String, Arc<Profile>>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(profile) = known.get(name) {
        return Some(profile.clone());
    }
    let profile = Arc::new(read_embedded(name, 0)?);
    known.insert(name.to_owned(), profile.clone());
    Some(profile)
}

/// The embedded profiles are held right by a test, which reads them with places: here their text is trusted.
fn read_embedded(name: &str, depth: usize) -> Option<Profile> {
    let mut own: Profile = trusted(template(&format!("profiles/{name}/profile.yaml"))?)?;
    let mut files: Vec<_> =
        TEMPLATES.get_dir(format!("profiles/{name}/indices")).map_or_else(Vec::new, |dir| dir.files().collect());
    files.sort_by_key(|file| file.path());
    own.systems = files.into_iter().map(|file| trusted::<IndexSystem>(file.contents())).collect::<Option<_>>()?;
    match own.base.clone() {
        Some(base) if depth < CHAIN_LIMIT => Some(extend(read_embedded(&base.value, depth + 1)?, own, &mut Vec::new())),
        _ => Some(own),
    }
}

fn trusted<T: serde::de::DeserializeOwned>(text: &[u8]) -> Option<T> {
    serde_yaml::from_slice(text).ok()
}

/// Where profiles are looked for before those that come with the program.
#[derive(Debug, Clone, Default)]
pub struct Library {
    folders: Vec<PathBuf>,
}

impl Library {
    /// A library of these folders, each holding a profile a folder.
    pub fn new(folders: Vec<PathBuf>) -> Self {
        Self { folders }
    }

    /// The folders that the user names.
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// With the profiles that a dossier brings along, which come first.
    #[must_use]
    pub fn with_dossier(&self, root: &Path) -> Self {
        let own = root.join(OWN_FOLDER);
        let mut folders = self.folders.clone();
        if own.is_dir() && is_inside(&own, root) {
            folders.insert(0, own);
        }
        Self { folders }
    }

    /// With one more folder, which comes first.
    #[must_use]
    pub fn with_folder(&self, folder: PathBuf) -> Self {
        let mut folders = vec![folder];
        folders.extend(self.folders.iter().cloned());
        Self { folders }
    }

    /// The names of the profiles at hand, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut known: Vec<String> = names().into_iter().map(str::to_owned).collect();
        known.extend(self.folders.iter().flat_map(|folder| subfolders(folder)));
        known.sort();
        known.dedup();
        known
    }

    /// The profile of a name, with all that it extends. What is wrong with its files goes to `findings`, with places.
    pub fn find(
        &self,
        name: &Spanned<String>,
        sources: &mut Sources,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<Arc<Profile>> {
        self.chain(name, 0, sources, findings)
    }

    fn chain(
        &self,
        name: &Spanned<String>,
        depth: usize,
        sources: &mut Sources,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<Arc<Profile>> {
        let Some(folder) = self.folder(&name.value) else {
            let found = embedded(&name.value);
            if found.is_none() {
                findings.push(self.unknown(name));
            }
            return found;
        };
        let own = read(&folder, sources, findings)?;
        let Some(base) = own.base.clone() else {
            if depth == 0 {
                validate(&own, findings);
            }
            return Some(Arc::new(own));
        };
        if depth >= CHAIN_LIMIT {
            let finding = Diagnostic::new(Code::JB1022, format!("体例“{}”继承得太深，或绕成了一圈", name.value));
            findings.push(finding.at(base.place).hint("核对各体例的 继承"));
            return None;
        }
        // A profile may extend the one of its own name that comes with the program.
        let base = if base.value == name.value {
            let found = embedded(&base.value);
            if found.is_none() {
                findings.push(Self::default().unknown(&base));
            }
            found?
        } else {
            self.chain(&base, depth + 1, sources, findings)?
        };
        let profile = extend(Arc::unwrap_or_clone(base), own, findings);
        if depth == 0 {
            validate(&profile, findings);
        }
        Some(Arc::new(profile))
    }

    /// The folder of a profile that does not come with the program; none where only the program has the name.
    pub(super) fn folder(&self, name: &str) -> Option<PathBuf> {
        let found = |shelf: &PathBuf| Some(shelf.join(name)).filter(|own| own.is_dir() && is_inside(own, shelf));
        self.folders.iter().filter(|_| is_plain(name)).find_map(found)
    }

    fn unknown(&self, name: &Spanned<String>) -> Diagnostic {
        let known = self.names();
        let finding = Diagnostic::new(Code::JB1016, format!("没有“{}”这个体例", name.value)).at(name.place);
        let finding = finding.suggest(closest(&name.value, known.iter().map(String::as_str)));
        finding.hint(format!("可用的体例：{}", known.join("、")))
    }

    /// The files that `init` writes: path below the new dossier, and text. Those of an extending profile come first.
    ///
    /// # Errors
    /// The name, where nothing has it.
    pub fn skeleton(&self, name: &str) -> Result<Vec<(String, String)>, String> {
        let mut files = BTreeMap::new();
        let mut next = Some(name.to_owned());
        let mut depth = 0;
        let mut embedded_next = false;
        while let Some(name) = next.take().filter(|_| depth < CHAIN_LIMIT) {
            depth += 1;
            let plain = is_plain(&name) && !embedded_next;
            let folder = self.folders.iter().map(|folder| folder.join(&name)).find(|folder| plain && folder.is_dir());
            let (own, base) = match folder {
                Some(folder) => disk_skeleton(&folder),
                None => embedded_skeleton(&name)?,
            };
            for (path, text) in own {
                files.entry(path).or_insert(text);
            }
            // A profile on disk may extend the one of its own name that comes with the program.
            embedded_next = base.as_ref() == Some(&name);
            next = base;
        }
        Ok(files.into_iter().collect())
    }
}

/// Whether a folder really stands below another: a link may lead out of it.
fn is_inside(folder: &Path, root: &Path) -> bool {
    match (folder.canonicalize(), root.canonicalize()) {
        (Ok(folder), Ok(root)) => folder.starts_with(root),
        _ => false,
    }
}

/// Whether a name is that of a folder and no way to another.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.contains(['/', '\\', '.'])
}

fn subfolders(folder: &Path) -> Vec<String> {
    Reader::new(folder).map(|reader| reader.names("", true)).unwrap_or_default()
}

/// Reads a profile's folder, without what it extends.
pub(super) fn read(folder: &Path, sources: &mut Sources, findings: &mut Vec<Diagnostic>) -> Option<Profile> {
    let reader = Reader::new(folder).map_err(|finding| findings.push(*finding)).ok()?;
    let tree = reader.read("profile.yaml", Dialect::Data, sources, findings)?;
    let mut profile: Profile = decode(&tree, findings)?;
    for name in reader.names("indices", false) {
        let path = Path::new(&name);
        if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("yaml") || e.eq_ignore_ascii_case("yml")) {
            let tree = reader.read(&format!("indices/{name}"), Dialect::Data, sources, findings);
            profile.systems.extend(tree.and_then(|tree| decode::<IndexSystem>(&tree, findings)));
        }
    }
    Some(profile)
}

type Skeleton = (Vec<(String, String)>, Option<String>);

fn embedded_skeleton(name: &str) -> Result<Skeleton, String> {
    let Some(profile) = embedded(name) else {
        let near = closest(name, names()).map_or(String::new(), |n| format!("；是不是想写“{n}”？"));
        return Err(format!("没有“{name}”这个体例{near}（可用：{}）", names().join("、")));
    };
    let root = format!("profiles/{name}/skeleton");
    let mut files = Vec::new();
    if let Some(dir) = TEMPLATES.get_dir(&root) {
        collect(dir.entries(), &root, &mut files);
    }
    Ok((files, profile.base.as_ref().map(|base| base.value.clone())))
}

fn collect(entries: &'static [DirEntry<'static>], root: &str, into: &mut Vec<(String, String)>) {
    for entry in entries {
        match entry {
            DirEntry::Dir(dir) => collect(dir.entries(), root, into),
            DirEntry::File(file) => {
                let path = file.path().to_string_lossy().replace('\\', "/");
                let relative = path.trim_start_matches(root).trim_start_matches('/').to_owned();
                into.extend(file.contents_utf8().map(|text| (relative, text.to_owned())));
            }
        }
    }
}

/// A profile on disk writes what the one that it extends writes, and its own files of `skeleton/` in their place.
fn disk_skeleton(folder: &Path) -> Skeleton {
    let base = read(folder, &mut Sources::default(), &mut Vec::new()).and_then(|profile| profile.base);
    let Ok(reader) = Reader::new(folder) else { return (Vec::new(), None) };
    let mut files = Vec::new();
    let mut folders = vec!["skeleton".to_owned()];
    while let Some(at) = folders.pop().filter(|_| files.len() < SKELETON_LIMIT) {
        // Links may lead round in a ring.
        if at.matches('/').count() > SKELETON_DEPTH {
            continue;
        }
        folders.extend(reader.names(&at, true).into_iter().map(|name| format!("{at}/{name}")));
        for name in reader.names(&at, false) {
            let path = format!("{at}/{name}");
            if let Some(text) = reader.text(&path) {
                files.push((path.strip_prefix("skeleton/").unwrap_or(&path).to_owned(), text));
            }
        }
    }
    (files, base.map(|base| base.value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_with_places(name: &str) -> (Sources, Vec<Diagnostic>, Option<Arc<Profile>>) {
        let (mut sources, mut findings) = (Sources::default(), Vec::new());
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/profiles");
        let library = Library::new(vec![folder]);
        let profile = library.find(&Spanned::from(name.to_owned()), &mut sources, &mut findings);
        (sources, findings, profile)
    }

    #[test]
    fn every_profile_reads_is_valid_and_is_the_same_embedded() {
        assert!(names().len() >= 5);
        for name in names() {
            let (_, findings, profile) = read_with_places(name);
            let profile = profile.unwrap_or_else(|| panic!("{name}: {findings:#?}"));
            assert_eq!(findings, [], "{name}");
            let trusted = embedded(name).unwrap_or_else(|| panic!("{name} is not embedded"));
            assert_eq!(profile.identities.len(), trusted.identities.len());
            assert_eq!(profile.figures.0.len(), trusted.figures.0.len());
            let ids = |profile: &Profile| profile.systems.iter().map(|s| s.id.value.clone()).collect::<Vec<_>>();
            assert_eq!(ids(&profile), ids(&trusted));
            assert!(!profile.identities.is_empty() && !profile.systems.is_empty(), "{name}");
        }
    }

    #[test]
    fn an_unknown_profile_names_the_known_ones() {
        let (_, findings, profile) = read_with_places("department-overal");
        assert!(profile.is_none());
        assert!(findings[0].hints.iter().any(|hint| hint.contains("是不是想写“department-overall”")), "{findings:?}");
    }
}
