//! What reaches the terminal, byte for byte.

use std::{
    io::{self, Write},
    sync::Mutex,
};

use super::*;
use crate::console::{FrameWriter, Frames, Screen};

#[derive(Clone, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Sink {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const HOSTILE: &str = "\u{1b}]0;owned\u{7}\u{202e}Eve\u{200b}\u{1b}[31m\r\n日本語\u{301}\u{301}\u{301}\u{301}\u{9b}2J👩\u{200d}👩";

/// A console full of text that means harm.
fn hostile() -> Bench {
    let mut bench = Bench::new(80, 24);
    let mut board = board();
    for row in &mut board.rows {
        row.patient.name = Some(HOSTILE.to_owned());
        row.patient.protected = false;
        row.line.ward = HOSTILE.to_owned();
        row.hospital = HOSTILE.to_owned();
    }
    board.head.sources[0].source = HOSTILE.to_owned();
    board.head.read_only = Some(HOSTILE.to_owned());
    let lens = bench.state.lens();
    bench.state.board.take(Arc::new(board), &lens);
    bench
}

fn bytes(state: &State) -> Vec<u8> {
    let sink = Sink::default();
    // Written as a fresh screen of this size: every cell that is not blank.
    let mut buffer = Buffer::empty(Rect::new(0, 0, state.size.0, state.size.1));
    view::draw(state, &mut buffer);
    let blank = Buffer::empty(buffer.area);
    let mut backend = ratatui::backend::CrosstermBackend::new(sink.clone());
    ratatui::backend::Backend::draw(&mut backend, blank.diff(&buffer).into_iter()).unwrap();
    sink.take()
}

fn assert_harmless(bytes: &[u8]) {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    for (at, _) in text.match_indices('\u{1b}') {
        let after = &text[at + 1..];
        // Only positions and looks are ever sent.
        let sequence: String = after
            .chars()
            .take_while(|char| !char.is_ascii_alphabetic())
            .collect();
        let end = after[sequence.len()..].chars().next();
        assert!(sequence.starts_with('['), "{after:.20?}");
        assert!(matches!(end, Some('H' | 'm')), "{after:.20?}");
    }
    for char in text.chars() {
        assert!(
            char == '\u{1b}' || !char.is_control(),
            "{char:?} reached the terminal"
        );
        assert!(
            !matches!(char, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        );
    }
}

#[test]
fn hostile_text_never_reaches_the_terminal() {
    let mut bench = hostile();
    assert_harmless(&bytes(&bench.state));
    bench.keys("<enter>");
    let Some(crate::console::screen::Page::Stay(page)) = bench.state.pages.last_mut() else {
        panic!("no stay");
    };
    let view = page.view.as_mut().unwrap();
    view.patient.name = Some(HOSTILE.to_owned());
    for event in &mut view.events {
        event.by = HOSTILE.to_owned();
        event.json["reason"] = json!(HOSTILE);
        event.json["text"] = json!(HOSTILE);
        if let Some(voided) = &mut event.voided {
            voided.reason = HOSTILE.to_owned();
        }
    }
    for item in &mut view.checklist {
        item.sv = HOSTILE.to_owned();
    }
    for step in &mut page.why.as_mut().unwrap().spans[0].steps {
        step.result = HOSTILE.to_owned();
        step.code = HOSTILE.to_owned();
    }
    for _ in 0..4 {
        bench.keys("<tab>");
        assert_harmless(&bytes(&bench.state));
    }
    bench.event(Event::Paste(HOSTILE.to_owned()));
    bench.keys("n");
    bench.event(Event::Paste(HOSTILE.to_owned()));
    assert_harmless(&bytes(&bench.state));
    bench.state.overlay = Some(crate::console::state::Overlay::Message(DeskError::no(
        "x", HOSTILE,
    )));
    assert_harmless(&bytes(&bench.state));
}

#[test]
fn a_wide_name_breaks_no_column() {
    let bench = hostile();
    let lines: Vec<String> = bench.picture().lines().map(str::to_owned).collect();
    let payer = |line: &String| {
        let at = line.find("1780").or_else(|| line.find("1715"))?;
        Some(unicode_width::UnicodeWidthStr::width(&line[..at]))
    };
    let columns: Vec<_> = lines.iter().filter_map(payer).collect();
    assert!(columns.len() >= 3, "{lines:#?}");
    assert!(
        columns.windows(2).all(|pair| pair[0] == pair[1]),
        "{lines:#?}"
    );
}

#[test]
fn a_protected_identity_is_in_no_byte_until_it_is_asked_for() {
    let mut bench = Bench::new(200, 50);
    let mut secret = board();
    secret.rows[0].patient.protected = true;
    secret.rows[0].patient.name = Some("Hemlig Person".to_owned());
    let lens = bench.state.lens();
    bench.state.board.take(Arc::new(secret), &lens);
    assert!(!bench.says("Hemlig") && bench.says("skyddad"));
    bench.keys("/hemlig person");
    assert_eq!(
        bench.state.board.shown.len(),
        0,
        "the filter finds what is not shown"
    );
}

#[test]
fn without_colour_no_colour_is_sent() {
    let mut bench = Bench::new(80, 24);
    bench.state.look.colour = false;
    let text = String::from_utf8(bytes(&bench.state)).unwrap();
    for code in ["\u{1b}[31m", "\u{1b}[38;5;"] {
        assert!(!text.contains(code), "{code:?}");
    }
}

#[test]
fn a_frame_asks_the_terminal_nothing() {
    let sink = Sink::default();
    let writer = FrameWriter::new(Box::new(sink.clone()));
    // Without a terminal there is no size; then there is nothing to test here.
    let Ok(mut frames) = Frames::new(writer) else {
        return;
    };
    let bench = Bench::new(80, 24);
    frames.draw(&bench.state).unwrap();
    frames.redraw().unwrap();
    frames.draw(&bench.state).unwrap();
    let text = String::from_utf8(sink.take()).unwrap();
    for query in ["\u{1b}[6n", "\u{1b}[c", "\u{1b}[?u", "\u{1b}]11;?"] {
        assert!(!text.contains(query), "{query:?}");
    }
}
