//! The files of profiles as they stand, to be handed on.

use std::path::Path;

use super::load::{CHAIN_LIMIT, TEMPLATES, read};
use super::{Library, embedded};
use crate::dossier::is_yaml;
use crate::source::{Reader, Sources};

/// The files of one profile, without those of the one that it extends and without its skeleton.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileFiles {
    /// The profile's name.
    pub name: String,
    /// Whether it comes with the program.
    pub bundled: bool,
    /// The files, by their paths below its folder.
    pub files: Vec<(String, String)>,
}

impl Library {
    /// The files of a profile and of those that it extends, in this order. What cannot be read is left out: whoever needs it
    /// has been told.
    pub fn files_of(&self, name: &str) -> Vec<ProfileFiles> {
        let mut found = Vec::new();
        let mut next = Some((name.to_owned(), false));
        while let Some((name, bundled)) = next.take().filter(|_| found.len() <= CHAIN_LIMIT) {
            let (files, base) = match self.folder(&name).filter(|_| !bundled) {
                Some(folder) => disk_files(&folder),
                None => (bundled_files(&name), embedded(&name).and_then(|profile| profile.base.clone())),
            };
            let of_program = bundled || self.folder(&name).is_none();
            // A profile may extend the one of its own name that comes with the program; what the program's extend are its own.
            next = base.map(|base| (base.value.clone(), of_program || base.value == name));
            found.push(ProfileFiles { name, bundled: of_program, files });
        }
        found
    }
}

type Files = Vec<(String, String)>;

fn disk_files(folder: &Path) -> (Files, Option<crate::source::Spanned<String>>) {
    let base = read(folder, &mut Sources::default(), &mut Vec::new()).and_then(|profile| profile.base);
    let Ok(reader) = Reader::new(folder) else { return (Vec::new(), base) };
    let indices = reader.names("indices", false).into_iter().map(|name| format!("indices/{name}"));
    let paths = std::iter::once("profile.yaml".to_owned())
        .chain(indices.filter(|path| path.rsplit('/').next().is_some_and(is_yaml)));
    let files = paths.filter_map(|path| {
        let text = reader.text(&path)?;
        Some((path, text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text)))
    });
    (files.collect(), base)
}

/// The files of a profile that comes with the program, by their paths below its folder.
pub fn bundled_files(name: &str) -> Vec<(String, String)> {
    let root = format!("profiles/{name}");
    let Some(folder) = TEMPLATES.get_dir(&root) else { return Vec::new() };
    let indices = folder.get_dir(format!("{root}/indices")).into_iter().flat_map(include_dir::Dir::files);
    let own = folder.get_file(format!("{root}/profile.yaml"));
    let files = own.into_iter().chain(indices).filter_map(|file| {
        let path = file.path().to_string_lossy().replace('\\', "/");
        let below = path.strip_prefix(&format!("{root}/"))?.to_owned();
        Some((below, file.contents_utf8()?.to_owned()))
    });
    let mut files: Vec<_> = files.collect();
    files.sort();
    files
}
