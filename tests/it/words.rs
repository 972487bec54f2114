//! Every code that a user can meet has words in both languages.

use std::{collections::BTreeSet, fs, path::Path};

use fristdag::{
    desk::error::DeskError,
    text::{Lang, errors},
};

/// Codes given to the makers of `DeskError` in the sources below `folder`.
fn codes(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            codes(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            for maker in [
                "DeskError::bad_input(",
                "DeskError::no(",
                "DeskError::store(",
            ] {
                for after in text.split(maker).skip(1) {
                    let after = after.trim_start();
                    if let Some(code) = after.strip_prefix('"').and_then(|c| c.split('"').next()) {
                        found.insert(code.to_owned());
                    }
                }
            }
        }
    }
}

#[test]
fn every_error_of_the_desk_has_words() {
    let mut found = BTreeSet::new();
    for room in ["src/desk", "src/cli", "src/wire"] {
        codes(Path::new(room), &mut found);
    }
    assert!(found.len() > 30, "the sources were read: {found:?}");
    for code in found {
        let error = DeskError::no(&code, "");
        let unknown = DeskError::no("no such code", "");
        let plain = errors::headline(&unknown, Lang::Sv);
        assert_ne!(
            errors::headline(&error, Lang::Sv),
            plain,
            "{code} has no words"
        );
    }
}
