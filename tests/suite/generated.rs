//! Committed files that are made from others.

use crate::support::{jibao, root};

#[test]
fn the_index_of_bundled_faces_is_fresh() {
    let output = jibao().args(["fonts", "--index"]).output().unwrap();
    let committed = std::fs::read(root().join("fonts/index.json")).unwrap();
    assert!(output.stdout == committed, "run: cargo run --release -- fonts --index > fonts/index.json");
}

#[test]
fn sums_name_every_bundled_face() {
    let sums = std::fs::read_to_string(root().join("fonts/SHA256SUMS")).unwrap();
    for entry in std::fs::read_dir(root().join("fonts")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "ttf" || e == "otf") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(sums.contains(&name), "{name}");
        }
    }
}
