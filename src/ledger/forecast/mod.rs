//! What the month that runs will come to: payer by payer, if those who are
//! ready leave now, tomorrow or as planned, and which of them must leave now
//! to keep an average down.
//!
//! Each scenario is a supposition about when open stays end. What they would
//! give is asked of the engine, and what it comes to of the very reckoning
//! that makes figures: there is no second arithmetic here. Patients who are
//! not ready are in no scenario: nobody knows when they will be.

mod ended;
mod entries;
mod leaving;
mod remembered;
mod smallest;
mod types;

#[cfg(test)]
mod tests;

use std::{cell::RefCell, cmp::Reverse, collections::BTreeMap, rc::Rc};

pub use ended::ended;
pub use types::{
    EntryForecast, EntryScenario, Forecast, Keep, NoonClock, Others, PayerForecast, Scenarios,
    Standing, StayAhead, TriggerForecast, WhatIf,
};

use self::{
    leaving::{Leaving, Moments, Plan},
    remembered::Remembered,
};
use super::{
    figures::{Finding, Status},
    findings,
    month::MonthContext,
    payer_month,
};
use crate::{
    model::{ids::EpisodeId, money::Kronor, place::PayerCode, stay::Stay, time::Instant},
    rules::{PayerMonth, Rates, Rulebook, outlook, share::Share},
};

/// What a forecast is made of.
#[derive(Clone, Copy)]
pub struct Ahead<'a> {
    /// The moment; the month is the one that holds it.
    pub now: Instant,
    /// Only this payer's.
    pub payer: Option<PayerCode>,
    /// The rules in force.
    pub rulebook: &'a Rulebook,
    /// The day rates.
    pub rates: &'a Rates,
    /// Other months, and the month itself as known now; lines by hand.
    pub context: &'a MonthContext<'a>,
    /// What stays that have ended give to figures; shares of other months are
    /// passed over.
    pub closed: &'a [(EpisodeId, &'a Share)],
    /// Stays that go on at `now`, folded as at it.
    pub open: &'a [&'a Stay],
    /// Who is supposed to leave now, if that is asked.
    pub what_if: Option<&'a WhatIf>,
}

/// The forecast of the month that holds the moment asked about. Pure.
///
/// A payer's amounts are none in a scenario where a rate or a threshold that
/// it needs is missing; the findings name it. Stays of which nobody can tell
/// who pays are left out: the caller knows them.
#[must_use]
pub fn forecast(ahead: &Ahead<'_>) -> Forecast {
    let work = Work::of(ahead);
    let (entries, findings) = work.entries();
    let mut payers: BTreeMap<PayerCode, PayerForecast> = BTreeMap::new();
    for (payer, entry) in entries {
        let one = payers.entry(payer).or_insert_with(|| nothing(payer));
        one.entries.push(entry);
    }
    for leaving in &work.leaving {
        let one = payers
            .entry(leaving.payer)
            .or_insert_with(|| nothing(leaving.payer));
        work.take(leaving, one);
    }
    let mut payers: Vec<_> = payers.into_values().collect();
    for payer in &mut payers {
        payer.amounts = sums(payer.entries.iter().map(|entry| {
            let amount = |scenario: &EntryScenario| scenario.amount;
            entry.scenarios.map(amount)
        }));
        payer.stays.sort_by(|a, b| {
            (Reverse(a.tomorrow), &a.episode).cmp(&(Reverse(b.tomorrow), &b.episode))
        });
    }
    let mut made = Forecast {
        region: ahead.rulebook.region(),
        month: work.moments.month,
        now: ahead.now,
        standing: Standing::Running,
        payers,
        amounts: Scenarios::default(),
        noon: Some(work.noon()),
        what_if: work.what_if(),
        findings,
    };
    made.add_up();
    made
}

/// A payer of whom nothing is known yet.
fn nothing(payer: PayerCode) -> PayerForecast {
    PayerForecast {
        payer,
        name: payer.name().to_owned(),
        status: Status::Open,
        ready: 0,
        not_ready: 0,
        adjustments: Kronor::ZERO,
        amounts: Scenarios::running(Some(Kronor::ZERO)),
        entries: Vec::new(),
        unplanned: Vec::new(),
        overdue: Vec::new(),
        stays: Vec::new(),
    }
}

/// Adds up, scenario by scenario; none where one is none.
fn sums(amounts: impl Iterator<Item = Scenarios<Option<Kronor>>>) -> Scenarios<Option<Kronor>> {
    let add = |sum: Option<Kronor>, one: Option<Kronor>| Some(sum? + one?);
    amounts.fold(Scenarios::running(Some(Kronor::ZERO)), |sum, one| {
        sum.zip_with(one, add)
    })
}

impl<T> Scenarios<T> {
    /// The same in every scenario of a month that runs.
    fn running(value: T) -> Self
    where
        T: Clone,
    {
        Self {
            none_leaves: Some(value.clone()),
            today: Some(value.clone()),
            tomorrow: Some(value.clone()),
            planned: Some(value.clone()),
            marked: Some(value.clone()),
            so_far: value,
        }
    }

    /// What `f` makes of each.
    pub fn map<U>(&self, f: impl Fn(&T) -> U) -> Scenarios<U> {
        Scenarios {
            so_far: f(&self.so_far),
            none_leaves: self.none_leaves.as_ref().map(&f),
            today: self.today.as_ref().map(&f),
            tomorrow: self.tomorrow.as_ref().map(&f),
            planned: self.planned.as_ref().map(&f),
            marked: self.marked.as_ref().map(&f),
        }
    }

    /// Both, scenario by scenario, as far as both have it.
    fn zip_with<U, V>(self, other: Scenarios<U>, f: impl Fn(T, U) -> V) -> Scenarios<V> {
        let both = |a: Option<T>, b: Option<U>| a.zip(b).map(|(a, b)| f(a, b));
        Scenarios {
            none_leaves: both(self.none_leaves, other.none_leaves),
            today: both(self.today, other.today),
            tomorrow: both(self.tomorrow, other.tomorrow),
            planned: both(self.planned, other.planned),
            marked: both(self.marked, other.marked),
            so_far: f(self.so_far, other.so_far),
        }
    }
}

impl Forecast {
    /// Sets the sum over the payers: after payers were added or changed. One
    /// whose month is locked has the same amount in every scenario.
    pub fn add_up(&mut self) {
        let asked = self.what_if.is_some();
        for payer in self.payers.iter_mut().filter(|_| !asked) {
            payer.amounts.marked = None;
        }
        let running = self.standing == Standing::Running;
        let each = |payer: &PayerForecast| match payer.status {
            Status::Locked if running => Scenarios::running(payer.amounts.so_far),
            _ => payer.amounts.clone(),
        };
        let mut amounts = sums(self.payers.iter().map(each));
        if !running {
            amounts = Scenarios {
                so_far: amounts.so_far,
                ..Scenarios::default()
            };
        }
        amounts.marked = amounts.marked.filter(|_| asked);
        self.amounts = amounts;
    }

    /// Adds to a payer what came after locks of earlier months.
    pub fn adjust(&mut self, payer: PayerCode, amount: Kronor) {
        let at = self.payers.binary_search_by_key(&payer, |one| one.payer);
        let at = at.unwrap_or_else(|at| {
            self.payers.insert(at, nothing(payer));
            at
        });
        let one = &mut self.payers[at];
        one.adjustments += amount;
        one.amounts = one.amounts.map(|sum| sum.map(|sum| sum + amount));
    }
}

/// A forecast in the making.
struct Work<'a> {
    ahead: Ahead<'a>,
    moments: Moments,
    history: Remembered<'a>,
    /// Of the month, and of the payer asked about.
    closed: Vec<(EpisodeId, &'a Share)>,
    leaving: Vec<Leaving<'a>>,
    payer_months: RefCell<BTreeMap<PayerCode, Rc<PayerMonth>>>,
}

impl<'a> Work<'a> {
    fn of(ahead: &Ahead<'a>) -> Self {
        let moments = Moments::of(ahead.now);
        let open = ahead.open.iter();
        let leaving = open.filter_map(|stay| Leaving::of(stay, &moments, ahead));
        let mut leaving: Vec<_> = leaving.filter(|one| ahead.concerns(one.payer)).collect();
        // The same question has the same answer, whatever order they came in.
        leaving.sort_by(|a, b| a.stay.episode.cmp(&b.stay.episode));
        let closed = ahead.closed.iter();
        let closed =
            closed.filter(|(_, share)| share.month == moments.month && ahead.concerns(share.payer));
        Self {
            ahead: *ahead,
            moments,
            closed: closed.cloned().collect(),
            history: Remembered::new(ahead.context.history),
            leaving,
            payer_months: RefCell::default(),
        }
    }

    /// Who is supposed to leave now, as far as they are here and ready.
    fn what_if(&self) -> Option<WhatIf> {
        let asked = self.ahead.what_if?;
        let ready = self.leaving.iter().filter(|one| one.ready);
        let taken = ready.map(|one| &one.stay.episode);
        Some(WhatIf {
            stays: taken
                .filter(|episode| asked.stays.contains(episode))
                .cloned()
                .collect(),
            others: asked.others,
        })
    }

    /// The payer's month so far.
    fn payer_month(&self, payer: PayerCode) -> Rc<PayerMonth> {
        let mut known = self.payer_months.borrow_mut();
        let made = known.entry(payer).or_insert_with(|| {
            let (month, rulebook) = (self.moments.month, self.ahead.rulebook);
            Rc::new(if rulebook.has_averages() {
                payer_month(payer, month, rulebook, &self.history)
            } else {
                PayerMonth::empty(month)
            })
        });
        Rc::clone(made)
    }

    fn take(&self, leaving: &Leaving<'_>, payer: &mut PayerForecast) {
        if !leaving.ready {
            payer.not_ready += 1;
            return;
        }
        payer.ready += 1;
        let stay = leaving.stay;
        match leaving.plan {
            Plan::None => payer.unplanned.push(stay.episode.clone()),
            Plan::Overdue => payer.overdue.push(stay.episode.clone()),
            Plan::On(_) => {}
        }
        let ahead = &self.ahead;
        let month = self.payer_month(leaving.payer);
        let seen = outlook(stay, ahead.now, ahead.rulebook, ahead.rates, &month);
        payer.stays.push(StayAhead {
            episode: stay.episode.clone(),
            ward: stay.details.ward.clone(),
            state: seen.state,
            agreement: seen.agreement,
            ready_since: seen.ready_since,
            expected_discharge: stay.expected_discharge.last().map(|planned| planned.date),
            liability_start: seen.liability_start,
            start_if_met_now: seen.start_if_met_now,
            lost_per_day: seen.lost_per_day,
            accrued: seen.accrued,
            tomorrow: seen.tomorrow,
        });
    }

    fn noon(&self) -> NoonClock {
        let ahead = &self.ahead;
        let at = outlook::next_noon(ahead.now);
        let loses = |leaving: &Leaving<'_>| {
            // Most are ready already, and need no payer's month.
            let month = (!leaving.ready).then(|| self.payer_month(leaving.payer))?;
            outlook::noon_loss(leaving.stay, at, ahead.rulebook, ahead.rates, &month)
        };
        let mut stays: Vec<_> = self.leaving.iter().filter_map(loses).collect();
        stays.sort_by(|a, b| (Reverse(a.worth), &a.episode).cmp(&(Reverse(b.worth), &b.episode)));
        NoonClock {
            at,
            seconds_left: (at - ahead.now).num_seconds(),
            worth: stays.iter().map(|loss| loss.worth).sum(),
            stays,
        }
    }
}

impl Ahead<'_> {
    /// Whether a payer is asked about.
    fn concerns(&self, payer: PayerCode) -> bool {
        self.payer.is_none_or(|only| only == payer)
    }

    /// The findings that concern the payer asked about, in order.
    fn about(&self, mut findings: Vec<Finding>) -> Vec<Finding> {
        findings.retain(|finding| finding.payer.is_none_or(|payer| self.concerns(payer)));
        findings::sorted(findings)
    }
}
