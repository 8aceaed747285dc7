//! Faces by role (仿宋, 小标宋, 黑体, 楷体, 宋体, 数字): an official face of the user's wins over the bundled one.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use typst::foundations::Bytes;
use typst::text::{Font, FontInfo};
use typst_kit::fonts::{FontSource, FontStore};

use super::coverage::Characters;

/// What a face is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// 仿宋: the text.
    FangSong,
    /// 小标宋: titles.
    BiaoSong,
    /// 黑体: headings of the first level, heads of tables.
    Hei,
    /// 楷体: headings of the second level.
    Kai,
    /// 宋体: page numbers, and the last resort.
    Song,
    /// 数字: digits and Latin letters.
    Latin,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 6] = [Self::FangSong, Self::BiaoSong, Self::Hei, Self::Kai, Self::Song, Self::Latin];

    /// The Chinese name.
    pub fn name(self) -> &'static str {
        match self {
            Self::FangSong => "仿宋",
            Self::BiaoSong => "小标宋",
            Self::Hei => "黑体",
            Self::Kai => "楷体",
            Self::Song => "宋体",
            Self::Latin => "数字",
        }
    }

    /// The name that templates use.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::FangSong => "fangsong",
            Self::BiaoSong => "biaosong",
            Self::Hei => "hei",
            Self::Kai => "kai",
            Self::Song => "song",
            Self::Latin => "latin",
        }
    }

    /// The families that offices use for the role, best first, by their Chinese and their English names.
    pub(crate) fn official(self) -> &'static [&'static str] {
        match self {
            Self::FangSong => &["仿宋_GB2312", "FangSong_GB2312", "方正仿宋_GBK", "FZFangSong-Z02", "仿宋", "FangSong"],
            Self::BiaoSong => &["方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05"],
            Self::Hei => &["黑体", "SimHei", "方正黑体_GBK", "FZHei-B01"],
            Self::Kai => &["楷体_GB2312", "KaiTi_GB2312", "方正楷体_GBK", "FZKai-Z03", "楷体", "KaiTi"],
            Self::Song => &["宋体", "SimSun", "方正书宋_GBK", "FZShuSong-Z01"],
            Self::Latin => &["Times New Roman"],
        }
    }

    /// The bundled faces of the role, by file.
    fn bundled(self) -> &'static [&'static str] {
        match self {
            Self::FangSong => &["ZhuqueFangsong-Regular.ttf"],
            Self::BiaoSong => &["JibaoBiaoSong-Bold.ttf"],
            Self::Hei => &["JibaoHei-Medium.ttf"],
            // KaitiM is nearest to 楷体_GB2312 but has only GB 2312's characters.
            Self::Kai => &["ARPLKaitiMGB.ttf", "LXGWWenKaiGBLite-Regular.ttf"],
            Self::Song => &["NotoSerifSC-Regular.otf"],
            Self::Latin => &["LiberationSerif-Regular.ttf"],
        }
    }
}

/// Where a face comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaceOrigin {
    /// It comes with the program: the file below `fonts/`.
    Bundled(&'static str),
    /// It is the user's: the file.
    File(PathBuf),
}

/// A face that serves a role.
#[derive(Debug, Clone)]
pub struct Face {
    /// What Typst knows of it.
    pub info: FontInfo,
    /// Where it comes from.
    pub origin: FaceOrigin,
}

macro_rules! bundle {
    ($($file:literal)+) => {
        /// The files of `fonts/`, in the program itself.
        static BUNDLE: &[(&str, &[u8])] = &[
            $(($file, include_bytes!(concat!("../../fonts/", $file)))),+
        ];
    };
}

bundle! {
    "ARPLKaitiMGB.ttf"
    "JibaoBiaoSong-Bold.ttf"
    "JibaoHei-Medium.ttf"
    "LXGWWenKaiGBLite-Regular.ttf"
    "LiberationSerif-Bold.ttf"
    "LiberationSerif-Regular.ttf"
    "NotoSerifSC-Regular.otf"
    "ZhuqueFangsong-Regular.ttf"
}

/// What Typst would find out of each bundled face by reading it, kept so that a face is read only when it is used.
/// `face_index` writes it; a test holds it fresh.
const FACE_INDEX: &str = include_str!("../../fonts/index.json");

/// The text of `fonts/index.json` as the bundled faces demand it.
///
/// # Errors
/// A file of the bundle that is no font.
pub fn face_index() -> Result<String, String> {
    let infos = BUNDLE
        .iter()
        .map(|(file, data)| {
            let info = FontInfo::new(data, 0).ok_or_else(|| format!("fonts/{file} 不是字体"))?;
            Ok((*file, info))
        })
        .collect::<Result<BTreeMap<_, _>, String>>()?;
    serde_json::to_string(&infos).map(|text| text + "\n").map_err(|e| e.to_string())
}

/// The sums of the bundled faces, which are held right where the faces are built in.
const SUMS: &str = include_str!("../../fonts/SHA256SUMS");

fn bundled_sum(file: &str) -> String {
    let mut lines = SUMS.lines().filter_map(|line| line.split_once("  "));
    lines.find(|(_, name)| *name == file).map(|(sum, _)| sum.to_owned()).unwrap_or_default()
}

struct BundledFace(&'static [u8]);

impl FontSource for BundledFace {
    fn load(&self) -> Option<Font> {
        Font::new(Bytes::new(self.0), 0)
    }
}

/// The faces of a run, by role.
#[derive(Clone)]
pub struct FontSet {
    store: Arc<FontStore>,
    by_role: BTreeMap<Role, Vec<Face>>,
    /// What the faces of each role have.
    covered: Arc<BTreeMap<Role, Characters>>,
    /// What [`Self::sums`] gave.
    summed: Arc<OnceLock<Vec<FaceSum>>>,
}

/// A face's role, family, and the SHA-256 of its file.
pub type FaceSum = (Role, String, String);

impl FontSet {
    /// The bundled faces, and before them those of the user's that are official: in these folders, and on the system if
    /// `system` says so.
    ///
    /// # Errors
    /// A folder that does not exist.
    pub fn new(folders: &[PathBuf], system: bool) -> Result<Self, String> {
        let mut store = FontStore::new();
        let mut by_role: BTreeMap<Role, Vec<Face>> = BTreeMap::new();
        let users = database(folders, system)?;
        for role in Role::ALL {
            if let Some((font, face)) = users.as_ref().and_then(|db| official_face(db, role)) {
                store.push((font, face.info.clone()));
                by_role.entry(role).or_default().push(face);
            }
        }
        let infos: BTreeMap<String, FontInfo> = serde_json::from_str(FACE_INDEX).map_err(|e| e.to_string())?;
        for (file, data) in BUNDLE {
            let Some(info) = infos.get(*file) else { continue };
            store.push((BundledFace(data), info.clone()));
        }
        for role in Role::ALL {
            let faces = role
                .bundled()
                .iter()
                .filter_map(|&file| Some(Face { info: infos.get(file)?.clone(), origin: FaceOrigin::Bundled(file) }));
            by_role.entry(role).or_default().extend(faces);
        }
        let mut covered: BTreeMap<Role, Characters> = BTreeMap::new();
        for (role, faces) in &by_role {
            let characters = covered.entry(*role).or_default();
            for point in faces.iter().flat_map(|face| face.info.coverage.iter()) {
                characters.insert(point);
            }
        }
        Ok(Self { store: Arc::new(store), by_role, covered: Arc::new(covered), summed: Arc::default() })
    }

    /// The store that Typst reads.
    pub(super) fn store(&self) -> Arc<FontStore> {
        self.store.clone()
    }

    /// Whether one of the faces of a role has the character.
    pub(crate) fn role_covers(&self, role: Role, c: char) -> bool {
        self.covered.get(&role).is_some_and(|characters| characters.contains(c))
    }

    /// The files of all faces, by the path under which they are handed on: the bundled ones by their names, the user's in
    /// a folder named by their role.
    ///
    /// # Errors
    /// A face of the user's that can no longer be read.
    pub fn files(&self) -> io::Result<Vec<(PathBuf, Cow<'static, [u8]>)>> {
        let mut files: Vec<_> = BUNDLE.iter().map(|&(file, data)| (PathBuf::from(file), Cow::Borrowed(data))).collect();
        for (role, faces) in &self.by_role {
            for face in faces {
                let FaceOrigin::File(path) = &face.origin else { continue };
                let Some(name) = path.file_name() else { continue };
                files.push((Path::new(role.id()).join(name), Cow::Owned(std::fs::read(path)?)));
            }
        }
        Ok(files)
    }

    /// The faces by role, each with the SHA-256 of its file. The user's files are read for it once.
    ///
    /// # Errors
    /// A face of the user's that can no longer be read.
    pub fn sums(&self) -> io::Result<&[FaceSum]> {
        if let Some(known) = self.summed.get() {
            return Ok(known);
        }
        let mut sums = Vec::new();
        for (&role, faces) in &self.by_role {
            for face in faces {
                let sum = match &face.origin {
                    FaceOrigin::Bundled(file) => bundled_sum(file),
                    FaceOrigin::File(path) => crate::hash::sum_of(&std::fs::read(path)?),
                };
                sums.push((role, face.info.family.clone(), sum));
            }
        }
        Ok(self.summed.get_or_init(|| sums))
    }

    /// The faces that serve a role, in the order in which they are tried.
    pub fn faces(&self, role: Role) -> &[Face] {
        self.by_role.get(&role).map_or(&[], Vec::as_slice)
    }

    pub(super) fn bundled(&self, role: Role) -> Option<&Face> {
        self.bundled_file(role, 0)
    }

    pub(super) fn bundled_file(&self, role: Role, n: usize) -> Option<&Face> {
        self.faces(role).iter().filter(|face| matches!(face.origin, FaceOrigin::Bundled(_))).nth(n)
    }

    /// The weight at which each role's first face is asked for.
    pub(super) fn weights(&self) -> BTreeMap<String, u16> {
        Role::ALL
            .into_iter()
            .filter_map(|role| Some((role.id().to_owned(), self.faces(role).first()?.info.variant.weight.to_number())))
            .collect()
    }
}

impl std::fmt::Debug for FontSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FontSet").field("by_role", &self.by_role).finish_non_exhaustive()
    }
}

/// The user's faces; none where nothing is asked for.
fn database(folders: &[PathBuf], system: bool) -> Result<Option<fontdb::Database>, String> {
    if folders.is_empty() && !system {
        return Ok(None);
    }
    let mut database = fontdb::Database::new();
    for folder in folders {
        if !folder.is_dir() {
            return Err(format!("字体文件夹不存在：{}", folder.display()));
        }
        database.load_fonts_dir(folder);
    }
    if system {
        database.load_system_fonts();
    }
    Ok(Some(database))
}

/// The best official face of a role that the user has.
fn official_face(database: &fontdb::Database, role: Role) -> Option<(Font, Face)> {
    role.official().iter().find_map(|wanted| {
        let mut faces: Vec<&fontdb::FaceInfo> = database
            .faces()
            .filter(|face| face.families.iter().any(|(family, _)| family.trim().eq_ignore_ascii_case(wanted)))
            .filter(|face| face.style == fontdb::Style::Normal)
            .collect();
        faces.sort_by_key(|face| {
            let path = match &face.source {
                fontdb::Source::File(path) | fontdb::Source::SharedFile(path, _) => Some(path.clone()),
                fontdb::Source::Binary(_) => None,
            };
            (face.weight.0.abs_diff(400), face.post_script_name.clone(), path)
        });
        faces.into_iter().find_map(load)
    })
}

fn load(face: &fontdb::FaceInfo) -> Option<(Font, Face)> {
    let (fontdb::Source::File(path) | fontdb::Source::SharedFile(path, _)) = &face.source else { return None };
    let font = Font::new(Bytes::new(std::fs::read(path).ok()?), face.index)?;
    let info = font.info().clone();
    Some((font, Face { info, origin: FaceOrigin::File(normal(path)) }))
}

fn normal(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// The characters of GB 2312's 6763 hanzi that a face lacks, and how many of GBK's 21003.
pub fn lacking(info: &FontInfo) -> (Vec<char>, usize) {
    let covered: std::collections::BTreeSet<u32> = info.coverage.iter().collect();
    let absent = |c: &char| !covered.contains(&u32::from(*c));
    let gb2312 = hanzi(0xB0..=0xF7, 0xA1).filter(absent).collect();
    let gbk = hanzi(0x81..=0xFE, 0x40).filter(absent).count();
    (gb2312, gbk)
}

/// The hanzi of a block of GBK.
fn hanzi(rows: std::ops::RangeInclusive<u8>, first: u8) -> impl Iterator<Item = char> {
    rows.flat_map(move |row| (first..=0xFE).map(move |cell| [row, cell])).filter_map(|bytes| {
        let (text, _, failed) = encoding_rs::GBK.decode(&bytes);
        let mut chars = text.chars();
        let c = chars.next().filter(|_| !failed && chars.next().is_none())?;
        matches!(c, '\u{4E00}'..='\u{9FFF}').then_some(c)
    })
}
