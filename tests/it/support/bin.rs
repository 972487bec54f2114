//! The real binary on a store of its own.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

/// The longest that a test waits for a state, or for a command to end: longer
/// than anything takes on a slow machine that is busy with other things.
const LIMIT: Duration = Duration::from_secs(120);

/// A folder with a store in it, and room beside it.
pub struct Bench {
    pub folder: TempDir,
    pub store: PathBuf,
    /// The moment at which commands answer; none where it is the real one.
    pub now: Option<&'static str>,
}

/// What a command said.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Bench {
    /// An empty store of Värmland.
    pub fn new() -> Self {
        Self::of("17")
    }

    /// An empty store of a region.
    pub fn of(region: &str) -> Self {
        Self::at(region, None)
    }

    /// An empty store of a region, asked as at a moment.
    pub fn at(region: &str, now: Option<&'static str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("store");
        let bench = Self { folder, store, now };
        bench.ok(&["init", "--region", region]);
        bench
    }

    /// A store with the worked example of Värmland in it.
    pub fn with_march() -> Self {
        let bench = Self::new();
        bench.ok(&["import", "fixtures/golden/varmland-2019-03.jsonl"]);
        bench
    }

    /// A path beside the store.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A file beside the store.
    pub fn file(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The binary with words, on this store.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = on(&self.store, words);
        command.envs(self.now.map(|now| ("FRISTDAG_NOW", now)));
        command
    }

    /// Runs it.
    pub fn run(&self, words: &[&str]) -> Said {
        run(self.command(words))
    }

    /// Runs it; it must be done.
    pub fn ok(&self, words: &[&str]) -> String {
        let said = self.run(words);
        assert_eq!(said.code, 0, "{words:?}: {said:?}");
        said.out
    }

    /// Runs it with `--json`; it must be done.
    pub fn json(&self, words: &[&str]) -> Value {
        let words = [words, &["--json"]].concat();
        serde_json::from_str(&self.ok(&words)).unwrap()
    }

    /// Imports events.
    pub fn import(&self, events: &[Value]) {
        let lines: Vec<String> = events.iter().map(Value::to_string).collect();
        let file = self.file("events.jsonl", lines.join("\n"));
        self.ok(&["import", &file]);
    }

    /// A month's figures.
    pub fn figures(&self, month: &str) -> Value {
        self.json(&["figures", "--month", month])
    }

    /// Locks a month; answers its invoices and credit notes.
    pub fn lock(&self, month: &str) -> Value {
        let prepared = self.json(&["close", "--month", month, "--prepare"]);
        let hash = prepared["hash"].as_str().unwrap();
        self.ok(&["close", "--month", month, "--approve", "--expect", hash]);
        self.json(&["invoices", "--month", month])
    }

    /// Sees that every hash and every locked figure holds.
    pub fn verified(&self) {
        assert_eq!(self.json(&["verify"])["ok"], true);
    }

    /// Serves the store, and listens already.
    pub fn serve(&self) -> Running {
        Running::serving(self.command(&["serve"]))
    }

    /// Runs it; it must fail with this code. Gives what it said of it.
    pub fn fails(&self, code: i32, words: &[&str]) -> String {
        let said = self.run(words);
        assert_eq!(said.code, code, "{words:?}: {said:?}");
        said.err
    }
}

/// The binary with words, on a store.
pub fn on(store: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fristdag"));
    command
        .args(words)
        .env_clear()
        .env("USER", "test")
        .env("FRISTDAG_LANG", "en")
        .env("FRISTDAG_STORE", store);
    command
}

/// Runs a command to its end.
pub fn run(command: Command) -> Said {
    run_reading(command, b"")
}

/// Runs a command that reads `input` to its end.
pub fn run_reading(command: Command, input: &[u8]) -> Said {
    let output = assert_cmd::Command::from_std(command)
        .write_stdin(input)
        .timeout(LIMIT)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said {
        code: output.status.code().unwrap_or(-1),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

/// A process of ours that is killed at the latest when it goes out of scope.
pub struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Running {
    /// Starts it.
    pub fn start(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self { child, out }
    }

    /// Starts `serve` and waits until it listens.
    pub fn serving(command: Command) -> Self {
        let mut serving = Self::start(command);
        let line = serving.line().unwrap_or_default();
        assert!(line.starts_with("Listening on "), "{line}");
        serving
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The next line that it says; none once it has ended.
    pub fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = self.out.read_line(&mut line).unwrap();
        (read > 0).then(|| line.trim_end().to_owned())
    }

    /// Ends it at once, as `kill -9` does.
    pub fn kill(mut self) {
        self.end();
    }

    /// Its exit code, once it has ended by itself.
    pub fn code(mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    fn end(&mut self) {
        // One that has ended already is as good.
        let _ended = self.child.kill();
        self.child.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// Waits until something is so.
pub fn until(what: &str, mut so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !so() {
        assert!(began.elapsed() < LIMIT, "waited in vain: {what}");
        std::thread::yield_now();
    }
}
