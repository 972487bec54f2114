//! Answers from what was recorded up to an earlier entry: events by their
//! places, decisions folded up to it. Independent of the moment asked about.

use std::sync::Arc;

use super::{
    Desk,
    error::DeskError,
    figures::Reckoning,
    month::{Cache, Look},
    reply::{AsOfReply, Reply},
    request::{AsOf, Ask, Request},
    state::{self, State},
    store::journal_error,
};
use crate::{
    journal::Stood,
    ledger::{books::Books, rates::Rates},
    model::time::Instant,
    rules::Rulebook,
};

/// What was known when the journal ended at an earlier entry.
pub(super) struct Known {
    /// Where it ended.
    pub stood: Stood,
    /// Decisions up to there.
    books: Books,
    rulebook: Arc<Rulebook>,
    rates: Rates,
    /// For one answer: its months are asked for more than once.
    months: Cache,
}

impl Desk {
    /// Answers a question from what was known then.
    pub(super) fn as_of(
        &self,
        request: &Request,
        as_of: AsOf,
        ask: &Ask,
    ) -> Result<Reply, DeskError> {
        let known = self.known(as_of)?;
        let (actor, now) = (&request.actor, self.moment(request));
        let reply = match ask {
            Ask::Board(ask) => self.board(actor, ask, now, Some(&known)),
            Ask::Stay { episode, reveal } => {
                self.stay(actor, episode, *reveal, request.now, Some(&known))
            }
            Ask::Explain { episode } => self.explain(actor, episode, request.now, Some(&known)),
            Ask::Figures { month } => self.figures(actor, *month, now, Some(&known)),
            Ask::WhatIf { month, files } => self.what_if(actor, *month, files, now, Some(&known)),
            _ => Err(DeskError::bad_input(
                "as_of_not_here",
                "figures, board, explain, episode",
            )),
        }?;
        Ok(Reply::AsOf(Box::new(AsOfReply {
            seq: known.stood.seq,
            recorded_at: known.stood.recorded_at,
            reply,
        })))
    }

    fn known(&self, as_of: AsOf) -> Result<Known, DeskError> {
        let reader = self.reader();
        let stood = match as_of {
            AsOf::Seq(seq) if seq > reader.last_seq() => {
                return Err(DeskError::bad_input(
                    "as_of_ahead",
                    format!("{seq} > {}", reader.last_seq()),
                ));
            }
            AsOf::Seq(seq) => reader.stood_after(seq),
            AsOf::Time(at) => reader.stood_at(at),
        };
        let stood = stood.map_err(journal_error)?.ok_or_else(|| {
            let first = reader.stood_after(1).ok().flatten();
            let first = first.map_or_else(String::new, |first| {
                crate::model::time::rfc3339(first.recorded_at)
            });
            DeskError::bad_input("as_of_early", first)
        })?;
        let state = self.read();
        let books = state.books_at(stood.seq);
        // Every adopted file was checked when it was adopted.
        let rulebook = state::rulebook(state.region, &books)
            .map_err(|errors| DeskError::store("store_damaged", errors))?;
        Ok(Known {
            stood,
            rulebook: Arc::new(rulebook),
            rates: state::rates(&books),
            books,
            months: Cache::default(),
        })
    }

    /// How open months are reckoned with all that is recorded, or with what
    /// was known.
    pub(super) fn reckoning<'a>(
        &'a self,
        state: &'a State,
        now: Instant,
        known: Option<&'a Known>,
    ) -> Reckoning<'a> {
        let newest = Look {
            state,
            reader: self.reader(),
            rulebook: &state.rulebook,
            rates: &state.rates,
            now,
            upto: None,
            cache: Some(&self.months),
        };
        match known {
            None => Reckoning {
                look: newest,
                books: &state.books,
            },
            Some(known) => Reckoning {
                look: Look {
                    rulebook: &known.rulebook,
                    rates: &known.rates,
                    upto: Some(known.stood.seq),
                    cache: Some(&known.months),
                    ..newest
                },
                books: &known.books,
            },
        }
    }
}
