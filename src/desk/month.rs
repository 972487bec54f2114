//! What stays give to a month: as at a moment, as known at a position, under
//! given rules.

use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use super::state::State;
use crate::{
    journal::Reader,
    ledger::{
        books::Books,
        figures::{Finding, MonthFigures},
        findings,
        history::{History, totals},
        month::{ManualLine, MonthContext, compute},
        rates::Rates,
        settlement::Settlement,
    },
    model::{
        ids::{AgreementId, EpisodeId},
        month::Month,
        place::PayerCode,
        stay::Stay,
        time::{self, Instant},
    },
    rules::{
        self, Rulebook,
        model::Totals,
        share::{Share, Unsettled},
    },
    views::{
        ViewsError,
        row::{MonthRow, Standing, StayRow},
        state::read_stay,
    },
};

/// What every stay gives to one month.
#[derive(Debug, Default)]
pub(super) struct MonthShares {
    /// By stay; only shares of that month.
    pub shares: Vec<(EpisodeId, Share)>,
    /// Stays for which nobody can be billed.
    pub unsettled: Vec<(EpisodeId, Unsettled)>,
    /// Stays whose admission has not come.
    pub held: Vec<EpisodeId>,
}

/// Months as at one moment and position; kept until the journal moves on, so
/// that a board and its figures need not read the same rows again.
#[derive(Default)]
pub(super) struct Cache(Mutex<CacheState>);

#[derive(Default)]
struct CacheState {
    key: Option<(u64, u64, chrono::NaiveDate)>,
    months: BTreeMap<Month, Arc<MonthShares>>,
}

/// Months that a cache keeps: triggers look back over years.
const CACHED: usize = 120;

/// How the stays of months are looked at.
#[derive(Clone, Copy)]
pub(super) struct Look<'a> {
    pub state: &'a State,
    pub reader: &'a Reader,
    pub rulebook: &'a Rulebook,
    pub rates: &'a Rates,
    /// Events that happen later are not seen.
    pub now: Instant,
    /// Entries recorded later are not seen.
    pub upto: Option<u64>,
    /// Of the newest look, where it may be used.
    pub cache: Option<&'a Cache>,
}

impl Look<'_> {
    /// What every stay gives to `month`.
    pub fn month(&self, month: Month) -> Result<Arc<MonthShares>, ViewsError> {
        let key = (
            self.state.views.position(),
            self.rulebook.fingerprint(),
            time::local_date(self.now),
        );
        // Within the running day events may still lie ahead of `now`.
        let fixed = self.upto.is_none() && self.nothing_ahead();
        let cache = self.cache.filter(|_| fixed);
        if let Some(cache) = cache {
            let mut kept = cache.0.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.key != Some(key) {
                *kept = CacheState {
                    key: Some(key),
                    months: BTreeMap::new(),
                };
            }
            if let Some(found) = kept.months.get(&month) {
                return Ok(Arc::clone(found));
            }
        }
        let found = Arc::new(self.gather(month)?);
        if let Some(cache) = cache {
            let mut kept = cache.0.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.key == Some(key) {
                if kept.months.len() >= CACHED {
                    kept.months.pop_first();
                }
                kept.months.insert(month, Arc::clone(&found));
            }
        }
        Ok(found)
    }

    /// Whether every event of every stay has happened by `now`.
    fn nothing_ahead(&self) -> bool {
        self.state
            .views
            .latest()
            .is_none_or(|latest| latest <= self.now)
    }

    fn gather(&self, month: Month) -> Result<MonthShares, ViewsError> {
        let mut found = MonthShares::default();
        let mut again = Vec::new();
        self.state.views.month_rows(month, |episode, row| {
            if self.holds(&row) {
                found.take_row(episode, row);
            } else {
                again.push(episode);
            }
        })?;
        for episode in again {
            if let Some(row) = self.state.views.row(&episode)? {
                self.look_again(month, &episode, &row, &mut found)?;
            }
        }
        let end = time::start_of(month.next().first());
        for (episode, row) in self.state.views.live() {
            if row.earliest < end && row.earliest <= self.now {
                self.live(month, episode, row, &mut found)?;
            }
        }
        found.shares.sort_by(|a, b| a.0.cmp(&b.0));
        found.unsettled.sort();
        found.held.sort();
        Ok(found)
    }

    /// Whether a row answers for this look.
    fn holds(&self, row: &MonthRow) -> bool {
        row.latest <= self.now
            && row.fingerprint == self.rulebook.fingerprint()
            && self.upto.is_none_or(|upto| row.last_seq <= upto)
    }

    fn live(
        &self,
        month: Month,
        episode: &EpisodeId,
        row: &StayRow,
        found: &mut MonthShares,
    ) -> Result<(), ViewsError> {
        let whole = row.latest <= self.now && self.upto.is_none_or(|upto| row.last_seq() <= upto);
        match (&row.stay, row.standing) {
            (Some(stay), _) if whole => {
                found.take_stay(month, stay, self.rulebook, self.today());
                Ok(())
            }
            (_, Standing::Held) if whole => {
                if (row.first..=row.last).contains(&month) {
                    found.held.push(episode.clone());
                }
                Ok(())
            }
            _ => self.look_again(month, episode, row, found),
        }
    }

    /// Folds a stay from the journal as this look sees it.
    fn look_again(
        &self,
        month: Month,
        episode: &EpisodeId,
        row: &StayRow,
        found: &mut MonthShares,
    ) -> Result<(), ViewsError> {
        match read_stay(self.reader, row, Some(self.now), self.upto)? {
            Some(stay) => found.take_stay(month, &stay, self.rulebook, self.today()),
            None if row.standing == Standing::Held && row.first <= month && month <= row.last => {
                found.held.push(episode.clone());
            }
            None => {}
        }
        Ok(())
    }

    fn today(&self) -> chrono::NaiveDate {
        time::local_date(self.now)
    }

    /// The month's figures: lines, and what is in the way of a close.
    pub fn figures(
        &self,
        month: Month,
        books: &Books,
        settlements: &[Settlement],
    ) -> Result<MonthFigures, ViewsError> {
        let shares = self.month(month)?;
        let history = Past::new(*self, books);
        let manual = manual(books, month);
        let context = MonthContext {
            history: &history,
            manual: &manual,
            settlements,
        };
        let given = shares
            .shares
            .iter()
            .map(|(episode, share)| (episode.clone(), share));
        let mut figures = compute(month, given, self.rulebook, self.rates, &context);
        history.finish()?;
        figures.findings.extend(shares.findings());
        Ok(figures)
    }
}

/// The lines that finance entered for a month.
pub(super) fn manual(books: &Books, month: Month) -> Vec<ManualLine> {
    let lines = books.manual.get(&month).into_iter().flatten();
    lines
        .map(|line| ManualLine {
            payer: line.payer,
            amount: line.amount,
        })
        .collect()
}

fn held(episode: &EpisodeId) -> Finding {
    Finding {
        code: "held_events".to_owned(),
        payer: None,
        episode: Some(episode.clone()),
        detail: String::new(),
        waivable: false,
        waived: None,
    }
}

impl MonthShares {
    /// Stays that hold the month up, whatever they come to.
    pub fn findings(&self) -> impl Iterator<Item = Finding> + '_ {
        let unsettled = self.unsettled.iter();
        unsettled
            .map(|(episode, reason)| findings::unsettled(episode, *reason))
            .chain(self.held.iter().map(held))
    }

    fn take_row(&mut self, episode: EpisodeId, row: MonthRow) {
        if let Some(reason) = row.unsettled {
            self.unsettled.push((episode.clone(), reason));
        }
        self.shares
            .extend(row.shares.into_iter().map(|share| (episode.clone(), share)));
    }

    fn take_stay(
        &mut self,
        month: Month,
        stay: &Stay,
        rulebook: &Rulebook,
        today: chrono::NaiveDate,
    ) {
        let given = rules::shares(stay, rulebook, today);
        if let Some((reason, months)) = given.unsettled
            && months.contains(&month)
        {
            self.unsettled.push((stay.episode.clone(), reason));
        }
        let of_month = given
            .shares
            .into_iter()
            .filter(|share| share.month == month);
        self.shares
            .extend(of_month.map(|share| (stay.episode.clone(), share)));
    }
}

/// Other months, for models that look back.
pub(super) struct Past<'a> {
    look: Look<'a>,
    books: &'a Books,
    failed: RefCell<Option<ViewsError>>,
    asked: RefCell<HashMap<Month, Arc<MonthShares>>>,
}

impl<'a> Past<'a> {
    /// Months as `look` sees them.
    pub fn new(look: Look<'a>, books: &'a Books) -> Self {
        Self {
            look,
            books,
            failed: RefCell::new(None),
            asked: RefCell::default(),
        }
    }

    /// The first error that kept a month from being read.
    pub fn finish(self) -> Result<(), ViewsError> {
        self.failed.into_inner().map_or(Ok(()), Err)
    }
}

impl Past<'_> {
    fn month(&self, month: Month) -> Option<Arc<MonthShares>> {
        if let Some(found) = self.asked.borrow().get(&month) {
            return Some(Arc::clone(found));
        }
        match self.look.month(month) {
            Ok(found) => {
                self.asked.borrow_mut().insert(month, Arc::clone(&found));
                Some(found)
            }
            Err(error) => {
                self.failed.borrow_mut().get_or_insert(error);
                None
            }
        }
    }
}

impl History for Past<'_> {
    fn shares(
        &self,
        month: Month,
        agreement: &AgreementId,
        payer: Option<PayerCode>,
    ) -> Vec<(EpisodeId, Share)> {
        let Some(found) = self.month(month) else {
            return Vec::new();
        };
        let wanted = found.shares.iter().filter(|(_, share)| {
            share.agreement == *agreement && payer.is_none_or(|payer| share.payer == payer)
        });
        wanted.cloned().collect()
    }

    /// A threshold that rests on a locked month's average does not move when
    /// that month is corrected: it is taken as it was known at the lock.
    fn frozen_totals(&self, month: Month, agreement: &AgreementId, rule: &str) -> Option<Totals> {
        let lock = self
            .books
            .locks_of(month)
            .map(|kept| kept.lock.position)
            .max()?;
        let look = Look {
            upto: Some(lock),
            cache: None,
            ..self.look
        };
        match look.month(month) {
            Ok(found) => {
                let shares = found.shares.iter().map(|(_, share)| share);
                let of_rule = shares.filter(|s| s.agreement == *agreement && s.rule == rule);
                Some(totals(of_rule))
            }
            Err(error) => {
                self.failed.borrow_mut().get_or_insert(error);
                None
            }
        }
    }
}
