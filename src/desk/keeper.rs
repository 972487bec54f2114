//! The one writer's mind: decides what a request records, and takes what was
//! recorded into what is served.

use std::{
    collections::HashSet,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard},
};

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;

use super::{
    body::{raw, reads_back},
    error::DeskError,
    events::{self, Sealed},
    import::{Index, Slot},
    reply::Recorded,
    state::{self, State},
    watch::Watch,
};
use crate::{
    journal::{
        Change, Decider, Decision as Decided, FinishedBatch, JournalError, NewEntry, Published,
        Reader, Written,
    },
    ledger::decision::{self, Decision},
    model::{clock::Clock, event::Event, ids::EpisodeId, patient::Patient},
    views::{
        decisions::{DECISION, Kept},
        fresh::{Fresh, FreshStays},
        recorded::{self, Parsed},
        row::{IdentityPlace, Place},
        state::EVENT,
        tables::MemoryTables,
    },
};

/// Decides on the state what is to be recorded; runs on the writer's thread.
pub(super) type Choose = Box<dyn FnOnce(&State) -> Result<Vec<Decision>, DeskError> + Send>;

/// What the writer is asked.
pub(super) enum Order {
    /// Record events made here: all or none.
    Events {
        by: Arc<str>,
        events: Vec<Event<Patient>>,
    },
    /// Record decisions.
    Decide { by: Arc<str>, choose: Choose },
    /// Publish an import.
    Publish(Box<Publication>),
}

/// An import that was compared with what is recorded.
pub(super) struct Publication {
    pub by: Arc<str>,
    pub batch: FinishedBatch,
    pub note: Box<RawValue>,
    pub staged: Index,
    /// Its events, to be folded.
    pub parsed: Parsed,
    /// Journal position at which it was compared.
    pub checked_at: u64,
    /// Told stays folded; closes when there is no more to tell.
    pub progress: Option<std::sync::mpsc::Sender<u64>>,
}

/// What the writer answers.
pub(super) enum Outcome {
    /// It is recorded.
    Done(Recorded),
    /// Something came in between: look again and ask again.
    Again,
    /// Others of the group are not yet durable: ask again as it is.
    Later(Box<Publication>),
    /// A stay of the import has changed since: compare it again.
    Overtaken(Box<Publication>),
}

/// What becomes of an order: an answer, or a change to be made durable.
type Verdict = Decided<Result<Outcome, DeskError>, Ticket>;

/// What is remembered of a decided request until it is durable.
pub(super) enum Ticket {
    Events {
        episodes: Vec<EpisodeId>,
        named: Vec<bool>,
        skipped: u64,
    },
    Decisions {
        by: Arc<str>,
        decisions: Vec<Decision>,
    },
    Import {
        staged: Index,
        parsed: Parsed,
        progress: Option<std::sync::mpsc::Sender<u64>>,
    },
}

/// Decides and applies, on the writer's thread.
pub(super) struct Keeper {
    pub state: Arc<RwLock<State>>,
    pub reader: Reader,
    pub clock: Arc<dyn Clock>,
    pub watch: Arc<Watch>,
    /// Stays that earlier requests of the group change.
    pub busy: HashSet<EpisodeId>,
    /// Decisions and imports of the group that are not yet durable.
    pub waiting: usize,
}

/// Nothing new: all of it stands already.
fn nothing(seq: u64, skipped: u64) -> Verdict {
    let recorded = Recorded {
        seq,
        added: 0,
        skipped,
    };
    Decided::Answer(Ok(Outcome::Done(recorded)))
}

impl Keeper {
    fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn decide_events(
        &mut self,
        by: &Arc<str>,
        events: Vec<Event<Patient>>,
    ) -> Result<Verdict, DeskError> {
        if self.waiting > 0
            || events
                .iter()
                .any(|event| self.busy.contains(&event.episode))
        {
            return Ok(Decided::Answer(Ok(Outcome::Again)));
        }
        let state = self.read();
        let (fresh, skipped) = events::sift(&state, &self.reader, events)?;
        drop(state);
        if fresh.is_empty() {
            return Ok(nothing(self.reader.last_seq(), skipped));
        }
        let mut change = Change::default();
        let (mut episodes, mut named) = (Vec::new(), Vec::new());
        for event in fresh {
            let Sealed {
                episode,
                json,
                record,
                ..
            } = events::seal(event)?;
            episodes.push(episode);
            named.push(record.is_some());
            change.identities.extend(record);
            change.entries.push(NewEntry {
                by: Arc::clone(by),
                kind: EVENT.to_owned(),
                body: json,
            });
        }
        self.busy.extend(episodes.iter().cloned());
        Ok(Decided::Change(
            Ticket::Events {
                episodes,
                named,
                skipped,
            },
            change,
        ))
    }

    fn decide_decisions(&mut self, by: Arc<str>, choose: Choose) -> Result<Verdict, DeskError> {
        let state = self.read();
        let decisions = choose(&state)?;
        drop(state);
        if decisions.is_empty() {
            return Ok(nothing(self.reader.last_seq(), 1));
        }
        let mut change = Change::default();
        for decision in &decisions {
            let body = raw(decision)?;
            reads_back::<Decision>(&body)?;
            let (by, kind) = (Arc::clone(&by), DECISION.to_owned());
            change.entries.push(NewEntry { by, kind, body });
        }
        self.waiting += 1;
        Ok(Decided::Change(Ticket::Decisions { by, decisions }, change))
    }

    fn decide_import(&mut self, mut publication: Box<Publication>) -> Verdict {
        if self.waiting > 0 || !self.busy.is_empty() {
            publication.progress = None;
            return Decided::Answer(Ok(Outcome::Later(publication)));
        }
        if self.moved_on(&publication.staged, publication.checked_at) {
            publication.progress = None;
            return Decided::Answer(Ok(Outcome::Overtaken(publication)));
        }
        self.waiting += 1;
        let Publication {
            by,
            batch,
            note,
            staged,
            parsed,
            progress,
            ..
        } = *publication;
        Decided::Publish {
            ticket: Ticket::Import {
                staged,
                parsed,
                progress,
            },
            by: by.as_ref().to_owned(),
            note,
            batch,
        }
    }

    /// Whether a stay of the import has changed since it was compared.
    fn moved_on(&self, staged: &Index, checked_at: u64) -> bool {
        let state = self.read();
        if state.views.position() == checked_at {
            return false;
        }
        staged
            .names
            .iter()
            .any(|episode| match state.views.row(episode) {
                Ok(row) => row.is_some_and(|row| row.last_seq() > checked_at),
                Err(_) => true,
            })
    }

    /// Takes into what is served. What is durable is never lost: where the
    /// tables fail, the journal is folded again in memory.
    fn absorb(
        &self,
        position: u64,
        take: impl FnOnce(&mut State, &Reader) -> Result<(), crate::views::ViewsError>,
    ) {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = take(&mut state, &self.reader) {
            let tables = Arc::new(MemoryTables::new());
            let region = state.region;
            match State::catch_up(tables, &self.reader, region, "memory", &mut |_| {}) {
                Ok(fresh) => {
                    *state = State {
                        broken: Some(error.to_string()),
                        ..fresh
                    }
                }
                Err(worse) => state.broken = Some(format!("{error}; {worse}")),
            }
        }
        drop(state);
        self.watch.reached(position);
    }

    fn applied_events(
        &mut self,
        (episodes, named, skipped): (Vec<EpisodeId>, Vec<bool>, u64),
        written: &Written,
    ) -> Recorded {
        let mut fresh = FreshStays::new();
        let mut identities = written.identities.iter();
        for ((episode, entry), named) in episodes.iter().zip(&written.entries).zip(&named) {
            let stay = fresh.entry(episode.clone()).or_default();
            stay.places.push(Place {
                seq: entry.seq,
                loc: entry.loc,
            });
            if let Some(loc) = named.then(|| identities.next()).flatten() {
                stay.identities.push(IdentityPlace {
                    seq: entry.seq,
                    loc: *loc,
                });
            }
        }
        for episode in &episodes {
            self.busy.remove(episode);
        }
        let seq = written.entries.last().map_or(0, |entry| entry.seq);
        self.absorb(seq, |state, reader| {
            state.absorb(fresh.into_iter(), seq, reader, &mut |_| {})
        });
        Recorded {
            seq,
            added: episodes.len() as u64,
            skipped,
        }
    }

    fn applied_decisions(
        &mut self,
        by: &str,
        decisions: Vec<Decision>,
        written: &Written,
    ) -> Recorded {
        self.waiting -= 1;
        let added = decisions.len() as u64;
        let kept: Vec<Kept> = decisions
            .into_iter()
            .zip(&written.entries)
            .map(|(decision, entry)| {
                let (seq, recorded_at, by) = (entry.seq, entry.recorded_at, by.to_owned());
                state::kept(
                    decision::Decided {
                        seq,
                        recorded_at,
                        by,
                        decision,
                    },
                    entry.loc,
                )
            })
            .collect();
        let seq = written.entries.last().map_or(0, |entry| entry.seq);
        self.absorb(seq, |state, reader| {
            state.absorb_decisions(kept, seq, reader)
        });
        Recorded {
            seq,
            added,
            skipped: 0,
        }
    }
}

impl Decider for Keeper {
    type Request = Order;
    type Answer = Result<Outcome, DeskError>;
    type Ticket = Ticket;

    fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    fn decide(&mut self, order: Order) -> Decided<Self::Answer, Ticket> {
        let decided = match order {
            Order::Events { by, events } => self.decide_events(&by, events),
            Order::Decide { by, choose } if self.waiting == 0 && self.busy.is_empty() => {
                self.decide_decisions(by, choose)
            }
            Order::Decide { .. } => Ok(Decided::Answer(Ok(Outcome::Again))),
            Order::Publish(publication) => Ok(self.decide_import(publication)),
        };
        decided.unwrap_or_else(|error| Decided::Answer(Err(error)))
    }

    fn applied(&mut self, ticket: Ticket, written: Written) -> Self::Answer {
        Ok(Outcome::Done(match ticket {
            Ticket::Events {
                episodes,
                named,
                skipped,
            } => self.applied_events((episodes, named, skipped), &written),
            Ticket::Decisions { by, decisions } => self.applied_decisions(&by, decisions, &written),
            // Imports are published, never applied.
            Ticket::Import { .. } => Recorded {
                seq: self.reader.last_seq(),
                added: 0,
                skipped: 0,
            },
        }))
    }

    fn published(&mut self, ticket: Ticket, published: Published) -> Self::Answer {
        self.waiting = 0;
        let Ticket::Import {
            staged,
            parsed,
            progress,
        } = ticket
        else {
            return Ok(Outcome::Again);
        };
        // Without them the journal is read.
        let parsed = parsed.published(published.first_seq).ok();
        let added = published.count;
        let fresh = staged.by_stay(|run| placed(run, &published));
        let seq = published.first_seq + published.count - 1;
        self.absorb(seq, |state, reader| {
            let from = recorded::Recorded::with_parsed(reader, parsed.as_ref());
            state.absorb(fresh, seq, from, &mut |done| {
                // Nobody may be listening any more.
                let _ = progress.as_ref().map(|progress| progress.send(done));
            })
        });
        Ok(Outcome::Done(Recorded {
            seq,
            added,
            skipped: 0,
        }))
    }

    fn undone(&mut self, tickets: Vec<Ticket>, _error: &JournalError) {
        for ticket in tickets {
            match ticket {
                Ticket::Events { episodes, .. } => {
                    for episode in &episodes {
                        self.busy.remove(episode);
                    }
                }
                Ticket::Decisions { .. } | Ticket::Import { .. } => self.waiting = 0,
            }
        }
    }
}

/// Where the staged events of one stay stand now.
fn placed(run: &[Slot], published: &Published) -> Fresh {
    let mut stay = Fresh {
        places: Vec::with_capacity(run.len()),
        identities: Vec::new(),
    };
    for slot in run {
        let seq = published.first_seq + u64::from(slot.n);
        let loc = published.loc(slot.loc());
        stay.places.push(Place { seq, loc });
        if let Some(identity) = slot.identity() {
            let loc = published.identity_loc(identity);
            stay.identities.push(IdentityPlace { seq, loc });
        }
    }
    stay
}
