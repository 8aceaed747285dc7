//! The files that a PDF carries, against its list of them and against what its data give.

use std::collections::{BTreeMap, BTreeSet};

use super::rebuild::Rebuilt;
use super::{Difference, results};
use crate::attach::{CONTENTS, Contents, FIGURES, FileSum, SCORES};
use crate::compose::CarriedView;
use crate::reader::Attachment;

/// What differs in the files.
pub(super) fn differences(carried: &[Attachment], contents: &Contents, rebuilt: &Rebuilt) -> Vec<Difference> {
    let mut found = changed_files(carried, contents);
    let again: BTreeMap<&str, &CarriedView> = rebuilt.carried.iter().map(|file| (file.path.as_str(), file)).collect();
    for path in [FIGURES, SCORES] {
        let of_pdf = carried.iter().find(|file| file.name == path);
        match (of_pdf, again.get(path)) {
            (Some(file), Some(again)) => found.extend(results::differences(path, &file.bytes, again.text.as_bytes())),
            (None, Some(_)) => found.push(Difference::of_file(path, "被去掉了")),
            (Some(_), None) => found.push(Difference::of_file(path, "是多出来的")),
            (None, None) => {}
        }
    }
    if rebuilt.reasons.is_empty() && found.is_empty() {
        let list = again.get(CONTENTS).map(|file| file.text.as_bytes());
        let of_pdf = carried.iter().find(|file| file.name == CONTENTS).map(|file| file.bytes.as_slice());
        if list != of_pdf {
            found.push(Difference::of_file(CONTENTS, "是程序写出之后改过的"));
        }
    }
    found.extend(carried.iter().filter_map(|file| relabelled(file, again.get(file.name.as_str())?)));
    found
}

/// The files that are not as the list has them.
pub(super) fn changed_files(carried: &[Attachment], contents: &Contents) -> Vec<Difference> {
    let own = [CONTENTS, FIGURES, SCORES];
    let by_name: BTreeMap<&str, &Attachment> = carried.iter().map(|file| (file.name.as_str(), file)).collect();
    let listed: BTreeSet<&str> = contents.files.iter().map(|file| file.path.as_str()).collect();
    let mut found = Vec::new();
    for file in &contents.files {
        match by_name.get(file.path.as_str()) {
            None => found.push(Difference::of_file(&file.path, "被去掉了")),
            Some(now) => {
                let now = FileSum::of(&file.path, &now.bytes);
                if now != *file {
                    let changed = Difference::of_file(&file.path, "改过：与附件清单里的校验值不符");
                    found.push(changed.sides(Some(&now.sha256), Some(&file.sha256)));
                }
            }
        }
    }
    let more = by_name.keys().filter(|name| !listed.contains(**name) && !own.contains(*name));
    found.extend(more.map(|name| Difference::of_file(name, "是多出来的，不在附件清单里")));
    found
}

/// A file whose kind or description is not as the program writes it.
fn relabelled(file: &Attachment, again: &CarriedView) -> Option<Difference> {
    let relationship = file.relationship.as_deref().unwrap_or_default();
    let same = relationship.eq_ignore_ascii_case(again.relationship)
        && file.mime.as_deref() == Some(again.mime)
        && file.description.as_deref() == Some(again.description.as_str())
        && file.associated;
    (!same).then(|| Difference::of_file(&file.name, "的说明、类型或与正文的关系改过"))
}
