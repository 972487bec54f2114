//! A frame at 120×40 over 50 000 stays: how long it takes to draw, and how
//! many bytes it sends.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use crossterm::event::KeyCode;
use fristdag::{
    console::{
        event::{Effect, Event, Purpose},
        state::{Look, State},
        view,
    },
    desk::{
        actor::{Actor, Role, Scope},
        reply::{Board, BoardRow, Reply},
    },
    model::time,
    settings::{keymap::Key, preferences::Theme},
    text::Lang,
};
use ratatui::{Terminal, TerminalOptions, Viewport, backend::CrosstermBackend, layout::Rect};

const SIZE: (u16, u16) = (120, 40);
const STAYS: usize = 50_000;
const FRAMES: usize = 2_000;

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

fn state() -> State {
    let now = time::parse("2019-03-06T22:00:30+01:00").expect("a time");
    let look = Look {
        ascii: false,
        colour: true,
        theme: Theme::Default,
    };
    let actor = Actor {
        user: "anna".to_owned(),
        unit: "CSK".to_owned(),
        role: Role::Planner,
        scope: Scope::Region,
    };
    let mut state = State::new(Lang::Sv, look, SIZE, now, actor);
    let board = Arc::new(Board {
        rows: (0..STAYS).map(row).collect(),
        ..Board::default()
    });
    for effect in state.start() {
        if let Effect::Ask(ticket, _) = effect
            && ticket.purpose == Purpose::Board
        {
            state.handle(Event::Reply(ticket, Ok(Reply::Board(board.clone()))), now);
        }
    }
    state
}

struct Bench {
    state: State,
    terminal: Terminal<CrosstermBackend<Counter>>,
    counter: Counter,
}

impl Bench {
    fn new() -> io::Result<Self> {
        let counter = Counter::default();
        // A fixed area: no terminal is asked for its size.
        let viewport = Viewport::Fixed(Rect::new(0, 0, SIZE.0, SIZE.1));
        let terminal = Terminal::with_options(
            CrosstermBackend::new(counter.clone()),
            TerminalOptions { viewport },
        )?;
        Ok(Self {
            state: state(),
            terminal,
            counter,
        })
    }

    fn draw(&mut self) -> io::Result<(Duration, usize)> {
        self.counter.take();
        let start = Instant::now();
        let state = &self.state;
        self.terminal.draw(|frame| {
            view::draw(state, frame.buffer_mut());
        })?;
        Ok((start.elapsed(), self.counter.take()))
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

#[allow(clippy::print_stdout, reason = "a measurement tells its result")]
fn main() -> io::Result<()> {
    let mut bench = Bench::new()?;
    let (_, full) = bench.draw()?;
    let (_, unchanged) = bench.draw()?;
    bench.key(KeyCode::Char('j'));
    let (_, selection) = bench.draw()?;
    bench.tick(chrono::TimeDelta::seconds(60));
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
    println!(
        "frame at {}×{}, {STAYS} stays, {FRAMES} frames that change every row",
        SIZE.0, SIZE.1
    );
    println!(
        "draw       p50 {:?}   p99 {:?}   max {:?}",
        at(500),
        at(990),
        times[FRAMES - 1]
    );
    println!(
        "bytes      full {full}   unchanged {unchanged}   selection {selection}   minute tick {tick}"
    );
    Ok(())
}
