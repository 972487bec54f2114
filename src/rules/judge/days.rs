//! How many days an average counts for a span.

use chrono::{NaiveDate, TimeDelta};

use super::SpanJudgement;
use crate::{
    model::time::{self, Instant, plus_days},
    rules::agreement::{DayCounting, Formula, OpenCare},
};

/// Days if the span ends at `end`.
pub(super) fn counted(judgement: &SpanJudgement<'_>, end: Instant) -> Option<u32> {
    let end_date = time::local_date(end);
    match &judgement.rule.formula {
        Formula::AverageExcess(it) => {
            let subtract = it.open_care.on(end_date).value == OpenCare::HoursSubtracted;
            Some(match it.day_counting.on(end_date).value {
                DayCounting::Hours24 => whole_days(judgement, end, subtract),
                DayCounting::Dates => dates(judgement, judgement.start_date, end_date),
            })
        }
        Formula::AverageTrigger(_) => Some(dates(judgement, zero(judgement), end_date)),
        _ => None,
    }
}

/// The first instant at which so many days are counted if the span goes on
/// and nothing more happens; none while open care is missing, or where the
/// rule counts no days.
pub(super) fn reached(judgement: &SpanJudgement<'_>, days: u32) -> Option<Instant> {
    if judgement.open_care_counts() && judgement.gaps.iter().any(|gap| gap.until.is_none()) {
        return None;
    }
    match &judgement.rule.formula {
        Formula::AverageExcess(it)
            if it.day_counting.on(judgement.start_date).value == DayCounting::Hours24 =>
        {
            let subtract = it.open_care.on(judgement.start_date).value == OpenCare::HoursSubtracted;
            let mut at = time::local(judgement.start.at) + TimeDelta::days(days.into());
            for gap in judgement.gaps.iter().filter(|_| subtract) {
                let until = gap.until.as_ref().map_or(gap.from.at, |until| until.at);
                let from = gap.from.at.max(judgement.start.at);
                // What lies after the moment sought takes nothing off before it.
                if from < until && time::local(from) < at {
                    at += wall_clock(from, until).max(TimeDelta::zero());
                }
            }
            Some(time::at_clock(at.date(), at.time()))
        }
        Formula::AverageExcess(_) => Some(date_reached(judgement, judgement.start_date, days)),
        Formula::AverageTrigger(_) => Some(date_reached(judgement, zero(judgement), days)),
        _ => None,
    }
}

fn date_reached(judgement: &SpanJudgement<'_>, first: NaiveDate, days: u32) -> Instant {
    let free = judgement.open_care_counts();
    let reached = first
        .iter_days()
        .filter(|date| !(free && judgement.open_care_missing(*date)))
        .take(days as usize)
        .last();
    time::start_of(reached.map_or(first, |date| plus_days(date, 1)))
}

/// Whole 24-hour periods on the wall clock from start to end, less the time
/// in which open care was missing. On the night when the clock goes back the
/// wall clock may run backwards; that is no time.
fn whole_days(judgement: &SpanJudgement<'_>, end: Instant, subtract: bool) -> u32 {
    let start = judgement.start.at;
    let mut time = wall_clock(start, end);
    if subtract {
        for gap in judgement.gaps {
            let until = gap.until.as_ref().map_or(end, |until| until.at);
            let (from, until) = (gap.from.at.max(start), until.min(end));
            if from < until {
                time -= wall_clock(from, until).max(TimeDelta::zero());
            }
        }
    }
    time.num_days().try_into().unwrap_or(0)
}

fn wall_clock(from: Instant, until: Instant) -> TimeDelta {
    time::local(until) - time::local(from)
}

/// Steps from `first` to `last`, those from dates that missing open care
/// touched left out. The last date is never a step of its own.
fn dates(judgement: &SpanJudgement<'_>, first: NaiveDate, last: NaiveDate) -> u32 {
    let mut days = (last - first).num_days().max(0);
    if judgement.open_care_counts() {
        for gap in &judgement.open_care {
            let (from, to) = (gap.from.max(first), gap.to.min(plus_days(last, -1)));
            days -= ((to - from).num_days() + 1).max(0);
        }
    }
    days.max(0).try_into().unwrap_or(0)
}

/// Day 0: the start's date if it came in time before noon, else the next; or
/// the date of home-readiness, if that came on a later one.
pub(super) fn zero(judgement: &SpanJudgement<'_>) -> NaiveDate {
    let by_notice = plus_days(judgement.start_date, judgement.after_noon.into());
    let parts = judgement.conditions.iter().filter(|part| !part.waived);
    let home_ready = parts
        .filter_map(|part| part.met_by)
        .map(|stamp| stamp.at)
        .max();
    home_ready.map_or(by_notice, |at| by_notice.max(time::local_date(at)))
}
