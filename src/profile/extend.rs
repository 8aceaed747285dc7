//! A profile that extends another: what it says anew replaces what stands there, all else is taken over.

use super::Profile;
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::Pairs;

/// The profile together with what it takes over from the one that it extends.
pub(super) fn extend(mut base: Profile, own: Profile, findings: &mut Vec<Diagnostic>) -> Profile {
    for name in &own.removed {
        if !remove(&mut base, &name.value) {
            let text = format!("要删去的“{}”，所继承的体例里没有", name.value);
            let finding = Diagnostic::new(Code::JB1022, text).at(name.place);
            findings.push(finding.hint("写数据项、勾稽关系、标准表、主要数据的名称，或指标体系的编号"));
        }
    }
    merge_pairs(&mut base.figures, own.figures);
    merge_pairs(&mut base.derived, own.derived);
    merge_pairs(&mut base.tables, own.tables);
    merge(&mut base.identities, own.identities, |a, b| a.value.name.value == b.value.name.value);
    merge(&mut base.main_figures, own.main_figures, |a, b| a.name.value == b.name.value);
    merge(&mut base.systems, own.systems, |a, b| a.id.value == b.id.value);
    let bands = if own.bands.is_empty() { base.bands } else { own.bands };
    let claims = if own.claims.is_empty() { base.claims } else { own.claims };
    let watched = own.watched.or(base.watched);
    let multi_year = own.multi_year.or(base.multi_year);
    let Profile { name, note, base: extended, removed, .. } = own;
    Profile { name, note, base: extended, removed, bands, claims, watched, multi_year, ..base }
}

/// Takes everything of this name out; false where there is nothing.
fn remove(base: &mut Profile, name: &str) -> bool {
    let before = count(base);
    base.figures.0.retain(|(key, _)| key != name);
    base.derived.0.retain(|(key, _)| key != name);
    base.tables.0.retain(|(key, _)| key != name);
    base.identities.retain(|identity| identity.value.name.value != name);
    base.main_figures.retain(|figure| figure.name.value != name);
    base.systems.retain(|system| system.id.value != name);
    count(base) < before
}

fn count(profile: &Profile) -> usize {
    profile.figures.0.len()
        + profile.derived.0.len()
        + profile.tables.0.len()
        + profile.identities.len()
        + profile.main_figures.len()
        + profile.systems.len()
}

fn merge_pairs<T>(base: &mut Pairs<T>, own: Pairs<T>) {
    merge(&mut base.0, own.0, |a, b| a.0 == b.0);
}

fn merge<T>(base: &mut Vec<T>, own: Vec<T>, same: impl Fn(&T, &T) -> bool) {
    for item in own {
        match base.iter_mut().find(|other| same(other, &item)) {
            Some(other) => *other = item,
            None => base.push(item),
        }
    }
}
