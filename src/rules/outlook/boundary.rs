//! What happens next under an average, if the patient stays.

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{
    payer_month::{Around, PayerMonth},
    types::{Boundary, NextBoundary},
};
use crate::{
    model::{
        month::Month,
        time::{Instant, local_date, start_of},
    },
    rules::{
        SpanJudgement,
        agreement::{Formula, Rounding},
        model::Totals,
    },
};

/// The next moment that changes what the stay costs under an average: the day
/// from which it is charged by itself; else the day with which the payer's
/// average would pass the threshold if the patient left then; else one more
/// day. None where the rule counts no days or open care is missing.
pub(super) fn next(
    judgement: &SpanJudgement<'_>,
    now: Instant,
    payer_month: &PayerMonth,
) -> Option<NextBoundary> {
    let days = judgement.counted_days(now)?;
    let month = Month::at(now);
    let alone = alone_from(judgement, payer_month, now);
    let day = NextBoundary {
        at: judgement.days_reached(days + 1)?,
        what: Boundary::Day,
    };
    if alone.is_some_and(|from| days >= from) {
        return Some(day);
    }
    let individual = alone.and_then(|from| {
        Some(NextBoundary {
            at: judgement.days_reached(from)?,
            what: Boundary::Individual,
        })
    });
    let around = payer_month.around(judgement, month);
    if above(judgement, &around, month, days) == Some(true) {
        // Past the threshold already: the next day counts, whatever it brings.
        return Some(individual.filter(|it| it.at <= day.at).unwrap_or(day));
    }
    let passing = above_threshold(judgement, month, days, payer_month);
    // Where both fall together the stay leaves the average.
    let passing = passing.filter(|it| individual.as_ref().is_none_or(|own| it.at < own.at));
    Some(passing.or(individual).unwrap_or(day))
}

/// Days from which the stay is charged by itself, if the rule has such.
fn alone_from(
    judgement: &SpanJudgement<'_>,
    payer_month: &PayerMonth,
    now: Instant,
) -> Option<u32> {
    let date = local_date(now);
    match &judgement.rule.formula {
        Formula::AverageExcess(it) => Some(it.long_stay_from.as_ref()?.on(date).value.0.into()),
        Formula::AverageTrigger(it) => {
            let around = payer_month.around(judgement, Month::of(date));
            let from = it.charged_from.on(date).value.0.into();
            around.charging().then_some(from)
        }
        _ => None,
    }
}

fn rounding(judgement: &SpanJudgement<'_>, month: Month) -> Rounding {
    match &judgement.rule.formula {
        Formula::AverageExcess(it) => it.average_rounding.on(month.first()).value,
        _ => Rounding::None,
    }
}

/// Whether the payer's average passes the threshold with the stay in it; none
/// where the threshold is not known.
fn above(judgement: &SpanJudgement<'_>, around: &Around, month: Month, days: u32) -> Option<bool> {
    let mut totals = around.totals;
    totals.add(days);
    passes(&totals, around.threshold?, rounding(judgement, month))
}

fn passes(totals: &Totals, threshold: Decimal, rounding: Rounding) -> Option<bool> {
    Some(match rounding {
        Rounding::None => totals.above(threshold),
        Rounding::HalfUp(_) => totals.average(rounding)? > threshold,
    })
}

/// The moment at which the day count lifts the payer's average above the
/// threshold: within this month with those who have left so far, after it
/// with nobody else.
fn above_threshold(
    judgement: &SpanJudgement<'_>,
    month: Month,
    days: u32,
    payer_month: &PayerMonth,
) -> Option<NextBoundary> {
    let at = [month, month.next()].into_iter().find_map(|month| {
        let around = payer_month.around(judgement, month);
        let needed = days_needed(&around, rounding(judgement, month), days)?;
        let at = judgement.days_reached(needed)?.max(start_of(month.first()));
        (at < start_of(month.next().first())).then_some(at)
    })?;
    Some(NextBoundary {
        at,
        what: Boundary::AboveThreshold,
    })
}

/// The fewest days, `least` or more, with which the stay lifts the average
/// above the threshold.
fn days_needed(around: &Around, rounding: Rounding, least: u32) -> Option<u32> {
    let threshold = around.threshold?;
    let patients = Decimal::from(around.totals.patients + 1);
    // Rounding up can add half a unit of the last decimal, and no more.
    let slack = match rounding {
        Rounding::None => Decimal::ZERO,
        Rounding::HalfUp(decimals) => Decimal::new(5, decimals + 1),
    };
    let floor = ((threshold - slack) * patients).floor() - Decimal::from(around.totals.days);
    let first = floor.to_u32().unwrap_or(0).max(least);
    let last = first.saturating_add(patients.to_u32()?).saturating_add(1);
    (first..=last).find(|days| {
        let mut totals = around.totals;
        totals.add(*days);
        passes(&totals, threshold, rounding) == Some(true)
    })
}
