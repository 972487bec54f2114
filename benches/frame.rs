//! A frame at 120×40 over 50 000 stays: how long it takes to draw, how many
//! bytes it sends, and how long a key takes through the whole loop.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, mpsc},
    thread,
    time::{Duration, Instant},
};

use crossterm::event::KeyCode;
use fristdag::{
    console::{
        FrameWriter, Frames, Options, Screen,
        event::{Effect, Event, Purpose},
        run_on,
        state::{Look, State},
        view,
    },
    desk::{
        actor::{Actor, Role, Scope},
        error::DeskError,
        reply::{Board, BoardRow, Reply},
        request::{Ask, Request},
        service::{Connection, Service},
    },
    model::{clock::FixedClock, time},
    settings::{keymap::Key, preferences::Theme},
    text::Lang,
};
use ratatui::{buffer::Buffer, layout::Rect};

const SIZE: (u16, u16) = (120, 40);
const STAYS: usize = 50_000;
const FRAMES: usize = 2_000;
const KEYS: usize = 300;
const IDLE: Duration = Duration::from_secs(2);

#[derive(Clone, Default)]
struct Counter(Arc<Mutex<usize>>);

impl Counter {
    fn take(&self) -> usize {
        std::mem::take(&mut *self.0.lock().expect("no thread panics here"))
    }
}

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        *self.0.lock().expect("no thread panics here") += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn row(number: usize) -> BoardRow {
    let hour = number % 24;
    serde_json::from_value(serde_json::json!({
        "line": {
            "episode": format!("STAY-{number:06}"), "payer": "1780", "ward": format!("Avd {}", number % 40),
            "care_form": "somatic", "ready_since": "2019-03-04T11:00:00+01:00", "state": "grace",
            "agreement": "varmland-2019", "liability_start": format!("2019-03-07T{hour:02}:00:00+01:00"),
            "seconds_left": 3600, "next_boundary": {"at": format!("2019-03-07T{hour:02}:00:00+01:00"), "what": "liability"},
            "flags": [{"flag": "sip_call_missing", "class": "blocks_by_law"}],
            "start_if_met_now": null, "lost_per_day": null, "last_event": "2019-03-06T20:00:00+01:00",
            "accrued": {"days": 0, "amount": "0.00"}, "tomorrow": "9400.00"},
        "patient": {"name": format!("Åsa Öberg {number}"), "pnr": null, "protected": false},
        "hospital": "CSK", "admitted_at": "2019-02-27T08:00:00+01:00", "expected_discharge": null,
        "seq": 40, "source": "cosmic", "heard": "2019-03-06T20:00:00+01:00", "conflicts": 0, "next_duty": null
    }))
    .expect("the row has the desk's form")
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
        now: None,
        actor: Actor {
            user: "anna".to_owned(),
            unit: "CSK".to_owned(),
            role: Role::Planner,
            scope: Scope::Region,
        },
        clock: Arc::new(FixedClock::at(now())),
        config: None,
        state: None,
        memory: None,
        plain: false,
        banner: None,
        export: None,
    }
}

fn now() -> time::Instant {
    time::parse("2019-03-06T22:00:30+01:00").expect("a time")
}

fn board() -> Arc<Board> {
    Arc::new(Board {
        rows: (0..STAYS).map(row).collect(),
        ..Board::default()
    })
}

fn state() -> State {
    let options = options();
    let mut state = State::new(options.lang, options.look, SIZE, now(), options.actor);
    let board = board();
    for effect in state.start() {
        if let Effect::Ask(ticket, _) = effect
            && ticket.purpose == Purpose::Board
        {
            state.handle(Event::Reply(ticket, Ok(Reply::Board(board.clone()))), now());
        }
    }
    state
}

struct Bench {
    state: State,
    frames: Frames,
    counter: Counter,
}

impl Bench {
    fn new() -> io::Result<Self> {
        let counter = Counter::default();
        let writer = FrameWriter::new(Box::new(counter.clone()));
        Ok(Self {
            state: state(),
            frames: Frames::sized(writer, SIZE)?,
            counter,
        })
    }

    fn draw(&mut self) -> io::Result<(Duration, usize)> {
        self.counter.take();
        let start = Instant::now();
        self.frames.draw(&self.state)?;
        Ok((start.elapsed(), self.counter.take()))
    }

    /// The lines as they would be drawn, to count those that change.
    fn lines(&self) -> Vec<Vec<String>> {
        let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
        view::draw(&self.state, &mut buffer);
        let lines = buffer.content.chunks(usize::from(SIZE.0));
        let symbols = |line: &[ratatui::buffer::Cell]| {
            line.iter().map(|cell| cell.symbol().to_owned()).collect()
        };
        lines.map(symbols).collect()
    }

    fn key(&mut self, code: KeyCode) {
        let key = Key::new(code, crossterm::event::KeyModifiers::NONE);
        let now = self.state.now;
        self.state.handle(Event::Key(key), now);
    }

    fn tick(&mut self, step: chrono::TimeDelta) {
        let now = self.state.now + step;
        self.state.handle(Event::Tick, now);
    }
}

/// A desk with the board in it; nothing is ever recorded.
struct Desk(Arc<Board>);

impl Service for Desk {
    fn ask(&self, request: Request) -> Result<Reply, DeskError> {
        match request.ask {
            Ask::Board(_) => Ok(Reply::Board(self.0.clone())),
            // Longer than the measurement.
            Ask::Watch { .. } => {
                thread::park_timeout(Duration::from_secs(3_600));
                Ok(Reply::Position { seq: 0 })
            }
            _ => Err(DeskError::no("not_measured", "")),
        }
    }

    fn connection(&self) -> Connection {
        Connection::Holder
    }
}

/// Frames that are written, and then told of: where the selection stood.
struct Told(Frames, mpsc::Sender<(usize, usize)>);

impl Screen for Told {
    fn draw(&mut self, state: &State) -> io::Result<()> {
        self.0.draw(state)?;
        let seen = (state.board.place.at, state.board.shown.len());
        self.1.send(seen).map_err(io::Error::other)
    }

    fn bell(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn redraw(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn copy(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }
}

/// From a key's event to the end of the frame that shows it, sorted; and the
/// bytes of two seconds in which nothing happens.
fn through_the_loop() -> io::Result<(Vec<Duration>, usize)> {
    let counter = Counter::default();
    let frames = Frames::sized(FrameWriter::new(Box::new(counter.clone())), SIZE)?;
    let (show, shown) = mpsc::channel();
    let (events, incoming) = mpsc::channel();
    let sender = events.clone();
    let console = thread::spawn(move || {
        let desk = Arc::new(Desk(board()));
        run_on(
            &mut Told(frames, show),
            SIZE,
            desk,
            &options(),
            &sender,
            &incoming,
        )
    });
    let until = |wanted: &dyn Fn((usize, usize)) -> bool| while !shown.recv().is_ok_and(wanted) {};
    until(&|(_, rows)| rows == STAYS);
    let mut times = Vec::with_capacity(KEYS);
    for at in 1..=KEYS {
        let key = Key::new(KeyCode::Char('j'), crossterm::event::KeyModifiers::NONE);
        let start = Instant::now();
        drop(events.send(Event::Key(key)));
        until(&|(selected, _)| selected == at);
        times.push(start.elapsed());
        // As a person types, and not on the beat of the frames.
        thread::sleep(Duration::from_millis(17 + (at % 16) as u64));
    }
    counter.take();
    thread::sleep(IDLE);
    let idle = counter.take();
    drop(events.send(Event::Hangup));
    drop(console.join());
    times.sort();
    Ok((times, idle))
}

#[allow(clippy::print_stdout, reason = "a measurement tells its result")]
fn main() -> io::Result<()> {
    let mut bench = Bench::new()?;
    let (_, full) = bench.draw()?;
    let (_, unchanged) = bench.draw()?;
    bench.key(KeyCode::Char('j'));
    let (_, selection) = bench.draw()?;
    let before = bench.lines();
    bench.tick(chrono::TimeDelta::seconds(60));
    let after = bench.lines();
    let changed = before.iter().zip(&after).filter(|(a, b)| a != b).count();
    let (_, tick) = bench.draw()?;
    let mut times = Vec::with_capacity(FRAMES);
    for frame in 0..FRAMES {
        // A page down and up changes nearly every cell.
        bench.key(if frame % 2 == 0 {
            KeyCode::PageUp
        } else {
            KeyCode::Char('G')
        });
        times.push(bench.draw()?.0);
    }
    times.sort();
    let at = |part: usize| times[FRAMES * part / 1_000];
    let (keys, idle) = through_the_loop()?;
    println!(
        "frame at {}×{}, {STAYS} stays, {FRAMES} frames that change every row",
        SIZE.0, SIZE.1
    );
    println!(
        "draw            p50 {:?}, p99 {:?} (goal 2 ms), max {:?}",
        at(500),
        at(990),
        times[FRAMES - 1]
    );
    println!("full frame      {full} B (goal 16000)");
    println!("unchanged       {unchanged} B (goal 64)");
    println!("selection move  {selection} B (goal 1000)");
    println!(
        "minute tick     {tick} B, {changed} lines changed (goal {})",
        100 + 24 * changed
    );
    println!("idle            {idle} B in {IDLE:?} (goal 0)");
    println!(
        "key to repaint  p50 {:?}, p95 {:?} (goal 10 ms), max {:?}",
        keys[KEYS / 2],
        keys[KEYS * 95 / 100],
        keys[KEYS - 1]
    );
    Ok(())
}
