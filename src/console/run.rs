//! The loop: events in, frames out.

use std::{
    fs::File,
    io::{self, IsTerminal},
    os::fd::AsFd,
    sync::{
        Arc,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    time::{self, Duration},
};

use super::{
    event::{Effect, Event},
    input, left,
    options::{ConsoleError, Options},
    plain,
    seen::Seen,
    setup::Setup,
    state::State,
    terminal::{FrameWriter, Frames, Screen, Session},
    view,
    worker::{Job, Workers},
};
use crate::{desk::service::Service, model::time::Instant};

/// Least time between two frames.
const FRAME: Duration = Duration::from_millis(16);
/// Ids kept ready: two for each form that can be opened within one event.
const IDS: usize = 8;
/// Where the terminal does not tell its size.
const USUAL_SIZE: (u16, u16) = (80, 24);

/// Opens the console on the terminal and returns when its user leaves it, or
/// the terminal goes away.
///
/// # Errors
/// [`ConsoleError`] where there is no terminal or it cannot be used; it is
/// given back in every case.
pub fn run(service: Arc<dyn Service>, options: &Options) -> Result<(), ConsoleError> {
    let (events, incoming) = mpsc::channel();
    input::signals(&events)?;
    let size = crossterm::terminal::size().unwrap_or(USUAL_SIZE);
    let state = first_state(size, service.as_ref(), options);
    // Not through the standard output's own buffer, which would keep what a
    // terminal that went away did not take, and fail with it at the very end.
    let out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    if options.plain || state.settings.plain {
        return spoken(out, state, &service, options, &events, &incoming);
    }
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(ConsoleError::NoTerminal);
    }
    let writer = FrameWriter::new(Box::new(out));
    let session = Session::enter(writer.clone())?;
    let mut frames = Frames::new(writer)?;
    input::start(&events)?;
    let done = run_state(&mut frames, state, &service, options, &events, &incoming);
    drop(session);
    match done {
        Err(error) if is_hangup(&error) => Ok(()),
        done => done,
    }
}

/// The plain console on the standard input and output.
fn spoken(
    mut out: File,
    state: State,
    service: &Arc<dyn Service>,
    options: &Options,
    events: &Sender<Event>,
    incoming: &Receiver<Event>,
) -> Result<(), ConsoleError> {
    let was_terminal = io::stdout().is_terminal();
    input::lines(events)?;
    match plain::run(&mut out, state, service, options, events, incoming) {
        Err(ConsoleError::Terminal(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) if was_terminal && is_hangup(&error) => Ok(()),
        done => done,
    }
}

/// Runs the console on any screen, with events from anywhere: for tests and
/// measurements. The first frame is shown before anything is asked.
///
/// # Errors
/// Where the screen cannot be written, or the system gives no thread or no
/// random numbers.
pub fn run_on(
    screen: &mut dyn Screen,
    size: (u16, u16),
    service: Arc<dyn Service>,
    options: &Options,
    events: &Sender<Event>,
    incoming: &Receiver<Event>,
) -> Result<(), ConsoleError> {
    let state = first_state(size, service.as_ref(), options);
    run_state(screen, state, &service, options, events, incoming)
}

fn run_state(
    screen: &mut dyn Screen,
    mut state: State,
    service: &Arc<dyn Service>,
    options: &Options,
    events: &Sender<Event>,
    incoming: &Receiver<Event>,
) -> Result<(), ConsoleError> {
    screen.draw(&state)?;
    let workers = Workers::start(service, options, events)?;
    let mut desk = Loop {
        screen,
        events,
        incoming,
        options,
        workers,
        drawn: time::Instant::now(),
        dirty: false,
    };
    let effects = state.start();
    if desk.perform(effects)? {
        return Ok(());
    }
    let done = desk.turn(&mut state);
    left::leave(options, &state);
    done
}

/// The state before the first frame, as the caller wants it.
pub(super) fn first_state(size: (u16, u16), service: &dyn Service, options: &Options) -> State {
    let now = options.now.unwrap_or_else(|| options.clock.now());
    let mut state = State::new(options.lang, options.look, size, now, options.actor.clone());
    let setup = Setup::read(options.config.as_deref());
    state.set_up(setup, options.clock.now());
    state.banner = options.banner.clone();
    state.fixed = options.now;
    state.connection = service.connection();
    state.seen = Seen::read(options.memory.as_deref());
    state.can_export = options.export.is_some();
    state
}

struct Loop<'a> {
    screen: &'a mut dyn Screen,
    events: &'a Sender<Event>,
    incoming: &'a Receiver<Event>,
    options: &'a Options,
    workers: Workers,
    drawn: time::Instant,
    dirty: bool,
}

impl Loop<'_> {
    /// Takes events until one of them ends the console.
    fn turn(&mut self, state: &mut State) -> Result<(), ConsoleError> {
        loop {
            let event = match self.incoming.recv_timeout(self.patience(state)) {
                Ok(event) => Some(event),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            };
            let waited_for_frame = event.is_none() && self.dirty;
            let mut next = match event {
                None if waited_for_frame => None,
                None => Some(Event::Tick),
                event => event,
            };
            // What waits already is taken before the next frame is drawn.
            while let Some(event) = next {
                top_up(state)?;
                self.dirty |= !says_nothing_new(&event, state);
                let effects = state.handle(event, self.options.clock.now());
                if self.perform(effects)? {
                    return Ok(());
                }
                next = self.incoming.try_recv().ok();
            }
            if self.dirty && self.drawn.elapsed() >= FRAME {
                self.screen.draw(state)?;
                self.drawn = time::Instant::now();
                self.dirty = false;
            }
        }
    }

    /// How long to wait for an event: to the next frame where there is
    /// something to draw, else to the next change of a clock that is shown.
    fn patience(&self, state: &State) -> Duration {
        if self.dirty {
            return FRAME.saturating_sub(self.drawn.elapsed());
        }
        let now = self.options.clock.now();
        let next = next_change(state, now);
        let lock = state
            .idle
            .locks_at()
            .and_then(|at| (at - now).to_std().ok());
        lock.map_or(next, |lock| lock.min(next))
    }

    /// Does what is to be done; true where that is to end.
    fn perform(&mut self, effects: Vec<Effect>) -> Result<bool, ConsoleError> {
        for effect in effects {
            match effect {
                Effect::Ask(ticket, ask) => self.workers.send(Job::Ask(ticket, ask)),
                Effect::Export(job) => self.workers.send(Job::Export(job)),
                Effect::Remember(seen) => self.workers.remember(seen),
                Effect::Redraw => self.screen.redraw()?,
                Effect::Copy(text) => self.screen.copy(&text)?,
                Effect::Bell => self.screen.bell()?,
                Effect::Recall(store) => {
                    left::recall(self.options, &store, self.events);
                }
                Effect::Quit => return Ok(true),
            }
        }
        Ok(false)
    }
}

/// How long what is shown stays true: an hour where no clock is shown or it
/// stands, else to the next second or minute.
pub(super) fn next_change(state: &State, now: Instant) -> Duration {
    if state.fixed.is_some() || state.idle.locked {
        return Duration::from_secs(3_600);
    }
    let step = if view::shows_seconds(state) {
        1_000
    } else {
        60_000
    };
    let past = now.timestamp_millis().rem_euclid(step);
    Duration::from_millis((step - past).unsigned_abs())
}

/// A watch that came back without news: nothing to draw.
fn says_nothing_new(event: &Event, state: &State) -> bool {
    match event {
        Event::Contact(connection) => *connection == state.connection && state.trouble.is_none(),
        _ => false,
    }
}

/// Whether an error is that the terminal went away: an end like any other.
/// What fails first then differs (a frame, or asking for the size), and not
/// all of it names the system's reason; but it was a terminal at the start.
fn is_hangup(error: &ConsoleError) -> bool {
    matches!(error, ConsoleError::Terminal(_))
        && !(io::stdin().is_terminal() && io::stdout().is_terminal())
}

/// Keeps ids ready for events that are made here.
pub(super) fn top_up(state: &mut State) -> Result<(), ConsoleError> {
    while state.ids.len() < IDS {
        let mut bytes = [0; 12];
        getrandom::fill(&mut bytes).map_err(|error| ConsoleError::Random(error.to_string()))?;
        state.ids.push_back(format!("ui-{}", hex::encode(bytes)));
    }
    Ok(())
}
