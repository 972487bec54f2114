//! What a stay costs its payer: so far, and with one day more.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::{
    payer_month::{Around, PayerMonth},
    trigger,
    types::Accrued,
};
use crate::{
    model::{
        money::Kronor,
        month::Month,
        stay::Stay,
        time::{self, Instant, local_date, plus_days},
    },
    rules::{
        Rates, Rulebook, SpanJudgement,
        agreement::{AverageExcess, Formula},
        judge::judge_for,
        model::{Totals, average_excess},
    },
};

/// One date's rate, in kronor; none where the year has none.
pub(super) fn day_rate(rates: &Rates, date: NaiveDate) -> Option<Kronor> {
    line(Decimal::ONE, rates, date)
}

fn line(quantity: Decimal, rates: &Rates, date: NaiveDate) -> Option<Kronor> {
    if quantity.is_zero() {
        return Some(Kronor::ZERO);
    }
    let rate = rates.get(date.year())?.amount;
    Kronor::line_amount(quantity, rate).ok()
}

/// The same clock time on the next date.
pub(in crate::rules) fn next_day(now: Instant) -> Instant {
    let clock = time::local(now);
    time::at_clock(plus_days(clock.date(), 1), clock.time())
}

/// What a stay brings into an average month if it ends at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::rules) enum Brought {
    /// Nothing: left out, or too short to be charged.
    Nothing,
    /// It is charged by itself for so many days.
    Itself(u32),
    /// It is in the average: days charged for the payer's month with it and
    /// without it.
    Average { with: Decimal, without: Decimal },
    /// It is in an average whose threshold is not known.
    Unknown,
    /// Its discharge starts, or forestalls, charges that reach back.
    Starts(Started),
}

/// Months that one discharge makes charged or not charged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::rules) struct Started {
    /// Days charged for the stay by itself; none where it forestalls them.
    pub own: u32,
    /// Days charged for each month because of it.
    pub more: Vec<(Month, u64)>,
    /// Days that would be charged for each month without it.
    pub less: Vec<(Month, u64)>,
}

impl Brought {
    /// Whether the stay by itself makes cost.
    pub fn costs(&self) -> bool {
        match self {
            Self::Nothing | Self::Unknown => false,
            Self::Itself(days) => *days > 0,
            Self::Average { with, without } => with > without,
            Self::Starts(started) => started.more.iter().any(|(_, days)| *days > 0),
        }
    }
}

/// What a span brings if it ends by discharge at `end`; none under a rule
/// without an average.
pub(in crate::rules) fn brought(
    judgement: &SpanJudgement<'_>,
    end: Instant,
    payer_month: &PayerMonth,
) -> Option<Brought> {
    let date = local_date(end);
    let days = judgement.days_given(end)?;
    if judgement.left_out_on(date).is_some() {
        return Some(Brought::Nothing);
    }
    let around = payer_month.around(judgement, Month::of(date));
    Some(match &judgement.rule.formula {
        Formula::AverageExcess(it) => match charged_by_itself(it, days, date) {
            Some(charged) => Brought::Itself(charged),
            None => averaged(it, &around, days, date),
        },
        Formula::AverageTrigger(it) => {
            trigger::brought(it, &around, days, Month::of(date), judgement.end.is_some())
        }
        _ => Brought::Nothing,
    })
}

/// Days charged for a stay too long for the average; none for one within it.
fn charged_by_itself(rule: &AverageExcess, days: u32, date: NaiveDate) -> Option<u32> {
    let from = rule.long_stay_from.as_ref()?.on(date).value.0;
    let free = rule.long_stay_free.as_ref()?.on(date).value.0;
    (days >= u32::from(from)).then(|| days.saturating_sub(free.into()))
}

fn averaged(rule: &AverageExcess, around: &Around, days: u32, date: NaiveDate) -> Brought {
    let Some(threshold) = around.threshold else {
        return Brought::Unknown;
    };
    let rounding = rule.average_rounding.on(Month::of(date).first()).value;
    let excess = |totals: &Totals| {
        average_excess::quantity(totals, threshold, rounding).unwrap_or(Decimal::ZERO)
    };
    let mut with = around.totals;
    with.add(days);
    Brought::Average {
        with: excess(&with),
        without: excess(&around.totals),
    }
}

/// Kronor that a stay adds to its payer's month if it ends at `end`; may be
/// less than zero, where a short stay lowers the average.
pub(in crate::rules) fn added(brought: &Brought, end: Instant, rates: &Rates) -> Option<Kronor> {
    let date = local_date(end);
    match brought {
        Brought::Nothing => Some(Kronor::ZERO),
        Brought::Itself(days) => line((*days).into(), rates, date),
        Brought::Average { with, without } => {
            Some(line(*with, rates, date)? - line(*without, rates, date)?)
        }
        Brought::Unknown => None,
        Brought::Starts(started) => {
            Some(months(&started.more, rates)? - months(&started.less, rates)?)
        }
    }
}

/// Each month's days at its own rate.
fn months(days: &[(Month, u64)], rates: &Rates) -> Option<Kronor> {
    let of_month = |(month, days): &(Month, u64)| line((*days).into(), rates, month.first());
    days.iter().map(of_month).sum()
}

/// What one more day adds: the payer's amount if the patient leaves at this
/// clock time tomorrow, less that if the patient leaves now, every other
/// stay unmoved. None where a rate or a threshold is missing, or where the
/// sources give no rule.
pub(super) fn tomorrow(
    stay: &Stay,
    judgement: &SpanJudgement<'_>,
    now: Instant,
    rulebook: &Rulebook,
    rates: &Rates,
    payer_month: &PayerMonth,
) -> Option<Kronor> {
    let today = local_date(now);
    match &judgement.rule.formula {
        Formula::Individual(it) => {
            // Leaving a day later adds one date: the one that runs now, or
            // the next one where the date of leaving is charged too.
            let charged = it.discharge_day_charged.on(judgement.start_date).value.0;
            let date = plus_days(today, charged.into());
            if judgement.chargeable(date) {
                day_rate(rates, date)
            } else {
                Some(Kronor::ZERO)
            }
        }
        Formula::AverageExcess(_) | Formula::AverageTrigger(_) => {
            let later = next_day(now);
            let leaving_now = added(&brought(judgement, now, payer_month)?, now, rates)?;
            // New Year may bring another rule.
            let span = stay.open_span()?;
            let then = judge_for(judgement.payer, stay, span, rulebook, local_date(later))?;
            let leaving_then = match brought(&then, later, payer_month) {
                Some(brought) => added(&brought, later, rates)?,
                None => Kronor::ZERO,
            };
            Some(leaving_then - leaving_now)
        }
        Formula::FixedShare(_) | Formula::Nothing => Some(Kronor::ZERO),
        Formula::Manual => judgement.suspended.map(|_| Kronor::ZERO),
    }
}

/// Adds up what spans cost, day by day or as a whole.
pub(in crate::rules) struct Sum {
    days: u32,
    amount: Option<Kronor>,
    /// The last date charged: where the date of a retraction is charged, a new
    /// span may begin on it, and no date is charged twice.
    last: Option<NaiveDate>,
}

impl Sum {
    pub fn new() -> Self {
        Self {
            days: 0,
            amount: Some(Kronor::ZERO),
            last: None,
        }
    }

    pub fn end(self) -> Accrued {
        Accrued {
            days: self.days,
            amount: self.amount,
        }
    }

    fn add(&mut self, days: u32, amount: Option<Kronor>) {
        self.days += days;
        self.amount = self.amount.zip(amount).map(|(sum, more)| sum + more);
    }

    /// Adds a span as at `now`.
    ///
    /// An individual rule: the chargeable dates before today, each at its own
    /// year's rate. An average: what the payer's month would rise by if the
    /// patient left now, never less than zero; days are those charged for the
    /// stay by itself, else none. Nothing while the agreement is suspended.
    pub fn span(
        &mut self,
        judgement: &SpanJudgement<'_>,
        now: Instant,
        rates: &Rates,
        payer_month: &PayerMonth,
    ) {
        if judgement.suspended.is_some() {
            return;
        }
        match &judgement.rule.formula {
            Formula::Individual(_) => self.dates(judgement, local_date(now), rates),
            Formula::AverageExcess(_) | Formula::AverageTrigger(_) => {
                let ended = judgement.end.map(|end| end.stamp.at);
                if ended.is_some() && !judgement.discharged() {
                    return;
                }
                let end = ended.unwrap_or(now);
                let Some(brought) = brought(judgement, end, payer_month) else {
                    return;
                };
                let rise = added(&brought, end, rates);
                let rise = rise.map(|rise| rise.max(Kronor::ZERO));
                match brought {
                    Brought::Itself(days) => self.add(days, rise),
                    // One that has left is in its payer's sums already.
                    Brought::Average { .. } if ended.is_some() => {}
                    Brought::Average { .. } | Brought::Unknown => self.add(0, rise),
                    Brought::Starts(started) => self.add(started.own, rise),
                    Brought::Nothing => {}
                }
            }
            Formula::Manual => self.add(0, None),
            Formula::FixedShare(_) | Formula::Nothing => {}
        }
    }

    /// A rate for each year: one product for its dates.
    fn dates(&mut self, judgement: &SpanJudgement<'_>, today: NaiveDate, rates: &Rates) {
        let mut year: Option<(NaiveDate, u32)> = None;
        let mut last = self.last;
        let mut close = |year: &mut Option<(NaiveDate, u32)>| {
            if let Some((date, days)) = year.take() {
                self.add(days, line(days.into(), rates, date));
            }
        };
        for date in judgement.chargeable_dates(today) {
            if last.is_some_and(|last| date <= last) {
                continue;
            }
            last = Some(date);
            match &mut year {
                Some((first, days)) if first.year() == date.year() => *days += 1,
                _ => {
                    close(&mut year);
                    year = Some((date, 1));
                }
            }
        }
        close(&mut year);
        self.last = last;
    }
}
