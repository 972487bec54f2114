//! The plain console, for screen readers: lines in, lines out. The same
//! state and the same actions as on the screen, told instead of drawn; what
//! was written is never touched again, and no escape sequence is sent.

mod board;
mod close;
mod form;
mod lists;
mod other;
mod speak;
mod stay;
mod talk;

#[cfg(test)]
mod tests;

use std::{
    collections::VecDeque,
    io::{self, Write},
    sync::{
        Arc,
        mpsc::{Receiver, Sender},
    },
};

pub use talk::Talk;

use super::{
    event::{Effect, Event},
    left,
    options::{ConsoleError, Options},
    run::top_up,
    state::State,
    worker::{Job, Workers},
};
use crate::desk::service::Service;

/// What lies behind what is told has this size, whatever the window's is:
/// screens that have no words of their own are read off it.
/// Wide, and yet one part at a time.
pub(super) const SIZE: (u16, u16) = (138, 60);

/// Runs the plain console until its user leaves it or the input ends: lines
/// and signals come as events.
///
/// # Errors
/// Where the output cannot be written, or the system gives no thread or no
/// random numbers.
pub(super) fn run(
    out: &mut dyn Write,
    mut state: State,
    service: &Arc<dyn Service>,
    options: &Options,
    events: &Sender<Event>,
    incoming: &Receiver<Event>,
) -> Result<(), ConsoleError> {
    state.size = SIZE;
    // Copying needs a sequence to the terminal.
    state.settings.copy_osc52 = false;
    let mut talk = Talk::new();
    writeln!(out, "{}", talk.welcome(&state))?;
    out.flush()?;
    let workers = Workers::start(service, options, events)?;
    let mut desk = Loop {
        out,
        events,
        incoming,
        options,
        workers,
        asked: 0,
        left: false,
        ended: false,
        lines: VecDeque::new(),
    };
    let effects = state.start();
    desk.perform(effects);
    let done = desk.turn(&mut talk, &mut state);
    left::leave(options, &state);
    done
}

struct Loop<'a> {
    out: &'a mut dyn Write,
    events: &'a Sender<Event>,
    incoming: &'a Receiver<Event>,
    options: &'a Options,
    workers: Workers,
    /// Questions that are not answered yet, that about the last shift among
    /// them: what is told marks what came since.
    asked: usize,
    /// The user left, or the terminal did.
    left: bool,
    /// No line will come after those that wait.
    ended: bool,
    /// Lines that came before what they are about was told.
    lines: VecDeque<String>,
}

impl Loop<'_> {
    fn turn(&mut self, talk: &mut Talk, state: &mut State) -> Result<(), ConsoleError> {
        self.settle(state)?;
        loop {
            if self.left {
                return Ok(self.out.flush()?);
            }
            self.tell(&talk.say(state))?;
            let Some(line) = self.line(state)? else {
                // The next line of whoever started this begins at its start.
                writeln!(self.out)?;
                return Ok(self.out.flush()?);
            };
            // The time that went by may have changed what is told.
            let effects = state.handle(Event::Tick, self.options.clock.now());
            self.perform(effects);
            self.settle(state)?;
            top_up(state)?;
            let effects = talk.take(state, &line, self.options.clock.now());
            self.perform(effects);
            self.settle(state)?;
        }
    }

    /// The next line; none where there will be no more. What is heard in the
    /// meantime is told with the next answer.
    fn line(&mut self, state: &mut State) -> Result<Option<String>, ConsoleError> {
        while self.lines.is_empty() && !self.left && !self.ended {
            self.next(state)?;
        }
        Ok(self.lines.pop_front().filter(|_| !self.left))
    }

    /// Waits until every question is answered.
    fn settle(&mut self, state: &mut State) -> Result<(), ConsoleError> {
        while self.asked > 0 && !self.left {
            self.next(state)?;
        }
        Ok(())
    }

    fn next(&mut self, state: &mut State) -> Result<(), ConsoleError> {
        match self.incoming.recv() {
            Err(_) | Ok(Event::Hangup) => self.left = true,
            Ok(Event::Line(line)) => self.lines.push_back(line),
            Ok(Event::NoMoreLines) => self.ended = true,
            Ok(event) => {
                let answers = matches!(
                    event,
                    Event::Reply(..) | Event::Exported(_) | Event::Recalled(_)
                );
                if answers {
                    self.asked = self.asked.saturating_sub(1);
                }
                top_up(state)?;
                let effects = state.handle(event, self.options.clock.now());
                self.perform(effects);
            }
        }
        Ok(())
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let job = match effect {
                Effect::Ask(ticket, ask) => Job::Ask(ticket, ask),
                Effect::Export(job) => Job::Export(job),
                Effect::Quit => {
                    self.left = true;
                    continue;
                }
                Effect::Remember(seen) => {
                    self.workers.remember(seen);
                    continue;
                }
                Effect::Recall(store) => {
                    self.asked += 1;
                    left::recall(self.options, &store, self.events);
                    continue;
                }
                // There is nothing drawn; copying and the bell need a sequence
                // or a control character.
                Effect::Redraw | Effect::Copy(_) | Effect::Bell => continue,
            };
            self.asked += 1;
            self.workers.send(job);
        }
    }

    fn tell(&mut self, said: &str) -> io::Result<()> {
        self.out.write_all(said.as_bytes())?;
        self.out.flush()
    }
}
