//! The files of a profile and of all that it extends.

use std::collections::BTreeMap;
use std::path::Path;

use super::{BUNDLED_PROFILES, OWN_PROFILES};
use crate::profile::{Library, ProfileFiles};

/// The files of a profile with those that it extends, by their paths in the PDF.
pub(super) fn files(library: &Library, root: &Path, name: &str) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for ProfileFiles { name, bundled, files: own } in library.with_dossier(root).files_of(name) {
        let folder = if bundled { BUNDLED_PROFILES } else { OWN_PROFILES };
        files.extend(own.into_iter().map(|(path, text)| (format!("{folder}/{name}/{path}"), text)));
    }
    files
}
