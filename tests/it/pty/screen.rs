//! A program on a terminal of its own: keys in, a screen out.

use std::{
    io::{Read, Write},
    path::Path,
    sync::{Arc, Condvar, Mutex},
    thread,
    time::{Duration, Instant},
};

use portable_pty::{
    Child, ChildKiller, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system,
};
use rustix::process::{Pid, Signal, kill_process};

/// How long any state is waited for: the programs are unoptimised, and many
/// tests run at once.
const LIMIT: Duration = Duration::from_secs(120);

/// What a frame begins and ends with: a terminal shows it whole or not at all.
const FRAME: [&[u8]; 2] = [b"\x1b[?2026h", b"\x1b[?2026l"];

/// Columns and lines.
pub type Size = (u16, u16);

pub const SMALL: Size = (80, 24);
pub const USUAL: Size = (120, 40);
pub const LARGE: Size = (200, 50);

/// The least columns and lines of the emulated screen: with one line vt100
/// subtracts below zero where a text wraps, as one drawn for a larger window
/// does that arrives after a resize. The program is told the real size.
const LEAST: u16 = 2;

/// What came out of the terminal so far.
struct Seen {
    parser: vt100::Parser,
    /// Everything that came.
    raw: Vec<u8>,
    /// How much of it the parser has: a frame is shown once it is whole, as
    /// else a test would find half of what it looks for.
    shown: usize,
    ended: bool,
    /// Nobody wants more: the terminal is to be given up.
    gone: bool,
    status: Option<ExitStatus>,
}

type Shared = Arc<(Mutex<Seen>, Condvar)>;

impl Seen {
    fn new((cols, rows): Size) -> Self {
        Self {
            parser: vt100::Parser::new(rows.max(LEAST), cols.max(LEAST), 0),
            raw: Vec::new(),
            shown: 0,
            ended: false,
            gone: false,
            status: None,
        }
    }

    /// Takes what came; nothing is the end.
    fn take(&mut self, bytes: &[u8]) {
        self.ended = bytes.is_empty();
        self.raw.extend_from_slice(bytes);
        let waiting = &self.raw[self.shown..];
        let whole = if self.ended {
            waiting.len()
        } else {
            whole(waiting)
        };
        self.parser.process(&waiting[..whole]);
        self.shown += whole;
    }
}

/// How many bytes can be shown: all before a frame that has not ended, or
/// before what may become the beginning of one.
fn whole(bytes: &[u8]) -> usize {
    let last = |mark: &[u8]| bytes.windows(mark.len()).rposition(|part| part == mark);
    let [begins, ends] = FRAME.map(last);
    if let Some(begins) = begins.filter(|begins| ends.is_none_or(|ends| ends < *begins)) {
        return begins;
    }
    let begun = (1..FRAME[0].len()).rev();
    let begun = begun.filter(|count| bytes.ends_with(&FRAME[0][..*count]));
    bytes.len() - begun.max().unwrap_or(0)
}

/// The real program on a terminal.
pub struct Screen {
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Box<dyn Write + Send>,
    killer: Box<dyn ChildKiller + Send + Sync>,
    id: Pid,
    seen: Shared,
    /// The terminal's modes before the program had it.
    modes: String,
}

impl Screen {
    /// Starts `fristdag` with these arguments; `home` keeps it from the
    /// settings of whoever runs the tests.
    pub fn start(home: &Path, args: &[&str], size: Size) -> Self {
        Self::start_with(home, args, size, &[])
    }

    /// The same, over a line that carries so many bytes a second.
    pub fn start_over(home: &Path, args: &[&str], size: Size, bytes: u32) -> Self {
        Self::begin(home, args, size, &[], Some(bytes))
    }

    /// The same, with some of the environment changed or taken away.
    pub fn start_with(
        home: &Path,
        args: &[&str],
        size: Size,
        changed: &[(&str, Option<&str>)],
    ) -> Self {
        Self::begin(home, args, size, changed, None)
    }

    fn begin(
        home: &Path,
        args: &[&str],
        size: Size,
        changed: &[(&str, Option<&str>)],
        line: Option<u32>,
    ) -> Self {
        let (cols, rows) = size;
        let pty = native_pty_system()
            .openpty(PtySize {
                rows,
                cols,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        let modes = modes_of(&*pty.master);
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_fristdag"));
        command.args(args);
        for (name, value) in super::store::environment(home) {
            command.env(name, value);
        }
        for name in super::store::UNSET {
            command.env_remove(name);
        }
        for (name, value) in changed {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            }
        }
        let child = pty.slave.spawn_command(command).unwrap();
        // The end of the output is only seen once nobody holds the other side.
        drop(pty.slave);
        let seen = Arc::new((Mutex::new(Seen::new(size)), Condvar::new()));
        let id = i32::try_from(child.process_id().unwrap()).unwrap();
        let killer = child.clone_killer();
        let reader = pty.master.try_clone_reader().unwrap();
        read(reader, Arc::clone(&seen), line);
        wait_for_end(child, Arc::clone(&seen));
        Self {
            keys: pty.master.take_writer().unwrap(),
            master: Some(pty.master),
            killer,
            id: Pid::from_raw(id).unwrap(),
            seen,
            modes,
        }
    }

    /// Presses keys, by name; a name of one character is that character.
    pub fn press(&mut self, names: &str) {
        for name in names.split(' ') {
            self.send(bytes_of(name));
        }
    }

    /// Types a text.
    pub fn write(&mut self, text: &str) {
        self.send(text);
    }

    fn send(&mut self, bytes: &str) {
        self.keys.write_all(bytes.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Waits until the text on the screen is as wanted.
    pub fn until(&self, what: &str, wanted: impl Fn(&str) -> bool) {
        self.wait(what, |seen| wanted(&text(seen)));
    }

    /// Waits until this stands on the screen.
    pub fn shows(&self, text: &str) {
        self.until(text, |screen| screen.contains(text));
    }

    /// Waits until this does not stand on the screen.
    pub fn loses(&self, text: &str) {
        self.until(&format!("no {text}"), |screen| !screen.contains(text));
    }

    /// The text on the screen.
    pub fn text(&self) -> String {
        text(&self.seen.0.lock().unwrap())
    }

    /// The first line with this text.
    pub fn line(&self, with: &str) -> String {
        let text = self.text();
        let line = text.lines().find(|line| line.contains(with));
        line.unwrap_or_else(|| panic!("no line with {with:?} in\n{text}"))
            .to_owned()
    }

    /// Every byte that was written to the terminal.
    pub fn raw(&self) -> Vec<u8> {
        self.seen.0.lock().unwrap().raw.clone()
    }

    /// How many bytes had come when the screen was first as wanted: what a
    /// slow line has to carry until then.
    pub fn bytes_until(&self, (cols, rows): Size, wanted: impl Fn(&str) -> bool) -> usize {
        const STEP: usize = 64;
        let mut parser = vt100::Parser::new(rows, cols, 0);
        let mut count = 0;
        for bytes in self.raw().chunks(STEP) {
            parser.process(bytes);
            count += bytes.len();
            if wanted(&parser.screen().contents()) {
                return count;
            }
        }
        panic!("it never was so\n{}", self.text());
    }

    /// Whether this was ever written to the terminal.
    pub fn wrote(&self, text: &str) -> bool {
        let raw = self.raw();
        raw.windows(text.len()).any(|part| part == text.as_bytes())
    }

    /// Gives the terminal another size, as a window that is dragged.
    pub fn resize(&mut self, (cols, rows): Size) {
        self.seen
            .0
            .lock()
            .unwrap()
            .parser
            .screen_mut()
            .set_size(rows.max(LEAST), cols.max(LEAST));
        let size = PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        self.master.as_ref().unwrap().resize(size).unwrap();
    }

    /// Sends a signal.
    pub fn signal(&self, signal: Signal) {
        kill_process(self.id, signal).unwrap();
    }

    /// Takes the terminal away, as a connection that breaks: the last of its
    /// holders is the reader, which leaves after what comes next.
    pub fn hang_up(&mut self) {
        self.seen.0.lock().unwrap().gone = true;
        // The writer ends the line when it is dropped: no word that means yes.
        self.press("k");
        self.keys = Box::new(std::io::sink());
        self.master = None;
    }

    /// Waits for the program's end.
    pub fn ended(&self) -> ExitStatus {
        self.wait("the program's end", |seen| seen.status.is_some());
        let seen = self.seen.0.lock().unwrap();
        seen.status.clone().unwrap()
    }

    /// Waits for an end that leaves the terminal as it was found.
    pub fn ended_cleanly(&self) {
        let status = self.ended();
        assert!(status.success(), "{status:?}\n{}", self.text());
        self.wait("the end of the output", |seen| seen.ended);
        let seen = self.seen.0.lock().unwrap();
        let screen = seen.parser.screen();
        assert!(!screen.alternate_screen(), "the other screen was not left");
        assert!(!screen.hide_cursor(), "the cursor stayed hidden");
        assert!(!screen.bracketed_paste(), "pastes are still marked");
        let modes = modes_of(&**self.master.as_ref().unwrap());
        assert_eq!(modes, self.modes, "the terminal's modes were not put back");
    }

    fn wait(&self, what: &str, wanted: impl Fn(&Seen) -> bool) {
        let (seen, news) = &*self.seen;
        let (seen, late) = news
            .wait_timeout_while(seen.lock().unwrap(), LIMIT, |seen| !wanted(seen))
            .unwrap();
        if late.timed_out() {
            let (text, ended) = (text(&seen), seen.ended);
            drop(seen);
            panic!("waited for: {what} (ended: {ended})\n{text}");
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // A test that failed leaves its program behind otherwise.
        if self.seen.0.lock().is_ok_and(|seen| seen.status.is_none()) {
            drop(self.killer.kill());
        }
    }
}

/// Every mode of a terminal, to be compared.
fn modes_of(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

fn wait_for_end(mut child: Box<dyn Child + Send + Sync>, seen: Shared) {
    thread::spawn(move || {
        let status = child.wait().unwrap();
        seen.0.lock().unwrap().status = Some(status);
        seen.1.notify_all();
    });
}

/// Takes what comes; of a slow `line`, no more in a second than it carries, so
/// that the program has to wait as it would have to there.
fn read(mut from: Box<dyn Read + Send>, seen: Shared, line: Option<u32>) {
    thread::spawn(move || {
        let mut bytes = vec![0; if line.is_some() { 512 } else { 16 * 1024 }];
        let mut free = Instant::now();
        loop {
            // The other side's end comes as an error on Linux.
            let count = from.read(&mut bytes).unwrap_or(0);
            if let Some(line) = line {
                let took = Duration::from_secs(count as u64) / line;
                free = free.max(Instant::now()) + took;
                while let Some(left) = free.checked_duration_since(Instant::now()) {
                    thread::park_timeout(left);
                }
            }
            let mut now = seen.0.lock().unwrap();
            now.take(&bytes[..count]);
            seen.1.notify_all();
            if count == 0 || now.gone {
                return;
            }
        }
    });
}

/// The text, numbers' hard spaces as plain ones.
fn text(seen: &Seen) -> String {
    seen.parser.screen().contents().replace('\u{a0}', " ")
}

fn bytes_of(name: &str) -> &str {
    match name {
        "enter" => "\r",
        "esc" => "\x1b",
        "tab" => "\t",
        "backtab" => "\x1b[Z",
        "up" => "\x1b[A",
        "down" => "\x1b[B",
        "right" => "\x1b[C",
        "left" => "\x1b[D",
        "home" => "\x1b[H",
        "end" => "\x1b[F",
        "space" => " ",
        "ctrl-c" => "\x03",
        "ctrl-u" => "\x15",
        "f1" => "\x1bOP",
        one if one.chars().count() == 1 => one,
        other => panic!("no key {other:?}"),
    }
}

#[test]
fn a_frame_is_seen_whole_or_not_at_all_however_its_bytes_come() {
    let frames = ["abcdef", "ABCDEF"].map(|text| {
        let (left, right) = text.split_at(3);
        format!("\x1b[?2026h\x1b[1;1H{left}\x1b[1;4H{right}\x1b[?2026l")
    });
    let bytes = frames.concat().into_bytes();
    for size in 1..bytes.len() {
        let mut seen = Seen::new(SMALL);
        for part in bytes.chunks(size) {
            seen.take(part);
            let picture = seen.parser.screen().contents();
            assert!(
                ["", "abcdef", "ABCDEF"].contains(&picture.as_str()),
                "{picture:?}"
            );
        }
        assert_eq!(seen.parser.screen().contents(), "ABCDEF", "by {size}");
    }
    // A program that was killed leaves half a frame, to be told of.
    let mut seen = Seen::new(SMALL);
    seen.take(&bytes[..20]);
    seen.take(&[]);
    assert!(seen.ended && seen.parser.screen().contents().starts_with("abc"));
}

#[test]
fn what_was_drawn_for_a_larger_window_is_no_trouble() {
    let mut parser = vt100::Parser::new(LEAST, LEAST, 0);
    parser.process("\x1b[1;1Hfristdag åäö\r\n\r\nVARM-1 漢字".as_bytes());
    parser.process("\x1b[24;80Hx\x1b[1;1H漢字漢字".as_bytes());
}
