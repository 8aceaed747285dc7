//! `jibao fonts`: which face serves which role, from where, and what it lacks.

use super::Exit;
use super::args::FontsArgs;
use super::printer::Printer;
use crate::typeset::{FaceOrigin, FontSet, Role, face_index, lacking};

/// How many missing characters are shown.
const SHOWN: usize = 24;

pub(super) fn run(args: &FontsArgs, printer: &Printer) -> Result<Exit, String> {
    if args.index {
        printer.result(&face_index()?);
        return Ok(Exit::Done);
    }
    let fonts = FontSet::new(&args.fonts.folders, args.fonts.system_fonts)?;
    for role in Role::ALL {
        for (i, face) in fonts.faces(role).iter().enumerate() {
            let head = if i == 0 { role.name() } else { "　补" };
            let origin = match &face.origin {
                FaceOrigin::Bundled(file) => format!("内置 fonts/{file}"),
                FaceOrigin::File(path) => path.display().to_string(),
            };
            printer.result(&format!("{head}  {}  {origin}\n", face.info.family));
            if role != Role::Latin {
                printer.result(&format!("      {}\n", describe_lack(&lacking(&face.info))));
            }
        }
    }
    Ok(Exit::Done)
}

fn describe_lack((gb2312, gbk): &(Vec<char>, usize)) -> String {
    let first = match gb2312.len() {
        0 => "GB 2312 的 6763 个汉字齐全".to_owned(),
        n => format!(
            "缺 GB 2312 汉字 {n} 个：{}{}",
            gb2312.iter().take(SHOWN).collect::<String>(),
            if n > SHOWN { "…" } else { "" }
        ),
    };
    match gbk {
        0 => format!("{first}；GBK 汉字齐全"),
        n => format!("{first}；缺 GBK 汉字 {n} 个（由后面的字体补）"),
    }
}
