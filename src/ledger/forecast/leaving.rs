//! What an open stay gives to the month in each scenario.

use chrono::NaiveDate;

use super::{
    Ahead,
    types::{Others, Scenarios},
};
use crate::{
    model::{
        month::Month,
        place::PayerCode,
        stay::Stay,
        time::{self, Instant, local_date, plus_days},
    },
    rules::{self, payer_of, share::Share, shares_if_left},
};

/// An open stay of a settled payer.
pub(super) struct Leaving<'a> {
    pub stay: &'a Stay,
    pub payer: PayerCode,
    /// Whether the patient is ready to leave.
    pub ready: bool,
    pub plan: Plan,
    /// Its shares of the month.
    pub gives: Scenarios<Vec<Share>>,
}

/// When the patient is planned to leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plan {
    /// No date was planned.
    None,
    /// The planned date has passed.
    Overdue,
    /// Today or later.
    On(NaiveDate),
}

/// The moments by which stays are looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moments {
    pub month: Month,
    pub now: Instant,
    pub tomorrow: Instant,
}

impl Moments {
    pub fn of(now: Instant) -> Self {
        Self {
            month: Month::at(now),
            now,
            tomorrow: at_clock_of(now, plus_days(local_date(now), 1)),
        }
    }

    /// The moment at which a plan is carried out: at the same clock time as
    /// now; none where that is not within the month.
    fn planned(&self, plan: Plan) -> Option<Instant> {
        match plan {
            Plan::None => None,
            Plan::Overdue => Some(self.now),
            Plan::On(date) if date <= local_date(self.now) => Some(self.now),
            Plan::On(date) => self.month.holds(date).then(|| at_clock_of(self.now, date)),
        }
    }
}

fn at_clock_of(now: Instant, date: NaiveDate) -> Instant {
    time::at_clock(date, time::local(now).time())
}

impl<'a> Leaving<'a> {
    /// None where nobody can tell who pays.
    pub fn of(stay: &'a Stay, moments: &Moments, ahead: &Ahead<'_>) -> Option<Self> {
        let rulebook = ahead.rulebook;
        let payer = payer_of(stay).ok()?;
        // A span that waits for a court has not begun.
        let span = stay.open_span();
        let ready = span.is_some_and(|span| span.counted_from().is_some());
        let today = local_date(moments.now);
        let plan = match stay.expected_discharge.last() {
            None => Plan::None,
            Some(planned) if planned.date < today => Plan::Overdue,
            Some(planned) => Plan::On(planned.date),
        };
        let of_month = |given: rules::share::Shares| -> Vec<Share> {
            let shares = given.shares.into_iter();
            shares
                .filter(|share| share.month == moments.month)
                .collect()
        };
        let stays = |today| of_month(rules::shares(stay, rulebook, today));
        let so_far = stays(today);
        let mut gives = if ready {
            let none_leaves = stays(moments.month.next().first());
            let left = |at| of_month(shares_if_left(stay, rulebook, at));
            Scenarios {
                today: Some(left(moments.now)),
                tomorrow: Some(if Month::at(moments.tomorrow) == moments.month {
                    left(moments.tomorrow)
                } else {
                    none_leaves.clone()
                }),
                planned: Some(match moments.planned(plan) {
                    Some(at) => left(at),
                    None => none_leaves.clone(),
                }),
                none_leaves: Some(none_leaves),
                marked: None,
                so_far,
            }
        } else {
            // Its spans have ended: nothing more comes of them.
            Scenarios {
                none_leaves: Some(so_far.clone()),
                today: Some(so_far.clone()),
                tomorrow: Some(so_far.clone()),
                planned: Some(so_far.clone()),
                marked: None,
                so_far,
            }
        };
        gives.marked = ahead.what_if.and_then(|asked| {
            let like = match asked.others {
                _ if asked.stays.contains(&stay.episode) => &gives.today,
                Others::Planned => &gives.planned,
                Others::Stay => &gives.none_leaves,
            };
            like.clone()
        });
        Some(Self {
            stay,
            payer,
            ready,
            plan,
            gives,
        })
    }
}
