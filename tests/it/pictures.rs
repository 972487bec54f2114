//! The README's pictures are what the program draws today: made anew here
//! and compared. With `FRISTDAG_PICTURES=write` they are written instead.

use std::{fs, path::Path};

use crate::support::bin;

/// When the pictures are taken: a Wednesday morning, before noon.
const NOW: &str = "2026-03-11T09:40:00+01:00";

/// Each picture's file, and the keys that lead to it.
const PICTURES: &[(&str, &str)] = &[("board", ""), ("stay", "j j enter e"), ("close", "m")];

#[test]
fn pictures_in_the_readme_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pictures");
    let readme = fs::read_to_string(folder.join("../../README.md")).unwrap();
    let write = std::env::var("FRISTDAG_PICTURES").is_ok_and(|value| value == "write");
    for (name, keys) in PICTURES {
        assert!(readme.contains(&format!("fixtures/pictures/{name}.svg")));
        let drawn = picture(keys);
        let file = folder.join(format!("{name}.svg"));
        if write {
            fs::write(&file, &drawn).unwrap();
        }
        let kept = fs::read_to_string(&file).unwrap_or_default();
        assert!(
            kept == drawn,
            "{name}.svg is not what the console draws; look at it, then FRISTDAG_PICTURES=write cargo test pictures"
        );
    }
}

fn picture(keys: &str) -> String {
    let words = [
        "--lang",
        "sv",
        "--now",
        NOW,
        "screenshot",
        "--size",
        "120x32",
    ];
    let said = bin::run(bin::on(
        Path::new("no-store"),
        &[&words[..], &["--keys", keys]].concat(),
    ));
    assert_eq!(said.code, 0, "{said:?}");
    said.out
}
