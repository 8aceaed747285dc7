//! Reports as a folder that the plain Typst command compiles to the same pages: for those who write templates, and to
//! compare with.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::write_atomically;
use crate::profile::layout_templates;
use crate::typeset::FontSet;

/// The folder of the faces, beside those of the reports.
const FONTS: &str = "fonts";
/// What templates read.
const DATA: &str = "report.json";

/// How the reports are compiled. The same for every folder, so that several runs may write into one.
const README: &str = "\
这个文件夹由 jibao build --format typ 写出，用 Typst 0.15.1 排印，页面与 jibao build 的 PDF 相同。

  fonts/                    各份报告共用的字体；再分发时，请连同各字体的许可
  报告名/report.typ         排印的入口
  报告名/gbt9704/           版面的模板，可以改
  报告名/report.json        这份报告的内容，已经核对、算好、舍入

在这个文件夹里运行（把 报告名 换成要排的那一份）：

  typst compile --root 报告名 --font-path fonts --ignore-system-fonts --pdf-standard a-2a,ua-1 报告名/report.typ 报告名.pdf

改动模板时，把 compile 换成 watch，存盘就重排。
再次运行 jibao build --format typ 会把模板和 report.json 写回原样，改过的请另存一份。
";

/// A folder of reports for the plain Typst command.
#[derive(Debug)]
pub struct TypFolder {
    root: PathBuf,
}

impl TypFolder {
    /// The folder, with the faces that all its reports share and a word on how to compile them. What is there already and
    /// is the same stays untouched.
    ///
    /// # Errors
    /// Whatever the file system says; a face of the user's that can no longer be read.
    pub fn create(root: &Path, fonts: &FontSet) -> io::Result<Self> {
        for (name, data) in fonts.files()? {
            write_changed(&root.join(FONTS).join(name), &data)?;
        }
        write_changed(&root.join("README.txt"), README.as_bytes())?;
        Ok(Self { root: root.to_path_buf() })
    }

    /// Writes the templates and the data (see [`crate::typeset::report_data`]) of one report into the folder of this name,
    /// and gives that folder. The data come last: a report that has them is whole.
    ///
    /// # Errors
    /// A name that is not one of a folder beside `fonts`; whatever the file system says.
    pub fn add(&self, name: &str, data: &[u8]) -> io::Result<PathBuf> {
        let plain = matches!(Path::new(name).components().collect::<Vec<_>>()[..], [Component::Normal(_)]);
        if !plain || name == FONTS {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("报告不能叫“{name}”")));
        }
        let folder = self.root.join(name);
        for (path, template) in layout_templates() {
            write_changed(&folder.join(path), template)?;
        }
        write_changed(&folder.join(DATA), data)?;
        Ok(folder)
    }
}

/// Writes a file unless it has these very bytes.
fn write_changed(path: &Path, data: &[u8]) -> io::Result<()> {
    let same_size =
        std::fs::metadata(path).is_ok_and(|old| u64::try_from(data.len()).is_ok_and(|new| new == old.len()));
    if same_size && std::fs::read(path)? == data {
        return Ok(());
    }
    write_atomically(path, data)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_report_may_be_called_anything_but_a_path_or_the_faces() {
        let folder = tempfile::tempdir().unwrap();
        let typ = TypFolder { root: folder.path().to_path_buf() };
        for name in ["fonts", "", ".", "..", "a/b", "/a"] {
            assert!(typ.add(name, b"{}").is_err(), "{name}");
        }
        assert_eq!(typ.add("水利局-2023", b"{}").unwrap(), folder.path().join("水利局-2023"));
    }

    #[test]
    fn what_is_the_same_is_left_alone_and_what_was_changed_is_put_back() {
        let folder = tempfile::tempdir().unwrap();
        let typ = TypFolder { root: folder.path().to_path_buf() };
        let report = typ.add("甲", b"1").unwrap();
        // So old that a write in the same tick of the clock shows as well.
        let untouched = std::fs::File::options().write(true).open(report.join("report.typ")).unwrap();
        let before = untouched.metadata().unwrap().modified().unwrap() - Duration::from_hours(1);
        untouched.set_modified(before).unwrap();
        drop(untouched);
        std::fs::write(report.join("gbt9704/grid.typ"), "x").unwrap();
        typ.add("甲", b"2").unwrap();
        assert_eq!(std::fs::metadata(report.join("report.typ")).unwrap().modified().unwrap(), before);
        assert_eq!(std::fs::read(report.join("report.json")).unwrap(), b"2");
        assert_eq!(
            std::fs::read(report.join("gbt9704/grid.typ")).unwrap(),
            crate::profile::template("gbt9704/grid.typ").unwrap()
        );
    }
}
