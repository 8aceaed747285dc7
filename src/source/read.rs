//! Reading the files of a dossier: only inside its folder, only text, only of a sensible size.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Dialect, FileId, Node, Place, Sources, parse, slips};
use crate::diagnostic::{Code, Diagnostic};

/// Reads files below one folder and nothing outside it.
#[derive(Debug)]
pub struct Reader {
    root: PathBuf,
    canonical_root: PathBuf,
    shown_root: String,
}

impl Reader {
    /// A reader of the files below `root`.
    ///
    /// # Errors
    /// When the folder does not exist.
    pub fn new(root: &Path) -> Result<Self, Box<Diagnostic>> {
        let canonical_root = root.canonicalize().map_err(|e| unreadable(&shown(root), &e))?;
        Ok(Self { root: root.to_path_buf(), canonical_root, shown_root: shown(root) })
    }

    /// The path that the user sees for a file below the folder.
    pub fn shown(&self, relative: &str) -> String {
        match self.shown_root.as_str() {
            "" | "." => relative.to_owned(),
            root => format!("{}/{relative}", root.trim_end_matches('/')),
        }
    }

    /// Whether a file is there.
    pub fn exists(&self, relative: &str) -> bool {
        self.root.join(relative).is_file()
    }

    /// The text of a file that is not YAML data, such as a template; `None` where it cannot be read as UTF-8.
    pub fn text(&self, relative: &str) -> Option<String> {
        let bytes = self.bytes(relative, relative, Dialect::Data).ok()?;
        String::from_utf8(bytes).ok()
    }

    /// The names of the files (or folders) right below a folder, sorted.
    pub fn names(&self, folder: &str, directories: bool) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.root.join(folder)) else { return Vec::new() };
        let mut names: Vec<String> = entries
            .filter_map(Result::ok)
            .filter(|entry| entry.path().is_dir() == directories)
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort();
        names
    }

    /// Reads and parses one YAML file. Findings go to `findings`; the tree comes back as far as it could be read.
    pub fn read(
        &self,
        relative: &str,
        dialect: Dialect,
        sources: &mut Sources,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<Node> {
        let file = self.open(relative, dialect, sources, findings)?;
        parse_file(sources, file, dialect, findings)
    }

    /// Reads one file as text and adds it to the sources, to be parsed by [`parse_file`].
    pub fn open(
        &self,
        relative: &str,
        dialect: Dialect,
        sources: &mut Sources,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<FileId> {
        let path = self.shown(relative);
        match self.bytes(relative, &path, dialect) {
            Ok(bytes) => decode_text(&path, bytes, sources, findings),
            Err(finding) => {
                findings.push(*finding);
                None
            }
        }
    }

    fn bytes(&self, relative: &str, shown: &str, dialect: Dialect) -> Result<Vec<u8>, Box<Diagnostic>> {
        let path = self.root.join(relative).canonicalize().map_err(|e| {
            let finding = unreadable(shown, &e);
            if !self.exists(&format!("{relative}.txt")) {
                return finding;
            }
            let hint = "旁边有一个同名的 .txt：在资源管理器里勾选“查看—文件扩展名”，把末尾的 .txt 去掉";
            Box::new(finding.hint(hint))
        })?;
        if !path.starts_with(&self.canonical_root) {
            let text = format!("{shown} 指到了卷宗文件夹之外，不予读取");
            let finding = Diagnostic::new(Code::JB1002, text).hint("把文件本身放进卷宗文件夹，不要用链接");
            return Err(Box::new(finding));
        }
        let metadata = fs::metadata(&path).map_err(|e| unreadable(shown, &e))?;
        if !metadata.is_file() {
            return Err(Box::new(Diagnostic::new(Code::JB1002, format!("{shown} 不是普通的文件"))));
        }
        let (size, limit) = (metadata.len(), dialect.size_limit());
        if size > limit {
            let text = format!("{shown} 有 {} KB，超过 {} KB 的上限", size >> 10, limit >> 10);
            return Err(Box::new(Diagnostic::new(Code::JB1002, text)));
        }
        fs::read(&path).map_err(|e| unreadable(shown, &e))
    }
}

/// Parses a file that was read. Findings go to `findings`; the tree comes back as far as it could be read.
pub fn parse_file(sources: &Sources, file: FileId, dialect: Dialect, findings: &mut Vec<Diagnostic>) -> Option<Node> {
    let repaired = slips::repair(sources, file, dialect, findings);
    parse(sources, file, repaired.as_deref(), findings)
}

fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}

fn unreadable(shown: &str, error: &std::io::Error) -> Box<Diagnostic> {
    let why = match error.kind() {
        std::io::ErrorKind::NotFound => "找不到".to_owned(),
        std::io::ErrorKind::PermissionDenied => "没有权限读取".to_owned(),
        _ => format!("读取失败（{error}）"),
    };
    Box::new(Diagnostic::new(Code::JB1001, format!("{shown}：{why}")).hint("核对文件名与所在文件夹"))
}

/// Takes the bytes of a file as UTF-8 text and adds it to the sources; other encodings are named and refused.
pub fn decode_text(
    path: &str,
    bytes: Vec<u8>,
    sources: &mut Sources,
    findings: &mut Vec<Diagnostic>,
) -> Option<FileId> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        let (text, ..) = encoding_rs::UTF_16LE.decode(&bytes);
        let file = sources.add(path, text.into_owned());
        findings.push(wrong_encoding("UTF-16").at(sources.line(file, 1)));
        return None;
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Some(accept(path, text, sources, findings)),
        Err(error) => error.into_bytes(),
    };
    let line = first_bad_line(&bytes);
    let (text, _, failed) = encoding_rs::GBK.decode(&bytes);
    let name = if failed { "未知编码" } else { "GBK" };
    let file = sources.add(path, text.into_owned());
    findings.push(wrong_encoding(name).at(sources.line(file, line)).label("从这一行起不是 UTF-8"));
    None
}

fn first_bad_line(bytes: &[u8]) -> usize {
    let good = std::str::from_utf8(bytes).map_or_else(|e| e.valid_up_to(), str::len);
    bytes[..good].split(|&b| b == b'\n').count()
}

fn wrong_encoding(name: &str) -> Diagnostic {
    Diagnostic::new(Code::JB1003, format!("文件是 {name} 编码，jibao 只读 UTF-8"))
        .hint("用记事本打开，另存为，编码选 UTF-8，再保存")
}

fn accept(path: &str, text: String, sources: &mut Sources, findings: &mut Vec<Diagnostic>) -> FileId {
    let Some(rest) = text.strip_prefix('\u{FEFF}') else { return sources.add(path, text) };
    let file = sources.add(path, rest.to_owned());
    let place = Place { file, start: 0, end: 0 };
    findings.push(
        Diagnostic::new(Code::JB1004, "文件开头有 BOM（记事本所加），已略过")
            .at(place)
            .hint("不必处理；另存为“UTF-8”而不是“带有 BOM 的 UTF-8”即可去掉"),
    );
    file
}
