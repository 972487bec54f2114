//! Keys, pasted text, the window's size, and the end of the terminal, each
//! from its thread.

use std::{
    io::{self, BufRead, Read},
    sync::mpsc::Sender,
    thread,
    time::Duration,
};

use crossterm::event::{self, Event as Raw, KeyEventKind};
use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::{
    consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGWINCH},
    iterator::Signals,
};

use super::event::Event;
use crate::settings::keymap::Key;

/// How long half an escape sequence is waited for.
const REST_OF_A_KEY: Duration = Duration::from_millis(50);

/// The most bytes of a line; the terminal itself gives at most 4 096.
const LONGEST: u64 = 64 * 1024;

/// Starts reading keys; the thread ends with the process or when nobody
/// listens.
///
/// # Errors
/// Where the system gives no thread.
pub fn start(events: &Sender<Event>) -> io::Result<()> {
    reading(events, read)
}

/// Starts reading lines; the thread ends with the process or when nobody
/// listens.
///
/// # Errors
/// Where the system gives no thread.
pub fn lines(events: &Sender<Event>) -> io::Result<()> {
    reading(events, read_lines)
}

/// Starts listening to signals; the thread ends with the process or when
/// nobody listens. To be called before the window's size is read: a change
/// between the two would never be heard of.
///
/// # Errors
/// Where signals cannot be listened to.
pub fn signals(events: &Sender<Event>) -> io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGTERM, SIGINT, SIGWINCH, SIGCONT])?;
    let to_signals = events.clone();
    thread::Builder::new()
        .name("console-signals".to_owned())
        .spawn(move || {
            for signal in signals.forever() {
                let event = match signal {
                    SIGWINCH | SIGCONT => size(),
                    _ => Some(Event::Hangup),
                };
                if event.is_some_and(|event| to_signals.send(event).is_err()) {
                    return;
                }
            }
        })?;
    Ok(())
}

fn reading(
    events: &Sender<Event>,
    read: impl FnOnce(&Sender<Event>) -> io::Result<Event> + Send + 'static,
) -> io::Result<()> {
    let events = events.clone();
    thread::Builder::new()
        .name("console-keys".to_owned())
        .spawn(move || {
            // Where reading fails, the console cannot go on.
            let last = read(&events).unwrap_or(Event::Hangup);
            let _ = events.send(last);
        })?;
    Ok(())
}

/// Reads lines until the input ends; what came before counts. A line that no
/// line break ends was not finished, and is not taken.
fn read_lines(events: &Sender<Event>) -> io::Result<Event> {
    let mut input = io::stdin().lock();
    loop {
        let mut line = Vec::new();
        input.by_ref().take(LONGEST).read_until(b'\n', &mut line)?;
        if line.last() != Some(&b'\n') {
            return Ok(Event::NoMoreLines);
        }
        let line = String::from_utf8_lossy(&line).into_owned();
        if events.send(Event::Line(line)).is_err() {
            return Ok(Event::Hangup);
        }
    }
}

fn size() -> Option<Event> {
    let (width, height) = crossterm::terminal::size().ok()?;
    Some(Event::Resize(width, height))
}

/// Reads until the terminal goes away. crossterm spins on a terminal that
/// hung up, so it is only asked once the system says that there is something.
fn read(events: &Sender<Event>) -> io::Result<Event> {
    let stdin = io::stdin();
    loop {
        let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
        match poll(&mut fds, None) {
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => continue,
            Err(error) => return Err(error.into()),
        }
        let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
        if fds[0].revents().intersects(gone) {
            return Ok(Event::Hangup);
        }
        while event::poll(REST_OF_A_KEY)? {
            if let Some(event) = translate(event::read()?)
                && events.send(event).is_err()
            {
                return Ok(Event::Hangup);
            }
        }
    }
}

fn translate(raw: Raw) -> Option<Event> {
    match raw {
        Raw::Key(key) if key.kind != KeyEventKind::Release => {
            Some(Event::Key(Key::new(key.code, key.modifiers)))
        }
        Raw::Paste(text) => Some(Event::Paste(text)),
        // The window's size comes from the signals' thread alone: of two, the
        // one that was held up would tell an old size last.
        _ => None,
    }
}
