//! Ink: pages are black, and nothing but black, in the one grey space of the file; a red head alone is red.

use std::collections::BTreeSet;

use hayro_syntax::Pdf;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Object, Stream};
use hayro_syntax::page::Page;

use super::{CASE, REPORTS, finished, lay_out_as, with_pages};
use crate::support::root;

/// The components of the colours that a page is painted with, in thousandths; the number of components is the space's.
fn inks(page: &Page<'_>) -> BTreeSet<Vec<i32>> {
    let mut inks = BTreeSet::new();
    assert_eq!(page.resources().x_objects.keys().count(), 0, "an object that is not looked into");
    assert_eq!(page.resources().patterns.keys().count(), 0, "a pattern");
    let mut operations: UntypedIter<'_> = page.operations();
    // Of filling and of stroking.
    let mut spaces = [0, 0];
    while let Some(operation) = operations.next() {
        let name = std::str::from_utf8(operation.operator).expect("an operator");
        let stroke = usize::from(name.starts_with(char::is_uppercase));
        match name {
            "g" | "G" | "rg" | "RG" | "k" | "K" | "sc" | "SC" | "sh" | "Do" => {
                panic!("{name} paints past the profiles")
            }
            "cs" | "CS" => {
                let Some(Object::Name(space)) = operation.operands().next() else { panic!("no name") };
                let Some(Object::Array(space)) = page.resources().get_color_space(space) else { panic!("no space") };
                spaces[stroke] = components(&space);
            }
            "scn" | "SCN" => {
                let ink: Vec<i32> = operation.operands().map(|operand| thousandths(operand)).collect();
                assert_eq!(ink.len(), spaces[stroke], "{ink:?}");
                inks.insert(ink);
            }
            _ => {}
        }
    }
    inks
}

/// How many components a space has, which must be one of a profile.
fn components(space: &Array<'_>) -> usize {
    let mut parts = space.iter::<Object<'_>>();
    assert!(matches!(parts.next(), Some(Object::Name(name)) if name.as_str() == "ICCBased"));
    let profile = space.iter::<Stream<'_>>().next().or_else(|| match parts.next() {
        Some(Object::Stream(stream)) => Some(stream),
        _ => None,
    });
    profile
        .and_then(|profile| profile.dict().get::<i32>(b"N".as_slice()))
        .and_then(|n| usize::try_from(n).ok())
        .expect("N")
}

fn thousandths(number: &Object<'_>) -> i32 {
    let Object::Number(number) = number else { panic!("no number: {number:?}") };
    format!("{:.0}", number.as_f64() * 1000.0).parse().expect("a number")
}

fn all_inks(data: Vec<u8>) -> BTreeSet<Vec<i32>> {
    Pdf::new(data).expect("a PDF").pages().iter().flat_map(inks).collect()
}

const BLACK: i32 = 0;
const WHITE: i32 = 1000;
const WATERMARK: i32 = 894;

#[test]
fn every_report_is_printed_in_black_alone() {
    for (name, year) in REPORTS {
        let inks = all_inks(finished(&root().join(name), *year));
        assert!(inks.contains(&vec![BLACK]), "{name}: {inks:?}");
        let others: Vec<_> = inks.iter().filter(|ink| ![BLACK, WHITE].map(|tone| vec![tone]).contains(ink)).collect();
        assert!(others.is_empty(), "{name} {year}: {others:?}");
    }
}

#[test]
fn crop_marks_are_black() {
    let data = finished(with_pages("samples/demo", "{裁切标记: true}").path(), 2023);
    assert_eq!(all_inks(data), [vec![BLACK]].into());
}

#[test]
fn a_red_head_is_red_and_nothing_else() {
    let pdf = Pdf::new(finished(&root().join(CASE), 2023)).expect("a PDF");
    let pages: Vec<_> = pdf.pages().iter().map(inks).collect();
    let red: Vec<&Vec<i32>> = pages[0].iter().filter(|ink| ink.len() > 1).collect();
    let [ink] = red[..] else { panic!("{red:?}") };
    assert!(ink[0] > 800 && ink[1] < 200 && ink[2] < 200, "{ink:?}");
    assert!(pages[1..].iter().flatten().all(|ink| *ink == vec![BLACK]));
}

#[test]
fn the_watermark_is_pale_and_lies_under_the_text_of_every_page() {
    for (name, year) in [("samples/demo", 2023), ("samples/huidong", 2021), (CASE, 2023)] {
        let data = jibao::export::pdf(&lay_out_as(&root().join(name), year, true)).expect("a PDF");
        let pdf = Pdf::new(data).expect("a PDF");
        for (number, page) in pdf.pages().iter().enumerate() {
            assert!(inks(page).contains(&vec![WATERMARK]), "{name}, page {}", number + 1);
            let stream = page.page_stream().expect("contents");
            let at = |what: &str| stream.windows(what.len()).position(|window| window == what.as_bytes());
            let pale = at("0.89411765 scn").expect("the watermark");
            // Tagged contents come behind it, and it is no part of them.
            assert!(at("/MCID").is_none_or(|tagged| pale < tagged), "{name}, page {}", number + 1);
            let artifact = at("/Artifact").expect("an artifact");
            assert!(artifact < pale && at("EMC").is_some_and(|end| pale < end), "{name}, page {}", number + 1);
        }
    }
}
