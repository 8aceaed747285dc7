//! Rare characters in names: which face prints them, and what is said of it.

use std::collections::{BTreeMap, BTreeSet};

use hayro_syntax::Pdf;
use hayro_syntax::object::{Name, Object, Stream};
use jibao::diagnostic::{Code, Severity};

use super::{dossier, find};
use crate::support::jibao;

/// Characters of names that 通用规范汉字表 has outside the basic block, and two marks.
const RARE: [char; 6] = ['䶮', '㛃', '𬭎', '𫖯', '〇', '·'];

/// A dossier with a name in its unit, title, a paragraph, headings of the first and the second level, and a table.
fn named(name: &str) -> Vec<(&'static str, String)> {
    let section = format!(
        "标题: {name}村概况\n正文:\n  - 小节: {{标题: {name}村的道路, 正文: [{name}村的道路已经完工。]}}\n  - 表: {{标题: {name}村任务表, 列: [{name}村], 行: [[{name}村道路], [完成]]}}\n"
    );
    vec![
        ("unit.yaml", format!("单位名称: {name}县水利局\n")),
        ("report.yaml", format!("标题: {name}县水利局2025年度自评报告\n落款: {{日期: 2026-05-31}}\n")),
        ("sections/01.yaml", section),
    ]
}

fn with_name<T>(name: &str, then: impl Fn(&[(&str, &str)]) -> T) -> T {
    let files = named(name);
    let files: Vec<_> = files.iter().map(|(file, text)| (*file, text.as_str())).collect();
    then(&files)
}

/// The characters of each font of a PDF, by its `ToUnicode`.
fn fonts(data: Vec<u8>) -> BTreeMap<String, String> {
    let pdf = Pdf::new(data).expect("a PDF");
    let mut fonts: BTreeMap<String, String> = BTreeMap::new();
    for object in pdf.objects() {
        let Object::Dict(font) = object else { continue };
        let (Some(name), Some(map)) =
            (font.get::<Name<'_>>(b"BaseFont".as_slice()), font.get::<Stream<'_>>(b"ToUnicode".as_slice()))
        else {
            continue;
        };
        let name = String::from_utf8(name.to_vec()).unwrap();
        let map = String::from_utf8(map.decoded().unwrap().to_vec()).unwrap();
        fonts.entry(name[7..].to_owned()).or_default().push_str(&map.to_lowercase());
    }
    fonts
}

/// How a `ToUnicode` map writes a character.
fn written(c: char) -> String {
    let units: Vec<String> = c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("{unit:04x}")).collect();
    format!("<{}>", units.concat())
}

#[test]
fn rare_characters_of_names_print_in_their_role_s_face() {
    let name: String = RARE.iter().collect();
    let found = with_name(&name, find);
    assert_eq!((found.examined.as_slice(), found.audited.as_slice()), ([].as_slice(), [].as_slice()));
    let data = with_name(&name, |files| {
        let folder = dossier(files);
        let output = jibao().args(["build", "-o", "-"]).arg(folder.path()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    });
    let fonts = fonts(data);
    for c in RARE {
        let printing: BTreeSet<&str> = fonts
            .iter()
            .filter(|(_, map)| map.contains(&written(c)))
            .map(|(name, _)| name.split_once('-').map_or(name.as_str(), |(family, _)| family))
            .collect();
        let expected: &[&str] = match c {
            // One em wide only in 黑体; the title's own is as good.
            '·' => &["JibaoBiaoSongSC", "JibaoHeiSC"],
            // 楷体 has them from its second face.
            _ => &["JibaoBiaoSongSC", "JibaoHeiSC", "LXGWWenKaiGBLite", "ZhuqueFangsong"],
        };
        assert_eq!(printing.into_iter().collect::<Vec<_>>(), expected, "{c} in {:?}", fonts.keys());
    }
}

#[test]
fn a_hanzi_of_another_face_is_told_once_at_its_first_place() {
    let found = with_name("㐀", find);
    let [finding] = found.examined.as_slice() else { panic!("{:?}", found.examined) };
    assert_eq!((finding.code, finding.severity), (Code::JB7002, Severity::Hint));
    assert_eq!(finding.message, "“㐀”（U+3400，CJK 扩展A区的汉字）由宋体（Noto Serif SC）代印，字形与旁边的不同");
    assert_eq!(found.position(finding), "report.yaml:1:5", "the character itself, where it is printed first");
    // The faces that were tried before the one that prints, in their order.
    assert_eq!(
        finding.hints[1..],
        [
            "仿宋依次试过：Liberation Serif、Zhuque Fangsong (technical preview)",
            "小标宋依次试过：Liberation Serif、Jibao BiaoSong SC",
            "黑体依次试过：Jibao Hei SC",
            "楷体依次试过：Liberation Serif、AR PL KaitiM GB、LXGW WenKai GB Lite",
        ]
    );
    // The audit sees the same on the pages and says it in the same words, so that a build tells it once.
    let [seen] = found.audited.as_slice() else { panic!("{:?}", found.audited) };
    assert_eq!((seen.code, &seen.message, seen.place), (finding.code, &finding.message, finding.place));
    let run = with_name("㐀", |files| {
        let folder = dossier(files);
        jibao()
            .args(["build", "--deny-warnings", "-o", "-", "--findings", "short"])
            .arg(folder.path())
            .output()
            .unwrap()
    });
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!((run.status.code(), said.matches("JB7002").count()), (Some(0), 1), "{said}");
}

#[test]
fn a_character_that_no_face_has_is_an_error_at_its_place() {
    let found = with_name("𠀀", find);
    let [finding] = found.examined.as_slice() else { panic!("{:?}", found.examined) };
    assert_eq!((finding.code, found.position(finding)), (Code::JB7001, "report.yaml:1:5".to_owned()));
    assert_eq!(finding.message, "“𠀀”（U+20000，CJK 扩展B区的汉字）没有字体可以印");
    let tried =
        "仿宋依次试过：Liberation Serif、Zhuque Fangsong (technical preview)、Noto Serif SC、LXGW WenKai GB Lite";
    assert_eq!(finding.hints[1], tried);
    let [seen] = found.audited.as_slice() else { panic!("{:?}", found.audited) };
    assert_eq!((seen.code, &seen.message, seen.place), (finding.code, &finding.message, finding.place));
}

/// A section with one paragraph, on the third line.
fn paragraph(text: &str) -> String {
    format!("标题: 概况\n正文:\n  - {text}\n")
}

#[test]
fn what_a_role_s_faces_do_not_print_is_told_before_layout_and_after_in_the_same_words() {
    for (text, place, message, tried) in [
        ("支出😀。", "3:7", "“😀”（U+1F600，GRINNING FACE，表情和图形符号）没有字体可以印", "仿宋依次试过："),
        (
            "支出\u{E000}。",
            "3:7",
            "“\u{E000}”（U+E000，私用区：别的机器上可能是另一个字）没有字体可以印",
            "仿宋依次试过：",
        ),
        // The faces of other roles have it, and those of this one not.
        (
            "支出**א**。",
            "3:9",
            "“א”（U+05D0，HEBREW LETTER ALEF，外文字母）没有字体可以印",
            "黑体依次试过：Jibao Hei SC、Noto Serif SC、LXGW",
        ),
        // The mark alone would be printed, and the hanzi be lost.
        (
            "支出中\u{301}。",
            "3:8",
            "“中”的上面加了“◌\u{301}”（U+0301，COMBINING ACUTE ACCENT，加在前一个字上的符号），没有字体可以一起印：会丢掉“中”",
            "",
        ),
    ] {
        let found = find(&[("sections/01.yaml", &paragraph(text))]);
        let [finding] = found.examined.as_slice() else { panic!("{text}: {:?}", found.examined) };
        let said = (finding.code, finding.message.as_str(), found.position(finding));
        assert_eq!(said, (Code::JB7001, message, format!("sections/01.yaml:{place}")));
        assert!(finding.hints.iter().any(|hint| hint.starts_with(tried)), "{:?}", finding.hints);
        let again = found.audited.iter().filter(|seen| seen.code == Code::JB7001).collect::<Vec<_>>();
        let [seen] = again.as_slice() else { panic!("{text}: {:?}", found.audited) };
        assert_eq!(seen.message, finding.message);
    }
}

#[test]
fn a_mark_that_takes_its_hanzi_to_another_face_and_what_only_looks_like_a_hanzi_are_told() {
    for (text, place, message) in [
        (
            "支出中\u{20DD}。",
            "3:8",
            "“中”的上面加了“◌\u{20DD}”（U+20DD，COMBINING ENCLOSING CIRCLE，加在前一个字上的符号），只好连“中”一起由宋体（Noto Serif SC）代印，字形与旁边的不同",
        ),
        (
            "支出\u{2F00}项。",
            "3:7",
            "“\u{2F00}”（U+2F00，KANGXI RADICAL ONE，汉字部首）只是样子像“一”，是另一个字符：查找不到，字形也可能不同",
        ),
    ] {
        let found = find(&[("sections/01.yaml", &paragraph(text))]);
        let [finding] = found.examined.as_slice() else { panic!("{text}: {:?}", found.examined) };
        let said = (finding.code, finding.message.as_str(), found.position(finding));
        assert_eq!(said, (Code::JB7002, message, format!("sections/01.yaml:{place}")));
        let mut again = found.audited.iter().filter(|seen| seen.code == Code::JB7002);
        let same = again.all(|seen| (&seen.message, seen.place) == (&finding.message, finding.place));
        assert!(same, "{:?}", found.audited);
    }
    // No face has this one: what to type in its place is said all the same.
    let found = find(&[("sections/01.yaml", &paragraph("支出\u{F900}。"))]);
    let [finding] = found.examined.as_slice() else { panic!("{:?}", found.examined) };
    assert_eq!(finding.code, Code::JB7001);
    assert!(finding.hints.iter().any(|hint| hint.contains("重新输入“豈”（U+8C48）")), "{:?}", finding.hints);
}

#[test]
fn a_draft_tells_a_character_without_a_face_once() {
    let section = paragraph("支出😀。");
    let folder = dossier(&[("sections/01.yaml", &section)]);
    let run = jibao().args(["build", "--draft", "--findings", "short", "-o", "-"]).arg(folder.path()).output().unwrap();
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!((run.status.code(), run.stdout.len(), said.matches('😀').count()), (Some(1), 0, 1), "{said}");
    assert!(!said.contains("JB6001"), "{said}");
}

#[test]
fn characters_that_print_nothing_or_stand_for_a_lost_one_are_told_as_such() {
    let found = find(&[("sections/01.yaml", &paragraph("姓名䶮\u{E0100}，组合e\u{301}，坏字\u{FFFD}。"))]);
    let told: Vec<_> = found.examined.iter().map(|one| (one.code, one.message.as_str(), found.position(one))).collect();
    assert_eq!(
        told,
        [
            (
                Code::JB7001,
                "原来的字丢了，剩下的是“\u{FFFD}”（U+FFFD，REPLACEMENT CHARACTER，代替读不出的字）",
                "sections/01.yaml:3:17".to_owned()
            ),
            (
                Code::JB7002,
                "字后面有选字形的符号（U+E0100，VARIATION SELECTOR-17，异体选择符），印的是这个字通行的字形",
                "sections/01.yaml:3:8".to_owned()
            ),
        ]
    );
    assert_eq!(found.audited, []);
}

#[test]
fn marks_that_a_face_lacks_are_the_stated_fallback_s_and_no_hint() {
    let section = "标题: 概况\n正文:\n  - ①道路三千㎡，②灯具三十盏●。\n";
    let found = find(&[("sections/01.yaml", section)]);
    assert_eq!((found.examined.as_slice(), found.audited.as_slice()), ([].as_slice(), [].as_slice()));
}
