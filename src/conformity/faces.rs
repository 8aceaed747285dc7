//! Faces by their role, recognised by the names that are in use: a PDF names a font and nothing more.

/// What a face is, in the words of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaceRole {
    /// 仿宋
    FangSong,
    /// 小标宋
    BiaoSong,
    /// 黑体
    Hei,
    /// 楷体
    Kai,
    /// 宋体
    Song,
    /// A Latin face with serifs, as digits are set in beside 宋体 and 仿宋.
    Latin,
}

impl FaceRole {
    /// The Chinese name.
    pub fn name(self) -> &'static str {
        match self {
            Self::FangSong => "仿宋",
            Self::BiaoSong => "小标宋",
            Self::Hei => "黑体",
            Self::Kai => "楷体",
            Self::Song => "宋体",
            Self::Latin => "西文",
        }
    }
}

/// Parts of names, in small letters without spaces, hyphens and underscores. The first that is found counts, so the
/// special ones come first: a name with 仿宋 has 宋 in it as well.
const PARTS: &[(&str, FaceRole)] = &[
    ("biaosong", FaceRole::BiaoSong),
    ("fzxbs", FaceRole::BiaoSong),
    ("小标宋", FaceRole::BiaoSong),
    ("大标宋", FaceRole::BiaoSong),
    ("fangsong", FaceRole::FangSong),
    ("fandolfang", FaceRole::FangSong),
    ("fzfs", FaceRole::FangSong),
    ("stfang", FaceRole::FangSong),
    ("simfang", FaceRole::FangSong),
    ("仿宋", FaceRole::FangSong),
    ("fandolkai", FaceRole::Kai),
    ("wenkai", FaceRole::Kai),
    ("zenkai", FaceRole::Kai),
    ("kaiti", FaceRole::Kai),
    ("simkai", FaceRole::Kai),
    ("fzkai", FaceRole::Kai),
    ("fzkt", FaceRole::Kai),
    ("stkai", FaceRole::Kai),
    ("biaukai", FaceRole::Kai),
    ("楷", FaceRole::Kai),
    ("simhei", FaceRole::Hei),
    ("heiti", FaceRole::Hei),
    ("fzhei", FaceRole::Hei),
    ("fzht", FaceRole::Hei),
    ("stxihei", FaceRole::Hei),
    ("wqyzenhei", FaceRole::Hei),
    ("wenquanyizenhei", FaceRole::Hei),
    ("wqymicrohei", FaceRole::Hei),
    ("yahei", FaceRole::Hei),
    ("jibaohei", FaceRole::Hei),
    ("fandolhei", FaceRole::Hei),
    ("notosanscjk", FaceRole::Hei),
    ("notosanssc", FaceRole::Hei),
    ("notosanshans", FaceRole::Hei),
    ("sourcehansans", FaceRole::Hei),
    ("思源黑体", FaceRole::Hei),
    ("pingfang", FaceRole::Hei),
    ("黑", FaceRole::Hei),
    ("simsun", FaceRole::Song),
    ("nsimsun", FaceRole::Song),
    ("stsong", FaceRole::Song),
    ("songti", FaceRole::Song),
    ("fandolsong", FaceRole::Song),
    ("notoserifcjk", FaceRole::Song),
    ("notoserifsc", FaceRole::Song),
    ("sourcehanserif", FaceRole::Song),
    ("fzssk", FaceRole::Song),
    ("fzshusong", FaceRole::Song),
    ("uming", FaceRole::Song),
    ("宋", FaceRole::Song),
    ("timesnewroman", FaceRole::Latin),
    ("times", FaceRole::Latin),
    ("liberationserif", FaceRole::Latin),
    ("nimbusrom", FaceRole::Latin),
    ("termes", FaceRole::Latin),
    ("tinos", FaceRole::Latin),
];

/// The role of a face, by its name; `None` if the name tells nothing.
pub(super) fn role(name: &str) -> Option<FaceRole> {
    let plain: String = name.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).flat_map(char::to_lowercase).collect();
    PARTS.iter().find(|(part, _)| plain.contains(part)).map(|(_, role)| *role)
}
