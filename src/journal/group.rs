//! One writer thread: orders all changes, and makes those that wait durable
//! together.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::JoinHandle;

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;

use super::error::JournalError;
use super::publish::Published;
use super::staging::FinishedBatch;
use super::store::{Change, Journal, Written};

/// Requests that are made durable together, at most.
const GROUP: usize = 512;

/// Decides what requests change. It runs on the writer's thread, alone.
pub trait Decider: Send + 'static {
    /// What is asked.
    type Request: Send + 'static;
    /// What is answered once it is durable.
    type Answer: Send + 'static;
    /// What `decide` remembers for `applied`.
    type Ticket;

    /// The present time.
    fn now(&self) -> DateTime<Utc>;

    /// Turns a request into changes, or an answer. It must reckon with what
    /// earlier requests of the group decided, though that is not yet durable.
    fn decide(&mut self, request: Self::Request) -> Decision<Self::Answer, Self::Ticket>;

    /// The change is durable: takes it into what is served, and answers.
    fn applied(&mut self, ticket: Self::Ticket, written: Written) -> Self::Answer;

    /// The batch is durable: takes it into what is served, and answers.
    fn published(&mut self, ticket: Self::Ticket, published: Published) -> Self::Answer;

    /// These decisions, oldest first, did not happen: forgets what it assumed
    /// for them. No later decision is open. The requests are answered with
    /// the error.
    fn undone(&mut self, tickets: Vec<Self::Ticket>, error: &JournalError);
}

/// What becomes of a request.
pub enum Decision<A, T> {
    /// Nothing changes. The answer waits until what was decided before it is
    /// durable, since it may rest on that.
    Answer(A),
    /// This is to be recorded.
    Change(T, Change),
    /// This batch is to be published, after all that was decided before.
    Publish {
        /// Given back when it is done.
        ticket: T,
        /// Who publishes it.
        by: String,
        /// Kept in the batch line.
        note: Box<RawValue>,
        /// The batch.
        batch: FinishedBatch,
    },
}

/// Why a request was not answered.
#[derive(Debug, Clone, thiserror::Error)]
pub enum GroupError {
    /// It was not recorded.
    #[error("{0}")]
    Journal(Arc<JournalError>),
    /// The writer has ended. If it ended in the midst of this request, the
    /// change may have been recorded.
    #[error("the journal's writer has stopped; open the store again")]
    Stopped,
}

type Reply<A> = SyncSender<Result<A, GroupError>>;

enum Message<D: Decider> {
    Request(D::Request, Reply<D::Answer>),
    Stop,
}

/// Sends requests to the writer; clones are cheap.
pub struct GroupHandle<D: Decider>(Sender<Message<D>>);

impl<D: Decider> Clone for GroupHandle<D> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// An answer that has not come yet.
pub struct Pending<A>(Receiver<Result<A, GroupError>>);

impl<A> Pending<A> {
    /// Waits for the answer.
    ///
    /// # Errors
    /// When the request could not be recorded, or the writer has ended.
    pub fn wait(self) -> Result<A, GroupError> {
        // A writer that dies drops every reply, which ends this wait.
        self.0.recv().unwrap_or(Err(GroupError::Stopped))
    }
}

impl<D: Decider> GroupHandle<D> {
    /// Sends a request, to be waited for later.
    pub fn submit(&self, request: D::Request) -> Pending<D::Answer> {
        let (reply, answer) = sync_channel(1);
        // With the writer gone the message is dropped, and the reply in it.
        let _ = self.0.send(Message::Request(request, reply));
        Pending(answer)
    }

    /// Sends a request and waits for its answer.
    ///
    /// # Errors
    /// When the request could not be recorded, or the writer has ended.
    pub fn call(&self, request: D::Request) -> Result<D::Answer, GroupError> {
        self.submit(request).wait()
    }
}

/// The writer's thread.
pub struct GroupWriter<D: Decider> {
    handle: GroupHandle<D>,
    thread: Option<JoinHandle<(Journal, D)>>,
}

impl<D: Decider> GroupWriter<D> {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the system has no thread to give.
    pub fn start(journal: Journal, decider: D) -> std::io::Result<Self> {
        let (sender, receiver) = channel();
        let work = move || {
            Worker {
                journal,
                decider,
                open: Vec::new(),
            }
            .run(&receiver)
        };
        let thread = std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(work)?;
        Ok(Self {
            handle: GroupHandle(sender),
            thread: Some(thread),
        })
    }

    /// A handle for sending requests.
    #[must_use]
    pub fn handle(&self) -> GroupHandle<D> {
        self.handle.clone()
    }

    /// Ends the writer after what was sent before, and gives back what it
    /// held. Later requests are answered with [`GroupError::Stopped`].
    ///
    /// # Errors
    /// [`GroupError::Stopped`] when the writer had died.
    pub fn stop(mut self) -> Result<(Journal, D), GroupError> {
        self.join().unwrap_or(Err(GroupError::Stopped))
    }

    fn join(&mut self) -> Option<Result<(Journal, D), GroupError>> {
        let thread = self.thread.take()?;
        // Fails only when the thread has ended already.
        let _ = self.handle.0.send(Message::Stop);
        Some(thread.join().map_err(|_| GroupError::Stopped))
    }
}

impl<D: Decider> Drop for GroupWriter<D> {
    fn drop(&mut self) {
        self.join();
    }
}

enum Open<D: Decider> {
    Answer(Reply<D::Answer>, D::Answer),
    Change(Reply<D::Answer>, D::Ticket, Change),
}

struct Worker<D: Decider> {
    journal: Journal,
    decider: D,
    /// Decided, not yet durable.
    open: Vec<Open<D>>,
}

impl<D: Decider> Worker<D> {
    fn run(mut self, messages: &Receiver<Message<D>>) -> (Journal, D) {
        while let Ok(first) = messages.recv() {
            let rest = std::iter::from_fn(|| messages.try_recv().ok());
            let mut stop = false;
            for message in std::iter::once(first).chain(rest.take(GROUP - 1)) {
                match message {
                    Message::Request(request, reply) => self.decide(request, reply),
                    Message::Stop => {
                        stop = true;
                        break;
                    }
                }
            }
            // Whom an error concerns has been told.
            let _ = self.commit();
            if stop {
                break;
            }
        }
        (self.journal, self.decider)
    }

    fn decide(&mut self, request: D::Request, reply: Reply<D::Answer>) {
        match self.decider.decide(request) {
            Decision::Answer(answer) => self.open.push(Open::Answer(reply, answer)),
            Decision::Change(ticket, change) => match change.check() {
                Ok(()) => self.open.push(Open::Change(reply, ticket, change)),
                Err(error) => drop(self.refuse(vec![ticket], vec![reply], error)),
            },
            Decision::Publish {
                ticket,
                by,
                note,
                batch,
            } => {
                if let Err(error) = self.commit() {
                    self.decider.undone(vec![ticket], &error);
                    send(&reply, Err(GroupError::Journal(error)));
                    return;
                }
                let now = self.decider.now();
                match self.journal.publish(now, &by, &note, batch) {
                    Ok(published) => send(&reply, Ok(self.decider.published(ticket, published))),
                    Err(error) => drop(self.refuse(vec![ticket], vec![reply], error)),
                }
            }
        }
    }

    /// Makes all that was decided durable, takes it over, and only then
    /// acknowledges.
    fn commit(&mut self) -> Result<(), Arc<JournalError>> {
        let (mut waiting, mut changes) = (Vec::new(), Vec::new());
        for open in self.open.drain(..) {
            match open {
                Open::Answer(reply, answer) => waiting.push((reply, Err(answer))),
                Open::Change(reply, ticket, change) => {
                    waiting.push((reply, Ok(ticket)));
                    changes.push(change);
                }
            }
        }
        let written = match changes.is_empty() {
            true => Ok(Vec::new()),
            false => self.journal.write(self.decider.now(), &changes),
        };
        match written {
            Ok(written) => {
                let mut written = written.into_iter();
                let mut answers = Vec::with_capacity(waiting.len());
                for (reply, what) in waiting {
                    let answer = match what {
                        Ok(ticket) => self
                            .decider
                            .applied(ticket, written.next().unwrap_or_default()),
                        Err(answer) => answer,
                    };
                    answers.push((reply, answer));
                }
                answers
                    .into_iter()
                    .for_each(|(reply, answer)| send(&reply, Ok(answer)));
                Ok(())
            }
            Err(error) => {
                let (replies, tickets): (Vec<_>, Vec<_>) = waiting.into_iter().unzip();
                let tickets = tickets.into_iter().filter_map(Result::ok).collect();
                Err(self.refuse(tickets, replies, error))
            }
        }
    }

    fn refuse(
        &mut self,
        tickets: Vec<D::Ticket>,
        replies: Vec<Reply<D::Answer>>,
        error: JournalError,
    ) -> Arc<JournalError> {
        let error = Arc::new(error);
        self.decider.undone(tickets, &error);
        for reply in replies {
            send(&reply, Err(GroupError::Journal(Arc::clone(&error))));
        }
        error
    }
}

/// Whoever asked may have left; the change stands all the same.
fn send<A>(reply: &Reply<A>, answer: Result<A, GroupError>) {
    let _ = reply.try_send(answer);
}
