//! How months have led to charges stay by stay.

use super::{Asked, average, changes::fewer_days, value};
use crate::{
    ledger::{entry::shown, history::totals, trigger},
    model::month::Month,
    rules::{
        agreement::{Agreement, AverageTrigger, Formula, Rounding, Rule},
        explain::Inputs,
        model::{
            Totals,
            average_trigger::{Charge, Track},
        },
        trace::{Change, Outcome, Step, codes},
    },
};

/// One month of a track.
struct Measured {
    month: Month,
    totals: Totals,
    before: bool,
    after: bool,
    charge: Charge,
}

/// The months that count, and what they led to.
pub(super) fn steps(asked: &Asked<'_>) -> Vec<Step> {
    let Some((agreement, rule)) = average::rule(asked) else {
        return Vec::new();
    };
    let Formula::AverageTrigger(values) = &rule.formula else {
        return Vec::new();
    };
    let mut track = Track::default();
    let months = measured(asked, rule, values, &mut track);
    let from = shown_from(&months, usize::from(track_terms(values, asked.month).0));
    let mut steps: Vec<_> = months[from..]
        .iter()
        .map(|it| Step {
            clause: Some(agreement.clause(&values.threshold.on(it.month.first()).source)),
            ..told(it, values)
        })
        .collect();
    if let Some(last) = months.last() {
        let mut step = average::average(&last.totals, Rounding::None);
        step.clause = Some(agreement.clause(&rule.source));
        steps.push(step);
        steps.push(outcome(agreement, values, last, &track));
    }
    steps
}

/// What would keep the month from being charged: each month of a row that
/// starts it now being no longer above, and nothing of its own once it runs.
pub(super) fn changes(asked: &Asked<'_>) -> Vec<Change> {
    let Some((agreement, rule)) = average::rule(asked) else {
        return Vec::new();
    };
    let Formula::AverageTrigger(values) = &rule.formula else {
        return Vec::new();
    };
    let months = measured(asked, rule, values, &mut Track::default());
    match months.last().map(|last| last.charge) {
        Some(Charge::WithEarlier(back)) => {
            let row = months.iter().rev().take(usize::from(back) + 1);
            let fewer = row.filter_map(|it| {
                let threshold = values.threshold.on(it.month.first());
                let clause = agreement.clause(&threshold.source);
                let days = trigger::threshold(values, it.month)?;
                fewer_days(it.month, it.totals, Some(clause), |totals| {
                    totals.above(days)
                })
            });
            fewer.collect()
        }
        Some(Charge::Month) => {
            let end = values.months_to_end.on(asked.month.first());
            let clause = agreement.clause(&end.source);
            vec![Change::nothing("charging", Some(clause))]
        }
        _ => Vec::new(),
    }
}

/// Every month from the first measured one on.
fn measured(
    asked: &Asked<'_>,
    rule: &Rule,
    values: &AverageTrigger,
    track: &mut Track,
) -> Vec<Measured> {
    let Some(first) = rule.applies.iter().map(|applies| applies.from).min() else {
        return Vec::new();
    };
    let (payer, agreement) = (asked.entry.payer, &asked.entry.agreement);
    let history = asked.sources.history;
    let own = totals(asked.shares.iter().map(|(_, share)| share));
    let mut months = Vec::new();
    for month in Month::of(first).through(asked.month) {
        let totals = if month == asked.month {
            own
        } else {
            history.totals(month, agreement, &rule.id, Some(payer))
        };
        let before = track.charging();
        let charge = trigger::take(track, values, month, &totals);
        months.push(Measured {
            month,
            totals,
            before,
            after: track.charging(),
            charge,
        });
    }
    months
}

/// Where the run of months begins that led to the present state: its last
/// change with the months before it, or the last few.
fn shown_from(months: &[Measured], run: usize) -> usize {
    let changed = months.iter().rposition(|it| it.before != it.after);
    let last_few = months.len().saturating_sub(run);
    let from = changed.map_or(last_few, |at| (at + 1).saturating_sub(run));
    from.min(last_few)
}

fn track_terms(values: &AverageTrigger, month: Month) -> (u16, u16) {
    let first = month.first();
    (
        values.months_to_start.on(first).value.0,
        values.months_to_end.on(first).value.0,
    )
}

fn told(it: &Measured, values: &AverageTrigger) -> Step {
    let mut inputs = Inputs::default();
    inputs.value("month", it.month);
    inputs.value("patients", it.totals.patients);
    inputs.value("days", it.totals.days);
    if let Some(average) = it.totals.average(Rounding::None) {
        inputs.value("average", shown(average));
    }
    let threshold = trigger::threshold(values, it.month);
    if let Some(threshold) = threshold {
        inputs.value("threshold", shown(threshold));
    }
    let above = threshold.is_some_and(|days| it.totals.above(days));
    Step {
        outcome: if above { Outcome::Holds } else { Outcome::Lost },
        ..value(
            codes::TRACK_MONTH,
            inputs,
            if above { "above" } else { "not_above" },
        )
    }
}

fn outcome(agreement: &Agreement, values: &AverageTrigger, last: &Measured, track: &Track) -> Step {
    let first = last.month.first();
    let (result, source) = match (last.before, last.after, last.charge) {
        (true, true, _) => ("charging", &values.charged_from.on(first).source),
        (true, false, _) => ("ends", &values.months_to_end.on(first).source),
        (false, true, Charge::WithEarlier(_)) => (
            "starts_retroactive",
            &values.retroactive_from_time.on(first).source,
        ),
        (false, true, _) => ("starts", &values.months_to_start.on(first).source),
        (false, false, _) => ("not_charging", &values.months_to_start.on(first).source),
    };
    let (start, end) = track_terms(values, last.month);
    let mut inputs = Inputs::default();
    inputs.value("months_to_start", start);
    inputs.value("months_to_end", end);
    inputs.value("times", track.times());
    Step {
        clause: Some(agreement.clause(source)),
        outcome: if last.charge == Charge::None {
            Outcome::Lost
        } else {
            Outcome::Holds
        },
        ..value(codes::TRACK, inputs, result)
    }
}
