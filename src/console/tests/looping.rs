//! The whole loop with its threads, on a screen in memory.

use std::{
    fs, io,
    sync::{
        Condvar, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant as Moment},
};

use super::*;
use crate::{
    console::{Options, Screen, plain, run::first_state, run_on},
    desk::{
        reply::StayView,
        request::Request,
        service::{Connection, Service},
    },
    model::clock::FixedClock,
};

/// Longer than anything takes on a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(120);

/// A desk with one board; a watch waits until it is told of something.
#[derive(Default)]
struct Desk {
    seq: Mutex<u64>,
    told: Condvar,
    panics: bool,
    /// Another process's, which is known once it answered.
    elsewhere: Option<u32>,
    answered: AtomicBool,
}

impl Service for Desk {
    fn ask(&self, request: Request) -> Result<Reply, DeskError> {
        match request.ask {
            Ask::Watch { since, .. } => {
                let seq = self.seq.lock().unwrap();
                let wait = match self.elsewhere {
                    Some(_) => PATIENCE,
                    None => Duration::from_millis(50),
                };
                let (seq, _) = self
                    .told
                    .wait_timeout_while(seq, wait, |seq| *seq <= since)
                    .unwrap();
                Ok(Reply::Position { seq: *seq })
            }
            Ask::Board(_) => {
                self.answered.store(true, Ordering::SeqCst);
                let mut board = board();
                board.head.seq = *self.seq.lock().unwrap();
                board.head.ready = board.head.seq as u32;
                Ok(Reply::Board(Arc::new(board)))
            }
            Ask::Stay { .. } if self.panics => panic!("a desk that fails"),
            Ask::Stay { .. } => {
                let view: StayView = stay();
                Ok(Reply::Stay(Box::new(view)))
            }
            _ => Err(DeskError::no("unknown", "")),
        }
    }

    fn connection(&self) -> Connection {
        let there = self.elsewhere;
        let there = there.filter(|_| self.answered.load(Ordering::SeqCst));
        there.map_or(Connection::Holder, Connection::Client)
    }
}

/// Hands every picture on.
struct Pictures(mpsc::Sender<String>);

impl Screen for Pictures {
    fn draw(&mut self, state: &State) -> io::Result<()> {
        self.0.send(picture(state)).map_err(io::Error::other)
    }

    fn redraw(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn copy(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn bell(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn options() -> Options {
    Options {
        lang: Lang::Sv,
        look: Look {
            ascii: false,
            utf8: true,
            colour: true,
            theme: Theme::Default,
        },
        now: Some(now()),
        actor: actor(),
        clock: Arc::new(FixedClock::at(now())),
        config: None,
        state: None,
        plain: false,
        banner: None,
        memory: None,
        export: None,
    }
}

/// Waits for a picture, with a limit.
fn until(pictures: &mpsc::Receiver<String>, wanted: &str) -> String {
    let limit = Moment::now() + PATIENCE;
    let mut last = String::new();
    while let Ok(picture) = pictures.recv_timeout(limit.saturating_duration_since(Moment::now())) {
        if picture.contains(wanted) {
            return picture;
        }
        last = picture;
    }
    panic!("{wanted:?} never came; last:\n{last}");
}

fn with_console(
    desk: Arc<Desk>,
    script: impl FnOnce(&mpsc::Sender<Event>, &mpsc::Receiver<String>),
) {
    let (events, incoming) = mpsc::channel();
    let (show, pictures) = mpsc::channel();
    let sender = events.clone();
    let console = thread::spawn(move || {
        let mut screen = Pictures(show);
        run_on(&mut screen, (80, 24), desk, &options(), &sender, &incoming)
    });
    script(&events, &pictures);
    events.send(Event::Hangup).unwrap();
    console.join().unwrap().unwrap();
}

#[test]
fn the_first_frame_comes_before_data_and_others_changes_appear() {
    let desk = Arc::new(Desk::default());
    *desk.seq.lock().unwrap() = 5;
    with_console(desk.clone(), |_, pictures| {
        let first = pictures.recv_timeout(PATIENCE).unwrap();
        assert!(first.contains("läser …"), "{first}");
        until(pictures, "5 klara");
        *desk.seq.lock().unwrap() = 6;
        desk.told.notify_all();
        until(pictures, "6 klara");
    });
}

/// The watch, which tells of it too, is not back yet.
#[test]
fn who_holds_the_store_is_known_before_its_answer_shows() {
    let desk = Arc::new(Desk {
        elsewhere: Some(4_711),
        ..Desk::default()
    });
    with_console(desk.clone(), |_, pictures| {
        let first = until(pictures, "VARM-1");
        assert!(first.contains("via process 4711"), "{first}");
    });
    *desk.seq.lock().unwrap() = 1;
    desk.told.notify_all();
}

#[test]
fn a_desk_that_panics_is_an_error_on_a_screen_that_lives() {
    let desk = Arc::new(Desk {
        panics: true,
        ..Desk::default()
    });
    with_console(desk, |events, pictures| {
        until(pictures, "VARM-1");
        events.send(Event::Key(named("enter"))).unwrap();
        until(pictures, "the desk failed");
        events.send(Event::Key(named("esc"))).unwrap();
        until(pictures, "VARM-2");
    });
}

/// Replies reach the console two at a time, as where its desk is quicker than
/// its own thread.
fn in_pairs(from: &mpsc::Receiver<Event>, to: &mpsc::Sender<Event>) {
    let mut first = None;
    for event in from {
        let is_reply = matches!(event, Event::Reply(..));
        let events = match first.take() {
            None if is_reply => {
                first = Some(event);
                continue;
            }
            Some(held) if is_reply => vec![held, event],
            held => {
                first = held;
                vec![event]
            }
        };
        for event in events {
            // The console may have been left by now.
            let _ = to.send(event);
        }
    }
}

#[test]
fn lines_tell_what_came_since_the_last_shift_however_quick_the_desk_is() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("left-a1"), "39\n").unwrap();
    let options = Options {
        plain: true,
        state: Some(folder.path().to_owned()),
        ..options()
    };
    let desk: Arc<dyn Service> = Arc::new(Desk::default());
    let state = first_state(plain::SIZE, desk.as_ref(), &options);
    let (events, relayed) = mpsc::channel();
    let (relay, incoming) = mpsc::channel();
    thread::spawn(move || in_pairs(&relayed, &relay));
    events.send(Event::NoMoreLines).unwrap();
    let mut told = Vec::new();
    plain::run(&mut told, state, &desk, &options, &events, &incoming).unwrap();
    let told = String::from_utf8(told).unwrap();
    let marked = told.matches("Ändrad sedan förra passet").count();
    assert_eq!(marked, 4, "{told}");
}
