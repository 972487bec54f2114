//! The user's own files: read, checked, and where one cannot be used, what
//! is wrong with it.

use std::{io, path::Path};

use super::{keymap::Keymap, screen::sort::Sort};
use crate::settings::{
    preferences::{self, BaseKeymap, Settings},
    problem::{FileError, Problem},
};

/// The file of differences to the keys.
const KEYS: &str = "keymap.toml";
/// The file of settings.
const SETTINGS: &str = "settings.toml";

/// What the console runs with.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// The keys.
    pub keymap: Keymap,
    /// What the user set.
    pub settings: Settings,
    /// Why a file is not used; what comes with the program is used instead.
    pub problems: Vec<FileError>,
}

impl Setup {
    /// Reads `settings.toml` and `keymap.toml` in a folder; neither need
    /// exist. A file that is wrong is not used at all: half of it would be a
    /// surprise.
    #[must_use]
    pub fn read(folder: Option<&Path>) -> Self {
        let mut setup = Self::default();
        if let Some(found) = text(folder, SETTINGS) {
            match found.and_then(|(file, text)| checked(&file, &text)) {
                Ok(settings) => setup.settings = settings,
                Err(problem) => setup.problems.push(problem),
            }
        }
        setup.keymap = match setup.settings.keymap {
            BaseKeymap::Default => Keymap::standard(),
            BaseKeymap::Vim => Keymap::vim(),
        };
        if let Some(found) = text(folder, KEYS) {
            let base = setup.keymap.clone();
            match found.and_then(|(file, text)| base.with_differences(&file, &text)) {
                Ok(keymap) => setup.keymap = keymap,
                Err(problem) => setup.problems.push(problem),
            }
        }
        setup
    }
}

/// A file's name and text; none where there is no such file.
fn text(folder: Option<&Path>, name: &str) -> Option<Result<(String, String), FileError>> {
    let path = folder?.join(name);
    let file = path.display().to_string();
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(Ok((file, text))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => {
            let problem = Problem::Unreadable(error.to_string());
            Some(Err(FileError::new(&file, 1, problem)))
        }
    }
}

/// Settings whose views name orders that there are.
fn checked(file: &str, text: &str) -> Result<Settings, FileError> {
    let settings = preferences::parse(file, text)?;
    for view in &settings.views {
        let unknown = view
            .sort
            .as_deref()
            .filter(|name| Sort::from_name(name).is_none());
        if let Some(name) = unknown {
            let known = Sort::ALL.iter().map(|sort| sort.name()).collect();
            let problem = Problem::UnknownSort(name.to_owned(), known);
            return Err(FileError::new(file, view.line, problem));
        }
    }
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn read(files: &[(&str, &str)]) -> Setup {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        Setup::read(Some(folder.path()))
    }

    #[test]
    fn without_files_the_defaults_hold_and_nothing_is_wrong() {
        let setup = read(&[]);
        assert_eq!(setup.settings, Settings::default());
        assert!(setup.problems.is_empty());
        assert!(Setup::read(None).problems.is_empty());
    }

    #[test]
    fn a_file_that_is_wrong_leaves_the_other_in_force() {
        let setup = read(&[
            (SETTINGS, "version = 1\nkeymap = \"vim\"\nbell = true\n"),
            (
                KEYS,
                "version = 1\nkeys = [\n{ on = \"z\", run = \"dance\", when = \"board\" } ]",
            ),
        ]);
        assert!(setup.settings.bell);
        let [problem] = setup.problems.as_slice() else {
            panic!("{:?}", setup.problems);
        };
        assert!(problem.file.ends_with("/keymap.toml") && problem.line == 3);
        let setup = read(&[
            (
                SETTINGS,
                "version = 1\n[[views]]\nname = \"a\"\nsort = \"luck\"\n",
            ),
            (
                KEYS,
                "version = 1\nkeys = [{ on = \"å\", run = \"down\", when = \"board\" } ]",
            ),
        ]);
        assert_eq!(setup.settings, Settings::default());
        assert_eq!(setup.problems.len(), 1);
        assert_eq!(setup.problems[0].line, 2);
        let board = crate::console::action::Context::from_name("board")[0];
        assert!(
            setup
                .keymap
                .help(board)
                .any(|line| line.keys().contains('å'))
        );
    }

    #[test]
    fn a_file_that_cannot_be_read_is_told() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(SETTINGS)).unwrap();
        let setup = Setup::read(Some(folder.path()));
        assert!(matches!(setup.problems[0].problem, Problem::Unreadable(_)));
    }
}
