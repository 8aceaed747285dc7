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

#[test]
fn the_readme_lists_every_code_and_every_function() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    for code in jibao::diagnostic::Code::ALL {
        let row = format!("{} {}", code.as_str(), code.title());
        assert!(readme.contains(&row), "README.md does not list {row}");
    }
    for function in jibao::figures::FUNCTIONS {
        assert!(readme.contains(&format!("`{function}(")), "README.md does not explain {function}( )");
    }
}

#[test]
fn the_readme_s_two_commands_are_the_ones_that_ci_runs() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let ci = std::fs::read_to_string(root().join(".ci/run")).unwrap();
    for command in ["cargo run --release -- build samples/huidong/2021 -o out", "cargo test --release"] {
        assert!(readme.contains(command), "{command}");
        assert!(ci.contains(command), "{command}");
    }
}
