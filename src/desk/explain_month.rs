//! The steps behind a month's figures: open parts under the rules in force,
//! locked ones under the lock's own and with what was known then.

use std::cell::RefCell;

use super::{
    Desk,
    actor::{Actor, Scope},
    angle::Angle,
    error::DeskError,
    figures::Reckoning,
    history::Past,
    locks,
    month::{Cache, Look},
    reply::Reply,
    views_error,
};
use crate::{
    ledger::{
        adjust::{self, EntryKey},
        explain::{self, Adjusted, MonthTrace, Sources, Witness},
        figures::{MonthFigures, Status},
    },
    model::{
        ids::EpisodeId,
        money::Kronor,
        month::Month,
        place::PayerCode,
        stay::{Folded, Origins},
        time::Instant,
    },
    rules::{
        Subject,
        explain::{behind, changing},
        share::Share,
        trace::{Change, Step},
    },
    views::{ViewsError, state::read_events},
};

impl Desk {
    pub(super) fn explain_month(
        &self,
        actor: &Actor,
        (month, payer): (Month, Option<PayerCode>),
        now: Instant,
        angle: Angle<'_>,
    ) -> Result<Reply, DeskError> {
        let state = self.read();
        let reckoning = self.reckoning(&state, now, angle);
        let own = match actor.scope {
            Scope::Region => payer,
            Scope::Payer(own) => Some(own),
        };
        let head = reckoning.view(month)?.figures;
        let mut trace = MonthTrace {
            region: head.region,
            month,
            status: head.status,
            hash: head.hash.clone().filter(|_| own.is_none()),
            payers: Vec::new(),
            amount: head.amount,
        };
        for lock in locks::whole_locks(self.reader(), &state, reckoning.books, month)? {
            let rulebook = locks::rulebook(&lock.lock, &state)?;
            let rates = locks::rates(&lock.lock);
            let books = state.books_at(lock.seq - 1);
            let months = Cache::default();
            let look = Look {
                rulebook: &rulebook,
                rates: &rates,
                now: lock.lock.as_at,
                upto: Some(lock.lock.position),
                cache: Some(&months),
                ..reckoning.look
            };
            let then = Reckoning {
                look,
                books: &books,
            };
            trace.payers.extend(then.explain(lock.figures()?, own)?);
        }
        if head.status == Status::Open {
            trace
                .payers
                .extend(reckoning.explain(reckoning.open(month)?, own)?);
        }
        trace.payers.sort_by(|a, b| {
            (a.payer, &a.agreement, a.model).cmp(&(b.payer, &b.agreement, b.model))
        });
        if own.is_some() {
            trace.amount = trace.payers.iter().map(|entry| entry.amount).sum();
        }
        Ok(Reply::MonthTrace(Box::new(trace)))
    }
}

impl Reckoning<'_> {
    /// The steps behind the entries of `figures`, which this reckoning made.
    fn explain(
        &self,
        mut figures: MonthFigures,
        own: Option<PayerCode>,
    ) -> Result<Vec<explain::EntryTrace>, DeskError> {
        let month = figures.month;
        figures
            .payers
            .retain(|entry| own.is_none_or(|own| entry.payer == own));
        let shares = self.look.month(month).map_err(views_error)?;
        let history = Past::new(self.look, self.books);
        let seen = Seen {
            reckoning: self,
            failed: RefCell::new(None),
        };
        let settlements = self.settlements(month)?;
        let sources = Sources {
            rulebook: self.look.rulebook,
            rates: self.look.rates,
            history: &history,
            shares: &shares.shares,
            manual: self.books.manual_in(month),
            settlements: &settlements,
            witness: &seen,
        };
        let trace = explain::month(&figures, &sources);
        history.finish().map_err(views_error)?;
        seen.failed.into_inner().map_or(Ok(trace.payers), Err)
    }

    /// What `told` tells of a stay as this look sees it.
    fn of_stay<T: Default>(
        &self,
        episode: &EpisodeId,
        told: impl FnOnce(Subject<'_>) -> T,
    ) -> Result<T, ViewsError> {
        let look = &self.look;
        let Some(row) = look.state.views.row(episode)? else {
            return Ok(T::default());
        };
        let recorded = read_events(look.reader, &row, look.upto)?;
        let events = || recorded.iter().map(|one| &one.event);
        let folded = Folded::from_events(events(), Some(look.now));
        let origins = Origins::of(events(), Some(look.now));
        let (Folded::Stay(stay), Some(origins)) = (folded, origins) else {
            return Ok(T::default());
        };
        Ok(told(Subject {
            stay: &stay,
            origins: &origins,
            now: look.now,
            rulebook: look.rulebook,
            rates: look.rates,
        }))
    }
}

/// Reads stays for the explanation, and keeps the first error.
struct Seen<'a, 'r> {
    reckoning: &'a Reckoning<'r>,
    failed: RefCell<Option<DeskError>>,
}

impl Seen<'_, '_> {
    fn kept<T: Default>(&self, read: Result<T, DeskError>) -> T {
        read.unwrap_or_else(|error| {
            self.failed.borrow_mut().get_or_insert(error);
            T::default()
        })
    }
}

impl Witness for Seen<'_, '_> {
    fn stay(&self, episode: &EpisodeId, share: &Share, lost: bool) -> Vec<Step> {
        let told = |subject: Subject<'_>| behind(subject, share, lost);
        self.kept(self.reckoning.of_stay(episode, told).map_err(views_error))
    }

    fn changes(&self, episode: &EpisodeId, share: &Share) -> Vec<Change> {
        let told = |subject: Subject<'_>| changing(subject, share);
        self.kept(self.reckoning.of_stay(episode, told).map_err(views_error))
    }

    fn adjusted(&self, key: &EntryKey, month: Month) -> Option<Adjusted> {
        self.kept(self.reckoning.adjusted(key, month).map(Some))
    }
}

impl Reckoning<'_> {
    /// What an adjustment of `key` for `month` rests on.
    fn adjusted(&self, key: &EntryKey, month: Month) -> Result<Adjusted, DeskError> {
        let weighed = self.weigh(month)?;
        let position = weighed.position(key.0);
        let mut changed = adjust::changed(key, &weighed.locked, &weighed.recomputed);
        for episode in self.changed_stays(key, month, position)? {
            if !changed
                .iter()
                .any(|it| it.episode.as_ref() == Some(&episode))
            {
                changed.push(explain::ChangedLine {
                    episode: Some(episode),
                    amounts: None,
                    later: Vec::new(),
                });
            }
        }
        for line in &mut changed {
            if let Some(episode) = &line.episode {
                line.later = self.later(episode, position).map_err(views_error)?;
            }
        }
        let borne = weighed.borne.get(key).into_iter().flatten();
        let borne = borne.filter(|(_, left)| *left > Kronor::ZERO);
        Ok(Adjusted {
            due: weighed.due.get(key).copied().unwrap_or_default(),
            billed: weighed.billed.get(key).copied().unwrap_or_default(),
            invoices: borne.map(|(number, _)| number.clone()).collect(),
            changed,
        })
    }

    /// Stays that give the month something else than they did at the lock.
    fn changed_stays(
        &self,
        key: &EntryKey,
        month: Month,
        position: u64,
    ) -> Result<Vec<EpisodeId>, DeskError> {
        let months = Cache::default();
        let then = Look {
            upto: Some(position),
            cache: Some(&months),
            ..self.look
        };
        let of = |look: &Look<'_>| -> Result<Vec<(EpisodeId, Share)>, DeskError> {
            let shares = look.month(month).map_err(views_error)?;
            let own = shares.shares.iter().filter(|(_, share)| {
                (share.payer, &share.agreement, share.model) == (key.0, &key.1, key.2)
            });
            Ok(own.cloned().collect())
        };
        let (now, then) = (of(&self.look)?, of(&then)?);
        let mut changed: Vec<_> = now
            .iter()
            .filter(|it| !then.contains(it))
            .chain(then.iter().filter(|it| !now.contains(it)))
            .map(|(episode, _)| episode.clone())
            .collect();
        changed.sort();
        changed.dedup();
        Ok(changed)
    }

    /// Events of a stay that were recorded after a position.
    fn later(
        &self,
        episode: &EpisodeId,
        position: u64,
    ) -> Result<Vec<(crate::model::ids::EventId, crate::model::event::Kind)>, ViewsError> {
        let Some(row) = self.look.state.views.row(episode)? else {
            return Ok(Vec::new());
        };
        let events = read_events(self.look.reader, &row, self.look.upto)?;
        let later = events
            .iter()
            .filter(|one| one.seq > position && one.event.at <= self.look.now);
        Ok(later
            .map(|one| (one.event.id.clone(), one.event.kind()))
            .collect())
    }
}
