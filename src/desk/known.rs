//! Answers from what was recorded up to an earlier entry: events by their
//! places, decisions folded up to it. Independent of the moment asked about.

use std::sync::{Arc, Mutex, PoisonError};

use super::{
    Desk, agreements,
    angle::Angle,
    answer::Nature,
    error::DeskError,
    figures::Reckoning,
    month::{self, Look},
    reply::{AsOfReply, Reply},
    request::{AgreementFile, AsOf, Ask, Request},
    state,
    store::journal_error,
};
use crate::{
    journal::Stood,
    ledger::{books::Books, rates::Rates},
    rules::Rulebook,
};

/// What was known when the journal ended at an earlier entry.
pub(super) struct Known {
    /// Where it ended.
    pub stood: Stood,
    /// Decisions up to there.
    books: Books,
    rulebook: Rulebook,
    rates: Rates,
    /// Its months are asked for more than once.
    months: month::Cache,
}

/// What was known at the entry that was asked about last.
#[derive(Default)]
pub(super) struct Cache(Mutex<Option<Arc<Known>>>);

impl Desk {
    /// Answers a question from what was known then, under the rules of then
    /// with `files`.
    ///
    /// # Errors
    /// `as_of_ahead`, `as_of_early`, `as_of_empty`; `as_of_not_here` for a
    /// question that has no past; `agreement_refused` with file and line.
    pub(super) fn as_of(
        &self,
        as_of: AsOf,
        files: &[AgreementFile],
        ask: &Ask,
        request: &Request,
    ) -> Result<Reply, DeskError> {
        if !matches!(Nature::of(ask), Nature::Judged { past: true }) {
            return Err(DeskError::bad_input("as_of_not_here", ""));
        }
        let known = self.known(as_of)?;
        let tried = match files {
            [] => None,
            files => Some(agreements::with(&known.rulebook, files)?),
        };
        let angle = Angle {
            trial: tried.as_ref(),
            known: Some(&known),
        };
        let asked = Request {
            ask: ask.clone(),
            ..request.clone()
        };
        let reply = self.judged(&asked, angle)?;
        Ok(Reply::AsOf(Box::new(AsOfReply {
            seq: known.stood.seq,
            recorded_at: known.stood.recorded_at,
            reply,
        })))
    }

    /// What was known then. The last one is kept: what was known at an entry
    /// never changes, and whoever looks at it asks again.
    fn known(&self, as_of: AsOf) -> Result<Arc<Known>, DeskError> {
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
            match first.map(|first| crate::model::time::rfc3339(first.recorded_at)) {
                Some(first) => DeskError::bad_input("as_of_early", first),
                None => DeskError::bad_input("as_of_empty", ""),
            }
        })?;
        let mut kept = self.known.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.as_ref().filter(|known| known.stood.seq == stood.seq) {
            return Ok(Arc::clone(known));
        }
        let state = self.read();
        let books = state.books_at(stood.seq);
        // Every adopted file was checked when it was adopted.
        let rulebook = state::rulebook(state.region, &books)
            .map_err(|errors| DeskError::store("store_damaged", errors))?;
        let known = Arc::new(Known {
            stood,
            rulebook,
            rates: state::rates(&books),
            books,
            months: month::Cache::default(),
        });
        *kept = Some(Arc::clone(&known));
        Ok(known)
    }
}

impl Known {
    /// The newest look, turned to what was known.
    pub fn reckoning<'a>(&'a self, newest: Look<'a>) -> Reckoning<'a> {
        Reckoning {
            look: Look {
                rulebook: &self.rulebook,
                rates: &self.rates,
                upto: Some(self.stood.seq),
                cache: Some(&self.months),
                ..newest
            },
            books: &self.books,
        }
    }
}
