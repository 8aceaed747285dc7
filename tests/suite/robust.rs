//! Input cannot make the program panic: files cut off anywhere, and files with characters put in and changed, read as
//! every kind of document and, more coarsely, taken through the whole pipeline.

use jibao::dossier::{Report, Scores, Section, Unit};
use jibao::figures::read_figures;
use jibao::source::{Sources, decode, decode_text, parse};

use crate::support::root;

/// Reads bytes as every kind of document there is.
fn read_as_everything(bytes: &[u8]) {
    let mut sources = Sources::default();
    let mut findings = Vec::new();
    let Some(file) = decode_text("a.yaml", bytes.to_vec(), &mut sources, &mut findings) else { return };
    let Some(node) = parse(&sources, file, None, &mut findings) else { return };
    let _ = decode::<Unit>(&node, &mut findings);
    let _ = decode::<Report>(&node, &mut findings);
    let _ = decode::<Scores>(&node, &mut findings);
    let _ = decode::<Section>(&node, &mut findings);
    let _ = read_figures(&node, jibao::dossier::MoneyUnit::TenThousand, &sources, &mut findings);
    for finding in &findings {
        let place = finding.place.expect("a place");
        let text = sources.text(place.file);
        assert!(place.start <= place.end && place.end <= text.len(), "{finding:?}");
        assert!(text.is_char_boundary(place.start) && text.is_char_boundary(place.end), "{finding:?}");
    }
}

fn files() -> Vec<Vec<u8>> {
    let year = root().join("samples/huidong/2021");
    let mut paths = vec![root().join("samples/huidong/unit.yaml")];
    paths.extend(["report.yaml", "figures.yaml", "scores.yaml"].map(|name| year.join(name)));
    paths.push(year.join("sections/01-preamble.yaml"));
    paths.into_iter().map(|path| std::fs::read(path).unwrap()).collect()
}

#[test]
fn files_cut_off_anywhere() {
    for bytes in files() {
        for end in (0..bytes.len()).step_by(7) {
            read_as_everything(&bytes[..end]);
        }
    }
}

#[test]
fn files_with_one_thing_changed() {
    let put_in =
        ["：", "，", "\t", "{", "}", "[", "&a ", "*a", "!!", "- ", "'", "\"", "|", "\u{0}", "\r", "\u{202E}", "💥"];
    for bytes in files() {
        let text = String::from_utf8(bytes).unwrap();
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).step_by(31).collect();
        for (i, &at) in starts.iter().enumerate() {
            let put_in = put_in[i % put_in.len()];
            read_as_everything(format!("{}{put_in}{}", &text[..at], &text[at..]).as_bytes());
            let mut raw = text.clone().into_bytes();
            raw[at] = raw[at].wrapping_add(u8::try_from(i % 251).unwrap());
            read_as_everything(&raw);
        }
    }
}

#[test]
fn nesting_and_aliases_end() {
    read_as_everything("[".repeat(100_000).as_bytes());
    read_as_everything("- ".repeat(50_000).as_bytes());
    read_as_everything("{a: ".repeat(10_000).as_bytes());
    read_as_everything(b"a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n");
}

#[test]
fn whole_dossiers_with_one_thing_changed() {
    let put_in = ["：", "，", "\t", "{{", "}", "=1/0", "&a ", "９", "\u{0}", "💥", "\n", "1,0", "万", "=", " #x"];
    let dossier = crate::support::Dossier::copy_of("samples/huidong");
    let mut runs = 0;
    for file in
        ["unit.yaml", "2021/report.yaml", "2021/figures.yaml", "2021/scores.yaml", "2021/sections/07-conclusion.yaml"]
    {
        let path = dossier.path().join(file);
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).step_by(43).collect();
        for (i, &at) in starts.iter().enumerate() {
            let changed = format!("{}{}{}", &text[..at], put_in[i % put_in.len()], &text[at..]);
            std::fs::write(&path, changed).unwrap();
            let examined = jibao::examine(dossier.path(), 2021);
            for finding in &examined.findings {
                let renderer = jibao::diagnostic::Renderer { style: jibao::diagnostic::Style::Human, color: false };
                assert!(!renderer.render(finding, &examined.sources).is_empty());
            }
            runs += 1;
        }
        std::fs::write(&path, text).unwrap();
    }
    assert!(runs > 100, "{runs}");
}
