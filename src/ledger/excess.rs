//! Entries of `average_excess`: the payer's average, what lies above it, and
//! long stays by themselves.

use rust_decimal::Decimal;

use super::{
    entry::{Entry, EntryKey, OfStay, Reckoned, at_rate, shown},
    figures::LineKind,
    findings,
    history::{History, totals},
    month::Desk,
};
use crate::{
    model::{ids::AgreementId, month::Month},
    rules::{
        agreement::{AverageExcess, Formula, Rule, Threshold},
        model::{Totals, average_excess::quantity},
        share::Standing,
    },
};

pub(super) fn reckon(
    entry: &Entry<'_>,
    key: &EntryKey,
    rule: &Rule,
    desk: &mut Desk<'_>,
) -> Reckoned {
    let Formula::AverageExcess(values) = &rule.formula else {
        return Reckoned::default();
    };
    let first = desk.month.first();
    let rounding = values.average_rounding.on(first).value;
    let totals = totals(entry.shares());
    let threshold = threshold(values, rule, key, desk);
    if threshold.is_none() && totals.patients > 0 {
        note_missing(values, key, desk);
    }
    let mut lines = Vec::new();
    if let Some(threshold) = threshold
        && let Some(days) = quantity(&totals, threshold, rounding)
    {
        lines.extend(at_rate(
            LineKind::AverageExcess,
            days,
            desk.month,
            key.payer,
            desk,
        ));
    }
    for (episode, share) in &entry.stays {
        if let Standing::LongStay { charged, .. } = share.standing {
            let of_stay = OfStay {
                kind: LineKind::Individual,
                episode,
                for_month: None,
            };
            lines.extend(of_stay.line(charged, key.payer, desk));
        }
    }
    Reckoned {
        average: totals.average(rounding).map(shown),
        threshold: threshold.map(shown),
        lines,
    }
}

/// The threshold in days; none where it rests on a month of which nothing is
/// known.
fn threshold(
    values: &AverageExcess,
    rule: &Rule,
    key: &EntryKey,
    desk: &Desk<'_>,
) -> Option<Decimal> {
    let first = desk.month.first();
    let month = match values.threshold.on(first).value {
        Threshold::Days(days) => return Some(days),
        Threshold::CountyAverage(month) => month,
    };
    let history = desk.history;
    county_average(values, &key.agreement, &rule.id, month, desk.month, history)
}

/// A threshold is missing that somebody who counts is held against.
fn note_missing(values: &AverageExcess, key: &EntryKey, desk: &mut Desk<'_>) {
    if let Threshold::CountyAverage(month) = values.threshold.on(desk.month.first()).value {
        desk.findings
            .push(findings::missing_county_average(key.payer, month));
    }
}

/// The county's average of month `of` as the threshold of `month`: as frozen
/// by the lock, else as known now.
pub(super) fn county_average(
    values: &AverageExcess,
    agreement: &AgreementId,
    rule: &str,
    of: Month,
    month: Month,
    history: &dyn History,
) -> Option<Decimal> {
    let (totals, _) = county_totals(agreement, rule, of, history);
    totals.average(values.county_rounding(month.first()))
}

/// What the county's stays of month `of` add up to, and whether that is
/// frozen by the lock.
pub(super) fn county_totals(
    agreement: &AgreementId,
    rule: &str,
    of: Month,
    history: &dyn History,
) -> (Totals, bool) {
    match history.frozen_totals(of, agreement, rule) {
        Some(frozen) => (frozen, true),
        None => (history.totals(of, agreement, rule, None), false),
    }
}
