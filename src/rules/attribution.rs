//! What a stay gives to each month.

use chrono::NaiveDate;

use super::{
    agreement::{Formula, JudgedOn},
    judge::{Obstacle, SpanJudgement, judge_for},
    outlook::supposed,
    payer::payer_of,
    rulebook::Rulebook,
    share::{Exclusion, Model, Share, Shares, Standing},
};
use crate::model::{
    month::Month,
    stay::{ReadySpan, SpanEnding, Stay},
    time::{Instant, local_date, plus_days},
};

/// What `stay` gives to figures, with everything that is known by `today`:
/// an open stay is charged for dates before it.
///
/// Pure and total: what cannot be settled says so in the result.
#[must_use]
pub fn shares(stay: &Stay, rulebook: &Rulebook, today: NaiveDate) -> Shares {
    given(stay, rulebook, today, None)
}

/// What `stay` would give if the patient left at `at` and nothing else
/// happened; what [`shares`] gives for one that has ended, or is not ready.
///
/// A discharge that is not recorded is judged like one that is: only the open
/// span is replaced by one that has ended.
#[must_use]
pub fn shares_if_left(stay: &Stay, rulebook: &Rulebook, at: Instant) -> Shares {
    let left = stay.open_span().and_then(|span| supposed::ended(span, at));
    given(stay, rulebook, local_date(at), left.as_ref())
}

/// `left` stands in the place of the open span.
fn given(stay: &Stay, rulebook: &Rulebook, today: NaiveDate, left: Option<&ReadySpan>) -> Shares {
    let mut given = Shares::default();
    if !stay.details.municipal_needs || stay.spans.is_empty() {
        return given;
    }
    let payer = match payer_of(stay) {
        Ok(payer) => payer,
        Err(reason) => {
            let months = months_of_spans(stay, today);
            given.unsettled = (!months.is_empty()).then_some((reason, months));
            return given;
        }
    };
    for span in &stay.spans {
        let span = left.filter(|_| span.end.is_none()).unwrap_or(span);
        if let Some(judgement) = judge_for(payer, stay, span, rulebook, today) {
            give(&judgement, today, &mut given.shares);
        }
    }
    given
}

/// Months that hold a part of a ready span.
fn months_of_spans(stay: &Stay, today: NaiveDate) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    for span in &stay.spans {
        let Some(start) = span.counted_from() else {
            continue;
        };
        let end = span
            .end
            .as_ref()
            .map_or(today, |end| local_date(end.stamp.at));
        for month in Month::at(start.at).through(Month::of(end)) {
            if !months.contains(&month) {
                months.push(month);
            }
        }
    }
    months
}

fn give(judgement: &SpanJudgement<'_>, today: NaiveDate, shares: &mut Vec<Share>) {
    match &judgement.rule.formula {
        Formula::Individual(_) => individual(judgement, today, shares),
        Formula::AverageExcess(_) | Formula::AverageTrigger(_) => average(judgement, shares),
        Formula::Manual => manual(judgement, today, shares),
        Formula::FixedShare(_) | Formula::Nothing => {}
    }
}

fn share(
    judgement: &SpanJudgement<'_>,
    month: Month,
    model: Model,
    discharged: bool,
    standing: Standing,
) -> Share {
    Share {
        month,
        payer: judgement.payer,
        agreement: judgement.agreement.id.clone(),
        rule: judgement.rule.id.as_ref().to_owned(),
        model,
        discharged,
        standing,
    }
}

/// Each chargeable date in its own month; the discharge counts in its month
/// even where nothing is charged.
fn individual(judgement: &SpanJudgement<'_>, today: NaiveDate, shares: &mut Vec<Share>) {
    let mut any = false;
    for date in judgement.chargeable_dates(today) {
        any = true;
        charge(judgement, date, shares);
    }
    let Some(end) = judgement.end_date.filter(|_| judgement.discharged()) else {
        return;
    };
    let month = Month::of(end);
    if let Some(standing) = standing_share(judgement, month, shares) {
        standing.discharged = true;
        return;
    }
    let standing = match blocked(judgement).filter(|_| !any) {
        Some(reason) => Standing::Excluded { reason },
        None => Standing::Individual { dates: Vec::new() },
    };
    shares.push(share(judgement, month, Model::Individual, true, standing));
}

/// One share holds all chargeable dates of a stay's spans in a month.
fn standing_share<'s>(
    judgement: &SpanJudgement<'_>,
    month: Month,
    shares: &'s mut [Share],
) -> Option<&'s mut Share> {
    shares.iter_mut().rev().find(|share| {
        share.month == month
            && share.agreement == judgement.agreement.id
            && matches!(share.standing, Standing::Individual { .. })
    })
}

fn charge(judgement: &SpanJudgement<'_>, date: NaiveDate, shares: &mut Vec<Share>) {
    let month = Month::of(date);
    if let Some(Share {
        standing: Standing::Individual { dates },
        ..
    }) = standing_share(judgement, month, shares)
    {
        if dates.last() != Some(&date) {
            dates.push(date);
        }
        return;
    }
    let standing = Standing::Individual { dates: vec![date] };
    shares.push(share(judgement, month, Model::Individual, false, standing));
}

/// Why no date was charged at all: a suspension, or the precondition for want
/// of which none was, if free days and open care would have let one be.
fn blocked(judgement: &SpanJudgement<'_>) -> Option<Exclusion> {
    if judgement.suspended.is_some() {
        return Some(Exclusion::Suspended);
    }
    let first = judgement.first_possible_date()?;
    let end = judgement.ends_before()?;
    first
        .iter_days()
        .take_while(|date| *date < end)
        .find_map(|date| match judgement.obstacle(date) {
            Some(Obstacle::Condition(condition)) => Some(condition.exclusion()),
            _ => None,
        })
}

/// Averages are over discharges: any other end gives nothing.
fn average(judgement: &SpanJudgement<'_>, shares: &mut Vec<Share>) {
    let Some(end) = judgement
        .end
        .filter(|end| end.how == SpanEnding::Discharged)
    else {
        return;
    };
    let date = local_date(end.stamp.at);
    let days = judgement.days_given(end.stamp.at).unwrap_or(0);
    let (model, standing) = match &judgement.rule.formula {
        Formula::AverageTrigger(it) => {
            let psychiatric = it.psychiatric_track.on(date).value.0;
            (
                Model::AverageTrigger,
                Standing::Triggering { days, psychiatric },
            )
        }
        Formula::AverageExcess(it) => {
            let long = it.long_stay_from.as_ref().zip(it.long_stay_free.as_ref());
            let standing = match long.map(|(from, free)| (from.on(date).value, free.on(date).value))
            {
                Some((from, free)) if days >= from.0.into() => Standing::LongStay {
                    days,
                    charged: days.saturating_sub(free.0.into()),
                },
                _ => Standing::Averaged { days },
            };
            (Model::AverageExcess, standing)
        }
        _ => return,
    };
    let standing = match judgement.left_out_on(date) {
        Some(reason) => Standing::Excluded { reason },
        None => standing,
    };
    shares.push(share(judgement, Month::of(date), model, true, standing));
}

/// For finance: listed in every month that the span touches, or, under a rule
/// that goes by the end, in the month of the end alone.
fn manual(judgement: &SpanJudgement<'_>, today: NaiveDate, shares: &mut Vec<Share>) {
    let last = match (judgement.rule.judged_on, judgement.end_date) {
        (JudgedOn::SpanEnd, None) => return,
        (_, Some(end)) => end,
        (_, None) => plus_days(today, -1).max(judgement.start_date),
    };
    let first = match judgement.rule.judged_on {
        JudgedOn::SpanStart => Month::of(judgement.start_date),
        JudgedOn::SpanEnd => Month::of(last),
    };
    for month in first.through(Month::of(last)) {
        let discharged = judgement.discharged() && month == Month::of(last);
        let listed = shares.iter_mut().find(|share| {
            share.month == month && share.model == Model::Manual && share.rule == *judgement.rule.id
        });
        match listed {
            Some(listed) => listed.discharged |= discharged,
            None => {
                let reason = match judgement.suspended {
                    Some(_) => Exclusion::Suspended,
                    None => Exclusion::Manual,
                };
                let standing = Standing::Excluded { reason };
                shares.push(share(judgement, month, Model::Manual, discharged, standing));
            }
        }
    }
}
