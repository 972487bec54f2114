//! Threads that speak to the desk, so that the screen never waits for it.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread,
    time::Duration,
};

use super::{
    event::{Event, ExportJob, Ticket},
    options::{ConsoleError, Exporter, Options},
    seen::{Seen, SeenFile},
};
use crate::{
    desk::{
        actor::Actor,
        error::DeskError,
        reply::Reply,
        request::{Ask, Request},
        service::Service,
    },
    model::time::Instant,
};

/// Questions that can be under way at once.
const WORKERS: usize = 3;
/// How long a watch waits in the desk.
const WATCH_MS: u64 = 20_000;
/// How long to wait before the next try, where the desk cannot be reached.
const RETRY: Duration = Duration::from_secs(1);

/// Work for a thread.
#[derive(Debug)]
pub enum Job {
    /// Ask the desk.
    Ask(Ticket, Box<Ask>),
    /// Have files written.
    Export(ExportJob),
    /// Write down what was seen of months, as it was handed over last.
    Remember,
}

/// The threads; they end when this is dropped.
#[derive(Debug)]
pub struct Workers {
    jobs: Sender<Job>,
    memory: Arc<SeenFile>,
    /// Dropped to end the watch.
    _stop: Sender<()>,
}

#[derive(Clone)]
struct Desk {
    service: Arc<dyn Service>,
    actor: Actor,
    now: Option<Instant>,
}

impl Desk {
    /// Asks; a panic in the desk becomes an error, as the screen must live.
    fn ask(&self, ask: Ask) -> Result<Reply, DeskError> {
        let request = Request {
            actor: self.actor.clone(),
            now: self.now,
            ask,
        };
        catch_unwind(AssertUnwindSafe(|| self.service.ask(request))).unwrap_or_else(|_| {
            Err(DeskError::store(
                "internal",
                "the desk failed; nothing was recorded by this step unless it shows after a reload",
            ))
        })
    }
}

impl Workers {
    /// Starts the threads.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn start(
        service: &Arc<dyn Service>,
        options: &Options,
        events: &Sender<Event>,
    ) -> Result<Self, ConsoleError> {
        let desk = Desk {
            service: service.clone(),
            actor: options.actor.clone(),
            now: options.now,
        };
        let (jobs, queue) = mpsc::channel();
        let queue = Arc::new(Mutex::new(queue));
        let memory = Arc::new(SeenFile::at(options.memory.clone()));
        for number in 0..WORKERS {
            let (desk, queue, events) = (desk.clone(), queue.clone(), events.clone());
            let (export, memory) = (options.export.clone(), memory.clone());
            thread::Builder::new()
                .name(format!("console-desk-{number}"))
                .spawn(move || work(&desk, &queue, &events, export.as_ref(), &memory))?;
        }
        let (stop, stopped) = mpsc::channel();
        let events = events.clone();
        thread::Builder::new()
            .name("console-watch".to_owned())
            .spawn(move || watch(&desk, &events, &stopped))?;
        Ok(Self {
            jobs,
            memory,
            _stop: stop,
        })
    }

    /// Hands over a job.
    pub fn send(&self, job: Job) {
        // The threads end only when this sender is gone.
        let _ = self.jobs.send(job);
    }

    /// Has what was seen of months kept.
    pub fn remember(&self, seen: Box<Seen>) {
        self.memory.put(seen);
        self.send(Job::Remember);
    }
}

fn work(
    desk: &Desk,
    queue: &Mutex<Receiver<Job>>,
    events: &Sender<Event>,
    export: Option<&Exporter>,
    memory: &SeenFile,
) {
    let mut reached = false;
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let event = match job {
            Err(_) => return,
            Ok(Job::Ask(ticket, ask)) => {
                let reply = desk.ask(*ask);
                // Whoever holds the store is known before its answer shows:
                // the watch may come to tell it later.
                if reply.is_ok() && !std::mem::replace(&mut reached, true) {
                    let contact = Event::Contact(desk.service.connection());
                    if events.send(contact).is_err() {
                        return;
                    }
                }
                Event::Reply(ticket, reply)
            }
            Ok(Job::Export(job)) => Event::Exported(match export {
                Some(export) => export(&job, &mut |step| {
                    // A console that is gone needs no progress.
                    let _ = events.send(Event::Exporting(step));
                }),
                None => Err(DeskError::store("internal", "no export here")),
            }),
            Ok(Job::Remember) => match memory.write() {
                Err(error) => Event::NotRemembered(error.to_string()),
                Ok(()) => continue,
            },
        };
        if events.send(event).is_err() {
            return;
        }
    }
}

/// Tells of everything that is recorded, by whomever, and of a desk that
/// cannot be reached.
fn watch(desk: &Desk, events: &Sender<Event>, stopped: &Receiver<()>) {
    let mut since = 0;
    loop {
        let ask = Ask::Watch {
            since,
            wait_ms: WATCH_MS,
        };
        let (event, pause) = match desk.ask(ask) {
            Ok(Reply::Position { seq }) => {
                let contact = Event::Contact(desk.service.connection());
                if events.send(contact).is_err() {
                    return;
                }
                let news = seq > since;
                since = seq;
                (news.then_some(Event::Changed(seq)), Duration::ZERO)
            }
            Ok(_) => (None, RETRY),
            Err(error) => (Some(Event::Trouble(error)), RETRY),
        };
        if event.is_some_and(|event| events.send(event).is_err()) {
            return;
        }
        if !matches!(stopped.recv_timeout(pause), Err(RecvTimeoutError::Timeout)) {
            return;
        }
    }
}
