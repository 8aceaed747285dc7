//! Faces by their role, recognised by the names that are in use: a PDF names a font and nothing more.

use crate::typeset::Role;

/// Parts of names, in small letters without spaces, hyphens and underscores. The first that is found counts, so the
/// special ones come first: a name with 仿宋 has 宋 in it as well.
const PARTS: &[(&str, Role)] = &[
    ("biaosong", Role::BiaoSong),
    ("fzxbs", Role::BiaoSong),
    ("小标宋", Role::BiaoSong),
    ("大标宋", Role::BiaoSong),
    ("fangsong", Role::FangSong),
    ("fandolfang", Role::FangSong),
    ("fzfs", Role::FangSong),
    ("stfang", Role::FangSong),
    ("simfang", Role::FangSong),
    ("仿宋", Role::FangSong),
    ("fandolkai", Role::Kai),
    ("wenkai", Role::Kai),
    ("zenkai", Role::Kai),
    ("kaiti", Role::Kai),
    ("simkai", Role::Kai),
    ("fzkai", Role::Kai),
    ("fzkt", Role::Kai),
    ("stkai", Role::Kai),
    ("biaukai", Role::Kai),
    ("楷", Role::Kai),
    ("simhei", Role::Hei),
    ("heiti", Role::Hei),
    ("fzhei", Role::Hei),
    ("fzht", Role::Hei),
    ("stxihei", Role::Hei),
    ("wqyzenhei", Role::Hei),
    ("wenquanyizenhei", Role::Hei),
    ("wqymicrohei", Role::Hei),
    ("yahei", Role::Hei),
    ("jibaohei", Role::Hei),
    ("fandolhei", Role::Hei),
    ("notosanscjk", Role::Hei),
    ("notosanssc", Role::Hei),
    ("notosanshans", Role::Hei),
    ("sourcehansans", Role::Hei),
    ("思源黑体", Role::Hei),
    ("pingfang", Role::Hei),
    ("黑", Role::Hei),
    ("simsun", Role::Song),
    ("nsimsun", Role::Song),
    ("stsong", Role::Song),
    ("songti", Role::Song),
    ("fandolsong", Role::Song),
    ("notoserifcjk", Role::Song),
    ("notoserifsc", Role::Song),
    ("sourcehanserif", Role::Song),
    ("fzssk", Role::Song),
    ("fzshusong", Role::Song),
    ("uming", Role::Song),
    ("宋", Role::Song),
    ("timesnewroman", Role::Latin),
    ("times", Role::Latin),
    ("liberationserif", Role::Latin),
    ("nimbusrom", Role::Latin),
    ("termes", Role::Latin),
    ("tinos", Role::Latin),
];

/// The role of a face, by its name; `None` if the name tells nothing.
pub(super) fn role(name: &str) -> Option<Role> {
    let plain: String = name.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).flat_map(char::to_lowercase).collect();
    PARTS.iter().find(|(part, _)| plain.contains(part)).map(|(_, role)| *role)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::FontSet;

    #[test]
    fn every_face_that_reports_are_set_in_is_known_by_its_name() {
        let fonts = FontSet::new(&[], false).unwrap();
        for wanted in Role::ALL {
            let bundled = fonts.faces(wanted).iter().map(|face| face.info.family.as_str());
            for name in bundled.chain(wanted.official().iter().copied()) {
                assert_eq!(role(name), Some(wanted), "{name}");
            }
        }
    }
}
