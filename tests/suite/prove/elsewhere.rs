//! Honest files of another version of the program, and of other faces, whose lines and pages break elsewhere: nothing in
//! them is called an edit.

use jibao::attach::{CONTENTS, Request, collect};
use jibao::dossier::find_years;
use jibao::export::pdf;
use jibao::typeset::{compile, report_data};
use jibao::{Examined, examine_with};

use super::*;

/// Dossiers that differ much from each other: tables, charts, a red head, several profiles.
const DOSSIERS: [&str; 9] = [
    "samples/county/water",
    "samples/county/finance",
    "samples/huidong",
    "samples/national",
    "samples/sichuan",
    "samples/chongqing",
    "tests/cases/charts",
    "tests/cases/red-head",
    "tests/cases/grid",
];

const OWN: &str = concat!("jibao ", env!("CARGO_PKG_VERSION"));

/// The report of a dossier's last year with its data inside, with a list that was edited before the pages were laid out.
fn made(dossier: &str, fonts: &FontSet, draft: bool, edit: impl Fn(String) -> String) -> Vec<u8> {
    let (library, root) = (Library::default(), root().join(dossier));
    let year = *find_years(&root).last().unwrap();
    let Examined { sources, report, .. } = examine_with(&library, &root, year);
    let mut report = report.unwrap();
    report.view.draft = draft;
    let request = Request {
        root: &root,
        library: &library,
        fonts,
        sources: &sources,
        report: &report,
        attach: Attach::Whole,
        draft,
        date: None,
    };
    let mut carried = collect(request).unwrap();
    for file in carried.iter_mut().filter(|file| file.path == CONTENTS) {
        file.text = edit(std::mem::take(&mut file.text));
    }
    report.view.carried = carried;
    let laid = report_data(&report.view, fonts).unwrap();
    let document = compile(laid, fonts, report.view.meta.date, &mut Vec::new()).unwrap();
    pdf(&document).unwrap()
}

/// As a version of the program wrote it whose name is as long.
fn of_version(version: &str, pdf: &[u8]) -> Vec<u8> {
    let other = format!("jibao {version}");
    assert_eq!(other.len(), OWN.len());
    let places: Vec<usize> =
        pdf.windows(OWN.len()).enumerate().filter(|(_, w)| *w == OWN.as_bytes()).map(|(at, _)| at).collect();
    assert_eq!(places.len(), 3, "the properties name the program once, the metadata twice");
    let mut pdf = pdf.to_vec();
    for at in places {
        pdf[at..at + other.len()].copy_from_slice(other.as_bytes());
    }
    pdf
}

#[test]
fn files_of_another_version_are_the_same() {
    let fonts = FontSet::new(&[], false).unwrap();
    let own = format!("\"jibao\": \"{}\"", env!("CARGO_PKG_VERSION"));
    let verdicts = in_parallel(&DOSSIERS, 0, |dossier| {
        let claim = |list: String| {
            assert!(list.contains(&own));
            list.replace(&own, "\"jibao\": \"0.0.9\"")
        };
        let drafts = [false, true].map(|draft| of_version("0.0.9", &made(dossier, &fonts, draft, claim)));
        (*dossier, drafts.map(|pdf| verify(&pdf, &fonts).unwrap()))
    });
    for (dossier, proofs) in verdicts.unwrap() {
        for proof in proofs {
            assert_eq!(proof.verdict, Verdict::Same, "{dossier}: {:#?}", proof.differences);
            assert!(proof.reasons.len() == 1 && proof.reasons[0].contains("0.0.9"), "{:?}", proof.reasons);
        }
    }
}

#[test]
fn files_of_other_faces_are_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let bundled = |file: &str| std::fs::read(root().join("fonts").join(file)).unwrap();
    let faces = [
        ("NotoSerifSC-Regular.otf", "FangSong", 100),
        ("LiberationSerif-Regular.ttf", "Times New Roman", 118),
        ("LXGWWenKaiGBLite-Regular.ttf", "KaiTi", 100),
    ];
    for (file, family, stretch) in faces {
        std::fs::write(folder.path().join(file), renamed(&bundled(file), family, stretch)).unwrap();
    }
    let (own, others) =
        (FontSet::new(&[], false).unwrap(), FontSet::new(&[folder.path().to_path_buf()], false).unwrap());
    let verdicts = in_parallel(&DOSSIERS, 0, |dossier| {
        let (by_own, by_others) = (made(dossier, &own, false, |list| list), made(dossier, &others, false, |list| list));
        let proofs = [verify(&by_others, &own).unwrap(), verify(&by_own, &others).unwrap()];
        (*dossier, proofs, [by_own, by_others].map(text))
    });
    let mut elsewhere = 0;
    for (dossier, proofs, [by_own, by_others]) in verdicts.unwrap() {
        elsewhere += usize::from(by_own != by_others);
        for proof in proofs {
            assert_eq!(proof.verdict, Verdict::Same, "{dossier}: {:#?}", proof.differences);
            assert!(proof.reasons.iter().any(|reason| reason.starts_with("仿宋的字体不同")), "{:?}", proof.reasons);
        }
    }
    assert!(elsewhere >= 5, "lines of {elsewhere} reports alone break elsewhere");
}

/// The lines of all pages.
fn text(pdf: Vec<u8>) -> String {
    jibao::reader::Reader::open(pdf).unwrap().document().unwrap().text()
}

/// A face under another name, its glyphs taking so many hundredths of their room (OpenType, `name` and `hmtx`).
fn renamed(face: &[u8], family: &str, stretch: u32) -> Vec<u8> {
    let number = |at: usize, bytes: usize| face[at..at + bytes].iter().fold(0, |n, b| n << 8 | usize::from(*b));
    let table = |at: usize| face[number(at + 8, 4)..][..number(at + 12, 4)].to_vec();
    let mut tables: Vec<(&[u8], Vec<u8>)> =
        (0..number(4, 2)).map(|i| 12 + 16 * i).map(|at| (&face[at..at + 4], table(at))).collect();
    let metrics =
        tables.iter().find(|(tag, _)| *tag == b"hhea").map(|(_, t)| usize::from(t[34]) << 8 | usize::from(t[35]));
    for (tag, table) in &mut tables {
        match *tag {
            b"name" => *table = names(family),
            b"hmtx" => table.chunks_exact_mut(4).take(metrics.unwrap()).for_each(|glyph| {
                let advance = (u32::from(glyph[0]) << 8 | u32::from(glyph[1])) * stretch / 100;
                glyph[..2].copy_from_slice(&u16::try_from(advance).unwrap().to_be_bytes());
            }),
            _ => {}
        }
    }
    let mut head = face[..12].to_vec();
    let (mut at, mut body) = (12 + 16 * tables.len(), Vec::new());
    for (tag, mut table) in tables {
        head.extend_from_slice(tag);
        for number in [0, at, table.len()] {
            head.extend_from_slice(&u32::try_from(number).unwrap().to_be_bytes());
        }
        table.resize(table.len().next_multiple_of(4), 0);
        at += table.len();
        body.extend(table);
    }
    head.extend(body);
    head
}

/// A table that gives a face its names, in English for Windows.
fn names(family: &str) -> Vec<u8> {
    let names = [(1_u16, family), (2, "Regular"), (4, family), (6, &family.replace(' ', ""))];
    let (mut records, mut texts) = (Vec::new(), Vec::new());
    for (kind, text) in names {
        let text: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let (length, offset) = (u16::try_from(text.len()).unwrap(), u16::try_from(texts.len()).unwrap());
        records.extend([3, 1, 0x409, kind, length, offset].into_iter().flat_map(u16::to_be_bytes));
        texts.extend(text);
    }
    let mut table: Vec<u8> = [0, 4, 6 + 12 * 4].into_iter().flat_map(u16::to_be_bytes).collect();
    table.extend(records);
    table.extend(texts);
    table
}
