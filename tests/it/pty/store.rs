//! Stores made by the command line, and the commands themselves.

use std::{
    fs,
    path::{Path, PathBuf},
};

use assert_cmd::Command;
use tempfile::TempDir;

/// The evening before two stays of the worked example begin to cost.
pub const EVENING: &str = "2019-03-06T23:00:00+01:00";

/// What must not come from whoever runs the tests.
pub const UNSET: [&str; 8] = [
    "FRISTDAG_PLAIN",
    "NO_COLOR",
    "LC_ALL",
    "FRISTDAG_STORE",
    "FRISTDAG_NOW",
    "FRISTDAG_UNIT",
    "TMUX",
    "XDG_RUNTIME_DIR",
];

pub fn environment(home: &Path) -> Vec<(&'static str, String)> {
    let home = home.display().to_string();
    vec![
        ("XDG_CONFIG_HOME", format!("{home}/config")),
        ("XDG_DATA_HOME", format!("{home}/data")),
        ("XDG_STATE_HOME", format!("{home}/state")),
        ("TMPDIR", home.clone()),
        ("HOME", home),
        ("TERM", "xterm-256color".to_owned()),
        ("LANG", "sv_SE.UTF-8".to_owned()),
        ("FRISTDAG_LANG", "sv".to_owned()),
        ("USER", "anna".to_owned()),
    ]
}

/// A home folder with one store in it.
pub struct House {
    folder: TempDir,
}

impl House {
    /// An empty store of Värmland.
    pub fn new() -> Self {
        let house = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        house.run(&["init", "--region", "17"]);
        house
    }

    /// With the worked example of March 2019 and its rate.
    pub fn with_march() -> Self {
        let house = Self::new();
        let golden = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fixtures/golden/varmland-2019-03.jsonl")
            .display()
            .to_string();
        house.run(&["import", &golden]);
        house.run(&["rates", "set", "2019", "7800", "--source", "provet"]);
        house
    }

    pub fn home(&self) -> &Path {
        self.folder.path()
    }

    pub fn store(&self) -> String {
        self.folder.path().join("store").display().to_string()
    }

    /// Where a test may let files be written.
    pub fn outside(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    /// Has these settings, below their version.
    pub fn settings(&self, text: &str) {
        let folder = self.home().join("config/fristdag");
        fs::create_dir_all(&folder).unwrap();
        let text = format!("version = 1\n{text}");
        fs::write(folder.join("settings.toml"), text).unwrap();
    }

    /// Runs a command that must succeed; what it printed.
    pub fn run(&self, args: &[&str]) -> String {
        let done = self.command(args).assert().success();
        String::from_utf8(done.get_output().stdout.clone()).unwrap()
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fristdag"));
        for name in UNSET {
            command.env_remove(name);
        }
        // What was left out of an import is written where one stands.
        command
            .current_dir(self.home())
            .envs(environment(self.home()))
            .args(["--store", &self.store()])
            .args(args);
        command
    }

    /// Imports these lines; with `more` arguments.
    pub fn import(&self, lines: &str, more: &[&str]) -> String {
        let file = self.folder.path().join("events.jsonl");
        fs::write(&file, lines).unwrap();
        let file = file.display().to_string();
        self.run(&[&["import", file.as_str()], more].concat())
    }

    /// The document that a command with `--json` prints.
    pub fn json(&self, args: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.run(&[args, &["--json"]].concat())).unwrap()
    }
}
