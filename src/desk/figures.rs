//! A month's figures: open ones as known now, locked ones as they were locked.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Desk,
    actor::{Actor, Scope},
    angle::Angle,
    error::DeskError,
    locks::{self, WholeLock},
    month::{Cache, Look},
    reply::{FiguresView, Reply},
    views_error,
};
use crate::{
    ledger::{
        adjust,
        books::Books,
        decision::RefusedLine,
        figures::{Finding, MonthFigures, Status},
    },
    model::{
        ids::{EpisodeId, EventId},
        month::Month,
        place::PayerCode,
        time::Instant,
    },
    views::{ViewsError, state::read_events},
};

/// Figures of months, as a look sees them.
pub(super) struct Reckoning<'a> {
    pub look: Look<'a>,
    pub books: &'a Books,
}

/// Ids of the events that have come, by stay.
type Arrived<'a> = BTreeMap<&'a EpisodeId, BTreeSet<EventId>>;

/// A locked month as it should be against as it was billed.
#[derive(Default)]
pub(super) struct Weighed {
    pub due: adjust::Sums,
    /// Later postings included.
    pub billed: adjust::Sums,
    /// The same, by the invoices that bear it.
    pub borne: adjust::Borne,
    /// The figures of its locks.
    pub locked: Vec<MonthFigures>,
    /// The same, with all that is known: of each lock the payers that are its
    /// own, as every one of them could be recomputed under every lock.
    pub recomputed: Vec<MonthFigures>,
    /// The journal position that each payer's lock knew.
    positions: BTreeMap<PayerCode, u64>,
    /// That of the last of them.
    last: u64,
}

impl Weighed {
    /// The journal position that a payer's lock knew; for one that no lock
    /// names, that of the last.
    pub(super) fn position(&self, payer: PayerCode) -> u64 {
        self.positions.get(&payer).copied().unwrap_or(self.last)
    }
}

impl Desk {
    pub(super) fn figures(
        &self,
        actor: &Actor,
        month: Month,
        now: Instant,
        angle: Angle<'_>,
    ) -> Result<Reply, DeskError> {
        let state = self.read();
        let reckoning = self.reckoning(&state, now, angle);
        let mut view = reckoning.view(month)?;
        if let Scope::Payer(own) = actor.scope {
            view.figures.keep(own);
            view.locked_json = None;
        }
        Ok(Reply::Figures(Box::new(view)))
    }
}

impl Reckoning<'_> {
    /// The month as it is answered: locked parts as they were locked, open
    /// parts as known now.
    pub fn view(&self, month: Month) -> Result<FiguresView, DeskError> {
        let locked = locks::whole_locks(self.look.reader, self.look.state, self.books, month)?;
        let waiting = match locked.as_slice() {
            [] => Some(self.open(month)?),
            _ => self.waiting(month)?,
        };
        let Some(mut figures) = waiting else {
            return locks::merged(&locked);
        };
        for lock in &locked {
            let part = lock.figures()?;
            figures.amount += part.amount;
            figures.payers.extend(part.payers);
        }
        figures.payers.sort_by_key(adjust::key);
        Ok(FiguresView {
            figures,
            locked_json: None,
        })
    }

    /// What is left to lock of a month that is locked for others: the figures
    /// of parked payers, if they have any.
    pub fn waiting(&self, month: Month) -> Result<Option<MonthFigures>, DeskError> {
        if self.books.parked_in(month).next().is_none() {
            return Ok(None);
        }
        Ok(Some(self.open(month)?).filter(|figures| !figures.payers.is_empty()))
    }

    /// The parts of a month that are not locked, adjustments of locked months
    /// included, with everything that is in the way of a close.
    pub fn open(&self, month: Month) -> Result<MonthFigures, DeskError> {
        let mut figures = self.base(month)?;
        self.finish(&mut figures)?;
        Ok(figures)
    }

    /// Adds to open figures what other months and decisions bring: adjustments
    /// of locked months, refused lines, waivers.
    pub fn finish(&self, figures: &mut MonthFigures) -> Result<(), DeskError> {
        self.post_adjustments(figures)?;
        self.note_refused(figures)?;
        for finding in &mut figures.findings {
            if finding.waivable {
                let waived = self
                    .books
                    .waived
                    .get(&(figures.month, finding.code.clone()));
                finding.waived = waived.cloned();
            }
        }
        Ok(())
    }

    /// Figures of the payers that are not locked, without adjustments.
    pub(super) fn base(&self, month: Month) -> Result<MonthFigures, DeskError> {
        let settlements = self.settlements(month)?;
        let figures = self.look.figures(month, self.books, &settlements);
        let mut figures = figures.map_err(views_error)?;
        figures
            .payers
            .retain(|entry| !self.books.is_locked(month, entry.payer));
        let locked = |payer: Option<PayerCode>| {
            payer.is_some_and(|payer| self.books.is_locked(month, payer))
        };
        figures.findings.retain(|finding| !locked(finding.payer));
        figures.amount = figures.payers.iter().map(|entry| entry.amount).sum();
        figures.status = Status::Open;
        Ok(figures)
    }

    /// The first month in which something is still to be locked, among those
    /// up to `last`; parked payers hold up only themselves.
    pub fn earliest_open(&self, last: Month) -> Result<Option<Month>, DeskError> {
        // Months before a lock are open for parked payers alone; one after it
        // may cost something though no stay is known of it.
        let after = self.books.locked_through().map(Month::next);
        let Some(first) = after.map_or_else(|| self.first_month(), |after| Ok(Some(after)))? else {
            return Ok(None);
        };
        for month in first.through(last) {
            let figures = self.base(month)?;
            let waiting = figures
                .payers
                .iter()
                .any(|e| !self.books.is_parked(month, e.payer));
            let blocked = figures.findings.iter().any(|finding| !finding.waivable);
            if waiting || blocked {
                return Ok(Some(month));
            }
        }
        match after.filter(|month| *month <= last) {
            Some(month) if !self.open(month)?.payers.is_empty() => Ok(Some(month)),
            _ => Ok(None),
        }
    }

    /// The first month of which anything is known.
    fn first_month(&self) -> Result<Option<Month>, DeskError> {
        let views = &self.look.state.views;
        let closed = views.first_month().map_err(views_error)?;
        let live = views.live().map(|(_, row)| row.first).min();
        let manual = self.books.manual.keys().next().copied();
        let settled = self.books.settlements.keys().next();
        let settled = settled.map(|(month, ..)| *month);
        Ok([closed, live, manual, settled].into_iter().flatten().min())
    }

    /// The last month that is locked for a payer.
    pub(super) fn last_locked(&self, payer: PayerCode) -> Option<Month> {
        let months = self.books.locks.iter().map(|kept| kept.lock.month);
        months
            .filter(|month| self.books.is_locked(*month, payer))
            .max()
    }

    /// Whether `month` is the next one that is locked for a payer.
    fn is_next(&self, payer: PayerCode, month: Month) -> Result<bool, DeskError> {
        let Some(last) = self.last_locked(payer) else {
            return Ok(false);
        };
        if month <= last {
            return Ok(false);
        }
        for between in last.next().through(month.previous()) {
            if self
                .base(between)?
                .payers
                .iter()
                .any(|entry| entry.payer == payer)
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What came after locks is posted in the payer's next close.
    fn post_adjustments(&self, figures: &mut MonthFigures) -> Result<(), DeskError> {
        let mut next: BTreeMap<PayerCode, bool> = BTreeMap::new();
        for month in self.changed_months(figures.month)? {
            let weighed = self.weigh(month)?;
            for (key, difference) in adjust::differences(&weighed.due, &weighed.billed) {
                let payer = key.0;
                let is_next = match next.get(&payer) {
                    Some(known) => *known,
                    None => *next
                        .entry(payer)
                        .or_insert(self.is_next(payer, figures.month)?),
                };
                if is_next && self.books.is_locked(month, payer) {
                    adjust::post(figures, &key, month, difference, &weighed.borne);
                }
            }
        }
        Ok(())
    }

    /// Locked months before `before` of which something came after their
    /// lock.
    fn changed_months(&self, before: Month) -> Result<Vec<Month>, DeskError> {
        let Some(last) = self.books.locked_through() else {
            return Ok(Vec::new());
        };
        let last = last.min(before.previous());
        let views = &self.look.state.views;
        let upto = self.look.upto.unwrap_or(u64::MAX);
        let mut months = self.open_then(last)?;
        for month in views.late_months().filter(|month| *month <= last) {
            let since = self.posted_up_to(month);
            if views
                .late_between(month, since, upto)
                .map_err(views_error)?
            {
                months.insert(month);
            }
        }
        Ok(months.into_iter().collect())
    }

    /// Locked months that a stay may have changed which was open as known
    /// then. It is closed now, and may be late in fewer of them.
    fn open_then(&self, last: Month) -> Result<BTreeSet<Month>, DeskError> {
        let mut months = BTreeSet::new();
        let Some(upto) = self.look.upto else {
            return Ok(months);
        };
        let then = self.look.then(upto).map_err(views_error)?;
        let open = then.changed.iter().map(|one| &one.row);
        for row in open.filter(|row| row.standing.is_live()) {
            let late = |month: &Month| row.last_seq() > self.posted_up_to(*month);
            months.extend(row.first.through(last).filter(late));
        }
        Ok(months)
    }

    /// Position up to which changes of a locked month have been posted. The
    /// first lock of a month posts for every payer what came before it, unless
    /// one was left out; a month's later locks do so for those alone.
    fn posted_up_to(&self, month: Month) -> u64 {
        let lock = if self.books.parked.is_empty() {
            self.books.last_first(month)
        } else {
            self.books.covering(month)
        };
        lock.map_or(0, |kept| kept.seq)
    }

    /// The locks under which a locked month is computed again: its own, or
    /// where it was empty then, the one that covers it.
    pub(super) fn locks_over(&self, month: Month) -> Result<Vec<WholeLock>, DeskError> {
        let (reader, state) = (self.look.reader, self.look.state);
        let own = locks::whole_locks(reader, state, self.books, month)?;
        match (own.is_empty(), self.books.covering(month)) {
            (true, Some(kept)) => Ok(vec![locks::whole(reader, state, kept)?]),
            _ => Ok(own),
        }
    }

    /// What a locked month comes to with all that is known, against what was
    /// billed for it.
    pub(super) fn weigh(&self, month: Month) -> Result<Weighed, DeskError> {
        let mut weighed = Weighed::default();
        let (reader, state) = (self.look.reader, self.look.state);
        let own = self.locks_over(month)?;
        for lock in own.iter().filter(|lock| lock.lock.month == month) {
            let figures = lock.figures()?;
            adjust::add_billed(&mut weighed.billed, &figures);
            adjust::add_borne(&mut weighed.borne, &lock.lock, &figures, month);
            weighed.locked.push(figures);
        }
        for (at, lock) in own.iter().enumerate() {
            let (names, position) = (&lock.lock.payers, lock.lock.position);
            weighed.last = weighed.last.max(position);
            let named = names.iter().map(|payer| (*payer, position));
            weighed.positions.extend(named);
            let mut recomputed = self.recompute(lock, month)?;
            // What two locks could reach belongs to the one that names it, and
            // what none names to the last.
            let payers = &mut recomputed.payers;
            payers.retain(|entry| locks::holds(&own, at, entry.payer));
            weighed.due.extend(adjust::due(&recomputed));
            weighed.recomputed.push(recomputed);
        }
        for kept in self
            .books
            .locks
            .iter()
            .filter(|kept| kept.lock.month > month)
        {
            let later = locks::whole(reader, state, kept)?;
            let figures = later.figures()?;
            adjust::add_posted(&mut weighed.billed, &figures, month);
            adjust::add_borne(&mut weighed.borne, &later.lock, &figures, month);
        }
        Ok(weighed)
    }

    /// A locked month under a lock's own agreements and rates, with all that
    /// is known now; asked about an earlier moment, as at the lock: counted up
    /// to then, less would be due than was locked though nothing changed.
    fn recompute(&self, lock: &WholeLock, month: Month) -> Result<MonthFigures, DeskError> {
        let rulebook = locks::rulebook(&lock.lock, self.look.state)?;
        let rates = locks::rates(&lock.lock);
        let months = Cache::default();
        let look = Look {
            rulebook: &rulebook,
            rates: &rates,
            now: self.look.now.max(lock.lock.as_at),
            cache: Some(&months),
            ..self.look
        };
        let settlements = Reckoning { look, ..*self }.settlements(month)?;
        look.figures(month, self.books, &settlements)
            .map_err(views_error)
    }

    /// Lines that an import left out hold up their month, or every month
    /// where it is not known.
    fn note_refused(&self, figures: &mut MonthFigures) -> Result<(), DeskError> {
        // Each stay is read once, however many of its lines were left out.
        let mut arrived: Arrived<'_> = BTreeMap::new();
        for file in &self.books.refused {
            let mut open = 0_u64;
            for line in &file.lines {
                if line.month.is_none_or(|month| month == figures.month)
                    && !self.arrived(line, &mut arrived).map_err(views_error)?
                {
                    open += 1;
                }
            }
            if open > 0 {
                figures.findings.push(Finding {
                    code: "refused_lines".to_owned(),
                    payer: None,
                    episode: None,
                    detail: format!("{open} {}", file.file),
                    waivable: true,
                    waived: None,
                });
            }
        }
        Ok(())
    }

    /// Whether a line that was left out has come since.
    fn arrived<'a>(
        &self,
        line: &'a RefusedLine,
        known: &mut Arrived<'a>,
    ) -> Result<bool, ViewsError> {
        let (Some(episode), Some(event)) = (&line.episode, &line.event) else {
            return Ok(false);
        };
        if let Some(ids) = known.get(episode) {
            return Ok(ids.contains(event));
        }
        let row = self.look.state.views.row(episode)?;
        let events = row.map(|row| read_events(self.look.reader, &row, self.look.upto));
        let events = events.transpose()?.unwrap_or_default();
        let ids: BTreeSet<_> = events.into_iter().map(|one| one.event.id).collect();
        let there = ids.contains(event);
        known.insert(episode, ids);
        Ok(there)
    }
}
