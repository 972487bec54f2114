//! What stays give to a month: as at a moment, as known at a position, under
//! given rules.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{history::Past, state::State};
use crate::{
    journal::Reader,
    ledger::{
        books::Books,
        figures::{Finding, MonthFigures},
        findings,
        month::{MonthContext, compute},
        rates::Rates,
        settlement::Settlement,
    },
    model::{
        ids::EpisodeId,
        month::Month,
        stay::Stay,
        time::{self, Instant},
    },
    rules::{
        self, Rulebook,
        share::{Share, Unsettled},
    },
    views::{
        ViewsError,
        refold::Refolded,
        row::{MonthRow, Standing, StayRow},
        state::read_stay,
        then::{Then, fold_again},
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
    key: Option<Key>,
    months: BTreeMap<Month, Arc<MonthShares>>,
    then: Option<Arc<Then>>,
}

/// What an answer was made from.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key {
    position: u64,
    upto: Option<u64>,
    rules: u64,
    today: chrono::NaiveDate,
    /// Where events lie ahead of it.
    moment: Option<Instant>,
}

impl Cache {
    /// What is kept under `key`; everything else is let go.
    fn under(&self, key: Key) -> MutexGuard<'_, CacheState> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.key != Some(key) {
            *kept = CacheState {
                key: Some(key),
                ..CacheState::default()
            };
        }
        kept
    }
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
        let Some((cache, key)) = self.kept() else {
            return Ok(Arc::new(self.gather(month)?));
        };
        if let Some(found) = cache.under(key).months.get(&month) {
            return Ok(Arc::clone(found));
        }
        let found = Arc::new(self.gather(month)?);
        let months = &mut cache.under(key).months;
        if months.len() >= CACHED {
            months.pop_first();
        }
        months.insert(month, Arc::clone(&found));
        Ok(found)
    }

    /// Where answers are kept, if they may be, and under which key.
    fn kept(&self) -> Option<(&Cache, Key)> {
        // Where events lie ahead, each moment has an answer of its own: they are
        // kept only where one question asks for the same months again.
        let ahead = !self.nothing_ahead();
        let cache = self.cache.filter(|_| !ahead || self.upto.is_some())?;
        let key = Key {
            position: self.state.views.position(),
            upto: self.upto,
            rules: self.rulebook.fingerprint(),
            today: self.today(),
            moment: ahead.then_some(self.now),
        };
        Some((cache, key))
    }

    /// The stays that stood otherwise when entry `upto` was the newest.
    pub fn then(&self, upto: u64) -> Result<Arc<Then>, ViewsError> {
        let kept = self.kept();
        if let Some(then) = kept.and_then(|(cache, key)| cache.under(key).then.clone()) {
            return Ok(then);
        }
        let views = &self.state.views;
        let then = Arc::new(views.then(self.reader, self.rulebook, upto)?);
        if let Some((cache, key)) = kept {
            cache.under(key).then = Some(Arc::clone(&then));
        }
        Ok(then)
    }

    /// Whether every event of every stay has happened by `now`.
    pub fn nothing_ahead(&self) -> bool {
        self.state
            .views
            .latest()
            .is_none_or(|latest| latest <= self.now)
    }

    fn gather(&self, month: Month) -> Result<MonthShares, ViewsError> {
        let mut found = MonthShares::default();
        let (mut ahead, mut judged_otherwise) = (Vec::new(), Vec::new());
        self.state.views.month_rows(month, |episode, row| {
            if !self.knows(row.last_seq) {
                // Among those that stood otherwise, or not known at all.
            } else if row.latest > self.now {
                ahead.push(episode);
            } else if row.fingerprint == self.rulebook.fingerprint() {
                found.take_row(episode, row);
            } else {
                judged_otherwise.push(episode);
            }
        })?;
        for episode in ahead {
            if let Some(row) = self.state.views.row(&episode)? {
                self.look_again(month, &episode, &row, &mut found)?;
            }
        }
        for one in self.judge_again(&judged_otherwise)? {
            self.take_refolded(month, &one, &mut found)?;
        }
        for (episode, row) in self.state.views.live() {
            if self.knows(row.last_seq()) {
                self.live(month, episode, row, &mut found)?;
            }
        }
        if let Some(upto) = self.upto {
            for one in &self.then(upto)?.changed {
                self.take_refolded(month, one, &mut found)?;
            }
        }
        found.shares.sort_by(|a, b| a.0.cmp(&b.0));
        found.unsettled.sort();
        found.held.sort();
        Ok(found)
    }

    /// Whether an entry was recorded for this look.
    pub fn knows(&self, seq: u64) -> bool {
        self.upto.is_none_or(|upto| seq <= upto)
    }

    /// Closed stays under this look's rules.
    fn judge_again(&self, episodes: &[EpisodeId]) -> Result<Vec<Refolded>, ViewsError> {
        let rows = episodes.iter().filter_map(|episode| {
            let row = self.state.views.row(episode).transpose()?;
            Some(row.map(|row| (episode.clone(), row)))
        });
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        // Only stays of which this look knows everything.
        fold_again(self.reader, self.rulebook, &rows, u64::MAX)
    }

    /// A stay that was folded for this look.
    fn take_refolded(
        &self,
        month: Month,
        one: &Refolded,
        found: &mut MonthShares,
    ) -> Result<(), ViewsError> {
        if one.row.standing.is_live() {
            return self.live(month, &one.episode, &one.row, found);
        }
        match one.months.iter().find(|(of, _)| *of == month) {
            Some((_, row)) if row.latest <= self.now => {
                found.take_row(one.episode.clone(), row.clone());
                Ok(())
            }
            Some(_) => self.look_again(month, &one.episode, &one.row, found),
            None => Ok(()),
        }
    }

    fn live(
        &self,
        month: Month,
        episode: &EpisodeId,
        row: &StayRow,
        found: &mut MonthShares,
    ) -> Result<(), ViewsError> {
        let end = time::start_of(month.next().first());
        if row.earliest >= end || row.earliest > self.now {
            return Ok(());
        }
        let whole = row.latest <= self.now;
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
        match read_stay(self.reader, row, Some(self.now), None)? {
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
        let context = MonthContext {
            history: &history,
            manual: books.manual_in(month),
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
